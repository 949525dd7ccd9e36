"""Everything that the next tick depends on, what happened in this one, and what may be seen of it.

In: nothing.  Out: `State` (frozen: walker and patrol), `Event`, `Snapshot` for drawing and sound, `state_digest`.
Arrays in a state are never written to again: a state is a value, and a take may keep as many as it likes.
"""

from __future__ import annotations

import enum
import hashlib
import struct
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from world.pose import Pose
from world.space import Material

TICK_HZ = 60
DT_S = 1.0 / TICK_HZ

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
    seen_for: NDArray[np.int64]  # (R,) ticks of sighted pursuit within reach
    heard_x: NDArray[np.float64]  # (R,) excess (dB) of the last sound that it noticed
    heard_at: NDArray[np.int64]  # (R,) tick at which it was noticed
    pending_due: NDArray[np.int64]  # (R,) tick at which a noticed sound takes effect, or -1
    pending_gain: NDArray[np.float64]  # (R,) what it will add
    pending_place: NDArray[np.float64]  # (R, 2) where it seemed to come from
    goal: NDArray[np.float64]  # (R, 2) where it goes to look
    goal_since: NDArray[np.int64]  # (R,) tick at which that place became of interest
    look_since: NDArray[np.int64]  # (R,) tick at which it arrived and began to scan, or -1
    chirped_at: NDArray[np.int64]  # (R,) tick of its last call
    route: tuple[tuple[tuple[float, float], ...], ...]  # R routes: the corners still ahead

    def __len__(self) -> int:
        return len(self.alert)


@dataclass(frozen=True)
class State:
    """One tick of the world. Equal states have equal digests in any process."""

    tick: int
    walker: Walker
    patrol: Patrol
    calm_until: int = 0  # no robot takes notice before this tick (after a capture)


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


@dataclass(frozen=True)
class Snapshot:
    """What may be drawn and heard of a moment between two ticks (angles in degrees, clockwise from north)."""

    tick: int
    time_s: float
    eye: Pose
    position: NDArray[np.float64]  # (R, 3) underside of each robot's hull
    heading_deg: NDArray[np.float64]  # (R,)
    head_deg: NDArray[np.float64]  # (R,)
    band: NDArray[np.int64]  # (R,) Band


def state_digest(state: State) -> str:
    """SHA-256 (hex) over every bit of the state."""
    sha = hashlib.sha256()
    _feed(sha, state)
    return sha.hexdigest()


def _feed(sha: Any, value: Any) -> None:
    if isinstance(value, np.ndarray):
        sha.update(f"{value.dtype.str}{value.shape}".encode() + np.ascontiguousarray(value).tobytes())
    elif is_dataclass(value):
        for field in fields(value):
            sha.update(field.name.encode())
            _feed(sha, getattr(value, field.name))
    elif isinstance(value, tuple):
        sha.update(b"(%d" % len(value))
        for item in value:
            _feed(sha, item)
    elif isinstance(value, float):
        sha.update(struct.pack("<d", value))
    else:
        sha.update(repr(value).encode())
