"""Inline markup between two worlds: localize's HTML in strings, and XLIFF's codes.

Each tag of the source has a number in the order of reading; a code of the target points to the tag of its number.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html import escape, unescape
from itertools import count
from xml.sax.saxutils import quoteattr

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from django.utils.translation import gettext as _

from cms.translation.files.reading import CONTROL
from cms.translation.files.trees import Node

SUBTYPES = {"b": "xlf:b", "strong": "xlf:b", "i": "xlf:i", "em": "xlf:i", "br": "xlf:lb"}
TAGS = {"xlf:b": "b", "xlf:i": "i", "xlf:lb": "br"}
"""What codes that say no more than this were, as Wagtail writes it."""

EMPTY = "br"


class BrokenMarkup(ValueError):  # noqa: N818  it is an answer to the person who sent a file
    """The codes of a target are not those of its source."""


def to_codes(html: str, numbers: Mapping[str, list[str]]) -> str:
    """Return localize's HTML as XML with XLIFF's codes, numbered as in the source."""
    if "<" not in html:  # most texts have no tags, and to parse them would take half the time of an export
        return _to_xml(unescape(html))
    left = {name: list(found) for name, found in numbers.items()}
    return "".join(_to_codes(_parse(html), left))


def to_html(nodes: list[Node | str], tags: Mapping[str, Tag]) -> str:
    """Return XLIFF's codes as localize's HTML; raise `BrokenMarkup` when there is one that the source has not."""
    return "".join(_to_html(nodes, tags))


def number_tags(source: str, target: str) -> tuple[dict[str, list[str]], dict[str, Tag]]:
    """Return the numbers of the tags by their HTML, and the tags by their number; those of the source come first.

    A translation may have tags that its source has not, such as an emphasis: they have numbers of their own.
    """
    numbers: dict[str, list[str]] = {}
    tags: dict[str, Tag] = {}
    for number, tag in enumerate(_tags(source), 1):
        numbers.setdefault(_name(tag), []).append(str(number))
        tags[str(number)] = tag
    left = {name: list(found) for name, found in numbers.items()}
    for number, tag in enumerate(_tags(target), 1):
        if found := left.get(_name(tag)):
            found.pop(0)
            continue
        numbers.setdefault(_name(tag), []).append(f"t{number}")
        tags[f"t{number}"] = tag
    return numbers, tags


def read_tags(nodes: Iterable[Node | str]) -> dict[str, Tag]:
    """Return the tags by their number that the codes of a source say they were: links have their names by their order.

    What no code tells, such as an abbreviation, is not among them.
    """
    codes = [node for node in _walk(nodes) if node.name in ("pc", "ph", "sc")]
    tags, links = dict[str, Tag](), count(1)
    for code in codes:
        if code.attributes.get("type") == "link":
            tags[code.attributes.get("id", "")] = Tag(name="a", attrs={"id": f"a{next(links)}"})
        elif name := TAGS.get(code.attributes.get("subType", "")):
            tags[code.attributes.get("id", "")] = Tag(name=name)
    return tags


def _walk(nodes: Iterable[Node | str]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, Node):
            yield node
            yield from _walk(node.children)


def _tags(html: str) -> list[Tag]:
    return list(_parse(html).find_all(True)) if "<" in html else []


@lru_cache(16)
def _parse(html: str) -> BeautifulSoup:
    """Return a text as a tree that nobody changes: of each, the tags are numbered first and then written as codes."""
    return BeautifulSoup(html, "html.parser")


def _to_codes(element: Tag, left: dict[str, list[str]]) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, NavigableString):
            yield _to_xml(str(child))
        elif isinstance(child, Tag):
            number = left[_name(child)].pop(0)
            known = SUBTYPES.get(child.name)
            kind = ' type="link"' if child.name == "a" else f' type="fmt" subType="{known}"' if known else ""
            if child.name == EMPTY:
                yield f"<ph id={quoteattr(number)}{kind}/>"
            else:
                yield f"<pc id={quoteattr(number)}{kind}>{''.join(_to_codes(child, left))}</pc>"


def _to_html(nodes: list[Node | str], tags: Mapping[str, Tag]) -> Iterator[str]:
    for node in nodes:
        match node:
            case str():
                yield escape(node, quote=False)
            case Node(name="pc" | "ph"):
                yield _tag_to_html(node, tags)
            case Node(name="mrk"):  # a remark of a tool about some words
                yield from _to_html(node.children, tags)
            case Node(name="sm" | "em"):
                continue
            case Node(name="sc" | "ec"):  # the ends of a tag that spans sentences
                yield _end_to_html(node, tags)
            case Node(name="cp"):
                yield _sign(node)
            case Node(name=name):
                raise BrokenMarkup(_("The code <%(name)s> is not known here.") % {"name": name})


def _tag_to_html(node: Node, tags: Mapping[str, Tag]) -> str:
    number = node.attributes.get("id", "")
    tag = _find(number, tags)
    if (tag.name == EMPTY) != (node.name == "ph"):
        raise _unknown(number)
    if tag.name == EMPTY:
        return "<br/>"
    return f"{_opened(tag)}{''.join(_to_html(node.children, tags))}</{tag.name}>"


def _end_to_html(node: Node, tags: Mapping[str, Tag]) -> str:
    number = node.attributes.get("startRef") or node.attributes.get("id", "")
    tag = _find(number, tags)
    if tag.name == EMPTY:
        raise _unknown(number)
    return _opened(tag) if node.name == "sc" else f"</{tag.name}>"


def _opened(tag: Tag) -> str:
    attributes = "".join(f" {name}={quoteattr(str(value))}" for name, value in tag.attrs.items())
    return f"<{tag.name}{attributes}>"


def _find(number: str, tags: Mapping[str, Tag]) -> Tag:
    if number not in tags:
        raise _unknown(number)
    return tags[number]


def _unknown(number: str) -> BrokenMarkup:
    return BrokenMarkup(_("The source has no code with the number %(number)s.") % {"number": number[:20] or "?"})


def _to_xml(text: str) -> str:
    return CONTROL.sub(_cp, escape(text, quote=False))


def _cp(sign: re.Match[str]) -> str:
    """Write a sign that no XML may have as XLIFF does."""
    return f'<cp hex="{ord(sign[0]):04X}"/>'


def _sign(node: Node) -> str:
    try:
        return escape(chr(int(node.attributes.get("hex", ""), 16)), quote=False)
    except (ValueError, OverflowError):
        raise BrokenMarkup(_("The code <%(name)s> is not known here.") % {"name": node.name}) from None


def _name(tag: Tag) -> str:
    return f"{tag.name}#{tag.get('id', '')}"
