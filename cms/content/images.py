"""Images: who made them, how they may be used, and what they show."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import models, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    WagtailImageField,
    WagtailImageFieldFile,
    get_upload_to,
)

from cms.content.languages import language_choices
from cms.content.pixels import dominant_color, without_metadata


class Consent(models.TextChoices):
    """Whether the people in a picture agreed to its publication."""

    NOT_NEEDED = "not_needed", _("Not needed: nobody can be recognised")
    GIVEN = "given", _("Given by those who can be recognised")
    OFFICIAL = "official", _("Not needed: people in a public office, on duty")
    MISSING = "missing", _("Not given yet: the image cannot be published")


class Sizes(models.TextChoices):
    """What became of the sizes of a picture."""

    WAITING = "waiting", _("not made yet")
    MADE = "made", _("made")
    BROKEN = "broken", _("not made: the file cannot be read")


class CleanFile(WagtailImageFieldFile):
    """The file of a picture: on its way into the storage it loses where, when and with what it was taken."""

    def save(self, name: str, content: File[bytes], save: bool = True) -> None:
        """Store the picture without its metadata."""
        super().save(name, without_metadata(content), save=save)


class CleanFileField(WagtailImageField):
    """Holds a picture without its metadata; to the database it is Wagtail's field."""

    attr_class = CleanFile

    def deconstruct(self) -> Any:
        """Return Wagtail's field, so that migrations stay as they are."""
        name, _path, args, kwargs = super().deconstruct()
        return name, f"{WagtailImageField.__module__}.{WagtailImageField.__qualname__}", args, kwargs


class ContentImage(AbstractImage):
    """A picture with who made it, how it may be used, and whether those in it agreed."""

    file: Any = CleanFileField(
        verbose_name=AbstractImage._meta.get_field("file").verbose_name,
        upload_to=get_upload_to,
        width_field="width",
        height_field="height",
    )

    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Who made it. Printed with the image.")
    )
    license = models.CharField(
        _("licence"), max_length=40, blank=True, help_text=_("How partners may use it, such as CC-BY-4.0.")
    )
    consent = models.CharField(
        _("consent of those shown"), max_length=12, choices=Consent.choices, default=Consent.NOT_NEEDED
    )
    consent_until = models.DateField(
        _("consent until"),
        null=True,
        blank=True,
        help_text=_("Last day of the consent. After it the image disappears from every page that shows it."),
    )
    sizes = models.CharField(_("sizes"), max_length=8, choices=Sizes.choices, default=Sizes.WAITING, editable=False)
    dominant_color = models.CharField(max_length=7, blank=True, editable=False)

    search_auto_update = False  # cms.desk indexes after the commit
    admin_form_fields = (
        "title",
        "file",
        "collection",
        "credit",
        "license",
        "consent",
        "consent_until",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    @property
    def default_alt_text(self) -> str:
        """Nothing: an alternative text lives with its use, and a title is none."""
        return ""

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the image, with what can be said of a new file.

        Its sizes are made after the commit: coding them takes seconds, and nobody should wait for the database then.
        """
        is_new_file = self._has_new_file()
        if is_new_file:
            self._look_at_file()
            self.sizes = Sizes.WAITING
        with transaction.atomic():
            if not is_new_file and "sizes" not in (kwargs.get("update_fields") or ()):
                self._keep_sizes()
            super().save(*args, **kwargs)
            if is_new_file:
                self.renditions.all().delete()  # they show the picture that was
                self._ask_for_sizes()

    def generate_rendition_file(self, filter: Filter, *, source: File[bytes] | None = None) -> ContentFile[bytes]:
        """Make one size of the image; Wagtail would leave its temporary file open."""
        made = super().generate_rendition_file(filter, source=source)
        made.seek(0)
        with made.file:
            return ContentFile(made.read(), name=made.name)

    def may_be_shown(self, on: date) -> bool:
        """Whether those shown agree to publication on that day."""
        return self.consent != Consent.MISSING and (self.consent_until is None or on <= self.consent_until)

    def find_texts(self, language: str | None = None) -> "ImageText | None":
        """Return the suggested texts in a language, by default that of the interface."""
        found: ImageText | None = self.texts.filter(language=language or get_language()).first()
        return found

    def _keep_sizes(self) -> None:
        """Leave what became of the sizes as it is stored: they may have been made since this image was read."""
        stored = ContentImage.objects.select_for_update(no_key=True).filter(pk=self.pk)
        self.sizes = stored.values_list("sizes", flat=True).first() or self.sizes

    def _ask_for_sizes(self) -> None:
        from cms.content.sizes import are_made_at_once, make_sizes  # it knows this module

        if are_made_at_once():
            transaction.on_commit(lambda: make_sizes.enqueue(self.pk))
        else:
            make_sizes.enqueue(self.pk)  # the wish is stored with the image, or neither is

    def _has_new_file(self) -> bool:
        return bool(self.file) and (self._state.adding or not self.file._committed)

    def _look_at_file(self) -> None:
        if not self.file._committed:
            self.file.save(Path(self.file.name).name, self.file.file, save=False)
        with self.open_file() as file:
            self.dominant_color = dominant_color(file)
        self._set_image_file_metadata()


class ContentRendition(AbstractRendition):
    """An image in one size and format."""

    image = models.ForeignKey(ContentImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="one_rendition_per_filter")
        ]


class ImageText(models.Model):
    """An image's alternative text and caption in one language: suggestions for every use of it."""

    image = models.ForeignKey(ContentImage, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=12, choices=language_choices)
    alt = models.CharField(_("alternative text"), max_length=300, blank=True)
    caption = models.CharField(_("caption"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("texts of an image")
        verbose_name_plural = _("texts of images")
        constraints = [models.UniqueConstraint(fields=("image", "language"), name="one_text_per_image_and_language")]

    def __str__(self) -> str:
        return f"{self.image}: {self.language}"
