"""What a map is drawn with: areas, lines, dots and rasters in metres of the plane, and single-stroke lettering made of lines.

In: points and inks.  Out: frozen `Mark`s, gathered in named `Layer`s. `world.atlas.drawing` puts them on paper.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from world.mesh.lettering import strokes

Rgba = tuple[int, int, int, int]
Points = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Area:
    """A filled polygon, perhaps with a rim."""

    points: Points
    fill: Rgba
    rim: Rgba | None = None
    rim_m: float = 0.3


@dataclass(frozen=True)
class Stroke:
    """A polyline, `width_m` wide; `dash_m` > 0: as long as its gaps."""

    points: Points
    ink: Rgba
    width_m: float
    dash_m: float = 0.0


@dataclass(frozen=True)
class Dot:
    """A disc, or a ring if `ring_m` > 0."""

    at: tuple[float, float]
    radius_m: float
    ink: Rgba
    ring_m: float = 0.0


@dataclass(frozen=True)
class Raster:
    """A picture (H, W, 4) uint8, top row first, over a square of `side_m` from its south-west corner."""

    corner: tuple[float, float]
    side_m: float
    pixels: NDArray[np.uint8]


Mark = Area | Stroke | Dot | Raster


@dataclass(frozen=True)
class Layer:
    """Marks under one name; `glows`: drawn with light round them."""

    name: str
    title: str
    marks: tuple[Mark, ...]
    glows: bool = False


def lettering(
    words: str, at: tuple[float, float], height_m: float, ink: Rgba, *, anchor: str = "middle", turn_deg: float = 0.0, weight: float = 0.11
) -> list[Mark]:
    """Words as strokes; `at` is the foot of the text at its `anchor`: left, middle or right. `turn_deg` anticlockwise."""
    lines = [line * height_m for line in strokes(words)]
    if not lines:
        return []
    width = max(float(line[:, 0].max()) for line in lines)
    shift = {"left": 0.0, "middle": -width / 2, "right": -width}[anchor]
    c, s = math.cos(math.radians(turn_deg)), math.sin(math.radians(turn_deg))
    marks: list[Mark] = []
    for line in lines:
        x, y = line[:, 0] + shift, line[:, 1]
        placed = np.stack([at[0] + c * x - s * y, at[1] + s * x + c * y], axis=1)
        marks.append(Stroke([(float(p[0]), float(p[1])) for p in placed], ink, weight * height_m))
    return marks


def dashes(mark: Stroke) -> list[list[tuple[float, float]]]:
    """The drawn pieces of a stroke: the whole of it, or its dashes."""
    points = [(float(x), float(y)) for x, y in mark.points]
    if mark.dash_m <= 0.0:
        return [points]
    pieces: list[list[tuple[float, float]]] = []
    left, drawn, piece = mark.dash_m, True, [points[0]]
    for (ax, ay), (bx, by) in itertools.pairwise(points):
        length, gone = math.dist((ax, ay), (bx, by)), 0.0
        while length - gone > left:
            gone += left
            here = (ax + (bx - ax) * gone / length, ay + (by - ay) * gone / length)
            if drawn:
                pieces.append([*piece, here])
            left, drawn, piece = mark.dash_m, not drawn, [here]
        left -= length - gone
        piece.append((bx, by))
    if drawn and len(piece) > 1:
        pieces.append(piece)
    return pieces
