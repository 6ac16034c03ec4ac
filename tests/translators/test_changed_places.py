"""Two values or two links that changed places in a text are shown, and can be passed."""

import pytest

from cms.translation.checks import find_in
from cms.translation.names.models import Name, Status, Use
from cms.translation.names.register import Known, Spelling
from tests.translators.four_languages import found, in_all_crossings, in_all_directions, said

SAME = [
    said("från 12 till 15", "від 12 до 15", "12–15", "from 12 to 15"),
    said("12 kvinnor och 15 män", "12 жінок і 15 чоловіків", "12 naista ja 15 miestä", "12 women and 15 men"),
    said(
        "Den 5 maj 2024 kom 12 kvinnor.",
        "12 жінок прийшли 5 травня 2024 року.",
        "12 naista tuli 5.5.2024.",
        "On May 5, 2024, 12 women came.",
    ),
    said("År 2024 kom 12 kvinnor.", "12 жінок у 2024 році.", "Vuonna 2024 tuli 12 naista.", "12 women came in 2024."),
    said("kl. 14.30 den 5 maj", "5 травня о 14.30", "5. toukokuuta klo 14.30", "on 5 May at 2:30 pm"),
    said("måndag till fredag", "з понеділка до п’ятниці", "maanantaista perjantaihin", "Monday to Friday"),
    said(
        "fem kvinnor och sju män", "п’ять жінок і сім чоловіків", "viisi naista ja seitsemän miestä", "5 women, 7 men"
    ),
]
TURNED = [
    (
        said("från 12 till 15", "від 12 до 15", "12–15", "from 12 to 15"),
        said("från 15 till 12", "від 15 до 12", "15–12", "from 15 to 12"),
    ),
    (
        said("12 kvinnor och 15 män", "12 жінок і 15 чоловіків", "12 naista ja 15 miestä", "12 women and 15 men"),
        said("15 kvinnor och 12 män", "15 жінок і 12 чоловіків", "15 naista ja 12 miestä", "15 women and 12 men"),
    ),
    (
        said(
            "fem kvinnor och sju män",
            "п’ять жінок і сім чоловіків",
            "viisi naista, seitsemän miestä",
            "five women, seven men",
        ),
        said(
            "sju kvinnor och fem män", "сім жінок і п’ять чоловіків", "seitsemän naista, viisi miestä", "7 women, 5 men"
        ),
    ),
    (
        said("2 miljoner av 3 miljarder", "2 млн з 3 млрд", "2 milj., 3 mrd", "2 million of 3 billion"),
        said("3 miljarder av 2 miljoner", "3 млрд з 2 млн", "3 mrd, 2 milj.", "3 billion of 2 million"),
    ),
    (
        said("måndag till fredag", "з понеділка до п’ятниці", "maanantaista perjantaihin", "Monday to Friday"),
        said("fredag till måndag", "з п’ятниці до понеділка", "perjantaista maanantaihin", "Friday to Monday"),
    ),
    (
        said("från maj till juli", "з травня до липня", "toukokuusta heinäkuuhun", "from May to July"),
        said("från juli till maj", "з липня до травня", "heinäkuusta toukokuuhun", "from July to May"),
    ),
]


def links(first: str, second: str, ids: str = "12") -> str:
    return f'<a id="a{ids[0]}">{first}</a> … <a id="a{ids[1]}">{second}</a>'


LINKS = [
    said(
        links("avtalet", "planen"),
        links("угоду", "план"),
        links("sopimus", "suunnitelma"),
        links("the deal", "the plan"),
    ),
    said(
        links("rapport 2023", "rapport 2024"),
        links("звіт 2024", "звіт 2023", "21"),
        links("raportti 2023", "raportti 2024"),
        links("the 2024 report", "the 2023 report", "21"),
    ),
    said(
        links("demokrati", "program"),
        links("програма", "демократія", "21"),
        links("demokratia", "ohjelma"),
        links("programme", "democracy", "21"),
    ),
]
SWAPPED = [
    (
        said(
            links("rapport 2023", "rapport 2024"),
            links("звіт 2023", "звіт 2024"),
            links("2023", "2024"),
            links("In 2023", "in 2024"),
        ),
        said(
            links("rapport 2024", "rapport 2023"),
            links("звіт 2024", "звіт 2023"),
            links("2024", "2023"),
            links("In 2024", "in 2023"),
        ),
    ),
    (
        said(
            links("demokrati", "generator"),
            links("демократія", "генератор"),
            links("demokratia", "generaattori"),
            links("democracy", "generator"),
        ),
        said(
            links("generator", "demokrati"),
            links("генератор", "демократія"),
            links("generaattori", "demokratia"),
            links("generator", "democracy"),
        ),
    ),
    (
        said(
            links("avtalet", "planen"),
            links("угоду", "план"),
            links("sopimus", "suunnitelma"),
            links("the deal", "the plan"),
        ),
        said(
            links("avtalet", "planen", "21"),
            links("угоду", "план", "21"),
            links("sopimus", "suunnitelma", "21"),
            links("the deal", "the plan", "21"),
        ),
    ),
]


@pytest.fixture(autouse=True)
def room() -> None:
    """No pages: texts are looked at alone."""


@in_all_directions([*SAME, *LINKS])
def test_what_kept_its_place_or_stands_where_its_language_wants_it_is_not_shown(
    source_language: str, source: str, language: str, target: str
) -> None:
    assert found(source_language, source, language, target) == []


@in_all_crossings(TURNED)
def test_values_that_changed_places_are_shown(source_language: str, source: str, language: str, target: str) -> None:
    [finding] = found(source_language, source, language, target)
    assert (finding.code, finding.is_error) == ("numbers", False)
    assert "change places" in finding.sentence


@in_all_crossings(SWAPPED)
def test_links_that_changed_places_are_shown(source_language: str, source: str, language: str, target: str) -> None:
    [finding] = found(source_language, source, language, target)
    assert (finding.code, finding.is_error) == ("links", False)
    assert "change places" in finding.sentence


def test_the_register_tells_links_apart() -> None:
    forms = [("Cherson", "sv"), ("Kherson", "en"), ("Umeå", "sv"), ("Umeå", "en")]
    spellings = [Spelling(text, language, Use.PREFERRED, Status.OFFICIAL) for text, language in forms]
    register = (Known(1, Name.Kind.PLACE, "", (*spellings[:2],)), Known(2, Name.Kind.PLACE, "", (*spellings[2:],)))
    source = links("i Cherson", "i Umeå")
    assert find_in(source, links("in Umeå", "in Kherson", "21"), "sv", "en", register=register) == []
    [finding] = find_in(source, links("in Umeå", "in Kherson"), "sv", "en", register=register)
    assert finding.sentence == "“in Umeå” leads where “i Cherson” leads in the source: did two links change places?"
