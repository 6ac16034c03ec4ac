"""The documentation in a real browser, on a desk and on a phone: nothing is refused, hidden or nameless."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import QUIET
from tests.hub import CHROMIUM, free_port, serving

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DOCS = "/content/v1/docs"
WIDTHS = {"desk": 1280, "phone": 360}

CONTRASTS = """() => {
  const light = color => {
    const parts = color.match(/[\\d.]+/g).map(part => Number(part) / 255)
    const [r, g, b] = parts.map(part => part <= .03928 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4)
    return .2126 * r + .7152 * g + .0722 * b
  }
  const behind = place => {
    for (; place; place = place.parentElement) {
      const color = getComputedStyle(place).backgroundColor
      if (!/, 0\\)$/.test(color)) return color
    }
    return "rgb(255, 255, 255)"
  }
  const poor = new Set()
  for (const place of document.querySelectorAll("body *")) {
    const own = [...place.childNodes].some(node => node.nodeType === 3 && node.data.trim())
    if (!own || ["STYLE", "SCRIPT"].includes(place.tagName)) continue
    const [a, b] = [light(getComputedStyle(place).color), light(behind(place))].sort((x, y) => y - x)
    const ratio = (a + .05) / (b + .05)
    if (ratio < 4.5) poor.add(`${place.tagName}.${place.className} ${ratio.toFixed(2)}`)
  }
  return [...poor]
}"""

UNNAMED = """() => [...document.querySelectorAll("a, summary, nav, button")]
  .filter(place => !(place.innerText || place.textContent).trim() && !place.getAttribute("aria-label"))
  .map(place => place.outerHTML)"""

JUMPS = """() => {
  const levels = [...document.querySelectorAll("h1, h2, h3, h4")].map(place => Number(place.tagName[1]))
  const jumps = levels.filter((level, at) => at && level > levels[at - 1] + 1).length
  return jumps + (levels.filter(level => level === 1).length !== 1)
}"""

TWICE = """() => {
  const ids = [...document.querySelectorAll("[id]")].map(place => place.id)
  return ids.filter((id, at) => ids.indexOf(id) !== at)
}"""


@pytest.fixture
def address(transactional_db: None, tmp_path: Path) -> Iterator[str]:
    """A hub as it is served."""
    with serving(tmp_path / "hub", free_port()) as address:
        yield address


def test_the_documentation_is_sound_on_every_screen(address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        for width in WIDTHS.values():
            for scheme in ("light", "dark"):
                for path in (DOCS, f"{DOCS}/sv", f"{DOCS}/problems/not-in-this-language"):
                    _look(browser, address + path, width, scheme)
        _use_the_keyboard(browser, address + DOCS)
        browser.close()


def _look(browser: Browser, url: str, width: int, scheme: str) -> None:
    page = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()  # type: ignore[arg-type]
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(url)
    page.evaluate("() => document.querySelectorAll('details').forEach(part => part.open = true)")
    where = (url, width, scheme)
    assert complaints == [], where
    assert [other for other in asked if other != url] == [], where
    assert page.evaluate("document.documentElement.scrollWidth") <= width, where
    assert page.evaluate(CONTRASTS) == [], where
    assert page.evaluate(UNNAMED) == [], where
    assert page.evaluate(JUMPS) == 0, where
    assert page.evaluate(TWICE) == [], where
    page.context.close()


def _use_the_keyboard(browser: Browser, url: str) -> None:
    page: Page = browser.new_page()
    page.goto(url)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    page.close()
