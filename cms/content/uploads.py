"""Pictures that were uploaded among many and wait to be described: they lose their metadata as images do."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import pre_save
from wagtail.models import UploadedFile

from cms.content.images import ContentImage
from cms.content.pixels import without_metadata


def connect() -> None:
    """Look at uploads from now on."""
    pre_save.connect(_clean, sender=UploadedFile)


def _clean(instance: UploadedFile, raw: bool = False, **_signal: Any) -> None:
    """Take out of a picture where, when and with what it was taken, before it is in the storage."""
    is_new = bool(instance.file) and not instance.file._committed
    if is_new and not raw and instance.for_content_type == ContentType.objects.get_for_model(ContentImage):
        instance.file = without_metadata(instance.file.file)
