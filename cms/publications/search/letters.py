"""Letters as search compares them: small, without marks, and one apostrophe for all."""

import re
import unicodedata

_APOSTROPHES = "'’ʼ‘ʹ′`´＇"
_MARKS = "\u0300-\u036f"
_WORD = re.compile(rf"[^\W_][^\W_{_MARKS}]*(?:[{_MARKS}]+[^\W_]*|'(?=[^\W_])[^\W_]*)*")
_IN_TWO_LETTERS = {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
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
    return [word for word, _start, _end in places_of(text)]


def places_of(text: str) -> list[tuple[str, int, int]]:
    """Return the words of a text as they are compared, with the places where each begins and ends."""
    found = _WORD.finditer(fold(text))
    return [(match[0].translate(_WITHIN_A_WORD), match.start(), match.end()) for match in found]
