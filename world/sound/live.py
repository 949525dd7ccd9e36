"""The sound that plays while one walks: the audible table, sixty times a second, to the loudspeakers.

In: a Panda3D `AudioManager`, `Heard` once a frame, `Shot`s as they fall.  Out: sound; or silence and one warning where there is no device.
How: every voice sits one metre away in the direction of its portal, the engine's own fall-off is off, and our gain is the volume.
The engine has no filters, so a hum is two loops, bright and dull, crossfaded by what its way swallowed; gains glide over 60 ms.
"""

from __future__ import annotations

import io
import logging
import math
import threading
import wave
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
from panda3d.core import AudioManager, AudioSound, Filename, VirtualFileMountRamdisk, VirtualFileSystem

from world.sound.audible import CODE_OF_BAND, Bus, Heard, Shot, Voice, Volumes, brightness_of
from world.sound.synthesis import HUM_CODES, RATE, SHOT_PEAK, SHOTS, STEPS, VARIANTS, Samples, city, hum, neon, rain, rain_on_roof, shot

_FOLDER = "/sounds-of-the-city"
_GLIDE_S = 0.06
_SHOT_COPIES = 3  # of one sound at a time
_SILENT = 1e-3


def _wav(samples: Samples) -> bytes:
    """16-bit WAV bytes of (n,) or (n, 2) samples, as loud as they can be."""
    channels = samples.ndim
    data = np.rint(samples * (32767.0 / _peak(samples))).astype("<i2")
    memory = io.BytesIO()
    with wave.open(memory, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(data.tobytes())
    return memory.getvalue()


def _peak(samples: Samples) -> float:
    return max(float(abs(samples).max()), 1e-6)


class _Loop:
    """One loop in the engine, started when it is first heard and stopped when it no longer is. `peak` is that of its samples: files are
    as loud as they can be, so that a volume, which ends at 1, is gain times peak."""

    def __init__(self, name: str, sound: AudioSound, peak: float) -> None:
        self.name, self._sound, self._peak, self._volume = name, sound, peak, 0.0
        sound.setLoop(True)

    @property
    def playing(self) -> bool:
        """Whether the engine plays it."""
        return bool(self._sound.status() == AudioSound.PLAYING)

    @property
    def silent(self) -> bool:
        """Whether it has faded out."""
        return self._volume < _SILENT

    def set(self, gain: float, share: float, place: tuple[float, float, float] | None = None) -> None:
        """Glides by `share` towards `gain`; `place` is for mono loops, in the head's frame."""
        volume = min(1.0, gain * self._peak)
        self._volume += (volume - self._volume) * share
        if self.silent and volume < _SILENT:
            if self.playing:
                self._sound.stop()
            return
        if place is not None:
            self._sound.set3dAttributes(*place, 0.0, 0.0, 0.0)
        self._sound.setVolume(self._volume)
        if not self.playing:
            self._sound.play()


class LiveSound:
    """Plays what is heard. `audible` is False where there is no device: everything then does nothing."""

    def __init__(self, manager: AudioManager, volumes: Volumes | None = None) -> None:
        self.volumes = volumes or Volumes()
        self.audible = bool(manager.isValid()) and "Null" not in type(manager).__name__ and _is_open(manager)
        self._manager, self._last_s = manager, -math.inf
        self._waiting: list[Shot] = []
        self._voices: dict[tuple[str, int], dict[tuple[int, int], _Loop]] = {}
        self._spare: dict[str, list[dict[tuple[int, int], _Loop]]] = {"hum": [], "neon": []}
        self._shots: dict[str, list[AudioSound]] = {}
        if not self.audible:
            logging.getLogger("ashes").warning("no audio device: the walk is silent")
            return
        manager.audio3dSetListenerAttributes(0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1)
        manager.audio3dSetDropOffFactor(0.0)
        self._files: dict[str, bytes] = {}
        self._synthesis = threading.Thread(target=self._synthesise, name="synthesis", daemon=True)
        self._synthesis.start()

    def wait(self) -> None:
        """Until every sound is made (about a second after the start; before that, it is silent)."""
        if self.audible:
            self._synthesis.join()

    def play(self, heard: Heard) -> None:
        """Once a frame."""
        if not self._ready():
            return
        passed = min(max(heard.time_s - self._last_s, 1 / 240), 1.0)  # while the walk is paused, changes still glide in
        share = 1.0 - math.exp(-passed / _GLIDE_S)
        self._last_s = heard.time_s
        weather = self.volumes.of(Bus.WEATHER)
        self._beds["rain"].set(weather * heard.rain_gain * (1.0 - heard.shelter), share)
        self._beds["roof"].set(weather * heard.rain_gain * heard.shelter, share)
        self._beds["city"].set(weather * heard.city_gain, share)
        present = {voice.key: voice for voice in heard.voices}
        for key in [*self._voices, *(key for key in present if key not in self._voices)]:
            self._play_voice(key, present.get(key), share)
        for one in [one for one in self._waiting if one.time_s <= heard.time_s]:
            self._waiting.remove(one)
            self._play_shot(one)

    def shots(self, shots: Sequence[Shot]) -> None:
        """Once a step: sounds that begin now or in a moment."""
        if self.audible:
            self._waiting.extend(shots)

    def sounding(self) -> list[str]:
        """Names of the sounds that play now."""
        if not self.audible or self._synthesis.is_alive() or self._files:
            return []
        loops = dict(self._beds)
        for voice in self._voices.values():
            loops.update({loop.name: loop for loop in voice.values()})
        shots = [name for name, copies in self._shots.items() if any(copy.status() == AudioSound.PLAYING for copy in copies)]
        return [name for name, loop in loops.items() if loop.playing] + shots

    def close(self) -> None:
        """Silence."""
        if self.audible:
            self._manager.stopAllSounds()
        self._voices.clear()
        self._waiting.clear()

    def _synthesise(self) -> None:
        for name, loop in _LOOPS.items():
            self._files[name] = _wav(loop())
        for name in (*STEPS, *SHOTS):
            for variant in range(VARIANTS):
                self._files[_file_of(name, variant)] = _wav(shot(name, variant))

    def _ready(self) -> bool:
        """Whether the sounds are in the engine; puts them there as soon as they are made."""
        if not self.audible or self._synthesis.is_alive():
            return False
        if self._files:
            for name, data in self._files.items():
                _write(name, data)
            self._files = {}
            self._beds = {name: self._loop(name, positional=False) for name in ("rain", "roof", "city")}
        return True

    def _play_voice(self, key: tuple[str, int], voice: Voice | None, share: float) -> None:
        loops = self._voices.get(key)
        if loops is None:
            loops = self._voices[key] = self._spare[key[0]].pop() if self._spare[key[0]] else self._new_voice(key[0])
        sounding = CODE_OF_BAND[voice.band] if voice is not None and key[0] == "hum" else 0
        for (code, layer), loop in loops.items():
            volume, place = 0.0, None
            if voice is not None and code == sounding:
                bright = brightness_of(voice.cutoff_hz)
                volume = voice.gain * self.volumes.of(Bus.MACHINES) * (bright if layer == 0 else 1.0 - bright)
            if voice is not None:
                place = _unit(voice.azimuth_deg, voice.elevation_deg)
            loop.set(volume, share, place)
        if voice is None and all(loop.silent for loop in loops.values()):
            self._spare[key[0]].append(self._voices.pop(key))

    def _new_voice(self, kind: str) -> dict[tuple[int, int], _Loop]:
        """The loops of a voice, by (code, 0 bright or 1 dull)."""
        if kind == "neon":
            return {(0, 0): self._loop("neon")}
        return {(code, layer): self._loop(f"hum{code}{'bd'[layer]}") for code in range(len(HUM_CODES)) for layer in (0, 1)}

    def _play_shot(self, one: Shot) -> None:
        name = _file_of(one.sound, one.variant)
        copies = self._shots.setdefault(name, [])
        sound = next((copy for copy in copies if copy.status() != AudioSound.PLAYING), None)
        if sound is None:
            if len(copies) >= _SHOT_COPIES:
                return
            sound = self._load(name, True)
            copies.append(sound)
        side = max(-1.0, min(1.0, one.lateral))
        sound.set3dAttributes(side, math.sqrt(1.0 - side * side), 0.0, 0.0, 0.0, 0.0)
        sound.setVolume(min(1.0, one.gain * SHOT_PEAK * self.volumes.of(one.bus)))
        sound.play()

    def _loop(self, name: str, positional: bool = True) -> _Loop:
        return _Loop(name, self._load(name, positional), _peak(_LOOPS[name]()))

    def _load(self, name: str, positional: bool) -> AudioSound:
        return self._manager.getSound(Filename(f"{_FOLDER}/{name}.wav"), positional)


def _is_open(manager: AudioManager) -> bool:
    """Whether the manager can make a sound at all: without a device it hands out null sounds."""
    _mount()
    _write("probe", _wav(np.zeros(480, np.float32)))
    sound: Any = manager.getSound(Filename(f"{_FOLDER}/probe.wav"))
    return float(sound.length()) > 0.0


def _unit(azimuth_deg: float, elevation_deg: float) -> tuple[float, float, float]:
    """A direction in the head's frame: x right, y ahead, z up."""
    a, e = math.radians(azimuth_deg), math.radians(elevation_deg)
    return math.sin(a) * math.cos(e), math.cos(a) * math.cos(e), math.sin(e)


def _mount() -> None:
    files = VirtualFileSystem.getGlobalPtr()
    if not files.isDirectory(Filename(_FOLDER)):
        files.mount(VirtualFileMountRamdisk(), Filename(_FOLDER), 0)


def _hum_layer(code: int, layer: int) -> Samples:
    return hum(code)[layer]


def _write(name: str, data: bytes) -> None:
    """A file in memory, for the engine to load."""
    VirtualFileSystem.getGlobalPtr().writeFile(Filename(f"{_FOLDER}/{name}.wav"), data, False)


def _file_of(sound: str, variant: int) -> str:
    return f"{sound.replace('/', '_')}{variant}"


_LOOPS: dict[str, Callable[[], Samples]] = {
    "rain": rain,
    "roof": rain_on_roof,
    "city": city,
    "neon": neon,
    **{f"hum{code}{name}": partial(_hum_layer, code, layer) for code in range(len(HUM_CODES)) for layer, name in enumerate("bd")},
}
