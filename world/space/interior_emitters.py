"""The light that burns in rooms, as sources.

In: an `Interior`.  Out: rows as `world.space.emitters` gathers them.
Ceiling lamps of one part of a room shine as one source, well under the ceiling and evenly all round (floor and walls give back what
falls on them, so that the ceiling is not black): a storey costs the light field four sources at most, and what its things shine with.
"""

from __future__ import annotations

from world.plan.records import Thing
from world.plan.rooms import Interior, Light
from world.space.sources import Source, sources_of

_TUBE, _BULB = (0.86, 0.95, 1.0), (1.0, 0.69, 0.41)
_FASCIA_CD_PER_M = 5.0
_BELOW_M = 1.1
_THINGS_APART_M = 3.0


def interior_sources(interior: Interior) -> list[Source]:
    """All that shines in a building that can be entered."""
    parts: dict[tuple[bool, bool, bool], list[Light]] = {}
    middle = interior.body.x1 / 2, (interior.body.y0 + max(room.box.y1 for room in interior.rooms)) / 2
    for light in interior.lights:
        if light.burns:
            u, v, z = light.at
            parts.setdefault((z > 0.0, u > middle[0], v > middle[1]), []).append(light)
    sources: list[Source] = []
    for lights in parts.values():
        total = sum(light.candela for light in lights)
        u, v, z = (sum(light.at[axis] * light.candela for light in lights) / total for axis in range(3))
        red, green, blue = (sum(light.candela * (_BULB if light.warm else _TUBE)[n] for light in lights) for n in range(3))
        sources.append(Source(*interior.world(u, v), z - _BELOW_M, 0.0, 0.0, 0.0, False, 0.6, red, green, blue))
    fascia = interior.fascia
    if fascia is not None and interior.lit:
        (ax, ay), width = interior.axis, fascia.x1 - fascia.x0
        place = (*interior.world((fascia.x0 + fascia.x1) / 2, fascia.y0 - 0.3), (fascia.z0 + fascia.z1) / 2)
        sources.append(Source(*place, ay, -ax, 0.0, False, 0.3 * width, *(_FASCIA_CD_PER_M * width * part for part in _TUBE)))
    return sources + _of_things(interior.things)


def _of_things(things: tuple[Thing, ...]) -> list[Source]:
    """The lamps of what stands in rooms; those of one kind that stand close together shine as one."""
    groups: dict[tuple[str, float, int, int], list[Source]] = {}
    for thing in things:
        x, y, _ = thing.position
        for source in sources_of(thing):
            cell = (thing.kind, round(thing.heading_deg), round(x / _THINGS_APART_M), round(y / _THINGS_APART_M))
            groups.setdefault(cell, []).append(source)
    return [_as_one(lamps) for lamps in groups.values()]


def _as_one(lamps: list[Source]) -> Source:
    n = len(lamps)
    x, y, z = (sum(lamp[axis] for lamp in lamps) / n for axis in range(3))
    red, green, blue = (sum(lamp[part] for lamp in lamps) for part in range(8, 11))
    return lamps[0]._replace(x=x, y=y, z=z, size_m=lamps[0].size_m * n, red=red, green=green, blue=blue)
