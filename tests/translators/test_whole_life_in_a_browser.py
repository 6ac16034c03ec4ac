"""A text's whole life at the desk, in a real browser: from its first publishing to the translation of its change.

Once from Ukrainian into Swedish on a good line, and once from Swedish into Ukrainian, with the translator on a slow
line that loses requests.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import polib
import pytest
from lxml import etree
from playwright.sync_api import Locator, expect

from cms.translation.engines.wordlist import WordList
from cms.translation.files.xliff import NAMESPACE
from tests.browser import AT_A_BAD_LINE, Person, signed_in
from tests.hub import Hub

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@dataclass(frozen=True)
class Life:
    """Who takes part, and what they write: each text as it is in the source, and as it becomes."""

    source: str
    target: str
    editor: str
    news: str  # what the list of news is called where the editor works
    title: tuple[str, str]
    lead: tuple[str, str]
    new_lead: tuple[str, str]
    paragraph: tuple[str, str]
    quote: tuple[str, str]
    name: tuple[str, str]
    role: str  # what the machine suggests is accepted as it is
    box: tuple[str, str]  # what the memory knows from the demo
    fact: tuple[str, str]
    comment: str
    bad_line: bool = False

    @property
    def translator(self) -> str:
        return f"{self.target}-translator"

    @property
    def reviewer(self) -> str:
        return f"{self.target}-reviewer"


FROM_UKRAINIAN = Life(
    source="uk",
    target="sv",
    editor="kherson-editor",
    news="Новини",
    title=("Херсон відкриває підземну школу", "Cherson öppnar en skola under jord"),
    lead=("Діти знову вчаться разом.", "Barnen lär sig tillsammans igen."),
    new_lead=("Діти знову вчаться разом, щодня.", "Barnen lär sig tillsammans igen, varje dag."),
    paragraph=("Школа має шість класів.", "Skolan har sex klassrum."),
    quote=("Тут тепло й тихо.", "Här är det varmt och tyst."),
    name=("Олена (приклад)", "Olena (exempel)"),
    role="учителька",
    box=("Додаткова інформація", "Mer information"),
    fact=("Школу будували рік.", "Skolan byggdes på ett år."),
    comment="Будь ласка, «tyst», а не «stilla».",
)
FROM_SWEDISH = Life(
    source="sv",
    target="uk",
    editor="umea-editor",
    news="Nyheter",
    title=("Umeå bygger en bro av trä", "Умео будує дерев’яний міст"),
    lead=("Den blir klar i höst.", "Він буде готовий восени."),
    new_lead=("Den blir klar i höst, säger staden.", "Він буде готовий восени, каже місто."),
    paragraph=("Bron leder över älven.", "Міст веде через річку."),
    quote=("Vi bygger för framtiden.", "Ми будуємо для майбутнього."),
    name=("Ann (exempel)", "Анн (приклад)"),
    role="byggledare",
    box=("Mer information", "Додаткова інформація"),
    fact=("Träet kommer från skogen intill.", "Деревина походить із сусіднього лісу."),
    comment="Skriv gärna ”bro” som i registret.",
    bad_line=True,
)


@pytest.mark.parametrize("life", [FROM_UKRAINIAN, FROM_SWEDISH], ids=["from Ukrainian", "from Swedish, on a bad line"])
def test_a_text_lives_from_its_first_publishing_to_the_translation_of_its_change(
    hub: Hub, life: Life, tmp_path: Path
) -> None:
    with signed_in(hub, life.editor, language=life.source) as editor:
        number = _write_source(editor, life)
    key = _key(hub, life.source, life.title[0])
    address = f"/content/v1/{life.target}/news/{key}"
    assert hub.get(address)[0] == 404

    with _translating(hub, life) as translator:
        workbench = _begin(translator, life)
        _accept_what_the_memory_filled_in(translator, life)
        _let_a_machine_suggest(translator, life)
        _type(translator, life.title)
        _type(translator, (life.quote[0], life.quote[1].replace(".", "!")))
        assert not life.bad_line or translator.page.evaluate("window.lost") > 0
        _carry_by_po(translator, life, tmp_path / "life.po", {life.lead[0]: life.lead[1]})
        texts = dict([life.paragraph, life.fact, life.name])
        _carry_by_xliff(translator, life, tmp_path / "life.xlf", texts)
        translator.open(workbench)
        expect(translator.page.locator(".desk-row--open")).to_have_count(0)
        translator.press_review("submit")
    assert hub.get(address)[0] == 404, "nothing is public before it is reviewed"

    with signed_in(hub, life.editor, language=life.source) as editor:
        editor.open(workbench)
        expect(editor.page.locator(".desk-row textarea").first).not_to_be_editable()
        editor.page.fill("#review-comment", life.comment)
        editor.press_review("return")
    with _translating(hub, life) as translator:
        translator.open(workbench)
        expect(translator.page.locator("#review blockquote")).to_have_text(life.comment)
        _type(translator, life.quote)
        translator.press_review("submit")
    _approve(hub, life, workbench)
    status, published = hub.get(address)
    assert (status, published["title"], published["lead"]) == (200, life.title[1], life.lead[1])
    assert published["translation"]["reviewed_at"]
    assert not published["translation"]["is_stale"]
    assert published["translation"]["source_language"] == life.source
    how = published["translation"]
    assert (how["origin"], how["ai_disclosure"]) == ("mixed", "assisted")
    assert WordList.label in how["tool"]
    assert published["body"][1]["speaker"]["role"] == f"[{life.target}] {life.role}"
    assert _texts(published) == [life.paragraph[1], life.quote[1], life.box[1], life.fact[1]]

    with signed_in(hub, life.editor, language=life.source) as editor:
        editor.open(f"/admin/pages/{number}/edit/")
        editor.page.fill("#id_lead", life.new_lead[0])
        editor.press("action-publish")
        assert life.title[0] in editor.messages()
    kept = hub.get(address)[1]
    assert (kept["lead"], kept["translation"]["is_stale"]) == (life.lead[1], True), "what is live stays, and says so"

    with _translating(hub, life) as translator:
        translator.open("/admin/desk/queue/?state=stale")
        translator.page.get_by_role("link", name=life.title[0]).first.click()
        changed = translator.page.locator(".desk-row--open")
        expect(changed).to_have_count(1, timeout=AT_A_BAD_LINE)
        expect(changed.locator(".desk-before ins, .desk-before b, .desk-before mark").first).to_be_visible()
        changed.locator(".desk-before [data-use]").click()
        expect(changed.locator("textarea")).to_have_value(life.lead[1])
        _type(translator, life.new_lead)
        translator.press_review("submit")
    assert hub.get(address)[1]["lead"] == life.lead[1]
    _approve(hub, life, workbench)
    now = hub.get(address)[1]
    assert (now["lead"], now["translation"]["is_stale"]) == (life.new_lead[1], False)


@contextmanager
def _translating(hub: Hub, life: Life) -> Iterator[Person]:
    """The translator, signed in; what the admin always loads is in the browser since the line was better."""
    with signed_in(hub, life.translator, language=life.target) as person:
        if life.bad_line:
            person.open("/admin/desk/queue/")
            person.get_a_bad_line()
            person.page.set_default_timeout(AT_A_BAD_LINE)
        yield person


def _write_source(editor: Person, life: Life) -> str:
    """Write and publish the article; return its number."""
    editor.begin(life.news)
    editor.page.fill("#id_title", life.title[0])
    editor.page.fill("#id_lead", life.lead[0])
    editor.add_block("paragraph").write(life.paragraph[0])
    editor.add_block("quote").fill(text=life.quote[0], name=life.name[0], role=life.role)
    editor.add_block("fact_box").fill(title=life.box[0]).write(life.fact[0])
    editor.press("action-publish")
    assert life.title[0] in editor.messages()
    return editor.find_page_id(life.title[0])


def _begin(translator: Person, life: Life) -> str:
    """Find the article in the queue and begin its translation; return the address of the workbench."""
    translator.open("/admin/desk/queue/?state=new")
    translator.page.get_by_role("link", name=life.title[0]).first.click()
    translator.page.wait_for_load_state("networkidle")
    translator.page.locator("form input[type=submit], form button[type=submit]").last.click()
    expect(translator.page.locator("#workbench")).to_be_visible(timeout=AT_A_BAD_LINE)
    return urlparse(translator.page.url).path


def _row(person: Person, source: str) -> Locator:
    """Return the row of the workbench whose source is this text."""
    exactly = person.page.locator(".desk-source > .desk-text").get_by_text(source, exact=True)
    return person.page.locator(".desk-row", has=exactly)


def _accept_what_the_memory_filled_in(translator: Person, life: Life) -> None:
    filled = _row(translator, life.box[0])
    expect(filled.locator("textarea")).to_have_value(life.box[1])
    expect(filled).to_have_class("desk-row desk-row--open")
    translator.accept_suggestions()
    expect(filled).not_to_have_class("desk-row desk-row--open", timeout=AT_A_BAD_LINE)


def _let_a_machine_suggest(translator: Person, life: Life) -> None:
    """Have the open texts filled in, accept one of them as it is, and leave the others to be changed."""
    translator.press_machine()
    assert WordList.label in translator.messages()
    role = _row(translator, life.role)
    expect(role.locator("textarea")).to_have_value(f"[{life.target}] {life.role}")
    expect(translator.page.locator("[data-accept]:visible")).to_have_count(7)
    role.locator("[data-accept]").click()
    expect(role).not_to_have_class("desk-row desk-row--open", timeout=AT_A_BAD_LINE)
    translator.press_review("submit")
    expect(translator.page.locator("#review")).to_be_visible(timeout=AT_A_BAD_LINE)
    expect(translator.page.locator("button[name=action][value=submit]")).to_be_visible()


def _type(translator: Person, texts: tuple[str, str]) -> None:
    """Type a text at the workbench and go on, when it is saved."""
    row = _row(translator, texts[0])
    row.locator("textarea").fill(texts[1])
    row.locator("textarea").blur()
    expect(row).to_have_attribute("data-state", "saved", timeout=AT_A_BAD_LINE)


def _take_away(translator: Person, life: Life, kind: str, file: Path) -> None:
    translator.open("/admin/desk/files/")
    row = translator.page.locator("tr", has=translator.page.get_by_text(life.title[0]))
    row.locator("input[type=checkbox]").check()
    with translator.page.expect_download() as download:
        translator.page.locator(f"button[name=format][value={kind}]").click()
    download.value.save_as(file)


def _bring_back(translator: Person, file: Path, stored: int) -> None:
    translator.page.set_input_files("input[type=file]", file)
    translator.page.locator("form[enctype] button[type=submit]").click()
    counts = translator.page.locator(".desk-counts strong")
    expect(counts.first).to_have_text(str(stored), timeout=AT_A_BAD_LINE)
    assert [int(count) for count in counts.all_inner_texts()[-2:]] == [0, 0], "no conflict, nothing refused"


def _carry_by_po(translator: Person, life: Life, file: Path, texts: Mapping[str, str]) -> None:
    _take_away(translator, life, "po", file)
    entries = polib.pofile(str(file))
    for entry in entries:
        if entry.msgid in texts:
            entry.msgstr = texts[entry.msgid]
            entry.flags = []
    entries.save()
    _bring_back(translator, file, len(texts))


def _carry_by_xliff(translator: Person, life: Life, file: Path, texts: Mapping[str, str]) -> None:
    _take_away(translator, life, "xliff", file)
    tree = etree.parse(str(file))
    for segment in tree.iter(f"{{{NAMESPACE}}}segment"):
        source = segment.find(f"{{{NAMESPACE}}}source")
        if source is not None and source.text in texts:
            target = segment.find(f"{{{NAMESPACE}}}target")
            assert target is not None, "what the machine suggested goes out, too"
            target.text = texts[source.text]
            segment.set("state", "translated")
    tree.write(str(file), encoding="utf-8", xml_declaration=True)
    _bring_back(translator, file, len(texts))


def _approve(hub: Hub, life: Life, workbench: str) -> None:
    """Let the city and then the language approve."""
    for username, language in ((life.editor, life.source), (life.reviewer, life.target)):
        with signed_in(hub, username, language=language) as person:
            person.open(workbench)
            person.press_review("approve")


def _key(hub: Hub, language: str, title: str) -> str:
    items: list[dict[str, Any]] = hub.get(f"/content/v1/{language}/news?limit=100")[1]["items"]
    return str(next(item["id"] for item in items if item["title"] == title))


def _texts(article: dict[str, Any]) -> list[str]:
    """Return what stands in the body, block by block."""
    paragraph, quote, box = article["body"]
    return [_plain(paragraph["html"]), quote["text"], box["title"], _plain(box["text"])]


def _plain(html: str) -> str:
    return "".join(etree.HTML(html).itertext()).strip()
