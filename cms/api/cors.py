"""Any site may read: what browsers ask about that, and what they are told."""

from django.http import HttpResponse

METHODS = "GET, HEAD, OPTIONS"
ANY_SITE = {"Access-Control-Allow-Origin": "*"}

EXPOSED = "Content-Language, ETag, Last-Modified, Link, RateLimit, RateLimit-Policy, Retry-After, traceparent"
"""Headers that a script of another site may read in an answer."""

TAKEN = "If-Match, If-Modified-Since, If-None-Match, If-Unmodified-Since, traceparent, tracestate"
"""Headers that a script of another site may send, beside those that need no leave."""

CORS = {**ANY_SITE, "Access-Control-Expose-Headers": EXPOSED}
"""Headers of every answer, problems too."""


def preflight() -> HttpResponse:
    """Tell a browser what a script of another site may do at any address."""
    response = HttpResponse(
        status=204,
        headers={
            **ANY_SITE,
            "Access-Control-Allow-Methods": METHODS,
            "Access-Control-Allow-Headers": TAKEN,
            "Access-Control-Max-Age": "86400",
            "Cache-Control": "private, no-store",
        },
    )
    del response["Content-Type"]  # there is no content
    return response
