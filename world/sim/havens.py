"""Where one wakes: the shelters of the city.

In: a recipe.  Out: for a chunk, the inner ends of the shelters that it owns, as the plan lays them out.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

from world.plan import plan_chunk
from world.plan.interior import interior_of
from world.plan.rooms import Use
from world.recipe import Recipe
from world.sim.exact import TURN, units_from_degrees
from world.sim.state import Vector
from world.space.window import Remembered

INSIDE_M = 3.0  # of the inner end: one is in
_KEPT = 64

Haven = tuple[Vector, int]  # soles (m), heading_q: back towards the door


class Havens(ABC):
    """What a `World` asks."""

    @abstractmethod
    def of(self, cx: int, cy: int) -> tuple[Haven, ...]:
        """The shelters of chunk (cx, cy)."""


class NoHavens(Havens):
    """A world without shelters: one wakes at the start."""

    def of(self, cx: int, cy: int) -> tuple[Haven, ...]:
        """None."""
        return ()


class CityHavens(Havens):
    """The shelters of a city."""

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self._known: Remembered[tuple[int, int], tuple[Haven, ...]] = Remembered(self._find, _KEPT)

    def of(self, cx: int, cy: int) -> tuple[Haven, ...]:
        """The shelters of chunk (cx, cy)."""
        return self._known((cx, cy))

    def _find(self, chunk: tuple[int, int]) -> tuple[Haven, ...]:
        found = []
        for building in plan_chunk(self._recipe, *chunk).buildings:
            interior = interior_of(self._recipe, building)
            if interior is not None and interior.use == Use.SHELTER:
                u, v, z = interior.way[-1]
                found.append(((*interior.world(u, v), z), units_from_degrees(interior.heading_deg) % TURN))
        return tuple(found)
