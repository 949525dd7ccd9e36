"""A source of light as one row of numbers, and the lamps of things as such rows.

In: places, normals, intensities; placed things.  Out: rows for `world.space.emitters`, which makes `Emitters` of them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from world.plan.records import Thing, Vector
from world.things import KINDS


class Source(NamedTuple):
    """Place, normal (see `Emitters`), whether it shines along both ways of it, size (m), candela (linear RGB), flicker group, slot."""

    x: float
    y: float
    z: float
    normal_x: float
    normal_y: float
    normal_z: float
    two_sided: float
    size_m: float
    red: float
    green: float
    blue: float
    group: float = 0.0
    slot: float = -1.0


def sources_of(thing: Thing) -> Iterator[Source]:
    """The lamps of a thing, where it stands."""
    lamps = KINDS[thing.kind].lamps_of(thing.variant)
    if not lamps:
        return
    heading = math.radians(thing.heading_deg)
    sin, cos = math.sin(heading), math.cos(heading)
    x, y, z = thing.position
    for lamp in lamps:
        (a, b, c), (p, q, r) = lamp.at, lamp.normal
        place: Vector = (x + a * cos + b * sin, y - a * sin + b * cos, z + c)
        yield Source(*place, p * cos + q * sin, q * cos - p * sin, r, 0.0, lamp.size_m, *lamp.candela)
