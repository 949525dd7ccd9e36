"""Bakes the light of one chunk into voxels: first-order irradiance with occlusion, and two flicker slots.

In: the chunk's emitters, solids and rooms and those of its eight neighbours.  Out: `ChunkLight`, 32 × 32 × 21 voxels of 2 m by
1.6 to 6 m (finer near the street). The lowest layer is what lies under the street: the light of its halls, elsewhere the street's own.

Method. Every emitter adds E0·(1/4) to the mean `level` (RGB, lux) of the voxels in its reach and, by its luminance, E0·(1/4)·direction
to `flow`; `illuminance` turns both into E(n) by the non-linear reconstruction of Geomerics (Enlighten, 2012). E0 =
candela·shape / (d² + size²), times the window (1 − (d/reach)²)², times what an occupancy grid of 1 m lets through on sixteen
steps. Emitters with a slot add E0/4 (as luminance) to their slot instead; `slot_source` says whose it is, cell by cell of 8 m.
Voxels inside walls take the mean of their lit neighbours, so that the shaders' trilinear read is right at the wall.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from world.space.chunk_space import CHUNK_M, ChunkSpace, Emitters, Flag, Solids

VOXEL_M = 2.0
LAYERS = 21
SIDE = int(CHUNK_M / VOXEL_M)
SLOTS = 2
SLOT_CELL_M = 8.0
SLOT_CELLS = int(CHUNK_M / SLOT_CELL_M)
_BASE_M, _GROWTH_M = 1.6, 0.11  # z(w) = .5 + base·(w - 1) + growth·(w - 1)² from layer 1 up
_BELOW = np.array([(-2.6, 0.0), (-0.6, 0.1), (-0.3, 0.9), (0.5, 1.0)])  # height, layer: under the floors it changes at once
_MARGIN_M = 46
_GRID_TOP, _GRID_LOW = 32, 6  # cells above and below the street
_STEPS = 16
_OPENING_HALF_M = 0.75  # thinner voids are holes in walls
_OPEN_PER_STEP = 0.25  # what one solid step lets through
_LET_THROUGH = (_OPEN_PER_STEP ** np.arange(_STEPS + 1)).astype(np.float32)
_LUMINANCE = np.array([0.2126, 0.7152, 0.0722])


@dataclass(frozen=True)
class ChunkLight:
    """The light of chunk (cx, cy). Axes are [layer, y, x].

    `level` (21, 32, 32, 3) float16: mean irradiance over all directions, lux, linear RGB. `flow` (21, 32, 32, 3) float16: its
    luminance-weighted direction of arrival (|flow| <= luminance(level)). `slots` (21, 32, 32, 2) float16: the same mean, as
    luminance, of the one flickering source of each slot. `slot_colour` (8, 8, 2, 3) float32: that source's colour (luminance 1)
    by cell of 8 m; `slot_group` (8, 8, 2) uint8: its flicker group.
    """

    cx: int
    cy: int
    level: NDArray[np.float16]
    flow: NDArray[np.float16]
    slots: NDArray[np.float16]
    slot_colour: NDArray[np.float32]
    slot_group: NDArray[np.uint8]


def height_of_layer(layer: NDArray[np.float64]) -> NDArray[np.float64]:
    """Height (m) of a (fractional) layer's centre; layer 0 lies under the street, layer 1 .5 m above it."""
    above = np.maximum(layer - 1.0, 0.0)
    below = np.interp(layer, _BELOW[:, 1], _BELOW[:, 0])
    return below + _BASE_M * above + _GROWTH_M * above * above


def layer_of_height(height_m: NDArray[np.float64]) -> NDArray[np.float64]:
    """The fractional layer at a height: the inverse of `height_of_layer`, clamped to the grid."""
    z = np.maximum(height_m - 0.5, 0.0)
    above = (np.sqrt(_BASE_M * _BASE_M + 4.0 * _GROWTH_M * z) - _BASE_M) / (2.0 * _GROWTH_M)
    below = np.interp(height_m, _BELOW[:, 0], _BELOW[:, 1])
    return np.minimum(below + above, LAYERS - 1.0)


def bake_light(space: ChunkSpace, around: Sequence[ChunkSpace]) -> ChunkLight:
    """The light of `space`, given its eight neighbours (any order; what is missing neither shines nor blocks)."""
    x0, y0 = space.cx * CHUNK_M, space.cy * CHUNK_M
    everything = [space, *around]
    corner = (x0 - _MARGIN_M, y0 - _MARGIN_M)
    occupied = _occupancy([s.solids for s in everything], *corner)
    for s in everything:
        _air(occupied, s.rooms, *corner)
    side = SIDE + 2  # an apron of one voxel, for the filling of walls
    xs: NDArray[np.float64] = x0 + VOXEL_M * (np.arange(side, dtype=np.float64) - 0.5)
    ys: NDArray[np.float64] = y0 + VOXEL_M * (np.arange(side, dtype=np.float64) - 0.5)
    zs = height_of_layer(np.arange(LAYERS, dtype=np.float64))
    free, aside = _free(occupied, xs - corner[0], ys - corner[1], zs)
    level = np.zeros((LAYERS, side, side, 3), dtype=np.float32)
    flow = np.zeros((LAYERS, side, side, 3), dtype=np.float32)
    slots = np.zeros((LAYERS, side, side, SLOTS), dtype=np.float32)
    centre = np.array([xs[0], ys[0]]), np.array([xs[-1], ys[-1]])
    sources = [_near(s.emitters, centre[0], centre[1]) for s in everything]
    for emitters in sources:
        for k in range(len(emitters)):
            _add(emitters, k, xs, ys, zs, free, aside, occupied, corner, level, flow, slots)
    known = free
    for _ in range(2):
        known = _fill(known, level, flow, slots)
    for field in (level, flow, slots):
        field[0][~known[0]] = field[1][~known[0]]
    colour, group = _slot_table(sources, x0, y0)
    inner = np.s_[:, 1:-1, 1:-1]
    return ChunkLight(
        space.cx,
        space.cy,
        level[inner].astype(np.float16),
        flow[inner].astype(np.float16),
        slots[inner].astype(np.float16),
        colour,
        group,
    )


def _occupancy(parts: list[Solids], x0: float, y0: float) -> NDArray[np.bool_]:
    """1 m cells [z, y, x] that light does not pass, over the chunk and its margin; sloped solids by their columns."""
    size = int(CHUNK_M) + 2 * _MARGIN_M
    grid = np.zeros((_GRID_LOW + _GRID_TOP, size, size), dtype=bool)
    grid[:_GRID_LOW] = True
    for solids in parts:
        low, high = solids.bounds()
        big = (solids.flags & Flag.LIGHT) != 0
        for k in np.nonzero(big & (high[:, 0] > x0) & (low[:, 0] < x0 + size) & (high[:, 1] > y0) & (low[:, 1] < y0 + size))[0]:
            i0, i1 = _cells(low[k, 0] - x0, high[k, 0] - x0, size)
            j0, j1 = _cells(low[k, 1] - y0, high[k, 1] - y0, size)
            dx = (x0 + np.arange(i0, i1) + 0.5 - solids.centre[k, 0])[None, :]
            dy = (y0 + np.arange(j0, j1) + 0.5 - solids.centre[k, 1])[:, None]
            (ax, ay), (hu, hv) = solids.axis[k], solids.half[k]
            u, v = dx * ax + dy * ay, dy * ax - dx * ay
            # Thin walls still close a row of cells: half a cell more, measured along the axis.
            inside = (np.abs(u) < max(hu, 0.5)) & (np.abs(v) < max(hv, 0.5))
            slope = solids.slope[k, 0]
            if slope == 0.0:
                b = max(0, math.floor(solids.bottom[k] + 0.25))
                t = min(_GRID_TOP, max(b + 1, math.ceil(solids.top[k] - 0.25)))
                grid[_GRID_LOW + b : _GRID_LOW + t, j0:j1, i0:i1] |= inside
                continue
            middle = (solids.bottom[k] + solids.top[k]) / 2 + slope * u
            jj, ii = np.nonzero(inside)
            grid[_GRID_LOW + np.clip(middle[jj, ii].astype(int), 0, _GRID_TOP - 1), j0 + jj, i0 + ii] = True
    return grid


def _air(grid: NDArray[np.bool_], rooms: NDArray[np.float64], x0: float, y0: float) -> None:
    """Opens, in place, the cells whose middles lie in rooms, whatever the walls about them closed; openings reach through the wall."""
    size = grid.shape[2]
    for x, y, ax, ay, hu, hv, low, high in rooms.tolist():
        hu, hv = max(hu, _OPENING_HALF_M), max(hv, _OPENING_HALF_M)
        reach = hu * abs(ax) + hv * abs(ay), hu * abs(ay) + hv * abs(ax)
        i0, i1 = _cells(x - reach[0] - x0, x + reach[0] - x0, size)
        j0, j1 = _cells(y - reach[1] - y0, y + reach[1] - y0, size)
        b, t = _GRID_LOW + math.ceil(low - 0.5), _GRID_LOW + math.ceil(high - 0.5)
        if i1 > i0 and j1 > j0:
            dx, dy = (x0 + np.arange(i0, i1) + 0.5 - x)[None, :], (y0 + np.arange(j0, j1) + 0.5 - y)[:, None]
            grid[max(0, b) : max(0, t), j0:j1, i0:i1] &= ~((abs(dx * ax + dy * ay) < hu) & (abs(dy * ax - dx * ay) < hv))


def _free(
    occupied: NDArray[np.bool_], xs: NDArray[np.float64], ys: NDArray[np.float64], zs: NDArray[np.float64]
) -> tuple[NDArray[np.bool_], NDArray[np.float32]]:
    """Which voxels hold air, and where: [z, y, x], and [z, y, x, 2] metres from the voxel's middle to that of its free quarters, to which
    light is carried (a room narrower than a voxel is not lost between its walls). xs, ys from the grid's corner."""
    k = np.clip(np.floor(zs + _GRID_LOW).astype(int), 0, len(occupied) - 1)[:, None, None]
    count = np.zeros((len(zs), len(ys), len(xs)), dtype=np.float32)
    total = np.zeros((*count.shape, 2), dtype=np.float32)
    for oy in (-0.5, 0.5):
        for ox in (-0.5, 0.5):
            quarter = ~occupied[k, np.floor(ys + oy).astype(int)[None, :, None], np.floor(xs + ox).astype(int)[None, None, :]]
            count += quarter
            total += quarter[..., None] * np.array([ox, oy], dtype=np.float32)
    return count > 0, (total / np.maximum(count, 1.0)[..., None]).astype(np.float32)


def _cells(low: float, high: float, size: int) -> tuple[int, int]:
    """Cells whose middle lies in [low, high), at least one."""
    first = max(0, math.ceil(low - 0.5))
    return min(first, size - 1), min(size, max(first + 1, math.ceil(high - 0.5)))


def _near(e: Emitters, low: NDArray[np.float64], high: NDArray[np.float64]) -> Emitters:
    """The emitters whose reach touches the rectangle."""
    gap = np.maximum(np.maximum(low - e.position[:, :2], e.position[:, :2] - high), 0.0)
    keep = (gap * gap).sum(axis=1) < e.reach_m**2
    return Emitters(*(getattr(e, name)[keep] for name in e.__dataclass_fields__))


def _add(
    e: Emitters,
    k: int,
    xs: NDArray[np.float64],
    ys: NDArray[np.float64],
    zs: NDArray[np.float64],
    free: NDArray[np.bool_],
    aside: NDArray[np.float32],
    occupied: NDArray[np.bool_],
    grid_corner: tuple[float, float],
    level: NDArray[np.float32],
    flow: NDArray[np.float32],
    slots: NDArray[np.float32],
) -> None:
    """Adds emitter `k` to the voxels in its reach."""
    px, py, pz = e.position[k]
    reach = e.reach_m[k]
    i0, i1 = np.searchsorted(xs, (px - reach, px + reach))
    j0, j1 = np.searchsorted(ys, (py - reach, py + reach))
    k0, k1 = np.searchsorted(zs, (pz - reach, pz + reach))
    if i0 == i1 or j0 == j1 or k0 == k1:
        return
    # Distances in single precision: half the memory to walk through, and voxels are two metres wide.
    dx = (xs[i0:i1] - px).astype(np.float32)[None, None, :]
    dy = (ys[j0:j1] - py).astype(np.float32)[None, :, None]
    dz = (zs[k0:k1] - pz).astype(np.float32)[:, None, None]
    d2 = dx * dx + dy * dy + dz * dz
    window = np.maximum(1.0 - d2 * np.float32(1.0 / (reach * reach)), 0.0)
    nx, ny, nz = e.normal[k].astype(np.float32)
    cosine = (dx * nx + dy * ny + dz * nz) / np.sqrt(d2 + np.float32(1e-6))
    if nx == ny == nz == 0.0:
        shape = np.ones_like(d2)
    elif e.two_sided[k]:
        shape = np.float32(0.25) + np.float32(0.75) * np.abs(cosine)
    else:
        shape = np.clip(np.float32(0.15) + np.float32(0.85) * cosine, 0.0, 1.0)
    e0 = np.float32(0.25) * shape * window * window / (d2 + np.float32(e.size_m[k] ** 2))
    part = np.s_[k0:k1, j0:j1, i0:i1]
    peak = float(e.candela[k].max())
    chosen = free[part] & (e0 * peak > 0.004)
    kk, jj, ii = np.nonzero(chosen)
    if not len(kk):
        return
    e0 = e0[chosen]
    quarter = aside[part][kk, jj, ii]
    vx, vy, vz = dx[0, 0, ii] + quarter[:, 0], dy[0, jj, 0] + quarter[:, 1], dz[kk, 0, 0]
    # Sixteen steps from the emitter to the voxel; the first and last stay out of the cells of sign and wall.
    t = ((np.arange(_STEPS) + 0.5) / _STEPS * 0.9 + 0.06)[:, None].astype(np.float32)
    cell_x = (np.float32(px - grid_corner[0]) + t * vx).astype(np.int32)
    cell_y = (np.float32(py - grid_corner[1]) + t * vy).astype(np.int32)
    cell_z = np.clip((np.float32(pz + _GRID_LOW) + t * vz).astype(np.int32), 0, len(occupied) - 1)
    size = occupied.shape[2]
    # No clipping sideways: whatever reaches into the chunk stands within the grid's margin.
    solid = occupied.reshape(-1).take((cell_z * size + cell_y) * size + cell_x)
    e0 = e0 * _LET_THROUGH[np.add.reduce(solid, axis=0, dtype=np.uint8)]
    colour = e.candela[k]
    luminance = float(colour @ _LUMINANCE)
    if e.slot[k] >= 0:
        slots[part][kk, jj, ii, e.slot[k]] += (e0 * luminance).astype(np.float32)
        return
    level[part][kk, jj, ii] += (e0[:, None] * colour).astype(np.float32)
    weight = -e0 * luminance / np.sqrt(vx * vx + vy * vy + vz * vz + 1e-6)
    flow[part][kk, jj, ii] += (weight[:, None] * np.stack([vx, vy, vz], axis=1)).astype(np.float32)


def _fill(known: NDArray[np.bool_], *fields: NDArray[np.float32]) -> NDArray[np.bool_]:
    """One ring of unknown voxels takes the mean of its known horizontal neighbours."""
    weight = np.zeros(known.shape, dtype=np.float32)
    shifts = ((1, 1), (1, -1), (2, 1), (2, -1))
    masks = []
    for axis, step in shifts:
        mask = _shifted(known, axis, step)
        masks.append(mask)
        weight += mask
    fresh = ~known & (weight > 0)
    for field in fields:
        total = np.zeros_like(field)
        for (axis, step), mask in zip(shifts, masks, strict=True):
            total += _shifted(field, axis, step) * mask[..., None]
        field[fresh] = total[fresh] / weight[fresh][:, None]
    grown: NDArray[np.bool_] = known | fresh
    return grown


def _shifted(array: NDArray, axis: int, step: int) -> NDArray:  # type: ignore[type-arg]
    """`array` moved by one along an axis, zeros (not wrapped values) coming in."""
    out = np.zeros_like(array)
    target, source = [slice(None)] * array.ndim, [slice(None)] * array.ndim
    target[axis], source[axis] = (slice(1, None), slice(None, -1)) if step > 0 else (slice(None, -1), slice(1, None))
    out[tuple(target)] = array[tuple(source)]
    return out


def _slot_table(sources: list[Emitters], x0: float, y0: float) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
    """Whose flicker each 8 m cell reads: the nearest source of each slot."""
    colour = np.zeros((SLOT_CELLS, SLOT_CELLS, SLOTS, 3), dtype=np.float32)
    group = np.zeros((SLOT_CELLS, SLOT_CELLS, SLOTS), dtype=np.uint8)
    nearest = np.full((SLOT_CELLS, SLOT_CELLS, SLOTS), np.inf)
    middle = SLOT_CELL_M * (np.arange(SLOT_CELLS) + 0.5)
    for e in sources:
        for k in np.nonzero(e.slot >= 0)[0]:
            s = e.slot[k]
            distance = np.hypot((x0 + middle - e.position[k, 0])[None, :], (y0 + middle - e.position[k, 1])[:, None])
            closer = distance < nearest[:, :, s]
            nearest[:, :, s][closer] = distance[closer]
            colour[:, :, s][closer] = e.candela[k] / max(float(e.candela[k] @ _LUMINANCE), 1e-9)
            group[:, :, s][closer] = e.group[k]
    return colour, group
