"""Every publication that is not what it should be. Empty, or there is a bug."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone

from cms.publications.marks import Everything, find_keys
from cms.publications.pages import Shelf
from cms.publications.search.indexing import wrongly_indexed
from cms.publications.verdicts import Verdict, judge

BATCH = 100


@dataclass(frozen=True)
class Stale:
    """A publication that is not what it should be, and why."""

    key: UUID
    language: str
    title: str
    why: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.key} ({self.language}) {self.title}: {self.why}"


def stale_publications(*, using: str = DEFAULT_DB_ALIAS) -> list[Stale]:
    """Return every publication that is not what it should be; nothing is changed."""
    return [stale for batch in in_batches(all_keys(using=using)) for stale in stale_among(batch, using=using)]


def stale_among(keys: Iterable[UUID], *, using: str = DEFAULT_DB_ALIAS) -> list[Stale]:
    """Return those of these keys' publications that are not what they should be."""
    wanted = set(keys)
    unmet = [verdict for verdict in judge(Shelf(wanted, using=using, now=timezone.now())) if not verdict.is_met]
    return [
        *(Stale(one.key, one.language, one.page.title if one.page else "", _why(one)) for one in unmet),
        *(
            Stale(row.key, row.language, row.title, "is found by other words than it has")
            for row in wrongly_indexed(wanted, using=using)
        ),
    ]


def all_keys(*, using: str = DEFAULT_DB_ALIAS) -> list[UUID]:
    """Return every key that has a page or a publication."""
    return sorted(find_keys([Everything()], using=using))


def in_batches(keys: Iterable[UUID], size: int = BATCH) -> Iterator[list[UUID]]:
    """Cut the keys into short batches, so that nothing holds the database for long."""
    waiting = iter(keys)
    while batch := list(islice(waiting, size)):
        yield batch


def _why(verdict: Verdict) -> str:
    if verdict.refused:
        return f"cannot be published: {verdict.refused}"
    row = verdict.row
    if row is None:
        return f"is not published, but should be {verdict.status}"
    if row.status != verdict.status:
        return f"is {row.status}, but should be {verdict.status}"
    return "was published otherwise than its page is now" if verdict.built else f"is gone, but not as {row.reason}"
