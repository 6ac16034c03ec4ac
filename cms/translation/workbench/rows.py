"""The strings of one translation, each with its source, its place, who wrote it, and what it was before."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.translation.checks import Finding, find, find_in_row
from cms.translation.concordance.questions import opening
from cms.translation.extents import count_words
from cms.translation.gate import is_blank
from cms.translation.models import Reason, Unconfirmed
from cms.translation.places import Place, places_of
from cms.translation.workbench.texts import has_marks, to_typed

Key = tuple[int, int]
"""A place and the text that the source has there, by their numbers."""


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
    before: Before | None = None
    is_new: bool = False
    """Whether the translation that readers have was made without this text, as far as one asked."""
    findings: tuple[Finding, ...] = ()

    @property
    def number(self) -> int:
        """The number of the segment, by which it is saved."""
        return int(self.segment.pk)

    @property
    def key(self) -> Key:
        """Where the string stands, and its source: two rows that share both share their translation."""
        return key_of(self.segment)

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
    said, found = _said(translation), _findings(translation)
    places = places_of(translation.source, {segment.context.path for segment in segments})
    rows = (Row(segment, said.get(key_of(segment)), places[segment.context.path]) for segment in segments)
    return [replace(row, findings=tuple(found[row.number])) if row.said else row for row in rows]


def read_row(translation: Translation, segment: StringSegment) -> Row:
    """Return one string."""
    place = places_of(translation.source, [segment.context.path])[segment.context.path]
    row = Row(segment, _said(translation, segment.context_id).get(key_of(segment)), place)
    if row.said is None:
        return row
    return replace(row, findings=tuple(find_in_row(row.said, translation, place.limit)))


def key_of(written: StringSegment | StringTranslation) -> Key:
    """Return the place and the source text of a segment or of a translation."""
    if isinstance(written, StringSegment):
        return written.context_id, written.string_id
    return written.context_id, written.translation_of_id


def version_of(said: StringTranslation | None) -> str:
    """Return which state of a translation this is."""
    return said.updated_at.isoformat() if said else ""


def _findings(translation: Translation) -> Mapping[int | None, list[Finding]]:
    """Return what the checks say of each string; that it is missing, one sees."""
    found: dict[int | None, list[Finding]] = defaultdict(list)
    for finding in find(translation):
        found[finding.segment].append(finding)
    return found


def _said(translation: Translation, context: int | None = None) -> Mapping[Key, StringTranslation]:
    """Return what was ever said in this language."""
    rows = StringTranslation.objects.filter(locale=translation.target_locale_id)
    if context:
        rows = rows.filter(context=context).select_related("translation_of", "context")
    else:
        rows = rows.filter(context__object_id=translation.source.object_id)
    rows = rows.select_related("last_translated_by", "unconfirmed")
    return {key_of(row): row for row in rows}


def progress(rows: list[Row]) -> dict[str, int]:
    """Return how far the translation is: the strings and words that are left."""
    left = [row for row in rows if not row.is_done]
    return {
        "left": len(left),
        "words_left": sum(row.words for row in left),
    }
