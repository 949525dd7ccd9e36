"""The rounds that robots go: closed ways along the streets, round one to four blocks.

In: a recipe.  Out: `Loop`s in closed form from a superblock's indices, some to each. A round keeps to the middle of a street, and on
an avenue to the lane between those who drove and those who parked, clear of what fell from above. Each has two detours: sides of its
blocks along whose pavements one gets past it from cover to cover (`world.plan.cover` sees to that).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from world.fields import uniform
from world.plan.lattice import LATTICE, QUAY_M, Block, Superblock, Way, superblock, superblocks_in
from world.plan.quad import between, line_through
from world.plan.records import Point
from world.recipe import Recipe, remembered

LOOPS = LATTICE | {"play.patrol_m"}

_BLOCKS_MAX = 4
_LANE_M = 2.4  # from the kerb of an avenue
_SPREAD = (0.75, 1.35)  # of the length asked for


@dataclass(frozen=True)
class Loop:
    """A closed polyline (m), clockwise; `detours` are the (block, side)s whose pavements lead past it."""

    key: tuple[int, int, int]
    points: tuple[Point, Point, Point, Point]
    length_m: float
    detours: tuple[tuple[Block, int], ...]

    @property
    def middle(self) -> Point:
        return sum(p[0] for p in self.points) / 4, sum(p[1] for p in self.points) / 4


@remembered(LOOPS, size=256)
def loops_of(recipe: Recipe, i: int, j: int) -> tuple[Loop, ...]:
    """The rounds within superblock (i, j), each another one."""
    sb, seed = superblock(recipe, i, j), recipe.seed_of("play")
    wide, high = len(sb.columns) + 1, len(sb.rows) + 1
    every = [
        (k, n, m, o)
        for k in range(wide)
        for n in range(k, wide)
        for m in range(high)
        for o in range(m, high)
        if (n - k + 1) * (o - m + 1) <= _BLOCKS_MAX
    ]
    found: dict[tuple[Point, ...], Loop] = {}
    low, spread = _SPREAD[0], _SPREAD[1] - _SPREAD[0]
    for number in range(1 + min(3, wide * high // 4)):
        k, m = int(wide * uniform(seed, "loop/column", i, j, number)), int(high * uniform(seed, "loop/row", i, j, number))
        wanted = recipe.play.patrol_m * (low + spread * uniform(seed, "loop/length", i, j, number))
        round_it = [e for e in every if e[0] <= k <= e[1] and e[2] <= m <= e[3]]
        loops = [_loop(sb, (i, j, number), *e) for e in round_it]
        best = min(loops, key=lambda loop: (abs(loop.length_m - wanted), loop.points))
        found.setdefault(best.points, best)
    return tuple(found.values())


def loops_in(recipe: Recipe, x0: float, y0: float, x1: float, y1: float) -> list[Loop]:
    """Every round whose middle lies in the rectangle."""
    every = [loop for sb in superblocks_in(recipe, x0, y0, x1, y1) for loop in loops_of(recipe, sb.i, sb.j)]
    return [loop for loop in every if x0 <= loop.middle[0] < x1 and y0 <= loop.middle[1] < y1]


def _loop(sb: Superblock, key: tuple[int, int, int], k0: int, k1: int, m0: int, m1: int) -> Loop:
    """Round the blocks of columns k0 .. k1 and rows m0 .. m1."""
    corner, far = sb.block(k0, m0), sb.block(k1, m1)
    west, south = (line_through(corner.kerb[p], corner.kerb[q], -_off(corner, s)) for p, q, s in ((3, 0, 0), (0, 1, 2)))
    east, north = (line_through(far.kerb[p], far.kerb[q], -_off(far, s)) for p, q, s in ((1, 2, 1), (2, 3, 3)))
    a, b, c, d = between(west, east, south, north)
    points = (a, d, c, b)
    length = math.fsum(math.dist(p, q) for p, q in zip(points, (*points[1:], points[0]), strict=True))
    rows, columns = range(m0, m1 + 1), range(k0, k1 + 1)
    sides = (
        [(sb.block(k0, m), 0) for m in rows],
        [(sb.block(k1, m), 1) for m in rows],
        [(sb.block(k, m0), 2) for k in columns],
        [(sb.block(k, m1), 3) for k in columns],
    )
    longest = [max(one, key=lambda at: at[0].sides[at[1]].length_m) for one in sides]
    longest.sort(key=lambda at: -at[0].sides[at[1]].length_m)
    return Loop(key, points, length, tuple(longest[:2]))


def _off(block: Block, side: int) -> float:
    """How far (m) off a block's kerb one goes round it."""
    way, half = block.ways[side], block.halves[side]
    if way == Way.CANAL:
        return QUAY_M / 2
    return half if way == Way.STREET else min(half, _LANE_M)
