"""The demo's texts, before anything is loaded: true, complete in each language, and written as people write there."""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import permutations
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image

from cms.content.slugs import slug_of
from cms.demo.drawings import DRAWINGS
from cms.demo.texts import Item, item, items, topics
from cms.translation.checks import find_in

LANGUAGES = {"sv", "uk", "fi", "en"}
SEED = "umea-samarbete-cherson"
SAMPLE = {"sv": "Exempeltext", "uk": "Зразок тексту", "fi": "Esimerkkiteksti", "en": "Sample text"}
ABOUT_NAMES = {"city-names", "vaasa-talks-2023", "about"}
"""Items that are about names, and so say what a city is called elsewhere."""

each_item = pytest.mark.parametrize("each", items(), ids=lambda each: f"{each.kind}/{each.name}")


def texts_of(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Yield every text of an item with its place, as the languages it exists in."""
    match node:
        case Mapping() if node and set(node) <= LANGUAGES:
            yield path, dict(node)
        case Mapping():
            for name, child in node.items():
                yield from texts_of(child, f"{path}.{name}")
        case list() | tuple():
            for number, child in enumerate(node):
                yield from texts_of(child, f"{path}.{number}")


def said_in(each: Item, language: str) -> str:
    return "\n".join(text[language] for _path, text in texts_of(each.said) if language in text)


def blocks_of(each: Item) -> list[Mapping[str, Any]]:
    return list(each.said.get("body", []))


def published_in(each: Item) -> set[str]:
    return {each.source, *each.translations}


@each_item
def test_every_text_exists_in_every_language_of_its_item(each: Item) -> None:
    for path, text in texts_of(each.said):
        missing = published_in(each) - set(text)
        later = ".body." in path and each.said["body"][int(path.split(".")[2])].get("later")
        if path in (".slug", ".translated_from"):
            continue
        if later or path.startswith(".change_note"):
            missing -= {each.stale}
        assert not missing, path
        assert all(words.strip() for words in text.values()), path


@each_item
def test_no_text_is_said_to_have_other_numbers_dates_or_links_than_in_another_language(each: Item) -> None:
    for path, text in texts_of(each.said):
        for source, target in permutations(text, 2):
            findings = find_in(text[source], text[target], source, target, register=())
            assert [finding for finding in findings if finding.code in ("numbers", "links")] == [], path


@each_item
def test_a_city_is_called_what_the_reader_calls_it(each: Item) -> None:
    if each.name in ABOUT_NAMES:
        pytest.skip("this one is about names")
    foreign = {
        "sv": r"Kherson|Herson|Херсон|Uumaja|Vaasa\b",
        "fi": r"Kherson|Cherson|Umeå\b|Vasa\b",
        "en": r"Cherson|\bHerson|Uumaja|Vasa\b",
        "uk": r"Kherson|Cherson|Herson|Umeå\b|Vaasa|Vasa\b",
    }
    for language in published_in(each):
        found = re.findall(foreign[language], said_in(each, language).replace("Umeå ingår samarbete med Cherson", ""))
        assert found == []


@each_item
def test_quotation_marks_and_apostrophes_are_those_of_the_language(each: Item) -> None:
    wrong = {"sv": "“«»'\"", "fi": "“«»'\"", "en": "„«»'\"", "uk": "“”„'\""}
    for language in published_in(each):
        plain = re.sub(r"<[^>]+>", "", said_in(each, language))
        assert not set(plain) & set(wrong[language])


@each_item
def test_every_item_names_its_source_or_is_marked_as_sample_text(each: Item) -> None:
    if each.kind not in ("news", "partnerships", "partners"):
        pytest.skip("people name their source in their text, pages are about Misto itself")
    addresses = [link["url"] for block in blocks_of(each) for link in block.get("links", []) if "url" in link]
    if addresses:
        assert all(urlsplit(address).scheme == "https" for address in addresses)
        return
    assert each.name.endswith("-sample")
    for language in published_in(each):
        assert each.said["title"][language].startswith(SAMPLE[language])
        assert f"<b>{SAMPLE[language]}.</b>" in blocks_of(each)[0]["text"][language]


def test_quotations_come_from_the_seed_article_only() -> None:
    quoting = [each.name for each in items() for block in blocks_of(each) if block["type"] == "quote"]
    assert quoting == [SEED, SEED]


def test_the_quotations_are_the_speakers_own_words() -> None:
    said = {block["person"]: block["text"]["sv"] for block in blocks_of(item(SEED)) if block["type"] == "quote"}
    assert said == {
        "janet-agren": "Det är viktigt att stå upp för demokrati och frihet. Självklart ska Umeå bidra på de sätt vi"
        " kan och vi har mycket att lära av Cherson.",
        "anders-agren": "Sverige och EU gör mycket för Ukraina, men min uppfattning är att det inte räcker. Vi måste"
        " göra mer.",
    }


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "Переклад цитат — наш, мовці його не затверджували."),
        ("fi", "käännökset ovat meidän, eivätkä puhujat ole niitä hyväksyneet"),
        ("en", "Their translation is ours and has not been approved by the speakers."),
    ],
)
def test_translated_quotations_are_marked_as_ours(language: str, words: str) -> None:
    assert words in said_in(item(SEED), language)


def test_no_other_title_has_both_words_that_the_seed_article_is_found_by() -> None:
    titles = [title for each in items() for title in each.said["title"].values()]
    found = [title for title in titles if "samarbete" in title.lower() and "cherson" in title.lower()]
    assert found == [item(SEED).said["title"]["sv"]]


def test_the_year_of_the_visit_is_said_to_be_assumed() -> None:
    for language, words in {"sv": "antas", "uk": "припускаємо", "fi": "oletetaan", "en": "assumed"}.items():
        assert words in said_in(item(SEED), language)
    period = next(block for block in blocks_of(item(SEED)) if block["type"] == "period")
    assert (period["start"].isoformat(), period["end"].isoformat()) == ("2024-06-10", "2024-06-16")


def test_there_are_eleven_further_items_at_least_in_all_languages_as_source() -> None:
    further = [each for each in items() if each.kind in ("news", "pages") and each.name != SEED]
    assert len(further) >= 11
    assert {each.source for each in further} == LANGUAGES


def test_nothing_is_said_of_people_beyond_their_offices() -> None:
    for each in items():
        if each.kind == "people":
            assert [block["type"] for block in blocks_of(each)] == ["paragraph"]
            assert "start" not in each.said["appointments"][0]
            assert each.said["portrait"]["drawing"].startswith("initials-")


def test_every_topic_has_a_label_of_its_own_in_every_language() -> None:
    for language in LANGUAGES:
        slugs = [slug_of(label[language]) for label in topics().values()]
        assert all(slugs)
        assert len(set(slugs)) == len(slugs)


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_is_small_wide_and_the_same_every_time(name: str) -> None:
    drawn = DRAWINGS[name]()
    with Image.open(BytesIO(drawn)) as picture:
        assert picture.width >= (400 if picture.width == picture.height else 800)  # portraits and marks are shown small
    assert len(drawn) < 60_000
    assert DRAWINGS[name]() == drawn
