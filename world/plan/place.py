"""Where one wakes.

In: a recipe.  Out: a standing pose on an avenue near the origin, looking along it to the nearest overpass with a fallen span.
"""

from __future__ import annotations

import math

from world.plan.lattice import Way, avenue, node, superblock
from world.plan.overpass import spans_in
from world.plan.records import Fate, Thing
from world.plan.strips import strips_in
from world.plan.traffic import traffic_of
from world.pose import Pose
from world.recipe import Recipe

_EYE_M = 1.65
_SEARCH_M = 420.0
_BACK_M = 42.0  # from the crossing one looks at
_BRIGHT, _DARK_M = ("shopping", "alleys"), 120.0  # a dark flank counts as so many metres further off
_STEP_BACK_M = 30.0  # as far as one is moved away from a car


def start_pose(recipe: Recipe) -> Pose:
    """An avenue's lane south of an overpass with a way up, or, where there is none, of any crossing near the origin."""
    ramps = [s for s in spans_in(recipe, -_SEARCH_M, -_SEARCH_M, _SEARCH_M, _SEARCH_M) if s.fate in (Fate.RAMP_START, Fate.RAMP_END)]
    cell = recipe.roads.cell_m
    best: tuple[float, int, int] | None = None
    for j in range(-math.ceil(_SEARCH_M / cell), math.ceil(_SEARCH_M / cell) + 1):
        for i in range(-math.ceil(_SEARCH_M / cell), math.ceil(_SEARCH_M / cell) + 1):
            if avenue(recipe, 0, i).way == Way.CANAL:
                continue
            x, y = node(recipe, i, j)
            near = [math.dist((x, y), s.middle) for s in ramps if avenue(recipe, 1, j).way == Way.HIGHWAY]
            flanks = [superblock(recipe, i - 1, j - 1), superblock(recipe, i, j - 1)]
            dark = sum(flank.district not in _BRIGHT for flank in flanks)
            score = min([*near, 400.0]) + 0.3 * math.hypot(x, y) + _DARK_M * dark
            if best is None or score < best[0]:
                best = (score, i, j)
    assert best is not None
    (ax, ay), (bx, by) = node(recipe, best[1], best[2] - 1), node(recipe, best[1], best[2])
    run = math.dist((ax, ay), (bx, by))
    ux, uy = (bx - ax) / run, (by - ay) / run
    x, y = bx - ux * _BACK_M + uy * 1.2, by - uy * _BACK_M - ux * 1.2
    box = x - 60.0, y - 60.0, x + 60.0, y + 60.0
    lying = [thing for strip in strips_in(recipe, *box) for thing in traffic_of(recipe, strip)]
    tries = ((round(x - ux * 0.5 * step, 2), round(y - uy * 0.5 * step, 2)) for step in range(round(2 * _STEP_BACK_M)))
    x, y = next((at for at in tries if not any(_covers(thing, *at) for thing in lying)), (round(x, 2), round(y, 2)))
    return Pose((x, y, _EYE_M), round(math.degrees(math.atan2(ux, uy)) % 360.0, 1))


def _covers(thing: Thing, x: float, y: float) -> bool:
    """Whether the thing, or what a body needs round itself, lies over the point: vehicles are long, all else is round."""
    heading = math.radians(thing.heading_deg)
    dx, dy = x - thing.position[0], y - thing.position[1]
    ahead, aside = dx * math.sin(heading) + dy * math.cos(heading), dx * math.cos(heading) - dy * math.sin(heading)
    if thing.kind.startswith(("bus", "truck")):
        return abs(ahead) < 7.0 and abs(aside) < 2.2
    if thing.kind.startswith(("car", "van", "wreck")):
        return abs(ahead) < 3.2 and abs(aside) < 1.6
    return math.hypot(dx, dy) < 0.6 + thing.size_m
