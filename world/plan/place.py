"""Where one wakes.

In: a recipe.  Out: a standing pose in an avenue near the origin, looking north to the nearest overpass with a fallen span.
"""

from __future__ import annotations

import math

from world.plan.grid import blocks_in, lines_in
from world.plan.overpass import spans_in
from world.plan.records import Fate, Thing
from world.plan.street import things_of
from world.pose import Pose
from world.recipe import Recipe

_EYE_M = 1.65
_SEARCH_M = 420.0
_STEP_BACK_M = 30.0  # as far as one is moved away from a car


def start_pose(recipe: Recipe) -> Pose:
    """An avenue's lane south of an overpass with a way up, or, where there is none, of any crossing."""
    avenues = [line for line in lines_in(recipe, 0, -_SEARCH_M, _SEARCH_M) if line.avenue]
    spans = spans_in(recipe, -_SEARCH_M, -_SEARCH_M, _SEARCH_M, _SEARCH_M)
    ramps = [span for span in spans if span.fate in (Fate.RAMP_WEST, Fate.RAMP_EAST)]
    best = None
    for avenue in avenues:
        for span in ramps:
            gap = max(span.x0 - avenue.at, avenue.at - span.x1, 0.0)
            crossing = any(s.x0 < avenue.at < s.x1 and s.fate == Fate.STANDS and s.row == span.row for s in spans)
            score = gap * 6.0 + abs(avenue.at) * 0.3 + abs(span.y) * 0.3 + (0.0 if crossing else 60.0)
            if best is None or score < best[0]:
                best = (score, avenue, span.y)
    if best is None:
        avenue = min(avenues, key=lambda line: abs(line.at))
        crossing_line = min(lines_in(recipe, 1, -_SEARCH_M, _SEARCH_M), key=lambda line: abs(line.at))
        best = (0.0, avenue, crossing_line.at)
    _, avenue, y = best
    x, y = round(avenue.at + 1.2, 2), round(y - 42.0, 2)
    round_here = blocks_in(recipe, x - 20.0, y - _STEP_BACK_M - 20.0, x + 20.0, y + 20.0)
    lying = [thing for block in round_here for thing in things_of(recipe, block)]
    tries = (round(y - 0.5 * step, 2) for step in range(round(2 * _STEP_BACK_M)))
    y = next((at for at in tries if not any(_covers(thing, x, at) for thing in lying)), y)
    return Pose((x, y, _EYE_M), 0.0)


def _covers(thing: Thing, x: float, y: float) -> bool:
    """Whether the thing, or what a body needs round itself, lies over the point: cars are long, all else is round."""
    heading = math.radians(thing.heading_deg)
    dx, dy = x - thing.position[0], y - thing.position[1]
    ahead, aside = dx * math.sin(heading) + dy * math.cos(heading), dx * math.cos(heading) - dy * math.sin(heading)
    if thing.kind.startswith("car"):
        return abs(ahead) < 2.9 and abs(aside) < 1.4
    return math.hypot(dx, dy) < 0.6 + thing.size_m
