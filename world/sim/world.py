"""What a step reads and never changes: the recipe, the space, the light and the loops of the patrol.

In: a `Pipe`, or the parts of a made-up world in a test.  Out: `World`, its first `State`, and the hour at any tick.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from world.conditions import Conditions, conditions_at
from world.light import LightField
from world.plan.climate import climate_at
from world.plan.patrol import Loop, loops_in
from world.pose import Pose
from world.recipe import Recipe
from world.sim.exact import TURN, units_from_degrees
from world.sim.patrol import muster
from world.sim.state import TICK_HZ, State, Walker
from world.space.chunk_space import CHUNK_M
from world.space.index import ROBOT_BAND_M, ROBOT_RADIUS_M
from world.space.sound_graph import SoundGraph
from world.space.walk import STEP_M, deepest, push_out, support
from world.space.window import SpaceWindow

if TYPE_CHECKING:
    from world.pipe import Pipe

_HOUR_TICKS = 6  # the hour is read ten times a second
_LOOKED_FOR_M = (150.0, 300.0, 600.0, 1200.0)  # rounds, about where one wakes


class Illumination(Protocol):
    """Light at points: what `LightField` is."""

    def illuminance(
        self, points: NDArray[np.float64], normals: NDArray[np.float64], power: NDArray[np.float32], sky_lux: float
    ) -> NDArray[np.float64]:
        """Lux, (N,), at `points` (N, 3) for unit `normals` (N, 3), with flicker `power` (64,), under a sky of `sky_lux`."""
        ...


@dataclass(frozen=True)
class World:
    """`loops[k]` (K, 2) is robot k's closed way round; `start` is where one wakes; `sounds` are the ways that sound takes through `window`.
    Another hour of the same city is `replace(world, recipe=…)`."""

    recipe: Recipe
    window: SpaceWindow
    light: Illumination
    loops: tuple[NDArray[np.float64], ...]
    start: Pose
    sounds: SoundGraph

    @staticmethod
    def of(pipe: Pipe, start: Pose | None = None) -> World:
        """The world of a city: one wakes at `start` (where the city says, by default), one robot goes round the block there, the
        others round the blocks about it."""
        recipe, start = pipe.recipe, start or pipe.start()
        light = LightField(pipe.light)
        loops = loops_of(recipe, start.position[0], start.position[1])
        window = SpaceWindow(pipe.space)
        return World(recipe, window, light, loops, start, SoundGraph(window))

    def prepare(self, x: float, y: float) -> None:
        """Makes what the senses will need where the hero at (x, y) may soon cross into the next chunk; for a thread beside the walk."""
        for i, j in ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)):
            self.sounds.net(x + i * CHUNK_M, y + j * CHUNK_M)

    def at(self, x: float, y: float) -> World:
        """The world by the recipe that holds at (x, y): its weather, water, and patrol."""
        here = climate_at(self.recipe, x, y)
        return self if here is self.recipe else replace(self, recipe=here)

    def hour(self, tick: int) -> Conditions:
        """The conditions that the step goes by at `tick`."""
        return _hour(self.recipe, tick // _HOUR_TICKS)

    def waking(self) -> Walker:
        """The hero at the start: standing, outside of anything solid."""
        x, y, z = self.start.position
        rows = self.window.near(x, y, 2.0)
        x, y, _ = push_out(rows, x, y, self.window.ground(x, y), 1.8)
        feet = support(self.window, rows, x, y, z - 1.65 + STEP_M).height
        heading_q = units_from_degrees(self.start.heading_deg) % TURN
        return Walker((x, y, feet), heading_q=heading_q, pitch_q=units_from_degrees(self.start.pitch_deg))

    def first(self) -> State:
        """The state at tick 0."""
        seed = self.recipe.seed_of("patrol")
        return State(0, self.waking(), muster(seed, self.loops, self.window.ground, self.start.position, self.free))

    def free(self, x: float, y: float) -> bool:
        """Whether a robot may hover over the point."""
        rows = self.window.near(x, y, 1.0)
        return deepest(rows, x, y, self.window.ground(x, y), ROBOT_BAND_M[1], step=ROBOT_BAND_M[0], radius=ROBOT_RADIUS_M + 0.1) is None


@lru_cache(maxsize=8)
def _hour(recipe: Recipe, index: int) -> Conditions:
    return conditions_at(recipe, index * _HOUR_TICKS / TICK_HZ)


def loops_of(recipe: Recipe, x: float, y: float) -> tuple[NDArray[np.float64], ...]:
    """One round per robot, the nearest to (x, y) first; robots share a round when there are more of them than rounds about."""
    found: list[Loop] = []
    for reach in _LOOKED_FOR_M:
        found = loops_in(recipe, x - reach, y - reach, x + reach, y + reach)
        if len(found) >= recipe.patrol.robots:
            break
    found.sort(key=lambda loop: (math.dist(loop.middle, (x, y)), loop.key))
    return tuple(np.array(found[k % len(found)].points) for k in range(recipe.patrol.robots if found else 0))
