"""What plays in the engine: a voice of two layers, a bed, a sound that begins and ends.

In: `AudioSound`s with the height of their samples, gains, directions in the head's frame.  Out: sound.
How: gains glide over 60 ms by the time that has passed. The layers of a voice are started together and stopped together, so that they
stay in phase and can be crossfaded; what has hardly changed is not told to the engine again.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from panda3d.core import AudioSound

from world.sound.heard import Vector

GLIDE_S, BED_GLIDE_S = 0.06, 0.35  # what lies under all changes as one steps under a roof
_SILENT = 1e-3
_TOLD = 0.004  # changes of volume below this share are not heard
_TURNED = 0.008  # nor of direction (rad)


@dataclass(frozen=True)
class Take:
    """A sound in the engine, and the height that its samples had before they were made as loud as they can be."""

    sound: AudioSound
    height: float

    @property
    def playing(self) -> bool:
        """Whether the engine plays it."""
        return bool(self.sound.status() == AudioSound.PLAYING)


def glided(now: Vector, then: Vector, share: float) -> Vector:
    """A unit vector by `share` of the way from one to another; straight over, where they lie opposite."""
    x, y, z = (a + (b - a) * share for a, b in zip(now, then, strict=True))
    length = math.sqrt(x * x + y * y + z * z)
    return (x / length, y / length, z / length) if length > 0.05 else then


class Loop:
    """One loop: its layers, each with a gain of its own. `offset_s` is where in the loop it begins."""

    def __init__(self, name: str, layers: tuple[Take, ...], offset_s: float = 0.0) -> None:
        self.name, self._layers = name, layers
        self._volumes = [0.0] * len(layers)
        self._told = [-1.0] * len(layers)
        self._place: Vector | None = None
        self._playing, self._offset_s = False, offset_s
        for layer in layers:
            layer.sound.setLoop(True)

    @property
    def playing(self) -> bool:
        """Whether the engine plays it."""
        return self._playing

    @property
    def silent(self) -> bool:
        """Whether it has faded out."""
        return max(self._volumes) < _SILENT

    def set(self, gains: tuple[float, ...], share: float, place: Vector | None = None) -> None:
        """Glides by `share` towards `gains`, one a layer; `place` is for mono loops."""
        wanted = [min(1.0, gain * layer.height) for gain, layer in zip(gains, self._layers, strict=True)]
        self._volumes = [now + (then - now) * share for now, then in zip(self._volumes, wanted, strict=True)]
        if self.silent and max(wanted) < _SILENT:
            self.stop()
            return
        if place is not None and (self._place is None or math.dist(place, self._place) > _TURNED):
            self._place = place
            for layer in self._layers:
                layer.sound.set3dAttributes(*place, 0.0, 0.0, 0.0)
        for k, layer in enumerate(self._layers):
            if abs(self._volumes[k] - self._told[k]) > _TOLD * max(self._volumes[k], _SILENT):
                self._told[k] = self._volumes[k]
                layer.sound.setVolume(self._volumes[k])
        if not self._playing:
            self._playing = True
            for layer in self._layers:
                layer.sound.setTime(self._offset_s)
                layer.sound.play()

    def stop(self) -> None:
        """Ends it, all layers at once."""
        if self._playing:
            self._playing = False
            for layer in self._layers:
                layer.sound.stop()


class OneShot:
    """A sound under way: where it comes from stays in the world while the head turns."""

    def __init__(self, take: Take, volume: float, direction: Vector | None) -> None:
        self._take, self.direction = take, direction
        take.sound.setVolume(min(1.0, volume * take.height))

    @property
    def playing(self) -> bool:
        """Whether the engine plays it."""
        return self._take.playing

    def aim(self, place: Vector) -> None:
        """Where it comes from, in the head's frame."""
        self._take.sound.set3dAttributes(*place, 0.0, 0.0, 0.0)

    def play(self) -> None:
        """Begins."""
        self._take.sound.play()
