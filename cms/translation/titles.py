"""The title that lists of the admin show for a draft, while its translator writes it."""

from typing import Any

from django.db.models.signals import post_save
from wagtail.models import Page
from wagtail_localize import models as localize
from wagtail_localize.models import StringTranslation

MOST = Page._meta.get_field("draft_title").max_length


def connect() -> None:
    """Show what was typed as far as there is room: localize (1.14) shows all of it, which PostgreSQL refuses."""
    post_save.disconnect(localize.post_save_string_translation, sender=StringTranslation)
    post_save.connect(_show, sender=StringTranslation, dispatch_uid="translation.titles")


def _show(instance: StringTranslation, **_signal: Any) -> None:
    if instance.context.path == "title":
        pages = Page.objects.filter(translation_key=instance.context.object_id, locale=instance.locale_id)
        pages.update(draft_title=instance.data[:MOST])
