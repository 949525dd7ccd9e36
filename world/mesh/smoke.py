"""Smoke, embers and steam: puffs that rise for ever, closed-form in time.

In: what burns or steams, the corner of the piece.  Out: a `Surface` of upright squares; shaders/surface/smoke.vert.glsl makes each rise
from its source, drift, grow, fade and begin anew. A vertex: `position` the source, `uv` the corner (±1), `tint` the colour of the fire
below (alpha: how thick), `extra` (`Plume`, the puff's phase in its life, its own number, flicker group).
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from world.fields import Keyed
from world.mesh.surface import Finish, Surface, SurfaceBuilder
from world.plan.records import Building, Thing

Array = NDArray[np.float64]
CORNERS = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], np.float64)
_FIRE, _DULL = (255, 96, 18), (255, 70, 10)


class Plume(enum.IntEnum):
    """What rises; shaders/surface/smoke.vert.glsl has its pace and size."""

    COLUMN = 0  # of a burning building
    WISP = 1  # of a smouldering car, a barrel
    STEAM = 2  # from below the street
    EMBERS = 3  # points of light over a building's fire
    SPARKS = 4  # the same over a small one
    DRIP = 5  # a drop that falls from an edge (`world.mesh.drips`)
    FLAME = 6  # out of a window (`world.mesh.flames`)


_PUFFS = {Plume.COLUMN: 22, Plume.WISP: 9, Plume.STEAM: 5, Plume.EMBERS: 40, Plume.SPARKS: 12}
# What rises from a thing: (plume, metres above its place, metres to either side).
_OF_THINGS = {
    "wreck_embers": ((Plume.WISP, 0.9, 0.5), (Plume.SPARKS, 0.7, 0.5)),
    "fire_barrel": ((Plume.WISP, 1.3, 0.1), (Plume.SPARKS, 0.95, 0.15)),
    "pipe_burst": ((Plume.STEAM, 0.4, 0.15),),
    "drain": ((Plume.STEAM, 0.0, 0.25),),
    "manhole": ((Plume.STEAM, 0.0, 0.2),),
}
_STEAMING = 0.35  # share of drains and manholes


def smoke_of_buildings(buildings: Iterable[Building], corner: tuple[float, float]) -> Surface:
    """Columns and embers over what burns."""
    builder = SurfaceBuilder()
    for building in buildings:
        if not building.burns:
            continue
        top = max(building.masses, key=lambda mass: mass.z1)
        for plume, share in ((Plume.COLUMN, 0.8), (Plume.EMBERS, 1.0)):
            u, v, size = _draws(building.key, _PUFFS[plume])
            across, back = _across(top.x0, top.x1, share, u), _across(top.y0, top.y1, share, v)
            (ox, oy), (ax, ay) = building.origin, building.axis
            x, y = ox + across * ax - back * ay, oy + across * ay + back * ax
            sources = np.stack([x - corner[0], y - corner[1], np.full(len(u), top.z1 - 0.5)], axis=1)
            _add(builder, plume, sources, (*_FIRE, 255), size, 1 + building.key[-1] % 63)
    return builder.build()


def smoke_of_things(things: Sequence[Thing], corner: tuple[float, float]) -> Surface:
    """Wisps, sparks and steam over what lies in the street."""
    builder = SurfaceBuilder()
    for thing in things:
        for plume, above, aside in _OF_THINGS.get(thing.kind, ()):
            u, v, size = _draws(thing.key, _PUFFS[plume])
            if plume is Plume.STEAM and thing.kind != "pipe_burst" and size[0] > _STEAMING:
                continue
            x, y, z = thing.position
            low = np.array([x - corner[0] - aside, y - corner[1] - aside, z + above])
            sources = low + 2 * aside * np.stack([u, v, np.zeros(len(u))], axis=1)
            _add(builder, plume, sources, (*_DULL, 150 if plume is Plume.STEAM else 255), size, 1 + thing.variant % 63)
    return builder.build()


def _across(low: float, high: float, share: float, t: Array) -> Array:
    return (low + high) / 2 + (high - low) * share * (t - 0.5)


def _draws(key: tuple[int, ...], count: int) -> tuple[Array, Array, Array]:
    keyed = Keyed(*key, np.arange(count))
    return keyed.uniform(5, "smoke/u"), keyed.uniform(5, "smoke/v"), keyed.uniform(5, "smoke/size")


def _add(builder: SurfaceBuilder, plume: Plume, sources: Array, tint: tuple[int, int, int, int], draw: Array, group: int) -> None:
    """A puff for each source (N, 3); `draw` (N,) in [0, 1) is its own number."""
    count = len(sources)
    phase = np.round(255 * (np.arange(count) + 0.6 * draw) / count)  # spread over a life, so that the plume is never torn
    extra = np.stack([np.full(count, int(plume)), phase, np.round(255 * draw), np.full(count, group)], axis=1).astype(np.uint8)
    uv = np.broadcast_to(CORNERS, (count, 4, 2))
    normals = np.broadcast_to(np.array([0.0, 0.0, 1.0]), (count, 4, 3))
    builder.quads(np.repeat(sources[:, None], 4, axis=1), Finish.EMBER, tint, uv, extra, normals)
