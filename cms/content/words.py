"""The few words of ours that readers see inside a text, in the text's own language.

Not gettext: a city is sent them with every document, so they may not depend on which translations are installed.
"""

WORDS = {
    "week": {
        "en": "week {week}, {year}",
        "sv": "vecka {week}, {year}",
        "uk": "тиждень {week}, {year}",
        "fi": "viikko {week}, {year}",
    },
    "original": {
        "en": "In the original ({language}):",
        "sv": "I original ({language}):",
        "uk": "Мовою оригіналу ({language}):",
        "fi": "Alkukielellä ({language}):",
    },
    "image": {"en": "Image:", "sv": "Bild:", "uk": "Зображення:", "fi": "Kuva:"},
    "feed": {
        "en": "The newest, each with its whole text.",
        "sv": "Det nyaste, med hela texten.",
        "uk": "Найновіше, з повним текстом.",
        "fi": "Uusimmat, koko teksteineen.",
    },
    "news": {"en": "News", "sv": "Nyheter", "uk": "Новини", "fi": "Uutiset"},
    "people": {"en": "People", "sv": "Personer", "uk": "Особи", "fi": "Henkilöt"},
    "partnerships": {"en": "Partnerships", "sv": "Partnerskap", "uk": "Партнерства", "fi": "Kumppanuudet"},
    "partners": {"en": "Partners", "sv": "Partner", "uk": "Партнери", "fi": "Kumppanit"},
    "pages": {"en": "Pages", "sv": "Sidor", "uk": "Сторінки", "fi": "Sivut"},
    "topics": {"en": "Topics", "sv": "Ämnen", "uk": "Теми", "fi": "Aiheet"},
}

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta"
    " marraskuuta joulukuuta",
}


def word(name: str, language: str, /, **values: object) -> str:
    """Return one of our words in a language, in English where we have none."""
    translations = WORDS[name]
    return (translations.get(_short(language)) or translations["en"]).format(**values)


def day_in_words(day: int, month: int, language: str) -> str:
    """Return day and month as the language writes them."""
    months = MONTHS.get(_short(language), MONTHS["en"]).split()
    return f"{day}{'.' if _short(language) == 'fi' else ''} {months[month - 1]}"


def _short(language: str) -> str:
    return language.partition("-")[0]
