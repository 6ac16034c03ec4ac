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
from cms.translation.notices.speaking import language_of
from cms.translation.notices.telling import Told, tell

MORNING = 6
"""The hour, where they are, from which those who wish one mail a day get it."""

PATIENCE = timedelta(hours=1)
"""How long a mailbox that took nothing is left alone, and how long a mail that was begun is nobody else's."""

log = logging.getLogger(__name__)


def mail_all(now: datetime | None = None) -> int:
    """Mail everybody whose time has come; return how many were mailed. One mailbox that fails delays no other."""
    now = now or timezone.now()
    return sum(_mail_one(wishes.pk, now) for wishes in _due(now))


def _due(now: datetime) -> Iterator[NoticeSettings]:
    """Yield the wishes of those who have something to be told now, those whose mailbox failed before at the end."""
    waiting = Notice.objects.to_mail(now).order_by().values_list("user", flat=True).distinct()
    for pk in waiting:
        NoticeSettings.objects.get_or_create(user_id=pk)
    wishes = NoticeSettings.objects.filter(user__in=list(waiting), user__is_active=True).select_related("user")
    for wish in sorted(wishes, key=lambda one: one.tried_at is not None):
        if wish.user.email and _is_time(wish, now):
            yield wish


def _is_time(wish: NoticeSettings, now: datetime) -> bool:
    if wish.tried_at and now - wish.tried_at < PATIENCE:
        return False
    if wish.mail == Mail.DAILY:
        local = now.astimezone(_zone(wish.user))
        return local.hour >= MORNING and wish.mailed_on != local.date()
    return wish.mail == Mail.NOW


def _mail_one(pk: Any, now: datetime) -> bool:
    """Mail one person. Two of these at the same time mail once, and nobody waits for the mail server within them.

    At least once: whoever is stopped between sending and recording leaves a claim, as a mailbox that fails does, and
    the mail is tried again an hour later. Rather twice than not at all.
    """
    wish = _claim(pk, now)
    if wish is None:
        return False
    notices = list(Notice.objects.to_mail(now).filter(user=wish.user).select_related("user"))
    with override(language_of(wish.user)):
        told = [one for one in tell(wish.user, notices) if one.is_to_do]
        if told and not _send(wish.user, told):
            return False
    _record(wish, notices, now, is_mailed=bool(told))
    return bool(told)


@transaction.atomic
def _claim(pk: Any, now: datetime) -> NoticeSettings | None:
    """Keep others from mailing the same person for an hour; None when somebody else does."""
    wish = NoticeSettings.objects.select_for_update(of=("self",)).select_related("user").get(pk=pk)
    if not _is_time(wish, now):
        return None
    wish.tried_at = now
    wish.save(update_fields=["tried_at"])
    return wish


def _send(user: Any, told: list[Told]) -> bool:
    try:
        _message(user, told).send()
    except (SMTPException, OSError) as failure:
        log.warning("Notices for user %s were not mailed: %s", user.pk, failure)
        return False
    return True


@transaction.atomic
def _record(wish: NoticeSettings, notices: list[Notice], now: datetime, *, is_mailed: bool) -> None:
    """Write down that these need not be mailed any more, and give the claim back."""
    # One that has become another change meanwhile has another occasion, and is to be mailed still.
    same = {notice.occasion for notice in notices}
    Notice.objects.filter(pk__in=[notice.pk for notice in notices], occasion__in=same).update(mailed_at=now)
    mailed_on = now.astimezone(_zone(wish.user)).date() if is_mailed else wish.mailed_on
    NoticeSettings.objects.filter(pk=wish.pk).update(tried_at=None, mailed_on=mailed_on)


def _message(user: Any, told: list[Told]) -> EmailMessage:
    subject = ngettext("Misto: %(count)d thing to know", "Misto: %(count)d things to know", len(told))
    said = {"told": told, "account": f"{settings.PUBLIC_URL}/admin/account/"}
    return EmailMessage(
        subject % {"count": len(told)},
        render_to_string("translation/notices/mail.txt", said),
        to=[user.email],
        headers={"Auto-Submitted": "auto-generated"},
    )


def _zone(user: Any) -> ZoneInfo:
    return ZoneInfo(UserProfile.get_for_user(user).get_current_time_zone() or settings.TIME_ZONE)
