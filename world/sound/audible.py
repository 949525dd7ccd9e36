"""What sounds on round the ear: machines, by their kinds and their harms; the beds of rain, wind and city; the space.

In: a moment (`Snapshot`), the one before it, the `World`, the hour.  Out: `Heard`.
How: along the same paths by which robots hear. A sound comes from the last portal on its way, as loud as the way leaves it, and duller
the more the way swallowed. Every kind is loud enough to be heard well before it notices somebody who walks, in every weather.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from world.conditions import Conditions
from world.pose import Pose
from world.sim import Snapshot, World
from world.sim.ears import HUM_CULL_M, HUM_DB, hum_floor_db, level_db, step_floor_db
from world.sim.kinds import EYE_M, Harm, Kind
from world.sound.heard import Heard, Voice, voice_of
from world.sound.murmurs import NOWHERE, Places, murmurs, nearest
from world.sound.spaces import Space
from world.space.chunk_space import CHUNK_M
from world.space.sound_graph import Paths

HUM_1M_DB = HUM_DB + np.array([0.0, 2.0, 0.0, 8.0])  # by Kind; a sentry looks farther than the others
CODE_OF_BAND = (0, 0, 1, 2, 2, 3)  # by Band: which of `machines.HUM_CODES`
FADE_DB = 8.0  # below its masking floor a sound fades out over this much
_WHEELS_DB, _WHEELS_M_S = 56.0, 0.8  # at that speed
_WHIR_DB, _WHIR_DEG_S, _WHIR_LEAST = 52.0, 60.0, 8.0
_HURT = ((Harm.JOINT, "limp", 52.0), (Harm.SENSOR, "blind", 48.0))
_SPARKS_DB = 56.0
_STATION_M = -2.4  # floors below lie under the ground
# The masking by rain that plays at gain 1, and how much of its range: a downpour played 20 dB over a drizzle, as it masks, would leave
# no room for anything else.
_RAIN_FULL_DB, _RAIN_SLOPE = 56.0, 0.6
_CITY_GAIN = 0.16
_WIND_GAIN, _WIND_M_S = 0.22, 9.0  # at that wind
# what of wind, city and rain enters, by Space
_WIND_IN, _CITY_IN, _RAIN_IN = (1.0, 0.7, 0.12, 0.04), (1.0, 0.9, 0.5, 0.2), (1.0, 1.0, 0.8, 0.25)
_DRIZZLE_MM_H, _RAIN_MM_H, _DOWNPOUR_MM_H = 6.0, 18.0, 45.0


def hear(world: World, moment: Snapshot, hour: Conditions, places: Places = NOWHERE, before: Snapshot | None = None) -> Heard:
    """What sounds on at this moment, for the ear at `moment.eye`; `before` tells how fast heads turn."""
    ear = np.array(moment.eye.position)
    bodies = moment.position + np.column_stack([np.zeros((len(moment.position), 2)), EYE_M[moment.kind]])
    machines = np.flatnonzero(((bodies - ear) ** 2).sum(axis=1) < HUM_CULL_M**2)
    rows, sources = nearest(moment.eye, places, lasting=True)
    voices: list[Voice] = []
    if len(machines) or len(rows):
        paths = world.sounds.paths(ear, np.concatenate([bodies[machines], sources.position[rows]]))  # all at once: it saves a millisecond
        voices = _machines(moment, hour, turn_rates(before, moment), machines, _part(paths, slice(0, len(machines))))
        voices += murmurs(moment.eye, hour, rows, sources, _part(paths, slice(len(machines), None)))
    spaces = space_at(world, moment.eye)
    voices.sort(key=lambda voice: -voice.above_db)
    return Heard(moment.time_s, tuple(voices), beds(hour, spaces), spaces, moment.eye.heading_deg)


def beds(hour: Conditions, spaces: tuple[float, ...]) -> dict[str, float]:
    """Gains of what lies under all. Rain under a roof or behind walls is another sound, not a softer one."""
    rain = hour.rain_mm_h
    loud = 10.0 ** (_RAIN_SLOPE * (step_floor_db(rain) - _RAIN_FULL_DB) / 20.0) * min(1.0, rain)
    loud *= sum(share * part for share, part in zip(_RAIN_IN, spaces, strict=True))
    heavy = float(np.interp(rain, (_DRIZZLE_MM_H, _RAIN_MM_H, _DOWNPOUR_MM_H), (0.0, 0.5, 1.0)))
    kinds = {"drizzle": max(0.0, 1.0 - 2.0 * heavy), "rain": 1.0 - abs(2.0 * heavy - 1.0), "downpour": max(0.0, 2.0 * heavy - 1.0)}
    found = {name: loud * math.sqrt(share * spaces[Space.STREET]) for name, share in kinds.items()}
    found["roof"] = loud * math.sqrt(spaces[Space.DECK])
    found["indoors"] = loud * math.sqrt(spaces[Space.ROOM] + spaces[Space.STATION])
    speed = math.hypot(*hour.wind_m_s) / _WIND_M_S
    found["wind"] = _WIND_GAIN * min(2.0, speed**1.5) * sum(share * part for share, part in zip(_WIND_IN, spaces, strict=True))
    found["city"] = _CITY_GAIN * sum(share * part for share, part in zip(_CITY_IN, spaces, strict=True))
    return found


def space_at(world: World, eye: Pose) -> tuple[float, float, float, float]:
    """How much of each `Space` there is round the ear."""
    x, y, z = eye.position
    cx, cy = math.floor(x / CHUNK_M), math.floor(y / CHUNK_M)
    space = world.window.chunk(cx, cy).space
    dx, dy = x - space.rooms[:, 0], y - space.rooms[:, 1]
    ax, ay = space.rooms[:, 2], space.rooms[:, 3]
    within = (abs(dx * ax + dy * ay) < space.rooms[:, 4]) & (abs(dy * ax - dx * ay) < space.rooms[:, 5])
    floors = space.rooms[within & (space.rooms[:, 6] - 0.3 < z) & (z < space.rooms[:, 7]), 6]
    if len(floors):
        return (0.0, 0.0, 0.0, 1.0) if floors.min() < _STATION_M else (0.0, 0.0, 1.0, 0.0)
    cover = space.ground.cover
    j, i = int(y - cy * CHUNK_M), int(x - cx * CHUNK_M)
    around = cover[max(0, j - 3) : j + 4, max(0, i - 3) : i + 4]
    if not z < cover[j, i] < 1e3:
        return 1.0, 0.0, 0.0, 0.0
    broad = float(((z < around) & (around < 1e3)).mean())  # an awning is hardly a space, a deck is
    return 1.0 - max(0.5, broad), max(0.5, broad), 0.0, 0.0


def _part(paths: Paths, which: slice) -> Paths:
    return Paths(paths.length[which], paths.loss[which], paths.near[which], paths.far[which])


def _machines(moment: Snapshot, hour: Conditions, turning: NDArray[np.float64], near: NDArray[np.intp], paths: Paths) -> list[Voice]:
    floor = hum_floor_db(hour.rain_mm_h, hour.thunder_db)
    voices = []
    for k, robot in enumerate(near.tolist()):
        length, loss = float(paths.length[k]), float(paths.loss[k])
        carried = level_db(0.0, length, loss)
        if length > HUM_CULL_M or carried == -math.inf:
            continue
        band, identity = int(moment.band[robot]), int(moment.key[robot])
        for family, sound, at_1m in _sounds_of(moment, robot, float(turning[robot])):
            level = at_1m + carried
            above = level - floor
            if above >= -FADE_DB:
                fade = min(1.0, 1.0 + above / FADE_DB) * min(1.0, (HUM_CULL_M - length) / 6.0)
                way = (length, loss, paths.near[k])
                voices.append(voice_of(moment.eye, (family, robot), sound, level, above, fade, way, band=band, identity=identity))
    return voices


def _sounds_of(moment: Snapshot, robot: int, turning_deg_s: float) -> list[tuple[str, str, float]]:
    """(family, sound, level at 1 m) of all that one machine does."""
    kind, harm = Kind(int(moment.kind[robot])), int(moment.harm[robot])
    if harm & Harm.CIRCUIT:
        return [("sparks", "sparks", _SPARKS_DB)]
    found = [("hum", f"hum/{kind.name}/{CODE_OF_BAND[int(moment.band[robot])]}", float(HUM_1M_DB[kind]))]
    found += [(sound, sound, level) for flag, sound, level in _HURT if harm & flag]
    speed = float(moment.speed_m_s[robot])
    if kind == Kind.HEAVY and speed > 0.05:
        found.append(("wheels", "wheels", _WHEELS_DB + 20.0 * math.log10(speed / _WHEELS_M_S)))
    if turning_deg_s > _WHIR_LEAST:
        found.append(("whir", "whir", _WHIR_DB + 20.0 * math.log10(min(2.0, turning_deg_s / _WHIR_DEG_S))))
    return found


def turn_rates(before: Snapshot | None, now: Snapshot) -> NDArray[np.float64]:
    """How fast each machine's head turned on its body since the moment before (deg/s, (R,)); 0 for those that were not there."""
    rates = np.zeros(len(now.key))
    passed = now.time_s - before.time_s if before is not None else 0.0
    if before is None or not 0.0 < passed < 0.5:
        return rates
    _, was, is_now = np.intersect1d(before.key, now.key, assume_unique=True, return_indices=True)
    turned = (now.head_deg[is_now] - now.heading_deg[is_now]) - (before.head_deg[was] - before.heading_deg[was])
    rates[is_now] = abs((turned + 180.0) % 360.0 - 180.0) / passed
    return rates
