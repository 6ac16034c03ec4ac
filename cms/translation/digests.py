"""What a translation takes over from its source, as a digest: another digest means that the source has changed."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field
from modelcluster.models import get_serializable_data_for_fields
from wagtail.fields import StreamField
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from cms.content.localize import LocalField
from cms.content.pages import ContentPage


def digest(page: ContentPage, segments: Iterable[Any] | None = None) -> str:
    """Return the digest of the page's strings, links, pictures and blocks; `segments` are the page's, when known.

    Blank values do not count: a field that a new version of the hub adds makes no translation stale.
    """
    found = extract_segments(page) if segments is None else segments
    return _hash({"segments": sorted(_written(found)), "blocks": dict(_blocks(page))})


def mark(page: ContentPage) -> str:
    """Return a mark of everything that translations take over: quickly told, and the same only when nothing changed."""
    model: Any = type(page)
    return _hash({name: _stored(page, name) for name in _taken(model)})


def strings(page: ContentPage, segments: Iterable[Any] | None = None) -> Iterator[tuple[str, str]]:
    """Yield path and HTML of every string that translators would be given; `segments` are the page's, when known."""
    for segment in extract_segments(page) if segments is None else segments:
        if isinstance(segment, StringSegmentValue):
            yield segment.path, segment.string.data


def _written(segments: Iterable[Any]) -> Iterator[list[str]]:
    for segment in segments:
        match segment:
            case StringSegmentValue():
                yield [segment.path, segment.string.data, json.dumps(segment.attrs, sort_keys=True)]
            case OverridableSegmentValue():
                yield [segment.path, str(segment.data), ""]


def _blocks(page: ContentPage) -> Iterator[tuple[str, Any]]:
    """Yield the blocks of each body: dates, choices and order are no strings, but translations take them over."""
    for translatable in get_translatable_fields(type(page)):
        field = translatable.get_field(type(page))
        if isinstance(field, StreamField) and translatable.is_translated(page):
            yield field.name, _without_blanks(field.value_from_object(page).get_prep_value())


@cache
def _taken(model: Any) -> list[str]:
    """Return the names of the fields that are translated, or the same in every language."""
    return [
        translatable.field_name
        for translatable in get_translatable_fields(model)
        if not isinstance(translatable, LocalField)
    ]


def _stored(page: ContentPage, name: str) -> Any:
    field = page._meta.get_field(name)
    if isinstance(field, Field):
        return field.get_prep_value(field.value_from_object(page))
    return [get_serializable_data_for_fields(row) for row in getattr(page, name).all()]


def _hash(taken: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(taken, cls=DjangoJSONEncoder, sort_keys=True).encode()).hexdigest()


def _without_blanks(value: Any) -> Any:
    match value:
        case dict():
            kept = {name: _without_blanks(item) for name, item in value.items()}
            return {name: item for name, item in kept.items() if item not in (None, "", [], {}, False)}
        case list() | tuple():
            return [_without_blanks(item) for item in value]
    return value
