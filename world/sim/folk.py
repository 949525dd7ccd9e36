"""Who else is in the city, and where: survivors at the back of fronts, strays behind what hides them, captives before a truck.

In: a recipe.  Out: for a chunk, `Dweller`s in closed form, as the plan lays them out. A dweller's key is its place: the same one in every
walk, in any order of visits.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from world.fields import draw_u64, uniform
from world.plan import plan_chunk
from world.plan.cover import spots_of
from world.plan.interior import interior_of
from world.plan.records import Thing
from world.plan.rooms import Huddle, Interior
from world.recipe import Recipe
from world.sim.exact import sin_cos, units_from_degrees
from world.sim.state import Soul, Vector
from world.space.window import Remembered

_STRAYS = 0.2  # of chunks
_TRUCK = "truck_cage"
_TRUCKS, _COLUMN = 0.5, (3, 6)  # the share that has captives; how many, least and below
_BEGINS_S = (-120.0, 500.0)  # of the night, when the first captive climbs in
_LEFT, _RIGHT = (0.0, -0.29, 0.8, 0.6), (0.0, 0.29, 0.8, -0.6)
# One, two or three: each is so far ahead of the way's end and to its right (m), and is turned so (a unit vector, ahead and right).
_HUDDLES = (((0.0, 0.0, 1.0, 0.0),), (_LEFT, _RIGHT), (_LEFT, _RIGHT, (0.82, 0.58, -0.28, -0.96)))
_KEY_BITS = 62
_KEPT = 64


@dataclass(frozen=True)
class Dweller:
    """`place` soles (m), `facing` a unit vector; `way`: where it runs, the first place ahead. `number` counts those of one group. A
    captive's place is the middle of the truck, `begins_s` when the first of them climbs in."""

    key: int
    soul: Soul
    place: Vector
    facing: tuple[float, float]
    way: tuple[Vector, ...]
    number: int = 0
    begins_s: float = 0.0


class Folk(ABC):
    """What a `World` asks."""

    @abstractmethod
    def of(self, cx: int, cy: int) -> tuple[Dweller, ...]:
        """Those who belong in chunk (cx, cy)."""


class NoFolk(Folk):
    """An empty world."""

    def of(self, cx: int, cy: int) -> tuple[Dweller, ...]:
        """None."""
        return ()


class CityFolk(Folk):
    """Those of a city."""

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self._known: Remembered[tuple[int, int], tuple[Dweller, ...]] = Remembered(self._find, _KEPT)

    def of(self, cx: int, cy: int) -> tuple[Dweller, ...]:
        """Those who belong in chunk (cx, cy)."""
        return self._known((cx, cy))

    def _find(self, chunk: tuple[int, int]) -> tuple[Dweller, ...]:
        plan, seed = plan_chunk(self._recipe, *chunk), self._recipe.seed_of("patrol")
        found: list[Dweller] = []
        for building in plan.buildings:
            interior = interior_of(self._recipe, building)
            if interior is not None and interior.huddle is not None:
                found += _survivors(interior, interior.huddle, seed)
        if uniform(seed, "folk/stray", *chunk) < _STRAYS:
            spots = [spot for thing in plan.things for spot in spots_of(thing)]
            if spots:
                spot = spots[int(uniform(seed, "folk/spot", *chunk) * len(spots))]
                found.append(Dweller(_key(seed, "stray", chunk), Soul.STRAY, spot.position, _way(spot.heading_deg), ()))
        for thing in plan.things:
            if thing.kind == _TRUCK and uniform(seed, "folk/truck", *thing.key) < _TRUCKS:
                found += _captives(thing, seed)
        return tuple(found)


def _survivors(interior: Interior, huddle: Huddle, seed: int) -> list[Dweller]:
    """One to three who sit close together at the back: one faces the way in; two sit shoulder to shoulder, turned to each other, and the
    third beside the fire, its other side open to the way in. The way is wide enough for that."""
    out = tuple(reversed([(*interior.world(u, v), z) for u, v, z in interior.way[:-1]]))
    found = []
    (x, y, z), (fx, fy), many = huddle.place, huddle.outwards, int(uniform(seed, "folk/many", *interior.key) * 3)
    for number, (ahead, aside, turn_ahead, turn_aside) in enumerate(_HUDDLES[many]):
        place = x + fx * ahead + fy * aside, y + fy * ahead - fx * aside, z
        turned = fx * turn_ahead + fy * turn_aside, fy * turn_ahead - fx * turn_aside
        found.append(Dweller(_key(seed, "survivor", (*interior.key, number)), Soul.SURVIVOR, place, turned, out, number))
    return found


def _captives(truck: Thing, seed: int) -> list[Dweller]:
    """Those who stand in a row behind the truck, and climb in one after the other."""
    ahead = _way(truck.heading_deg)
    least, below = _COLUMN
    count = least + int(uniform(seed, "folk/column", *truck.key) * (below - least))
    begins = _BEGINS_S[0] + (_BEGINS_S[1] - _BEGINS_S[0]) * float(uniform(seed, "folk/begins", *truck.key))
    return [Dweller(_key(seed, "captive", (*truck.key, k)), Soul.CAPTIVE, truck.position, ahead, (), k, begins) for k in range(count)]


def _way(heading_deg: float) -> tuple[float, float]:
    return sin_cos(units_from_degrees(heading_deg))


def _key(seed: int, lane: str, of: tuple[int, ...]) -> int:
    return int(draw_u64(seed, f"folk/key/{lane}", *of)) >> (64 - _KEY_BITS)
