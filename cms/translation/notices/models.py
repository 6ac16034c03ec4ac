"""What somebody is to be told, and how they wish to be told."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

NEWS = timedelta(days=7)
"""How long something is news: nobody who is set up today, or wishes to be mailed, is told of all that ever was."""


class Matter(models.TextChoices):
    """What a notice is about."""

    NEW = "new", pgettext_lazy("notice", "New to translate")
    STALE = "stale", pgettext_lazy("notice", "Its source has changed")
    SENT = "sent", pgettext_lazy("notice", "To be reviewed")
    RETURNED = "returned", pgettext_lazy("notice", "Sent back")
    APPROVED = "approved", pgettext_lazy("notice", "Approved")
    GIVEN = "given", pgettext_lazy("notice", "Given to you")


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices, asked for what is to be done with them."""

    def to_mail(self, now: datetime) -> "NoticeQuerySet":
        """Keep those that nobody has seen or was mailed, as long as they are news."""
        return self.filter(mailed_at=None, read_at=None, happened_at__gte=now - NEWS)


class Notice(models.Model):
    """One thing that one person is told. It holds no text: what they may read of it is looked up when they are told."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("user")
    )
    matter = models.CharField(_("matter"), max_length=8, choices=Matter.choices)
    key = models.UUIDField(_("key"))
    language = models.CharField(_("language"), max_length=12)
    occasion = models.CharField(_("occasion"), max_length=40)
    """What makes it another notice than the one before: a step of a review, or the time when something became stale,
    or was given to somebody.

    Before that time stands a language while the text has to wait until that one has followed; then it is the same
    change still, and stays the same notice.
    """
    happened_at = models.DateTimeField(_("since"))
    read_at = models.DateTimeField(_("read at"), null=True)
    mailed_at = models.DateTimeField(_("mailed at"), null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering: ClassVar[list[str]] = ["-happened_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "matter", "key", "language", "occasion"], name="one_notice_per_occasion"
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter} {self.key} {self.language}"


class Mail(models.TextChoices):
    """How somebody wishes to be told."""

    NOW = "now", pgettext_lazy("notices by mail", "At once")
    DAILY = "daily", pgettext_lazy("notices by mail", "Once a day")
    NEVER = "never", pgettext_lazy("notices by mail", "Never: in the admin only")


class NoticeSettings(models.Model):
    """How one person wishes to be told, in which language they can be, and when they last were."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+", verbose_name=_("user")
    )
    mail = models.CharField(_("notices by mail"), max_length=8, choices=Mail.choices, default=Mail.DAILY)
    mailed_on = models.DateField(_("day of the last mail"), null=True)
    tried_at = models.DateTimeField(_("could not be mailed at"), null=True)
    """When a mail was begun that is not known to have gone out: it is on its way, or it failed."""
    language = models.CharField(_("language"), max_length=12, blank=True)
    """In which they last read the admin: what they have not chosen, their browser does."""

    class Meta:
        verbose_name = _("settings of notices")
        verbose_name_plural = _("settings of notices")

    def __str__(self) -> str:
        return f"{self.user_id}: {self.mail}"
