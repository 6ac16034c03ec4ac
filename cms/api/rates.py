"""How many answers may be built for one address in a minute; what is kept already costs nothing and counts nothing."""

from contextlib import suppress
from enum import StrEnum
from functools import lru_cache
from ipaddress import ip_address, ip_network
from time import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from cms.api.behind import attempt
from cms.api.problems import ProblemError

WINDOW = 60
"""Seconds."""

IPV6_HOUSEHOLD = 64
"""Bits of an IPv6 address that one household or server shares."""


class Rate(StrEnum):
    """What is counted apart."""

    ANSWERS = "answers"
    SEARCH = "search"


def count_against(request: HttpRequest, rate: Rate) -> None:
    """Count an answer that is about to be built; raise the problem `too-many-requests` when it is one too many."""
    most = settings.RATE_LIMITS[rate]
    if not most:
        return
    left = WINDOW - int(time() % WINDOW)
    if _count(_name(request, rate)) > most:
        raise ProblemError(
            "too-many-requests",
            f"More than {most} answers were built for you within a minute.",
            headers={
                "Retry-After": str(left),
                "RateLimit-Policy": f'"{rate}";q={most};w={WINDOW}',
                "RateLimit": f'"{rate}";r=0;t={left}',
            },
        )


def give_back(request: HttpRequest, rate: Rate) -> None:
    """Count an answer as if it had not been built: who asked had it already."""
    if settings.RATE_LIMITS[rate]:
        attempt(lambda: _uncount(_name(request, rate)), None)


def who_asks(request: HttpRequest) -> str:
    """Return the address that a request is counted against: the last one that no proxy of ours has."""
    way = [*request.headers.get("X-Forwarded-For", "").split(","), request.META.get("REMOTE_ADDR", "")]
    for hop in reversed([hop.strip() for hop in way if hop.strip()]):
        household = _household(hop)
        if household is None:
            break  # a proxy of ours would not write this: whoever it is, they are counted together
        if not _is_trusted(hop):
            return household
    return _household(request.META.get("REMOTE_ADDR", "")) or "unknown"


def _name(request: HttpRequest, rate: Rate) -> str:
    return f"rate:{rate}:{int(time() // WINDOW)}:{who_asks(request)}"


def _uncount(name: str) -> None:
    with suppress(ValueError):  # the cache has forgotten it: another minute has begun
        cache.decr(name)


def _count(name: str) -> int:
    """Return how often this has been counted, with this time."""

    def count() -> int:
        cache.add(name, 0, 2 * WINDOW)
        try:
            return cache.incr(name)
        except ValueError:  # the cache has forgotten it between the two
            return 1

    return attempt(count, 1)


@lru_cache(10_000)
def _household(address: str) -> str | None:
    try:
        found = ip_address(address)
    except ValueError:
        return None
    return str(found) if found.version == 4 else str(ip_network((found, IPV6_HOUSEHOLD), strict=False))


@lru_cache(10_000)
def _is_trusted(address: str) -> bool:
    found = ip_address(address)
    return any(found in network for network in settings.TRUSTED_PROXIES)
