"""What is done to the picture itself: its metadata is taken out, its colour is found."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO
from typing import IO, Any

from django.core.files.base import ContentFile, File
from PIL import Image, ImageOps

# Of what a file says about its picture only this changes how it looks.
KEPT = ("icc_profile", "transparency", "gamma")
# What Pillow and Willow say of a file that is missing, cut short, damaged or a trap.
UNREADABLE = (OSError, SyntaxError, RuntimeError, ValueError, Image.DecompressionBombError)
SAVING: dict[str, dict[str, Any]] = {"JPEG": {"quality": 95}, "WEBP": {"quality": 95}, "AVIF": {"quality": 90}}


def is_readable(open_file: Callable[[], AbstractContextManager[IO[bytes]]]) -> bool:
    """Whether there is a file, and all of it is a picture."""
    try:
        with open_file() as file, Image.open(file) as opened:
            opened.load()
    except UNREADABLE:
        return False
    return True


def without_metadata(file: File[bytes]) -> ContentFile[bytes]:
    """Return the picture upright and without EXIF, GPS, XMP, IPTC and comments; the same format and name."""
    file.seek(0)
    with Image.open(file) as opened:
        name = opened.format or "PNG"
        turned = opened.getexif().get(0x0112, 1) != 1
        picture: Image.Image = ImageOps.exif_transpose(opened) if turned else opened
        picture.info = {key: value for key, value in picture.info.items() if key in KEPT}
        picture.getexif().clear()
        options = {**SAVING.get(name, {}), **({"quality": "keep"} if name == "JPEG" and not turned else {})}
        written = BytesIO()
        picture.save(written, format=name, exif=b"", **options)
    return ContentFile(written.getvalue(), name=file.name)


def dominant_color(file: IO[bytes]) -> str:
    """Return the colour that most of the picture has, as `#rrggbb`."""
    with Image.open(file) as opened:
        small = opened.convert("RGB").resize((64, 64)).quantize(colors=8)
    _count, index = max(small.getcolors() or [(1, 0)])
    red, green, blue = (small.getpalette() or [0, 0, 0])[3 * int(str(index)) : 3 * int(str(index)) + 3]
    return f"#{red:02x}{green:02x}{blue:02x}"
