"""Where the strings of a page stand, counted: in the same words in every language, for people and programs.

`body, block 7 (quote), text` is the field *text* of the seventh block of *body*, a quote; `appointments 2, title` is
the field *title* of the second row of *appointments*.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wagtail.fields import StreamField
from wagtail.models import Page


def positions_in(page: Page, paths: Iterable[str]) -> dict[str, str]:
    """Return the position of each path in a page as it stands."""
    streams = {field.name for field in page._meta.get_fields() if isinstance(field, StreamField)}
    content = page.serializable_data()
    opened = {**content, **{name: json.loads(content[name] or "[]") for name in streams}}
    return {path: ", ".join(_in_page(opened, path.split("."), streams)) for path in paths}


def _in_page(content: Mapping[str, Any], parts: list[str], streams: set[str]) -> Iterator[str]:
    name, *rest = parts
    match rest:
        case []:
            yield name
        case [block_id, *own] if name in streams:
            number, block = _find(content.get(name), "id", block_id)
            yield from (name, f"block {number} ({block.get('type', '')})", *_in_block(block.get("value"), own))
        case [key, *own]:
            number, _row = _find(content.get(name), "translation_key", key)
            yield from (f"{name} {number}", *own)


def _in_block(value: Any, parts: list[str]) -> Iterator[str]:
    match value, parts:
        case _, []:
            return
        case dict(), [name, *rest]:
            yield from (name, *_in_block(value.get(name), rest))
        case list(), [item_id, *rest]:
            number, item = _find(value, "id", item_id)
            yield from (f"item {number}", *_in_block(item.get("value"), rest))
        case _:
            yield from parts


def _find(items: Any, name: str, wanted: str) -> tuple[int, Mapping[str, Any]]:
    """Return the number and the content of an item of a list, by its key; 0 when it is not there."""
    found = ((number, item) for number, item in enumerate(items or (), 1) if str(item.get(name)) == wanted)
    return next(found, (0, {}))
