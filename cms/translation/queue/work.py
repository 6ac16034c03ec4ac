"""Who is on a translation, and when it is due."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from cms.translation.models import Work


def take(key: UUID, language: str, user: Any, over_from: int | None = None) -> bool:
    """Say that somebody is on a translation from now on; return whether it is theirs.

    It is not taken from anybody but the one whose number is given: of two people who ask at once, one gets it.
    """
    work, _made = Work.objects.get_or_create(key=key, language=language)
    rows = Work.objects.filter(pk=work.pk)
    free = rows.filter(Q(assignee=None) | Q(assignee=over_from)).exclude(assignee=user)
    is_theirs = bool(free.update(assignee=user, taken_at=timezone.now(), given_by=None))
    return is_theirs or rows.filter(assignee=user).exists()


@dataclass(frozen=True)
class Seen:
    """Who was on a translation, and when it was due, as somebody saw it who wants it otherwise."""

    holder: int | None
    due: date | None


def give(key: UUID, language: str, seen: Seen, *, to: Any, by: Any, due: date | None) -> bool:
    """Say that somebody is on a translation because another wants it so; return whether that came to be.

    It does not when it is otherwise by now than whoever gives it saw: of two who give it at once, one does.
    """
    work, _made = Work.objects.get_or_create(key=key, language=language)
    rows = Work.objects.filter(pk=work.pk, assignee=seen.holder, due=seen.due)
    if seen.holder == to.pk:
        return bool(rows.update(due=due))
    given_by = None if to == by else by
    return bool(rows.update(assignee=to, taken_at=timezone.now(), given_by=given_by, due=due))


def leave(key: UUID, language: str, who: int) -> bool:
    """Say that somebody is on a translation no more; return whether nobody is. The day it is due on stays."""
    rows = Work.objects.filter(key=key, language=language)
    rows.filter(assignee=who).update(assignee=None, taken_at=None, given_by=None)
    return not rows.exclude(assignee=None).exists()


def find_work(key: UUID, language: str) -> Work | None:
    """Return who is on a translation and when it is due; None when nobody has said either."""
    return Work.objects.filter(key=key, language=language).select_related("assignee", "given_by").first()


def set_due(key: UUID, language: str, due: date | None) -> Work:
    """Set or take away the day a translation is due on."""
    work, _made = Work.objects.update_or_create(key=key, language=language, defaults={"due": due})
    return work
