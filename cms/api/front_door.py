"""The front door: answers anonymous readers from memory, before Django; everything else goes in.

Whoever goes in gets the same bytes. The door learns them from the way out: an inner answer that may be kept is marked
in the request's environment, and the headers that every answer of the house has are remembered with it.
"""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from time import time
from typing import Any

from cms.api.answers import Answers, Held
from cms.api.kept import OWN_HEADERS, Headers, Kept
from cms.api.tracing import continued
from cms.api.watch import Watch

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

ASKS_FOR_MORE = frozenset(
    ("HTTP_AUTHORIZATION", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_RANGE", "HTTP_TRANSFER_ENCODING")
)
"""Headers of requests that are not answered at the door."""

KEPT = "misto.kept"
"""Where an inner answer that may be kept is found in the environment."""

MOST_SPELLINGS = 200
LONGEST_SPELLING = 300
PHRASES = {status: f"{status.value} {status.phrase}" for status in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED)}


class FrontDoor:
    """A WSGI application around another one."""

    def __init__(self, inside: Application, *, most_bytes: int) -> None:
        """Begin knowing nothing."""
        self._inside = inside
        self._watch = Watch()
        self._answers = Answers(self._watch, most_bytes)
        self._hosts: set[str] = set()
        self._forms: set[tuple[str, str]] = set()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer the request."""
        if not _may_be_answered_here(environ):
            return self._inside(environ, start_response)
        address = address_of(environ)
        held = self._answers.find(address, time()) if environ.get("HTTP_HOST") in self._hosts else None
        if held and self._takes(environ, held.kept):
            return _answer(environ, start_response, held)
        return self._let_in(environ, start_response, address)

    def _let_in(self, environ: Environ, start_response: StartResponse, address: str) -> Iterable[bytes]:
        place = self._watch.look()  # before anything is read: what is made may show more than this, never less

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            kept = environ.get(KEPT)
            if kept is not None and place is not None:
                self._learn(environ, kept)
                self._answers.keep(address, kept, place, _of_the_house(kept, headers))
            return start_response(status, headers, exc_info)

        return self._inside(environ, start)

    def _takes(self, environ: Environ, kept: Kept) -> bool:
        accept = environ.get("HTTP_ACCEPT", "")
        return accept in ("", "*/*") or (accept, kept.media_type) in self._forms

    def _learn(self, environ: Environ, kept: Kept) -> None:
        host, accept = environ.get("HTTP_HOST", ""), environ.get("HTTP_ACCEPT", "")
        _remember(self._hosts, host, host)
        _remember(self._forms, (accept, kept.media_type), accept)


def address_of(environ: Environ) -> str:
    """Return what an answer is kept under: the address as it was asked for, and whether that was encrypted."""
    return f"{environ['wsgi.url_scheme']}:{environ['PATH_INFO']}?{environ.get('QUERY_STRING', '')}"


def _answer(environ: Environ, start_response: StartResponse, held: Held) -> Iterable[bytes]:
    tags, since = environ.get("HTTP_IF_NONE_MATCH"), environ.get("HTTP_IF_MODIFIED_SINCE")
    is_had = (tags is not None or since is not None) and held.kept.is_had(tags, since)
    is_head = environ["REQUEST_METHOD"] == "HEAD"
    status, headers, body = held.kept.reply(environ.get("HTTP_ACCEPT_ENCODING", ""), is_had=is_had, is_head=is_head)
    headers += held.house
    if "HTTP_TRACEPARENT" in environ:
        headers.append(("traceparent", continued(environ["HTTP_TRACEPARENT"])))
    start_response(PHRASES[status], headers)
    return [body] if body else []


def _of_the_house(kept: Kept, headers: list[tuple[str, str]]) -> Headers:
    """Return the headers that an answer got on its way out, beside its own."""
    own = OWN_HEADERS | {name.lower() for name, _value in kept.headers} | {"traceparent"}
    return tuple((name, value) for name, value in headers if name.lower() not in own)


def _may_be_answered_here(environ: Environ) -> bool:
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and ASKS_FOR_MORE.isdisjoint(environ)
        and environ.get("CONTENT_LENGTH") in (None, "", "0")
    )


def _remember(known: set[Any], what: Any, text: str) -> None:
    if len(known) < MOST_SPELLINGS and len(text) <= LONGEST_SPELLING:
        known.add(what)
