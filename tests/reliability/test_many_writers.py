"""Eight writers at once, and somebody who leaves a transaction open: whoever follows the changes misses nothing."""

import time
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from django.db import transaction

from cms.publications.models import Publication
from cms.publications.reading import changes_since, current_sequence
from news.models import NewsPage
from tests.reliability.processes import fork, has_ended
from tests.reliability.stage import Newsroom, publish_new

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

FOREIGN_PAGES = 3
SHARED, OWN = 0, 1
"""The page that a foreign transaction has saved and the first writer wants too, and the others' own."""


@dataclass(frozen=True)
class Written:
    """A change that a writer made: its key, its place, and when the writer knew that it was done."""

    key: UUID
    sequence: int
    at: float


@dataclass
class Consumer:
    """Follows the changes, and remembers what each look has shown."""

    place: int
    looked_at: list[float] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    seen_at: dict[int, float] = field(default_factory=dict)
    replica: dict[UUID, str] = field(default_factory=dict)

    def look(self) -> int:
        """Fetch what is new; return how much that was."""
        self.looked_at.append(time.monotonic())
        rows, _more = changes_since(self.place, limit=1_000)
        now = time.monotonic()
        for row in rows:
            assert row.sequence > self.place, "out of order"
            self.place, self.seen_at[row.sequence] = row.sequence, now
            self.replica[row.key] = row.digest
        self.places.append(self.place)
        return len(rows)

    def misses(self, written: Written) -> bool:
        """Whether the first look that began after a change did not reach it."""
        look = bisect_left(self.looked_at, written.at)
        return look == len(self.places) or self.places[look] < written.sequence

    def delay(self, written: Written) -> float:
        """Return how long after the change the consumer had it, or what the same page has become since."""
        return min(at for sequence, at in self.seen_at.items() if sequence >= written.sequence) - written.at


@pytest.mark.parametrize(
    ("writers", "times", "seconds", "within"),
    [(4, 10, 0.5, 1.0), pytest.param(8, 250, 3.0, 0.1, marks=pytest.mark.slow)],
)
def test_who_follows_the_changes_misses_none_beside_an_open_transaction(
    newsroom: Newsroom, tmp_path: Path, writers: int, times: int, seconds: float, within: float
) -> None:
    foreign = _articles(newsroom, "Utkast", FOREIGN_PAGES)
    desks = [_articles(newsroom, f"Nyhetsbrev {number}", 2) for number in range(writers)]
    start = current_sequence()
    consumer = Consumer(start)
    logs = [tmp_path / f"{number}.log" for number in range(writers)]
    opened, enough = tmp_path / "opened", tmp_path / "enough"

    holding = fork(partial(_hold, foreign, seconds, opened, enough))
    _wait_until(opened.exists)
    first = [*desks[0], foreign[SHARED]]
    work = [first, *desks[OWN:]]
    children = [fork(partial(_write, pages, times, log)) for pages, log in zip(work, logs, strict=True)]
    _follow(consumer, [holding, *children], lambda: len(consumer.seen_at) > writers and enough.touch())

    written = [_read(log) for log in logs]
    everything = [change for changes in written for change in changes]
    stored = dict(Publication.objects.since(start).values_list("key", "digest"))
    assert len(everything) == writers * times
    assert current_sequence() == start + writers * times + FOREIGN_PAGES
    assert consumer.replica == stored
    assert [change for change in everything if consumer.misses(change)] == []
    others = [change for change in everything if change.key != foreign[SHARED].translation_key]
    delays = sorted(map(consumer.delay, others))
    assert delays[int(0.99 * len(delays))] <= within


def _articles(newsroom: Newsroom, title: str, number: int) -> list[NewsPage]:
    with transaction.atomic():
        return [
            publish_new(newsroom.umea_news["sv"], NewsPage(title=f"{title} {place}", lead="Nytt.", body=[]))
            for place in range(number)
        ]


def _hold(pages: Iterable[NewsPage], seconds: float, opened: Path, enough: Path) -> None:
    """Save pages, and leave the transaction open for a while, and until others have published enough beside it."""
    with transaction.atomic():
        for page in pages:
            _save(page, "Sparat, men inte klart.")
        opened.touch()
        time.sleep(seconds)
        _wait_until(enough.exists)


def _write(pages: list[NewsPage], times: int, log: Path) -> None:
    """Publish so many times; write down what was done when."""
    with log.open("w") as file:
        for number in range(times):
            page = pages[number % len(pages)]
            _save(page, f"Version {number}.")
            at = time.monotonic()
            sequence = Publication.objects.values_list("sequence", flat=True).get(key=page.translation_key)
            print(page.translation_key, sequence, at, file=file)


def _save(page: NewsPage, lead: str) -> None:
    mine = NewsPage.objects.get(pk=page.pk)
    mine.lead = lead
    mine.save()


def _follow(consumer: Consumer, children: list[int], seen: Callable[[], object]) -> None:
    """Look again and again until all have ended, and until there is nothing new; say so after each look."""
    running = set(children)
    while running:
        consumer.look()
        seen()
        running -= {child for child in running if has_ended(child)}
        time.sleep(0.002)
    while consumer.look():
        pass


def _read(log: Path) -> list[Written]:
    lines = (line.split() for line in log.read_text().splitlines())
    return [Written(UUID(key), int(sequence), float(at)) for key, sequence, at in lines]


def _wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.01)
