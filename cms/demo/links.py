"""Finds what items point to."""

import re

from wagtail.models import Page

from cms.content.pages import ContentPage
from cms.demo.texts import item, key_of

LINK = re.compile(r'<a item="([a-z]+)/([a-z0-9-]+)">')


class MissingItemError(LookupError):
    """What is pointed to is not there; the order of loading is wrong."""


def page_of(kind: str, name: str) -> ContentPage:
    """Return the page that is pointed to, in the language it was first written in."""
    language = None if kind == "topics" else item(name, kind).source
    pages = Page.objects.filter(translation_key=key_of(kind, name)).order_by("pk")
    found = (pages.filter(locale__language_code=language) if language else pages).first()
    if found is None:
        raise MissingItemError(f"{kind}/{name}")
    page: ContentPage = found.specific
    return page


def linked(html: str, language: str) -> str:
    """Return text whose links lead to pages, as Wagtail stores them."""
    return LINK.sub(lambda match: f'<a linktype="page" id="{page_of(match[1], match[2]).pk}">', html)
