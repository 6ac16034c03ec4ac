"""When the time at which a source expires changes, the translations made from it take over the new one.

Those whose language has set another time keep theirs. One translation hands it on to those made from it in its turn.
"""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.db.models.signals import pre_save
from wagtail.models import Page, Revision

from cms.translation.schedules import expires_at
from cms.translation.sources import find_made_from


def connect() -> None:
    """Look from now on."""
    pre_save.connect(_hand_on, dispatch_uid="translation.expiring")


def _hand_on(instance: Any, raw: bool = False, update_fields: Any = None, **_signal: Any) -> None:
    if raw or not isinstance(instance, Page) or instance._state.adding:
        return
    if update_fields is not None and "expire_at" not in update_fields:
        return
    stored = Page.objects.filter(pk=instance.pk).values_list("expire_at", flat=True).first()
    if stored != instance.expire_at:
        for page in find_made_from(instance):
            _follow(page, stored, instance.expire_at)


def _follow(page: Page, former: datetime | None, now: datetime | None) -> None:
    """Let the text, and the drafts of it that may be published next, expire when their source does."""
    if page.expire_at == former:
        page.expire_at = now
        page.save(clean=False, update_fields=["expire_at"])
    next_ones = Q(pk=page.latest_revision_id) | Q(approved_go_live_at__isnull=False)
    for revision in Revision.page_revisions.filter(next_ones, object_id=str(page.pk)):
        if expires_at(revision) == former:
            # Not saved: a text that waits for its time would be looked at once more, and nothing of it has changed.
            Revision.objects.filter(pk=revision.pk).update(content={**revision.content, "expire_at": now})
