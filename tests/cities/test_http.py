"""HTTP as caches and browsers understand it."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.urls import get_resolver
from django.utils.http import http_date

from cms.api.kept import cache_control
from news.models import NewsPage
from tests.cities.conftest import Seed
from tests.contract.city import City
from tests.newsroom import add, publish

ADDRESSES = [
    "/sv/news",
    "/sv/news/{id}",
    "/fi/news/{id}?fallback=sv",
    "/sv/home",
    "/changes",
    "/status",
    "/sv/lookup?path=/sv/umea/news/umea-ingar-samarbete-med-cherson",
    "/languages",
    "/api-info",
]
ADDRESSES += ["/openapi.json", "//sv/umea/news/umea-ingar-samarbete-med-cherson"]

same = pytest.mark.parametrize("address", ADDRESSES)


@same
def test_what_one_already_has_is_not_sent_again(city: City, seed: Seed, address: str) -> None:
    address = address.replace("{id}", seed.id)
    first = city.ask(address)
    for tag in (first["ETag"], "*", f'"other", {first["ETag"]}', f"W/{first['ETag']}"):
        again = city.ask(address, If_None_Match=tag)
        assert (again.status_code, again.content) == (304, b"")
        kept = {"ETag", "Cache-Control", "Vary", "Access-Control-Allow-Origin"}
        assert {name: again.get(name) for name in kept} == {name: first.get(name) for name in kept}
        assert not {"Content-Type", "Content-Length", "Link", "Surrogate-Key"} & set(again.headers)


@same
def test_another_entity_tag_gets_the_answer(city: City, seed: Seed, address: str) -> None:
    address = address.replace("{id}", seed.id)
    assert city.ask(address, If_None_Match='"other"').status_code == 200


@same
def test_head_is_get_without_the_body(city: City, seed: Seed, address: str) -> None:
    address = address.replace("{id}", seed.id)
    get, head = city.ask(address), city.ask(address, method="HEAD")
    assert head.content == b""
    assert dict(head.headers) == dict(get.headers)
    assert int(head["Content-Length"]) == len(get.content)


def test_the_entity_tag_changes_with_the_item_and_only_then(city: City, seed: Seed) -> None:
    before = city.ask(f"/sv/news/{seed.id}")["ETag"]
    assert city.ask(f"/sv/news/{seed.id}")["ETag"] == before
    seed.article.lead = "Ett nytt samarbete."
    publish(seed.article)
    assert city.ask(f"/sv/news/{seed.id}")["ETag"] != before


def test_if_modified_since_counts_only_without_an_entity_tag(city: City, seed: Seed) -> None:
    address = f"/sv/news/{seed.id}"
    modified = city.ask(address)["Last-Modified"]
    assert city.ask(address, If_Modified_Since=modified).status_code == 304
    assert city.ask(address, If_Modified_Since=http_date(0)).status_code == 200
    assert city.ask(address, If_Modified_Since=modified, If_None_Match='"other"').status_code == 200


def test_a_condition_that_does_not_hold_is_a_problem(city: City, seed: Seed) -> None:
    city.problem(f"/sv/news/{seed.id}", "precondition-failed", If_Match='"other"')


def test_answers_may_be_kept_a_minute_and_used_a_day_without_the_hub(city: City, seed: Seed) -> None:
    expected = "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400"
    assert city.ask(f"/sv/news/{seed.id}")["Cache-Control"] == expected


NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (20, "public, max-age=20, stale-while-revalidate=0, stale-if-error=0"),
        (200, "public, max-age=60, stale-while-revalidate=140, stale-if-error=140"),
        (-5, "public, max-age=0, stale-while-revalidate=0, stale-if-error=0"),
    ],
)
def test_nothing_is_kept_past_the_next_known_change(left: int, expected: str) -> None:
    with patch("cms.api.kept.time", return_value=NOW.timestamp()):
        assert cache_control(NOW.timestamp() + left) == expected


def test_an_item_that_expires_is_not_kept_longer_and_neither_is_what_shows_it(city: City, seed: Seed) -> None:
    seed.vitalii.expire_at = datetime.now(UTC) + timedelta(seconds=30)
    publish(seed.vitalii)
    for address in (f"/sv/people/{seed.vitalii.translation_key}", f"/sv/news/{seed.id}", "/sv/people", "/changes"):
        age = int(city.ask(address)["Cache-Control"].split("max-age=")[1].split(",")[0])
        assert age <= 30, address


def test_a_coming_publication_shortens_nothing(city: City, seed: Seed) -> None:
    coming = add(seed.room.news("umea", "sv"), NewsPage(title="Ansökan har lämnats in", lead="Nytt."))
    coming.go_live_at = datetime.now(UTC) + timedelta(seconds=30)
    coming.save_revision().publish()
    assert "max-age=60" in city.ask("/sv/news")["Cache-Control"]


def test_caches_can_forget_by_key(city: City, seed: Seed) -> None:
    keys = city.ask(f"/sv/news/{seed.id}")["Surrogate-Key"].split()
    assert keys[0] == seed.id.replace("-", "")[:12]
    assert str(seed.janet.translation_key).replace("-", "")[:12] in keys


def test_any_site_may_read(city: City, seed: Seed) -> None:
    assert city.ask("/sv/news", Origin="https://www.umea.se")["Access-Control-Allow-Origin"] == "*"
    preflight = city.ask("/sv/news", method="OPTIONS", Origin="https://www.umea.se")
    assert preflight.status_code == 204
    assert "If-None-Match" in preflight["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("accept", ["sv", "uk;q=0.9, en", "xx"])
def test_the_visitors_language_changes_nothing(city: City, seed: Seed, accept: str) -> None:
    for address in (f"/sv/news/{seed.id}", "//sv"):
        assert city.ask(address, Accept_Language=accept).content == city.ask(address).content


def test_absolute_addresses_never_come_from_the_host_header(city: City, seed: Seed) -> None:
    assert city.ask(f"/sv/news/{seed.id}", Host="localhost").content == city.ask(f"/sv/news/{seed.id}").content


def test_there_is_one_spelling_of_each_address() -> None:
    patterns = [str(pattern.pattern) for pattern in get_resolver("cms.api.urls").url_patterns]
    assert not [pattern for pattern in patterns if pattern.endswith("/")]
