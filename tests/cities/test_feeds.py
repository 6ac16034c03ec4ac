"""Feeds that every reader takes: RSS 2.0, Atom and JSON Feed, in every language, with the whole text."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.feedgenerator import rfc2822_date

from cms.api.feeds.entries import FORMS, MOST
from cms.publications.by_hand import gone, redirect, vanish, withdraw
from cms.publications.licences import address_of_licence
from frontend_contract.models.documents import SUMMARY
from frontend_contract.models.feeds import JsonFeed
from news.models import NewsPage, NewsPerson
from tests.cities.conftest import Seed
from tests.cities.feed_rules import (
    ATOM,
    CONTENT,
    hold_against_atom,
    hold_against_json_feed,
    hold_against_rss,
    read_by_a_feed_reader,
)
from tests.contract.city import City
from tests.newsroom import PUBLISHED_AT, Newsroom, add, add_image, publish

every_form = pytest.mark.parametrize("form", FORMS)
xml_forms = pytest.mark.parametrize("form", ["rss", "atom"])


@pytest.fixture
def illustrated(seed: Seed) -> Seed:
    """The seed article with a main image."""
    seed.article.image = add_image(credit="Misto", license="CC-BY-4.0")
    seed.article.image_alt = "En talare visar bilder för deltagarna"
    seed.article = publish(seed.article)
    return seed


@every_form
@pytest.mark.parametrize("language", ["sv", "fi"])
def test_every_kind_has_a_feed_in_every_language(city: City, seed: Seed, form: str, language: str) -> None:
    for kind in SUMMARY:
        response = city.ask(f"/{language}/feeds/{kind}.{form}")
        assert response.status_code == 200
        assert response["Content-Type"].partition(";")[0] == FORMS[form]
        assert response["Content-Language"] == language
        listed = city.get(f"/{language}/{kind}?limit=100")["items"]
        assert _keys(form, response.content) == [item["id"] for item in listed]


@xml_forms
def test_a_feed_reader_has_nothing_to_forgive(city: City, illustrated: Seed, form: str) -> None:
    for kind in SUMMARY:
        read = read_by_a_feed_reader(city.ask(f"/sv/feeds/{kind}.{form}"))
        assert read.version == {"rss": "rss20", "atom": "atom10"}[form]
        assert (read.feed.language, read.feed.link) == ("sv", "http://testserver/sv")
        listed = city.get(f"/sv/{kind}?limit=100")["items"]
        assert [entry.title for entry in read.entries] == [item["title"] for item in listed]
        for entry, item in zip(read.entries, listed, strict=True):
            assert entry.link == entry.links[0].href == item["_links"]["html"]["href"]
            assert entry.published_parsed
            assert entry.content[0].value


def test_a_feed_keeps_the_specification_of_its_form(city: City, illustrated: Seed) -> None:
    for kind in SUMMARY:
        hold_against_rss(city.ask(f"/sv/feeds/{kind}.rss").content)
        hold_against_atom(city.ask(f"/sv/feeds/{kind}.atom").content)
        feed = hold_against_json_feed(city.get(f"/sv/feeds/{kind}.json"))
        JsonFeed.model_validate_json(json.dumps(feed))


@every_form
def test_a_feed_has_the_whole_text(city: City, illustrated: Seed, form: str) -> None:
    item = city.get(f"/sv/news/{illustrated.id}")
    [text] = _texts(form, city.ask(f"/sv/feeds/news.{form}").content)
    assert item["lead"] in text
    assert item["image"]["src"] in text
    for block in item["body"]:
        assert block["html"] in text


@every_form
def test_a_feed_says_how_a_translation_came_about(city: City, seed: Seed, form: str) -> None:
    [text] = _texts(form, city.ask(f"/uk/feeds/news.{form}").content)
    assert "Переклала людина." in text
    assert "svenska" in text


def test_an_entry_is_known_by_its_key_in_every_language(city: City, seed: Seed) -> None:
    for language in ("sv", "uk"):
        [item] = hold_against_rss(city.ask(f"/{language}/feeds/news.rss").content).findall("item")
        assert item.findtext("guid") == seed.id
        [entry] = hold_against_atom(city.ask(f"/{language}/feeds/news.atom").content).findall(f"{ATOM}entry")
        assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{seed.id}"
        assert city.get(f"/{language}/feeds/news.json")["items"][0]["id"] == seed.id


def test_the_main_image_is_an_enclosure_with_its_true_size_and_type(city: City, illustrated: Seed) -> None:
    image = city.get(f"/sv/news/{illustrated.id}")["image"]
    picture = Client().get(image["src"])
    length, media_type = len(b"".join(picture.streaming_content)), picture["Content-Type"]
    assert media_type == "image/jpeg"

    [enclosure] = hold_against_rss(city.ask("/sv/feeds/news.rss").content).iter("enclosure")
    assert dict(enclosure.attrib) == {"url": image["src"], "length": str(length), "type": media_type}
    atom = hold_against_atom(city.ask("/sv/feeds/news.atom").content)
    [link] = [link for link in atom.iter(f"{ATOM}link") if link.get("rel") == "enclosure"]
    assert (link.get("href"), link.get("length"), link.get("type")) == (image["src"], str(length), media_type)
    [item] = city.get("/sv/feeds/news.json")["items"]
    assert item["image"] == image["src"]
    assert item["attachments"] == [{"url": image["src"], "mime_type": media_type, "size_in_bytes": length}]


def test_an_item_without_image_has_no_enclosure(city: City, seed: Seed) -> None:
    assert not list(hold_against_rss(city.ask("/sv/feeds/news.rss").content).iter("enclosure"))
    assert "attachments" not in city.get("/sv/feeds/news.json")["items"][0]


@xml_forms
def test_entries_and_feeds_link_to_their_other_languages(city: City, seed: Seed, form: str) -> None:
    hold = {"rss": hold_against_rss, "atom": hold_against_atom}[form]
    found = hold(city.ask(f"/sv/feeds/news.{form}").content)
    others = {link.get("hreflang"): link.get("href") for link in _alternates(found)}
    assert others == {
        language: f"http://testserver/content/v1/{language}/feeds/news.{form}" for language in ("uk", "fi", "en")
    }
    [entry] = found.findall("item") or found.findall(f"{ATOM}entry")
    pages = {code: city.get(f"/{code}/news/{seed.id}")["_links"]["html"]["href"] for code in ("uk", "sv")}
    assert [(link.get("hreflang"), link.get("href")) for link in _alternates(entry)] == list(pages.items())
    back = hold(city.ask(f"/uk/feeds/news.{form}").content)
    [entry] = back.findall("item") or back.findall(f"{ATOM}entry")
    assert [link.get("hreflang") for link in _alternates(entry)] == ["sv", "uk"]


def test_a_feed_says_whom_to_name_and_under_which_licence(city: City, seed: Seed) -> None:
    [item] = hold_against_rss(city.ask("/sv/feeds/news.rss").content).findall("item")
    assert item.findtext("{http://purl.org/dc/elements/1.1/}creator") == "Umeå"
    assert item.findtext("{http://purl.org/dc/elements/1.1/}rights") == "CC-BY-4.0"
    [entry] = hold_against_atom(city.ask("/sv/feeds/news.atom").content).findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}rights") == "CC-BY-4.0 – Umeå"
    [licence] = [link.get("href") for link in entry.findall(f"{ATOM}link") if link.get("rel") == "license"]
    assert licence == "https://creativecommons.org/licenses/by/4.0/"
    [item] = city.get("/sv/feeds/news.json")["items"]
    assert (item["authors"], item["_misto"]["license"]) == ([{"name": "Umeå"}], "CC-BY-4.0")


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC BY-SA 3.0", "https://creativecommons.org/licenses/by-sa/3.0/"),
        ("cc-by-nc-nd-4.0", "https://creativecommons.org/licenses/by-nc-nd/4.0/"),
        ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("CC-BY-9.0", None),
        ("All rights reserved", None),
        ("", None),
    ],
)
def test_only_licences_that_everybody_knows_have_an_address(name: str, address: str | None) -> None:
    assert address_of_licence(name) == address


def test_dates_are_those_that_readers_see(city: City, seed: Seed) -> None:
    document = city.get(f"/sv/news/{seed.id}")
    [item] = hold_against_rss(city.ask("/sv/feeds/news.rss").content).findall("item")
    assert item.findtext("pubDate") == rfc2822_date(PUBLISHED_AT)
    [entry] = hold_against_atom(city.ask("/sv/feeds/news.atom").content).findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}published") == document["published_at"]
    assert entry.findtext(f"{ATOM}updated") == document["updated_at"]
    [item] = city.get("/sv/feeds/news.json")["items"]
    assert (item["date_published"], item["date_modified"]) == (document["published_at"], document["updated_at"])


@every_form
@pytest.mark.parametrize(
    "take_back",
    [
        lambda seed: withdraw(seed.article.translation_key, "Artikeln är återkallad.", ["sv"]),
        lambda seed: gone(seed.article.translation_key, "merged"),
        lambda seed: vanish(seed.article.translation_key),
        lambda seed: redirect(seed.article.translation_key, seed.janet.translation_key),
        lambda seed: seed.article.unpublish(),
    ],
    ids=["withdraw", "gone", "vanish", "redirect", "unpublish"],
)
def test_what_is_taken_back_is_in_no_feed(city: City, seed: Seed, form: str, take_back: Any) -> None:
    assert _keys(form, city.ask(f"/sv/feeds/news.{form}").content) == [seed.id]
    take_back(seed)
    response = city.ask(f"/sv/feeds/news.{form}")
    assert _keys(form, response.content) == []
    assert seed.article.title not in response.content.decode()


@xml_forms
def test_a_feed_without_entries_is_a_feed(city: City, room: Newsroom, form: str) -> None:
    response = city.ask(f"/fi/feeds/news.{form}")
    read_by_a_feed_reader(response)
    {"rss": hold_against_rss, "atom": hold_against_atom}[form](response.content)
    assert city.ask(f"/fi/feeds/news.{form}").content == response.content


def test_a_feed_has_the_newest_twenty_and_costs_what_one_costs(city: City, seed: Seed) -> None:
    # the newest; what they link to and their languages; last and next change
    assert {form: _count(city, f"/sv/feeds/news.{form}") for form in FORMS} == dict.fromkeys(FORMS, 3)
    for number in range(MOST + 1):
        page = NewsPage(title=f"Exempeltext {number}", lead="Exempel.")
        page.published_at = PUBLISHED_AT + timedelta(hours=number + 1)
        page.people = [NewsPerson(page=seed.janet), NewsPerson(page=seed.anders)]
        publish(add(seed.room.news("umea", "sv"), page))
    newest = [item["id"] for item in city.get(f"/sv/news?limit={MOST}")["items"]]
    assert len(newest) == MOST == 20
    assert seed.id not in newest
    for form in FORMS:
        assert _keys(form, city.ask(f"/sv/feeds/news.{form}").content) == newest
    assert {form: _count(city, f"/sv/feeds/news.{form}") for form in FORMS} == dict.fromkeys(FORMS, 3)


@every_form
def test_signs_that_xml_cannot_write_stop_no_feed(city: City, seed: Seed, form: str) -> None:
    seed.article.lead = "Rad ett\x0brad två \x1f\ufffe & <b>"
    publish(seed.article)
    content = city.ask(f"/sv/feeds/news.{form}").content
    [text] = _texts(form, content)
    assert "Rad ettrad två" in text
    assert "&amp; &lt;b&gt;" in text
    if form != "json":
        etree_reads = {"rss": hold_against_rss, "atom": hold_against_atom}[form]
        etree_reads(content)


@every_form
def test_what_an_editor_types_is_never_markup_in_a_feed(city: City, seed: Seed, form: str) -> None:
    seed.article.lead = "<script>alert(1)</script>"
    publish(seed.article)
    [text] = _texts(form, city.ask(f"/sv/feeds/news.{form}").content)
    assert "<script" not in text
    if form != "json":
        assert "<script" not in read_by_a_feed_reader(city.ask(f"/sv/feeds/news.{form}")).entries[0].summary


@every_form
def test_a_feed_is_given_to_whoever_takes_its_form(city: City, seed: Seed, form: str) -> None:
    address = f"/sv/feeds/news.{form}"
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    for accept in (FORMS[form], f"{FORMS[form]}; charset=utf-8", "application/*", "*/*", browser):
        assert city.ask(address, Accept=accept).status_code == 200, accept
    for accept in ("text/html", "image/*", f"{FORMS[form]};q=0", "application/activity+json"):
        problem = city.problem(address, "not-acceptable", Accept=accept)
        assert FORMS[form] in problem["detail"]


@xml_forms
def test_readers_that_only_say_xml_get_their_feed(city: City, seed: Seed, form: str) -> None:
    for accept in ("application/xml", "text/xml"):
        assert city.ask(f"/sv/feeds/news.{form}", Accept=accept).status_code == 200
    city.problem(f"/sv/feeds/news.{form}", "not-acceptable", Accept="application/json")


@every_form
def test_a_feed_is_asked_for_like_everything_else(city: City, seed: Seed, form: str) -> None:
    address = f"/sv/feeds/news.{form}"
    first = city.ask(address)
    assert first["Access-Control-Allow-Origin"] == "*"
    assert first["Cache-Control"] == "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400"
    assert seed.id.replace("-", "")[:12] in first["Surrogate-Key"]
    assert f'</content/v1/uk/feeds/news.{form}>; rel="alternate"; hreflang="uk"' in first["Link"].replace(
        "http://testserver", ""
    )
    again = city.ask(address, If_None_Match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    head = city.ask(address, method="HEAD")
    assert (head.content, dict(head.headers)) == (b"", dict(first.headers))
    assert city.ask(address, method="OPTIONS").status_code == 204


@every_form
def test_a_feed_changes_with_what_is_in_it_and_only_then(city: City, seed: Seed, form: str) -> None:
    before = city.ask(f"/sv/feeds/news.{form}")["ETag"]
    publish(seed.vitalii)
    assert city.ask(f"/sv/feeds/news.{form}")["ETag"] == before
    seed.article.lead = "Ett nytt samarbete."
    publish(seed.article)
    assert city.ask(f"/sv/feeds/news.{form}")["ETag"] != before


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/sv/feeds/home.rss", "not-found"),
        ("/sv/feeds/nyheter.atom", "not-found"),
        ("/sv/feeds/news.xml", "not-found"),
        ("/sv/feeds/news", "not-found"),
        ("/ua/feeds/news.rss", "unknown-language"),
        ("/sv/feeds/news.rss?limit=3", "invalid-parameters"),
    ],
)
def test_a_feed_that_does_not_exist_is_a_problem(city: City, seed: Seed, address: str, name: str) -> None:
    city.problem(address, name)


@pytest.mark.parametrize(("path", "kind"), [("/sv", "news"), ("{person}", "people")])
def test_pages_for_people_lead_to_the_feeds(city: City, seed: Seed, path: str, kind: str) -> None:
    path = path.format(person=city.get(f"/sv/people/{seed.janet.translation_key}")["path"])
    page = city.ask(f"/{path}").content.decode()
    for form in ("rss", "atom", "json"):
        href = f"http://testserver/content/v1/sv/feeds/{kind}.{form}"
        assert f'<link rel="alternate" type="{FORMS[form]}"' in page
        assert f'href="{href}"' in page


def _keys(form: str, content: bytes) -> list[str]:
    match form:
        case "rss":
            return [str(item.findtext("guid")) for item in hold_against_rss(content).findall("item")]
        case "atom":
            entries = hold_against_atom(content).findall(f"{ATOM}entry")
            return [str(entry.findtext(f"{ATOM}id")).removeprefix("urn:uuid:") for entry in entries]
    return [item["id"] for item in hold_against_json_feed(json.loads(content))["items"]]


def _texts(form: str, content: bytes) -> list[str]:
    match form:
        case "rss":
            return [str(item.findtext(f"{CONTENT}encoded")) for item in hold_against_rss(content).findall("item")]
        case "atom":
            return [
                str(entry.findtext(f"{ATOM}content")) for entry in hold_against_atom(content).findall(f"{ATOM}entry")
            ]
    return [item["content_html"] for item in hold_against_json_feed(json.loads(content))["items"]]


def _alternates(element: Any) -> list[Any]:
    links = element.findall(f"{ATOM}link")
    return [link for link in links if link.get("rel") == "alternate" and link.get("hreflang")]


def _count(city: City, address: str) -> int:
    city.ask(address)
    with CaptureQueriesContext(connection) as queries:
        city.ask(address)
    return len([query for query in queries if "SAVEPOINT" not in query["sql"]])
