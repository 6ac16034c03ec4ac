"""Connections that publish what was noted as the last act of each transaction, before they commit."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import Error, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from cms.publications.marks import Mark

MOST_ROUNDS = 10


class PublishesBeforeCommit(BaseDatabaseWrapper):
    """A database connection that remembers what was noted, and publishes it or commits nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Begin with nothing noted."""
        super().__init__(*args, **kwargs)
        self.noted: set[Mark] = set()

    def note(self, marks: Iterable[Mark]) -> None:
        """Remember what this transaction has to look at; outside of one, look at once."""
        self.noted.update(marks)
        if self.noted and not self.in_atomic_block and self.get_autocommit():
            with transaction.atomic(using=self.alias):
                pass  # its commit publishes

    def publish_noted(self) -> None:
        """Publish what was noted, and what publishing itself notes."""
        from cms.publications.publish import publish_marks  # models are not there when connections are made

        for _round in range(MOST_ROUNDS):
            if not self.noted:
                return
            marks, self.noted = self.noted, set()
            publish_marks(marks, using=self.alias)
        raise RuntimeError(f"publishing goes on noting what to publish: {self.noted}")

    @contextmanager
    def not_noting(self) -> Iterator[None]:
        """Forget what is noted inside: whoever says so is about to look at it anyway."""
        noted = set(self.noted)
        yield
        self.noted = noted

    def commit(self) -> None:
        """Publish, then commit; when anything fails nothing has happened."""
        try:
            self._publish_within()
            super().commit()
        except BaseException:
            # Django's atomic() rolls back a failed commit only for database errors, and then once more: harmless.
            self._undo()
            raise

    def rollback(self) -> None:
        """Roll back, and forget what was noted."""
        self.noted = set()
        super().rollback()

    def close(self) -> None:
        """Close, and forget what was noted: an open transaction dies with the connection."""
        self.noted = set()
        super().close()

    def _publish_within(self) -> None:
        if not self.noted:
            return
        self.validate_no_atomic_block()
        self.in_atomic_block = True  # atomic() inside makes savepoints, and hooks wait for the real commit
        try:
            self.publish_noted()
        finally:
            self.in_atomic_block = False

    def _undo(self) -> None:
        if self.in_atomic_block:
            return  # somebody called commit() inside atomic(), which Django refuses: their transaction goes on
        try:
            self.rollback()
        except Error:
            self.close()
