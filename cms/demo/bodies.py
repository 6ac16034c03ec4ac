"""Turns an item's blocks into the stored form of a body in one language; block ids are the same in all of them."""

import json
from collections.abc import Callable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from cms.demo.links import linked, page_of
from cms.demo.media import document, image
from cms.demo.texts import Item, Node, key_of, say

Value = Any
Raw = dict[str, Any]


def body_of(item: Item, language: str) -> str:
    """Return the item's body in a language as JSON; a block without a text in it is left out."""
    blocks = [
        {"type": block["type"], "id": _id(item, block["id"]), "value": VALUES[block["type"]](item, block, language)}
        for block in item.said["body"]
        if _is_said(block, language)
    ]
    return json.dumps(blocks, cls=DjangoJSONEncoder)


def block_id(item: Item, name: str) -> str:
    """Return the id of a block, the same in every language and on every machine."""
    return _id(item, name)


def _is_said(block: Node, language: str) -> bool:
    texts = block.get("text")
    return not texts or language in texts


def _id(item: Item, *names: str) -> str:
    return str(key_of(item.kind, item.name, "body", *names))


def _list(item: Item, block: Node, values: list[Value]) -> list[Raw]:
    """Return values as a list stores them, each with an id."""
    return [
        {"type": "item", "id": _id(item, block["id"], str(number)), "value": value}
        for number, value in enumerate(values)
    ]


def _target(kind: str, name: str) -> str:
    return f"{kind}/{page_of(kind, name).translation_key}"


def _heading(_item: Item, block: Node, language: str) -> Value:
    return {"text": say(block["text"], language), "level": str(block["level"])}


def _paragraph(_item: Item, block: Node, language: str) -> Value:
    return linked(say(block["text"], language), language)


def _text_list(item: Item, block: Node, language: str) -> Value:
    texts = [f"<p>{text[language]}</p>" for text in block["items"]]
    return {"style": block["style"], "items": _list(item, block, texts)}


def _quote(_item: Item, block: Node, language: str) -> Value:
    empty = dict.fromkeys(("appointment", "name", "role", "original_language", "original_text"), "")
    return {"text": say(block["text"], language), "person": _target("people", block["person"]), **empty}


def _picture(said: Node, language: str) -> Value:
    return {
        "image": image(said["drawing"]).pk,
        "alt": say(said.get("alt"), language),
        "decorative": said.get("decorative", False),
        "caption": say(said.get("caption"), language),
    }


def _image(_item: Item, block: Node, language: str) -> Value:
    return _picture(block, language)


def _gallery(item: Item, block: Node, language: str) -> Value:
    pictures = [_picture(said, language) for said in block["images"]]
    return {"title": say(block["title"], language), "images": _list(item, block, pictures)}


def _fact_box(item: Item, block: Node, language: str) -> Value:
    facts = [text[language] for text in block["items"]]
    return {
        "title": say(block["title"], language),
        "text": linked(say(block["text"], language), language),
        "items": _list(item, block, facts),
    }


def _documents(item: Item, block: Node, language: str) -> Value:
    files = [document(name).pk for name in block["files"]]
    return {"title": say(block["title"], language), "documents": _list(item, block, files)}


def _video(_item: Item, block: Node, language: str) -> Value:
    return {"title": say(block["title"], language), "url": block["url"]}


def _contact(_item: Item, block: Node, language: str) -> Value:
    texts = {name: say(block.get(name), language) for name in ("name", "role", "organisation")}
    person = {"person": _target("people", block["person"])} if "person" in block else {}
    return {**texts, **person, "email": block.get("email", ""), "phone": "", "url": ""}


def _link_list(item: Item, block: Node, language: str) -> Value:
    links = [_link(said, language) for said in block["links"]]
    return {"title": say(block.get("title"), language), "links": _list(item, block, links)}


def _link(said: Node, language: str) -> Value:
    texts = {name: say(said.get(name), language) for name in ("title", "description")}
    if "item" in said:
        kind, _slash, name = said["item"].partition("/")
        return {**texts, "page": _target(kind, name), "url": ""}
    return {**texts, "url": said["url"]}


def _period(_item: Item, block: Node, language: str) -> Value:
    year, week, _day = block["start"].isocalendar()
    meant = {"week": f"{year}-W{week:02}"} if block["week"] else {}
    return {"label": say(block["label"], language), **meant, "start": block["start"], "end": block["end"]}


VALUES: dict[str, Callable[[Item, Node, str], Value]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "list": _text_list,
    "quote": _quote,
    "image": _image,
    "gallery": _gallery,
    "fact_box": _fact_box,
    "documents": _documents,
    "video": _video,
    "contact": _contact,
    "link_list": _link_list,
    "period": _period,
}
"""How each type of block is stored."""
