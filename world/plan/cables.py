"""Cables over the streets, and wires from pole to pole.

In: a block.  Out: `Cable`s: those that cross the streets west and south of it, and those between its poles. A crossing cable is two
rays from the middle of the street to the walls on either side; where a ray meets no wall there is none.
"""

from __future__ import annotations

import itertools
import math
from functools import lru_cache

from world.fields import uniform
from world.plan.buildings import buildings_of
from world.plan.district import recipe_in
from world.plan.lattice import Block, Way, blocks_in
from world.plan.records import Building, Cable, Point
from world.plan.relief import KERB_M
from world.plan.street import poles_of
from world.recipe import Recipe

_STEP_M = 4.0


@lru_cache(maxsize=320)
def cables_of(recipe: Recipe, block: Block) -> tuple[Cable, ...]:
    """Cables over the streets west and south of the block, and from pole to pole along them."""
    return (*_crossing_cables(recipe, block), *_pole_cables(recipe, block))


def _crossing_cables(recipe: Recipe, block: Block) -> list[Cable]:
    seed, found = recipe.seed_of("buildings"), []
    here = recipe_in(recipe, *block.centre, block.district)
    for side in (0, 2):
        if block.ways[side] == Way.CANAL:
            continue
        front, half = block.sides[side], block.halves[side]
        for k in range(int(front.length_m / _STEP_M)):
            key = (*block.key, side, k)
            if uniform(seed, "cable", *key) >= here.buildings.cables / 100.0 * _STEP_M:
                continue
            x, y = front.point(_STEP_M * (k + 0.5), block.pavement_m + half)
            ox, oy = front.outward
            skew = 0.5 * (uniform(seed, "cable/skew", *key) - 0.5)
            reach = half + block.pavement_m + 7.0
            near = _wall(recipe, [block], (x, y), (-ox, -oy), reach)
            dx, dy = ox - skew * oy, oy + skew * ox
            length = math.sqrt(dx * dx + dy * dy)
            others = [b for b in blocks_in(recipe, x - reach, y - reach, x + reach, y + reach) if b.key != block.key]
            far = _wall(recipe, others, (x, y), (dx / length, dy / length), reach)
            if near is None or far is None:
                continue
            lift = 5.2 + 8.0 * uniform(seed, "cable/lift", *key)
            za, zb = min(lift, near[1] - 0.4), min(lift + 1.5 * uniform(seed, "cable/rise", *key), far[1] - 0.4)
            if block.ways[side] == Way.HIGHWAY and min(za, zb) < recipe.overpass.height_m + 2.0:
                continue
            a = (round(x - ox * near[0], 3), round(y - oy * near[0], 3), za)
            b = (round(x + dx / length * far[0], 3), round(y + dy / length * far[0], 3), zb)
            sag = math.dist(a, b) * (0.03 + 0.05 * uniform(seed, "cable/sag", *key))
            found.append(Cable(a, b, sag, 0.012 + 0.014 * uniform(seed, "cable/radius", *key)))
    return found


def _wall(recipe: Recipe, blocks: list[Block], start: Point, way: Point, reach_m: float) -> tuple[float, float] | None:
    """(distance, height) of the nearest wall that a ray meets within `reach_m`, or None."""
    best = None
    for block in blocks:
        for building in buildings_of(recipe, block):
            distance = _into(building, start, way)
            if distance is not None and 0.5 < distance < reach_m and (best is None or distance < best[0]):
                best = (distance, building.masses[0].z1)
    return best


def _into(building: Building, start: Point, way: Point) -> float | None:
    """How far along a ray the building's body begins, or None (slab test: Kay and Kajiya 1986)."""
    base = building.masses[0]
    x, y = building.local(*start)
    ax, ay = building.axis
    u, v = way[0] * ax + way[1] * ay, way[1] * ax - way[0] * ay
    near, far = 0.0, math.inf
    for at, step, low, high in ((x, u, base.x0, base.x1), (y, v, base.y0, base.y1)):
        if abs(step) < 1e-9:
            if not low < at < high:
                return None
            continue
        first, second = sorted(((low - at) / step, (high - at) / step))
        near, far = max(near, first), min(far, second)
    return near if near < far else None


def _pole_cables(recipe: Recipe, block: Block) -> list[Cable]:
    """Three wires between neighbouring poles that still stand."""
    seed, found = recipe.seed_of("buildings"), []
    for first, second in itertools.pairwise(poles_of(recipe, block)):
        side = first.key[-3]
        if side != second.key[-3] or "fallen_pole" in (first.kind, second.kind):
            continue
        dx, dy = block.sides[side].outward
        for wire, (out, z) in enumerate(((0.55, 8.1 + KERB_M), (-0.55, 8.1 + KERB_M), (0.0, 6.9 + KERB_M))):
            a = (first.position[0] + dx * out, first.position[1] + dy * out, z)
            b = (second.position[0] + dx * out, second.position[1] + dy * out, z)
            sag = 0.5 + 0.5 * uniform(seed, "wire", *first.key, wire)
            found.append(Cable(a, b, sag, 0.013 if wire < 2 else 0.024))
    return found
