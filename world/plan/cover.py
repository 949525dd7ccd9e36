"""What one hides behind: where it stands already, and what is added so that one can get past a patrol.

In: a block and what stands on it.  Out: things that close the gaps along the detours of `world.plan.patrol`;
`CoverSpot`s: a place to crouch or stand, and what it hides one from.
How: a detour runs along the pavement of a block's side. From its start a place is sought, at the kerb or at the wall, as far on as
`play.cover_gap_m` allows, until the far corner is reached; what already stands there counts, and so does an open door.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from world.fields import draw_u64, uniform
from world.plan.buildings import buildings_of
from world.plan.district import recipe_in
from world.plan.footing import RING, Quads, blocking, footprint, footprints, footprints_at, put_down
from world.plan.lattice import Block, Front
from world.plan.patrol import loops_of
from world.plan.records import Thing
from world.plan.relief import Terrain
from world.plan.street import LEFT, backed
from world.recipe import Recipe
from world.things import KINDS
from world.things.block import Flag

LOW_M, HIGH_M = 0.9, 1.75  # hides who crouches; hides who stands
ASIDE_M = 0.3  # beyond the kerb: a car parked there hides one on the pavement
_AT_KERB = (("dumpster", 0), ("barricade", 3), ("barricade", 3), ("dumpster", 1))  # kind, shape
_AT_WALL = (("vending_machine", 0), ("dumpster", 0), ("vending_machine", 1), ("vending_machine", 2))
_KERB_PAVEMENT_M = 2.4  # narrower, a cover at the kerb would close the pavement
_KERB_OFF_M, _WALL_OFF_M = 0.62, 0.58  # of its middle from the kerb, from the building line
_STEP_M = 0.4
_LOOSE = ("chunk", "twisted_metal", "torn_sheet")
_CLEAR_M = 0.12
_ROUNDS = 3
_BESIDE_M = 6.0  # a cover's size, and its overhang at the end of a front
_EPSILON_M = 1e-3
SPOT_M = 0.45  # from a cover's side to the body behind it

Array = NDArray[np.float64]


def cover_height(thing: Thing) -> float:
    """How high (m) it hides what is behind it; 0 where one sees through or under it."""
    kind = KINDS[thing.kind]
    return (thing.size_m if kind.scaled else 1.0) * _hiding_height(thing.kind, thing.variant % kind.shapes)


@lru_cache(maxsize=2048)
def _hiding_height(kind: str, shape: int) -> float:
    return max((b.top for b in KINDS[kind].blocks_of(shape) if b.flags & Flag.SIGHT and b.bottom < 0.6), default=0.0)


def gives_way(item: Thing) -> bool:
    """Whether it makes room for cover: the small things that people left, and rubble."""
    return (item.key[-1] == LEFT or item.kind in _LOOSE) and cover_height(item) < LOW_M


def detour_sides(recipe: Recipe, block: Block) -> tuple[int, ...]:
    """The sides of a block along which a detour of some round leads."""
    loops = loops_of(recipe, block.key[0], block.key[1])
    return tuple(sorted({side for loop in loops for other, side in loop.detours if other.key == block.key}))


def covered(front: Front, pavement_m: float, hides: Array) -> list[tuple[float, float]]:
    """The stretches (m along the front) beside which one of the quads (N, 4, 2) hides one, or takes one in, in order."""
    away = hides - front.origin
    s = away[:, :, 0] * front.along[0] + away[:, :, 1] * front.along[1]
    off = away[:, :, 0] * front.outward[0] + away[:, :, 1] * front.outward[1]
    low, high = s.min(axis=1), s.max(axis=1)
    beside = (off.max(axis=1) > 0.0) & (off.min(axis=1) < pavement_m + ASIDE_M) & (high > 0.0) & (low < front.length_m)
    return sorted(zip(low[beside].tolist(), high[beside].tolist(), strict=True))


def _beside(front: Front, pavement_m: float, quads: Array) -> Array:
    """Those of the quads (N, 4, 2) that come near the pavement before a front."""
    ends = np.array([front.point(s, off) for s in (0.0, front.length_m) for off in (0.0, pavement_m)])
    low, high = ends.min(axis=0) - _BESIDE_M, ends.max(axis=0) + _BESIDE_M
    return quads[((quads.max(axis=1) > low) & (quads.min(axis=1) < high)).all(axis=1)]


def _hiding(things: Iterable[Thing]) -> Array:
    """The footprints, (N, 4, 2), of those that hide at least who crouches."""
    return footprints([thing for thing in things if cover_height(thing) >= LOW_M])


def with_cover(recipe: Recipe, block: Block, standing: tuple[Thing, ...], terrain: Terrain, doors: Array) -> tuple[Thing, ...]:
    """A block's things, and what closes the gaps of its detours; `doors` are the quads (N, 4, 2) kept free."""
    sides = detour_sides(recipe, block)
    if not sides:
        return standing
    taken = np.concatenate([doors, *(np.array([b.corners(b.masses[0])]) for b in buildings_of(recipe, block))])
    stand, yields = footprints(standing)[:, RING], np.array([gives_way(thing) for thing in standing], dtype=bool)
    hides = np.concatenate([stand[[cover_height(thing) >= LOW_M for thing in standing]], doors])  # an open door takes one in
    solid = stand[~yields & [KINDS[thing.kind].footprint_m > 0.0 for thing in standing]]
    added: tuple[Thing, ...] = ()
    for _ in range(_ROUNDS):  # what finds no footing, on the rim of a crater, is sought another place
        wanted = [thing for side in sides for thing in _gaps_closed(recipe, block, side, hides, solid, taken)]
        stood = put_down(terrain, wanted)
        added += stood
        if len(stood) == len(wanted):
            break
        hides, solid = np.concatenate([hides, _hiding(stood)]), np.concatenate([solid, footprints(stood)[:, RING]])
        firm = {thing.key for thing in stood}
        taken = np.concatenate([taken, footprints([thing for thing in wanted if thing.key not in firm])[:, RING]])
    loose = [thing for thing, gives in zip(standing, yields.tolist(), strict=True) if gives]
    yields[yields] = blocking(loose, Quads(footprints(added)[:, RING]))
    return (*(thing for thing, gone in zip(standing, yields.tolist(), strict=True) if not gone), *added)


def _gaps_closed(recipe: Recipe, block: Block, side: int, hides: Array, solid: Array, taken: Array) -> list[Thing]:
    """The covers that one side of a block lacks, at z = 0, for all that `hides` one; they keep out of what is `taken`, and off what is
    `solid`. All are quads (N, 4, 2)."""
    gap_m = recipe_in(recipe, *block.centre, block.district).play.cover_gap_m
    front, reached = block.sides[side], 0.0
    stretches = covered(front, block.pavement_m, hides)
    solid, taken = _beside(front, block.pavement_m, solid), _beside(front, block.pavement_m, taken)
    added: list[Thing] = []
    while front.length_m - reached > gap_m:
        on = max((end for start, end in stretches if start <= reached + gap_m + _EPSILON_M), default=0.0)
        if on > reached:
            reached = on
            continue
        full = Quads(np.concatenate([taken, solid]), np.repeat([0.0, _CLEAR_M], [len(taken), len(solid)]))
        new = _placed(recipe, block, side, reached, reached + gap_m, full)
        if new is None:
            reached += gap_m  # nowhere at all
        else:
            added.append(new)
            corners = footprints([new])[:, RING]
            solid = np.concatenate([solid, corners])
            stretches = sorted([*stretches, *covered(front, block.pavement_m, corners)])
    return added


def _placed(recipe: Recipe, block: Block, side: int, low: float, high: float, full: Quads) -> Thing | None:
    """A cover that begins between `low` and `high` (m) along a side, as far on as there is room."""
    seed, front = recipe.seed_of("play"), block.sides[side]
    here = recipe_in(recipe, *block.centre, block.district)
    at_kerb = block.pavement_m >= _KERB_PAVEMENT_M
    rows = ((_AT_KERB, block.pavement_m - _KERB_OFF_M), (_AT_WALL, _WALL_OFF_M)) if at_kerb else ((_AT_WALL, _WALL_OFF_M),)
    number = int(10.0 * low)
    for kinds, off in rows:
        kind, shape = kinds[int(len(kinds) * uniform(seed, "cover", *block.key, side, number))]
        half = KINDS[kind].blocks_of(shape)[0].half[0]
        variant = (draw_u64(seed, "cover/shape", *block.key, side, number) & 0xFFFF) * KINDS[kind].shapes + shape
        s: Array = high - np.arange(int((high - low) / _STEP_M), dtype=np.float64) * _STEP_M + half
        if kinds is _AT_WALL:
            s = s[backed(recipe, here, block, np.full(len(s), side), s)]
        heading, at = round(front.heading_deg, 2), np.stack(front.point(s, off), axis=1).round(3)
        free = np.nonzero(~full.meet(footprints_at(kind, variant, heading, at)[:, RING]))[0]
        if len(free):
            (x, y), first = at[free[0]].tolist(), float(s[free[0]])
            return Thing((*block.key, side, round(100.0 * first), 30), kind, (x, y, 0.0), heading, variant)
    return None


@dataclass(frozen=True)
class CoverSpot:
    """A place (m, on the ground) behind something; `heading_deg` points through it, at what it hides one from; `height_m` is its own."""

    position: tuple[float, float, float]
    heading_deg: float
    height_m: float

    @property
    def high(self) -> bool:
        return self.height_m >= HIGH_M


def spots_of(item: Thing) -> tuple[CoverSpot, ...]:
    """The four places round a thing, in the middle of its sides; none where it hides nobody."""
    height = cover_height(item)
    if height < LOW_M:
        return ()
    a, b, c, d = footprint(item)
    found = []
    for p, q, turn in ((a, b, 0.0), (b, d, 270.0), (d, c, 180.0), (c, a, 90.0)):
        heading = math.radians(item.heading_deg + turn)
        x, y = (p + q) / 2 - SPOT_M * np.array([math.sin(heading), math.cos(heading)])
        z = item.position[2] + (x - item.position[0]) * item.slope[0] + (y - item.position[1]) * item.slope[1]
        found.append(CoverSpot((round(float(x), 3), round(float(y), 3), round(float(z), 3)), (item.heading_deg + turn) % 360.0, height))
    return tuple(found)
