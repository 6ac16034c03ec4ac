"""When what answers show last changed, and when time alone will change it next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection


@dataclass(frozen=True)
class Freshness:
    """Where the order of changes stands, when it came there, and when time alone will move it."""

    epoch: str = ""
    sequence: int = 0
    changed_at: datetime | None = None
    next_change_at: datetime | None = None


FACTS = (
    "counter.epoch, counter.value,"
    " (SELECT changed_at FROM publications_publication ORDER BY sequence DESC LIMIT 1),"
    " (SELECT next_change_at FROM publications_publication WHERE next_change_at IS NOT NULL"
    " ORDER BY next_change_at LIMIT 1)"
)
"""The columns of these facts, for a query `FROM_COUNTER`."""

FROM_COUNTER = "FROM publications_counter AS counter"


def freshness() -> Freshness:
    """Return how fresh everything is; the defaults while nothing has ever been published."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {FACTS} {FROM_COUNTER} WHERE counter.id = 1")
        facts = cursor.fetchone()
    return freshness_of(facts) if facts else Freshness()


def freshness_of(facts: Sequence[Any]) -> Freshness:
    """Return how fresh everything is, by the facts as the database gives them."""
    epoch, sequence, changed_at, next_change_at = facts
    return Freshness(epoch, sequence, moment(changed_at), moment(next_change_at))


def moment(value: Any) -> datetime | None:
    """Return a time of the database: SQLite's is text, or without a time zone, and means UTC."""
    at: datetime | None = datetime.fromisoformat(value) if type(value) is str else value
    return at.replace(tzinfo=UTC) if at and at.tzinfo is None else at
