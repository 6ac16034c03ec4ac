"""What is too much is refused early, and says when there will be more; what is kept already is free."""

import subprocess
import sys
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from pytest_django import Settings

from cms.api.contract.openapi import openapi
from cms.api.views.documentation import _docs, _document
from cms.api.views.lists import ListAddress
from cms.content.paths import public_path
from tests.cities.conftest import Seed
from tests.contract.city import City
from tests.hub import ROOT
from tests.newsroom import publish

VISITOR = "203.0.113.7"


@pytest.fixture
def three_a_minute(settings: Settings) -> None:
    settings.RATE_LIMITS = {"answers": 3, "search": 1}


def over_the_limit(city: City) -> None:
    """Have as many answers built as may be, and one more refused."""
    while city.ask("/sv/topics").status_code == 200:
        pass


@pytest.mark.usefixtures("three_a_minute")
def test_who_has_too_many_answers_built_is_told_when_to_come_back(city: City, seed: Seed) -> None:
    for number in range(1, 4):
        city.get(f"/sv/news?limit={number}")
    problem = city.problem("/sv/news", "too-many-requests")
    assert problem["status"] == 429
    response = city.ask("/sv/people")
    assert 0 < int(response["Retry-After"]) <= 60
    assert response["RateLimit"] == f'"answers";r=0;t={response["Retry-After"]}'
    assert response["RateLimit-Policy"] == '"answers";q=3;w=60'
    readable = response["Access-Control-Expose-Headers"].split(", ")
    assert {"Retry-After", "RateLimit", "RateLimit-Policy"} <= set(readable)


@pytest.mark.usefixtures("three_a_minute")
def test_a_304_is_free_even_when_the_answer_had_to_be_built(city: City, seed: Seed) -> None:
    had = city.ask("/uk/people")["ETag"]
    for number in range(4):
        seed.article.lead = f"Ett nytt samarbete, {number}."
        publish(seed.article)  # nothing of what was built before is kept
        assert city.ask("/uk/people", If_None_Match=had).status_code == 304
    city.get("/sv/news?limit=1")
    city.get("/sv/news?limit=2")
    city.problem("/sv/news?limit=3", "too-many-requests")


@pytest.mark.usefixtures("three_a_minute")
@pytest.mark.parametrize("address", ["/uk/news/{id}", "/sv/people", "/changes", "/sv/sitemap.xml", "//{path}"])
def test_who_is_over_the_limit_is_still_told_that_nothing_has_changed(city: City, seed: Seed, address: str) -> None:
    address = address.format(id=seed.id, path=public_path(seed.article).lstrip("/"))
    first = city.ask(address)
    over_the_limit(city)
    for _again in range(10):
        told = city.ask(address, If_None_Match=first["ETag"])
        assert (told.status_code, told.content, told["ETag"]) == (304, b"", first["ETag"])
    assert city.ask(address).status_code == 429


@pytest.mark.usefixtures("three_a_minute")
@pytest.mark.parametrize("said", [{"If_None_Match": "*"}, {"If_Modified_Since": "Fri, 31 Dec 2100 23:59:59 GMT"}])
def test_what_can_be_said_of_what_one_never_had_is_free_as_often_as_answers_are(
    city: City, seed: Seed, said: dict[str, str]
) -> None:
    told = [city.ask(f"/sv/news?limit={number}", **said).status_code for number in range(1, 11)]
    assert told == [304] * 6 + [429] * 4  # three for nothing, three that count


@pytest.mark.usefixtures("three_a_minute")
def test_a_tag_is_named_for_nothing_ten_times_as_often_as_answers_are_built(city: City, seed: Seed) -> None:
    had = city.ask("/sv/people")["ETag"]
    with patch("cms.api.front_door.FrontDoor.__call__", new=lambda door, *asked: door._inside(*asked)):
        told = [city.ask("/sv/people", If_None_Match=had).status_code for _again in range(40)]
    assert told == [304] * 35 + [429] * 5  # thirty for nothing; then two that count beside the first, and three tries


@pytest.mark.usefixtures("three_a_minute")
def test_a_search_that_is_had_already_is_free_too(city: City, seed: Seed) -> None:
    had = city.ask("/sv/search?q=Cherson")
    city.problem("/sv/search?q=Cherson", "too-many-requests")
    assert city.ask("/sv/search?q=Cherson", If_None_Match=had["ETag"]).status_code == 304


@pytest.mark.usefixtures("three_a_minute")
def test_who_is_over_the_limit_is_not_given_what_they_do_not_have(city: City, seed: Seed) -> None:
    over_the_limit(city)
    for number in range(6):
        with patch.object(ListAddress, "answer", side_effect=ListAddress.answer, autospec=True) as built:
            told = city.ask("/sv/people", If_None_Match=f'"{number}"')
        assert (told.status_code, told["Content-Type"]) == (429, "application/problem+json")
        assert built.call_count == (1 if number < 3 else 0), "as many tries as answers, and then it is not looked for"
    city.problem("/sv/people", "too-many-requests", If_Modified_Since="Sun, 06 Nov 1994 08:49:37 GMT")


@pytest.mark.usefixtures("three_a_minute")
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("sv", "Försök igen om en liten stund."),
        ("uk", "Спробуйте трохи пізніше."),
        ("fi", "Yritä hetken kuluttua uudelleen."),
        ("en", "Please try again in a little while."),
    ],
)
def test_who_opens_too_many_pages_is_told_so_in_their_language(
    city: City, seed: Seed, language: str, said: str
) -> None:
    for number in range(3):
        assert city.ask(f"//{language}/nowhere-{number}").status_code == 404
    page = city.ask(f"//{language}")
    assert (page.status_code, page["Content-Type"]) == (429, "text/html; charset=utf-8")
    assert f'<html lang="{language}">' in page.content.decode()
    assert said in page.content.decode()
    assert 0 < int(page["Retry-After"]) <= 60
    assert page["RateLimit"] == f'"answers";r=0;t={page["Retry-After"]}'
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == ("private, no-store", "noindex")
    city.problem("/sv/news", "too-many-requests")


@pytest.mark.usefixtures("three_a_minute")
@pytest.mark.parametrize(
    ("first", "second", "are_one"),
    [
        (VISITOR, VISITOR, True),
        (VISITOR, "203.0.113.8", False),
        ("198.51.100.1, " + VISITOR, "198.51.100.2, " + VISITOR, True),  # what is before it, anybody may write
        ("2001:db8::1", "2001:db8::2", True),  # one household
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("nonsense", "other nonsense", True),
    ],
)
def test_the_trusted_proxy_says_who_asks(city: City, seed: Seed, first: str, second: str, are_one: bool) -> None:
    for number in range(1, 4):
        city.get(f"/sv/news?limit={number}", X_Forwarded_For=first)
    assert city.ask("/sv/news", X_Forwarded_For=second).status_code == (429 if are_one else 200)


@pytest.mark.usefixtures("three_a_minute")
def test_nobody_else_says_who_asks(city: City, seed: Seed, settings: Settings) -> None:
    city.come_from("198.51.100.9")
    for number in range(1, 4):
        city.get(f"/sv/news?limit={number}", X_Forwarded_For=f"203.0.113.{number}")
    city.problem("/sv/news", "too-many-requests", X_Forwarded_For=VISITOR)


def test_no_limit_is_a_limit_of_none(city: City, seed: Seed, settings: Settings) -> None:
    settings.RATE_LIMITS = {"answers": 0, "search": 0}
    for number in range(1, 6):
        city.get(f"/sv/news?limit={number}")


@pytest.mark.usefixtures("three_a_minute")
@pytest.mark.parametrize("address", ["//health/live", "//health/ready"])
def test_who_watches_over_the_hub_is_told_however_often_they_ask(city: City, seed: Seed, address: str) -> None:
    for number in range(1, 5):
        city.ask(f"/sv/news?limit={number}")
    city.problem("/sv/news", "too-many-requests")
    for _again in range(5):
        assert city.get(address) == {"status": "ok"}


def test_the_document_says_429_of_what_is_counted_and_of_nothing_else() -> None:
    health = {path for path in openapi()["paths"] if path.startswith("/health/")}
    assert {path for path, item in openapi()["paths"].items() if "429" not in item["get"]["responses"]} == health


@pytest.mark.parametrize(
    ("rates", "english", "swedish"),
    [
        (
            {"answers": 3_000, "search": 7},
            ("at most 3,000 answers for one network address", "at most 7 searches"),
            ("högst 3\xa0000 svar åt en nätverksadress", "högst 7 sökningar"),
        ),
        (
            {"answers": 0, "search": 0},
            ("any number of answers", "any number of searches"),
            ("hur många svar som helst", "hur många sökningar som helst"),
        ),
    ],
)
def test_the_documentation_of_a_hub_prints_its_own_limits(
    city: City,
    settings: Settings,
    printed_anew: None,
    rates: dict[str, int],
    english: tuple[str, ...],
    swedish: tuple[str, ...],
) -> None:
    settings.RATE_LIMITS = rates
    limitations = city.get("/openapi.json")["info"]["x-limitations"]
    for path, name, said in (("/docs", "description", english), ("/docs/sv", "description-sv", swedish)):
        page = city.ask(path).content.decode()
        assert [words for words in said if words not in page or words not in limitations[name]] == []


@pytest.mark.parametrize(
    ("is_shared", "english", "swedish"),
    [
        (False, "In a minute each process of the hub builds", "bygger varje process i navet"),
        (True, "In a minute the hub builds", "bygger navet"),
    ],
)
def test_the_documentation_says_who_counts(
    city: City, settings: Settings, printed_anew: None, is_shared: bool, english: str, swedish: str
) -> None:
    settings.ANSWERS_BEHIND = is_shared
    limitations = city.get("/openapi.json")["info"]["x-limitations"]
    for path, name, said in (("/docs", "description", english), ("/docs/sv", "description-sv", swedish)):
        assert said in city.ask(path).content.decode()
        assert said in limitations[name]


def test_what_is_said_of_any_hub_is_what_it_is_delivered_with() -> None:
    english, swedish = (openapi()["info"]["x-limitations"][name] for name in ("description", "description-sv"))
    assert "at most 1,200 answers for one network address, and beside them at most 120 searches (a hub may" in english
    assert "högst 1\xa0200 svar åt en nätverksadress, och därutöver högst 120 sökningar (ett nav kan" in swedish


@pytest.fixture
def printed_anew() -> Iterator[None]:
    """Pages are made once in the life of a process; these are forgotten before and after."""
    for made in (_docs, _document):
        made.cache_clear()
    yield
    for made in (_docs, _document):
        made.cache_clear()


@pytest.mark.parametrize("address", ["/sv/news?ids=", "/sv/news/", "//health/live?", "/nowhere/"])
def test_an_address_that_is_too_long_is_refused(city: City, seed: Seed, address: str) -> None:
    assert city.problem(address + "a" * 6_000, "uri-too-long")["status"] == 414


@pytest.mark.parametrize("address", ["/sv/news", "/changes", "//health/live"])
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_a_body_is_refused_before_it_is_read(city: City, seed: Seed, address: str, encoding: str) -> None:
    sent = {"Content_Length": "4000000000", "Content_Encoding": encoding}
    assert city.problem(address, "unsupported-media-type", **sent)["status"] == 415


def test_a_hub_as_it_is_delivered_builds_1200_answers_a_minute_and_120_searches() -> None:
    asked = 'import os; os.environ.pop("RATE_LIMIT", 0); os.environ.pop("RATE_LIMIT_SEARCH", 0); '
    asked += "from cms.settings import RATE_LIMITS; print(sorted(RATE_LIMITS.items()))"
    told = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[('answers', 1200), ('search', 120)]"
