"""What all web processes keep together: answers and counts in Redis, which may fail without anybody noticing."""

import logging
from collections.abc import Callable
from hashlib import sha256
from time import monotonic
from typing import TypeVar

from django.core.cache import cache
from redis.exceptions import RedisError

from cms.api.build import build

A_DAY = 86_400
PAUSE = 1.0
"""Seconds in which nobody asks again what did not answer."""

T = TypeVar("T")

log = logging.getLogger(__name__)
_silent_until = float("-inf")


def get_answer(address: str) -> object:
    """Return what a process of this version of the hub kept under an address, or None."""
    return attempt(lambda: cache.get(_name(address)), None)


def keep_answer(address: str, answer: object) -> None:
    """Let other processes have an answer."""
    attempt(lambda: cache.set(_name(address), answer, A_DAY), None)


def attempt(ask: Callable[[], T], otherwise: T) -> T:
    """Return what Redis says, or `otherwise` while it does not answer: the hub goes on without it."""
    global _silent_until
    if monotonic() < _silent_until:
        return otherwise
    try:
        return ask()
    except (RedisError, OSError) as error:
        _silent_until = monotonic() + PAUSE
        log.warning("The cache does not answer, the hub goes on without it: %s", error)
        return otherwise


def _name(address: str) -> str:
    return f"answer:{build()}:{sha256(address.encode()).hexdigest()}"
