"""Every address of the API exists, is described, and answers in JSON; nothing else does."""

import re

import pytest
from django.urls import get_resolver

from cms.api.contract.openapi import openapi

KINDS = ("news", "people", "partnerships", "partners", "pages", "topics")
ROUTES = {
    *(f"/content/v1/{{language}}/{kind}" for kind in KINDS),
    *(f"/content/v1/{{language}}/{kind}/{{id}}" for kind in KINDS),
    "/content/v1/{language}/home",
    "/content/v1/{language}/search",
    "/content/v1/{language}/lookup",
    *(f"/content/v1/{{language}}/feeds/{{kind}}.{form}" for form in ("rss", "atom", "json")),
    "/content/v1/{language}/sitemap.xml",
    "/content/v1/changes",
    "/content/v1/export.ndjson",
    "/content/v1/languages",
    "/content/v1/api-info",
    "/content/v1/openapi.json",
    "/content/v1/status",
    "/health/live",
    "/health/ready",
}
FOR_PEOPLE = {"/content/v1/docs"}


def test_every_promised_address_is_described() -> None:
    assert set(openapi()["paths"]) >= ROUTES


def test_every_address_of_the_api_is_described() -> None:
    patterns = {str(pattern.pattern) for pattern in get_resolver("cms.api.urls").url_patterns}
    addresses = {
        "/" + re.sub(r"<\w+:(\w+)>", r"{\1}", found) for found in patterns if found.startswith(("content/", "health/"))
    }
    assert {found for found in addresses if not found.startswith("/content/v1/docs")} == set(openapi()["paths"])


@pytest.mark.parametrize("path", sorted(openapi()["paths"]))
def test_every_address_is_read_with_get_alone(path: str) -> None:
    assert set(openapi()["paths"][path]) == {"get"}


def test_no_address_ends_with_a_slash_or_has_capitals() -> None:
    assert not [path for path in openapi()["paths"] if path.endswith("/") or path != path.lower()]
