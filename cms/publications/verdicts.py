"""What each publication should be, from its page as it is now and from what it has been so far."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cms.content.errors import PublishingRefused
from cms.content.pages import ContentPage
from cms.publications.building import Built, build
from cms.publications.models import READABLE, Publication, Reason, Status
from cms.publications.pages import Shelf


@dataclass(frozen=True)
class Verdict:
    """What the publication of a key in a language should be: a text, a tombstone, or nothing at all."""

    key: UUID
    language: str
    page: ContentPage | None
    row: Publication | None
    status: Status | None
    built: Built | None = None
    reason: str = ""
    refused: PublishingRefused | None = None

    @property
    def is_met(self) -> bool:
        """Whether the publication is already what it should be."""
        if self.refused:
            return False
        if self.row is None or self.status is None:
            return self.status is None
        digest = self.built.digest if self.built else ""
        return (self.row.status, self.row.digest, self.row.reason) == (self.status, digest, self.reason)


def judge(shelf: Shelf) -> list[Verdict]:
    """Return a verdict for every language in which the keys of a shelf have a page or a publication."""
    rows: dict[UUID, dict[str, Publication]] = {key: {} for key in shelf.keys}
    for row in Publication.objects.using(shelf.using).of_keys(shelf.keys):
        rows[row.key][row.language] = row
    verdicts = []
    for key in sorted(shelf.keys):
        known = {language: row.first_published_at for language, row in rows[key].items() if row.first_published_at}
        for language in sorted(shelf.languages_of(key) | set(rows[key])):
            verdicts.append(_judge(key, language, shelf, rows[key].get(language), known))
    return verdicts


def _judge(key: UUID, language: str, shelf: Shelf, row: Publication | None, known: dict[str, datetime]) -> Verdict:
    page = shelf.find(key, language)
    if page and shelf.is_restricted(page):
        return Verdict(key, language, page, row, *_hidden(row))
    obstacle = shelf.find_obstacle(page) if page else Reason.DELETED
    if page and not obstacle and not _is_laid_to_rest(row):
        status = Status.WITHDRAWN if row and row.status == Status.WITHDRAWN else Status.PUBLISHED
        try:
            return Verdict(key, language, page, row, status, build(page, shelf, known))
        except PublishingRefused as refused:
            return Verdict(key, language, page, row, status, refused=refused)
    return Verdict(key, language, page, row, *_gone(row, obstacle))


def _is_laid_to_rest(row: Publication | None) -> bool:
    """Whether somebody has set a tombstone by hand, which no page brings back to life."""
    return bool(row and row.by_hand and row.status not in READABLE)


def _hidden(row: Publication | None) -> tuple[Status | None, None, str]:
    """Restricted: as if it never was, also when it was only unpublished before."""
    if row is None:
        return None, None, ""
    if row.status == Status.REDIRECTED:
        return Status(row.status), None, row.reason
    return Status.VANISHED, None, ""


def _gone(row: Publication | None, obstacle: Reason | None) -> tuple[Status | None, None, str]:
    if row is None:
        return None, None, ""
    if row.status in (Status.REDIRECTED, Status.VANISHED) or _is_laid_to_rest(row):
        return Status(row.status), None, row.reason
    return Status.GONE, None, str(obstacle)
