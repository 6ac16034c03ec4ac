"""Who is on a translation, and when it is due."""

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
    return bool(free.update(assignee=user, taken_at=timezone.now())) or rows.filter(assignee=user).exists()


def leave(key: UUID, language: str, who: int) -> bool:
    """Say that somebody is on a translation no more; return whether nobody is. The day it is due on stays."""
    rows = Work.objects.filter(key=key, language=language)
    rows.filter(assignee=who).update(assignee=None, taken_at=None)
    return not rows.exclude(assignee=None).exists()


def find_work(key: UUID, language: str) -> Work | None:
    """Return who is on a translation and when it is due; None when nobody has said either."""
    return Work.objects.filter(key=key, language=language).select_related("assignee").first()


def set_due(key: UUID, language: str, due: date | None) -> Work:
    """Set or take away the day a translation is due on."""
    work, _made = Work.objects.update_or_create(key=key, language=language, defaults={"due": due})
    return work
