"""An editor in Kherson: a slow line that loses requests, answers and pages, a hub out of reach, a session that ends."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Error, Page, Route, expect

from tests.accessibility import Auditor
from tests.browser import AT_A_BAD_LINE, KEPT, Person, signed_in
from tests.hub import Hub

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FORMS = "**/admin/pages/**"
TRIES = 5
LOOKED_AT = 1_500
"""Milliseconds in which the script has seen what was typed last; before, a form is as saved as it was."""


@pytest.fixture
def editor(hub: Hub) -> Iterator[Person]:
    with signed_in(hub, "kherson-editor", language="uk") as person:
        yield person


def lose_forms(page: Page) -> None:
    """Let no form of a page reach the hub from now on."""
    page.route(FORMS, lambda route: route.abort() if route.request.method == "POST" else route.continue_())


def begin(editor: Person, title: str) -> None:
    """Begin an article."""
    editor.begin("Новини")
    editor.page.wait_for_function("() => window.misto")
    editor.page.fill("#id_title", title)


def open_draft(editor: Person, title: str) -> str:
    """Begin an article and wait until it is a draft; return its address."""
    begin(editor, title)
    editor.page.wait_for_url("**/edit/")
    expect_saved(editor)
    return editor.page.url.removeprefix(editor.hub.address)


def expect_saved(editor: Person) -> None:
    """Wait until the hub has all that was typed."""
    editor.page.wait_for_timeout(LOOKED_AT)
    expect(editor.page.locator("#w-autosave-indicator")).to_have_attribute(
        "data-w-autosave-state-value", "saved", timeout=AT_A_BAD_LINE
    )
    editor.page.wait_for_function(f"() => {KEPT}.length === 0", timeout=AT_A_BAD_LINE)


def is_there(page: Page) -> bool:
    return not page.url.startswith("chrome-error:") and page.locator("#main").count() > 0


def load(editor: Person) -> None:
    """Load the page again as often as a person would whose line lost it."""
    for _ in range(TRIES):
        editor.page.wait_for_load_state("networkidle")
        if is_there(editor.page):
            return
        try:
            editor.page.reload()
        except Error:
            continue
    raise AssertionError(f"it never came: {editor.page.url}")


def published(hub: Hub, title: str) -> list[dict[str, Any]]:
    """Return what cities get under this title."""
    _status, found = hub.get("/content/v1/uk/news?limit=100")
    keys = [item["id"] for item in found["items"] if item["title"] == title]
    return [hub.get(f"/content/v1/uk/news/{key}")[1] for key in keys]


def test_a_slow_line_that_loses_requests_answers_and_pages_loses_no_word(hub: Hub, editor: Person) -> None:
    title, lead = "Херсон пише попри все", "Лінія повільна, але слова доходять."
    texts = [f"Абзац {number}: у місті знову є вода." for number in range(4)]
    editor.begin("Новини")  # the admin's own scripts are in the browser since the line was better
    place = editor.page.url.removeprefix(hub.address)
    editor.get_a_bad_line()
    editor.lose_pages()
    try:
        editor.open(place)
    except Error:
        load(editor)
    page = editor.page
    page.fill("#id_title", title)
    page.fill("#id_lead", lead)
    for text in texts:
        editor.add_block("paragraph").write(text)
        expect_saved(editor)
    editor.add_block("quote").fill(text="Ми не здаємося.", name="Олена (приклад)", role="інженерка")
    expect_saved(editor)
    assert page.evaluate("window.lost") > 0
    page.locator("footer .w-dropdown__toggle").first.click()
    editor.leave_by("button[name=action-publish]")
    editor.arrive()
    load(editor)
    [article] = published(hub, title)
    assert article["lead"] == lead
    assert [block["type"] for block in article["body"]] == ["paragraph"] * 4 + ["quote"]
    assert [block["html"].removeprefix("<p>").removesuffix("</p>") for block in article["body"][:4]] == texts


@pytest.mark.parametrize("is_new", [True, False], ids=["a new page", "a page that is there"])
def test_a_text_typed_while_the_hub_is_away_outlives_the_tab(editor: Person, is_new: bool) -> None:
    title = f"Херсон без світла {'знову' if is_new else ''}".strip()
    if not is_new:
        open_draft(editor, title)
    else:
        editor.begin("Новини")
    page, place = editor.page, editor.page.url.removeprefix(editor.hub.address)
    page.wait_for_timeout(2_500)
    lose_forms(page)
    page.fill("#id_title", title)
    page.fill("#id_lead", "Написано без світла.")
    editor.add_block("paragraph").write("Завтра буде краще.")
    expect(page.locator(".sending-bar")).to_contain_text("браузері")
    page.wait_for_timeout(1_500)
    again = editor.take_another_tab()
    editor.open(place)
    found = again.locator(".sending-found")
    expect(found).to_have_count(1)
    auditor = Auditor()
    auditor.look(editor, "the form")
    assert [fault for fault in auditor.found.get("the form", []) if "sending" in fault] == []
    found.locator("button").first.click()
    again.wait_for_url("**/edit/")
    again.wait_for_load_state("networkidle")
    expect(again.locator("#id_lead")).to_have_value("Написано без світла.")
    expect(again.locator("#id_title")).to_have_value(title)
    expect(again.locator(".public-DraftEditor-content").first).to_have_text("Завтра буде краще.")
    expect(again.locator(".sending-found")).to_have_count(0)
    assert again.evaluate(KEPT) == []


def test_what_nobody_wants_back_is_thrown_away(editor: Person) -> None:
    place = open_draft(editor, "Херсон викидає чернетку")
    lose_forms(editor.page)
    editor.page.fill("#id_lead", "Це не потрібно.")
    expect(editor.page.locator(".sending-bar p")).to_be_visible()
    again = editor.take_another_tab()
    editor.open(place)
    again.locator(".sending-found button").last.click()
    expect(again.locator(".sending-found")).to_have_count(0)
    assert again.evaluate(KEPT) == []
    editor.open(place)
    again.wait_for_timeout(3_000)
    expect(again.locator(".sending-found")).to_have_count(0)
    expect(again.locator("#id_lead")).to_have_value("")


def test_a_button_pressed_while_the_hub_is_away_does_what_it_says_when_it_is_back(hub: Hub, editor: Person) -> None:
    title = "Херсон чекає на лінію"
    open_draft(editor, title)
    page = editor.page
    lose_forms(page)
    page.fill("#id_lead", "Воно дочекається.")
    editor.add_block("paragraph").write("І вийде.")
    page.locator("footer .w-dropdown__toggle").first.click()
    editor.leave_by("button[name=action-publish]")
    expect(page.locator(".sending-bar p")).to_be_visible()
    assert published(hub, title) == []
    page.unroute(FORMS)
    editor.arrive()
    assert title in editor.messages()
    [article] = published(hub, title)
    assert article["lead"] == "Воно дочекається."
    assert page.evaluate(KEPT) == []


def test_what_has_arrived_is_not_kept_while_its_page_goes_away(editor: Person) -> None:
    open_draft(editor, "Херсон уже надіслав")
    page = editor.page
    page.evaluate("() => { misto.leave = (to) => { window.goesTo = to; }; }")  # the next page is slow to come
    page.fill("#id_lead", "Усе надіслано.")
    page.locator("footer .w-dropdown__toggle").first.click()
    page.locator("button[name=action-publish]").click()
    page.wait_for_function("() => window.goesTo", timeout=AT_A_BAD_LINE)
    page.evaluate("() => { document.getElementById('id_lead').value += ' '; }")  # as an editor that writes late
    page.wait_for_timeout(LOOKED_AT)
    assert page.evaluate(KEPT) == []


def test_whoever_does_not_want_to_wait_goes_on_writing(editor: Person) -> None:
    title = "Херсон пише далі"
    place = open_draft(editor, title)
    page = editor.page
    lose_forms(page)
    page.fill("#id_lead", "Перша думка.")
    page.locator("footer .w-dropdown__toggle").first.click()
    page.locator("button[name=action-publish]").click()
    page.locator(".sending-bar button").click()
    page.fill("#id_lead", "Друга думка.")
    expect(page.locator("button[name=action-publish]")).to_be_enabled()
    page.unroute(FORMS)
    expect_saved(editor)
    editor.open(place)
    expect(page.locator("#id_lead")).to_have_value("Друга думка.")


def test_a_page_whose_first_answer_is_lost_is_made_once(editor: Person) -> None:
    title, lost = "Херсон народжується один раз", list[str]()
    editor.begin("Новини")
    page = editor.page

    def lose_first_answer(route: Route) -> None:
        if route.request.method == "POST" and "/add/" in route.request.url and not lost:
            lost.append(route.request.url)
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route(FORMS, lose_first_answer)
    page.wait_for_timeout(2_500)
    page.fill("#id_title", title)
    page.wait_for_url("**/edit/", timeout=AT_A_BAD_LINE)
    page.fill("#id_lead", "Лише один.")
    expect_saved(editor)
    assert lost
    page.unroute(FORMS)
    editor.open("/admin/pages/")
    editor.open(f"/admin/pages/search/?q={title}")
    expect(page.locator("table.listing a[href$='/edit/']", has_text=title)).to_have_count(1)


def test_signing_in_again_loses_nothing(hub: Hub, editor: Person) -> None:
    place = open_draft(editor, "Херсон повертається")
    page = editor.page
    page.context.clear_cookies()
    page.fill("#id_lead", "Після нового входу.")
    editor.sign_in_again(page.locator(".sending-bar a"))
    expect_saved(editor)
    editor.open(place)
    expect(page.locator("#id_lead")).to_have_value("Після нового входу.")


def test_nobody_goes_over_what_another_wrote_without_being_asked(hub: Hub, editor: Person) -> None:
    place = open_draft(editor, "Херсон пише вдвох")
    page = editor.page
    page.route("**/admin/editing-sessions/**", lambda route: route.abort())
    page.wait_for_timeout(1_000)
    other = page.context.new_page()
    other.goto(hub.address + place)
    other.wait_for_timeout(2_500)
    other.fill("#id_lead", "Інший вступ.")
    expect(other.locator("#w-autosave-indicator")).to_have_attribute("data-w-autosave-state-value", "saved")
    other.close()
    page.fill("#id_lead", "Мій вступ.")
    editor.page.locator("footer button[type=submit]").first.click()
    bar = page.locator(".sending-bar")
    expect(bar.locator("button")).to_have_count(2)
    editor.leave_by(".sending-bar button >> nth=0")
    editor.arrive()
    expect(page.locator("#id_lead")).to_have_value("Мій вступ.")


def test_without_its_scripts_a_form_goes_as_ever(hub: Hub, editor: Person) -> None:
    title = "Херсон без сценаріїв"
    editor.page.route("**/desk/line*.js", lambda route: route.abort())
    editor.begin("Новини")
    expect(editor.page.locator(".sending-bar[role=alert]")).to_be_visible()  # it was loaded again, a few times
    editor.page.fill("#id_title", title)
    editor.page.fill("#id_lead", "Усе працює.")
    editor.add_block("paragraph").write("Як завжди.")
    editor.press("action-publish")
    assert title in editor.messages()
    assert len(published(hub, title)) == 1


def test_the_comment_of_a_step_outlives_the_tab_and_goes_with_the_decision(hub: Hub) -> None:
    title, comment = "Umeå lånar ut en skuta", "Skriv gärna ”skepp”."
    with signed_in(hub, "umea-editor", language="sv") as editor:
        page = editor.page
        editor.write_short("Nyheter", title, "Den seglar i höst.", "Skutan är av trä.")
        editor.press("action-submit")
        place = f"/admin/pages/{editor.find_page_id(title)}/edit/"
        editor.open(place)
        page.locator("footer .w-dropdown__toggle").first.click()
        page.locator("[data-workflow-action-name=reject]").click()
        page.fill(".modal [name=comment]", comment)
        page.route("**/workflow/**", lambda route: route.abort())
        page.once("dialog", lambda dialog: dialog.accept())
        page.locator(".modal form button").click()
        page.wait_for_timeout(1_000)
        again = editor.take_another_tab()
        editor.open(place)
        again.locator("footer .w-dropdown__toggle").first.click()
        again.locator("[data-workflow-action-name=reject]").click()
        expect(again.locator(".modal [name=comment]")).to_have_value(comment)
        editor.send(".modal form button")
        editor.open(place.replace("/edit/", "/workflow_history/"))
        again.locator("a[href*='/workflow_history/detail/']").first.click()
        expect(again.locator("#main")).to_contain_text(comment)
        editor.open("/admin/")
        assert again.evaluate("Object.keys(localStorage).filter(key => key.startsWith('misto-'))") == []


def test_what_is_typed_at_once_or_while_a_draft_is_on_its_way_is_saved_too(editor: Person) -> None:
    place = open_draft(editor, "Херсон пише швидко")
    page, held = editor.page, list[Route]()
    editor.open(place)
    page.locator("#id_lead").press_sequentially("Одразу")  # before Wagtail begins to look
    expect_saved(editor)
    page.route(FORMS, lambda route: _hold_first_form(route, held))
    page.locator("#id_lead").press_sequentially(", і далі")
    while not held:
        page.wait_for_timeout(100)
    page.locator("#id_lead").press_sequentially(", і ще")
    held[0].continue_()
    expect_saved(editor)
    editor.open(place)
    expect(page.locator("#id_lead")).to_have_value("Одразу, і далі, і ще")


def _hold_first_form(route: Route, held: list[Route]) -> None:
    if route.request.method == "POST" and not held:
        held.append(route)
    else:
        route.continue_()
