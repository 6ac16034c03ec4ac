"""When what answers show last changed, and when time alone will change it next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery

from cms.publications.models import Counter, Publication


@dataclass(frozen=True)
class Freshness:
    """Where the order of changes stands, when it came there, and when time alone will move it."""

    epoch: str = ""
    sequence: int = 0
    changed_at: datetime | None = None
    next_change_at: datetime | None = None


def freshness() -> Freshness:
    """Return how fresh everything is; the defaults while nothing has ever been published."""
    return Freshness(*(_facts().first() or ()))


def count_with_freshness(rows: QuerySet[Publication]) -> tuple[int, Freshness]:
    """Return how many rows there are, and how fresh everything is, at the cost of one question."""
    total, *facts = _facts(_Count(rows.order_by().values("pk"))).first() or (0,)
    return total, Freshness(*facts)


def _facts(*more: Any) -> QuerySet[Counter, tuple[Any, ...]]:
    latest = Publication.objects.order_by("-sequence").values("changed_at")[:1]
    coming = Publication.objects.filter(next_change_at__isnull=False).order_by("next_change_at")
    wanted = [*more, "epoch", "value", Subquery(latest), Subquery(coming.values("next_change_at")[:1])]
    return Counter.objects.filter(pk=1).values_list(*wanted)


class _Count(Subquery):
    """How many rows a query finds."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
