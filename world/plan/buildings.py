"""Blocks cut into lots, lots built upon, buildings broken.

In: a block.  Out: its lots and buildings. A block has two rows of lots along its longer sides, back to back or with an alley between;
each lot's building is a stack of masses in a frame along the street (oriented boxes: where a block's corner is not square, a wedge of
yard is left). A sheared building loses whole storeys along a tilted line: every storey above the
cut is a mass of its own, shorter than the one below, its torn side open.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from world.fields import uniform
from world.plan.district import DENSITY, density_at, recipe_in
from world.plan.lattice import Block, Front, Use
from world.plan.records import Building, Colour, Mass, Point, Style, Wall
from world.plan.ruin_field import DAMAGE, damage_at
from world.recipe import Knobs, Recipe, remembered

LOTS = Knobs({"roads.alley_m", "roads.alley_prob", "buildings.lot_m"})
_SHAPES = Knobs(f"buildings.{name}" for name in ("setback_m", "floors", "floor_m", "towers", "crown", "bay_m", "shops"))
BUILDINGS = LOTS | _SHAPES | DENSITY | DAMAGE | {"ruin.collapse", "ruin.fires"}

FOUNDATION_M = 0.6  # how far walls reach below the street, so that no light shows under them
_WEST, _EAST, _SOUTH, _NORTH = range(4)
_PASSAGE_M = 1.3
_DEEPEST_M, _SHALLOWEST_M = 26.0, 5.0
_FLOORS_MAX = 60
_BUILT_SHARE = 0.5  # of the city's ground: fires are counted by square kilometre

# What a district's facades are: where none is said, all.
_STYLES = {
    "canyon": (Style.RIBBON, Style.FINS, Style.FINS, Style.PUNCHED),
    "housing": (Style.BALCONY, Style.BALCONY, Style.PUNCHED),
    "alleys": (Style.DUCTS, Style.PUNCHED, Style.DUCTS, Style.BALCONY),
    "waterfront": (Style.PUNCHED, Style.DUCTS, Style.RIBBON),
}

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


class Lot(NamedTuple):
    """A place to build on: `front` is the side it faces, [a, b] (m) along it, `deep` metres into the block. `first` and `last` say
    whether its flanks are free, `alley` whether its back is."""

    number: int
    front: int
    a: float
    b: float
    deep: float
    first: bool
    last: bool
    alley: bool


@remembered(LOTS, size=320)
def lots_of(recipe: Recipe, block: Block) -> tuple[Lot, ...]:
    """The lots of a built block, in two rows along its longer sides, back to back or with an alley between."""
    if block.use != Use.BUILT:
        return ()
    here = recipe_in(recipe, *block.centre, block.district)
    seed = recipe.seed_of("roads")
    fronts = (2, 3) if block.sides[2].length_m + block.sides[3].length_m >= block.sides[0].length_m + block.sides[1].length_m else (0, 1)
    alley = here.roads.alley_m if uniform(seed, "alley", *block.key) < here.roads.alley_prob else 0.0
    shift = 0.1 * (uniform(seed, "alley/shift", *block.key) - 0.5)
    found: list[Lot] = []
    for row, front in enumerate(fronts):
        frame = block.sides[front]
        corners = sorted((_into(frame, p) for p in block.land), key=lambda p: p[1])  # x along the front, y inwards: the front's own first
        half = corners[2][1] * (0.5 + (shift if row == 0 else -shift)) - alley / 2
        deep = min(half, _DEEPEST_M)
        if deep < _SHALLOWEST_M:
            continue
        west = max(0.0, _flank(corners, deep, low=True))
        east = min(frame.length_m, _flank(corners, deep, low=False))
        if east - west < 5.0:
            continue
        found += _row(recipe, here, block, row, front, west, east, deep, alley > 0 or half > deep + 1.0)
    return tuple(found)


def _into(frame: Front, p: Point) -> Point:
    dx, dy = p[0] - frame.origin[0], p[1] - frame.origin[1]
    return dx * frame.along[0] + dy * frame.along[1], -(dx * frame.outward[0] + dy * frame.outward[1])


def _flank(corners: list[Point], deep: float, low: bool) -> float:
    """How far along the front a box of depth `deep` may reach without leaving the land at its side."""
    pick = min if low else max
    near, off = pick(corners[:2]), pick(corners[2:])
    x = near[0] + (off[0] - near[0]) * min(1.0, deep / max(off[1] - near[1], 1.0))
    return max(near[0], x) if low else min(near[0], x)


def _row(recipe: Recipe, here: Recipe, block: Block, row: int, front: int, low: float, high: float, deep: float, alley: bool) -> list[Lot]:
    """A row's lots from left to right; now and then a passage is left between two of them."""
    seed = recipe.seed_of("buildings")
    count = max(1, round((high - low) / here.buildings.lot_m))
    cuts = [low + (high - low) * (k + 0.34 * (uniform(seed, "lot", *block.key, row, k) - 0.5)) / count for k in range(1, count)]
    edges = [low, *cuts, high]
    passages = [k > 0 and uniform(seed, "passage", *block.key, row, k) < 0.12 for k in range(count)] + [False]
    return [
        Lot(
            row * 64 + k,
            front,
            edges[k] + (_PASSAGE_M if passages[k] else 0.0),
            edges[k + 1],
            deep,
            k == 0 or passages[k],
            k == count - 1 or passages[k + 1],
            alley,
        )
        for k in range(count)
    ]


@remembered(BUILDINGS, size=320)
def buildings_of(recipe: Recipe, block: Block) -> tuple[Building, ...]:
    """The buildings of a block (none on a plaza), row by row."""
    here = recipe_in(recipe, *block.centre, block.district)
    return tuple(_building(recipe, here, block, lot) for lot in lots_of(recipe, block))


@remembered(BUILDINGS, size=320)
def walls_of(recipe: Recipe, block: Block) -> NDArray[np.float64]:
    """(9, N): of each of a block's buildings the origin, the axis, and x0, y0, x1, y1, z1 of its body."""
    rows = [(*b.origin, *b.axis, m.x0, m.y0, m.x1, m.y1, m.z1) for b in buildings_of(recipe, block) for m in b.masses[:1]]
    return np.array(rows, dtype=np.float64).reshape(-1, 9).T


def _building(recipe: Recipe, here: Recipe, block: Block, lot: Lot) -> Building:
    seed, knobs = recipe.seed_of("buildings"), here.buildings
    key = (*block.key, lot.number)

    def draw(lane: str, *more: int) -> float:
        return uniform(seed, "building/" + lane, *key, *more)

    frame = block.sides[lot.front]
    fronts = (lot.first, lot.last, True, lot.alley)
    # The flank of a row's end looks on a street only where the block's own side does; a passage's flank sets back no further.
    back = [knobs.setback_m * draw("setback", side) if fronts[side] and side != 3 else 0.0 for side in range(4)]
    width = lot.b - lot.a
    x0, x1, y0, y1 = back[0], width - back[1], back[2], lot.deep
    origin = frame.point(lot.a, 0.0)
    axis = frame.along
    x, y = origin[0] + axis[0] * width / 2 - axis[1] * lot.deep / 2, origin[1] + axis[1] * width / 2 + axis[0] * lot.deep / 2
    rhythm = 1.0 + 0.3 * density_at(recipe, x, y)
    is_tower = draw("tower") < knobs.towers
    floors = max(1, min(_FLOORS_MAX, round(knobs.floors * max(0.35, rhythm) * (0.45 + 1.1 * draw("floors")) * (2.1 if is_tower else 1.0))))
    floor_m = round(knobs.floor_m * (0.94 + 0.14 * draw("floor")), 2)
    ground_m = round(floor_m * 1.25, 2)
    finish, tint = _TINTS[int(draw("tint") * len(_TINTS))]
    damage = damage_at(here, x, y)
    sides = tuple(Wall.FRONT if f else Wall.PARTY for f in fronts)
    styles = _STYLES.get(block.district, tuple(Style))
    style = styles[int(draw("style") * len(styles))]
    return Building(
        key=key,
        origin=(round(origin[0], 3), round(origin[1], 3)),
        axis=axis,
        masses=_masses(recipe, here, key, (x0, y0, x1, y1), floors, ground_m, floor_m, damage, (sides[0], sides[1], sides[2], sides[3])),
        style=style,
        floor_m=floor_m,
        bay_m=round(knobs.bay_m * (0.85 + 0.4 * draw("bay")), 2),
        finish=finish,
        tint=tint,
        damage=damage,
        fronts=fronts,
        shop=draw("shop") < knobs.shops,
        ground_m=ground_m,
        district=block.district,
        burns=uniform(recipe.seed_of("ruin"), "fire", *key) < here.ruin.fires * 1e-6 * width * lot.deep / _BUILT_SHARE,
    )


def _masses(
    recipe: Recipe,
    here: Recipe,
    key: tuple[int, ...],
    rect: tuple[float, float, float, float],
    floors: int,
    ground_m: float,
    floor_m: float,
    damage: float,
    sides: tuple[Wall, Wall, Wall, Wall],
) -> tuple[Mass, ...]:
    """The body, then either a set-back crown, or the storeys left above a tilted cut."""
    seed = recipe.seed_of("ruin")
    x0, y0, x1, y1 = rect
    sheared = floors >= 3 and damage > 0.42 and uniform(seed, "building/shear", *key) < here.ruin.collapse * (0.45 + damage)
    if sheared:
        torn = max(2, min(floors - 1, round(floors * (0.25 + 0.5 * uniform(seed, "building/torn", *key)))))
        whole = floors - torn
        open_side = max(range(4), key=lambda s: (sides[s] == Wall.FRONT) + 0.9 * uniform(seed, "building/torn side", *key, s))
    else:
        torn, whole, open_side = 0, floors, 0
    top = ground_m + (whole - 1) * floor_m
    crowned = not sheared and floors >= 6 and uniform(recipe.seed_of("buildings"), "building/crown", *key) < here.buildings.crown
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
