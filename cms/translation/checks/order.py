"""The order of the values of a text: two that changed places are shown, for people to look at.

Dates, times and years stand where a language wants them. Languages put other things in another order, too, so that
this is never an error.
"""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext as _

from cms.translation.checks.calendars import months, week_days, without_dates
from cms.translation.checks.counting import places_in_words
from cms.translation.checks.digits import NUMBER, shown, values
from cms.translation.checks.findings import Finding
from cms.translation.checks.sizes import spell_out

_YEAR = re.compile(r"(?:19|20)\d\d")


def find_order(source: str, target: str, source_language: str, target_language: str) -> Iterator[Finding]:
    """Yield the numbers, months and days of the week that stand once in both texts, and not in the same order."""
    if source == target:
        return
    texts = (source, source_language.partition("-")[0]), (target, target_language.partition("-")[0])
    yield from _find_turned(*(list(map(shown, _in_order(*text))) for text in texts))
    yield from _find_turned(
        *([str(MONTHS[month.number]) for month in months(*text) if month.is_sure] for text in texts)
    )
    yield from _find_turned(*([str(WEEKDAYS[day - 1]) for day in week_days(*text, surely=True)] for text in texts))


def _find_turned(theirs: list[str], ours: list[str]) -> Iterator[Finding]:
    once = _once(theirs) & _once(ours)
    theirs, ours = [value for value in theirs if value in once], [value for value in ours if value in once]
    if theirs != ours:
        sentence = _("The order is %(theirs)s in the source and %(ours)s here: did two of them change places?")
        yield Finding("numbers", False, sentence % {"theirs": ", ".join(theirs), "ours": ", ".join(ours)})


def _in_order(text: str, language: str) -> list[Decimal]:
    text = without_dates(spell_out(text, language), language)
    found = list(places_in_words(text, language, surely=True))
    for match in NUMBER.finditer(text):
        if not _YEAR.fullmatch(match[0]) and len(said := values(match[0], language)) == 1:
            found.append((match.start(), said[0]))
    return [number for _place, number in sorted(found)]


def _once(said: list[str]) -> set[str]:
    return {value for value, times in Counter(said).items() if times == 1}
