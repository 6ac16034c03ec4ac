"""Months, days of the week and days of a month, as each language says them.

Only whole words count, with the endings that they take: “середовище” is no “середа”, “elokuva” no “elokuu”. A word
that says something else as well, such as “may” or “лютий”, says a month only beside a number or where its sentence
asks for one; otherwise it excuses that month, and accuses no other.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from cms.translation.names.matching import plain

_KUU = (
    r"(?:ku(?:u(?:n|ta|ssa|sta|hun|lla|lta|lle|ksi|na)?(?:kin|kaan|han)?|i(?:nen|s\w+|den\w*|hin|ssa|sta|lla|lta|na|ta))"
    r"|(?=\s?[-–]\s?(?:ja\s)?[a-zä]+ku[ui]))"  # touko–kesäkuussa
)
_EN = "(?:ень|ня|ню|ні|нем)"
_FINNISH = ["tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu"]
_MONTHS = {
    "sv": "januaris?|jan februaris?|feb mars aprils?|apr maj junis? julis? augustis?|aug septembers?|sept?"
    " oktobers?|okt novembers?|nov decembers?|dec",
    "en": "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sept?"
    " october|oct november|nov december|dec",
    "fi": " ".join(stem + _KUU for stem in _FINNISH),
    "uk": f"січ{_EN} лют(?:ий|ого|ому|им|ім) берез{_EN} квіт{_EN} трав{_EN} черв{_EN} лип{_EN} серп{_EN} верес{_EN}"
    f" жовт{_EN} листопад(?:а|у|і|ом)? груд{_EN}",
}
_MADE_OF_MONTHS = {
    "sv": r"januari\w* februari\w* mars\w* april\w* maj(?!s|or|est|on)\w* juni\w* juli\w* augusti\w* september\w*"
    r" oktober\w* november\w* december\w*",
    "fi": " ".join(rf"{stem}ku[ui]\w*" for stem in _FINNISH).replace("toukoku", r"vap(?:pu|un)\w*|toukoku"),
    "uk": r"січнев\w+ лютнев\w+ березнев\w+ квітнев\w+ травнев\w+ червнев\w+ липнев\w+ серпнев\w+ вереснев\w+"
    r" жовтнев\w+ листопадов\w+ груднев\w+",
}
_DAYS = {
    "sv": r"måndag\w* tisdag\w* onsdag\w* torsdag\w* fredag\w* lördag\w* söndag\w*",
    "en": " ".join(
        rf"{day}s?"
        for day in (
            r"(?<!easter\s)(?<!whit\s)monday",
            r"(?<!shrove\s)(?<!pancake\s)tuesday",
            r"(?<!ash\s)wednesday",
            r"(?<!maundy\s)(?<!holy\s)thursday",
            r"(?<!good\s)(?<!black\s)friday",
            r"(?<!holy\s)saturday",
            r"(?<!palm\s)(?<!easter\s)(?<!whit\s)sunday",
        )
    ),
    "fi": r"maanantai\w* tiistai\w* keskivii(?:kko|ko)\w* torstai\w* perjantai\w* lauantai\w* sunnuntai\w*",
    "uk": " ".join(
        f"(?:що)?{day}"
        for day in (
            r"понеділ(?:ок|к\w*)",
            r"вівтор(?:ок|к\w*)",
            r"серед(?:а|и|і|у|ою|ам|ами|ах)",
            r"четвер(?:г\w*)?",
            r"п'ятни(?:ц|чн)\w*",
            r"субот(?!ник)\w*",
            r"неділ(?:я|і|ю|ею|ь|ям|ями|ях|ьн\w+)",
        )
    ),
}
_MADE_OF_DAYS = {
    "sv": r"\w*måndag\w*|mån \w*tisdag\w*|tis \w*onsdag\w*|ons \w*torsdag\w*|tors? \w*fredag\w*|fre \w*lördag\w*|lör"
    r" \w*söndag\w*|sön",
    "en": r"mondays?|mon tuesdays?|tues? wednesdays?|wed thursdays?|thu(?:rs?)? fridays?|fri saturdays?|sat"
    r" sundays?|sun",
    "fi": r"\w*maanantai\w*|ma \w*tiistai\w*|ti \w*keskivii\w*|ke \w*torstai\w*|to \w*perjantai\w*|pe"
    r" \w*lauantai\w*|la \w*sunnuntai\w*|su",
    "uk": r"пн вт ср чт пт сб нд",
}
"""What is made of a day, or short for one: it excuses it."""

_DOUBTFUL = {
    "sv": "jan|feb|apr|aug|sept?|okt|nov|dec|(?-i:Mars|April|Maj|Juni)",
    "en": "may|march|april|june|august|mar|jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec",
    "fi": "joulukuusta",
    "uk": "лют.*|грудні|травні",
}
_ASKING = {
    "en": "in|since|until|till|of|from|by|late|early|mid|last|next|this|during|to|through|for|before|after|every|and"
    "|or|between",
    "uk": "у|в|до|з|із|від|по|на|за|кінця|кінці|початку|середині|минулого|цього|наступного"
    "|протягом|наприкінці|впродовж|упродовж|після|перед|та|і|й",
}
"""Words after which a doubtful one is a month."""

_NEVER_SMALL = {"en": "may|march|mar|august|aug"}
"""Words that are no month in small letters."""

_NUMBER_BEFORE = re.compile(r"\d(?:st|nd|rd|th|:[ea]|-?(?:го|ого))?[.\s]*(?:of\s+)?\Z", re.IGNORECASE)
_NUMBER_AFTER = re.compile(r"[.,\s]*(?:the\s+)?\d")
_DAY = r"(?<![\d.,:])(?P<day>\d\d?)(?:st|nd|rd|th|:[ea]|-?го)?[.\s]*(?:of\s+)?"
_DAY_AFTER = r"\s+(?P<day>\d\d?)(?:st|nd|rd|th)?(?![\d:.]\d|\d)"
_ISO = re.compile(r"(?<![\d-])\d{4}-(?P<month>\d\d?)-(?P<day>\d\d?)(?![\d-])")
_DOTS = re.compile(r"(?<![\d.])(?P<day>\d\d?)\.\s?(?P<month>\d\d?)\.(?:\s?\d{4}|\d\d)?(?!\d)")
_SLASHES = re.compile(r"(?<![\d/])(?P<day>\d\d?)/(?P<month>\d\d?)(?=/\d{2,4}\b|[\s-]\d{4}\b)")
_MONTHS_IN_A_YEAR = 12


class Month(NamedTuple):
    """A month as a text says it."""

    number: int
    is_beside_number: bool
    is_sure: bool


def months(text: str, language: str) -> Iterator[Month]:
    """Yield the months of a text that are written as words."""
    said, places = plain(text), set()
    for number, match in _found(_words(_MONTHS.get(language, "")), said):
        before, after = said[: match.start()], said[match.end() :]
        is_beside = bool(_NUMBER_BEFORE.search(before) or _NUMBER_AFTER.match(after))
        places.add(match.start())
        if not (match[0].islower() and re.fullmatch(_NEVER_SMALL.get(language, ""), match[0])):
            yield Month(number, is_beside, is_beside or not _is_doubtful(match[0], before, language))
    for number, match in _found(_words(_MADE_OF_MONTHS.get(language, "")), said):
        if match.start() not in places:
            yield Month(number, is_beside_number=False, is_sure=False)


def week_days(text: str, language: str, *, surely: bool) -> list[int]:
    """Return the days of the week of a text, 1 to 7: `surely` those that it names, else what may be one, too."""
    said = plain(text)
    tables = (_DAYS,) if surely else (_DAYS, _MADE_OF_DAYS)
    return [number for table in tables for number, _match in _found(_words(table.get(language, "")), said)]


def days_of_months(text: str, language: str) -> set[tuple[int, int]]:
    """Return each day of a text with its month, where nothing else can be meant: 5/6/2024 is no such day in English."""
    said = plain(text)
    found = {(int(match["day"]), int(match["month"])) for form in (_ISO, _DOTS) for match in form.finditer(said)}
    for match in _SLASHES.finditer(said):
        first, second = int(match["day"]), int(match["month"])
        if language != "en" or first > _MONTHS_IN_A_YEAR:
            found.add((first, second))
        elif second > _MONTHS_IN_A_YEAR:
            found.add((second, first))
    named = (each for form in _dates(language) for each in _found(form, said))
    return found | {(int(match["day"]), number) for number, match in named}


def without_dates(text: str, language: str) -> str:
    """Return a text without its dates."""
    text = plain(text)
    for form in (_ISO, _DOTS, _SLASHES, *_dates(language)):
        text = form.sub(" ", text)
    return text


def _found(form: re.Pattern[str], text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield each match with the number of the word that matched."""
    for match in form.finditer(text):
        yield next(number for number in range(1, form.groups + 1) if match[f"n{number}"] is not None), match


def _is_doubtful(word: str, before: str, language: str) -> bool:
    doubtful, asking = _DOUBTFUL.get(language, ""), _ASKING.get(language, r"(?!)")
    is_asked_for = re.search(rf"(?<!\w)(?:{asking})\s+\Z", before, re.IGNORECASE)
    return bool(re.fullmatch(doubtful, word, re.IGNORECASE)) and not is_asked_for


def _numbered(words: str) -> str:
    """Return words as one pattern that tells which of them matched."""
    groups = (f"(?P<n{number}>{each})" for number, each in enumerate(words.split(" "), 1))
    return rf"(?<!\w)(?<!\w')(?:{'|'.join(groups)})(?!\w)"


@cache
def _words(words: str) -> re.Pattern[str]:
    return re.compile(_numbered(words) if words else "(?!)", re.IGNORECASE)


@cache
def _dates(language: str) -> tuple[re.Pattern[str], ...]:
    """Return a pattern for a day before its month, and for one after it, where a language writes it so."""
    words = _MONTHS.get(language)
    if not words:
        return ()
    named = _numbered(words).removeprefix(r"(?<!\w)(?<!\w')")
    before = re.compile(_DAY + named, re.IGNORECASE)
    return (before, re.compile(_numbered(words) + _DAY_AFTER, re.IGNORECASE)) if language == "en" else (before,)
