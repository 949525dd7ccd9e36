"""Solids found by place: a 4 m hash for feet, the same cells as arrays for eyes and ears, a 1 m raster for robots.

In: a `ChunkSpace` (or several, for a `Region`).  Out: the solids near a point or along many segments, and where a robot fits.
How: a solid is listed in each 4 m cell that its turned footprint overlaps (separating axes); cells are CSR arrays.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from world.space.chunk_space import CHUNK_M, ChunkSpace, Flag, Solids
from world.space.decking import decking
from world.space.footprints import ROBOT_BAND_M, ROBOT_RADIUS_M, SLOPE_MAX, footprint_cells, local_uv, spread

CELL_M = 4.0
CELLS = int(CHUNK_M / CELL_M)  # along a chunk's side

# centre x, y, axis x, y, half u, v, bottom, top, slope u, v, material, steep
Row = tuple[float, float, float, float, float, float, float, float, float, float, int, bool]
Pit = tuple[float, float, float, float, float, float, float]  # centre x, y, axis x, y, half u, half v, lowest floor
_CHASM_M = 0.5  # what lies deeper under the street is not hovered over


class ChunkIndex:
    """One chunk, made ready to be asked. `cells[j * 16 + i]` lists the rows of the solids that stop a body there."""

    def __init__(self, space: ChunkSpace) -> None:
        self.space = space
        self.origin = (space.cx * CHUNK_M, space.cy * CHUNK_M)
        self.height = space.ground.height
        solid, row, column = footprint_cells(space.solids, self.origin, CELL_M, CELLS, 0.0)
        self.pairs = (row * CELLS + column, solid)
        s = space.solids
        steep = (s.slope**2).sum(axis=1) > SLOPE_MAX**2
        numbers = np.column_stack([s.centre, s.axis, s.half, s.bottom, s.top, s.slope]).tolist()
        rows: list[Row] = [(*n, m, t) for n, m, t in zip(numbers, s.material.tolist(), steep.tolist(), strict=True)]
        moves = (s.flags & Flag.MOVE) != 0
        self.cells: list[list[Row]] = [[] for _ in range(CELLS * CELLS)]
        for cell, k in zip(*(p[moves[solid]].tolist() for p in self.pairs), strict=True):
            self.cells[cell].append(rows[k])
        self.pits: list[Pit] = [(x, y, ax, ay, hu, hv, z) for x, y, ax, ay, hu, hv, z in space.pits.tolist()]
        self.free = self._free()
        self.deck = decking(space.solids.take(moves), self.origin, self.height[2::4, 2::4].astype(np.float64))

    def _free(self) -> NDArray[np.bool_]:
        """(64, 64) [row = y]: whether a robot can hover over the middle of that square metre."""
        n = int(CHUNK_M)
        s = self.space.solids.take((self.space.solids.flags & Flag.MOVE) != 0)
        solid, row, column = footprint_cells(s, self.origin, 1.0, n, ROBOT_RADIUS_M)
        u, v = local_uv(s, solid, self.origin[0] + column + 0.5, self.origin[1] + row + 0.5)
        qu, qv = np.clip(u, -s.half[solid, 0], s.half[solid, 0]), np.clip(v, -s.half[solid, 1], s.half[solid, 1])
        rise = s.slope[solid, 0] * qu + s.slope[solid, 1] * qv
        ground = self.height[2::4, 2::4].astype(np.float64)[row, column]
        near = (u - qu) ** 2 + (v - qv) ** 2 < ROBOT_RADIUS_M**2
        blocks = near & (s.top[solid] + rise > ground + ROBOT_BAND_M[0]) & (s.bottom[solid] + rise < ground + ROBOT_BAND_M[1])
        free = np.ones((n, n), dtype=bool)
        free[row[blocks], column[blocks]] = False
        return free & ~self._chasms(s)

    def _chasms(self, s: Solids) -> NDArray[np.bool_]:
        """(64, 64): square metres over a stair's opening: far above the lowest floor, and no floor at street height."""
        n = int(CHUNK_M)
        deep = np.zeros((n, n), dtype=bool)
        middle = np.arange(n) + 0.5
        for x, y, ax, ay, hu, hv, z in self.pits:
            if z < -_CHASM_M:
                dx, dy = (self.origin[0] + middle - x)[None, :], (self.origin[1] + middle - y)[:, None]
                deep |= (abs(dx * ax + dy * ay) < hu) & (abs(dy * ax - dx * ay) < hv)
        if deep.any():
            floors = s.take((abs(s.top) < _CHASM_M) & (s.slope == 0.0).all(axis=1))
            solid, row, column = footprint_cells(floors, self.origin, 1.0, n, 0.0)
            u, v = local_uv(floors, solid, self.origin[0] + column + 0.5, self.origin[1] + row + 0.5)
            under = (abs(u) <= floors.half[solid, 0]) & (abs(v) <= floors.half[solid, 1])
            deep[row[under], column[under]] = False
        return deep


@dataclass(frozen=True)
class Region:
    """3 × 3 chunks as one set of arrays, for questions about many segments at once. Each solid is there once."""

    cx: int  # of the south-western chunk
    cy: int
    solids: Solids
    cell_start: NDArray[np.int64]  # (48 * 48 + 1,)
    cell_items: NDArray[np.int64]
    free: NDArray[np.bool_]  # (192, 192) [row = y], square metres where a robot fits
    height: NDArray[np.float64]  # (192, 192) ground at their middles
    deck: NDArray[np.float64]  # (192, 192) what a robot may hover over above the street, or NaN
    ears: NDArray[np.float64]  # (K, 3) where sound passes doors and stairs

    SIDE = 3

    @property
    def origin(self) -> tuple[float, float]:
        """The south-western corner (m)."""
        return self.cx * CHUNK_M, self.cy * CHUNK_M

    @cached_property
    def floors(self) -> tuple[bytes, list[float]]:
        """Of 2 · 192² square metres, first those of the street, then those above it: whether a robot may be there, and how high (m)."""
        may = np.concatenate([self.free.reshape(-1), np.isfinite(self.deck).reshape(-1)])
        return may.astype(np.uint8).tobytes(), np.concatenate([self.height.reshape(-1), np.nan_to_num(self.deck).reshape(-1)]).tolist()

    @staticmethod
    def of(chunks: list[list[ChunkIndex]]) -> Region:
        """The region of chunks[row][column], south-west first."""
        side, wide = Region.SIDE, Region.SIDE * CELLS
        flat = [(r, c, chunk) for r, line in enumerate(chunks) for c, chunk in enumerate(line)]
        everything = Solids.join([chunk.space.solids for _, _, chunk in flat])
        table = np.column_stack([everything.centre, everything.half, everything.axis, everything.bottom, everything.top, everything.slope])
        same = np.ascontiguousarray(table).view(np.dtype((np.void, table.shape[1] * 8))).reshape(-1)
        _, first, canonical = np.unique(same, return_index=True, return_inverse=True)
        cells, items, offset = [], [], 0
        for r, c, chunk in flat:
            cell, solid = chunk.pairs
            cells.append((cell // CELLS + r * CELLS) * wide + cell % CELLS + c * CELLS)
            items.append(canonical.reshape(-1)[solid + offset])
            offset += len(chunk.space.solids)
        cell_of, item = np.concatenate(cells), np.concatenate(items)
        order = np.argsort(cell_of, kind="stable")
        start = np.zeros(wide * wide + 1, np.int64)
        np.cumsum(np.bincount(cell_of, minlength=wide * wide), out=start[1:])
        corner = chunks[0][0].space
        assert len(chunks) == side
        return Region(
            corner.cx,
            corner.cy,
            everything.take(first),
            start,
            item[order],
            np.block([[chunk.free for chunk in line] for line in chunks]),
            np.block([[chunk.height[2::4, 2::4].astype(np.float64) for chunk in line] for line in chunks]),
            np.block([[chunk.deck for chunk in line] for line in chunks]),
            np.concatenate([chunk.space.ears for _, _, chunk in flat]),
        )

    def along(self, a: NDArray[np.float64], b: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """(segment, solid) pairs, each once, that may meet: for S segments from `a` to `b` (S, 3)."""
        wide = self.SIDE * CELLS
        reach = np.sqrt((b[:, 0] - a[:, 0]) ** 2 + (b[:, 1] - a[:, 1]) ** 2)
        pieces = np.maximum(1, np.ceil(reach / CELL_M)).astype(np.int64)
        segment, piece = spread(np.zeros(len(a), np.int64), pieces)
        share = 1.0 / pieces[segment]
        step = (b - a)[segment, :2] * share[:, None]
        low = (a[segment, :2] + step * piece[:, None] - self.origin) / CELL_M
        ends = np.clip(np.floor(np.stack([low, low + step / CELL_M])).astype(np.int64), 0, wide - 1)  # a piece is at most one cell long,
        corners = [ends[p, :, 1] * wide + ends[q, :, 0] for p in (0, 1) for q in (0, 1)]  # so it lies in these four
        cell_count = wide * wide
        key = np.unique(np.concatenate([segment * cell_count + cell for cell in corners]))
        segment, cell = key // cell_count, key % cell_count
        k, entry = spread(self.cell_start[cell], self.cell_start[cell + 1] - self.cell_start[cell])
        n = max(1, len(self.solids))
        key = np.unique(segment[k] * n + self.cell_items[entry])
        return key // n, key % n
