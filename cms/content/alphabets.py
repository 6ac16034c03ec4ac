"""Titles in the order of their language's alphabet, as keys that any database can compare byte by byte.

The alphabets are those of the Swedish Academy's word list, of SFS 4900 (Finnish) and of the Ukrainian orthography of
2019; for letters that these do not have, the collations of CLDR for sv, fi, uk and its root were followed. Digits come
before letters; capitals, accents and punctuation count only between titles that differ in nothing else.
"""

import unicodedata
from functools import lru_cache

LONGEST = 300
"""Bytes of each half of a key: the letters by their place, and the title itself to tell apart what has the same."""

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_NORDIC = _LATIN + "åäö"
_CYRILLIC = "абвгґдеєжзиіїйклмнопрстуфхцчшщъыьэюя"

_ALIKE = {"đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "ŋ": "n", "þ": "th", "ŧ": "t"}
_ALIKE_IN_LATIN = {**_ALIKE, "æ": "ae", "ø": "o", "œ": "oe"}
_ALIKE_IN_NORDIC = {**_ALIKE, "æ": "ä", "ø": "ö", "œ": "ö", "ő": "ö", "ü": "y", "ű": "y"}

_END, _SPACE, _OTHER = b"\x00", b"\x02", b"\xf0"
_DIGITS, _FIRST, _SECOND, _THIRD = 0x10, 0x20, 0x50, 0xA0


def title_key(title: str, language: str) -> bytes:
    """Return the key by which a title stands in the alphabet of its language.

    Where titles of several languages stand together, those in Latin letters come before those in Ukrainian.
    """
    own = language.partition("-")[0]
    letters = b"".join(_place(letter, own) for letter in unicodedata.normalize("NFKC", title).casefold())
    words = _SPACE.join(word for word in letters.split(_SPACE) if word)
    return words[:LONGEST] + _END + title.encode()[:LONGEST]


@lru_cache(10_000)
def _place(letter: str, language: str) -> bytes:
    """Return the place of a letter in the alphabet; of a mark that is no letter, nothing."""
    known = _PLACES.get(language, _PLACES[""])
    alike = _ALIKE_IN_NORDIC if language in ("sv", "fi") else _ALIKE_IN_LATIN
    if letter in known:
        return known[letter]
    if letter in alike:
        return b"".join(known[other] for other in alike[letter])
    parts = unicodedata.normalize("NFKD", letter)
    if parts != letter:
        return b"".join(_place(part, language) for part in parts)
    match unicodedata.category(letter):
        case "Pd" | "Zs" | "Zl" | "Zp" | "Cc":
            return _SPACE
        case "Lu" | "Ll" | "Lt" | "Lo" | "Nd" | "Nl" | "No":
            return _OTHER + letter.encode()
    return b""


def _places(*alphabets: tuple[int, str]) -> dict[str, bytes]:
    return {letter: bytes([first + place]) for first, letters in alphabets for place, letter in enumerate(letters)}


_PLACES = {
    "": _places((_DIGITS, "0123456789"), (_FIRST, _LATIN), (_SECOND, _CYRILLIC)),
    "sv": _places((_DIGITS, "0123456789"), (_FIRST, _NORDIC), (_SECOND, _CYRILLIC)),
    "fi": _places((_DIGITS, "0123456789"), (_FIRST, _NORDIC), (_SECOND, _CYRILLIC)),
    "uk": _places((_DIGITS, "0123456789"), (_SECOND, _CYRILLIC), (_THIRD, _LATIN)),
}
