"""The street's surface as a raster: the relief of `world.plan.relief`, what it is made of, what keeps the rain off it.

In: recipe, a chunk's plan.  Out: the chunk's `Ground`, which feet, water and shaders share.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from world.plan import ChunkPlan
from world.plan.lattice import Use
from world.plan.overpass import HALF_WIDTH_M
from world.plan.records import Fate
from world.plan.relief import Terrain
from world.plan.strips import StripKind
from world.recipe import Recipe
from world.space.chunk_space import CHUNK_M, GROUND_NODES, GROUND_STEP_M, NO_COVER, Ground, Material
from world.space.raster import Raster, within_discs, within_rectangles

_OPEN_MATERIAL = {Use.PLAZA: Material.TILE, Use.LANDMARK: Material.TILE, Use.PARK: Material.PAVING, Use.BUILT: Material.CONCRETE}
# What lies about a thing: how far (m, at size 1), and what.
_STREWN = {"heap": (1.2, Material.RUBBLE), "glass_shards": (0.9, Material.GLASS)}


def build_ground(recipe: Recipe, plan: ChunkPlan) -> Ground:
    """The raster of a chunk. A node belongs to a block when it lies inside its kerb."""
    x0, y0 = plan.corner
    steps: NDArray[np.float64] = np.arange(GROUND_NODES, dtype=np.float64) * GROUND_STEP_M
    channels = [s for s in plan.strips if s.kind == StripKind.CHANNEL]
    terrain = Terrain(recipe, plan.blocks, channels, plan.craters)
    height, owner, depth = terrain.raster(x0 + steps, y0 + steps)
    # A cell is made of what its south-western node is: at a kerb that is a quarter of a metre off at the most.
    owner, depth = owner[:-1, :-1], depth[:-1, :-1]
    # By owner: the blocks, and from behind the road (-1) and the canals (-2 and below).
    materials = [*(_OPEN_MATERIAL[b.use] for b in plan.blocks), *(Material.RUBBLE for _ in channels), Material.ASPHALT]
    pavement_m = [*(b.pavement_m for b in plan.blocks), *(-np.inf for _ in channels), -np.inf]
    material = np.array(materials, dtype=np.uint8)[owner]
    material[depth < np.array(pavement_m)[owner]] = Material.PAVING
    discs: list[tuple[float, float, float, float]] = []
    for thing in plan.touching_things:
        if thing.kind in _STREWN:
            radius_m, what = _STREWN[thing.kind]
            discs.append((thing.position[0], thing.position[1], radius_m * thing.size_m, what))
    discs += [(c.x, c.y, 1.1 * c.radius_m, Material.RUBBLE) for c in plan.craters]
    strewn = np.array(discs, dtype=np.float64).reshape(-1, 4)
    middle = GROUND_STEP_M / 2
    which, cell = within_discs(strewn[:, :3], Raster(x0 + middle, y0 + middle, GROUND_STEP_M, GROUND_NODES - 1))
    material.reshape(-1)[cell] = strewn[which, 3]
    return Ground(height, material, _cover(plan, x0, y0))


def _cover(plan: ChunkPlan, x0: float, y0: float) -> NDArray[np.float32]:
    size = int(CHUNK_M)
    cover = np.full(size * size, NO_COVER, dtype=np.float32)
    roofs: list[tuple[float, ...]] = []
    for span in plan.touching_spans:
        if span.fate == Fate.STANDS:
            roofs.append((*span.a, *span.axis, 0.0, span.length_m, -HALF_WIDTH_M, HALF_WIDTH_M, span.height_m - 0.4))
    for building in plan.touching_buildings:  # its rooms are dry
        base = building.masses[0]
        roofs.append((*building.origin, *building.axis, base.x0, base.x1, base.y0, base.y1, base.z1))
    table = np.array(roofs, dtype=np.float64).reshape(-1, 9)
    which, cell = within_rectangles(table[:, :8], Raster(x0 + 0.5, y0 + 0.5, 1.0, size))
    cover[cell] = table[which, 8]
    return cover.reshape(size, size)
