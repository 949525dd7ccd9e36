"""What every opening of a facade is: dark, lit, broken, boarded, or a hole where a bay was torn out.

In: a building, one of its masses, a side.  Out: a grid of `Pane` states (floors, bays). Mesh draws it and space takes the
light of lit panes from it: both read this and nothing else.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from world.fields import Keyed, NoiseField, uniform
from world.plan.district import recipe_in
from world.plan.interior import FRONT, interior_of
from world.plan.records import Building, Mass, Point, Wall
from world.plan.ruin_field import power_at
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
    FIRE = 10  # it burns inside


Cells = NDArray[Any]  # (N,), one entry a cell


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


_BULB, _TUBE = 0.3, 0.9  # warmth of an open front


@lru_cache(maxsize=16)
def _hits(seed: int) -> NoiseField:
    return NoiseField(seed, "hits", 9.0, 2)


def facade_of(recipe: Recipe, building: Building, mass_index: int, side: int) -> Facade:
    """The grid of one side, whatever its kind of wall (party walls get no openings but holes)."""
    return facades_of(recipe, building)[4 * mass_index + side]


@lru_cache(maxsize=1200)
def facades_of(recipe: Recipe, building: Building) -> tuple[Facade, ...]:
    """All sides of all masses of a building, four a mass: their cells are drawn as one table."""
    frames = [_frame(building, mass, side) for mass in building.masses for side in range(4)]
    storeys = [_storeys(building, index, mass) for index, mass in enumerate(building.masses)]
    parts, starts, shapes = [], [0], []
    for k, (origin, along, _, width) in enumerate(frames):
        floor_z, bays = storeys[k // 4], max(1, round(width / building.bay_m))
        floor, bay = np.divmod(np.arange((len(floor_z) - 1) * bays), bays)
        s = width / bays * (bay + 0.5)
        z = (floor_z[floor] + floor_z[floor + 1]) / 2
        columns = (np.full(len(floor), k % 4), floor + 100 * (k // 4), bay, origin[0] + along[0] * s, origin[1] + along[1] * s, z)
        parts.append(columns)
        starts.append(starts[-1] + len(floor))
        shapes.append((len(floor_z) - 1, bays))
    side, floor, bay, x, y, z = (np.concatenate(column) for column in zip(*parts, strict=True))
    panes, warmth = _panes(recipe, building, side, floor, bay, x, y, z)
    found = []
    for k, (origin, along, outward, width) in enumerate(frames):
        part, shape = slice(starts[k], starts[k + 1]), shapes[k]
        grid = panes[part].reshape(shape)
        if building.masses[k // 4].sides[k % 4] == Wall.PARTY:
            grid[grid != Pane.HOLE] = Pane.BOARDED
        if k < 4:
            _enter(recipe, building, grid, warmth[part].reshape(shape), k)
        found.append(Facade(origin, along, outward, width, width / shape[1], storeys[k // 4], grid, warmth[part].reshape(shape), k < 4))
    return tuple(found)


def _storeys(building: Building, index: int, mass: Mass) -> NDArray[np.float64]:
    """Heights (m) of a mass's floors, the ground's own first."""
    bottom = building.ground_m if index == 0 else mass.z0
    count = max(0, round((mass.z1 - bottom) / building.floor_m))
    above: NDArray[np.float64] = bottom + building.floor_m * np.arange(count + 1, dtype=np.float64)
    return np.concatenate([[0.0], above]) if index == 0 else above


def _panes(
    recipe: Recipe, building: Building, side: Cells, floor: Cells, bay: Cells, x: Cells, y: Cells, z: Cells
) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """(state, warmth) of each cell, whatever its wall; `x`, `y`, `z` (m) are the cells' middles."""
    seed, damage = recipe.seed_of("buildings"), building.damage
    windows = recipe_in(recipe, *building.centre, building.district).neon.windows * power_at(recipe, *building.centre)
    cells = Keyed(*building.key, side, floor, bay)

    def draw(lane: str) -> NDArray[np.float64]:
        return cells.uniform(seed, "pane/" + lane)

    # A slanted slice through the plane field: holes come in clusters that run over several storeys.
    hits = _hits(recipe.seed_of("ruin")).points(x + 0.7 * z, y - 0.6 * z)
    panes = np.full(len(x), Pane.DARK, dtype=np.uint8)
    panes[draw("boarded") < 0.05 + 0.1 * damage] = Pane.BOARDED
    panes[draw("lit") < windows * (1.25 - 0.5 * damage)] = Pane.LIT
    panes[(draw("broken") < 0.1 + 0.5 * damage) & (hits > 0.2 - damage)] = Pane.BROKEN
    panes[hits > 2.6 - 1.6 * damage] = Pane.HOLE
    if building.burns:  # from some storey up, as fire climbs
        from_m = building.masses[0].z1 * (0.3 + 0.4 * uniform(seed, "burns/from", *building.key))
        panes[(z > from_m) & (hits + 1.6 * draw("burns") > 0.55)] = Pane.FIRE
    ground = np.nonzero(floor == 0)[0]
    shop_hit = hits[ground] > 1.1 - damage
    dark = draw("shop")[ground]
    if building.shop:
        lit = draw("shop light")[ground] < 0.15 + 2.2 * windows
        shop = np.where(dark < 0.34, Pane.SHUTTER, np.where(lit, Pane.SHOP_LIT, Pane.SHOP_DARK))
        panes[ground] = np.where(shop_hit, Pane.BROKEN, shop)
    else:
        panes[ground] = np.where(dark < 0.6, Pane.BOARDED, Pane.SHUTTER)
    return panes, draw("warmth")


def _enter(recipe: Recipe, building: Building, grid: NDArray[np.uint8], warmth: NDArray[np.float64], side: int) -> None:
    """Opens the bays of an interior, in place, lit by its own lamps; no torn bay of another wall opens into a room that stands."""
    interior = interior_of(recipe, building)
    if interior is None:
        return
    storeys = grid[: 1 + max(floor for floor, _ in interior.bays)]
    storeys[storeys == Pane.HOLE] = Pane.BOARDED
    for floor, bay in interior.bays if side == FRONT else ():
        grid[floor, bay] = Pane.OPEN_LIT if interior.shines else Pane.OPEN_DARK
        warmth[floor, bay] = _BULB if any(light.warm for light in interior.lights) else _TUBE


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
