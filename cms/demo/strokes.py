"""How a hand moves: lines, and things that stand in more than one picture."""

from collections.abc import Sequence
from itertools import pairwise
from math import cos, pi, sin
from random import Random

from cms.demo.letters import strokes_of
from cms.demo.sheet import LEAF, NIGHT, SNOW, SUN, Point, Sheet


def chance(seed: int) -> Random:
    """Return a source of chance that is the same for everybody."""
    return Random(seed)  # noqa: S311  the same picture every time is the point


def wave(base: float, length: float, height: float, *, upright: bool = False) -> list[Point]:
    """Return a wavy line, three swings long."""
    along = [(step * length / 40, base + height * sin(step / 40 * 3 * pi)) for step in range(41)]
    return [(y, x) for x, y in along] if upright else along


def between(start: Point, end: Point, part: float) -> Point:
    """Return the point that lies so far between two others."""
    return start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part


def river(start: Point, end: Point) -> list[Point]:
    """Return a winding line."""
    straight = [between(start, end, step / 60) for step in range(61)]
    return [(x, y + 62 * sin(step / 60 * 3 * pi) * (1 - step / 75)) for step, (x, y) in enumerate(straight)]


def arch(left: Point, right: Point, height: float) -> list[Point]:
    """Return an arch."""
    straight = [between(left, right, step / 40) for step in range(41)]
    return [(x, y - height * sin(step / 40 * pi)) for step, (x, y) in enumerate(straight)]


def smooth(points: Sequence[Point]) -> list[Point]:
    """Round the corners of a line (cosine between neighbours)."""
    course: list[Point] = []
    for (x1, y1), (x2, y2) in pairwise(points):
        for step in range(20):
            part = step / 20
            course.append((x1 + (x2 - x1) * part, y1 + (y2 - y1) * (1 - cos(part * pi)) / 2))
    return [*course, points[-1]]


def half_bridge(sheet: Sheet, side: int, colour: str) -> None:
    """Draw half of the bridge."""
    far, middle = 800 + side * 560, 800
    deck = [(far, 470), *[(far - side * x, 470 - 90 * sin(x / 560 * pi / 2)) for x in range(0, 561, 20)]]
    for x in range(70, 560, 70):
        top = 470 - 90 * sin(x / 560 * pi / 2)
        sheet.line([(far - side * x, top), (far - side * x, top + 130 - 0.12 * x)], colour, 10)
    arch = [(far - side * x, 640 - 150 * sin(x / 560 * pi / 2)) for x in range(0, 561, 20)]
    sheet.line(arch, colour, 26)
    sheet.line(deck, colour, 34)
    sheet.line([(middle, 380), (middle, 490)], colour, 10)


def birch(sheet: Sheet, x: float, ground: float) -> None:
    """Draw a birch."""
    sheet.line([(x, ground), (x + 6, ground - 210)], SNOW, 20)
    for mark in range(5):
        sheet.line([(x - 4, ground - 30 - mark * 36), (x + 5, ground - 34 - mark * 36)], NIGHT, 5)
    for dx, dy, radius in ((0, -250, 70), (-52, -200, 46), (58, -206, 50), (10, -310, 46)):
        sheet.dot((x + dx, ground + dy), radius, "#7fae6c")


def sunflower(sheet: Sheet, x: float, ground: float) -> None:
    """Draw a sunflower."""
    sheet.line([(x, ground), (x - 6, ground - 190)], LEAF, 14)
    for side in (-1, 1):
        leaf = [(x - 3, ground - 70), (x + side * 70, ground - 120), (x + side * 52, ground - 70)]
        sheet.area(leaf, LEAF)
    heart = (x - 6, ground - 220)
    for petal in range(14):
        angle = petal / 14 * 2 * pi
        sheet.dot((heart[0] + 58 * cos(angle), heart[1] + 58 * sin(angle)), 22, SUN)
    sheet.dot(heart, 48, "#6b4a2b")


def skyline(sheet: Sheet, lefts: range, ground: float, colour: str, *, seed: int) -> None:
    """Draw a row of houses."""
    heights = chance(seed)
    for left in lefts:
        width, height = lefts.step * heights.uniform(0.7, 1), heights.uniform(90, 300)
        sheet.box(left, ground - height, left + width, ground + 40, colour)
        if heights.random() < 0.4:
            sheet.area(
                [(left, ground - height), (left + width / 2, ground - height - 60), (left + width, ground - height)],
                colour,
            )
        for row in range(int(height // 54)):
            for column in range(2):
                window = left + 14 + column * width / 2.3, ground - height + 22 + row * 52
                if heights.random() < 0.7:
                    sheet.box(window[0], window[1], window[0] + 15, window[1] + 22, "#f8e3ae")


def write(sheet: Sheet, letters: str, ink: str, *, size: float, pen: float, lift: float = 0) -> None:
    """Write letters with a pen."""
    wide, gap = size * 0.74, size * 0.3
    left = (sheet.width - wide * len(letters) - gap * (len(letters) - 1)) / 2
    top = sheet.height / 2 - size / 2 - lift
    for number, letter in enumerate(letters):
        start = left + number * (wide + gap)
        for stroke in strokes_of(letter):
            sheet.line([(start + x * wide, top + y * size) for x, y in stroke], ink, pen)
