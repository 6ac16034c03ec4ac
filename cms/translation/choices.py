"""What is chosen for a language, other pictures, files and links, keeps its history: who, when, from what to what."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.log_actions import get_active_log_context
from wagtail_localize.models import SegmentOverride

from cms.translation.models import ChoiceVersion


def connect() -> None:
    """Keep the history from now on."""
    pre_save.connect(_remember, sender=SegmentOverride)
    post_save.connect(_keep_change, sender=SegmentOverride)
    post_delete.connect(_keep_removal, sender=SegmentOverride)


def _remember(instance: SegmentOverride, raw: bool = False, **_signal: Any) -> None:
    stored = SegmentOverride.objects.filter(pk=None if raw else instance.pk).values_list("data_json", flat=True)
    instance._before = stored.first() or ""  # from one signal to the next, on the object that is being saved


def _keep_change(instance: SegmentOverride, raw: bool = False, **_signal: Any) -> None:
    if not raw and instance._before != instance.data_json:
        _add(instance, before=instance._before, after=instance.data_json)


def _keep_removal(instance: SegmentOverride, origin: Any = None, **_signal: Any) -> None:
    """Keep that a person took a choice away; with a whole page's choices their history goes, too."""
    if origin is instance:
        _add(instance, before=instance.data_json, after="")


def _add(instance: SegmentOverride, *, before: str, after: str) -> None:
    if instance.context_id:
        ChoiceVersion.objects.create(
            context_id=instance.context_id,
            locale_id=instance.locale_id,
            before=before,
            after=after,
            user=get_active_log_context().user or (instance.last_translated_by if after else None),
        )
