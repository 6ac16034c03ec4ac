"""What an engine must not touch comes back as it was; an answer with more or less is not taken (promise 10)."""

import re
from collections.abc import Callable

import pytest

from cms.translation.engines.marks import mask, unmask
from cms.translation.names.register import Known, Register, Spelling


@pytest.fixture(autouse=True)
def room() -> None:
    """No pages: texts alone."""


def known(kind: str, *forms: str, pk: int = 1) -> Known:
    """Return an entry of the register; a form is written like `sv:Cherson` or, when only allowed, `sv:allowed:ICLD`."""
    spellings = []
    for form in forms:
        language, *use, text = form.split(":")
        spellings.append(Spelling(text, language, use[0] if use else "preferred", "official"))
    return Known(pk, kind, "", tuple(spellings))


REGISTER: Register = (
    known("place", "sv:Cherson", "uk:Херсон", "en:Kherson", "fi:Herson"),
    known("place", "sv:Umeå", "uk:Умео", "en:Umeå", "fi:Uumaja", "fi:allowed:Umeå", pk=2),
    known("person", "sv:Janet Ågren", "uk:Янет Огрен", "en:Janet Ågren", pk=3),
    known("organisation", "sv:allowed:ICLD", "en:Centre for Local Democracy", "en:allowed:ICLD", "uk:ICLD", pk=4),
    known("", "sv:förstudie", "en:pre-study", "uk:попереднє дослідження", pk=5),
)


def through(source: str, say: Callable[[str], str] = str, target: str = "uk") -> str | None:
    """Send a Swedish text out and take it back."""
    masked = mask(source, ("sv", target), REGISTER)
    return unmask(masked, say(masked.text))


def shout(text: str) -> str:
    """Translate, after a fashion: all words but the marked become other words."""
    parts = re.split(r'(<span translate="no"[^>]*>.*?</span>|<[^>]*>|&\w+;)', text)
    return "".join(part if number % 2 else part.upper() for number, part in enumerate(parts))


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Umeå och Cherson", "uk", "Умео OCH Херсон"),
        ("Umeå och Cherson", "fi", "Uumaja OCH Herson"),
        ("Umeås och Chersons skolor", "en", "Umeå’s OCH Kherson’s SKOLOR"),
        ("Umeås skolor", "fi", "UMEÅS SKOLOR"),
        ("Janet Ågren, sade Ågren", "uk", "Янет Огрен, SADE Огрен"),
        ("ICLD ger stöd", "en", "ICLD GER STÖD"),
        ("Förstudie: en förstudie", "en", "Pre-study: EN pre-study"),
        ("Chersonesos ligger på Krim", "uk", "CHERSONESOS LIGGER PÅ KRIM"),
    ],
)
def test_names_and_terms_come_in_the_form_of_the_other_language(source: str, target: str, expected: str) -> None:
    assert through(source, shout, target) == expected


def test_a_name_with_an_ending_that_says_more_is_left_to_the_engine() -> None:
    """*Hersonissa* is “in Kherson”: with the name alone, the “in” would be lost."""
    assert mask("Hersonissa ja Herson", ("fi", "sv"), REGISTER).text.count("<span") == 1


@pytest.mark.parametrize(
    "held",
    ["https://www.umea.se/cherson?a=1&amp;b=2", "info@umea.se", "%(name)s", "%s", "{count}", "{{ namn }}", "#umeå"],
)
def test_addresses_and_placeholders_come_back_as_they_were(held: str) -> None:
    assert through(f"skriv till {held}, eller ring", shout) == f"SKRIV TILL {held}, ELLER RING"


@pytest.mark.parametrize(
    "source",
    [
        "En <b>fet</b> och <i>kursiv</i> text",
        'Läs <a id="a1">avtalet <b>här</b></a> och <a id="a2">där</a>',
        "Rad ett<br/>rad två",
        "R&amp;D &lt; 5 &gt; 3",
        'Cherson i <a id="a1">Cherson</a>',
    ],
)
def test_links_and_emphasis_come_back(source: str) -> None:
    expected = re.sub("Cherson", "Херсон", source)
    said = through(source, shout)
    assert said is not None
    assert said.lower() == expected.lower()


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("<B>УМЕО</B> і", "<b>УМЕО</b> і"),
        ("  <b>Умео</b> і\n", "<b>Умео</b> і"),
        ("<b>Умео</b> &#39;і&#39; &quot;я&quot;", "<b>Умео</b> 'і' \"я\""),
        ("<b>Умео</b> < 5", "<b>Умео</b> &lt; 5"),
        ("<b>Умео</b> &lt;script&gt;", "<b>Умео</b> &lt;script&gt;"),
    ],
)
def test_what_means_the_same_is_taken(written: str, stored: str) -> None:
    assert unmask(mask("<b>Stad</b> och", ("sv", "uk"), ()), written) == stored


SOURCE = 'Läs <a id="a1">avtalet</a> med <b>Cherson</b>.'
LOST = [
    "", "   ", "Читайте.",
    'Читайте <a id="a1">угоду</a> з <span translate="no" id="p1">x</span>.',  # bold lost
    'Читайте <a id="a1">угоду</a> з <b>Херсоном</b>.',  # name lost
    'Читайте <a id="a2">угоду</a> з <b><span translate="no" id="p1">x</span></b>.',
    'Читайте <a>угоду</a> з <b><span translate="no" id="p1">x</span></b>.',
    'Читайте <a id="a1">угоду</a> з <b><span id="p1">x</span><span id="p1">x</span></b>.',
    'Читайте <a id="a1">угоду</a> з <b><span id="p2">x</span></b>.',
    'Читайте <a id="a1">угоду</a><a id="a1">x</a> з <b><span id="p1">x</span></b>.',
    'Читайте <a id="a1">угоду з </b><span id="p1">x</span><b></a>.',
    'Читайте </a>угоду<a id="a1"> з <b><span id="p1">x</span></b>.',
]  # fmt: skip


@pytest.mark.parametrize("answer", LOST)
def test_an_answer_whose_marks_are_not_those_of_the_source_is_not_taken(answer: str) -> None:
    assert unmask(mask(SOURCE, ("sv", "uk"), REGISTER), answer) is None


HOSTILE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<b onclick=alert(1)>x</b>",
    '<a id="a1" href="javascript:alert(1)">x</a>', '<a href="javascript:alert(1)">x</a>', "<iframe src=//x></iframe>",
    "<style>*{}</style>", "<!-- x -->", "<![CDATA[x]]>", "<?xml version='1.0'?>", "<!DOCTYPE html>", "<br onload=x>",
    "<b style=x>x</b>", "<math><mtext></math>", "<object data=x>", "<base href=//x>", "<meta http-equiv=refresh>",
    "<form action=//x><input></form>", "<b\x00>x</b>", "\x1b[2J", "<x-y>z</x-y>", "<span onclick=x>y</span>",
    '<span id="p1" onclick="x">y</span>', "<a id='a1\" onclick=\"x'>y</a>", "<b/onclick=x>y</b>", "<B\nonclick=x>y</B>",
]  # fmt: skip
ALLOWED = re.compile(r'</?b>|<a id="a1">|</a>|<br/>')


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("where", ["{}", '<b>Умео</b> <a id="a1">тут</a> {}', '<b>Умео {}</b> <a id="a1">тут</a>'])
def test_nothing_hostile_comes_through_a_machine(where: str, hostile: str) -> None:
    masked = mask('<b>Stad</b> <a id="a1">här</a>', ("sv", "uk"), ())
    said = unmask(masked, where.format(hostile))
    assert said is None or "<" not in ALLOWED.sub("", said)
    assert said is None or where != "{}"


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_hostile_stands_in_for_a_name(hostile: str) -> None:
    masked = mask("Välkommen till Cherson", ("sv", "uk"), REGISTER)
    said = unmask(masked, f'Ласкаво просимо до <span translate="no" id="p1">{hostile}</span>')
    assert said in (None, "Ласкаво просимо до Херсон")


def test_a_long_text_that_comes_back_as_it_was_is_no_translation() -> None:
    long = "En delegation besökte kommunen för att tala om skolor och bibliotek."
    assert through(long) is None
    assert through("Visby 2024") == "Visby 2024"
