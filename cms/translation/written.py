"""Keys and times as the database writes them: of thousands it takes longer to make what they mean than to find them."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import CharField
from django.db.models.functions import Cast


def written(column: Any) -> Cast:
    """Return, for a query, a key or a time as the database writes it."""
    return Cast(column, CharField())


def moment(at: str) -> datetime:
    """Return the time that a database has written; SQLite leaves out that it is in UTC."""
    found = datetime.fromisoformat(at)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
