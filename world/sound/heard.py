"""What is heard, as plain numbers: voices that sound on, shots that begin, beds that lie under all; and how levels become gains.

In: levels (dB), losses, lengths, directions.  Out: `Voice`, `Shot`, `Heard`, `Volumes`; gain, cutoff and brightness.
The same numbers serve the loudspeakers, the film's sound track and the captions.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from world.conditions import SPEED_OF_SOUND
from world.pose import Pose
from world.sim import Event
from world.sound.spaces import Space

LOOP_FULL_DB, SHOT_FULL_DB = 50.0, 64.0  # the levels at the ear that play at gain 1
GAIN_MAX = 3.0
BRIGHT_HZ, DULLEST_HZ = 18_000.0, 250.0
_OCTAVE_DB = 9.0  # of loss per octave of treble

Vector = tuple[float, float, float]
Paths = tuple[float, float, NDArray[np.float64]]  # length m, loss dB, where it comes from


class Bus(enum.IntEnum):
    """What a person has a volume for."""

    MACHINES = 0
    WEATHER = 1
    STEPS = 2  # one's own: steps, hands, breath, heart
    PLACES = 3
    SCORE = 4


@dataclass(frozen=True)
class Volumes:
    """Linear, 0 .. 1."""

    master: float = 1.0
    machines: float = 1.0
    weather: float = 1.0
    steps: float = 1.0
    places: float = 1.0
    score: float = 1.0

    def of(self, bus: Bus) -> float:
        """The volume of a `Bus`, the master's included."""
        return self.master * (self.machines, self.weather, self.steps, self.places, self.score)[bus]


@dataclass(frozen=True)
class Voice:
    """A loop that sounds. `key` says what it is of and whose: a family ("hum", "wheels", "neon", …) and, of machines, the row in the
    moment; `identity` stays the same for as long as the thing does. Azimuth clockwise from where the head faces."""

    key: tuple[str, int]
    level_db: float  # at the ear
    above_db: float  # above the masking of the rain
    gain: float
    azimuth_deg: float
    elevation_deg: float
    cutoff_hz: float
    delay_s: float
    distance_m: float  # along its way
    band: int
    direction: Vector  # world, from the ear to where it comes from
    sound: str = ""  # its name in the repertoire
    identity: int = 0
    bus: Bus = Bus.MACHINES

    @property
    def lateral(self) -> float:
        """-1 at the left ear .. 1 at the right."""
        return math.sin(math.radians(self.azimuth_deg)) * math.cos(math.radians(self.elevation_deg))

    @property
    def whose(self) -> tuple[str, int]:
        """What tells one voice from another from moment to moment."""
        return self.key[0], self.identity


@dataclass(frozen=True)
class Heard:
    """All that sounds on at one moment; voices loudest first. `beds` are gains of the loops that lie under all, by name; `spaces` how
    much of each `Space` there is round the ear."""

    time_s: float
    voices: tuple[Voice, ...]
    beds: Mapping[str, float] = field(default_factory=dict)
    spaces: tuple[float, ...] = (1.0, 0.0, 0.0, 0.0)
    heading_deg: float = 0.0  # of the head

    @property
    def space(self) -> Space:
        """The one there is most of."""
        return Space(int(np.argmax(self.spaces)))


@dataclass(frozen=True)
class Shot:
    """A sound that begins at `time_s` and ends by itself; `sound` names it in the repertoire."""

    time_s: float
    sound: str
    variant: int
    bus: Bus
    gain: float
    lateral: float
    cutoff_hz: float
    above_db: float = 0.0  # above the masking of the rain
    distance_m: float = 0.0  # along its way
    direction: Vector = (0.0, 0.0, -1.0)  # world, from the ear to where it comes from
    event: Event | None = None  # what made it


def gain_of(level: float, full_db: float) -> float:
    """Linear gain of a level at the ear, at most `GAIN_MAX`."""
    return 0.0 if level == -math.inf else min(GAIN_MAX, float(10.0 ** ((level - full_db) / 20.0)))


def cutoff_of(loss_db: float, length_m: float) -> float:
    """Where the treble ends (Hz): what a way swallows, it swallows from the top; so does a long way through the air."""
    if not math.isfinite(loss_db):
        return DULLEST_HZ
    return max(DULLEST_HZ, BRIGHT_HZ * 2.0 ** (-loss_db / _OCTAVE_DB) / (1.0 + length_m / 120.0))


def brightness_of(cutoff_hz: float) -> float:
    """0 dull .. 1 bright: the share of the bright layer for a cutoff."""
    return min(1.0, max(0.0, math.log2(cutoff_hz / DULLEST_HZ) / math.log2(BRIGHT_HZ / DULLEST_HZ)))


def voice_of(
    eye: Pose, key: tuple[str, int], sound: str, level: float, above: float, fade: float, way: Paths, *,
    band: int = 0, identity: int = 0, bus: Bus = Bus.MACHINES,
) -> Voice:  # fmt: skip
    """A voice that comes along `way`, as loud as `level` says, faded by `fade`."""
    length, loss, place = way
    towards = towards_of(eye, place)
    azimuth, elevation = angles_of(eye, towards)
    gain = gain_of(level, LOOP_FULL_DB) * max(0.0, fade)
    delay = length / SPEED_OF_SOUND
    return Voice(key, level, above, gain, azimuth, elevation, cutoff_of(loss, length), delay, length, band, towards, sound, identity, bus)


def towards_of(eye: Pose, place: NDArray[np.float64]) -> Vector:
    """Unit vector from the ear to a place."""
    away = place - np.array(eye.position)
    distance = max(float(np.sqrt((away**2).sum())), 1e-6)
    return float(away[0]) / distance, float(away[1]) / distance, float(away[2]) / distance


def angles_of(eye: Pose, towards: Vector) -> tuple[float, float]:
    """Azimuth and elevation (degrees) of a world direction, for a head that turns but does not tilt."""
    bearing = math.degrees(math.atan2(towards[0], towards[1])) - eye.heading_deg
    return (bearing + 180.0) % 360.0 - 180.0, math.degrees(math.asin(max(-1.0, min(1.0, towards[2]))))


def ahead_of(heading_deg: float, towards: Vector) -> Vector:
    """A world direction in the head's frame: x right, y ahead, z up."""
    turn = math.radians(heading_deg)
    sine, cosine = math.sin(turn), math.cos(turn)
    x, y, z = towards
    return x * cosine - y * sine, x * sine + y * cosine, z


def lateral_of(eye: Pose, towards: Vector) -> float:
    """-1 at the left ear .. 1 at the right."""
    azimuth, elevation = angles_of(eye, towards)
    return math.sin(math.radians(azimuth)) * math.cos(math.radians(elevation))
