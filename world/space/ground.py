"""The street's surface as a raster: the relief of `world.plan.relief`, what it is made of, what keeps the rain off it.

In: recipe, a chunk's plan.  Out: the chunk's `Ground`, which feet, water and shaders share.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from world.plan import ChunkPlan
from world.plan.lattice import Use
from world.plan.overpass import HALF_WIDTH_M
from world.plan.records import Fate, Span
from world.plan.relief import Terrain
from world.plan.strips import StripKind
from world.recipe import Recipe
from world.space.chunk_space import CHUNK_M, GROUND_NODES, GROUND_STEP_M, NO_COVER, Ground, Material

_OPEN_MATERIAL = {Use.PLAZA: Material.TILE, Use.LANDMARK: Material.TILE, Use.PARK: Material.PAVING, Use.BUILT: Material.CONCRETE}


def build_ground(recipe: Recipe, plan: ChunkPlan) -> Ground:
    """The raster of a chunk. A node belongs to a block when it lies inside its kerb."""
    x0, y0 = plan.corner
    steps: NDArray[np.float64] = np.arange(GROUND_NODES, dtype=np.float64) * GROUND_STEP_M
    channels = [s for s in plan.strips if s.kind == StripKind.CHANNEL]
    terrain = Terrain(recipe, plan.blocks, channels, plan.craters)
    height, owner, depth = terrain.raster(x0 + steps, y0 + steps)
    # A cell is made of what its south-western node is: at a kerb that is a quarter of a metre off at the most.
    owner, depth = owner[:-1, :-1], depth[:-1, :-1]
    of_block = np.array([_OPEN_MATERIAL[b.use] for b in plan.blocks] or [Material.PAVING], dtype=np.uint8)
    pavement = np.array([b.pavement_m for b in plan.blocks] or [0.0])
    mine = np.maximum(owner, 0)
    material = np.where(owner < 0, Material.ASPHALT, np.where(depth < pavement[mine], Material.PAVING, of_block[mine])).astype(np.uint8)
    material[owner <= -2] = Material.RUBBLE
    middles = steps[:-1] + GROUND_STEP_M / 2
    for thing in plan.touching_things:
        if thing.kind == "heap":
            _disc(material, middles, thing.position[0] - x0, thing.position[1] - y0, 1.2 * thing.size_m, Material.RUBBLE)
        elif thing.kind == "glass_shards":
            _disc(material, middles, thing.position[0] - x0, thing.position[1] - y0, 0.9 * thing.size_m, Material.GLASS)
    for crater in plan.craters:
        _disc(material, middles, crater.x - x0, crater.y - y0, 1.1 * crater.radius_m, Material.RUBBLE)
    return Ground(height, material, _cover(plan, x0, y0))


def _disc(material: NDArray[np.uint8], middles: NDArray[np.float64], x: float, y: float, radius: float, what: Material) -> None:
    i0, i1 = np.searchsorted(middles, (x - radius, x + radius))
    j0, j1 = np.searchsorted(middles, (y - radius, y + radius))
    dx, dy = middles[i0:i1] - x, middles[j0:j1] - y
    material[j0:j1, i0:i1][(dx * dx)[None, :] + (dy * dy)[:, None] < radius * radius] = what


def _cover(plan: ChunkPlan, x0: float, y0: float) -> NDArray[np.float32]:
    size = int(CHUNK_M)
    cover = np.full((size, size), NO_COVER, dtype=np.float32)
    x, y = np.meshgrid(x0 + np.arange(size) + 0.5, y0 + np.arange(size) + 0.5)
    for span in plan.touching_spans:
        if span.fate == Fate.STANDS:
            cover[_under(span, x, y)] = span.height_m - 0.4
    for building in plan.touching_buildings:
        cover[building.covers(x, y)] = building.masses[0].z1  # its rooms are dry
    return cover


def _under(span: Span, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.bool_]:
    (ax, ay), (ux, uy) = span.a, span.axis
    along, left = (x - ax) * ux + (y - ay) * uy, (y - ay) * ux - (x - ax) * uy
    return (along > 0.0) & (along < span.length_m) & (np.abs(left) < HALF_WIDTH_M)
