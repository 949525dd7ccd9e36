"""The ground's surface: strips of road and blocks of land, each a grid of its own, with the kerbs' faces between.

In: recipe, plan.  Out: a `Surface`. `uv` are metres: on roads (right of the centre line, from the stretch's start), on pavements (along
the kerb, from the kerb), on land (along the block's south side, from it). `extra` on roads is (half width · 8, length of the stretch / 2,
zone, bits: 1 avenue, 2 and 4 a pedestrian crossing at start and end), elsewhere (0, 0, zone, 0).
Strips and blocks share their corners; a kerb's face reaches below the road, and where a street's end meets an avenue's side (they have
vertices of their own) a skirt hangs down, so that no crack shows.
"""

from __future__ import annotations

import enum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from world.mesh.surface import Finish, Surface, SurfaceBuilder
from world.plan import ChunkPlan
from world.plan.buildings import buildings_of
from world.plan.chunk_plan import terrain_in
from world.plan.lattice import Block, Use
from world.plan.quad import SIDE_CORNERS, Quad, bounds, inset, side_length
from world.plan.relief import BED_M, Terrain
from world.plan.strips import Strip, StripKind
from world.recipe import Recipe

_STEP_M = 2.6
_SKIRT_M = 0.25
Array = NDArray[np.float64]


class Zone(enum.IntEnum):
    ROAD = 0
    PAVEMENT = 1
    LAND = 2
    PLAZA = 3
    KERB = 4
    PARK = 5
    CROSSING = 6
    BED = 7


_LAND_ZONE = {Use.BUILT: Zone.LAND, Use.PLAZA: Zone.PLAZA, Use.LANDMARK: Zone.PLAZA, Use.PARK: Zone.PARK}
_UP = np.array([0.0, 0.0, 1.0])
_WHITE = (255, 255, 255, 255)


def ground_surface(recipe: Recipe, plan: ChunkPlan) -> Surface:
    """The ground of the blocks and strips that a chunk owns, without what lies under buildings."""
    builder = SurfaceBuilder()
    corner = np.array([*plan.corner, 0.0])
    boxes = [bounds(b.kerb) for b in plan.own_blocks] + [bounds(s.corners) for s in plan.own_strips]
    if not boxes:
        return builder.build()
    low, high = np.array(boxes)[:, :2].min(0), np.array(boxes)[:, 2:].max(0)
    terrain = terrain_in(recipe, *low, *high)
    for strip in plan.own_strips:
        _add_strip(builder, terrain, strip, corner)
    for block in plan.own_blocks:
        _add_block(builder, terrain, recipe, block, corner)
    return builder.build()


def _lerp(a: Any, b: Any, t: Array) -> Array:
    return np.asarray(a, dtype=np.float64) + (np.asarray(b, dtype=np.float64) - np.asarray(a, dtype=np.float64)) * t[:, None]


def _grid(quad: Quad, nu: int, nv: int, u: Array | None = None) -> Array:
    """(nv + 1, nu + 1, 2) bilinear points: u from the first corner to the second, v to the fourth."""
    s = np.linspace(0.0, 1.0, nu + 1) if u is None else u
    t = np.linspace(0.0, 1.0, nv + 1)
    low, high = _lerp(quad[0], quad[1], s), _lerp(quad[3], quad[2], s)
    return np.asarray(low[None] + (high - low)[None] * t[:, None, None])


def _count(length_m: float) -> int:
    return max(1, int(np.ceil(length_m / _STEP_M - 1e-6)))


def _put(
    builder: SurfaceBuilder, points: Array, z: Array, uv: Array, extra: Any, corner: Array, keep: NDArray[np.bool_] | None = None
) -> None:
    """A grid of points (H, W, 2) as quads."""
    p = np.concatenate([points, z[..., None]], axis=-1) - corner
    q = np.stack([p[:-1, :-1], p[:-1, 1:], p[1:, 1:], p[1:, :-1]], axis=2).reshape(-1, 4, 3)
    t = np.stack([uv[:-1, :-1], uv[:-1, 1:], uv[1:, 1:], uv[1:, :-1]], axis=2).reshape(-1, 4, 2)
    e = np.asarray(extra)
    if e.ndim == 3:
        e = np.stack([e[:-1, :-1], e[:-1, 1:], e[1:, 1:], e[1:, :-1]], axis=2).reshape(-1, 4, 4)
    if keep is not None:
        q, t, e = q[keep.reshape(-1)], t[keep.reshape(-1)], e[keep.reshape(-1)] if e.ndim == 3 else e
    builder.quads(q, Finish.CONCRETE, _WHITE, t, e, np.broadcast_to(_UP, (len(q), 4, 3)))


def _add_strip(builder: SurfaceBuilder, terrain: Terrain, strip: Strip, corner: Array) -> None:
    wide = (side_length(strip.corners, 2) + side_length(strip.corners, 3)) / 2
    ends = max(side_length(strip.corners, 2), side_length(strip.corners, 3))
    deep = max(side_length(strip.corners, 0), side_length(strip.corners, 1))
    channel, crossing = strip.kind == StripKind.CHANNEL, strip.kind == StripKind.CROSSING
    nu, nv = max(4, _count(ends)), _count(deep)
    points = _grid(strip.corners, nu, nv)
    x, y = points[..., 0].reshape(-1), points[..., 1].reshape(-1)
    z = (terrain.bed(strip, x, y) if channel else terrain.road(x, y)).reshape(points.shape[:2])
    s, t = np.linspace(-wide / 2, wide / 2, nu + 1), strip.start_m + np.linspace(0.0, deep, nv + 1)
    uv = np.stack(np.broadcast_arrays(s[None, :], t[:, None]), axis=-1)
    bits = (strip.kind == StripKind.AVENUE) + 2 * strip.stops[0] + 4 * strip.stops[1]
    zone = Zone.BED if channel else Zone.CROSSING if crossing else Zone.ROAD
    _put(builder, points, z, uv, (min(255, round(strip.half_m * 8)), min(255, round(strip.run_m / 2)), zone, bits), corner)
    kerb = (0, 0, Zone.KERB, 0)
    if channel:  # the canal's walls, seen from the water
        for column, flip in ((0, True), (-1, False)):
            edge = points[:, column]
            top = terrain.road(edge[:, 0], edge[:, 1])
            _wall(builder, edge, np.minimum(z[:, column], top) - 0.05, top, corner, kerb, flip)
    for end, row in zip(strip.seams, (0, -1), strict=True):
        if end:
            edge = points[row]
            for flip in (False, True):
                _wall(builder, edge, z[row] - _SKIRT_M if not channel else np.full(len(edge), BED_M - 0.1), z[row], corner, kerb, flip)


def _wall(builder: SurfaceBuilder, edge: Array, low: Array, high: Array, corner: Array, extra: Any, flip: bool) -> None:
    """An upright face along a polyline (N, 2): it faces left of its direction, right if `flip`."""
    bottom = np.column_stack([edge, low]) - corner
    top = np.column_stack([edge, high]) - corner
    quads = np.stack([bottom[1:], bottom[:-1], top[:-1], top[1:]], axis=1)
    builder.quads(quads[:, ::-1] if flip else quads, Finish.CONCRETE, (255, 255, 255, 235), None, extra)


def _add_block(builder: SurfaceBuilder, terrain: Terrain, recipe: Recipe, block: Block, corner: Array) -> None:
    nu = _count(max(side_length(block.kerb, 2), side_length(block.kerb, 3)))
    nv = _count(max(side_length(block.kerb, 0), side_length(block.kerb, 1)))
    front = block.sides[2]
    land = inset(block.kerb, (block.pavement_m,) * 4)

    def coordinates(points: Array) -> Array:
        d = points - np.array(front.origin)
        along, inward = np.array(front.along), -np.array(front.outward)
        return np.stack([d[..., 0] * along[0] + d[..., 1] * along[1], d[..., 0] * inward[0] + d[..., 1] * inward[1]], axis=-1)

    rings = []
    for side, (a, b) in enumerate(SIDE_CORNERS):
        rings.append(_grid((block.kerb[a], block.kerb[b], land[b], land[a]), nv if side < 2 else nu, 1))
    inner = _grid(land, nu, nv)
    grids = [*rings, inner]
    every = np.concatenate([grid.reshape(-1, 2) for grid in grids])
    ends = np.cumsum([grid.shape[0] * grid.shape[1] for grid in grids])[:-1]
    heights = np.split(terrain.land(block, *every.T), ends)
    edges = np.concatenate([ring[0] for ring in rings])
    feet = np.split(terrain.road(*edges.T), np.cumsum([len(ring[0]) for ring in rings])[:-1])
    # The pavement: a mitred ring, from the kerb inwards; its inner vertices are the land's.
    for side, (ring, high, low) in enumerate(zip(rings, heights[:4], feet, strict=True)):
        z = high.reshape(ring.shape[:2])
        along = np.linspace(0.0, side_length(block.kerb, side), ring.shape[1])
        uv = np.stack(np.broadcast_arrays(along[None, :], np.array([[0.0], [block.pavement_m]])), axis=-1)
        _put(builder, ring, z, uv, (0, 0, Zone.PAVEMENT, 0), corner)
        _wall(builder, ring[0], low - 0.12, z[0], corner, (0, 0, Zone.KERB, 0), True)
    keep = ~_hidden(block, recipe, inner)
    z = heights[4].reshape(inner.shape[:2])
    _put(builder, inner, z, coordinates(inner), (0, 0, _LAND_ZONE[block.use], 0), corner, keep)


def _hidden(block: Block, recipe: Recipe, points: Array) -> NDArray[np.bool_]:
    """(H - 1, W - 1): the cells of a grid that lie under one building."""
    hidden = np.zeros((points.shape[0] - 1, points.shape[1] - 1), dtype=bool)
    for building in buildings_of(recipe, block):
        inside = building.covers(points[..., 0], points[..., 1])
        hidden |= inside[:-1, :-1] & inside[1:, :-1] & inside[:-1, 1:] & inside[1:, 1:]
    return hidden
