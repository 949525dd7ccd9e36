"""Drips: where water gathers on an edge and lets go, drop by drop.

In: recipe, a chunk's plan, its sides.  Out: a `Surface` of squares that shaders/surface/smoke.vert.glsl lets fall and splash,
closed-form in time (`Plume.DRIP`). A vertex: `position` where the drop hangs, `uv` the corner (±1), `tint` red 0 the drop, 255 its splash;
`extra` (plume, phase, own number, 0). Which spot of an edge drips is a draw on the spot, and the wetter it is the more of them do.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from world.fields import Keyed, uniform
from world.mesh.facade import cells_of
from world.mesh.ornament import AWNING_DROP_M, AWNING_OUT_M, BALCONY_M, awnings_of, balconies_of
from world.mesh.smoke import CORNERS, Plume
from world.mesh.surface import Finish, Surface, SurfaceBuilder
from world.mesh.walls import Side, Walls
from world.plan import ChunkPlan
from world.plan.records import Cable, Fate, Span, Style, Thing, Wall
from world.recipe import Recipe

Array = NDArray[np.float64]
Edge = tuple[Sequence[float], Sequence[float]]

_DECK_STEP_M, _FRONT_STEP_M, _ROOF_STEP_M = 0.8, 0.9, 0.28
_DRIP_NOSE_M = 0.62  # the deck's edge beam ends that far below the road
_LEDGE_M, _FASCIA_M = 0.155, 0.175  # how far ledges and shop fascias stand out (world.mesh.ornament)
_UNDER_DRONE = np.array([(0.1, 0.1, -2.2), (-0.35, 0.25, -1.85), (0.3, -0.4, -1.9), (0.0, -0.1, -2.05)])  # m, from its cable
_SPOTS = 4  # a bay of an awning or a balcony
_HIGHEST_M = 16.0  # from higher up nobody sees drops gather
_SHARE = 0.55  # of an edge's spots that ever drip
# Edges of things: from, to, in their own frames (x right, y ahead, z up).
_EDGES = {
    "stall": (((-1.25, 1.05, 1.94), (1.25, 1.05, 1.94)),),
    "bus_shelter": (((-2.0, 0.76, 2.42), (2.0, 0.76, 2.42)), ((-2.0, -0.96, 2.38), (2.0, -0.96, 2.38))),
    "subway_canopy": (((-1.64, -2.1, 2.28), (-1.64, 2.1, 2.28)), ((1.64, -2.1, 2.28), (1.64, 2.1, 2.28))),
}


def drips_of(recipe: Recipe, plan: ChunkPlan, sides: Sequence[Side]) -> Surface:
    """All edges of a chunk that drip, relative to its corner."""
    spots = [
        *(_along(*edge, _DECK_STEP_M, (span.row, span.index, k)) for span in plan.spans for k, edge in enumerate(_deck_edges(span))),
        *(_along(*edge, _FRONT_STEP_M, (*side.building.key, *side.part)) for side in sides if (edge := _front_edge(side)) is not None),
        *(_along(*edge, _ROOF_STEP_M, (*thing.key, k)) for thing in plan.things for k, edge in enumerate(_thing_edges(thing))),
    ]
    if plan.cables:
        spots.append(_under_cables(plan.cables))
    hung = [side for side in sides if side.wall is Wall.FRONT and (side.building.shop or side.building.style is Style.BALCONY)]
    if hung:
        spots.append(_under_hems(recipe, hung))
    found = np.concatenate(spots) if spots else np.zeros((0, 5))
    builder = SurfaceBuilder()
    count = len(found)
    source = found[:, :3] - [*plan.corner, 0.0]
    extra = np.zeros((count, 4), np.uint8)
    extra[:, 0], extra[:, 1:3] = Plume.DRIP, np.rint(255 * found[:, 3:])
    uv = np.broadcast_to(CORNERS, (count, 4, 2))
    normals = np.broadcast_to(np.array([0.0, 0.0, 1.0]), (count, 4, 3))
    for part in (0, 255):
        builder.quads(np.repeat(source[:, None], 4, axis=1), Finish.EMBER, (part, 0, 0, 255), uv, extra, normals)
    return builder.build()


def _along(start: Sequence[float], end: Sequence[float], step_m: float, key: tuple[int, ...]) -> Array:
    """Spots (N, 5) of an edge: x, y, z, phase, own number."""
    a, b = np.asarray(start, dtype=np.float64), np.asarray(end, dtype=np.float64)
    k = np.arange(max(1, int(math.dist(start, end) / step_m)))
    keyed = Keyed(*key, k)
    k = k[keyed.uniform(9, "drip") < _SHARE]
    keyed = Keyed(*key, k)
    t = (k + keyed.uniform(9, "drip/along"))[:, None] * step_m / max(math.dist(start, end), step_m)
    return np.column_stack([a + (b - a) * t, keyed.uniform(9, "drip/phase"), keyed.uniform(9, "drip/own")])


def _deck_edges(span: Span) -> Sequence[Edge]:
    if span.fate is not Fate.STANDS:
        return []
    (ux, uy), z = span.axis, span.height_m - _DRIP_NOSE_M
    edges = []
    for way in (-1.0, 1.0):
        off = way * (span.half_m + 0.03)
        a, b = ((x - uy * off, y + ux * off, z) for x, y in (span.a, span.b))
        edges.append((a, b))
    return edges


def _front_edge(side: Side) -> Edge | None:
    """The lowest edge of a front: its shops' fascia, or the ledge over the ground floor."""
    f = side.facade
    if side.wall is not Wall.FRONT or not f.has_ground or len(f.floor_z) < 2:
        return None
    shop = side.building.shop
    out, z = (_FASCIA_M, float(f.floor_z[1]) - 0.95) if shop else (_LEDGE_M, float(f.floor_z[1]) - 0.12)
    (ox, oy), (ax, ay), (nx, ny) = f.origin, f.along, f.outward
    ends = (0.2, f.width_m - 0.2)
    a, b = ((ox + ax * s + nx * out, oy + ay * s + ny * out, z) for s in ends)
    return a, b


def _thing_edges(thing: Thing) -> Sequence[Edge]:
    heading = math.radians(thing.heading_deg)
    s, c = math.sin(heading), math.cos(heading)
    x0, y0, z0 = thing.position
    return [
        ((x0 + x * c + y * s, y0 - x * s + y * c, z0 + z), (x0 + p * c + q * s, y0 - p * s + q * c, z0 + r))
        for (x, y, z), (p, q, r) in _EDGES.get(thing.kind, ())
    ]


def _under_hems(recipe: Recipe, sides: list[Side]) -> Array:
    """Awnings drip from their hems, balconies from their slabs' edges."""
    fronts = cells_of(recipe, sides, sides)
    fronts = fronts.where(fronts.z0 < _HIGHEST_M)
    awnings, balconies = awnings_of(sides, fronts), balconies_of(fronts, recipe)
    columns = ("w", "s0", "s1", "draw")
    w, s0, s1, draw = (np.concatenate([getattr(n, c) for n in (awnings, balconies)]).repeat(_SPOTS) for c in columns)
    z = np.concatenate([awnings.z1 - AWNING_DROP_M, balconies.z0 - BALCONY_M]).repeat(_SPOTS)
    out = np.repeat([AWNING_OUT_M, 1.0], [_SPOTS * len(awnings.w), _SPOTS * len(balconies.w)])
    k = np.tile(np.arange(_SPOTS), len(w) // _SPOTS)
    own, along, phase = (np.mod(draw * scale + 0.618 * k, 1.0) for scale in (7919.0, 1543.0, 331.0))
    at = Walls([side.facade for side in sides], (0.0, 0.0)).at(w, s0 + (s1 - s0) * (k + along) / _SPOTS, z, out)
    found: Array = np.column_stack([at, phase, own])[draw * 61.0 % 1.0 < _SHARE]
    return found


def _under_cables(cables: Sequence[Cable]) -> Array:
    """Water runs down a cable to its lowest point, and down a drone that hangs there."""
    middle = np.array([cable.lowest for cable in cables])
    hung = np.array([cable.lowest for cable in cables if cable.drone]).reshape(-1, 1, 3) + _UNDER_DRONE
    middle = np.concatenate([middle, hung.reshape(-1, 3)])
    place = np.round(middle[:, :2] * 100.0).astype(np.int64)
    draws = [np.asarray(uniform(9, lane, place[:, 0], place[:, 1])) for lane in ("drip/phase", "drip/own")]
    return np.column_stack([middle, *draws])
