"""What reaches the ear: which sounds, how loud, from where, how dull.

In: a moment (`Snapshot`), what happened, the `World`, the hour.  Out: `Heard` (what sounds on) and `Shot`s (what sounds once): plain
numbers, the same for the loudspeakers, the film's sound track and the captions.
How: along the same paths by which robots hear. A sound comes from the last portal on its way, as loud as the way leaves it,
and duller the more the way swallowed.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from world.conditions import SPEED_OF_SOUND, Conditions, conditions_at, thunders
from world.pose import Pose
from world.recipe import Recipe
from world.sim import Band, Event, EventKind, Snapshot, World
from world.sim.ears import HUM_CULL_M, HUM_DB, hum_floor_db, level_db, step_floor_db
from world.sim.kinds import EYE_M
from world.sound.synthesis import VARIANTS
from world.space.chunk_space import CHUNK_M

LOOP_FULL_DB, SHOT_FULL_DB = 50.0, 64.0  # the levels at the ear that play at gain 1
CODE_OF_BAND = (0, 0, 1, 2, 2, 3)  # by Band: which of `synthesis.HUM_CODES`
VOICES_MAX = 24
_FADE_DB = 8.0  # below its masking floor a hum fades out over this much
_BRIGHT_HZ, _DULLEST_HZ = 18_000.0, 250.0
_OCTAVE_DB = 9.0  # of loss per octave of treble
_NEON_DB, _NEON_REACH_M, _NEON_MOST = 38.0, 9.0, 2
_SHELTER_DB = 7.0
_CITY_GAIN = 0.16
_THUNDER_DB, _THUNDER_NEAR_M, _THUNDER_HZ = 70.0, 500.0, 8000.0  # at the ear from there, and its treble


class Bus(enum.IntEnum):
    """What a person has a volume for."""

    MACHINES = 0
    WEATHER = 1
    STEPS = 2


@dataclass(frozen=True)
class Volumes:
    """Linear, 0 .. 1."""

    master: float = 1.0
    machines: float = 1.0
    weather: float = 1.0
    steps: float = 1.0

    def of(self, bus: Bus) -> float:
        """The volume of a `Bus`, the master's included."""
        return self.master * (self.machines, self.weather, self.steps)[bus]


@dataclass(frozen=True)
class Voice:
    """A loop that sounds: `key` says whose it is, `sound` is "hum" or "neon". Azimuth clockwise from where the head faces."""

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
    direction: tuple[float, float, float]  # world, from the ear to where it comes from

    @property
    def lateral(self) -> float:
        """-1 at the left ear .. 1 at the right."""
        return math.sin(math.radians(self.azimuth_deg)) * math.cos(math.radians(self.elevation_deg))


@dataclass(frozen=True)
class Heard:
    """All that sounds on at one moment; voices loudest first."""

    time_s: float
    voices: tuple[Voice, ...]
    rain_gain: float
    shelter: float  # 0 in the open .. 1 under a roof
    city_gain: float


@dataclass(frozen=True)
class Shot:
    """A sound that begins at `time_s` and ends by itself; `sound` names a function of `synthesis` and its material."""

    time_s: float
    sound: str
    variant: int
    bus: Bus
    gain: float
    lateral: float
    cutoff_hz: float
    above_db: float = 0.0  # above the masking of the rain
    distance_m: float = 0.0  # along its way
    direction: tuple[float, float, float] = (0.0, 0.0, -1.0)  # world, from the ear to where it comes from
    event: Event | None = None  # what made it


def hear(world: World, moment: Snapshot, hour: Conditions) -> Heard:
    """What sounds on at this moment, for the ear at `moment.eye`."""
    voices = sorted(_hums(world, moment, hour) + _neon(world, moment, hour), key=lambda voice: -voice.level_db)
    floor = step_floor_db(hour.rain_mm_h)
    rain = 10.0 ** ((floor - 44.0) / 20.0) * min(1.0, hour.rain_mm_h)
    return Heard(moment.time_s, tuple(voices[:VOICES_MAX]), rain, _shelter(world, moment.eye), _CITY_GAIN)


def shots(world: World, moment: Snapshot, hour: Conditions, events: Sequence[Event]) -> tuple[Shot, ...]:
    """What begins to sound: one shot for each event that makes a sound and is not drowned by the rain."""
    found = []
    for event in events:
        sound, level, bus = _sound_of(event)
        if not sound:
            continue
        length, loss, towards = 1.0, 0.0, (0.0, 0.0, -1.0)
        if event.robot >= 0 and event.kind != EventKind.CAPTURED:
            paths = world.sounds.paths(np.array(moment.eye.position), np.array([event.position]))
            length, loss = float(paths.length[0]), float(paths.loss[0])
            towards = _towards(moment.eye, paths.near[0])
        reached = level_db(level, length, loss)
        if reached < step_floor_db(hour.rain_mm_h) - 6.0 and event.robot >= 0:
            continue
        azimuth, elevation = _angles(moment.eye, towards)
        lateral = math.sin(math.radians(azimuth)) * math.cos(math.radians(elevation))
        begins = moment.time_s + length / SPEED_OF_SOUND
        gain, cutoff = gain_of(reached, SHOT_FULL_DB), cutoff_of(loss, length)
        above = reached - step_floor_db(hour.rain_mm_h)
        found.append(Shot(begins, sound, event.tick % VARIANTS, bus, gain, lateral, cutoff, above, length, towards, event))
    return tuple(found)


def thunder(recipe: Recipe, eye: Pose, from_s: float, to_s: float) -> tuple[Shot, ...]:
    """The thunder that arrives in a span of time: fainter and duller the further off it struck."""
    found = []
    for stroke in thunders(recipe, from_s, to_s):
        far = stroke.distance_m / _THUNDER_NEAR_M
        lateral = math.sin(math.radians(stroke.heading_deg - eye.heading_deg))
        gain = gain_of(_THUNDER_DB - 20.0 * math.log10(far), SHOT_FULL_DB)
        cutoff = max(_DULLEST_HZ, _THUNDER_HZ / far)
        bearing = math.radians(stroke.heading_deg)
        direction = (math.sin(bearing), math.cos(bearing), 0.0)
        above = _THUNDER_DB - 20.0 * math.log10(far) - step_floor_db(conditions_at(recipe, stroke.thunder_s).rain_mm_h)
        variant = stroke.number % VARIANTS
        found.append(Shot(stroke.thunder_s, "thunder", variant, Bus.WEATHER, gain, lateral, cutoff, above, stroke.distance_m, direction))
    return tuple(found)


def gain_of(level: float, full_db: float) -> float:
    """Linear gain of a level at the ear, at most 3."""
    return 0.0 if level == -math.inf else min(3.0, float(10.0 ** ((level - full_db) / 20.0)))


def cutoff_of(loss_db: float, length_m: float) -> float:
    """Where the treble ends (Hz): what a way swallows, it swallows from the top; so does a long way through the air."""
    if not math.isfinite(loss_db):
        return _DULLEST_HZ
    return max(_DULLEST_HZ, _BRIGHT_HZ * 2.0 ** (-loss_db / _OCTAVE_DB) / (1.0 + length_m / 120.0))


def brightness_of(cutoff_hz: float) -> float:
    """0 dull .. 1 bright: the share of the bright layer for a cutoff."""
    return min(1.0, max(0.0, math.log2(cutoff_hz / _DULLEST_HZ) / math.log2(_BRIGHT_HZ / _DULLEST_HZ)))


def _hums(world: World, moment: Snapshot, hour: Conditions) -> list[Voice]:
    ear = np.array(moment.eye.position)
    sources = moment.position + np.column_stack([np.zeros((len(moment.position), 2)), EYE_M[moment.kind]])
    away = sources - ear
    near = np.flatnonzero((away**2).sum(axis=1) < HUM_CULL_M**2)
    if not len(near):
        return []
    paths = world.sounds.paths(ear, sources[near])
    levels = level_db(HUM_DB, paths.length, paths.loss)
    floor = hum_floor_db(hour.rain_mm_h)
    voices = []
    for k, robot in enumerate(near.tolist()):
        above, length = float(levels[k]) - floor, float(paths.length[k])
        if above < -_FADE_DB or length > HUM_CULL_M:
            continue
        fade = min(1.0, 1.0 + above / _FADE_DB) * min(1.0, (HUM_CULL_M - length) / 6.0)
        loss, band = float(paths.loss[k]), int(moment.band[robot])
        voices.append(_voice(moment.eye, ("hum", robot), float(levels[k]), above, fade, paths.near[k], length, loss, band))
    return voices


def _neon(world: World, moment: Snapshot, hour: Conditions) -> list[Voice]:
    """The flickering signs nearest to the ear, in step with their light."""
    x, y, _ = moment.eye.position
    cx, cy = math.floor(x / CHUNK_M), math.floor(y / CHUNK_M)
    found = []
    for j in (-1, 0, 1):
        for i in (-1, 0, 1):
            emitters = world.window.chunk(cx + i, cy + j).space.emitters
            away = emitters.position - np.array(moment.eye.position)
            distance = np.sqrt((away**2).sum(axis=1))
            for k in np.flatnonzero((distance < _NEON_REACH_M) & (emitters.group > 0)).tolist():
                identity = ((cx + i) * 65_537 + cy + j) * 1_024 + k
                found.append((float(distance[k]), identity, emitters.position[k], float(hour.power[emitters.group[k]])))
    voices = []
    for distance, identity, place, power in sorted(found, key=lambda f: f[:2])[:_NEON_MOST]:
        level = float(level_db(_NEON_DB, distance, 0.0))
        fade = (1.0 - distance / _NEON_REACH_M) * min(1.0, power)
        above = level - hum_floor_db(hour.rain_mm_h)
        voices.append(_voice(moment.eye, ("neon", identity), level, above, fade, place, distance, 0.0, Band.UNAWARE))
    return voices


def _voice(
    eye: Pose, key: tuple[str, int], level: float, above: float, fade: float, place: NDArray[np.float64],
    length: float, loss: float, band: int,
) -> Voice:  # fmt: skip
    towards = _towards(eye, place)
    azimuth, elevation = _angles(eye, towards)
    cutoff, delay = cutoff_of(loss, length), length / SPEED_OF_SOUND
    return Voice(key, level, above, gain_of(level, LOOP_FULL_DB) * max(0.0, fade), azimuth, elevation, cutoff, delay, length, band, towards)


def _sound_of(event: Event) -> tuple[str, float, Bus]:
    """(sound, level at 1 m, bus) of an event; no sound: ""."""
    if event.kind == EventKind.FOOTSTEP:
        return "splash" if event.puddle else f"step/{event.material.name}", event.level_db, Bus.STEPS
    return {
        EventKind.LANDING: ("landing", event.level_db, Bus.STEPS),
        EventKind.MANTLE: ("clamber", event.level_db, Bus.STEPS),
        EventKind.VAULT: ("clamber", event.level_db, Bus.STEPS),
        EventKind.BREATH: ("breath", event.level_db + 14.0, Bus.STEPS),  # nobody hears it as one does oneself
        EventKind.CHIRP: ("chirp", event.level_db, Bus.MACHINES),
        EventKind.ALERT: ("servo", 54.0, Bus.MACHINES),
        EventKind.CAPTURED: ("sting", 60.0, Bus.MACHINES),
    }.get(event.kind, ("", 0.0, Bus.STEPS))


def _shelter(world: World, eye: Pose) -> float:
    """Whether something keeps the rain off the head."""
    x, y, z = eye.position
    cx, cy = math.floor(x / CHUNK_M), math.floor(y / CHUNK_M)
    cover = world.window.chunk(cx, cy).space.ground.cover
    underside = float(cover[int(y - cy * CHUNK_M), int(x - cx * CHUNK_M)])
    return 1.0 if z < underside < 1e3 else 0.0


def _towards(eye: Pose, place: NDArray[np.float64]) -> tuple[float, float, float]:
    away = place - np.array(eye.position)
    distance = max(float(np.sqrt((away**2).sum())), 1e-6)
    return float(away[0]) / distance, float(away[1]) / distance, float(away[2]) / distance


def _angles(eye: Pose, towards: tuple[float, float, float]) -> tuple[float, float]:
    """Azimuth and elevation (degrees) of a world direction, for a head that turns but does not tilt."""
    bearing = math.degrees(math.atan2(towards[0], towards[1])) - eye.heading_deg
    return (bearing + 180.0) % 360.0 - 180.0, math.degrees(math.asin(max(-1.0, min(1.0, towards[2]))))
