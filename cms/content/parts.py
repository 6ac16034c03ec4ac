"""Inline rows of pages: translated with their page, and pointing to other pages by key."""

from typing import Any

from django.db import models, transaction
from wagtail.models import Orderable, TranslatableMixin


class PagePart(TranslatableMixin, Orderable):
    """An inline row of a page: translated with it, and stored in one transaction with what follows from it."""

    class Meta(TranslatableMixin.Meta):
        abstract = True
        # The admin numbers its rows, a script may not: then they stay in the order in which they were stored.
        ordering = ["sort_order", "pk"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the row; outside a transaction, together with the publications that show it."""
        with transaction.atomic():
            super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the row; outside a transaction, together with the publications that show it."""
        with transaction.atomic():
            deleted: tuple[int, dict[str, int]] = super().delete(*args, **kwargs)
        return deleted


class LinkedPart(PagePart):
    """A row that points to another page.

    Subclasses name that page in their field `page`. What counts is `key`: it means the page in every language, so a
    translated row may go on pointing to the source's page, and it outlives a page that is deleted in one language.
    """

    key = models.UUIDField(null=True, editable=False)

    class Meta(PagePart.Meta):
        abstract = True

    def clean(self) -> None:
        """Take the key from the page that was chosen in a form."""
        super().clean()
        self.key = self.find_key() if self.page_id else None

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the row with the key of its page; a deleted page leaves its key behind."""
        if self.page_id:
            self.key = self.find_key()
        super().save(*args, **kwargs)

    def find_key(self) -> Any:
        """Return the key of the page pointed to."""
        return self.page.translation_key
