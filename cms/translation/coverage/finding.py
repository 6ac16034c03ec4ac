"""Finds every item of which somebody may read a text, and how far it is in each language.

A constant number of queries reads a row of each text, and what else decides how far texts are. The rest is told from
that, and only of what is asked for: so what is looked for, what is counted and what is shown cannot differ.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from wagtail.models import Locale, Page
from wagtail.query import PageQuerySet

from cms.content.languages import languages
from cms.translation.coverage.known import Known, read_known
from cms.translation.coverage.states import How
from cms.translation.models import Provenance
from cms.translation.queue.finding import every_kind
from cms.translation.queue.reach import Reach
from cms.translation.sources import chain, read_sources
from cms.translation.written import written

FEW = 100
"""Titles of more items are read with all others: to name their pages would take longer."""

WRITTEN = {How.ORIGINAL: 0, How.NAME_ONLY: 2}
"""Of several originals, which comes before another."""


Row = tuple[Any, ...]
"""The columns of a text as they are read: few of thousands are looked at, and a plain tuple costs least."""


class Text(NamedTuple):
    """One item in one language, by the columns of its page."""

    pk: int
    path: str
    mark: str
    """Its key, as the database writes it."""
    locale_id: int
    content_type_id: int


PK, MARK, LOCALE = (Text._fields.index(name) for name in ("pk", "mark", "locale_id"))


@dataclass(frozen=True)
class Facts:
    """What is known of all texts, and how far their reader's rights reach."""

    known: Known
    reach: Reach
    kinds: Mapping[int, str]
    languages: Mapping[int, str]
    gone: Mapping[str, str]
    """The languages of those originals that were deleted, by key."""

    def how(self, text: Row) -> How:
        """Return how far a text is."""
        return self.known.how_far(text[PK], (text[MARK], self.languages[text[LOCALE]]))

    def is_theirs(self, text: Text) -> bool:
        """Whether a text is the reader's to write."""
        if text.pk in self.reach.hidden:
            return False
        if text.pk in self.known.originals:
            return self.reach.owns(text.path)
        return self.reach.covers(text.path, self.kinds[text.content_type_id])

    def is_restricted(self, text: Text) -> bool:
        """Whether not everybody may read a text once it is public."""
        return text.path.startswith(self.known.closed)

    def is_readable(self, text: Text) -> bool:
        """Whether the reader may read a text: it is public, or theirs to write."""
        is_public = text.pk not in self.known.drafts and not self.is_restricted(text)
        return is_public or self.is_theirs(text)


class Item(NamedTuple):
    """One item, in all languages in which there is a text of it."""

    rows: Sequence[Row]
    original: Text | None
    """None when it was deleted."""
    shown: Text
    """The original, or another text where the reader may not read that one."""
    facts: Facts

    @property
    def first(self) -> Text:
        """The text that says where the item lies and when it was published."""
        return self.original or self.shown

    @property
    def key(self) -> UUID:
        """What all languages of the item have in common."""
        return UUID(self.first.mark)

    @property
    def kind(self) -> str:
        """Its kind."""
        return self.facts.kinds[self.first.content_type_id]

    @property
    def language(self) -> str:
        """The language it was first written in."""
        return self.facts.languages[self.original.locale_id] if self.original else self.facts.gone[self.shown.mark]

    @property
    def restricted(self) -> list[str]:
        """The languages in which not everybody may read it."""
        return [language for language in languages() if self.is_restricted(language)]

    def text(self, language: str) -> Text | None:
        """Return its text in a language, if there is one."""
        names = self.facts.languages
        return next((Text._make(row) for row in self.rows if names[row[LOCALE]] == language), None)

    def how(self, language: str) -> How:
        """Return how far it is in a language."""
        text = self.text(language)
        return self.facts.how(text) if text else How.MISSING

    def how_everywhere(self) -> list[How]:
        """Return how far it is in each language: all at once, because thousands of items are counted."""
        facts = self.facts
        there = {facts.languages[row[LOCALE]]: facts.how(row) for row in self.rows}
        return [there.get(language, How.MISSING) for language in languages()]

    def is_restricted(self, language: str) -> bool:
        """Whether there is a text in a language that not everybody may read."""
        text = self.text(language)
        return bool(text and self.facts.is_restricted(text))

    def can_begin(self) -> bool:
        """Whether its reader may read a public original: translations begin from that."""
        return self.original is self.shown and self.shown.pk not in self.facts.known.drafts

    def goes_live(self, language: str) -> datetime | None:
        """Return when its text in a language goes live, if it is scheduled."""
        text = self.text(language)
        time = self.facts.known.goes_live.get(text.pk) if text else None
        return time if time and self.how(language) is How.SCHEDULED else None


def find_items(reach: Reach) -> list[Item]:
    """Return every item of which somebody may read a text: those whose original was published last come first."""
    codes = dict(Locale.objects.filter(language_code__in=languages()).values_list("pk", "language_code"))
    pages = documents().filter(locale__in=codes)
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in pages.order_by().annotate(mark=written("translation_key")).values_list(*Text._fields):
        rows[row[MARK]].append(row)
    known = read_known(pages)
    facts = Facts(known, reach, every_kind(), codes, _languages_of_the_gone(rows, known, codes))
    found = (_item(of_item, facts) for of_item in rows.values())
    return sorted(filter(None, found), key=lambda item: known.originals.get(item.first.pk, len(known.originals)))


def read_titles(items: Collection[Item]) -> dict[int, str]:
    """Return what the readers of some items may know them by, by the numbers of their pages; one query.

    A draft is called what the admin calls it.
    """
    pages = documents()
    if len(items) <= FEW:
        pages = pages.filter(pk__in=[item.shown.pk for item in items])
    titles = {pk: said for pk, *said in pages.order_by().values_list("pk", "title", "draft_title")}
    return {item.shown.pk: _title(item, *titles.get(item.shown.pk, ("", ""))) for item in items}


def _title(item: Item, title: str, draft: str) -> str:
    return (draft or title) if item.shown.pk in item.facts.known.drafts else title


def documents() -> PageQuerySet:
    """Return the pages of every kind, but those that only repeat another page."""
    pages: PageQuerySet = Page.objects.filter(content_type__in=every_kind(), alias_of=None)
    return pages


def _item(rows: list[Row], facts: Facts) -> Item | None:
    """Return what the texts are together; None when the reader may read none of them."""
    original = shown = _first([Text._make(row) for row in rows if row[PK] in facts.known.originals], facts)
    if original is None or not facts.is_readable(original):
        shown = _first(list(filter(facts.is_readable, map(Text._make, rows))), facts)
    return Item(rows, original, shown, facts) if shown else None


def _first(texts: list[Text], facts: Facts) -> Text | None:
    """Return, of several originals such as the set-up makes, the one that somebody wrote, in the first language."""
    if len(texts) < 2:
        return texts[0] if texts else None
    order = languages()
    return min(texts, key=lambda text: (WRITTEN.get(facts.how(text), 1), order.index(facts.languages[text.locale_id])))


def _languages_of_the_gone(rows: Mapping[str, list[Row]], known: Known, codes: Mapping[int, str]) -> dict[str, str]:
    """Return the languages of those originals that were deleted, by key: where the way back from a text ends."""
    left = {mark: some[0] for mark, some in rows.items() if not any(row[PK] in known.originals for row in some)}
    keys = [UUID(mark) for mark in left]
    sources = read_sources(keys, Provenance.objects.filter(key__in=keys))
    return {mark: chain(codes[row[LOCALE]], sources[UUID(mark)])[-1] for mark, row in left.items()}
