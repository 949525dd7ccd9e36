"""Everything that the next tick depends on, and what happened in this one.

In: nothing.  Out: `State` (frozen: walker, hands, patrol, others), `Event`, `state_digest`.
Arrays in a state are never written to again: a state is a value, and a take may keep as many as it likes.
"""

from __future__ import annotations

import enum
import hashlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from world.space import Material

TICK_HZ = 60
DT_S = 1.0 / TICK_HZ
LONG_AGO = -(10**6)

Vector = tuple[float, float, float]


@dataclass(frozen=True)
class Climb:
    """A mantle or a vault under way: from `start` over `crest` to `end` in `seconds`, of which `elapsed_s` have passed."""

    start: Vector
    crest: Vector
    end: Vector
    seconds: float
    elapsed_s: float = 0.0


@dataclass(frozen=True)
class Walker:
    """The hero. `position` is the middle of the soles, metres; `velocity` m/s; `heading_q`, `pitch_q` units of a turn."""

    position: Vector
    velocity: Vector = (0.0, 0.0, 0.0)
    heading_q: int = 0
    pitch_q: int = 0
    eye_m: float = 1.65  # eyes above the soles, eased between stances
    lag_m: float = 0.0  # what is left to ease of a step up or down
    dip_m: float = 0.0  # knees giving way on landing
    dip_m_s: float = 0.0
    lean: float = 0.0  # -1 left .. 1 right
    grounded: bool = True
    touching: bool = False  # a wall, in the last tick
    crouched: bool = False
    stride_m: float = 0.0  # walked since the last footfall
    bob_turns: float = 0.0  # phase of the gait: one turn is two footfalls
    exertion: float = 0.0  # 0 rested .. 1 spent
    breath: float = 0.0  # share of the breath under way
    climb: Climb | None = None
    hugging: bool = False  # close along a wall, slowly


@dataclass(frozen=True)
class Hands:
    """What the hero holds and does; `bottle` None: it is in the hand. Times in ticks."""

    bottle: Vector | None = None  # m, where it flies or lies
    velocity: Vector = (0.0, 0.0, 0.0)  # of the bottle, m/s
    resting: bool = True
    aiming_since: int = -1  # the arm is drawn back since then, or below 0
    thrown_at: int = LONG_AGO
    taken_at: int = LONG_AGO  # the bottle was picked up again
    struck_at: int = LONG_AGO  # a blow began
    struck: int = 0  # Harm that the blow did, 0: it hit nothing
    held_since: int = -1  # breath is held since then, or -1
    air: float = 1.0  # share of the breath that one can hold
    wet: float = 0.0  # sleeves: 0 dry .. 1 soaked
    buttons: int = 0  # those that count when they go down, as they were in the last tick


class Band(enum.IntEnum):
    """How alarmed a robot is."""

    UNAWARE = 0
    OBSERVANT = 1
    SUSPICIOUS = 2
    SEARCHING = 3
    AGITATED = 4
    PURSUIT = 5


@dataclass(frozen=True)
class Patrol:
    """R robots as arrays; times in ticks, points in metres, directions as unit vectors in the plane."""

    position: NDArray[np.float64]  # (R, 3) underside of the hull, hovering
    facing: NDArray[np.float64]  # (R, 2)
    head: NDArray[np.float64]  # (R, 2) where the sensor looks
    speed: NDArray[np.float64]  # (R,) m/s
    along_m: NDArray[np.float64]  # (R,) progress on its loop
    alert: NDArray[np.float64]  # (R,) 0 .. 1
    band: NDArray[np.int64]  # (R,) Band
    band_since: NDArray[np.int64]  # (R,) tick at which the band began
    evidence_at: NDArray[np.int64]  # (R,) tick of the last evidence
    sighted: NDArray[np.bool_]  # (R,) sees the hero now
    sighted_at: NDArray[np.int64]  # (R,) tick of its last sight of him
    seen_for: NDArray[np.int64]  # (R,) ticks of sighted pursuit within reach
    heard_x: NDArray[np.float64]  # (R,) excess (dB) of the last sound that it noticed
    heard_at: NDArray[np.int64]  # (R,) tick at which it was noticed
    pending_due: NDArray[np.int64]  # (R,) tick at which a noticed sound takes effect, or -1
    pending_gain: NDArray[np.float64]  # (R,) what it will add
    pending_place: NDArray[np.float64]  # (R, 3) where it seemed to come from
    goal: NDArray[np.float64]  # (R, 3) where it goes to look
    goal_since: NDArray[np.int64]  # (R,) tick at which that place became of interest
    look_since: NDArray[np.int64]  # (R,) tick at which it arrived and began to scan, or -1
    chirped_at: NDArray[np.int64]  # (R,) tick of its last call
    route: tuple[tuple[Vector, ...], ...]  # R routes: the corners still ahead
    key: NDArray[np.int64]  # (R,) whose it is: the same robot has the same key in every walk
    kind: NDArray[np.int64]  # (R,) Kind
    trade: NDArray[np.int64]  # (R,) Trade
    harm: NDArray[np.int64]  # (R,) Harm, as a number
    harmed_at: NDArray[np.int64]  # (R,) tick of the first harm, or LONG_AGO
    travelled_m: NDArray[np.float64]  # (R,) for wheels and legs
    beam: NDArray[np.float64]  # (R, 3) unit: where its lamp shines
    poise: NDArray[np.float64]  # (R,) 0 .. 1, the alert as its body shows it: a joint takes a moment
    known_wreck: NDArray[np.int64]  # (R,) key of the broken robot that it found last, or -1

    def __len__(self) -> int:
        return len(self.alert)

    def take(self, which: Sequence[int]) -> Patrol:
        """Those with the given indices."""
        rows = np.asarray(which, dtype=np.int64)
        arrays = {one.name: getattr(self, one.name)[rows] for one in fields(self) if one.name != "route"}
        return Patrol(**arrays, route=tuple(self.route[k] for k in which))

    @staticmethod
    def join(parts: Sequence[Patrol]) -> Patrol:
        """All of `parts` (at least one), in order."""
        names = [one.name for one in fields(Patrol) if one.name != "route"]
        arrays = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
        return Patrol(**arrays, route=tuple(route for part in parts for route in part.route))


@dataclass(frozen=True)
class Fate:
    """What became of a robot that is out of reach now: it is met again as it was left."""

    key: int
    harm: int
    harmed_at: int
    position: Vector
    facing: tuple[float, float]


class Soul(enum.IntEnum):
    """Who else is out there."""

    SURVIVOR = 0
    STRAY = 1
    CAPTIVE = 2


class Mood(enum.IntEnum):
    """What they are about."""

    HUDDLED = 0  # still, in their hiding place (a stray: sniffing about)
    WARY = 1  # heads up: something is near
    FLEEING = 2
    WINDED = 3  # has run far enough: slows down, kneels, sits
    TAKEN = 4  # a robot has them
    LED = 5  # on the way to the truck
    GONE = 6


@dataclass(frozen=True)
class Others:
    """N people and strays as arrays."""

    key: NDArray[np.int64]  # (N,)
    soul: NDArray[np.int64]  # (N,) Soul
    mood: NDArray[np.int64]  # (N,) Mood
    since: NDArray[np.int64]  # (N,) tick at which the mood began
    position: NDArray[np.float64]  # (N, 3) soles
    facing: NDArray[np.float64]  # (N, 2)
    speed: NDArray[np.float64]  # (N,) m/s
    travelled_m: NDArray[np.float64]  # (N,)

    def __len__(self) -> int:
        return len(self.key)

    @staticmethod
    def none() -> Others:
        """Nobody."""
        whole, real = np.zeros(0, np.int64), np.zeros(0)
        return Others(whole, whole, whole, whole, np.zeros((0, 3)), np.zeros((0, 2)), real, real)


@dataclass(frozen=True)
class State:
    """One tick of the world. Equal states have equal digests in any process."""

    tick: int
    walker: Walker
    patrol: Patrol
    calm_until: int = 0  # no robot takes notice before this tick (after a capture)
    hands: Hands = Hands()
    others: Others = field(default_factory=Others.none)
    home: tuple[int, int] | None = None  # the chunk that robots and others were called up for
    fates: tuple[Fate, ...] = ()  # of harmed robots out of reach, by key
    lost: tuple[int, ...] = ()  # keys of others who are gone for good
    shelter: tuple[Vector, int] | None = None  # where one wakes (soles, heading_q), None: at the start


class EventKind(enum.IntEnum):
    """What can happen in a tick."""

    FOOTSTEP = 0
    LANDING = 1
    MANTLE = 2
    VAULT = 3
    CHIRP = 4  # a robot calls its peers
    ALERT = 5  # a robot's band rose
    CALM = 6  # a robot's band fell
    CAPTURED = 7
    BREATH = 8
    THROW = 9  # the bottle leaves the hand
    BOTTLE = 10  # it hits something: `material` says what
    PICKED_UP = 11
    STRIKE = 12  # a blow that broke something: `harm`, `robot`
    MISS = 13  # a blow that did not
    RUBBLE = 14  # dislodged underfoot
    GASP = 15  # breath let go at last
    FOUND = 16  # a robot finds a broken one
    SHELTER = 17  # the hero comes into a shelter: here one will wake
    FLED = 18  # one of the others runs
    TAKEN = 19  # one of the others is caught


@dataclass(frozen=True)
class Event:
    """Something that happened: `level_db` is the sound's level at 1 m (0: silent); `robot` -1 is the hero."""

    kind: EventKind
    tick: int
    position: Vector
    level_db: float = 0.0
    material: Material = Material.ASPHALT
    puddle: bool = False
    robot: int = -1
    band: Band = Band.UNAWARE
    harm: int = 0
    soul: int = -1


def state_digest(state: State) -> str:
    """SHA-256 (hex) over every bit of the state."""
    sha = hashlib.sha256()
    _feed(sha, state)
    return sha.hexdigest()


def _feed(sha: Any, value: Any) -> None:
    if isinstance(value, np.ndarray):
        sha.update(f"{value.dtype.str}{value.shape}".encode() + np.ascontiguousarray(value).tobytes())
    elif is_dataclass(value):
        for one in fields(value):
            sha.update(one.name.encode())
            _feed(sha, getattr(value, one.name))
    elif isinstance(value, tuple):
        sha.update(b"(%d" % len(value))
        for item in value:
            _feed(sha, item)
    elif isinstance(value, float):
        sha.update(struct.pack("<d", value))
    else:
        sha.update(repr(value).encode())
