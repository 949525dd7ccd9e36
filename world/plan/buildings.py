"""Blocks cut into lots, lots built upon, buildings broken.

In: a block.  Out: its buildings. A block has two rows of lots along its longer side, back to back or with an alley between;
each lot's building is a stack of masses. A sheared building loses whole storeys along a tilted line: every storey above the
cut is a mass of its own, shorter than the one below, its torn side open.
"""

from __future__ import annotations

from functools import lru_cache

from world.fields import NoiseField, uniform
from world.plan.grid import Block
from world.plan.records import Building, Colour, Mass, Style, Wall
from world.plan.ruin_field import damage_at
from world.recipe import Recipe

FOUNDATION_M = 0.6  # how far walls reach below the street, so that no light shows under them
_WEST, _EAST, _SOUTH, _NORTH = range(4)

# Albedo tints of facades (sRGB) by finish: 0 concrete, 1 tile, 2 plaster.
_TINTS: tuple[tuple[int, Colour], ...] = (
    (0, (118, 116, 112)),
    (0, (96, 97, 100)),
    (0, (132, 126, 116)),
    (1, (140, 132, 120)),
    (1, (92, 84, 80)),
    (1, (120, 128, 130)),
    (1, (150, 142, 134)),
    (1, (104, 82, 70)),
    (2, (134, 128, 118)),
    (2, (108, 114, 116)),
    (2, (126, 112, 100)),
)


@lru_cache(maxsize=64)
def _height_field(seed: int) -> NoiseField:
    return NoiseField(seed, "height", 240.0, 2)


@lru_cache(maxsize=1024)
def buildings_of(recipe: Recipe, block: Block) -> tuple[Building, ...]:
    """The buildings of a block (none on a plaza), row by row."""
    if block.plaza or block.x1 - block.x0 < 8.0 or block.y1 - block.y0 < 8.0:
        return ()
    seed, roads = recipe.world.seed, recipe.roads
    along_x = block.x1 - block.x0 >= block.y1 - block.y0
    low, high = (block.x0, block.x1) if along_x else (block.y0, block.y1)
    near, far = (block.y0, block.y1) if along_x else (block.x0, block.x1)
    alley = roads.alley_m if uniform(seed, "alley", block.ix, block.iy) < roads.alley_prob else 0.0
    middle = (near + far) / 2 + (far - near) * 0.1 * (uniform(seed, "alley/shift", block.ix, block.iy) - 0.5)
    rows = ((near, middle - alley / 2, True), (middle + alley / 2, far, False))
    found = []
    for row, (row_near, row_far, faces_low) in enumerate(rows):
        for lot, (a, b, first, last) in enumerate(_lots(recipe, block, row, low, high)):
            fronts = [False] * 4
            fronts[(_SOUTH if faces_low else _NORTH) if along_x else (_WEST if faces_low else _EAST)] = True
            fronts[(_NORTH if faces_low else _SOUTH) if along_x else (_EAST if faces_low else _WEST)] = alley > 0
            fronts[_WEST if along_x else _SOUTH] = first
            fronts[_EAST if along_x else _NORTH] = last
            rect = (a, row_near, b, row_far) if along_x else (row_near, a, row_far, b)
            found.append(_building(recipe, (block.ix, block.iy, row * 64 + lot), rect, fronts))
    return tuple(found)


def _lots(recipe: Recipe, block: Block, row: int, low: float, high: float) -> list[tuple[float, float, bool, bool]]:
    """(from, to, is first, is last) along the row; now and then a passage is left between two lots."""
    seed = recipe.world.seed
    count = max(1, round((high - low) / recipe.buildings.lot_m))
    cuts = [low + (high - low) * (k + 0.34 * (uniform(seed, "lot", block.ix, block.iy, row, k) - 0.5)) / count for k in range(1, count)]
    edges = [low, *cuts, high]
    lots = []
    for k in range(count):
        a, b = edges[k], edges[k + 1]
        passage = k > 0 and uniform(seed, "passage", block.ix, block.iy, row, k) < 0.12
        lots.append((a + (1.3 if passage else 0.0), b, k == 0 or passage, k == count - 1))
    return [
        (a, b, first, last or (k + 1 < count and lots[k + 1][0] > b + 0.5)) for k, (a, b, first, last) in enumerate(lots)
    ]


def _building(recipe: Recipe, key: tuple[int, int, int], rect: tuple[float, float, float, float], fronts: list[bool]) -> Building:
    seed, knobs = recipe.world.seed, recipe.buildings

    def draw(lane: str, *more: int) -> float:
        return uniform(seed, "building/" + lane, *key, *more)

    x0, y0, x1, y1 = rect
    back = [knobs.setback_m * draw("setback", side) if fronts[side] else 0.0 for side in range(4)]
    x0, x1, y0, y1 = x0 + back[0], x1 - back[1], y0 + back[2], y1 - back[3]
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    rhythm = 1.0 + 0.35 * round(_height_field(seed).at(x, y), 3)
    is_tower = draw("tower") < knobs.towers
    floors = max(1, round(knobs.floors * max(0.3, rhythm) * (0.45 + 1.1 * draw("floors")) * (2.1 if is_tower else 1.0)))
    floor_m = round(knobs.floor_m * (0.94 + 0.14 * draw("floor")), 2)
    ground_m = round(floor_m * 1.25, 2)
    finish, tint = _TINTS[int(draw("tint") * len(_TINTS))]
    damage = damage_at(recipe, x, y)
    sides = tuple(Wall.FRONT if f else Wall.PARTY for f in fronts)
    style = Style(int(draw("style") * len(Style)))
    return Building(
        key=key,
        masses=_masses(recipe, key, (x0, y0, x1, y1), floors, ground_m, floor_m, damage, (sides[0], sides[1], sides[2], sides[3])),
        style=style,
        floor_m=floor_m,
        bay_m=round(knobs.bay_m * (0.85 + 0.4 * draw("bay")), 2),
        finish=finish,
        tint=tint,
        damage=damage,
        fronts=(fronts[0], fronts[1], fronts[2], fronts[3]),
        shop=draw("shop") < knobs.shops,
        ground_m=ground_m,
    )


def _masses(
    recipe: Recipe,
    key: tuple[int, int, int],
    rect: tuple[float, float, float, float],
    floors: int,
    ground_m: float,
    floor_m: float,
    damage: float,
    sides: tuple[Wall, Wall, Wall, Wall],
) -> tuple[Mass, ...]:
    """The body, then either a set-back crown, or the storeys left above a tilted cut."""
    seed = recipe.world.seed
    x0, y0, x1, y1 = rect
    sheared = floors >= 3 and damage > 0.42 and uniform(seed, "building/shear", *key) < recipe.ruin.collapse * (0.45 + damage)
    if sheared:
        torn = max(2, min(floors - 1, round(floors * (0.25 + 0.5 * uniform(seed, "building/torn", *key)))))
        whole = floors - torn
        open_side = max(range(4), key=lambda s: (sides[s] == Wall.FRONT) + 0.9 * uniform(seed, "building/torn side", *key, s))
    else:
        torn, whole, open_side = 0, floors, 0
    top = ground_m + (whole - 1) * floor_m
    crowned = not sheared and floors >= 6 and uniform(seed, "building/crown", *key) < 0.45
    crown_floors = max(2, floors // 4) if crowned else 0
    body_top = top - crown_floors * floor_m
    masses = [Mass(x0, y0, x1, y1, -FOUNDATION_M, body_top, sides)]
    if crowned:
        inset = 1.6
        if min(x1 - x0, y1 - y0) > 7.0:
            masses.append(Mass(x0 + inset, y0 + inset, x1 - inset, y1 - inset, body_top, top, (Wall.FRONT,) * 4))
    kept = 1.0
    for storey in range(torn):
        kept -= (0.35 + 0.9 * uniform(seed, "building/cut", *key, storey)) / (torn + 0.6)
        if kept < 0.14:
            break
        a = [x0, y0, x1, y1]
        if open_side == _WEST:
            a[0] = x1 - (x1 - x0) * kept
        elif open_side == _EAST:
            a[2] = x0 + (x1 - x0) * kept
        elif open_side == _SOUTH:
            a[1] = y1 - (y1 - y0) * kept
        else:
            a[3] = y0 + (y1 - y0) * kept
        walls = [Wall.FRONT if s == Wall.FRONT else Wall.PARTY for s in sides]
        walls[open_side] = Wall.CUT
        masses.append(Mass(a[0], a[1], a[2], a[3], top, top + floor_m, (walls[0], walls[1], walls[2], walls[3])))
        top += floor_m
    return tuple(masses)
