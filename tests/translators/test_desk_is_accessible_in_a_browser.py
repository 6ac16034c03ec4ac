"""The whole desk, page by page and in each language of the admin, as people need it who do not see, or see little."""

import itertools
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlparse

import polib
import pytest
from playwright.sync_api import FloatRect, Locator, expect

from cms.demo.run import BETWEEN_SCHEDULED
from cms.translation.workbench.views import LONGEST
from tests.accessibility import Auditor
from tests.browser import Person, signed_in, signed_in_beside
from tests.hub import Hub

pytestmark = [pytest.mark.browser, pytest.mark.slow]

QUEUE = "/admin/desk/queue/"
COVERAGE = "/admin/desk/coverage/"
CONCORDANCE = "/admin/desk/concordance/"
FILES = "/admin/desk/files/"

PASTE = "(field, text) => { field.value = text; field.dispatchEvent(new Event('input')); }"
SEND = """async ({path, said}) => (await fetch(path, {
    method: "POST", body: new URLSearchParams(said), headers: {"X-CSRFToken": window.wagtailConfig.CSRF_TOKEN},
})).status"""


@dataclass(frozen=True)
class City:
    """An editor who writes something new, and changes something that is translated already."""

    editor: str
    language: str
    news: str  # what the list of news is called there
    old: str
    title: str
    lead: str
    paragraph: str


UMEA = City(
    editor="umea-editor",
    language="sv",
    news="Nyheter",
    old="Exempeltext: en workshop om dricksvatten",
    title="Umeå öppnar ett bibliotek vid älven",
    lead="Det nya biblioteket är öppet från vecka 24, och Chersons bibliotek hjälper till.",
    paragraph="Biblioteket har sex rum.",
)
KHERSON = City(
    editor="kherson-editor",
    language="uk",
    news="Новини",
    old="Чотири теми візиту до Умео",
    title="Херсон відкриває бібліотеку біля річки",
    lead="Нова бібліотека працює з 24-го тижня, а бібліотека Умео допомагає.",
    paragraph="Бібліотека має шість кімнат.",
)


@dataclass(frozen=True)
class Place:
    """One language of the desk, a city from which texts come, and a word that earlier translations have."""

    language: str
    city: City
    word: str


PLACES = [
    Place("sv", KHERSON, "Umeå"),
    Place("uk", UMEA, "Умео"),
    Place("fi", UMEA, "Uumaja"),
    Place("en", UMEA, "Umeå"),
]


@pytest.fixture(scope="module")
def hub(hub: Hub) -> Hub:
    """A hub on which something is new, and something stale, in every language."""
    for city in (UMEA, KHERSON):
        with signed_in(hub, city.editor, language=city.language) as editor:
            _change(editor, city)
            _write(editor, city)
    return hub


def _change(editor: Person, city: City) -> None:
    editor.open(f"/admin/pages/{editor.find_page(city.old)}/edit/")
    editor.page.fill("#id_lead", city.lead)
    editor.press("action-publish")


def _write(editor: Person, city: City) -> None:
    editor.begin(city.news)
    editor.page.fill("#id_title", city.title)
    editor.page.fill("#id_lead", city.lead)
    editor.add_block("paragraph").write(city.paragraph)
    editor.press("action-publish")


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.language)
def test_nothing_on_the_desk_keeps_out_who_does_not_see_it(hub: Hub, place: Place, tmp_path: Path) -> None:
    auditor = Auditor()
    with signed_in(hub, f"{place.language}-translator", language=place.language) as translator:
        _look_at_lists(auditor, translator, place)
        workbench = _translate(auditor, translator, place, tmp_path / "texts.po")
    with signed_in(hub, place.city.editor, language=place.city.language) as editor:
        _open(editor, workbench)
        editor.press_review("approve")
    with signed_in(hub, f"{place.language}-reviewer", language=place.language) as reviewer:
        _look_at_register(auditor, reviewer)
        _review(auditor, reviewer, workbench)
    with signed_in(hub, f"{place.language}-translator", language=place.language) as translator:
        _open(translator, workbench)
        translator.press_review("submit")  # it comes back to the step that sent it back
    with signed_in(hub, f"{place.language}-reviewer", language=place.language) as reviewer:
        _schedule(auditor, reviewer, workbench)
    with (
        signed_in(hub, "admin", language="en") as admin,
        _restricted(admin, place.city.title),
        signed_in_beside(admin, f"{place.language}-translator", language=place.language) as translator,
    ):
        _open(translator, workbench)
        expect(translator.page.locator(".desk-row")).to_have_count(0)
        auditor.look(translator, "a translation whose source is hidden")
    assert auditor.found == {}


@contextmanager
def _restricted(admin: Person, title: str) -> Iterator[None]:
    """Let nobody read a page who may not write it, for as long as this lasts."""
    path = f"/admin/pages/{admin.find_page(title)}/privacy/"
    for kind in ("login", "none"):
        said = {"path": path, "said": {"restriction_type": kind}}
        assert admin.page.evaluate(SEND, said) == 200
        if kind == "login":
            yield


def test_nothing_keeps_out_an_administrator_who_does_not_see_it(hub: Hub) -> None:
    auditor = Auditor()
    with signed_in(hub, "admin", language="en") as admin:
        for language in ("sv", "uk", "fi", "en"):
            _choose_language(admin, language)
            for path in ("agreements/", "agreements/new/", "budgets/", "budgets/new/", "rules/", "rules/new/"):
                _open(admin, f"/admin/desk/machines/{path}")
                expect(admin.page.locator("html")).to_have_attribute("lang", language)
                auditor.look(admin, f"{path} in {language}")
    assert auditor.found == {}


def _choose_language(person: Person, language: str) -> None:
    _open(person, "/admin/account/")
    for name, text in (("first_name", "Ada"), ("last_name", "Demo"), ("email", "ada@misto.example")):
        person.page.fill(f"[name=name_email-{name}]", text)  # Wagtail asks for them, and demo accounts have none
    person.page.select_option("[name=locale-preferred_language]", language)
    with person.page.expect_navigation():
        person.page.locator("form:has([name=locale-preferred_language]) [type=submit]").click()


def _open(person: Person, path: str) -> None:
    """Open a page; unlike a form of Wagtail's, the desk is there as soon as it is loaded."""
    person.page.goto(person.hub.address + path)


def _look_at_lists(auditor: Auditor, translator: Person, place: Place) -> None:
    for name, path in {
        "one's own account": "/admin/account/",
        "the register, for those who read it": "/admin/desk/names/",
        "the coverage": COVERAGE,
        "the coverage with its totals": f"{COVERAGE}?totals=shown",
        "the concordance": CONCORDANCE,
        "the concordance with a result": f"{CONCORDANCE}?q={quote(place.word)}",
        "the concordance without a result": f"{CONCORDANCE}?q=zzzz",
    }.items():
        _open(translator, path)
        auditor.look(translator, name)
    for whole, narrow in ((QUEUE, "?state=new&who=me"), (COVERAGE, "?kind=topics&how=in_work")):
        _open(translator, whole + narrow)
        expect(translator.page.locator(f".desk p:has(a[href='{whole}'])")).to_be_visible()
        auditor.look(translator, f"{whole}, narrowed to nothing")
    _open(translator, QUEUE)
    translator.page.locator(".desk-due summary").first.click()
    auditor.look(translator, "the queue, with a day to be set")
    _await_notices(translator)
    auditor.look(translator, "the first page of the admin")


def _await_notices(person: Person) -> None:
    """Open the first page of the admin when there is something to tell: the hub looks for it every half minute."""
    _open(person, "/admin/")
    deadline = time.monotonic() + 2 * BETWEEN_SCHEDULED
    while not person.page.locator("form[action$='/notices/read/']").count():
        assert time.monotonic() < deadline, "there are no notices"
        time.sleep(1)
        person.page.reload()


def _translate(auditor: Auditor, translator: Person, place: Place, file: Path) -> str:
    """Translate what is new as far as its review, with all that can come between; return where."""
    page = translator.page
    _open(translator, f"{QUEUE}?state=stale")
    page.get_by_role("link", name=place.city.old).first.click()
    expect(page.locator(".desk-before").first).to_be_visible()
    auditor.look(translator, "a stale translation")
    page.locator(".desk-links a[href='?editor=localize']").click()
    expect(page.locator(".js-translation-editor li").first).to_be_visible()
    auditor.look(translator, "pictures, files and links of a language")
    workbench = _begin(auditor, translator, place)
    _open_help(translator)
    _let_somebody_write_first(translator)
    refused = _write_what_is_refused(translator)
    auditor.look(translator, "a translation that is begun")
    refused.locator("textarea").fill("")
    expect(refused).to_have_attribute("data-state", "typing")  # again what the hub has
    _read_files(auditor, translator, place, file)
    _open(translator, workbench)
    translator.press_machine()
    auditor.look(translator, "what a machine suggests")
    translator.accept_suggestions()
    translator.press_review("submit")
    auditor.look(translator, "a translation in review, for its translator")
    return workbench


def _begin(auditor: Auditor, translator: Person, place: Place) -> str:
    page = translator.page
    _open(translator, f"{QUEUE}?state=new")
    page.get_by_role("link", name=place.city.title).first.click()
    page.wait_for_url("**/localize/submit/**")
    auditor.look(translator, "the beginning of a translation")
    page.locator("form input[type=submit], form button[type=submit]").last.click()
    expect(page.locator(".desk-rows:not([inert])")).to_be_visible()
    return urlparse(page.url).path


def _open_help(translator: Person) -> None:
    first = translator.page.locator(".desk-row").first
    first.locator("[data-help] summary").click()
    expect(first.locator("[data-help-here] > *").first).to_be_visible()


def _read_files(auditor: Auditor, translator: Person, place: Place, file: Path) -> None:
    """Take the translation away, and bring it back with a text that others changed and one that cannot be taken."""
    page = translator.page
    _open(translator, FILES)
    page.locator("tr", has=page.get_by_text(place.city.title)).locator("input[type=checkbox]").check()
    with page.expect_download() as download:
        page.locator("button[name=format][value=po]").click()
    download.value.save_as(file)
    _spoil(file)
    _bring(translator, file)
    expect(page.locator(".desk-counts li").nth(4)).to_contain_text("1")
    expect(page.locator(".desk-counts li").nth(5)).to_contain_text("1")
    auditor.look(translator, "what became of a file")
    file.write_text("no translations")
    _open(translator, FILES)
    _bring(translator, file)
    expect(page.locator(".w-field__errors li, .error-message").first).to_be_visible()
    auditor.look(translator, "files, and one that cannot be read")


def _let_somebody_write_first(translator: Person) -> None:
    """Write a text at the workbench that somebody else has stored meanwhile."""
    other = translator.page.context.new_page()
    other.goto(translator.page.url)
    for page, words in ((other, "Misto 24"), (translator.page, "Misto 25")):
        page.locator(".desk-row textarea").first.fill(words)
        page.locator(".desk-row textarea").first.blur()
        expect(page.locator(".desk-row[data-state=saved], .desk-row[data-state=conflict]").first).to_be_visible()
    other.close()
    expect(translator.page.locator(".desk-conflict").first).to_be_visible()


def _write_what_is_refused(translator: Person) -> Locator:
    """Write more than the hub takes: it says so beside the text."""
    second = translator.page.locator(".desk-row").nth(1)
    second.locator("textarea").evaluate(PASTE, "Misto " * (LONGEST // 6 + 1))  # past the field's own limit
    second.locator("textarea").blur()
    expect(second).to_have_attribute("data-state", "refused")
    return second


def _spoil(file: Path) -> None:
    """Let the first text of a file replace another than the one that is stored, and the second be refused."""
    entries = polib.pofile(str(file))
    first, second = entries[0], entries[1]
    first.msgstr, first.comment, first.flags = "Misto 26", f"{first.comment.rpartition(chr(10))[0]}\nversion: other", []
    second.msgstr, second.flags = '<a id="a9">Misto</a>', []
    entries.save()


def _bring(translator: Person, file: Path) -> None:
    translator.page.set_input_files("input[type=file]", file)
    translator.send("form[enctype] button[type=submit]")


def _look_at_register(auditor: Auditor, reviewer: Person) -> None:
    for register in ("names", "terms"):
        _open(reviewer, f"/admin/desk/{register}/new/")
        auditor.look(reviewer, f"the register: new in {register}")
        _open(reviewer, f"/admin/desk/{register}/")
        auditor.look(reviewer, f"the register: {register}")
        reviewer.page.locator("table.listing .title a").first.click()
        reviewer.page.wait_for_url(f"**/desk/{register}/edit/**")
        auditor.look(reviewer, f"the register: one of {register}")
        number = reviewer.page.url.rstrip("/").rpartition("/")[2]
        for page in ("usage", "history", "delete"):
            _open(reviewer, f"/admin/desk/{register}/{page}/{number}/")
            auditor.look(reviewer, f"the register: {page} of one of {register}")


def _review(auditor: Auditor, reviewer: Person, workbench: str) -> None:
    _open(reviewer, workbench)
    reviewer.page.locator("#review summary").click()
    auditor.look(reviewer, "a review, for those who approve")
    _give(auditor, reviewer)
    _open(reviewer, workbench)
    reviewer.page.fill("#review-comment", "Misto 27?")
    reviewer.press_review("return")
    auditor.look(reviewer, "a translation that was sent back")


def _schedule(auditor: Auditor, reviewer: Person, workbench: str) -> None:
    """Let a text go live and expire another day, and look at it before and after it is approved."""
    page = reviewer.page
    _open(reviewer, workbench)
    page.locator("#review summary").click()
    page.fill("#review-go-live", "2099-05-01T08:00")
    page.fill("#review-expire", "2099-06-01T08:00")
    reviewer.press_review("schedule")
    auditor.look(reviewer, "a review of what goes live another day")
    reviewer.press_review("approve")
    expect(page.locator("#review")).to_contain_text("2099")
    auditor.look(reviewer, "an approved text that waits for its day")


def _give(auditor: Auditor, reviewer: Person) -> None:
    """Look at where a text is given to a colleague, also when the form is sent back, and while there is no line."""
    reviewer.page.locator(".desk a[href*='/give/']").click()
    reviewer.send(".desk form .button:not(a)")
    expect(reviewer.page.locator(".error-message")).to_be_visible()
    auditor.look(reviewer, "giving a text to a colleague")
    reviewer.page.select_option("#id_person", index=1)
    reviewer.page.route("**/give/**", lambda route: route.abort())
    reviewer.page.locator(".desk form .button:not(a)").click()
    expect(reviewer.page.locator(".sending-bar button")).to_be_visible()
    auditor.look(reviewer, "a button that waits for the line")


def test_the_desk_can_be_read_in_the_dark_and_in_a_narrow_window(hub: Hub) -> None:
    auditor = Auditor()
    with signed_in(hub, "uk-translator", language="uk") as translator:
        translator.page.emulate_media(color_scheme="dark")
        translator.page.set_viewport_size({"width": 420, "height": 900})
        for path in (QUEUE, COVERAGE, f"{CONCORDANCE}?q={quote('Умео')}", FILES):
            _open(translator, path)
            auditor.look(translator, path)
        _open(translator, f"{QUEUE}?state=stale")
        translator.page.get_by_role("link", name=UMEA.old).first.click()
        expect(translator.page.locator(".desk-before del").first).to_be_visible()
        _open_help(translator)
        auditor.look(translator, "a stale translation")
    assert auditor.found == {}


def test_no_field_lies_over_another_in_any_window(hub: Hub) -> None:
    with signed_in(hub, "uk-translator", language="uk") as translator:
        for width, path in itertools.product((1280, 900, 420), (QUEUE, COVERAGE, CONCORDANCE)):
            translator.page.set_viewport_size({"width": width, "height": 900})
            _open(translator, path)
            fields = _boxes(translator.page.locator(".desk-filters").locator("input, select, button"))
            assert len(fields) > 4
            assert [pair for pair in itertools.combinations(fields, 2) if _overlap(*pair)] == [], (width, path)
            assert max(field["x"] + field["width"] for field in fields) <= width
            assert len({field["height"] for field in fields}) == 1, "they stand in rows"


def _boxes(fields: Locator) -> list[FloatRect]:
    return [box for field in fields.all() if (box := field.bounding_box())]


def _overlap(one: FloatRect, other: FloatRect) -> bool:
    return (
        one["x"] < other["x"] + other["width"]
        and other["x"] < one["x"] + one["width"]
        and one["y"] < other["y"] + other["height"]
        and other["y"] < one["y"] + one["height"]
    )
