"""The strings of one translation, each with its source, its place, who wrote it, and what it was before."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.translation.checks import Finding, find, find_in, is_alt
from cms.translation.concordance.questions import opening
from cms.translation.differences import difference, render
from cms.translation.extents import count_words
from cms.translation.gate import is_blank
from cms.translation.models import Reason, Unconfirmed
from cms.translation.places import Place, places_of
from cms.translation.workbench.texts import has_marks, to_typed


@dataclass(frozen=True)
class Before:
    """What a place said before its source changed: the change, and the translation of then."""

    change: SafeString
    text: str


@dataclass(frozen=True)
class Row:
    """One string at the workbench."""

    segment: StringSegment
    said: StringTranslation | None
    place: Place
    before: Before | None
    findings: tuple[Finding, ...] = ()

    @property
    def number(self) -> int:
        """The number of the segment, by which it is saved."""
        return int(self.segment.pk)

    @property
    def source(self) -> str:
        """The source as it is stored: HTML with localize's marks."""
        return str(self.segment.string.data)

    @property
    def is_marked(self) -> bool:
        """Whether the field shows markup."""
        return has_marks(self.source, self.said.data if self.said else "")

    @property
    def shown_source(self) -> str:
        """The source as it is typed."""
        return to_typed(self.source, marked=self.is_marked)

    @property
    def text(self) -> str:
        """The translation as it is typed."""
        return to_typed(self.said.data, marked=self.is_marked) if self.said else ""

    @property
    def version(self) -> str:
        """Which state of the translation the field shows; empty while there is none."""
        return version_of(self.said)

    @property
    def is_done(self) -> bool:
        """Whether the string is translated, without an error, and a person stands for it."""
        said = self.said
        return bool(said and not said.has_error and not is_blank(said.data) and not self.unconfirmed)

    @property
    def unconfirmed(self) -> str:
        """Where a text that no person has accepted comes from; empty when a person stands for it."""
        mark: Unconfirmed | None = getattr(self.said, "unconfirmed", None)
        if self.said and mark and mark.reason == Reason.MACHINE and self.said.tool_name:
            return str(self.said.tool_name)
        return mark.get_reason_display() if mark else ""

    @property
    def opening(self) -> str:
        """The first words of the source that say something: with them begins who looks for earlier translations."""
        return opening(self.source, self.segment.string.locale.language_code)

    @property
    def words(self) -> int:
        """The words of the source."""
        return count_words([self.source])


def read_rows(translation: Translation) -> list[Row]:
    """Return the strings in the order of the page; a constant number of queries."""
    segments = list(
        translation.source.stringsegment_set.select_related("string__locale", "context").order_by("order", "pk")
    )
    by_context, found = _said(translation), _findings(translation)
    places = places_of(translation.source, {segment.context.path for segment in segments})
    rows = (_row(segment, places[segment.context.path], by_context.get(segment.context_id, [])) for segment in segments)
    return [replace(row, findings=tuple(found[row.number])) if row.said else row for row in rows]


def read_row(translation: Translation, segment: StringSegment) -> Row:
    """Return one string."""
    place = places_of(translation.source, [segment.context.path])[segment.context.path]
    row = _row(segment, place, _said(translation, segment.context_id).get(segment.context_id, []))
    languages = translation.source.locale.language_code, translation.target_locale.language_code
    if row.said is None:
        return row
    found = find_in(
        row.source,
        row.said.data,
        *languages,
        max_length=row.place.limit,
        is_alt=is_alt(segment),
        key=translation.source.object_id,
    )
    return replace(row, findings=tuple(found))


def version_of(said: StringTranslation | None) -> str:
    """Return which state of a translation this is."""
    return said.updated_at.isoformat() if said else ""


def _row(segment: StringSegment, place: Place, said: list[StringTranslation]) -> Row:
    own = next((each for each in said if each.translation_of_id == segment.string_id), None)
    earlier = next((each for each in said if each.translation_of_id != segment.string_id), None)
    return Row(
        segment=segment,
        said=own,
        place=place,
        before=_before(segment, earlier) if earlier and not own else None,
    )


def _findings(translation: Translation) -> Mapping[int | None, list[Finding]]:
    """Return what the checks say of each string; that it is missing, one sees."""
    found: dict[int | None, list[Finding]] = defaultdict(list)
    for finding in find(translation):
        found[finding.segment].append(finding)
    return found


def _before(segment: StringSegment, earlier: StringTranslation) -> Before:
    was, now = strip_tags(earlier.translation_of.data), strip_tags(segment.string.data)
    marked = has_marks(segment.string.data, earlier.data)
    return Before(change=render(difference(was, now)), text=to_typed(earlier.data, marked=marked))


def _said(translation: Translation, context: int | None = None) -> Mapping[int, list[StringTranslation]]:
    """Return what was ever said in this language in each place, newest first."""
    rows = StringTranslation.objects.filter(locale=translation.target_locale_id)
    rows = rows.filter(context=context) if context else rows.filter(context__object_id=translation.source.object_id)
    found: dict[int, list[StringTranslation]] = {}
    for row in rows.select_related("translation_of", "last_translated_by", "unconfirmed").order_by("-updated_at"):
        found.setdefault(row.context_id, []).append(row)
    return found


def progress(rows: list[Row]) -> dict[str, int]:
    """Return how far the translation is: the strings and words that are left."""
    left = [row for row in rows if not row.is_done]
    return {
        "left": len(left),
        "words_left": sum(row.words for row in left),
    }
