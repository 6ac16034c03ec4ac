"""A person at the admin, in a real browser: Debian's Chromium, driven by Playwright."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.utils import translation
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from cms.content.blocks import BodyBlock
from tests.hub import CHROMIUM, Hub

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE = 90_000  # milliseconds: a busy machine is no fault of the hub
expect.set_options(timeout=PATIENCE)
AT_A_BAD_LINE = 120_000  # milliseconds
BYTES_A_SECOND = 50_000
LOSE_SOME = """
    window.lost = 0;
    let sent = 0;
    const whole = window.fetch;
    window.fetch = async (...request) => {
        sent += 1;
        const place = sent % 20;
        const answer = place === 3 ? null : await whole(...request);
        if (![3, 13].includes(place)) return answer;
        window.lost += 1;
        throw new TypeError("The line broke");
    };
"""
"""Of twenty requests one never arrives, and of one the answer; routing them would take the browser's cache away."""
LOST_PAGES = {"patterns": [{"urlPattern": "*/admin/*", "resourceType": "Document"}]}
EVERY_FIFTH = 5

KEPT = "Object.keys(localStorage).filter(key => key.startsWith('misto-page:'))"
"""What the browser keeps of forms that the hub has not got."""

FORM_HAS = "([place, text]) => [...place.querySelectorAll('input')].some(field => field.value.includes(text))"


class Person:
    """Somebody signed in to the admin, with an interface language."""

    def __init__(self, hub: Hub, page: Page, username: str, language: str) -> None:
        self.hub, self.page, self.username, self.language = hub, page, username, language
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self, path: str) -> None:
        self.page.goto(self.hub.address + path)
        self.page.wait_for_load_state("networkidle")

    def begin(self, *titles: str) -> None:
        """Begin a new page: walk down the explorer by the titles an editor sees, then press the plus sign."""
        self.open("/admin/pages/")
        for title in titles:
            row = self.page.locator("tr", has=self.page.get_by_role("link", name=title, exact=True)).first
            row.locator("td.children a").click()
            self.page.wait_for_load_state("networkidle")
        self.page.locator("a[href$='/add_subpage/']").first.click()
        self.page.wait_for_load_state("networkidle")

    def write_short(self, section: str, title: str, lead: str, text: str) -> None:
        """Write an article of one paragraph into a section of news, and leave it in its form."""
        self.begin(section)
        self.page.fill("#id_title", title)
        self.page.fill("#id_lead", lead)
        self.add_block("paragraph").write(text)

    def add_block(self, kind: str) -> "Block":
        """Add a block at the end of the text, out of the block picker."""
        with translation.override(self.language):
            label = str(BodyBlock().child_blocks[kind].label)
        body = self.page.locator("[data-contentpath=body]").first
        number = int(body.locator("input[name=body-count]").input_value())
        body.locator(".c-sf-add-button").last.click()
        self.page.get_by_role("option", name=label, exact=True).click()
        expect(body.locator("input[name=body-count]")).to_have_value(str(number + 1))
        own = self.page.locator(f"input[name=body-{number}-id]")
        return Block(self, number, own.locator("xpath=ancestor::*[@data-streamfield-child][1]"))

    def choose(self, chooser: Locator, title: str) -> None:
        """Choose something by its title in the chooser that opens."""
        chooser.locator("[data-chooser-action-choose]").first.click()
        dialog = self.page.locator(".modal").last
        dialog.get_by_role("link", name=title).first.click()
        expect(self.page.locator(".modal-body")).to_have_count(0)

    def upload(self, chooser: Locator, file: Path, title: str) -> None:
        """Upload a file in the chooser that opens, and choose it."""
        chooser.locator("[data-chooser-action-choose]").first.click()
        dialog = self.page.locator(".modal").last
        dialog.locator("#tab-label-upload").click()
        form = dialog.locator("#tab-upload form")
        form.locator("input[type=file]").set_input_files(file)
        form.locator("input[name$=title]").fill(title)
        form.locator("button[type=submit], input[type=submit]").first.click()
        expect(self.page.locator(".modal-body")).to_have_count(0)

    def press(self, action: str) -> None:
        """Press one of the actions at the foot of the form, such as `action-publish`."""
        self.page.locator("footer .w-dropdown__toggle").first.click()
        self.send(f"button[name={action}]")

    def find_page(self, title: str) -> str:
        """Find a page by its title with the admin's search; return its number."""
        self.open(f"/admin/pages/search/?q={quote(title)}")
        return self.find_page_id(title)

    def find_page_id(self, title: str) -> str:
        """Return the number of the page that was just saved, from the link that leads to its form."""
        link = self.page.locator("a[href$='/edit/']", has_text=title).first
        return str(link.get_attribute("href")).rstrip("/").split("/")[-2]

    def submit_translation(self, title: str) -> None:
        """Take a page from the list of what waits, and send it to translation."""
        self.open("/admin/")
        self.page.locator("table.listing--dashboard").get_by_role("link", name=title).first.click()
        self.page.wait_for_load_state("networkidle")
        self.page.locator("form input[type=submit], form button[type=submit]").last.click()
        self.page.wait_for_load_state("networkidle")

    def translate(self, words: Mapping[str, str]) -> None:
        """Accept what the memory filled in, and translate every string that is open at the workbench, one by one."""
        self.accept_suggestions()
        waiting = self.page.locator(".desk-row--open")
        expect(waiting.first).to_be_visible()
        while count := waiting.count():
            segment = waiting.first
            segment.locator("textarea").fill(words[segment.locator(".desk-text").first.inner_text()])
            segment.locator("textarea").blur()
            expect(waiting).to_have_count(count - 1)

    def accept_suggestions(self) -> None:
        """Accept at the workbench, one by one, what no person wrote."""
        filled = self.page.locator("[data-accept]:visible")
        while count := filled.count():
            filled.first.click()
            expect(filled).to_have_count(count - 1, timeout=AT_A_BAD_LINE)

    def publish_translation(self) -> None:
        self.send("button[name=action][value=publish]")

    def press_review(self, action: str) -> None:
        """Press a button of the review: submit, approve, return, …"""
        self.send(f"button[name=action][value={action}]")

    def press_machine(self) -> None:
        """Let a machine suggest what is open at the workbench."""
        self.send(".desk-machine button")

    def send(self, button: str) -> None:
        """Press a button that sends a form, and wait until its answer is shown: not only until the click is made."""
        self.leave_by(button)
        self.arrive()

    def leave_by(self, button: str) -> None:
        """Press a button that leads to another page."""
        self.page.evaluate("document.documentElement.dataset.former = ''")
        self.page.locator(button).click()

    def arrive(self) -> None:
        """Wait until the other page is shown."""
        self.page.locator("html:not([data-former])").wait_for(state="attached")
        self.page.wait_for_load_state("networkidle")

    def sign_in_again(self, link: Locator) -> None:
        """Follow a link to the sign-in page in a new tab, sign in there, and come back."""
        expect(link).to_be_visible()
        with self.page.context.expect_page() as opened:
            link.click()
        sign_in = opened.value
        sign_in.fill("[name=username]", self.username)
        sign_in.fill("[name=password]", self.hub.passwords[self.username])
        sign_in.click("button[type=submit]")
        expect(sign_in.locator(".sidebar-main-menu").first).to_be_visible()
        sign_in.close()

    def take_another_tab(self) -> Page:
        """Close the tab, and open another."""
        context = self.page.context
        self.page.close()
        self.page = context.new_page()
        self.page.set_default_timeout(30_000)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        return self.page

    def get_a_bad_line(self) -> None:
        """Let every page from now on come at 50 kB/s, 300 ms away, and lose some of its own requests and answers."""
        session = self.page.context.new_cdp_session(self.page)
        session.send("Network.enable")
        speed = {"downloadThroughput": BYTES_A_SECOND, "uploadThroughput": BYTES_A_SECOND}
        session.send("Network.emulateNetworkConditions", {"offline": False, "latency": 300, **speed})
        self.page.add_init_script(LOSE_SOME)

    def lose_pages(self) -> None:
        """Let every fifth page from now on not arrive, be it asked for by a link, a button or the address."""
        session = self.page.context.new_cdp_session(self.page)
        asked = count(1)

        def lose(event: dict[str, Any]) -> None:
            if next(asked) % EVERY_FIFTH:
                session.send("Fetch.continueRequest", {"requestId": event["requestId"]})
            else:
                session.send("Fetch.failRequest", {"requestId": event["requestId"], "errorReason": "ConnectionReset"})

        session.on("Fetch.requestPaused", lose)
        session.send("Fetch.enable", LOST_PAGES)

    def messages(self) -> str:
        return " ".join(self.page.locator(".messages li, .help-block.help-critical").all_inner_texts())


class Block:
    """One block in the form."""

    def __init__(self, person: Person, number: int, place: Locator) -> None:
        self.person, self.number, self.place = person, number, place

    def field(self, name: str) -> Locator:
        return self.person.page.locator(f"[name=body-{self.number}-value{'-' + name if name else ''}]")

    def fill(self, **values: str) -> "Block":
        for name, value in values.items():
            field = self.field(name.replace("__", "-"))
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        return self

    def write(self, text: str, *, which: int = 0) -> "Block":
        """Type into the block's rich text; the form has it a quarter of a second later."""
        editor = self.place.locator(".public-DraftEditor-content").nth(which)
        editor.click()
        self.person.page.keyboard.type(text)
        self.person.page.wait_for_function(FORM_HAS, arg=[self.place.element_handle(), text])
        return self

    def choose(self, field: str, title: str) -> "Block":
        self.person.choose(self._chooser(field), title)
        return self

    def upload(self, field: str, file: Path, title: str) -> "Block":
        self.person.upload(self._chooser(field), file, title)
        return self

    def add_item(self) -> "Block":
        """Add one more to the block's list."""
        self.place.locator(".c-sf-add-button").last.click()
        return self

    def _chooser(self, field: str) -> Locator:
        return self.person.page.locator(f"#body-{self.number}-value-{field}-chooser")


@contextmanager
def signed_in(hub: Hub, username: str, *, language: str, width: int = 1280) -> Iterator[Person]:
    """Sign somebody in to the admin."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        person = _sign_in(hub, browser, username, language, width)
        yield person
        browser.close()
    assert person.errors == []


@contextmanager
def signed_in_beside(other: Person, username: str, *, language: str) -> Iterator[Person]:
    """Sign somebody in while another person goes on working."""
    browser = other.page.context.browser
    assert browser
    person = _sign_in(other.hub, browser, username, language, width=1280)
    yield person
    person.page.context.close()
    assert person.errors == []


def _sign_in(hub: Hub, browser: Browser, username: str, language: str, width: int) -> Person:
    page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    page.set_default_timeout(PATIENCE)
    person = Person(hub, page, username, language)
    person.open("/admin/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", hub.passwords[username])
    page.click("button[type=submit]")
    expect(page.locator(".sidebar-main-menu").first).to_be_visible()
    return person


def picture(person: Person, file: Path) -> None:
    """Keep what the person sees."""
    person.page.screenshot(path=str(file))
