"""Finished answers by address, kept in the process as long as they fit, and in Redis behind it where there is one."""

from dataclasses import dataclass
from hashlib import sha256
from threading import Lock
from time import time
from uuid import UUID

from django.conf import settings
from django.core.cache import cache

from cms.api.build import build
from cms.api.kept import Headers, Kept
from cms.api.watch import Place, Watch
from cms.publications.reading import latest_of, position

BESIDE_THE_BODY = 2_000
"""Bytes that an answer costs beside its body, its address and its headers: what Python needs to hold them."""

A_DAY = 86_400
ALL = "all"
BUILD = "build"
NOWHERE = Place("", 0)


@dataclass(slots=True)
class Held:
    """An answer, where the order of changes stood when it was begun, and whether anybody asked for it since.

    `house` are the headers that it had beside its own when it left the house.
    """

    kept: Kept
    made_at: Place
    house: Headers
    size: int
    is_wanted: bool = False


class Answers:
    """The answers of this process, at most so many bytes of them.

    Nothing is ever invalidated: an answer is looked at with the place in the order of changes at which it was begun,
    and one that is no longer so is dropped. When there is no room, those that nobody asked for since they came, or
    since room was made last, go first (second chance, an approximation of least recently used).
    """

    def __init__(self, watch: Watch, most_bytes: int) -> None:
        """Begin empty."""
        self._watch = watch
        self._most = most_bytes
        self._lock = Lock()
        self._held: dict[str, Held] = {}
        self.size = 0

    def find(self, address: str, now: float) -> Held | None:
        """Return the answer of an address when it still holds; while the database is silent, what held last."""
        held = self._held.get(address)
        if held is None:
            return None
        place = self._watch.look()
        if held.kept.is_over(now) or (place and not self._watch.still_holds(held.kept.scope, held.made_at)):
            self._drop(address)
            return None
        held.is_wanted = True
        return held

    def keep(self, address: str, kept: Kept, made_at: Place, house: Headers = ()) -> None:
        """Keep an answer that was begun when the order of changes stood there."""
        size = _size_of(address, kept, house)
        if size > self._most // 4 or not self._watch.still_holds(kept.scope, made_at):
            return
        self._drop(address)
        with self._lock:
            while self.size + size > self._most:
                self._make_room()
            self._held[address] = Held(kept, made_at, house, size)
            self.size += size

    def _drop(self, address: str) -> None:
        with self._lock:
            held = self._held.pop(address, None)
            if held:
                self.size -= held.size

    def _make_room(self) -> None:
        address, held = next(iter(self._held.items()))
        del self._held[address]
        if held.is_wanted:
            held.is_wanted = False
            self._held[address] = held  # behind all others
        else:
            self.size -= held.size


def _size_of(address: str, kept: Kept, house: Headers) -> int:
    """Return how many bytes an answer may come to hold; compressed twice its body is no longer than itself."""
    headers = sum(len(name) + len(value) for name, value in (*kept.headers, *house))
    return 2 * len(kept.body) + len(address) + headers + BESIDE_THE_BODY


def find_place(scope: str) -> Place:
    """Return where the order of changes stands for answers of this scope: what they are a function of.

    Asks nobody when there is nothing behind the process: then the front door has looked already.
    """
    if not settings.ANSWERS_BEHIND or scope == BUILD:
        return NOWHERE
    epoch, sequence = position()
    if scope != ALL:
        sequence = latest_of([UUID(scope)]).get(UUID(scope), 0)
    return Place(epoch, sequence)


def find_behind(address: str, place: Place) -> Kept | None:
    """Return what another process made of an address when the order of changes stood there."""
    if not settings.ANSWERS_BEHIND:
        return None
    found: Kept | None = cache.get(_name(address, place))
    return None if found is None or found.is_over(time()) else found


def keep_behind(address: str, kept: Kept, place: Place) -> None:
    """Let other processes have an answer."""
    if settings.ANSWERS_BEHIND:
        cache.set(_name(address, place), kept, A_DAY)


def _name(address: str, place: Place) -> str:
    whole = f"{build()}|{place.epoch}|{place.sequence}|{address}"
    return f"answer:{sha256(whole.encode()).hexdigest()}"
