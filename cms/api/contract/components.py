"""The contract models as named JSON Schemas: open objects, an open last block, and no trace of how they are stored."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from frontend_contract.models.answers import (
    ApiInfo,
    Changes,
    ExportHead,
    Health,
    HubStatus,
    LanguageInfo,
    ListAnswer,
    ListLinks,
    ListMeta,
    Lookup,
    Problem,
)
from frontend_contract.models.documents import HIT, PUBLIC, SUMMARY, Topic
from frontend_contract.models.feeds import JsonFeed

Schema = dict[str, Any]

REF = "#/components/schemas/"
CARDS = ("PageCard", "PersonCard", "TopicCard", "MissingCard")
NODES = ("TextNode", "BreakNode", "GroupNode", "ListNode", "LinkNode")
OPEN_BLOCK = "OtherBlock"
OPEN_NODE = "OtherNode"

_ANSWERS: tuple[type[BaseModel], ...] = (
    ApiInfo,
    Changes,
    ExportHead,
    Health,
    HubStatus,
    JsonFeed,
    LanguageInfo,
    ListLinks,
    ListMeta,
    Lookup,
    Problem,
)


@cache
def components() -> dict[str, Schema]:
    """Return every schema of the contract by name, sorted; references lead to `#/components/schemas/`."""
    models = dict.fromkeys([*PUBLIC.values(), *SUMMARY.values(), *HIT.values(), *_ANSWERS])
    _map, made = models_json_schema([(model, "serialization") for model in models], ref_template=REF + "{model}")
    named = {_short(name): _opened(_untitled(schema)) for name, schema in made["$defs"].items()}
    blocks = block_names(named)
    named |= {
        "Block": _block_union(named, blocks),
        OPEN_BLOCK: _open_block([_type_of(named[name]) for name in blocks]),
        "Card": _card_union(),
        "Node": _node_union(),
        OPEN_NODE: _open_node(named),
        "Document": _union_of_kinds("Any document, told apart by `kind`.", PUBLIC),
        "ExportLine": _export_line(),
        "Hit": _union_of_kinds("Any item that a search finds, told apart by `kind`.", HIT),
        "Languages": {"type": "array", "items": ref("LanguageInfo"), "description": "The hub's languages."},
        **{list_name(kind): _list_of(kind) for kind in SUMMARY},
        "SearchResults": _search_results(),
    }
    named |= {
        **{part_name(model.__name__): _part_of(model.__name__, named) for model in PUBLIC.values()},
        **{part_name(list_name(kind)): _list_of_parts([kind], f"the list of {kind}") for kind in SUMMARY},
        part_name("SearchResults"): _list_of_parts(SUMMARY, "what a search found"),
    }
    return {name: _with_named_unions(name, named[name], blocks) for name in sorted(named)}


def block_names(schemas: Mapping[str, Schema]) -> list[str]:
    """Return the names of the schemas that are blocks, sorted."""
    return sorted(
        name
        for name, schema in schemas.items()
        if name != OPEN_BLOCK and {"id", "type", "html"} <= schema.get("properties", {}).keys()
    )


def list_name(kind: str) -> str:
    """Return the name of the schema of a list of this kind."""
    return f"{PUBLIC[kind].__name__}List"


def part_name(name: str) -> str:
    """Return the name of the schema of what is left of an answer when `fields` names what to keep."""
    return f"Partial{name}"


def ref(name: str) -> Schema:
    """Return a reference to a schema."""
    return {"$ref": REF + name}


def whole_or_part(name: str) -> Schema:
    """Return the schema of an answer that `fields` can make smaller."""
    return {"anyOf": [ref(name), ref(part_name(name))]}


def _short(name: str) -> str:
    """Return a name without the parameters that pydantic writes behind a generic model's name."""
    return name.partition("_")[0]


def _each(schema: Any, change: Callable[[Schema], Schema]) -> Any:
    """Return a schema with `change` made to every object in it, the innermost first."""
    match schema:
        case dict():
            return change({key: _each(value, change) for key, value in schema.items()})
        case list():
            return [_each(value, change) for value in schema]
    return schema


def _untitled(schema: Schema) -> Schema:
    """Leave out the titles that pydantic makes from names: they say nothing more."""

    def without_title(part: Schema) -> Schema:
        return {key: value for key, value in part.items() if not (key == "title" and isinstance(value, str))}

    return dict(_each(schema, without_title))


def _opened(schema: Schema) -> Schema:
    """Let consumers accept fields they do not know, and show public addresses only."""

    def open_part(part: Schema) -> Schema:
        opened = {key: value for key, value in part.items() if key != "additionalProperties" or value is not False}
        if isinstance(opened.get("$ref"), str):
            opened["$ref"] = REF + _short(opened["$ref"].removeprefix(REF))
        if opened.get("pattern") == "^(https?|hub):/":
            opened |= {"pattern": "^https?://", "format": "uri"}
        return opened

    return dict(_each(schema, open_part))


def _with_named_unions(own_name: str, schema: Schema, blocks: list[str]) -> Schema:
    """Write `Card`, `Block` and `Node` where pydantic repeats their members."""
    unions = {frozenset(CARDS): "Card", frozenset(blocks): "Block", frozenset(NODES): "Node"}

    def name_union(part: Schema) -> Schema:
        for keyword in ("anyOf", "oneOf"):
            members = part.get(keyword, [])
            refs = frozenset(_name_of(member) for member in members if "$ref" in member)
            name = unions.get(refs)
            if name and name != own_name:
                rest = {key: value for key, value in part.items() if key not in (keyword, "discriminator")}
                nulls = [member for member in members if "$ref" not in member]
                return rest | ({"anyOf": [ref(name), *nulls]} if nulls else ref(name))
        return part

    return dict(_each(schema, name_union)) if own_name not in unions.values() else schema


def _name_of(reference: Schema) -> str:
    return str(reference["$ref"]).removeprefix(REF)


def _type_of(block: Schema) -> str:
    return str(block["properties"]["type"]["const"])


def _block_union(schemas: Mapping[str, Schema], blocks: list[str]) -> Schema:
    """Return the union of all blocks; the last member takes the types of tomorrow."""
    return {
        "description": "A block of a body, told apart by `type`. Print `html` for a type you do not know.",
        "oneOf": [*(ref(name) for name in blocks), ref(OPEN_BLOCK)],
    }


def _open_block(known: list[str]) -> Schema:
    return {
        "description": "A block of a type that did not exist when you read this: print its `html`.",
        "type": "object",
        "properties": {
            "id": {"type": "string", "description": "Identifies the block in its body.", "examples": ["0d1d5a52"]},
            "type": {
                "type": "string",
                "not": {"enum": sorted(known)},
                "description": "Block type.",
                "examples": ["poll"],
            },
            "html": {
                "type": "string",
                "contentMediaType": "text/html",
                "description": "The whole block as sanitised HTML.",
                "examples": ["<p>…</p>"],
            },
        },
        "required": ["id", "type", "html"],
    }


def _node_union() -> Schema:
    return {
        "description": "A part of a rich text, told apart by `type`. Show the `children` of a type you do not know.",
        "oneOf": [*(ref(name) for name in NODES), ref(OPEN_NODE)],
    }


def _open_node(schemas: Mapping[str, Schema]) -> Schema:
    types = [schemas[name]["properties"]["type"] for name in NODES]
    known = [word for schema in types for word in schema.get("enum", [schema.get("const")])]
    return {
        "description": "A node of a type that did not exist when you read this: show its `children`, if it has any.",
        "type": "object",
        "properties": {
            "type": {
                "type": "string",
                "not": {"enum": sorted(known)},
                "description": "Node type.",
                "examples": ["superscript"],
            },
            "children": {"type": "array", "items": ref("Node"), "description": "What it holds."},
        },
        "required": ["type"],
    }


def _part_of(name: str, schemas: Mapping[str, Schema]) -> Schema:
    """Return the schema of those fields of a document that `fields` names: each as in the whole one, none required."""
    whole = {key: value for key, value in schemas[name].items() if key not in ("required", "description")}
    return {"description": f"The fields of {name} that `fields` named, and no others.", **whole, "minProperties": 1}


def _list_of_parts(kinds: Iterable[str], whole: str) -> Schema:
    parts = [ref(part_name(PUBLIC[kind].__name__)) for kind in kinds]
    return _page_of(parts[0] if len(parts) == 1 else {"anyOf": parts}, f"A page of {whole}, with the fields named.")


def _card_union() -> Schema:
    return {
        "description": "A linked document in short, or the languages in which it could be had.",
        "anyOf": [ref(name) for name in CARDS],
    }


def _union_of_kinds(description: str, models: Mapping[str, type[BaseModel]]) -> Schema:
    return {
        "description": description,
        "oneOf": [ref(model.__name__) for model in models.values()],
        "discriminator": {
            "propertyName": "kind",
            "mapping": {kind: REF + model.__name__ for kind, model in models.items()},
        },
    }


def _export_line() -> Schema:
    return {
        "description": "A line of an export: the first says what follows, each of the others is an item.",
        "anyOf": [ref("ExportHead"), ref("Document")],
    }


def _list_of(kind: str) -> Schema:
    """Return the schema of a list of this kind."""
    members = dict.fromkeys([SUMMARY[kind].__name__, PUBLIC[kind].__name__])
    items: Schema = ref(next(iter(members))) if len(members) == 1 else {"anyOf": [ref(name) for name in members]}
    return _page_of(items, f"A page of the list of {kind}.")


def _search_results() -> Schema:
    return _page_of(ref("Hit"), "A page of what a search found.")


def _page_of(items: Schema, description: str) -> Schema:
    """Return the schema of a page. Our own, because DRF's paginators write OpenAPI 3.0 into 3.1 files."""
    made = ListAnswer[Topic].model_json_schema(mode="serialization", ref_template=REF + "{model}")
    answer = _opened(_untitled(made))
    answer.pop("$defs")
    answer["properties"]["items"] = {
        "type": "array",
        "items": items,
        "description": "The items; with `include=body` they have what they lack otherwise.",
    }
    answer["description"] = description
    return answer
