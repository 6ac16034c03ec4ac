"""A name, a term, an agreement on a bad line: what is typed in their forms is kept until the hub has it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import KEPT, Person, signed_in
from tests.hub import Hub

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FORMS = "**/admin/desk/**"
LOOKED_AT = 5_500
"""Milliseconds in which the script has begun to look, and has seen what was typed."""


@pytest.fixture
def reviewer(hub: Hub) -> Iterator[Person]:
    with signed_in(hub, "fi-reviewer", language="fi") as person:
        yield person


def lose_forms(page: Page) -> None:
    """Let no form reach the hub from now on."""
    page.route(FORMS, lambda route: route.abort() if route.request.method == "POST" else route.continue_())


def open_name(person: Person, title: str) -> str:
    """Open a name from the list; return the address of its form."""
    person.open(f"/admin/desk/names/?q={title}")
    person.page.locator("table.listing a[href*='/names/edit/']").first.click()
    person.page.wait_for_load_state("networkidle")
    return person.page.url.removeprefix(person.hub.address)


def add_form(page: Page, text: str) -> None:
    """Add a form of a name or a word in a row of its own."""
    rows = page.locator("#id_forms-FORMS > [data-inline-panel-child]")
    count = rows.count()
    page.locator("#id_forms-ADD").click()
    expect(rows).to_have_count(count + 1)
    page.fill(f"[name=forms-{count}-text]", text)


def test_a_name_that_was_typed_while_the_hub_was_away_outlives_the_tab(reviewer: Person) -> None:
    place = open_name(reviewer, "Kherson")
    lose_forms(reviewer.page)
    reviewer.page.wait_for_timeout(LOOKED_AT)
    add_form(reviewer.page, "Hersonin kaupunki")
    reviewer.page.locator("footer button[type=submit]").click()
    expect(reviewer.page.locator(".sending-bar p")).to_be_visible()
    page = reviewer.take_another_tab()
    reviewer.open(place)
    assert page.locator("input[value='Hersonin kaupunki']").count() == 0
    reviewer.send(".sending-found button >> nth=0")
    expect(page.locator("input[value='Hersonin kaupunki']")).to_have_count(1)
    expect(page.locator(".messages")).to_contain_text("Sitä ei ole vielä tallennettu")
    page.wait_for_timeout(LOOKED_AT)
    expect(page.locator(".sending-found")).to_have_count(0)
    assert len(page.evaluate(KEPT)) == 1  # what is here again is kept as well
    reviewer.send("footer button[type=submit]")
    expect(page.locator("table.listing")).to_contain_text("Hersonin kaupunki")
    assert page.evaluate(KEPT) == []


def test_a_new_term_is_offered_again_or_thrown_away(reviewer: Person) -> None:
    reviewer.open("/admin/desk/terms/new/")
    reviewer.page.wait_for_timeout(LOOKED_AT)
    reviewer.page.fill("#id_definition", "Mitä kaupungit sopivat keskenään.")
    reviewer.page.wait_for_function(f"() => {KEPT}.length === 1")
    page = reviewer.take_another_tab()
    reviewer.open("/admin/desk/terms/new/")
    page.locator(".sending-found button").last.click()
    expect(page.locator(".sending-found")).to_have_count(0)
    assert page.evaluate(KEPT) == []


def test_a_form_with_a_fault_is_kept_until_it_is_mended(reviewer: Person) -> None:
    reviewer.open("/admin/desk/terms/new/")
    page = reviewer.page
    page.fill("[name=forms-0-text]", "aiesopimus")
    reviewer.send("footer button[type=submit]")
    expect(page.locator(".error-message").first).to_be_visible()
    page.wait_for_function(f"() => {KEPT}.length === 1")
    page = reviewer.take_another_tab()
    reviewer.open("/admin/desk/terms/new/")
    reviewer.send(".sending-found button >> nth=0")
    expect(page.locator("[name=forms-0-text]")).to_have_value("aiesopimus")
    page.fill("#id_definition", "Kirje, jolla yhteistyö alkaa.")
    reviewer.send("footer button[type=submit]")
    expect(page.locator("table.listing")).to_contain_text("aiesopimus")
    assert page.evaluate(KEPT) == []


def test_an_agreement_loses_nothing_when_its_writer_signs_in_again(hub: Hub) -> None:
    with signed_in(hub, "admin", language="en") as administrator:
        page = administrator.page
        administrator.open("/admin/desk/machines/agreements/new/")
        page.select_option("#id_engine", index=1)
        page.fill("#id_reference", "Agreement 7, in the city's records.")
        page.fill("#id_signed_on", "2026-01-15")
        page.context.clear_cookies()
        administrator.leave_by("footer button[type=submit]")
        administrator.sign_in_again(page.locator(".sending-bar a"))
        administrator.arrive()
        expect(page.locator("table.listing")).to_contain_text("Agreement 7")
        assert page.evaluate(KEPT) == []
