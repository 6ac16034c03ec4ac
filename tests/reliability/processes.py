"""Processes beside this one, forked, and how one of them dies without a word, as when the power goes."""

import os
import signal
import sys
import time as clock
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.db import connections, transaction

KILLED = -signal.SIGKILL


def fork(work: Callable[[], object]) -> int:
    """Do some work in a process of its own, with its own connection to the database; return its number."""
    connections.close_all()  # neither database lets a connection be used on both sides of a fork
    child = os.fork()
    if child:
        return child
    try:
        work()
        connections.close_all()
        os._exit(0)
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
        os._exit(1)


def beside(act: Callable[[], object]) -> int:
    """Do something in another process, which keeps its transaction open for a second; return its number."""
    reading, writing = os.pipe()

    def hold() -> None:
        with transaction.atomic():
            act()
            os.write(writing, b".")
            clock.sleep(1)

    child = fork(hold)
    os.read(reading, 1)
    return child


def wait_for(child: int) -> int:
    """Return how a process ended: with its exit code, or by the signal that killed it, as a negative number."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def has_ended(child: int) -> bool:
    """Whether a process has ended, and well; when it failed, so does the test."""
    ended, status = os.waitpid(child, os.WNOHANG)
    assert not ended or os.waitstatus_to_exitcode(status) == 0
    return bool(ended)


@contextmanager
def dying(owner: Any, name: str, *, after: bool = False, time: int = 1) -> Iterator[None]:
    """Die when this is called, before or after it has done its work; at the first time or a later one."""
    work, calls = getattr(owner, name), []

    def work_and_die(*args: Any, **kwargs: Any) -> Any:
        calls.append(name)
        if len(calls) < time:
            return work(*args, **kwargs)
        if after:
            work(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)
        return None  # nobody comes here

    with patch.object(owner, name, work_and_die):
        yield
