"""What a request may ask of the API's form: the one that the address has, and no keys."""

from collections.abc import Sequence
from typing import NoReturn

from django.http import HttpRequest
from rest_framework.authentication import BaseAuthentication
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from cms.api.problems import ProblemError

_ALSO_CALLED = {
    "application/json": ("application/problem+json",),
    "application/problem+json": ("application/json",),
    "text/x-python": ("text/*", "text/plain"),
    "application/feed+json": ("application/json",),
    "application/rss+xml": ("application/xml", "text/xml"),
    "application/atom+xml": ("application/xml", "text/xml"),
    "application/xml": ("text/xml",),
    "application/x-ndjson": ("application/ndjson", "application/json"),
}
"""What readers ask for when they mean it: feed readers of every age say no more than that they take XML."""


class OneForm(BaseContentNegotiation):
    """The form of the address for everybody who takes it; a language or another form is never chosen by a header."""

    def __init__(self, media_type: str) -> None:
        """Keep the form."""
        self.media_type = media_type

    def select_parser(self, request: Request, parsers: Sequence[BaseParser]) -> NoReturn:  # type: ignore[override]
        """Refuse every body: the API is read-only."""
        raise ProblemError("unsupported-media-type", "The API takes no body.")

    def select_renderer(  # type: ignore[override]  # the stubs want a list
        self, request: Request, renderers: Sequence[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """Return the one form there is, or say that it is not among those the consumer takes."""
        refuse_other_forms(request, self.media_type)
        return renderers[0], self.media_type


def refuse_other_forms(request: Request | HttpRequest, media_type: str) -> None:
    """Raise the problem `not-acceptable` when the one form there is is not among those the consumer takes."""
    accept = request.headers.get("Accept", "").strip()
    if accept and not any(_takes(media_type, part) for part in accept.split(",")):
        raise ProblemError("not-acceptable", f"The answer here is {media_type}, which the Accept header leaves out.")


def refuse_keys(request: Request | HttpRequest) -> None:
    """Raise the problem `keys-not-available` when the request carries one."""
    if "Authorization" in request.headers:
        raise ProblemError("keys-not-available", "Everything here is public: send no Authorization header.")


def _takes(media_type: str, media_range: str) -> bool:
    asked, *parameters = (part.strip().lower() for part in media_range.split(";"))
    meant = ("*/*", "application/*", media_type, *_ALSO_CALLED.get(media_type, ()))
    return asked in meant and not any(parameter in ("q=0", "q=0.0", "q=0.00", "q=0.000") for parameter in parameters)


class NoKeysYet(BaseAuthentication):
    """Everybody is a stranger, and whoever shows a key is told that there are none yet."""

    def authenticate(self, request: Request) -> None:
        """Refuse requests that carry a key."""
        refuse_keys(request)

    def authenticate_header(self, request: Request) -> str:
        """Return the challenge that goes with 401."""
        return 'Bearer realm="misto"'
