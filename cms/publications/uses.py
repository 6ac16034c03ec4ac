"""What a document shows without holding it: links to other documents, images, files."""

import json
import re
from collections.abc import Container
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

TEXT_LINK = re.compile(
    r'<a\b[^>]*\bhref="hub:/@(?P<kind>[a-z]+)/(?P<key>[0-9a-f-]{36})(?P<fragment>#[^"]*)?"[^>]*>(?P<text>.*?)</a>',
    re.DOTALL,
)

TEXT_LINK_ADDRESS = re.compile(r"hub:/@(?P<kind>[a-z]+)/(?P<key>[0-9a-f-]{36})(?:#.*)?")

TEXT_LINK_FIELDS = {"kind", "id", "path", "url"}


class Use(NamedTuple):
    """A target, and for people the day whose role is shown and the appointment that was chosen."""

    target: str
    at: date | None = None
    appointment: UUID | None = None
    required: bool = False


def uses_of(document: Any) -> set[Use]:
    """Return the links of a stored document."""
    found: set[Use] = set()
    _find(document, found)
    return found


def targets_of(part: Any, found: set[str]) -> None:
    """Add the keys that a part of a stored document links to. Every answer goes through every part: plain and fast."""
    if type(part) is str:
        if "hub:/@" in part:
            found.update(link["key"] for link in TEXT_LINK.finditer(part))
    elif type(part) is dict:
        if "pointer" in part or part.keys() == TEXT_LINK_FIELDS:
            found.add(part["id"])
        else:
            for value in part.values():
                if value and (type(value) is not str or "hub:/@" in value):
                    targets_of(value, found)
    elif type(part) is list:
        for value in part:
            targets_of(value, found)


def field_of(document: str, targets: Container[str]) -> str:
    """Return the name of the field in which a stored document links to one of these targets."""
    fields = json.loads(document)
    return next((name for name, part in fields.items() if any(use.target in targets for use in uses_of(part))), "")


def is_text_link(value: Any) -> bool:
    """Whether a part of a stored document tells of a link inside a text."""
    return isinstance(value, dict) and value.keys() == TEXT_LINK_FIELDS


def use_of(pointer: dict[str, Any]) -> Use:
    """Return what a stored link means."""
    return Use(
        target=pointer["id"],
        at=date.fromisoformat(pointer["at"]) if pointer.get("at") else None,
        appointment=UUID(pointer["appointment"]) if pointer.get("appointment") else None,
        required=bool(pointer.get("required")),
    )


def _find(part: Any, found: set[Use]) -> None:
    """Add the links of a part to those found. It has come out of JSON, so that its types are the plain ones."""
    if type(part) is str:
        if "hub:/@" in part:
            found.update(Use(link["key"]) for link in TEXT_LINK.finditer(part))
    elif type(part) is dict:
        if "pointer" in part:
            found.add(use_of(part))
        elif part.keys() == TEXT_LINK_FIELDS:
            found.add(Use(part["id"]))
        else:
            _find(list(part.values()), found)
    elif type(part) is list:
        for value in part:
            if value and (type(value) is not str or "hub:/@" in value):
                _find(value, found)
