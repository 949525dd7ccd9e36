"""Ways for robots over the free square metres of a region.

In: a `Region`, where from and where to (m).  Out: corners to go round, the last one at the goal or at the free place nearest to it.
How: A* with octile distance and no cutting of corners (Hart, Nilsson, Raphael 1968), then drawn taut.
"""

from __future__ import annotations

import heapq
import math

import numpy as np
from numpy.typing import NDArray

from world.space.index import Region

Point = tuple[float, float]
_DIAGONAL = 1.4142135623730951
_EXPANSIONS_MAX = 12000
_NEIGHBOURS = [(di, dj, _DIAGONAL if di and dj else 1.0) for dj in (-1, 0, 1) for di in (-1, 0, 1) if di or dj]
_SAMPLE_M = 0.2


def holds(region: Region, x: float, y: float) -> bool:
    """Whether the point lies within the region."""
    x0, y0 = region.origin
    return x0 <= x < x0 + len(region.free) and y0 <= y < y0 + len(region.free)


def is_free(region: Region, x: float, y: float) -> bool:
    """Whether a robot may be in the square metre of the point."""
    x0, y0 = region.origin
    i, j = math.floor(x - x0), math.floor(y - y0)
    return 0 <= i < len(region.free) and 0 <= j < len(region.free) and bool(region.free[j, i])


def is_open(region: Region, a: Point, b: Point) -> bool:
    """Whether the straight way from a to b is free."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    count = max(1, math.ceil(math.sqrt(dx * dx + dy * dy) / _SAMPLE_M))
    t = np.arange(1, count + 1) / count
    i = np.floor(a[0] + dx * t - region.origin[0]).astype(np.int64)
    j = np.floor(a[1] + dy * t - region.origin[1]).astype(np.int64)
    inside = (i >= 0) & (j >= 0) & (i < len(region.free)) & (j < len(region.free))
    return bool(inside.all()) and bool(region.free[j, i].all())


def nearest_free(region: Region, goal: Point, reach_m: int = 8) -> Point | None:
    """The middle of the free square metre nearest to the goal, within `reach_m`, or None."""
    x0, y0 = region.origin
    gi, gj = math.floor(goal[0] - x0), math.floor(goal[1] - y0)
    i0, j0 = max(0, gi - reach_m), max(0, gj - reach_m)
    free = np.argwhere(region.free[j0 : max(0, gj + reach_m + 1), i0 : max(0, gi + reach_m + 1)])
    if len(free) == 0:
        return None
    x, y = x0 + i0 + free[:, 1] + 0.5, y0 + j0 + free[:, 0] + 0.5
    best = int(np.argmin((x - goal[0]) * (x - goal[0]) + (y - goal[1]) * (y - goal[1])))
    return float(x[best]), float(y[best])


def find_route(region: Region, start: Point, goal: Point) -> tuple[Point, ...]:
    """Corners from `start` (not included) to the goal; empty where there is no way."""
    end = goal if is_free(region, *goal) else nearest_free(region, goal)
    begin = start if is_free(region, *start) else nearest_free(region, start)
    if end is None or begin is None:
        return ()
    if is_open(region, begin, end):
        return (end,)
    cells = _cells(region.free, _cell(region, begin), _cell(region, end))
    if not cells:
        return ()
    x0, y0 = region.origin
    points = [(x0 + i + 0.5, y0 + j + 0.5) for i, j in cells[1:-1]] + [end]
    return _taut(region, begin, points)


def _cell(region: Region, point: Point) -> tuple[int, int]:
    return math.floor(point[0] - region.origin[0]), math.floor(point[1] - region.origin[1])


def _cells(free: NDArray[np.bool_], start: tuple[int, int], goal: tuple[int, int]) -> list[tuple[int, int]]:
    """The cheapest chain of free cells from start to goal."""
    side = len(free)
    open_cells = bytearray(np.ascontiguousarray(free, dtype=np.uint8))
    gi, gj = goal

    def estimate(i: int, j: int) -> float:
        dx, dy = abs(i - gi), abs(j - gj)
        return max(dx, dy) + (_DIAGONAL - 1.0) * min(dx, dy)

    source = start[1] * side + start[0]
    target = gj * side + gi
    cost, before = {source: 0.0}, {source: source}
    queue = [(estimate(*start), source)]
    done: set[int] = set()
    while queue and len(done) < _EXPANSIONS_MAX:
        _, cell = heapq.heappop(queue)
        if cell == target:
            chain = [cell]
            while before[cell] != cell:
                cell = before[cell]
                chain.append(cell)
            return [(c % side, c // side) for c in reversed(chain)]
        if cell in done:
            continue
        done.add(cell)
        i, j = cell % side, cell // side
        for di, dj, length in _NEIGHBOURS:
            ni, nj = i + di, j + dj
            if not (0 <= ni < side and 0 <= nj < side and open_cells[nj * side + ni]):
                continue
            if di and dj and not (open_cells[j * side + ni] and open_cells[nj * side + i]):
                continue
            there, reached = nj * side + ni, cost[cell] + length
            if reached < cost.get(there, math.inf):
                cost[there], before[there] = reached, cell
                heapq.heappush(queue, (reached + estimate(ni, nj), there))
    return []


def _taut(region: Region, start: Point, points: list[Point]) -> tuple[Point, ...]:
    """The few points that are needed: each the farthest that can be reached straight from the one before."""
    corners, here, k = [], start, 0
    while k < len(points):
        far = k
        while far + 1 < len(points) and is_open(region, here, points[far + 1]):
            far += 1
        corners.append(points[far])
        here, k = points[far], far + 1
    return tuple(corners)
