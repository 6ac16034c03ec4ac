"""How a text came about, as the contract says it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from uuid import UUID

from django.utils import timezone

from cms.content.pages import ContentPage, Disclosure
from cms.translation.behind import Behind, find_behind
from cms.translation.making import describe, describe_page
from cms.translation.models import Origin, Provenance
from cms.translation.sources import chain, find_begun, read_sources
from frontend_contract.models.said import Translation

Said = Literal["original", "human", "machine", "machine_reviewed", "mixed"]


@dataclass(frozen=True)
class Makings:
    """How the texts of one key came about: from which language each is translated, and what is known of it."""

    sources: Mapping[str, str]
    rows: Mapping[str, Provenance]

    def find_behind(self, language: str) -> Behind | None:
        """Return since when the text in a language is stale, by itself or along the way it was made."""
        stale = {code: row.stale_since for code, row in self.rows.items() if row.stale_since}
        return find_behind(language, self.sources, stale) if stale else None


def read_makings(keys: Collection[UUID]) -> dict[UUID, Makings]:
    """Return how the texts of many keys came about, in two queries."""
    rows = list(Provenance.objects.filter(key__in=keys))
    by_key: dict[UUID, dict[str, Provenance]] = {key: {} for key in keys}
    for row in rows:
        by_key[row.key][row.language] = row
    return {key: Makings(sources, by_key[key]) for key, sources in read_sources(keys, rows).items()}


def translation_of(page: ContentPage, makings: Makings | None = None) -> Translation:
    """Return how the page's text came about; a constant number of queries, and the same answer until a row changes."""
    makings = makings or read_makings([page.translation_key])[page.translation_key]
    way, rows = chain(page.language, makings.sources), makings.rows
    own = (rows.get(page.language) or _begun(page)) if way[1:] else None
    behind = makings.find_behind(page.language)
    return Translation(
        origin=_origin(own),
        source_language=way[-1],
        translated_from=way[1] if way[1:] else None,
        is_stale=bool(behind),
        stale_since=_second(behind.since) if behind else None,
        tool=(own.tool or None) if own else None,
        reviewed_at=_second(own.reviewed_at) if own else None,
        ai_disclosure=_disclosure(page, own),
    )


def review(page: ContentPage, at: datetime | None = None) -> Provenance:
    """Say that the published translation counts as reviewed since then; machine text that is no younger says so."""
    row = Provenance.objects.get(key=page.translation_key, language=page.language)
    row.reviewed_at = at or timezone.now()
    row.save(update_fields=["reviewed_at"])
    return row


def _begun(page: ContentPage) -> Provenance | None:
    """Return what would be said of a translation that was never published."""
    begun = find_begun(page)
    if begun is None:
        return None
    made = describe(begun) if begun.enabled else describe_page(begun, page)
    return Provenance(**made, reviewed_at=made["accepted_at"])


def _origin(row: Provenance | None) -> Said:
    match row and (Origin(row.origin), bool(row.reviewed_at)):
        case None:
            return "original"
        case (Origin.MACHINE, True):
            return "machine_reviewed"
        case (Origin.MACHINE, False):
            return "machine"
        case (Origin.MIXED, _):
            return "mixed"
    return "human"


def _disclosure(page: ContentPage, row: Provenance | None) -> Disclosure:
    """Return how much of the text is a machine's: what its editors say, or what is known of its translation."""
    match _origin(row):
        case "mixed" if row and row.machine_at and not row.reviewed_at:
            return Disclosure.AUTONOMOUS  # a part of it nobody has read
        case "machine":
            return Disclosure.AUTONOMOUS
        case "machine_reviewed" | "mixed" if page.ai_disclosure == Disclosure.NONE:
            return Disclosure.ASSISTED
    return Disclosure(page.ai_disclosure)


def _second(time: datetime | None) -> datetime | None:
    return time.astimezone(UTC).replace(microsecond=0) if time else None
