"""Whatever goes wrong, a city's developer is told what to do, and nothing of the inside of the house."""

from typing import Any
from unittest.mock import patch

import pytest
from django.db import OperationalError, connection

from cms.api.problems import PROBLEM_TYPES
from tests.contract.city import City

pytestmark = pytest.mark.django_db

KEY = "5f0c2c0e-6f0b-4d59-9a39-0d6a3f8f6a01"
LIST_PARAMETERS = {
    *("q", "limit", "offset", "page", "fallback", "sort", "include", "fields", "rich_text"),
    *("ids", "partner", "partnership", "person", "topic", "status", "published_from", "published_to", "updated_since"),
}


@pytest.mark.parametrize(
    ("code", "meant"), [("ua", "uk"), ("se", "sv"), ("sv-SE", "sv"), ("fin", "fi"), ("gb", "en"), ("UK", "uk")]
)
def test_the_code_of_a_country_is_answered_with_the_code_of_the_language(city: City, code: str, meant: str) -> None:
    problem = city.problem(f"/{code}/news", "unknown-language")
    assert problem["languages"] == ["sv", "uk", "fi", "en"]
    assert problem["detail"].endswith(f"did you mean {meant}?")


@pytest.mark.parametrize(
    "address", ["/ua/news", "/ua/news/", "/UA/news/", f"/ua/people/{KEY}", "/ua/home", "/ua/whatever", "/ua", "/se/"]
)
def test_an_unknown_language_is_a_problem_at_every_address(city: City, address: str) -> None:
    assert city.problem(address, "unknown-language")["status"] == 404


@pytest.mark.parametrize(
    "address", ["", "/", "/sv", "/sv/nyheter", "/sv/news/a/b", "//health/", "//health/dead", "//content/v2/sv/news"]
)
def test_an_address_that_does_not_exist_is_a_problem(city: City, address: str) -> None:
    assert city.problem(address, "not-found")["status"] == 404


@pytest.mark.parametrize("address", ["/sv/news/", "/changes/", "/SV/news", "/sv/News", "//health/live/"])
def test_a_slash_at_the_end_or_capitals_are_answered_with_the_right_address(city: City, address: str) -> None:
    problem = city.problem(address, "unknown-language" if address == "/SV/news" else "not-found")
    expected = "did you mean sv?" if address == "/SV/news" else problem["instance"].rstrip("/").lower()
    assert problem["detail"].endswith(expected)


@pytest.mark.parametrize("address", ["/sv", "/sv/", "/SV"])
def test_a_language_alone_is_answered_with_its_front_door(city: City, address: str) -> None:
    assert city.problem(address, "not-found")["detail"].endswith("use /content/v1/sv/home")


def test_a_key_in_capitals_is_answered_with_the_right_address(city: City) -> None:
    detail = city.problem(f"/sv/news/{KEY.upper()}", "not-found")["detail"]
    assert detail.endswith(f"use http://testserver/content/v1/sv/news/{KEY}")


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("/sv/news?fallback=ua", "uk"),
        ("/sv/news?fallback=se,ua", "sv,uk"),
        (f"/fi/news/{KEY}?fallback=SV", "sv"),
        ("/changes?language=ua", "uk"),
        ("/export.ndjson?language=gb", "en"),
    ],
)
def test_a_country_in_a_parameter_is_answered_with_the_language(city: City, address: str, meant: str) -> None:
    assert city.problem(address, "invalid-parameters")["detail"].endswith(f": did you mean {meant}?")


@pytest.mark.parametrize("given", ["fallback=xx", "fallback=ua,xx", "fallback=ua,", "limit=ua", "status=ua"])
def test_what_nobody_can_guess_is_not_guessed(city: City, given: str) -> None:
    assert "did you mean" not in city.problem(f"/sv/news?{given}", "invalid-parameters")["detail"]


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("/sv/news?author=umea", LIST_PARAMETERS),
        (f"/sv/news/{KEY}?limit=1", {"fallback", "include", "fields", "rich_text"}),
        ("/changes?since=2024-01-01", {"cursor", "limit", "language", "kind", "include", "rich_text"}),
        ("/sv/lookup?path=/sv&fallback=uk", {"path"}),
        ("/languages?limit=2", set()),
        ("/status?language=sv", set()),
        ("/openapi.json?format=yaml", set()),
        ("//health/live?verbose=1", set()),
    ],
)
def test_an_unknown_parameter_is_answered_with_what_is_allowed(city: City, address: str, allowed: set[str]) -> None:
    assert set(city.problem(address, "invalid-parameters")["allowed"]) == allowed


@pytest.mark.parametrize(
    "query",
    [
        *("limit=0", "limit=101", "limit=-1", "limit=ten", "limit=", "limit=1.5", "limit=٣", "limit=+5", "limit=%205"),
        *("offset=-1", "offset=99999999999999999999", "page=0", "page=1&offset=0", "limit=5&limit=5"),
        *("fallback=", "fallback=ua", "fallback=sv,", "fallback=sv;uk", "fallback=SV", "include=text", "include="),
        *("%00=1", "limit=%00", "=1", "fallback=%F0%9F"),
    ],
)
def test_a_malformed_parameter_is_refused(city: City, query: str) -> None:
    assert city.problem(f"/sv/news?{query}", "invalid-parameters")["status"] == 400


@pytest.mark.parametrize(
    "query", ["cursor=", "cursor=%C3%A5", "limit=101", "language=ua", "kind=articles", "include=body", "kind=news,"]
)
def test_a_malformed_parameter_of_the_changes_is_refused(city: City, query: str) -> None:
    assert city.problem(f"/changes?{query}", "invalid-parameters")["status"] == 400


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
@pytest.mark.parametrize(
    "address",
    [
        *("/sv/news", "/changes", "/export.ndjson", "//health/live", "/openapi.json"),
        *("/docs", "/docs/sv", "/docs/reference"),
        *("/docs/problems/gone", "/docs/problems/x", "/docs/examples/languages.json", "/docs/examples/x.json"),
    ],
)
def test_the_api_is_read_only(city: City, address: str, method: str) -> None:
    response = city.ask(address, method=method)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    city.problem(address, "method-not-allowed", method=method)


def test_the_script_is_read_only_too(city: City) -> None:
    response = city.ask("/docs/mirror.py", method="POST")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "image/*", "application/json;q=0"])
def test_who_takes_no_json_is_told_so(city: City, accept: str) -> None:
    assert city.problem("/languages", "not-acceptable", Accept=accept)["status"] == 406


@pytest.mark.parametrize(
    "accept", ["*/*", "application/json", "application/json; charset=utf-8", "text/html, */*;q=0.1", "application/*"]
)
def test_who_takes_json_gets_json(city: City, accept: str) -> None:
    assert city.ask("/languages", Accept=accept)["Content-Type"] == "application/json"


DOCS = ["/docs", "/docs/sv", "/docs/reference"]
DOCS += ["/docs/problems/gone", "/docs/examples/sv/news-original.json", "/docs/examples/problems/gone.json"]


@pytest.mark.parametrize(
    "address", ["/sv/news", "/changes", "/languages", "/api-info", "/openapi.json", "/sv/home", *DOCS]
)
def test_keys_are_refused_until_there_are_any(city: City, address: str) -> None:
    assert city.problem(address, "keys-not-available", Authorization="Bearer abc")["status"] == 401
    assert city.ask(address, Authorization="Bearer abc")["WWW-Authenticate"]


def test_an_unknown_host_is_a_problem_too(city: City) -> None:
    assert city.problem("/languages", "bad-request", Host="evil.example")["status"] == 400


@pytest.mark.parametrize(
    "address", ["/sv/news", f"/sv/news/{KEY}", "/sv/home", "/changes", "/export.ndjson", "/status", "//health/ready"]
)
def test_without_a_database_consumers_are_asked_to_come_back(city: City, address: str) -> None:
    with connection.execute_wrapper(_unreachable):
        assert city.problem(address, "unavailable")["status"] == 503
        assert city.ask(address)["Retry-After"] == "10"


def test_a_fault_of_ours_is_told_without_its_inside(city: City) -> None:
    with patch("cms.api.views.about.languages", side_effect=RuntimeError("SELECT secret FROM /srv/misto/cms.py")):
        assert city.problem("/languages", "internal-error")["status"] == 500


def test_the_process_is_alive_without_a_database(city: City) -> None:
    with connection.execute_wrapper(_unreachable):
        assert city.get("//health/live") == {"status": "ok"}


@pytest.mark.parametrize("name", PROBLEM_TYPES)
def test_every_problem_has_a_page_that_says_what_to_do(city: City, name: str) -> None:
    response = city.ask(f"/docs/problems/{name}")
    assert response["Content-Type"].startswith("text/html")
    assert '<html lang="en">' in response.content.decode()
    assert PROBLEM_TYPES[name].title in response.content.decode()


def test_an_unknown_problem_is_a_problem(city: City) -> None:
    assert city.problem("/docs/problems/no-such", "not-found")


def _unreachable(*_statement: Any) -> Any:
    raise OperationalError("no such host")
