"""A made-up `World` for tests: boxes, one even light, robots on a square loop or posted where a test wants them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from flatland import land

from world.pose import Pose
from world.recipe import Recipe
from world.sim import State, World
from world.sim.beats import FixedBeats
from world.space.sound_graph import SoundGraph
from world.space.window import SpaceWindow

LOOP = np.array([[-20.0, -20.0], [-20.0, 20.0], [20.0, 20.0], [20.0, -20.0]])


@dataclass(frozen=True)
class EvenLight:
    """The same illuminance everywhere."""

    lux: float

    def illuminance(self, points: Any, normals: Any, power: Any, sky_lux: float) -> Any:
        return np.full(len(points), self.lux)


def lamplit(
    boxes: list[Any] | None = None, lux: float = 5.0, robots: int = 1, start: tuple[float, float] = (0.0, -60.0), **sections: Any
) -> World:
    """A world in a drizzle of 6 mm/h, whose recipe is otherwise the default with `sections` changed."""
    fixed = {"weather": {"rain_mm_h": 6.0}, "water": {"level_m": -0.02}, "patrol": {"robots": robots}}
    recipe = Recipe.model_validate(fixed | sections)
    window = SpaceWindow(land(boxes or []))
    return World(recipe, window, EvenLight(lux), FixedBeats.on((LOOP,) * robots), Pose((*start, 1.65), 0.0), SoundGraph(window))


def posted(state: State, place: tuple[float, float], towards: tuple[float, float]) -> State:
    """The state with its first robot at `place`, facing `towards` (a unit vector)."""
    p = state.patrol
    position, facing = p.position.copy(), p.facing.copy()
    position[0, :2], facing[0] = place, towards
    return replace(state, patrol=replace(p, position=position, facing=facing, head=facing.copy()))
