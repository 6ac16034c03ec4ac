"""An article is written in the real admin, translated in the real editor, and fetched as a city fetches it."""

from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import pytest
from PIL import Image

from tests.browser import Person, signed_in
from tests.hub import Hub

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TITLE = "Umeå och Cherson talar om vatten"
IN_UKRAINIAN = {
    TITLE: "Умео й Херсон говорять про воду",
    "Två städer jämför hur vatten når fram också när strömmen går.": (
        "Два міста порівнюють, як подавати воду, коли зникає електрика."
    ),
    "Mötet handlade om reservkraft, läckor och dricksvatten.": (
        "На зустрічі говорили про резервне живлення, витоки та питну воду."
    ),
    "Vi har mycket att lära av Cherson.": "Нам є чого повчитися в Херсона.",
    "Vattnet ska nå fram.": "Вода має надходити.",
    "Anna Andersson": "Анна Андерссон",
    "ingenjör (exempel)": "інженерка (приклад)",
    "Nästa möte": "Наступна зустріч",
    "reservkraft": "резервне живлення",
    "Besöket": "Візит",
    "Ett vattenverk i skymning": "Водоочисна станція в сутінках",
    "Så kan det se ut.": "Такий вигляд вона може мати.",
    "Bilder": "Світлини",
    "Vattenverket igen": "Знову водоочисна станція",
    "Vattenverket en gång till": "Водоочисна станція ще раз",
    "Mer information": "Додаткова інформація",
    "ICLD har sitt kontor i Visby.": "ICLD має офіс у Вісбю.",
    "Dokument": "Документи",
    "En film om vatten": "Фільм про воду",
    "Umeå kommun": "Муніципалітет Умео",
    "Läs mer": "Читати далі",
    "ICLD": "ICLD, Вісбю",
}
BLOCKS = [
    "paragraph",
    "quote",
    "quote",
    "heading",
    "list",
    "period",
    "image",
    "gallery",
    "fact_box",
    "documents",
    "video",
    "contact",
    "link_list",
]


@pytest.fixture
def photograph(tmp_path: Path) -> Path:
    file = tmp_path / "vattenverk.png"
    Image.new("RGB", (900, 600), "#1b4d6b").save(file)
    return file


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    file = tmp_path / "motesanteckningar.txt"
    file.write_text("Vattenförsörjning: nästa möte i höst.")
    return file


def test_an_editor_writes_every_block_and_a_translator_carries_it_over(
    hub: Hub, photograph: Path, minutes: Path
) -> None:
    with signed_in(hub, "umea-editor", language="sv") as editor:
        editor.begin("Nyheter")
        _write(editor, photograph, minutes)
        editor.press("action-publish")
        assert TITLE in editor.messages()

    article = _find(hub, "sv", TITLE)
    assert [block["type"] for block in article["body"]] == BLOCKS
    first, second = [block for block in article["body"] if block["type"] == "quote"]
    assert (first["speaker"]["name"], first["speaker"]["party"]["letter"]) == ("Janet Ågren", "S")
    assert (second["speaker"]["name"], second["speaker"]["person"]) == ("Anna Andersson", None)
    assert [language["language"] for language in article["alternates"]] == ["sv"]
    assert hub.get(f"/content/v1/uk/news/{article['id']}")[0] == 404

    with signed_in(hub, "uk-translator", language="uk") as translator:
        translator.submit_translation(TITLE)
        translator.press_review("submit")
        translator.translate(IN_UKRAINIAN)
        translator.press_review("submit")
        place = translator.page.url
    assert hub.get(f"/content/v1/uk/news/{article['id']}")[0] == 404, "nothing is published before it is reviewed"
    _approve(hub, place, {"umea-editor": "sv", "uk-reviewer": "uk"})

    status, translated = hub.get(f"/content/v1/uk/news/{article['id']}")
    assert (status, translated["title"]) == (200, IN_UKRAINIAN[TITLE])
    assert [block["type"] for block in translated["body"]] == BLOCKS
    assert translated["translation"]["origin"] in ("human", "mixed"), "the memory knows some words from the demo"
    assert translated["translation"]["reviewed_at"] is not None
    assert translated["translation"]["translated_from"] == "sv"
    quote = next(block for block in translated["body"] if block["type"] == "quote")
    assert quote["speaker"]["person"]["language"] == "uk"
    assert quote["original"] == {"language": "sv", "text": "Vi har mycket att lära av Cherson."}
    for language in ("sv", "uk"):
        alternates = hub.get(f"/content/v1/{language}/news/{article['id']}")[1]["alternates"]
        assert sorted(alternate["language"] for alternate in alternates) == ["sv", "uk"]


def test_a_ukrainian_article_is_carried_into_swedish(hub: Hub) -> None:
    title, lead, text = "Херсон готується до зими", "Місто дбає про тепло.", "Запаси роблять завчасно."
    with signed_in(hub, "kherson-editor", language="uk") as editor:
        editor.write_short("Новини", title, lead, text)
        editor.press("action-publish")
    article = _find(hub, "uk", title)
    assert article["slug"] == "kherson-hotuietsia-do-zymy"

    with signed_in(hub, "sv-translator", language="sv") as translator:
        translator.submit_translation(title)
        translator.translate(
            {title: "Cherson förbereder vintern", lead: "Staden ser till värmen.", text: "Förråden fylls i tid."}
        )
        translator.press_review("submit")
        place = translator.page.url
    _approve(hub, place, {"kherson-editor": "uk", "sv-reviewer": "sv"})

    translated = hub.get(f"/content/v1/sv/news/{article['id']}")[1]
    assert (translated["slug"], translated["translation"]["source_language"]) == ("cherson-forbereder-vintern", "uk")
    assert translated["path"] == "/sv/kherson/news/cherson-forbereder-vintern"


def _approve(hub: Hub, place: str, people: dict[str, str]) -> None:
    """Approve the text at an address, one after the other."""
    for username, language in people.items():
        with signed_in(hub, username, language=language) as person:
            person.open(urlparse(place).path)
            person.press_review("approve")


def _write(editor: Person, photograph: Path, minutes: Path) -> None:
    page = editor.page
    page.fill("#id_title", TITLE)
    page.fill("#id_lead", "Två städer jämför hur vatten når fram också när strömmen går.")
    editor.add_block("paragraph").write("Mötet handlade om reservkraft, läckor och dricksvatten.")
    said = editor.add_block("quote").fill(text="Vi har mycket att lära av Cherson.")
    said.choose("person", "Janet Ågren")
    editor.add_block("quote").fill(text="Vattnet ska nå fram.", name="Anna Andersson", role="ingenjör (exempel)")
    editor.add_block("heading").fill(text="Nästa möte")
    editor.add_block("list").write("reservkraft")
    editor.add_block("period").fill(label="Besöket", week="2024-W24")
    shown = editor.add_block("image").fill(alt="Ett vattenverk i skymning", caption="Så kan det se ut.")
    shown.upload("image", photograph, "Vattenverk")
    gallery = editor.add_block("gallery").fill(title="Bilder", images__0__value__alt="Vattenverket igen")
    gallery.choose("images-0-value-image", "Vattenverk")
    gallery.add_item().fill(images__1__value__alt="Vattenverket en gång till")
    gallery.choose("images-1-value-image", "Vattenverk")
    editor.add_block("fact_box").fill(title="Mer information").write("ICLD har sitt kontor i Visby.")
    papers = editor.add_block("documents").fill(title="Dokument")
    papers.upload("documents-0-value", minutes, "Anteckningar från mötet")
    editor.add_block("video").fill(title="En film om vatten", url="https://www.youtube.com/watch?v=aqz-KE-bpKQ")
    editor.add_block("contact").fill(name="Umeå kommun", email="umea@example.org")
    links = editor.add_block("link_list").fill(title="Läs mer")
    links.fill(links__0__value__url="https://icld.se/", links__0__value__title="ICLD")


def _find(hub: Hub, language: str, title: str) -> dict[str, Any]:
    _status, found = hub.get(f"/content/v1/{language}/news?limit=100")
    key = next(item["id"] for item in found["items"] if item["title"] == title)
    return hub.get(f"/content/v1/{language}/news/{key}")[1]
