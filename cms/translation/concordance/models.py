"""What is known of each translated string, so that it is found by its words and known again."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation


class Worded(models.Model):
    """The words of a string and of a translation as they are compared, and marks by which the same texts are known.

    `pair` says from which language into which, by the primary keys of localize's locales: `1to2`; `key` and `target` of
    which page in which language it is a text, for those who ask whether there is any. An index of the
    database finds the words: an expression on PostgreSQL; on SQLite a full-text table, which
    triggers keep. SQLite loses triggers when Django alters a table: a migration that does so makes them again.
    """

    key = models.UUIDField(_("key"))
    target = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+", db_index=False)
    pair = models.CharField(_("languages"), max_length=24)
    source_mark = models.CharField(_("mark of the source"), max_length=32)
    target_mark = models.CharField(_("mark of the translation"), max_length=32)
    source_words = models.TextField(_("words of the source"), blank=True)
    target_words = models.TextField(_("words of the translation"), blank=True)
    at = models.DateTimeField(_("translated at"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.pair}: {self.pk}"


class Remembered(Worded):
    """What is known of a translation as it stands; on SQLite `translation_words` finds it."""

    string_translation = models.OneToOneField(
        StringTranslation, on_delete=models.CASCADE, primary_key=True, related_name="remembered"
    )

    class Meta:
        verbose_name = _("remembered text")
        verbose_name_plural = _("remembered texts")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["key", "target"], name="remembered_of_a_page"),
            models.Index(fields=["pair", "source_mark", "-at"], name="remembered_by_source"),
            models.Index(fields=["pair", "target_mark", "-at"], name="remembered_by_target"),
        ]


class Overwritten(Worded):
    """What is known of a translation that stood until somebody changed it; on SQLite `translation_overwritten_words`.

    It is that change's `before`, and goes with it.
    """

    version = models.OneToOneField(
        "translation.StringVersion", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )

    class Meta:
        verbose_name = _("overwritten text")
        verbose_name_plural = _("overwritten texts")
