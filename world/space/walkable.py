"""Where a body can stand, in layers, and from where one can walk to where.

In: `ChunkSpace`s, one beside the other.  Out: `WalkSurface` (every spot of a chunk that bears and has room, with its material) and
`WalkGraph` (all of them, which hang together, and ways through them).
How: as Recast's height field of spans (Mononen 2009), with a `world.space.walk` body: .35 m wide to each side, 1.8 m high, .35 m steps,
40 degrees. A spot is the middle of a quarter-metre cell. The street, a floor and every top that is not too steep bear; a spot counts
where nothing higher within a step would lift the body and nothing stands in the body's room. Neighbours hang together when they are a
step (and what a slope rises between them) apart at the most: the discs of two neighbours overlap, so that no wall fits in between.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, dijkstra

from world.space.chunk_space import CHUNK_M, GROUND_STEP_M, ChunkSpace, Flag, Material
from world.space.footprints import SLOPE_MAX, footprint_cells, spread
from world.space.walk import RADIUS_M, STEP_M

BODY_M = 1.8
CELL_M = GROUND_STEP_M
CELLS = int(CHUNK_M / CELL_M)  # along a chunk's side
STREET, ROOM = -1, -2  # what bears, where it is no solid: the street, or the lowest floor of rooms below or at it
_REACHED_MAX_M = 16.0  # higher than the highest deck: nobody walks there
_SKIN_M = 0.02
_EPS = 1e-6
_SURE_M = 0.02  # a link is that much lower than a step: between two spots the ground may dip
_RIM_COST = 5.0  # of a cell beside an edge or a wall, on a way
_STEP_COST = 30.0  # of a whole step up or down: who can walk round a heap does not clamber over it

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class WalkSurface:
    """N spots of chunk (cx, cy), sorted by cell (row by row), then height."""

    cx: int
    cy: int
    cell: NDArray[np.int32]  # (N,) row * 256 + column
    height: NDArray[np.float32]  # (N,) of the soles, metres
    material: NDArray[np.uint8]  # (N,) Material
    bearer: NDArray[np.int32]  # (N,) row of the chunk's solids, or STREET, or ROOM
    grade: NDArray[np.float32]  # (N,) how steeply the bearing solid rises (0: street and rooms)

    def __len__(self) -> int:
        return len(self.cell)


def walk_surface(space: ChunkSpace) -> WalkSurface:
    """Every spot of a chunk on which a body can stand upright."""
    origin = np.array([space.cx, space.cy]) * CHUNK_M
    s = space.solids
    rise = np.abs(s.slope * s.half).sum(axis=1)
    s = s.take(matters := np.flatnonzero(((s.flags & Flag.MOVE) != 0) & (s.bottom - rise < _REACHED_MAX_M + BODY_M)))
    solid, row, column = footprint_cells(s, (float(origin[0]), float(origin[1])), CELL_M, CELLS, RADIUS_M)
    dx = origin[0] + (column + 0.5) * CELL_M - s.centre[solid, 0]
    dy = origin[1] + (row + 0.5) * CELL_M - s.centre[solid, 1]
    ax, ay = s.axis[solid, 0], s.axis[solid, 1]
    u, v = dx * ax + dy * ay, dy * ax - dx * ay
    qu, qv = np.clip(u, -s.half[solid, 0], s.half[solid, 0]), np.clip(v, -s.half[solid, 1], s.half[solid, 1])
    touched = (u - qu) ** 2 + (v - qv) ** 2 < RADIUS_M**2
    solid, cell = solid[touched], (row * CELLS + column)[touched]
    lift = (s.slope[solid] * np.stack([qu, qv], axis=1)[touched]).sum(axis=1)
    top, bottom = s.top[solid] + lift, s.bottom[solid] + lift
    steep = (s.slope**2).sum(axis=1)[solid] > SLOPE_MAX**2

    height, bearer = _lowest(space)
    tops = ~steep & (top < _REACHED_MAX_M) & (top > height[cell])
    bears = np.flatnonzero((bearer == ROOM) | ~_bank(space.ground.height))
    at = np.concatenate([bears, cell[tops]])
    z = np.concatenate([height[bears], top[tops]])
    what = np.concatenate([bearer[bears], matters[solid[tops]]])
    order = np.lexsort((z, at))
    at, z, what = at[order], z[order], what[order]
    rests = np.append((at[1:] != at[:-1]) | (z[1:] > z[:-1] + STEP_M), True)  # nothing above would lift the body
    at, z, what = at[rests], z[rests], what[rests]

    order = np.argsort(cell, kind="stable")
    cell, top, bottom, steep = cell[order], top[order], bottom[order], steep[order]
    start = np.searchsorted(cell, at)
    spot, k = spread(start, np.searchsorted(cell, at, side="right") - start)
    over = top[k] - z[spot] - np.where(steep[k], _SKIN_M, STEP_M) > _EPS
    stops = over & (z[spot] + BODY_M - bottom[k] > _EPS)
    room = np.ones(len(at), dtype=bool)
    room[spot[stops]] = False
    at, z, what = at[room], z[room], what[room]

    material = np.where(what == ROOM, np.uint8(Material.CONCRETE), space.ground.material.ravel()[at])
    carried = what >= 0
    material[carried] = space.solids.material[what[carried]]
    grade = np.zeros(len(at), np.float32)
    grade[carried] = np.sqrt((space.solids.slope[what[carried]] ** 2).sum(axis=1))
    return WalkSurface(
        space.cx, space.cy, at.astype(np.int32), z.astype(np.float32), material.astype(np.uint8), what.astype(np.int32), grade
    )


def _lowest(space: ChunkSpace) -> tuple[NDArray[np.float64], Ints]:
    """What bears where nothing else does: heights (65536,), and whether it is street or room."""
    h = space.ground.height.astype(np.float64)
    height = (0.25 * (h[:-1, :-1] + h[1:, :-1] + h[:-1, 1:] + h[1:, 1:])).ravel()
    bearer = np.full(CELLS * CELLS, STREET, dtype=np.int64)
    middles = (np.arange(CELLS) + 0.5) * CELL_M
    x, y = space.cx * CHUNK_M + np.tile(middles, CELLS), space.cy * CHUNK_M + np.repeat(middles, CELLS)
    for px, py, ax, ay, half_u, half_v, floor in space.pits[::-1]:  # the first that holds a point counts
        dx, dy = x - px, y - py
        inside = (np.abs(dx * ax + dy * ay) < half_u) & (np.abs(dy * ax - dx * ay) < half_v)
        height[inside], bearer[inside] = floor, ROOM
    return height, bearer


def _bank(nodes: NDArray[np.float32]) -> NDArray[np.bool_]:
    """(65536,) where the street itself is too steep to walk up: rise over three cells, as `walk.too_steep` takes it over a body."""
    h = np.pad(nodes.astype(np.float64), 1, mode="edge")
    east = 0.5 * (h[1:-2, 3:] + h[2:-1, 3:] - h[1:-2, :-3] - h[2:-1, :-3])
    north = 0.5 * (h[3:, 1:-2] + h[3:, 2:-1] - h[:-3, 1:-2] - h[:-3, 2:-1])
    return np.asarray((east * east + north * north > (SLOPE_MAX * 2.0 * RADIUS_M - _SURE_M) ** 2).ravel())


class WalkGraph:
    """The spots of several chunks, and which hang together. `spot` numbers run over all chunks in the order of the cells."""

    def __init__(self, surfaces: Iterable[WalkSurface]) -> None:
        parts = list(surfaces)
        self._corner = min(p.cx for p in parts), min(p.cy for p in parts)
        self._wide = (max(p.cx for p in parts) - self._corner[0] + 1) * CELLS
        self._high = (max(p.cy for p in parts) - self._corner[1] + 1) * CELLS
        column = np.concatenate([(p.cx - self._corner[0]) * CELLS + p.cell.astype(np.int64) % CELLS for p in parts])
        row = np.concatenate([(p.cy - self._corner[1]) * CELLS + p.cell.astype(np.int64) // CELLS for p in parts])
        cell = row * self._wide + column
        order = np.argsort(cell, kind="stable")
        self.cell: Ints = cell[order]
        self.height: NDArray[np.float32] = np.concatenate([p.height for p in parts])[order]
        self.material: NDArray[np.uint8] = np.concatenate([p.material for p in parts])[order]
        self.bearer: NDArray[np.int32] = np.concatenate([p.bearer for p in parts])[order]
        self._rise: NDArray[np.float32] = np.float32(CELL_M) * np.concatenate([p.grade for p in parts])[order]
        self._start: Ints = np.zeros(self._wide * self._high + 1, np.int64)
        np.cumsum(np.bincount(self.cell, minlength=self._wide * self._high), out=self._start[1:])
        self._links = self._link()
        self.part: NDArray[np.int32] = connected_components(self._links, directed=False)[1]

    def __len__(self) -> int:
        return len(self.cell)

    @property
    def main(self) -> int:
        """The `part` that most spots belong to."""
        return int(np.bincount(self.part).argmax())

    def places(self) -> NDArray[np.float64]:
        """(N, 3) world metres of all spots."""
        x = self._corner[0] * CHUNK_M + (self.cell % self._wide + 0.5) * CELL_M
        y = self._corner[1] * CHUNK_M + (self.cell // self._wide + 0.5) * CELL_M
        return np.stack([x, y, self.height.astype(np.float64)], axis=1)

    def spot(self, x: float, y: float, z: float, reach_m: float = 1.5) -> int | None:
        """The spot nearest to a point within `reach_m`, among those less than half a body above or below it."""
        i = math.floor((x - self._corner[0] * CHUNK_M) / CELL_M)
        j = math.floor((y - self._corner[1] * CHUNK_M) / CELL_M)
        n = int(reach_m / CELL_M) + 1
        best: tuple[float, int] | None = None
        for row in range(max(0, j - n), min(self._high, j + n + 1)):
            low = row * self._wide + min(max(0, i - n), self._wide)
            high = row * self._wide + min(max(0, i + n + 1), self._wide)
            for k in range(int(self._start[low]), int(self._start[high])):
                up = abs(float(self.height[k]) - z)
                if up < BODY_M / 2:
                    px = self._corner[0] * CHUNK_M + (self.cell[k] % self._wide + 0.5) * CELL_M
                    py = self._corner[1] * CHUNK_M + (row + 0.5) * CELL_M
                    away = float((px - x) ** 2 + (py - y) ** 2 + up * up)
                    if away < reach_m**2 and (best is None or away < best[0]):
                        best = away, k
        return None if best is None else best[1]

    def way(self, first: int, last: int) -> NDArray[np.float64]:
        """(K, 3) places from one spot to another, off edges and walls where it can be; (0, 3) where there is no way."""
        if self.part[first] != self.part[last]:
            return np.zeros((0, 3))
        _, before = self.reached(first)
        return self.places()[self.chain(before, first, last)]

    def reached(self, first: int) -> tuple[Ints, Ints]:
        """(spots in the order of their distance from `first`, for each spot the one before it on the way)."""
        away, before = dijkstra(self._links, directed=False, indices=first, return_predecessors=True)
        order = np.argsort(away, kind="stable")[: int(np.isfinite(away).sum())]
        return order.astype(np.int64), before.astype(np.int64)

    @staticmethod
    def chain(before: Ints, first: int, last: int) -> list[int]:
        """The spots from `first` to `last`, as `reached` found them."""
        spots = [last]
        while spots[-1] != first:
            spots.append(int(before[spots[-1]]))
        return spots[::-1]

    def _link(self) -> csr_matrix:
        """Which spots are a step apart, each pair once, and what it costs to go from one to the other."""
        pairs: list[tuple[Ints, Ints]] = []
        climbs: list[NDArray[np.float32]] = []
        column = self.cell % self._wide
        for here, stride in ((column < self._wide - 1, 1), (self.cell // self._wide < self._high - 1, self._wide)):
            spots = np.flatnonzero(here)
            beside = self.cell[spots] + stride
            first, count = self._start[beside], self._start[beside + 1] - self._start[beside]
            for layer in range(int(count.max(initial=0))):
                has = count > layer
                a, b = spots[has], first[has] + layer
                up = self.height[b] - self.height[a]
                near = np.abs(up) <= STEP_M - _SURE_M + np.where(up > 0.0, self._rise[a], self._rise[b])  # the lower one's slope
                pairs.append((a[near], b[near]))
                climbs.append(np.abs(up[near]))
        a, b = (np.concatenate(side) for side in zip(*pairs, strict=True))
        n = len(self.cell)
        inner = np.bincount(a, minlength=n) + np.bincount(b, minlength=n) == 4
        cost = np.where(inner[a] & inner[b], 1.0, _RIM_COST) + _STEP_COST / STEP_M**2 * np.concatenate(climbs) ** 2
        return csr_matrix((cost, (a.astype(np.int32), b.astype(np.int32))), shape=(n, n))
