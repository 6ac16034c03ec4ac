"""What is beside the API is read, and nothing else: whoever writes is told so in words that a program reads too."""

import json

import pytest
from django.test import Client

from tests.cities.conftest import Seed
from tests.contract.city import City

METHODS = ("POST", "PUT", "PATCH", "DELETE", "BREW")
READING_PAGES = ("//sv", "//sv/nowhere", "{article}")
PAGES = (
    "//",
    "//robots.txt",
    "/sv/sitemap.xml",
    "/docs",
    "/docs/problems/gone",
    "//media/images/no-such.jpg",
)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("page", PAGES)
def test_whoever_writes_to_a_page_is_told_that_it_is_only_read(city: City, seed: Seed, page: str, method: str) -> None:
    path = page.format(article="/" + city.get(f"/sv/news/{seed.id}")["path"])
    problem = city.problem(path, "method-not-allowed", method=method)
    assert "csrf" not in json.dumps(problem).lower()
    response = city.ask(path, method=method)
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("page", READING_PAGES)
def test_whoever_writes_to_a_reading_page_is_told_so_on_a_page(city: City, seed: Seed, page: str, method: str) -> None:
    response = city.ask(page.format(article="/" + city.get(f"/sv/news/{seed.id}")["path"]), method=method)
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert '<html lang="sv">' in response.content.decode()


@pytest.mark.parametrize("page", [*PAGES, *READING_PAGES])
def test_a_browser_is_told_which_methods_a_page_has(city: City, seed: Seed, page: str) -> None:
    path = page.format(article="/" + city.get(f"/sv/news/{seed.id}")["path"])
    response = city.ask(path, method="OPTIONS")
    assert (response.status_code, response.content) == (204, b"")
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_pages_are_still_read(city: City, seed: Seed) -> None:
    assert city.ask("//")["Location"] == "/admin/"
    assert city.ask("//robots.txt", method="HEAD").status_code == 200
    assert city.ask("/" + city.get(f"/sv/news/{seed.id}")["path"]).status_code == 200


@pytest.mark.parametrize("method", METHODS)
def test_a_file_is_only_read_but_its_password_can_be_sent(db: None, method: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    response = browser.generic(method, "/documents/0d6f7a52-3c1b-4e8f-9a57-2b64c8d1e0f3/no-such.pdf")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response["Content-Type"] == "application/problem+json"
    assert browser.get("/documents/0d6f7a52-3c1b-4e8f-9a57-2b64c8d1e0f3/no-such.pdf").status_code == 404
    assert browser.post("/documents/authenticate_with_password/1/").status_code == 403  # for want of a token
