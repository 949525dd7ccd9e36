"""Small drawings bent from neon tube: what a shop sells, without words.

In: a name.  Out: polylines (P, 2) in a unit square, x right, y up, about its middle (-.5 to .5).
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Line = NDArray[np.float64]


def _arc(x: float, y: float, rx: float, ry: float, from_deg: float, to_deg: float, steps: int = 10) -> list[tuple[float, float]]:
    angles = [math.radians(from_deg + (to_deg - from_deg) * i / steps) for i in range(steps + 1)]
    return [(x + rx * math.cos(a), y + ry * math.sin(a)) for a in angles]


def _wave(x: float, y: float, height: float, sway: float) -> list[tuple[float, float]]:
    return [(x + sway * math.sin(i * 1.1), y + height * i / 6) for i in range(7)]


def _star() -> list[tuple[float, float]]:
    return [(r * math.sin(i * math.pi / 5), r * math.cos(i * math.pi / 5)) for i in range(11) for r in [0.5 if i % 2 == 0 else 0.2]]


def _heart() -> list[tuple[float, float]]:
    turns = [i * 2 * math.pi / 24 for i in range(25)]
    x = [16 * math.sin(t) ** 3 for t in turns]
    y = [13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t) for t in turns]
    return [(a / 34, b / 34 + 0.06) for a, b in zip(x, y, strict=True)]


_ICONS: dict[str, list[list[tuple[float, float]]]] = {
    "cup": [
        [(-0.38, 0.12), (-0.32, -0.26), (-0.2, -0.34), (0.08, -0.34), (0.2, -0.26), (0.26, 0.12), (-0.38, 0.12)],
        _arc(0.26, -0.08, 0.17, 0.14, 80, -90, 7),
        _wave(-0.2, 0.2, 0.28, 0.05),
        _wave(0.06, 0.2, 0.28, 0.05),
        [(-0.45, -0.45), (0.35, -0.45)],
    ],
    "bowl": [
        [*_arc(0, -0.02, 0.46, 0.38, 180, 360, 12), (-0.46, -0.02)],
        [(-0.18, -0.46), (0.18, -0.46)],
        [(0.0, 0.02), (0.38, 0.48)],
        [(0.12, 0.02), (0.48, 0.4)],
        _wave(-0.26, 0.08, 0.34, 0.05),
    ],
    "cocktail": [
        [(-0.4, 0.34), (0.4, 0.34), (0.0, -0.06), (-0.4, 0.34)],
        [(0.0, -0.06), (0.0, -0.44)],
        [(-0.22, -0.46), (0.22, -0.46)],
        [(0.06, 0.1), (0.34, 0.5)],
    ],
    "fish": [
        [*_arc(-0.08, 0, 0.38, 0.22, 30, 330, 14), (0.48, 0.2), (0.4, 0.0), (0.48, -0.2), *_arc(-0.08, 0, 0.38, 0.22, 30, 30, 1)],
        _arc(-0.28, 0.05, 0.03, 0.03, 0, 360, 5),
        _arc(-0.24, 0.0, 0.12, 0.2, -60, 60, 5),
    ],
    "heart": [_heart()],
    "star": [_star()],
    "moon": [[*_arc(0, 0, 0.46, 0.46, 50, 310, 14), *_arc(0.2, 0, 0.36, 0.36, 282, 78, 10), _arc(0, 0, 0.46, 0.46, 50, 50, 1)[0]]],
    "arrow": [
        [(-0.5, 0.12), (0.1, 0.12), (0.1, 0.34), (0.5, 0.0), (0.1, -0.34), (0.1, -0.12), (-0.5, -0.12), (-0.5, 0.12)],
    ],
    "cross": [
        [(-0.15, 0.45), (0.15, 0.45), (0.15, 0.15), (0.45, 0.15), (0.45, -0.15), (0.15, -0.15)],
        [(0.15, -0.15), (0.15, -0.45), (-0.15, -0.45), (-0.15, -0.15), (-0.45, -0.15), (-0.45, 0.15), (-0.15, 0.15), (-0.15, 0.45)],
    ],
    "eye": [
        [*_arc(0, -0.22, 0.56, 0.5, 153, 27, 10), *_arc(0, 0.22, 0.56, 0.5, -27, -153, 10), _arc(0, -0.22, 0.56, 0.5, 153, 153, 1)[0]],
        _arc(0, 0, 0.15, 0.15, 0, 360, 10),
    ],
    "tooth": [
        [(0.0, 0.34), (0.2, 0.42), (0.38, 0.32), (0.38, 0.06), (0.28, -0.14), (0.24, -0.46), (0.12, -0.46), (0.0, -0.14)],
        [(0.0, 0.34), (-0.2, 0.42), (-0.38, 0.32), (-0.38, 0.06), (-0.28, -0.14), (-0.24, -0.46), (-0.12, -0.46), (0.0, -0.14)],
    ],
    "bolt": [[(0.1, 0.5), (-0.28, -0.06), (0.0, -0.06), (-0.12, -0.5), (0.28, 0.12), (0.02, 0.12), (0.1, 0.5)]],
    "note": [_arc(-0.2, -0.32, 0.16, 0.12, 0, 360, 9), [(-0.04, -0.32), (-0.04, 0.44), (0.32, 0.28), (0.3, 0.06)]],
    "flower": [_arc(0, 0.14, 0.1, 0.1, 0, 360, 8)]
    + [_arc(0.24 * math.cos(a), 0.14 + 0.24 * math.sin(a), 0.13, 0.13, 0, 360, 8) for a in (0.3, 1.56, 2.8, 4.07, 5.33)]
    + [[(0.0, -0.1), (0.04, -0.5)]],
    "steam": [
        _wave(-0.26, -0.1, 0.56, 0.07),
        _wave(0, -0.1, 0.6, 0.07),
        _wave(0.26, -0.1, 0.56, 0.07),
        _arc(0, -0.2, 0.48, 0.26, 165, 375, 12),
    ],
    "drop": [[(0.0, 0.5), *_arc(0, -0.14, 0.3, 0.32, 30, -210, 12), (0.0, 0.5)]],
    "hand": [
        [(-0.26, -0.5), (-0.3, -0.1), (-0.46, 0.14), (-0.36, 0.2), (-0.2, 0.04), (-0.22, 0.4), (-0.11, 0.42), (-0.07, 0.1)],
        [(-0.07, 0.1), (-0.03, 0.5), (0.08, 0.5), (0.08, 0.1), (0.16, 0.44), (0.26, 0.42), (0.22, 0.06), (0.34, 0.28), (0.42, 0.24)],
        [(0.42, 0.24), (0.34, -0.16), (0.2, -0.5)],
    ],
}


def icon_names() -> tuple[str, ...]:
    """Every drawing there is."""
    return tuple(_ICONS)


@lru_cache(maxsize=64)
def icon(name: str) -> tuple[Line, ...]:
    """The polylines of one drawing; KeyError for an unknown name."""
    return tuple(np.array(line, dtype=np.float64) for line in _ICONS[name])
