"""A sheet of paper to draw on, and the colours of the demo."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1600, 900
SMALLER = 1000  # of pictures that are not shown large
SMALLEST = 400  # of portraits and marks
SCALE = 2  # drawn twice as large and reduced, which smooths the edges
COLOURS = 96  # of the finished picture; few, so that files stay small

NIGHT, SEA, SKY, ICE = "#14303f", "#1b4d6b", "#8fc1d9", "#dcecf2"
SUN, CLAY, LEAF, MOSS, PAPER, SNOW = "#f2c14e", "#c8553d", "#5b8c5a", "#a9c29a", "#f7f1e3", "#ffffff"

Point = tuple[float, float]


class Sheet:
    """A sheet to draw on, in pixels of the finished picture."""

    def __init__(self, ground: str, *, width: int = WIDTH, height: int = HEIGHT) -> None:
        """Take a sheet of one colour."""
        self.width, self.height = width, height
        self._image = Image.new("RGB", (width * SCALE, height * SCALE), ground)
        self._pen = ImageDraw.Draw(self._image)

    def line(self, points: Sequence[Point], colour: str, width: float) -> None:
        """Draw a line with round corners and ends."""
        larger = [(x * SCALE, y * SCALE) for x, y in points]
        self._pen.line(larger, fill=colour, width=round(width * SCALE))
        for point in points:  # Pillow's own round corners leave hairlines
            self.dot(point, width / 2, colour)

    def area(self, points: Sequence[Point], colour: str) -> None:
        """Fill a shape."""
        self._pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=colour)

    def box(self, left: float, top: float, right: float, bottom: float, colour: str, *, round_by: float = 0) -> None:
        """Fill a rectangle."""
        corners = [left * SCALE, top * SCALE, right * SCALE, bottom * SCALE]
        self._pen.rounded_rectangle(corners, radius=round_by * SCALE, fill=colour)

    def dot(self, centre: Point, radius: float, colour: str) -> None:
        """Fill a circle."""
        x, y = centre[0] * SCALE, centre[1] * SCALE
        self._pen.ellipse([x - radius * SCALE, y - radius * SCALE, x + radius * SCALE, y + radius * SCALE], fill=colour)

    def png(self, width: int | None = None) -> bytes:
        """Return the finished picture, in its own width or a smaller one."""
        size = (width or self.width, (width or self.width) * self.height // self.width)
        finished = self._image.resize(size, Image.Resampling.LANCZOS)
        few_colours = finished.quantize(COLOURS, dither=Image.Dither.NONE)
        file = BytesIO()
        few_colours.save(file, "PNG", optimize=True)
        return file.getvalue()
