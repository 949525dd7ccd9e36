"""Holographic boards: one over a plaza's middle, or hung before a tall front at an avenue crossing.

In: a block.  Out: its hologram, if it has one. They shine wide, so blocks that both want one settle it by their draws.
"""

from __future__ import annotations

from functools import lru_cache

from world.conditions import GROUP_COUNT
from world.fields import draw_u64, uniform
from world.plan.buildings import buildings_of
from world.plan.grid import Block
from world.plan.records import Hologram
from world.recipe import Recipe

CONTENTS = 3  # a face, fish, a warning: what shaders/surface/hologram.frag.glsl can draw
# Grey-green is the key of the whole picture (sRGB).
_COLOURS = ((128, 255, 208), (120, 236, 226), (150, 255, 190))


@lru_cache(maxsize=1024)
def holograms_of(recipe: Recipe, block: Block) -> tuple[Hologram, ...]:
    """None or one."""
    seed, key = recipe.world.seed, (block.ix, block.iy)
    draw = uniform(seed, "hologram", *key)
    colour = _COLOURS[int(uniform(seed, "hologram/colour", *key) * len(_COLOURS))]
    group = 1 + (draw_u64(seed, "hologram/group", *key)) % (GROUP_COUNT - 1)
    content = (draw_u64(seed, "hologram/content", *key)) % CONTENTS
    if block.plaza:
        if draw >= min(1.0, recipe.neon.holograms * 1.8):
            return ()
        heading = 90.0 * int(uniform(seed, "hologram/turn", *key) * 4)
        middle = ((block.x0 + block.x1) / 2, (block.y0 + block.y1) / 2, 2.6)
        return (Hologram(key, middle, heading, 6.5, 10.0, colour, group, content),)
    if not block.lines[0].avenue or draw >= recipe.neon.holograms:
        return ()
    tall = [b for b in buildings_of(recipe, block) if b.fronts[0] and b.masses[0].x0 - block.x0 < 3.0 and b.masses[0].z1 > 15.0]
    if not tall:
        return ()
    base = tall[int(uniform(seed, "hologram/front", *key) * len(tall))].masses[0]
    width = min(base.y1 - base.y0 - 1.0, 8.0)
    return (
        Hologram(key, (base.x0 - 1.1, (base.y0 + base.y1) / 2, 8.2), 270.0, width, min(base.z1 - 8.6, 1.4 * width), colour, group, content),
    )
