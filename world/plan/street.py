"""What stands and lies on the pavements: lamps, poles, machines, stalls, rubble, glass, and what people left.

In: a block.  Out: `Thing`s on its four pavements. Every candidate place has its own draw, densities are thresholds on it; two of a kind
never stand side by side (a place whose neighbour drew the same kind takes the next of the list).
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from world.fields import uniform
from world.plan.buildings import buildings_of
from world.plan.district import recipe_in
from world.plan.facade import Pane, facade_of
from world.plan.kerb import kerb_furniture
from world.plan.lattice import Block, Front, Way
from world.plan.quad import holds
from world.plan.records import Building, Thing, Wall
from world.plan.ruin_field import damage_at, power_at
from world.plan.things_at import thing
from world.recipe import Recipe
from world.things import KINDS

POLE_GAP_M = 27.0
LEFT = 2  # the last part of the keys of what people left
_LAMP_GAP_M = 24.0
_LEFT_M = 3.2
POLE_SIDES, _LAMP_SIDES = (0, 3), (1, 2)  # so that each street has poles on one side and lamps on the other
_CORNER_M = 9.0
_ROOM_M = 1.1  # on a narrow pavement nothing is left against a post
_MOUTH_M = 1.0  # to either side of a thing
_STEPPED_OVER = 0.5  # size of a chunk of rubble

# What people left on pavements: (kit, weight, distance from the front in m, room in m that it needs).
_LEFT = (
    ("vending_machine", 0.15, 0.55, 0.9),
    ("bicycle", 0.15, 0.5, 0.8),
    ("crates", 0.13, 0.6, 0.9),
    ("bin_bags", 0.14, 0.6, 0.9),
    ("menu_board", 0.09, 1.0, 1.3),
    ("planter", 0.1, 0.5, 0.8),
    ("umbrella", 0.05, 1.5, 1.8),
    ("cone", 0.05, 2.2, 2.5),
    ("scooter", 0.06, 1.1, 1.6),
    ("suitcase", 0.03, 1.4, 1.7),
    ("stroller", 0.02, 1.6, 2.0),
    ("vending_fallen", 0.03, 0.9, 1.8),
)


@lru_cache(maxsize=320)
def things_of(recipe: Recipe, block: Block) -> tuple[Thing, ...]:
    """Everything on a block's pavements."""
    here = recipe_in(recipe, *block.centre, block.district)
    posts = _kerb_things(recipe, here, block)
    for item in kerb_furniture(recipe, here, block):
        if _has_room(item, posts):
            posts.append(item)
    left = [item for item in _front_things(recipe, here, block) if _has_room(item, posts)]
    return (
        *posts,
        *left,
        *_rubble(recipe, here, block),
        *_glass(recipe, here, block),
    )


def _has_room(item: Thing, others: list[Thing]) -> bool:
    """Whether it stands clear of what is there already."""
    own = KINDS[item.kind].footprint_m
    return all(math.dist(item.position[:2], o.position[:2]) > max(_ROOM_M, own + KINDS[o.kind].footprint_m) for o in others)


def spaced(length_m: float, gap_m: float) -> list[float]:
    """Places along a side, even, about `gap_m` apart."""
    count = max(1, int(length_m / gap_m))
    return [length_m * (k + 0.5) / count for k in range(count)]


def poles_of(recipe: Recipe, block: Block) -> list[Thing]:
    """The utility poles of a block, side by side, some of them fallen."""
    seed, found = recipe.seed_of("buildings"), []
    off = max(0.3, block.pavement_m - 0.45)
    here = recipe_in(recipe, *block.centre, block.district)
    for side in POLE_SIDES:
        if block.ways[side] == Way.HIGHWAY or block.plaza:
            continue
        front = block.sides[side]
        for k, s in enumerate(spaced(front.length_m, POLE_GAP_M)):
            key = (*block.key, side, k, 0)
            x, y = front.point(s, off)
            fallen = uniform(recipe.seed_of("ruin"), "pole/fallen", *key) < 0.25 * damage_at(here, x, y)
            found.append(thing(seed, key, "fallen_pole" if fallen else "pole", x, y, front.heading_deg))
    return found


def _kerb_things(recipe: Recipe, here: Recipe, block: Block) -> list[Thing]:
    found = poles_of(recipe, block)
    off = max(0.3, block.pavement_m - 0.45)
    for side in _LAMP_SIDES:
        front = block.sides[side]
        if block.ways[side] == Way.HIGHWAY:
            continue
        for k, s in enumerate(spaced(front.length_m, _LAMP_GAP_M)):
            key = (*block.key, side, k, 1)
            x, y = front.point(s, off)
            if uniform(recipe.seed_of("ruin"), "lamp/fallen", *key) < 0.2 * damage_at(here, x, y):
                kind = "lamp_fallen"
            else:
                kind = "lamp_lit" if uniform(recipe.seed_of("neon"), "lamp", *key) < here.neon.lamps * power_at(recipe, x, y) else "lamp"
            found.append(thing(recipe.seed_of("neon"), key, kind, x, y, front.heading_deg))
    return found


def _front_things(recipe: Recipe, here: Recipe, block: Block) -> list[Thing]:
    """Machines, bicycles, crates and bags by the fronts; stalls at the corners of shopping streets."""
    seed, found = recipe.seed_of("buildings"), []
    for side in range(4):
        front, before = block.sides[side], -1
        for k in range(int(front.length_m / _LEFT_M)):
            key = (*block.key, side, k, LEFT)
            s = _LEFT_M * (k + 0.5)
            if uniform(seed, "left", *key) > 0.48 * here.buildings.clutter:
                before = -1
                continue
            at_corner = min(s, front.length_m - s) < _CORNER_M and block.ways[side] != Way.STREET
            if at_corner and block.district in ("shopping", "alleys") and block.pavement_m > 2.2 and uniform(seed, "stall", *key) < 0.5:
                kind = "stall_fallen" if uniform(recipe.seed_of("ruin"), "stall/fallen", *key) < 0.45 else "stall"
                x, y = front.point(s, 1.2)
                found.append(thing(seed, key, kind, x, y, front.heading_deg))
                before = -1
                continue
            choice = _pick(uniform(seed, "left/kind", *key))
            choice = (choice + 1) % len(_LEFT) if choice == before else choice
            kind, _, off, room = _LEFT[choice]
            before = choice
            if room > block.pavement_m + 0.3 or not backed(recipe, here, block, front, s):
                continue
            x, y = front.point(s, off)
            turn = 0.0 if kind == "vending_machine" else 50.0 * (uniform(seed, "left/turn", *key) - 0.5)
            if kind == "bicycle":
                turn = 90.0 + 0.3 * turn  # leaning along the wall
            found.append(thing(seed, key, kind, x, y, front.heading_deg + turn))
    return found


def backed(recipe: Recipe, here: Recipe, block: Block, front: Front, s: float) -> bool:
    """Whether a wall is behind that place of a front, and not the mouth of an alley or of a passage between two buildings."""
    deep = here.buildings.setback_m + 0.4
    places = [front.point(s + aside, -deep) for aside in (-_MOUTH_M, 0.0, _MOUTH_M)]
    return all(any(_inside(building, *place) for building in buildings_of(recipe, block)) for place in places) or block.plaza


def _inside(building: Building, x: float, y: float) -> bool:
    base, (u, v) = building.masses[0], building.local(x, y)
    return base.x0 <= u <= base.x1 and base.y0 <= v <= base.y1


def _pick(draw: float) -> int:
    for k, (_, weight, _, _) in enumerate(_LEFT):
        draw -= weight
        if draw < 0:
            return k
    return len(_LEFT) - 1


def _rubble(recipe: Recipe, here: Recipe, block: Block) -> list[Thing]:
    """Heaps at the feet of hit fronts, loose pieces over the street, bent girders and sheets."""
    seed, found, amount = recipe.seed_of("ruin"), [], here.ruin.rubble
    for side in range(4):
        front = block.sides[side]
        across = block.pavement_m + block.halves[side]
        for k in range(int(front.length_m / 5.0)):
            key = (*block.key, side, k, 7)
            x, y = front.point(5.0 * (k + 0.5), 0.5)
            damage = damage_at(here, x, y)
            heaped = not block.plaza and uniform(seed, "heap", *key) < amount * max(0.0, damage - 0.3) * 0.9
            if heaped and backed(recipe, here, block, front, 5.0 * (k + 0.5)):
                size = 0.8 + 1.5 * uniform(seed, "heap/size", *key) * damage
                found.append(thing(seed, key, "heap", x, y, front.heading_deg, min(size, max(0.6, block.pavement_m))))
            if uniform(seed, "twisted", *key) < amount * 0.1 * damage:
                mx, my = front.point(5.0 * (k + uniform(seed, "twisted/along", *key)), 0.4 * across)
                kind = ("twisted_metal", "girder_fallen", "torn_sheet")[int(3 * uniform(seed, "twisted/kind", *key))]
                found.append(thing(seed, (*block.key, side, k, 13), kind, mx, my, 360.0 * uniform(seed, "twisted/turn", *key)))
            for n in range(4):
                key = (*block.key, side, k, 8 + n)
                if uniform(seed, "chunk", *key) < amount * 0.55 * damage * damage:
                    off, s = across * uniform(seed, "chunk/off", *key) ** 1.6, 5.0 * (k + uniform(seed, "chunk/along", *key))
                    size = 0.18 + 0.5 * uniform(seed, "chunk/size", *key) ** 3
                    if size > _STEPPED_OVER and off < _MOUTH_M and not backed(recipe, here, block, front, s):
                        continue
                    x, y = front.point(s, off)
                    found.append(thing(seed, key, "chunk", x, y, 360.0 * uniform(seed, "chunk/turn", *key), size))
    return found


def _glass(recipe: Recipe, here: Recipe, block: Block) -> list[Thing]:
    """Shattered glass on the ground below broken shop fronts; paper that the wind drove against walls."""
    seed, found = recipe.seed_of("ruin"), []
    for building in buildings_of(recipe, block):
        for side in range(4):
            if building.masses[0].sides[side] != Wall.FRONT:
                continue
            facade = facade_of(recipe, building, 0, side)
            for bay in np.nonzero(np.isin(facade.panes[0], (Pane.BROKEN, Pane.HOLE)))[0].tolist():
                key = (*building.key, side, bay, 3)
                s, off = facade.bay_m * (bay + 0.5), 0.5 + 0.5 * uniform(seed, "glass/off", *key)
                x = facade.origin[0] + facade.along[0] * s + facade.outward[0] * off
                y = facade.origin[1] + facade.along[1] * s + facade.outward[1] * off
                kind = "glass_shards" if facade.panes[0][bay] == Pane.BROKEN else "litter"
                if holds(block.kerb, x, y):
                    found.append(thing(seed, key, kind, x, y, 360.0 * uniform(seed, "glass/turn", *key), 1.0))
    return found
