"""The ground's surface: a grid over the chunk, cut along every kerb, with the kerbs' faces.

In: recipe, plan.  Out: a `Surface` whose `uv` are the signed distances (m) to the nearest north-south and east-west centre
lines, and whose `extra` is (half width north-south · 8, half width east-west · 8, zone, avenue bits: 1 north-south, 2 east-west);
the ground shader paints lanes, crossings, slabs and drains from those.
"""

from __future__ import annotations

import enum

import numpy as np
from numpy.typing import NDArray

from world.mesh.surface import Finish, Surface, SurfaceBuilder
from world.plan import ChunkPlan
from world.plan.grid import Line
from world.plan.relief import Axis, axis_of, heights
from world.recipe import Recipe
from world.space.chunk_space import CHUNK_M

_CELL_M = 2.56
_INSIDE = 1e-3


class Zone(enum.IntEnum):
    ROAD = 0
    PAVEMENT = 1
    LAND = 2
    PLAZA = 3
    KERB = 4


def ground_surface(recipe: Recipe, plan: ChunkPlan) -> Surface:
    """The ground of a chunk, without what lies under buildings."""
    x0, y0 = plan.corner
    pavement = recipe.roads.pavement_m
    xs, ys = _cuts(plan.lines_x, x0, pavement), _cuts(plan.lines_y, y0, pavement)
    mid_x, mid_y = (xs[:-1] + xs[1:]) / 2, (ys[:-1] + ys[1:]) / 2
    ax, ay = axis_of(plan.lines_x, mid_x, pavement), axis_of(plan.lines_y, mid_y, pavement)
    road = ax.road[None, :] | ay.road[:, None]
    zone = np.where(road, Zone.ROAD, Zone.PAVEMENT).astype(np.uint8)
    zone[~road & (np.minimum(ax.inside[None, :], ay.inside[:, None]) > 0)] = Zone.LAND
    for block in plan.blocks:
        if block.plaza:
            within = ((mid_x > block.x0) & (mid_x < block.x1))[None, :] & ((mid_y > block.y0) & (mid_y < block.y1))[:, None]
            zone[within] = Zone.PLAZA
    hidden = np.zeros_like(road)
    for building in plan.touching_buildings:
        m = building.masses[0]
        hidden |= ((xs[:-1] > m.x0) & (xs[1:] < m.x1))[None, :] & ((ys[:-1] > m.y0) & (ys[1:] < m.y1))[:, None]
    # Corner samples are taken a hair inside each cell, so that a cell beside a kerb has its own side's height.
    gx, gy = _corners(plan.lines_x, xs, pavement), _corners(plan.lines_y, ys, pavement)
    high_road, high_land = heights(recipe, gx, gy)
    pick = np.where(np.repeat(np.repeat(road, 2, 0), 2, 1), high_road, high_land)
    builder = SurfaceBuilder()
    jj, ii = np.nonzero(~hidden)
    z = np.stack([pick[2 * jj, 2 * ii], pick[2 * jj, 2 * ii + 1], pick[2 * jj + 1, 2 * ii + 1], pick[2 * jj + 1, 2 * ii]], axis=1)
    px = np.stack([xs[ii], xs[ii + 1], xs[ii + 1], xs[ii]], axis=1) - x0
    py = np.stack([ys[jj], ys[jj], ys[jj + 1], ys[jj + 1]], axis=1) - y0
    uv = np.stack([_offset_corners(ax, mid_x, px + x0, ii), _offset_corners(ay, mid_y, py + y0, jj)], axis=-1)
    extra = _extra(ax, ay, plan, ii, jj, zone[jj, ii])
    up = np.broadcast_to(np.array([0.0, 0.0, 1.0]), (len(ii), 4, 3))
    builder.quads(np.stack([px, py, z], axis=-1), Finish.CONCRETE, (255, 255, 255, 255), uv, extra, up)
    _kerbs(builder, road, high_road, high_land, xs - x0, ys - y0)
    return builder.build()


def _cuts(lines: tuple[Line, ...], low: float, pavement_m: float) -> NDArray[np.float64]:
    """Grid lines across the chunk: even steps, and every kerb and building line."""
    steps = low + np.linspace(0.0, CHUNK_M, round(CHUNK_M / _CELL_M) + 1)
    wanted = [line.at + s * d for line in lines for s in (-1, 1) for d in (line.half_m, line.half_m + pavement_m)]
    inside = np.array([w for w in wanted if low + 0.02 < w < low + CHUNK_M - 0.02])
    keep = np.array([not len(inside) or abs(inside - s).min() > 0.3 or s in (low, low + CHUNK_M) for s in steps])
    return np.unique(np.concatenate([steps[keep], inside]))


def _corners(lines: tuple[Line, ...], cuts: NDArray[np.float64], pavement_m: float) -> Axis:
    doubled = np.stack([cuts[:-1] + _INSIDE, cuts[1:] - _INSIDE], axis=1).reshape(-1)
    return axis_of(lines, doubled, pavement_m)


def _offset_corners(axis: Axis, middle: NDArray[np.float64], at: NDArray[np.float64], cell: NDArray[np.intp]) -> NDArray[np.float64]:
    """Offsets at a cell's corners from the centre line of the cell's middle: linear within the cell."""
    return axis.offset[cell][:, None] + (at - middle[cell][:, None])


def _extra(ax: Axis, ay: Axis, plan: ChunkPlan, ii: NDArray[np.intp], jj: NDArray[np.intp], zone: NDArray[np.uint8]) -> NDArray[np.float64]:
    wide = {round(line.half_m, 4) for line in (*plan.lines_x, *plan.lines_y) if line.avenue}
    avenue_x = np.isin(np.round(ax.half[ii], 4), list(wide))
    avenue_y = np.isin(np.round(ay.half[jj], 4), list(wide))
    return np.stack([np.rint(ax.half[ii] * 8), np.rint(ay.half[jj] * 8), zone, avenue_x + 2 * avenue_y], axis=1)


def _kerbs(
    builder: SurfaceBuilder,
    road: NDArray[np.bool_],
    high_road: NDArray[np.float32],
    high_land: NDArray[np.float32],
    xs: NDArray[np.float64],
    ys: NDArray[np.float64],
) -> None:
    """Upright faces where a carriageway cell meets a raised one, turned towards the carriageway."""
    tint, extra = (255, 255, 255, 235), (0, 0, Zone.KERB, 0)
    for facing in (1, -1):  # the carriageway lies to the east (1) or west (-1) of the kerb
        raised, low = (road[:, :-1], road[:, 1:]) if facing > 0 else (road[:, 1:], road[:, :-1])
        jj, ii = np.nonzero(~raised & low)
        x = xs[ii + 1]
        column = 2 * ii + (1 if facing > 0 else 2)  # corner column of the raised cell
        under = 2 * ii + (2 if facing > 0 else 1)
        a = np.stack([x, ys[jj], high_road[2 * jj, under] - 0.02], -1)
        b = np.stack([x, ys[jj + 1], high_road[2 * jj + 1, under] - 0.02], -1)
        c = np.stack([x, ys[jj + 1], high_land[2 * jj + 1, column]], -1)
        d = np.stack([x, ys[jj], high_land[2 * jj, column]], -1)
        builder.quads(np.stack([a, b, c, d] if facing > 0 else [b, a, d, c], axis=1), Finish.CONCRETE, tint, None, extra)
    for facing in (1, -1):
        raised, low = (road[:-1], road[1:]) if facing > 0 else (road[1:], road[:-1])
        jj, ii = np.nonzero(~raised & low)
        y = ys[jj + 1]
        row = 2 * jj + (1 if facing > 0 else 2)
        under = 2 * jj + (2 if facing > 0 else 1)
        a = np.stack([xs[ii + 1], y, high_road[under, 2 * ii + 1] - 0.02], -1)
        b = np.stack([xs[ii], y, high_road[under, 2 * ii] - 0.02], -1)
        c = np.stack([xs[ii], y, high_land[row, 2 * ii]], -1)
        d = np.stack([xs[ii + 1], y, high_land[row, 2 * ii + 1]], -1)
        builder.quads(np.stack([a, b, c, d] if facing > 0 else [b, a, d, c], axis=1), Finish.CONCRETE, tint, None, extra)
