"""What one hides behind: where it stands already, and what is added so that one can get past a patrol.

In: a block and what stands on it.  Out: things that close the gaps along the detours of `world.plan.patrol`;
`CoverSpot`s: a place to crouch or stand, and what it hides one from.
How: a detour runs along the pavement of a block's side. From its start a place is sought, at the kerb or at the wall, as far on as
`play.cover_gap_m` allows, until the far corner is reached; what already stands there counts, and so does an open door.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from world.fields import draw_u64, uniform
from world.plan.buildings import buildings_of
from world.plan.district import recipe_in
from world.plan.footing import RING, Quads, blocks_way, footprint, put_down, reach_into_each
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
_EPSILON_M = 1e-3
_NEAR_M = 24.0  # what is further from a gap is not in its way
SPOT_M = 0.45  # from a cover's side to the body behind it

Quad = NDArray[np.float64]  # (4, 2)


def cover_height(thing: Thing) -> float:
    """How high (m) it hides what is behind it; 0 where one sees through or under it."""
    blocks = KINDS[thing.kind].blocks_of(thing.variant)
    scale = thing.size_m if KINDS[thing.kind].scaled else 1.0
    return scale * max((b.top for b in blocks if b.flags & Flag.SIGHT and b.bottom < 0.6), default=0.0)


def gives_way(item: Thing) -> bool:
    """Whether it makes room for cover: the small things that people left, and rubble."""
    return (item.key[-1] == LEFT or item.kind in _LOOSE) and cover_height(item) < LOW_M


def detour_sides(recipe: Recipe, block: Block) -> tuple[int, ...]:
    """The sides of a block along which a detour of some round leads."""
    loops = loops_of(recipe, block.key[0], block.key[1])
    return tuple(sorted({side for loop in loops for other, side in loop.detours if other.key == block.key}))


def covered(front: Front, pavement_m: float, things: Iterable[Thing], doors: Iterable[Quad]) -> list[tuple[float, float]]:
    """The stretches (m along the front) beside which something hides at least who crouches, or an open door takes one in, in order."""
    found = []
    for corners in (*(footprint(item) for item in things if cover_height(item) >= LOW_M), *doors):
        away = corners - front.origin
        s = away[:, 0] * front.along[0] + away[:, 1] * front.along[1]
        off = away[:, 0] * front.outward[0] + away[:, 1] * front.outward[1]
        if off.max() > 0.0 and off.min() < pavement_m + ASIDE_M and s.max() > 0.0 and s.min() < front.length_m:
            found.append((float(s.min()), float(s.max())))
    return sorted(found)


def with_cover(recipe: Recipe, block: Block, standing: tuple[Thing, ...], terrain: Terrain, doors: Sequence[Quad]) -> tuple[Thing, ...]:
    """A block's things, and what closes the gaps of its detours; `doors` are the quads kept free."""
    taken = [*doors, *(np.array(b.corners(b.masses[0])) for b in buildings_of(recipe, block))]
    added: tuple[Thing, ...] = ()
    for _ in range(_ROUNDS):  # what finds no footing, on the rim of a crater, is sought another place
        full, there = Quads(taken), (*standing, *added)
        wanted = [thing for side in detour_sides(recipe, block) for thing in _gaps_closed(recipe, block, side, there, full, doors)]
        stood = put_down(terrain, wanted)
        added += stood
        if len(stood) == len(wanted):
            break
        stand = {thing.key for thing in stood}
        taken += [footprint(thing)[RING] for thing in wanted if thing.key not in stand]
    quads = Quads([footprint(t)[RING] for t in added])
    kept = [t for t in standing if not (gives_way(t) and blocks_way(t, quads))]
    return (*kept, *added)


def _gaps_closed(
    recipe: Recipe, block: Block, side: int, standing: Sequence[Thing], taken: Quads, doors: Sequence[Quad]
) -> list[Thing]:
    """The covers that one side of a block lacks, at z = 0."""
    gap_m = recipe_in(recipe, *block.centre, block.district).play.cover_gap_m
    front, reached = block.sides[side], 0.0
    stretches = covered(front, block.pavement_m, standing, doors)
    added: list[Thing] = []
    while front.length_m - reached > gap_m:
        on = max((end for start, end in stretches if start <= reached + gap_m + _EPSILON_M), default=0.0)
        if on > reached:
            reached = on
            continue
        new = _placed(recipe, block, side, reached, reached + gap_m, (*standing, *added), taken)
        if new is None:
            reached += gap_m  # nowhere at all
        else:
            added.append(new)
            stretches = sorted([*stretches, *covered(front, block.pavement_m, (new,), ())])
    return added


def _placed(
    recipe: Recipe, block: Block, side: int, low: float, high: float, standing: Sequence[Thing], taken: Quads
) -> Thing | None:
    """A cover that begins between `low` and `high` (m) along a side, as far on as there is room."""
    seed, front = recipe.seed_of("play"), block.sides[side]
    here = recipe_in(recipe, *block.centre, block.district)
    x, y = front.point((low + high) / 2.0, 0.0)
    near = [t for t in standing if abs(t.position[0] - x) < _NEAR_M and abs(t.position[1] - y) < _NEAR_M]
    others = [footprint(t)[RING] for t in near if KINDS[t.kind].footprint_m > 0.0 and not gives_way(t)]
    at_kerb = block.pavement_m >= _KERB_PAVEMENT_M
    rows = ((_AT_KERB, block.pavement_m - _KERB_OFF_M), (_AT_WALL, _WALL_OFF_M)) if at_kerb else ((_AT_WALL, _WALL_OFF_M),)
    number = int(10.0 * low)
    for kinds, off in rows:
        kind, shape = kinds[int(len(kinds) * uniform(seed, "cover", *block.key, side, number))]
        half = KINDS[kind].blocks_of(shape)[0].half[0]
        variant = (draw_u64(seed, "cover/shape", *block.key, side, number) & 0xFFFF) * KINDS[kind].shapes + shape
        for k in range(int((high - low) / _STEP_M)):
            s = high - k * _STEP_M + half
            if kinds is _AT_WALL and not backed(recipe, here, block, front, s):
                continue
            x, y = front.point(s, off)
            at = (round(x, 3), round(y, 3), 0.0)
            new = Thing((*block.key, side, round(100.0 * s), 30), kind, at, round(front.heading_deg, 2), variant)
            if not blocks_way(new, taken) and (reach_into_each(footprint(new)[RING], others) < -_CLEAR_M).all():
                return new
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
