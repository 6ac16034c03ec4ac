"""How the contract shows an image: its sizes and formats, its rights, and the texts of this very use."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from operator import is_

from django.core.files.storage import Storage
from django.utils import timezone
from django.utils.translation import gettext

from cms.content.images import ContentImage, ContentRendition, Sizes
from cms.content.sizes import FORMATS, Renditions, find_sizes
from frontend_contract.models.images import FocalPoint, Image, ImageSource

WIDTH_OF_SRC = 800

_SOURCES = "_sources_of_its_sizes"
"""Where an image keeps its sizes as they were found last, and what was written of them."""


def public_image(
    image: ContentImage, *, alt: str, decorative: bool, caption: str = "", on: date | None = None
) -> Image | None:
    """Return the image as documents show it in this very use.

    None when its people do not agree (any longer), or when its file cannot be read. As long as its sizes are not there
    it is the file as it was uploaded, without metadata. May make sizes, so it belongs to publishing: reading only
    repeats what it returned.
    """
    if not image.may_be_shown(on or timezone.now().date()):
        return None
    sizes = find_sizes(image)
    if image.sizes == Sizes.BROKEN:
        return None
    shown = _nearest(sizes["jpeg"], WIDTH_OF_SRC) if sizes else image
    return Image(
        alt="" if decorative else alt,
        decorative=decorative,
        caption=caption or None,
        credit=image.credit or None,
        license=image.license or None,
        width=image.width,
        height=image.height,
        focal_point=_focal_point(image),
        dominant_color=image.dominant_color or None,
        src=_address(shown),
        sources=_sources_of(image, sizes),
    )


def explain_alt(image: ContentImage | None, *, alt: str, decorative: bool) -> str:
    """Return why an image cannot be published with these texts; nothing when it can."""
    if image is None or bool(alt and alt.strip()) != decorative:
        return ""
    if decorative:
        return gettext("A decorative image has no alternative text. Empty it, or untick “decorative”.")
    suggested = image.find_texts()
    problem = gettext("Say what the image shows, or tick “decorative”.")
    return f"{problem} {gettext('Suggestion:')} {suggested.alt}" if suggested and suggested.alt else str(problem)


def find_end_of_consent(images: Iterable[ContentImage], after: datetime) -> datetime | None:
    """Return when the first of these images may no longer be shown."""
    days = (image.consent_until for image in images)
    return min((end_of(day) for day in days if day and day >= after.date()), default=None)


def end_of(day: date) -> datetime:
    """Return the moment a day is over."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=UTC)


def _sources_of(image: ContentImage, sizes: Renditions) -> list[ImageSource]:
    """Return the formats of an image: written once for all texts that show it, when they were read together."""
    made = [rendition for renditions in sizes.values() for rendition in renditions]
    known, sources = image.__dict__.get(_SOURCES, ([], []))
    if len(known) != len(made) or not all(map(is_, known, made)):
        sources = [ImageSource(type=FORMATS[name], srcset=_srcset(alike)) for name, alike in sizes.items()]
        image.__dict__[_SOURCES] = made, sources
    return list(sources)


def _srcset(renditions: Iterable[ContentRendition]) -> str:
    return ", ".join(f"{_address(made)} {made.width}w" for made in renditions)


def _nearest(renditions: list[ContentRendition], width: int) -> ContentRendition:
    return min(renditions, key=lambda made: abs(made.width - width))


def _address(shown: ContentImage | ContentRendition) -> str:
    file = shown.file  # Django looks at it anew each time
    return _address_of(file.name, file.storage)


@lru_cache(10_000)
def _address_of(name: str, storage: Storage) -> str:
    """Return the address of a file: each is asked for by every text that shows it."""
    return f"hub:{storage.url(name)}"


def _focal_point(image: ContentImage) -> FocalPoint | None:
    point = image.get_focal_point()
    if point is None:
        return None
    x, y = point.centroid
    return FocalPoint(x=round(100 * x / image.width, 1), y=round(100 * y / image.height, 1))
