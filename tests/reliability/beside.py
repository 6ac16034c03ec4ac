"""Work on a connection of its own, beside what the test itself does."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

PATIENCE = 30


@contextmanager
def beside(work: Callable[[], object]) -> Iterator[threading.Thread]:
    """Do some work in another thread, on a connection of its own; what goes wrong there goes wrong here."""
    failures: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield thread
    finally:
        thread.join(PATIENCE)
    assert not thread.is_alive()
    assert failures == []
