"""Bakes the light of one chunk into voxels: first-order irradiance with occlusion, and two flicker slots.

In: the chunk's emitters, solids and rooms and those of its eight neighbours.  Out: `ChunkLight`, 32 × 32 × 21 voxels of 2 m by
1.6 to 6 m (finer near the street). The lowest layer is what lies under the street: the light of its halls, elsewhere the street's own.

Method. Every emitter adds E0·(1/4) to the mean `level` (RGB, lux) of the voxels in its reach and, by its luminance, E0·(1/4)·direction
to `flow`; `illuminance` turns both into E(n) by the non-linear reconstruction of Geomerics (Enlighten, 2012). E0 =
candela·shape / (d² + size²), times the window (1 − (d/reach)²)², times what the way lets through (`world.light.reach`). Emitters with a
slot add E0/4 (as luminance) to their slot instead; `slot_colour`, `slot_group` and `slot_place` say whose it is, cell by cell of 8 m:
readers take its direction of arrival from where it is.
Voxels inside walls take the light of the room below or above them, or else the mean of their lit neighbours, and `walls` says where a
reader must not mix the two sides of one, so that the shaders' trilinear read is right at the wall.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix

from world.light.occupancy import BELOW, MARGIN_M, TOP, occupancy, storeys, voxels
from world.light.partition import Partition, partition
from world.light.reach import Voxels, reached
from world.space.chunk_space import CHUNK_M, ChunkSpace, Emitters

VOXEL_M = 2.0
LAYERS = 21
SIDE = int(CHUNK_M / VOXEL_M)
SLOTS = 2
SLOT_CELL_M = 8.0
SLOT_CELLS = int(CHUNK_M / SLOT_CELL_M)
SLOT_STEP_M = 0.25  # to which places of sources are rounded
_BASE_M, _GROWTH_M = 1.6, 0.11  # z(w) = .5 + base·(w - 1) + growth·(w - 1)² from layer 1 up
_BELOW = np.array([(-2.6, 0.0), (-0.6, 0.1), (-0.3, 0.9), (0.5, 1.0)])  # height, layer: under the floors it changes at once
_LUMINANCE = np.array([0.2126, 0.7152, 0.0722])

_Field = NDArray[np.float64]  # [layer, y, x, channel]


@dataclass(frozen=True)
class ChunkLight:
    """The light of chunk (cx, cy). Axes are [layer, y, x].

    `level` (21, 32, 32, 3) float16: mean irradiance over all directions, lux, linear RGB. `flow` (21, 32, 32, 3) float16: its
    luminance-weighted direction of arrival (|flow| <= luminance(level)). `slots` (21, 32, 32, 2) float16: the same mean, as
    luminance, of the one flickering source of each slot. `slot_colour` (8, 8, 2, 3) float32: that source's colour (luminance 1)
    by cell of 8 m; `slot_group` (8, 8, 2) uint8: its flicker group; `slot_place` (8, 8, 2, 3) int8: where it is from the cell's middle
    on the street, in `SLOT_STEP_M`. `cover` (64, 64) float32: the space's own, what hides the sky. `walls`: where they part
    neighbouring voxels.
    """

    cx: int
    cy: int
    level: NDArray[np.float16]
    flow: NDArray[np.float16]
    slots: NDArray[np.float16]
    slot_colour: NDArray[np.float32]
    slot_group: NDArray[np.uint8]
    slot_place: NDArray[np.int8]
    cover: NDArray[np.float32]
    walls: Partition


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
    spaces = [space, *around]
    x0, y0 = space.cx * CHUNK_M, space.cy * CHUNK_M
    corner = (x0 - MARGIN_M, y0 - MARGIN_M)
    cells = occupancy(spaces, corner)
    side, first = SIDE + 2, MARGIN_M - int(VOXEL_M)  # an apron of one voxel, for the filling of walls
    middles: NDArray[np.float64] = first + VOXEL_M * (np.arange(side, dtype=np.float64) + 0.5)
    heights = height_of_layer(np.arange(LAYERS, dtype=np.float64))
    layers = np.clip(np.floor(heights).astype(np.int64) + BELOW, 0, TOP)
    air, aside = voxels(cells, first, side, layers)
    emitters = _near(spaces, x0, y0)
    level, slots, flow = field = _gather(emitters, corner, Voxels(middles, middles, heights, air, aside), cells)
    known = _fill(_fill(_fill_storeys(air, field), field), field)
    inner = np.s_[:, 1:-1, 1:-1]
    for part in field:
        part[0][~known[0]] = part[1][~known[0]]
    table = _slot_table(emitters, x0, y0)
    level16, flow16, slots16 = (part[inner].astype(np.float16) for part in (level, flow, slots))
    walls = partition(spaces, cells, layers)
    return ChunkLight(space.cx, space.cy, level16, flow16, slots16, *table, space.ground.cover, walls)


def _near(spaces: list[ChunkSpace], x0: float, y0: float) -> Emitters:
    """All emitters whose reach touches the chunk and its apron."""
    e = Emitters.join(s.emitters for s in spaces)
    middle, half = (x0 + CHUNK_M / 2, y0 + CHUNK_M / 2), CHUNK_M / 2 + VOXEL_M / 2
    gap = np.maximum(abs(e.position[:, :2] - middle) - half, 0.0)
    near = (gap * gap).sum(axis=1) < e.reach_m**2
    return e.take(near)


def _gather(e: Emitters, corner: tuple[float, float], voxels: Voxels, cells: NDArray[np.uint8]) -> tuple[_Field, _Field, _Field]:
    """(level, slots, flow) of all voxels that hold air: what they get of each emitter is a sparse matrix, times what that one shines."""
    place = e.position - (*corner, 0.0)
    reach = reached(e, place, voxels, cells)
    starts = np.searchsorted(reach.emitter, np.arange(len(e) + 1))
    luminance, flickers = e.candela @ _LUMINANCE, np.flatnonzero(e.slot >= 0)
    sent = np.zeros((len(e), 3 + SLOTS))
    sent[:, :3] = e.candela
    sent[flickers, :3] = 0.0
    sent[flickers, 3 + e.slot[flickers]] = luminance[flickers]

    def summed(share: NDArray[np.float32], of_emitter: NDArray[np.float64]) -> NDArray[np.float64]:
        total: NDArray[np.float64] = csc_matrix((share, reach.voxel, starts), shape=(voxels.air.size, len(e))) @ of_emitter
        return total

    mean = summed(reach.share, sent)
    # The sum of share · (emitter - voxel) / distance, as a sum over the emitters less the voxel's own part.
    steady = np.where(e.slot < 0, luminance, 0.0)[:, None]
    drawn = summed(reach.share / reach.distance, steady * np.column_stack([place, np.ones(len(e))]))
    flow = drawn[:, :3] - drawn[:, 3:] * voxels.places().T
    level, slots, flow = (part.reshape(*voxels.air.shape, -1) for part in (mean[:, :3], mean[:, 3:], flow))
    return level, slots, flow


def _fill_storeys(air: NDArray[np.bool_], field: Sequence[_Field]) -> NDArray[np.bool_]:
    """A room's ceiling and its floor show the room's light, not the street's."""
    known = air.copy()
    for rooms, step in zip(storeys(air), (-1, 1), strict=True):
        k, j, i = np.nonzero(rooms)
        for part in field:
            part[k, j, i] = part[k + step, j, i]
        known |= rooms
    return known


def _fill(known: NDArray[np.bool_], field: Sequence[_Field]) -> NDArray[np.bool_]:
    """One ring of unknown voxels (they hold zeros) takes the mean of its known horizontal neighbours."""
    ring = np.pad(known, ((0, 0), (1, 1), (1, 1))).astype(np.uint8)
    count = ring[:, :-2, 1:-1] + ring[:, 2:, 1:-1] + ring[:, 1:-1, :-2] + ring[:, 1:-1, 2:]
    fresh = k, j, i = np.nonzero(~known & (count > 0))
    # At the rim a voxel is its own neighbour: it knows nothing either.
    last_j, last_i = known.shape[1] - 1, known.shape[2] - 1
    south, north, west, east = np.maximum(j - 1, 0), np.minimum(j + 1, last_j), np.maximum(i - 1, 0), np.minimum(i + 1, last_i)
    for part in field:
        total = part[k, south, i] + part[k, north, i] + part[k, j, west] + part[k, j, east]
        part[fresh] = total / count[fresh][:, None]
    return known | (count > 0)


def _slot_table(e: Emitters, x0: float, y0: float) -> tuple[NDArray[np.float32], NDArray[np.uint8], NDArray[np.int8]]:
    """Whose flicker each 8 m cell reads: the nearest source of each slot."""
    colour = np.zeros((SLOT_CELLS, SLOT_CELLS, SLOTS, 3), dtype=np.float32)
    group = np.zeros((SLOT_CELLS, SLOT_CELLS, SLOTS), dtype=np.uint8)
    place = np.zeros((SLOT_CELLS, SLOT_CELLS, SLOTS, 3), dtype=np.int8)
    middle = SLOT_CELL_M * (np.arange(SLOT_CELLS) + 0.5)
    for slot in range(SLOTS):
        mine = np.flatnonzero(e.slot == slot)
        if len(mine):
            dx, dy = (np.subtract.outer(low + middle, e.position[mine, n]) for n, low in enumerate((x0, y0)))
            nearest = mine[np.hypot(dx[None, :], dy[:, None]).argmin(axis=2)]
            colour[:, :, slot] = e.candela[nearest] / np.maximum(e.candela[nearest] @ _LUMINANCE, 1e-9)[..., None]
            group[:, :, slot] = e.group[nearest]
            away = e.position[nearest]
            away[..., 0] -= x0 + middle
            away[..., 1] -= (y0 + middle)[:, None]
            place[:, :, slot] = np.clip(np.rint(away / SLOT_STEP_M), -128, 127)
    return colour, group, place
