"""Where the strings of a page stand: what editors call each place, what may stand there, whether it is a quote's."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.text import capfirst
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.models import TranslationSource


@dataclass(frozen=True)
class Place:
    """What leads to a string, such as `("Quote", "Words")`, and the most characters its field holds."""

    labels: tuple[str, ...] = ()
    limit: int | None = None
    help: str = ""
    """What editors are told about the field."""
    is_quote: bool = False
    """Whether the string belongs to somebody's own words."""

    def __str__(self) -> str:
        return " › ".join(self.labels)

    def within(self, label: object) -> "Place":
        """Return the same place, seen from one step outside."""
        return replace(self, labels=(str(capfirst(str(label))), *self.labels))


def places_of(source: TranslationSource, paths: Iterable[str]) -> dict[str, Place]:
    """Return the place of each path in a source; a path that leads nowhere has no labels. No queries."""
    model = source.specific_content_type.model_class()
    return _places(model, json.loads(source.content_json), paths)


def places_in(page: Page, paths: Iterable[str]) -> dict[str, Place]:
    """Return the place of each path in a page as it stands; a path that leads nowhere has no labels."""
    return _places(type(page), page.serializable_data(), paths)


def _places(model: type[Model] | None, content: Mapping[str, Any], paths: Iterable[str]) -> dict[str, Place]:
    streams = {field.name for field in model._meta.get_fields() if isinstance(field, StreamField)} if model else ()
    opened = {**content, **{name: _read(content.get(name)) for name in streams}}  # once, and not for each place
    return {path: _in_page(model, opened, path.split(".")) for path in paths}


def _in_page(model: type[Model] | None, content: Mapping[str, Any], parts: list[str]) -> Place:
    name, *rest = parts
    try:
        field: Any = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        field = None
    match field, rest:
        case None, _:
            return Place()
        case StreamField(), _:
            return _in_block(field.stream_block, content.get(name), rest)
        case _, []:
            return _of_field(field).within(field.verbose_name)
        case _, [_key, *own]:  # a row: its relation, its translation key, its field
            row = field.related_model
            return (_in_page(row, {}, own) if own else Place()).within(row._meta.verbose_name)
    return Place()


def _in_block(block: Any, value: Any, parts: list[str]) -> Place:
    match block, parts:
        case _, []:
            return _of_field(getattr(block, "field", None))
        case blocks.StreamBlock(), [block_id, *rest]:
            item = _find(value, block_id)
            child = block.child_blocks.get(item.get("type", ""))
            return _in_child(child, item.get("value"), rest).within(child.label) if child else Place()
        case blocks.ListBlock(), [block_id, *rest]:
            return _in_child(block.child_block, _find(value, block_id).get("value"), rest)
        case blocks.StructBlock(), [name, *rest] if name in block.child_blocks:
            child = block.child_blocks[name]
            return _in_child(child, value.get(name) if isinstance(value, dict) else {}, rest).within(child.label)
    return Place()


def _of_field(field: Any) -> Place:
    return Place(limit=getattr(field, "max_length", None), help=str(getattr(field, "help_text", "") or ""))


def _in_child(block: Any, value: Any, parts: list[str]) -> Place:
    place = _in_block(block, value, parts)
    return replace(place, is_quote=True) if getattr(block, "is_quote", False) else place


def _find(items: Any, block_id: str) -> Mapping[str, Any]:
    found = (item for item in items or () if isinstance(item, dict) and item.get("id") == block_id)
    return next(found, {})


def _read(stream: Any) -> Any:
    return json.loads(stream) if isinstance(stream, str) else stream
