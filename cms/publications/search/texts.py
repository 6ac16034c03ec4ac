"""What can be found of a stored document: its title, its names, and what readers see of its text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from operator import add
from typing import Any

import orjson

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
    said: list[str] = []
    for name in sorted(content, key=_is_picture):
        if name not in _APART:
            _say(name, content[name], said)
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


def _say(name: str, part: Any, said: list[str]) -> None:
    """Add what readers see of a part. It has come out of JSON, so that its types are the plain ones."""
    if type(part) is str:
        if name in _SAID:
            said.append(part)
    elif type(part) is list:
        for item in part:
            _say(name, item, said)
    elif type(part) is dict and name != "original" and "pointer" not in part:
        _say_all(part, said)


def _say_all(part: Json, said: list[str]) -> None:
    match part:
        case {"type": str(kind), "html": str(html)} if kind not in _PLAIN_BLOCKS:
            said += _without_tags(html)
        case {"title": str(title), "from": _, "text": str(html)}:  # a phase, which is no block
            said += [title, *_without_tags(html)]
        case _:
            for field, value in part.items():
                if value:
                    _say(field, value, said)


def _without_tags(html: str) -> list[str]:
    """Return the lines of HTML that this hub has cleaned, as readers see them."""
    if "<" not in html:
        return unescape(html).splitlines()
    said, *rest = _TAG.split(html)  # text and name of a tag in turn: asking a function for each tag takes longer
    ends = ("" if name.lower() in _IN_LINE else "\n" for name in rest[::2])
    return unescape(said + "".join(map(add, ends, rest[1::2]))).splitlines()
