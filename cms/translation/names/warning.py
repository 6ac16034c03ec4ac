"""Tells editors, when they have saved a page, which names and terms the register writes otherwise."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.content.pages import ContentPage
from cms.translation.names.linting import find_in_page
from cms.translation.names.register import read_register
from cms.translation.places import places_in

MOST = 5
"""Slips that are told one by one."""


def warn(request: HttpRequest, page: Page) -> None:
    """Say where the page, as it was just saved, has a wrong form, and what the right one is.

    What the editor's browser saves by itself is passed over: nobody would read what is said of it. A constant number
    of queries.
    """
    if not isinstance(page, ContentPage) or not request.accepts("text/html"):
        return
    found = _say(page)
    if not found:
        return
    messages.warning(request, _("Look at the names and terms. %(slips)s") % {"slips": first_of(found)})


def first_of(sentences: list[str]) -> str:
    """Return so many of the sentences as somebody reads, and how many more there are."""
    more = len(sentences) - MOST
    rest = [_("And %(count)d more.") % {"count": more}] if more > 0 else []
    return " ".join([*sentences[:MOST], *rest])


def _say(page: ContentPage) -> list[str]:
    """Return each slip once, with what editors call the field it stands in."""
    found = find_in_page(page, read_register())
    places = places_in(page, {each.path for each in found}) if found else {}
    return list(dict.fromkeys(f"{str(places[each.path]) or each.path}: {each.slip.sentence}" for each in found))
