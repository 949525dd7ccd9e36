"""Where one wakes.

In: a recipe.  Out: a standing pose in an avenue near the origin, looking north to the nearest overpass with a fallen span.
"""

from __future__ import annotations

from world.plan.grid import lines_in
from world.plan.overpass import spans_in
from world.plan.records import Fate
from world.pose import Pose
from world.recipe import Recipe

_EYE_M = 1.65
_SEARCH_M = 420.0


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
    return Pose((round(avenue.at + 1.2, 2), round(y - 42.0, 2), _EYE_M), 0.0)
