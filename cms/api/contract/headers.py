"""The headers of answers as the OpenAPI document describes them: what each says, and what it looks like."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cms.api.contract.info import EXAMPLE_SERVER
from cms.api.cors import EXPOSED, METHODS

Json = dict[str, Any]

_IMF_FIXDATE = r"^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$"
_LANGUAGE = r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?"


@dataclass(frozen=True)
class Header:
    """A header of an answer."""

    description: str
    example: str
    schema: Mapping[str, Any] = field(default_factory=dict)
    is_required: bool = False

    def describe(self) -> Json:
        """Return the header as OpenAPI writes it."""
        schema = {"type": "string", **self.schema}
        return {
            "description": self.description,
            "required": self.is_required,
            "schema": schema,
            "example": self.example,
        }


HEADERS: dict[str, Header] = {
    "ETag": Header(
        "Strong entity tag of the answer in its encoding; send it back in `If-None-Match`.",
        '"3b1f8c0a5d7e4f6288aa90d1c2b3e4f5-gz"',
        {"pattern": r'^"[0-9a-f]{32}(-gz|-br)?"$'},
        is_required=True,
    ),
    "Cache-Control": Header(
        "How long the answer may be kept.",
        "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400",
        {"pattern": r"^public, max-age=\d+, stale-while-revalidate=\d+, stale-if-error=\d+$"},
        is_required=True,
    ),
    "Vary": Header("Only the encoding.", "Accept-Encoding", {"const": "Accept-Encoding"}, is_required=True),
    "Last-Modified": Header(
        "When what is inside last changed in any way.", "Fri, 14 Jun 2024 08:00:00 GMT", {"pattern": _IMF_FIXDATE}
    ),
    "Content-Language": Header("Every language inside.", "sv", {"pattern": f"^{_LANGUAGE}(, {_LANGUAGE})*$"}),
    "Link": Header(
        "The same item in its languages.",
        f'<{EXAMPLE_SERVER}/content/v1/uk/home>; rel="alternate"; hreflang="uk"',
        {"pattern": r'^<https?://[^>]+>; rel="alternate"; hreflang="'},
    ),
    "Content-Encoding": Header(
        "`br` or `gzip`, when you accept it and the answer is long.", "gzip", {"enum": ["br", "gzip"]}
    ),
    "Surrogate-Key": Header(
        "12 characters of each key inside, for caches in front; `all` when there are too many.",
        "5f0c2c0e6f0b",
        {"pattern": r"^(all|[0-9a-f]{12}( [0-9a-f]{12})*)$", "maxLength": 4096},
    ),
    "Access-Control-Allow-Origin": Header("Browsers may read it from any site.", "*", {"const": "*"}, is_required=True),
    "Access-Control-Expose-Headers": Header(
        "Which headers scripts of other sites may read.", EXPOSED, {"const": EXPOSED}, is_required=True
    ),
    "traceparent": Header(
        "Your trace with our own parent id, when you sent one.",
        "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01",
        {"pattern": "^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$"},
    ),
    "Content-Disposition": Header("What to call it as a file.", 'attachment; filename="export.ndjson"'),
    "Not-Kept": Header(
        "Nobody keeps it: ask anew.", "private, no-store", {"const": "private, no-store"}, is_required=True
    ),
    "Location": Header("Where it is.", f"{EXAMPLE_SERVER}/content/v1/uk/home", {"format": "uri"}, is_required=True),
    "Allow": Header("The methods there are.", METHODS, {"const": METHODS}, is_required=True),
    "Retry-After": Header("Seconds to wait.", "42", {"pattern": r"^\d+$"}, is_required=True),
    "RateLimit": Header(
        "What is left, and seconds until it is more.",
        '"answers";r=0;t=42',
        {"pattern": r'^"[a-z]+";r=\d+;t=\d+$'},
        is_required=True,
    ),
    "RateLimit-Policy": Header(
        "What is allowed in how many seconds.",
        '"answers";q=1200;w=60',
        {"pattern": r'^"[a-z]+";q=\d+;w=\d+$'},
        is_required=True,
    ),
    "WWW-Authenticate": Header("The challenge that HTTP wants.", 'Bearer realm="misto"', is_required=True),
}
"""By the name they have in the document; `Not-Kept` is the `Cache-Control` of answers that nobody keeps."""

_OF_ALL = ("Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "traceparent")

KEPT = (
    *("ETag", "Cache-Control", "Vary", "Last-Modified", "Content-Language", "Link", "Content-Encoding"),
    *("Surrogate-Key", *_OF_ALL),
)
"""Of answers that caches may keep, and of being told that one has them already."""

REDIRECT = ("Location", "Cache-Control", "Vary", "Surrogate-Key", *_OF_ALL)
NOT_KEPT = ("Not-Kept", *_OF_ALL)


def references_to(names: Iterable[str]) -> Json:
    """Return headers as references into the components of the document."""
    return {"Cache-Control" if name == "Not-Kept" else name: {"$ref": f"#/components/headers/{name}"} for name in names}
