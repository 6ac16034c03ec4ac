"""What goes with a number and makes it another: per cent and minus."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from cms.translation.checks.digits import NUMBER, PLAIN, shown, values
from cms.translation.checks.findings import Finding, said_otherwise

_PER_CENT = {
    "sv": r"procent(?!andel|sats|uell)\w*|proc\.",
    "en": r"per\s?cents?|percent(?:age points?)?|pct",
    "fi": r"prosen(?!ttiosuu)\w*|pros\.",
    "uk": r"відсот(?!ков\w+\s+ставк)\w*|процент(?!н\w+\s+ставк)\w*",
}
"""Per cent in words; a share, a rate or a percentage may be said otherwise."""

_JOINED = r"(?:\s*[-–—/]\s*|,\s+|\s+(?:till|och|eller|to|and|or|ja|tai|до|і|й|та|або|чи)\s+)"
_DEGREES = r"\s?(?:[°%]|grad|degree|astet|градус)"
_BEFORE_SIGN = r"(?:(?<!\S)|(?<=[(\[“”„«\"'~±…]))"
_MINUS = re.compile(
    rf"(?:{_BEFORE_SIGN}(?:[-−‑][€$£]?|[–—](?={PLAIN}{_DEGREES}))|\b(?:minus|miinus|мінус)\s+)({PLAIN})", re.IGNORECASE
)
_DASH = re.compile(rf"{_BEFORE_SIGN}[–—]\d")
_AFTER_NUMBER = re.compile(r"\d\s*\Z")
_PERHAPS_MINUS = {
    "sv": r"minus|under noll|köld|kallt|frost|negativ|minsk|sjunk|sänk|föll|lägre|mindre|färre|ned|förlor|förlust",
    "en": r"minus|below|sub-zero|cold|frost|freez|negative|decreas|declin|drop|fall|fell|low|less|fewer|down|reduc|lost"
    r"|loss|shrank|shrunk|cut",
    "fi": r"miinus|pakka|alle nolla|alapuolella|kylmä|negatiiv|vähe|lask|pien|ale|ala|tappio|menet|pudo",
    "uk": r"мінус|нижч|мороз|холод|від'ємн|від’ємн|знизи|зниж|змен|скоро|впа|пада|менш|втра|спад",
}
"""How else a language says that something is below nought, or became less."""


def find_measures(source: str, target: str, source_language: str, target_language: str) -> Iterator[Finding]:
    """Yield the numbers that are per cent, or below nought, in one text only."""
    if source == target:
        return
    texts = (source, source_language.partition("-")[0]), (target, target_language.partition("-")[0])
    yield from _find_shares(*texts)
    yield from _find_signs(*texts)


def _find_shares(source: tuple[str, str], target: tuple[str, str]) -> Iterator[Finding]:
    """Yield what is per cent on one side only; surely wrong where the other side knows no per cent at all."""
    theirs, ours = _shares(*source), _shares(*target)
    lost = (theirs.sure - ours.sure - ours.perhaps) & _numbers(*target)
    added = (ours.sure - theirs.sure - theirs.perhaps) & _numbers(*source)
    lost = lost if lost.total() > ours.in_words else Counter()
    added = added if added.total() > theirs.in_words else Counter()
    is_gone = theirs.is_any != ours.is_any
    if lost or added:
        said = [[f"{shown(number)} %" for number in numbers.elements()] for numbers in (lost, added)]
        yield Finding("numbers", is_gone, said_otherwise(*said))
    elif is_gone:
        yield Finding("numbers", False, said_otherwise(["%"] * theirs.is_any, ["%"] * ours.is_any))


class _Shares(NamedTuple):
    """What a text says in per cent."""

    sure: Counter[Decimal]
    perhaps: Counter[Decimal]
    in_words: int

    @property
    def is_any(self) -> bool:
        return bool(self.sure or self.in_words)


def _shares(text: str, language: str) -> _Shares:
    """Return the numbers of a text in per cent, those that may share the sign of the next, and the lone signs."""
    sure, perhaps, in_words = Counter[Decimal](), Counter[Decimal](), 0
    for found in _per_cent(language).finditer(text):
        numbers = _values(found["numbers"] or "", language)
        in_words += not numbers
        sure.update(numbers[-1:])
        perhaps.update(numbers[:-1])
    return _Shares(sure, perhaps, in_words)


@cache
def _per_cent(language: str) -> re.Pattern[str]:
    numbers = rf"(?P<numbers>(?:{PLAIN}{_JOINED})*{PLAIN})[\s-]*"
    return re.compile(rf"(?:{numbers})?(?:%|\b(?:{_PER_CENT.get(language, 'percent')})(?!\w))", re.IGNORECASE)


def _find_signs(source: tuple[str, str], target: tuple[str, str]) -> Iterator[Finding]:
    """Yield what is below nought on one side only; it is shown only, as people also say that something became less."""
    theirs, ours = _below_nought(*source), _below_nought(*target)
    lost, added = (theirs - ours) & _numbers(*target), (ours - theirs) & _numbers(*source)
    lost = Counter() if _may_be_below(*target) else lost
    added = Counter() if _may_be_below(*source) else added
    if lost or added:
        said = [[f"−{shown(number)}" for number in numbers.elements()] for numbers in (lost, added)]
        yield Finding("numbers", False, said_otherwise(*said))


def _below_nought(text: str, language: str) -> Counter[Decimal]:
    signs = (found for found in _MINUS.finditer(text) if not _AFTER_NUMBER.search(text[: found.start()]))
    return Counter(value for found in signs for value in values(found[1], language))


def _may_be_below(text: str, language: str) -> bool:
    words = _PERHAPS_MINUS.get(language)
    return bool(_DASH.search(text) or (words and re.search(rf"\b(?:{words})", text, re.IGNORECASE)))


def _numbers(text: str, language: str) -> Counter[Decimal]:
    return Counter(_values(text, language))


def _values(text: str, language: str) -> list[Decimal]:
    return [value for written in NUMBER.findall(text) for value in values(written, language)]
