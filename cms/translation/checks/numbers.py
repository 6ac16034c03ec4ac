"""Numbers: a translation says the same values, in the way its language writes them and in the order of its source.

Months are words or numbers, and small numbers may be words.
"""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from cms.translation.checks.calendars import months
from cms.translation.checks.counting import count_in_words
from cms.translation.checks.digits import NUMBER, is_grouped, shown, values
from cms.translation.checks.findings import Finding, said_otherwise
from cms.translation.checks.sizes import spell_out

_Reading = tuple[Counter[Decimal], Counter[Decimal]]


def find_numbers(source: str, target: str, source_language: str, target_language: str) -> Iterator[Finding]:
    """Yield what is wrong with the numbers of a translation: one that became another, one lost, one added."""
    if source == target:
        return
    languages = _main(source_language), _main(target_language)
    texts = spell_out(source, languages[0]), spell_out(target, languages[1])
    kept = _kept(*texts)
    theirs, ours = _numbers(texts[0], languages[0], kept), _numbers(texts[1], languages[1], kept)
    if theirs == ours:
        yield from _find_in_words(texts, languages)
        return
    strict, kind = _readings(texts, languages, theirs - ours, ours - theirs)
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

    A word stands for one number, and for none when the other text says that in words, too; a month is one also where
    no number is beside it. Whoever reads kindly takes articles and the like for numbers as well.
    """
    (spoken, said), (heard, told) = (
        [count_in_words(text, language, surely=surely) for text, language in zip(texts, languages, strict=True)]
        for surely in (True, False)
    )
    alone = [_months(text, language, is_beside_number=False) for text, language in zip(texts, languages, strict=True)]
    spoken, said = spoken + alone[0], said + alone[1]
    lost, added = lost - (said - spoken), added - (spoken - said)
    return (lost, added), (lost - told, added - heard)


def _sentence(lost: Counter[Decimal], added: Counter[Decimal]) -> str:
    return said_otherwise(map(shown, lost.elements()), map(shown, added.elements()))


def _kept(source: str, target: str) -> Counter[str]:
    """Return what stands in both as it is, such as a version: all but thousands, which each language writes its way."""
    both = Counter(NUMBER.findall(source)) & Counter(NUMBER.findall(target))
    return Counter({written: count for written, count in both.items() if not is_grouped(written)})


def _numbers(text: str, language: str, kept: Counter[str]) -> Counter[Decimal]:
    written = Counter(NUMBER.findall(text)) - kept
    found = [value for number in written.elements() for value in values(number, language)]
    return Counter([*found, *_months(text, language, is_beside_number=True)])


def _months(text: str, language: str, *, is_beside_number: bool) -> Counter[Decimal]:
    found = (month for month in months(text, language) if month.is_beside_number == is_beside_number)
    return Counter(Decimal(month.number) for month in found)


def _main(language: str) -> str:
    return language.partition("-")[0]
