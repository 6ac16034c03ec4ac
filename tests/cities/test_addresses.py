"""Identity, addresses and dates: what stays, what moves, and which clock each date is read from."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from django.utils import timezone

from cms.publications.by_hand import vanish
from cms.publications.models import Publication
from home.models import InfoPage
from news.models import ChangeNote, NewsPage
from tests.cities.conftest import Seed
from tests.contract.city import City
from tests.newsroom import Newsroom, add, publish, translate

HUB = "http://testserver"
PATHS = {
    "news": r"/sv/umea/news/[a-z0-9\-]+",
    "people": r"/sv/(umea|kherson)/people/[a-z0-9\-]+",
    "partnerships": r"/sv/umea/partnerships/[a-z0-9\-]+",
    "partners": r"/sv/partners/(umea|kherson)",
    "topics": r"/sv/topics/[a-z0-9\-]+",
    "pages": r"/sv/umea/pages/[a-z0-9\-]+",
}


def test_an_item_keeps_its_id_whatever_happens_to_its_addresses(city: City, seed: Seed) -> None:
    seed.article.move(seed.room.news("kherson", "sv"), pos="last-child")
    assert city.get(f"/sv/news/{seed.id}")["path"].startswith("/sv/kherson/news/")
    seed.article = NewsPage.objects.get(pk=seed.article.pk)
    seed.article.title = "Umeå och Cherson arbetar vidare"
    publish(seed.article)
    assert city.get(f"/sv/news/{seed.id}")["id"] == city.get(f"/uk/news/{seed.id}")["id"] == seed.id


@pytest.mark.parametrize("kind", PATHS)
def test_a_path_says_language_section_kind_and_slug(city: City, seed: Seed, kind: str) -> None:
    publish(add(seed.room.section("umea", "sv"), InfoPage(title="Om samarbetet", lead="Tre städer.")))
    items = city.get(f"/sv/{kind}")["items"]
    assert items
    for item in items:
        assert re.fullmatch(PATHS[kind], item["path"])
        assert item["path"].endswith(f"/{item['slug']}")


def test_no_two_items_share_a_path(city: City, seed: Seed) -> None:
    publish(add(seed.room.news("umea", "sv"), NewsPage(title=seed.article.title, lead="En till.")))
    changes = city.get("/changes?include=document")["items"]
    paths = [entry["document"]["path"] for entry in changes if entry["document"]]
    assert len(paths) == len(set(paths)) > 10


def test_a_slug_is_latin_and_stays_when_the_title_changes(city: City, room: Newsroom) -> None:
    page = publish(add(room.news("kherson", "uk"), NewsPage(title="Херсон приймає гостей", lead="Новини.")))
    before = city.get(f"/uk/news/{page.translation_key}")
    page.title = "Гості вже в Херсоні"
    publish(page)
    after = city.get(f"/uk/news/{page.translation_key}")
    assert (
        (after["slug"], after["path"])
        == (before["slug"], before["path"])
        == ("kherson-pryimaie-hostei", before["path"])
    )
    assert after["title"] != before["title"]


def test_a_page_for_people_stands_at_the_path(city: City, seed: Seed) -> None:
    item = city.get(f"/sv/news/{seed.id}")
    assert item["_links"]["html"]["href"] == f"{HUB}{item['path']}"
    page = city.ask(f"/{item['path']}")
    assert (page.status_code, page["X-Robots-Tag"]) == (200, "noindex")


def test_the_owners_own_page_is_named_only_when_there_is_one(city: City, seed: Seed) -> None:
    assert city.get(f"/sv/news/{seed.id}")["attribution"]["canonical_url"] is None
    seed.article.canonical_url = "https://www.umea.se/nyheter/cherson"
    publish(seed.article)
    assert city.get(f"/sv/news/{seed.id}")["attribution"]["canonical_url"] == "https://www.umea.se/nyheter/cherson"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "testserver:8000"])
def test_absolute_addresses_begin_with_the_public_one(city: City, seed: Seed, host: str) -> None:
    for address in (f"/sv/news/{seed.id}", "/sv/news", "/changes", "/languages", "/api-info", "//sv"):
        told = city.ask(address, Host=host).content.decode()
        assert host not in told.replace(HUB, ""), address


def test_the_date_for_readers_is_the_same_in_all_languages(city: City, seed: Seed) -> None:
    assert city.get(f"/sv/news/{seed.id}")["published_at"] == city.get(f"/uk/news/{seed.id}")["published_at"]


def test_the_date_for_readers_is_when_the_source_was_first_published_unless_the_editor_says_another(
    city: City, room: Newsroom
) -> None:
    article = publish(add(room.news("umea", "sv"), NewsPage(title="Delegationen är på plats", lead="Nytt.")))
    first = city.get(f"/sv/news/{article.translation_key}")
    assert first["published_at"] == first["first_published_at"]
    translate(article, "uk", {})
    assert city.get(f"/uk/news/{article.translation_key}")["published_at"] == first["published_at"]
    article = NewsPage.objects.get(pk=article.pk)
    article.published_at = datetime(2024, 6, 10, 6, tzinfo=UTC)
    publish(article)
    for language in ("sv", "uk"):
        assert city.get(f"/{language}/news/{article.translation_key}")["published_at"] == "2024-06-10T06:00:00Z"


def test_each_language_says_since_when_it_has_been_there(city: City, seed: Seed) -> None:
    before = city.get(f"/sv/news/{seed.id}")["first_published_at"]
    later = timezone.now() + timedelta(days=3)
    type(seed.ukrainian).objects.filter(pk=seed.ukrainian.pk).update(first_published_at=later)
    publish(NewsPage.objects.get(pk=seed.ukrainian.pk))
    assert city.get(f"/uk/news/{seed.id}")["first_published_at"] == later.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert city.get(f"/sv/news/{seed.id}")["first_published_at"] == before


@pytest.mark.parametrize(("weight", "moves"), [("major", True), ("minor", False)])
def test_only_a_major_change_shows_readers_a_new_date(city: City, seed: Seed, weight: str, moves: bool) -> None:
    before = city.get(f"/sv/news/{seed.id}")["updated_at"]
    at = datetime(2024, 7, 1, 9, tzinfo=UTC)
    seed.article.change_notes = [ChangeNote(weight=weight, at=at, text="Rättad titel på vice borgmästaren.")]
    publish(seed.article)
    item = city.get(f"/sv/news/{seed.id}")
    assert (item["updated_at"] == "2024-07-01T09:00:00Z") == moves
    assert (item["updated_at"] == before) != moves
    assert item["change_note"] == ("Rättad titel på vice borgmästaren." if moves else None)


def test_last_modified_is_the_last_change_of_any_kind(city: City, seed: Seed) -> None:
    address = f"/sv/news/{seed.id}"
    yesterday = _last_modified(city, address) - timedelta(days=1)
    Publication.objects.update(changed_at=yesterday)
    assert _last_modified(city, address) == yesterday
    cursor = city.get("/changes")["next_cursor"]
    seed.janet.title = "Janet Å. Ågren"
    publish(seed.janet)
    after = _last_modified(city, address)
    assert after > yesterday
    [entry] = [
        entry
        for entry in city.get(f"/changes?cursor={cursor}")["items"]
        if (entry["id"], entry["language"]) == (seed.id, "sv")
    ]
    assert datetime.fromisoformat(entry["changed_at"]) == after
    assert city.get(address)["updated_at"] == city.get(address)["published_at"]


def _last_modified(city: City, address: str) -> datetime:
    return parsedate_to_datetime(city.ask(address)["Last-Modified"])


def test_a_slug_in_capitals_is_answered_with_the_right_address(city: City, seed: Seed) -> None:
    slug = city.get(f"/sv/news/{seed.id}")["slug"]
    for typed in (slug.upper(), slug.title()):
        problem = city.problem(f"/sv/news/{typed}", "not-found")
        assert problem["detail"].endswith(f"in lower case: use {HUB}/content/v1/sv/news/{seed.id}")


def test_a_slug_in_capitals_of_what_vanished_looks_as_if_it_never_was(city: City, seed: Seed) -> None:
    slug = city.get(f"/sv/news/{seed.id}")["slug"]
    vanish(seed.article.translation_key)
    details = {city.problem(f"/sv/news/{typed}", "not-found")["detail"] for typed in (slug.upper(), "NO-SUCH")}
    assert len(details) == 1
