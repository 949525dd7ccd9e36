"""How far a lamp shines before a wall is in its way, in every direction about it: a shadow map of one dimension.

In: the walls between the light field's voxels, where lamps are.  Out: metres by lamp and direction, for the shaders.
How: rays go out level at the lamp's own height, a metre a step; the first wall that lies between two of their points ends them. Directions
are even in the diamond angle (y / (|x| + |y|), quadrant by quadrant), which costs a shader no arc tangent.
Source: one-dimensional shadow maps of 2D renderers; the walls are those that keep the field's light apart (world/light/partition.py).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from world.light.bake import layer_of_height

DIRECTIONS = 64
FAR_M = 24
_PERIOD_M = 256
_HELD_OFF_M = 0.4  # what hangs on a wall is not behind it, wherever between two voxels the wall is taken to be
Floats = NDArray[np.float64]


def ways() -> Floats:
    """(DIRECTIONS, 2): unit, the first a half step past east, on to the north."""
    a = (np.arange(DIRECTIONS) + 0.5) * (4.0 / DIRECTIONS)
    quadrant, t = np.divmod(a, 1.0)
    corner = np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0], [1.0, 0.0]])
    first = quadrant.astype(np.int64)
    diamond = corner[first] * (1.0 - t)[:, None] + corner[first + 1] * t[:, None]
    return diamond / np.sqrt((diamond * diamond).sum(axis=1, keepdims=True))


def turned(along: Floats) -> Floats:
    """(N,): where among `ways` directions (N, 2 or more) lie, from 0 (the first) up to `DIRECTIONS`, which is the first again."""
    q = along[:, :2] / np.maximum(abs(along[:, :2]).sum(axis=1, keepdims=True), 1e-9)
    x, y = q.T
    angle = np.where(y >= 0.0, np.where(x >= 0.0, y, 1.0 - x), np.where(x < 0.0, 2.0 - y, 3.0 + x))
    found: Floats = (angle * (DIRECTIONS / 4.0) - 0.5) % DIRECTIONS
    return found


_STEPS = np.arange(FAR_M + 1, dtype=np.float64)
_OFFSETS = ways()[:, None] * _STEPS[:, None]  # (DIRECTIONS, FAR_M + 1, 2)


def reaches(walls_x: NDArray[np.uint8], walls_y: NDArray[np.uint8], places: Floats) -> NDArray[np.float32]:
    """(L, DIRECTIONS) metres, `FAR_M` where nothing is in the way, of lamps at `places` (L, 3). `walls_x` (layers, rows, pairs, 2) and
    `walls_y` (layers, pairs, rows, 2) as `FieldRings` holds them, of a period of 256 m."""
    layers = np.clip(np.rint(layer_of_height(places[:, 2])).astype(np.int64), 0, len(walls_x) - 1)[:, None, None]
    points = places[:, None, None, :2] + _OFFSETS
    start, end = points[:, :, :-1], points[:, :, 1:]
    row = np.floor(0.5 * (start + end)).astype(np.int64) % _PERIOD_M
    met = np.full(start.shape[:3], np.inf)
    for axis, walls in ((0, walls_x), (1, walls_y)):
        across, run = row[..., 1 - axis], end[..., axis] - start[..., axis]
        slope = np.where(abs(run) > 1e-9, run, 1e-9)
        for ends in (start, end):  # a step may pass from one pair of voxels into the next
            n = np.floor((ends[..., axis] - 1.0) * 0.5).astype(np.int64)
            at = n % (_PERIOD_M // 2)
            found = walls[layers, across, at] if axis == 0 else walls[layers, at, across]
            wall = 2.0 * n + 1.0 + 2.0 * (found[..., 1] / 255.0)
            share = (wall - start[..., axis]) / slope
            crosses = (found[..., 0] > 127) & (share >= 0.0) & (share <= 1.0)
            crosses &= abs(wall - places[:, None, None, axis]) > _HELD_OFF_M
            met = np.where(crosses, np.minimum(met, _STEPS[:-1] + share), met)
    return np.minimum(met.min(axis=2), FAR_M).astype(np.float32)
