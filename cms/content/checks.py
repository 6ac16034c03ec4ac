"""Refuses to start a hub that does not say what is public."""

from typing import Any

from django.core import checks
from wagtail.models import get_page_models

from cms.content.documents import is_declared
from cms.content.pages import ContentPage


@checks.register
def check_documents(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Find page types that say nothing of what is public about them."""
    return [
        checks.Error(
            f"{model._meta.label} is a ContentPage without a document.",
            hint=f'Write @document({model.__name__}, kind="…") in {model._meta.app_label}/documents.py.',
            obj=model,
            id="content.E001",
        )
        for model in get_page_models()
        if issubclass(model, ContentPage) and not is_declared(model)
    ]
