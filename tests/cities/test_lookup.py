"""From an address that people read to the item there: found, moved, replaced, gone, or never there."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from wagtail.models import PageViewRestriction

from cms.publications.by_hand import gone, redirect, restore, vanish, withdraw
from tests.cities.conftest import Seed
from tests.contract.city import City
from tests.newsroom import publish

LOOKUP = "http://testserver/content/v1/sv/lookup?path="


@pytest.fixture
def path(city: City, seed: Seed) -> str:
    """Where people read the article in Swedish."""
    return str(city.get(f"/sv/news/{seed.id}")["path"])


def test_a_path_leads_to_its_item(city: City, seed: Seed, path: str) -> None:
    url = f"http://testserver/content/v1/sv/news/{seed.id}"
    assert city.get(f"/sv/lookup?path={path}") == {"kind": "news", "id": seed.id, "url": url}
    assert city.get(f"/sv/lookup?path={path}/") == city.get(f"/sv/lookup?path={quote(path, safe='')}")


def test_every_path_that_items_have_leads_back_to_them(city: City, seed: Seed) -> None:
    for language in ("sv", "uk"):
        for kind in ("news", "people", "partners", "topics"):
            for item in city.get(f"/{language}/{kind}")["items"]:
                found = city.get(f"/{language}/lookup?path={item['path']}")
                assert (found["kind"], found["id"], found["url"]) == (kind, item["id"], item["_links"]["self"]["href"])
    assert city.get("/sv/lookup?path=/sv")["kind"] == "home"


def test_a_path_of_the_past_leads_to_that_of_today(city: City, seed: Seed, path: str) -> None:
    for slug in ("forsta-samarbetet", "andra-samarbetet"):
        seed.article.slug = slug
        seed.article = publish(seed.article)
        city.get("/sv/news")
    for old in (path, path.replace(path.rpartition("/")[2], "forsta-samarbetet")):
        response = city.ask(f"/sv/lookup?path={old}")
        assert (response.status_code, response["Location"]) == (308, f"{LOOKUP}/sv/umea/news/andra-samarbetet")
        assert response["Surrogate-Key"] == seed.id.replace("-", "")[:12]
    assert city.get("/sv/lookup?path=/sv/umea/news/andra-samarbetet")["id"] == seed.id


def test_a_path_that_somebody_else_has_now_leads_there(city: City, seed: Seed, path: str) -> None:
    gone(seed.article.translation_key, "merged", languages=["sv"])
    janet = city.get(f"/sv/people/{seed.janet.translation_key}")["path"]
    seed.anders.slug, seed.janet.slug = seed.janet.slug, "janet"
    publish(seed.janet)
    publish(seed.anders)
    assert city.get(f"/sv/lookup?path={janet}")["id"] == str(seed.anders.translation_key)


def test_a_withdrawn_item_is_still_at_its_path(city: City, seed: Seed, path: str) -> None:
    withdraw(seed.article.translation_key, "Artikeln är återkallad.", ["sv"])
    assert city.get(f"/sv/lookup?path={path}")["id"] == seed.id


def test_the_path_of_an_item_that_was_taken_away_says_why(city: City, seed: Seed, path: str) -> None:
    gone(seed.article.translation_key, "merged", "https://www.umea.se/", ["sv"])
    problem = city.problem(f"/sv/lookup?path={path}", "gone")
    assert (problem["reason"], problem["alternative"]) == ("merged", "https://www.umea.se/")
    assert [found["language"] for found in problem["available_languages"]] == ["uk"]
    restore(seed.article.translation_key)
    assert city.get(f"/sv/lookup?path={path}")["id"] == seed.id


def test_the_path_of_an_unpublished_item_says_so_also_the_one_it_had_before(city: City, seed: Seed, path: str) -> None:
    seed.article.slug = "samarbetet"
    article = publish(seed.article)
    assert city.get("/sv/lookup?path=/sv/umea/news/samarbetet")["id"] == seed.id
    article.unpublish()
    for old in (path, "/sv/umea/news/samarbetet"):
        assert city.problem(f"/sv/lookup?path={old}", "gone")["reason"] == "unpublished"


def test_the_path_of_a_replaced_item_leads_to_the_one_that_replaced_it(city: City, seed: Seed) -> None:
    janet, anders = (city.get(f"/sv/people/{page.translation_key}")["path"] for page in (seed.janet, seed.anders))
    redirect(seed.janet.translation_key, seed.anders.translation_key)
    assert city.ask(f"/sv/lookup?path={janet}")["Location"] == LOOKUP + anders
    seed.anders.unpublish()  # it is still there in Ukrainian, which the item itself says
    there = f"http://testserver/content/v1/sv/people/{seed.anders.translation_key}"
    assert city.ask(f"/sv/lookup?path={janet}")["Location"] == there


def _restrict(seed: Seed) -> None:
    PageViewRestriction.objects.create(page=seed.article, restriction_type="login")


def _take_away_and_let_vanish(seed: Seed) -> None:
    gone(seed.article.translation_key, "mistake")
    vanish(seed.article.translation_key)


@pytest.mark.parametrize(
    "hide", [lambda seed: vanish(seed.article.translation_key), _restrict, _take_away_and_let_vanish]
)
def test_the_path_of_a_vanished_item_looks_as_if_it_never_was(
    city: City, seed: Seed, path: str, hide: Callable[[Seed], Any]
) -> None:
    seed.article.slug = "samarbetet"
    seed.article = publish(seed.article)
    city.get("/sv/news")
    hide(seed)
    never = city.ask("/sv/lookup?path=/sv/umea/news/never-written")
    assert never.status_code == 404
    for old in (path, "/sv/umea/news/samarbetet"):
        vanished = city.ask(f"/sv/lookup?path={old}")
        assert (vanished.content, dict(vanished.headers)) == (never.content, dict(never.headers))


@pytest.mark.parametrize("unknown", ["/uk/umea/news/umea-ingar-samarbete-med-cherson", "/sv/umea/news", "/", "/sv-fi"])
def test_a_path_where_nothing_lies_in_this_language_is_not_found(city: City, seed: Seed, unknown: str) -> None:
    name = "invalid-parameters" if unknown == "/" else "not-found"
    city.problem(f"/sv/lookup?path={unknown}", name)


def test_the_path_of_another_language_is_not_found(city: City, seed: Seed, path: str) -> None:
    city.problem(f"/uk/lookup?path={path}", "not-found")
    city.problem(f"/ua/lookup?path={path}", "unknown-language")


@pytest.mark.parametrize(
    "query", ["", "path=", "path=sv/news", "path=//", "path=/sv/å", "path=/sv%00", "path=/sv?a=1", f"path=/{'a' * 700}"]
)
def test_without_a_path_there_is_nothing_to_look_up(city: City, seed: Seed, query: str) -> None:
    assert set(city.problem(f"/sv/lookup?{query}", "invalid-parameters")["allowed"]) == {"path"}


def test_a_path_in_capitals_is_answered_with_the_right_one(city: City, seed: Seed, path: str) -> None:
    problem = city.problem(f"/sv/lookup?path={path.title()}", "invalid-parameters")
    assert problem["detail"].endswith(f"did you mean {path}?")
