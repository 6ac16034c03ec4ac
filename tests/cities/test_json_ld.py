"""Documents in the words of schema.org, for search engines: complete, absolute and honest about languages."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from cms.content.paths import public_path
from cms.publications.by_hand import withdraw
from frontend_contract.models.json_ld import JsonLd
from partners.models import PersonPage
from tests.cities.conftest import Seed
from tests.contract.city import City
from tests.newsroom import add, add_image, publish

REQUIRED = {
    "NewsArticle": {"headline", "datePublished", "dateModified", "author", "publisher", "inLanguage", "url"},
    "Person": {"name", "url", "mainEntityOfPage"},
    "GovernmentOrganization": {"name", "url", "alternateName", "location", "mainEntityOfPage"},
    "Project": {"name", "url", "member", "mainEntityOfPage"},
    "DefinedTerm": {"name", "termCode", "mainEntityOfPage"},
    "WebPage": {"name", "url", "inLanguage", "datePublished"},
    "ProfilePage": {"url", "inLanguage", "datePublished"},
    "ImageObject": {"url"},
    "OrganizationRole": set[str](),
    "EmployeeRole": {"roleName", "worksFor"},
    "Organization": {"name"},
    "PoliticalParty": {"name"},
    "Grant": {"name"},
    "CreativeWork": {"name"},
    "Place": {"address"},
    "PostalAddress": {"addressCountry"},
    "GeoCoordinates": {"latitude", "longitude"},
}
"""What each type of schema.org needs to be of use to those who read it."""

SHORT = {
    "NewsArticle": {"inLanguage", "url"},
    "WebPage": {"inLanguage"},
    "Project": {"name", "url"},
    "Person": {"name", "url"},
    "DefinedTerm": {"name", "termCode"},
    "GovernmentOrganization": {"name"},
}
"""The same of what is only named, and described at its own address."""

ADDRESSES = ("url", "license")
KINDS = ("news", "people", "partners", "partnerships", "topics")
TYPES = {
    "news": "NewsArticle",
    "people": "Person",
    "partners": "GovernmentOrganization",
    "partnerships": "Project",
    "topics": "DefinedTerm",
}


def _things(said: Any) -> Iterator[dict[str, Any]]:
    """Yield every object of schema.org inside."""
    match said:
        case dict():
            if "@type" in said:
                yield said
            for part in said.values():
                yield from _things(part)
        case list():
            for part in said:
                yield from _things(part)


def _hold_against_schema_org(said: dict[str, Any]) -> None:
    JsonLd.model_validate_json(json.dumps(said))
    assert said["@context"] == "https://schema.org"
    for thing in _things(said):
        wanted = REQUIRED if thing is said else REQUIRED | SHORT
        assert wanted[thing["@type"]] <= thing.keys(), thing
        for name in ADDRESSES:
            if isinstance(thing.get(name), str):
                assert re.fullmatch(r"https?://[^/\s]+/\S*", thing[name]), (name, thing)
        if "@id" in thing:
            assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}|https?://\S+", thing["@id"])
        if "inLanguage" in thing:
            assert thing["inLanguage"] in ("sv", "uk", "fi", "en")
    assert "null" not in json.dumps(said)


def _of(city: City, language: str, kind: str, key: object, more: str = "") -> Any:
    return city.get(f"/{language}/{kind}/{key}?include=json_ld{more}")["json_ld"]


@pytest.mark.parametrize(
    ("language", "kind"), [*(("sv", kind) for kind in KINDS), *(("uk", kind) for kind in KINDS[:3])]
)
def test_every_item_can_be_had_in_the_words_of_schema_org(city: City, seed: Seed, language: str, kind: str) -> None:
    items = city.get(f"/{language}/{kind}?include=json_ld")["items"]
    assert items
    for item in items:
        _hold_against_schema_org(item["json_ld"])
        assert item["json_ld"]["@type"] == TYPES[kind]
        assert item["json_ld"]["identifier"] == f"urn:uuid:{item['id']}"
        assert _of(city, language, kind, item["id"]) == item["json_ld"]


def test_the_front_page_is_a_web_page(city: City, seed: Seed) -> None:
    said = city.get("/sv/home?include=json_ld")["json_ld"]
    _hold_against_schema_org(said)
    assert (said["@type"], said["inLanguage"], said["url"]) == ("WebPage", "sv", "http://testserver/sv")


def test_it_comes_only_when_asked_for(city: City, seed: Seed) -> None:
    for address in ("/sv/news", f"/sv/news/{seed.id}", "/sv/search?q=Visby", "/sv/home"):
        assert "json_ld" not in json.dumps(city.get(address))
    assert {item["json_ld"]["@type"] for item in city.get("/sv/search?q=demokrati&include=json_ld")["items"]} == {
        "NewsArticle", "Project", "DefinedTerm",
    }  # fmt: skip


def test_it_is_whole_also_when_it_is_the_only_field(city: City, seed: Seed) -> None:
    whole = _of(city, "sv", "news", seed.id)
    assert city.get(f"/sv/news/{seed.id}?fields=json_ld") == {"json_ld": whole}
    assert city.get("/sv/news?fields=json_ld")["items"] == [{"json_ld": whole}]


def test_an_article_says_what_it_was_translated_from_and_the_original_its_translations(city: City, seed: Seed) -> None:
    swedish, ukrainian = (_of(city, language, "news", seed.id) for language in ("sv", "uk"))
    assert (swedish["inLanguage"], ukrainian["inLanguage"]) == ("sv", "uk")
    assert "translationOfWork" not in swedish
    [work] = swedish["workTranslation"]
    assert (work["@id"], work["inLanguage"], work["name"]) == (ukrainian["@id"], "uk", ukrainian["headline"])
    assert "workTranslation" not in ukrainian
    original = ukrainian["translationOfWork"]
    assert (original["@id"], original["inLanguage"], original["url"]) == (swedish["@id"], "sv", swedish["url"])
    assert original["@type"] == "NewsArticle"


def test_an_original_that_is_not_published_is_named_by_its_language_alone(city: City, seed: Seed) -> None:
    seed.article.unpublish()
    assert _of(city, "uk", "news", seed.id)["translationOfWork"] == {"@type": "NewsArticle", "inLanguage": "sv"}


def test_an_article_names_its_topics_its_people_and_its_licence(city: City, seed: Seed) -> None:
    seed.article.license = "CC-BY-4.0"
    publish(seed.article)
    said, item = _of(city, "sv", "news", seed.id), city.get(f"/sv/news/{seed.id}")
    assert said["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert said["description"] == item["lead"]
    assert {thing.get("termCode") for thing in said["about"]} >= {topic["code"] for topic in item["topics"]}
    assert {thing["@id"] for thing in said["mentions"]} >= {f"urn:uuid:{person['id']}" for person in item["people"]}
    assert said["publisher"]["name"] == item["attribution"]["partner"]["title"]


def test_a_licence_without_an_address_keeps_its_name(city: City, seed: Seed) -> None:
    seed.article.license = "Umeå kommuns villkor"
    publish(seed.article)
    licence = {"@type": "CreativeWork", "name": "Umeå kommuns villkor"}
    assert _of(city, "sv", "news", seed.id)["license"] == licence


def test_a_picture_says_who_made_it(city: City, seed: Seed) -> None:
    seed.article.image, seed.article.image_alt = add_image(credit="Misto"), "En talare"
    publish(seed.article)
    image, shown = _of(city, "sv", "news", seed.id)["image"], city.get(f"/sv/news/{seed.id}")["image"]
    assert (image["url"], image["description"], image["creditText"]) == (shown["src"], "En talare", "Misto")


def test_a_city_is_named_in_all_its_spellings_but_once(city: City, seed: Seed) -> None:
    said = _of(city, "sv", "partners", seed.room.section("kherson", "sv").translation_key)
    assert said["name"] not in said["alternateName"]
    assert {"Херсон", "Kherson", "Herson"} <= set(said["alternateName"])
    assert len(said["alternateName"]) == len(set(said["alternateName"]))
    assert said["mainEntityOfPage"]["inLanguage"] == "sv"


def test_a_person_has_a_name_in_each_script_and_offices_with_their_days(city: City, seed: Seed) -> None:
    said = _of(city, "sv", "people", seed.vitalii.translation_key)
    assert "Віталій Бєлобров" in said["alternateName"]
    janet, item = (
        _of(city, "sv", "people", seed.janet.translation_key),
        city.get(f"/sv/people/{seed.janet.translation_key}"),
    )
    assert janet["jobTitle"] == next(role["title"] for role in item["roles"] if role["to"] is None)
    assert [role["roleName"] for role in janet["worksFor"]] == [
        role["title"] for role in item["roles"] if role["organisation"]
    ]
    assert [role["memberOf"]["alternateName"] for role in janet["memberOf"]] == [
        role["party"]["letter"] for role in item["roles"] if role["party"]
    ]


def test_a_name_in_another_language_than_the_text_says_so(city: City, seed: Seed) -> None:
    anna = publish(add(seed.room.people("umea", "fi"), PersonPage(title="Anna Esimerkki")))
    seed.article.people.create(page=anna)
    publish(seed.article)
    names = [thing["name"] for thing in _of(city, "sv", "news", seed.id, "&fallback=fi")["mentions"]]
    assert {"@value": "Anna Esimerkki", "@language": "fi"} in names
    assert "Anna Esimerkki" not in json.dumps(_of(city, "sv", "news", seed.id))
    response = city.ask(f"/sv/news/{seed.id}?fields=json_ld&fallback=fi")
    assert set(response["Content-Language"].split(", ")) == {"sv", "fi"}


def test_a_text_in_another_language_than_asked_for_is_labelled_with_its_own(city: City, seed: Seed) -> None:
    said = _of(city, "fi", "news", seed.id, "&fallback=uk")
    assert (said["inLanguage"], said["headline"]) == ("uk", seed.ukrainian.title)


def test_what_is_withdrawn_says_so(city: City, seed: Seed) -> None:
    withdraw(seed.article.translation_key, "Uppgifterna stämde inte.", ["sv"])
    assert _of(city, "sv", "news", seed.id)["creativeWorkStatus"] == "Withdrawn"


def test_the_reading_page_carries_the_same(city: City, seed: Seed) -> None:
    for kind in KINDS:
        for item in city.get(f"/sv/{kind}?include=json_ld")["items"]:
            page = city.ask(f"/{item['path']}").content.decode()
            [script] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
            assert json.loads(script) == item["json_ld"]


def test_nothing_that_an_editor_types_ends_the_script_element(city: City, seed: Seed) -> None:
    seed.article.title = "</script><script>alert(1)</script> & <!-- Cherson"
    publish(seed.article)
    page = city.ask(f"/{public_path(seed.article)}").content.decode()
    assert page.count("<script") == page.count("</script") == 1
    [script] = re.findall(r"<script[^>]*>(.*?)</script>", page)
    assert json.loads(script)["headline"] == seed.article.title
    assert not set("<>&") & set(script)
