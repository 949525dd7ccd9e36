"""Along the kerb of avenues, and against fronts: signals, signs, shelters, booths, skips, scaffolds, signs that fell.

In: a block.  Out: `Thing`s. A signal stands at each corner where two avenues meet; the rest is a draw a place.
"""

from __future__ import annotations

from world.fields import uniform
from world.plan.lattice import Block, Way
from world.plan.quad import SIDE_CORNERS, Quad, inset
from world.plan.records import Thing
from world.plan.ruin_field import damage_at
from world.plan.things_at import thing
from world.recipe import Recipe

_BROAD = (Way.AVENUE, Way.HIGHWAY, Way.CANAL)
_SIGN_GAP_M = 17.0
_FRONT_GAP_M = 7.0
_CORNER_IN_M = 0.55


def kerb_furniture(recipe: Recipe, here: Recipe, block: Block) -> list[Thing]:
    """All of a block's, in a fixed order."""
    return [*_signals(recipe, block), *_along_kerb(recipe, here, block), *_at_fronts(recipe, here, block)]


def _signals(recipe: Recipe, block: Block) -> list[Thing]:
    """One at each corner between two broad roads; its arm reaches over the one on its left."""
    seed, found = recipe.seed_of("neon"), []
    if block.pavement_m < 1.5:
        return []
    rim: Quad = inset(block.kerb, (_CORNER_IN_M,) * 4)
    for side in range(4):
        corner = SIDE_CORNERS[side][1]
        after = next(s for s in range(4) if SIDE_CORNERS[s][0] == corner)
        if block.ways[side] in _BROAD and block.ways[after] in _BROAD:
            key = (*block.key, side, 0, 40)
            if uniform(seed, "signal", *key) < 0.85:
                found.append(thing(seed, key, "traffic_light", *rim[corner], block.sides[side].heading_deg))
    return found


def _along_kerb(recipe: Recipe, here: Recipe, block: Block) -> list[Thing]:
    """Road signs; on broad roads shelters of buses, booths and meters."""
    seed, found = recipe.seed_of("buildings"), []
    off = block.pavement_m - 0.5
    for side in range(4):
        front, broad = block.sides[side], block.ways[side] in _BROAD
        if block.pavement_m < 1.5:
            continue
        for k in range(int(front.length_m / _SIGN_GAP_M)):
            key = (*block.key, side, k, 41)
            s = _SIGN_GAP_M * (k + 0.25 + 0.5 * uniform(seed, "kerb/along", *key))
            draw = uniform(seed, "kerb", *key)
            x, y = front.point(s, off)
            if draw < 0.2:
                found.append(thing(seed, key, "road_sign", x, y, front.heading_deg))
            elif draw < 0.3 and broad and block.pavement_m > 2.6:
                found.append(thing(seed, key, "bus_shelter", *front.point(s, block.pavement_m - 1.35), front.heading_deg))
            elif draw < 0.36 and broad:
                found.append(thing(seed, key, "phone_booth", *front.point(s, 0.75), front.heading_deg))
            elif draw < 0.5 and broad:
                found.append(thing(seed, key, "parking_meter", x, y, front.heading_deg))
            elif draw < 0.62 and broad and here.ruin.damage > 0.2:
                found.append(thing(seed, key, "bollard", x, y, front.heading_deg))
    return found


def _at_fronts(recipe: Recipe, here: Recipe, block: Block) -> list[Thing]:
    """Skips in narrow streets, scaffolds, signs that came down."""
    if block.plaza:
        return []
    seed, found = recipe.seed_of("ruin"), []
    for side in range(4):
        front = block.sides[side]
        for k in range(int(front.length_m / _FRONT_GAP_M)):
            key = (*block.key, side, k, 42)
            x, y = front.point(_FRONT_GAP_M * (k + 0.5), 0.85)
            draw = uniform(seed, "front", *key)
            if draw < 0.05 and block.pavement_m > 1.6:
                found.append(thing(seed, key, "scaffold", x, y, front.heading_deg))
            elif draw < 0.15 and draw < 0.05 + 0.1 * damage_at(here, x, y):
                turn = 70.0 * (uniform(seed, "front/turn", *key) - 0.5)
                found.append(thing(seed, key, "sign_fallen", *front.point(_FRONT_GAP_M * (k + 0.5), 1.3), front.heading_deg + 90.0 + turn))
            elif 0.2 < draw < 0.2 + 0.05 * here.buildings.clutter and block.ways[side] == Way.STREET:
                found.append(thing(seed, key, "dumpster", *front.point(_FRONT_GAP_M * (k + 0.5), 0.75), front.heading_deg))
    return found
