"""What stands and lies in the streets: lamps, poles and cables, cars, rubble, and what people left.

In: a block (for its pavements and the two streets west and south of it, which are its to furnish).  Out: `Thing`s and
`Cable`s. Every candidate place has its own draw, densities are thresholds on it.
"""

from __future__ import annotations

import itertools
import math
from functools import lru_cache

from world.fields import draw_u64, uniform
from world.plan.buildings import buildings_of
from world.plan.grid import Block, block_near
from world.plan.overpass import HALF_WIDTH_M, has_overpass, spans_in
from world.plan.records import Building, Cable, Fate, Thing
from world.plan.relief import KERB_M
from world.plan.ruin_field import damage_at
from world.recipe import Recipe

_CAR_CELL_M = 7.0
_POLE_GAP_M = 27.0
_LAMP_GAP_M = 24.0
_TURN = {0: (-1.0, 0.0), 1: (1.0, 0.0), 2: (0.0, -1.0), 3: (0.0, 1.0)}  # outward of each side
_HEADING = {0: 270.0, 1: 90.0, 2: 180.0, 3: 0.0}

# What people left on pavements: (kit, weight, distance from the front in m)
_LEFT = (
    ("vending_machine", 0.17, 0.55),
    ("bicycle", 0.17, 0.5),
    ("crates", 0.16, 0.6),
    ("bin_bags", 0.16, 0.6),
    ("menu_board", 0.1, 1.0),
    ("planter", 0.12, 0.5),
    ("umbrella", 0.06, 1.5),
    ("cone", 0.06, 2.2),
)


@lru_cache(maxsize=1024)
def things_of(recipe: Recipe, block: Block) -> tuple[Thing, ...]:
    """Everything that is the block's to place."""
    return (*_kerb_things(recipe, block), *_front_things(recipe, block), *_cars(recipe, block), *_rubble(recipe, block))


@lru_cache(maxsize=1024)
def cables_of(recipe: Recipe, block: Block) -> tuple[Cable, ...]:
    """Cables over the streets west and south of the block, and from pole to pole along them."""
    return (*_crossing_cables(recipe, block), *_pole_cables(recipe, block))


def _kerb(block: Block, recipe: Recipe, side: int, s: float, off: float) -> tuple[float, float]:
    """A point on the pavement of a side: `s` metres along (rising x or y), `off` metres outward from the fronts."""
    if side == 0:
        return block.x0 - off, block.y0 + s
    if side == 1:
        return block.x1 + off, block.y0 + s
    if side == 2:
        return block.x0 + s, block.y0 - off
    return block.x0 + s, block.y1 + off


def _length(block: Block, side: int) -> float:
    return block.y1 - block.y0 if side < 2 else block.x1 - block.x0


def _row(block: Block, side: int, gap_m: float) -> list[float]:
    count = max(1, int(_length(block, side) / gap_m))
    return [_length(block, side) * (k + 0.5) / count for k in range(count)]


def _kerb_things(recipe: Recipe, block: Block) -> list[Thing]:
    seed, found = recipe.world.seed, []
    off = recipe.roads.pavement_m - 0.45
    for side in range(4):
        below_deck = side > 1 and has_overpass(recipe, block.lines[side])
        if side in (0, 3) and not below_deck:  # poles on one side of each street
            for k, s in enumerate(_row(block, side, _POLE_GAP_M)):
                key = (block.ix, block.iy, side, k, 0)
                x, y = _kerb(block, recipe, side, s, off)
                fallen = uniform(seed, "pole/fallen", *key) < 0.25 * damage_at(recipe, x, y)
                found.append(_thing(recipe, key, "fallen_pole" if fallen else "pole", x, y, _HEADING[side]))
        if side in (1, 2) and not below_deck:
            for k, s in enumerate(_row(block, side, _LAMP_GAP_M)):
                key = (block.ix, block.iy, side, k, 1)
                x, y = _kerb(block, recipe, side, s, off)
                burns = uniform(seed, "lamp", *key) < recipe.neon.lamps
                found.append(_thing(recipe, key, "lamp_lit" if burns else "lamp", x, y, _HEADING[side]))
    return found


def _front_things(recipe: Recipe, block: Block) -> list[Thing]:
    """Machines, bicycles, crates and bags by the fronts."""
    seed, found = recipe.world.seed, []
    for side in range(4):
        for k in range(int(_length(block, side) / 3.2)):
            key = (block.ix, block.iy, side, k, 2)
            if uniform(seed, "left", *key) > 0.1 + 0.32 * recipe.buildings.clutter:
                continue
            draw = uniform(seed, "left/kind", *key)
            for kind, weight, off in _LEFT:
                draw -= weight
                if draw < 0:
                    x, y = _kerb(block, recipe, side, 3.2 * (k + 0.5), off)
                    turn = 0.0 if kind == "vending_machine" else 50.0 * (uniform(seed, "left/turn", *key) - 0.5)
                    found.append(_thing(recipe, key, kind, x, y, _HEADING[side] + turn))
                    break
    return found


def _cars(recipe: Recipe, block: Block) -> list[Thing]:
    """Along the street west of the block and the street south of it, in both lanes, never on a fallen slab."""
    seed, found = recipe.world.seed, []
    ramps = [s for s in spans_in(recipe, block.x0 - 40, block.y0 - 40, block.x1 + 40, block.y1 + 40) if s.fate != Fate.STANDS]
    for side in (0, 2):
        line = block.lines[side]
        for k in range(int(_length(block, side) / _CAR_CELL_M)):
            for lane in (-1, 1):
                key = (block.ix, block.iy, side, k, 20 + lane)
                if uniform(seed, "car", *key) >= recipe.ruin.cars / 100.0 * _CAR_CELL_M * 0.5:
                    continue
                parked = uniform(seed, "car/parked", *key) < 0.62
                lateral = lane * (line.half_m - 1.15 if parked else max(0.9, line.half_m * 0.42))
                along = _CAR_CELL_M * (k + 0.5) + 0.8 * (uniform(seed, "car/along", *key) - 0.5)
                skew = (8.0 if parked else 75.0) * (uniform(seed, "car/skew", *key) - 0.5)
                if side == 0:
                    x, y, heading = line.at + lateral, block.y0 + along, 180.0 if lane > 0 else 0.0
                else:
                    x, y, heading = block.x0 + along, line.at + lateral, 90.0 if lane > 0 else 270.0
                if any(s.x0 - 3 < x < s.x1 + 3 and abs(y - s.y) < HALF_WIDTH_M + 2.5 for s in ramps):
                    continue
                if side == 2 and has_overpass(recipe, line) and not parked:
                    continue  # pylons stand in the middle
                state = uniform(seed, "car/state", *key)
                damage = damage_at(recipe, x, y)
                kind = "car_overturned" if state < 0.2 * damage else "car_burnt" if state < 0.2 + 0.4 * damage else "car"
                found.append(_thing(recipe, key, kind, x, y, heading + skew))
    return found


def _rubble(recipe: Recipe, block: Block) -> list[Thing]:
    """Heaps at the feet of hit fronts, loose chunks over the street."""
    seed, found, amount = recipe.world.seed, [], recipe.ruin.rubble
    pavement = recipe.roads.pavement_m
    for side in range(4):
        for k in range(int(_length(block, side) / 5.0)):
            key = (block.ix, block.iy, side, k, 7)
            x, y = _kerb(block, recipe, side, 5.0 * (k + 0.5), 0.5)
            damage = damage_at(recipe, x, y)
            if uniform(seed, "heap", *key) < amount * max(0.0, damage - 0.3) * 0.9:
                size = 0.8 + 1.5 * uniform(seed, "heap/size", *key) * damage
                found.append(_thing(recipe, key, "heap", x, y, _HEADING[side], min(size, pavement)))
            for n in range(4):
                key = (block.ix, block.iy, side, k, 8 + n)
                if uniform(seed, "chunk", *key) < amount * 0.55 * damage * damage:
                    reach = pavement + recipe.roads.street_m * 0.5
                    off = reach * uniform(seed, "chunk/off", *key) ** 1.6
                    x, y = _kerb(block, recipe, side, 5.0 * (k + uniform(seed, "chunk/along", *key)), off)
                    size = 0.18 + 0.5 * uniform(seed, "chunk/size", *key) ** 3
                    found.append(_thing(recipe, key, "chunk", x, y, 360.0 * uniform(seed, "chunk/turn", *key), size))
    return found


def _crossing_cables(recipe: Recipe, block: Block) -> list[Cable]:
    seed, found = recipe.world.seed, []
    for side in (0, 2):
        _dx, _dy = _TURN[side]
        middle = ((block.x0 + block.x1) / 2, (block.y0 + block.y1) / 2)
        line = block.lines[side]
        other = (
            block_near(recipe, line.at - 1.0, middle[1]) if side == 0 else block_near(recipe, middle[0], line.at - 1.0)
        )
        for k in range(int(_length(block, side) / 4.0)):
            key = (block.ix, block.iy, side, k)
            if uniform(seed, "cable", *key) >= recipe.buildings.cables / 100.0 * 4.0:
                continue
            s = 4.0 * (k + 0.5)
            ax, ay = _kerb(block, recipe, side, s, 0.0)
            shift = 8.0 * (uniform(seed, "cable/skew", *key) - 0.5)
            if side == 0:
                bx, by = other.x1, ay + shift
            else:
                bx, by = ax + shift, other.y1
            near = _wall_at(buildings_of(recipe, block), ax, ay, side)
            far = _wall_at(buildings_of(recipe, other), bx, by, side + 1)
            if near is None or far is None:
                continue
            lift = 5.2 + 8.0 * uniform(seed, "cable/lift", *key)
            za, zb = min(lift, near[1] - 0.4), min(lift + 1.5 * uniform(seed, "cable/rise", *key), far[1] - 0.4)
            if side == 2 and has_overpass(recipe, line) and min(za, zb) < recipe.overpass.height_m + 2.0:
                continue
            a = (near[0], ay, za) if side == 0 else (ax, near[0], za)
            b = (far[0], by, zb) if side == 0 else (bx, far[0], zb)
            length = math.dist(a, b)
            sag = length * (0.03 + 0.05 * uniform(seed, "cable/sag", *key))
            found.append(Cable(a, b, sag, 0.012 + 0.014 * uniform(seed, "cable/radius", *key)))
    return found


def _wall_at(buildings: tuple[Building, ...], x: float, y: float, side: int) -> tuple[float, float] | None:
    """(coordinate of the wall, its height) of the front on `side` that stands at the point, or None."""
    for building in buildings:
        mass = building.masses[0]
        if side < 2 and mass.y0 + 0.3 < y < mass.y1 - 0.3 and building.fronts[side]:
            wall = mass.x0 if side == 0 else mass.x1
            if abs(wall - x) < 5.0:
                return wall, mass.z1
        if side >= 2 and mass.x0 + 0.3 < x < mass.x1 - 0.3 and building.fronts[side]:
            wall = mass.y0 if side == 2 else mass.y1
            if abs(wall - y) < 5.0:
                return wall, mass.z1
    return None


def _pole_cables(recipe: Recipe, block: Block) -> list[Cable]:
    """Three wires between neighbouring poles that still stand."""
    seed, found = recipe.world.seed, []
    poles = [t for t in _kerb_things(recipe, block) if t.kind in ("pole", "fallen_pole")]
    for first, second in itertools.pairwise(poles):
        if first.key[2] != second.key[2] or "fallen_pole" in (first.kind, second.kind):
            continue
        dx, dy = _TURN[first.key[2]]
        for wire, (out, z) in enumerate(((0.55, 8.1 + KERB_M), (-0.55, 8.1 + KERB_M), (0.0, 6.9 + KERB_M))):
            a = (first.position[0] + dx * out, first.position[1] + dy * out, z)
            b = (second.position[0] + dx * out, second.position[1] + dy * out, z)
            sag = 0.5 + 0.5 * uniform(seed, "wire", *first.key, wire)
            found.append(Cable(a, b, sag, 0.013 if wire < 2 else 0.024))
    return found


def _thing(recipe: Recipe, key: tuple[int, ...], kind: str, x: float, y: float, heading: float, size: float = 1.0) -> Thing:
    variant = (draw_u64(recipe.world.seed, "variant", *key)) & 0x7FFFFFFF
    return Thing(key, kind, (round(x, 3), round(y, 3), 0.0), round(heading % 360.0, 2), variant, round(size, 3))
