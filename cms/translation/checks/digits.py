"""Numbers in digits, as each language writes them.

Swedish, Finnish and Ukrainian write 1 000 and 3,5 where English writes 1,000 and 3.5.
"""

import re
from decimal import Decimal

_SPACES = "\u00a0\u2009\u202f "
PLAIN = rf"(?:(?<!\d)\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?:,\d+)?(?!\d)|\d+(?:[.,:]\d+)*)"
"""A number as a pattern, in any language."""

NUMBER = re.compile(rf"{PLAIN}(?:\s*[ap]\.?m\b)?", re.IGNORECASE)
"""A number, or a time of the day."""

_GROUPED = {
    ",": re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?\Z"),
    ".": re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?\Z"),
}
_LONGEST_UNGROUPED = 9999
"""The largest number that is shown without spaces: years are."""


def is_grouped(written: str) -> bool:
    """Whether a number has signs between its thousands, which each language writes its own way."""
    return any(pattern.match(written) for pattern in _GROUPED.values())


def values(written: str, language: str) -> list[Decimal]:
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


def shown(number: Decimal) -> str:
    """Return a number as a message says it."""
    form = ",f" if number > _LONGEST_UNGROUPED else "f"
    return format(number.normalize(), form).replace(",", "\u00a0")
