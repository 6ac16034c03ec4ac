"""What the form of a page shows whose translation was stopped."""

from collections.abc import Mapping
from typing import Any

from django import template
from wagtail.models import Page

from cms.content.languages import name_of
from cms.content.pages import ContentPage
from cms.translation.source_changes import find_change
from cms.translation.sources import find_begun

register = template.Library()


@register.inclusion_tag("translation/stopped.html", takes_context=True)
def stopped_translation(context: Mapping[str, Any], page: Page) -> Mapping[str, Any]:
    """Show what the browser keeps of its workbench, and what its source says otherwise by now."""
    begun = find_begun(page) if isinstance(page, ContentPage) else None
    if begun is None or begun.enabled:
        return {}
    language = begun.source.locale.language_code
    return {
        "request": context["request"],
        "translation": begun,
        "source_language": language,
        "source_name": name_of(language),
        "target_language": page.language,
        "change": find_change(page),
    }
