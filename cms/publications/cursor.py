"""Cursors: how far a consumer has followed the changes. Opaque, and bound to what it follows."""

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

VERSION = "1"


class MalformedCursor(ValueError):  # noqa: N818  said of the consumer's cursor, not of us
    """This is no cursor, or one that belongs to other languages or kinds."""


@dataclass(frozen=True)
class Cursor:
    """A place in the order of changes of one epoch."""

    epoch: str
    sequence: int


def encode(cursor: Cursor, languages: Iterable[str] = (), kinds: Iterable[str] = ()) -> str:
    """Return the cursor as consumers hold it: letters, digits, hyphens, underscores and dots."""
    text = f"{VERSION}.{cursor.epoch}.{cursor.sequence}.{_mark_of(languages, kinds)}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(text: str, languages: Iterable[str] = (), kinds: Iterable[str] = ()) -> Cursor:
    """Return the place a cursor means; raise `MalformedCursor` when it is none, or follows something else."""
    try:
        decoded = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4)).decode("ascii")
        version, epoch, sequence, _mark = decoded.split(".")
        cursor = Cursor(epoch, int(sequence))
    except (ValueError, UnicodeError) as error:
        raise MalformedCursor("this is not a cursor") from error
    if version != VERSION or cursor.sequence < 0 or encode(cursor, languages, kinds) != text:
        raise MalformedCursor("this cursor belongs to other languages or kinds")
    return cursor


def _mark_of(languages: Iterable[str], kinds: Iterable[str]) -> str:
    followed = ",".join(sorted(set(languages))) + "|" + ",".join(sorted(set(kinds)))
    return hashlib.sha256(followed.encode()).hexdigest()[:10]
