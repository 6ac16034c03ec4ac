"""Addresses that were typed, with http, with www or with neither, are those of the source."""

import pytest

from tests.translators.four_languages import found, in_all_crossings, in_all_directions, said

SAME = [
    said("Läs på umea.se.", "Читайте на umea.se.", "Lue umea.se:stä.", "Read umea.se’s page."),
    said("Läs på umea.se", "Читайте на www.umea.se", "Lue https://umea.se/", "Read it at http://www.umea.se"),
    said("umea.se/demokrati", "(umea.se/demokrati)", "https://umea.se/demokrati", "umea.se/demokrati."),
    said("Se Umea.se och vaasa.fi", "vaasa.fi та umea.se", "umea.se ja Vaasa.fi-sivusto", "umea.se, vaasa.fi"),
    said("umea.se/demokrati", "umea.se/demokrati", "Lue umea.se/demokrati:sta.", "umea.se/demokrati’s text"),
    said("slut.seminariet, rapport.de.pdf", "звіт", "raportti.fi.pdf", "the end.user"),
    said("kherson.gov.ua", "kherson.gov.ua", "kherson.gov.ua", "kherson.gov.ua"),
    said("Mejla info@umea.se", "Пишіть: info@umea.se", "info@umea.se", "Email info@umea.se"),
    said("Det är slut.Nu går vi.", "Кінець.Тепер ідемо.", "Se loppui.Nyt mennään.", "It is over.Now we go."),
    said("t.ex. bl.a. m.fl. o.s.v. p.g.a.", "т.зв. і т.д. м.Херсон", "esim. s.o. ts. ym.", "e.g. i.e. a.m. vs. etc."),
    said("plan.pdf, bild.jpg", "план.pdf", "suunnitelma.docx", "the plan.pdf and image.png"),
    said("S:t Petersburg", "Петербург", "Pietari", "St.Petersburg"),
]
MISSING = [
    (
        said("Läs på umea.se.", "Читайте на umea.se.", "Lue: umea.se.", "Read it at umea.se."),
        said("Läs där.", "Читайте там.", "Lue se siellä.", "Read it there."),
    ),
]
OTHERS = [
    (
        said("Läs på umea.se.", "Читайте на umea.se.", "Lue: umea.se.", "Read it at umea.se."),
        said("Läs på vaasa.fi.", "Читайте на vaasa.fi.", "Lue: vaasa.fi.", "Read it at vaasa.fi."),
    ),
]
OTHER_PAGES = [
    (
        said("umea.se/demokrati", "umea.se/demokrati", "umea.se/demokrati", "umea.se/demokrati"),
        said("umea.se/demokratin", "umea.se/uk", "umea.se/fi", "en.umea.se/democracy"),
    ),
]


@pytest.fixture(autouse=True)
def room() -> None:
    """No pages: texts are looked at alone."""


@in_all_directions(SAME)
def test_an_address_may_be_written_in_each_way_and_a_full_stop_makes_none(
    source_language: str, source: str, language: str, target: str
) -> None:
    assert found(source_language, source, language, target) == []


@in_all_crossings(MISSING)
def test_an_address_that_was_lost_or_added_is_an_error(
    source_language: str, source: str, language: str, target: str
) -> None:
    [finding] = found(source_language, source, language, target)
    assert (finding.code, finding.is_error) == ("links", True)


@in_all_crossings(OTHERS)
def test_another_site_is_an_error(source_language: str, source: str, language: str, target: str) -> None:
    findings = found(source_language, source, language, target)
    assert [(finding.code, finding.is_error) for finding in findings] == [("links", True)] * 2


@in_all_crossings(OTHER_PAGES)
def test_another_page_of_the_site_is_shown(source_language: str, source: str, language: str, target: str) -> None:
    [finding] = found(source_language, source, language, target)
    assert (finding.code, finding.is_error) == ("links", False)
