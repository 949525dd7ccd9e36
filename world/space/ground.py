"""The street's surface as a raster: the relief of `world.plan.relief`, what it is made of, what keeps the rain off it.

In: recipe, a chunk's plan.  Out: the chunk's `Ground`, which feet, water and shaders share.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from world.plan import ChunkPlan
from world.plan.relief import axis_of, heights
from world.recipe import Recipe
from world.space.chunk_space import CHUNK_M, GROUND_NODES, GROUND_STEP_M, NO_COVER, Ground, Material


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
