"""The street's surface: camber, kerbs, hollows; the one relief that feet, water and shaders share.

In: recipe, a chunk's plan, 1-D axes of sample points.  Out: heights by zone, and the chunk's `Ground` raster.
Carriageways are cambered (their gutters are where puddles gather), pavements stand a kerb higher, plazas and alleys sink towards
their middle. Relief is three octaves of noise, .45 m·relief in standard deviation.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from world.fields import NoiseField
from world.plan import ChunkPlan
from world.plan.grid import Line
from world.recipe import Recipe
from world.space.chunk_space import CHUNK_M, GROUND_NODES, GROUND_STEP_M, NO_COVER, Ground, Material

KERB_M = 0.13
_CROWN_M, _GUTTER_M = 0.05, -0.035
_SINK_M, _SINK_OVER_M = 0.15, 2.2
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Axis:
    """What the streets of one direction make of each sample: all (n,) arrays.

    `offset` is the signed distance (m) to the nearest centre line, `half` that street's half width, `inside` the depth (m)
    into the land between the pavements (negative on streets and pavements).
    """

    at: Array
    offset: Array
    half: Array
    inside: Array

    @property
    def road(self) -> NDArray[np.bool_]:
        return np.abs(self.offset) < self.half


def axis_of(lines: tuple[Line, ...], at: Array, pavement_m: float) -> Axis:
    """Street coordinates of the samples `at` (n,), from the sorted `lines`; a sample on a kerb counts as pavement."""
    centres = np.array([line.at for line in lines])
    halves = np.array([line.half_m for line in lines])
    clearance = np.abs(at[:, None] - centres[None, :]) - halves[None, :]
    which = clearance.argmin(axis=1)
    return Axis(at, at - centres[which], halves[which], clearance.min(axis=1) - pavement_m)


@lru_cache(maxsize=16)
def _relief(seed: int, wave_m: float) -> NoiseField:
    return NoiseField(seed, "relief", wave_m, 3)


def heights(recipe: Recipe, x: Axis, y: Axis) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(carriageway, pavement and land) heights (m) on the grid of two axes, each float32 (H, W)."""
    relief = _relief(recipe.world.seed, recipe.water.basin_m).grid(x.at, y.at) * np.float32(0.45 * recipe.water.relief_m)

    def camber(axis: Axis) -> Array:
        across = np.clip(axis.offset / axis.half, -1.0, 1.0)
        return _GUTTER_M + (_CROWN_M - _GUTTER_M) * (1.0 - across * across)

    road = np.maximum(camber(x)[None, :], camber(y)[:, None]).astype(np.float32) + relief
    depth = np.minimum(x.inside[None, :], y.inside[:, None])
    sink = np.clip(depth / _SINK_OVER_M, 0.0, 1.0)
    land = (KERB_M - _SINK_M * sink).astype(np.float32) + relief * (0.3 + 0.7 * sink).astype(np.float32)
    return road, land


def build_ground(recipe: Recipe, plan: ChunkPlan) -> Ground:
    """The raster of a chunk. A node belongs to the carriageway when it lies inside the kerbs."""
    x0, y0 = plan.corner
    steps: NDArray[np.float64] = np.arange(GROUND_NODES, dtype=np.float64) * GROUND_STEP_M
    pavement = recipe.roads.pavement_m
    x, y = axis_of(plan.lines_x, x0 + steps, pavement), axis_of(plan.lines_y, y0 + steps, pavement)
    road, land = heights(recipe, x, y)
    height = np.where(x.road[None, :] | y.road[:, None], road, land)
    middles = steps[:-1] + GROUND_STEP_M / 2
    xm, ym = axis_of(plan.lines_x, x0 + middles, pavement), axis_of(plan.lines_y, y0 + middles, pavement)
    material = np.full((GROUND_NODES - 1,) * 2, Material.PAVING, dtype=np.uint8)
    material[np.minimum(xm.inside[None, :], ym.inside[:, None]) > 0] = Material.CONCRETE
    for block in plan.blocks:
        if block.plaza:
            inside = (abs(xm.at - (block.x0 + block.x1) / 2) < (block.x1 - block.x0) / 2)[None, :]
            inside = inside & (abs(ym.at - (block.y0 + block.y1) / 2) < (block.y1 - block.y0) / 2)[:, None]
            material[inside] = Material.TILE
    material[xm.road[None, :] | ym.road[:, None]] = Material.ASPHALT
    for thing in plan.touching_things:
        if thing.kind == "heap":
            gx, gy = middles + x0 - thing.position[0], middles + y0 - thing.position[1]
            material[(gx * gx)[None, :] + (gy * gy)[:, None] < (1.2 * thing.size_m) ** 2] = Material.RUBBLE
    return Ground(height.astype(np.float32), material, _cover(plan, x0, y0))


def _cover(plan: ChunkPlan, x0: float, y0: float) -> NDArray[np.float32]:
    size = int(CHUNK_M)
    cover = np.full((size, size), NO_COVER, dtype=np.float32)
    x, y = x0 + np.arange(size) + 0.5, y0 + np.arange(size) + 0.5
    for span in plan.touching_spans:
        if span.fate == 0:
            under = ((x > span.x0) & (x < span.x1))[None, :] & (abs(y - span.y) < span.half_m)[:, None]
            cover[under] = span.height_m - 0.4
    for building in plan.touching_buildings:
        base = building.masses[0]
        cover[((x > base.x0) & (x < base.x1))[None, :] & ((y > base.y0) & (y < base.y1))[:, None]] = 0.0
    return cover
