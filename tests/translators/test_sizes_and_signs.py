"""What goes with a number is compared, too: thousands and millions, per cent, and the sign."""

import pytest

from tests.translators.four_languages import found, in_all_crossings, in_all_directions, said

SAME = [
    said("5 miljoner", "5 мільйонів", "5 miljoonaa", "5 million"),
    said("5 milj.", "5 млн", "5 milj.", "5 mn"),
    said("2,5 miljarder kronor", "2,5 мільярда крон", "2,5 mrd kruunua", "2.5 billion kronor"),
    said("3 biljoner", "3 трильйони", "3 biljoonaa", "3 trillion"),
    said("10 tusen", "10 тис.", "10 tuhatta", "10 thousand"),
    said("10 000", "10 тисяч", "10 tuhatta", "10,000"),
    said("två miljoner", "два мільйони", "kaksi miljoonaa", "two million"),
    said("en miljon", "мільйон", "miljoona", "a million"),
    said("en halv miljon", "півмільйона", "puoli miljoonaa", "half a million"),
    said("en och en halv miljon", "півтора мільйона", "puolitoista miljoonaa", "1.5 million"),
    said("2–3 miljoner", "2–3 мільйони", "2–3 miljoonaa", "2–3 million"),
    said("från 2 till 3 miljoner", "від 2 до 3 мільйонів", "2–3 miljoonaa", "2 million to 3 million"),
    said("mellan 2 och 3 miljoner", "між 2 та 3 мільйонами", "2–3 miljoonaa", "between 2 and 3 million"),
    said("punkt 2 och 3 miljoner", "пункт 2 і 3 мільйони", "kohta 2 sekä 3 miljoonaa", "item 2 and 3 million"),
    said("miljoner människor", "мільйони людей", "miljoonia ihmisiä", "millions of people"),
    said("5 miljoner euro", "5 млн євро", "5 M€", "€5m"),
    said("5-miljonersprojektet", "5-мільйонний проєкт", "5-miljoonainen hanke", "the 5-million project"),
    said("År 2020 fick 3 miljoner hjälp.", "У 2020 році 3 мільйони.", "Vuonna 2020 3 miljoonaa.", "3 million in 2020."),
    said("5 %", "5 %", "5 %", "5%"),
    said("5 procent", "5 відсотків", "5 prosenttia", "5 per cent"),
    said("fem procent", "п’ять відсотків", "viisi prosenttia", "five percent"),
    said("tjugo procent", "двадцять процентів", "kaksikymmentä prosenttia", "twenty per cent"),
    said("5-procentig ökning", "5-відсоткове зростання", "5-prosenttinen kasvu", "a 5 per cent rise"),
    said("från 5 till 10 procent", "від 5 до 10 відсотків", "5–10 %", "from 5% to 10%"),
    said("andelen kvinnor", "частка жінок", "naisten osuus", "the percentage of women"),
    said("-5 grader", "−5 градусів", "−5 astetta", "-5 degrees"),
    said("minus 5 grader", "5 градусів морозу", "5 pakkasastetta", "5 degrees below zero"),
    said("–5 °C", "−5 °C", "-5 °C", "–5 °C"),
    said("-5 %", "зменшення на 5 %", "5 % vähemmän", "a decrease of 5%"),
    said("2-5 år", "2–5 років", "2–5 vuotta", "2 – 5 years"),
    said("covid-19", "COVID-19", "korona 19", "covid 19"),
    said("Telefon 090-16 10 00", "Телефон 090 16 10 00", "Puhelin 090 16 10 00", "Phone 090-16 10 00"),
    said("2024-05-01", "1 травня 2024 року", "1.5.2024", "1 May 2024"),
    said("– 5 broar", "5 мостів", "- 5 siltaa", "5 bridges"),
    said(
        "En miljonär i Trelleborg",
        "Мільйонер у Треллеборзі",
        "Miljonääri Trelleborgissa",
        "A millionaire in Trelleborg",
    ),
]
MILLION = said("5 miljoner", "5 мільйонів", "5 miljoonaa", "5 million")
BILLION = said("5 miljarder", "5 млрд", "5 miljardia", "5 billion")
CHANGED = [
    (MILLION, BILLION),
    (BILLION, said("5 biljoner", "5 трильйонів", "5 biljoonaa", "5 trillion")),
    (said("5 tusen", "5 тисяч", "5 tuhatta", "5 thousand"), MILLION),
    (MILLION, said("5 personer", "5 осіб", "5 henkilöä", "5 people")),
    (
        said("två miljoner", "два мільйони", "kaksi miljoonaa", "two million"),
        said("3 000 000", "3 000 000", "3 000 000", "3,000,000"),
    ),
    (said("5 %", "5 %", "5 %", "5 %"), said("5", "5", "5", "5")),
    (
        said("5 procent av skolorna", "5 відсотків шкіл", "5 prosenttia kouluista", "5 per cent of the schools"),
        said("5 skolor", "5 шкіл", "5 koulua", "5 schools"),
    ),
]
ONLY_SHOWN = [
    (
        said("Det är -5 grader.", "Температура −5 градусів.", "Lämpötila on −5 astetta.", "It is -5 degrees."),
        said("Det är 5 grader.", "Температура 5 градусів.", "Lämpötila on 5 astetta.", "It is 5 degrees."),
    ),
    (
        said("minus 5 grader", "мінус 5 градусів", "miinus 5 astetta", "minus 5 degrees"),
        said("5 grader", "5 градусів", "5 astetta", "5 degrees"),
    ),
    (
        said("5 % av de 20", "5 % з 20", "5 % näistä 20", "5 % of the 20"),
        said("5 av de 20 %", "5 з 20 %", "5 näistä 20 %", "5 of the 20 %"),
    ),
    (
        said("fem procent", "п’ять відсотків", "viisi prosenttia", "five per cent"),
        said("fem", "п’ять", "viisi", "five"),
    ),
    (
        said("miljoner människor", "мільйони людей", "miljoonia ihmisiä", "millions of people"),
        said("miljarder människor", "мільярди людей", "miljardeja ihmisiä", "billions of people"),
    ),
]
FORMS = {
    "sv": {
        10**3: "tusen tusental",
        10**6: "miljon miljoner miljonerna miljoners milj mkr MSEK",
        10**9: "miljard miljarder miljarderna miljarders mdkr",
        10**12: "biljon biljoner biljonerna",
    },
    "en": {
        10**3: "thousand thousands",
        10**6: "million millions mn",
        10**9: "billion billions bn",
        10**12: "trillion trillions trn",
    },
    "fi": {
        10**3: "tuhat tuhatta tuhannen tuhannelle tuhansia tuhansien tuhanteen",
        10**6: "miljoona miljoonaa miljoonan miljoonalla miljoonia miljoonien miljoonasta milj",
        10**9: "miljardi miljardia miljardin miljardilla miljardeja miljardien mrd",
        10**12: "biljoona biljoonaa biljoonan biljoonia",
    },
    "uk": {
        10**3: "тисяча тисячі тисяч тисячу тисячею тисячам тисячами тис",
        10**6: "мільйон мільйона мільйони мільйонів мільйонам мільйонами млн",
        10**9: "мільярд мільярда мільярди мільярдів мільярдам мільярдами млрд",
        10**12: "трильйон трильйони трильйонів трлн",
    },
}
IN_EVERY_FORM = [
    (language, size, word)
    for language, sizes in FORMS.items()
    for size, words in sizes.items()
    for word in words.split()
]
PER_CENT = {
    "sv": "procent procents procenten procentig % procentenheter",
    "en": "percent per_cent % percentage_points",
    "fi": "prosentti prosenttia prosentin prosentilla prosenttien prosenttiyksikköä %:n",
    "uk": "відсоток відсотка відсотки відсотків відсоткам відсотками процентів відсотковий %",
}


@pytest.fixture(autouse=True)
def room() -> None:
    """No pages: texts are looked at alone."""


@in_all_directions(SAME)
def test_each_language_may_say_sizes_and_signs_its_own_way(
    source_language: str, source: str, language: str, target: str
) -> None:
    assert found(source_language, source, language, target) == []


@in_all_crossings(CHANGED)
def test_another_size_or_no_per_cent_is_an_error(source_language: str, source: str, language: str, target: str) -> None:
    [finding] = found(source_language, source, language, target)
    assert (finding.code, finding.is_error) == ("numbers", True)


@in_all_crossings(ONLY_SHOWN)
def test_a_sign_that_was_lost_and_a_share_said_otherwise_are_shown(
    source_language: str, source: str, language: str, target: str
) -> None:
    [finding] = found(source_language, source, language, target)
    assert (finding.code, finding.is_error) == ("numbers", False)


@pytest.mark.parametrize(("language", "size", "word"), IN_EVERY_FORM)
def test_a_size_is_known_in_all_its_forms(language: str, size: int, word: str) -> None:
    other = "en" if language == "sv" else "sv"
    right, wrong = (f"{7 * each:,}".replace(",", "," if other == "en" else " ") for each in (size, size * 1000))
    assert found(language, f"… 7 {word} …", other, f"… {right} …") == []
    [finding] = found(other, f"… {wrong} …", language, f"… 7 {word} …")
    assert finding.is_error


@pytest.mark.parametrize(
    ("language", "word"), [(language, word) for language, words in PER_CENT.items() for word in words.split()]
)
def test_per_cent_is_known_in_all_its_forms(language: str, word: str) -> None:
    other, text = ("en" if language == "sv" else "sv"), f"… 7 {word.replace('_', ' ')} …"
    assert found(language, text, other, "… 7 % …") == []
    [finding] = found(language, text, other, "… 7 …")
    assert finding.is_error


def test_what_was_lost_is_said_as_people_write_it() -> None:
    [size] = found("sv", "60 miljoner", "en", "60 billion")
    [share] = found("sv", "60 %", "en", "60")
    [sign] = found("sv", "-60 grader", "en", "60 degrees")
    assert size.sentence == "The source says 60\u00a0000\u00a0000, the translation 60\u00a0000\u00a0000\u00a0000."
    assert share.sentence == "The source says 60 %, the translation does not."
    assert sign.sentence == "The source says −60, the translation does not."
