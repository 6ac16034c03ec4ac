"""Django's SQLite backend, publishing before it commits, and giving up what takes too long."""

from time import monotonic
from typing import Any

from django.db.backends.sqlite3 import base

from cms.publications.commits import PublishesBeforeCommit
from cms.publications.limits import LimitsStatements

STEPS = 20_000
"""Steps of SQLite's machine, a few milliseconds, after which it asks whether to go on."""

PAUSE = 0.1
"""Seconds of a longer silence that count: a reader that takes its rows one by one does not keep SQLite busy."""


class DatabaseWrapper(PublishesBeforeCommit, LimitsStatements, base.DatabaseWrapper):
    """A connection to SQLite that publishes what was noted before it commits."""

    def create_cursor(self, name: str | None = None) -> Any:
        """Begin to count anew: each statement has a cursor of its own."""
        self._spent, self._asked_at = 0.0, monotonic()
        return super().create_cursor(name)

    def tell_limit(self, seconds: int) -> None:
        """Have SQLite ask now and then whether to go on."""

        def is_over() -> bool:
            now = monotonic()
            self._spent += min(now - self._asked_at, PAUSE)
            self._asked_at = now
            return self._spent > seconds

        self.connection.set_progress_handler(is_over if seconds else None, STEPS)
