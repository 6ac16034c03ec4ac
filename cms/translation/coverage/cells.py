"""How far each item is in each language; a constant number of queries for any number of items."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, TextChoices
from django.urls import reverse
from django.utils.translation import pgettext_lazy
from wagtail.models import Page, WorkflowState

from cms.content.languages import languages
from cms.translation.behind import read_waiting
from cms.translation.models import Origin, Provenance
from cms.translation.provenance import Makings, read_makings
from cms.translation.queue.finding import kinds
from cms.translation.queue.reach import Reach
from cms.translation.queue.reviews import numbers_in_review, numbers_scheduled, read_schedules, review

NOWHERE = Reach(())


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
    title: str
    language: str
    cells: tuple[Cell, ...]


def is_so_far(language: str, how: str) -> Q:
    """Return the condition, for a query of originals, that they are so far in a language."""
    there = Page.objects.filter(
        translation_key=OuterRef("translation_key"), locale__language_code=language, alias_of=None
    )
    # Few are so: they are found once, not asked for page by page.
    in_review = _is_among(language, numbers_in_review(WorkflowState.STATUS_IN_PROGRESS))
    is_scheduled = _is_among(language, numbers_scheduled())
    is_own, is_live = Q(locale__language_code=language), Q(Exists(there.filter(live=True)))
    is_free = ~is_own & ~in_review & ~is_scheduled
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
            return is_free & Q(Exists(there.filter(live=False)))
        case How.STALE:
            return is_free & is_live & _is_stale(language)
        case How.MACHINE:
            return is_free & is_live & _is_machine(language) & ~_is_stale(language)
        case How.PUBLISHED:
            return is_free & is_live & ~_is_stale(language) & ~_is_machine(language)


def _is_stale(language: str) -> Q:
    # Few are so: they are found once, not asked for page by page.
    own = Provenance.objects.filter(language=language).exclude(stale_since=None).values("key")
    waiting = [key for key, code in read_waiting() if code == language]
    return Q(translation_key__in=own) | Q(translation_key__in=waiting)


def _is_machine(language: str) -> Q:
    made = Provenance.objects.filter(language=language, origin__in=[Origin.MACHINE, Origin.MIXED], reviewed_at=None)
    return Q(translation_key__in=made.exclude(translated_from="").values("key"))


def _is_among(language: str, numbers: Any) -> Q:
    """Return the condition, for a query of originals, that their page in a language has one of these numbers."""
    pages = Page.objects.filter(pk__in=numbers, locale__language_code=language, alias_of=None)
    return Q(translation_key__in=pages.order_by().values("translation_key"))


def read_items(pages: Iterable[Page], reach: Reach = NOWHERE) -> list[Item]:
    """Read the items of some originals, each in all languages, with the way to those within somebody's reach."""
    found = list(pages)
    keys = [page.translation_key for page in found]
    texts, made, names = _texts(keys), read_makings(keys), kinds()
    return [
        _item(page, texts.get(page.translation_key, {}), made[page.translation_key], names, reach) for page in found
    ]


def _item(page: Page, texts: dict[str, Any], made: Makings, names: dict[int, str], reach: Reach) -> Item:
    return Item(
        key=page.translation_key,
        kind=names[page.content_type_id],
        title=page.title,
        language=page.locale.language_code,
        cells=tuple(_cell(code, page, texts.get(code), made, reach) for code in languages()),
    )


def _cell(language: str, page: Page, text: Any, made: Makings, reach: Reach) -> Cell:
    how = _how(language, page.locale.language_code, text, made)
    goes_live = text["goes_live"] if how == How.SCHEDULED else None
    return Cell(language, how, _address(language, text, page, reach), goes_live)


def _address(language: str, text: Any, page: Page, reach: Reach) -> str:
    """Return where the text is written or begun, for those who may."""
    if language not in reach.languages:
        return ""
    if text is None:
        address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
        return f"{address}?select_locale={language}"
    is_theirs = text["pk"] != page.pk or reach.everywhere or page.path.startswith(reach.as_editor)
    return reverse("wagtailadmin_pages:edit", args=[text["pk"]]) if is_theirs else ""


def _how(language: str, own: str, text: Any, makings: Makings) -> How:
    if text is None:
        return How.MISSING
    if language == own:
        return How.ORIGINAL
    if text["review"] == WorkflowState.STATUS_IN_PROGRESS:
        return How.IN_REVIEW
    if text["goes_live"]:
        return How.SCHEDULED
    if not text["live"]:
        return How.IN_WORK
    if makings.find_behind(language):
        return How.STALE
    made = makings.rows.get(language)
    if made and made.origin != Origin.HUMAN and not made.reviewed_at:
        return How.MACHINE
    return How.PUBLISHED


def _texts(keys: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    pages = Page.objects.filter(translation_key__in=keys).order_by().annotate(review=review("status"))
    found: dict[UUID, dict[str, Any]] = {}
    schedules = read_schedules()
    for row in pages.values("pk", "translation_key", "locale__language_code", "live", "review", "alias_of"):
        if row["alias_of"] is None:  # asked to leave them out, SQLite goes through all pages that are none
            _since, goes_live = schedules.get(row["pk"], (None, None))
            found.setdefault(row["translation_key"], {})[row["locale__language_code"]] = row | {"goes_live": goes_live}
    return found
