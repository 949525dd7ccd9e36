"""How a walk goes on: whole steps of the sim for frames of any length.

In: where the person looks, what is pressed, how long the last frame took.  Out: states, the events of each step, and the moment between
the last two states. Source of the loop: Glenn Fiedler, "Fix Your Timestep!" (`world.sim.Clock`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor

from world.settings import Settings
from world.sim import Button, Clock, Command, Event, EventKind, Snapshot, State, World, snapshot, step
from world.sim.exact import degrees_from_units
from world.sim.state import Vector
from world.sim.throw import arc
from world.space.chunk_space import CHUNK_M

_PITCH_MAX_DEG = 88.0


class Course:
    """`state` is the last tick's, `world` what it goes by."""

    def __init__(self, world: World, beside: Executor) -> None:
        self.world, self._beside = world, beside
        self.state = self._before = world.first()
        self._clock, self._prepared = Clock(), (0, 0)
        self._heading, self._pitch = world.start.heading_deg, world.start.pitch_deg

    def turn(self, heading_deg: float, pitch_deg: float) -> None:
        """Turns the head by so much."""
        self._heading = (self._heading + heading_deg) % 360.0
        self._pitch = max(-_PITCH_MAX_DEG, min(_PITCH_MAX_DEG, self._pitch + pitch_deg))

    def advance(self, dt_s: float, buttons: Callable[[], Button]) -> Iterator[list[Event]]:
        """Takes the steps that a frame of `dt_s` is good for; what happened in each of them. `buttons` is asked once a step."""
        for _ in range(self._clock.steps(dt_s)):
            self._prepare()
            self._before = self.state
            self.state, events = step(self.state, Command.looking(self._heading, self._pitch, buttons()), self.world)
            if any(event.kind is EventKind.CAPTURED for event in events):
                self._heading = degrees_from_units(self.state.walker.heading_q)
                self._pitch = degrees_from_units(self.state.walker.pitch_q)
            yield events

    def moment(self, settings: Settings, *, stepped: bool = False) -> Snapshot:
        """What is to be seen now; `stepped`: the moment of the last tick itself."""
        alpha, look = 1.0 if stepped else self._clock.alpha, (self._heading, self._pitch)
        return snapshot(self._before, self.state, alpha, bob=settings.head_bob, look=look, fov_deg=settings.fov_deg)

    def throw_arc(self) -> tuple[Vector, ...]:
        """The points (m) that the bottle would pass if it were let go now; none while nobody aims."""
        hands = self.state.hands
        aims = hands.aiming_since >= 0 and hands.bottle is None
        return tuple(arc(self.world.window, self.state.walker)) if aims else ()

    def go_on_in(self, world: World, state: State) -> None:
        """Another city round the same walk."""
        self.world, self.state, self._before = world, state, state

    def _prepare(self) -> None:
        """What the senses need beyond the next border is made beside the walk."""
        x, y, _ = self.state.walker.position
        chunk = int(x // CHUNK_M), int(y // CHUNK_M)
        if chunk != self._prepared:
            self._prepared = chunk
            self._beside.submit(self.world.prepare, x, y)
