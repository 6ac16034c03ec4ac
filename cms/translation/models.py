"""What localize's tables cannot say: how a translation was made, who is on it, what nobody accepted, what it was."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Locale, Page, Revision
from wagtail_localize.models import String, StringTranslation, Translation, TranslationContext, TranslationSource

if TYPE_CHECKING:
    from django.contrib.auth.models import User

from cms.translation.concordance.models import Overwritten, Remembered
from cms.translation.engines.models import Agreement, Budget, Policy, Spending
from cms.translation.names.models import Mention, Name, NameForm, Term, TermForm
from cms.translation.notices.models import Notice, NoticeSettings
from cms.translation.review_task import ReviewTask

__all__ = [
    "Agreement", "Budget", "Extent", "Making", "Mention", "Name", "NameForm", "Notice", "NoticeSettings", "Origin",
    "Overwritten", "Policy", "Provenance", "Remembered", "ReviewTask", "Spending", "Term", "TermForm",
    "TranslatedRevision", "Work",
]  # fmt: skip


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
    accepted_at = models.DateTimeField(_("all machine text accepted by people at"), null=True)
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


class Extraction(models.Model):
    """Which text of a source translators were given last: whoever publishes the same again need not look closer."""

    source = models.OneToOneField(TranslationSource, on_delete=models.CASCADE, primary_key=True, related_name="+")
    taken = models.CharField(max_length=64)
    digest = models.CharField(_("state of the source"), max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.source_id}: {self.digest}"


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


class Work(models.Model):
    """The work on one translation: who is on it, since when, and the day it is due on."""

    key = models.UUIDField(_("key"))
    language = models.CharField(_("language"), max_length=12)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who is on it"),
    )
    taken_at = models.DateTimeField(_("since"), null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("given by"),
    )
    """Who gave it to whoever is on it; nobody when they took it themselves."""
    due = models.DateField(_("due on"), null=True, blank=True)

    class Meta:
        verbose_name = _("work on a translation")
        verbose_name_plural = _("work on translations")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["key", "language"], name="one_work_per_translation")
        ]

    def __str__(self) -> str:
        return f"{self.key} → {self.language}"


class Extent(models.Model):
    """How many words a published text has."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, primary_key=True, related_name="+")
    key = models.UUIDField(_("key"), db_index=True)
    revision = models.BigIntegerField(_("live revision that was counted"), null=True)
    words = models.PositiveIntegerField(_("words"))

    class Meta:
        verbose_name = _("extent")
        verbose_name_plural = _("extents")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.words}"


class Reason(models.TextChoices):
    """Why the translation of a string waits for a person to accept it."""

    MEMORY = "memory", pgettext_lazy("translated by", "Translation memory")
    MACHINE = "machine", pgettext_lazy("translated by", "A machine")
    FUZZY = "fuzzy", _("Marked as uncertain in a file")


class Unconfirmed(models.Model):
    """A mark on the translation of a string that no person has accepted; saved or accepted by one, it goes away."""

    string_translation = models.OneToOneField(
        StringTranslation, on_delete=models.CASCADE, primary_key=True, related_name="unconfirmed"
    )
    reason = models.CharField(_("reason"), max_length=8, choices=Reason.choices)
    marked_at = models.DateTimeField(_("marked at"), auto_now=True)

    class Meta:
        verbose_name = _("unconfirmed text")
        verbose_name_plural = _("unconfirmed texts")

    def __str__(self) -> str:
        return f"{self.reason}: string translation {self.string_translation_id}"


class Way(models.TextChoices):
    """By which way a string got its translation."""

    TYPED = "typed", pgettext_lazy("string", "Typed")
    MEMORY = "memory", pgettext_lazy("string", "Taken from the translation memory")
    MACHINE = "machine", pgettext_lazy("string", "Suggested by a machine")
    FILE = "file", pgettext_lazy("string", "Read from a file")
    RESTORED = "restored", pgettext_lazy("string", "Taken again from the history")
    ACCEPTED = "accepted", pgettext_lazy("string", "Accepted as it is")
    APPROVED = "approved", pgettext_lazy("string", "Approved in review")
    REMOVED = "removed", pgettext_lazy("string", "Removed")


class StringVersion(models.Model):
    """One change of the translation of a string: who made it, when, by which way, from what to what."""

    context = models.ForeignKey(TranslationContext, on_delete=models.CASCADE, related_name="+")
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    string = models.ForeignKey(String, on_delete=models.CASCADE, related_name="+")
    before = models.TextField(_("before"), blank=True)
    after = models.TextField(_("after"), blank=True)
    way = models.CharField(_("way"), max_length=8, choices=Way.choices)
    tool = models.CharField(_("tool"), max_length=255, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)

    class Meta:
        verbose_name = _("version of a string")
        verbose_name_plural = _("versions of strings")
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["context", "locale"], name="history_of_a_string")]

    def __str__(self) -> str:
        return f"{self.way}: {self.before} → {self.after}"


class ChoiceVersion(models.Model):
    """One change of what a language has in place of the source's picture, file or link; empty is the source's own."""

    context = models.ForeignKey(TranslationContext, on_delete=models.CASCADE, related_name="+")
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    before = models.TextField(_("before"), blank=True)
    after = models.TextField(_("after"), blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(_("changed at"), auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


def mark(string_translation: StringTranslation, reason: Reason | str) -> Unconfirmed:
    """Say that nobody has accepted this translation yet; call it after the translation is stored."""
    row, _made = Unconfirmed.objects.update_or_create(
        string_translation=string_translation, defaults={"reason": Reason(reason)}
    )
    return row


def accept(string_translation: StringTranslation, user: "User") -> bool:
    """Say that a person stands for this translation as it is; return whether it was waiting for that.

    Raise `PermissionDenied` when the language is not theirs. How the text came about stays: a machine's is a machine's.
    """
    if not Unconfirmed.objects.filter(pk=string_translation.pk).exists():
        return False
    string_translation.last_translated_by = user
    string_translation.save(update_fields=["last_translated_by"])
    Unconfirmed.objects.filter(pk=string_translation.pk).delete()
    StringVersion.objects.create(
        context=string_translation.context,
        locale=string_translation.locale,
        string=string_translation.translation_of,
        before=string_translation.data,
        after=string_translation.data,
        way=Way.ACCEPTED,
        tool=string_translation.tool_name,
        user=user,
    )
    return True


def unconfirmed(translation: Translation) -> models.QuerySet[Unconfirmed]:
    """Return the marks on the strings of a translation, by the primary key of localize's `StringTranslation`."""
    shown = translation.source.stringsegment_set.get_translations(translation.target_locale_id)
    return Unconfirmed.objects.filter(string_translation__in=shown).select_related("string_translation")
