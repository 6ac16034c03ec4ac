"""Days of the week, months and days of a month are those of the source, in all their forms."""

import pytest

from tests.translators.four_languages import found, in_all_crossings, in_all_directions, said

SAME = [
    said("på måndag", "у понеділок", "maanantaina", "on Monday"),
    said(
        "Onsdagar och torsdagar", "Щосереди та щочетверга", "Keskiviikkoisin ja torstaisin", "Wednesdays and Thursdays"
    ),
    said("fredagskvällen", "у п’ятницю ввечері", "perjantai-iltana", "Friday evening"),
    said("torsdagens möte", "четвергове засідання", "torstain kokous", "Thursday’s meeting"),
    said("lördagsskolan", "суботня школа", "lauantaikoulu", "Saturday school"),
    said("mån–fre 9–16", "пн–пт 9–16", "ma–pe 9–16", "Mon–Fri 9–16"),
    said("måndag–fredag", "понеділок–п’ятниця", "ma–pe", "Monday to Friday"),
    said("natten till söndag", "у ніч на неділю", "sunnuntain vastaisena yönä", "Saturday night"),
    said("långfredagen", "Страсна п’ятниця", "pitkäperjantai", "Good Friday"),
    said("Miljön och mitten", "Середовище та середина", "Ympäristö ja keskusta", "The environment and the middle"),
    said("städdagen", "суботник", "talkoot", "the clean-up day"),
    said("Hon satte sig.", "Вона сіла.", "Hän istuutui.", "She sat down."),
    said("fyra barn, en fjärdedel", "четверо дітей, чверть", "neljä lasta, neljännes", "four children, a quarter"),
    said("i maj", "у травні", "toukokuussa", "in May"),
    said("i maj 2024", "у травні 2024 року", "toukokuussa 2024", "in May 2024"),
    said(
        "I maj kom 12 kvinnor.", "У травні прийшли 12 жінок.", "Toukokuussa tuli 12 naista.", "In May, 12 women came."
    ),
    said("från januari till mars", "з січня до березня", "tammikuusta maaliskuuhun", "from January to March"),
    said("i maj–juni", "у травні–червні", "touko–kesäkuussa", "in May–June"),
    said("i mars och april", "у березні та квітні", "maalis- ja huhtikuussa", "in March and April"),
    said("i slutet av februari", "наприкінці лютого", "helmikuun lopussa", "in late February"),
    said("från december", "з грудня", "joulukuusta", "from December"),
    said("majhelgerna", "травневі свята", "toukokuun juhlat", "the holidays in May"),
    said("en aprilkväll", "квітневий вечір", "huhtikuinen ilta", "an evening in April"),
    said("första maj", "перше травня", "vappu", "the first of May"),
    said("den 5:e maj", "5-го травня", "5. toukokuuta", "on the 5th of May"),
    said("Den 10–16 juni 2024", "10–16 червня 2024 року", "10.–16. kesäkuuta 2024", "June 10–16, 2024"),
    said("5/6 2024", "05.06.2024", "5.6.2024", "5 June 2024"),
    said("2024-06-05", "5 червня 2024", "5.6.2024", "June 5, 2024"),
    said("den 5 juni 2024", "5 червня 2024", "5.6.2024", "6/5/2024"),
    said("den 6 maj 2024", "6 травня 2024", "6.5.2024", "6/5/2024"),
    said("maj 2024", "05.2024", "5/2024", "05/2024"),
    said("Ni får komma.", "Ви можете прийти.", "Saatte tulla.", "You may come."),
    said("Får vi marschera?", "Чи можна нам іти?", "Saammeko marssia?", "May we march?"),
    said("Marsch för demokrati", "Хода за демократію", "Marssi demokratian puolesta", "March for democracy"),
    said("En film från 2024", "Фільм 2024 року", "Elokuva vuodelta 2024", "A film from 2024"),
    said("en julgran, blommor", "ялинка, квіти", "joulukuusi, kesäkukat", "a Christmas tree, flowers"),
    said("majoriteten, majs", "більшість, кукурудза", "enemmistö, maissi", "the majority, corn"),
    said("bitter frost", "лютий мороз", "kova pakkanen", "bitter frost"),
    said("gult, gräs, lind, en skära", "жовте, трава, липа, серп", "keltaista, ruoho, lehmus", "yellow, grass, lime"),
    said("spädbarn", "грудні діти", "vauvat", "infants"),
]
CHANGED = [
    (
        said("på måndag", "у понеділок", "maanantaina", "on Monday"),
        said("på tisdag", "у вівторок", "tiistaina", "on Tuesday"),
    ),
    (
        said("Möte onsdag kväll", "Зустріч у середу", "Kokous keskiviikkona", "Meeting on Wednesday"),
        said("Möte lördag kväll", "Зустріч у суботу", "Kokous lauantaina", "Meeting on Saturday"),
    ),
    (
        said("i torsdags", "у четвер", "viime torstaina", "last Thursday"),
        said("i söndags", "у неділю", "viime sunnuntaina", "last Sunday"),
    ),
    (said("i maj", "у травні", "toukokuussa", "in May"), said("i juni", "у червні", "kesäkuussa", "in June")),
    (
        said("i maj 2024", "у травні 2024 року", "toukokuussa 2024", "in May 2024"),
        said("i juni 2024", "у червні 2024 року", "kesäkuussa 2024", "in June 2024"),
    ),
    (
        said("till mars", "до березня", "maaliskuuhun asti", "until March"),
        said("till februari", "до лютого", "helmikuuhun asti", "until February"),
    ),
    (
        said("den 5 maj 2024", "5 травня 2024 року", "5. toukokuuta 2024", "5 May 2024"),
        said("den 5 juni 2024", "5 червня 2024 року", "5.6.2024", "5 June 2024"),
    ),
    (
        said("2024-06-05", "05.06.2024", "5.6.2024", "5 June 2024"),
        said("den 6 maj 2024", "6 травня 2024", "6. toukokuuta 2024", "May 6, 2024"),
    ),
    (
        said("12/3 2024", "12 березня 2024 р.", "12.3.2024", "March 12th, 2024"),
        said("den 3 december 2024", "03.12.2024", "3.12.2024", "2024-12-03"),
    ),
]
LOST = [
    (said("på måndag", "у понеділок", "maanantaina", "on Monday"), said("snart", "незабаром", "pian", "soon")),
    (said("i maj", "у травні", "toukokuussa", "in May"), said("i vår", "навесні", "keväällä", "this spring")),
]
DAYS = {
    "sv": {
        "Monday": "måndag måndagen måndagar måndagarna måndags måndagens måndagsmöte",
        "Wednesday": "onsdag onsdagen onsdagar onsdagens onsdagskväll",
        "Friday": "fredag fredagen fredagarna fredags",
        "Sunday": "söndag söndagen söndagar söndags",
    },
    "en": {
        "Monday": "Monday Mondays Monday’s",
        "Wednesday": "Wednesday Wednesdays",
        "Friday": "Friday Fridays",
        "Sunday": "Sunday Sundays",
    },
    "fi": {
        "Monday": "maanantai maanantaina maanantain maanantaita maanantaihin maanantaista maanantaisin maanantaiksi",
        "Wednesday": "keskiviikko keskiviikkona keskiviikon keskiviikkoa keskiviikosta keskiviikkoisin keskiviikoksi",
        "Friday": "perjantai perjantaina perjantain perjantaista perjantaihin perjantaisin",
        "Sunday": "sunnuntai sunnuntaina sunnuntain sunnuntaihin sunnuntaisin",
    },
    "uk": {
        "Monday": "понеділок понеділка понеділку понеділком понеділки понеділків понеділкам щопонеділка",
        "Wednesday": "середа середи середі середу середою середам середами середах щосереди",
        "Friday": "п’ятниця п’ятниці п’ятницю п’ятницею п'ятниця п'ятницями щоп’ятниці п’ятничний",
        "Sunday": "неділя неділі неділю неділею неділям недільний щонеділі",
    },
}
EVERY_DAY = [
    (language, day, word) for language, days in DAYS.items() for day, words in days.items() for word in words.split()
]
MONTHS = {
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "en": "January February March April May June July August September October November December",
}
ENDINGS = {
    "fi": ["n", "ta", "ssa", "sta", "hun", "lla", "lta", "lle", "ksi", "na"],
    "uk": ["ень", "ня", "ню", "ні", "нем"],
}
STEMS = {
    "fi": [
        f"{month}kuu"
        for month in ["tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras"]
    ],
    "uk": {1: "січ", 3: "берез", 4: "квіт", 6: "черв", 7: "лип", 8: "серп", 9: "верес", 10: "жовт"},
}
EVERY_MONTH = [
    *((language, number, name) for language, names in MONTHS.items() for number, name in enumerate(names.split(), 1)),
    *(("fi", number, stem + ending) for number, stem in enumerate(STEMS["fi"], 1) for ending in ["", *ENDINGS["fi"]]),
    *(("uk", number, stem + ending) for number, stem in dict(STEMS["uk"]).items() for ending in ENDINGS["uk"]),
    *(("uk", 2, form) for form in ("лютий", "лютого", "лютому", "лютим")),
    *(("uk", 5, form) for form in ("травень", "травня", "травні", "травнем")),
    *(("uk", 11, form) for form in ("листопад", "листопада", "листопаду", "листопаді", "листопадом")),
    *(("uk", 12, form) for form in ("грудень", "грудня", "грудні", "груднем")),
    *(("fi", 12, form) for form in ("joulukuu", "joulukuun", "joulukuuta", "joulukuussa", "joulukuuhun")),
]


@pytest.fixture(autouse=True)
def room() -> None:
    """No pages: texts are looked at alone."""


@in_all_directions(SAME)
def test_each_language_may_say_its_days_and_months_its_own_way(
    source_language: str, source: str, language: str, target: str
) -> None:
    assert found(source_language, source, language, target) == []


@in_all_crossings(CHANGED)
def test_another_day_or_month_is_an_error(source_language: str, source: str, language: str, target: str) -> None:
    [finding] = found(source_language, source, language, target)
    assert (finding.code, finding.is_error) == ("numbers", True)


@in_all_crossings(LOST)
def test_a_day_or_month_that_was_lost_or_added_is_shown(
    source_language: str, source: str, language: str, target: str
) -> None:
    [finding] = found(source_language, source, language, target)
    assert (finding.code, finding.is_error) == ("numbers", False)


@pytest.mark.parametrize(("language", "day", "word"), EVERY_DAY)
def test_a_day_of_the_week_is_known_in_all_its_forms(language: str, day: str, word: str) -> None:
    other, right, wrong = ("en", day, "Tuesday") if language != "en" else ("sv", DAYS["sv"][day].split()[0], "tisdag")
    assert found(language, f"… {word} …", other, f"… {right} …") == []
    [finding] = found(other, f"… {wrong} …", language, f"… {word} …")
    assert finding.is_error


@pytest.mark.parametrize(("language", "number", "word"), EVERY_MONTH)
def test_a_month_is_known_in_all_its_forms(language: str, number: int, word: str) -> None:
    other = "en" if language != "en" else "sv"
    right, wrong = (MONTHS[other].split()[each - 1] for each in (number, number % 12 + 1))
    before = {"en": "in", "sv": "i", "uk": "в", "fi": "…"}
    assert found(language, f"{before[language]} {word}", other, f"{before[other]} {right}") == []
    assert found(language, f"2 {word} 2024", other, f"2 {right} 2024") == []
    [finding] = found(other, f"{before[other]} {wrong}", language, f"{before[language]} {word}")
    assert finding.is_error


def test_days_and_months_are_said_by_their_names() -> None:
    [day] = found("sv", "på måndag", "fi", "tiistaina")
    [month] = found("sv", "i maj", "fi", "kesäkuussa")
    [date] = found("fi", "5.6.2024", "en", "6 May 2024")
    assert day.sentence == "The source says Monday, the translation Tuesday."
    assert month.sentence == "The source says May, the translation June."
    assert date.sentence == "The source says 5 June, the translation 6 May."
