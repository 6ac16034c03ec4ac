"""A translator in Kherson: a slow line that loses requests, a hub out of reach, a session that ends."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.browser import AT_A_BAD_LINE, Person, signed_in, signed_in_beside
from tests.hub import Hub

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TITLE = "Umeå och Vasa: vänorter sedan 1949 eller 1953"
SAVING = "**/admin/desk/strings/**"

# The first answer begins, and never ends.
BREAKS_OFF = """() => {
    const real = window.fetch;
    window.broken = 0;
    window.fetch = (url, options = {}) => {
        const isText = String(url).includes("/desk/strings/") && options.method === "POST";
        if (window.broken || !isText) return real(url, options);
        window.broken += 1;
        const body = new ReadableStream({ start(it) {
            options.signal.addEventListener("abort", () => it.error(options.signal.reason));
        } });
        return Promise.resolve(new Response(body, { headers: { "Content-Type": "application/json" } }));
    };
}"""


@pytest.fixture
def translator(hub: Hub) -> Iterator[Person]:
    with signed_in(hub, "uk-translator", language="uk") as person:
        yield person


@pytest.fixture
def address(hub: Hub, translator: Person) -> str:
    """The workbench of an article that has no Ukrainian text yet, or only the beginning of one."""
    if "/edit/" not in _begun.get(hub.address, ""):
        translator.submit_translation(TITLE)
        _begun[hub.address] = translator.page.url
    return _begun[hub.address].removeprefix(hub.address)


_begun: dict[str, str] = {}


@pytest.fixture
def in_review(hub: Hub) -> str:
    """The workbench of a short article of its own, whose Ukrainian text is with Umeå's editors."""
    return bring_to_review(hub, "Umeå lånar ut en båt", "Båten är av trä.", "Den kommer i höst.")


def bring_to_review(hub: Hub, title: str, lead: str, text: str) -> str:
    """Write and translate a short article, and send it to review; return the address of its workbench."""
    with signed_in(hub, "umea-editor", language="sv") as editor:
        editor.write_short("Nyheter", title, lead, text)
        editor.press("action-publish")
    with signed_in(hub, "uk-translator", language="uk") as translator:
        translator.submit_translation(title)
        translator.translate({title: "Умео позичає човен", lead: "Човен дерев’яний.", text: "Він прибуде восени."})
        translator.press_review("submit")
        return translator.page.url.removeprefix(hub.address)


def leave_open(translator: Person, address: str, number: int) -> None:
    """Take the text away that another test may have written into a field."""
    translator.open(address)
    row = translator.page.locator(".desk-row").nth(number)
    if row.locator("textarea").input_value():
        row.locator("textarea").fill("")
        expect(row).to_have_attribute("data-state", "saved")


def test_a_button_that_is_pressed_while_a_text_is_on_its_way_waits_for_it(translator: Person, address: str) -> None:
    page, held = translator.page, list[Route]()
    leave_open(translator, address, 1)  # a machine is offered while some text is open
    translator.open(address)
    page.route(SAVING, lambda route: held.append(route))
    page.locator(".desk-row textarea").first.fill("Умео і Вааса дружать")
    expect(page.locator(".desk-row").first).to_have_attribute("data-state", "saving")
    translator.leave_by(".desk-machine button")
    while not held:
        page.wait_for_timeout(100)
    held[0].continue_()
    page.unroute(SAVING)
    translator.arrive()
    expect(page.locator(".messages").first).to_be_visible()
    expect(page.locator(".desk-row textarea").first).to_have_value("Умео і Вааса дружать")


def test_a_slow_line_that_loses_requests_saves_every_string(translator: Person, address: str) -> None:
    page = translator.page
    translator.open(address)  # the admin's own scripts are in the browser since the line was better
    translator.get_a_bad_line()
    translator.open(address)
    fields = page.locator(".desk-row textarea")
    for number in range(fields.count()):
        fields.nth(number).fill(f"Рядок {number}: Умео і Вааса")
    expect(page.locator(".desk-row[data-state=saved]")).to_have_count(fields.count(), timeout=120_000)
    assert page.evaluate("window.lost") > 0
    translator.open(address)
    assert [fields.nth(number).input_value() for number in range(fields.count())] == [
        f"Рядок {number}: Умео і Вааса" for number in range(fields.count())
    ]


def test_a_text_whose_answer_breaks_off_is_sent_again(translator: Person, address: str) -> None:
    page = translator.page
    page.add_init_script(f"({BREAKS_OFF})()")
    translator.open(address)
    page.locator(".desk-row textarea").first.fill("Умео і Вааса на зв’язку")
    first = page.locator(".desk-row").first
    expect(first).to_have_attribute("data-state", "waiting", timeout=AT_A_BAD_LINE)
    expect(first).to_have_attribute("data-state", "saved", timeout=AT_A_BAD_LINE)
    assert page.evaluate("window.broken") == 1


def test_a_text_typed_while_the_hub_is_away_outlives_the_tab(translator: Person, address: str) -> None:
    page = translator.page
    translator.open(address)
    page.route(SAVING, lambda route: route.abort())
    page.locator(".desk-row textarea").first.fill("Умео і Вааса без світла")
    expect(page.locator(".desk-row[data-state=waiting]")).to_have_count(1)
    page.close()
    translator.page = again = page.context.new_page()
    again.set_default_timeout(30_000)
    translator.open(address)
    first = again.locator(".desk-row").first
    expect(first.locator("textarea")).to_have_value("Умео і Вааса без світла")
    expect(first).to_have_attribute("data-state", "saved")


def test_signing_in_again_loses_nothing(hub: Hub, translator: Person, address: str) -> None:
    page = translator.page
    translator.open(address)
    page.context.clear_cookies()
    page.locator(".desk-row textarea").first.fill("Умео і Вааса знову разом")
    translator.sign_in_again(page.locator("#workbench-line a"))
    expect(page.locator(".desk-row").first).to_have_attribute("data-state", "saved", timeout=60_000)


def test_nothing_is_said_to_be_kept_where_the_browser_keeps_nothing(translator: Person, address: str) -> None:
    page = translator.page
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };")
    translator.open(address)
    page.route(SAVING, lambda route: route.abort())
    first = page.locator(".desk-row").first
    first.locator("textarea").fill("Умео і Вааса в темряві")
    expect(first.locator(".desk-status")).to_have_text(
        "Ще не надіслано, а цей браузер нічого не зберігає: не закривайте сторінку."
    )
    page.unroute(SAVING)
    page.context.clear_cookies()
    first.locator("textarea").fill("Умео і Вааса в сутінках")
    expect(page.locator("#workbench-line a")).to_have_text(
        "Увійдіть знову, і текст буде надіслано. Цей браузер нічого не зберігає: не закривайте сторінку."
    )


def test_what_one_began_with_is_told_also_when_it_was_changed_before_the_line_came_back(
    hub: Hub, translator: Person
) -> None:
    title = "Umeå ville samarbeta redan 2022"
    lead = "Redan i januari 2022 föreslog Anders Ågren (M) att Umeå skulle samarbeta med en ukrainsk kommun."
    with signed_in_beside(translator, "umea-editor", language="sv") as editor:
        editor.write_short("Nyheter", title, lead, "Båten kom i höstas.")
        editor.press("action-publish")
    translator.submit_translation(title)
    address = translator.page.url.removeprefix(hub.address)
    translator.page.route(SAVING, lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    row = _open_help(translator, lead)
    row.locator("[data-use][data-from]").first.click()
    row.locator("textarea").fill("Ще в січні 2022 року Андерс Огрен (M) запропонував Умео співпрацювати з громадою.")
    expect(row).to_have_attribute("data-state", "waiting")
    translator.page.close()
    translator.page = translator.page.context.new_page()
    translator.open(address)
    expect(_row(translator, lead)).to_have_attribute("data-state", "saved")
    versions = _open_help(translator, lead).locator(".desk-versions li .desk-note")
    expect(versions).to_have_count(2)
    expect(versions.first).to_contain_text("Введено")
    expect(versions.last).to_contain_text("Узято з пам’яті перекладів")


def _row(person: Person, source: str) -> Locator:
    return person.page.locator(".desk-row", has=person.page.get_by_text(source, exact=True)).first


def _open_help(person: Person, source: str) -> Locator:
    """Open what helps with a text, and wait for it; return the row."""
    row = _row(person, source)
    row.locator("details[data-help] summary").click()
    expect(row.locator("[data-help-here] [data-use]").first).to_be_visible()
    return row


def test_what_was_written_elsewhere_meanwhile_is_not_lost(hub: Hub, translator: Person, address: str) -> None:
    page = translator.page
    translator.open(address)
    other = page.context.new_page()
    other.goto(hub.address + address)
    other.locator(".desk-row textarea").first.fill("Умео та Вааса")
    expect(other.locator(".desk-row").first).to_have_attribute("data-state", "saved")
    other.close()
    first = page.locator(".desk-row").first
    first.locator("textarea").fill("Умео й Вааса")
    expect(first).to_have_attribute("data-state", "conflict")
    expect(first.locator("[data-theirs]")).to_have_text("Умео та Вааса")
    first.locator("[data-keep=mine]").click()
    expect(first).to_have_attribute("data-state", "saved")
    translator.open(address)
    expect(page.locator(".desk-row textarea").first).to_have_value("Умео й Вааса")


def test_what_another_tab_has_saved_meanwhile_takes_nothing_away(hub: Hub, translator: Person, address: str) -> None:
    page = translator.page
    translator.open(address)
    held: list[Route] = []
    page.route(SAVING, lambda route: held.append(route))
    page.locator(".desk-row textarea").first.fill("Умео, а також Вааса")
    expect(page.locator(".desk-row").first).to_have_attribute("data-state", "saving")
    other = page.context.new_page()
    other.goto(hub.address + address)
    other.locator(".desk-row textarea").first.fill("Умео разом із Ваасою")
    expect(other.locator(".desk-row").first).to_have_attribute("data-state", "saved")
    other.close()
    held[0].continue_()
    expect(page.locator(".desk-row").first).to_have_attribute("data-state", "conflict")
    page.unroute(SAVING)
    translator.open(address)
    first = page.locator(".desk-row").first
    expect(first.locator("textarea")).to_have_value("Умео, а також Вааса")
    expect(first).to_have_attribute("data-state", "conflict")
    first.locator("[data-keep=mine]").click()
    expect(first).to_have_attribute("data-state", "saved")


def test_nothing_can_be_typed_before_it_would_be_kept(translator: Person, address: str) -> None:
    page = translator.page
    page.route("**/workbench*.js", lambda route: route.abort())
    translator.open(address)
    expect(page.get_by_role("alert")).to_be_visible()  # it was loaded again by itself, a few times
    first = page.locator(".desk-row textarea").first
    before = first.input_value()
    first.click(force=True)
    page.keyboard.type("Зникне")
    expect(first).to_have_value(before)
    expect(page.locator("#workbench-line")).not_to_be_empty()
    page.unroute("**/workbench*.js")
    translator.open(address)
    expect(page.locator("#workbench-line")).to_be_empty()
    first.fill("Залишиться")
    expect(page.locator(".desk-row").first).to_have_attribute("data-state", "saved")


@pytest.mark.parametrize("file", ["core*.js", "sidebar*.js", "workbench*.js", "browser*.js", "misto*.css"])
def test_a_script_or_style_that_was_lost_comes_by_itself(file: str, translator: Person, address: str) -> None:
    page, lost = translator.page, list[str]()

    def lose_first(route: Route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.request.url)
            route.abort()

    page.route(f"**/static/**/{file}", lose_first)
    translator.open(address)
    type_into_first(translator, f"Умео і Вааса, {file}")
    expect(page.locator(".sidebar-main-menu").first).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    assert lost
    translator.errors.clear()  # what missed a script that was lost


def test_a_page_in_which_somebody_has_typed_by_then_is_not_loaded_again_unasked(translator: Person) -> None:
    page, held = translator.page, list[Route]()
    page.route("**/translation/forms*.js", lambda route: held.append(route))
    page.goto(f"{translator.hub.address}/admin/desk/files/", wait_until="commit")
    page.locator("main input[name=q]").fill("Umeå och Vasa")
    while not held:
        page.wait_for_timeout(100)
    held[0].abort()
    page.unroute("**/translation/forms*.js")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("main input[name=q]")).to_have_value("Umeå och Vasa")
    page.get_by_role("alert").get_by_role("button").click()
    expect(page.get_by_role("alert")).to_have_count(0)


def type_into_first(translator: Person, text: str) -> None:
    """Type into the first text of a workbench, and wait until the hub has it."""
    row = translator.page.locator(".desk-row").first
    row.locator("textarea").fill(text)
    expect(row).to_have_attribute("data-state", "saved", timeout=AT_A_BAD_LINE)


KEPT = "Object.keys(localStorage).filter(key => key.startsWith('misto-review:'))"
NOT_SENT = "Finns kvar i den här webbläsaren: det är inte skickat än."
COMMENT = "Skriv gärna ”båt” som i registret."


def test_the_comment_of_a_review_is_kept_until_the_hub_has_taken_it(hub: Hub, in_review: str) -> None:
    with signed_in(hub, "umea-editor", language="sv") as editor:
        editor.open(in_review)
        editor.page.fill("#review-comment", COMMENT)
        expect(editor.page.locator("#review-kept")).to_have_text(NOT_SENT)
        editor.page.route("**/edit/", lambda route: route.abort())
        editor.page.locator("button[value=return]").click()
        expect(editor.page.locator(".sending-bar")).to_contain_text("Misto svarar inte.")
        editor.page.close()
        editor.page = editor.page.context.new_page()
        editor.open(in_review)
        expect(editor.page.locator("#review-comment")).to_have_value(COMMENT)
        expect(editor.page.locator("#review-kept")).to_have_text(NOT_SENT)
        editor.press_review("return")
        assert editor.page.evaluate(KEPT) == []
    with signed_in(hub, "uk-translator", language="uk") as translator:
        translator.open(in_review)
        expect(translator.page.locator("#review blockquote")).to_have_text(COMMENT)


def test_no_comment_is_said_to_be_kept_where_the_browser_keeps_nothing(hub: Hub) -> None:
    bench = bring_to_review(hub, "Umeå lånar ut en flotte", "Flotten är av furu.", "Den kommer i mars.")
    with signed_in(hub, "admin", language="en") as admin:
        admin.page.add_init_script(
            "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); };"
        )
        admin.open(bench)
        admin.page.fill("#review-comment", COMMENT)
        expect(admin.page.locator("#review-kept")).to_have_text(
            "Not sent yet, and this browser keeps nothing: leave the page open."
        )


def test_a_button_whose_answer_is_lost_does_what_it_says_once(hub: Hub) -> None:
    """Asked a second time, an approval would be that of the next step."""
    bench = bring_to_review(hub, "Umeå lånar ut en färja", "Färjan är av stål.", "Den kommer i vår.")
    lost = list[str]()

    def lose_answers(route: Route) -> None:
        if route.request.method != "POST" or len(lost) > 2:
            route.continue_()
            return
        lost.append(route.request.url)
        if len(lost) == 2:
            route.fetch()  # it arrives, and its answer does not
        route.abort()

    with signed_in(hub, "admin", language="en") as admin:
        admin.open(bench)
        admin.page.route("**/edit/", lose_answers)
        admin.press_review("approve")
        assert len(lost) == 3
        expect(admin.page.locator(".messages")).to_contain_text("had arrived already")
        expect(admin.page.locator("#review")).to_contain_text("Reviewers of Ukrainian")


def test_whoever_does_not_want_to_wait_for_a_button_goes_on(translator: Person) -> None:
    page = translator.page
    translator.open("/admin/desk/queue/")
    page.route("**/admin/desk/queue/", lambda route: route.abort())
    taken = page.locator("button[value=take]").first
    label = taken.get_attribute("aria-label")
    taken.click()
    page.locator(".sending-bar button").click()
    expect(page.locator(".sending-bar")).to_be_hidden()
    page.unroute("**/admin/desk/queue/")
    translator.send(f"button[aria-label='{label}']")
    expect(page.locator("button[value=leave]").first).to_be_visible()


def test_a_button_waits_for_who_signs_in_again(hub: Hub, translator: Person) -> None:
    page = translator.page
    translator.open("/admin/desk/queue/")
    number = page.locator("button[value=leave]").count()
    page.context.clear_cookies()
    translator.leave_by("button[value=take] >> nth=0")
    translator.sign_in_again(page.locator(".sending-bar a"))
    translator.arrive()
    expect(page.locator("button[value=leave]")).to_have_count(number + 1)


def test_a_file_is_read_although_the_line_was_lost(translator: Person, address: str, tmp_path: Path) -> None:
    """Its report takes the place of the page, and all works there."""
    page, lost, file = translator.page, list[str](), tmp_path / "texts.po"
    translator.open(address)
    page.locator(".desk-links a[href*='/files/']").click()
    with page.expect_download() as fetched:
        page.locator("button[name=format][value=po]").click()
    fetched.value.save_as(file)

    def lose_first(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    page.route("**/admin/desk/files/**", lose_first)
    page.set_input_files("input[type=file]", file)
    translator.send("[type=file] >> xpath=ancestor::form >> button")
    assert lost
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("input[type=file]")).to_have_count(0)
    expect(page.locator(".sidebar-main-menu").first).to_be_visible()


def test_a_source_that_is_published_meanwhile_takes_no_typed_text_away(hub: Hub, translator: Person) -> None:
    title, lead, text = "Umeå lånar ut en kanot", "Kanoten är av trä.", "Den kommer i höst."
    page = translator.page
    with signed_in_beside(translator, "umea-editor", language="sv") as editor:
        editor.write_short("Nyheter", title, lead, text)
        editor.press("action-publish")
        translator.submit_translation(title)
        address = page.url.removeprefix(hub.address)
        editor.open(f"/admin/pages/{editor.find_page(title)}/edit/")
        editor.page.fill("#id_lead", "Kanoten är av plast.")
        editor.press("action-publish")
    of_lead, of_text = (page.locator(".desk-row", has_text=source) for source in (lead, text))
    of_lead.locator("textarea").fill("Каное дерев’яне.")
    expect(of_lead).to_have_attribute("data-state", "refused")
    left = page.locator("#typed-left")
    expect(left.locator("[data-text]")).to_have_text("Каное дерев’яне.")  # at once, and not only when one looks again
    of_text.locator("textarea").fill("Воно прибуде восени.")
    expect(of_text).to_have_attribute("data-state", "saved")  # nothing behind it is held up
    translator.open(address)
    expect(left.locator("del")).to_have_text(lead)
    expect(left.locator("[data-text]")).to_have_text("Каное дерев’яне.")
    expect(of_text.locator("textarea")).to_have_value("Воно прибуде восени.")
    left.locator("[data-let-go]").click()
    expect(left).to_be_hidden()
    translator.open(address)
    expect(left).to_be_hidden()


STOP = """number => fetch(`/admin/localize/translate/${number}/disable/`, {
    method: "POST", body: new URLSearchParams({ csrfmiddlewaretoken: window.mistoBrowser.token() }),
})"""
READ = "Човен дерев’яний, а весла з сосни."


def test_what_is_typed_while_somebody_stops_the_translation_stands_there_to_copy_until_it_is_let_go(
    hub: Hub, translator: Person
) -> None:
    title, lead = "Umeå lånar ut en eka", "Ekan är av trä."
    page = translator.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    with signed_in_beside(translator, "umea-editor", language="sv") as editor:
        editor.write_short("Nyheter", title, lead, "Den kommer i höst.")
        editor.press("action-publish")
    translator.submit_translation(title)
    address = page.url.removeprefix(hub.address)
    with signed_in_beside(translator, "admin", language="en") as admin:
        admin.open(address)
        admin.page.evaluate(STOP, admin.page.locator("#typed-left").get_attribute("data-translation"))
    row, left = page.locator(".desk-row", has_text=lead), page.locator("#typed-left")
    row.locator("textarea").fill(READ)
    expect(row).to_have_attribute("data-state", "refused")
    expect(row.locator(".desk-status")).to_contain_text("вгорі цієї сторінки")
    expect(left.locator("[data-text]")).to_have_text(READ)
    translator.open(address)
    expect(page.locator("#id_lead")).to_be_visible()  # the page's own form
    expect(left.locator("[data-text]")).to_have_text(READ)
    expect(left.locator("del")).to_have_text(lead)
    left.locator("[data-copy]").click()
    expect(left.locator("[data-copy]")).to_have_text("Скопійовано")
    assert page.evaluate("navigator.clipboard.readText()") == READ
    left.locator("[data-let-go]").click()
    expect(left).to_be_hidden()
    translator.open(address)
    expect(page.locator("#id_lead")).to_be_visible()
    expect(left).to_be_hidden()
