"""Tells who saves a page whose translation was stopped which of its texts are still as in its source."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.content.pages import ContentPage
from cms.translation.checks.segments import ALT, SAME_IN_EVERY_LANGUAGE
from cms.translation.checks.strings import find_left
from cms.translation.concordance.remembering import plain
from cms.translation.digests import strings
from cms.translation.names.register import read_register
from cms.translation.names.warning import first_of
from cms.translation.places import places_in
from cms.translation.sources import find_begun, find_upstream


def warn(request: HttpRequest, page: Page) -> None:
    """Say which texts of the page, as it was just saved, may have been left as its source has them.

    What the editor's browser saves by itself is passed over. A constant number of queries.
    """
    if not isinstance(page, ContentPage) or not request.accepts("text/html"):
        return
    begun = find_begun(page)
    if begun is None or begun.enabled:
        return
    found = list(dict.fromkeys(_say(page)))
    if found:
        messages.warning(request, _("Look at what may not be translated. %(texts)s") % {"texts": first_of(found)})


def _say(page: ContentPage) -> Iterator[str]:
    """Yield each text that is the same as one of the source, with what editors call the field it stands in."""
    languages = {plain(html): each.language for each in find_upstream(page) for _path, html in strings(each)}
    same = [(path, plain(html)) for path, html in strings(page) if plain(html) in languages]
    places, register = places_in(page, {path for path, _text in same}), read_register() if same else ()
    for path, text in same:
        field = path.rpartition(".")[2]
        is_name, is_alt = field in SAME_IN_EVERY_LANGUAGE, field in ALT
        for finding in find_left(text, text, languages[text], page.language, register, is_name=is_name, is_alt=is_alt):
            yield f"{str(places[path]) or path}: {finding.sentence}"
