"""Plan → space: what blocks, what bears, what shines.

In: recipe, a chunk's plan.  Out: its `ChunkSpace`.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from world.plan import ChunkPlan
from world.plan.interior import interior_of
from world.plan.overpass import PARAPET_M, PYLON_HALF_M, STAIR_GAP_M, STAIR_M, ramp_run, stair_run
from world.plan.records import Barrier, BarrierKind, Building, Fate, Landmark, Mass, Point, Span
from world.recipe import Recipe
from world.space.chunk_space import CHUNK_M, EMPTY_SOLIDS, ChunkSpace, Flag, Material, Solids
from world.space.emitters import build_emitters
from world.space.ground import build_ground
from world.space.interior_solids import interior_ears, interior_rooms, interior_solids, lay_floors
from world.space.thing_solids import solids_of_things

DECK_M = 0.35
GIRDER_M = 1.15
SLAB_M = 0.45
_RAIL_M = 1.0
TOWER_HALF_M = 5.5  # of a landmark's foot

_Row = tuple[float, ...]


def build_space(recipe: Recipe, plan: ChunkPlan) -> ChunkSpace:
    """The space of one chunk: a pure function of its arguments."""
    rows: list[_Row] = []
    entered: list[_Inside] = []
    for building in plan.touching_buildings:
        inside = _inside(recipe, building)
        rows.extend(building_box(building, mass) for mass in building.masses[inside is not None :])
        if inside is not None:
            entered.append(inside)
    for span in plan.touching_spans:
        rows.extend(_span(span))
    rows.extend(_barrier(barrier) for barrier in plan.touching_barriers)
    for landmark in plan.touching_landmarks:
        rows.extend(_tower(landmark))
    solids = Solids.join([table(rows), solids_of_things(plan.touching_things), *(i.solids for i in entered)])
    low, high = solids.bounds()
    x0, y0 = plan.corner
    touching = (low[:, 0] < x0 + CHUNK_M) & (high[:, 0] > x0) & (low[:, 1] < y0 + CHUNK_M) & (high[:, 1] > y0)
    rooms = np.concatenate([np.zeros((0, 8)), *(i.rooms for i in entered)])
    ears = np.concatenate([np.zeros((0, 3)), *(i.ears for i in entered)])
    owned = (np.floor(ears[:, :2] / CHUNK_M) == (plan.cx, plan.cy)).all(axis=1)
    ground, emitters = lay_floors(build_ground(recipe, plan), plan.corner, rooms), build_emitters(recipe, plan)
    return ChunkSpace(plan.cx, plan.cy, ground, solids.take(touching), emitters, rooms, ears[owned])


class _Inside(NamedTuple):
    solids: Solids
    rooms: NDArray[np.float64]
    ears: NDArray[np.float64]


@lru_cache(maxsize=400)
def _inside(recipe: Recipe, building: Building) -> _Inside | None:
    """What a building that can be entered puts in place of its lowest mass: it touches several chunks."""
    interior = interior_of(recipe, building)
    return _Inside(interior_solids(interior), interior_rooms(interior), interior_ears(interior)) if interior else None


def turned_box(centre: Point, axis: Point, half: Point, z0: float, z1: float, material: int, flags: int, slope: float = 0.0) -> _Row:
    """One row of `table`: a box about `centre`, `half` along and across `axis`, its planes rising by `slope` along it."""
    return (*centre, *half, *axis, z0, z1, slope, 0.0, material, flags)


def building_box(building: Building, mass: Mass) -> _Row:
    """A mass as one solid."""
    centre = building.world((mass.x0 + mass.x1) / 2, (mass.y0 + mass.y1) / 2)
    half = ((mass.x1 - mass.x0) / 2, (mass.y1 - mass.y0) / 2)
    return turned_box(centre, building.axis, half, mass.z0, mass.z1, Material.CONCRETE, Flag.ALL)


def _barrier(barrier: Barrier) -> _Row:
    (ax, ay), (bx, by) = barrier.a, barrier.b
    length = math.sqrt((bx - ax) ** 2 + (by - ay) ** 2)
    flags = Flag.MOVE if barrier.kind is BarrierKind.FENCE else Flag.MOVE | Flag.SIGHT | Flag.SOUND
    axis = (bx - ax) / length, (by - ay) / length
    foot = barrier.z - 0.7
    return turned_box(
        ((ax + bx) / 2, (ay + by) / 2), axis, (length / 2, barrier.half_m), foot, barrier.z + barrier.height_m, Material.CONCRETE, flags
    )


def _tower(landmark: Landmark) -> list[_Row]:
    turn = math.radians(landmark.heading_deg)
    axis = (math.cos(turn), -math.sin(turn))
    half = (TOWER_HALF_M, TOWER_HALF_M)
    return [turned_box(landmark.position, axis, half, -0.5, landmark.height_m * 0.4, Material.CONCRETE, Flag.ALL)]


def _span(span: Span) -> list[_Row]:
    (ax, ay), (ux, uy), top, length, half = span.a, span.axis, span.height_m, span.length_m, span.half_m

    def box(along0: float, along1: float, left0: float, left1: float, z0: float, z1: float, material: int) -> _Row:
        """From joint a: `along` the span, `left` of it."""
        along, left = (along0 + along1) / 2, (left0 + left1) / 2
        centre = ax + ux * along - uy * left, ay + uy * along + ux * left
        return turned_box(centre, (ux, uy), ((along1 - along0) / 2, (left1 - left0) / 2), z0, z1, material, Flag.ALL)

    rows = []
    if span.fate == Fate.STANDS:
        under = top - DECK_M
        # A hand's breadth beyond its joints: where the road bends, no wedge is left to fall through.
        rows.append(box(-0.15, length + 0.15, -half, half, under, top, Material.ASPHALT))
        rows.append(box(0.0, length, -half + 0.9, half - 0.9, under - GIRDER_M, under, Material.CONCRETE))
        for side in (-1.0, 1.0):
            edge, (gap0, gap1) = side * (half - 0.125), STAIR_GAP_M
            for along0, along1 in ((0.0, gap0), (gap1, length)) if span.stair == side else ((0.0, length),):
                rows.append(box(along0, along1, edge - 0.125, edge + 0.125, under, top + PARAPET_M, Material.CONCRETE))
        if span.stair:
            rows.extend(_deck_stair(span))
    elif span.fate in (Fate.RAMP_START, Fate.RAMP_END):
        (tx, ty), (fx, fy) = ramp_run(span)
        run = math.sqrt((fx - tx) ** 2 + (fy - ty) ** 2)
        axis = (fx - tx) / run, (fy - ty) / run
        middle = top / 2 - 0.02
        rows.append(
            turned_box(
                ((tx + fx) / 2, (ty + fy) / 2),
                axis,
                (run / 2, half - 0.3),
                middle - SLAB_M,
                middle,
                Material.CONCRETE,
                Flag.ALL,
                -top / run,
            )
        )
    if span.start_pylon:
        foot = top - DECK_M - GIRDER_M
        rows.append(box(-PYLON_HALF_M, PYLON_HALF_M, -PYLON_HALF_M, PYLON_HALF_M, -0.5, foot, Material.CONCRETE))
        rows.append(box(-0.8, 0.8, -half + 0.7, half - 0.7, foot - 0.9, foot, Material.CONCRETE))
    return rows


def _deck_stair(span: Span) -> list[_Row]:
    """Landing, flight and rails of the stair that hangs on a deck."""
    (hx, hy), (fx, fy) = stair_run(span)
    (ux, uy), side, top = span.axis, float(span.stair), span.height_m
    half, run, (gap0, gap1) = (STAIR_M[1] - STAIR_M[0]) / 2, math.dist((hx, hy), (fx, fy)), STAIR_GAP_M
    deep = (gap1 - gap0) / 2

    def piece(along: float, out: float, half_u: float, half_v: float, z0: float, z1: float, slope: float, flags: int) -> _Row:
        """Its middle `along` from the head towards the foot, `out` from the middle line away from the deck."""
        centre = hx + ux * along - uy * side * out, hy + uy * along + ux * side * out
        return turned_box(centre, span.axis, (half_u, half_v), z0, z1, Material.METAL, flags, slope)

    slope, middle = -top / run, top / 2
    return [
        piece(-deep, -STAIR_M[0] / 2, deep, half + STAIR_M[0] / 2 + 0.02, top - 0.2, top, 0.0, Flag.ALL),
        piece(run / 2, 0.0, run / 2, half, middle - 0.3, middle, slope, Flag.ALL),
        *(piece(run / 2, out, run / 2, 0.03, middle, middle + _RAIL_M, slope, Flag.MOVE) for out in (-half, half)),
        piece(-deep, half, deep, 0.03, top, top + _RAIL_M, 0.0, Flag.MOVE),
        piece(-2 * deep, 0.0, 0.03, half, top, top + _RAIL_M, 0.0, Flag.MOVE),
    ]


def table(rows: list[_Row]) -> Solids:
    """`turned_box` rows as `Solids`."""
    if not rows:
        return EMPTY_SOLIDS
    t = np.array(rows, dtype=np.float64)
    return Solids(t[:, 0:2], t[:, 2:4], t[:, 4:6], t[:, 6], t[:, 7], t[:, 8:10], t[:, 10].astype(np.uint8), t[:, 11].astype(np.uint8))
