"""A scripted walker that crosses the city on foot: streets, decks, stairs, shops; it tells where it stuck or fell.

In: a recipe, how far.  Out: `Stride`s, one a leg. Ways come from `WalkGraph`; every tick is the real step function, and the only thing
asked of it is to walk towards a point a little ahead on the way. Who slips off a narrow thing (no deeper than `FALL_M`) looks for
another way from there and treads with more care, as anybody would; to slip again and again is trouble.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from world.plan import plan_chunk, start_pose
from world.plan.interior import interior_of
from world.recipe import Recipe
from world.sim import Button, Command, Walker
from world.sim.walker import step_walker
from world.space import Material
from world.space.build import build_space
from world.space.chunk_space import CHUNK_M
from world.space.walk import STEP_M
from world.space.walkable import STREET, WalkGraph, walk_surface
from world.space.window import Remembered, SpaceWindow

AHEAD_M = 0.5
STUCK_TICKS = 60 * 4
FALL_M = 0.6  # below the way
_SLIPS = 3  # in a leg
_SLIPPED = "slipped off the way"
_LEG_M = 90.0
_KINDS = ("street", "shop", "street", "deck")


@dataclass(frozen=True)
class Stride:
    """One leg: what it led to, metres walked, and what went wrong ("" if nothing)."""

    to: str
    metres: float
    trouble: str


def stride(recipe: Recipe, metres: float) -> Iterator[Stride]:
    """Legs from where one wakes, generally eastwards, until `metres` are walked or a leg fails."""
    plan = Remembered(lambda key: plan_chunk(recipe, *key), 80)
    space = Remembered(lambda key: build_space(recipe, plan(key)), 60)
    surface = Remembered(lambda key: walk_surface(space(key)), 60)
    window = SpaceWindow(lambda cx, cy: space((cx, cy)))
    x, y, _ = start_pose(recipe).position
    walker = Walker((x, y, window.ground(x, y)))
    walked, tick, count, slips = 0.0, 0, 0, 0
    while walked < metres:
        x, y, z = walker.position
        cx, cy = round(x / CHUNK_M), round(y / CHUNK_M)
        chunks = [(cx + i, cy + j) for j in range(-2, 2) for i in range(-2, 2)]
        graph = WalkGraph(surface(key) for key in chunks)
        here = graph.spot(x, y, z)
        if here is None:
            yield Stride("start", 0.0, f"no footing at {walker.position}")
            return
        kind = _KINDS[count % len(_KINDS)]
        order, before = graph.reached(here)
        goal = _goal(recipe, graph, order, kind, [plan(key) for key in chunks], (x, y))
        count += 1
        if goal is None:
            continue
        way = graph.places()[graph.chain(before, here, goal)]
        walker, tick, gone, trouble = _follow(window, walker, way, tick, AHEAD_M / (1 + slips))
        walked += gone
        slips = slips + 1 if trouble == _SLIPPED else 0
        if 0 < slips <= _SLIPS:
            count -= 1
            continue
        yield Stride(kind, gone, trouble)
        if trouble:
            return


def _goal(
    recipe: Recipe, graph: WalkGraph, order: NDArray[np.int64], kind: str, plans: list[object], here: tuple[float, float]
) -> int | None:
    """A spot to go to, among those that can be reached, the nearest first in `order`."""
    if kind == "shop":
        reached = set(order.tolist())
        for plan in plans:
            for building in plan.buildings:  # type: ignore[attr-defined]
                interior = interior_of(recipe, building)
                if interior is not None and math.dist(building.centre, here) < _LEG_M:
                    u, v, z = interior.way[-1]
                    spot = graph.spot(*interior.world(u, v), z, 0.6)
                    if spot in reached:
                        return spot
        return None
    places = graph.places()[order]
    bearer, material = graph.bearer[order], graph.material[order]
    if kind == "deck":
        fits = np.flatnonzero((bearer >= 0) & (material == Material.ASPHALT))
        return None if len(fits) == 0 else int(order[fits[min(len(fits) - 1, 4000)]])
    east = (places[:, 0] - here[0] > 0.7 * _LEG_M) & (bearer == STREET)
    fits = np.flatnonzero(east)
    return None if len(fits) == 0 else int(order[fits[len(fits) // 7]])


def _follow(window: SpaceWindow, walker: Walker, way: NDArray[np.float64], tick: int, ahead_m: float) -> tuple[Walker, int, float, str]:
    """Walks along `way`, eyes `ahead_m` before the feet; (walker, tick, metres, trouble)."""
    along = np.concatenate([[0.0], np.cumsum(np.sqrt((np.diff(way[:, :2], axis=0) ** 2).sum(axis=1)))])
    at, gone, best, since = 0, 0.0, 0, tick
    while True:
        x, y, z = walker.position
        near = way[at : at + 16]
        at += int(np.argmin((near[:, 0] - x) ** 2 + (near[:, 1] - y) ** 2))
        if at > best:
            best, since = at, tick
        if at >= len(way) - 3:
            return walker, tick, gone, ""
        if tick - since > STUCK_TICKS:
            if z < way[at, 2] - STEP_M:
                return walker, tick, gone, _SLIPPED
            return walker, tick, gone, f"stuck at {np.round(walker.position, 2)} on the way to {way[min(at + 4, len(way) - 1)].round(2)}"
        if z < way[at, 2] - FALL_M:
            return walker, tick, gone, f"fell to {np.round(walker.position, 2)} from {way[at].round(2)}"
        ahead = way[min(int(np.searchsorted(along, along[at] + ahead_m)), len(way) - 1)]
        heading = math.degrees(math.atan2(ahead[0] - x, ahead[1] - y))
        tick += 1
        walker, _ = step_walker(window, walker, Command.looking(heading, 0.0, Button.FORWARD), -0.02, tick, 1 / 60)
        gone += math.dist((x, y), walker.position[:2])
