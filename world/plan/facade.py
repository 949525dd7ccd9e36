"""What every opening of a facade is: dark, lit, broken, boarded, or a hole where a bay was torn out.

In: a building, one of its masses, a side.  Out: a grid of `Pane` states (floors, bays). Mesh draws it and space takes the
light of lit panes from it: both read this and nothing else.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from world.fields import Keyed, NoiseField, uniform
from world.plan.district import recipe_in
from world.plan.interior import FRONT, INTERIORS, interior_of
from world.plan.records import Building, Mass, Point, Wall
from world.plan.rooms import Interior
from world.plan.ruin_field import POWER, power_at
from world.recipe import Recipe, remembered_each

FACADES = INTERIORS | POWER | {"neon.windows", "buildings.seed", "ruin.seed"}


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


@dataclass(frozen=True, slots=True)
class Facade:
    """One side of one mass, as a grid. `origin` is its lower left corner seen from outside, `along` the unit vector to the
    right, `outward` its normal (both in the plane). `floor_z` (F + 1,) are the floors' heights; `panes` (F, B) of `Pane`;
    `warmth` (F, B) in [0, 1) is each lit pane's lamp colour draw (the highest: see `failing`). The lowest row is the ground floor if
    `has_ground`."""

    origin: tuple[float, float]
    along: tuple[float, float]
    outward: tuple[float, float]
    width_m: float
    bay_m: float
    floor_z: NDArray[np.float64]
    panes: NDArray[np.uint8]
    warmth: NDArray[np.float64]
    has_ground: bool


def failing(panes: NDArray[np.uint8], warmth: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which panes have a room behind them whose tube flickers; too dim for the street, they are no part of the light field."""
    found: NDArray[np.bool_] = (panes == Pane.LIT) & (warmth >= _FAILING)
    return found


Cells = NDArray[Any]  # (N,), one entry a cell
_BULB, _TUBE = 0.3, 0.9  # warmth of an open front
_FAILING = 0.93  # from that warmth on


@lru_cache(maxsize=16)
def _hits(seed: int) -> NoiseField:
    return NoiseField(seed, "hits", 9.0, 2)


def facade_of(recipe: Recipe, building: Building, mass_index: int, side: int) -> Facade:
    """The grid of one side, whatever its kind of wall (party walls get no openings but holes)."""
    return facades_of(recipe, building)[4 * mass_index + side]


def facades_of(recipe: Recipe, building: Building) -> tuple[Facade, ...]:
    """All sides of all masses of a building, four a mass."""
    return facades_of_each(recipe, (building,))[0]


@remembered_each(FACADES, size=1200)
def facades_of_each(recipe: Recipe, buildings: Sequence[Building]) -> list[tuple[Facade, ...]]:
    """The same of several buildings: their cells are drawn as one table."""
    walls = [wall for n, building in enumerate(buildings) for wall in _walls(building, n)]
    cells = _Cells(walls)
    panes, warmth = _panes(recipe, buildings, cells)
    found: list[list[Facade]] = [[] for _ in buildings]
    for wall, start, end in zip(walls, cells.ends[:-1].tolist(), cells.ends[1:].tolist(), strict=True):
        shape = (len(wall.floor_z) - 1, wall.bays)
        grid, warm = panes[start:end].reshape(shape), warmth[start:end].reshape(shape)
        if buildings[wall.number].masses[wall.mass].sides[wall.side] == Wall.PARTY:
            grid[grid != Pane.HOLE] = Pane.BOARDED
        facade = Facade(*wall.frame, wall.frame[3] / wall.bays, wall.floor_z, grid, warm, wall.mass == 0)
        found[wall.number].append(facade)
    for building, facades in zip(buildings, found, strict=True):
        if (interior := interior_of(recipe, building)) is not None:
            _enter(interior, facades)
    return [tuple(facades) for facades in found]


def torn_out(recipe: Recipe, fronts: Sequence[tuple[Building, int]], front: Cells, along: Cells, z: Cells) -> NDArray[np.bool_]:
    """Whether a bay is torn out at places (N,): which of the fronts (building, side), metres along it, height. Only where the field of
    hits is strong enough are the facades themselves asked, which know what else stands there."""
    rows = []
    for building, side in fronts:
        origin, way, _, width = frame_of(building, building.masses[0], side)
        bays = max(1, round(width / building.bay_m))
        rows.append((*origin, *way, width / bays, bays, building.ground_m, building.floor_m, building.damage))
    ox, oy, ax, ay, bay_m, bays_, ground, floor_m, damage = np.array(rows).reshape(-1, 9)[front].T
    bay = np.minimum((along / bay_m).astype(np.int64), bays_ - 1)
    floor = np.maximum(np.ceil((z - ground) / floor_m), 0.0)
    top = ground + floor_m * floor
    middle = (np.where(floor > 0.0, ground + floor_m * (floor - 1.0), 0.0) + top) / 2
    s = bay_m * (bay + 0.5)
    torn: NDArray[np.bool_] = _hits_at(recipe, ox + ax * s, oy + ay * s, middle) > _tear_limit(damage)
    hit = np.nonzero(torn)[0].tolist()
    asked = [fronts[front[n]] for n in hit]
    for n, (_, side), facades in zip(hit, asked, facades_of_each(recipe, [building for building, _ in asked]), strict=True):
        torn[n] = facades[side].panes[int(floor[n]), int(bay[n])] == Pane.HOLE
    return torn


def _tear_limit(damage: Any) -> Any:
    """How strong the hit on a bay's middle must be for it to be torn out."""
    return 2.6 - 1.6 * damage


def _hits_at(recipe: Recipe, x: Any, y: Any, z: Any) -> NDArray[np.float64]:
    """How hard points of walls were hit: a slanted slice through a plane field, so that holes come in clusters over several storeys."""
    return _hits(recipe.seed_of("ruin")).points(x + 0.7 * z, y - 0.6 * z)


class _Wall(NamedTuple):
    """One side of a mass (its number) of building `number`, divided."""

    number: int
    mass: int
    side: int
    frame: tuple[Point, Point, Point, float]
    bays: int
    floor_z: NDArray[np.float64]


def _walls(building: Building, number: int) -> list[_Wall]:
    found = []
    for index, mass in enumerate(building.masses):
        floor_z = _storeys(building, index)
        for side in range(4):
            frame = frame_of(building, mass, side)
            found.append(_Wall(number, index, side, frame, max(1, round(frame[3] / building.bay_m)), floor_z))
    return found


class _Cells:
    """All cells of walls, row by row: number of the building, side, floor (+ 100 a mass), bay, and the middle (m). Those of wall k are
    `ends[k]`..`ends[k + 1]`."""

    def __init__(self, walls: list[_Wall]) -> None:
        bays = np.array([w.bays for w in walls])
        floors = np.array([len(w.floor_z) - 1 for w in walls])
        self.ends = np.concatenate([[0], np.cumsum(bays * floors)])
        wall = np.repeat(np.arange(len(walls)), bays * floors)
        storey, self.bay = np.divmod(np.arange(len(wall)) - self.ends[wall], bays[wall])
        of_wall = np.array([(w.number, w.side, w.mass) for w in walls])[wall]
        self.number, self.side, self.floor = of_wall[:, 0], of_wall[:, 1], storey + 100 * of_wall[:, 2]
        frames = np.array([(*w.frame[0], *w.frame[1], w.frame[3] / w.bays) for w in walls])[wall]
        s = frames[:, 4] * (self.bay + 0.5)
        self.x, self.y = frames[:, 0] + frames[:, 2] * s, frames[:, 1] + frames[:, 3] * s
        first = np.concatenate([[0], np.cumsum(floors + 1)])[wall] + storey
        floor_z = np.concatenate([w.floor_z for w in walls])
        self.z = (floor_z[first] + floor_z[first + 1]) / 2


def _storeys(building: Building, index: int) -> NDArray[np.float64]:
    """Heights (m) of a mass's floors, the ground's own first."""
    mass = building.masses[index]
    bottom = building.ground_m if index == 0 else mass.z0
    return _heights(bottom, building.floor_m, max(0, round((mass.z1 - bottom) / building.floor_m)), index == 0)


@lru_cache(maxsize=1024)
def _heights(bottom_m: float, floor_m: float, count: int, has_ground: bool) -> NDArray[np.float64]:
    above = bottom_m + floor_m * np.arange(count + 1, dtype=np.float64)
    return np.concatenate([[0.0], above]) if has_ground else above


def _panes(recipe: Recipe, buildings: Sequence[Building], cells: _Cells) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """(state, warmth) of each cell, whatever its wall."""
    seed, of = recipe.seed_of("buildings"), cells.number
    damage = np.array([b.damage for b in buildings])[of]
    windows = np.array([recipe_in(recipe, *b.centre, b.district).neon.windows * power_at(recipe, *b.centre) for b in buildings])[of]
    keyed, ground = _keyed(buildings, cells, slice(None)), np.nonzero(cells.floor == 0)[0]
    keyed_ground = _keyed(buildings, cells, ground)

    def draw(lane: str, keyed: Keyed = keyed) -> NDArray[np.float64]:
        return keyed.uniform(seed, "pane/" + lane)

    hits = _hits_at(recipe, cells.x, cells.y, cells.z)
    panes = np.full(len(of), Pane.DARK, dtype=np.uint8)
    panes[draw("boarded") < 0.05 + 0.1 * damage] = Pane.BOARDED
    panes[draw("lit") < windows * (1.25 - 0.5 * damage)] = Pane.LIT
    panes[(draw("broken") < 0.1 + 0.5 * damage) & (hits > 0.2 - damage)] = Pane.BROKEN
    panes[hits > _tear_limit(damage)] = Pane.HOLE
    if any(b.burns for b in buildings):  # from some storey up, as fire climbs
        from_m = [b.masses[0].z1 * (0.3 + 0.4 * uniform(seed, "burns/from", *b.key)) if b.burns else math.inf for b in buildings]
        panes[(cells.z > np.array(from_m)[of]) & (hits + 1.6 * draw("burns") > 0.55)] = Pane.FIRE
    shop_hit, dark = hits[ground] > 1.1 - damage[ground], draw("shop", keyed_ground)
    lit = draw("shop light", keyed_ground) < 0.15 + 2.2 * windows[ground]
    shop = np.where(dark < 0.34, Pane.SHUTTER, np.where(lit, Pane.SHOP_LIT, Pane.SHOP_DARK))
    shop = np.where(shop_hit, Pane.BROKEN, shop)
    shut = np.where(dark < 0.6, Pane.BOARDED, Pane.SHUTTER)
    panes[ground] = np.where(np.array([b.shop for b in buildings])[of[ground]], shop, shut)
    return panes, draw("warmth")


def _keyed(buildings: Sequence[Building], cells: _Cells, which: Any) -> Keyed:
    """The draws of some of the cells."""
    of = cells.number[which]
    keys = (part[0] if len(set(part)) == 1 else np.array(part)[of] for part in zip(*(b.key for b in buildings), strict=True))
    return Keyed(*keys, cells.side[which], cells.floor[which], cells.bay[which])


def _enter(interior: Interior, facades: list[Facade]) -> None:
    """Opens the bays of an interior, in place, lit by its own lamps; no torn bay of another wall opens into a room that stands."""
    high = 1 + max(floor for floor, _ in interior.bays)
    for facade in facades[:4]:
        storeys = facade.panes[:high]
        storeys[storeys == Pane.HOLE] = Pane.BOARDED
    front = facades[FRONT]
    for cell in interior.bays:
        front.panes[cell] = Pane.OPEN_LIT if interior.shines else Pane.OPEN_DARK
        front.warmth[cell] = _BULB if any(light.warm for light in interior.lights) else _TUBE


def frame_of(building: Building, mass: Mass, side: int) -> tuple[Point, Point, Point, float]:
    """(origin, along, outward, width): seen from outside, from the lower left corner to the right."""
    ax, ay = building.axis
    if side == 0:  # at x0: seen from outside, right is towards y0
        return building.world(mass.x0, mass.y1), (ay, -ax), (-ax, -ay), mass.y1 - mass.y0
    if side == 1:
        return building.world(mass.x1, mass.y0), (-ay, ax), (ax, ay), mass.y1 - mass.y0
    if side == 2:
        return building.world(mass.x0, mass.y0), (ax, ay), (ay, -ax), mass.x1 - mass.x0
    return building.world(mass.x1, mass.y1), (-ax, -ay), (-ay, ax), mass.x1 - mass.x0
