"""Documents to download, and how the contract shows them."""

from uuid import uuid4

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument

from cms.content.languages import language_choices
from frontend_contract.models.images import File


class ContentDocument(AbstractDocument):
    """A file to download, in the language it is written in."""

    key = models.UUIDField(_("key"), default=uuid4, unique=True, editable=False)
    language = models.CharField(
        _("language"),
        max_length=12,
        blank=True,
        choices=language_choices,
        help_text=_("The language the file is written in. Empty: none, such as a table of figures."),
    )

    search_auto_update = False  # cms.desk indexes after the commit
    admin_form_fields = ("title", "file", "language", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    @property
    def url(self) -> str:
        """The address at which it is downloaded."""
        return reverse("document", args=[self.key, self.filename])

    def clean(self) -> None:
        """Check the name of the file, once there is one: it comes after the form where many are uploaded."""
        if self.file:
            super().clean()


def public_file(document: ContentDocument, *, title: str = "") -> File:
    """Return the file as documents show it."""
    return File(
        title=title or document.title,
        url=f"hub:{document.url}",
        language=document.language or None,
        mime_type=document.content_type,
        size=document.get_file_size() or 0,
        filename=document.filename,
    )
