"""What goes on in the city while a camera flies through it: the patrol on its rounds, with nobody there to notice.

In: a `World`, the tick of the film's first frame, the camera's path.  Out: the `Snapshot` at any instant, in any order of asking.
The steps are the walk's own, at 60 Hz; states are kept each `_KEPT_TICKS`, so that a late frame rendered alone costs a replay
from the last of them, and is the same frame.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from world.pose import Pose
from world.sim import TICK_HZ, Command, Snapshot, State, Walker, World, snapshot, step
from world.sim.muster import mustered, nobody
from world.sim.state import Vector

_KEPT_TICKS = 5 * TICK_HZ
_NEVER = 2**62


class PatrolRun:
    """Deterministic in (world, first tick, path). Who is about is who is near the camera, which nobody notices: `path(seconds)` says where
    that is, seconds after the film's start."""

    def __init__(self, world: World, first_tick: int, path: Callable[[float], Pose]) -> None:
        self._world, self._first_tick, self._path = world, first_tick, path
        first = mustered(State(first_tick, Walker(self._under(first_tick)), nobody(), calm_until=_NEVER), world, first_tick)
        self._kept = [first]
        self._before = self._after = first

    def at(self, seconds: float, eye: Pose) -> Snapshot:
        """The moment `seconds` (>= 0) after the film's start, sensed from `eye`."""
        ticks = seconds * TICK_HZ
        whole = math.ceil(ticks - 1e-6)  # frame rates that divide 60 fall on a tick, whatever rounding says
        self._go_to(self._first_tick + whole)
        moment = snapshot(self._before, self._after, 1.0 - max(0.0, whole - ticks))
        return replace(moment, eye=eye)

    def _go_to(self, tick: int) -> None:
        if tick < self._after.tick or tick >= self._after.tick + _KEPT_TICKS:
            self._before = self._after = self._kept[min(len(self._kept) - 1, (tick - self._first_tick) // _KEPT_TICKS)]
        while self._after.tick < tick:
            self._before, self._after = self._after, self._next(self._after)
            if self._after.tick - self._first_tick == len(self._kept) * _KEPT_TICKS:
                self._kept.append(self._after)

    def _next(self, state: State) -> State:
        carried = replace(state, walker=Walker(self._under(state.tick + 1)))
        return step(carried, Command(), self._world)[0]

    def _under(self, tick: int) -> Vector:
        """The ground below the camera."""
        x, y, _ = self._path((tick - self._first_tick) / TICK_HZ).position
        return x, y, self._world.window.ground(x, y)
