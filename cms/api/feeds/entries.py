"""What every form of a feed says: the newest documents of a kind with their whole text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils import translation

from cms.api.provenance import provenance_of
from cms.content.languages import in_path, languages
from cms.content.words import word
from cms.publications.addresses import API, page_url
from cms.publications.licences import address_of_licence

Json = dict[str, Any]

MOST = 20
"""Entries that a feed has at the most: the newest."""

FORMS = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}
"""Media type of each form, by the ending of its address."""

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_IMAGES = {"avif": "image/avif", "jpeg": "image/jpeg", "jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
_PICTURES = ("image", "portrait", "logo")


@dataclass(frozen=True)
class Enclosure:
    """The main image of a document, as a file to fetch."""

    address: str
    size: int
    media_type: str


@dataclass(frozen=True)
class Entry:
    """One document as feeds show it."""

    document: Json

    @property
    def key(self) -> str:
        """The same in every language and every form."""
        return str(self.document["id"])

    @property
    def title(self) -> str:
        """The document's title."""
        return printable(self.document["title"])

    @property
    def address(self) -> str:
        """Where people read it."""
        return str(self.document["_links"]["html"]["href"])

    @property
    def lead(self) -> str:
        """What it says in short, as plain text; empty for kinds without a lead."""
        return printable(self.document.get("lead") or "")

    @cached_property
    def html(self) -> str:
        """The whole text with its main image, facts and provenance; every address in it is absolute."""
        facts = {"document": self.document, "hub": settings.PUBLIC_URL, **provenance_of(self.document)}
        with translation.override(self.document["language"]):
            return printable(render_to_string("api/feed_text.html", facts)).strip()

    @property
    def published_at(self) -> datetime:
        """The date that readers see."""
        return datetime.fromisoformat(self.document["published_at"])

    @property
    def updated_at(self) -> datetime:
        """When it last changed in a way that matters; never before it was published."""
        return max(self.published_at, datetime.fromisoformat(self.document["updated_at"]))

    @property
    def credit(self) -> str:
        """How to name the source."""
        return printable(self.document["attribution"]["credit_line"] or settings.WAGTAIL_SITE_NAME)

    @property
    def licence(self) -> str:
        """The licence of the text as the editors name it; empty when they do not."""
        return printable(self.document["attribution"]["license"] or "")

    @property
    def licence_address(self) -> str | None:
        """Where that licence stands, when it is one that everybody knows."""
        return address_of_licence(self.licence)

    @property
    def topics(self) -> list[str]:
        """The titles of its topics that can be shown."""
        return [printable(topic["title"]) for topic in self.document.get("topics", []) if topic["language"]]

    @property
    def languages(self) -> list[tuple[str, str]]:
        """Its languages, and where people read them; its own comes last.

        Some readers of feeds take the first alternate for the entry's address, others the last.
        """
        own = self.document["language"]
        found = sorted(self.document["alternates"], key=lambda alternate: alternate["language"] == own)
        return [(alternate["language"], page_url(alternate["path"])) for alternate in found]

    @property
    def enclosure(self) -> Enclosure | None:
        """Its main image, if there is one whose size and type are known."""
        image = next((self.document[name] for name in _PICTURES if self.document.get(name)), None)
        return _enclosure(image) if image else None


@dataclass(frozen=True)
class Feed:
    """The newest of a kind in a language."""

    language: str
    kind: str
    form: str
    entries: list[Entry]
    changed_at: datetime
    """When the hub last changed: what an empty feed is dated by."""

    @property
    def title(self) -> str:
        """What readers of feeds see in their list."""
        return feed_title(self.language, self.kind)

    @property
    def about(self) -> str:
        """What the feed holds, in a sentence."""
        return word("feed", self.language)

    @property
    def home(self) -> str:
        """The front page of the language, for people."""
        return page_url(f"/{in_path(self.language)}")

    @property
    def address(self) -> str:
        """Where this feed is."""
        return feed_url(self.language, self.kind, self.form)

    @property
    def updated_at(self) -> datetime:
        """When anything in it last changed in a way that matters."""
        return max((entry.updated_at for entry in self.entries), default=self.changed_at)

    @property
    def elsewhere(self) -> list[tuple[str, str]]:
        """The same feed in the hub's other languages."""
        others = (language for language in languages() if language != self.language)
        return [(language, feed_url(language, self.kind, self.form)) for language in others]


def feed_url(language: str, kind: str, form: str) -> str:
    """Return where the feed of a kind is, in one of its forms."""
    return f"{settings.PUBLIC_URL}{API}/{in_path(language)}/feeds/{kind}.{form}"


def feed_title(language: str, kind: str) -> str:
    """Return the name of the feed of a kind, in its language."""
    return f"{settings.WAGTAIL_SITE_NAME}: {word(kind, language)}"


def printable(text: str) -> str:
    """Return a text without the signs that XML has no way to write, such as those that word processors leave."""
    return _NO_XML.sub("", text)


def _enclosure(image: Mapping[str, Any]) -> Enclosure | None:
    media_type = _IMAGES.get(image["src"].rpartition(".")[2].lower())
    size = _size_of(image["src"])
    return Enclosure(image["src"], size, media_type) if media_type and size else None


def _size_of(address: str) -> int | None:
    """Return the bytes of a picture of this hub; None when somebody took the file away."""
    try:
        return default_storage.size(address.partition(settings.MEDIA_URL)[2]) or None
    except OSError:
        return None
