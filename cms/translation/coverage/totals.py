"""How many items are how far in each language, over all that is chosen; a constant number of queries."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from wagtail.models import Page

from cms.content.languages import languages
from cms.translation.behind import read_waiting
from cms.translation.coverage.cells import How, Text, how_far, is_unread
from cms.translation.models import Provenance
from cms.translation.queue.finding import documents
from cms.translation.queue.reviews import read_reviews, read_schedules


@dataclass(frozen=True)
class Total:
    """How many items are so far, in each language."""

    how: How
    numbers: tuple[int, ...]


def count_items(pages: QuerySet[Page]) -> list[Total]:
    """Count how far some originals are in each language."""
    chosen = dict(pages.order_by().values_list("translation_key", "locale__language_code"))
    found = Counter(_read_cells(chosen))
    for language in languages():
        found[language, How.MISSING] = len(chosen) - sum(found[language, how] for how in How)
    return as_totals(found)


def as_totals(found: Mapping[tuple[str, How], int]) -> list[Total]:
    """Return what was counted in the order of the table."""
    return [Total(how, tuple(found.get((language, how), 0) for language in languages())) for how in How]


def _read_cells(chosen: Mapping[UUID, str]) -> Iterator[tuple[str, How]]:
    """Yield the language of each text that is there, and how far it is."""
    reviews, schedules, stale, machines = read_reviews(), read_schedules(), _stale(), _machines()
    texts = documents().order_by().values_list("pk", "translation_key", "locale__language_code", "live")
    for pk, key, language, live in texts:
        if key not in chosen:
            continue
        in_review, _since = reviews.get(pk, (False, None))
        place = (key, language)
        text = Text(language == chosen[key], live, in_review, pk in schedules, place in stale, place in machines)
        yield language, how_far(text)


def _stale() -> set[tuple[UUID, str]]:
    return {*Provenance.objects.filter(stale_since__isnull=False).values_list("key", "language"), *read_waiting()}


def _machines() -> set[tuple[UUID, str]]:
    return set(Provenance.objects.filter(is_unread()).values_list("key", "language"))
