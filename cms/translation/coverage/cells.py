"""How far each item is in each language; a constant number of queries for any number of items."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, TextChoices
from django.urls import reverse
from django.utils.translation import pgettext_lazy
from wagtail.models import Page, WorkflowState

from cms.content.languages import languages
from cms.translation.models import Origin, Provenance
from cms.translation.queue.finding import kinds, numbers_in_review, review
from cms.translation.queue.reach import Reach

NOWHERE = Reach(())


class How(TextChoices):
    """How far a text is in one language."""

    ORIGINAL = "original", pgettext_lazy("coverage", "Original")
    PUBLISHED = "published", pgettext_lazy("coverage", "Published")
    STALE = "stale", pgettext_lazy("coverage", "Stale")
    MACHINE = "machine", pgettext_lazy("coverage", "By a machine")
    IN_REVIEW = "in_review", pgettext_lazy("coverage", "In review")
    IN_WORK = "in_work", pgettext_lazy("coverage", "In work")
    MISSING = "missing", pgettext_lazy("coverage", "Missing")


@dataclass(frozen=True)
class Cell:
    """One item in one language: how far it is, and where its reader may work on it, if they may."""

    language: str
    how: How
    url: str = ""


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
    made = Provenance.objects.filter(language=language).values("key")
    by_machine = made.filter(origin__in=[Origin.MACHINE, Origin.MIXED], reviewed_at=None).exclude(translated_from="")
    is_machine, is_stale = Q(translation_key__in=by_machine), Q(translation_key__in=made.exclude(stale_since=None))
    reviewed = Page.objects.filter(
        pk__in=numbers_in_review(WorkflowState.STATUS_IN_PROGRESS), locale__language_code=language, alias_of=None
    )
    in_review = Q(translation_key__in=reviewed.order_by().values("translation_key"))
    is_own, is_live = Q(locale__language_code=language), Q(Exists(there.filter(live=True)))
    conditions = {
        How.ORIGINAL: is_own,
        How.MISSING: ~Q(Exists(there)),
        How.IN_REVIEW: ~is_own & in_review,
        How.IN_WORK: ~is_own & Q(Exists(there.filter(live=False))) & ~in_review,
        How.STALE: ~is_own & is_live & is_stale & ~in_review,
        How.MACHINE: ~is_own & is_live & is_machine & ~is_stale & ~in_review,
        How.PUBLISHED: ~is_own & is_live & ~is_stale & ~is_machine & ~in_review,
    }
    return conditions[How(how)]


def read_items(pages: Iterable[Page], reach: Reach = NOWHERE) -> list[Item]:
    """Read the items of some originals, each in all languages, with the way to those within somebody's reach."""
    found = list(pages)
    keys = [page.translation_key for page in found]
    texts, made, names = _texts(keys), _made(keys), kinds()
    return [
        _item(page, texts.get(page.translation_key, {}), made.get(page.translation_key, {}), names, reach)
        for page in found
    ]


def _item(page: Page, texts: dict[str, Any], made: dict[str, Provenance], names: dict[int, str], reach: Reach) -> Item:
    own, kind = page.locale.language_code, names[page.content_type_id]
    return Item(
        key=page.translation_key,
        kind=kind,
        title=page.title,
        language=own,
        cells=tuple(
            Cell(code, _how(code == own, texts.get(code), made.get(code)), _address(code, texts.get(code), page, reach))
            for code in languages()
        ),
    )


def _address(language: str, text: Any, page: Page, reach: Reach) -> str:
    """Return where the text is written or begun, for those who may."""
    if language not in reach.languages:
        return ""
    if text is None:
        address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
        return f"{address}?select_locale={language}"
    is_theirs = text["pk"] != page.pk or reach.everywhere or page.path.startswith(reach.as_editor)
    return reverse("wagtailadmin_pages:edit", args=[text["pk"]]) if is_theirs else ""


def _how(is_original: bool, text: Any, made: Provenance | None) -> How:
    if text is None:
        return How.MISSING
    if is_original:
        return How.ORIGINAL
    if text["review"] == WorkflowState.STATUS_IN_PROGRESS:
        return How.IN_REVIEW
    if not text["live"]:
        return How.IN_WORK
    if made and made.stale_since:
        return How.STALE
    if made and made.origin != Origin.HUMAN and not made.reviewed_at:
        return How.MACHINE
    return How.PUBLISHED


def _texts(keys: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    pages = Page.objects.filter(translation_key__in=keys).order_by().annotate(review=review("status"))
    found: dict[UUID, dict[str, Any]] = {}
    for row in pages.values("pk", "translation_key", "locale__language_code", "live", "review", "alias_of"):
        if row["alias_of"] is None:  # asked to leave them out, SQLite goes through all pages that are none
            found.setdefault(row["translation_key"], {})[row["locale__language_code"]] = row
    return found


def _made(keys: Sequence[UUID]) -> dict[UUID, dict[str, Provenance]]:
    found: dict[UUID, dict[str, Provenance]] = {}
    for row in Provenance.objects.filter(key__in=keys):
        found.setdefault(row.key, {})[row.language] = row
    return found
