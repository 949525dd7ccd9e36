"""Everything that shines, as light sources with an intensity, a direction and a reach.

In: recipe, a chunk's plan.  Out: `Emitters` that the chunk owns. Intensities are design numbers chosen so that a street under
signs lies at some 5 lx and the ground right below one at 20 (the scale by which the patrols see).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from world.plan import ChunkPlan
from world.plan.facade import Pane, facades_of_each, failing
from world.plan.holograms import BOARD_REACH_M
from world.plan.interior import interior_of
from world.plan.overpass import UNDERSIDE_M
from world.plan.records import Building, Colour, Sign, SignKind, Wall
from world.recipe import Recipe
from world.space.chunk_space import Emitters
from world.space.interior_emitters import interior_sources
from world.space.sources import Source, sources_of

FLICKER_REACH_M = 14.0
_INDOOR_REACH_M = 15.0  # across a room and out to the kerb
_REACH_MAX_M = 42.0
_CUT_LUX = 0.06
_SIGN_CD_PER_M2 = 46.0
_HOLOGRAM_CD_PER_M2 = 3.4
_SPAN_CD = 170.0
_SHOP_Z_M = 1.8  # a shop shines from there

_FIRE, _SODIUM = (1.0, 0.3, 0.05), (1.0, 0.5, 0.12)
_WARM, _COOL = (1.0, 0.62, 0.3), (0.72, 0.9, 1.0)
_WARM_SHARE = 0.72  # most lit panes' lamps are warm, some are cold tubes
_PANE_CD = np.zeros(len(Pane))
_PANE_CD[[Pane.SHOP_LIT, Pane.LIT, Pane.FIRE]] = 34.0, 3.2, 80.0

_BYTES = np.arange(256) / 255.0
_LINEAR = np.where(_BYTES <= 0.04045, _BYTES / 12.92, ((_BYTES + 0.055) / 1.055) ** 2.4)  # of sRGB, IEC 61966-2-1
Floats = NDArray[np.float64]


def build_emitters(recipe: Recipe, plan: ChunkPlan) -> Emitters:
    """All emitters owned by a chunk."""
    outdoors = [source for sign in plan.signs if sign.lit for source in _sign(sign)]
    outdoors += [source for thing in plan.things for source in sources_of(thing)]
    boards = []
    for h in plan.holograms:
        heading = math.radians(h.heading_deg)
        area = h.width_m * h.height_m
        light = [part * area * 0.5 * _HOLOGRAM_CD_PER_M2 for part in _linear(h.colour)]
        x, y, z = h.position
        for share in (0.25, 0.75):
            place = x, y, z + share * h.height_m
            tail = math.sqrt(area) * 0.4, *light, h.group, h.slot
            boards.append(Source(*place, math.sin(heading), math.cos(heading), 0.0, True, *tail))
    for span in plan.spans:
        if span.lamp:
            light = [part * _SPAN_CD for part in _SODIUM]
            outdoors.append(Source(*span.middle, span.height_m - UNDERSIDE_M - 0.25, 0.0, 0.0, -1.0, False, 0.5, *light))
    indoors = [s for building in plan.buildings if (inside := interior_of(recipe, building)) for s in interior_sources(inside)]
    parts = [_table(boards), _table(outdoors), _windows(recipe, plan.buildings), _table(indoors)]
    t = np.concatenate(parts)
    candela, slot = t[:, 8:11] * recipe.neon.brightness, t[:, 12].astype(np.int8)
    reach = np.clip(np.sqrt(candela.max(axis=1, initial=0.0) / _CUT_LUX), 4.0, _REACH_MAX_M)
    roofed = len(t) - len(indoors)
    reach[roofed:] = np.minimum(reach[roofed:], _INDOOR_REACH_M)
    flickering = np.where(np.arange(len(t)) < len(boards), BOARD_REACH_M, FLICKER_REACH_M)
    reach = np.where(slot >= 0, np.minimum(reach, flickering), reach)
    return Emitters(t[:, 0:3], t[:, 3:6], t[:, 6] != 0.0, t[:, 7], candela, reach, t[:, 11].astype(np.uint8), slot)


def _table(sources: list[Source]) -> Floats:
    """(N, 13): one row a source."""
    return np.array(sources, dtype=np.float64).reshape(-1, len(Source._fields))


def _linear(colour: Colour) -> list[float]:
    """Linear RGB in [0, 1] of an sRGB colour."""
    return [float(_LINEAR[part]) for part in colour]


def _sign(sign: Sign) -> list[Source]:
    """Long signs shine from two points, pulled off the wall so that the wall itself is lit."""
    heading = math.radians(sign.heading_deg)
    out = (math.sin(heading), math.cos(heading), 0.0)
    blade = sign.kind in (SignKind.BLADE, SignKind.TALL, SignKind.ROUND)
    normal = (out[1], -out[0], 0.0) if blade else out
    area = sign.width_m * sign.height_m * (0.35 if sign.kind in (SignKind.TUBES, SignKind.ICON) else 1.0)
    shares = (-0.25, 0.25) if sign.height_m > 3.0 else (0.0,)
    light = [part * area * _SIGN_CD_PER_M2 * sign.strength / len(shares) for part in _linear(sign.colour)]
    x, y, z = sign.position
    x, y = x + 0.25 * out[0], y + 0.25 * out[1]
    tail = blade, 0.45 * math.sqrt(area), *light, sign.group, sign.slot
    return [Source(x, y, z + share * sign.height_m, *normal, *tail) for share in shares]


def _windows(recipe: Recipe, buildings: Sequence[Building]) -> Floats:
    """Lit panes, gathered three bays by two floors (a window more or less is not seen in the street), as `_table`."""
    fronts = [
        facade
        for building, facades in zip(buildings, facades_of_each(recipe, buildings), strict=True)
        for facade, wall in zip(facades, (w for m in building.masses for w in m.sides), strict=True)
        if wall == Wall.FRONT
    ]
    if not fronts:
        return _table([])
    shapes = np.array([f.panes.shape for f in fronts])
    starts = np.concatenate([[0], np.cumsum(shapes.prod(axis=1))])
    panes = np.concatenate([f.panes.ravel() for f in fronts])
    warmth = np.concatenate([f.warmth.ravel() for f in fronts])
    lit = np.flatnonzero((_PANE_CD[panes] > 0.0) & ~failing(panes, warmth))
    pane, cool = panes[lit], warmth[lit] >= _WARM_SHARE
    front = np.searchsorted(starts, lit, side="right") - 1
    floor, bay = np.divmod(lit - starts[front], shapes[front, 1])
    lower = np.concatenate([f.floor_z[:-1] for f in fronts])
    upper = np.concatenate([f.floor_z[1:] for f in fronts])
    storey = (np.cumsum(shapes[:, 0]) - shapes[:, 0])[front] + floor
    middle = np.where(pane == Pane.SHOP_LIT, _SHOP_Z_M, (lower[storey] + upper[storey]) / 2)
    of_front = np.array([(*f.origin, *f.along, *f.outward, f.bay_m) for f in fronts])

    cell = (front * 1024 + floor // 2) * 1024 + bay // 3
    _, first, group = np.unique(cell, return_index=True, return_inverse=True)
    order = np.argsort(first)  # of their first panes
    rank = np.argsort(order)[group]
    cd = _PANE_CD[pane]
    colour = np.where((pane == Pane.FIRE)[:, None], _FIRE, np.where(cool[:, None], _COOL, _WARM))
    weight, along, z, *light = (
        np.bincount(rank, weights=part, minlength=len(order))
        for part in (cd, cd * of_front[front, 6] * (bay + 0.5), cd * middle, *(cd[:, None] * colour).T)
    )
    x, y, ax, ay, nx, ny, _ = of_front[front[first[order]]].T
    none = np.zeros(len(order))
    place = x + ax * (along / weight) + 0.5 * nx, y + ay * (along / weight) + 0.5 * ny, z / weight
    return np.stack([*place, nx, ny, none, none, none + 1.2, *light, none, none - 1.0], axis=1)
