"""Running text: what editors may do in it, and how it leaves the house."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import nh3
from django.contrib.contenttypes.models import ContentType
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.rich_text.rewriters import extract_attrs

from cms.content.documents import declaration_of, is_declared
from frontend_contract.models.links import TextLink

FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]
"""Headings, pictures and quotes are blocks of their own."""

INLINE = ["bold", "italic", "link"]

SCHEMES = {"http", "https", "mailto", "tel"}
TAGS = {"a", "b", "br", "em", "i", "li", "ol", "p", "strong", "ul"}

_CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes={"a": {"href"}},
    url_schemes=SCHEMES | {"hub"},
    url_relative="deny",
    link_rel="noopener noreferrer",
)
_OPENING_LINK = re.compile(r"<a\b([^>]*)>", re.IGNORECASE)
_LINK_TO_NOWHERE = re.compile(r"<a(?: rel=\"[^\"]*\")?>(.*?)</a>", re.DOTALL)
_LINK_TO_DOCUMENT = re.compile(r'href="hub:/@([a-z]+)/([0-9a-f-]{36})"')
_EMPTY_PARAGRAPH = re.compile(r"<p>\s*</p>")

Target = tuple[str, UUID]


@dataclass(frozen=True)
class Targets:
    """What is behind the links of texts: kind and key of pages, addresses of files, both by primary key."""

    pages: Mapping[str, Target]
    documents: Mapping[str, str]


def find_targets(sources: Iterable[str]) -> Targets:
    """Find what is behind the links of many texts, in two queries."""
    links = [extract_attrs(match[1]) for source in sources for match in _OPENING_LINK.finditer(source)]
    return Targets(_find_pages(links), _find_documents(links))


def public_html(source: str, targets: Targets | None = None) -> str:
    """Return what the editor wrote as HTML that is safe on any site, links to pages by key.

    A link that leads nowhere, or to where no link may lead, becomes plain text. What is not among the `targets` leads
    nowhere; without them it is looked up.
    """
    behind = targets or find_targets([source])

    def rewrite(match: re.Match[str]) -> str:
        attributes = extract_attrs(match[1])
        match attributes.get("linktype"):
            case "page":
                target = behind.pages.get(attributes.get("id", ""))
                return f'<a href="hub:/@{target[0]}/{target[1]}">' if target else "<a>"
            case "document":
                address = behind.documents.get(attributes.get("id", ""))
                return f'<a href="hub:{address}">' if address else "<a>"
            case _:
                href = attributes.get("href", "")
                return "<a>" if href.lower().lstrip().startswith("hub:") else match[0]

    return clean_html(_OPENING_LINK.sub(rewrite, source))


def clean_html(html: str) -> str:
    """Return HTML with nothing in it but text, emphasis, lists and harmless links."""
    return _EMPTY_PARAGRAPH.sub("", _LINK_TO_NOWHERE.sub(r"\1", _CLEANER.clean(html))).strip()


def inline_html(html: str) -> str:
    """Return the text of one paragraph without its `<p>`."""
    return re.sub(r"</?p>", "", re.sub(r"</p>\s*<p>", "<br>", html)).strip()


def links_in(html: str) -> list[TextLink]:
    """Return the documents that a text links to, each once; path and address are filled when read."""
    found = dict.fromkeys(_LINK_TO_DOCUMENT.findall(html))
    return [TextLink.model_validate({"kind": kind, "id": key, "path": None, "url": None}) for kind, key in found]


def _ids(links: Iterable[Mapping[str, str]], linktype: str) -> list[str]:
    found = (link.get("id", "") for link in links if link.get("linktype") == linktype)
    return [pk for pk in found if pk.isdecimal()]


def _find_pages(links: Iterable[Mapping[str, str]]) -> dict[str, Target]:
    """Return kind and key of the pages linked to, by primary key; pages that are no document are left out."""
    wanted = _ids(links, "page")
    rows = Page.objects.filter(pk__in=wanted).values_list("pk", "translation_key", "content_type") if wanted else []
    models = {pk: ContentType.objects.get_for_id(content_type).model_class() for pk, _key, content_type in rows}
    return {
        str(pk): (declaration_of(model).kind, key)
        for pk, key, _content_type in rows
        if (model := models[pk]) and is_declared(model)
    }


def _find_documents(links: Iterable[Mapping[str, str]]) -> dict[str, Any]:
    wanted = _ids(links, "document")
    documents = get_document_model().objects.filter(pk__in=wanted) if wanted else []
    return {str(document.pk): document.url for document in documents}
