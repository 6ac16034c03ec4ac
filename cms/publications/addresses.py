"""Where publications are found: in the API, and as pages for people."""

from uuid import UUID

from django.conf import settings

from cms.content.languages import in_path

API = "/content/v1"


def item_url(language: str, kind: str, key: UUID | str) -> str:
    """Return where the API serves a document."""
    place = "home" if kind == "home" else f"{kind}/{key}"
    return f"{settings.PUBLIC_URL}{API}/{in_path(language)}/{place}"


def page_url(path: str) -> str:
    """Return where people read a document."""
    return f"{settings.PUBLIC_URL}{path}"
