"""How long an address may be."""

from django.http import HttpRequest

from cms.api.problems import ProblemError

LONGEST_ADDRESS = 6_000
"""Characters of path and query: a hundred keys and a cursor fit."""


def is_too_long(request: HttpRequest) -> bool:
    """Whether nobody needs an address like this."""
    return len(request.META.get("QUERY_STRING", "")) + len(request.path_info) > LONGEST_ADDRESS


def too_long() -> ProblemError:
    """Return the problem of such an address."""
    return ProblemError("uri-too-long", f"An address has at most {LONGEST_ADDRESS:,} characters.")
