"""What can be found of a stored document: its title, its names, and what readers see of its text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

import orjson

from cms.publications.uses import is_pointer

LONGEST = 200_000
"""Characters of a text that are searched; PostgreSQL takes no more than a megabyte of words."""

_APART = ("id", "kind", "language", "slug", "path", "title", "name", "names", "code", "attribution", "translation")
_SAID = {
    *("lead", "text", "title", "label", "caption", "description", "name", "role", "organisation", "part"),
    *("programme", "funder", "theme", "areas"),
}
_PLAIN_BLOCKS = ("quote", "contact", "link_list")
"""Blocks whose HTML is made when they are read, or repeats the words of another language."""

_TAG = re.compile(r"""</?([a-zA-Z][^\s/>]*)(?:[^>"']|"[^"]*"|'[^']*')*>""")
_IN_LINE = ("a", "b", "em", "i", "strong", "small", "span")
"""Tags within a line; what else ends a line on the page ends it here."""

_PICTURES = ("image", "logo", "portrait")

Json = dict[str, Any]


@dataclass(frozen=True)
class Texts:
    """The words of a document, as its readers see them."""

    title: str
    names: tuple["Spelling", ...]
    text: str


@dataclass(frozen=True)
class Spelling:
    """One form of the name of what the document is about."""

    text: str
    language: str
    is_of_a_person: bool


def texts_of(document: str) -> Texts:
    """Return what can be found of a stored document. What it links to is found by itself."""
    content: Json = orjson.loads(document)
    said = [
        said for name in sorted(content, key=_is_picture) if name not in _APART for said in _say(name, content[name])
    ]
    text = "\n".join(filter(None, (" ".join(line.split()) for line in said)))
    return Texts(title=content["title"], names=tuple(_spellings(content)), text=text[:LONGEST])


def _is_picture(name: str) -> bool:
    return name in _PICTURES


def _spellings(content: Json) -> Iterator[Spelling]:
    if "names" not in content:
        return
    is_of_a_person = "name" in content
    yield Spelling(content["title"], content["language"], is_of_a_person)
    for name in content["names"]:
        yield Spelling(name["text"], name["language"], is_of_a_person)


def _say(name: str, part: Any) -> Iterator[str]:
    match part:
        case dict() if is_pointer(part) or name == "original":
            return
        case {"type": str(kind), "html": str(html)} if kind not in _PLAIN_BLOCKS:
            yield from _without_tags(html)
        case {"title": str(title), "from": _, "text": str(html)}:  # a phase, which is no block
            yield from [title, *_without_tags(html)]
        case dict():
            for field, value in part.items():
                yield from _say(field, value)
        case list():
            for item in part:
                yield from _say(name, item)
        case str() if name in _SAID:
            yield part


def _without_tags(html: str) -> list[str]:
    """Return the lines of HTML that this hub has cleaned, as readers see them."""
    return unescape(_TAG.sub(_break, html)).splitlines()


def _break(tag: re.Match[str]) -> str:
    return "" if tag[1].lower() in _IN_LINE else "\n"
