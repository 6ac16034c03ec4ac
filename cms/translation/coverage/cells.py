"""What the table shows of an item: how far it is in each language, and the way to where its reader may work on it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from cms.content.languages import languages
from cms.translation.coverage.finding import Item, read_titles
from cms.translation.coverage.states import How
from cms.translation.permissions import NEVER_TRANSLATORS
from cms.translation.queue.filters import kind_name
from cms.translation.queue.finding import STEP, read_parents
from cms.translation.queue.reach import Reach

Parents = Mapping[str, Mapping[str, str]]
"""By the path of a page that holds others, the paths of its counterparts by language."""


@dataclass(frozen=True)
class Cell:
    """One item in one language: how far it is, where its reader may work on it, if they may, and when it goes live."""

    language: str
    how: How
    url: str = ""
    goes_live: datetime | None = None
    is_restricted: bool = False


@dataclass(frozen=True)
class Row:
    """One item as the table shows it."""

    key: UUID
    kind: str
    partner: str
    title: str
    cells: tuple[Cell, ...]

    @property
    def kind_name(self) -> str:
        """What its kind is called in the reader's language."""
        return kind_name(self.kind)

    @property
    def is_for_editors(self) -> bool:
        """Whether it is never translators' work."""
        return self.kind in NEVER_TRANSLATORS


def read_rows(items: Collection[Item], reach: Reach, partners: Mapping[str, str]) -> list[Row]:
    """Return the rows of some items, with the way to those texts that somebody may write or begin.

    `partners` are the names of the partners by the paths of their sections.
    """
    parents, titles = read_parents(reach.languages), read_titles(items)
    return [
        Row(
            key=item.key,
            kind=item.kind,
            partner=partner_of(item, partners),
            title=titles[item.shown.pk],
            cells=tuple(_cell(item, language, reach, parents) for language in languages()),
        )
        for item in items
    ]


def partner_of(item: Item, partners: Mapping[str, str]) -> str:
    """Return the name of the partner in whose section an item lies; empty when it lies in none."""
    path = item.first.path
    above = (path[:end] for end in range(len(path), 0, -STEP))
    return next((partners[section] for section in above if section in partners), "")


def _cell(item: Item, language: str, reach: Reach, parents: Parents) -> Cell:
    return Cell(
        language,
        item.how(language),
        _where(item, language, reach, parents),
        item.goes_live(language),
        item.is_restricted(language),
    )


def _where(item: Item, language: str, reach: Reach, parents: Parents) -> str:
    """Return where the text is written or begun, for those who may."""
    if text := item.text(language):
        return reverse("wagtailadmin_pages:edit", args=[text.pk]) if item.facts.is_theirs(text) else ""
    parent = parents.get(item.first.path[:-STEP], {}).get(language, "")
    may_begin = reach.covers(parent, item.kind) if parent else reach.everywhere
    address = reverse("wagtail_localize:submit_page_translation", args=[item.first.pk])
    return f"{address}?select_locale={language}" if may_begin and item.can_begin() else ""
