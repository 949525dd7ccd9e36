"""Where walls part neighbouring voxels of the light field, so that a reader beside a wall takes the light of its own side alone.

In: what closes the cells of 1 m and, four times as fine, what the solids close.  Out: `Partition`.
Method: between the middles of two voxels lie 2 m, in which the light is mixed in proportion (that is what a trilinear read does). Where
a wall runs through those 2 m, it is not: up to the wall it is the one's, beyond it the other's. So each pair of neighbours has, row by row
of 1 m, a number: 0 where nothing stands between them, else how far along the wall is. A row that has a wall and one that has none give
way to each other over a metre; `mixed` is what all readers (the shaders, the robots' eyes) make of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from world.light.occupancy import MARGIN_M, closed, opaque, storeys
from world.space.chunk_space import CHUNK_M, ChunkSpace

PAIRS = int(CHUNK_M) // 2
ROWS = int(CHUNK_M)
RAMP = 8.0  # the change at the wall takes an eighth of the way from voxel to voxel, .25 m
_FINE = 4  # to a metre
_BETWEEN_M = 2.0
_BESIDE = 2  # rows of the next chunks, on which a chunk's outermost rows hang
_ROWS = ROWS + 2 * _BESIDE
_Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Partition:
    """`along_x` (21, 64, 32, 2) uint8 [layer, row of 1 m in y, pair in x] and `along_y` (21, 32, 64, 2) [layer, pair in y, row in x]: of
    the pair of voxels with middles at 2n + 1 and 2n + 3 m, whether a wall is between them (255 or 0), and that times how far it is from
    the first, as a share of their distance."""

    along_x: NDArray[np.uint8]
    along_y: NDArray[np.uint8]


def partition(spaces: list[ChunkSpace], cells: NDArray[np.uint8], layers: NDArray[np.int64]) -> Partition:
    """Of the chunk of `spaces[0]`, whose `occupancy` with that of its neighbours is `cells`; `layers` are the voxels' heights (cells)."""
    corner = (spaces[0].cx * CHUNK_M - _BESIDE, spaces[0].cy * CHUNK_M - _BESIDE)
    span = slice(MARGIN_M - _BESIDE - 1, MARGIN_M - _BESIDE + _ROWS + 1)
    free = cells[span, span][:, :, layers].transpose(2, 0, 1) == 0  # with a rim of one cell
    fine = closed(opaque(spaces), corner, _ROWS * _FINE, 1.0 / _FINE, layers)
    # Ceilings and floors hold the light of their rooms (see `bake_light`), within the walls of those.
    for rooms, step in zip(storeys(free), (-1, 1), strict=True):
        free |= rooms
        inner = rooms[:, 1:-1, 1:-1].repeat(_FINE, axis=1).repeat(_FINE, axis=2)
        fine = np.where(inner, np.roll(fine, -step, axis=0), fine)
    return Partition(_parted(free, fine), _parted(free.swapaxes(1, 2), fine.swapaxes(1, 2)).swapaxes(1, 2))


def mixed(f: NDArray[np.float64], wall: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much of the second of two voxels there is at the share `f` of the way to it; `wall` (N, 2) is what `Partition` says, over 255."""
    present = wall[:, 0]
    at = wall[:, 1] / np.maximum(present, 1e-4)
    beyond = np.clip((f - at) * RAMP + 0.5, 0.0, 1.0)
    result: NDArray[np.float64] = f + (beyond - f) * present
    return result


def _parted(free: _Bools, fine: _Bools) -> NDArray[np.uint8]:
    """(layers, 64, 32, 2): the pairs along the last axis; what there is of the next chunks' rows is looked at and left out."""
    f, fine = free[:, :, 1 + _BESIDE :], fine[:, :, _BESIDE * _FINE :]
    quarter = [f[:, :, n : n + ROWS : 2] for n in range(4)]  # the first voxel's two cells, the second's
    first, second = quarter[0] | quarter[1], quarter[2] | quarter[3]
    parted = (first != second) | (quarter[0] & ~quarter[1] & second) | (quarter[3] & ~quarter[2] & first)
    # One cell alone is a pole or a pillar, which light goes round.
    parted = parted[:, 1:-1] & (parted[:, :-2] | parted[:, 2:])
    first, second, q0, q1, q2, q3 = (part[:, 1:-1] for part in (first, second, *quarter))
    # What is solid through and through has no light of its own to give.
    first, second = _air(first), _air(second)
    share = (parted & first & ~second).astype(np.float32)
    askew = np.flatnonzero(parted & first & second)
    along = np.zeros_like(parted)
    share.reshape(-1)[askew], along.reshape(-1)[askew] = _wall_at(fine, askew, *(q.reshape(-1)[askew] for q in (q0, q1, q2, q3)))
    # A row that is all wall is what parts rooms from what is beside them; what parts it from the next pair is where the next row has it.
    known = parted & ~along
    count = _of_next_rows(known.astype(np.float32))
    share = np.where(along & (count > 0.0), _of_next_rows(share * known) / np.maximum(count, np.float32(1.0)), share)
    # One row further: at a corner, and along a wall that stands askew, the fourth voxel is behind the wall though its neighbours are not.
    count = _of_next_rows(parted.astype(np.float32))
    share = np.where(parted | (count == 0.0), share, _of_next_rows(share) / np.maximum(count, np.float32(1.0)))
    parted |= count > 0.0
    inner = np.s_[:, _BESIDE:-_BESIDE]
    return (np.float32(255.0) * np.stack([parted[inner], share[inner]], axis=-1) + np.float32(0.5)).astype(np.uint8)


def _air(free: _Bools) -> _Bools:
    """Whether either row of a voxel is free, for both its rows."""
    two = free[:, ::2] | free[:, 1::2]
    return two.repeat(2, axis=1)


def _of_next_rows(a: NDArray[np.float32]) -> NDArray[np.float32]:
    """The sum of the row before and the row after."""
    total = np.zeros_like(a)
    total[:, 1:] += a[:, :-1]
    total[:, :-1] += a[:, 1:]
    return total


def _wall_at(fine: _Bools, pairs: NDArray[np.int64], *free: _Bools) -> tuple[NDArray[np.float64], _Bools]:
    """How far from the first to the second voxel (0 .. 1) the wall is in some pairs, of whose four cells these are `free`: the middle of
    what is closed across the middle of the row between what is free of either, or else the middle between those. Where either has
    nothing free in its row, the wall is looked for at the border of its other row: in a room's corner a row is all wall, that which runs
    along. And whether even there is nothing but such a wall."""
    rest, pair = np.divmod(pairs, PAIRS)
    k, row = np.divmod(rest, _ROWS)
    q0, q1, q2, q3 = free
    window = np.arange(2 * _FINE * 2)
    column = _FINE * 2 * pair[:, None] + window
    half = _FINE // 2
    border = np.where(row % 2 == 0, _FINE - 1, 0)
    whole = (q0 | q1) & (q2 | q3)
    first, second = (_FINE * row + np.where(whole, middle, border) for middle in (half - 1, half))
    closed_ = fine[k[:, None], first[:, None], column].astype(np.int64) + fine[k[:, None], second[:, None], column]
    # Metres from the first voxel's edge to the middles of what is free of either; to its far side where nothing is.
    low = np.where(q0, np.where(q1, 1.0, 0.5), np.where(q1, 1.5, 0.0))
    high = np.where(q3, np.where(q2, 3.0, 3.5), np.where(q2, 2.5, 4.0))
    middles = (window + 0.5) / _FINE
    side = 2 * _FINE
    along = ~whole & np.where(q0 | q1, closed_[:, side:].all(axis=1), closed_[:, :side].all(axis=1))
    closed_ *= (middles > low[:, None]) & (middles < high[:, None])
    count = closed_.sum(axis=1)
    at = np.where(count > 0, closed_ @ middles / np.maximum(count, 1), 0.5 * (low + high))
    share: NDArray[np.float64] = np.clip((at - 1.0) / _BETWEEN_M, 0.0, 1.0)
    return share, along
