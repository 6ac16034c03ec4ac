"""How the contract shows an image: its sizes and formats, its rights, and the texts of this very use."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from django.utils.translation import gettext
from django_tasks import task
from wagtail.images.models import Filter

from cms.content.images import ContentImage, ContentRendition
from frontend_contract.models.images import FocalPoint, Image, ImageSource

WIDTHS = (400, 800, 1200, 1600)
FORMATS = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg"}
WIDTH_OF_SRC = 800


def public_image(
    image: ContentImage, *, alt: str, decorative: bool, caption: str = "", on: date | None = None
) -> Image | None:
    """Return the image as documents show it in this very use; None when its people do not agree (any longer).

    Makes the sizes that are missing, so it belongs to publishing: reading only repeats what it returned.
    """
    if not image.may_be_shown(on or date.today()):
        return None
    sizes = make_renditions(image)
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
        src=_address(_nearest(sizes["jpeg"], WIDTH_OF_SRC)),
        sources=[ImageSource(type=FORMATS[name], srcset=_srcset(made)) for name, made in sizes.items()],
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


def make_renditions(image: ContentImage) -> dict[str, list[ContentRendition]]:
    """Return every size of the image by format, the smallest first, making those that are missing."""
    wanted = {name: [f"width-{width}|{_as(name)}" for width in _widths(image)] for name in FORMATS}
    specs = [spec for listed in wanted.values() for spec in listed]
    # Not asked of the database: publishing has read the sizes of all images at once.
    found = {made.filter_spec: made for made in image.renditions.all() if not made.focal_point_key}
    missing = [Filter(spec=spec) for spec in specs if spec not in found]
    for made in image.create_renditions(*missing).values() if missing else ():
        image._add_to_prefetched_renditions(made)
        found[made.filter_spec] = made
    return {name: [found[spec] for spec in listed] for name, listed in wanted.items()}


@task()
def make_sizes(image_pk: int) -> None:
    """Make every size of an image before it is wanted; one that was deleted meanwhile needs none."""
    image = ContentImage.objects.filter(pk=image_pk).first()
    if image is not None:
        make_renditions(image)


def find_end_of_consent(images: Iterable[ContentImage], after: datetime) -> datetime | None:
    """Return when the first of these images may no longer be shown."""
    days = (image.consent_until for image in images)
    return min((end_of(day) for day in days if day and day >= after.date()), default=None)


def end_of(day: date) -> datetime:
    """Return the moment a day is over."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=UTC)


def _widths(image: ContentImage) -> list[int]:
    return sorted({*(width for width in WIDTHS if width <= image.width), min(image.width, WIDTHS[-1])})


def _as(name: str) -> str:
    # JPEG knows no transparency: what shines through a logo becomes white, not black.
    return "bgcolor-ffffff|format-jpeg" if name == "jpeg" else f"format-{name}"


def _srcset(renditions: Iterable[ContentRendition]) -> str:
    return ", ".join(f"{_address(made)} {made.width}w" for made in renditions)


def _nearest(renditions: list[ContentRendition], width: int) -> ContentRendition:
    return min(renditions, key=lambda made: abs(made.width - width))


def _address(rendition: ContentRendition) -> str:
    return f"hub:{rendition.url}"


def _focal_point(image: ContentImage) -> FocalPoint | None:
    point = image.get_focal_point()
    if point is None:
        return None
    x, y = point.centroid
    return FocalPoint(x=round(100 * x / image.width, 1), y=round(100 * y / image.height, 1))
