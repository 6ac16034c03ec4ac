"""What parameters hold: how it is read, how it is said in words, and how in JSON Schema."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

MOST = 100
LONGEST_QUESTION = 200

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+\-]\d\d:\d\d)", re.ASCII)
_PLUS_AS_SPACE = re.compile(r" (?=\d\d:\d\d$)")
_NUMBER = re.compile(r"[0-9]{1,10}")
# Every blank by its number: what "\s" is differs between the languages that read the document.
_SAYS_SOMETHING = re.compile(
    r"[^\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]"
)
_SOME = {"minItems": 1, "maxItems": MOST}


@dataclass(frozen=True)
class Parameter:
    """A parameter: what it takes in words, how it is read, and its JSON Schema for the documentation."""

    takes: str
    read: Callable[[str], Any]
    schema: Mapping[str, Any]
    description: str
    is_list: bool = False
    is_required: bool = False
    meant: Callable[[str], str | None] | None = None
    """Returns what somebody meant who gave something else, when that can be guessed."""


def number(least: int, most: int, description: str, *, default: int | None = None) -> Parameter:
    """Take a whole number from the least to the most."""

    def read(text: str) -> int:
        if not _NUMBER.fullmatch(text) or not least <= int(text) <= most:
            raise ValueError(text)
        return int(text)

    schema = {"type": "integer", "minimum": least, "maximum": most}
    if default is not None:
        schema["default"] = default
    return Parameter(f"{least} to {most}", read, schema, description)


def several(
    values: Mapping[str, str],
    description: str,
    *,
    default: list[str] | None = None,
    meant: Callable[[str], str | None] | None = None,
) -> Parameter:
    """Take one or several of these words, with commas; each stands for its value."""

    def read(text: str) -> tuple[str, ...]:
        words = text.split(",")
        if any(word not in values for word in words):
            raise ValueError(text)
        return tuple(dict.fromkeys(values[word] for word in words))

    schema: dict[str, Any] = {"type": "array", "items": {"type": "string", "enum": list(values)}, "minItems": 1}
    if default:
        schema["default"] = default
    takes = f"one or several of {', '.join(values)}"
    return Parameter(takes, read, schema, description, is_list=True, meant=meant)


def one_of(value: str, description: str) -> Parameter:
    """Take this word, and no other."""

    def read(text: str) -> str:
        if text != value:
            raise ValueError(text)
        return text

    return Parameter(value, read, {"type": "string", "enum": [value]}, description)


def question(description: str, *, is_required: bool = False) -> Parameter:
    """Take words to search for: something that is not only blanks."""

    def read(text: str) -> str:
        if not _SAYS_SOMETHING.search(text) or len(text) > LONGEST_QUESTION:
            raise ValueError(text)
        return text

    schema = {"type": "string", "minLength": 1, "maxLength": LONGEST_QUESTION}
    schema["pattern"] = _SAYS_SOMETHING.pattern
    return Parameter(f"1 to {LONGEST_QUESTION} characters", read, schema, description, is_required=is_required)


def choice(values: list[str], description: str) -> Parameter:
    """Take one of these words; without one, the first."""

    def read(text: str) -> str:
        if text not in values:
            raise ValueError(text)
        return text

    schema = {"type": "string", "enum": values, "default": values[0]}
    return Parameter(f"one of {', '.join(values)}", read, schema, description)


def keys(description: str) -> Parameter:
    """Take keys, with commas between."""
    schema = {"type": "array", "items": {"type": "string", "format": "uuid"}, **_SOME}
    return Parameter(f"up to {MOST} keys, with commas between", _read_keys, schema, description, is_list=True)


def codes(description: str) -> Parameter:
    """Take codes of topics, with commas between."""
    schema = {"type": "array", "items": {"type": "string", "pattern": f"^{_CODE.pattern}$", "maxLength": 255}, **_SOME}
    return Parameter(f"up to {MOST} codes, with commas between", _read_codes, schema, description, is_list=True)


def moment(description: str, end: time) -> Parameter:
    """Take a time, or a day: its first moment or its last."""

    def read(text: str) -> datetime:
        if _DAY.fullmatch(text):
            return datetime.combine(date.fromisoformat(text), end, tzinfo=UTC)
        return _read_time(text)

    schema = {"anyOf": [{"type": "string", "format": form} for form in ("date-time", "date")]}
    takes = "a time with its zone (2024-06-14T08:00:00Z) or a day in UTC (2024-06-14)"
    return Parameter(takes, read, schema, description)


def _read_keys(text: str) -> tuple[UUID, ...]:
    words = text.lower().split(",")
    found = dict.fromkeys(map(UUID, words))
    if len(words) > MOST or any(str(key) not in words for key in found):
        raise ValueError(text)
    return tuple(found)


def _read_codes(text: str) -> tuple[str, ...]:
    words = text.split(",")
    if len(words) > MOST or not all(_CODE.fullmatch(word) for word in words):
        raise ValueError(text)
    return tuple(dict.fromkeys(words))


def _read_time(text: str) -> datetime:
    """Return a time of RFC 3339; a plus sign that an address turned into a space is one still."""
    written = _PLUS_AS_SPACE.sub("+", text)
    if not _TIME.fullmatch(written):
        raise ValueError(text)
    try:
        return datetime.fromisoformat(written.upper()).astimezone(UTC)
    except OverflowError:
        raise ValueError(text) from None
