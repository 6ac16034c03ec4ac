"""How a form stands in a text: with the endings that its language gives to names and words."""

import re
import unicodedata
from functools import lru_cache

_FINNISH = (
    r"(?:[:’']?(?:i?(?:n|a|ä|aa|ää|an|än|en|in|on|un|yn|ön|ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|ksi|na|nä|tta|ttä|ta|tä|t"
    r"|een|seen|iin|hin|hon|hun|hyn|han))(?:kin|kaan|kään|ko|kö)?)?"
)
_ENDINGS = {"sv": r"(?:[:’']?s)?", "en": r"(?:[’']s?|s)?", "fi": _FINNISH, "uk": r"[’'ʼа-щьюяіїєґ]{0,4}"}
_WORD_ENDINGS = {"en": r"(?:s|es|ed|ing)?"}
_ANY_WORD_ENDING = r"\w{0,5}"
_UKRAINIAN_LAST = "аеиіоуяюєїьй"
_SHORTEST = 4
"""Letters with which a stem can be known; what would be shorter keeps its last letter."""

LONGEST_ODD_ENDING = 2
SHORTEST_ODD = 5
LANGUAGES_WITHOUT_CASES = ("sv", "en")
"""Languages that give names no ending but the genitive’s, so that any other is a slip: Bielobrova."""


def plain(text: str) -> str:
    """Return the text with one apostrophe and one sign for each letter, as long as it was where it was composed."""
    return unicodedata.normalize("NFC", text).translate({0xA0: " ", 0x2019: "'", 0x2BC: "'", 0x2011: "-"})


@lru_cache(4_000)
def name_pattern(form: str, language: str) -> re.Pattern[str]:
    """Return a pattern for a name with any of its endings."""
    language = language.partition("-")[0]
    *first, last = plain(form).split()
    words = [_stem(word, language) if language == "uk" else re.escape(word) for word in first]
    tail = _stem(last, language) if language == "uk" else re.escape(last) + _ENDINGS.get(language, "")
    whole = r"\s+".join([*words, tail])
    return re.compile(rf"(?<!\w){whole}(?!\w)")


@lru_cache(4_000)
def word_pattern(form: str, language: str) -> re.Pattern[str]:
    """Return a pattern for a word with any of its endings, in small or capital letters."""
    language = language.partition("-")[0]
    text = plain(form)
    stem = text[:-1] if len(text) > _SHORTEST + 1 and text[-1] in "aeiouyåäö" + _UKRAINIAN_LAST else text
    if language == "en":
        stem = text
    ending = _WORD_ENDINGS.get(language, _ANY_WORD_ENDING)
    words = r"\s+".join(map(re.escape, stem.split()))
    return re.compile(rf"(?<!\w){words}{ending}(?!\w)", re.IGNORECASE)


def beginning_of(form: str, language: str, *, is_term: bool) -> str:
    """Return small letters without which no pattern for a form finds anything: these are looked for in no time."""
    first, *_others = plain(form).split()
    if is_term or language.partition("-")[0] == "uk":
        first = first[: max(_SHORTEST, len(first) - 1)] if len(first) > _SHORTEST else first
    return first.lower()


@lru_cache(4_000)
def odd_pattern(word: str) -> re.Pattern[str]:
    """Return a pattern for a name with an ending that no name takes in a language without cases."""
    return re.compile(rf"(?<!\w){re.escape(plain(word))}(?!s(?!\w))[^\W\d_]{{1,{LONGEST_ODD_ENDING}}}(?!\w)")


def _stem(word: str, language: str) -> str:
    stem = word[:-1] if len(word) > _SHORTEST and word[-1].lower() in _UKRAINIAN_LAST else word
    return re.escape(stem) + _ENDINGS[language]
