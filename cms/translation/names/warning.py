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
    more = len(found) - MOST
    if more > 0:
        found[MOST:] = [_("And %(count)d more.") % {"count": more}]
    said = _("Look at the names and terms. %(slips)s") % {"slips": " ".join(found)}
    messages.warning(request, said)


def _say(page: ContentPage) -> list[str]:
    """Return each slip once, with what editors call the field it stands in."""
    found = find_in_page(page, read_register())
    places = places_in(page, {each.path for each in found}) if found else {}
    return list(dict.fromkeys(f"{str(places[each.path]) or each.path}: {each.slip.sentence}" for each in found))
