"""The routes of the partner API and of the reading pages."""

from typing import Any

from django.urls import URLPattern, path, re_path

from cms.api.feeds.entries import FORMS
from cms.api.views.about import ApiInfoAddress, LanguagesAddress, LiveAddress, ReadyAddress, StatusAddress
from cms.api.views.changes import ChangesAddress
from cms.api.views.documentation import (
    OpenApiAddress,
    send_example,
    send_mirror,
    show_docs,
    show_problem,
    show_reference,
)
from cms.api.views.elsewhere import nowhere
from cms.api.views.export import ExportAddress
from cms.api.views.feeds import FeedAddress
from cms.api.views.items import HomeAddress, ItemAddress
from cms.api.views.lists import ListAddress
from cms.api.views.lookup import LookupAddress
from cms.api.views.reading_pages import show_page
from cms.api.views.search import SearchAddress
from cms.api.views.sitemaps import SitemapAddress, show_robots
from frontend_contract.models.documents import SUMMARY

V1 = "content/v1"

api_patterns: list[URLPattern] = [
    path(f"{V1}/languages", LanguagesAddress.as_view(), name="languages"),
    path(f"{V1}/api-info", ApiInfoAddress.as_view(), name="api-info"),
    path(f"{V1}/openapi.json", OpenApiAddress.as_view(), name="openapi"),
    path(f"{V1}/changes", ChangesAddress.as_view(), name="changes"),
    path(f"{V1}/export.ndjson", ExportAddress.as_view(), name="export"),
    path(f"{V1}/status", StatusAddress.as_view(), name="status"),
    path(f"{V1}/<str:language>/lookup", LookupAddress.as_view(), name="lookup"),
    path(f"{V1}/<str:language>/home", HomeAddress.as_view(), name="home"),
    path(f"{V1}/<str:language>/search", SearchAddress.as_view(), name="search"),
    *(path(f"{V1}/<str:language>/{kind}", ListAddress.as_view(kind=kind), name=f"{kind}-list") for kind in SUMMARY),
    *(
        path(f"{V1}/<str:language>/{kind}/<str:id>", ItemAddress.as_view(kind=kind), name=f"{kind}-item")
        for kind in SUMMARY
    ),
    *(
        path(f"{V1}/<str:language>/feeds/<str:kind>.{form}", FeedAddress.as_view(form=form), name=f"{form}-feed")
        for form in FORMS
    ),
    path(f"{V1}/<str:language>/sitemap.xml", SitemapAddress.as_view(), name="sitemap"),
    path("health/live", LiveAddress.as_view(), name="live"),
    path("health/ready", ReadyAddress.as_view(), name="ready"),
]

urlpatterns: list[Any] = [
    *api_patterns,
    path(f"{V1}/docs", show_docs, {"language": "en"}, name="docs"),
    path(f"{V1}/docs/sv", show_docs, {"language": "sv"}, name="docs-sv"),
    path(f"{V1}/docs/reference", show_reference, name="reference"),
    path(f"{V1}/docs/mirror.py", send_mirror, name="mirror"),
    path(f"{V1}/docs/examples/<path:name>.json", send_example, name="example"),
    path(f"{V1}/docs/problems/<slug:name>", show_problem, name="problem"),
    path("robots.txt", show_robots, name="robots"),
    re_path(r"^(content|health)(/|$)", nowhere),
    re_path(r"^(?P<path>[a-z]{2,3}(-[a-z0-9]+)*(/.*)?)$", show_page, name="reading-page"),
]
