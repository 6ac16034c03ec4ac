"""Tells who saves a page whose translation was stopped what in it is still as in its source, or says something else."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from cms.content.blocks.dates import PeriodBlock
from cms.content.pages import ContentPage
from cms.translation.checks.markup import find_markup
from cms.translation.checks.numbers import find_numbers
from cms.translation.checks.segments import ALT, SAME_IN_EVERY_LANGUAGE
from cms.translation.checks.strings import find_left
from cms.translation.concordance.remembering import plain
from cms.translation.digests import strings
from cms.translation.names.register import read_register
from cms.translation.names.warning import first_of
from cms.translation.places import places_in
from cms.translation.sources import find_begun, find_source_of_stopped, find_upstream

NUMBER = re.compile(r"""\bid="([^"]*)\"""")
"""By which localize calls a link of a text."""


def warn(request: HttpRequest, page: Page) -> None:
    """Say which texts of the page, as it was just saved, its source has, too, and where links and numbers are others.

    What the editor's browser saves by itself is passed over. A constant number of queries.
    """
    if not isinstance(page, ContentPage) or not request.accepts("text/html"):
        return
    begun = find_begun(page)
    if begun is None or begun.enabled:
        return
    if found := list(dict.fromkeys(_find_same(page))):
        messages.warning(request, _("Look at what may not be translated. %(texts)s") % {"texts": first_of(found)})
    if found := list(dict.fromkeys(_find_changed(page))):
        sentence = _("Look at what is not as in the source. %(texts)s") % {"texts": first_of(found)}
        messages.warning(request, sentence)


def _find_same(page: ContentPage) -> Iterator[str]:
    """Yield each text that is the same as one of the source, with what editors call the field it stands in."""
    languages = {plain(html): each.language for each in find_upstream(page) for _path, html in strings(each)}
    same = [(path, plain(html)) for path, html in strings(page) if plain(html) in languages]
    places, register = places_in(page, {path for path, _text in same}), read_register() if same else ()
    for path, text in same:
        name = path.rpartition(".")[2]
        is_name, is_alt = name in SAME_IN_EVERY_LANGUAGE, name in ALT
        for finding in find_left(text, text, languages[text], page.language, register, is_name=is_name, is_alt=is_alt):
            yield f"{str(places[path]) or path}: {finding.sentence}"


def _find_changed(page: ContentPage) -> Iterator[str]:
    """Yield the fields whose links, numbers or days are not those of the same field of the source, as it is public."""
    source = find_source_of_stopped(page)
    if source is None:
        return
    found = [*_compare_texts(source, page), *_compare_days(source, page)]
    places = places_in(page, {path for path, _sentence in found})
    for path, sentence in found:
        yield f"{str(places[path]) or path}: {sentence}"


def _compare_texts(source: ContentPage, page: ContentPage) -> Iterator[tuple[str, str]]:
    theirs, ours = _read(source), _read(page)
    for path in (path for path in ours if path in theirs):
        one, other = theirs[path], ours[path]
        links = (each for each in find_markup(one.html, other.html) if each.code == "links")
        for finding in (*links, *find_numbers(one.text, other.text, source.language, page.language)):
            yield path, finding.sentence


def _compare_days(source: ContentPage, page: ContentPage) -> Iterator[tuple[str, str]]:
    theirs = dict(_read_days(source))
    for path, days in _read_days(page):
        if path in theirs and theirs[path] != days:
            yield path, _("The days are not those of the source.")


@dataclass
class _Field:
    """All texts of one field: paragraphs may be fewer or more than those of the source, and say the same."""

    texts: list[str] = field(default_factory=list)

    @property
    def html(self) -> str:
        """Their HTML, in which links say where they lead."""
        return " ".join(self.texts)

    @property
    def text(self) -> str:
        """What readers see of them."""
        return " ".join(plain(text) for text in self.texts)


def _read(page: ContentPage) -> Mapping[str, _Field]:
    fields: dict[str, _Field] = defaultdict(_Field)
    for segment in extract_segments(page):
        if isinstance(segment, StringSegmentValue):
            fields[segment.path].texts.append(_with_addresses(segment.string.data, segment.attrs or {}))
    return fields


def _read_days(page: ContentPage) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """Yield the days of each period: they are no text."""
    for stream in (each for each in page._meta.get_fields() if isinstance(each, StreamField)):
        for each in stream.value_from_object(page):
            if isinstance(each.block, PeriodBlock):
                yield f"{stream.name}.{each.id}", each.block.find_days(each.value)


def _with_addresses(html: str, attrs: Mapping[str, Mapping[str, Any]]) -> str:
    """Return a text whose links say where they lead; of pages and files only that: each language has its own."""
    return NUMBER.sub(lambda found: f'href="{_address(attrs.get(found[1], {}))}"', html)


def _address(link: Mapping[str, Any]) -> str:
    return escape(link.get("href") or link.get("linktype") or "")
