"""What can go wrong for a consumer, each with a name, a status and advice (RFC 9457)."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cms.api.cors import CORS, METHODS
from frontend_contract.models.answers import Problem

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True)
class ProblemType:
    """A kind of problem: its title, its status and what a developer does about it."""

    title: str
    status: int
    advice: str


PROBLEM_TYPES: dict[str, ProblemType] = {
    "not-found": ProblemType(
        "Not found",
        404,
        "Nothing public has this address. Check it letter by letter: addresses are lower case, without a slash at the "
        "end. Fetch the list of the kind to see which items there are; if you keep copies, follow the changes.",
    ),
    "unknown-language": ProblemType(
        "Unknown language",
        404,
        "The first part after /content/v1/ is a language code (BCP 47, lower case). The answer lists the languages of "
        "this hub in `languages`. Codes of countries are not codes of languages: Ukrainian is uk, Swedish is sv.",
    ),
    "not-in-this-language": ProblemType(
        "Not in this language",
        404,
        "The item exists, but not in the language you asked for. Take one of `available_languages`, or ask with "
        "`?fallback=sv,en` to be given the first of these languages that exists; the answer then says which it is.",
    ),
    "gone": ProblemType(
        "Gone",
        410,
        "The item was taken away on purpose. Remove your copy. `reason` says why, `alternative` where to go instead.",
    ),
    "cursor-expired": ProblemType(
        "The cursor is no longer valid",
        410,
        "The hub was rebuilt, so positions in the old order of changes mean nothing. Ask for the changes without a "
        "cursor, replace your copies with what arrives, and remove those that did not arrive.",
    ),
    "invalid-parameters": ProblemType(
        "Invalid parameters",
        400,
        "A parameter is unknown, malformed, given twice, or not allowed together with another. `allowed` says what "
        "each parameter of this address takes.",
    ),
    "invalid-cursor": ProblemType(
        "Invalid cursor",
        400,
        "A cursor is used exactly as it was given, with the same `language` and `kind`. Without a cursor the changes "
        "begin at the beginning.",
    ),
    "bad-request": ProblemType(
        "Bad request",
        400,
        "The request could not be understood. Check its address, host and headers. In an address, blanks and other "
        "signs are percent-encoded: curl's options `-G --data-urlencode 'q=Umeå Херсон'` do so.",
    ),
    "keys-not-available": ProblemType(
        "Keys are not available",
        401,
        "Everything served here is public and this hub gives out no keys yet. Send the request without the "
        "`Authorization` header.",
    ),
    "forbidden": ProblemType("Forbidden", 403, "This is not allowed. Everything public is read without signing in."),
    "method-not-allowed": ProblemType(
        "Method not allowed", 405, "The API is read-only: use GET, HEAD or OPTIONS. `Allow` lists the methods."
    ),
    "not-acceptable": ProblemType(
        "Not acceptable",
        406,
        "Each address has one form: JSON, or what its ending says. Send an `Accept` header that takes it, or none.",
    ),
    "precondition-failed": ProblemType(
        "Precondition failed",
        412,
        "The request was bound to a state (`If-Match`, `If-Unmodified-Since`) that is no longer so. Fetch the item "
        "anew; to be spared what you already have, use `If-None-Match`.",
    ),
    "uri-too-long": ProblemType(
        "The address is too long",
        414,
        "Ask for less at once: at most 100 keys in `ids`, and one `cursor` as it was given.",
    ),
    "unsupported-media-type": ProblemType("Unsupported media type", 415, "Send no body: the API is read-only."),
    "too-many-requests": ProblemType(
        "Too many requests",
        429,
        "Wait for the seconds in `Retry-After`. Only answers that the hub had to build are counted: follow the changes "
        "instead of walking lists, send `If-None-Match`, and let a cache of your own answer your visitors.",
    ),
    "headers-too-large": ProblemType(
        "The headers are too large",
        431,
        "Send fewer and shorter headers: at most 100, and none over 8,000 bytes. The API needs no cookies.",
    ),
    "internal-error": ProblemType(
        "Internal error",
        500,
        "Something is wrong at the hub, and the fault is not yours. Keep what you have and try again later.",
    ),
    "unavailable": ProblemType(
        "Unavailable",
        503,
        "The hub cannot answer at the moment. Keep what you have and try again after the seconds in `Retry-After`.",
    ),
}

RETRY_AFTER = 10
LONGEST_INSTANCE = 500
_BY_STATUS = {
    400: "bad-request",
    401: "keys-not-available",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    410: "gone",
    412: "precondition-failed",
    413: "unsupported-media-type",
    414: "uri-too-long",
    415: "unsupported-media-type",
    429: "too-many-requests",
    431: "headers-too-large",
    501: "unsupported-media-type",  # the body has a transfer coding that nobody knows
    503: "unavailable",
}


class ProblemError(Exception):
    """A request that is answered with a problem; `extra` fills further fields of the document."""

    def __init__(self, name: str, detail: str, *, headers: dict[str, str] | None = None, **extra: Any) -> None:
        """Keep what the answer will say."""
        super().__init__(detail)
        self.name = name
        self.detail = detail
        self.headers = headers or {}
        self.extra = extra


def problem_of_status(status: int) -> ProblemError:
    """Return the problem for a status that something else than our views decided on."""
    name = _BY_STATUS.get(status, "bad-request" if status < HTTPStatus.INTERNAL_SERVER_ERROR else "internal-error")
    return ProblemError(name, PROBLEM_TYPES[name].advice)


def problem_response(request: HttpRequest, problem: ProblemError) -> HttpResponse:
    """Return the problem as an answer that no cache keeps."""
    kind = PROBLEM_TYPES[problem.name]
    document = Problem(
        type=f"{settings.PUBLIC_URL}/content/v1/docs/problems/{problem.name}",
        title=kind.title,
        status=kind.status,
        detail=problem.detail,
        instance=quote(request.path_info, safe="/~")[:LONGEST_INSTANCE],
        **problem.extra,
    )
    body = document.model_dump_json(exclude_none=True).encode()
    headers = {"Cache-Control": "private, no-store", **CORS, **problem.headers}
    if kind.status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers.setdefault("Retry-After", str(RETRY_AFTER))
    if kind.status == HTTPStatus.METHOD_NOT_ALLOWED:
        headers.setdefault("Allow", METHODS)
    if kind.status == HTTPStatus.UNAUTHORIZED:
        headers.setdefault("WWW-Authenticate", 'Bearer realm="misto"')
    return HttpResponse(body, status=kind.status, content_type=MEDIA_TYPE, headers=headers)
