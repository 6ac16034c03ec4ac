"""How a form stands in a text: with the endings that its language gives to names and words.

Offering, checking, machines and `names lint` all ask here, so what one of them knows as a form of a name the others
know, too. Searches know more loosely (`cms.content.stems`): what is found here is found there.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from cms.content.stems import weak_grade

_FINNISH = (
    r"(?:[:’']?(?:i?(?:n|a|ä|aa|ää|an|än|en|in|on|un|yn|ön|ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|ksi|na|nä|tta|ttä|ta|tä|t"
    r"|een|seen|iin|hin|hon|hun|hyn|han))(?:kin|kaan|kään|ko|kö)?)?"
)
_UKRAINIAN = r"[’'ʼа-щьюяіїєґ]{0,4}"
_ENDINGS = {"sv": r"(?:[:’']?s)?", "en": r"(?:[’']s?|s)?", "fi": _FINNISH, "uk": _UKRAINIAN}
_ENDINGS_OF_WORDS = {"en": r"(?:s|es|ed|ing)?"}
_ANY_WORD_ENDING = r"\w{0,5}"
_LAST = {"uk": "аеиіоуяюєїьй", "fi": "aeiouyåäö", "sv": "aeiouyåäöt"}
"""Letters that a word may lose when it gets an ending."""

_SHORTEST = 4
"""Letters with which a stem can be known; what would be shorter keeps its last letter."""

_VOWELS = "аеиіоуяюєї"
_CLOSED = (
    (re.compile(rf"і([^{_VOWELS}ьй]+)ь?$"), rf"[іое]\1{_UKRAINIAN}"),
    (re.compile(rf"ї([^{_VOWELS}ьй]+)ь?$"), rf"[їє]\1{_UKRAINIAN}"),
)
_UKRAINIAN_TURNS = (
    (re.compile(r"ий$"), _UKRAINIAN),
    (re.compile(r"ець$"), rf"(?:ець|ц){_UKRAINIAN}"),
    (re.compile(r"ок$"), rf"(?:ок|к){_UKRAINIAN}"),
    *((re.compile(rf"{hard}[ая]$"), rf"[{hard}{soft}]{_UKRAINIAN}") for hard, soft in ("гз", "кц", "хс")),
    *_CLOSED,
    (re.compile(rf"[{_VOWELS}ьй]$"), _UKRAINIAN),
    (re.compile(r"$"), _UKRAINIAN),
)
"""What becomes of the end of a Ukrainian name: Зеленського, Городка, Празі, Харкова, Києва, Вааси, Херсона."""

_SHORT_ENDING = r"(?:[аеиіоуюяєї]|[оеє]ю)"
_SHORT_UKRAINIAN_TURNS = (
    (re.compile(r"г[ая]$"), rf"[гз]{_SHORT_ENDING}"),
    (re.compile(r"[ая]$"), _SHORT_ENDING),
    *_CLOSED,
    (re.compile(r"$"), _UKRAINIAN),
)
_FINNISH_VOWELS = {"i": "[ie]", "e": "ee?"}
_FINNISH_TURNS = (
    ("nen", r"(?:nen|s(?:e|i|t)\w{0,7})"),
    ("uus", r"(?:uus|u[udtk]\w{0,7})"),
    ("yys", r"(?:yys|y[ydtk]\w{0,7})"),
    ("s", rf"(?:s{_FINNISH}|s\w{{2,3}}|ks\w{{1,7}})"),
)
"""What becomes of the end of a Finnish word: yhteinen, yhteisen; kumppanuus, kumppanuuden; sopimus, sopimuksen."""

_LONGEST_GRADE = 2

_BEFORE_GENITIVE = "(?:[Зз]|[Зз]і|[Іі]з|[Вв]ід|[Дд]о|[Дд]ля|[Бб]ез|[Бб]іля|[Пп]ісля|[Кк]рім|[Пп]облизу|[Нн]авколо)"
_AFTER_GENITIVE = "kanssa|luona|luokse|vuoksi|takia|ansiosta"
_DECLINED = {"uk": "аябвгджзклмнпрстфхцчшщьй", "fi": "abcdefghijklmnopqrstuvwxyzåäö"}
"""Last letters of names of places that change in the genitive; what ends in -о or -е may stay as it is."""

LONGEST_ODD_ENDING = 2
SHORTEST_ODD = 5
LANGUAGES_WITHOUT_CASES = ("sv", "en")
"""Languages that give names no ending but the genitive’s, so that any other is a slip: Bielobrova."""


class _Shape(NamedTuple):
    """A word as its language inflects it: letters that stay, and a pattern of what follows them."""

    stays: str
    follows: str

    @property
    def pattern(self) -> str:
        return re.escape(self.stays) + self.follows


def has_cases(language: str) -> bool:
    """Whether a language gives names endings that their sentence asks for: з Херсона, Hersonissa."""
    return language.partition("-")[0] not in LANGUAGES_WITHOUT_CASES


def plain(text: str) -> str:
    """Return the text with one apostrophe and one sign for each letter, as long as it was where it was composed."""
    return unicodedata.normalize("NFC", text).translate({0xA0: " ", 0x2019: "'", 0x2BC: "'", 0x2011: "-"})


@lru_cache(4_000)
def name_pattern(form: str, language: str) -> re.Pattern[str]:
    """Return a pattern for a name with any of its endings."""
    return _pattern([_name_shape(*each, language) for each in _words(form)])


@lru_cache(4_000)
def word_pattern(form: str, language: str) -> re.Pattern[str]:
    """Return a pattern for a word, or for several, with any of their endings, in small or capital letters."""
    return _pattern([_word_shape(*each, language) for each in _words(form)], re.IGNORECASE)


@lru_cache(4_000)
def derived_pattern(form: str, language: str) -> re.Pattern[str]:
    """Return a pattern for what is made of a name: uumajalainen, херсонський, Umeåborna."""
    word, is_last = _words(form)[-1]
    stays = _name_shape(word, is_last, language).stays
    return re.compile(rf"(?<!\w){re.escape(stays)}\w*", re.IGNORECASE)


@lru_cache(4_000)
def beginning_of(form: str, language: str, *, is_word: bool) -> str:
    """Return small letters without which no pattern for a form finds anything: these are looked for in no time."""
    word, is_last = _words(form)[0]
    shape = (_word_shape if is_word else _name_shape)(word, is_last, language)
    return shape.stays.lower()


@lru_cache(4_000)
def caseless_pattern(form: str, language: str) -> re.Pattern[str] | None:
    """Return a pattern for a place in its base form beside a word that asks for an ending: з Херсон, Herson kanssa.

    Only words that nothing but the genitive can stand beside, and only names that have one: в Херсон is right (into
    Kherson), and so is з Умео. None when no such thing can be said of the form.
    """
    main, word = language.partition("-")[0], re.escape(plain(form))
    if " " in word or form[-1].lower() not in _DECLINED.get(main, ""):
        return None
    if main == "uk":
        return re.compile(rf"(?<!\w)({_BEFORE_GENITIVE})\s+{word}(?![\w'-])")
    return re.compile(rf"(?<![\w-]){word}\s+({_AFTER_GENITIVE})(?!\w)")


@lru_cache(4_000)
def odd_pattern(word: str) -> re.Pattern[str]:
    """Return a pattern for a name with an ending that no name takes in a language without cases."""
    return re.compile(rf"(?<!\w){re.escape(plain(word))}(?!s(?!\w))[^\W\d_]{{1,{LONGEST_ODD_ENDING}}}(?!\w)")


def _pattern(shapes: list[_Shape], flags: int = 0) -> re.Pattern[str]:
    whole = r"\s+".join(shape.pattern for shape in shapes)
    return re.compile(rf"(?<!\w){whole}(?!\w)", flags)


def _words(form: str) -> list[tuple[str, bool]]:
    """Return the words of a form, each with whether it is the last."""
    words = plain(form).split()
    return [(word, number == len(words)) for number, word in enumerate(words, 1)]


def _name_shape(word: str, is_last: bool, language: str) -> _Shape:
    match language.partition("-")[0]:
        case "uk":
            return _ukrainian(word)
        case "fi":
            return _finnish(word, _FINNISH)
        case main:
            return _Shape(word, _ENDINGS.get(main, "") if is_last else "")


def _word_shape(word: str, is_last: bool, language: str) -> _Shape:
    main = language.partition("-")[0]
    if len(word) < _SHORTEST and not is_last:
        return _Shape(word, "")
    match main:
        case "fi":
            return _finnish(word, _ANY_WORD_ENDING, is_word=True)
        case "en" if word.endswith("y"):
            return _Shape(word[:-1], r"(?:ys?|ies)")
    stays = word[:-1] if len(word) > _SHORTEST + 1 and word[-1].lower() in _LAST.get(main, "") else word
    return _Shape(stays.removesuffix("и"), _ENDINGS_OF_WORDS.get(main, _ANY_WORD_ENDING))


def _ukrainian(word: str) -> _Shape:
    """Return the shape of a Ukrainian name, whose vowels and consonants change as well as its ending."""
    turns = _UKRAINIAN_TURNS if len(word) > _SHORTEST else _SHORT_UKRAINIAN_TURNS
    found = ((match, becomes) for end, becomes in turns if (match := end.search(word)))
    match, becomes = next(found)
    return _Shape(word[: match.start()], match.expand(becomes) if match.groups() else becomes)


def _finnish(word: str, endings: str, *, is_word: bool = False) -> _Shape:
    """Return the shape of a Finnish name or word: Tur-un, Helsin-gissä, Seinäjo-en, aiesopimu-ksen."""
    for end, becomes in _FINNISH_TURNS:
        if word.endswith(end) and len(word) - len(end) >= _SHORTEST - 1:
            return _Shape(word.removesuffix(end), becomes)
    if len(word) <= _SHORTEST or word[-1] not in _LAST["fi"]:
        return _Shape(word, endings)
    strong, weak = word[:-1], weak_grade(word[:-1])
    stays, grades = strong, ""
    if weak != strong:
        stays = strong[:-_LONGEST_GRADE]
        grades = f"(?:{strong.removeprefix(stays)}|{weak.removeprefix(stays)})"
    vowels = "" if is_word else _FINNISH_VOWELS.get(word[-1], word[-1])
    return _Shape(stays, f"{grades}{vowels}{endings}")
