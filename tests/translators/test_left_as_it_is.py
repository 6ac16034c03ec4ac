"""A text that was left as it is, or in other letters, is shown; what is rightly the same is not. Addresses are kept."""

import pytest

from cms.translation.checks import Finding, find_in
from cms.translation.names.models import Name, Use
from cms.translation.names.register import Known, Spelling


@pytest.fixture(autouse=True)
def room() -> None:
    """No pages: each text is looked at beside its source alone."""


def look(
    source: str, target: str, source_language: str, target_language: str, *, is_name: bool = False
) -> list[Finding]:
    return find_in(source, target, source_language, target_language, register=(), is_name=is_name)


@pytest.mark.parametrize(
    ("source_language", "source", "target_language", "target", "left"),
    [
        ("sv", "Mer information", "en", "Mer information", "Mer information"),
        ("sv", "Mer information", "uk", "Mer information", "Mer information"),
        ("fi", "Lisätietoja kunnasta", "sv", "Lisätietoja kunnasta", "Lisätietoja kunnasta"),
        ("en", "Final report", "fi", "Final report", "Final report"),
        ("uk", "Новини", "sv", "Новини", "Новини"),
        ("uk", "Зустріч у Херсоні", "fi", "Зустріч Hersonissa", "Зустріч"),
        ("sv", "Mötet i Cherson", "en", "The meeting in Кherson", "Кherson"),
        ("sv", "Mer information", "uk", "More information", "More information"),
    ],
)
def test_a_short_text_left_as_it_is_or_in_other_letters_is_shown(
    source_language: str, source: str, target_language: str, target: str, left: str
) -> None:
    [finding] = look(source, target, source_language, target_language)
    assert (finding.code, finding.is_error) == ("leftovers", False)
    assert f"“{left}”" in finding.sentence


@pytest.mark.parametrize(
    "text",
    [
        "Janet Ågren", "Ursula von der Leyen", "ICLD", "2024",
        "kontakt@umea.se", "https://www.umea.se/samarbete", "umea.se", "090-16 10 00", "CC BY 4.0", "60 km", "#umea",
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "fi", "uk"])
def test_names_numbers_and_addresses_are_rightly_the_same(text: str, language: str) -> None:
    assert look(text, text, "sv", language) == []


@pytest.mark.parametrize("text", ["Samverkan", "Misto", "Nyheter i Västerbotten"])
@pytest.mark.parametrize("language", ["en", "fi", "uk"])
def test_what_may_be_a_name_or_a_word_that_was_left_is_asked(text: str, language: str) -> None:
    [finding] = look(text, text, "sv", language)
    assert (finding.code, finding.is_error) == ("leftovers", False)
    assert finding.sentence == f"“{text}” is the same as in the source: was it left there?"
    assert look(text, text, "sv", language, is_name=True) == []


def test_a_word_that_both_languages_have_is_not_asked() -> None:
    assert look("Information", "Information", "sv", "en") == []
    [_asked] = look("Information", "Information", "sv", "fi")


@pytest.mark.parametrize("kind", [Name.Kind.PLACE, ""])
def test_a_name_or_term_of_the_register_is_not_asked(kind: str) -> None:
    spellings = tuple(Spelling("Misto", language, Use.PREFERRED) for language in ("sv", "en"))
    assert find_in("Misto", "Misto", "sv", "en", register=(Known(1, kind, "", spellings),)) == []


def test_names_that_the_register_knows_may_be_in_any_letters() -> None:
    kherson = Known(1, Name.Kind.PLACE, "", (Spelling("Херсон", "uk", Use.PREFERRED),))
    assert find_in("Херсон", "Херсон", "uk", "sv", register=(kherson,)) == []
    [finding] = find_in("Новини: Херсон", "Новини: Херсон", "uk", "sv", register=(kherson,))
    assert finding.sentence == "“Новини” is still in the source’s language."


def test_what_the_source_speaks_of_may_stand_in_its_letters() -> None:
    assert look("У назві чути слово «місто».", "I namnet hörs ordet місто.", "uk", "sv") == []
    assert look("Ініціали ВБ", "Initialerna ВБ", "uk", "sv") == []


def test_swedish_is_the_same_in_finland() -> None:
    assert look("Mer information om mötet", "Mer information om mötet", "sv", "sv-FI") == []


@pytest.mark.parametrize("language", ["en", "uk"])
def test_what_is_a_name_as_a_whole_may_be_the_same(language: str) -> None:
    assert look("Foto: Umeå kommun", "Foto: Umeå kommun", "sv", language, is_name=True) == []
    assert look("Янет Огрен", "Янет Огрен", "uk", "sv", is_name=True)


TYPED = "Läs https://www.umea.se/samarbete, eller skriv till kontakt@umea.se."


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("Read https://www.umea.se/samarbete, or write to kontakt@umea.se.", []),
        ("Read “www.umea.se/samarbete/” (or write to «kontakt@umea.se»).", []),
        ("Read https://www.umea.se/cooperation, or write to kontakt@umea.se.", [False]),
        ("Read https://en.umea.se/samarbete, or write to kontakt@umea.se.", [False]),
        ("Read https://www.umeo.se/samarbete, or write to kontakt@umea.se.", [True, True]),
        ("Read https://www.umea.se/samarbete, or write to contact@umea.se.", [True, True]),
        ("Read more, or write to kontakt@umea.se.", [True]),
        ("Read https://www.umea.se/samarbete.", [True]),
        ("Read https://[::a, or write to kontakt@umea.se.", [True, True]),
        ("Read https://www.umea.se/samarbete, https://icld.se or write to kontakt@umea.se.", [True]),
    ],
)
def test_typed_addresses_are_those_of_the_source_or_of_the_same_site(target: str, found: list[bool]) -> None:
    findings = look(TYPED, target, "sv", "en")
    assert [(finding.code, finding.is_error) for finding in findings] == [("links", is_error) for is_error in found]


def test_a_link_may_say_its_address_in_words() -> None:
    source = '<b>Läs</b> <a id="a1">https://umea.se/avtal</a>.'
    assert look(source, '<b>Read</b> <a id="a1">the agreement</a>.', "sv", "en") == []
