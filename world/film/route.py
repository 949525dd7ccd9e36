"""A way through the streets, leg by leg, as long as it is wanted: the line on the ground that a tour flies over.

In: the world, a start, a length.  Out: places (N, 2) half a metre apart. Each leg is a flood (Dijkstra; A* without a goal) over the
clearance map, dear where it is narrow; its end is chosen among all that the flood reached: onward, wide, not yet seen. Only the
first half is walked before the next leg looks further. It is pulled straight wherever a line of sight has room, rounded by a
spline, and given back keys until the spline too has room.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from world.errors import Refusal
from world.fields import uniform
from world.film.clearance import CELLS, STEP_M, ClearanceMap, map_clearance
from world.film.path import catmull_rom
from world.space.window import SpaceWindow

Array = NDArray[np.float64]
ROOM_M = 1.2  # least distance of the line from the middle of an obstacle's cell
_WIDE_M = 3.5  # more room than this is no better
_LEG_M = (48.0, 80.0)  # along the ground, from a leg's start to its end
_WALKED = 0.55  # of a leg, before the next is planned
_PULL_MAX_M = 24.0
_SEEN_M = 14.0
_SAMPLE_M = 0.5


class Route:
    """Grows on demand; `points` are `_SAMPLE_M` apart, from the start on. Deterministic in (world, start, seed)."""

    def __init__(self, window: SpaceWindow, start: tuple[float, float], heading_deg: float, seed: int) -> None:
        self._window, self._seed = window, seed
        heading = math.radians(heading_deg)
        self._forward = np.array([math.sin(heading), math.cos(heading)])
        self._keys: list[Array] = []  # string-pulled corners so far; the last is where the next leg starts
        self._ends: list[Array] = []
        self._start = np.array(start)

    def points(self, length_m: float) -> Array:
        """At least `length_m` of the route, (N, 2)."""
        while True:
            if self._keys:
                line = _even(np.array(self._keys))
                if len(line) * _SAMPLE_M >= length_m + _LEG_M[0]:  # the last leg's rounding still changes with the next
                    return line
            self._add_leg()

    def _add_leg(self) -> None:
        """One more leg: flood, choose an end, pull, round, check."""
        from_xy = self._keys[-1] if self._keys else self._start
        room = map_clearance(self._window, float(from_xy[0]), float(from_xy[1]))
        source = _nearest_free(room, from_xy)
        cost, before = _flood(room, source)
        cells = _walk_back(before, self._choose(room, from_xy, cost))
        way = room.middles(cells[: max(4, int(_WALKED * len(cells)))])
        if self._keys:
            way[0] = from_xy
        kept = _pull(room, way)
        tail = self._keys[-2:-1]
        for _ in range(len(way)):
            corners = [*tail, *way[kept]]
            tight = _tight_spans(room, np.array(corners), len(tail))
            if not tight:
                break
            added = {(kept[k] + kept[k + 1]) // 2 for k in tight} - set(kept)
            if not added:
                break
            kept = sorted({*kept, *added})
        new = list(way[kept])
        self._keys.extend(new[1:] if self._keys else new)
        last = way[-1] - way[max(0, len(way) - 20)]
        self._forward = last / max(float(np.linalg.norm(last)), 1e-9)
        self._ends.append(from_xy)

    def _choose(self, room: ClearanceMap, from_xy: Array, cost: Array) -> int:
        """The flat cell where the leg ends."""
        reached = np.flatnonzero(np.isfinite(cost) & (room.clear.ravel() >= ROOM_M))
        there = room.middles(reached) - from_xy
        far = np.linalg.norm(there, axis=1)
        fair = (far >= _LEG_M[0]) & (far <= _LEG_M[1]) & (cost[reached] < 2.5 * _LEG_M[1])
        if not fair.any():
            fair = far >= min(8.0, float(far.max(initial=0.0)))  # a walled-in place: as far as it goes
        reached, there, far = reached[fair], there[fair], far[fair]
        if not len(reached) or float(far.max()) < 2.0:
            raise Refusal(f"a tour cannot start at {from_xy[0]:.1f},{from_xy[1]:.1f}: there is no free street around it")
        onward = there @ self._forward / np.maximum(far, 1e-9)
        wide = np.minimum(room.clear.ravel()[reached], _WIDE_M) / _WIDE_M
        places = room.middles(reached)
        seen = np.zeros(len(reached))
        for end in [*self._ends, *self._keys[:: max(1, len(self._keys) // 64)]]:
            seen += np.linalg.norm(places - end, axis=1) < _SEEN_M
        # whole patches share their luck and keep it, so that streets compete, not cells, and a turn once begun is finished
        patch = np.floor(places / 24.0).astype(np.int64)
        luck = uniform(self._seed, "tour/luck", patch[:, 0], patch[:, 1])
        detour = cost[reached] / np.maximum(far, 1e-9)
        return int(reached[np.argmax(np.minimum(onward, 0.5) + 0.8 * wide + 1.2 * luck - 0.6 * np.minimum(seen, 3) - 0.5 * detour)])


def _nearest_free(room: ClearanceMap, xy: Array) -> int:
    """The flat cell with room for a camera that is nearest to a place; `Refusal` when there is none within 30 m."""
    free = np.flatnonzero(room.clear.ravel() >= ROOM_M)
    if len(free):
        far = np.linalg.norm(room.middles(free) - xy, axis=1)
        best = int(np.argmin(far))
        if far[best] < 30.0:
            return int(free[best])
    raise Refusal(f"a tour cannot start at {xy[0]:.1f},{xy[1]:.1f}: there is no free street within 30 m")


def _flood(room: ClearanceMap, source: int) -> tuple[Array, NDArray[np.int32]]:
    """Cost (CELLS²,) from `source` to every cell (metres, dearer where narrow; inf where unreachable), and each cell's forerunner."""
    index = np.arange(CELLS * CELLS).reshape(CELLS, CELLS)
    free = room.clear >= ROOM_M
    dear = 1.0 + 2.0 * np.clip(1.0 - room.clear / _WIDE_M, 0.0, 1.0)
    rows, columns, costs = [], [], []
    for dy, dx in ((0, 1), (1, 0), (1, 1), (1, -1)):
        a = (slice(0, CELLS - dy), slice(max(0, -dx), CELLS - max(0, dx)))
        b = (slice(dy, CELLS), slice(max(0, dx), CELLS + min(0, dx)))
        both = free[a] & free[b]
        rows.append(index[a][both])
        columns.append(index[b][both])
        costs.append((0.5 * STEP_M * math.hypot(dx, dy) * (dear[a] + dear[b]))[both])
    graph = csr_array((np.concatenate(costs), (np.concatenate(rows), np.concatenate(columns))), shape=(CELLS * CELLS,) * 2)
    return dijkstra(graph, directed=False, indices=source, return_predecessors=True)


def _walk_back(before: NDArray[np.int32], cell: int) -> NDArray[np.intp]:
    """Flat cells from the flood's source to `cell`."""
    cells = [cell]
    while before[cells[-1]] >= 0:
        cells.append(int(before[cells[-1]]))
    return np.array(cells[::-1], dtype=np.intp)


def _pull(room: ClearanceMap, way: Array) -> list[int]:
    """Indices into `way` (N, 2) of the corners of a taut string: each sees the next, with room to spare."""
    need = np.minimum(room.at(way), _WIDE_M)
    kept = [0]
    while kept[-1] < len(way) - 1:
        here = kept[-1]
        ahead = min(len(way) - 1, here + int(_PULL_MAX_M / STEP_M))
        while ahead > here + 1:
            steps = np.linspace(0.0, 1.0, 2 * (ahead - here))[:, None]
            clear = room.at(way[here] + steps * (way[ahead] - way[here]))
            if clear.min() >= max(ROOM_M, 0.8 * float(need[here : ahead + 1].min())):
                break
            ahead -= max(1, (ahead - here) // 8)
        kept.append(ahead)
    return kept


def _tight_spans(room: ClearanceMap, corners: Array, skip: int) -> list[int]:
    """Which spans of the spline through `corners` lack room (counted from corner `skip` on)."""
    spline, knots = catmull_rom(corners)
    tight = []
    for k in range(skip, len(corners) - 1):
        u = np.linspace(knots[k], knots[k + 1], 2 + int(4 * np.linalg.norm(corners[k + 1] - corners[k])))
        if room.at(spline(u)).min() < ROOM_M - 0.5 * STEP_M:
            tight.append(k - skip)
    return tight


def _even(keys: Array) -> Array:
    """The spline through `keys` as places `_SAMPLE_M` apart."""
    spline, knots = catmull_rom(keys)
    fine = spline(np.linspace(knots[0], knots[-1], 64 * len(keys)))
    length = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(fine, axis=0), axis=1))])
    at = np.arange(0.0, length[-1], _SAMPLE_M)
    return np.stack([np.interp(at, length, fine[:, c]) for c in range(2)], axis=1)
