"""Cursors: how far a consumer has followed the changes. Sealed, and bound to what it follows.

A place is sealed with keys made of `SECRET_KEY` (docs/decisions/0009): the same place gives the same cursor in every
process, and nobody else can read one, compare two, or make one. As in SIV (RFC 5297), what proves it hides it, too.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.utils.crypto import salted_hmac

NAME, PROOF, PLACE, SUM = 2, 8, 6, 2
"""Bytes: which secret it was sealed with, that it was sealed at all, the sequence, and that nothing was mistyped."""


COVER = 32
"""Bytes of SHA-256: places that are longer are covered by several of them."""


class MalformedCursor(ValueError):  # noqa: N818  said of the consumer's cursor, not of us
    """This is no cursor, or one that belongs to other languages or kinds."""


class ForeignCursor(ValueError):  # noqa: N818  said of the consumer's cursor, not of us
    """This is a cursor, but sealed with a secret that this hub does not have (any more)."""


@dataclass(frozen=True)
class Cursor:
    """A place in the order of changes of one epoch."""

    epoch: str
    sequence: int


def encode(cursor: Cursor, languages: Iterable[str] = (), kinds: Iterable[str] = ()) -> str:
    """Return the cursor as consumers hold it: letters, digits, hyphens and underscores."""
    return _written(_keys_of(settings.SECRET_KEY).seal(cursor, _followed(languages, kinds)))


def decode(text: str, languages: Iterable[str] = (), kinds: Iterable[str] = ()) -> Cursor:
    """Return the place a cursor means.

    Raise `MalformedCursor` when it is none or follows something else, `ForeignCursor` when another secret sealed it.
    """
    sealed, followed = _read(text), _followed(languages, kinds)
    known = [keys for keys in map(_keys_of, _secrets()) if sealed.startswith(keys.name)]
    if not known:
        raise ForeignCursor("this cursor was sealed with another secret")
    opened = (place for keys in known if (place := keys.open(sealed, followed)))  # two secrets may have one name
    place = next(opened, None)
    if place is None:
        raise MalformedCursor("this cursor belongs to other languages or kinds")
    return place


def _secrets() -> tuple[str, ...]:
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@dataclass(frozen=True)
class _Keys:
    """What a secret seals cursors with, and the name by which its seals are known."""

    name: bytes
    to_prove: bytes
    to_hide: bytes

    def seal(self, cursor: Cursor, followed: bytes) -> bytes:
        place = cursor.sequence.to_bytes(PLACE) + cursor.epoch.encode()
        proof = self._prove(place, followed)
        return self.name + proof + self._hide(place, proof)

    def open(self, sealed: bytes, followed: bytes) -> Cursor | None:
        proof, hidden = sealed[NAME : NAME + PROOF], sealed[NAME + PROOF :]
        place = self._hide(hidden, proof)
        if not hmac.compare_digest(self._prove(place, followed), proof):
            return None
        return Cursor(place[PLACE:].decode(), int.from_bytes(place[:PLACE]))

    def _prove(self, place: bytes, followed: bytes) -> bytes:
        return hmac.digest(self.to_prove, place + b"|" + followed, "sha256")[:PROOF]

    def _hide(self, place: bytes, proof: bytes) -> bytes:
        """Return a place covered by what only the key makes of its proof; covered twice it is the place again."""
        parts = (hmac.digest(self.to_hide, proof + bytes([part]), "sha256") for part in range(-(-len(place) // COVER)))
        return bytes(letter ^ over for letter, over in zip(place, b"".join(parts)[: len(place)], strict=True))


@lru_cache(20)
def _keys_of(secret: str) -> _Keys:
    name, to_prove, to_hide = (
        salted_hmac("cms.publications.cursor", use, secret=secret, algorithm="sha256").digest()
        for use in ("name", "prove", "hide")
    )
    return _Keys(name[:NAME], to_prove, to_hide)


def _written(sealed: bytes) -> str:
    return base64.urlsafe_b64encode(sealed + _sum(sealed)).decode().rstrip("=")


def _read(text: str) -> bytes:
    """Return what was sealed; raise `MalformedCursor` when this was never written by any hub."""
    try:
        whole = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (ValueError, UnicodeError) as error:
        raise MalformedCursor("this is not a cursor") from error
    sealed = whole[:-SUM]
    if len(sealed) < NAME + PROOF + PLACE or _written(sealed) != text:
        raise MalformedCursor("this is not a cursor")
    return sealed


def _sum(sealed: bytes) -> bytes:
    return hashlib.sha256(sealed).digest()[:SUM]


def _followed(languages: Iterable[str], kinds: Iterable[str]) -> bytes:
    return (",".join(sorted(set(languages))) + "|" + ",".join(sorted(set(kinds)))).encode()
