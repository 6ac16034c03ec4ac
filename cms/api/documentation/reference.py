"""Every address of the API as people read it: taken from the OpenAPI document, said in their language."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from typing import Any

from cms.api.accepted import LARGEST_OFFSET
from cms.api.contract.info import TAGS
from cms.api.contract.openapi import openapi
from cms.api.contract.requests import request_to_try
from cms.api.documentation.examples import Example, find_example
from cms.api.documentation.languages import say
from cms.api.problems import PROBLEM_TYPES
from frontend_contract.models.documents import SUMMARY

Json = Mapping[str, Any]

_OF_ANY_KIND = {
    "list": (
        "The list of a kind",
        (
            "What is published of a kind in one language, newest first. With `fallback` each item comes once, in the "
            "best of the languages allowed, and says which it is. Past the end there are no items."
        ),
    ),
    "get": ("One item, by key", "The item as last published, in one language, with its links filled in."),
}
_TOO_MANY_TO_NAME = 16


@dataclass(frozen=True)
class Argument:
    """A parameter of an address."""

    name: str
    place: str
    description: str
    takes: str
    is_required: bool


@dataclass(frozen=True)
class Entry:
    """An address, or the addresses of all kinds when they take and give the same."""

    anchor: str
    paths: tuple[str, ...]
    summary: str
    description: str
    media_type: str
    request: str
    arguments: tuple[Argument, ...]
    statuses: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]
    headers: tuple[tuple[str, str], ...]
    example: Example | None


@dataclass
class Chapter:
    """The addresses that belong together."""

    title: str
    description: str
    entries: list[Entry] = field(default_factory=list)


@cache
def chapters(language: str) -> list[Chapter]:
    """Return every address in the order of the document's chapters."""
    found = {name: Chapter(say(name, language), say(text, language)) for name, text in TAGS.items()}
    for paths in _together(openapi()["paths"]):
        operation = openapi()["paths"][paths[0]]["get"]
        found[operation["tags"][0]].entries.append(_entry(paths, operation, language))
    return list(found.values())


def _together(paths: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Yield the paths, those that differ only by the kind together."""
    groups: dict[str, list[str]] = {}
    for path in paths:
        parts = ["{kind}" if part in SUMMARY else part for part in path.split("/")]
        groups.setdefault("/".join(parts), []).append(path)
    order = list(SUMMARY)
    for group in groups.values():
        yield tuple(sorted(group, key=lambda path: [order.index(part) for part in path.split("/") if part in SUMMARY]))


def _entry(paths: tuple[str, ...], operation: Json, language: str) -> Entry:
    answers = {status: _resolved(answer) for status, answer in operation["responses"].items()}
    [(media_type, content)] = answers["200"]["content"].items()
    summary, description = (say(operation[part], language) for part in ("summary", "description"))
    if len(paths) > 1:
        summary, description = (say(text, language) for text in _OF_ANY_KIND[operation["operationId"].split("_")[0]])
    sample = next(iter(content["examples"].values()))["value"] if "examples" in content else None
    return Entry(
        anchor=operation["operationId"].replace("_", "-"),
        paths=paths,
        summary=summary,
        description=description,
        media_type=media_type,
        request=request_to_try(paths[0], operation["parameters"]),
        arguments=tuple(_argument(parameter, language) for parameter in operation["parameters"]),
        statuses=tuple(_statuses(answers, language)),
        problems=tuple(_problems(operation["responses"])),
        headers=tuple(_headers(answers["200"], language)),
        example=find_example(paths[0], language) or _sampled(sample),
    )


def _argument(parameter: Json, language: str) -> Argument:
    schema = parameter["schema"]
    return Argument(
        name=parameter["name"],
        place=parameter["in"],
        description=say(parameter["description"], language),
        takes=_takes(schema, language),
        is_required=parameter["required"],
    )


_WORDS = {
    "en": {
        "several": "one or several of {0}",
        "range": "{0} to {1}",
        "from": "from {0}",
        "default": "; {0} if not given",
    },
    "sv": {"several": "en eller flera av {0}", "range": "{0} till {1}", "from": "från {0}", "default": "; annars {0}"},
}


def _takes(schema: Json, language: str) -> str:
    """Return in a few words which values there are."""
    words = _WORDS[language]
    match schema:
        case {"enum": list(values)}:
            text = ", ".join(map(str, values))
        case {"items": {"enum": list(values)}} if len(values) <= _TOO_MANY_TO_NAME:
            text = words["several"].format(", ".join(map(str, values)))
        case {"minimum": least, "maximum": most}:
            text = words["range" if most < LARGEST_OFFSET else "from"].format(least, most)
        case _:
            return ""
    default = schema.get("default")
    if default is None:
        return text
    said = ", ".join(map(str, default)) if isinstance(default, list) else str(default)
    return text + words["default"].format(said)


def _statuses(answers: Mapping[str, Json], language: str) -> Iterator[tuple[str, str]]:
    for status, answer in answers.items():
        if int(status) < HTTPStatus.BAD_REQUEST:
            yield status, say(answer["description"], language)


def _problems(answers: Mapping[str, Json]) -> Iterator[str]:
    for answer in answers.values():
        for content in _resolved(answer).get("content", {}).values():
            yield from (name for name in content.get("examples", {}) if name in PROBLEM_TYPES)


def _headers(answer: Json, language: str) -> Iterator[tuple[str, str]]:
    for name, header in answer["headers"].items():
        yield name, say(_resolved(header)["description"], language)


def _sampled(sample: Any) -> Example | None:
    if sample is None:
        return None
    text = sample if isinstance(sample, str) else json.dumps(sample, ensure_ascii=False, indent=2)
    return Example("", text)


def _resolved(part: Json) -> Json:
    if "$ref" not in part:
        return part
    found: Any = openapi()
    for step in part["$ref"].split("/")[1:]:
        found = found[step]
    return dict(found)
