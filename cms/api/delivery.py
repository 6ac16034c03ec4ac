"""Bytes out: entity tags, conditional requests and how long an answer may be kept."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase

from cms.api.cors import CORS
from cms.api.front_door import KEPT
from cms.api.kept import Kept, Marked, cache_control
from cms.api.problems import ProblemError

LONGEST_SURROGATE_KEY = 4_096

FOR_MACHINES = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
"""How answers that are no pages are guarded: a browser may show them, and do nothing with them."""


@dataclass(frozen=True)
class Answer:
    """What a view found: the bytes, and what the headers say about them."""

    body: bytes
    languages: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    alternates: tuple[tuple[str, str], ...] = ()
    changed_at: datetime | None = None
    next_change_at: datetime | None = None
    media_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


class ForMachines(HttpResponseBase):
    """An answer that no browser shows as a page: it needs no header but those it is made with."""

    own: frozenset[str]

    def keep_own_headers(self) -> None:
        """Drop what was added on the way out."""
        for name in [name for name in self.headers if name not in self.own]:
            del self[name]


class MachineResponse(ForMachines, HttpResponse):
    """Bytes for machines."""

    def __init__(self, body: bytes, *, status: int, headers: Mapping[str, str]) -> None:
        """Remember which headers are its own."""
        super().__init__(body, status=status, headers=headers)
        self.own = frozenset(headers)


class MachineFile(ForMachines, FileResponse):
    """A file for machines, which the server sends without reading it where it can."""

    block_size = 65_536  # where it cannot

    def __init__(self, opened: BinaryIO, *, media_type: str, name: str, headers: Mapping[str, str]) -> None:
        """Remember which headers are its own."""
        super().__init__(opened, content_type=media_type, filename=name, headers=headers)
        self.own = frozenset(self.headers)


def finish(answer: Answer, scope: str) -> Kept:
    """Return the answer as it is sent to everybody; `scope` says which changes make another one of it."""
    return Kept(
        body=answer.body,
        media_type=answer.media_type,
        headers=tuple(_headers(answer).items()),
        scope=scope,
        changed_at=int(answer.changed_at.timestamp()) if answer.changed_at else None,
        next_change_at=answer.next_change_at.timestamp() if answer.next_change_at else None,
    )


def deliver(request: HttpRequest, kept: Kept) -> HttpResponse:
    """Return the answer in the encoding that fits, or only that the consumer already has it."""
    had = is_had(request, kept)
    status, headers, body = kept.reply(
        request.headers.get("Accept-Encoding", ""), is_had=had, is_head=request.method == "HEAD"
    )
    response = (HttpResponse if is_page(kept.media_type) else MachineResponse)(
        body, status=status, headers=dict(headers)
    )
    if had:
        del response["Content-Type"]  # Django's own
    request.META[KEPT] = kept
    return response


def is_had(request: HttpRequest, marked: Marked) -> bool:
    """Whether who asks has it already; a request that is bound to another state is refused."""
    asked = request.headers
    if not marked.is_as_demanded(asked.get("If-Match"), asked.get("If-Unmodified-Since")):
        raise ProblemError("precondition-failed", "The item is no longer what the condition of the request names.")
    return marked.is_had(asked.get("If-None-Match"), asked.get("If-Modified-Since"))


def is_page(media_type: str) -> bool:
    """Whether it is for people, who read it in a browser."""
    return media_type.startswith("text/html")


def redirect(address: str, *, keys: Iterable[object], next_change_at: datetime | None) -> HttpResponse:
    """Return a permanent redirect to an address of this hub (308: the method stays).

    It says of which keys it is made, and is kept no longer than what it leads to.
    """
    response = HttpResponsePermanentRedirect(
        address,
        preserve_request=True,
        headers={
            "Cache-Control": cache_control(next_change_at.timestamp() if next_change_at else None),
            "Vary": "Accept-Encoding",
            "Surrogate-Key": _surrogate_key(map(str, keys)),
            **CORS,
        },
    )
    del response["Content-Type"]  # there is no content
    return response


def languages_inside(data: Any) -> tuple[str, ...]:
    """Return the languages of documents, cards and words as they were said, each once, in order of appearance."""
    return tuple(dict.fromkeys(_languages(data)))


def _languages(data: Any) -> Iterator[str]:
    match data:
        case {"kind": str(), "id": str(), "language": str(language)} | {"original": {"language": language}}:
            yield language
    match data:
        case dict():
            for value in data.values():
                yield from _languages(value)
        case list():
            for value in data:
                yield from _languages(value)


def _headers(answer: Answer) -> dict[str, str]:
    headers = {**CORS, **answer.headers}
    if not is_page(answer.media_type):
        headers |= FOR_MACHINES
    if answer.languages:
        headers["Content-Language"] = ", ".join(answer.languages)
    if answer.alternates:
        headers["Link"] = ", ".join(
            f'<{url}>; rel="alternate"; hreflang="{language}"' for language, url in answer.alternates
        )
    if answer.keys:
        headers["Surrogate-Key"] = _surrogate_key(answer.keys)
    return headers


def _surrogate_key(keys: Iterable[str]) -> str:
    """Return what a cache in front forgets by: 12 characters of each key, or `all` when that is too long."""
    text = " ".join(key.replace("-", "")[:12] for key in keys)
    return text if len(text) <= LONGEST_SURROGATE_KEY else "all"
