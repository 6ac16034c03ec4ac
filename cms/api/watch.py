"""Where the order of changes stands, known at most 100 milliseconds late, and which keys have changed lately."""

from threading import Lock
from time import monotonic
from typing import NamedTuple

from django.db import DatabaseError, InterfaceError, connection

from cms.publications.reading import keys_changed_since, position

LATEST = 0.1
"""Seconds that what we know may be old."""

MOST_KEYS = 5_000
"""Changed keys to remember; whatever was made before the oldest of them counts as changed."""


LOOKING_BACK = 2_000
"""Places to look back at the beginning: what was made before a process started may still be so."""

ALL = "all"
BUILD = "build"
"""Scopes of answers, beside keys: any change makes another one, or only a new version of the hub does."""


class Place(NamedTuple):
    """A place in the order of changes."""

    epoch: str
    sequence: int


class Watch:
    """Looks at the counter when what is known is too old, one thread at a time, and remembers which keys changed."""

    def __init__(self) -> None:
        """Begin knowing nothing."""
        self._lock = Lock()
        self._looked_at = float("-inf")
        self._place: Place | None = None
        self._changed: dict[str, int] = {}
        self._forgotten = 0

    def look(self) -> Place | None:
        """Return where the order of changes stands, or None while the database cannot say."""
        if monotonic() - self._looked_at > LATEST:
            with self._lock:
                if monotonic() - self._looked_at > LATEST:
                    self._place = self._ask()
                    self._looked_at = monotonic()
        return self._place

    def still_holds(self, scope: str, made_at: Place) -> bool:
        """Whether an answer of this scope, begun when the order stood there, shows what is so now."""
        now = self._place
        if now is None or now.epoch != made_at.epoch:
            return False
        if scope == BUILD:
            return True
        if scope == ALL:
            return now.sequence == made_at.sequence
        return made_at.sequence >= self._forgotten and self._changed.get(scope, 0) <= made_at.sequence

    def _ask(self) -> Place | None:
        try:
            place = Place(*position())
            if self._place is None or place.epoch != self._place.epoch:
                self._forgotten = max(place.sequence - LOOKING_BACK, 0)
                self._changed = keys_changed_since(self._forgotten, MOST_KEYS)
            elif place.sequence != self._place.sequence:
                self._remember(keys_changed_since(self._place.sequence, MOST_KEYS), place)
        except (DatabaseError, InterfaceError):
            connection.close()  # it may be broken, and no request will look after it
            return None
        return place

    def _remember(self, changed: dict[str, int], place: Place) -> None:
        if len(changed) + len(self._changed) >= MOST_KEYS:  # there may be more of them
            self._changed, self._forgotten = {}, place.sequence
        else:
            self._changed = self._changed | changed
