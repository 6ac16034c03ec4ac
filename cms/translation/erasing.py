"""When the last page of a key is deleted, its texts go from the desk, too: strings, translations and their history.

wagtail-localize (1.14) would keep them for ever. While one page of the key is left they stay: a translation that was
deleted finds its strings again.
"""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.db.models.signals import post_delete
from wagtail.models import Page, PageLogEntry
from wagtail_localize.models import (
    SegmentOverride,
    String,
    StringSegment,
    StringTranslation,
    TranslationContext,
    TranslationSource,
)

from cms.translation.models import StringVersion

DELETED = "wagtail.delete"


def connect() -> None:
    """Erase from now on."""
    post_delete.connect(_note_deletion, sender=Page)


def erase_texts(key: UUID) -> None:
    """Take the texts of a key from the desk; those that another page has, too, stay with that page."""
    translations = StringTranslation.objects.filter(context__object_id=key)
    segments = StringSegment.objects.filter(source__object_id=key)
    strings = {*translations.values_list("translation_of", flat=True), *segments.values_list("string", flat=True)}
    strings |= set(StringVersion.objects.filter(context__object_id=key).values_list("string", flat=True))
    translations.delete()
    SegmentOverride.objects.filter(context__object_id=key).delete()
    TranslationSource.objects.filter(object_id=key).delete()  # first: its segments protect the contexts
    TranslationContext.objects.filter(object_id=key).delete()
    used = [
        StringSegment.objects.filter(string=OuterRef("pk")),
        StringTranslation.objects.filter(translation_of=OuterRef("pk")),
        StringVersion.objects.filter(string=OuterRef("pk")),
    ]
    String.objects.filter(*(~Exists(rows) for rows in used), pk__in=strings).delete()


def erase_titles(key: UUID) -> int:
    """Take the titles of a key's deleted pages from the log of pages; who did what and when stays."""
    deleted = PageLogEntry.objects.filter(action=DELETED, data__key=str(key)).values_list("page_id", flat=True)
    rows = PageLogEntry.objects.filter(page_id__in=list(deleted))
    return int(rows.update(label=str(key), data={"key": str(key)}))


def _note_deletion(instance: Page, **_signal: Any) -> None:
    """Write the key to what the log says of the deletion, and erase the texts when no page of the key is left."""
    key = instance.translation_key
    for entry in PageLogEntry.objects.filter(page_id=instance.pk, action=DELETED):
        rows = PageLogEntry.objects.filter(pk=entry.pk)  # saving it would ask for the page that is gone
        rows.update(data={**entry.data, "key": str(key)})
    if not Page.objects.filter(translation_key=key).exclude(pk=instance.pk).exists():
        erase_texts(key)
