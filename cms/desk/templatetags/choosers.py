"""Where one is in the window of a chooser, for its template."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.urls import reverse
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail.query import PageQuerySet

from cms.content.sight import visible, without_words_of_others

register = template.Library()


@register.simple_tag(takes_context=True)
def way_to(context: Mapping[str, Any], page: Page, query: str) -> list[dict[str, str]]:
    """Return the pages above a page, each called as the reader may see it: Wagtail's tag calls all as their drafts."""
    user = context["request"].user
    root = page_permission_policy.explorable_root_instance(user)
    if root is None:
        return []
    above: PageQuerySet = visible(page.get_ancestors().descendant_of(root, inclusive=True), user)
    return [
        {
            "url": reverse("wagtailadmin_choose_page_child", args=[one.pk]) + query,
            "label": without_words_of_others(one, user).get_admin_display_title(),
        }
        for one in above.specific(defer=True)
    ]
