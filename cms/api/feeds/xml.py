"""RSS 2.0 and Atom (RFC 4287), on Django's generators: what these leave out is added."""

from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape
from io import StringIO
from typing import Any, cast

from django.utils import feedgenerator
from django.utils.xmlutils import SimplerXMLGenerator

from cms.api.feeds.entries import FORMS, Entry, Feed

Json = dict[str, Any]

CONTENT = "http://purl.org/rss/1.0/modules/content/"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"


def write_rss(feed: Feed) -> bytes:
    """Return the feed as RSS 2.0."""
    made = _Rss(**_said_of(feed))
    for entry in feed.entries:
        made.add_item(**_said_of_entry(entry), unique_id=entry.key, unique_id_is_permalink=False)
    return _written(made)


def write_atom(feed: Feed) -> bytes:
    """Return the feed as Atom."""
    made = _Atom(**_said_of(feed), subtitle=feed.about)
    for entry in feed.entries:
        said = _said_of_entry(entry)
        rights = " – ".join(filter(None, [entry.licence, entry.credit]))
        dates = {"pubdate": _naive(entry.published_at), "updateddate": _naive(entry.updated_at)}
        made.add_item(**said | dates, unique_id=f"urn:uuid:{entry.key}", item_copyright=rights)
    return _written(made)


class _Rss(feedgenerator.Rss201rev2Feed):
    """RSS 2.0 with the whole text, the other languages and the licence."""

    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), "xmlns:content": CONTENT, "xmlns:dc": DUBLIN_CORE}

    def latest_post_date(self) -> datetime:
        """Return a time that is the same each time: Django would take the clock for an empty feed."""
        return cast(datetime, self.feed["updated_at"])

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        _link_languages(handler, "atom:link", FORMS["rss"], self.feed["elsewhere"])

    def add_item_elements(self, handler: SimplerXMLGenerator, item: Json) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["html"])
        if item["licence"]:
            handler.addQuickElement("dc:rights", item["licence"])
        _link_licence(handler, "atom:link", item)
        _link_languages(handler, "atom:link", "text/html", item["languages"])


class _Atom(feedgenerator.Atom1Feed):
    """Atom with the whole text, the other languages and the licence."""

    def latest_post_date(self) -> datetime:
        """Return a time that is the same each time: Django would take the clock for an empty feed."""
        return _naive(self.feed["updated_at"])

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        _link_languages(handler, "link", FORMS["atom"], self.feed["elsewhere"])

    def add_item_elements(self, handler: SimplerXMLGenerator, item: Json) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["html"], {"type": "html"})
        _link_licence(handler, "link", item)
        _link_languages(handler, "link", "text/html", item["languages"])


def _said_of(feed: Feed) -> Json:
    return {
        "title": feed.title,
        "link": feed.home,
        "description": feed.about,
        "language": feed.language,
        "feed_url": feed.address,
        "feed_guid": feed.address,
        "author_name": "Misto",
        "updated_at": feed.updated_at,
        "elsewhere": feed.elsewhere,
    }


def _said_of_entry(entry: Entry) -> Json:
    found = entry.enclosure
    enclosures = [feedgenerator.Enclosure(found.address, str(found.size), found.media_type)] if found else []
    return {
        "title": entry.title,
        "link": entry.address,
        "description": escape(entry.lead, quote=False) if entry.lead else None,  # readers take it for HTML
        "author_name": entry.credit,
        "pubdate": entry.published_at,
        "updateddate": entry.updated_at,
        "categories": entry.topics,
        "enclosures": enclosures,
        "html": entry.html,
        "licence": entry.licence,
        "licence_address": entry.licence_address,
        "languages": entry.languages,
    }


def _link_languages(
    handler: SimplerXMLGenerator, element: str, media_type: str, addresses: Iterable[tuple[str, str]]
) -> None:
    for language, address in addresses:
        link = {"rel": "alternate", "type": media_type, "hreflang": language, "href": address}
        handler.addQuickElement(element, "", link)


def _link_licence(handler: SimplerXMLGenerator, element: str, item: Json) -> None:
    """Link the licence (RFC 4946)."""
    if item["licence_address"]:
        handler.addQuickElement(element, "", {"rel": "license", "href": item["licence_address"]})


def _written(made: feedgenerator.SyndicationFeed) -> bytes:
    written = StringIO()
    made.write(written, "utf-8")
    return written.getvalue().encode()


def _naive(moment: datetime) -> datetime:
    """Return a time as Django has to be given it to write `Z`."""
    return moment.astimezone(UTC).replace(tzinfo=None)
