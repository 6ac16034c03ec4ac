"""Mails what people have not been told yet: at once or once a day, each by themselves, in their own language."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import ngettext, override
from wagtail.users.models import UserProfile

from cms.translation.notices.models import Mail, Notice, NoticeSettings
from cms.translation.notices.telling import tell

MORNING = 6
"""The hour, where they are, from which those who wish one mail a day get it."""

PATIENCE = timedelta(hours=1)
"""How long a mailbox that took nothing is left alone."""

log = logging.getLogger(__name__)


def mail_all(now: datetime | None = None) -> int:
    """Mail everybody whose time has come; return how many were mailed. One mailbox that fails delays no other."""
    now = now or timezone.now()
    return sum(_mail_one(wishes.pk, now) for wishes in _due(now))


def _due(now: datetime) -> Iterator[NoticeSettings]:
    """Yield the wishes of those who have something to be told now, those whose mailbox failed before at the end."""
    waiting = Notice.objects.filter(mailed_at=None, read_at=None).values_list("user", flat=True).distinct()
    for pk in waiting:
        NoticeSettings.objects.get_or_create(user_id=pk)
    wishes = NoticeSettings.objects.filter(user__in=list(waiting), user__is_active=True).select_related("user")
    for wish in sorted(wishes, key=lambda one: one.failed_at is not None):
        if wish.user.email and _is_time(wish, now):
            yield wish


def _is_time(wish: NoticeSettings, now: datetime) -> bool:
    if wish.failed_at and now - wish.failed_at < PATIENCE:
        return False
    if wish.mail == Mail.DAILY:
        local = now.astimezone(_zone(wish.user))
        return local.hour >= MORNING and wish.mailed_on != local.date()
    return wish.mail == Mail.NOW


@transaction.atomic
def _mail_one(pk: Any, now: datetime) -> bool:
    """Mail one person; two of these at the same time mail once."""
    wish = NoticeSettings.objects.select_for_update().select_related("user").get(pk=pk)
    if not _is_time(wish, now):
        return False
    notices = list(Notice.objects.filter(user=wish.user, mailed_at=None, read_at=None).select_related("user"))
    with override(_language(wish.user)):
        told = [one for one in tell(wish.user, notices) if one.is_to_do]
        if told:
            try:
                _message(wish.user, told).send()
            except (SMTPException, OSError) as failure:
                log.warning("Notices for user %s were not mailed: %s", wish.user.pk, failure)
                wish.failed_at = now
                wish.save()
                return False
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=now)
    if told:
        wish.mailed_on, wish.failed_at = now.astimezone(_zone(wish.user)).date(), None
        wish.save()
    return bool(told)


def _message(user: Any, told: list[Any]) -> EmailMessage:
    subject = ngettext("Misto: %(count)d thing to know", "Misto: %(count)d things to know", len(told))
    said = {"told": told, "account": f"{settings.PUBLIC_URL}/admin/account/"}
    return EmailMessage(
        subject % {"count": len(told)},
        render_to_string("translation/notices/mail.txt", said),
        to=[user.email],
        headers={"Auto-Submitted": "auto-generated"},
    )


def _language(user: Any) -> str:
    return str(UserProfile.get_for_user(user).get_preferred_language())


def _zone(user: Any) -> ZoneInfo:
    return ZoneInfo(UserProfile.get_for_user(user).get_current_time_zone() or settings.TIME_ZONE)
