"""The light that burns in rooms, as sources.

In: an `Interior`.  Out: rows as `world.space.emitters` gathers them: place, normal, two-sided, size, candela, flicker group, slot.
Ceiling lamps of one part of a room shine as one source, well under the ceiling and evenly all round (floor and walls give back what
falls on them, so that the ceiling is not black): a storey costs the light field four sources at most, and what its things shine with.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from world.plan.records import Thing, Vector
from world.plan.rooms import Interior, Light
from world.things import KINDS

_TUBE, _BULB = np.array([0.86, 0.95, 1.0]), np.array([1.0, 0.6, 0.29])
_FASCIA_CD_PER_M = 5.0
_BELOW_M = 1.1
_THINGS_APART_M = 3.0
Row = tuple[Vector, Vector, bool, float, NDArray[np.float64], int, int]


def interior_rows(interior: Interior) -> list[Row]:
    """All that shines in a building that can be entered."""
    parts: dict[tuple[bool, bool, bool], list[Light]] = {}
    middle = interior.body.x1 / 2, (interior.body.y0 + max(room.box.y1 for room in interior.rooms)) / 2
    for light in interior.lights:
        if light.burns:
            u, v, z = light.at
            parts.setdefault((z > 0.0, u > middle[0], v > middle[1]), []).append(light)
    rows: list[Row] = []
    for lights in parts.values():
        total = sum(light.candela for light in lights)
        u, v, z = (sum(light.at[axis] * light.candela for light in lights) / total for axis in range(3))
        colour = sum((light.candela * (_BULB if light.warm else _TUBE) for light in lights), np.zeros(3))
        rows.append(((*interior.world(u, v), z - _BELOW_M), (0.0, 0.0, 0.0), False, 0.6, colour, 0, -1))
    fascia = interior.fascia
    if fascia is not None and interior.lit:
        (ax, ay), width = interior.axis, fascia.x1 - fascia.x0
        place = (*interior.world((fascia.x0 + fascia.x1) / 2, fascia.y0 - 0.3), (fascia.z0 + fascia.z1) / 2)
        rows.append((place, (ay, -ax, 0.0), False, 0.3 * width, _FASCIA_CD_PER_M * width * _TUBE, 0, -1))
    return rows + _of_things(interior.things)


def _of_things(things: tuple[Thing, ...]) -> list[Row]:
    """The lamps of what stands in rooms; those of one kind that stand close together shine as one."""
    rows: list[Row] = []
    groups: dict[tuple[str, float, int, int], list[tuple[Vector, Vector, float, NDArray[np.float64]]]] = {}
    for thing in things:
        heading = math.radians(thing.heading_deg)
        sine, cosine = math.sin(heading), math.cos(heading)
        x, y, z = thing.position
        for lamp in KINDS[thing.kind].lamps_of(thing.variant):
            (a, b, c), (p, q, r) = lamp.at, lamp.normal
            place = (x + a * cosine + b * sine, y - a * sine + b * cosine, z + c)
            cell = (thing.kind, round(thing.heading_deg), round(x / _THINGS_APART_M), round(y / _THINGS_APART_M))
            groups.setdefault(cell, []).append(
                (place, (p * cosine + q * sine, q * cosine - p * sine, r), lamp.size_m, np.array(lamp.candela))
            )
    for lamps in groups.values():
        n = len(lamps)
        mean = np.mean([place for place, _, _, _ in lamps], axis=0)
        colour = np.sum([candela for _, _, _, candela in lamps], axis=0)
        rows.append(((float(mean[0]), float(mean[1]), float(mean[2])), lamps[0][1], False, lamps[0][2] * n, colour, 0, -1))
    return rows
