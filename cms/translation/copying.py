"""Copies of pages: of what was written here, never of a translation.

Wagtail gives a copy a key of its own. Under that key there is no text that it was made from: the copy of a translation
would pass for an original, whoever or whatever had translated it, and nobody would be told that its source has changed.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms.translation.reading import is_translated


def refuse(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say why a page is not copied, if it is a translation or is to be copied together with one, and copy nothing."""
    if _has_translations(Page.objects.filter(pk=page.pk)):
        messages.error(request, _of_itself())
    elif request.POST.get("copy_subpages") and _has_translations(page.get_descendants()):
        messages.error(request, _of_those_below())
    else:
        return None
    return redirect("wagtailadmin_pages:edit", page.pk)


def _has_translations(pages: PageQuerySet) -> bool:
    return bool(pages.filter(is_translated()).exists())


def _of_itself() -> str:
    return _(
        "A translation is not copied: the copy could not say how its text came about. "
        "Copy the text it was made from, and have the copy translated."
    )


def _of_those_below() -> str:
    return _("Translations are among the pages below this one, and they are not copied. Copy it without those pages.")
