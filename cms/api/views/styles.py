"""The one small style sheet of pages for people: written into the page, allowed by its hash."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from django.http import HttpResponse
from django.utils.safestring import mark_safe

CSS = mark_safe((Path(__file__).parent.parent / "page.css").read_text().strip())  # noqa: S308  our own file


def allow_own_style(response: HttpResponse) -> HttpResponse:
    """Let the browser use the page's style sheet, and no other style in the page."""
    digest = b64encode(sha256(CSS.encode()).digest()).decode()
    response._csp_update = {"style-src": ["'self'", f"'sha256-{digest}'"]}  # type: ignore[attr-defined]  # django-csp's
    return response
