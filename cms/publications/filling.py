"""Stored documents in, public documents out: links are filled with what they lead to, when they are read.

Rendering never queries: `fill` asks once for everything the documents link to, and for their other languages.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
from django.conf import settings

from cms.content.html import render_block
from cms.content.languages import languages as known_languages
from cms.publications.addresses import item_url, page_url
from cms.publications.cards import role_at
from cms.publications.json_ld import json_ld
from cms.publications.models import READABLE, Publication, Status
from cms.publications.parts import WHOLE, Parts
from cms.publications.rows import Linked, read_linked
from cms.publications.trees import tree_of
from cms.publications.uses import TEXT_LINK, TEXT_LINK_ADDRESS, is_text_link, targets_of, use_of

FILLED_TOGETHER = ("person", "partner", "target", "contact", "html")
"""Fields of an object whose other fields depend on what they are filled with."""

OWN_ADDRESS = re.compile(r'hub:/(?:(?<="hub:/)|(?<=, hub:/)|(?<=^hub:/))(?!@)')
"""A place in this hub at the beginning of an attribute, of a string, or behind another one in a list of sizes."""

Json = dict[str, Any]


@dataclass(frozen=True)
class Filled:
    """Public documents, and what is known of them without looking inside.

    `alternates` are language and address of the first document in all its languages. `keys` are those of each document,
    card and link in a text, `languages` those of documents, cards and words as they were said, once, in order of
    appearance; at `next_change_at` time alone will change one of them.
    """

    documents: list[Json]
    alternates: tuple[tuple[str, str], ...]
    keys: tuple[str, ...]
    languages: tuple[str, ...]
    next_change_at: datetime | None


def fill(
    rows: Iterable[Publication], requested_language: str, fallback: Sequence[str] = (), parts: Parts = WHOLE
) -> Filled:
    """Return the public documents of these publications, in their order, with their links filled."""
    stored = [(row, _parse(row, parts)) for row in rows]
    keys = {str(row.key) for row, _document in stored}
    for _row, document in stored:
        targets_of(document, keys)
    shelf = _Shelf(keys, requested_language, fallback)
    documents = [_Filler(row, document, shelf, parts).public() for row, document in stored]
    return Filled(
        documents,
        shelf.alternates_of(str(stored[0][0].key)) if stored else (),
        tuple(shelf.keys),
        tuple(filter(None, shelf.languages)),
        shelf.find_next_change(),
    )


def fill_each(rows: Collection[Publication], parts: Parts = WHOLE) -> Filled:
    """Return the documents of these publications, in their order, each strictly in its own language."""
    by_language: dict[str, list[Publication]] = {}
    for row in rows:
        by_language.setdefault(row.language, []).append(row)
    filled = {language: fill(some, language, parts=parts) for language, some in by_language.items()}
    waiting = {language: iter(some.documents) for language, some in filled.items()}
    return Filled(
        [next(waiting[row.language]) for row in rows],
        (),
        tuple(dict.fromkeys(key for some in filled.values() for key in some.keys)),
        tuple(dict.fromkeys(language for some in filled.values() for language in some.languages)),
        min((some.next_change_at for some in filled.values() if some.next_change_at), default=None),
    )


def _parse(row: Publication, parts: Parts) -> Json:
    document: Json = orjson.loads(_with_own_address(row.document))
    return parts.needed_of(document)


class _Shelf:
    """What the documents link to, and their own other languages, read in one query; knows what was taken from it."""

    def __init__(self, keys: Collection[str], requested_language: str, fallback: Sequence[str]) -> None:
        self.requested_language = requested_language
        self.chain = list(dict.fromkeys([requested_language, *fallback]))
        self.cards: dict[tuple[Any, ...], Json] = {}
        self.keys: dict[str, None] = {}
        self.languages: dict[str | None, None] = {}
        self.by_key: dict[str, dict[str, Linked]] = {}
        self.tombstones: set[str] = set()
        found = list(read_linked(keys, requested_language))
        order = {language: place for place, language in enumerate(in_order({row.language for row in found}))}
        for row in sorted(found, key=lambda row: order[row.language]):
            if row.status in READABLE:
                self.by_key.setdefault(row.key, {})[row.language] = row
            else:
                self.tombstones.add(row.key)

    def in_best_language(self, key: str) -> Linked | None:
        """Return a key in the first language of the chain that has it; a fallback never turns a tombstone into text."""
        if key in self.tombstones:
            return None
        languages = self.by_key.get(key, {})
        return next((languages[language] for language in self.chain if language in languages), None)

    def languages_of(self, key: str) -> list[Linked]:
        """Every language of a key, in the order of the hub's languages."""
        return list(self.by_key.get(key, {}).values())

    def alternates_of(self, key: str) -> tuple[tuple[str, str], ...]:
        """Return every language of a key with the address at which the API serves it."""
        return tuple((row.language, item_url(row.language, row.kind, row.key)) for row in self.languages_of(key))

    def title_of(self, key: str, language: str) -> str | None:
        """Return what something is called in a language, if it is published in it and was not taken back."""
        row = None if key in self.tombstones else self.by_key.get(key, {}).get(language)
        return row.title if row else None

    def show(self, key: str, language: str | None) -> None:
        """Remember what is shown."""
        self.keys[key] = None
        self.languages[language] = None

    def card(self, pointer: Json, target: Linked) -> Json:
        """Return the card of what a pointer leads to; many documents show the same ones."""
        name = (pointer["id"], pointer.get("at"), pointer.get("appointment"))
        if name not in self.cards:
            shown: Json = orjson.loads(target.card)
            self.cards[name] = {
                "kind": target.kind,
                "id": pointer["id"],
                "language": target.language,
                "is_fallback": target.language != self.requested_language,
                "title": shown["title"],
                "path": shown["path"],
                "url": item_url(target.language, target.kind, pointer["id"]),
                **_more(shown, pointer),
            }
        return self.cards[name]

    def find_next_change(self) -> datetime | None:
        """Return when time alone will change something that is shown."""
        rows = [row for key in self.keys for row in self.by_key.get(key, {}).values()]
        return min((row.next_change_at for row in rows if row.next_change_at), default=None)


class _Filler:
    """Fills one document."""

    def __init__(self, row: Publication, document: Json, linked: _Shelf, parts: Parts) -> None:
        self.row = row
        self.document = document
        self.linked = linked
        self.parts = parts

    def public(self) -> Json:
        row, requested, parts = self.row, self.linked.requested_language, self.parts
        key = str(row.key)
        self.linked.show(key, row.language)
        if "featured" in self.document:
            self.document["featured"] = [link for link in self.document["featured"] if self._stands(link)]
        document = self._fill_object(self.document)
        match document:
            case {"attribution": {"credit_line": None, "partner": {"id": partner}} as attribution}:
                # The card may be in another language than the text that this line stands below.
                attribution["credit_line"] = self.linked.title_of(partner, row.language)
        served = {
            "requested_language": requested,
            "is_fallback": row.language != requested,
            "status": row.status,
            "notice": self._notice(),
            "alternates": [_alternate(other) for other in self.linked.languages_of(key)],
            "_links": {
                "self": {"href": item_url(row.language, row.kind, key)},
                "html": {"href": page_url(str(row.path))},
            },
        }
        if row.kind == "home" and parts.want_nodes:
            served["text_nodes"] = self._nodes(self.document["text"])
        if parts.want_html:
            served["html"] = _whole(document.get("body"))
        if parts.want_json_ld:
            served["json_ld"] = json_ld(document | served)
        return parts.wanted_of(document | served)

    def _stands(self, link: Json) -> bool:
        """Whether readers may be led to it: what was withdrawn can be read, but nobody puts it first."""
        target = self.linked.in_best_language(link["id"])
        return target is None or target.status != Status.WITHDRAWN

    def _notice(self) -> Json | None:
        if self.row.notice and self.row.notice_at:
            return {"text": self.row.notice, "at": in_contract(self.row.notice_at)}
        notice: Json | None = self.document.get("notice")
        return notice

    def _fill(self, part: Any) -> Any:
        if isinstance(part, str):
            return TEXT_LINK.sub(self._link_in_text, part) if "hub:/@" in part else part
        if isinstance(part, dict):
            if "pointer" in part:
                return self._card(part)
            return self._text_link(part) if is_text_link(part) else self._fill_object(part)
        if isinstance(part, list):
            return [filled for filled in map(self._fill, part) if filled is not None]
        return part

    def _fill_object(self, part: Json) -> Any:
        filled = {
            name: self._fill(value) if value and (type(value) is not str or "hub:/@" in value) else value
            for name, value in part.items()
        }
        if self.parts.want_nodes:
            filled |= {name: self._nodes(text) for name, text in _rich_texts(part)}
        if part.keys().isdisjoint(FILLED_TOGETHER):
            return filled
        if part.get("original"):
            self.linked.languages[part["original"]["language"]] = None
        match part, filled:
            case {"partner": {"pointer": _}, "joined": _}, {"partner": None}:
                return None  # a member that nobody may see is no member of the list
            case {"person": {"pointer": _}, "party": _}, _:
                return _speaker(filled)
            case {"person": {"pointer": _}, "email": _}, _:
                return _contact(filled)
            case {"target": {"pointer": _}, "url": None}, {"target": None}:
                return None
            case {"type": "contact"}, {"contact": None}:
                return None
            case {"type": str(), "html": ""}, _:
                filled["html"] = _with_own_address(render_block(filled, self.row.language))
        return filled

    def _card(self, pointer: Json) -> Json | None:
        target = self.linked.in_best_language(pointer["id"])
        if target is None:
            return self._missing(pointer)
        self.linked.show(pointer["id"], target.language)
        return self.linked.card(pointer, target)

    def _missing(self, pointer: Json) -> Json | None:
        """Say in which languages it could be had; nothing at all when it is nowhere."""
        elsewhere = [row.language for row in self.linked.languages_of(pointer["id"])]
        if not elsewhere:
            return None
        self.linked.show(pointer["id"], None)
        return {"kind": pointer["pointer"], "id": pointer["id"], "language": None, "available_languages": elsewhere}

    def _text_link(self, link: Json) -> Json | None:
        target = self._led_to(link["id"])
        if target is None:
            return link if self.linked.languages_of(link["id"]) else None
        return link | {"path": target.path, "url": item_url(target.language, target.kind, target.key)}

    def _link_in_text(self, link: re.Match[str]) -> str:
        target = self._led_to(link["key"])
        if target is None:
            return link["text"]
        return f'<a href="{page_url(target.path)}{link["fragment"] or ""}">{link["text"]}</a>'

    def _led_to(self, key: str) -> Linked | None:
        """Return what a link inside a text leads to; it shows where that is, and none of its words."""
        target = self.linked.in_best_language(key)
        if self.linked.languages_of(key):
            self.linked.show(key, None)
        return target

    def _nodes(self, text: str | list[str] | None) -> Any:
        if isinstance(text, list):
            return [self._nodes(one) for one in text]
        return None if text is None else tree_of(text, self._link_in_tree)

    def _link_in_tree(self, address: str) -> Json | None:
        link = TEXT_LINK_ADDRESS.fullmatch(address)
        if link:
            found = self._text_link({"kind": link["kind"], "id": link["key"], "path": None, "url": None})
            return found and {"type": "link", **found, "contact": None}
        place = "contact" if address.startswith(("mailto:", "tel:")) else "url"
        nowhere = {"type": "link", "kind": None, "id": None, "path": None, "url": None, "contact": None}
        return {**nowhere, place: _with_own_address(address)}


def _rich_texts(part: Json) -> Iterator[tuple[str, Any]]:
    """Yield the rich texts of an object, each with the name of the field for its tree."""
    match part:
        case {"type": "paragraph", "html": html}:
            yield "nodes", html
        case {"type": "list", "items": items}:
            yield "items_nodes", items
        case {"type": "fact_box", "text": text} | {"from": _, "to": _, "text": text}:
            yield "text_nodes", text


def _whole(body: list[Json] | None) -> str | None:
    """Return a body as one text."""
    return None if body is None else "".join(block["html"] for block in body)


def _with_own_address(text: str) -> str:
    """Write out the addresses that lead into this hub."""
    return OWN_ADDRESS.sub(f"{settings.PUBLIC_URL}/", text)


def _more(card: Json, pointer: Json) -> Json:
    match card:
        case {"appointments": _}:
            use = use_of(pointer)
            return role_at(card, use.at, use.appointment)
        case {"code": code}:
            return {"code": code}
    return {}


def _speaker(speaker: Json) -> Json | None:
    """Fill a speaker from the card; a hidden person is hidden, name and all."""
    card = speaker["person"]
    if not card or card["language"] is None:
        return None
    return {"name": card["title"], "role": card["role"], "party": card["party"], "person": card}


def _contact(contact: Json) -> Json | None:
    card = contact["person"]
    if card and card["language"]:
        known = {"name": card["title"], "role": card["role"], "organisation": card["organisation"]}
        return contact | {name: contact[name] or value for name, value in known.items()}
    reachable = any(contact[name] for name in ("email", "phone", "url", "name"))
    return contact if reachable else None


def _alternate(row: Linked) -> Json:
    return {
        "language": row.language,
        "url": item_url(row.language, row.kind, row.key),
        "path": row.path,
        "title": row.title,
    }


def in_contract(moment: datetime) -> str:
    """Return a time as the contract writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def in_order(languages: Iterable[str]) -> list[str]:
    """Return languages as the hub lists them; those it no longer has come last."""
    order = {language: place for place, language in enumerate(known_languages())}
    return sorted(languages, key=lambda language: (order.get(language, len(order)), language))
