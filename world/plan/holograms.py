"""Holographic boards: one over a plaza's middle, or hung before a tall front at an avenue.

In: a block.  Out: its hologram, if it has one.
"""

from __future__ import annotations

import math

from world.conditions import GROUP_COUNT
from world.fields import draw_u64, uniform
from world.plan.buildings import BUILDINGS, buildings_of
from world.plan.district import recipe_in
from world.plan.lattice import Block, Use, Way
from world.plan.quad import middle
from world.plan.records import Hologram
from world.recipe import Recipe, remembered

_HOLOGRAMS = BUILDINGS | {"neon.holograms"}

CONTENTS = 7  # a face, fish, a warning, a bottle, a dancer, a timetable, words: what shaders/surface/hologram.frag.glsl can draw
# Grey-green is the key of the whole picture (sRGB).
_COLOURS = ((128, 255, 208), (120, 236, 226), (150, 255, 190))
_FROM_M = 8.2  # lowest edge of a board on a front


@remembered(_HOLOGRAMS, size=1024)
def holograms_of(recipe: Recipe, block: Block) -> tuple[Hologram, ...]:
    """None or one."""
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
