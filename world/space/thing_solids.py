"""What a placed thing is to feet, eyes and ears: the blocks of `world.things`, put where it stands.

In: a `Thing` of the plan.  Out: its `Solids`, sheared with the ground it stands on.
"""

from __future__ import annotations

import math

import numpy as np

from world.plan.records import Thing
from world.space.chunk_space import EMPTY_SOLIDS, Solids
from world.things import KINDS


def solids_of_thing(thing: Thing) -> Solids:
    """The boxes of a thing, in world metres (none for things that stop nobody). KeyError for a kind that `world.things` lacks."""
    kind = KINDS[thing.kind]
    blocks = kind.blocks_of(thing.variant)
    n = len(blocks)
    if not n:
        return EMPTY_SOLIDS
    scale = thing.size_m if kind.scaled else 1.0
    t = np.array([(*b.centre, *b.half, b.bottom, b.top, *b.slope, b.material, b.flags) for b in blocks], dtype=np.float64)
    t[:, :6] *= scale
    heading = math.radians(thing.heading_deg)
    u, v = np.array([math.cos(heading), -math.sin(heading)]), np.array([math.sin(heading), math.cos(heading)])
    offset = t[:, 0:1] * u + t[:, 1:2] * v
    ground = np.array(thing.slope)  # dz/dx, dz/dy
    lift = thing.position[2] + offset[:, 0] * ground[0] + offset[:, 1] * ground[1]
    tilt = np.array([ground[0] * u[0] + ground[1] * u[1], ground[0] * v[0] + ground[1] * v[1]])
    return Solids(
        np.array(thing.position[:2]) + offset,
        t[:, 2:4],
        np.broadcast_to(u, (n, 2)).copy(),
        t[:, 4] + lift,
        t[:, 5] + lift,
        t[:, 6:8] + tilt,
        t[:, 8].astype(np.uint8),
        t[:, 9].astype(np.uint8),
    )
