"""What the admin shows, and lets somebody do, of pages that are hidden from them: nothing, at whichever address."""

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.query import PageQuerySet

from cms.content.languages import name_of
from cms.translation.reading import hidden_pages

NAMES_OF_PAGES = ("page_id", "page_pk", "page_to_move_id", "parent_page_id", "destination_id")
"""How the admin's addresses name a page."""


def hide(request: HttpRequest, arguments: dict[str, Any]) -> HttpResponse | None:
    """Say that its source may not be read, in place of a page that an address of the admin names; or nothing."""
    numbers = {int(arguments[name]) for name in NAMES_OF_PAGES if name in arguments}
    hidden = numbers & hidden_pages(request.user) if numbers else numbers
    page = Page.objects.filter(pk__in=hidden).select_related("locale").first() if hidden else None
    if page is None:
        return None
    context = {"target_name": name_of(page.locale.language_code)}
    return TemplateResponse(request, "translation/hidden.html", context, status=403)


class PagePolicy(PagePermissionPolicy):
    """Wagtail's rights on pages, without the pages that are hidden from somebody."""

    def instances_user_has_any_permission_for(self, user: Any, actions: Collection[str]) -> PageQuerySet:
        """Return the pages on which somebody has one of these rights."""
        pages: PageQuerySet = super().instances_user_has_any_permission_for(user, actions)
        hidden = hidden_pages(user)
        return pages.exclude(pk__in=hidden) if hidden else pages

    def user_has_any_permission_for_instance(self, user: Any, actions: Collection[str], instance: Page) -> bool:
        """Whether somebody has one of these rights on a page."""
        is_hidden = instance.pk in hidden_pages(user)
        return not is_hidden and bool(super().user_has_any_permission_for_instance(user, actions, instance))
