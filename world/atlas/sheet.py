"""The sheet that a map is set on: frame, title, scale bar, north arrow, legend.

In: a `Survey`, its layers, the sheet's width.  Out: `Sheet`: layers of map and furniture with their frames, ready to be drawn.
All frames are in pixels from the sheet's lower left corner, y up.
"""

from __future__ import annotations

from dataclasses import dataclass

from world.atlas import palette as ink
from world.atlas.marks import Area, Dot, Layer, Mark, Rgba, Stroke, lettering
from world.atlas.palette import mixed
from world.atlas.survey import Survey

_MARGIN, _BAND = 0.035, 0.185  # shares of the width: round the map, and below it
_LADDER_M = (10, 20, 50, 100, 200, 500)


@dataclass(frozen=True)
class Sheet:
    """`layers` are the map's, in metres; a point of the plane lies at `corner` + (point - `origin`) · `scale` pixels, and shows
    only within the square of `side` pixels. `furniture` is in pixels."""

    size: tuple[int, int]
    layers: tuple[Layer, ...]
    furniture: Layer
    origin: tuple[float, float]
    corner: tuple[float, float]
    side: float
    scale: float


def sheet_of(survey: Survey, layers: list[Layer], width: int, about: str) -> Sheet:
    """The layers on a sheet `width` pixels wide; `about` is a line under the title."""
    margin, band = _MARGIN * width, _BAND * width
    side = width - 2 * margin
    size = (width, round(side + band + 2 * margin))
    corner = (margin, band + margin)
    scale = side / (2 * survey.radius_m)
    marks = [*_frame(survey, corner, side, scale), *_title(survey, corner, width, about), *_scale_bar(corner, side, scale, width)]
    marks += [*_north(corner, side, width), *_legend(layers, corner, side, width)]
    furniture = Layer("legend", "legend", tuple(marks))
    return Sheet(size, tuple(layers), furniture, survey.box[:2], corner, side, scale)


def _frame(survey: Survey, corner: tuple[float, float], side: float, scale: float) -> list[Mark]:
    """A double line, and the coordinates of every hundred metres (or more)."""
    (x, y), line = corner, side / 700
    marks: list[Mark] = []
    for grow, width in ((0.0, line), (5 * line, 0.5 * line)):
        low, high = -grow, side + grow
        ring = [(x + low, y + low), (x + high, y + low), (x + high, y + high), (x + low, y + high), (x + low, y + low)]
        marks.append(Stroke(ring, ink.FAINT, width))
    step = next((s for s in _LADDER_M if 2 * survey.radius_m / s <= 8), 1000)
    text = side / 95
    for axis in (0, 1):
        start = survey.box[axis]
        at = (int(start // step) + 1) * step
        while at < start + 2 * survey.radius_m:
            p = (at - start) * scale
            if axis == 0:
                marks.append(Stroke([(x + p, y - 5 * line), (x + p, y + 4 * line)], ink.FAINT, line))
                marks += lettering(f"{at:g}", (x + p, y + side + 9 * line), text, ink.FAINT)
            else:
                marks.append(Stroke([(x - 5 * line, y + p), (x + 4 * line, y + p)], ink.FAINT, line))
                marks += lettering(f"{at:g}", (x - 8 * line, y + p), text, ink.FAINT, turn_deg=90.0)
            at += step
    return marks


def _title(survey: Survey, corner: tuple[float, float], width: int, about: str) -> list[Mark]:
    x, y, size = corner[0], corner[1], width / 34
    (mx, my), recipe = survey.middle, survey.pipe.recipe
    marks = lettering("NEO-TOKYO", (x, y - 2.15 * size), 1.2 * size, ink.INK, anchor="left", weight=0.085)
    marks += lettering(about, (x, y - 3.15 * size), 0.36 * size, ink.INK, anchor="left")
    under = f"seed {recipe.world.seed}   {2 * survey.radius_m:.0f} m round x {mx:.0f}  y {my:.0f}"
    return marks + lettering(under, (x, y - 3.85 * size), 0.32 * size, ink.FAINT, anchor="left")


def _scale_bar(corner: tuple[float, float], side: float, scale: float, width: int) -> list[Mark]:
    unit = next((s for s in reversed(_LADDER_M) if s * scale < side / 8), _LADDER_M[0])
    x, y, size = corner[0], corner[1] - 5.5 * width / 34, width / 34
    marks: list[Mark] = []
    for k in range(3):
        a, b = x + k * unit * scale, x + (k + 1) * unit * scale
        box = [(a, y), (b, y), (b, y + 0.22 * size), (a, y + 0.22 * size)]
        marks.append(Area(box, ink.INK if k % 2 == 0 else (*ink.SHEET, 255), ink.INK, size / 28))
    for k in (0, 1, 2, 3):
        marks += lettering(f"{k * unit}" + (" m" if k == 3 else ""), (x + k * unit * scale, y + 0.42 * size), 0.32 * size, ink.FAINT)
    return marks


def _north(corner: tuple[float, float], side: float, width: int) -> list[Mark]:
    size = width / 34
    x, y = corner[0] + side - 1.2 * size, corner[1] + side - 2.0 * size
    left = [(x, y + 1.35 * size), (x - 0.42 * size, y - 0.5 * size), (x, y - 0.15 * size)]
    right = [(x, y + 1.35 * size), (x + 0.42 * size, y - 0.5 * size), (x, y - 0.15 * size)]
    disc = Dot((x, y + 0.2 * size), 1.5 * size, (*ink.PAPER, 170))
    letter = lettering("N", (x, y - 1.0 * size), 0.42 * size, ink.INK, weight=0.13)
    return [disc, Area(left, ink.INK), Area(right, (*ink.SHEET, 255), ink.INK, size / 30), *letter]


def _legend(layers: list[Layer], corner: tuple[float, float], side: float, width: int) -> list[Mark]:
    """Three columns: the districts, the fronts, and a sample of each other layer."""
    drawn = {layer.name for layer in layers}
    size, text = width / 34, width / 110
    top, left = corner[1] - 1.15 * size, corner[0] + 0.4 * side
    columns: list[list[tuple[str, list[Mark]]]] = [[], [], []]
    if drawn & {"blocks", "buildings", "names"}:
        for name, light in ink.DISTRICT.items():
            shades = [mixed(ink.SHEET, light, 0.15), mixed(ink.SHEET, light, 0.7), mixed(mixed(ink.SHEET, light, 0.7)[:3], ink.CHAR, 0.85)]
            columns[0].append((name, [_swatch(k, 3, shade) for k, shade in enumerate(shades)]))
    if "fronts" in drawn:
        for name, colour in ink.FRONT.items():
            columns[1].append((name, [Area([(0.5, 1.0), (0.75, 0.5), (0.5, 0.0), (0.25, 0.5)], (*colour, 255))]))
    for layer in layers:
        if layer.name in _SAMPLES:
            columns[2].append((layer.title, _SAMPLES[layer.name]))
    marks: list[Mark] = []
    for x, entries in zip((left, left + 0.16 * side, left + 0.3 * side), columns, strict=True):
        pitch = min(1.75 * text, 15.5 * text / max(1, len(entries)))
        for row, (title, sample) in enumerate(entries):
            y = top - row * pitch
            marks += [_placed(mark, x, y, 2.6 * text, text) for mark in sample]
            marks += lettering(title, (x + 3.4 * text, y), 0.85 * text, ink.INK, anchor="left")
    return marks


def _swatch(index: int, count: int, colour: Rgba) -> Area:
    a, b = index / count, (index + 1) / count
    return Area([(a, 0.0), (b, 0.0), (b, 1.0), (a, 1.0)], colour)


def _placed(mark: Mark, x: float, y: float, wide: float, high: float) -> Mark:
    """A sample drawn in the unit square, where it stands in the legend (line widths are shares of its height)."""
    if isinstance(mark, Area):
        return Area([(x + wide * u, y + high * v) for u, v in mark.points], mark.fill, mark.rim, mark.rim_m * high)
    if isinstance(mark, Stroke):
        return Stroke([(x + wide * u, y + high * v) for u, v in mark.points], mark.ink, mark.width_m * high, mark.dash_m * high)
    assert isinstance(mark, Dot)
    return Dot((x + wide * mark.at[0], y + high * mark.at[1]), mark.radius_m * high, mark.ink, mark.ring_m * high)


_BOX = [(0.0, 0.1), (1.0, 0.1), (1.0, 0.9), (0.0, 0.9)]
_LINE = [(0.0, 0.5), (1.0, 0.5)]
_SAMPLES: dict[str, list[Mark]] = {
    "water": [Area(_BOX, ink.DEEP, (*ink.WATER, 200), 0.08)],
    "craters": [Dot((0.5, 0.5), 0.5, ink.CRATER, 0.14), Dot((0.5, 0.5), 0.22, (10, 8, 8, 255))],
    "barriers": [Stroke(_LINE, ink.FENCE, 0.16)],
    "things": [Area([(0.0, 0.25), (0.45, 0.25), (0.45, 0.75), (0.0, 0.75)], ink.WRECK), Dot((0.8, 0.5), 0.4, ink.TREE)],
    "overpass": [Area([(0.0, 0.1), (0.7, 0.1), (0.7, 0.9), (0.0, 0.9)], ink.DECK), Stroke([(0.7, 0.0), (0.7, 1.0)], ink.BROKEN, 0.24)],
    "signs": [
        Dot((0.2, 0.5), 0.26, (255, 60, 90, 255)),
        Dot((0.5, 0.5), 0.2, (90, 240, 200, 255)),
        Dot((0.8, 0.5), 0.24, (255, 190, 80, 255)),
    ],
    "holograms": [Stroke(_LINE, ink.HOLOGRAM, 0.3), Dot((0.5, 0.5), 0.5, ink.HOLOGRAM, 0.1)],
    "landmarks": [
        Area([(0.5, 1.1), (0.56, 0.6), (0.75, 0.5), (0.56, 0.4), (0.5, -0.1), (0.44, 0.4), (0.25, 0.5), (0.44, 0.6)], ink.LANDMARK)
    ],
    "cover": [Dot((0.3, 0.5), 0.4, ink.LOW_COVER, 0.14), Dot((0.7, 0.5), 0.4, ink.HIGH_COVER, 0.14)],
    "patrol": [Stroke(_LINE, ink.PATROL, 0.2, 0.4)],
    "sound": [Stroke([(0.0, 0.7), (1.0, 0.7)], (*ink.HEARD[:3], 255), 0.1), Stroke([(0.0, 0.3), (1.0, 0.3)], (*ink.MUFFLED[:3], 255), 0.1)],
}
