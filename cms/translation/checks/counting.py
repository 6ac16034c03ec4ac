"""Small numbers in words, as languages count and order: whole words, with all the endings that they take.

What begins like a number is none: “травня” is no “три”, “tender” no “ten”, “energi” no “en”. What is made of a number
and of something that is measured says it, too: tvåårig, kolmivuotinen, двосторонній.
"""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from cms.translation.names.matching import plain

_OF_FI = "(?:n|t|ss[aä]|st[aä]|ll[aä]|lt[aä]|lle|ksi|tt[aä])"
_ORDER_FI = rf"(?:s|nne{_OF_FI}|nnes|nneks\w+|nteen|nten[aä]|tt[aä]|nsi\w+|sos\w+)"
_ONE_FI = rf"(?:yksi|yhtä|yhteen|yhtenä|yhde{_OF_FI})"
_TWO_FI = rf"(?:kaksi|kahta|kahteen|kahtena|kahde{_OF_FI})"
_OF_UK = "(?:ий|а|е|і|ого|ому|им|ої|ій|у|ою|их|ими)"
_COUNT_UK = rf"(?:ь|и|ьох|ьом|ьма|ьома|еро|{_OF_UK})"

_SURE: dict[str, dict[int, str]] = {
    "sv": {
        2: "två",
        3: "tre|tredje|tredjedel(?:en|ar|arna)?",
        4: "fyra|fjärde|fjärdedel(?:en|ar|arna)?",
        5: "fem|femte|femtedel(?:en|ar|arna)?",
        6: "sex|sjätte|sjättedel(?:en|ar|arna)?",
        7: "sju|sjunde|sjundedel(?:en|ar|arna)?",
        8: "åtta|åttonde|åttondel(?:en|ar|arna)?",
        9: "nio|nionde|niondel(?:en|ar|arna)?",
        10: "tio|tionde|tiondel(?:en|ar|arna)?",
        11: "elva|elfte",
        12: "tolv|tolfte",
    },
    "en": {
        2: "two|twice|twofold",
        3: "three|thirds?|threefold",
        4: "four|fourths?|fourfold",
        5: "five|fifths?|fivefold",
        6: "six|sixths?",
        7: "seven|sevenths?",
        8: "eight|eighths?",
        9: "nine|ninths?",
        10: "ten|tenths?|tenfold",
        11: "eleven|elevenths?",
        12: "twelve|twelfths?",
    },
    "fi": {
        2: rf"{_TWO_FI}|kahdesti",
        3: rf"kolme(?:a|en|na|sti|{_OF_FI})?|kolma{_ORDER_FI}",
        4: rf"neljä(?:ä|än|nä|sti|{_OF_FI}|{_ORDER_FI})?",
        5: rf"viisi|viittä|viiteen|viitenä|viide(?:{_OF_FI}|{_ORDER_FI})",
        6: rf"kuusi|kuutta|kuuteen|kuutena|kuude(?:{_OF_FI}|{_ORDER_FI})",
        7: rf"seitsemä(?:ä|än|nä|{_OF_FI}|{_ORDER_FI})",
        8: rf"kahdeksa(?:a|an|na|{_OF_FI}|{_ORDER_FI})",
        9: rf"yhdeksä(?:ä|än|nä|{_OF_FI}|{_ORDER_FI})",
        10: rf"kymmen(?:tä|een|enä|e(?:{_OF_FI}|{_ORDER_FI}))",
        11: rf"{_ONE_FI}toista|yhde{_ORDER_FI}toista",
        12: rf"{_TWO_FI}toista|kahde{_ORDER_FI}toista",
    },
    "uk": {
        2: "два|дві|двох|двом|двома|двоє|двічі",
        3: "три|трьох|трьом|трьома|троє|тричі|трет(?:ій|я|є|і|ього|ьому|ім|ьої|ю|ьою|іх|іми)|третин(?:[аиіу]|ою)?",
        4: rf"чотири|чотирьох|чотирьом|чотирма|чотирьома|четверо|четверт{_OF_UK}",
        5: rf"п'ят{_COUNT_UK}",
        6: rf"шість|шести|шістьох|шістьом|шістьма|шістьома|шестеро|шост{_OF_UK}",
        7: rf"сім|семи|сімох|сімом|сьома|сімома|семеро|сьом{_OF_UK}",
        8: rf"вісім|восьми|вісьмох|вісьмом|вісьма|вісьмома|восьмеро|восьм{_OF_UK}",
        9: rf"дев'ят{_COUNT_UK}",
        10: rf"десят{_COUNT_UK}",
        11: rf"одинадцят{_COUNT_UK}",
        12: rf"дванадцят{_COUNT_UK}",
    },
}
"""Words that say a number and nothing else."""

_PERHAPS: dict[str, dict[int, str]] = {
    "sv": {1: "en|ett|ena|första|förste", 2: "båda|bägge|andra|andre|par|paret"},
    "en": {1: "a|an|one|once|first", 2: "both|second|pair|couple|twins?|double"},
    "fi": {
        1: rf"{_ONE_FI}|ensimmäi(?:nen|s\w+)",
        2: r"toinen|tois(?:en|ta|een|ena|e(?:ss|st|ll|lt)a|elle|eksi|et|t\w+|i\w+)|molem\w+|pari|parin|paria|kaksin",
    },
    "uk": {
        1: rf"один|одн(?:а|е|о|і|ого|ому|им|ієї|ої|ій|у|ією|ою|их|ими)|перш{_OF_UK}",
        2: rf"друг{_OF_UK}|обидв(?:а|і|ох|ом|ома)|обоє|обох|обом|обома|пар(?:[аиіу]|ою)",
    },
}
"""Words that may say a number, and something else as well: articles, “the other”, “together”."""

_ONE = {
    "sv": "en|ett",
    "en": "a|an|one",
    "fi": _ONE_FI,
    "uk": "один|одн(?:а|е|о|ого|ому|им|ієї|ої|ій|у|ією|ою)",
}
"""One, where a size follows: a million."""

SCALES: dict[str, dict[int, str]] = {
    "sv": {
        3: r"tusen(?!sköna|foting)\w*",
        6: r"miljon(?!är)\w*",
        9: r"miljard(?!är)\w*",
        12: r"biljon\w*",
        18: r"triljon\w*",
    },
    "en": {
        3: "thousands?",
        6: "millions?",
        9: "billions?|milliards?",
        12: "trillions?",
        18: "quintillions?",
    },
    "fi": {
        3: r"tuha(?:t|nne|nsi|nte)\w*",
        6: r"miljoon\w*",
        9: r"miljard(?!öör)\w*",
        12: r"biljoon\w*",
        18: r"triljoon\w*",
    },
    "uk": {
        3: r"тисяч(?!оліт)\w*",
        6: r"мільйон(?!ер)\w*",
        9: r"мільярд(?!ер)\w*",
        12: r"трильйон\w*",
        18: r"квінтильйон\w*",
    },
}
"""Words for powers of ten, in all their forms; a Swedish or Finnish billion is an English trillion."""

_MEASURED = {
    "sv": "år|dag|veck|månad|tim|minut|språk|våning|steg|del|part|sid|person|rum|procent|punkt|gång|fald",
    "fi": "vuoti|vuosi|päivä|viikko|kuukau|tunti|tunni|minuut|kieli|kerrok|osai|vaihei|henki|heng|kohtai|välinen|välis",
    "uk": "річ|ден|тижн|місяч|годин|хвилин|поверх|мовн|сторонн|етапн|разов|кратн|відсотк|частин|особ|місн|ступен|рок",
}
_BEFORE_MEASURED = {
    "sv": "en|ett två tre fyra fem sex sju åtta nio tio elva tolv",
    "fi": "yksi kaksi|kahden kolmi|kolmen neli|neljän viisi|viiden kuusi|kuuden seitsemän kahdeksan yhdeksän"
    " kymmenen|kymmen yksitoista kaksitoista",
    "uk": "одно дво|двох три|трьох чотири|чотирьох п'яти шести семи восьми дев'яти десяти одинадцяти дванадцяти",
}
"""Numbers as they stand before what is measured; English has a hyphen there, so that its numbers are words."""

_AFTER_TENS = r"(?<!ty-)(?<!цять )(?<!десят )(?<!сорок )"
_PARTICLE = {"fi": "(?:kin|k[aä][aä]n|k[oö])?"}


def count_in_words(text: str, language: str, *, surely: bool) -> Counter[Decimal]:
    """Return how often a text has each number in words: `surely` those that say only this, else the others."""
    return Counter(number for _place, number in places_in_words(text, language, surely=surely))


def places_in_words(text: str, language: str, *, surely: bool) -> Iterator[tuple[int, Decimal]]:
    """Yield where a text says a number in words, and which."""
    for found in _pattern(language, surely).finditer(plain(text).lower()):
        yield found.start(), Decimal((found.lastgroup or "").removeprefix("n"))


def words_of(language: str) -> str:
    """Return a pattern for each word that can say how many thousands or millions there are."""
    return "|".join([*_SURE.get(language, {}).values(), _ONE[language]])


def value_of(word: str, language: str) -> Decimal | None:
    """Return what one of these words says."""
    said = {**_SURE[language], 1: _ONE[language]}
    return next((Decimal(n) for n, words in said.items() if re.fullmatch(words, plain(word).lower())), None)


@cache
def _pattern(language: str, surely: bool) -> re.Pattern[str]:
    words = (_SURE if surely else _PERHAPS).get(language)
    if words is None:
        return re.compile("(?!)")
    if surely:
        words = words | {10**power: said for power, said in SCALES[language].items()}
    measured, before = _MEASURED.get(language), _BEFORE_MEASURED.get(language, "").split()
    made = {number: rf"|(?:{said})(?:{measured})\w*" for number, said in enumerate(before, 1) if surely or number == 1}
    end = rf"{_PARTICLE.get(language, '')}(?!'?[^\W_])"
    numbers = (f"(?P<n{number}>(?:{said}{made.get(number, '')}){end})" for number, said in words.items())
    return re.compile(rf"(?<![\w']){_AFTER_TENS}(?:{'|'.join(numbers)})")
