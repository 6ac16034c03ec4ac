"""How far each item is in each language; a constant number of queries for any number of items."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, TextChoices
from django.urls import reverse
from django.utils.translation import pgettext_lazy
from wagtail.models import Page, WorkflowState

from cms.content.languages import languages
from cms.translation.behind import read_waiting
from cms.translation.models import Origin, Provenance
from cms.translation.queue.filters import kind_name
from cms.translation.queue.finding import STEP, kinds
from cms.translation.queue.reach import Reach
from cms.translation.queue.reviews import numbers_in_review, numbers_scheduled, read_schedules, review

NOWHERE = Reach(())

Place = tuple[UUID, str]
"""A key and a language."""


class How(TextChoices):
    """How far a text is in one language."""

    ORIGINAL = "original", pgettext_lazy("coverage", "Original")
    PUBLISHED = "published", pgettext_lazy("coverage", "Published")
    STALE = "stale", pgettext_lazy("coverage", "Stale")
    MACHINE = "machine", pgettext_lazy("coverage", "By a machine")
    IN_REVIEW = "in_review", pgettext_lazy("coverage", "In review")
    SCHEDULED = "scheduled", pgettext_lazy("coverage", "Scheduled")
    IN_WORK = "in_work", pgettext_lazy("coverage", "In work")
    MISSING = "missing", pgettext_lazy("coverage", "Missing")


class Text(NamedTuple):
    """What decides how far a text is."""

    is_original: bool
    is_live: bool
    in_review: bool
    is_scheduled: bool
    is_stale: bool
    is_unread: bool


@dataclass(frozen=True)
class Cell:
    """One item in one language: how far it is, where its reader may work on it, if they may, and when it goes live."""

    language: str
    how: How
    url: str = ""
    goes_live: datetime | None = None


@dataclass(frozen=True)
class Item:
    """One item in all languages."""

    key: UUID
    kind: str
    partner: str
    title: str
    language: str
    cells: tuple[Cell, ...]

    @property
    def kind_name(self) -> str:
        """What its kind is called in the reader's language."""
        return kind_name(self.kind)


def is_so_far(language: str, how: str) -> Q:
    """Return the condition, for a query of originals, that they are so far in a language."""
    there = Page.objects.filter(
        translation_key=OuterRef("translation_key"), locale__language_code=language, alias_of=None
    )
    # Few are so: they are found once, not asked for page by page.
    in_review = _is_among(language, numbers_in_review(WorkflowState.STATUS_IN_PROGRESS))
    is_scheduled = _is_among(language, numbers_scheduled())
    is_own, is_live = Q(locale__language_code=language), Q(Exists(there.filter(live=True)))
    is_free = ~in_review & ~is_scheduled
    match How(how):
        case How.ORIGINAL:
            return is_own
        case How.MISSING:
            return ~Q(Exists(there))
        case How.IN_REVIEW:
            return ~is_own & in_review
        case How.SCHEDULED:
            return ~is_own & is_scheduled & ~in_review
        case How.IN_WORK:
            return ~is_own & Q(Exists(there.filter(live=False))) & is_free
        case How.STALE:
            return ~is_own & _is_stale(language) & is_live & is_free
        case How.MACHINE:
            return ~is_own & _is_machine(language) & ~_is_stale(language) & is_live & is_free
        case How.PUBLISHED:
            return ~is_own & is_live & ~_is_stale(language) & ~_is_machine(language) & is_free


def _is_stale(language: str) -> Q:
    # Few are so: they are found once, not asked for page by page.
    own = Provenance.objects.filter(language=language).exclude(stale_since=None).values("key")
    waiting = [key for key, code in read_waiting() if code == language]
    return Q(translation_key__in=own) | Q(translation_key__in=waiting)


def _is_machine(language: str) -> Q:
    return Q(translation_key__in=Provenance.objects.filter(is_unread(), language=language).values("key"))


def is_unread() -> Q:
    """Return the condition, for a query of provenances, that a machine wrote of the text and nobody has read it."""
    return Q(origin__in=[Origin.MACHINE, Origin.MIXED], reviewed_at=None) & ~Q(translated_from="")


def _is_among(language: str, numbers: Any) -> Q:
    """Return the condition, for a query of originals, that their page in a language has one of these numbers."""
    pages = Page.objects.filter(pk__in=numbers, locale__language_code=language, alias_of=None)
    return Q(translation_key__in=pages.order_by().values("translation_key"))


def how_far(text: Text) -> How:
    """Return how far a text that is there is."""
    if text.is_original:
        return How.ORIGINAL
    if text.in_review:
        return How.IN_REVIEW
    if text.is_scheduled:
        return How.SCHEDULED
    if not text.is_live:
        return How.IN_WORK
    if text.is_stale:
        return How.STALE
    return How.MACHINE if text.is_unread else How.PUBLISHED


def read_items(
    pages: Iterable[Page], reach: Reach = NOWHERE, partners: Mapping[str, str] = MappingProxyType({})
) -> list[Item]:
    """Read the items of some originals, each in all languages, with the way to those within somebody's reach.

    `partners` are the names of the partners by the paths of their sections.
    """
    found = list(pages)
    keys = [page.translation_key for page in found]
    texts, made, waiting, names = _texts(keys), _made(keys), read_waiting().keys(), kinds()
    return [
        Item(
            key=page.translation_key,
            kind=names[page.content_type_id],
            partner=_partner(page.path, partners),
            title=page.title,
            language=page.locale.language_code,
            cells=tuple(
                _cell(place, page, texts.get(place), made.get(place), place in waiting, reach)
                for place in ((page.translation_key, code) for code in languages())
            ),
        )
        for page in found
    ]


def _partner(path: str, partners: Mapping[str, str]) -> str:
    above = (path[:end] for end in range(len(path), 0, -STEP))
    return next((partners[section] for section in above if section in partners), "")


def _cell(place: Place, page: Page, row: Any, made: Provenance | None, waits: bool, reach: Reach) -> Cell:
    _key, language = place
    url = _address(language, row, page, reach)
    if row is None:
        return Cell(language, How.MISSING, url)
    how = how_far(
        Text(
            is_original=language == page.locale.language_code,
            is_live=row["live"],
            in_review=row["review"] == WorkflowState.STATUS_IN_PROGRESS,
            is_scheduled=bool(row["goes_live"]),
            is_stale=waits or bool(made and made.stale_since),
            is_unread=bool(made and made.origin != Origin.HUMAN and not made.reviewed_at),
        )
    )
    return Cell(language, how, url, row["goes_live"] if how == How.SCHEDULED else None)


def _address(language: str, text: Any, page: Page, reach: Reach) -> str:
    """Return where the text is written or begun, for those who may."""
    if language not in reach.languages:
        return ""
    if text is None:
        address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
        return f"{address}?select_locale={language}"
    is_theirs = text["pk"] != page.pk or reach.everywhere or page.path.startswith(reach.as_editor)
    return reverse("wagtailadmin_pages:edit", args=[text["pk"]]) if is_theirs else ""


def _texts(keys: Sequence[UUID]) -> dict[Place, dict[str, Any]]:
    """Return what is there of the items, by key and language."""
    pages = Page.objects.filter(translation_key__in=keys).order_by().annotate(review=review("status"))
    rows = pages.values("pk", "translation_key", "locale__language_code", "live", "review", "alias_of")
    schedules = read_schedules()
    return {
        (row["translation_key"], row["locale__language_code"]): row
        | {"goes_live": schedules[row["pk"]].goes_live if row["pk"] in schedules else None}
        for row in rows
        if row["alias_of"] is None  # asked to leave them out, SQLite goes through all pages that are none
    }


def _made(keys: Sequence[UUID]) -> dict[Place, Provenance]:
    return {(row.key, row.language): row for row in Provenance.objects.filter(key__in=keys)}
