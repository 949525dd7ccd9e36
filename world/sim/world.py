"""What a step reads and never changes: the recipe, the space, the light and the loops of the patrol.

In: a `Pipe`, or the parts of a made-up world in a test.  Out: `World`, its first `State`, and the hour at any tick.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from world.conditions import Conditions, conditions_at
from world.light import LightField
from world.plan.climate import climate_at
from world.pose import Pose
from world.recipe import Recipe
from world.sim.beats import Beats, CityBeats
from world.sim.exact import TURN, units_from_degrees
from world.sim.folk import CityFolk, Folk, NoFolk
from world.sim.havens import CityHavens, Havens, NoHavens
from world.sim.muster import mustered, nobody
from world.sim.state import TICK_HZ, State, Walker
from world.space.chunk_space import CHUNK_M
from world.space.sound_graph import SoundGraph
from world.space.walk import STEP_M, push_out, support
from world.space.window import SpaceWindow

if TYPE_CHECKING:
    from world.pipe import Pipe

_HOUR_TICKS = 6  # the hour is read ten times a second


class Illumination(Protocol):
    """Light at points: what `LightField` is."""

    def illuminance(
        self, points: NDArray[np.float64], normals: NDArray[np.float64], power: NDArray[np.float32], sky_lux: float
    ) -> NDArray[np.float64]:
        """Lux, (N,), at `points` (N, 3) for unit `normals` (N, 3), with flicker `power` (64,), under a sky of `sky_lux`."""
        ...


@dataclass(frozen=True)
class World:
    """`beats` says which robots there are; `start` is where one wakes; `sounds` are the ways that sound takes through `window`.
    Another hour of the same city is `replace(world, recipe=…)`."""

    recipe: Recipe
    window: SpaceWindow
    light: Illumination
    beats: Beats
    start: Pose
    sounds: SoundGraph
    havens: Havens = field(default_factory=NoHavens)
    folk: Folk = field(default_factory=NoFolk)

    @staticmethod
    def of(pipe: Pipe, start: Pose | None = None) -> World:
        """The world of a city: one wakes at `start` (where the city says, by default), and a robot goes round the block there."""
        recipe, start = pipe.recipe, start or pipe.start()
        light = LightField(pipe.light)
        window = SpaceWindow(pipe.space)
        beats = CityBeats(recipe, start.position[:2])
        return World(recipe, window, light, beats, start, SoundGraph(window), CityHavens(recipe), CityFolk(recipe))

    def prepare(self, x: float, y: float) -> None:
        """Makes what the senses will need where the hero at (x, y) may soon cross into the next chunk; for a thread beside the walk."""
        cx, cy = math.floor(x / CHUNK_M), math.floor(y / CHUNK_M)
        for i, j in ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)):
            self.sounds.net(x + i * CHUNK_M, y + j * CHUNK_M)
            self.havens.of(cx + i, cy + j)
            self.beats.near(cx + i, cy + j)
        for j in range(-2, 3):
            for i in range(-2, 3):
                self.folk.of(cx + i, cy + j)

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

    def first(self, tick: int = 0) -> State:
        """The state at a tick, with nothing done yet: the hero where one wakes, the robots where their rounds have them."""
        return mustered(State(tick, self.waking(), nobody()), self, tick)


@lru_cache(maxsize=8)
def _hour(recipe: Recipe, index: int) -> Conditions:
    return conditions_at(recipe, index * _HOUR_TICKS / TICK_HZ)
