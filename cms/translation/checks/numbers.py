"""Numbers and dates: a translation says the same, in the way its language writes them.

Swedish, Finnish and Ukrainian write 1 000 and 3,5 where English writes 1,000 and 3.5; months are words or numbers, and
small numbers may be words.
"""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from cms.translation.checks.findings import Finding

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
_WORDS = {
    "sv": "en|ett två tre fyra fem sex sju åtta nio tio elva tolv",
    "en": "one|a two|twin three four five six seven eight nine ten eleven twelve",
    "fi": "yks|yhd|yht kaks|kahd|kaht kolm nelj viis|viid|viit kuus|kuud|kuut seits kahdeks yhdeks kymmen yksitoist"
    " kaksitoist",
    "uk": "од дв тр чотир п'ят шіст|шест сім|сем вісім|восьм дев'ят десят одинадцят дванадцят",
}
_NEXT_TO_NUMBER = re.compile(r"(?<=\d)[.\s\u00a0]*([^\W\d_]{3,})|([^\W\d_]{3,})[.,\s\u00a0]*(?=\d)")


def find_numbers(source: str, target: str, source_language: str, target_language: str) -> Iterator[Finding]:
    """Yield what is wrong with the numbers of a translation: one that became another, one lost, one added."""
    if source == target:
        return
    kept = _kept(source, target)
    theirs, ours = (
        _numbers(source, _main(source_language), kept),
        _numbers(target, _main(target_language), kept),
    )
    lost = [number for number in (theirs - ours).elements() if not _is_in_words(number, target, target_language)]
    added = [number for number in (ours - theirs).elements() if not _is_in_words(number, source, source_language)]
    names = {"lost": _listed(lost), "added": _listed(added)}
    if lost and added:
        sentence = _("The source says %(lost)s, the translation %(added)s.")
        yield Finding("numbers", len(lost) == len(added), sentence % names)
    elif lost:
        yield Finding("numbers", False, _("The source says %(lost)s, the translation does not.") % names)
    elif added:
        yield Finding("numbers", False, _("The translation says %(added)s, the source does not.") % names)


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


def _is_in_words(number: Decimal, text: str, language: str) -> bool:
    words = _WORDS.get(_main(language), "").split()
    if number != number.to_integral_value() or not 1 <= number <= len(words):
        return False
    stems = "|".join(re.escape(stem) for stem in words[int(number) - 1].split("|"))
    return bool(re.search(rf"\b(?:{stems})", text.lower().replace("’", "'").replace("ʼ", "'")))


def _listed(numbers: list[Decimal]) -> str:
    return ", ".join(format(number.normalize(), "f") for number in numbers)


def _main(language: str) -> str:
    return language.partition("-")[0]
