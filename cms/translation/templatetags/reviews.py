"""The state of a review, for templates."""

from collections.abc import Mapping
from typing import Any

from django import template
from wagtail.models import Page

from cms.translation.comments import decided_by
from cms.translation.review import ReviewState, review_state

register = template.Library()


@register.inclusion_tag("translation/review.html", takes_context=True)
def review_panel(context: Mapping[str, Any], page: Page) -> dict[str, Any]:
    """Show where the page stands in its review, with the buttons that its reader may press."""
    user = context["request"].user
    state: ReviewState = review_state(page, user)
    return {
        "review": state,
        "page": page,
        "user": user,
        "taken": decided_by(user),
        "csrf_token": context.get("csrf_token"),
        "can_publish_here": context.get("own_publish"),
    }
