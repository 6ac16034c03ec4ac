"""What wagtail-localize is told about our fields."""

from django.db import models
from wagtail_localize.fields import BaseTranslatableField, SynchronizedField


class LocalField(BaseTranslatableField):
    """A field that each language keeps for itself: neither put to translators nor copied from the source."""

    def is_editable(self, obj: models.Model) -> bool:
        """Not in the translation editor."""
        return False


class SlugField(LocalField):
    """The slug: set once from the translated title. localize would offer it as a string and discard Cyrillic ones."""


def same(*names: str) -> list[SynchronizedField]:
    """Declare fields that are the same in every language, whatever a translator does."""
    return [SynchronizedField(name, overridable=False) for name in names]
