"""Ways for robots over the square metres that they can hover over: the street, and decks, ramps and stairs above it.

In: a `Region`, where from and where to (m).  Out: corners to go round, the last one at the goal or as near to it as robots get.
How: A* with octile distance and no cutting of corners (Hart, Nilsson, Raphael 1968), weighted so that it hurries (Pohl 1970), over two
layers; they hang together where the floor rises less than a robot climbs. Then drawn taut.
"""

from __future__ import annotations

import heapq
import math

import numpy as np
from numpy.typing import NDArray

from world.space.decking import RISE_M
from world.space.index import Region

Point = tuple[float, float]
Place = tuple[float, float, float]  # the floor's height last
_DIAGONAL = 1.4142135623730951
_EXPANSIONS_MAX = 3000
_HURRY = 1.15
_NEIGHBOURS = [(di, dj, _DIAGONAL if di and dj else 1.0) for dj in (-1, 0, 1) for di in (-1, 0, 1) if di or dj]
_SAMPLE_M = 0.2
_STOREY_M = 1.2  # a floor further up or down is another one
_OFF_LINE_M = 0.7  # of a floor from the straight line between two corners


def holds(region: Region, x: float, y: float) -> bool:
    """Whether the point lies within the region."""
    x0, y0 = region.origin
    return x0 <= x < x0 + len(region.free) and y0 <= y < y0 + len(region.free)


def inside(region: Region, places: NDArray[np.float64]) -> NDArray[np.bool_]:
    """(R,): whether places (R, 2 or 3) lie within the region."""
    away = places[:, :2] - np.array(region.origin)
    return np.asarray(((away >= 0.0) & (away < len(region.free))).all(axis=1))


def is_free(region: Region, x: float, y: float) -> bool:
    """Whether a robot may be over the street in the square metre of the point."""
    x0, y0 = region.origin
    i, j = math.floor(x - x0), math.floor(y - y0)
    return 0 <= i < len(region.free) and 0 <= j < len(region.free) and bool(region.free[j, i])


def floor_at(region: Region, x: float, y: float, z: float) -> float | None:
    """The height of the floor nearest to z on which a robot may be at the point, or None."""
    if not holds(region, x, y):
        return None
    i, j = math.floor(x - region.origin[0]), math.floor(y - region.origin[1])
    floors = [float(region.height[j, i])] if region.free[j, i] else []
    if not math.isnan(region.deck[j, i]):
        floors.append(float(region.deck[j, i]))
    return min(floors, key=lambda floor: abs(floor - z), default=None)


def is_open(region: Region, a: Place, b: Place) -> bool:
    """Whether a robot gets straight from a to b."""
    dx, dy, dz = b[0] - a[0], b[1] - a[1], b[2] - a[2]
    count = max(1, math.ceil(math.sqrt(dx * dx + dy * dy) / _SAMPLE_M))
    t = np.arange(count + 1) / count
    i = np.floor(a[0] + dx * t - region.origin[0]).astype(np.int64)
    j = np.floor(a[1] + dy * t - region.origin[1]).astype(np.int64)
    side = len(region.free)
    if i.min() < 0 or j.min() < 0 or i.max() >= side or j.max() >= side:
        return False
    line = a[2] + dz * t
    street = np.where(region.free[j, i], region.height[j, i], np.inf)
    deck = region.deck[j, i]
    floor = np.where(abs(deck - line) < abs(street - line), deck, street)  # NaN compares as false
    return bool((abs(floor - line) <= _OFF_LINE_M).all()) and bool((abs(np.diff(floor)) <= RISE_M).all())


def nearest_free(region: Region, goal: Point, reach_m: int = 8) -> Point | None:
    """The middle of the square metre of street that is free and nearest to the goal, within `reach_m`, or None."""
    x0, y0 = region.origin
    gi, gj = math.floor(goal[0] - x0), math.floor(goal[1] - y0)
    i0, j0 = max(0, gi - reach_m), max(0, gj - reach_m)
    free = np.argwhere(region.free[j0 : max(0, gj + reach_m + 1), i0 : max(0, gi + reach_m + 1)])
    if len(free) == 0:
        return None
    x, y = x0 + i0 + free[:, 1] + 0.5, y0 + j0 + free[:, 0] + 0.5
    best = int(np.argmin((x - goal[0]) * (x - goal[0]) + (y - goal[1]) * (y - goal[1])))
    return float(x[best]), float(y[best])


def find_route(region: Region, start: Place, goal: Place) -> tuple[Place, ...]:
    """Corners from `start` (not included) to the goal or as near to it as one gets; empty where one cannot leave."""
    begin, end = _entered(region, start), _entered(region, goal)
    if begin is None or end is None:
        return ()
    if is_open(region, begin, end):
        return (end,)
    nodes = _nodes(region, _node(region, begin), _node(region, end))
    if len(nodes) < 2:
        return ()
    side = len(region.free)
    x0, y0 = region.origin
    _, floor = region.floors
    places = [(x0 + n % side + 0.5, y0 + n // side % side + 0.5, floor[n]) for n in nodes[1:]]
    if nodes[-1] == _node(region, end):
        places[-1] = end
    return _taut(region, begin, places)


def _entered(region: Region, place: Place) -> Place | None:
    """The place on the floor nearest to it, or the free place beside it."""
    floor = floor_at(region, *place)
    if floor is not None and abs(floor - place[2]) < _STOREY_M:
        return place[0], place[1], floor
    beside = nearest_free(region, place[:2])
    return None if beside is None else (*beside, float(floor_at(region, *beside, place[2]) or 0.0))


def _node(region: Region, place: Place) -> int:
    side = len(region.free)
    cell = math.floor(place[1] - region.origin[1]) * side + math.floor(place[0] - region.origin[0])
    open_floors, floor = region.floors
    above = cell + side * side
    if open_floors[above] and (not open_floors[cell] or abs(floor[above] - place[2]) < abs(floor[cell] - place[2])):
        return above
    return cell


def _nodes(region: Region, source: int, target: int) -> list[int]:
    """The cheapest chain of nodes from source to the target, or to the one found that is nearest to it."""
    side = len(region.free)
    cells = side * side
    open_floors, floor = region.floors
    gi, gj = target % side, target // side % side

    def estimate(i: int, j: int) -> float:
        dx, dy = abs(i - gi), abs(j - gj)
        return _HURRY * (max(dx, dy) + (_DIAGONAL - 1.0) * min(dx, dy))

    cost, before = {source: 0.0}, {source: source}
    first = estimate(source % side, source // side % side)
    queue = [(first, source)]
    nearest = (first, source)
    done: set[int] = set()
    while queue and len(done) < _EXPANSIONS_MAX:
        _, node = heapq.heappop(queue)
        if node == target:
            return _chain(before, node)
        if node in done:
            continue
        done.add(node)
        i, j, here = node % side, node // side % side, floor[node]
        left = estimate(i, j)
        if (left, node) < nearest:
            nearest = left, node
        for di, dj, length in _NEIGHBOURS:
            ni, nj = i + di, j + dj
            if not (0 <= ni < side and 0 <= nj < side):
                continue
            for there in (nj * side + ni, nj * side + ni + cells):
                if not open_floors[there] or abs(floor[there] - here) > RISE_M * length:
                    continue
                if di and dj:
                    layer = there // cells * cells
                    if not (open_floors[layer + j * side + ni] and open_floors[layer + nj * side + i]):
                        continue
                reached = cost[node] + length
                if reached < cost.get(there, math.inf):
                    cost[there], before[there] = reached, node
                    heapq.heappush(queue, (reached + estimate(ni, nj), there))
    return _chain(before, nearest[1])


def _chain(before: dict[int, int], node: int) -> list[int]:
    chain = [node]
    while before[node] != node:
        node = before[node]
        chain.append(node)
    return chain[::-1]


def _taut(region: Region, start: Place, points: list[Place]) -> tuple[Place, ...]:
    """The few points that are needed: each the farthest that can be reached straight from the one before."""
    corners, here, k = [], start, 0
    while k < len(points):
        far = k
        while far + 1 < len(points) and is_open(region, here, points[far + 1]):
            far += 1
        corners.append(points[far])
        here, k = points[far], far + 1
    return tuple(corners)
