"""What a placed thing is to feet, eyes and ears: the blocks of `world.things`, put where it stands.

In: a `Thing` of the plan.  Out: its `Solids`, sheared with the ground it stands on.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from world.plan.records import Thing
from world.space.chunk_space import EMPTY_SOLIDS, Solids
from world.things import KINDS


def solids_of_things(things: Iterable[Thing]) -> Solids:
    """The boxes of all things, in world metres (none for things that stop nobody). KeyError for a kind that `world.things` lacks."""
    shapes, places = [], []
    for thing in things:
        shape = _shape(thing.kind, thing.variant % KINDS[thing.kind].shapes)
        if len(shape):
            kind, heading = KINDS[thing.kind], math.radians(thing.heading_deg)
            slope = (0.0, 0.0) if kind.plumb else thing.slope
            shapes.append(shape)
            places.append((*thing.position, *slope, math.cos(heading), math.sin(heading), thing.size_m if kind.scaled else 1.0))
    if not shapes:
        return EMPTY_SOLIDS
    at = np.repeat(np.array(places, dtype=np.float64), [len(shape) for shape in shapes], axis=0)
    x, y, z, gx, gy, cos, sin, size = at.T
    b = np.concatenate(shapes)
    u, v = b[:, 0] * size, b[:, 1] * size
    dx, dy = u * cos + v * sin, v * cos - u * sin
    lift = z + dx * gx + dy * gy
    return Solids(
        centre=np.stack([x + dx, y + dy], axis=1),
        half=b[:, 2:4] * size[:, None],
        axis=np.stack([cos, -sin], axis=1),  # of u; v is u turned left
        bottom=b[:, 4] * size + lift,
        top=b[:, 5] * size + lift,
        slope=np.stack([b[:, 6] + (gx * cos - gy * sin), b[:, 7] + (gx * sin + gy * cos)], axis=1),
        material=b[:, 8].astype(np.uint8),
        flags=b[:, 9].astype(np.uint8),
    )


@cache
def _shape(kind: str, shape: int) -> NDArray[np.float64]:
    """(B, 10): a kind's blocks: centre, half, bottom, top, slope, material, flags."""
    rows = [(*b.centre, *b.half, b.bottom, b.top, *b.slope, b.material, b.flags) for b in KINDS[kind].blocks_of(shape)]
    return np.array(rows, dtype=np.float64).reshape(-1, 10)


def solids_of_thing(thing: Thing) -> Solids:
    """The boxes of one thing."""
    return solids_of_things((thing,))
