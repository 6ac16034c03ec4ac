"""What localize's tables cannot say: from which text a published translation was made, and how."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Revision


class Origin(models.TextChoices):
    """How a text came about."""

    HUMAN = "human", pgettext_lazy("translated by", "People")
    MACHINE = "machine", pgettext_lazy("translated by", "A machine")
    MIXED = "mixed", pgettext_lazy("translated by", "People and a machine")


class Making(models.Model):
    """How a text was made: by whom, and from which state of which text."""

    translated_from = models.CharField(_("translated from"), max_length=12)
    origin = models.CharField(_("translated by"), max_length=8, choices=Origin.choices, default=Origin.HUMAN)
    tool = models.CharField(_("tool"), max_length=255, blank=True)
    machine_at = models.DateTimeField(_("newest machine text"), null=True)
    source_digest = models.CharField(_("state of the source"), max_length=64, blank=True)

    class Meta:
        abstract = True


class TranslatedRevision(Making):
    """A revision that was built from a translator's strings; it may wait long before somebody publishes it."""

    revision = models.OneToOneField(Revision, on_delete=models.CASCADE, primary_key=True, related_name="+")
    untranslated = models.PositiveIntegerField(_("segments not yet translated"), default=0)

    class Meta:
        verbose_name = _("translated revision")
        verbose_name_plural = _("translated revisions")

    def __str__(self) -> str:
        return f"{self.translated_from} → revision {self.revision_id}"


class Provenance(Making):
    """How the published translation of one key in one language came about, and since when it is stale."""

    key = models.UUIDField(_("key"))
    language = models.CharField(_("language"), max_length=12)
    revision = models.BigIntegerField(_("live revision that this describes"), null=True)
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True)
    stale_since = models.DateTimeField(_("stale since"), null=True)

    class Meta:
        verbose_name = _("provenance")
        verbose_name_plural = _("provenances")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["key", "language"], name="one_provenance_per_translation")
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.translated_from} → {self.language}"
