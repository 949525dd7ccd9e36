"""The street's relief: camber, kerbs, basins, craters, canals.

In: recipe, the blocks and canals about, sample points.  Out: heights (m) of carriageway and of land. `space` rasters it, `mesh` draws
it, and whatever the plan puts down stands on it. Carriageways are cambered (their gutters are where puddles gather), pavements stand a
kerb higher, land sinks towards its middle, plazas as basins. Relief is three octaves of noise, .45 · relief in standard deviation.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from world.fields import NoiseField
from world.plan.craters import Crater
from world.plan.lattice import Block, Use
from world.plan.quad import bounds, planes
from world.plan.strips import Strip
from world.recipe import Knobs, Recipe

RELIEF = Knobs({"water.basin_m", "water.relief_m"})

KERB_M = 0.13
BED_M = -0.55  # of a canal: one can wade
RAMP_M = 4.0  # the slope at a canal's either end
_CROWN_M, _GUTTER_M, _CROWN_AT_M = 0.05, -0.035, 3.6
_REACH_M = 12.0  # beyond that from any kerb a road is at its crown
Array = NDArray[np.float64]

# How far land sinks (m), and over how many metres from the pavement, by use.
_SINK = {Use.BUILT: (0.15, 2.2), Use.PLAZA: (0.24, 7.0), Use.PARK: (0.2, 9.0), Use.LANDMARK: (0.22, 7.0)}


@lru_cache(maxsize=16)
def _relief(seed: int, wave_m: float) -> NoiseField:
    return NoiseField(seed, "relief", wave_m, 3)


class Terrain:
    """The ground within a rectangle. `road` and `land` take points (N,); `raster` a grid."""

    def __init__(self, recipe: Recipe, blocks: Sequence[Block], channels: Sequence[Strip], craters: Sequence[Crater]) -> None:
        self._recipe, self._blocks, self._craters = recipe, blocks, craters
        self._channels = [(planes(c.corners), c) for c in channels]
        self._noise = _relief(recipe.seed_of("water"), recipe.water.basin_m)

    def road(self, x: Array, y: Array) -> Array:
        """Height (m) of the carriageway at points, also where a block covers it."""
        return _camber(self._away(x, y).min(axis=0, initial=_REACH_M)) + self._bumps(x, y)

    def land(self, block: Block, x: Array, y: Array) -> Array:
        """Height (m) of a block's pavement and land at points."""
        sink = _sink(*_SINK[block.use], -_outside(block.planes, x, y) - block.pavement_m)
        return KERB_M - sink[0] + self._bumps(x, y) * sink[1]

    def bed(self, channel: Strip, x: Array, y: Array) -> Array:
        """Height (m) of a canal's bed: it slopes up to the quay at either end of its run."""
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = channel.corners
        sx, sy = (ax + bx) / 2, (ay + by) / 2
        ux, uy = (cx + dx) / 2 - sx, (cy + dy) / 2 - sy
        length = math.sqrt(ux * ux + uy * uy)
        along = channel.start_m + ((x - sx) * ux + (y - sy) * uy) / length
        end = np.minimum(along, channel.run_m - along)
        return BED_M * np.clip(end / RAMP_M, 0.0, 1.0) + 0.4 * self._bumps(x, y)

    def at(self, x: Array, y: Array) -> Array:
        """Height (m) of whatever the ground is at points."""
        bumps = self._bumps(x, y)
        away = self._away(x, y)
        height = _camber(away.min(axis=0, initial=_REACH_M)) + bumps
        on_land = np.nonzero((away <= 0.0).any(axis=0))[0]
        if len(on_land):
            owner = len(away) - 1 - (away[::-1, on_land] <= 0.0).argmax(axis=0)
            pavement, most, over = np.array([(b.pavement_m, *_SINK[b.use]) for b in self._blocks])[owner].T
            sink = _sink(most, over, -away[owner, on_land] - pavement)
            height[on_land] = KERB_M - sink[0] + bumps[on_land] * sink[1]
        for plane, channel in self._channels:
            inside = _outside(plane, x, y) < 0.0
            if inside.any():
                height[inside] = self.bed(channel, x[inside], y[inside])
        return height

    def _away(self, x: Array, y: Array) -> Array:
        """How far (m) outside each block points are, (blocks, N); negative inside."""
        a, b, c = np.array([block.planes for block in self._blocks]).reshape(-1, 4, 3).transpose(2, 0, 1)[..., None]
        return (a * x + b * y + c).max(axis=1)

    def raster(self, x: Array, y: Array) -> tuple[NDArray[np.float32], NDArray[np.int16], NDArray[np.float32]]:
        """On the grid of axes `x` (W,), `y` (H,): heights; which block covers a node (-1 road, -2 - k the k-th canal); and how far
        (m) it lies inside that block's kerb."""
        away = np.full((len(y), len(x)), _REACH_M, dtype=np.float32)
        owner = np.full(away.shape, -1, dtype=np.int16)
        for k, block in enumerate(self._blocks):
            rows, columns = _window(bounds(block.kerb), x, y, _CROWN_AT_M)
            if rows.start >= rows.stop or columns.start >= columns.stop:
                continue
            d = _outside_grid(block.planes, x[columns], y[rows])
            part = away[rows, columns]
            owner[rows, columns][d <= 0.0] = k
            np.minimum(part, d, out=part)
        height = _camber(away)
        lift = np.ones_like(height)
        for k, block in enumerate(self._blocks):
            rows, columns = _window(bounds(block.kerb), x, y, 0.0)
            mine = owner[rows, columns] == k
            if mine.any():
                sink, share = _sink(*_SINK[block.use], -away[rows, columns][mine] - block.pavement_m)
                height[rows, columns][mine] = KERB_M - sink
                lift[rows, columns][mine] = share
        noise = self._noise.grid(x, y) * np.float32(0.45 * self._recipe.water.relief_m)
        for k, (plane, channel) in enumerate(self._channels):
            rows, columns = _window(bounds(channel.corners), x, y, 0.0)
            inside = _outside_grid(plane, x[columns], y[rows]) < 0.0
            if inside.any():
                jj, ii = np.nonzero(inside)
                bx, by = x[columns][ii], y[rows][jj]
                height[rows, columns][inside] = self.bed(channel, bx, by) - 0.4 * self._bumps(bx, by)
                lift[rows, columns][inside] = 0.4
                owner[rows, columns][inside] = -2 - k
        height += noise * lift
        for crater in self._craters:
            rows, columns = _window((crater.x, crater.y, crater.x, crater.y), x, y, crater.reach_m)
            if rows.start < rows.stop and columns.start < columns.stop:
                bowl = crater.bowl((x[columns] - crater.x)[None, :], (y[rows] - crater.y)[:, None])
                height[rows, columns] += (bowl * lift[rows, columns]).astype(np.float32)
        return height, owner, -away

    def _bumps(self, x: Array, y: Array) -> Array:
        bumps = self._noise.points(x, y) * (0.45 * self._recipe.water.relief_m)
        if len(x):
            x0, x1, y0, y1 = x.min(), x.max(), y.min(), y.max()
            for crater in self._craters:
                r = crater.reach_m
                if x0 - r < crater.x < x1 + r and y0 - r < crater.y < y1 + r:
                    bumps = bumps + crater.bowl(x - crater.x, y - crater.y)
        return bumps


def _outside(plane: Array, x: Array, y: Array) -> Array:
    """How far (m) outside a convex quad points lie; negative inside."""
    w, e, s, n = (a * x + b * y + c for a, b, c in plane)
    return np.asarray(np.maximum(np.maximum(w, e), np.maximum(s, n)))


def _outside_grid(plane: Array, x: Array, y: Array) -> NDArray[np.float32]:
    sides = []
    for a, b, c in plane:
        sides.append((a * x + c).astype(np.float32)[None, :] + (b * y).astype(np.float32)[:, None])
    return np.maximum(np.maximum(sides[0], sides[1]), np.maximum(sides[2], sides[3]))


def _window(box: tuple[float, float, float, float], x: Array, y: Array, margin: float) -> tuple[slice, slice]:
    """The (rows, columns) of a grid that a box and its margin cover."""
    x0, y0, x1, y1 = box
    columns = slice(int(np.searchsorted(x, x0 - margin)), int(np.searchsorted(x, x1 + margin)))
    return slice(int(np.searchsorted(y, y0 - margin)), int(np.searchsorted(y, y1 + margin))), columns


def _camber(away: Any) -> Any:
    fall = 1.0 - np.clip(away / _CROWN_AT_M, 0.0, 1.0)
    return _GUTTER_M + (_CROWN_M - _GUTTER_M) * (1.0 - fall * fall)


def _sink(most_m: Any, over_m: Any, depth: Any) -> tuple[Any, Any]:
    """(how far the land sinks, how much of the noise it takes) at a depth (m) inside the pavements; see `_SINK`."""
    share = np.clip(depth / over_m, 0.0, 1.0)
    return most_m * share, 0.3 + 0.7 * share
