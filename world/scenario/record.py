"""What happened in a rehearsal, over time.

In: ticks, one after the other.  Out: `Record`: T ticks by R robots, NaN and -1 where a robot was not about; events; the last
state's digest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from world.sim import TICK_HZ, Band, Event, EventKind, Kind, State, state_digest


@dataclass(frozen=True)
class Record:
    """Robots in the order of their keys."""

    start_tick: int
    key: NDArray[np.int64]  # (R,)
    kind: NDArray[np.int64]  # (R,) Kind
    alert: NDArray[np.float64]  # (T, R) 0 .. 1
    band: NDArray[np.int64]  # (T, R) Band, -1: not about
    sighted: NDArray[np.bool_]  # (T, R)
    place: NDArray[np.float64]  # (T, R, 3) m
    hero: NDArray[np.float64]  # (T, 3) soles, m
    lux: NDArray[np.float64]  # (T,) on the hero
    visibility: NDArray[np.float64]  # (T,) 0 .. 1
    events: tuple[tuple[int, Event], ...]  # (key of the robot or -1, what)
    digest: str
    stranded: tuple[int, ...]  # acts (from 1) whose place was not reached

    @property
    def seconds(self) -> float:
        """How long it was."""
        return len(self.alert) / TICK_HZ

    @property
    def distance(self) -> NDArray[np.float64]:
        """(T, R) m, in the plane, from the hero."""
        away = self.place[:, :, :2] - self.hero[:, None, :2]
        return np.sqrt((away * away).sum(axis=2))

    def name(self, robot: int) -> str:
        """What a table calls the robot."""
        return f"{Kind(int(self.kind[robot])).name.lower()} {robot + 1}"

    def peak(self, robot: int = 0) -> Band:
        """The highest band that a robot came to."""
        return Band(max(0, int(self.band[:, robot].max())))

    def happened(self, kind: EventKind) -> list[float]:
        """When something happened, seconds since the start."""
        return [(event.tick - self.start_tick) / TICK_HZ for _, event in self.events if event.kind == kind]

    def first_s(self, band: Band, robot: int = 0) -> float:
        """Seconds until a robot came to a band, or infinity."""
        rows = np.flatnonzero(self.band[:, robot] >= band)
        return float(rows[0] + 1) / TICK_HZ if len(rows) else float("inf")


class Recorder:
    """Takes a state a tick."""

    def __init__(self, start: State) -> None:
        self._start = start
        self._states: list[State] = []
        self._seen: list[tuple[float, float]] = []
        self._events: list[tuple[int, Event]] = []

    def take(self, state: State, events: list[Event], lux: float, visibility: float) -> None:
        """One tick more."""
        self._states.append(state)
        self._seen.append((lux, visibility))
        keys = state.patrol.key
        self._events += [(int(keys[event.robot]) if event.robot >= 0 else -1, event) for event in events]

    def record(self, stranded: list[int]) -> Record:
        """All of it."""
        kinds: dict[int, int] = {}
        for state in self._states:
            kinds.update(zip(state.patrol.key.tolist(), state.patrol.kind.tolist(), strict=True))
        key = np.array(sorted(kinds), dtype=np.int64)
        ticks, robots = len(self._states), len(key)
        alert, band = np.full((ticks, robots), np.nan), np.full((ticks, robots), -1)
        sighted, place = np.zeros((ticks, robots), dtype=bool), np.full((ticks, robots, 3), np.nan)
        for t, state in enumerate(self._states):
            column = np.searchsorted(key, state.patrol.key)
            alert[t, column], band[t, column] = state.patrol.alert, state.patrol.band
            sighted[t, column], place[t, column] = state.patrol.sighted, state.patrol.position
        last = self._states[-1] if self._states else self._start
        seen = np.array(self._seen).reshape(ticks, 2)
        return Record(
            start_tick=self._start.tick,
            key=key,
            kind=np.array([kinds[one] for one in key.tolist()], dtype=np.int64),
            alert=alert,
            band=band,
            sighted=sighted,
            place=place,
            hero=np.array([state.walker.position for state in self._states]).reshape(ticks, 3),
            lux=seen[:, 0],
            visibility=seen[:, 1],
            events=tuple(self._events),
            digest=state_digest(last),
            stranded=tuple(stranded),
        )
