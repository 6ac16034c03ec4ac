"""The sizes of a picture: made once, in the background where there is one, and what became of it is remembered."""

import logging
from collections.abc import Mapping
from functools import lru_cache

from django.db import transaction
from django_tasks import task
from django_tasks.backends.immediate import ImmediateBackend
from wagtail.images.models import Filter

from cms.content.errors import PublishingRefused
from cms.content.images import ContentImage, ContentRendition, Sizes
from cms.content.pixels import UNREADABLE, is_readable

WIDTHS = (400, 800, 1200, 1600)
FORMATS = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg"}

Renditions = dict[str, list[ContentRendition]]

log = logging.getLogger(__name__)


def find_sizes(image: ContentImage) -> Renditions:
    """Return every size of the image by format, the smallest first; nothing as long as they are not all there.

    Where there is no background, those that are missing are made first.
    """
    found = _find(image)
    is_ready = found and image.sizes == Sizes.MADE
    if not is_ready and image.sizes != Sizes.BROKEN and are_made_at_once():
        remember(image, _make(image))
        found = _find(image)
    return found if image.sizes == Sizes.MADE else {}


def are_made_at_once() -> bool:
    """Whether whoever wants a size waits until it is made."""
    return isinstance(make_sizes.get_backend(), ImmediateBackend)


@task()
def make_sizes(image_pk: int) -> None:
    """Make every size of an image, and publish anew what shows it; one that was deleted meanwhile needs none."""
    image = ContentImage.objects.filter(pk=image_pk).first()
    if image is not None:
        settle(image)


def settle(image: ContentImage) -> Sizes:
    """Make the sizes of an image that are missing, and publish anew what shows it; return what became of them."""
    became = _make(image)  # takes seconds: nobody waits for the database then
    try:
        with transaction.atomic():
            _save(image, became)
    except PublishingRefused as refused:
        log.error("The sizes of image %s are there, but not everything that shows it: %s", image.pk, refused)
        remember(image, became)
    return became


def remember(image: ContentImage, became: Sizes) -> None:
    """Store what became of an image's sizes; whoever publishes it is looking at it already.

    Who holds the image may be waiting for what we hold: then it is remembered the next time somebody looks.
    """
    if became == image.sizes:
        return
    image.sizes = became
    with transaction.atomic():
        free = ContentImage.objects.select_for_update(skip_locked=True, no_key=True).filter(pk=image.pk)
        if free.exists():
            ContentImage.objects.filter(pk=image.pk).update(sizes=became)


def _make(image: ContentImage) -> Sizes:
    """Make what is missing. A file that can be read, but not be made smaller, goes on waiting: the disk may be full."""
    if _find(image):
        return Sizes.MADE
    if not is_readable(image.open_file):
        log.error("Image %s “%s” cannot be read, so nothing shows it", image.pk, image.title)
        return Sizes.BROKEN
    try:
        _create(image)
    except UNREADABLE as error:
        log.error("The sizes of image %s “%s” cannot be made: %r", image.pk, image.title, error)
        return Sizes.WAITING
    return Sizes.MADE


def _save(image: ContentImage, became: Sizes) -> None:
    """Store what became of the sizes with what is published of it, unless they are of a file that was replaced."""
    stored = ContentImage.objects.select_for_update(no_key=True).filter(pk=image.pk).first()
    if stored is None:
        return
    if stored.file.name != image.file.name:
        stored.renditions.all().delete()  # nobody knows which of them show the file that was: all are made once more
        became = Sizes.WAITING
        make_sizes.enqueue(image.pk)
    stored.sizes = became
    stored.save(update_fields=["sizes"])


def _create(image: ContentImage) -> None:
    there = {made.filter_spec for made in image.renditions.all() if not made.focal_point_key}
    missing = [Filter(spec=spec) for specs in _wanted(image.width).values() for spec in specs if spec not in there]
    for made in image.create_renditions(*missing).values() if missing else ():
        image._add_to_prefetched_renditions(made)


def _find(image: ContentImage) -> Renditions:
    # Not asked of the database: publishing has read the sizes of all images at once.
    there = {made.filter_spec: made for made in image.renditions.all() if not made.focal_point_key}
    wanted = _wanted(image.width)
    if any(spec not in there for specs in wanted.values() for spec in specs):
        return {}
    return {name: [there[spec] for spec in specs] for name, specs in wanted.items()}


@lru_cache(1_000)
def _wanted(of_image: int) -> Mapping[str, list[str]]:
    """Return the sizes of an image so wide, by format, as Wagtail names them."""
    return {name: [f"width-{width}|{_as(name)}" for width in _widths(of_image)] for name in FORMATS}


def _widths(of_image: int) -> list[int]:
    return sorted({*(width for width in WIDTHS if width <= of_image), min(of_image, WIDTHS[-1])})


def _as(name: str) -> str:
    # JPEG knows no transparency: what shines through a logo becomes white, not black.
    return "bgcolor-ffffff|format-jpeg" if name == "jpeg" else f"format-{name}"
