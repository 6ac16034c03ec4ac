"""Every page that people can read, for search engines (sitemaps.org), each with its languages beside it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from io import StringIO
from itertools import groupby
from typing import NamedTuple
from uuid import UUID
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.utils.xmlutils import SimplerXMLGenerator

from cms.content.languages import in_path
from cms.publications.addresses import API, page_url
from cms.publications.filling import in_contract, in_order
from cms.publications.models import Publication, PublicationQuerySet

MOST = 10_000
"""Pages in one file. The protocol allows 50,000 and 50 MB: this many stay below both, however long their addresses."""

SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"

_PLAIN: "AttributesImpl[str]" = AttributesImpl({})


class Row(NamedTuple):
    """A published page as the database knows it."""

    key: UUID
    language: str
    path: str
    changed_at: datetime


class Place(NamedTuple):
    """A page, its languages and where each is read."""

    key: str
    address: str
    changed_at: str
    languages: dict[str, str]


def sitemap_url(language: str, page: int | None = None) -> str:
    """Return where the sitemap of a language is, or one page of it."""
    address = f"{settings.PUBLIC_URL}{API}/{in_path(language)}/sitemap.xml"
    return f"{address}?page={page}" if page else address


def count_pages(language: str) -> int:
    """Return into how many files the published pages of a language go; there is always one."""
    return max(1, -(-_published(language).count() // MOST))


def find_places(language: str, page: int) -> list[Place]:
    """Return the published pages of a language that belong into a file, in a steady order."""
    own = _published(language).order_by("key")[(page - 1) * MOST : page * MOST]
    rows = Publication.objects.published().filter(key__in=own.values("key")).order_by("key")
    found = map(Row._make, rows.values_list(*Row._fields))
    return [_place(language, list(group)) for _key, group in groupby(found, key=lambda row: row.key)]


def write_sitemap(places: Iterable[Place]) -> bytes:
    """Return a sitemap of these pages."""

    def write(xml: SimplerXMLGenerator) -> None:
        for place in places:
            xml.startElement("url", _PLAIN)
            xml.addQuickElement("loc", place.address)
            xml.addQuickElement("lastmod", place.changed_at)
            for language, address in place.languages.items():
                xml.addQuickElement("xhtml:link", "", {"rel": "alternate", "hreflang": language, "href": address})
            xml.endElement("url")

    return _document("urlset", {"xmlns": SITEMAPS, "xmlns:xhtml": XHTML}, write)


def write_index(language: str, pages: int) -> bytes:
    """Return where the files of a large sitemap are."""

    def write(xml: SimplerXMLGenerator) -> None:
        for page in range(1, pages + 1):
            xml.startElement("sitemap", _PLAIN)
            xml.addQuickElement("loc", sitemap_url(language, page))
            xml.endElement("sitemap")

    return _document("sitemapindex", {"xmlns": SITEMAPS}, write)


def _published(language: str) -> PublicationQuerySet:
    return Publication.objects.published().in_language(language)


def _place(language: str, rows: list[Row]) -> Place:
    known = {row.language: row for row in rows}
    languages = {other: page_url(known[other].path) for other in in_order(known)}
    return Place(str(known[language].key), languages[language], in_contract(known[language].changed_at), languages)


def _document(root: str, names: Mapping[str, str], write: Callable[[SimplerXMLGenerator], None]) -> bytes:
    written = StringIO()
    xml = SimplerXMLGenerator(written, "utf-8", short_empty_elements=True)
    xml.startDocument()
    xml.startElement(root, AttributesImpl(names))
    write(xml)
    xml.endElement(root)
    return written.getvalue().encode()
