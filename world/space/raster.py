"""Turned rectangles and discs on a raster, all of them at once.

In: shapes in world metres, a square raster.  Out: (which shape, flat index row * nodes + column) of every node within one, shape by shape:
what is written there in that order leaves the last shape's value.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from world.space.footprints import spread

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Raster(NamedTuple):
    """`nodes` by `nodes` points, `step_m` apart, the first at (x, y)."""

    x: float
    y: float
    step_m: float
    nodes: int


def within_rectangles(frames: Floats, raster: Raster) -> tuple[Ints, Ints]:
    """`frames` (N, 8): origin x, y, axis x, y, and from where to where along the axis and left of it: u0, u1, v0, v1."""
    x, y, ax, ay, u0, u1, v0, v1 = frames.T
    corner_x = x + np.stack([u * ax - v * ay for u in (u0, u1) for v in (v0, v1)])
    corner_y = y + np.stack([u * ay + v * ax for u in (u0, u1) for v in (v0, v1)])
    which, i, j = _boxed(corner_x.min(axis=0), corner_y.min(axis=0), corner_x.max(axis=0), corner_y.max(axis=0), raster)
    dx, dy = raster.x + raster.step_m * i - x[which], raster.y + raster.step_m * j - y[which]
    u, v = dx * ax[which] + dy * ay[which], dy * ax[which] - dx * ay[which]
    inside = np.flatnonzero((u > u0[which]) & (u < u1[which]) & (v > v0[which]) & (v < v1[which]))
    return which[inside], (j * raster.nodes + i)[inside]


def within_discs(discs: Floats, raster: Raster) -> tuple[Ints, Ints]:
    """`discs` (N, 3): centre x, y, radius."""
    x, y, radius = discs.T
    which, i, j = _boxed(x - radius, y - radius, x + radius, y + radius, raster)
    dx, dy = raster.x + raster.step_m * i - x[which], raster.y + raster.step_m * j - y[which]
    inside = np.flatnonzero(dx * dx + dy * dy < (radius * radius)[which])
    return which[inside], (j * raster.nodes + i)[inside]


def _boxed(x0: Floats, y0: Floats, x1: Floats, y1: Floats, raster: Raster) -> tuple[Ints, Ints, Ints]:
    """(which, column, row) of the nodes within upright boxes."""

    def node(metres: Floats, first: float) -> Ints:
        return np.clip(np.ceil((metres - first) / raster.step_m), 0, raster.nodes).astype(np.int64)

    i0, j0 = node(x0, raster.x), node(y0, raster.y)
    wide, high = node(x1, raster.x) - i0, node(y1, raster.y) - j0
    which, k = spread(np.zeros(len(wide), np.int64), wide * high)
    row = k // wide[which]
    return which, i0[which] + k - row * wide[which], j0[which] + row
