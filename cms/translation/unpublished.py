"""Notes of a public translation that its strings and choices are otherwise by now than its readers are shown.

What is noted is Wagtail's own `has_unpublished_changes`, which a draft of the page sets, too; publishing takes it away.
"""

from typing import Any

from django.db.models import F, Q
from django.db.models.signals import post_save
from wagtail.models import Page, Revision
from wagtail.signals import page_published

from cms.translation.models import ChoiceVersion, StringVersion

CHANGES = (StringVersion, ChoiceVersion)


def connect() -> None:
    """Note it from now on."""
    for change in CHANGES:
        post_save.connect(_note_change, sender=change)
    page_published.connect(_note_what_came_later)


def _note_change(
    instance: StringVersion | ChoiceVersion, created: bool = False, raw: bool = False, **_signal: Any
) -> None:
    """Note that a string or choice is another; nothing else about it makes a difference to readers."""
    if created and not raw and instance.before != instance.after:
        pages = Page.objects.filter(translation_key=instance.context.object_id, locale=instance.locale_id)
        pages.filter(live=True, has_unpublished_changes=False).update(has_unpublished_changes=True)


def _note_what_came_later(instance: Page, revision: Revision | None = None, **_signal: Any) -> None:
    """Note again what was changed after the draft that is public now was made, such as one that waited for its day."""
    if revision is None:
        return
    here = {"context__object_id": instance.translation_key, "locale": instance.locale_id}
    later = Q(changed_at__gt=revision.created_at) & ~Q(before=F("after"))
    if any(change.objects.filter(later, **here).exists() for change in CHANGES):
        Page.objects.filter(pk=instance.pk, live=True).update(has_unpublished_changes=True)
