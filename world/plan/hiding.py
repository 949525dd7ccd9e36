"""Where one hides: spots behind things, and places that nobody sees from the street.

In: a recipe, a chunk's plan.  Out: `CoverSpot`s of what a chunk owns; `HidingPlace`s under fallen slabs and stairs, between
buildings, at the back of rooms.
"""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass

import numpy as np

from world.plan.buildings import lots_of
from world.plan.chunk_plan import ChunkPlan
from world.plan.cover import SPOT_M, CoverSpot, spots_of
from world.plan.footing import RING, footprint, reach_into
from world.plan.interior import interior_of
from world.plan.overpass import PYLON_HALF_M, ramp_run, stair_run
from world.plan.records import Fate, Point, Span
from world.recipe import Recipe
from world.things import KINDS

_UNDER_M = 1.35  # clear height under a slab where one crouches
_SLAB_M = 0.45


class Hide(enum.StrEnum):
    """What kind of hiding place."""

    SLAB = "under a fallen slab"
    STAIR = "under a stair"
    PASSAGE = "between two buildings"
    ROOM = "inside a front"


@dataclass(frozen=True)
class HidingPlace:
    """A point (m) and the heading in which it is open."""

    hide: Hide
    position: tuple[float, float, float]
    heading_deg: float


def hiding_in(recipe: Recipe, plan: ChunkPlan) -> tuple[HidingPlace, ...]:
    """The hiding places of what a chunk owns."""
    found = []
    for span in plan.spans:
        if span.fate in (Fate.RAMP_START, Fate.RAMP_END):
            found.append(_beneath(Hide.SLAB, *ramp_run(span), span.height_m))
        if span.stair:
            found.append(_beneath(Hide.STAIR, *stair_run(span), span.height_m))
    for block in plan.own_blocks:
        for lot in lots_of(recipe, block):
            if lot.first and lot.number % 64:  # a passage is on its left
                front = block.sides[lot.front]
                x, y = front.point(lot.a - 0.65, -0.5 * lot.deep)
                found.append(HidingPlace(Hide.PASSAGE, (x, y, 0.0), front.heading_deg))
    for building in plan.buildings:
        interior = interior_of(recipe, building)
        if interior is not None:
            u, v, z = interior.way[-1]
            x, y = interior.world(u, v)
            found.append(HidingPlace(Hide.ROOM, (x, y, z), (interior.heading_deg + 180.0) % 360.0))
    return tuple(found)


def _beneath(hide: Hide, top: Point, foot: Point, height_m: float) -> HidingPlace:
    """Where under a flight or a slab there is just room to crouch, open to its side."""
    share = (_UNDER_M + _SLAB_M) / height_m
    x, y = (f + (t - f) * share for t, f in zip(top, foot, strict=True))
    along = math.degrees(math.atan2(top[0] - foot[0], top[1] - foot[1]))
    return HidingPlace(hide, (round(x, 3), round(y, 3), 0.0), (along + 90.0) % 360.0)


def pylon_spots(span: Span) -> tuple[CoverSpot, ...]:
    """The four places round the pylon under a span's first joint, on the street."""
    if not span.start_pylon:
        return ()
    (x, y), (ux, uy), away = span.a, span.axis, PYLON_HALF_M + SPOT_M
    found = []
    for k, (dx, dy) in enumerate(((-ux, -uy), (uy, -ux), (ux, uy), (-uy, ux))):
        found.append(
            CoverSpot((round(x + away * dx, 3), round(y + away * dy, 3), 0.0), (span.heading_deg - 90.0 * k) % 360.0, span.height_m)
        )
    return tuple(found)


def covers_in(plan: ChunkPlan) -> tuple[CoverSpot, ...]:
    """Every spot behind something that a chunk owns, unless another thing or a wall is in it."""
    every = [spot for item in plan.things for spot in spots_of(item)] + [spot for span in plan.spans for spot in pylon_spots(span)]
    walls = [np.array(b.corners(b.masses[0])) for b in plan.touching_buildings]
    solid = [footprint(t)[RING] for t in plan.touching_things if KINDS[t.kind].footprint_m > 0.0]
    body = 0.25 * np.array([(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)])
    return tuple(s for s in every if all(reach_into(body + s.position[:2], quad) < 0.0 for quad in (*walls, *solid)))
