"""The few capital letters that the demo's initials need, as strokes in a square from 0 to 1: no font is shipped."""

from math import cos, pi, sin

Stroke = list[tuple[float, float]]


def strokes_of(letter: str) -> list[Stroke]:
    """Return the strokes of a letter."""
    return _LETTERS[letter]


def _curve(x: float, y: float, wide: float, high: float, start: float, end: float) -> Stroke:
    """Return an arc around a point; angles in half turns, clockwise from the right."""
    angles = [start + (end - start) * step / 30 for step in range(31)]
    return [(x + wide * cos(angle * pi), y + high * sin(angle * pi)) for angle in angles]


_A: list[Stroke] = [[(0, 1), (0.5, 0), (1, 1)], [(0.2, 0.64), (0.8, 0.64)]]
_RING: Stroke = _curve(0.5, -0.28, 0.18, 0.14, 0, 2)
_BOWL: Stroke = [(0.08, 0.46), (0.55, 0.46), *_curve(0.55, 0.73, 0.4, 0.27, -0.5, 0.5), (0.08, 1)]

_LETTERS: dict[str, list[Stroke]] = {
    "A": _A,
    "Å": [*_A, _RING],
    "I": [[(0.5, 0), (0.5, 1)], [(0.2, 0), (0.8, 0)], [(0.2, 1), (0.8, 1)]],
    "J": [[(0.35, 0), (0.9, 0)], [(0.72, 0), (0.72, 0.68), *_curve(0.4, 0.68, 0.32, 0.32, 0, 1)]],
    "U": [[(0.08, 0), (0.08, 0.6), *_curve(0.5, 0.6, 0.42, 0.4, 1, 0), (0.92, 0)]],
    "V": [[(0, 0), (0.5, 1), (1, 0)]],
    "Б": [[(0.85, 0), (0.08, 0), (0.08, 1)], _BOWL],
    "В": [[(0.08, 1), (0.08, 0), (0.5, 0), *_curve(0.5, 0.23, 0.34, 0.23, -0.5, 0.5), (0.08, 0.46)], _BOWL],
    "Х": [[(0.04, 0), (0.96, 1)], [(0.96, 0), (0.04, 1)]],
}
