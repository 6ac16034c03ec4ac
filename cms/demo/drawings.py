"""Draws the demo's pictures: shapes only, the same bytes on every machine, no photograph and no face."""

from collections.abc import Callable
from math import pi, sin

from cms.demo.sheet import CLAY, ICE, LEAF, MOSS, NIGHT, PAPER, SEA, SKY, SMALLER, SMALLEST, SNOW, SUN, Point, Sheet
from cms.demo.strokes import arch, between, birch, chance, half_bridge, river, skyline, smooth, sunflower, wave, write

# --- Landscapes -----------------------------------------------------------------------------------------------------


def two_rivers() -> bytes:
    """Draw the Ume River and the Dnipro, which flow towards each other as they never do on a map."""
    sheet = Sheet(PAPER)
    for row, colour in enumerate([MOSS, "#bfd3b1", "#d5e2ca"]):
        sheet.area([(0, 0), (620 - row * 150, 0), *wave(620 - row * 150, 900, 40, upright=True), (0, 900)], colour)
    for row, colour in enumerate(["#f3dd9b", "#f6e7b8", "#f9efd1"]):
        edge = 980 + row * 150
        sheet.area([(1600, 0), (edge, 0), *wave(edge, 900, -40, upright=True), (1600, 900)], colour)
    together: list[Point] = [(800 + 34 * sin(step / 40 * 2 * pi), 560 + step * 10) for step in range(41)]
    rivers: list[tuple[list[Point], str]] = [
        (river((-40, 180), (800, 560)), SEA),
        (river((1640, 230), (800, 560)), "#3a7ca5"),
        (together, "#2b6588"),
    ]
    for course, _colour in rivers:
        sheet.line(course, SKY, 96)
    for course, colour in rivers:
        sheet.line(course, colour, 60)
    for centre, colour in (((430, 290), CLAY), ((1180, 300), SUN)):
        sheet.dot(centre, 38, SNOW)
        sheet.dot(centre, 26, colour)
    return sheet.png()


def bridge() -> bytes:
    """Draw a bridge whose halves meet in the middle: місто holds міст."""
    sheet = Sheet(ICE)
    sheet.dot((1240, 210), 96, "#f8dd8f")
    sheet.area([(0, 520), *wave(520, 1600, 22), (1600, 900), (0, 900)], SKY)
    for row in range(5):
        y = 610 + row * 62
        for x in range(-80 + row * 57, 1600, 330):
            sheet.line([(x, y), (x + 40, y - 10), (x + 80, y), (x + 120, y + 10), (x + 160, y)], "#b7d8e6", 8)
    sheet.area([(0, 470), (210, 470), (330, 900), (0, 900)], LEAF)
    sheet.area([(1600, 470), (1390, 470), (1270, 900), (1600, 900)], "#d9a93a")
    for side, colour in ((-1, SEA), (1, "#2f7fae")):
        half_bridge(sheet, side, colour)
    sheet.dot((800, 380), 30, SNOW)
    sheet.dot((800, 380), 20, CLAY)
    birch(sheet, 110, 470)
    sunflower(sheet, 1490, 470)
    return sheet.png()


def cities() -> bytes:
    """Draw two cities on opposite banks."""
    sheet = Sheet("#f6e3c5")
    sheet.dot((800, 330), 150, "#f8d27a")
    skyline(sheet, range(0, 620, 78), 560, "#3d6f8e", seed=63)
    skyline(sheet, range(980, 1600, 78), 560, "#4f7f5a", seed=46)
    skyline(sheet, range(-30, 560, 92), 600, SEA, seed=20)
    skyline(sheet, range(1050, 1600, 92), 600, "#35603f", seed=32)
    sheet.area([(0, 590), (640, 590), (740, 900), (0, 900)], NIGHT)
    sheet.area([(1600, 590), (960, 590), (860, 900), (1600, 900)], "#25452e")
    sheet.area([(640, 590), (960, 590), (1180, 900), (420, 900)], SKY)
    for row in range(4):
        y = 640 + row * 70
        sheet.line([(740 - row * 40, y), (800, y + 8), (860 + row * 40, y)], "#c6e0eb", 8)
    return sheet.png(SMALLER)


def kvarken() -> bytes:
    """Draw the Kvarken with Umeå in the west, Vaasa in the east and the way across."""
    sheet = Sheet(SKY)
    sheet.area([(0, 0), (560, 0), *wave(470, 900, 60, upright=True), (0, 900)], MOSS)
    sheet.area([(1600, 0), (1180, 0), *wave(1120, 900, -70, upright=True), (1600, 900)], "#c9d8a8")
    islands = chance(1949)
    for _island in range(46):
        centre = (islands.gauss(1010, 90), islands.uniform(40, 860))
        sheet.dot(centre, islands.uniform(5, 20), "#b9cd9a")
    for _island in range(14):
        sheet.dot((islands.gauss(620, 40), islands.uniform(60, 840)), islands.uniform(4, 13), "#9dbb8d")
    west, east = (400, 380), (1260, 540)
    for step in range(1, 22, 2):
        sheet.line([between(west, east, step / 22), between(west, east, (step + 0.9) / 22)], SNOW, 9)
    for centre, colour in ((west, SEA), (east, CLAY)):
        sheet.dot(centre, 38, SNOW)
        sheet.dot(centre, 26, colour)
    return sheet.png(SMALLER)


# --- Subjects -------------------------------------------------------------------------------------------------------


def district() -> bytes:
    """Draw the plan of a district."""
    sheet = Sheet("#efe8d8")
    plots = chance(55)
    for row, top in enumerate(range(60, 860, 200)):
        for left in range(60 - row % 2 * 60, 1560, 240):
            colour = plots.choice([MOSS, "#e5d3a1", "#d8b28e", "#bcd3de", "#cfdcc0"])
            sheet.box(left, top, left + 200, top + 150, colour, round_by=14)
            if colour == MOSS:
                for tree in range(4):
                    sheet.dot((left + 35 + tree * 42, top + 75 + plots.uniform(-30, 30)), 17, LEAF)
            else:
                sheet.box(left + 28, top + 30, left + 96, top + 118, "#f9f5ea", round_by=6)
                sheet.box(left + 116, top + 30, left + 172, top + 84, "#f9f5ea", round_by=6)
    river = [(-40, 760), (360, 560), (700, 620), (1040, 380), (1320, 420), (1640, 160)]
    sheet.line(smooth(river), SKY, 74)
    sheet.line([(820, -20), (760, 920)], PAPER, 34)
    return sheet.png(SMALLER)


def water() -> bytes:
    """Draw water on its way from the river through three basins to a house."""
    sheet = Sheet(ICE)
    sheet.area([(0, 560), (300, 600), (300, 900), (0, 900)], SEA)
    sheet.area([(0, 620), (1600, 620), (1600, 900), (0, 900)], "#c9b38c")
    sheet.area([(0, 520), *wave(530, 330, 12), (330, 900), (0, 900)], SEA)
    for number, colour in enumerate(["#3a7ca5", "#5fa3c4", SKY]):
        left = 420 + number * 250
        sheet.box(left, 480, left + 190, 760, "#7d7462", round_by=12)
        sheet.box(left + 14, 480, left + 176, 746, SNOW)
        sheet.box(left + 14, 530 + number * 16, left + 176, 746, colour)
        for bubble in range(5 - number * 2):
            sheet.dot((left + 40 + bubble * 28, 620 + bubble % 2 * 40), 7, ICE)
        sheet.line([(left - 70, 700), (left + 10, 700)], "#5b5344", 20)
        sheet.line([(left - 70, 700), (left + 10, 700)], SKY, 10)
    sheet.line([(1100, 700), (1340, 700), (1340, 560)], "#5b5344", 20)
    sheet.line([(1100, 700), (1340, 700), (1340, 560)], SKY, 10)
    sheet.box(1230, 380, 1500, 622, CLAY)
    sheet.area([(1200, 390), (1365, 240), (1530, 390)], NIGHT)
    for left in (1262, 1400):
        sheet.box(left, 430, left + 66, 500, SUN, round_by=4)
    sheet.area([(1340, 510), (1364, 560), (1316, 560)], SKY)
    sheet.dot((1340, 566), 25, SKY)
    return sheet.png(SMALLER)


def screens() -> bytes:
    """Draw two screens whose speech meets above a bridge."""
    sheet = Sheet("#e9e2f0")
    for left, colour in ((150, SEA), (1010, LEAF)):
        sheet.box(left, 330, left + 440, 640, NIGHT, round_by=26)
        sheet.box(left + 20, 350, left + 420, 620, colour, round_by=12)
        sheet.box(left + 190, 640, left + 250, 720, NIGHT)
        sheet.box(left + 120, 710, left + 320, 736, NIGHT, round_by=12)
        for person in range(4):
            centre = left + 75 + person * 97
            sheet.dot((centre, 500), 28, PAPER)
            sheet.box(centre - 40, 540, centre + 40, 620, [SUN, CLAY, SKY, MOSS][person], round_by=26)
    sheet.area([(420, 330), (520, 330), (420, 390)], SUN)
    sheet.box(380, 110, 820, 330, SUN, round_by=60)
    sheet.area([(1180, 330), (1080, 330), (1180, 390)], CLAY)
    sheet.box(780, 150, 1220, 330, CLAY, round_by=60)
    for left in (470, 560, 650):
        sheet.dot((left, 220), 24, SNOW)
    for left in (900, 1000, 1100):
        sheet.dot((left, 240), 24, SNOW)
    sheet.line(arch((610, 800), (990, 800), 110), "#6b5b7b", 22)
    sheet.line([(560, 800), (1040, 800)], "#6b5b7b", 22)
    return sheet.png(SMALLER)


def lights() -> bytes:
    """Draw a house at night, some of its windows lit, a generator beside it."""
    sheet = Sheet(NIGHT)
    stars = chance(60_000)
    for _star in range(70):
        sheet.dot((stars.uniform(0, 1600), stars.uniform(0, 520)), stars.uniform(1.5, 4), "#9fb8c4")
    sheet.box(0, 760, 1600, 900, "#0d222d")
    sheet.box(420, 150, 1020, 770, "#2c5468", round_by=10)
    for row in range(7):
        for column in range(6):
            lit = (row * 5 + column * 3 + row * column) % 4 != 0
            left, top = 462 + column * 92, 190 + row * 78
            sheet.box(left, top, left + 56, top + 48, SUN if lit else "#1d3d4d", round_by=4)
    sheet.line([(1020, 700), (1090, 740), (1150, 700)], CLAY, 10)
    sheet.box(1140, 620, 1400, 760, CLAY, round_by=18)
    sheet.box(1165, 645, 1275, 715, "#7e3527", round_by=8)
    for slit in range(4):
        sheet.line([(1180, 658 + slit * 15), (1260, 658 + slit * 15)], CLAY, 5)
    sheet.dot((1340, 680), 34, PAPER)
    sheet.area([(1348, 652), (1322, 686), (1338, 686), (1332, 710), (1358, 674), (1342, 674)], NIGHT)
    for wheel in (1190, 1350):
        sheet.dot((wheel, 768), 26, "#0a1a22")
    return sheet.png(SMALLER)


def network() -> bytes:
    """Draw five pairs, each joined by an arch."""
    sheet = Sheet(SEA)
    for number in range(5):
        left, right, y = 170 + number * 60, 1430 - number * 60, 780 - number * 110
        colour = [SUN, MOSS, SKY, "#e9967a", PAPER][number]
        sheet.line(arch((left, y), (right, y), 150 + number * 10), colour, 12)
        for centre in ((left, y), (right, y)):
            sheet.dot(centre, 34, PAPER)
            sheet.dot(centre, 24, colour if colour != PAPER else CLAY)
    return sheet.png(SMALLER)


# --- Letters --------------------------------------------------------------------------------------------------------


def initials(letters: str, ground: str, ink: str = SNOW) -> Callable[[], bytes]:
    """Return a drawing of somebody's initials, in place of a portrait."""

    def draw() -> bytes:
        sheet = Sheet(ground, width=800, height=800)
        sheet.dot((400, 400), 314, ink)
        sheet.dot((400, 400), 294, ground)
        write(sheet, letters, ink, size=220, pen=30)
        return sheet.png(SMALLEST)

    return draw


def monogram(letter: str, ground: str, ink: str = SNOW) -> Callable[[], bytes]:
    """Return a drawing of a partner's letter over water: a neutral mark, not its arms."""

    def draw() -> bytes:
        sheet = Sheet(PAPER, width=800, height=800)
        sheet.box(80, 80, 720, 720, ground, round_by=114)
        write(sheet, letter, ink, size=286, pen=42, lift=46)
        for row in range(2):
            y = 600 + row * 46
            sheet.line([(186 + x, y + 11 * sin(x / 428 * 4 * pi)) for x in range(0, 429, 8)], ink, 12)
        return sheet.png(SMALLEST)

    return draw


DRAWINGS: dict[str, Callable[[], bytes]] = {
    "two-rivers": two_rivers,
    "bridge": bridge,
    "cities": cities,
    "kvarken": kvarken,
    "district": district,
    "water": water,
    "screens": screens,
    "lights": lights,
    "network": network,
    "initials-ja": initials("JÅ", SEA),
    "initials-aa": initials("AÅ", LEAF),
    "initials-vb": initials("ВБ", SUN, NIGHT),
    "monogram-umea": monogram("U", SEA),
    "monogram-kherson": monogram("Х", SUN, NIGHT),
    "monogram-vaasa": monogram("V", LEAF),
    "monogram-icld": monogram("I", CLAY),
}
"""Every drawing by its name."""
