"""The sound that plays while one walks: the audible table, frame by frame, to the loudspeakers.

In: a Panda3D `AudioManager`, `Heard` once a frame, `Shot`s as they fall.  Out: sound; or silence and one warning where there is no device.
How: every voice sits one metre away in the direction of its portal, the engine's own fall-off is off, and our gain is the volume. The
engine has no filters, so what a way swallows is a crossfade of a bright and a dull layer; and no reverb, so what a space answers to a
sound is a sound of its own. Loops go on in the engine by themselves, however long a frame takes.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from panda3d.core import AudioManager, ConfigVariableInt, Filename, VirtualFileMountRamdisk, VirtualFileSystem

from world.sound.heard import Bus, Heard, Shot, Vector, Voice, Volumes, ahead_of, brightness_of
from world.sound.listener import DUCKED, duck_of, ducking
from world.sound.players import BED_GLIDE_S, GLIDE_S, Loop, OneShot, Take, glided
from world.sound.repertoire import BEDS, LOOPS, SHOTS, answered_as
from world.sound.samples import RATE
from world.sound.spaces import Space
from world.sound.store import Store, name_of, wav

_COPIES = 3  # of one file at a time
_ANSWER_GAIN, _ANSWER_LEAST = 2.0, 0.15
_LASTING_ANSWER_GAIN = 1.0  # of a steady sound the ear hears no first wave: a louder answer would hide where it comes from
_FLAT = frozenset({"pad", "note", "pulse"})  # already for two ears
_ALL_IN_MEMORY = 64 * 2**20  # bytes: longer files would be streamed by the main thread, and a long frame would cut them
_CACHED = 600


class LiveSound:
    """Plays what is heard. `audible` is False where there is no device: everything then does nothing."""

    def __init__(self, manager: AudioManager, volumes: Volumes | None = None, store: Store | None = None) -> None:
        self.volumes = volumes or Volumes()
        ConfigVariableInt("audio-preload-threshold").setValue(_ALL_IN_MEMORY)
        self.audible = bool(manager.isValid()) and "Null" not in type(manager).__name__ and _is_open(manager)
        self._manager, self._last_s = manager, -math.inf
        self._waiting: list[Shot] = []
        self._loud: list[Shot] = []  # those that duck others
        self._beds: dict[str, Loop] = {}
        self._answers: dict[tuple[str, Space], Loop] = {}
        self._voices: dict[tuple[str, int], dict[str, Loop]] = {}
        self._towards: dict[tuple[str, int], Vector] = {}  # world, as heard now
        self._spare: dict[str, list[Loop]] = {}
        self._takes: dict[str, list[Take]] = {}
        self._under_way: list[OneShot] = []
        if not self.audible:
            logging.getLogger("ashes").warning("no audio device: the walk is silent")
            return
        manager.setCacheLimit(_CACHED)
        manager.audio3dSetListenerAttributes(0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1)
        manager.audio3dSetDropOffFactor(0.0)
        self._store = store or Store()

    def wait(self) -> None:
        """Until every sound is there (the first time, half a minute; what is not there yet is silent)."""
        if self.audible:
            self._store.wait()

    def play(self, heard: Heard) -> None:
        """Once a frame."""
        if not self.audible:
            return
        passed = min(max(heard.time_s - self._last_s, 1 / 240), 1.0)  # while the walk is paused, changes still glide in
        share, slowly = (1.0 - math.exp(-passed / glide) for glide in (GLIDE_S, BED_GLIDE_S))
        self._last_s = heard.time_s
        self._begin(heard)
        self._loud = [one for one in self._loud if heard.time_s - one.time_s < 12.0]
        left = ducking(self._loud, heard.time_s)
        self._play_beds(heard, self.volumes.of(Bus.WEATHER) * left, slowly)
        self._play_answers(heard, slowly)
        present = {voice.whose: voice for voice in heard.voices}
        for whose in [*self._voices, *(whose for whose in present if whose not in self._voices)]:
            self._play_voice(whose, present.get(whose), share, heard.heading_deg)

    def shots(self, shots: Sequence[Shot]) -> None:
        """Sounds that begin now or in a moment."""
        if self.audible:
            self._waiting.extend(shots)
            self._loud.extend(one for one in shots if duck_of(one)[0] < 1.0)

    def sounding(self) -> list[str]:
        """Names of the sounds that play now."""
        if not self.audible:
            return []
        loops = [*self._beds.values(), *self._answers.values(), *(loop for voice in self._voices.values() for loop in voice.values())]
        shots = [stem for stem, takes in self._takes.items() if any(take.playing for take in takes)]
        return [loop.name for loop in loops if loop.playing] + shots

    def close(self) -> None:
        """Silence."""
        if self.audible:
            self._manager.stopAllSounds()
            self._store.close()
        self._voices.clear()
        self._waiting.clear()
        self._under_way.clear()

    # --- what lies under all ------------------------------------------------------------------------------------------------

    def _play_beds(self, heard: Heard, volume: float, share: float) -> None:
        for name in BEDS:
            gain = volume * heard.beds.get(name, 0.0)
            loop = self._beds.get(name)
            if loop is None and gain > 0.0:
                takes = self._load_layers(name, positional=False)
                if takes is None:
                    continue
                loop = self._beds[name] = Loop(name, takes)
            if loop is not None:
                loop.set((gain,), share)

    def _play_answers(self, heard: Heard, share: float) -> None:
        """What the space answers to all hums of one sound together."""
        sent: dict[tuple[str, Space], float] = {}
        around = [space for space in Space if heard.spaces[space] > 0.0]
        for voice in heard.voices:
            for space in around if LOOPS[voice.sound].answered else ():
                bright = brightness_of(voice.cutoff_hz)  # of what comes dulled, hardly anything lies where a place answers
                gain = _LASTING_ANSWER_GAIN * bright * voice.gain * self.volumes.of(voice.bus) * heard.spaces[space]
                sent[voice.sound, space] = math.hypot(sent.get((voice.sound, space), 0.0), gain)  # they are not in phase
        for key in [*self._answers, *(key for key, gain in sent.items() if gain > 0.0 and key not in self._answers)]:
            loop = self._answers.get(key)
            if loop is None:
                take = self._load(name_of(key[0], 0, key[1].name), False)
                if take is None:
                    continue
                loop = self._answers[key] = Loop("/".join((key[0], key[1].name.lower())), (take,))
            loop.set((sent.get(key, 0.0),), share)

    # --- voices -------------------------------------------------------------------------------------------------------------

    def _play_voice(self, whose: tuple[str, int], voice: Voice | None, share: float, heading_deg: float) -> None:
        loops = self._voices.setdefault(whose, {})
        towards = (0.0, 1.0, 0.0)
        if voice is not None:  # when another portal is the last, it comes over from the one to the other
            towards = self._towards[whose] = glided(self._towards.get(whose, voice.direction), voice.direction, share)
        if voice is not None and voice.sound not in loops:
            loop = self._loop(voice.sound, whose[1])
            if loop is not None:
                loops[voice.sound] = loop
        for sound, loop in list(loops.items()):
            gain, bright, place = 0.0, 0.0, None
            if voice is not None:
                place = ahead_of(heading_deg, towards)
                if sound == voice.sound:
                    gain, bright = voice.gain * self.volumes.of(voice.bus), brightness_of(voice.cutoff_hz)
            loop.set((gain * bright, gain * (1.0 - bright)), share, place)
            if loop.silent and gain == 0.0:
                self._spare.setdefault(sound, []).append(loops.pop(sound))
        if voice is None and not loops:
            del self._voices[whose]
            self._towards.pop(whose, None)

    def _loop(self, sound: str, identity: int) -> Loop | None:
        if self._spare.get(sound):
            return self._spare[sound].pop()
        takes = self._load_layers(sound, positional=True)
        if takes is None:
            return None
        return Loop(sound, takes, identity % 997 / 997.0 * float(takes[0].sound.length()))  # no two in step

    # --- what begins and ends -----------------------------------------------------------------------------------------------

    def _begin(self, heard: Heard) -> None:
        due = [one for one in self._waiting if one.time_s <= heard.time_s]
        self._waiting = [one for one in self._waiting if one.time_s > heard.time_s]
        for one in due:
            self._play_shot(one, heard)
        self._under_way = [shot for shot in self._under_way if shot.playing]
        for shot in self._under_way:
            if shot.direction is not None:
                shot.aim(ahead_of(heard.heading_deg, shot.direction))

    def _play_shot(self, one: Shot, heard: Heard) -> None:
        gain = one.gain * self.volumes.of(one.bus)
        if one.bus in DUCKED and duck_of(one)[0] == 1.0:
            gain *= ducking(self._loud, heard.time_s)
        variant = one.variant % SHOTS[one.sound].variants
        if self._store.get(name_of(one.sound, variant)) is None:
            variant = 0  # the first time one walks, it is made first
        flat = one.sound in _FLAT
        bright = brightness_of(one.cutoff_hz) if SHOTS[one.sound].dull_hz else 1.0
        for layer, share in (("bright", bright), ("dull", 1.0 - bright)):
            if share * gain > 1e-3:
                self._start(name_of(one.sound, variant, layer), gain * share, None if flat else one.direction, heard)
        answers = "" if flat else answered_as(one.sound)
        for space in Space if answers else ():
            if heard.spaces[space] > _ANSWER_LEAST:
                self._start(name_of(answers, 0, space.name), _ANSWER_GAIN * gain * heard.spaces[space], None, heard)

    def _start(self, stem: str, volume: float, direction: tuple[float, float, float] | None, heard: Heard) -> None:
        takes = self._takes.setdefault(stem, [])
        take = next((take for take in takes if not take.playing), None)
        if take is None:
            take = self._load(stem, direction is not None) if len(takes) < _COPIES else None
            if take is None:
                return
            takes.append(take)
        shot = OneShot(take, volume, direction)
        if direction is not None:
            shot.aim(ahead_of(heard.heading_deg, direction))
        shot.play()
        self._under_way.append(shot)

    # --- files --------------------------------------------------------------------------------------------------------------

    def _load_layers(self, sound: str, positional: bool) -> tuple[Take, ...] | None:
        """All layers of a loop; None while a file is missing."""
        layers = ("bright", "dull") if LOOPS[sound].dull_hz else ("bright",)
        takes = [self._load(name_of(sound, 0, layer), positional) for layer in layers]
        known = tuple(take for take in takes if take is not None)
        return known if len(known) == len(takes) else None

    def _load(self, stem: str, positional: bool) -> Take | None:
        kept = self._store.get(stem)
        if kept is None:
            return None
        path, height = kept
        return Take(self._manager.getSound(Filename.fromOsSpecific(str(path)), positional), height)


_FOLDER = "/sounds-of-the-city"


def _is_open(manager: AudioManager) -> bool:
    """Whether the manager can make a sound at all: without a device it hands out null sounds."""
    files = VirtualFileSystem.getGlobalPtr()
    if not files.isDirectory(Filename(_FOLDER)):
        files.mount(VirtualFileMountRamdisk(), Filename(_FOLDER), 0)
    probe = Filename(f"{_FOLDER}/probe.wav")
    files.writeFile(probe, wav(np.zeros(480, np.float32), RATE), False)
    sound: Any = manager.getSound(probe)
    return float(sound.length()) > 0.0
