"""Which robots there are, and which round each goes.

In: a recipe.  Out: `Beat`s in closed form: near a place, or by the key of one.
How: every round of the plan has eight places; a place is taken where its draw is under the density asked for, so that a denser patrol
keeps every robot of a thinner one. A beat's key is its place in the lattice: the same robot in every walk, in any order of visits.
A sentry's beat is a small square over one side of a round.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from world.fields import uniform
from world.plan.patrol import Loop, loops_in, loops_of
from world.recipe import Recipe
from world.sim.kinds import SPEED_PATROL_M_S, TRADES, Kind, Trade
from world.sim.rounds import Rounds, loop_length, point_on
from world.space.chunk_space import CHUNK_M
from world.space.window import Remembered

NEAR_M = 300.0  # robots whose round lies within that of the hero's chunk are in the state
_ROUNDS_NEAR = 18  # within that distance, on average over the default city
_PLACES = 8  # on a round
ROBOTS_MAX = _ROUNDS_NEAR * _PLACES
_CLEAR_OF_START_M = 30.0
_SENTRY_HALF_M = 5.0
_OFFSET, _WIDE = 1 << 20, 1 << 21  # superblocks either way
_KEPT = 64


@dataclass(frozen=True)
class Beat:
    """`loop` (4, 2) is a closed polyline (m); at tick 0 the robot is `along_m` round it."""

    key: int
    kind: Kind
    trade: Trade
    loop: NDArray[np.float64]
    along_m: float

    def along_at(self, seconds: float, pace: float) -> float:
        """How far round it is after so long, where nothing holds it up."""
        return self.along_m + float(SPEED_PATROL_M_S[self.kind]) * pace * seconds


class Beats(ABC):
    """What a `World` asks."""

    def __init__(self) -> None:
        self._rounds: OrderedDict[bytes, Rounds] = OrderedDict()

    @abstractmethod
    def near(self, cx: int, cy: int) -> tuple[Beat, ...]:
        """The beats about chunk (cx, cy), by key."""

    @abstractmethod
    def of(self, key: int) -> Beat:
        """The beat of a key that `near` gave."""

    def rounds(self, keys: NDArray[np.int64]) -> Rounds:
        """The rounds of robots."""
        name = keys.tobytes()
        if name not in self._rounds:
            corners = np.array([self.of(key).loop for key in keys.tolist()]).reshape(len(keys), 4, 2)
            self._rounds[name] = Rounds.of(corners)
            while len(self._rounds) > _KEPT:
                self._rounds.popitem(last=False)
        return self._rounds[name]


class CityBeats(Beats):
    """The patrols of a city. The round nearest to `start` is never empty, while there are robots at all, and is a glider's."""

    def __init__(self, recipe: Recipe, start: tuple[float, float]) -> None:
        super().__init__()
        self.recipe, self.start = recipe, start
        self._near: Remembered[tuple[int, int], tuple[Beat, ...]] = Remembered(
            lambda chunk: self.within((chunk[0] + 0.5) * CHUNK_M, (chunk[1] + 0.5) * CHUNK_M, NEAR_M), _KEPT
        )
        self._beats: dict[int, Beat] = {}
        self._first: int | None = None

    def near(self, cx: int, cy: int) -> tuple[Beat, ...]:
        """The beats whose rounds lie about chunk (cx, cy), by key."""
        return self._near((cx, cy))

    def within(self, x: float, y: float, reach_m: float) -> tuple[Beat, ...]:
        """The beats whose rounds lie that near to a point, by key."""
        if not self.recipe.patrol.robots:
            return ()
        loops = loops_in(self.recipe, x - reach_m, y - reach_m, x + reach_m, y + reach_m)
        keys = [key for loop in loops if math.dist(loop.middle, (x, y)) < reach_m for key in self._taken(loop)]
        return tuple(self.of(key) for key in sorted(keys))

    def of(self, key: int) -> Beat:
        """The beat of a key."""
        if key not in self._beats:
            if len(self._beats) > _KEPT * ROBOTS_MAX:
                self._beats.clear()
            self._beats[key] = self._beat(key)
        return self._beats[key]

    def _taken(self, loop: Loop) -> list[int]:
        """The keys of the places of a round that robots hold."""
        seed, share = self.recipe.seed_of("patrol"), self.recipe.patrol.robots / ROBOTS_MAX
        taken = [place for place in range(_PLACES) if uniform(seed, "beat", *loop.key, place) < share]
        if 0 not in taken and _key(loop.key, 0) == self._key_of_first():
            taken = [0, *taken]
        return [_key(loop.key, place) for place in taken]

    def _key_of_first(self) -> int:
        """The first place on the round nearest to where one wakes."""
        if self._first is None:
            x, y = self.start
            loops: list[Loop] = []
            for reach in (150.0, NEAR_M, 2.0 * NEAR_M, 4.0 * NEAR_M):
                loops = loops_in(self.recipe, x - reach, y - reach, x + reach, y + reach)
                if loops:
                    break
            nearest = min(loops, key=lambda loop: (math.dist(loop.middle, (x, y)), loop.key), default=None)
            self._first = -1 if nearest is None else _key(nearest.key, 0)
        return self._first

    def _beat(self, key: int) -> Beat:
        i, j, number, place = _unpacked(key)
        seed, patrol = self.recipe.seed_of("patrol"), self.recipe.patrol
        loop = np.array(next(loop.points for loop in loops_of(self.recipe, i, j) if loop.key[2] == number))
        kind = Kind.GLIDER
        if key != self._key_of_first():
            draw = uniform(seed, "beat/kind", i, j, number, place)
            for other, share in ((Kind.HEAVY, patrol.heavies), (Kind.RUNNER, patrol.runners), (Kind.SENTRY, patrol.sentries)):
                if 0.0 <= draw < share:
                    kind = other
                draw -= share
        trades = TRADES[kind]
        trade = trades[int(uniform(seed, "beat/trade", i, j, number, place) * len(trades))]
        if kind == Kind.SENTRY:
            loop = _station(loop, uniform(seed, "beat/station", i, j, number, place))
        along = 0.0
        for attempt in range(24):
            along = float(uniform(seed, "beat/along", i, j, number, place, attempt)) * loop_length(loop)
            if math.dist(point_on(loop, along), self.start) > _CLEAR_OF_START_M:
                break
        return Beat(key, kind, trade, loop, along)


class FixedBeats(Beats):
    """Given beats, everywhere near; their keys are their places in the row."""

    def __init__(self, beats: tuple[Beat, ...]) -> None:
        super().__init__()
        self.beats = beats

    @staticmethod
    def on(loops: tuple[NDArray[np.float64], ...], kinds: tuple[Kind, ...] = (), along_m: tuple[float, ...] = ()) -> FixedBeats:
        """One robot on each loop, `along_m` round it (drawn where none is said): gliders unless `kinds` says else."""
        beats = []
        for k, loop in enumerate(loops):
            kind = kinds[k] if k < len(kinds) else Kind.GLIDER
            along = along_m[k] if k < len(along_m) else float(uniform(0, "beat/along", k)) * loop_length(loop)
            beats.append(Beat(k, kind, TRADES[kind][k % len(TRADES[kind])], loop, along))
        return FixedBeats(tuple(beats))

    def near(self, cx: int, cy: int) -> tuple[Beat, ...]:
        """All of them."""
        return self.beats

    def of(self, key: int) -> Beat:
        """The beat of a key."""
        return self.beats[key]


def _station(loop: NDArray[np.float64], draw: float) -> NDArray[np.float64]:
    """A small square round a point of the round."""
    x, y = point_on(loop, draw * loop_length(loop))
    h = _SENTRY_HALF_M
    return np.array([[x - h, y - h], [x - h, y + h], [x + h, y + h], [x + h, y - h]])


def _key(loop: tuple[int, int, int], place: int) -> int:
    i, j, number = loop
    return (((i + _OFFSET) * _WIDE + j + _OFFSET) * 8 + number) * _PLACES + place


def _unpacked(key: int) -> tuple[int, int, int, int]:
    rest, place = divmod(key, _PLACES)
    rest, number = divmod(rest, 8)
    i, j = divmod(rest, _WIDE)
    return i - _OFFSET, j - _OFFSET, number, place
