"""Everything that changed, in order: whoever follows it has what the hub has, and is told when there is no way on."""

import base64
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from wagtail.models import PageViewRestriction

from cms.publications.by_hand import gone, redirect, vanish, withdraw
from cms.publications.models import Counter, Publication
from frontend_contract.models.shape import KINDS
from tests.cities.conftest import Seed
from tests.contract.city import City
from tests.newsroom import publish

ENTRY = {"id", "kind", "language", "status", "changed_at", "url", "reason", "alternative"}
UMEA = "https://www.umea.se/"


def follow(city: City, query: str = "", *, limit: int = 100, cursor: str = "") -> Iterator[dict[str, Any]]:
    """Give every change since a cursor, asking as often as there is more."""
    more = True
    while more:
        answer = city.get(f"/changes?limit={limit}{query}" + (f"&cursor={cursor}" if cursor else ""))
        yield from answer["items"]
        cursor, more = answer["next_cursor"], answer["has_more"]


def entry_of(city: City, key: Any, language: str = "sv") -> dict[str, Any]:
    [found] = [entry for entry in follow(city) if (entry["id"], entry["language"]) == (str(key), language)]
    return found


# --- what is told -----------------------------------------------------------------------------------------------------


def test_an_answer_is_entries_a_cursor_and_whether_there_is_more(city: City, seed: Seed) -> None:
    answer = city.get("/changes")
    assert list(answer) == ["items", "next_cursor", "has_more"]
    assert all(set(entry) == ENTRY for entry in answer["items"])


def test_without_a_cursor_it_begins_at_the_beginning(city: City, seed: Seed) -> None:
    told = [(entry["id"], entry["language"]) for entry in follow(city)]
    rows = Publication.objects.order_by("sequence").values_list("key", "language")
    assert told == [(str(key), language) for key, language in rows]


def test_a_published_item_is_told_with_its_address(city: City, seed: Seed) -> None:
    entry = entry_of(city, seed.id)
    assert {name: entry[name] for name in ENTRY - {"changed_at"}} == {
        "id": seed.id,
        "kind": "news",
        "language": "sv",
        "status": "published",
        "url": f"http://testserver/content/v1/sv/news/{seed.id}",
        "reason": None,
        "alternative": None,
    }
    assert city.get(f"/sv/news/{seed.id}")["status"] == entry["status"]


def test_a_withdrawn_item_keeps_its_address(city: City, seed: Seed) -> None:
    withdraw(seed.article.translation_key, "Artikeln är återkallad.", ["sv"])
    entry = entry_of(city, seed.id)
    assert (entry["status"], entry["url"]) == ("withdrawn", f"http://testserver/content/v1/sv/news/{seed.id}")


def _gone(seed: Seed) -> None:
    gone(seed.article.translation_key, "merged", UMEA)


def _restrict(seed: Seed) -> None:
    PageViewRestriction.objects.create(page=seed.article, restriction_type="login")


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (_gone, ("gone", "merged", UMEA)),
        (lambda seed: seed.article.unpublish(), ("gone", "unpublished", None)),
        (lambda seed: seed.article.delete(), ("gone", "deleted", None)),
        (lambda seed: vanish(seed.article.translation_key), ("vanished", None, None)),
        (_restrict, ("vanished", None, None)),
    ],
)
def test_a_tombstone_says_why_and_where_to_go_instead(
    city: City, seed: Seed, act: Callable[[Seed], object], told: tuple[str | None, ...]
) -> None:
    cursor = city.get("/changes")["next_cursor"]
    act(seed)
    [entry] = [entry for entry in follow(city, cursor=cursor) if (entry["id"], entry["language"]) == (seed.id, "sv")]
    assert (entry["status"], entry["reason"], entry["alternative"]) == told
    assert entry["url"] is None
    assert seed.article.title not in str(entry)
    assert seed.article.slug not in str(entry)


def test_a_replaced_item_names_the_one_that_replaced_it(city: City, seed: Seed) -> None:
    redirect(seed.janet.translation_key, seed.anders.translation_key)
    entry = entry_of(city, seed.janet.translation_key)
    there = f"http://testserver/content/v1/sv/people/{seed.anders.translation_key}"
    assert (entry["status"], entry["url"], entry["alternative"]) == ("redirected", None, there)
    assert city.ask(f"/sv/people/{seed.janet.translation_key}")["Location"] == there


def test_each_publication_comes_once_at_its_latest_change(city: City, seed: Seed) -> None:
    for lead in ("Första.", "Andra.", "Tredje."):
        seed.article.lead = lead
        seed.article = publish(seed.article)
        city.get("/sv/news")
    entries = [(entry["id"], entry["language"]) for entry in follow(city)]
    assert len(entries) == len(set(entries))
    assert set(entries[-2:]) == {(seed.id, "sv"), (seed.id, "uk")}


def test_the_whole_object_comes_along_when_asked_for(city: City, seed: Seed) -> None:
    withdraw(seed.article.translation_key, "Artikeln är återkallad.", ["sv"])
    vanish(seed.vitalii.translation_key)
    for entry in follow(city, "&include=document"):
        assert set(entry) == {*ENTRY, "document"}
        address = "home" if entry["kind"] == "home" else f"{entry['kind']}/{entry['id']}"
        expected = city.get(f"/{entry['language']}/{address}") if entry["url"] else None
        assert entry["document"] == expected


# --- how it goes on ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "&language=uk", "&language=sv,uk&kind=news", "&kind=home&include=document"])
def test_nothing_new_gives_no_items_and_the_same_cursor(city: City, seed: Seed, query: str) -> None:
    cursor = city.get(f"/changes?limit=100{query}")["next_cursor"]
    answer = city.get(f"/changes?cursor={cursor}{query}")
    assert (answer["items"], answer["next_cursor"], answer["has_more"]) == ([], cursor, False)


def test_what_changes_elsewhere_is_nothing_new(city: City, seed: Seed) -> None:
    cursor = city.get("/changes?language=fi")["next_cursor"]
    seed.article.lead = "Ett nytt samarbete."
    publish(seed.article)
    answer = city.get(f"/changes?language=fi&cursor={cursor}")
    assert (answer["items"], answer["next_cursor"]) == ([], cursor)


def test_nothing_new_costs_one_question(city: City, seed: Seed) -> None:
    cursor = city.get("/changes")["next_cursor"]
    with CaptureQueriesContext(connection) as queries:
        city.get(f"/changes?cursor={cursor}")
    assert len(queries) == 1


@pytest.mark.parametrize("limit", [1, 3, 100])
def test_however_small_the_steps_they_lead_to_the_same_end(city: City, seed: Seed, limit: int) -> None:
    assert list(follow(city, limit=limit)) == city.get("/changes")["items"]


def test_a_step_has_at_most_a_hundred_entries(city: City, seed: Seed) -> None:
    answer = city.get("/changes?limit=2")
    assert (len(answer["items"]), answer["has_more"]) == (2, True)
    for limit in (0, 101):
        allowed = city.problem(f"/changes?limit={limit}", "invalid-parameters")["allowed"]
        assert allowed["limit"] == "1 to 100"


def test_a_cursor_fits_into_any_address(city: City, seed: Seed) -> None:
    for query in ("", "?language=sv,uk", "?kind=news"):
        assert re.fullmatch(r"[A-Za-z0-9\-_.]+", city.get(f"/changes{query}")["next_cursor"])


def test_a_cursor_shows_nothing_and_two_of_them_no_more(city: City, seed: Seed) -> None:
    cursors = [city.get(f"/changes?limit={limit}")["next_cursor"] for limit in range(1, 9)]
    known = [Counter.objects.get().epoch.encode(), b"news", b"sv"]
    for cursor in cursors:
        said = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        assert not any(word in said for word in known)
        assert len(cursor) <= 44
    unlike = [sum(map(str.__eq__, one, other)) for one, other in pairwise(cursors)]
    assert max(unlike) < 10, "cursors of neighbours have no more in common than the name of their secret and chance"


def test_the_same_place_has_the_same_cursor_however_it_is_reached(city: City, seed: Seed) -> None:
    at_once = city.get("/changes?limit=4")["next_cursor"]
    half = city.get("/changes?limit=2")["next_cursor"]
    assert city.get(f"/changes?limit=2&cursor={half}")["next_cursor"] == at_once


def test_a_new_secret_beside_the_former_one_loses_nobody(city: City, seed: Seed, settings: Settings) -> None:
    cursor = city.get("/changes?limit=2")["next_cursor"]
    rest = city.get(f"/changes?cursor={cursor}")["items"]
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new " * 20, [settings.SECRET_KEY]
    answer = city.get(f"/changes?cursor={cursor}")
    assert answer["items"] == rest != []
    settings.SECRET_KEY_FALLBACKS = []
    assert city.get(f"/changes?cursor={answer['next_cursor']}")["items"] == []


def test_a_new_secret_alone_says_how_to_begin_again(city: City, seed: Seed, settings: Settings) -> None:
    cursor = city.get("/changes")["next_cursor"]
    settings.SECRET_KEY = "new " * 20
    problem = city.problem(f"/changes?cursor={cursor}", "cursor-expired")
    assert "without a cursor" in problem["detail"]


def test_languages_and_kinds_narrow_the_changes_and_lose_none(city: City, seed: Seed) -> None:
    gone(seed.vitalii.translation_key, "mistake")
    everything = list(follow(city))
    for languages, kinds in ((["uk"], ["people", "news"]), (["sv", "fi"], list(KINDS)), (["sv"], ["home"])):
        query = f"&language={','.join(languages)}&kind={','.join(kinds)}"
        expected = [e for e in everything if e["language"] in languages and e["kind"] in kinds]
        assert list(follow(city, query, limit=2)) == expected != []


def test_a_cursor_is_bound_to_its_languages_and_kinds(city: City, seed: Seed) -> None:
    cursor = city.get("/changes?language=sv,uk&kind=news")["next_cursor"]
    assert city.get(f"/changes?language=uk,sv&kind=news&cursor={cursor}")["items"] == []
    for query in ("language=sv&kind=news&", "language=sv,uk&kind=news,people&", "language=sv,uk&", "kind=news&", ""):
        city.problem(f"/changes?{query}cursor={cursor}", "invalid-cursor")


@pytest.mark.parametrize("cursor", ["abc", "djE.YWJjLjQy", "....", "a" * 200, "MS4uMC4", "-", "_"])
def test_what_is_no_cursor_is_refused(city: City, seed: Seed, cursor: str) -> None:
    assert city.problem(f"/changes?cursor={cursor}", "invalid-cursor")["status"] == 400


def test_a_cursor_that_was_tampered_with_is_refused(city: City, seed: Seed) -> None:
    cursor = city.get("/changes?language=sv")["next_cursor"]
    others = {"A": "B"}
    mistyped = [cursor[:at] + others.get(cursor[at], "A") + cursor[at + 1 :] for at in range(len(cursor))]
    for other in (cursor[:-2], cursor + "A", cursor.swapcase(), cursor[1:] + cursor[0], *mistyped):
        assert city.ask(f"/changes?language=sv&cursor={other}").status_code == 400


def test_the_cursor_of_another_epoch_says_how_to_begin_again(city: City, seed: Seed) -> None:
    cursor = city.get("/changes")["next_cursor"]
    Counter.objects.update(epoch="another")
    problem = city.problem(f"/changes?cursor={cursor}", "cursor-expired")
    assert problem["status"] == 410
    assert "without a cursor" in problem["detail"]
    assert city.get("/changes")["items"]


def test_a_cursor_from_after_the_backup_that_the_hub_was_restored_from_is_void(city: City, seed: Seed) -> None:
    cursor = city.get("/changes")["next_cursor"]
    Counter.objects.update(value=Counter.objects.get().value - 1)
    city.problem(f"/changes?cursor={cursor}", "cursor-expired")
