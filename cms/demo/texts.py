"""Reads the demo's texts: one TOML file per item, every text side by side in the languages it exists in."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

FOLDER = Path(__file__).parent
NAMESPACE = uuid5(NAMESPACE_URL, "https://misto.example/demo")

Node = Mapping[str, Any]


def key_of(*names: str) -> UUID:
    """Return the key that these names stand for, the same on every machine."""
    return uuid5(NAMESPACE, "/".join(names))


def say(texts: Mapping[str, str] | None, language: str) -> str:
    """Return a text in a language; empty when there is none."""
    return (texts or {}).get(language, "")


@dataclass(frozen=True)
class Item:
    """Something that is loaded: its texts, and what is to become of its translations."""

    said: Node

    @property
    def name(self) -> str:
        """What other items call it."""
        return str(self.said["name"])

    @property
    def kind(self) -> str:
        """Its kind."""
        return str(self.said["kind"])

    @property
    def key(self) -> UUID:
        """Its key."""
        return key_of(self.kind, self.name)

    @property
    def section(self) -> str:
        """The partner in whose section it lies; empty for what lies below the home."""
        return str(self.said["section"])

    @property
    def source(self) -> str:
        """The language it was first written in."""
        return str(self.said["source"])

    @property
    def published_at(self) -> datetime:
        """The date readers see."""
        published: datetime = self.said["published"]
        return published

    @property
    def translations(self) -> list[str]:
        """The languages it is published in beside its source, in the order in which they are made."""
        return list(self.said["translations"])

    @property
    def half_done(self) -> str | None:
        """The language whose translation was begun and not finished."""
        return self.said.get("half_done")

    @property
    def stale(self) -> str | None:
        """The language that was translated before the source was published anew."""
        return self.said.get("stale")

    @property
    def machine(self) -> str | None:
        """The language that a machine translated and nobody reviewed."""
        return self.said.get("machine")

    @property
    def is_extended(self) -> bool:
        """Whether something was added to it after it was first published."""
        return any(block.get("later") for block in self.said.get("body", ()))

    def source_of(self, language: str) -> str:
        """Return the language that a translation is made from."""
        return str(self.said.get("translated_from", {}).get(language, self.source))

    def before_it_was_extended(self) -> "Item":
        """Return the item as it was first published."""
        if not self.is_extended:
            return self
        body = [block for block in self.said["body"] if not block.get("later")]
        first = {name: value for name, value in self.said.items() if name != "change_note"}
        return Item({**first, "body": body})


@cache
def items() -> tuple[Item, ...]:
    """Return every item, those first that others point to."""
    read = [Item(read_toml(file)) for file in sorted((FOLDER / "items").glob("*.toml"))]
    return tuple(sorted(read, key=lambda item: (ORDER.index(item.kind), item.published_at)))


@cache
def item(name: str, kind: str | None = None) -> Item:
    """Return the item of a name; a partner and a partnership may share one."""
    found = [item for item in items() if item.name == name and kind in (None, item.kind)]
    if len(found) != 1:
        raise LookupError(f"{len(found)} items are called {name}")
    return found[0]


def topics() -> Node:
    """Return the labels of each topic by its code."""
    return read_toml(FOLDER / "topics.toml")


def partner_files() -> list[Path]:
    """Return the partners' declarations."""
    return [FOLDER / "partners" / f"{name}.toml" for name in ("umea", "kherson", "vaasa", "icld")]


def read_toml(file: Path) -> dict[str, Any]:
    """Return what a file says."""
    return tomllib.loads(file.read_text(encoding="utf-8"))


ORDER = ("partners", "people", "partnerships", "news", "pages", "home")
"""The order in which items are loaded: what is pointed to comes first."""
