"""What the machines sense of the hero, as numbers: the source of what F3 shows.

In: states and events, step by step; the world.  Out: the light on the hero and how visible he is, how far his last sound carried, and of
the machines nearest to him how sure they are, were in the last 20 s, and what they are about.
All of it is asked of `world.sim`, by whose answers the machines go; nothing is worked out a second time.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from world.sim import TICK_HZ, Band, Event, EventKind, Harm, Kind, Patrol, Snapshot, State, Trade, World
from world.sim.earshot import noticed_within_m
from world.sim.errands import HOLD_M
from world.sim.exposure import hero_lux, hero_visibility

NEAREST, HISTORY_S = 4, 20.0
DOWN = "down"
_EVERY_TICKS = 6
_SOUND_S = 4.0  # that a sound is shown
_OWN = frozenset(EventKind) - {EventKind.CHIRP, EventKind.FOUND, EventKind.ALERT, EventKind.CALM, EventKind.TAKEN, EventKind.FLED}
_TRADES = {
    Trade.WAITER: "waiter",
    Trade.NURSE: "nurse",
    Trade.CLEANER: "cleaner",
    Trade.COURIER: "courier",
    Trade.PARCELS: "parcels",
}
_NAMES = {kind: kind.name.lower().replace("_", " ") for kind in EventKind}
_AT_GOAL_M = 1.5


@dataclass(frozen=True)
class Sound:
    """The last sound that the hero made: how far in the open a machine notices it, in the rain and thunder of then."""

    what: str
    level_db: float  # at 1 m
    radius_m: float
    place: tuple[float, float, float]
    age_s: float


@dataclass(frozen=True)
class Watcher:
    """A machine near the hero; `row` is its place in the patrol."""

    key: int
    row: int
    trade: str
    distance_m: float
    alert: float
    band: Band
    doing: str


@dataclass(frozen=True)
class Exposure:
    """The hero, as eyes have him."""

    lux: float
    visibility: float


def doing_of(patrol: Patrol, k: int) -> str:
    """What a machine is about, in a few words."""
    harm, band = Harm(int(patrol.harm[k])), Band(int(patrol.band[k]))
    if Harm.CIRCUIT in harm:
        return DOWN
    if band >= Band.SUSPICIOUS and patrol.sighted[k]:
        return "after you" if band is Band.PURSUIT else "sees you"
    if Harm.JOINT in harm:
        return "cannot move"
    if band < Band.SUSPICIOUS:
        return "slows and looks" if band is Band.OBSERVANT else "on its round"
    if patrol.look_since[k] >= 0:
        return "looks about"
    if not patrol.route[k]:
        return "circles" if patrol.kind[k] == Kind.SENTRY else "stands"
    off_m = math.dist(patrol.route[k][-1][:2], patrol.goal[k, :2].tolist())
    if off_m < _AT_GOAL_M:
        return "goes to look"
    return "bars a way out" if abs(off_m - HOLD_M) < _AT_GOAL_M else "searches"


class Senses:
    """`note` each step; ask whenever you like."""

    def __init__(self) -> None:
        kept = round(HISTORY_S * TICK_HZ / _EVERY_TICKS) + 1
        self._alerts: deque[tuple[int, NDArray[np.int64], NDArray[np.float64]]] = deque(maxlen=kept)
        self._sound: Event | None = None
        self._carried: tuple[Event | None, float] = (None, 0.0)  # a sound, and how far it was noticed

    def note(self, state: State, events: Sequence[Event]) -> None:
        """What has just happened."""
        for event in events:
            if event.level_db > 0.0 and event.kind in _OWN:
                self._sound = event
        if state.tick % _EVERY_TICKS == 0:
            self._alerts.append((state.tick, state.patrol.key, state.patrol.alert))

    def exposure(self, world: World, state: State, moment: Snapshot) -> Exposure:
        """The light on the hero, and how visible that, his posture and his pace make him."""
        lux = hero_lux(world, state.walker, state.tick, moment.lights)
        return Exposure(lux, hero_visibility(state.walker, lux))

    def sound(self, world: World, state: State) -> Sound | None:
        """The last sound, while it is news."""
        event = self._sound
        if event is None or not 0 <= state.tick - event.tick <= _SOUND_S * TICK_HZ:
            return None
        if self._carried[0] is not event:
            hour, level = world.hour(event.tick), event.level_db + world.recipe.patrol.hearing_db
            radius = noticed_within_m(event.kind, level, hour.rain_mm_h, hour.thunder_db)
            self._carried = event, radius
        return Sound(_NAMES[event.kind], event.level_db, self._carried[1], event.position, (state.tick - event.tick) / TICK_HZ)

    def nearest(self, state: State) -> list[Watcher]:
        """The machines nearest to the hero, nearest first."""
        patrol = state.patrol
        away = patrol.position - np.array(state.walker.position)
        distance = np.sqrt((away[:, :2] ** 2).sum(axis=1))
        return [
            Watcher(
                int(patrol.key[k]),
                k,
                _TRADES[Trade(int(patrol.trade[k]))],
                float(distance[k]),
                float(patrol.alert[k]),
                Band(int(patrol.band[k])),
                doing_of(patrol, k),
            )
            for k in np.argsort(distance, kind="stable")[:NEAREST].tolist()
        ]

    def curve(self, key: int, now_tick: int) -> NDArray[np.float64]:
        """(N, 2): seconds before now (negative), alert; of the machine with that key, as far back as it was near."""
        points = []
        for tick, keys, alerts in self._alerts:
            row = np.searchsorted(keys, key)
            if row < len(keys) and keys[row] == key and 0 <= now_tick - tick <= HISTORY_S * TICK_HZ:
                points.append(((tick - now_tick) / TICK_HZ, float(alerts[row])))
        return np.array(points).reshape(-1, 2)
