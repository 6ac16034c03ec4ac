"""Who is on a translation, and when it is due."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from cms.translation.models import Work


def take(key: UUID, language: str, user: Any) -> Work:
    """Say that somebody is on a translation from now on."""
    work, _made = Work.objects.update_or_create(
        key=key, language=language, defaults={"assignee": user, "taken_at": timezone.now()}
    )
    return work


def leave(key: UUID, language: str) -> None:
    """Say that nobody is on a translation any more; the day it is due on stays."""
    Work.objects.filter(key=key, language=language).update(assignee=None, taken_at=None)


def set_due(key: UUID, language: str, due: date | None) -> Work:
    """Set or take away the day a translation is due on."""
    work, _made = Work.objects.update_or_create(key=key, language=language, defaults={"due": due})
    return work
