"""Links that may have changed places: the address of one at the words of another.

What stands in a link in both languages tells it from others: numbers, names, and words that begin alike in any letters.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from anyascii import anyascii
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from cms.translation.checks.findings import Finding
from cms.translation.names.matching import plain
from cms.translation.names.offers import find_form, may_stand
from cms.translation.names.register import Register

_ANCHOR = re.compile(r"""<a\b[^>]*?\b(?:href|id)\s*=\s*["']?([^"'\s>]+)[^>]*>(.*?)</a\s*>""", re.IGNORECASE | re.DOTALL)
_WORD = re.compile(r"\w+")
_BEGINNING = 4
"""Letters by which a word of one language is known in another: demokratin, демократія."""


def find_swapped_links(source: str, target: str, languages: tuple[str, str], register: Register) -> Iterator[Finding]:
    """Yield two links where the words of each are rather those of the other, or whose order alone is another.

    It is shown only: a sentence may be turned round.
    """
    theirs, ours = _anchors(source), _anchors(target)
    both = [address for address in theirs if address in ours]
    marks = {
        address: (_marks(theirs[address], languages[0], register), _marks(ours[address], languages[1], register))
        for address in both
    }
    for one, other in combinations(both, 2):
        straight = _alike(marks[one][0], marks[one][1]) + _alike(marks[other][0], marks[other][1])
        crossed = _alike(marks[one][0], marks[other][1]) + _alike(marks[other][0], marks[one][1])
        is_turned = list(ours).index(one) > list(ours).index(other)
        if crossed > straight or (is_turned and crossed == straight):
            sentence = _("“%(ours)s” leads where “%(theirs)s” leads in the source: did two links change places?")
            yield Finding("links", False, sentence % {"ours": ours[one], "theirs": theirs[one]})


def _anchors(text: str) -> dict[str, str]:
    """Return the words of each link of a string by where it leads, those that lead where no other does."""
    found = [(address, html.unescape(strip_tags(words)).strip()) for address, words in _ANCHOR.findall(text)]
    times = Counter(address for address, _words in found)
    return {address: words for address, words in found if times[address] == 1}


def _marks(text: str, language: str, register: Register) -> set[str]:
    """Return what tells a text from others in any language."""
    said = plain(text)
    small = said.lower()
    names = {
        f"name {number}"
        for number, known in enumerate(register)
        if may_stand(known, small, language) and find_form(known, said, language)
    }
    words = [anyascii(word).lower() for word in _WORD.findall(said)]
    begun = {word[:_BEGINNING] for word in words if len(word) >= _BEGINNING and not word.isdigit()}
    return names | begun | {word for word in words if word.isdigit()}


def _alike(theirs: set[str], ours: set[str]) -> int:
    return len(theirs & ours)
