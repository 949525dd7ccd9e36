"""The sound of a film: what would be heard at the camera, mixed for two ears.

In: the city's `World`, the moment of each frame (sensed from the camera), the manifest.  Out: stereo samples for its whole length.
The camera has no feet: what sounds is the rain, its thunder, the city, the patrol's hum and the neon near by.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from world.film.encode import SOUND_HZ
from world.film.render import Manifest
from world.plan.climate import conditions_here
from world.sim import Snapshot, World
from world.sound.audible import Heard, Shot, hear, thunder
from world.sound.mix import mix
from world.sound.synthesis import THUNDER_S

_PART_S, _OVERLAP_S = 60.0, 2.0  # mixed part by part, so that a long film needs no more memory; the overlap holds the echoes
_EARS_HZ = 30  # moments listened to in a second, at the most


def film_sound(world: World, moment_of: Callable[[int], Snapshot], manifest: Manifest) -> NDArray[np.float32]:
    """(round(seconds · SOUND_HZ), 2) samples in [-1, 1]; `moment_of(frame)` for rising frames."""
    every = max(1, manifest.fps // _EARS_HZ)
    frames = range(0, manifest.frames, every)
    heard: list[Heard] = []
    shots: list[Shot] = []
    for frame in frames:
        moment, time_s = moment_of(frame), manifest.start_s + frame / manifest.fps
        before_s = heard[-1].time_s if heard else moment.time_s - THUNDER_S  # what began before the film rolls on into it
        shots += thunder(manifest.recipe, moment.eye, before_s, moment.time_s)
        heard.append(hear(world, moment, conditions_here(manifest.recipe, time_s, *moment.eye.position[:2])))
    out = np.zeros((round(manifest.seconds * SOUND_HZ), 2), np.float32)
    start_s = heard[0].time_s
    for part in range(0, len(out), int(_PART_S * SOUND_HZ)):
        end = min(part + int(_PART_S * SOUND_HZ), len(out))
        part_s, end_s = start_s + part / SOUND_HZ, start_s + end / SOUND_HZ
        lead = _last_before(heard, part_s - _OVERLAP_S)
        some = [moment for moment in heard[lead:] if moment.time_s <= end_s + _OVERLAP_S]
        skip = round((part_s - some[0].time_s) * SOUND_HZ)
        mixed = mix(some, shots, (end - part + skip) / SOUND_HZ)
        out[part:end] = mixed[skip : skip + end - part]
    return out


def _last_before(heard: list[Heard], time_s: float) -> int:
    return max((k for k, moment in enumerate(heard) if moment.time_s <= time_s), default=0)
