"""What is not public is on no outward address: every one in the URL configuration is asked."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.models import PageViewRestriction

from cms.content.paths import public_path
from frontend_contract.models.documents import SUMMARY
from news.models import NewsPage
from tests.cities.conftest import Seed
from tests.contract.city import City
from tests.newsroom import add, draft, publish

CANARY = "Kanariefågel"
ECHO = f"q={quote(CANARY)}"
"""The question, which an answer repeats in its own links."""

NOT_ASKED = ("admin/", "documents/authenticate")
"""Wagtail's own rooms: who may see what there is decided, and tested, with permissions."""


def _routes(patterns: list[Any], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        match pattern:
            case URLResolver():
                if not route.startswith(NOT_ASKED):
                    yield from _routes(pattern.url_patterns, route)
            case URLPattern() if not route.startswith(NOT_ASKED):
                yield route


ROUTES = sorted(_routes(get_resolver().url_patterns))

ASKED: dict[str, list[str]] = {
    "": [],  # leads to the admin
    "documents/<uuid:key>/<path:filename>": [],  # files, to those who may read them
    "^media/(?P<path>(images|original_images)/[^/]+)$": [],  # files: no text
    "content/v1/languages": ["/languages"],
    "content/v1/api-info": ["/api-info"],
    "content/v1/openapi.json": ["/openapi.json"],
    "content/v1/changes": ["/changes", "/changes?include=document"],
    "content/v1/export.ndjson": ["/export.ndjson", "/export.ndjson?language=sv&kind=news"],
    "content/v1/status": ["/status"],
    "content/v1/<str:language>/lookup": ["/sv/lookup?path={path}", "/sv/lookup?path=/sv/umea/news/kanariefagel"],
    "content/v1/docs": ["/docs"],
    "content/v1/docs/sv": ["/docs/sv"],
    "content/v1/docs/reference": ["/docs/reference"],
    "content/v1/docs/mirror.py": ["/docs/mirror.py"],
    "content/v1/docs/examples/<path:name>.json": ["/docs/examples/sv/home.json", "/docs/examples/kanariefagel.json"],
    "content/v1/docs/problems/<slug:name>": ["/docs/problems/gone", "/docs/problems/kanariefagel"],
    "content/v1/<str:language>/home": ["/sv/home", "/fi/home?fallback=sv"],
    "content/v1/<str:language>/search": [
        "/sv/search?q=Kanariefågel&include=body",
        "/fi/search?q=kanariefagel&fallback=sv",
    ],
    **{
        f"content/v1/<str:language>/feeds/<str:kind>.{form}": [f"/sv/feeds/{kind}.{form}" for kind in SUMMARY]
        for form in ("rss", "atom", "json")
    },
    "content/v1/<str:language>/sitemap.xml": ["/sv/sitemap.xml", "/sv/sitemap.xml?page=1"],
    "robots.txt": ["//robots.txt"],
    "health/live": ["//health/live"],
    "health/ready": ["//health/ready"],
    "^(content|health)(/|$)": ["/sv/kanariefagel", "//health/kanariefagel"],
    "^(?P<path>[a-z]{2,3}(-[a-z0-9]+)*(/.*)?)$": ["/{path}", "//sv/umea/news", "//sv"],
    **{
        f"content/v1/<str:language>/{kind}": [f"/sv/{kind}?include=body", f"/fi/{kind}?fallback=sv&include=body"]
        for kind in ("news", "people", "partnerships", "partners", "pages", "topics")
    },
    **{
        f"content/v1/<str:language>/{kind}/<str:id>": [
            f"/sv/{kind}/{{id}}",
            f"/fi/{kind}/{{id}}?fallback=sv",
            f"/sv/{kind}/{{slug}}",
        ]
        for kind in ("news", "people", "partnerships", "partners", "pages", "topics")
    },
}


def test_every_outward_address_is_asked() -> None:
    assert sorted(ASKED) == ROUTES


def _as_draft(seed: Seed) -> NewsPage:
    return draft(_written(seed))


def _as_scheduled(seed: Seed) -> NewsPage:
    page = _written(seed)
    page.go_live_at = datetime.now(UTC) + timedelta(days=1)
    page.save_revision().publish()
    return page


def _as_restricted(seed: Seed) -> NewsPage:
    page = publish(_written(seed))
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    return page


def _as_expired(seed: Seed) -> NewsPage:
    page = publish(_written(seed))
    page.unpublish()
    return page


def _as_edited(seed: Seed) -> NewsPage:
    page = seed.article
    page.title, page.lead = f"{CANARY} i Umeå", CANARY
    return draft(page)


def _written(seed: Seed) -> NewsPage:
    return add(seed.room.news("umea", "sv"), NewsPage(title=f"{CANARY} i Umeå", lead=CANARY, slug="kanariefagel"))


@pytest.mark.parametrize("hide", [_as_draft, _as_scheduled, _as_restricted, _as_expired, _as_edited])
def test_what_is_not_public_is_nowhere(city: City, seed: Seed, hide: Any) -> None:
    page = hide(seed)
    for addresses in ASKED.values():
        for address in addresses:
            asked = address.format(id=page.translation_key, slug=page.slug, path=public_path(page))
            response = city.ask(asked)
            told = response.content.decode().replace(ECHO, "") + str(response.headers)
            assert CANARY not in told, asked
