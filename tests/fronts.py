"""Buildings made up for tests of what can be entered, and a flat street before them.

In: a use, a number.  Out: an `Interior` that was laid out on a lot drawn from that number; a `SpaceWindow` of it alone.
"""

from __future__ import annotations

import math
import random
from dataclasses import replace

import numpy as np
from flatland import land

from world.plan.interior import LAYOUTS
from world.plan.records import Building, Mass, Style, Wall
from world.plan.rooms import Interior, Use
from world.plan.site import Site
from world.recipe import Recipe
from world.space import ChunkSpace
from world.space.chunk_space import CHUNK_M
from world.space.interior_solids import interior_rooms, interior_solids, lay_floors
from world.space.window import SpaceWindow

PAVEMENT_M, HOLLOW_M = 0.13, 0.5


def lot(number: int, damage: float | None = None) -> Building:
    """A building of two to nine storeys, somewhere, turned somehow; fronts as wide and lots as deep as the city's."""
    draw = random.Random(number)
    width, depth, turn = draw.uniform(9.0, 17.0), draw.uniform(13.0, 26.0), draw.uniform(0.0, math.tau)
    floor_m = round(draw.uniform(3.0, 3.7), 2)
    ground_m = round(1.25 * floor_m, 2)
    top = ground_m + floor_m * draw.randint(1, 8)
    mass = Mass(0.3, 0.2, 0.3 + width, 0.2 + depth, -0.6, top, (Wall.PARTY, Wall.PARTY, Wall.FRONT, Wall.PARTY))
    return Building(
        key=(draw.randrange(-90, 90), draw.randrange(-90, 90), number),
        origin=(draw.uniform(-200.0, 200.0), draw.uniform(-200.0, 200.0)),
        axis=(math.cos(turn), math.sin(turn)),
        masses=(mass,),
        style=Style.PUNCHED,
        floor_m=floor_m,
        bay_m=round(draw.uniform(2.4, 3.5), 2),
        finish=0,
        tint=(120, 118, 112),
        damage=draw.uniform(0.0, 0.85) if damage is None else damage,
        fronts=(False, False, True, False),
        shop=True,
        ground_m=ground_m,
        district="shopping",
    )


def laid_out(use: Use, building: Building, recipe: Recipe | None = None) -> Interior | None:
    """The building as that use, or None where it does not fit."""
    site = Site(recipe or Recipe(), building, use, flip=building.key[-1] % 2 == 0)
    return site.finish() if LAYOUTS[use](site) else None


def fronts_of(use: Use, count: int, recipe: Recipe | None = None) -> list[tuple[Building, Interior]]:
    """The first `count` lots on which the use fits."""
    found: list[tuple[Building, Interior]] = []
    number = 1000 * list(Use).index(use)
    while len(found) < count:
        building = lot(number)
        interior = laid_out(use, building, recipe)
        if interior is not None:
            found.append((building, interior))
        number += 1
    return found


def window_on(interior: Interior) -> SpaceWindow:
    """The building alone on a flat pavement, over a hollow of the ground."""
    (ox, oy), (ax, ay) = interior.origin, interior.axis

    def height(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        u, v = (x - ox) * ax + (y - oy) * ay, (y - oy) * ax - (x - ox) * ay
        return np.where((u > 0.0) & (u < interior.body.x1) & (v > 1.0) & (v < interior.body.y1), PAVEMENT_M - HOLLOW_M, PAVEMENT_M)

    source = land([interior_solids(interior)], height)
    rooms = interior_rooms(interior)
    reach = CHUNK_M + 40.0

    def with_rooms(cx: int, cy: int) -> ChunkSpace:
        near = (abs(rooms[:, 0] - (cx + 0.5) * CHUNK_M) < reach) & (abs(rooms[:, 1] - (cy + 0.5) * CHUNK_M) < reach)
        space = source(cx, cy)
        return replace(space, rooms=rooms[near], ground=lay_floors(space.ground, (cx * CHUNK_M, cy * CHUNK_M), rooms[near]))

    return SpaceWindow(with_rooms)
