"""A hub that publishes in Swedish, in the Swedish of Finland and in Finnish: run by `test_other_languages.py`.

Languages are a setting: this hub is another process than the one of the other tests.
"""

import json
import re
from collections.abc import Iterator
from io import StringIO
from typing import Any
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings
from wagtail.models import GroupPagePermission, Locale, Page, WorkflowPage

from cms.content.paths import public_path
from cms.publications.by_hand import gone
from cms.translation.submitting import translate as begin
from news.models import NewsIndexPage, NewsPage
from partners.models import PeopleIndexPage, PersonPage
from tests.contract.city import City
from tests.newsroom import add, publish, translate
from tests.publishing import publish_noted

HUB = "http://testserver"
API = f"{HUB}/content/v1"
XHTML = "{http://www.w3.org/1999/xhtml}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"

VAASA = """
slug = "vaasa"
country = "FI"
languages = ["fi", "sv-FI"]
title = { sv = "Vasa", sv-FI = "Vasa stad", fi = "Vaasa" }

[[names]]
text = "Vasa"
language = "sv-FI"
script = "Latn"
status = "official"
"""


@pytest.fixture
def city() -> City:
    return City()


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: Any) -> Iterator[NewsPage]:
    """An article first written in the Swedish of Finland, about somebody who is known in Swedish only."""
    file = tmp_path_factory.mktemp("partners") / "vaasa.toml"
    file.write_text(VAASA)
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("setup_partner", file, stdout=StringIO())
        publish_noted()
        yield _write()
        transaction.set_rollback(True)


@pytest.fixture
def article(stage: NewsPage, db: None) -> NewsPage:
    """The article as it is stored."""
    return NewsPage.objects.get(pk=stage.pk)


@pytest.fixture
def finnish(article: NewsPage) -> NewsPage:
    """The article in Finnish, translated from the Swedish of Finland."""
    made = translate(article, "fi", {article.title: "Vaasa tapasi Hersonin"})
    publish_noted()
    return made


def test_the_set_up_makes_homes_and_sections_in_every_language(city: City, article: NewsPage) -> None:
    assert [found["language"] for found in city.get("/languages")] == ["sv", "sv-FI", "fi"]
    assert {found["language"]: found["name"] for found in city.get("/languages")} == {
        "sv": "svenska",
        "sv-FI": "svenska (Finland)",
        "fi": "suomi",
    }
    assert city.get("/languages")[1]["url"] == f"{API}/sv-fi/home"
    assert city.get("/sv-fi/home")["language"] == "sv-FI"
    [section] = city.get("/sv-fi/partners")["items"]
    assert (section["title"], section["path"], section["languages"]) == (
        "Vasa stad",
        "/sv-fi/partners/vaasa",
        ["fi", "sv-FI"],
    )


def test_no_group_and_no_review_is_for_two_languages(article: NewsPage) -> None:
    for group in Group.objects.filter(name__startswith="Translators into"):
        homes = GroupPagePermission.objects.filter(group=group).values_list("page__locale__language_code", flat=True)
        assert len(set(homes)) == 1, group
    assert Group.objects.filter(name="Translators into Swedish (FI)").exists()
    reviewed = WorkflowPage.objects.values_list("workflow__name", "page__locale__language_code")
    assert dict(reviewed)["Swedish (FI)"] == "sv-FI"
    assert dict(reviewed)["Swedish"] == "sv"


def test_an_item_is_at_lower_case_and_says_its_language_as_bcp_47_does(city: City, article: NewsPage) -> None:
    answer = city.ask(f"/sv-fi/news/{article.translation_key}")
    item = answer.json()
    assert (item["language"], item["requested_language"], item["is_fallback"]) == ("sv-FI", "sv-FI", False)
    assert item["_links"]["self"]["href"] == f"{API}/sv-fi/news/{article.translation_key}"
    assert item["path"] == "/sv-fi/vaasa/news/vasa-moter-cherson"
    assert item["translation"]["source_language"] == "sv-FI"
    assert answer["Content-Language"] == "sv-FI"


def test_its_alternates_are_reciprocal_in_fields_and_headers(city: City, article: NewsPage, finnish: NewsPage) -> None:
    swedish = city.ask(f"/sv-fi/news/{article.translation_key}")
    other = city.get(f"/fi/news/{article.translation_key}")
    assert swedish.json()["alternates"] == other["alternates"]
    assert [alternate["language"] for alternate in other["alternates"]] == ["sv-FI", "fi"]
    assert (other["translation"]["source_language"], other["translation"]["translated_from"]) == ("sv-FI", "sv-FI")
    link = f'<{API}/sv-fi/news/{article.translation_key}>; rel="alternate"; hreflang="sv-FI"'
    assert link in swedish["Link"]


def test_the_page_for_readers_is_in_it(city: City, article: NewsPage, finnish: NewsPage) -> None:
    answer = city.ask(f"/{public_path(article)}")
    page = answer.content.decode()
    assert (answer.status_code, answer["Content-Language"]) == (200, "sv-FI")
    assert '<html lang="sv-FI">' in page
    assert (
        'lang="sv-FI" hreflang="sv-FI">svenska (Finland)</a>' in city.ask(f"/{public_path(finnish)}").content.decode()
    )
    missing = city.ask("//sv-fi/vaasa/news/nowhere").content.decode()
    assert '<html lang="sv-FI">' in missing
    assert '<a href="/sv-fi">Misto</a>' in missing
    assert "Det finns inget" in missing, "the words of the hub are Swedish there"


def test_feeds_are_in_it(city: City, article: NewsPage, finnish: NewsPage) -> None:
    feed = city.get("/sv-fi/feeds/news.json")
    assert feed["language"] == "sv-FI"
    assert [item["language"] for item in feed["items"]] == ["sv-FI"]
    for form in ("rss", "atom"):
        text = city.ask(f"/sv-fi/feeds/news.{form}").content.decode()
        assert "Vasa möter Cherson" in text
        assert 'hreflang="fi"' in text
        assert re.search(r"<language>sv-FI</language>|xml:lang=\"sv-FI\"", text)
    assert 'hreflang="sv-FI"' in city.ask("/fi/feeds/news.atom").content.decode()


def test_sitemaps_name_it(city: City, article: NewsPage, finnish: NewsPage) -> None:
    root = ElementTree.fromstring(city.ask("/sv-fi/sitemap.xml").content)
    [place] = [url for url in root if "vasa-moter-cherson" in str(url.findtext(f"{SITEMAP}loc"))]
    assert {link.get("hreflang"): link.get("href") for link in place.iter(f"{XHTML}link")} == {
        "sv-FI": f"{HUB}{public_path(article)}",
        "fi": f"{HUB}{public_path(finnish)}",
    }
    assert f"Sitemap: {API}/sv-fi/sitemap.xml" in city.ask("//robots.txt").content.decode()


def test_the_export_and_the_changes_are_narrowed_to_it(city: City, article: NewsPage, finnish: NewsPage) -> None:
    answer = city.ask("/export.ndjson?language=sv-fi")
    head, *documents = map(json.loads, answer.content.splitlines())
    assert {document["language"] for document in documents} == {"sv-FI"}
    assert answer["Content-Language"] == "sv-FI"
    after = city.get(f"/changes?language=sv-fi&cursor={head['cursor']}")
    assert (after["items"], after["next_cursor"]) == ([], head["cursor"])
    told = city.get("/changes?language=sv-fi&include=document")["items"]
    assert {(entry["language"], entry["document"]["language"]) for entry in told} == {("sv-FI", "sv-FI")}
    assert {entry["url"].partition("/v1/")[2].partition("/")[0] for entry in told} == {"sv-fi"}
    assert city.problem("/changes?language=sv-FI", "invalid-parameters")["detail"].endswith("did you mean sv-fi?")


@pytest.mark.parametrize("question", ["Vasa", "delegationen", "besöket", "Cherson"])
def test_the_search_knows_its_endings(city: City, article: NewsPage, finnish: NewsPage, question: str) -> None:
    found = [item for item in city.get(f"/sv-fi/search?q={question}")["items"] if item["kind"] == "news"]
    assert [(item["id"], item["language"]) for item in found] == [(str(article.translation_key), "sv-FI")]
    assert article.translation_key not in {item["id"] for item in city.get(f"/sv/search?q={question}")["items"]}


def test_it_falls_back_only_when_asked_and_says_so(city: City, article: NewsPage) -> None:
    [person] = city.get("/sv-fi/people?fallback=sv")["items"]
    assert (person["language"], person["requested_language"], person["is_fallback"]) == ("sv", "sv-FI", True)
    assert city.get("/sv-fi/people")["items"] == []
    answer = city.ask(f"/sv-fi/people/{person['id']}?fallback=sv")
    assert (answer.status_code, answer["Content-Language"]) == (200, "sv, sv-FI")  # the partner's name is in the latter
    assert [link["path"] for link in city.get(f"/sv-fi/news/{article.translation_key}?fallback=sv")["body"][0]["links"]]
    backwards = city.get(f"/sv/news/{article.translation_key}?fallback=fi,sv-fi")
    assert (backwards["language"], backwards["is_fallback"]) == ("sv-FI", True)


def test_one_swedish_is_not_the_other(city: City, article: NewsPage) -> None:
    problem = city.problem(f"/sv/news/{article.translation_key}", "not-in-this-language")
    assert problem["available_languages"] == [
        {"language": "sv-FI", "url": f"{API}/sv-fi/news/{article.translation_key}"}
    ]
    assert problem["detail"] == "This item is not published in svenska."


@pytest.mark.parametrize(
    ("code", "meant"), [("SV-FI", "sv-fi"), ("sv-FI", "sv-fi"), ("sv_fi", "sv-fi"), ("sv-SE", "sv"), ("fi-FI", "fi")]
)
def test_who_writes_it_otherwise_is_told_how_it_is_written(
    city: City, article: NewsPage, code: str, meant: str
) -> None:
    problem = city.problem(f"/{code}/news", "unknown-language")
    assert problem["languages"] == ["sv", "sv-FI", "fi"]
    assert problem["detail"].endswith(f"did you mean {meant}?")


def test_a_language_that_this_hub_does_not_have_is_unknown(city: City, article: NewsPage) -> None:
    assert city.problem("/en/news", "unknown-language")["status"] == 404
    assert city.problem("/uk/news", "unknown-language")["status"] == 404
    assert city.ask("//en").status_code == 404


def test_lookup_and_tombstones_know_it(city: City, article: NewsPage, finnish: NewsPage) -> None:
    path = public_path(article)
    assert city.get(f"/sv-fi/lookup?path={path}")["url"] == f"{API}/sv-fi/news/{article.translation_key}"
    assert city.ask(f"/sv-fi/news/{article.slug}").status_code == 308
    gone(article.translation_key, "mistake", languages=["sv-FI"])
    problem = city.problem(f"/sv-fi/news/{article.translation_key}?fallback=fi", "gone")
    assert [other["language"] for other in problem["available_languages"]] == ["fi"]


def test_the_document_of_the_api_and_its_pages_have_it(city: City, article: NewsPage) -> None:
    parameters = city.get("/openapi.json")["paths"]["/content/v1/changes"]["get"]["parameters"]
    [language] = [parameter for parameter in parameters if parameter["name"] == "language"]
    assert language["schema"]["items"]["enum"] == ["sv", "sv-fi", "fi"]
    assert city.ask("/docs").status_code == 200
    assert set(city.get("/status")["publications"]) == {"sv", "sv-FI", "fi"}


def test_it_is_translated_at_the_desk_from_and_into(article: NewsPage, city: City) -> None:
    translation = begin(article, "sv")
    assert str(translation.target_locale.language_code) == "sv"
    person = PersonPage.objects.get()
    translate(person, "sv-FI", {})
    publish_noted()
    [found] = city.get("/sv-fi/people")["items"]
    assert (found["language"], found["translation"]["translated_from"]) == ("sv-FI", "sv")
    assert {locale.language_code for locale in Locale.objects.all()} == {"sv", "sv-FI", "fi"}
    assert Page.objects.filter(locale__language_code="sv-FI", depth=2).count() == 1


def test_the_demo_is_not_loaded_into_languages_that_it_is_not_written_in(db: None, settings: Settings) -> None:
    settings.DEMO = True
    with pytest.raises(CommandError, match="written in sv, uk, fi, en"):
        call_command("load_demo")


@pytest.mark.parametrize(("asked", "spoken"), [("sv-FI", "sv"), ("de", "sv"), ("fi", "fi"), ("uk, de;q=0.5", "uk")])
def test_the_admin_speaks_its_own_languages_whatever_the_hub_publishes_in(
    db: None, client: Client, settings: Settings, asked: str, spoken: str
) -> None:
    settings.LANGUAGES = [*settings.LANGUAGES, ("de", "Deutsch")]
    page = client.get("/admin/login/", headers={"Accept-Language": asked}).content.decode()
    assert f'lang="{spoken}"' in page.partition("<body")[0]


def _write() -> NewsPage:
    person = PersonPage(title="Tomas Häyry")
    publish(add(PeopleIndexPage.objects.get(locale__language_code="sv"), person))
    publish_noted()
    page = NewsPage(title="Vasa möter Cherson", lead="En delegation kom på besök.")
    page.body = [("paragraph", f'<p>Läs om <a linktype="page" id="{person.pk}">stadsdirektören</a>.</p>')]
    published: NewsPage = publish(add(NewsIndexPage.objects.get(locale__language_code="sv-FI"), page))
    publish_noted()
    return published
