"""What stands and lies on the pavements: lamps, poles, machines, stalls, rubble, glass, and what people left.

In: a block.  Out: `Thing`s on its four pavements. Every candidate place has its own draw, densities are thresholds on it; two of a kind
never stand side by side (a place whose neighbour drew the same kind takes the next of the list).
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from world.fields import Keyed, uniform
from world.plan.along import Along, points_along
from world.plan.buildings import BUILDINGS, buildings_of, walls_of
from world.plan.district import recipe_in
from world.plan.facade import FACADES, Pane, facades_of_each
from world.plan.kerb import kerb_furniture
from world.plan.lattice import Block, Way
from world.plan.quad import holds
from world.plan.records import Thing, Wall
from world.plan.ruin_field import damage_at, damages_at, power_at
from world.plan.things_at import thing
from world.recipe import Recipe, remembered
from world.things import KINDS

PAVEMENTS = BUILDINGS | FACADES | {"buildings.clutter", "neon.lamps", "ruin.rubble"}
POLE_GAP_M = 27.0
LEFT = 2  # the last part of the keys of what people left
_LAMP_GAP_M = 24.0
_AVENUE_LAMPS = 1.6  # those of avenues hang on a line of their own, which held longer
_LEFT_M = 3.2
POLE_SIDES, _LAMP_SIDES = (0, 3), (1, 2)  # so that each street has poles on one side and lamps on the other
_CORNER_M = 9.0
_ROOM_M = 1.1  # on a narrow pavement nothing is left against a post
_MOUTH_M = 1.0  # to either side of a thing
_DRONES = 0.07  # the share of dead lamps that a courier drone flew into
_STEPPED_OVER = 0.5  # size of a chunk of rubble
_RUBBLE_M, _PIECES = 5.0, 4  # loose pieces at the most in each stretch

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


@remembered(PAVEMENTS, size=320)
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
    """The utility poles of a block, side by side, some of them fallen; none has its lamp yet."""
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
    def burns(lane: str, key: tuple[int, ...], x: float, y: float) -> bool:
        share = here.neon.lamps * power_at(recipe, x, y) * (_AVENUE_LAMPS if block.ways[key[-3]] == Way.AVENUE else 1.0)
        return uniform(recipe.seed_of("neon"), lane, *key) < share

    found = [
        replace(pole, kind="pole_lit") if pole.kind == "pole" and burns("pole/lamp", pole.key, *pole.position[:2]) else pole
        for pole in poles_of(recipe, block)
    ]
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
                kind = "lamp_lit" if burns("lamp", key, x, y) else "lamp"
            if kind == "lamp" and uniform(recipe.seed_of("ruin"), "lamp/drone", *key) < _DRONES:
                kind = "drone_hanging"
            found.append(thing(recipe.seed_of("neon"), key, kind, x, y, front.heading_deg))
    return found


def _front_things(recipe: Recipe, here: Recipe, block: Block) -> list[Thing]:
    """Machines, bicycles, crates and bags by the fronts; stalls at the corners of shopping streets."""
    seed, found = recipe.seed_of("buildings"), []
    places = Along(block, _LEFT_M)
    draws, s = places.keyed(LEFT), _LEFT_M * (places.number + 0.5)
    empty = draws.uniform(seed, "left") > 0.48 * here.buildings.clutter
    at_wall = np.zeros(len(s), dtype=bool)
    at_wall[~empty] = backed(recipe, here, block, places.side[~empty], s[~empty])
    lanes = (draws.uniform(seed, "left/kind"), draws.uniform(seed, "left/turn"))
    before = -1
    for side, k, bare, wall, which, skew in zip(
        *(part.tolist() for part in (places.side, places.number, empty, at_wall, *lanes)), strict=True
    ):
        before = before if k else -1
        if bare:
            before = -1
            continue
        front, key, on = block.sides[side], (*block.key, side, k, LEFT), _LEFT_M * (k + 0.5)
        at_corner = min(on, front.length_m - on) < _CORNER_M and block.ways[side] != Way.STREET
        if at_corner and block.district in ("shopping", "alleys") and block.pavement_m > 2.2 and uniform(seed, "stall", *key) < 0.5:
            kind = "stall_fallen" if uniform(recipe.seed_of("ruin"), "stall/fallen", *key) < 0.45 else "stall"
            found.append(thing(seed, key, kind, *front.point(on, 1.2), front.heading_deg))
            before = -1
            continue
        choice = _pick(which)
        choice = (choice + 1) % len(_LEFT) if choice == before else choice
        kind, _, off, room = _LEFT[choice]
        before = choice
        if room > block.pavement_m + 0.3 or not wall:
            continue
        turn = 0.0 if kind == "vending_machine" else 50.0 * (skew - 0.5)
        if kind == "bicycle":
            turn = 90.0 + 0.3 * turn  # leaning along the wall
        found.append(thing(seed, key, kind, *front.point(on, off), front.heading_deg + turn))
    return found


def backed(recipe: Recipe, here: Recipe, block: Block, side: NDArray[np.int64], s: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether a wall is behind places `s` metres along sides of a block, (N,), and not the mouth of an alley or of a passage."""
    if block.plaza:
        return np.ones(len(s), dtype=bool)
    at = s + np.array([[-_MOUTH_M], [0.0], [_MOUTH_M]])
    x, y = (part[..., None] for part in points_along(block, side, at, -(here.buildings.setback_m + 0.4)))
    ox, oy, ax, ay, x0, y0, x1, y1, _ = walls_of(recipe, block)
    dx, dy = x - ox, y - oy
    u, v = dx * ax + dy * ay, dy * ax - dx * ay
    inside = (x0 <= u) & (u <= x1) & (y0 <= v) & (v <= y1)
    return np.asarray(inside.any(axis=2).all(axis=0))


def _pick(draw: float) -> int:
    for k, (_, weight, _, _) in enumerate(_LEFT):
        draw -= weight
        if draw < 0:
            return k
    return len(_LEFT) - 1


def _rubble(recipe: Recipe, here: Recipe, block: Block) -> list[Thing]:
    """Heaps at the feet of hit fronts, loose pieces over the street, bent girders and sheets."""
    seed, found, amount = recipe.seed_of("ruin"), [], here.ruin.rubble
    places = Along(block, _RUBBLE_M)
    middle = _RUBBLE_M * (places.number + 0.5)
    x, y = places.points(middle, 0.5)
    damage = damages_at(here, x, y)
    draws = places.keyed(7)
    heaped = (draws.uniform(seed, "heap") < amount * np.maximum(0.0, damage - 0.3) * 0.9) & (not block.plaza)
    heaped[heaped] = backed(recipe, here, block, places.side[heaped], middle[heaped])
    twisted = draws.uniform(seed, "twisted") < amount * 0.1 * damage
    pieces = Keyed(*block.key, places.side[:, None], places.number[:, None], 8 + np.arange(_PIECES))
    loose = pieces.uniform(seed, "chunk") < (amount * 0.55 * damage * damage)[:, None]
    off, along, size, turn = (pieces.uniform(seed, "chunk/" + lane) for lane in ("off", "along", "size", "turn"))
    for n in np.nonzero(heaped | twisted | loose.any(axis=1))[0].tolist():
        side, k = int(places.side[n]), int(places.number[n])
        front, across = block.sides[side], block.pavement_m + block.halves[side]
        key = (*block.key, side, k, 7)
        if heaped[n]:
            heap = 0.8 + 1.5 * uniform(seed, "heap/size", *key) * float(damage[n])
            found.append(thing(seed, key, "heap", float(x[n]), float(y[n]), front.heading_deg, min(heap, max(0.6, block.pavement_m))))
        if twisted[n]:
            mx, my = front.point(_RUBBLE_M * (k + uniform(seed, "twisted/along", *key)), 0.4 * across)
            kind = ("twisted_metal", "girder_fallen", "torn_sheet")[int(3 * uniform(seed, "twisted/kind", *key))]
            found.append(thing(seed, (*block.key, side, k, 13), kind, mx, my, 360.0 * uniform(seed, "twisted/turn", *key)))
        for piece in np.nonzero(loose[n])[0].tolist():
            out, s = across * float(off[n, piece]) ** 1.6, _RUBBLE_M * (k + float(along[n, piece]))
            wide = 0.18 + 0.5 * float(size[n, piece]) ** 3
            in_mouth = wide > _STEPPED_OVER and out < _MOUTH_M
            if not in_mouth or backed(recipe, here, block, np.array([side]), np.array([s])).all():
                key, heading = (*block.key, side, k, 8 + piece), 360.0 * float(turn[n, piece])
                found.append(thing(seed, key, "chunk", *front.point(s, out), heading, wide))
    return found


def _glass(recipe: Recipe, here: Recipe, block: Block) -> list[Thing]:
    """Shattered glass on the ground below broken shop fronts; paper that the wind drove against walls."""
    seed, found = recipe.seed_of("ruin"), []
    buildings = buildings_of(recipe, block)
    for building, facades in zip(buildings, facades_of_each(recipe, buildings), strict=True):
        for side in range(4):
            if building.masses[0].sides[side] != Wall.FRONT:
                continue
            facade = facades[side]
            for bay, pane in enumerate(facade.panes[0].tolist()):
                if pane not in (Pane.BROKEN, Pane.HOLE):
                    continue
                key = (*building.key, side, bay, 3)
                s, off = facade.bay_m * (bay + 0.5), 0.5 + 0.5 * uniform(seed, "glass/off", *key)
                x = facade.origin[0] + facade.along[0] * s + facade.outward[0] * off
                y = facade.origin[1] + facade.along[1] * s + facade.outward[1] * off
                kind = "glass_shards" if pane == Pane.BROKEN else "litter"
                if holds(block.kerb, x, y):
                    found.append(thing(seed, key, kind, x, y, 360.0 * uniform(seed, "glass/turn", *key), 1.0))
    return found
