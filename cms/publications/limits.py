"""Connections whose statements may be given a time after which the database gives up."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper


class LimitsStatements(BaseDatabaseWrapper):
    """A database connection that gives up a statement which takes too long, with an `OperationalError`.

    The limit is told to the database with the next statement, once: what only ever reads for partner cities tells it
    a single time, and asks nothing more than without.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Begin without a limit."""
        super().__init__(*args, **kwargs)
        self._limit = 0
        self._told: int | None = 0

    def limit_statements(self, seconds: int) -> None:
        """Let no statement take longer than this, from now on; 0 lets each take its time."""
        self._limit = seconds

    def tell_limit(self, seconds: int) -> None:
        """Make the database keep the limit."""
        raise NotImplementedError

    def connect(self) -> None:
        """Connect; a new connection has not been told."""
        self._told = 0
        super().connect()

    def rollback(self) -> None:
        """Roll back, and with it what was told in the transaction."""
        self._told = None
        super().rollback()

    def savepoint_rollback(self, sid: str) -> None:
        """Roll back to a savepoint, and with it what was told since."""
        super().savepoint_rollback(sid)  # first: until then the database takes no other statement
        self._told = None

    def create_cursor(self, name: str | None = None) -> Any:
        """Tell the limit when it is another one than was told last."""
        if self._told != self._limit:
            self.tell_limit(self._limit)
            self._told = self._limit
        return super().create_cursor(name)
