"""What became of an item: withdrawn, redirected, gone, vanished."""

from typing import Any
from uuid import uuid4

from cms.publications.by_hand import gone, redirect, vanish, withdraw
from tests.cities.conftest import Seed
from tests.contract.city import City


def test_a_withdrawn_item_stays_readable_with_a_notice_and_leaves_the_lists(city: City, seed: Seed) -> None:
    withdraw(seed.article.translation_key, "Artikeln är återkallad.", ["sv"])
    item = city.get(f"/sv/news/{seed.id}")
    assert (item["status"], item["notice"]["text"]) == ("withdrawn", "Artikeln är återkallad.")
    assert city.get("/sv/news")["total"] == 0
    assert _change(city, seed.id, "sv")["url"] == f"http://testserver/content/v1/sv/news/{seed.id}"


def test_an_unpublished_item_is_gone_and_says_where_it_still_is(city: City, seed: Seed) -> None:
    seed.ukrainian.unpublish()
    problem = city.problem(f"/uk/news/{seed.id}", "gone")
    assert problem["reason"] == "unpublished"
    assert [found["language"] for found in problem["available_languages"]] == ["sv"]
    change = _change(city, seed.id, "uk")
    assert (change["status"], change["url"], change["reason"]) == ("gone", None, "unpublished")


def test_a_gone_item_names_its_alternative(city: City, seed: Seed) -> None:
    gone(seed.article.translation_key, "merged", "https://www.umea.se/")
    problem = city.problem(f"/sv/news/{seed.id}", "gone")
    assert (problem["reason"], problem["alternative"]) == ("merged", "https://www.umea.se/")
    assert seed.article.title not in str(problem)


def test_a_replaced_item_leads_to_the_one_that_replaced_it(city: City, seed: Seed) -> None:
    redirect(seed.janet.translation_key, seed.anders.translation_key)
    response = city.ask(f"/sv/people/{seed.janet.translation_key}?fallback=uk")
    assert response.status_code == 308
    assert response["Location"].endswith(f"/content/v1/sv/people/{seed.anders.translation_key}?fallback=uk")


def test_an_item_that_was_replaced_twice_leads_to_the_last(city: City, seed: Seed) -> None:
    redirect(seed.janet.translation_key, seed.anders.translation_key)
    redirect(seed.anders.translation_key, seed.vitalii.translation_key)
    response = city.ask(f"/sv/people/{seed.janet.translation_key}")
    assert response["Location"].endswith(f"/content/v1/sv/people/{seed.vitalii.translation_key}")
    vanish(seed.vitalii.translation_key)
    city.problem(f"/sv/people/{seed.janet.translation_key}", "gone")


def test_a_slug_leads_to_the_key(city: City, seed: Seed) -> None:
    response = city.ask(f"/sv/news/{seed.article.slug}?fallback=uk")
    assert response.status_code == 308
    assert response["Location"] == f"http://testserver/content/v1/sv/news/{seed.id}?fallback=uk"
    city.problem(f"/fi/news/{seed.article.slug}", "not-found")


def test_a_vanished_item_looks_exactly_like_one_that_never_was(city: City, seed: Seed) -> None:
    vanish(seed.article.translation_key)
    unknown = str(uuid4())
    vanished, never = (city.ask(f"/sv/news/{key}") for key in (seed.id, unknown))
    assert vanished.content.decode().replace(seed.id, unknown) == never.content.decode()
    assert dict(vanished.headers) == dict(never.headers)
    change = _change(city, seed.id, "sv")
    assert {name: change[name] for name in ("status", "url", "reason", "alternative")} == {
        "status": "vanished",
        "url": None,
        "reason": None,
        "alternative": None,
    }


def test_a_person_who_is_gone_speaks_no_more(city: City, seed: Seed) -> None:
    vanish(seed.janet.translation_key)
    answer = city.ask(f"/sv/news/{seed.id}")
    assert next(block["speaker"] for block in answer.json()["body"] if block["type"] == "quote") is None
    assert "Janet" not in answer.content.decode()


def _change(city: City, key: str, language: str) -> dict[str, Any]:
    entries = city.get(f"/changes?language={language}")["items"]
    [found] = [entry for entry in entries if entry["id"] == key]
    return dict(found)
