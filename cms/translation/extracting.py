"""Gives translators the text of a source: localize's own rows, read and written all at once.

localize looks for each of them by itself: some hundred queries an article. Which rows there are in the end is the same
(wagtail-localize 1.14, `TranslationSource.refresh_segments`).
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
    get_schema_version,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    TemplateSegmentValue,
)

from cms.content.pages import ContentPage

Row = tuple[Any, ...]
"""How a segment is recognised: its path, its place, and what stands there."""

STORED_AS: Mapping[type[Model], tuple[str, ...]] = {
    StringSegment: ("string__data_hash", "attrs"),
    TemplateSegment: ("template__uuid",),
    RelatedObjectSegment: ("object_id",),
    OverridableSegment: ("data_json",),
}


@transaction.atomic
def extract(source: TranslationSource, page: ContentPage, segments: Iterable[Any]) -> set[str]:
    """Store the page as the text of the source, and its segments; return the strings that it did not have there before.

    Rows that stay the same are left alone, and those that only stand elsewhere on the page now stay the same rows: an
    open workbench knows texts by them.
    """
    source.object_repr = str(page)[:200]
    source.content_json = page.to_json()
    source.schema_version = get_schema_version(page._meta.app_label)
    source.last_updated_at = timezone.now()
    source.save(update_fields=["object_repr", "content_json", "schema_version", "last_updated_at"])
    wanted: dict[type[Model], dict[Row, Any]] = {model: {} for model in STORED_AS}
    for segment in segments:
        model, row = _recognise(segment)
        wanted[model][row] = segment
    missing = {model: _settle(model, source, rows) for model, rows in wanted.items()}
    for model, rows in missing.items():
        if rows:
            _create(model, source, page, rows)
    return {segment.string.data for segment in missing[StringSegment].values()}


def _recognise(segment: Any) -> tuple[type[Model], Row]:
    match segment:
        case TemplateSegmentValue():
            return TemplateSegment, (segment.path, segment.order, _mark_of(segment))
        case RelatedObjectSegmentValue():
            return RelatedObjectSegment, (segment.path, segment.order, segment.translation_key)
        case OverridableSegmentValue():
            return OverridableSegment, (segment.path, segment.order, _json(segment.data))
    mark = String._get_data_hash(segment.string.data)
    return StringSegment, (segment.path, segment.order, mark, _json(segment.attrs))


def _mark_of(template: TemplateSegmentValue) -> UUID:
    return uuid5(uuid5(Template.BASE_UUID_NAMESPACE, template.format), template.template)


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder)


def _settle(model: Any, source: TranslationSource, wanted: dict[Row, Any]) -> dict[Row, Any]:
    """Move stored rows whose place alone has changed, delete those that nobody wants; return what is not stored."""
    missing: dict[Row, Any] = dict(wanted)
    over: dict[Row, list[int]] = {}
    stored = model.objects.filter(source=source).order_by("order")
    for pk, *row in stored.values_list("pk", "context__path", "order", *STORED_AS[model]):
        if missing.pop(tuple(row), None) is None:
            over.setdefault(_wherever(row), []).append(pk)
    moved = {row: over[_wherever(row)].pop(0) for row in wanted if row in missing and over.get(_wherever(row))}
    model.objects.bulk_update([model(pk=pk, order=row[1]) for row, pk in moved.items()], ["order"])
    gone = [pk for numbers in over.values() for pk in numbers]
    if gone:
        model.objects.filter(pk__in=gone).delete()
    return {row: segment for row, segment in missing.items() if row not in moved}


def _wherever(row: Sequence[Any]) -> Row:
    """Return how a segment is recognised wherever it stands on the page: by its path, and what stands there."""
    path, _order, *said = row
    return path, *said


def _create(model: Any, source: TranslationSource, page: ContentPage, missing: Mapping[Row, Any]) -> None:
    contexts = _find_contexts(source, page, {row[0] for row in missing})
    fields = _find_fields(model, source, missing)
    model.objects.bulk_create(
        model(source=source, context_id=contexts[row[0]], order=row[1], **fields[row]) for row in missing
    )


def _find_fields(model: Any, source: TranslationSource, missing: Mapping[Row, Any]) -> dict[Row, dict[str, Any]]:
    """Return what stands at each place, in the fields of its row."""
    match model:
        case _ if model is StringSegment:
            strings = _find_strings(source, {row[2]: segment.string.data for row, segment in missing.items()})
            return {row: {"string_id": strings[row[2]], "attrs": row[3]} for row in missing}
        case _ if model is TemplateSegment:
            templates = _find_templates({row[2]: segment for row, segment in missing.items()})
            return {row: {"template_id": templates[row[2]]} for row in missing}
        case _ if model is RelatedObjectSegment:
            TranslatableObject.objects.bulk_create(
                [TranslatableObject(s.translation_key, content_type=s.content_type) for s in missing.values()],
                ignore_conflicts=True,
            )
            return {row: {"object_id": row[2]} for row in missing}
    return {row: {"data_json": row[2]} for row in missing}


def _find_contexts(source: TranslationSource, page: ContentPage, paths: Collection[str]) -> dict[str, int]:
    """Return the places with these paths, made where they are missing, each with the names of the fields it lies in."""
    contexts = TranslationContext.objects.filter(object_id=source.object_id)
    marks = {TranslationContext._get_path_id(path): path for path in paths}
    found = {context.path: context for context in contexts.filter(path_id__in=marks)}
    new = [
        TranslationContext(object_id=source.object_id, path=path, path_id=mark)
        for mark, path in marks.items()
        if path not in found
    ]
    if new:
        TranslationContext.objects.bulk_create(new, ignore_conflicts=True)
        found = {context.path: context for context in contexts.filter(path_id__in=marks)}
    for context in found.values():
        context.get_field_path(page)  # stores it when it is missing
    return {path: context.pk for path, context in found.items()}


def _find_strings(source: TranslationSource, texts: Mapping[UUID, str]) -> dict[UUID, int]:
    return _find_or_make(
        String.objects.filter(locale=source.locale_id),
        "data_hash",
        {mark: String(locale_id=source.locale_id, data_hash=mark, data=text) for mark, text in texts.items()},
    )


def _find_templates(templates: Mapping[UUID, TemplateSegmentValue]) -> dict[UUID, int]:
    rows = {
        mark: Template(
            uuid=mark,
            template=segment.template,
            template_format=segment.format,
            string_count=segment.string_count,
        )
        for mark, segment in templates.items()
    }
    return _find_or_make(Template.objects.all(), "uuid", rows)


def _find_or_make(rows: Any, name: str, wanted: Mapping[UUID, Model]) -> dict[UUID, int]:
    """Return the primary keys of rows by their marks; those that are missing are made, whoever else makes them too."""
    among = rows.filter(**{f"{name}__in": wanted})
    found = dict(among.values_list(name, "pk"))
    new = [row for mark, row in wanted.items() if mark not in found]
    if new:
        rows.model.objects.bulk_create(new, ignore_conflicts=True)
        found = dict(among.values_list(name, "pk"))
    return found
