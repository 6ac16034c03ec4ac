"""One view of the database for many questions: what is published meanwhile is neither half in it nor lost to it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction


@contextmanager
def snapshot(*, using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Let everything that is read inside be as it was at the first question; nobody who writes waits for it.

    In a transaction that has begun already, it is that one.
    """
    connection = connections[using]
    if connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()
    with _BEGIN[connection.vendor](connection):
        yield


@contextmanager
def _begin_on_sqlite(connection: Any) -> Iterator[None]:
    """Begin a transaction that only reads: one that might write, which is our habit, would keep every editor out."""
    mode, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
    try:
        with transaction.atomic(using=connection.alias):
            connection.transaction_mode = mode
            yield
    finally:
        connection.transaction_mode = mode


@contextmanager
def _begin_on_postgresql(connection: Any) -> Iterator[None]:
    """Begin a transaction in which every question sees what the first one saw."""
    with transaction.atomic(using=connection.alias):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


_BEGIN: Mapping[str, Callable[[Any], Any]] = {"sqlite": _begin_on_sqlite, "postgresql": _begin_on_postgresql}
