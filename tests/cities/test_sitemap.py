"""Search engines find every page that people can read, each beside its languages."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.http import parse_http_date
from lxml import etree

from cms.api import sitemaps
from cms.publications.by_hand import gone, vanish, withdraw
from frontend_contract.models.documents import SUMMARY
from news.models import NewsPage
from tests.cities.conftest import Seed
from tests.cities.specifications import hold_against_sitemaps_0_9
from tests.contract.city import City
from tests.newsroom import add, publish

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
LANGUAGES = ("sv", "uk", "fi", "en")


def test_every_published_page_is_in_the_sitemap_of_its_language_once(city: City, seed: Seed) -> None:
    for language in LANGUAGES:
        found = list(_places(city, language))
        assert sorted(found) == sorted(_everything(city, language))
        assert len(found) == len(set(found)) > 2


def test_what_the_sitemap_names_can_be_read_and_says_when_it_changed(city: City, seed: Seed) -> None:
    for address, (changed_at, _languages) in _places(city, "sv").items():
        page = city.ask("/" + address.removeprefix("http://testserver"))
        assert page.status_code == 200
        last = datetime.fromtimestamp(parse_http_date(page["Last-Modified"]), UTC)
        assert changed_at == last.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_languages_name_each_other_and_themselves(city: City, seed: Seed) -> None:
    found = {language: _places(city, language) for language in LANGUAGES}
    for language, places in found.items():
        for address, (_changed_at, others) in places.items():
            assert others[language] == address
            for other, elsewhere in others.items():
                assert found[other][elsewhere][1] == others
    [article] = [others for address, (_at, others) in found["sv"].items() if "/news/" in address]
    assert list(article) == ["sv", "uk"]


def test_a_page_with_an_address_of_its_owner_is_named_by_the_address_of_the_hub(city: City, seed: Seed) -> None:
    seed.article.canonical_url = "https://www.umea.se/nyheter"
    publish(seed.article)
    assert city.get(f"/sv/news/{seed.id}")["_links"]["html"]["href"] in _places(city, "sv")
    assert all(address.startswith("http://testserver/sv") for address in _places(city, "sv"))


@pytest.mark.parametrize(
    "take_back",
    [
        lambda seed: withdraw(seed.article.translation_key, "Artikeln är återkallad.", ["sv"]),
        lambda seed: gone(seed.article.translation_key, "merged", languages=["sv"]),
        lambda seed: vanish(seed.article.translation_key, ["sv"]),
        lambda seed: seed.article.unpublish(),
    ],
    ids=["withdraw", "gone", "vanish", "unpublish"],
)
def test_what_is_taken_back_is_in_no_sitemap(city: City, seed: Seed, take_back: Any) -> None:
    address = city.get(f"/sv/news/{seed.id}")["_links"]["html"]["href"]
    ukrainian = city.get(f"/uk/news/{seed.id}")["_links"]["html"]["href"]
    assert address in _places(city, "sv")
    take_back(seed)
    assert address not in _places(city, "sv")
    assert list(_places(city, "uk")[ukrainian][1]) == ["uk"]


def test_a_sitemap_that_is_too_long_becomes_an_index(city: City, seed: Seed, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = _everything(city, "sv")
    monkeypatch.setattr(sitemaps, "MOST", 3)
    index = _root(city.ask("/sv/sitemap.xml").content, "sitemapindex")
    files = [file.findtext(f"{SITEMAP}loc") for file in index]
    assert len(files) == -(-len(everything) // 3) > 1
    parts = [_places(city, "sv", file.partition("?")[2]) for file in files]
    assert all(1 <= len(part) <= 3 for part in parts)
    assert sorted(address for part in parts for address in part) == sorted(everything)
    city.problem(f"/sv/sitemap.xml?page={len(files) + 1}", "not-found")


def test_no_file_is_larger_than_the_protocol_allows() -> None:
    longest = "http://testserver/" + 700 * "a"
    place = sitemaps.Place(
        "5f0c2c0e-6f0b-4d59-9a39-0d6a3f8f6a01", longest, "2024-06-14T08:00:00Z", dict.fromkeys(LANGUAGES, longest)
    )
    assert sitemaps.MOST <= 50_000
    assert sitemaps.MOST * len(sitemaps.write_sitemap([place])) < 50 * 1024 * 1024


def test_a_sitemap_costs_the_same_queries_for_more_pages(city: City, seed: Seed) -> None:
    # how many; last and next change; the pages and their languages
    assert _count(city, "/sv/sitemap.xml") == 3
    for number in range(5):
        publish(add(seed.room.news("umea", "sv"), NewsPage(title=f"Exempeltext {number}", lead="Exempel.")))
    city.get("/sv/news")
    assert _count(city, "/sv/sitemap.xml") == 3


def test_a_sitemap_is_asked_for_like_everything_else(city: City, seed: Seed) -> None:
    first = city.ask("/sv/sitemap.xml")
    assert first["Content-Type"] == "application/xml; charset=utf-8"
    assert first["Content-Language"] == "sv"
    assert first["Access-Control-Allow-Origin"] == "*"
    assert "max-age=60" in first["Cache-Control"]
    assert city.ask("/sv/sitemap.xml", If_None_Match=first["ETag"]).status_code == 304
    head = city.ask("/sv/sitemap.xml", method="HEAD")
    assert (head.content, dict(head.headers)) == (b"", dict(first.headers))
    for accept in ("application/xml", "text/xml", "*/*"):
        assert city.ask("/sv/sitemap.xml", Accept=accept).status_code == 200
    city.problem("/sv/sitemap.xml", "not-acceptable", Accept="application/json")


def test_caches_in_front_can_forget_a_sitemap_by_the_keys_in_it(city: City, seed: Seed) -> None:
    named = {item["id"] for kind in SUMMARY for item in city.get(f"/sv/{kind}?limit=100")["items"]}
    named.add(city.get("/sv/home")["id"])
    assert set(city.ask("/sv/sitemap.xml")["Surrogate-Key"].split()) == {key.replace("-", "")[:12] for key in named}


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/ua/sitemap.xml", "unknown-language"),
        ("/sv/sitemap.xml?page=0", "invalid-parameters"),
        ("/sv/sitemap.xml?page=2", "not-found"),
        ("/sv/sitemap.xml?limit=1", "invalid-parameters"),
        ("/sv/sitemap.xml/", "not-found"),
    ],
)
def test_what_is_no_sitemap_is_a_problem(city: City, seed: Seed, address: str, name: str) -> None:
    city.problem(address, name)


def test_robots_are_told_where_the_sitemaps_are(city: City, seed: Seed) -> None:
    response = city.ask("//robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    named = re.findall(r"^Sitemap: http://testserver/content/v1(\S+)$", response.content.decode(), re.MULTILINE)
    assert named == [f"/{language}/sitemap.xml" for language in LANGUAGES]
    assert all(city.ask(address).status_code == 200 for address in named)


def _root(content: bytes, name: str) -> Any:
    root = etree.fromstring(content)
    hold_against_sitemaps_0_9(root)
    assert root.tag == SITEMAP + name
    return root


def _places(city: City, language: str, query: str = "") -> dict[str, tuple[str, dict[str, str]]]:
    """Return the pages that a sitemap names, held against the protocol: when each changed, and its languages."""
    found = {}
    for place in _root(city.ask(f"/{language}/sitemap.xml?{query}".rstrip("?")).content, "urlset"):
        assert place.tag == f"{SITEMAP}url"
        assert [child.tag for child in place][:2] == [f"{SITEMAP}loc", f"{SITEMAP}lastmod"]
        assert {child.tag for child in place[2:]} == {LINK}
        assert all(set(link.attrib) == {"rel", "hreflang", "href"} for link in place[2:])
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", place[1].text)
        assert place[0].text not in found
        found[place[0].text] = place[1].text, {link.get("hreflang"): link.get("href") for link in place[2:]}
    return found


def _everything(city: City, language: str) -> list[str]:
    """Return where everything that lists show in a language is read, and its front page."""
    lists: Iterable[Any] = (city.get(f"/{language}/{kind}?limit=100")["items"] for kind in SUMMARY)
    documents = [*(item for items in lists for item in items), city.get(f"/{language}/home")]
    return [document["_links"]["html"]["href"] for document in documents]


def _count(city: City, address: str) -> int:
    city.ask(address)
    with CaptureQueriesContext(connection) as queries:
        city.ask(address)
    return len([query for query in queries if "SAVEPOINT" not in query["sql"]])
