"""Holographic boards: one over a plaza's middle, or hung before a tall front at an avenue.

In: a block.  Out: its hologram, if it has one. Its glow goes with it when it drops out: it has a flicker slot of the light field to itself,
or, where another board is near, neither flickers.
"""

from __future__ import annotations

import math
from dataclasses import replace

from world.conditions import GROUP_COUNT
from world.fields import draw_u64, uniform
from world.plan.buildings import BUILDINGS, buildings_of
from world.plan.district import recipe_in
from world.plan.lattice import LATTICE, Block, Use, Way, blocks_in
from world.plan.quad import middle
from world.plan.records import Hologram
from world.recipe import Recipe, remembered

_HOLOGRAMS = BUILDINGS | {"neon.holograms"}

CONTENTS = 7  # a face, fish, a warning, a bottle, a dancer, a timetable, words: what shaders/surface/hologram.frag.glsl can draw
# Grey-green is the key of the whole picture (sRGB).
_COLOURS = ((128, 255, 208), (120, 236, 226), (150, 255, 190))
_FROM_M = 8.2  # lowest edge of a board on a front


BOARD_REACH_M = 30.0  # of the light of one that flickers
BOARDS_APART_M = 72.0  # two such reaches and the diagonal of an 8 m cell of the slot table
BOARD_SLOT = 1


@remembered(_HOLOGRAMS | LATTICE, size=1024)
def holograms_of(recipe: Recipe, block: Block) -> tuple[Hologram, ...]:
    """None or one; of those that are too near to each other for one slot, that with the highest key flickers."""
    return tuple(_settled(recipe, board) for board in _boards(recipe, block))


def _settled(recipe: Recipe, board: Hologram) -> Hologram:
    x, y, _ = board.position
    far = BOARDS_APART_M
    others = (other for block in blocks_in(recipe, x - far, y - far, x + far, y + far) for other in _boards(recipe, block))
    beaten = any(other.key > board.key and math.dist(other.position[:2], (x, y)) < far for other in others)
    return replace(board, group=0) if beaten else replace(board, slot=BOARD_SLOT)


@remembered(_HOLOGRAMS, size=1024)
def _boards(recipe: Recipe, block: Block) -> tuple[Hologram, ...]:
    """None or one, wherever others are."""
    seed, key = recipe.seed_of("neon"), block.key
    here = recipe_in(recipe, *block.centre, block.district)
    draw = uniform(seed, "hologram", *key)
    colour = _COLOURS[int(uniform(seed, "hologram/colour", *key) * len(_COLOURS))]
    group = 1 + (draw_u64(seed, "hologram/group", *key)) % (GROUP_COUNT - 1)
    content = (draw_u64(seed, "hologram/content", *key)) % CONTENTS
    if block.use in (Use.PLAZA, Use.LANDMARK):
        if draw >= min(1.0, here.neon.holograms * 1.8):
            return ()
        heading = block.sides[int(uniform(seed, "hologram/turn", *key) * 4)].heading_deg
        x, y = middle(block.land)
        if block.use == Use.LANDMARK:  # beside the tower, not in it
            turn = math.radians(heading)
            x, y = x + 15.0 * math.sin(turn), y + 15.0 * math.cos(turn)
        return (Hologram(key, (round(x, 3), round(y, 3), 2.6), heading, 6.5, 10.0, colour, group, content),)
    sides = [k for k in range(4) if block.ways[k] in (Way.AVENUE, Way.CANAL)]
    if not sides or draw >= here.neon.holograms:
        return ()
    outward = [block.sides[k].outward for k in sides]
    tall = []
    for building in buildings_of(recipe, block):
        base = building.masses[0]
        faces = (building.axis[1], -building.axis[0])  # of its front
        if base.z1 > _FROM_M + 6.0 and base.x1 - base.x0 > 5.0 and any(o[0] * faces[0] + o[1] * faces[1] > 0.9 for o in outward):
            tall.append(building)
    if not tall:
        return ()
    building = tall[int(uniform(seed, "hologram/front", *key) * len(tall))]
    base = building.masses[0]
    width = min(base.x1 - base.x0 - 1.0, 8.0)
    x, y = building.world((base.x0 + base.x1) / 2, base.y0 - 1.1)
    height = min(base.z1 - _FROM_M - 0.4, 1.4 * width)
    heading = (building.heading_deg + 180.0) % 360.0
    return (Hologram(key, (round(x, 3), round(y, 3), _FROM_M), heading, width, height, colour, group, content),)
