"""All strings of a translation, in a constant number of queries."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.translation.checks.findings import Finding
from cms.translation.checks.strings import find_in
from cms.translation.models import Reason
from cms.translation.names.register import Register, read_register
from cms.translation.places import places_of

ALT = ("alt", "image_alt")
"""The ends of the paths of texts that describe a picture."""

SAME_IN_EVERY_LANGUAGE = ("credit", "credit_line", "name", "original", "organisation", "address")
"""Names and originals: the ends of the paths of strings that may be long and yet the same in two languages."""


def find(translation: Translation) -> list[Finding]:
    """Return what is wrong, or may be, with a translation, in the order of its text."""
    segments = _segments(translation)
    places = places_of(translation.source, {segment.context.path for segment in segments})
    look = partial(_find_in_segment, translation=translation, register=read_register())
    return [
        replace(finding, segment=segment.pk, path=segment.context.path)
        for segment in segments
        for finding in look(segment, places[segment.context.path].limit)
    ]


def errors(translation: Translation) -> list[Finding]:
    """Return only what stops the translation from being reviewed or published."""
    return [finding for finding in find(translation) if finding.is_error]


def find_in_row(row: StringTranslation, translation: Translation, max_length: int | None) -> list[Finding]:
    """Return what is wrong, or may be, with a text as it is stored, also where the source has changed since."""
    mark = getattr(row, "unconfirmed", None)
    is_unread = bool(mark and mark.reason == Reason.MACHINE)
    said = _Said(row.translation_of.data, row.data, row.has_error, row.field_error, row.context.path, is_unread)
    return list(_find(said, max_length, translation=translation, register=read_register()))


class _Said(NamedTuple):
    """A text of a source, and what is stored for it."""

    original: str
    text: str
    has_error: bool
    problem: str
    path: str
    is_unread: bool


def _find_in_segment(segment: StringSegment, max_length: int | None, **around: Any) -> Iterator[Finding]:
    is_unread = segment.reason == Reason.MACHINE
    said = _Said(
        segment.string.data, segment.said or "", segment.has_error, segment.problem, segment.context.path, is_unread
    )
    return _find(said, max_length, **around)


def _find(said: _Said, max_length: int | None, *, translation: Translation, register: Register) -> Iterator[Finding]:
    field = said.path.rpartition(".")[2]
    found = find_in(
        said.original,
        said.text,
        translation.source.locale.language_code,
        translation.target_locale.language_code,
        max_length=max_length,
        is_alt=field in ALT,
        is_name=field in SAME_IN_EVERY_LANGUAGE,
        register=register,
        key=translation.source.object_id,
        is_unread=said.is_unread,
    )
    if said.has_error and said.text and not any(finding.is_error for finding in found):
        yield Finding("invalid", True, said.problem or _("This translation cannot be used as it is."))
    yield from found


def _segments(translation: Translation) -> list[StringSegment]:
    said = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"),
        locale_id=translation.target_locale_id,
        context_id=OuterRef("context_id"),
    )
    segments = translation.source.stringsegment_set.annotate(
        said=Subquery(said.values("data")),
        has_error=Subquery(said.values("has_error")),
        problem=Subquery(said.values("field_error")),
        reason=Subquery(said.values("unconfirmed__reason")),
    )
    return list(segments.select_related("string", "context").order_by("order"))
