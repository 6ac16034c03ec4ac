"""Language is in the path, and the API is honest about it."""

from typing import Any

import pytest
from django.core.checks import run_checks
from pytest_django import Settings

from cms.publications.by_hand import gone
from tests.cities.conftest import Seed
from tests.cities.marked import originals_inside
from tests.contract.city import City, documents_inside
from tests.newsroom import Newsroom, translate


def test_an_item_has_one_key_in_every_language(city: City, seed: Seed) -> None:
    swedish, ukrainian = (city.get(f"/{language}/news/{seed.id}") for language in ("sv", "uk"))
    assert swedish["id"] == ukrainian["id"] == seed.id
    assert (swedish["title"], ukrainian["title"]) == (seed.article.title, "Умео починає співпрацю з Херсоном")


def test_alternates_are_reciprocal_and_in_the_headers(city: City, seed: Seed) -> None:
    said = {language: city.get(f"/{language}/news/{seed.id}")["alternates"] for language in ("sv", "uk")}
    assert said["sv"] == said["uk"]
    assert [alternate["language"] for alternate in said["sv"]] == ["sv", "uk"]
    link = city.ask(f"/sv/news/{seed.id}")["Link"]
    for alternate in said["sv"]:
        assert f'<{alternate["url"]}>; rel="alternate"; hreflang="{alternate["language"]}"' in link
        assert city.ask("/" + alternate["url"].removeprefix("http://testserver")).status_code == 200


def test_a_language_that_is_missing_is_said_to_be_missing(city: City, seed: Seed) -> None:
    problem = city.problem(f"/fi/news/{seed.id}", "not-in-this-language")
    assert problem["available_languages"] == [
        {"language": language, "url": f"http://testserver/content/v1/{language}/news/{seed.id}"}
        for language in ("sv", "uk")
    ]


def test_fallback_says_which_language_it_is(city: City, seed: Seed) -> None:
    item = city.get(f"/fi/news/{seed.id}?fallback=en,uk,sv")
    assert (item["requested_language"], item["language"], item["is_fallback"]) == ("fi", "uk", True)
    assert item["title"] == "Умео починає співпрацю з Херсоном"


def test_fallback_prefers_what_was_asked_for(city: City, seed: Seed) -> None:
    item = city.get(f"/sv/news/{seed.id}?fallback=uk")
    assert (item["language"], item["is_fallback"]) == ("sv", False)


@pytest.mark.parametrize("query", ["", "?fallback=sv", "?fallback=uk,sv"])
@pytest.mark.parametrize("language", ["sv", "uk", "fi", "en"])
def test_no_document_is_in_a_language_that_was_not_allowed(city: City, seed: Seed, language: str, query: str) -> None:
    allowed = {language, *query.removeprefix("?fallback=").split(",")} - {""}
    for kind in ("news", "people", "partners", "partnerships", "topics"):
        answer = city.ask(f"/{language}/{kind}{query}{'&' if query else '?'}include=body")
        found = {document["language"] for document in documents_inside(answer.json())} - {None}
        assert found <= allowed
        told = set(answer["Content-Language"].split(", "))
        assert told == (found | originals_inside(answer.json()) or {language})


def test_linked_documents_follow_the_same_chain_and_say_so(city: City, seed: Seed) -> None:
    strict = city.get(f"/uk/news/{seed.id}")
    [topic, *_] = strict["topics"]
    assert topic == {"kind": "topics", "id": topic["id"], "language": None, "available_languages": ["sv"]}
    [topic, *_] = city.get(f"/uk/news/{seed.id}?fallback=sv")["topics"]
    assert (topic["language"], topic["is_fallback"], topic["title"]) == ("sv", True, "Demokrati")
    assert city.ask(f"/uk/news/{seed.id}?fallback=sv")["Content-Language"] == "uk, sv"


def test_words_that_stand_there_as_they_were_said_count_as_a_language_inside(city: City, seed: Seed) -> None:
    answer = city.ask(f"/uk/news/{seed.id}")
    quotes = [block for block in answer.json()["body"] if block["type"] == "quote"]
    assert {quote["original"]["language"] for quote in quotes if quote["original"]} == {"sv"}
    assert answer["Content-Language"] == "uk, sv"


def test_changes_name_the_languages_of_the_texts_they_bring(city: City, seed: Seed) -> None:
    assert set(city.ask("/changes?include=document&limit=100")["Content-Language"].split(", ")) >= {"sv", "uk"}
    assert "Content-Language" not in city.ask("/changes").headers


def test_a_tombstone_never_turns_into_another_languages_text(city: City, seed: Seed) -> None:
    gone(seed.article.translation_key, "unpublished", languages=["uk"])
    problem = city.problem(f"/uk/news/{seed.id}?fallback=sv", "gone")
    assert [available["language"] for available in problem["available_languages"]] == ["sv"]
    assert seed.id not in {item["id"] for item in city.get("/uk/news?fallback=sv")["items"]}


def test_lists_with_fallback_give_each_item_once_in_the_best_language(city: City, seed: Seed) -> None:
    translate(seed.vitalii, "en", {})
    people = city.get("/en/people?fallback=uk,sv")["items"]
    assert sorted(person["language"] for person in people) == ["en", "uk", "uk"]
    assert len({person["id"] for person in people}) == 3


def test_home_takes_a_fallback_too(city: City, room: Newsroom) -> None:
    home: dict[str, Any] = city.get("/uk/home?fallback=sv")
    assert (home["language"], home["kind"], home["path"]) == ("uk", "home", "/uk")


def test_the_hubs_languages_are_named_in_themselves(city: City, room: Newsroom) -> None:
    assert [(found["language"], found["name"]) for found in city.get("/languages")] == [
        ("sv", "svenska"),
        ("uk", "українська"),
        ("fi", "suomi"),
        ("en", "English"),
    ]
    for found in city.get("/languages"):
        assert city.get("/" + found["url"].removeprefix("http://testserver"))["language"] == found["language"]


def test_a_hub_does_not_start_without_a_language_that_it_has_texts_in(seed: Seed, settings: Settings) -> None:
    assert [problem for problem in run_checks(databases=["default"]) if problem.id == "publications.E002"] == []
    settings.WAGTAIL_CONTENT_LANGUAGES = [("sv", "Swedish"), ("fi", "Finnish")]
    [problem] = [problem for problem in run_checks(databases=["default"]) if problem.id == "publications.E002"]
    assert problem.is_serious()
    assert problem.msg == "There are published texts in languages that LANGUAGES does not name: en, uk."
