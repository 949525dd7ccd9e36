"""The chunks round whoever senses, asked as one world.

In: a source of `ChunkSpace` by chunk coordinates (the pipe).  Out: `SpaceWindow`: the index of any chunk, remembered, and the
3 × 3 `Region` round a point. Every answer depends on the place asked about alone, never on what was asked before.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable

from world.space.chunk_space import CHUNK_M, GROUND_STEP_M, ChunkSpace, Material
from world.space.index import CELL_M, CELLS, ChunkIndex, Region, Row

_CHUNKS_KEPT = 64
_REGIONS_KEPT = 4


class SpaceWindow:
    """A world without edges, indexed where it is looked at. `source(cx, cy)` must be a function of its arguments."""

    def __init__(self, source: Callable[[int, int], ChunkSpace]) -> None:
        self._source = source
        self._chunks: OrderedDict[tuple[int, int], ChunkIndex] = OrderedDict()
        self._regions: OrderedDict[tuple[int, int], Region] = OrderedDict()

    def chunk(self, cx: int, cy: int) -> ChunkIndex:
        """The index of one chunk."""
        key = (cx, cy)
        found = self._chunks.get(key)
        if found is None:
            found = self._chunks[key] = ChunkIndex(self._source(cx, cy))
            if len(self._chunks) > _CHUNKS_KEPT:
                self._chunks.popitem(last=False)
        else:
            self._chunks.move_to_end(key)
        return found

    def region(self, x: float, y: float) -> Region:
        """The 3 × 3 chunks whose middle one holds (x, y)."""
        key = (math.floor(x / CHUNK_M), math.floor(y / CHUNK_M))
        found = self._regions.get(key)
        if found is None:
            rows = [[self.chunk(key[0] + i, key[1] + j) for i in (-1, 0, 1)] for j in (-1, 0, 1)]
            found = self._regions[key] = Region.of(rows)
            if len(self._regions) > _REGIONS_KEPT:
                self._regions.popitem(last=False)
        return found

    def near(self, x: float, y: float, reach_m: float) -> list[Row]:
        """The solids that stop a body and whose footprint comes within about `reach_m` of (x, y)."""
        found: list[Row] = []
        for j in range(math.floor((y - reach_m) / CELL_M), math.floor((y + reach_m) / CELL_M) + 1):
            for i in range(math.floor((x - reach_m) / CELL_M), math.floor((x + reach_m) / CELL_M) + 1):
                for row in self.chunk(i // CELLS, j // CELLS).cells[(j % CELLS) * CELLS + i % CELLS]:
                    dx, dy, ax, ay = x - row[0], y - row[1], row[2], row[3]
                    if abs(dx * ax + dy * ay) < row[4] + reach_m and abs(dy * ax - dx * ay) < row[5] + reach_m and row not in found:
                        found.append(row)
        return found

    def ground(self, x: float, y: float) -> float:
        """Height of the street's surface (m), bilinear."""
        cx, cy = math.floor(x / CHUNK_M), math.floor(y / CHUNK_M)
        height = self.chunk(cx, cy).height
        fx, fy = (x - cx * CHUNK_M) / GROUND_STEP_M, (y - cy * CHUNK_M) / GROUND_STEP_M
        i, j = min(int(fx), 255), min(int(fy), 255)
        fx, fy = fx - i, fy - j
        south = float(height[j, i]) * (1.0 - fx) + float(height[j, i + 1]) * fx
        north = float(height[j + 1, i]) * (1.0 - fx) + float(height[j + 1, i + 1]) * fx
        return south * (1.0 - fy) + north * fy

    def ground_material(self, x: float, y: float) -> Material:
        """What the street is made of at (x, y)."""
        cx, cy = math.floor(x / CHUNK_M), math.floor(y / CHUNK_M)
        i, j = int((x - cx * CHUNK_M) / GROUND_STEP_M), int((y - cy * CHUNK_M) / GROUND_STEP_M)
        return Material(int(self.chunk(cx, cy).space.ground.material[min(j, 255), min(i, 255)]))
