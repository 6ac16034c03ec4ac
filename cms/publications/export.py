"""Everything that can be read, one document after the other, as it stood at one place in the order of changes."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from cms.publications.filling import Json, fill_each
from cms.publications.freshness import Freshness, freshness
from cms.publications.models import Publication, PublicationQuerySet
from cms.publications.snapshots import snapshot

BATCH = 100
"""Documents in memory at once."""


@dataclass(frozen=True)
class Export:
    """Where the order of changes stands, how many documents there are, and the documents: read them once."""

    freshness: Freshness
    total: int
    documents: Iterator[Json]


@contextmanager
def open_export(languages: Collection[str] = (), kinds: Collection[str] = ()) -> Iterator[Export]:
    """Give, while inside, every document of these languages and kinds; all of them when none is named."""
    with snapshot():
        fresh = freshness()
        rows = Publication.objects.readable().in_language(*languages).of_kind(*kinds)
        yield Export(fresh, rows.count(), _documents(rows))


def _documents(rows: PublicationQuerySet) -> Iterator[Json]:
    after = 0
    while batch := list(rows.since(after)[:BATCH]):
        yield from fill_each(batch).documents
        after = batch[-1].sequence
