"""The hero of a scenario: one act after the other, as the commands that a person's keys would make.

In: the acts, the state before each tick.  Out: a `Command` a tick, until all is done.
He walks straight to where he is to go, and turns at once, as a mouse does; a throw is aimed by trying the arc that he would see.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from world.scenario.model import Act
from world.sim import TICK_HZ, Button, Command, State
from world.sim.exact import TURN, units_from_degrees
from world.sim.throw import arc
from world.sim.world import World

ARRIVED_M = 0.35
_GIVES_UP_S = 90.0  # on the way to one place
_AIMED_TICKS = 30  # that the arm is drawn back
_PRESSED_TICKS = 6
_PITCHES = range(-30, 61, 3)
_PACES = {"walk": Button.NONE, "run": Button.RUN, "creep": Button.CREEP}


class Actor:
    """Deterministic in (acts, states); `done` once the last act is over; `stranded` lists the acts (from 1) whose place was not reached."""

    def __init__(self, acts: Sequence[Act], heading_deg: float) -> None:
        self._acts = acts
        self._heading_q = units_from_degrees(heading_deg) % TURN
        self._pitch_q = 0
        self._number, self._ticks = 0, 0
        self.stranded: list[int] = []

    @property
    def done(self) -> bool:
        """Whether every act is over."""
        return self._number >= len(self._acts)

    def command(self, state: State, world: World) -> Command:
        """What the hero does in the tick after `state`."""
        while not self.done and self._over(self._acts[self._number], state):
            self._number, self._ticks = self._number + 1, 0
        if self.done:
            return Command(Button.NONE, self._heading_q, self._pitch_q)
        act = self._acts[self._number]
        buttons = Button.CROUCH if act.crouch else Button.NONE
        if act.hold_breath:
            buttons |= Button.BREATH
        if self._ticks == 0:
            self._pitch_q = units_from_degrees(act.pitch_deg)
            if act.look_deg is not None:
                self._heading_q = units_from_degrees(act.look_deg) % TURN
        if act.go is not None:
            self._face(act.go, state)
            buttons |= Button.FORWARD | _PACES[act.pace]
        elif act.throw is not None:
            if self._ticks == 0:
                self._face(act.throw, state)
                self._pitch_q = self._aimed(act.throw, state, world)
            buttons |= Button.THROW if self._ticks < _AIMED_TICKS else Button.NONE
        elif act.do is not None and self._ticks < _PRESSED_TICKS:
            buttons |= {"strike": Button.STRIKE, "use": Button.USE, "jump": Button.JUMP}[act.do]
        self._ticks += 1
        return Command(buttons, self._heading_q, self._pitch_q)

    def _over(self, act: Act, state: State) -> bool:
        if act.go is not None:
            if math.dist(act.go, state.walker.position[:2]) <= ARRIVED_M:
                return True
            if self._ticks >= _GIVES_UP_S * TICK_HZ:
                self.stranded.append(self._number + 1)
                return True
            return False
        if act.wait_s is not None:
            return self._ticks >= round(act.wait_s * TICK_HZ)
        if act.throw is not None:
            return self._ticks > _AIMED_TICKS
        return self._ticks > _PRESSED_TICKS and state.walker.climb is None

    def _face(self, place: tuple[float, float], state: State) -> None:
        x, y, _ = state.walker.position
        self._heading_q = units_from_degrees(math.degrees(math.atan2(place[0] - x, place[1] - y))) % TURN

    def _aimed(self, place: tuple[float, float], state: State, world: World) -> int:
        """The pitch at which the bottle first strikes nearest to `place`."""

        def miss(pitch_deg: int) -> float:
            aiming = replace(state.walker, heading_q=self._heading_q, pitch_q=units_from_degrees(float(pitch_deg)))
            return math.dist(arc(world.window, aiming)[-1][:2], place)

        return units_from_degrees(float(min(_PITCHES, key=lambda pitch: (miss(pitch), pitch))))
