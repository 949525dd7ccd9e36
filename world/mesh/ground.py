"""The ground's surface: strips of road and blocks of land, each a grid of its own, with the kerbs' faces between.

In: recipe, plan.  Out: a `Surface`. `uv` are metres: on roads (right of the centre line, from the stretch's start), on pavements (along
the kerb, from the kerb), on land (along the block's south side, from it). `extra` on roads is (half width · 8, length of the stretch / 2,
zone, bits: 1 avenue, 2 and 4 a pedestrian crossing at start and end), elsewhere (0, 0, zone, 0).
Strips and blocks share their corners; a kerb's face reaches below the road, and where a street's end meets an avenue's side (they have
vertices of their own) a skirt hangs down, so that no crack shows.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from functools import lru_cache
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
_WHITE, _SHADED = (255, 255, 255, 255), (255, 255, 255, 235)


def ground_surface(recipe: Recipe, plan: ChunkPlan) -> Surface:
    """The ground of the blocks and strips that a chunk owns, without what lies under buildings."""
    boxes = [bounds(b.kerb) for b in plan.own_blocks] + [bounds(s.corners) for s in plan.own_strips]
    if not boxes:
        return SurfaceBuilder().build()
    low, high = np.array(boxes)[:, :2].min(0), np.array(boxes)[:, 2:].max(0)
    terrain, sheets = terrain_in(recipe, *low, *high), _Sheets()
    grids = [_strip_grid(strip) for strip in plan.own_strips]
    rings = [_rings(block) for block in plan.own_blocks]
    # The road's heights, asked once: all over the strips (of canals, along their edges), and along the kerbs.
    asked = [grid[:, [0, -1]] if s.kind == StripKind.CHANNEL else grid for s, grid in zip(plan.own_strips, grids, strict=True)]
    asked += [np.concatenate([ring[0] for ring in block]) for block in rings]
    heights = _each(terrain.road, asked)
    for strip, grid, road in zip(plan.own_strips, grids, heights, strict=False):
        _add_strip(sheets, terrain, strip, grid, road)
    for block, ring, feet in zip(plan.own_blocks, rings, heights[len(grids) :], strict=True):
        _add_block(sheets, terrain, recipe, block, ring, feet)
    return sheets.build(np.array([*plan.corner, 0.0]))


class _Sheets:
    """Gathers grids that lie and edges that stand, to be made into quads all at once."""

    def __init__(self) -> None:
        self._points: list[Array] = []  # (P, 5): position, uv
        self._faces: list[NDArray[np.intp]] = []
        self._extra: list[tuple[int, int, int, int]] = []
        self._walls: list[Array] = []
        self._count = 0

    def lay(self, points: Array, z: Array, uv: Array, extra: tuple[int, int, int, int], keep: NDArray[np.bool_] | None = None) -> None:
        """A grid of points (H, W, 2), of which the cells `keep` (H - 1, W - 1) are drawn."""
        faces = _cells(*z.shape)
        faces = faces if keep is None else faces[keep.reshape(-1)]
        self._points.append(np.concatenate([points, z[..., None], uv], axis=-1).reshape(-1, 5))
        self._faces.append(faces + self._count)
        self._extra.append(extra)
        self._count += z.size

    def stand(self, edge: Array, low: Array, high: Array, flip: bool) -> None:
        """An upright face along a polyline (N, 2): it faces left of its direction, right if `flip`."""
        bottom, top = np.column_stack([edge, low]), np.column_stack([edge, high])
        quads = np.stack([bottom[1:], bottom[:-1], top[:-1], top[1:]], axis=1)
        self._walls.append(quads[:, ::-1] if flip else quads)

    def build(self, corner: Array) -> Surface:
        """All of it, relative to `corner`."""
        builder, points = SurfaceBuilder(), np.concatenate(self._points)
        faces, extra = np.concatenate(self._faces), np.repeat(self._extra, [len(part) for part in self._faces], axis=0)
        lying = (points[:, :3] - corner)[faces]
        builder.quads(lying, Finish.CONCRETE, _WHITE, points[faces, 3:], extra, np.broadcast_to(_UP, (len(faces), 1, 3)))
        if self._walls:
            builder.quads(np.concatenate(self._walls) - corner, Finish.CONCRETE, _SHADED, None, (0, 0, Zone.KERB, 0))
        return builder.build()


@lru_cache(maxsize=256)
def _cells(high: int, wide: int) -> NDArray[np.intp]:
    """The corners (N, 4) of a grid's cells, counter-clockwise from above."""
    at = np.arange(high * wide).reshape(high, wide)
    return np.stack([at[:-1, :-1], at[:-1, 1:], at[1:, 1:], at[1:, :-1]], axis=-1).reshape(-1, 4)


def _each(height: Callable[[Array, Array], Array], grids: list[Array]) -> list[Array]:
    """Heights (...) of several arrays of points (..., 2), asked at once."""
    asked = np.concatenate([grid.reshape(-1, 2) for grid in grids])
    ends = np.cumsum([grid.size // 2 for grid in grids])[:-1]
    return [z.reshape(grid.shape[:-1]) for z, grid in zip(np.split(height(*asked.T), ends), grids, strict=True)]


def _lerp(a: Any, b: Any, t: Array) -> Array:
    return np.asarray(a, dtype=np.float64) + (np.asarray(b, dtype=np.float64) - np.asarray(a, dtype=np.float64)) * t[:, None]


def _grid(quad: Quad, nu: int, nv: int) -> Array:
    """(nv + 1, nu + 1, 2) bilinear points: u from the first corner to the second, v to the fourth."""
    s, t = np.linspace(0.0, 1.0, nu + 1), np.linspace(0.0, 1.0, nv + 1)
    low, high = _lerp(quad[0], quad[1], s), _lerp(quad[3], quad[2], s)
    return np.asarray(low[None] + (high - low)[None] * t[:, None, None])


def _count(length_m: float) -> int:
    return max(1, int(np.ceil(length_m / _STEP_M - 1e-6)))


def _strip_grid(strip: Strip) -> Array:
    ends = max(side_length(strip.corners, 2), side_length(strip.corners, 3))
    deep = max(side_length(strip.corners, 0), side_length(strip.corners, 1))
    return _grid(strip.corners, max(4, _count(ends)), _count(deep))


def _add_strip(sheets: _Sheets, terrain: Terrain, strip: Strip, points: Array, road: Array) -> None:
    """`road`: its heights over all of `points`, of a canal along its two edges."""
    wide = (side_length(strip.corners, 2) + side_length(strip.corners, 3)) / 2
    deep = max(side_length(strip.corners, 0), side_length(strip.corners, 1))
    channel, crossing = strip.kind == StripKind.CHANNEL, strip.kind == StripKind.CROSSING
    rows, columns = points.shape[:2]
    z = terrain.bed(strip, *points.reshape(-1, 2).T).reshape(rows, columns) if channel else road
    s, t = np.linspace(-wide / 2, wide / 2, columns), strip.start_m + np.linspace(0.0, deep, rows)
    bits = (strip.kind == StripKind.AVENUE) + 2 * strip.stops[0] + 4 * strip.stops[1]
    zone = Zone.BED if channel else Zone.CROSSING if crossing else Zone.ROAD
    sheets.lay(points, z, _mesh(s, t), (min(255, round(strip.half_m * 8)), min(255, round(strip.run_m / 2)), zone, bits))
    if channel:  # the canal's walls, seen from the water
        for column, flip in ((0, True), (-1, False)):
            top = road[:, column]
            sheets.stand(points[:, column], np.minimum(z[:, column], top) - 0.05, top, flip)
    for end, row in zip(strip.seams, (0, -1), strict=True):
        if end:
            foot = np.full(columns, BED_M - 0.1) if channel else z[row] - _SKIRT_M
            for flip in (False, True):
                sheets.stand(points[row], foot, z[row], flip)


def _mesh(s: Array, t: Array) -> Array:
    """(len(t), len(s), 2) of both."""
    uv = np.empty((len(t), len(s), 2))
    uv[..., 0], uv[..., 1] = s, t[:, None]
    return uv


def _steps(block: Block) -> tuple[int, int]:
    """Into how many cells its land is cut, west to east and south to north."""
    west, east, south, north = (side_length(block.kerb, side) for side in range(4))
    return _count(max(south, north)), _count(max(west, east))


def _rings(block: Block) -> list[Array]:
    """The pavement as a mitred ring, a grid a side, from the kerb inwards; its inner vertices are the land's."""
    (nu, nv), land = _steps(block), inset(block.kerb, (block.pavement_m,) * 4)
    return [_grid((block.kerb[a], block.kerb[b], land[b], land[a]), nv if side < 2 else nu, 1) for side, (a, b) in enumerate(SIDE_CORNERS)]


def _add_block(sheets: _Sheets, terrain: Terrain, recipe: Recipe, block: Block, rings: list[Array], feet: Array) -> None:
    """`feet`: the road's heights along the rings' kerbs, end to end."""
    front, inner = block.sides[2], _grid(inset(block.kerb, (block.pavement_m,) * 4), *_steps(block))
    *highs, land = _each(lambda x, y: terrain.land(block, x, y), [*rings, inner])
    lows = np.split(feet, np.cumsum([ring.shape[1] for ring in rings])[:-1])
    for side, (ring, z, low) in enumerate(zip(rings, highs, lows, strict=True)):
        along = np.linspace(0.0, side_length(block.kerb, side), ring.shape[1])
        sheets.lay(ring, z, _mesh(along, np.array([0.0, block.pavement_m])), (0, 0, Zone.PAVEMENT, 0))
        sheets.stand(ring[0], low - 0.12, z[0], True)
    d = inner - np.array(front.origin)
    along, inward = np.array(front.along), -np.array(front.outward)
    uv = np.stack([d[..., 0] * along[0] + d[..., 1] * along[1], d[..., 0] * inward[0] + d[..., 1] * inward[1]], axis=-1)
    sheets.lay(inner, land, uv, (0, 0, _LAND_ZONE[block.use], 0), ~_hidden(block, recipe, inner))


def _hidden(block: Block, recipe: Recipe, points: Array) -> NDArray[np.bool_]:
    """(H - 1, W - 1): the cells of a grid that lie under one building."""
    hidden = np.zeros((points.shape[0] - 1, points.shape[1] - 1), dtype=bool)
    for building in buildings_of(recipe, block):
        inside = building.covers(points[..., 0], points[..., 1])
        hidden |= inside[:-1, :-1] & inside[1:, :-1] & inside[:-1, 1:] & inside[1:, 1:]
    return hidden
