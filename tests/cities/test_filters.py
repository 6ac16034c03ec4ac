"""Filters of lists: they only narrow; a comma means any of, different filters mean all of."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.publications.by_hand import gone, redirect, vanish, withdraw
from cms.publications.models import Publication
from cms.publications.selection import ORDERS
from news.models import NewsPage, NewsPartnership, NewsPerson, NewsTopic, TopicPage
from partners.models import PersonPage
from tests.cities.conftest import Seed
from tests.contract.city import City
from tests.newsroom import add, draft, publish, translate
from tests.publishing import publish_noted

KEY = "5f0c2c0e-6f0b-4d59-9a39-0d6a3f8f6a01"


def write(seed: Seed, title: str, **values: Any) -> NewsPage:
    """Publish an article in Kherson's section, in Swedish."""
    rows = {name: values.pop(name, []) for name in ("people", "topics", "partnerships")}
    page = NewsPage(title=title, lead="Exempeltext.", **values)
    page.people = [NewsPerson(page=person) for person in rows["people"]]
    page.topics = [NewsTopic(page=topic) for topic in rows["topics"]]
    page.partnerships = [NewsPartnership(page=partnership) for partnership in rows["partnerships"]]
    published = publish(add(seed.room.news("kherson", "sv"), page))
    publish_noted()
    return published


def titles(city: City, address: str) -> set[str]:
    answer = city.get(address)
    assert answer["total"] == len(answer["items"])
    return {item["title"] for item in answer["items"]}


def _listed(person: PersonPage) -> dict[str, Any]:
    return {"people": [person]}


def _quoted(person: PersonPage) -> dict[str, Any]:
    return {"body": [("quote", {"text": "Vi måste göra mer.", "person": person})]}


def _linked(person: PersonPage) -> dict[str, Any]:
    return {"body": [("paragraph", f'<p>Läs om <a linktype="page" id="{person.pk}">henne</a>.</p>')]}


@pytest.mark.parametrize("show", [_listed, _quoted, _linked])
def test_a_person_finds_what_names_quotes_or_links_to_them(
    city: City, seed: Seed, show: Callable[[PersonPage], dict[str, Any]]
) -> None:
    seed.article.unpublish()
    write(seed, "Visar henne", **show(seed.janet))
    write(seed, "Visar henne inte")
    assert titles(city, f"/sv/news?person={seed.janet.translation_key}") == {"Visar henne"}


def test_a_partner_finds_what_lies_in_its_section_and_what_names_it(city: City, seed: Seed) -> None:
    umea, kherson = (seed.room.section(name, "sv").translation_key for name in ("umea", "kherson"))
    write(seed, "Bara i Chersons avdelning")
    assert titles(city, f"/sv/news?partner={umea}") == {seed.article.title}
    assert titles(city, f"/sv/news?partner={kherson}") == {seed.article.title, "Bara i Chersons avdelning"}
    assert titles(city, f"/sv/people?partner={kherson}") == {"Vitalii Bielobrov"}
    assert titles(city, f"/sv/partnerships?partner={kherson}") == {"Umeå och Cherson"}


def test_a_partnership_finds_its_articles(city: City, seed: Seed) -> None:
    write(seed, "Om samarbetet", partnerships=[seed.partnership])
    assert titles(city, f"/sv/news?partnership={seed.partnership.translation_key}") == {"Om samarbetet"}


def test_a_topic_is_found_by_its_code_in_every_language(city: City, seed: Seed) -> None:
    write(seed, "Om demokrati", topics=[seed.topics["democracy"]])
    assert titles(city, "/sv/news?topic=democracy") == {seed.article.title, "Om demokrati"}
    assert titles(city, "/uk/news?topic=democracy") == {seed.ukrainian.title}
    assert titles(city, "/sv/news?topic=urban-planning") == {seed.article.title}


def test_changing_the_code_of_a_topic_changes_what_finds_it(city: City, seed: Seed) -> None:
    topic = TopicPage.objects.get(pk=seed.topics["democracy"].pk)
    topic.code = "local-democracy"
    publish(topic)
    assert titles(city, "/sv/news?topic=democracy") == set()
    assert titles(city, "/sv/news?topic=local-democracy") == {seed.article.title}


def test_a_comma_means_any_of_and_different_filters_mean_all_of(city: City, seed: Seed) -> None:
    first = write(seed, "Anders om demokrati", people=[seed.anders], topics=[seed.topics["democracy"]])
    write(seed, "Vitalii om planering", people=[seed.vitalii], topics=[seed.topics["urban-planning"]])
    write(seed, "Ingen alls")
    anders, vitalii = seed.anders.translation_key, seed.vitalii.translation_key
    assert titles(city, f"/sv/news?person={anders},{vitalii}") == {
        *(seed.article.title, "Anders om demokrati", "Vitalii om planering")
    }
    assert titles(city, f"/sv/news?person={anders},{vitalii}&topic=democracy") == {
        *(seed.article.title, "Anders om demokrati")
    }
    assert titles(city, f"/sv/news?person={anders}&topic=democracy&ids={first.translation_key},{uuid4()}") == {
        "Anders om demokrati"
    }


def test_keys_find_their_items(city: City, seed: Seed) -> None:
    other = write(seed, "En annan")
    write(seed, "En tredje")
    assert titles(city, f"/sv/news?ids={other.translation_key},{seed.id},{uuid4()}") == {"En annan", seed.article.title}
    assert titles(city, f"/sv/people?ids={seed.id}") == set()
    assert titles(city, f"/sv/news?ids={str(seed.id).upper()}") == {seed.article.title}


def test_a_hundred_keys_fit_and_one_more_is_refused(city: City, seed: Seed) -> None:
    keys = [seed.id, *(str(uuid4()) for _ in range(99))]
    assert titles(city, f"/sv/news?ids={','.join(keys)}") == {seed.article.title}
    assert city.problem(f"/sv/news?ids={','.join([*keys, KEY])}", "invalid-parameters")["allowed"]["ids"] == (
        "up to 100 keys, with commas between"
    )


def test_what_is_withdrawn_is_listed_only_when_asked_for(city: City, seed: Seed) -> None:
    other = write(seed, "Återkallad")
    withdraw(other.translation_key, "Artikeln är återkallad.", ["sv"])
    assert titles(city, "/sv/news") == titles(city, "/sv/news?status=published") == {seed.article.title}
    assert titles(city, "/sv/news?status=withdrawn") == {"Återkallad"}
    assert titles(city, "/sv/news?status=published,withdrawn") == {seed.article.title, "Återkallad"}
    [item] = city.get("/sv/news?status=withdrawn")["items"]
    assert (item["status"], item["notice"]["text"]) == ("withdrawn", "Artikeln är återkallad.")


def _delete(key: UUID) -> None:
    NewsPage.objects.get(translation_key=key).delete()


def _take_away(key: UUID) -> None:
    gone(key, "unpublished")


def _replace(key: UUID) -> None:
    redirect(key, Publication.objects.filter(language="sv", kind="news").exclude(key=key).first().key)


@pytest.mark.parametrize("bury", [vanish, _take_away, _delete, _replace])
def test_no_filter_finds_a_tombstone_or_a_draft(city: City, seed: Seed, bury: Callable[[UUID], Any]) -> None:
    page = write(seed, "Borta", people=[seed.janet])
    unseen = draft(add(seed.room.news("umea", "sv"), NewsPage(title="Utkast", lead="Utkast.")))
    bury(page.translation_key)
    everything = f"ids={page.translation_key},{unseen.translation_key},{seed.id}&status=published,withdrawn"
    assert titles(city, f"/sv/news?{everything}") == {seed.article.title}
    assert titles(city, f"/sv/news?{everything}&fallback=uk,fi,en") == {seed.article.title}
    assert titles(city, f"/sv/news?person={seed.janet.translation_key}") == {seed.article.title}


def test_a_hidden_person_is_not_found_by_asking(city: City, seed: Seed) -> None:
    assert titles(city, f"/sv/news?person={seed.janet.translation_key}") == {seed.article.title}
    vanish(seed.janet.translation_key)
    assert titles(city, f"/sv/news?person={seed.janet.translation_key}") == set()
    assert titles(city, f"/sv/news?person={seed.anders.translation_key}") == {seed.article.title}


def test_a_filter_asks_for_its_own_kind(city: City, seed: Seed) -> None:
    assert titles(city, f"/sv/news?partner={seed.janet.translation_key}") == set()
    assert titles(city, f"/sv/news?person={seed.room.section('umea', 'sv').translation_key}") == set()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("published_from=2024-06-14", True),
        ("published_from=2024-06-15", False),
        ("published_to=2024-06-14", True),
        ("published_to=2024-06-13", False),
        ("published_from=2024-06-14&published_to=2024-06-14", True),
        ("published_from=2024-06-14T08:00:00Z&published_to=2024-06-14T08:00:00Z", True),
        ("published_from=2024-06-14T08:00:01Z", False),
        ("published_from=2024-06-14T08:00:00.000001Z", False),
        ("published_to=2024-06-14T07:59:59Z", False),
        ("published_from=2024-06-14T11:00:00%2B03:00", True),
        ("published_from=2024-06-14T11:00:00+03:00", True),
        ("published_from=2024-06-14T10:59:59-03:00", False),
        ("published_to=2024-06-14t08:00:00z", True),
        ("updated_since=2024-06-14", True),
        ("updated_since=2024-06-14T08:00:00Z", True),
        ("updated_since=2024-06-14T08:00:01Z", False),
        ("published_from=2024-06-15&published_to=2024-06-13", False),
        ("published_from=0001-01-01&published_to=9999-12-31", True),
    ],
)
def test_dates_include_their_ends_and_a_day_means_the_day_in_utc(
    city: City, seed: Seed, query: str, found: bool
) -> None:
    assert titles(city, f"/sv/news?{query}") == ({seed.article.title} if found else set())


@pytest.mark.parametrize(
    "query",
    [
        *(
            f"{name}={value}"
            for name in ("ids", "partner", "partnership", "person")
            for value in ("", "umea", f"{KEY},")
        ),
        f"person={KEY.replace('-', '')}",
        f"person={{{KEY}}}",
        *("topic=", "topic=Demokrati", "topic=democracy,", "topic=a--b", "topic=%00"),
        *("status=", "status=gone", "status=vanished", "status=published,redirected", "status=Published"),
        *(
            f"{name}={value}"
            for name in ("published_from", "published_to", "updated_since")
            for value in (
                *("", "2024", "2024-06", "2024-6-14", "20240614", "2024-W24-5", "2024-02-30", "14/6/2024", "today"),
                *("2024-06-14T08:00:00", "2024-06-14T08:00Z", "2024-06-14T25:00:00Z", "2024-06-14 08:00:00Z"),
                *("0001-01-01T00:00:00%2B10:00", "9999-12-31T23:59:59-10:00", "2024-06-14T08:00:00Zx", "١٢٣٤-01-01"),
            )
        ),
        *(f"person={KEY}&person={KEY}", "author=umea", "Person=umea", "published_after=2024-06-14"),
    ],
)
def test_what_is_unknown_or_malformed_is_refused_with_what_is_allowed(city: City, seed: Seed, query: str) -> None:
    allowed = city.problem(f"/sv/news?{query}", "invalid-parameters")["allowed"]
    assert {"ids", "partner", "partnership", "person", "topic", "status", "published_from"} < set(allowed)
    assert all(allowed.values())


def test_with_fallback_filters_hold_for_the_row_that_is_shown(city: City, seed: Seed) -> None:
    janet = seed.janet.translation_key
    seed.article.people = []
    seed.article.body = []
    seed.article = publish(seed.article)
    assert titles(city, f"/uk/news?person={janet}&fallback=sv") == {seed.ukrainian.title}
    assert titles(city, f"/sv/news?person={janet}&fallback=uk") == set()
    withdraw(seed.article.translation_key, "Återkallad.", ["sv"])
    assert titles(city, "/sv/news?status=published&fallback=uk") == set()
    assert titles(city, "/sv/news?status=withdrawn&fallback=uk") == {seed.article.title}
    assert titles(city, "/en/news?status=published&fallback=uk,sv") == {seed.ukrainian.title}


def test_filters_are_kept_from_page_to_page(city: City, seed: Seed) -> None:
    for number in range(5):
        write(seed, f"Om demokrati {number}", topics=[seed.topics["democracy"]])
        write(seed, f"Om annat {number}")
    query = f"topic=democracy&published_from={quote('2024-06-14T10:00:00+02:00')}&sort=title&fallback=uk&limit=2"
    found, address = [], f"/sv/news?{query}"
    while address:
        answer = city.get(address)
        assert answer["total"] == answer["_meta"]["total"] == 6
        found += [item["title"] for item in answer["items"]]
        assert all("topic=democracy" in link["href"] for link in answer["_links"].values() if link)
        address = answer["_links"]["next"] and answer["_links"]["next"]["href"].removeprefix(
            "http://testserver/content/v1"
        )
    assert found == [*(f"Om demokrati {number}" for number in range(5)), seed.article.title]


# --- The same in plain Python ---------------------------------------------------------------------------------------


@pytest.fixture
def corpus(seed: Seed) -> Seed:
    """A few articles that differ in everything a filter asks for."""
    people = [seed.janet, seed.anders, seed.vitalii]
    topics = list(seed.topics.values())
    for number in range(6):
        page = write(
            seed,
            f"Exempeltext {number}",
            published_at=datetime(2024, 6, 10 + number, 8, tzinfo=UTC),
            people=people[: number % 4],
            topics=topics[: number % 3],
            partnerships=[seed.partnership] if number % 2 else [],
            body=[("quote", {"text": "Vi måste göra mer.", "person": people[number % 3]})] if number % 2 else [],
        )
        if number == 2:
            translate(page, "uk", {})
        if number in (2, 5):
            withdraw(page.translation_key, "Återkallad.", ["sv"])
    return seed


CHOICES = {
    "partner": ["umea", "kherson"],
    "partnership": ["partnership"],
    "person": ["janet", "anders", "vitalii"],
    "topic": ["democracy", "urban-planning", "unknown"],
    "status": ["published", "withdrawn"],
}
DAYS = st.integers(9, 17).map(lambda day: f"2024-06-{day:02}")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    data=st.fixed_dictionaries(
        {},
        optional={
            **{name: st.lists(st.sampled_from(words), min_size=1, unique=True) for name, words in CHOICES.items()},
            "published_from": DAYS,
            "published_to": DAYS,
            "updated_since": DAYS,
        },
    ),
    fallback=st.sampled_from(["", "&fallback=uk", "&fallback=fi,en"]),
    language=st.sampled_from(["sv", "uk"]),
)
def test_filters_agree_with_plain_python_over_the_whole_list(
    city: City, corpus: Seed, data: dict[str, Any], fallback: str, language: str
) -> None:
    wanted = {
        name: [_key(corpus, word) for word in value] if isinstance(value, list) else value
        for name, value in data.items()
    }
    everything = _walk(city, f"/{language}/news?status=published,withdrawn&include=body{fallback}")
    query = "".join(f"&{name}={','.join(v) if isinstance(v, list) else v}" for name, v in wanted.items())
    found = _walk(city, f"/{language}/news?limit=3{query}{fallback}")
    codes = {topic["id"]: topic["code"] for topic in city.get("/sv/topics")["items"]}
    expected = [item["id"] for item in everything if _fits(item, wanted, codes)]
    assert [item["id"] for item in found] == expected, query


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts its tables by itself, all the time")
@pytest.mark.parametrize("sort", ORDERS)
def test_lists_are_the_same_however_sqlite_plans_them(city: City, corpus: Seed, sort: str) -> None:
    lists = [
        f"/{language}/news?sort={sort}&status={status}{fallback}"
        for language in ("sv", "uk")
        for status in ("published", "withdrawn", "published,withdrawn")
        for fallback in ("", "&fallback=uk,fi", "&fallback=sv")
        if fallback != f"&fallback={language}"
    ]
    expected = {address: [item["id"] for item in _walk(city, address)] for address in lists}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # with the savepoint this goes, too
    found = {
        (address, limit): [item["id"] for item in _walk(city, f"{address}&limit={limit}")]
        for address in lists
        for limit in (1, 3, 4)
    }
    assert found == {(address, limit): expected[address] for address, limit in found}


def _walk(city: City, address: str | None) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    while address:
        answer = city.get(address)
        items += answer["items"]
        following = answer["_links"]["next"]
        address = following and following["href"].removeprefix("http://testserver/content/v1")
    return items


def _key(seed: Seed, word: str) -> str:
    if word in ("umea", "kherson"):
        return str(seed.room.section(word, "sv").translation_key)
    page = getattr(seed, word, None)
    return str(page.translation_key) if page else word


def _fits(item: dict[str, Any], wanted: dict[str, Any], codes: dict[str, str]) -> bool:
    """Whether an item is what the filters ask for, said in plain Python."""
    shown, topics = set(_ids_inside(item)), {codes[topic["id"]] for topic in item["topics"]}
    return all(
        [
            *(shown & set(wanted.get(name, shown)) for name in ("partner", "partnership", "person")),
            topics & set(wanted["topic"]) if "topic" in wanted else True,
            item["status"] in wanted.get("status", ["published"]),
            item["published_at"][:10] >= wanted.get("published_from", ""),
            item["published_at"][:10] <= wanted.get("published_to", "9"),
            item["updated_at"][:10] >= wanted.get("updated_since", ""),
        ]
    )


def _ids_inside(part: Any) -> list[str]:
    match part:
        case dict():
            own = [part["id"]] if "kind" in part else []
            return own + [key for value in part.values() for key in _ids_inside(value)]
        case list():
            return [key for value in part for key in _ids_inside(value)]
    return []
