"""Finds what one looks for: the nearest of a kind, from where it is well seen.

In: a pipe, a kind, a place.  Out: `Found` places, nearest first. Superblocks are searched outwards, ring by ring, within a bounded
radius; what cannot be seen from anywhere on foot is passed over.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from world.atlas.sights import Sight, kinds, sights_of
from world.atlas.vantage import Lookout
from world.errors import Refusal, nearest
from world.pipe import Pipe
from world.plan.lattice import superblocks_in
from world.plan.quad import Quad, middle
from world.pose import Pose
from world.things import KINDS

REACH_M = 1500.0
_RING_M = 150.0
_COMPASS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")


@dataclass(frozen=True)
class Found:
    """One of them: where to stand and look, what it is, how far (m) and whither from where the search began."""

    pose: Pose
    what: str
    distance_m: float
    bearing_deg: float

    @property
    def whither(self) -> str:
        """The bearing as a point of the compass."""
        return _COMPASS[round(self.bearing_deg / 45.0) % 8]


def check_kind(kind: str) -> str:
    """The kind, if there is one of that name; else a `Refusal` with the nearest name."""
    known = (*kinds(), *KINDS)
    if kind not in known:
        raise Refusal(f"locate {kind}: no such kind{nearest(kind, known)}; known: {', '.join(kinds())}; or any thing, such as bicycle")
    return kind


def locate(
    pipe: Pipe,
    kind: str,
    near: tuple[float, float],
    count: int = 3,
    *,
    inside: bool = False,
    say: Callable[[float], None] = lambda reach_m: None,
) -> list[Found]:
    """At most `count` sights of `kind`, nearest to `near` first; `say` is told how far (m) the search has come."""
    check_kind(kind)
    recipe, lookout = pipe.recipe, Lookout(pipe)
    x, y = near
    seen: set[tuple[int, int]] = set()
    waiting: list[tuple[float, tuple[int, ...], Sight]] = []
    found: list[Found] = []
    reach = 0.0
    while len(found) < count and reach < REACH_M:
        reach = min(reach + _RING_M, REACH_M)
        say(reach)
        for sb in superblocks_in(recipe, x - reach, y - reach, x + reach, y + reach):
            if (sb.i, sb.j) in seen or _gap(sb.nodes, x, y) > reach:
                continue
            seen.add((sb.i, sb.j))
            for sight in sights_of(recipe, sb, kind, inside=inside):
                waiting.append((math.hypot(sight.at[0] - x, sight.at[1] - y), sight.key, sight))
        waiting.sort(key=lambda entry: entry[:2])
        while waiting and waiting[0][0] <= reach and len(found) < count:
            distance, _, sight = waiting.pop(0)
            pose = lookout.pose(sight)
            if pose is not None:
                bearing = math.degrees(math.atan2(sight.at[0] - x, sight.at[1] - y)) % 360.0
                found.append(Found(pose, sight.what, distance, bearing))
    return found


def _gap(quad: Quad, x: float, y: float) -> float:
    """Distance (m) from a point to a superblock, at least: to its middle, less its widest corner."""
    mx, my = middle(quad)
    return math.hypot(mx - x, my - y) - max(math.dist((mx, my), corner) for corner in quad)
