"""Thousands, millions and what is larger: 5 miljoner is 5,000,000, and no 5 billion."""

import re
from decimal import Decimal
from functools import cache

from cms.translation.checks.counting import SCALES, value_of, words_of
from cms.translation.checks.digits import PLAIN, values

_SHORT = {
    "sv": {3: "tkr", 6: r"milj|mn|mnkr|mkr|msek|M(?=€)", 9: "mdr|md|mdkr"},
    "en": {3: "k", 6: "m|mn|mln", 9: "bn", 12: "tn|trn"},
    "fi": {3: r"t(?=€)", 6: r"milj|M(?=€)", 9: "mrd"},
    "uk": {3: "тис", 6: "млн", 9: "млрд", 12: "трлн"},
}
"""How a language abbreviates them, by the power of ten."""

_FRACTIONS = {
    "sv": {"0.5": r"(?:en )?halv\w*", "1.5": "en och en halv"},
    "en": {"0.5": r"half(?: an?| of an?)?", "1.5": "one and a half"},
    "fi": {"0.5": r"puol(?:i|en|ta|essa|eksi|een)", "1.5": "puolitoista|puolentoista"},
    "uk": {"0.5": "пів", "1.5": "півтор[аи]"},
}
_TO = {"sv": "till|eller", "en": "to|or", "fi": "tai", "uk": "до|або|чи"}
"""What stands between the two ends of a range."""

_BETWEEN = re.compile(r"(?:\bmellan|\bbetween|\bміж)\s+\Z", re.IGNORECASE)
_AND = {"sv": "och", "en": "and", "uk": "і|й|та"}
"""The word that stands there when `_BETWEEN` is before them."""

_CURRENCY = re.compile(r"(?:[€$£₴]|\b(?:EUR|SEK|USD|UAH|NOK|GBP))\s*\Z")
_ONLY_AFTER_CURRENCY = ("k", "m", "tn")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")


def spell_out(text: str, language: str) -> str:
    """Return a text with its millions and the like as plain digits: the ends of a range are of one size."""
    if language not in SCALES or not _scale(language).search(text):
        return text
    return _pattern(language).sub(lambda found: _spelt(found, language), text)


def _spelt(found: re.Match[str], language: str) -> str:
    size = found.lastgroup or ""
    last = _amount(found["last"], language)
    is_money = _CURRENCY.search(found.string[: found.start("last")]) or found.string.startswith("€", found.end())
    if last is None or (found[size].lower() in _ONLY_AFTER_CURRENCY and not is_money):
        return found[0]
    power = Decimal(10) ** int(size.removeprefix("e"))
    first = _first_of_range(found, language)
    begins = found["between"] and found[0][: found.start("last") - found.start()]
    if first is not None:
        begins = _written(first * power, language) + found["between"]
    return (begins or "") + _written(last * power, language)


def _first_of_range(found: re.Match[str], language: str) -> Decimal | None:
    """Return the number that shares the size of the second: not a year, nor what is only listed before it."""
    if not found["first"] or _YEAR.match(found["first"]):
        return None
    is_listed = re.fullmatch(_AND.get(language, "(?!)"), found["between"].strip(), re.IGNORECASE)
    if is_listed and not _BETWEEN.search(found.string[: found.start()]):
        return None
    return _amount(found["first"], language)


def _amount(said: str, language: str) -> Decimal | None:
    """Return the one number that digits or a word say."""
    if said[0].isdigit():
        [number, *more] = values(said, language)
        return None if more else number
    fractions = _FRACTIONS[language].items()
    return next((Decimal(n) for n, words in fractions if re.fullmatch(words, said, re.I)), value_of(said, language))


def _written(number: Decimal, language: str) -> str:
    return format(number.normalize(), "f").replace(".", "." if language == "en" else ",")


@cache
def _scale(language: str) -> re.Pattern[str]:
    short = _SHORT[language]
    words = (
        f"(?P<e{power}>{said}{'|' + short[power] if power in short else ''})"
        for power, said in SCALES[language].items()
    )
    return re.compile(rf"(?:(?<![^\W\d_])|(?<=пів))(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


@cache
def _pattern(language: str) -> re.Pattern[str]:
    words = "|".join([*reversed(_FRACTIONS[language].values()), words_of(language)])
    amount = rf"(?:{PLAIN}|(?<![\w'’ʼ])(?:(?:{words})(?!\w)|пів))"
    joined = "|".join(filter(None, (_TO[language], _AND.get(language))))
    return re.compile(
        rf"(?:(?P<first>{amount})(?P<between>\s*[-–—]\s*|\s+(?:{joined})\s+|(?<=st[aä])\s+))??"
        rf"(?P<last>{amount})[\s\u00a0-]*{_scale(language).pattern}",
        re.IGNORECASE,
    )
