"""Letters as search compares them: small, without marks, and one apostrophe for all."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache

_APOSTROPHES = "'’ʼ‘ʹ′`´＇"
_MARKS = "\u0300-\u036f"
_WORD = re.compile(rf"[^\W_][^\W_{_MARKS}]*(?:[{_MARKS}]+[^\W_]*|'(?=[^\W_])[^\W_]*)*")
_IN_TWO_LETTERS = {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
_FIRST_OF_TWO = {two[0]: one for one, two in _IN_TWO_LETTERS.items()}
_WITHIN_A_WORD = str.maketrans(
    {"'": "", **{chr(code): "" for code in range(0x300, 0x370)}, **_IN_TWO_LETTERS},
)


class _Folding(dict[int, str]):
    """Each letter in the form that is compared, found out when it is first met; one letter for one."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        parts = unicodedata.normalize("NFKD", letter)
        bare = "".join(part for part in parts if not unicodedata.combining(part)).lower()
        self[code] = bare if len(bare) == 1 else letter
        return self[code]


_FOLDING = _Folding(
    {
        **{ord(sign): "'" for sign in _APOSTROPHES},
        **{ord(letter): base for letter, base in zip("ґҐøØđĐðÐłŁı", "ггooddddlli", strict=True)},
    }
)


def fold(text: str) -> str:
    """Return the text in small letters without marks, each in its place: as long as it was."""
    return text.translate(_FOLDING)


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are compared, in their order."""
    return [word for piece in text.split() for word in (_known if len(piece) <= _LONGEST_KNOWN else _words_in)(piece)]


def _words_in(piece: str) -> tuple[str, ...]:
    """Return the words of what stands between two spaces."""
    return tuple(" ".join(_WORD.findall(fold(piece))).translate(_WITHIN_A_WORD).split())


_known = lru_cache(10_000)(_words_in)
"""The same, kept: most words of a text stood in others before, and folding takes each letter by itself."""

_LONGEST_KNOWN = 40


def places_of(text: str, pattern: re.Pattern[str] = _WORD) -> Iterator[tuple[str, int, int]]:
    """Yield the words of a text as they are compared, with the places where each begins and ends."""
    for match in pattern.finditer(fold(text)):
        yield match[0].translate(_WITHIN_A_WORD), match.start(), match.end()


def beginning_with(letters: Collection[str]) -> re.Pattern[str]:
    """Return a pattern for the words that begin with one of these letters: others are passed over fast."""
    first = {*letters, *(_FIRST_OF_TWO[letter] for letter in letters if letter in _FIRST_OF_TWO)}
    return re.compile(rf"(?<![\w{_MARKS}])(?<!\w')(?=[{''.join(sorted(first))}]){_WORD.pattern}")
