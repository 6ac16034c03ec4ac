"""Dates: a translation says the same months and days of the week, and no month where its source has the day."""

import re
from collections.abc import Iterator

from django.utils.dates import MONTHS, MONTHS_ALT, WEEKDAYS

from cms.translation.checks.calendars import Month, days_of_months, months, week_days
from cms.translation.checks.digits import NUMBER, values
from cms.translation.checks.findings import Finding, said_otherwise

_NIGHT = re.compile(r"\b(?:natt\w*\s+(?:mot|till)|night|vastais\w+|(?:ніч|ночі)\s+на)\b", re.IGNORECASE)
"""Languages call a night by the day before or after it: natten till söndag is Saturday night."""


def find_dates(source: str, target: str, source_language: str, target_language: str) -> Iterator[Finding]:
    """Yield what is wrong with the dates of a translation, where the numbers alone are the same."""
    if source == target:
        return
    texts = (source, source_language.partition("-")[0]), (target, target_language.partition("-")[0])
    yield from _find_swapped(days_of_months(*texts[0]), days_of_months(*texts[1]))
    yield from _find_months(*texts)
    named, excused = ([set(week_days(*text, surely=surely)) for text in texts] for surely in (True, False))
    lost, added = named[0] - excused[1], named[1] - excused[0]
    if not (_is_neighbour(lost, added) and (_NIGHT.search(source) or _NIGHT.search(target))):
        yield from _find_named(lost, added, dict(enumerate(WEEKDAYS.values(), 1)))


def _is_neighbour(days: set[int], others: set[int]) -> bool:
    return len(days) == len(others) == 1 and abs(min(days) - min(others)) in (1, len(WEEKDAYS) - 1)


def _find_swapped(theirs: set[tuple[int, int]], ours: set[tuple[int, int]]) -> Iterator[Finding]:
    for day, month in sorted(theirs - ours):
        if (month, day) in ours - theirs:
            said = (f"{day} {MONTHS_ALT[month]}", f"{month} {MONTHS_ALT[day]}")
            yield Finding("numbers", True, said_otherwise([said[0]], [said[1]]))


def _find_months(source: tuple[str, str], target: tuple[str, str]) -> Iterator[Finding]:
    """Yield the months that stand in one text without a number, and in the other not even as one."""
    theirs, ours = list(months(*source)), list(months(*target))
    lost, added = _alone(theirs) - {month.number for month in ours}, _alone(ours) - {month.number for month in theirs}
    if lost or added:
        digits = _numbers(*source), _numbers(*target)
        yield from _find_named(lost - (digits[1] - digits[0]), added - (digits[0] - digits[1]), MONTHS)


def _alone(said: list[Month]) -> set[int]:
    return {month.number for month in said if month.is_sure and not month.is_beside_number}


def _find_named(lost: set[int], added: set[int], names: dict[int, str]) -> Iterator[Finding]:
    if lost or added:
        said = [[str(names[number]) for number in sorted(numbers)] for numbers in (lost, added)]
        yield Finding("numbers", len(lost) == len(added), said_otherwise(*said))


def _numbers(text: str, language: str) -> set[int]:
    found = {value for written in NUMBER.findall(text) for value in values(written, language)}
    return {int(value) for value in found if value == value.to_integral_value()}
