"""The sound of a film: what would be heard at the camera, mixed for two ears.

In: the city's `World`, the moment of each frame (sensed from the camera), the manifest.  Out: stereo samples for its whole length.
The camera has no body: what sounds is the weather, the machines, the places near by and the score, by the walk's own ear.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from world.film.encode import SOUND_HZ
from world.film.render import Manifest
from world.plan.climate import conditions_here
from world.sim import Snapshot, World
from world.sound.heard import Heard, Shot
from world.sound.listener import Listener
from world.sound.mix import mix
from world.sound.murmurs import CityPlaces
from world.sound.score import PAD_S

_PART_S, _OVERLAP_S = 60.0, 2.0  # mixed part by part, so that a long film needs no more memory; the overlap holds the echoes
_EARS_HZ = 30  # moments listened to in a second, at the most


def film_sound(world: World, moment_of: Callable[[int], Snapshot], manifest: Manifest) -> NDArray[np.float32]:
    """(round(seconds · SOUND_HZ), 2) samples in [-1, 1]; `moment_of(frame)` for rising frames."""
    every = max(1, manifest.fps // _EARS_HZ)
    frames = range(0, manifest.frames, every)
    ear = Listener(world, CityPlaces(manifest.recipe), hero=False)
    heard: list[Heard] = []
    shots: list[Shot] = []
    for frame in frames:
        moment, time_s = moment_of(frame), manifest.start_s + frame / manifest.fps
        hour = conditions_here(manifest.recipe, time_s, *moment.eye.position[:2])
        shots += ear.listen(moment, hour, since_s=max(0.0, moment.time_s - PAD_S))  # what began before the film rolls on into it
        assert ear.heard is not None
        heard.append(ear.heard)
    out = np.zeros((round(manifest.seconds * SOUND_HZ), 2), np.float32)
    start_s = heard[0].time_s
    for part in range(0, len(out), int(_PART_S * SOUND_HZ)):
        end = min(part + int(_PART_S * SOUND_HZ), len(out))
        part_s, end_s = start_s + part / SOUND_HZ, start_s + end / SOUND_HZ
        lead = _last_before(heard, part_s - _OVERLAP_S)
        some = [moment for moment in heard[lead:] if moment.time_s <= end_s + _OVERLAP_S]
        skip = round((part_s - some[0].time_s) * SOUND_HZ)
        begun = [one for one in shots if part_s - _OVERLAP_S - PAD_S < one.time_s < end_s]
        mixed = mix(some, begun, (end - part + skip) / SOUND_HZ)
        out[part:end] = mixed[skip : skip + end - part]
    return out


def _last_before(heard: list[Heard], time_s: float) -> int:
    return max((k for k, moment in enumerate(heard) if moment.time_s <= time_s), default=0)
