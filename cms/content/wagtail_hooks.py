"""What Wagtail's admin is told of our content."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Page

from cms.content.choosers import KindChooserViewSet, choosers, find_language_being_written


@hooks.register("register_admin_viewset")
def register_choosers() -> list[KindChooserViewSet]:
    """Let pages be chosen by kind."""
    return choosers()


@hooks.register("before_edit_page")
def tell_form_when_editing(request: HttpRequest, page: Page) -> None:
    """Give the page's form the reasons why publishing was refused a moment ago."""
    page.publishing_refused = getattr(request, "publishing_refused", None)


@hooks.register("before_create_page")
def tell_form_when_creating(request: HttpRequest, parent: Page, page_class: Any) -> None:
    """Give the new page's form the same, by way of its parent: the page itself is not made yet."""
    parent.publishing_refused = getattr(request, "publishing_refused", None)


@hooks.register("construct_page_chooser_queryset")
def offer_links_in_the_language_being_written(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """Narrow what a link in running text can lead to; a chosen page means its translation in other languages."""
    language = find_language_being_written(request)
    return pages.filter(locale__language_code=language) if language else pages
