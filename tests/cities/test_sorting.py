"""The order of lists: by date, or by the alphabet of the language; ties by `id`."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cms.content.alphabets import title_key
from cms.publications.by_hand import vanish
from cms.publications.models import Publication
from news.models import NewsPage
from tests.cities.conftest import Seed
from tests.contract.city import City
from tests.newsroom import add, publish
from tests.publishing import publish_noted

SWEDISH = ["2024 i korthet", "Agronomi", "Cherson", "Kherson", "Vaasa", "Wien", "Zürich", "Åbo", "Äpplen", "Östersund"]
UKRAINIAN = [
    *("Гора", "Ґрунт", "Дім", "Енергія", "Єдність", "Жито", "Ива", "Іскра", "Їжак", "Йод", "Умео", "Щука", "Юнак"),
    *("Яблуко", "Umeå"),
]


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("sv", SWEDISH),
        ("fi", ["Ahola", "Vaasa", "Wasa", "Yliopisto", "Zoologia", "Åbo", "Äiti", "Öljy"]),
        ("uk", UKRAINIAN),
        ("en", ["Alesund", "Ålesund", "Anchor", "Östersund", "Oulu", "Umeå", "Vaasa"]),
        ("sv", ["Demokrati", "”Demokrati”", "demokrati i Cherson", "Demokrati – i Umeå", "Demokratin"]),
        ("uk", ["Обʼєднання", "Об’єкт", "Область"]),
    ],
)
def test_titles_stand_in_the_order_of_their_languages_alphabet(language: str, titles: list[str]) -> None:
    assert sorted(set(titles), key=lambda title: title_key(title, language)) == titles


@pytest.mark.parametrize("title", ["", "…", "Å" * 1000, "東京", "Ελλάδα", "🌻", "İstanbul", "\u0301", "ﬁ"])
@pytest.mark.parametrize("language", ["sv", "uk", "sv-FI", "xx"])
def test_every_title_has_a_place_that_fits_into_an_index(title: str, language: str) -> None:
    assert len(title_key(title, language)) < 1_000


@pytest.mark.parametrize(("language", "titles"), [("sv", SWEDISH), ("uk", UKRAINIAN)])
def test_lists_are_sorted_by_the_alphabet_on_every_database(
    city: City, seed: Seed, language: str, titles: list[str]
) -> None:
    for title in sorted(titles, reverse=True):
        publish(add(seed.room.news("umea", language), NewsPage(title=title, lead="Exempel.")))
    found = [item["title"] for item in city.get(f"/{language}/news?sort=title")["items"]]
    assert [title for title in found if title in titles] == titles


def test_a_new_title_takes_its_new_place(city: City, seed: Seed) -> None:
    page = publish(add(seed.room.news("umea", "sv"), NewsPage(title="Östersund", lead="Exempel.")))
    assert _titles(city, "/sv/news?sort=title")[-1] == "Östersund"
    page.title = "Arvika"
    publish(page)
    assert _titles(city, "/sv/news?sort=title")[0] == "Arvika"


def test_a_tombstone_keeps_nothing_of_its_title(city: City, seed: Seed) -> None:
    vanish(seed.article.translation_key)
    assert {bytes(key) for key in _of(seed).values_list("title_key", flat=True)} == {b""}


@pytest.mark.parametrize(
    ("sort", "field", "backwards"),
    [
        ("", "published_at", True),
        ("-published_at", "published_at", True),
        ("published_at", "published_at", False),
        ("-updated_at", "updated_at", True),
        ("updated_at", "updated_at", False),
    ],
)
def test_lists_are_sorted_by_date_and_ties_by_id(
    city: City, seed: Seed, sort: str, field: str, backwards: bool
) -> None:
    _write_at_few_times(seed)
    asked = f"&sort={sort}" if sort else ""
    items = [item for page in range(1, 5) for item in city.get(f"/sv/news?limit=3&page={page}{asked}")["items"]]
    by_id = sorted(items, key=lambda item: str(item["id"]))
    assert items == sorted(by_id, key=lambda item: str(item[field]), reverse=backwards)
    assert len({item[field] for item in items}) < len(items) == 10


def test_what_is_updated_later_comes_first_by_update_and_not_by_date(city: City, seed: Seed) -> None:
    first = publish(add(seed.room.news("umea", "sv"), NewsPage(title="Rättad", lead="Exempel.", published_at=_day(1))))
    publish(add(seed.room.news("umea", "sv"), NewsPage(title="Ny", lead="Exempel.", published_at=_day(2))))
    first.change_notes.create(locale=first.locale, text="Rättad titel.", weight="major", at=_day(60))
    publish(first)
    publish_noted()
    assert _titles(city, "/sv/news?sort=-updated_at")[0] == "Rättad"
    assert _titles(city, "/sv/news?sort=-published_at")[-1] == "Rättad"


def test_with_fallback_titles_in_latin_letters_come_first(city: City, seed: Seed) -> None:
    publish(add(seed.room.news("umea", "sv"), NewsPage(title="Östersund", lead="Exempel.")))
    assert _titles(city, "/uk/news?sort=title&fallback=sv") == ["Östersund", seed.ukrainian.title]


@pytest.mark.parametrize("sort", ["", "-title", "name", "title,published_at", "+title", "Title", "random"])
def test_an_unknown_order_is_refused_with_those_there_are(city: City, seed: Seed, sort: str) -> None:
    allowed = city.problem(f"/sv/news?sort={sort}", "invalid-parameters")["allowed"]["sort"]
    assert allowed == "one of -published_at, published_at, -updated_at, updated_at, title"


def _write_at_few_times(seed: Seed) -> None:
    for number in range(9):
        page = NewsPage(title=f"Exempel {number}", lead="Exempel.", published_at=_day(number % 3))
        publish(add(seed.room.news("umea", "sv"), page))


def _titles(city: City, address: str) -> list[str]:
    return [item["title"] for item in city.get(address)["items"]]


def _day(number: int) -> datetime:
    return datetime(2024, 5, 1, 8, tzinfo=UTC) + timedelta(days=number)


def _of(seed: Seed) -> Any:
    return Publication.objects.filter(key=seed.article.translation_key)
