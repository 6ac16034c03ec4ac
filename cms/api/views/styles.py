"""The small style sheets of pages for people: written into the page, allowed by their hash."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from django.http import HttpResponse
from django.utils.safestring import mark_safe

_HERE = Path(__file__).parent.parent
CSS = mark_safe((_HERE / "page.css").read_text().strip())  # noqa: S308  our own file
DOCS_CSS = mark_safe(CSS + "\n" + (_HERE / "docs.css").read_text().strip())  # noqa: S308  our own files


def allow_own_style(response: HttpResponse, css: str = CSS) -> HttpResponse:
    """Let the browser use the page's style sheet, and no other style in the page."""
    digest = b64encode(sha256(css.encode()).digest()).decode()
    response._csp_update = {"style-src": ["'self'", f"'sha256-{digest}'"]}  # type: ignore[attr-defined]  # django-csp's
    return response
