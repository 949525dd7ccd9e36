"""What a placed thing is to feet, eyes and ears: the blocks of `world.things`, put where it stands.

In: a `Thing` of the plan.  Out: its `Solids`, sheared with the ground it stands on.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from world.plan.records import Thing
from world.space.chunk_space import EMPTY_SOLIDS, Solids
from world.things import KINDS


def solids_of_things(things: Iterable[Thing]) -> Solids:
    """The boxes of all things, in world metres (none for things that stop nobody). KeyError for a kind that `world.things` lacks."""
    rows: list[tuple[float, ...]] = []
    for thing in things:
        kind = KINDS[thing.kind]
        blocks = kind.blocks_of(thing.variant)
        if not blocks:
            continue
        k = thing.size_m if kind.scaled else 1.0
        heading = math.radians(thing.heading_deg)
        cos, sin = math.cos(heading), math.sin(heading)  # of u; v is u turned left
        (x, y, z), (gx, gy) = thing.position, (0.0, 0.0) if kind.plumb else thing.slope
        slope_u, slope_v = gx * cos - gy * sin, gx * sin + gy * cos
        for b in blocks:
            u, v = b.centre[0] * k, b.centre[1] * k
            dx, dy = u * cos + v * sin, v * cos - u * sin
            lift = z + dx * gx + dy * gy
            rows.append(
                (x + dx, y + dy, b.half[0] * k, b.half[1] * k, cos, -sin, b.bottom * k + lift, b.top * k + lift,
                 b.slope[0] + slope_u, b.slope[1] + slope_v, b.material, b.flags)
            )  # fmt: skip
    if not rows:
        return EMPTY_SOLIDS
    t = np.array(rows, dtype=np.float64)
    return Solids(t[:, 0:2], t[:, 2:4], t[:, 4:6], t[:, 6], t[:, 7], t[:, 8:10], t[:, 10].astype(np.uint8), t[:, 11].astype(np.uint8))


def solids_of_thing(thing: Thing) -> Solids:
    """The boxes of one thing."""
    return solids_of_things((thing,))
