"""Numbers and dates: a translation says the same, in the way its language writes them.

Swedish, Finnish and Ukrainian write 1 000 and 3,5 where English writes 1,000 and 3.5; months are words or numbers, and
small numbers may be words.
"""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from cms.translation.checks.counting import count_in_words
from cms.translation.checks.findings import Finding

_Reading = tuple[Counter[Decimal], Counter[Decimal]]

_SPACES = "\u00a0\u2009\u202f "
_NUMBER = re.compile(
    rf"(?<!\d)\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?:,\d+)?(?!\d)|\d+(?:[.,:]\d+)*(?:\s*[ap]\.?m\b)?", re.IGNORECASE
)
_GROUPED = {
    ",": re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?\Z"),
    ".": re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?\Z"),
}
_MONTHS = {
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "en": "january february march april may june july august september october november december",
    "fi": "tammiku helmiku maalisku huhtiku toukoku kesäku heinäku eloku syysku lokaku marrasku jouluku",
    "uk": "січ лют берез квіт трав черв лип серп верес жовт листопад груд",
}
_NEXT_TO_NUMBER = re.compile(r"(?<=\d)[.\s\u00a0]*([^\W\d_]{3,})|([^\W\d_]{3,})[.,\s\u00a0]*(?=\d)")


def find_numbers(source: str, target: str, source_language: str, target_language: str) -> Iterator[Finding]:
    """Yield what is wrong with the numbers of a translation: one that became another, one lost, one added."""
    if source == target:
        return
    languages = _main(source_language), _main(target_language)
    kept = _kept(source, target)
    theirs, ours = _numbers(source, languages[0], kept), _numbers(target, languages[1], kept)
    if theirs == ours:
        yield from _find_in_words((source, target), languages)
        return
    strict, kind = _readings((source, target), languages, theirs - ours, ours - theirs)
    if any(kind):
        changed = next((reading for reading in (kind, strict) if 0 < reading[0].total() == reading[1].total()), None)
        yield Finding("numbers", changed is not None, _sentence(*(changed or kind)))


def _find_in_words(texts: tuple[str, str], languages: tuple[str, str]) -> Iterator[Finding]:
    """Yield a number in words that became another: the source says one that the translation does not, and it another.

    It is shown only: languages say such words of other things, too.
    """
    said = [count_in_words(text, language, surely=True) for text, language in zip(texts, languages, strict=True)]
    perhaps = [count_in_words(text, language, surely=False) for text, language in zip(texts, languages, strict=True)]
    digits = [_numbers(text, language, Counter()) for text, language in zip(texts, languages, strict=True)]
    told = [sum(counts, Counter()) for counts in zip(said, perhaps, digits, strict=True)]
    lost, added = said[0] - told[1], said[1] - told[0]
    if lost and added:
        yield Finding("numbers", False, _sentence(lost, added))


def _readings(
    texts: tuple[str, str], languages: tuple[str, str], lost: Counter[Decimal], added: Counter[Decimal]
) -> tuple[_Reading, _Reading]:
    """Return what is lost and added but for what the other text says in words: read strictly, and kindly.

    A word stands for one number, and for none when the other text says that in words, too. Whoever reads kindly takes
    articles and the like for numbers as well.
    """
    (spoken, said), (heard, told) = (
        [count_in_words(text, language, surely=surely) for text, language in zip(texts, languages, strict=True)]
        for surely in (True, False)
    )
    lost, added = lost - (said - spoken), added - (spoken - said)
    return (lost, added), (lost - told, added - heard)


def _sentence(lost: Counter[Decimal], added: Counter[Decimal]) -> str:
    names = {"lost": _listed(lost), "added": _listed(added)}
    if lost and added:
        return _("The source says %(lost)s, the translation %(added)s.") % names
    if lost:
        return _("The source says %(lost)s, the translation does not.") % names
    return _("The translation says %(added)s, the source does not.") % names


def _kept(source: str, target: str) -> Counter[str]:
    """Return what stands in both as it is, such as a version: all but thousands, which each language writes its way."""
    both = Counter(_NUMBER.findall(source)) & Counter(_NUMBER.findall(target))
    return Counter({written: count for written, count in both.items() if not _is_grouped(written)})


def _is_grouped(written: str) -> bool:
    return any(pattern.match(written) for pattern in _GROUPED.values())


def _numbers(text: str, language: str, kept: Counter[str]) -> Counter[Decimal]:
    written = Counter(_NUMBER.findall(text)) - kept
    found = [value for number in written.elements() for value in _values(number, language)]
    return Counter([*found, *_months(text, language)])


def _values(written: str, language: str) -> list[Decimal]:
    """Return the value of a number as a language writes it; a time or a date has several."""
    digits = re.sub(rf"[{_SPACES}]", "", written.lower())
    is_afternoon = digits.endswith(("pm", "p.m"))
    digits = re.sub(r"[ap]\.?m\Z", "", digits)
    decimal, thousands = (".", ",") if language == "en" else (",", ".")
    if _GROUPED[thousands].match(digits):
        return [Decimal(digits.replace(thousands, "").replace(decimal, "."))]
    if digits.count(decimal) == 1 and not re.search(rf"[:{re.escape(thousands)}]", digits):
        return [Decimal(digits.replace(decimal, ".")).normalize()]
    first, *rest = [Decimal(int(part)) for part in re.split(r"[.,:]", digits)]
    return [first + 12 if is_afternoon and first < 12 else first, *rest]


def _months(text: str, language: str) -> Iterator[Decimal]:
    """Yield the numbers of the months that are written as words beside a number."""
    stems = _MONTHS.get(language, "").split()
    for match in _NEXT_TO_NUMBER.finditer(text.lower()):
        word = match[1] or match[2]
        yield from (Decimal(number) for number, stem in enumerate(stems, 1) if _is_month(word, stem, language))


def _is_month(word: str, stem: str, language: str) -> bool:
    if language in ("fi", "uk"):
        return word.startswith(stem) and (language == "fi" or word.endswith(_UKRAINIAN_MONTHS))
    return word == stem or (len(stem) > 4 and word == stem[:3])


_UKRAINIAN_MONTHS = ("ень", "ня", "ні", "нем", "тий", "того", "тому", "пад", "пада", "паді", "падом")


def _listed(numbers: Counter[Decimal]) -> str:
    return ", ".join(format(number.normalize(), "f") for number in numbers.elements())


def _main(language: str) -> str:
    return language.partition("-")[0]
