"""How many answers may be built for one address in a minute; what is kept already costs nothing and counts nothing."""

from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from functools import lru_cache, partial
from http import HTTPStatus
from ipaddress import ip_address, ip_network
from time import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from cms.api.behind import attempt
from cms.api.front_door import KEPT
from cms.api.problems import ProblemError

WINDOW = 60
"""Seconds."""

CONDITIONS = {"HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"}
"""What a request has by which somebody says what they have already."""

TRIES = "-tries"
TAGS = "-tags"
"""What is counted beside the answers: what was built for conditions that anybody can write, and for tags by name."""

FREE = 10
"""Times the limit that a tag is named for nothing: of some answers a tag can be worked out without having them."""

IPV6_HOUSEHOLD = 64
"""Bits of an IPv6 address that one household or server shares."""


class Rate(StrEnum):
    """What is counted apart."""

    ANSWERS = "answers"
    SEARCH = "search"


class TooManyRequests(ProblemError):  # noqa: N818  named as the problem is
    """More answers were built for somebody than may be."""

    def __init__(self, rate: Rate) -> None:
        """Say when there will be more."""
        most, left = settings.RATE_LIMITS[rate], WINDOW - int(time() % WINDOW)
        super().__init__(
            "too-many-requests",
            f"More than {most} answers were built for you within a minute.",
            headers={
                "Retry-After": str(left),
                "RateLimit-Policy": f'"{rate}";q={most};w={WINDOW}',
                "RateLimit": f'"{rate}";r=0;t={left}',
            },
        )


def answer_within(request: HttpRequest, rate: Rate, build: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Return what `build` answers, and count it; raise `TooManyRequests` when it is one too many.

    Who has it already is told so, and that counts nothing: `FREE` times as often as answers are built for them when
    they name its tag, as often again when they say less (`*`, or a date), which they can say of what they never had.
    Only building tells whether they have it, so that beyond the limit as many tries again are made for those who may.
    """
    is_beyond = _is_beyond(request, rate)
    if is_beyond and not _may_have_it(request, rate):
        raise TooManyRequests(rate)
    response = build()
    if response.status_code == HTTPStatus.NOT_MODIFIED:
        _give_back(request, rate, response, was_tried=is_beyond)
    elif is_beyond:
        request.META.pop(KEPT, None)
        raise TooManyRequests(rate)
    return response


def count_against(request: HttpRequest, rate: Rate) -> None:
    """Count an answer that is about to be built; raise `TooManyRequests` when it is one too many."""
    if _is_beyond(request, rate):
        raise TooManyRequests(rate)


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


def _is_beyond(request: HttpRequest, rate: Rate) -> bool:
    most = settings.RATE_LIMITS[rate]
    return bool(most) and _count(_name(request, rate)) > most


def _may_have_it(request: HttpRequest, rate: Rate) -> bool:
    """Count a try, if this is one: a request by somebody who says what they have."""
    if not CONDITIONS & request.META.keys():
        return False
    return _count(_name(request, rate, TRIES)) <= settings.RATE_LIMITS[rate]


def _give_back(request: HttpRequest, rate: Rate, response: HttpResponseBase, *, was_tried: bool) -> None:
    """Count an answer as if it had not been built, since who asked had it already; what proves little, not for ever."""
    most = settings.RATE_LIMITS[rate]
    if not most:
        return
    is_named = _names_its_tag(request, response)
    if is_named:
        is_free = _count(_name(request, rate, TAGS)) <= FREE * most
    else:
        is_free = was_tried or _count(_name(request, rate, TRIES)) <= most
    returned = ("", TRIES) if is_named and was_tried else ("",)
    for sort in returned if is_free else ():
        attempt(partial(_uncount, _name(request, rate, sort)), None)


def _names_its_tag(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether a request names the tag of the answer, in whichever encoding."""
    mark = response.get("ETag", "").strip('"').partition("-")[0]
    return bool(mark) and mark in request.META.get("HTTP_IF_NONE_MATCH", "")


def _name(request: HttpRequest, rate: Rate, sort: str = "") -> str:
    return f"rate:{rate}{sort}:{int(time() // WINDOW)}:{who_asks(request)}"


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
