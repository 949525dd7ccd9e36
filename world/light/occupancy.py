"""What light does not pass, as cells of 1 m over a chunk and its margin.

In: the solids and rooms of a chunk and its neighbours.  Out: `occupancy`, and `voxels`: where the light field's voxels hold air.
How: a column of cells is the bits of one number: one `or` closes all columns of all solids, one `and` opens those of all rooms.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from world.space.chunk_space import CHUNK_M, ChunkSpace, Flag, Solids
from world.space.footprints import spread

MARGIN_M = 46  # around the chunk: whatever shines into it stands within
SIDE = int(CHUNK_M) + 2 * MARGIN_M
BELOW, ABOVE = 6, 32  # cells under and over the street
TOP = BELOW + ABOVE - 1  # the highest stands for all above it
CELLS = 40  # a column's, whole bytes of bits
_FULL_BELOW = np.uint64((1 << BELOW) - 1)
_OPENING_HALF_M = 0.75  # thinner voids are holes in walls
_BESIDE_WALL_M = 0.35  # so far into a room may lie the middle of a cell that a wall of .3 m closes
_THIN_HALF, _LONG_HALF = 0.5, 1.0  # cells: of a wall, across and along
_CORNER = 0.35  # cells that a wall is longer by
_TOUCH = 1e-6  # what ends right at a middle does not hold it

Floats = NDArray[np.float64]


def occupancy(spaces: Sequence[ChunkSpace], corner: tuple[float, float]) -> NDArray[np.uint8]:
    """(SIDE, SIDE, CELLS) uint8 [y, x, z]: 1 where light does not pass. Rooms are open, and so is what leads through their walls."""
    columns = np.full(SIDE * SIDE, _FULL_BELOW)
    _close(columns, opaque(spaces), corner, SIDE, 1.0)
    _open(columns, np.concatenate([s.rooms for s in spaces]), corner)
    octets = columns.astype("<u8").view(np.uint8).reshape(-1, 8)[:, : CELLS // 8]
    return np.unpackbits(octets, axis=1, bitorder="little").reshape(SIDE, SIDE, CELLS)


def opaque(spaces: Sequence[ChunkSpace]) -> Solids:
    """What stops light."""
    solids = Solids.join([s.solids for s in spaces])
    return solids.take((solids.flags & Flag.LIGHT) != 0)


def closed(solids: Solids, corner: tuple[float, float], side: int, cell_m: float, layers: NDArray[np.int64]) -> NDArray[np.bool_]:
    """[layer, y, x] of `side` cells of `cell_m`: what solids close at the heights `layers` (cells from the grid's bottom)."""
    columns = np.full(side * side, _FULL_BELOW)
    _close(columns, solids, corner, side, cell_m)
    return ((columns >> layers[:, None].astype(np.uint64)) & np.uint64(1)).astype(bool).reshape(len(layers), side, side)


def _close(columns: NDArray[np.uint64], s: Solids, corner: tuple[float, float], side: int, cell_m: float) -> None:
    centre = (s.centre - corner) / cell_m
    which, cell = _footprints(centre, s.axis, _closed_half(s, cell_m), side)
    foot = np.maximum(0.0, np.floor(s.bottom + 0.25))
    bits = _bits(foot, np.maximum(foot + 1.0, np.ceil(s.top - 0.25)))[which]
    sloped = np.flatnonzero(s.slope[which, 0])
    k, (j, i) = which[sloped], np.divmod(cell[sloped], side)
    u = cell_m * ((i + 0.5 - centre[k, 0]) * s.axis[k, 0] + (j + 0.5 - centre[k, 1]) * s.axis[k, 1])
    level = np.clip(np.trunc((s.bottom[k] + s.top[k]) / 2 + s.slope[k, 0] * u), 0.0, ABOVE - 1.0)
    bits[sloped] = _bits(level, level + 1.0)
    np.bitwise_or.at(columns, cell, bits)


def _closed_half(s: Solids, cell_m: float) -> Floats:
    """Half sizes (cells) with which thin solids still close a row of cells, and long ones a row that meets side to side, however it is
    turned, as far as the row of the wall round the corner."""
    half = s.half / cell_m
    thin, long = half < _THIN_HALF, half > _LONG_HALF
    across = abs(s.axis).sum(axis=1) * _THIN_HALF
    closed = np.maximum(half, np.where(long[:, ::-1], across[:, None], np.full_like(half, _THIN_HALF)) + 2.0 * _TOUCH)
    result: Floats = closed + np.where(thin[:, ::-1] & long, _CORNER, 0.0)
    return result


def _open(columns: NDArray[np.uint64], rooms: Floats, corner: tuple[float, float]) -> None:
    """Opens the cells whose middles lie in rooms, but for those that their walls need; openings reach through the wall."""
    half = rooms[:, 4:6]
    opening = half.min(axis=1, initial=np.inf, keepdims=True) < _OPENING_HALF_M
    half = np.where(opening, np.maximum(half, _OPENING_HALF_M), np.maximum(half - _BESIDE_WALL_M, _THIN_HALF))
    which, cell = _footprints(rooms[:, :2] - corner, rooms[:, 2:4], half, SIDE)
    bits = _bits(np.ceil(rooms[:, 6] - 0.5), np.ceil(rooms[:, 7] - 0.5))
    np.bitwise_and.at(columns, cell, ~bits[which])


def _bits(first: Floats, end: Floats) -> NDArray[np.uint64]:
    """The bits of a column's cells from height `first` to `end` (whole metres)."""
    low, high = (np.clip(z + BELOW, 0, BELOW + ABOVE).astype(np.uint64) for z in (first, end))
    one = np.uint64(1)
    return (one << np.maximum(low, high)) - (one << low)


def _footprints(centre: Floats, axis: Floats, half: Floats, side: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(which box, column) of all columns whose middles lie in turned boxes; cells from the grid's corner. Row by row: the box's either
    pair of sides leaves an interval of each."""
    reach = np.stack([(half * abs(axis)).sum(axis=1), (half * abs(axis[:, ::-1])).sum(axis=1)], axis=1)
    first, end = (np.clip(np.ceil(edge - 0.5), 0, side).astype(np.int64) for edge in (centre - reach, centre + reach))
    box, j = spread(first[:, 1], np.maximum(end[:, 1] - first[:, 1], 0))
    ax, ay = np.where(abs(axis) < 1e-9, 1e-9, axis)[box].T
    hu, hv = half[box].T - _TOUCH  # what ends at a cell's middle does not hold it
    dy = j + 0.5 - centre[box, 1]
    along, across = centre[box, 0] - 0.5 - dy * ay / ax, centre[box, 0] - 0.5 + dy * ax / ay
    hu, hv = hu / abs(ax), hv / abs(ay)
    i0 = np.maximum(np.ceil(np.maximum(along - hu, across - hv)), first[box, 0])
    i1 = np.minimum(np.floor(np.minimum(along + hu, across + hv)) + 1, end[box, 0])
    row, cell = spread((j * side + np.minimum(i0, side)).astype(np.int64), np.maximum(i1 - i0, 0).astype(np.int64))
    return box[row], cell


def storeys(air: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """What lies over air and under more wall, a ceiling, and what lies under air and over more wall, a floor. `air` is [layer, y, x]."""
    ceiling, floor = np.zeros_like(air), np.zeros_like(air)
    ceiling[2:-1] = air[1:-2] & ~air[2:-1] & ~air[3:]
    floor[2:-1] = ~air[1:-2] & ~air[2:-1] & air[3:]
    return ceiling, floor


def voxels(cells: NDArray[np.uint8], first: int, side: int, layers: NDArray[np.int64]) -> tuple[NDArray[np.bool_], NDArray[np.float32]]:
    """Which voxels of 2 × 2 cells hold air, from cell `first` on, `side` of them along x and y, at the heights `layers` (cells from the
    grid's bottom): [layer, y, x]; and [2, layer, y, x] metres from the voxel's middle to that of its free cells, to which light is
    carried (a room narrower than a voxel is not lost between its walls)."""
    span = slice(first, first + 2 * side)
    air = 1 - cells[span, span][:, :, layers].transpose(2, 0, 1).reshape(len(layers), side, 2, side, 2)
    code = air[:, :, 0, :, 0] + 2 * air[:, :, 0, :, 1] + 4 * air[:, :, 1, :, 0] + 8 * air[:, :, 1, :, 1]
    return code > 0, _ASIDE[:, code]


def _asides() -> NDArray[np.float32]:
    """(2, 16): the middle of the free quarters, by which of them are free."""
    quarter = np.array([[-0.5, -0.5], [0.5, -0.5], [-0.5, 0.5], [0.5, 0.5]], dtype=np.float32)
    free = (np.arange(16)[:, None] >> np.arange(4)) & 1
    return (free @ quarter / np.maximum(free.sum(axis=1), 1)[:, None]).T.astype(np.float32)


_ASIDE = _asides()
