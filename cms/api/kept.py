"""Finished answers: the bytes, also compressed, what their headers say, and until when they hold."""

import gzip
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from http import HTTPStatus
from time import time

import brotli
from django.utils.http import http_date, parse_http_date_safe

FRESH = 60
STALE_WHILE_REVALIDATE = 300
STALE_IF_ERROR = 86_400
KEPT_UNTIL_CHANGED = (
    f"public, max-age={FRESH}, stale-while-revalidate={STALE_WHILE_REVALIDATE}, stale-if-error={STALE_IF_ERROR}"
)

WORTH_COMPRESSING = 500
"""Bytes below which compression saves no packet."""

Headers = tuple[tuple[str, str], ...]
Reply = tuple[HTTPStatus, list[tuple[str, str]], bytes]

_TAG = re.compile(r'(?:W/)?("[^"]*")')
_IDENTITY = "identity"
_ENDINGS = {"br": "-br", "gzip": "-gz", _IDENTITY: ""}
_COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}


class Marked:
    """Bytes that are known by a mark, and since when they are so."""

    __slots__ = ()
    mark: str
    changed_at: int | None

    def tag(self, encoding: str) -> str:
        """Return the strong entity tag of the bytes in an encoding."""
        return f'"{self.mark}{_ENDINGS[encoding]}"'

    def is_had(self, if_none_match: str | None, if_modified_since: str | None) -> bool:
        """Whether who asks has it already, in whatever encoding (RFC 9110, 13.1): dates count only without a tag."""
        if if_none_match is not None:
            return self._is_named_in(if_none_match)
        if if_modified_since is None or self.changed_at is None:
            return False
        since = parse_http_date_safe(if_modified_since)
        return since is not None and self.changed_at <= since

    def is_as_demanded(self, if_match: str | None, if_unmodified_since: str | None) -> bool:
        """Whether the state that a request was bound to still holds; a weak tag never does."""
        if if_match is not None:
            return if_match.strip() == "*" or self._is_named_in(re.sub(r'W/"[^"]*"', "", if_match))
        if if_unmodified_since is None or self.changed_at is None:
            return True
        since = parse_http_date_safe(if_unmodified_since)
        return since is None or self.changed_at <= since

    def _is_named_in(self, tags: str) -> bool:
        own = self.tags()
        return tags in own or tags.strip() == "*" or not own.isdisjoint(_TAG.findall(tags))

    def tags(self) -> frozenset[str]:
        """Return the entity tags of the bytes in all encodings."""
        return frozenset(self.tag(encoding) for encoding in _ENDINGS)


@dataclass(frozen=True, slots=True)
class Kept(Marked):
    """An answer as it is sent to everybody: a function of its address and of the order of changes, of nothing else.

    `scope` says of which changes: a key, `all`, or `build` for what only a new version of the hub changes. Times are
    POSIX seconds.
    """

    body: bytes
    media_type: str
    headers: Headers
    scope: str
    changed_at: int | None
    next_change_at: float | None
    mark: str = ""
    encoded: dict[str, bytes] = field(default_factory=dict, compare=False)
    heads: dict[tuple[str, bool], Headers] = field(default_factory=dict, compare=False, repr=False)
    own_tags: frozenset[str] = field(default=frozenset(), compare=False, repr=False)

    def __post_init__(self) -> None:
        """Name the bytes."""
        object.__setattr__(self, "mark", sha256(self.body).hexdigest()[:32])
        object.__setattr__(self, "own_tags", super(Kept, self).tags())

    def tags(self) -> frozenset[str]:
        """Return the entity tags of the bytes in all encodings: made once."""
        return self.own_tags

    def in_encoding(self, encoding: str) -> bytes:
        """Return the bytes in an encoding; each is made once."""
        if encoding == _IDENTITY:
            return self.body
        made = self.encoded.get(encoding)
        if made is None:
            made = self.encoded[encoding] = _COMPRESSORS[encoding](self.body)
        return made

    def best_encoding(self, accepted: str) -> str:
        """Return the encoding to send to somebody who accepts these; what is short is sent as it is."""
        return best_encoding(accepted) if len(self.body) >= WORTH_COMPRESSING else _IDENTITY

    def is_over(self, now: float) -> bool:
        """Whether time alone has changed it."""
        return self.next_change_at is not None and now >= self.next_change_at

    def reply(self, accepted: str, *, is_had: bool, is_head: bool) -> Reply:
        """Return status, headers and body for somebody who accepts these encodings."""
        encoding = self.best_encoding(accepted)
        head = self.heads.get((encoding, is_had))
        if head is None:
            of_body = () if is_had else self._head_of_body(encoding)
            head = self.heads[encoding, is_had] = (*self._head(encoding), *of_body)
        headers = [("Cache-Control", cache_control(self.next_change_at)), *head]
        if is_had:
            return HTTPStatus.NOT_MODIFIED, headers, b""
        return HTTPStatus.OK, headers, b"" if is_head else self.in_encoding(encoding)

    def _head(self, encoding: str) -> Headers:
        """Return what `200` and `304` both say, but for what time changes: caches renew what they hold with it."""
        head = [("ETag", self.tag(encoding)), ("Vary", "Accept-Encoding"), *self.headers]
        if self.changed_at is not None:
            head.append(("Last-Modified", _http_date(self.changed_at)))
        return tuple(head)

    def _head_of_body(self, encoding: str) -> Headers:
        """Return what is said of the bytes that follow."""
        head = [("Content-Type", self.media_type), ("Content-Length", str(len(self.in_encoding(encoding))))]
        if encoding != _IDENTITY:
            head.append(("Content-Encoding", encoding))
        return tuple(head)


OWN_HEADERS = {"etag", "cache-control", "vary", "last-modified", "content-type", "content-length", "content-encoding"}
"""Headers that `reply` writes beside those kept with the answer."""


def cache_control(next_change_at: float | None) -> str:
    """Return how long an answer may be kept: never past the next change that is already known."""
    if next_change_at is None:
        return KEPT_UNTIL_CHANGED
    left = max(int(next_change_at - time()), 0)
    fresh = min(FRESH, left)
    beyond = left - fresh
    return (
        f"public, max-age={fresh}, stale-while-revalidate={min(STALE_WHILE_REVALIDATE, beyond)}, "
        f"stale-if-error={min(STALE_IF_ERROR, beyond)}"
    )


@lru_cache(1_000)
def best_encoding(accepted: str) -> str:
    """Return the encoding for somebody who accepts these: brotli when it is as welcome as gzip."""
    weights = _weights(accepted)
    anything = weights.get("*", 0.0)
    known = {name: weights.get(name, anything) for name in _COMPRESSORS}
    best = max(known, key=lambda name: known[name])
    return best if known[best] > 0 else _IDENTITY


def _weights(accepted: str) -> Mapping[str, float]:
    found = {}
    for part in accepted.lower().split(","):
        name, _semicolon, parameters = part.partition(";")
        weight = re.search(r"q\s*=\s*([01](?:\.\d{0,3})?)\s*$", parameters)
        found[name.strip()] = float(weight[1]) if weight else 1.0
    return found


@lru_cache(1_000)
def _http_date(moment: int) -> str:
    return http_date(moment)
