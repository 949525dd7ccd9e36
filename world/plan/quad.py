"""Convex quadrilaterals in the plane: what superblocks, blocks and stretches of road are.

In: corners (m), counter-clockwise from the south-west.  Out: insets, bilinear places, signed distances. Plain arithmetic and square
roots only, so that every processor agrees on the last bit.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from world.plan.records import Point

Quad = tuple[Point, Point, Point, Point]  # south-west, south-east, north-east, north-west
Line = tuple[Point, Point]  # a point, a unit direction
# Sides are counted west, east, south, north everywhere; the corners of each, in the quad's own turn.
SIDE_CORNERS = ((3, 0), (1, 2), (0, 1), (2, 3))


def line_through(a: Point, b: Point, shift_m: float = 0.0) -> Line:
    """The line from a to b, moved by `shift_m` to its left."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = math.sqrt(dx * dx + dy * dy)
    dx, dy = dx / length, dy / length
    return (a[0] - dy * shift_m, a[1] + dx * shift_m), (dx, dy)


def crossing(first: Line, second: Line) -> Point:
    """Where two lines cross, to the millimetre. They must not be parallel."""
    (ax, ay), (ux, uy) = first
    (bx, by), (vx, vy) = second
    t = ((bx - ax) * vy - (by - ay) * vx) / (ux * vy - uy * vx)
    return round(ax + ux * t, 3), round(ay + uy * t, 3)


def between(west: Line, east: Line, south: Line, north: Line) -> Quad:
    """The quadrilateral that four lines bound."""
    return crossing(west, south), crossing(east, south), crossing(east, north), crossing(west, north)


def inset(quad: Quad, margins: tuple[float, float, float, float]) -> Quad:
    """`quad` with its west, east, south and north sides moved inwards."""
    west, east, south, north = (line_through(quad[a], quad[b], margin) for (a, b), margin in zip(SIDE_CORNERS, margins, strict=True))
    return between(west, east, south, north)


def place_in(quad: Quad, s: float, t: float) -> Point:
    """The bilinear place: s from west to east, t from south to north, both 0 .. 1."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = quad
    p, q, r, o = (1 - s) * (1 - t), s * (1 - t), s * t, (1 - s) * t
    return p * ax + q * bx + r * cx + o * dx, p * ay + q * by + r * cy + o * dy


def middle(quad: Quad) -> Point:
    """The mean of the corners."""
    return sum(p[0] for p in quad) / 4, sum(p[1] for p in quad) / 4


def side_length(quad: Quad, side: int) -> float:
    """Length (m) of a side."""
    a, b = (quad[k] for k in SIDE_CORNERS[side])
    return math.sqrt((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2)


@lru_cache(maxsize=16384)
def bounds(quad: Quad) -> tuple[float, float, float, float]:
    """x0, y0, x1, y1."""
    xs, ys = [p[0] for p in quad], [p[1] for p in quad]
    return min(xs), min(ys), max(xs), max(ys)


def reaches(quad: Quad, x0: float, y0: float, x1: float, y1: float) -> bool:
    """Whether the quad's bounds meet a rectangle."""
    ax, ay, bx, by = bounds(quad)
    return ax < x1 and bx > x0 and ay < y1 and by > y0


def planes(quad: Quad) -> NDArray[np.float64]:
    """(4, 3) rows (a, b, c), west, east, south, north: a·x + b·y + c is the distance (m) outside that side."""
    rows = []
    for first, second in SIDE_CORNERS:
        (px, py), (dx, dy) = line_through(quad[first], quad[second])
        rows.append((dy, -dx, px * -dy + py * dx))
    return np.array(rows)


def holds(quad: Quad, x: float, y: float) -> bool:
    """Whether the point lies inside or on the rim."""
    for first, second in SIDE_CORNERS:
        (ax, ay), (bx, by) = quad[first], quad[second]
        if (bx - ax) * (y - ay) - (by - ay) * (x - ax) < 0.0:
            return False
    return True
