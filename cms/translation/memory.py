"""The translation memory: what was said before, found again word for word or nearly so.

Exact matches are filled in before a translator starts, marked until a person accepts them; near ones are offered with
their score and difference. Nobody is shown, or gets filled in, a text of a page that they may not read.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from heapq import nlargest
from itertools import takewhile
from operator import eq
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.safestring import SafeString
from wagtail.models import Locale, Page, WorkflowState
from wagtail_localize.models import String, StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.strings import StringValue, extract_ids

from cms.content.letters import words_of
from cms.content.users import name_of_user
from cms.translation.concordance.looking import look_alike, stems_of
from cms.translation.concordance.recognising import translations_into, translations_of, were_seen
from cms.translation.concordance.remembering import mark_of, normal, pair_of, plain
from cms.translation.differences import Piece, difference, render, words
from cms.translation.history import BY_MACHINES, MEMORY, Begun, changing, write_first
from cms.translation.models import Reason, StringVersion, Way, mark
from cms.translation.queue.reviews import numbers_in_review
from cms.translation.reading import readable_translations

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MACHINE = StringTranslation.TRANSLATION_TYPE_MACHINE

LEAST = 0.6
"""Score below which a match helps nobody."""

LOOKED_AT = 60
"""Strings that are compared letter by letter, of all that have words in common."""

LONG = 400
"""Letters from which on texts are compared word by word."""


@dataclass(frozen=True)
class Match:
    """An earlier translation of the same text or of one like it: `source` and `target` are localize's HTML."""

    source: str
    target: str
    score: float
    difference: tuple[Piece, ...]
    who: str
    when: datetime
    page: str
    is_unconfirmed: bool
    number: int | None
    """By which a text with a machine's part is named when somebody begins with it; a person's needs no naming."""

    @property
    def difference_html(self) -> SafeString:
        """The earlier source and the present one in one line."""
        return render(self.difference)

    @property
    def percent(self) -> int:
        """The score as people read it; only what is the same has a hundred."""
        return 100 if self.score == 1 else min(99, round(self.score * 100))


def prefill(translation: Translation, user: "User | None" = None) -> int:
    """Fill what was translated before into the open segments, marked for review; return how many were filled.

    Nothing that is stored is overwritten, not even what is empty or in error. Without a user, it is filled from what is
    public and from the text's own earlier strings.
    """
    opened = list(open_segments(translation))
    found = _find_exact(translation, {segment.string for segment in opened}, user)
    filled = set()
    for segment in opened:
        place = (segment.string_id, segment.context_id)
        known = found.get(segment.string.data)
        if known and place not in filled and _fill(translation, segment, known):
            filled.add(place)
    return len(filled)


def prefill_all(source: TranslationSource, new: Collection[str] | None = None) -> int:
    """Fill what the new text of a source has in common with earlier ones into all its translations.

    `new` are the strings that it did not have before, when they are known: nobody looks further when none is known.
    What is locked or in review is left alone: its new text is open, and is filled in when the review ends.
    """
    begun = list(source.translations.filter(enabled=True).select_related("target_locale", "source"))
    if not begun or (new is not None and not _were_seen(source, begun, new)):
        return 0
    held = _held(source)
    return sum(prefill(translation) for translation in begun if translation.target_locale_id not in held)


def suggest(
    string: String | str,
    source_locale: Locale,
    target_locale: Locale,
    limit: int = 5,
    *,
    user: "User | None" = None,
    besides: StringTranslation | None = None,
) -> list[Match]:
    """Return earlier translations of a text or of texts like it, the best first, from pages that the user may read.

    `besides` is the one that stands in the field for which they are looked for: it helps nobody there.
    """
    html = string if isinstance(string, str) else string.data
    text = plain(html)
    there, back = pair_of(source_locale.pk, target_locale.pk), pair_of(target_locale.pk, source_locale.pk)
    like = [*_like(text, there, "source_words"), *_like(text, back, "target_words")]
    own = besides.pk if besides else None
    rows = readable_translations(user).filter(pk__in={*like} - {own}, has_error=False).exclude(data="")
    rows = rows.select_related("translation_of", "last_translated_by", "context", "unconfirmed").annotate(
        has_machine=Exists(
            StringVersion.objects.filter(BY_MACHINES, context=OuterRef("context"), locale=OuterRef("locale"))
        )
    )
    scored = ((_score_of(row, text, source_locale), row) for row in rows)
    best = _best([(score, row) for score, row in scored if score >= LEAST], source_locale, limit)
    titles = _titles({row.context.object_id for _score, row in best}, source_locale)
    return [_match(text, score, row, source_locale, titles) for score, row in best]


def find_offered(number: str, locale: Locale, user: "User") -> Begun | None:
    """Return the machine's part of the text that somebody was offered and began with; of what they may read."""
    rows = readable_translations(user).filter(locale=locale)
    row = rows.filter(pk=number).first() if re.fullmatch(r"[0-9]{1,18}", number) else None
    if row and row.translation_type == MACHINE:
        return Begun(row.data, row.tool_name)
    return _begun_by_machines([row]).get(row.pk) if row else None


def likeness(said: str, text: str) -> float:
    """Return how much two plain texts have in common, from 0 to 1; what is far below `LEAST` is 0."""
    by_words = len(said) > LONG or len(text) > LONG
    one, other = (words(said), words(text)) if by_words else (said, text)
    every = (len(one) + len(other)) or 1
    start, end = _same_ends(one, other)
    matcher: SequenceMatcher[str] = SequenceMatcher(
        None, one[start : len(one) - end], other[start : len(other) - end], autojunk=False
    )
    between = every - 2 * (start + end)
    likely = (ratio() * between + 2 * (start + end) for ratio in (matcher.real_quick_ratio, matcher.quick_ratio))
    if any(common < LEAST * every for common in likely):
        return 0.0
    return (matcher.ratio() * between + 2 * (start + end)) / every


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of the words of two texts that both have: quickly told, and so asked first."""
    return 2 * len(one & other) / ((len(one) + len(other)) or 1)


def open_segments(translation: Translation) -> QuerySet[StringSegment]:
    """Return the segments of a translation for which nothing is stored, not even what is empty or in error."""
    stored = StringTranslation.objects.filter(
        translation_of=OuterRef("string"), context=OuterRef("context"), locale=translation.target_locale_id
    )
    segments: QuerySet[StringSegment] = StringSegment.objects.filter(~Exists(stored), source=translation.source_id)
    return segments.select_related("string", "context").order_by("order")


def _match(text: str, score: float, row: StringTranslation, source_locale: Locale, titles: dict[Any, str]) -> Match:
    source, target = _sides(row, source_locale)
    is_machines = row.translation_type == MACHINE or row.has_machine
    return Match(
        source=source,
        target=target,
        score=score,
        difference=tuple(difference(plain(source), text)),
        who=name_of_user(row.last_translated_by),
        when=row.updated_at,
        page=titles.get(row.context.object_id, ""),
        is_unconfirmed=hasattr(row, "unconfirmed"),
        number=row.pk if is_machines and row.locale_id != source_locale.pk else None,
    )


def _sides(row: StringTranslation, source_locale: Locale) -> tuple[str, str]:
    """Return what is said in the source's language, and in the other: whichever was translated into the other."""
    source, target = row.translation_of.data, row.data
    return (target, source) if row.locale_id == source_locale.pk else (source, target)


def _same_ends(one: Sequence[str], other: Sequence[str]) -> tuple[int, int]:
    """Return how much two texts have in common at their beginning, and then at their end: most like ones begin so."""
    start = sum(takewhile(bool, map(eq, one, other)))
    return start, sum(takewhile(bool, map(eq, reversed(one[start:]), reversed(other[start:]))))


def _score_of(row: StringTranslation, text: str, source_locale: Locale) -> float:
    said = plain(_sides(row, source_locale)[0])
    return 1.0 if said == text else likeness(said, text)


def _best(
    scored: list[tuple[float, StringTranslation]], source_locale: Locale, limit: int
) -> list[tuple[float, StringTranslation]]:
    """Return the best, of two with the same words the newest that a person stands for."""
    kept: dict[tuple[str, str], tuple[float, StringTranslation]] = {}
    for score, row in sorted(scored, key=lambda each: _worth(*each), reverse=True):
        source, target = _sides(row, source_locale)
        kept.setdefault((plain(source), target), (score, row))
    return list(kept.values())[:limit]


def _worth(score: float, row: StringTranslation) -> tuple[float, bool, datetime]:
    return score, not hasattr(row, "unconfirmed"), row.updated_at


def _held(source: TranslationSource) -> set[int]:
    """Return the languages in which the text is locked, or in review."""
    running = numbers_in_review(WorkflowState.STATUS_IN_PROGRESS)
    pages = Page.objects.filter(Q(locked=True) | Q(pk__in=running), translation_key=source.object_id)
    return set(pages.values_list("locale", flat=True))


def _were_seen(source: TranslationSource, begun: Collection[Translation], strings: Collection[str]) -> bool:
    """Whether any of these strings was ever translated, or is a translation: asked once for all languages."""
    own, others = source.locale_id, [translation.target_locale_id for translation in begun]
    there, back = [pair_of(own, other) for other in others], [pair_of(other, own) for other in others]
    return were_seen({mark_of(string) for string in strings}, there, back)


def _fill(translation: Translation, segment: StringSegment, known: "_Exact") -> bool:
    """Store an earlier translation, marked, unless somebody has stored another by now; return whether it is stored."""
    with changing(Way.MEMORY):
        row, is_first = write_first(
            translation.target_locale,
            segment,
            known.text,
            user=None,
            tool=known.tool,
            kind=known.kind,
            begun=known.begun,
        )
    if is_first:
        mark(row, Reason.MEMORY)
    return is_first


@dataclass(frozen=True)
class _Exact:
    """A translation of the very text: how it was made, by which tool, and what a machine had written of it before."""

    text: str
    kind: str
    tool: str
    begun: Begun | None


def _find_exact(translation: Translation, strings: Collection[String], user: "User | None") -> dict[str, _Exact]:
    """Return, for each text that was translated before, the newest translation.

    A machine's text stays that machine's; of what people wrote, the memory is the tool. What people changed of a
    machine's text goes on being of both.
    """
    if not strings:
        return {}
    target = translation.target_locale_id
    texts = {normal(string.data): string.data for string in strings}
    known: dict[str, StringTranslation] = {}
    for row in sorted(_known(translation, texts, user), key=lambda row: _goodness(row, target, texts)):
        said, text = _sides(row, translation.source.locale)
        asked = said if said in texts.values() else texts.get(normal(said))
        if asked is not None and _fits(asked, text):
            known[asked] = row  # what comes later is the better match
    by_people = [row for row in known.values() if row.translation_type != MACHINE and row.locale_id == target]
    begun = _begun_by_machines(by_people)
    return {
        asked: _Exact(
            _sides(row, translation.source.locale)[1],
            row.translation_type,
            row.tool_name if row.translation_type == MACHINE else MEMORY,
            begun.get(row.pk),
        )
        for asked, row in known.items()
    }


def _begun_by_machines(rows: Collection[StringTranslation]) -> dict[int, Begun]:
    """Return, by number, what a machine wrote in the place of a text by people that is still like it."""
    if not rows:
        return {}
    versions = StringVersion.objects.filter(
        BY_MACHINES, context__in={row.context_id for row in rows}, locale__in={row.locale_id for row in rows}
    )
    written: dict[tuple[int, int], list[Begun]] = defaultdict(list)
    for context, locale, text, tool in versions.order_by("pk").values_list("context", "locale", "after", "tool"):
        written[context, locale].append(Begun(text, tool))
    found = {row.pk: _most_like(row, written.get((row.context_id, row.locale_id), [])) for row in rows}
    return {pk: begun for pk, begun in found.items() if begun}


def _most_like(row: StringTranslation, written: Collection[Begun]) -> Begun | None:
    scored = [(likeness(plain(begun.text), plain(row.data)), begun) for begun in written]
    score, begun = max(scored, key=lambda each: each[0], default=(0.0, None))
    return begun if score >= LEAST else None


def _known(translation: Translation, texts: Collection[str], user: "User | None") -> QuerySet[StringTranslation]:
    """Return the accepted translations of texts, either way, that the user may read or that are the page's own."""
    source, target = translation.source.locale_id, translation.target_locale_id
    marks = {mark_of(text) for text in texts}
    there, back = pair_of(source, target), pair_of(target, source)
    own = StringTranslation.objects.filter(
        Q(remembered__pair=there, remembered__source_mark__in=marks)
        | Q(remembered__pair=back, remembered__target_mark__in=marks),
        context__object_id=translation.source.object_id,
    )
    found = readable_translations(user).filter(pk__in=[*translations_of(marks, there), *translations_into(marks, back)])
    numbers = {*own.values_list("pk", flat=True), *found.values_list("pk", flat=True)}
    rows: QuerySet[StringTranslation] = StringTranslation.objects.filter(pk__in=numbers, has_error=False)
    return rows.filter(unconfirmed=None).exclude(data="").select_related("translation_of")


def _goodness(row: StringTranslation, target: int, texts: Mapping[str, str]) -> tuple[Any, ...]:
    """Say how good a match is: least one the other way, then one with other blanks; of equal ones the newest."""
    is_there = row.locale_id == target
    return is_there, is_there and row.translation_of.data in texts.values(), row.updated_at, row.pk


def _fits(source: str, text: str) -> bool:
    """Whether the text has the links that the source has, and nothing that localize would refuse."""
    try:
        StringValue.from_translated_html(text)
    except ValueError:
        return False
    return bool(extract_ids(source) == extract_ids(text))


def _like(text: str, pair: str, column: str) -> list[int]:
    """Return the numbers of the translations whose words on one side have most in common with this text's."""
    asked = words_of(text)
    stems = stems_of(asked)
    shared = (
        (overlap(stems, stems_of(said)), pk)
        for pk, words in look_alike(asked, pair, column)
        if len(asked) // 2 <= len(said := words.split()) <= 2 * len(asked) + 6
    )
    return [pk for _share, pk in nlargest(LOOKED_AT, ((share, pk) for share, pk in shared if share > 0.25))]


def _titles(keys: Collection[Any], locale: Locale) -> dict[Any, str]:
    pages = Page.objects.filter(Q(locale=locale), translation_key__in=keys)
    return dict(pages.values_list("translation_key", "title"))
