"""The chunks round whoever senses, asked as one world.

In: a source of `ChunkSpace` by chunk coordinates (the pipe).  Out: `SpaceWindow`: the index of any chunk, remembered, and the
3 × 3 `Region` round a point. Every answer depends on the place asked about alone, never on what was asked before.
"""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from world.space.chunk_space import CHUNK_M, GROUND_STEP_M, ChunkSpace, Material
from world.space.index import CELL_M, CELLS, ChunkIndex, Region, Row

_CHUNKS_KEPT = 64
_REGIONS_KEPT = 8

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class Remembered(Generic[K, T]):
    """The results of a pure function lately asked for; any thread may ask (two may make the same result)."""

    def __init__(self, make: Callable[[K], T], size: int) -> None:
        self._make, self._size = make, size
        self._known: OrderedDict[K, T] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, key: K) -> T:
        with self._lock:
            found = self._known.get(key)
            if found is not None:
                self._known.move_to_end(key)
                return found
        made = self._make(key)
        with self._lock:
            self._known[key] = made
            if len(self._known) > self._size:
                self._known.popitem(last=False)
        return made


class SpaceWindow:
    """A world without edges, indexed where it is looked at. `source(cx, cy)` must be a function of its arguments."""

    def __init__(self, source: Callable[[int, int], ChunkSpace]) -> None:
        self._chunks: Remembered[tuple[int, int], ChunkIndex] = Remembered(lambda key: ChunkIndex(source(*key)), _CHUNKS_KEPT)
        self._regions: Remembered[tuple[int, int], Region] = Remembered(self._join, _REGIONS_KEPT)

    def chunk(self, cx: int, cy: int) -> ChunkIndex:
        """The index of one chunk."""
        return self._chunks((cx, cy))

    def region(self, x: float, y: float) -> Region:
        """The 3 × 3 chunks whose middle one holds (x, y)."""
        return self._regions((math.floor(x / CHUNK_M), math.floor(y / CHUNK_M)))

    def _join(self, middle: tuple[int, int]) -> Region:
        return Region.of([[self.chunk(middle[0] + i, middle[1] + j) for i in (-1, 0, 1)] for j in (-1, 0, 1)])

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

    def pit(self, x: float, y: float) -> float | None:
        """The lowest floor (m) where rooms lie and the street does not bear, or None in the street."""
        for px, py, ax, ay, hu, hv, z in self.chunk(math.floor(x / CHUNK_M), math.floor(y / CHUNK_M)).pits:
            dx, dy = x - px, y - py
            if abs(dx * ax + dy * ay) <= hu and abs(dy * ax - dx * ay) <= hv:
                return z
        return None

    def ground_material(self, x: float, y: float) -> Material:
        """What the street is made of at (x, y)."""
        cx, cy = math.floor(x / CHUNK_M), math.floor(y / CHUNK_M)
        i, j = int((x - cx * CHUNK_M) / GROUND_STEP_M), int((y - cy * CHUNK_M) / GROUND_STEP_M)
        return Material(int(self.chunk(cx, cy).space.ground.material[min(j, 255), min(i, 255)]))
