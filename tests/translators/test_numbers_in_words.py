"""Small numbers may be words, whole ones with their endings; what only begins like one hides no number that changed."""

import pytest

from cms.translation.checks import Finding
from cms.translation.checks.numbers import find_numbers

SOURCES = {"sv": "Det gäller {} saker.", "en": "It concerns {} things.", "uk": "Йдеться про {} речей."}
WORDS = {
    "sv": {
        1: "en ett första",
        2: "två andra båda tvåårig tvåspråkiga",
        3: "tre tredje tredjedel treårigt",
        4: "fyra fjärde",
        5: "fem femte femtedelar",
        6: "sex sjätte",
        7: "sju sjunde",
        8: "åtta åttonde",
        9: "nio nionde",
        10: "tio tionde tiodagars",
        11: "elva elfte",
        12: "tolv tolfte",
    },
    "en": {
        1: "one a first",
        2: "two second both twice two-year",
        3: "three third thirds three-day",
        4: "four fourth",
        5: "five fifth",
        6: "six sixth",
        7: "seven seventh",
        8: "eight eighth",
        9: "nine ninth",
        10: "ten tenth",
        11: "eleven eleventh",
        12: "twelve twelfth",
    },
    "fi": {
        1: "yksi yhden yhtä yhdessä yhdellä ensimmäinen ensimmäisen",
        2: "kaksi kahden kahta kahdessa kahteen toinen toisen kaksivuotinen kahdenvälinen",
        3: "kolme kolmen kolmea kolmessa kolmelle kolmas kolmannen kolmatta kolmanteen kolmivuotinen kolmekin",
        4: "neljä neljän neljää neljästä neljäs neljännen nelivuotinen",
        5: "viisi viiden viittä viidellä viides viidennen",
        6: "kuusi kuuden kuutta kuudessa kuudes kuudennen",
        7: "seitsemän seitsemää seitsemässä seitsemäs seitsemännen",
        8: "kahdeksan kahdeksaa kahdeksalle kahdeksas kahdeksannen",
        9: "yhdeksän yhdeksää yhdeksässä yhdeksäs",
        10: "kymmenen kymmentä kymmenessä kymmenes kymmenennen",
        11: "yksitoista yhdentoista yhtätoista yhdestoista",
        12: "kaksitoista kahdentoista kahtatoista kahdestoista kahdennentoista",
    },
    "uk": {
        1: "один одна одного однією перший першого",
        2: "два дві двох двома двоє другий другої обидва дворічний двостороння",
        3: "три трьох трьома троє третій третього третя трирічна",
        4: "чотири чотирьох чотирма четверо четвертий четвертої",
        5: "п'ять п’яти п’ятьох п’ятеро п’ятий п’ятого п’ятирічний",
        6: "шість шести шістьома шостий шостого",
        7: "сім семи сімома семеро сьомий сьомого",
        8: "вісім восьми вісьмома восьмий восьмої",
        9: "дев’ять дев’яти дев’ятий дев’ятьох",
        10: "десять десяти десятьох десятий десятиденний",
        11: "одинадцять одинадцяти одинадцятий",
        12: "дванадцять дванадцяти дванадцятий дванадцятьма",
    },
}
IN_WORDS = [
    (language, number, word)
    for language, numbers in WORDS.items()
    for number, words in numbers.items()
    for word in words.split()
]


@pytest.fixture(autouse=True)
def room() -> None:
    """No pages: numbers are looked for in words alone."""


def numbers(source: str, target: str, source_language: str, target_language: str) -> list[Finding]:
    return list(find_numbers(source, target, source_language, target_language))


@pytest.mark.parametrize(("language", "number", "word"), IN_WORDS)
def test_a_small_number_may_be_a_word_in_any_of_its_forms(language: str, number: int, word: str) -> None:
    other = "en" if language == "sv" else "sv"
    text = SOURCES[other].format(number)
    assert numbers(text, f"… {word} …", other, language) == []
    assert numbers(f"… {word} …", text, language, other) == []


@pytest.mark.parametrize(
    ("source", "language", "target"),
    [
        ("Mötet är 3 maj.", "uk", "Зустріч 4 травня."),
        ("Mötet är 3 maj.", "uk", "Зустріч 4 травня, тривалий захід."),
        ("De 5 mötena", "uk", "6 зустрічей у п’ятницю"),
        ("7 barn", "uk", "8 дітей у сім’ї"),
        ("7 barn", "uk", "8 дітей у сім'ї"),
        ("2 dagar", "uk", "3 дні у дворі"),
        ("1 maj", "uk", "2 травня, одночасно"),
        ("1 möte", "en", "2 meetings and talks at the hall"),
        ("10 anbud", "en", "11 tenders for tenants"),
        ("6 barn", "en", "7 children at the sixties’ school"),
        ("Mötet är 1 maj.", "en", "A meeting is on 2 May."),
        ("Den 1 maj håller kommunen en öppning.", "en", "On 2 May the municipality holds an opening."),
        ("1 projekt", "fi", "2 hanketta, yhteistyö"),
        ("1 projekt", "fi", "2 hanketta yhdessä"),
        ("3 projekt", "fi", "4 hanketta, kolmikko"),
        ("Mötet är 3 maj, för de 3 kommunerna.", "uk", "Зустріч 4 травня для трьох громад."),
        ("Tre kommuner möts den 3 maj.", "uk", "Три громади зустрічаються 4 травня."),
        ("Tre av fyra möts den 3 maj.", "en", "Three of four meet on 4 May."),
        ("3 kommuner", "en", "4 municipalities, twenty-three people"),
        ("1 skola och 2 broar", "en", "One school and 3 bridges"),
    ],
)
def test_a_word_that_begins_like_a_number_or_says_another_one_hides_no_change(
    source: str, language: str, target: str
) -> None:
    [finding] = numbers(source, target, "sv", language)
    assert finding.is_error


@pytest.mark.parametrize(
    ("source", "source_language", "target"),
    [
        ("1 lag för energi", "en", "2 lagar för energi"),
        ("6 people", "en", "7 personer, sextio dagar"),
        ("10 people", "en", "12 personer, tiotals dagar"),
        ("3 people", "en", "4 personer från Trelleborg"),
        ("5 травня", "uk", "6 maj i femtiotalets hus"),
    ],
)
def test_no_swedish_word_that_begins_like_a_number_hides_a_change(
    source: str, source_language: str, target: str
) -> None:
    [finding] = numbers(source, target, source_language, "sv")
    assert finding.is_error


@pytest.mark.parametrize(
    ("source", "source_language", "target", "target_language"),
    [
        ("1 kommun och 3 skolor", "sv", "a municipality and three schools", "en"),
        ("2 kommuner i ett treårigt projekt", "sv", "дві громади у трирічному проєкті", "uk"),
        ("båda kommunerna har 1 plan", "sv", "the 2 municipalities have a plan", "en"),
        ("Tre broar på 3 år", "sv", "Three bridges in three years", "en"),
        ("3 kaupunkia ja 12 hanketta", "fi", "три міста і дванадцять проєктів", "uk"),
        ("5 громад, 7 шкіл", "uk", "viisi kuntaa, seitsemän koulua", "fi"),
        ("2/3 av barnen", "sv", "two thirds of the children", "en"),
    ],
)
def test_an_honest_translation_has_nothing_to_say(
    source: str, source_language: str, target: str, target_language: str
) -> None:
    assert numbers(source, target, source_language, target_language) == []


@pytest.mark.parametrize(
    ("source_language", "source", "language", "target", "sentence"),
    [
        ("sv", "Fem skolor är med.", "en", "Six schools take part.", "5, the translation 6."),
        (
            "uk",
            "Три міста і дві школи.",
            "sv",
            "Fyra städer och två skolor.",
            "3, the translation 4.",
        ),
        ("en", "Two schools, seven teachers.", "fi", "Kaksi koulua, kahdeksan opettajaa.", "7, the translation 8."),
        ("sv", "Den 3 maj kom sju.", "uk", "3 травня прийшли восьмеро.", "7, the translation 8."),
    ],
)
def test_a_number_in_words_that_became_another_is_shown(
    source_language: str, source: str, language: str, target: str, sentence: str
) -> None:
    [finding] = numbers(source, target, source_language, language)
    assert (finding.code, finding.is_error) == ("numbers", False)
    assert sentence in str(finding.sentence)


@pytest.mark.parametrize(
    ("source", "language", "target"),
    [
        ("Fem skolor är med.", "en", "5 schools take part."),
        ("Två kommuner deltar.", "en", "Both municipalities take part."),
        ("Ett dussin, alltså tolv.", "fi", "Tusina eli kaksitoista."),
        ("På alla fyra.", "fi", "Kontaten."),
        ("De båda städerna", "uk", "Два міста"),
        ("Sju av tio säger ja.", "uk", "Семеро з десяти кажуть так."),
    ],
)
def test_a_number_in_words_may_be_said_otherwise(source: str, language: str, target: str) -> None:
    assert numbers(source, target, "sv", language) == []
