"""Blocks without buildings: plazas, parks, the ground round a tower; the tower itself; and the low walls of parks and canals.

In: a block, or a canal's strip.  Out: `Thing`s, `Landmark`s, `Barrier`s. Trees stand on a hashed grid (one chance a cell), never in a
path or in the middle, which is kept for water and holograms.
"""

from __future__ import annotations

import math

from world.fields import uniform
from world.plan.district import recipe_in
from world.plan.lattice import Block, Use
from world.plan.quad import middle
from world.plan.records import Barrier, BarrierKind, Landmark, Point, Thing
from world.plan.ruin_field import DAMAGE, POWER, damage_at, power_at
from world.plan.strips import Strip, StripKind
from world.plan.things_at import thing
from world.recipe import Knobs, Recipe, remembered

OPEN_LAND = DAMAGE | POWER | {"buildings.seed", "neon.seed", "neon.lamps"}

_TREE_CELL_M = {Use.PARK: 7.0, Use.PLAZA: 11.0, Use.LANDMARK: 12.0}
_BENCH_GAP_M = 11.0
_LAMP_GAP_M, _LAMP_OFF_M = 13.0, 2.7  # along a park's path; from its middle
_LAMP_CHANCE = 2.0  # of a street lamp's: a park has a supply of its own
_RIM_M = 2.5
_APART_M = 2.2  # a tree from a bench, a swing, a stall
_GATE_M = 5.0
_BARRIER_M = 12.0  # longest piece
_HEIGHTS_M = (110.0, 190.0)
TOWER_KINDS = 3


@remembered(OPEN_LAND, size=512)
def open_things(recipe: Recipe, block: Block) -> tuple[Thing, ...]:
    """What stands on open land."""
    if block.use == Use.BUILT:
        return ()
    seats = [*_furniture(recipe, block), *_lamps(recipe, block)]
    trees = [t for t in _trees(recipe, block) if all(math.dist(t.position[:2], seat.position[:2]) > _APART_M for seat in seats)]
    return (*trees, *seats)


def _room(block: Block) -> tuple[Point, Point, Point, float, float]:
    """(south-west corner of the land, unit vectors along and across, how far it goes along and across)."""
    front = block.sides[2]
    inward = (-front.outward[0], -front.outward[1])
    wide = min(front.length_m, block.sides[3].length_m)
    deep = min(block.sides[0].length_m, block.sides[1].length_m)
    return front.origin, front.along, inward, wide, deep


def _trees(recipe: Recipe, block: Block) -> list[Thing]:
    seed, found = recipe.seed_of("buildings"), []
    here = recipe_in(recipe, *block.centre, block.district)
    (ox, oy), (ax, ay), (bx, by), wide, deep = _room(block)
    cell = _TREE_CELL_M[block.use]
    cx, cy = middle(block.land)
    keep_m = 0.24 * min(wide, deep)
    for j in range(int(deep / cell)):
        for i in range(int(wide / cell)):
            key = (*block.key, i, j, 20)
            if uniform(seed, "tree", *key) > (0.62 if block.use == Use.PARK else 0.4):
                continue
            u = cell * (i + 0.25 + 0.5 * uniform(seed, "tree/u", *key))
            v = cell * (j + 0.25 + 0.5 * uniform(seed, "tree/v", *key))
            x, y = ox + ax * u + bx * v, oy + ay * u + by * v
            if math.hypot(x - cx, y - cy) < keep_m or min(u, v, wide - u, deep - v) < _RIM_M:
                continue
            if block.use == Use.PARK and min(abs(u - wide / 2), abs(v - deep / 2)) < 2.2:
                continue  # the paths cross in the middle
            draw = uniform(seed, "tree/kind", *key)
            hit = damage_at(here, x, y)
            kind = "tree_burnt" if draw < 0.7 * hit else "tree_leaf" if draw < 0.75 else "tree_bare"
            if block.use == Use.PARK and draw > 0.86:
                kind = "shrub"
            found.append(thing(seed, key, kind, x, y, 360.0 * uniform(seed, "tree/turn", *key)))
    return found


def _furniture(recipe: Recipe, block: Block) -> list[Thing]:
    """Benches, planters and stalls round a plaza; benches and swings in a park."""
    seed, found = recipe.seed_of("buildings"), []
    for side in range(4):
        front = block.sides[side]
        for k in range(int(front.length_m / _BENCH_GAP_M)):
            key = (*block.key, side, k, 21)
            x, y = front.point(_BENCH_GAP_M * (k + 0.5), -1.6)
            draw = uniform(seed, "bench", *key)
            if draw < 0.45:
                found.append(thing(seed, key, "bench", x, y, front.heading_deg + 180.0))
            elif draw < 0.6 and block.use != Use.PARK:
                found.append(thing(seed, key, "planter", x, y, front.heading_deg))
            elif draw < 0.72 and block.use == Use.PLAZA:
                fallen = uniform(recipe.seed_of("ruin"), "stall/fallen", *key) < 0.4
                found.append(thing(seed, key, "stall_fallen" if fallen else "stall", x, y, front.heading_deg))
            elif draw < 0.78 and block.use != Use.PARK:
                found.append(thing(seed, key, "fire_barrel", x, y, 0.0))
    if block.use == Use.PARK:
        (ox, oy), (ax, ay), (bx, by), wide, deep = _room(block)
        for k, (s, t) in enumerate(((0.22, 0.3), (0.76, 0.68), (0.24, 0.74))):
            key = (*block.key, k, 0, 22)
            x, y = ox + ax * wide * s + bx * deep * t, oy + ay * wide * s + by * deep * t
            kind = ("playground", "toys", "playground")[k]
            if uniform(seed, "playground", *key) < 0.7:
                found.append(thing(seed, key, kind, x, y, 360.0 * uniform(seed, "playground/turn", *key)))
    return found


def _lamps(recipe: Recipe, block: Block) -> list[Thing]:
    """Lamps along the two paths that cross in a park, on either side by turns."""
    if block.use != Use.PARK:
        return []
    seed, found = recipe.seed_of("neon"), []
    here = recipe_in(recipe, *block.centre, block.district)
    (ox, oy), along, across, wide, deep = _room(block)
    for axis, (way, off, length, half) in enumerate(((along, across, wide, deep / 2), (across, along, deep, wide / 2))):
        count = int(length / _LAMP_GAP_M)
        for k in range(count):
            s, side = length * (k + 0.5) / count, 1.0 if k % 2 else -1.0
            if abs(s - length / 2) < 2 * _LAMP_OFF_M:
                continue  # the middle is kept for water and holograms
            key = (*block.key, axis, k, 23)
            t = half + side * _LAMP_OFF_M
            x, y = ox + way[0] * s + off[0] * t, oy + way[1] * s + off[1] * t
            lit = uniform(seed, "park lamp", *key) < _LAMP_CHANCE * here.neon.lamps * power_at(recipe, x, y)
            heading = math.degrees(math.atan2(-side * off[0], -side * off[1])) % 360.0
            found.append(thing(seed, key, "lamp_lit" if lit else "lamp", x, y, heading))
    return found


@remembered(Knobs({"world.seed"}), size=512)
def landmark_of(recipe: Recipe, block: Block) -> Landmark | None:
    """The tower on a landmark's block."""
    if block.use != Use.LANDMARK:
        return None
    seed = recipe.world.seed
    x, y = middle(block.land)
    low, high = _HEIGHTS_M
    height = low + (high - low) * uniform(seed, "landmark/height", *block.key)
    kind = int(TOWER_KINDS * uniform(seed, "landmark/kind", *block.key))
    return Landmark(block.key, (round(x, 2), round(y, 2)), round(block.sides[2].heading_deg, 2), round(height, 1), kind)


@remembered(Knobs({"ruin.seed"}), size=512)
def fences_of(recipe: Recipe, block: Block) -> tuple[Barrier, ...]:
    """Railings round a park, with a gate in the middle of each side and open corners."""
    if block.use != Use.PARK:
        return ()
    found = []
    for side in range(4):
        front = block.sides[side]
        half = front.length_m / 2
        for part, (s0, s1) in enumerate(((3.0, half - _GATE_M / 2), (half + _GATE_M / 2, front.length_m - 3.0))):
            if s1 - s0 > 2.0:
                runs = _cut((*block.key, side, part), BarrierKind.FENCE, front.point(s0, -0.3), front.point(s1, -0.3), 0.95, 0.05)
                hit = recipe.seed_of("ruin")
                found += [b for b in runs if uniform(hit, "fence", *b.key) > 0.25]
    return tuple(found)


@remembered(Knobs({"ruin.seed"}), size=512)
def parapets_of(recipe: Recipe, strip: Strip) -> tuple[Barrier, ...]:
    """The walls along both sides of a canal."""
    if strip.kind != StripKind.CHANNEL:
        return ()
    a, b, c, d = strip.corners
    found = []
    for side, (p, q) in enumerate(((a, d), (b, c))):
        found += _cut((*strip.key, side), BarrierKind.PARAPET, p, q, 0.85, 0.14)
    seed = recipe.seed_of("ruin")
    return tuple(b for b in found if uniform(seed, "parapet", *b.key) > 0.12)


def _cut(key: tuple[int, ...], kind: BarrierKind, a: Point, b: Point, height_m: float, half_m: float) -> list[Barrier]:
    length = math.dist(a, b)
    count = max(1, math.ceil(length / _BARRIER_M))
    at = [(round(a[0] + (b[0] - a[0]) * n / count, 3), round(a[1] + (b[1] - a[1]) * n / count, 3)) for n in range(count + 1)]
    return [Barrier((*key, n), kind, at[n], at[n + 1], 0.0, height_m, half_m) for n in range(count)]


__all__ = ["TOWER_KINDS", "fences_of", "landmark_of", "open_things", "parapets_of"]
