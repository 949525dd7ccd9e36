"""How a machine's state is signed: a colour and a shape, the same beside a caption, at the screen's edge and on the plan of F3.

In: a `Band`, a path to draw along.  Out: colours, words, and the strokes of the shape.
How: from calm to pursuit the colours go from dim and cold to bright and warm, so that they differ in lightness, too, and stay apart for
eyes that see no red or no green (after Okabe and Ito's set); shapes add rails and teeth, so that no colour is needed at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from world.sim import Band
from world.ui.strokes import Colour, Strokes

MOODS = {
    Band.UNAWARE: "",
    Band.OBSERVANT: "slowing",
    Band.SUSPICIOUS: "listening",
    Band.SEARCHING: "searching",
    Band.AGITATED: "hunting",
    Band.PURSUIT: "coming for you",
}
COLOURS: dict[Band, tuple[float, float, float]] = {
    Band.UNAWARE: (0.42, 0.62, 0.66),
    Band.OBSERVANT: (0.34, 0.71, 0.91),
    Band.SUSPICIOUS: (0.97, 0.93, 0.45),
    Band.SEARCHING: (0.95, 0.66, 0.10),
    Band.AGITATED: (0.90, 0.40, 0.08),
    Band.PURSUIT: (1.0, 0.24, 0.52),
}
OTHER = (0.62, 0.66, 0.66)  # what is no machine


@dataclass(frozen=True)
class Shape:
    """`rails` lines one within the other, the outer one `broken` in the middle or not, `teeth` pointing inwards."""

    rails: int
    broken: bool
    teeth: int


SHAPES = {
    Band.UNAWARE: Shape(1, False, 0),
    Band.OBSERVANT: Shape(1, True, 0),
    Band.SUSPICIOUS: Shape(1, False, 1),
    Band.SEARCHING: Shape(2, False, 1),
    Band.AGITATED: Shape(2, False, 2),
    Band.PURSUIT: Shape(3, False, 3),
}
_NO_MACHINE = Shape(1, True, 0)
_BREAK = 0.3  # of half its length
_STEPS = 13

# (along in [-1, 1], inwards in units of the sign's size) -> points (N, 2) of the screen
Path = Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64]]


def draw_sign(strokes: Strokes, band: int | None, path: Path, width: float, alpha: float, *, lit: bool = False) -> None:
    """The sign of a state along a path; `width` of its lines in UI units. None: a sound that is no machine's. `lit`: it stands before
    anything, and is set off by a glow and a shade."""
    colour: Colour = (*(OTHER if band is None else COLOURS[Band(band)]), alpha)
    glow, shade = (0.35, 0.5) if lit else (0.0, 0.0)
    along, inwards, ends = _pieces(_NO_MACHINE if band is None else SHAPES[Band(band)])
    for points in np.split(path(along, inwards), ends):
        strokes.line(points, width, colour, glow=glow, shade=shade)


@cache
def _pieces(shape: Shape) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """All lines of a shape one after the other, along and inwards, and where each but the last ends."""
    pieces = []
    for rail in range(shape.rails):
        half = 1.0 - 0.22 * rail
        for low, high in [(-half, -_BREAK), (_BREAK, half)] if shape.broken else [(-half, half)]:
            pieces.append((np.linspace(low, high, _STEPS), np.full(_STEPS, 0.42 * rail)))
    inner = 0.42 * (shape.rails - 1) + 0.3
    for tooth in range(shape.teeth):
        middle = 0.34 * (tooth - (shape.teeth - 1) / 2)
        pieces.append((middle + np.array([-0.15, 0.0, 0.15]), inner + np.array([0.0, 0.5, 0.0])))
    along, inwards = (np.concatenate([piece[side] for piece in pieces]) for side in (0, 1))
    return along, inwards, np.cumsum([len(piece[0]) for piece in pieces])[:-1]
