"""Finished answers by address, kept in the process as long as they fit, and in Redis behind it where there is one."""

from dataclasses import dataclass, replace
from threading import Lock

from django.conf import settings

from cms.api.behind import get_answer, keep_answer
from cms.api.kept import Headers, Kept
from cms.api.watch import Place, Watch

BESIDE_THE_BODY = 2_000
"""Bytes that an answer costs beside its body, its address and its headers: what Python needs to hold them."""


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
            return self._find_behind(address, now)
        place = self._watch.look()
        if held.kept.is_over(now) or (place and not self._watch.still_holds(held.kept.scope, held.made_at)):
            self._drop(address)
            return self._find_behind(address, now)
        held.is_wanted = True
        return held

    def keep(self, address: str, kept: Kept, made_at: Place, house: Headers = ()) -> None:
        """Keep an answer that was begun when the order of changes stood there."""
        held = Held(kept, made_at, house, _size_of(address, kept, house))
        self._hold(address, held)
        if settings.ANSWERS_BEHIND:
            keep_answer(address, held)

    def _find_behind(self, address: str, now: float) -> Held | None:
        """Return what another process made of an address, when it still holds."""
        held = get_answer(address) if settings.ANSWERS_BEHIND and self._watch.look() else None
        if not isinstance(held, Held) or held.kept.is_over(now):
            return None
        if not self._watch.still_holds(held.kept.scope, held.made_at):
            return None
        self._hold(address, replace(held, is_wanted=True))
        return held

    def _hold(self, address: str, held: Held) -> None:
        if held.size > self._most // 4 or not self._watch.still_holds(held.kept.scope, held.made_at):
            return
        self._drop(address)
        with self._lock:
            while self.size + held.size > self._most:
                self._make_room()
            self._held[address] = held
            self.size += held.size

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
