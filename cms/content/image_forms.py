"""The form of an image: its rights, and what it shows in every language."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm

from cms.content.images import Consent, ContentImage, ImageText, Sizes
from cms.content.languages import languages, name_of
from cms.content.pixels import UNREADABLE
from cms.content.replaced_files import KeepsReplacedFile

TEXTS = {"alt": _("Alternative text"), "caption": _("Caption")}


class ImageForm(KeepsReplacedFile, BaseImageForm):
    """Asks for the image's texts in each language; every use of the image may say it in other words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Add a field for each text and language."""
        super().__init__(*args, **kwargs)
        if file := self.fields.get("file"):  # whoever uploads many describes each in a form that asks for no file
            _refuse_damaged_files(file)
            if self.instance.sizes == Sizes.BROKEN:
                file.help_text = _("This file cannot be read, so no page shows the image. Upload it again.")
        for language in languages():
            for name, label in TEXTS.items():
                self.fields[_field(name, language)] = forms.CharField(
                    label=f"{label} ({name_of(language)})",
                    max_length=300,
                    required=False,
                    initial=getattr(self._texts.get(language), name, ""),
                    widget=forms.TextInput(attrs={"lang": language}),
                )

    @cached_property
    def _texts(self) -> dict[str, ImageText]:
        return {text.language: text for text in self.instance.texts.all()} if self.instance.pk else {}

    def clean(self) -> dict[str, Any]:
        """Check that a last day belongs to a consent."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("consent_until") and cleaned.get("consent") != Consent.GIVEN:
            self.add_error("consent_until", ValidationError(_("Only a consent that was given has a last day.")))
        return cleaned

    def save(self, commit: bool = True) -> ContentImage:
        """Store the image with its texts."""
        image: ContentImage = super().save(commit=commit)
        if commit:
            for language in languages():
                self._save_texts(image, language)
        return image

    def _save_texts(self, image: ContentImage, language: str) -> None:
        typed = {name: self.cleaned_data.get(_field(name, language), "") for name in TEXTS}
        text = self._texts.get(language) or ImageText(image=image, language=language)
        if not any(typed.values()):
            if text.pk:
                text.delete()
            return
        for name, value in typed.items():
            setattr(text, name, value)
        text.save()


def _refuse_damaged_files(field: forms.Field) -> None:
    """Let a form's own field say what is wrong: Wagtail counts the pixels, and fails when some are missing."""
    read = field.to_python

    def read_whole(file: Any) -> Any:
        try:
            return read(file)
        except UNREADABLE as error:
            raise ValidationError(_("The file is damaged or cut short. Upload it once more.")) from error

    field.to_python = read_whole  # type: ignore[method-assign,assignment]  # of a class that Wagtail makes


def _field(name: str, language: str) -> str:
    return f"{name}_{language.lower().replace('-', '_')}"
