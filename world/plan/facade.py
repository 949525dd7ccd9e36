"""What every opening of a facade is: dark, lit, broken, boarded, or a hole where a bay was torn out.

In: a building, one of its masses, a side.  Out: a grid of `Pane` states (floors, bays). Mesh draws it and space takes the
light of lit panes from it: both read this and nothing else.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from world.fields import NoiseField, uniform
from world.plan.district import recipe_in
from world.plan.interior import FRONT, interior_of
from world.plan.records import Building, Mass, Point, Wall
from world.recipe import Recipe


class Pane(enum.IntEnum):
    DARK = 0
    LIT = 1
    BROKEN = 2
    BOARDED = 3
    HOLE = 4
    SHUTTER = 5
    SHOP_LIT = 6
    SHOP_DARK = 7
    OPEN_LIT = 8  # no pane: one looks into a room that has light, or none (`world.plan.interior`)
    OPEN_DARK = 9


@dataclass(frozen=True)
class Facade:
    """One side of one mass, as a grid. `origin` is its lower left corner seen from outside, `along` the unit vector to the
    right, `outward` its normal (both in the plane). `floor_z` (F + 1,) are the floors' heights; `panes` (F, B) of `Pane`;
    `warmth` (F, B) in [0, 1) is each lit pane's lamp colour draw. The lowest row is the ground floor if `has_ground`."""

    origin: tuple[float, float]
    along: tuple[float, float]
    outward: tuple[float, float]
    width_m: float
    bay_m: float
    floor_z: NDArray[np.float64]
    panes: NDArray[np.uint8]
    warmth: NDArray[np.float64]
    has_ground: bool


@lru_cache(maxsize=16)
def _hits(seed: int) -> NoiseField:
    return NoiseField(seed, "hits", 9.0, 2)


@lru_cache(maxsize=4096)
def facade_of(recipe: Recipe, building: Building, mass_index: int, side: int) -> Facade:
    """The grid of one side, whatever its kind of wall (party walls get no openings but holes)."""
    mass = building.masses[mass_index]
    origin, along, outward, width = _frame(building, mass, side)
    has_ground = mass_index == 0
    bottom = building.ground_m if has_ground else mass.z0
    count = max(0, round((mass.z1 - bottom) / building.floor_m))
    floor_z: NDArray[np.float64] = bottom + building.floor_m * np.arange(count + 1, dtype=np.float64)
    if has_ground:
        floor_z = np.concatenate([[0.0], floor_z])
    bays = max(1, round(width / building.bay_m))
    floors = len(floor_z) - 1
    seed, key = recipe.seed_of("buildings"), building.key
    neon = recipe_in(recipe, *building.centre, building.district).neon
    f, b = np.arange(floors)[:, None] + 100 * mass_index, np.arange(bays)[None, :]

    def draw(lane: str) -> NDArray[np.float64]:
        return np.asarray(uniform(seed, "pane/" + lane, *key, side, f, b), dtype=np.float64)

    bay_m = width / bays
    px = origin[0] + along[0] * bay_m * (b + 0.5)
    py = origin[1] + along[1] * bay_m * (b + 0.5)
    mid_z = (floor_z[:-1] + floor_z[1:])[:, None] / 2
    # A slanted slice through the plane field: holes come in clusters that run over several storeys.
    hits = _hits(recipe.seed_of("ruin")).points(px + 0.7 * mid_z, py - 0.6 * mid_z)
    damage = building.damage
    panes = np.full((floors, bays), Pane.DARK, dtype=np.uint8)
    panes[draw("boarded") < 0.05 + 0.1 * damage] = Pane.BOARDED
    panes[draw("lit") < neon.windows * (1.25 - 0.5 * damage)] = Pane.LIT
    panes[(draw("broken") < 0.1 + 0.5 * damage) & (hits > 0.2 - damage)] = Pane.BROKEN
    panes[hits > 2.6 - 1.6 * damage] = Pane.HOLE
    if mass.sides[side] == Wall.PARTY:
        panes[panes != Pane.HOLE] = Pane.BOARDED
    if has_ground and mass.sides[side] == Wall.FRONT:
        shop = np.where(
            draw("shop")[0] < 0.34,
            Pane.SHUTTER,
            np.where(draw("shop light")[0] < 0.15 + 2.2 * neon.windows, Pane.SHOP_LIT, Pane.SHOP_DARK),
        )
        shop = np.where(hits[0] > 1.1 - damage, Pane.BROKEN, shop)
        panes[0] = shop if building.shop else np.where(draw("shop")[0] < 0.6, Pane.BOARDED, Pane.SHUTTER)
    interior = interior_of(recipe, building) if has_ground and side == FRONT else None
    if interior is not None:
        for floor, bay in interior.bays:
            panes[floor, bay] = Pane.OPEN_LIT if interior.lit else Pane.OPEN_DARK
    return Facade(origin, along, outward, width, bay_m, floor_z, panes, draw("warmth"), has_ground)


def _frame(building: Building, mass: Mass, side: int) -> tuple[Point, Point, Point, float]:
    """(origin, along, outward, width): seen from outside, from the lower left corner to the right."""
    ax, ay = building.axis
    if side == 0:  # at x0: seen from outside, right is towards y0
        return building.world(mass.x0, mass.y1), (ay, -ax), (-ax, -ay), mass.y1 - mass.y0
    if side == 1:
        return building.world(mass.x1, mass.y0), (-ay, ax), (ax, ay), mass.y1 - mass.y0
    if side == 2:
        return building.world(mass.x0, mass.y0), (ax, ay), (ay, -ax), mass.x1 - mass.x0
    return building.world(mass.x1, mass.y1), (-ax, -ay), (-ay, ax), mass.x1 - mass.x0
