"""What a tick costs: the patrol at 128 and 512 robots, and one flood of sound.

In: a pipe.  Out: figures in milliseconds, medians. The 512 are the nearest of the densest patrol there can be, all of them about at once.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from world.pipe import Pipe
from world.recipe import Recipe
from world.sim import DT_S, Button, Command, World, step
from world.sim.beats import Beat, Beats, CityBeats
from world.sim.patrol import step_patrol
from world.sim.rounds import point_on

COUNTS = (128, 512)
_WARM, _TICKS, _FLOODS = 60, 240, 40
_FAR_M = 1500.0


class _Nearest(Beats):
    """So many beats of a dense patrol, those that begin nearest to a place, wherever the hero is."""

    def __init__(self, recipe: Recipe, at: tuple[float, float], count: int) -> None:
        super().__init__()
        dense = CityBeats(recipe.with_value("patrol", "robots", 128), at)
        found = sorted(dense.within(*at, _FAR_M), key=lambda beat: float(np.hypot(*np.subtract(point_on(beat.loop, beat.along_m), at))))
        self._beats = {beat.key: beat for beat in found[:count]}

    def near(self, cx: int, cy: int) -> tuple[Beat, ...]:
        """All of them."""
        return tuple(self._beats[key] for key in sorted(self._beats))

    def of(self, key: int) -> Beat:
        """The beat of a key."""
        return self._beats[key]


def patrol_ms(pipe: Pipe, count: int) -> tuple[float, float]:
    """(a patrol's tick, a whole tick) among `count` robots, while the hero walks."""
    world = World.of(pipe)
    world = replace(world, beats=_Nearest(pipe.recipe, world.start.position[:2], count))
    state = world.first()
    command = Command.looking(world.start.heading_deg, 0.0, Button.FORWARD)
    patrols, wholes = [], []
    for tick in range(_WARM + _TICKS):
        began = time.perf_counter()
        after, events = step(state, command, world)
        whole = time.perf_counter() - began
        began = time.perf_counter()
        step_patrol(world, state.patrol, after.walker, [e for e in events if e.robot < 0], state.tick + 1, False, DT_S)
        if tick >= _WARM:
            patrols.append(time.perf_counter() - began)
            wholes.append(whole)
        state = after
    return statistics.median(patrols) * 1e3, statistics.median(wholes) * 1e3


def flood_ms(pipe: Pipe) -> float:
    """One flood from the hero, read at 24 places round about."""
    world = World.of(pipe)
    x, y, z = world.start.position
    ears = np.array([[x + 60.0 * np.sin(a), y + 60.0 * np.cos(a), z] for a in np.linspace(0.0, 6.0, 24)])

    def flood(number: int) -> None:
        world.sounds.paths(np.array([x + 0.37 * number, y, z]), ears)

    return _median_ms(flood, _FLOODS)


def _median_ms(task: Callable[[int], None], times: int) -> float:
    task(0)
    spent = []
    for number in range(times):
        began = time.perf_counter()
        task(number + 1)
        spent.append(time.perf_counter() - began)
    return statistics.median(spent) * 1e3
