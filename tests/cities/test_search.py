"""Search: in every kind and language, whatever the form of a word or the spelling of a name."""

from typing import Any

import pytest
from django.db import connection
from wagtail.models import PageViewRestriction

from cms.publications.by_hand import gone, restore, vanish, withdraw
from cms.publications.models import SearchText
from news.models import NewsPage
from tests.cities.conftest import Seed
from tests.cities.test_shapes import ENVELOPE, KINDS
from tests.contract.city import City
from tests.newsroom import add, draft, publish
from tests.publishing import publish_noted

SPELLINGS = ("Kherson", "Cherson", "Херсон", "Herson")

TEXTS = {
    "sv": "Chersons kommuner får vatten. Förskolorna i städerna öppnar; människorna hjälper varandra.",
    "uk": "Громада відновлює водопостачання в Херсоні. Об’єднані міста надають допомогу, а життя у Львові триває.",
    "fi": "Hersonin kaupungissa korjataan vesijohtoja. Valtuuskunnan jäsenet keskustelivat yhteistyöstä.",
    "en": "Kherson’s cities repair their pipes. The delegations agreed on cooperating in planning.",
}
INFLECTED = [
    *(("sv", word) for word in ("vattens", "vatten", "stad", "människa", "manniskor", "kommun", "hjälp", "FÖRSKOLA")),
    *(("uk", word) for word in ("громади", "відновлення", "місто", "допомога", "Львів", "життям", "об'єднання")),
    *(("fi", word) for word in ("kaupunki", "kaupungin", "vesijohto", "valtuuskunta", "yhteistyö", "keskustelu")),
    *(("en", word) for word in ("city", "pipe", "delegation", "cooperation", "agree", "plans", "repairing")),
]
KNOWN_BY_STEMS_ONLY = {("sv", "stad")}


@pytest.fixture(scope="module")
def texts(stage: Seed, django_db_blocker: Any) -> dict[str, list[str]]:
    """Titles of further articles in each language: one with inflected words, and one for each spelling of a name."""
    with django_db_blocker.unblock():
        return {language: _write_examples(stage, language) for language in TEXTS}


def _write_examples(seed: Seed, language: str) -> list[str]:
    written = [_write(seed, language, f"Bro {language}", lead=TEXTS[language])]
    for spelling in SPELLINGS:
        written.append(_write(seed, language, f"{spelling[0]} {language}", lead=f"Om {spelling} med mera."))
    publish_noted()
    return [page.title for page in written]


def _find(city: City, language: str, question: str, more: str = "") -> list[str]:
    """Return the titles of what is found, the best first."""
    answer = city.get(f"/{language}/search?q={question}&limit=100{more}")
    assert answer["total"] == len(answer["items"])
    return [item["title"] for item in answer["items"]]


def _write(seed: Seed, language: str, title: str, lead: str = "Exempel.", **more: Any) -> NewsPage:
    return publish(add(seed.room.news("umea", language), NewsPage(title=title, lead=lead, **more)))


def test_a_search_finds_every_kind_and_gives_the_objects_of_lists_with_a_snippet(city: City, seed: Seed) -> None:
    items = city.get("/sv/search?q=demokrati&limit=100")["items"]
    assert {item["kind"] for item in items} == {"news", "partnerships", "topics"}
    for item in items:
        listed = city.get(f"/sv/{item['kind']}?limit=100")["items"]
        assert {name: value for name, value in item.items() if name != "snippet"} in listed
        assert set(item) == ENVELOPE | KINDS[item["kind"]] - {"body", "phases"} | {"snippet"}


def test_the_body_comes_when_asked_for(city: City, seed: Seed) -> None:
    [item] = city.get("/sv/search?q=Visby&include=body")["items"]
    assert item["body"] == city.get(f"/sv/news/{seed.id}")["body"]


def test_kind_narrows(city: City, seed: Seed) -> None:
    answer = city.get("/sv/search?q=demokrati&kind=topics,partnerships")
    assert {item["kind"] for item in answer["items"]} == {"topics", "partnerships"}
    assert answer["total"] == 2


def test_a_title_weighs_more_than_a_text(city: City, seed: Seed) -> None:
    _write(seed, "sv", "Vänort", lead="Om broar, och mer om broar, och ännu mer om broar.")
    _write(seed, "sv", "Broar", lead="Exempel om annat som händer i staden under våren.")
    assert _find(city, "sv", "broar") == ["Broar", "Vänort"]


def test_every_word_must_be_there(city: City, seed: Seed) -> None:
    assert _find(city, "sv", "Visby förstudie") == [seed.article.title]
    assert _find(city, "sv", "Visby Kiruna") == []


@pytest.mark.parametrize(("language", "word"), INFLECTED)
def test_a_word_is_found_in_other_forms(
    city: City, texts: dict[str, list[str]], seed: Seed, language: str, word: str
) -> None:
    if connection.vendor == "sqlite" and (language, word) in KNOWN_BY_STEMS_ONLY:
        pytest.skip("SQLite does not know this form: docs/operations.md")
    assert texts[language][0] in _find(city, language, word)


@pytest.mark.parametrize("language", ["sv", "uk", "fi", "en"])
@pytest.mark.parametrize("name", [*SPELLINGS, "Chersons", "Херсона", "Херсоном", "Hersonin", "Hersonissa", "Kherson's"])
def test_a_name_is_found_in_all_its_spellings(
    city: City, texts: dict[str, list[str]], seed: Seed, language: str, name: str
) -> None:
    found = _find(city, language, name)
    assert set(texts[language][1:]) < set(found)
    assert found[0] == seed.room.section("kherson", language).title


@pytest.mark.parametrize("question", ["", "%20", "%09%0A"])
def test_an_empty_question_is_refused(city: City, seed: Seed, question: str) -> None:
    assert "q" in city.problem(f"/sv/search?q={question}", "invalid-parameters")["allowed"]
    city.problem("/sv/search", "invalid-parameters")


def _draft_only(seed: Seed) -> NewsPage:
    return draft(add(seed.room.news("umea", "sv"), NewsPage(title="Kanariefågel", lead="Exempel.")))


def _unpublished(seed: Seed) -> NewsPage:
    page = _write(seed, "sv", "Kanariefågel")
    publish_noted()
    page.unpublish()
    return page


def _deleted(seed: Seed) -> NewsPage:
    page = _write(seed, "sv", "Kanariefågel")
    publish_noted()
    page.delete()
    return page


def _restricted(seed: Seed) -> NewsPage:
    page = _write(seed, "sv", "Kanariefågel")
    publish_noted()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    return page


def _withdrawn(seed: Seed) -> NewsPage:
    page = _write(seed, "sv", "Kanariefågel")
    publish_noted()
    withdraw(page.translation_key, "Återkallad.")
    return page


def _gone(seed: Seed) -> NewsPage:
    page = _write(seed, "sv", "Kanariefågel")
    publish_noted()
    gone(page.translation_key, "merged")
    return page


def _vanished(seed: Seed) -> NewsPage:
    page = _write(seed, "sv", "Kanariefågel")
    publish_noted()
    vanish(page.translation_key)
    return page


HIDDEN = [_draft_only, _unpublished, _deleted, _restricted, _withdrawn, _gone, _vanished]


@pytest.mark.parametrize("hide", HIDDEN)
def test_what_lists_do_not_show_is_neither_found_nor_counted(city: City, seed: Seed, hide: Any) -> None:
    hide(seed)
    assert _find(city, "sv", "kanariefågel") == []
    assert city.get("/fi/search?q=kanariefagel&fallback=sv")["total"] == 0
    assert not SearchText.objects.filter(title_words__contains="kanarie").exists()


def test_what_was_withdrawn_is_found_again_when_it_is_restored(city: City, seed: Seed) -> None:
    page = _withdrawn(seed)
    restore(page.translation_key)
    assert _find(city, "sv", "kanariefågel") == [page.title]
