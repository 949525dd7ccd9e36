"""What the person hears while walking, and what is shown of it to the eye.

In: the moment, what happened in it, the hour.  Out: sound where there is a device, and cues of all that can be heard, device or not.
How: the ear listens twelve times a second; in frames between, the head only turns. What the places of the next chunks are is found out
beside the walk.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from world.conditions import Conditions
from world.settings import Settings
from world.sim import Event, Snapshot, World
from world.sound import CityPlaces, Heard, Listener, Shot, Volumes, shots
from world.sound.listener import turned
from world.sound.live import LiveSound
from world.space.chunk_space import CHUNK_M
from world.stage.boot import has_audio_device
from world.ui.cues import Cue, cue_of, cues_of

_SILENCE = Volumes(master=0.0)
_LISTEN_S = 1.0 / 12.0


class Hearing:
    """Follows the walk: `events` once a step, `listen` once a frame."""

    def __init__(self, app: Any, world: World, settings: Settings) -> None:
        self._world, self._volumes = world, _volumes_of(settings)
        self._live = LiveSound(app.sfxManagerList[0], self._volumes) if has_audio_device() else None
        self._beside, self._chunk = ThreadPoolExecutor(1, "places"), (0, 0)
        self._places = CityPlaces(world.recipe, waiting=False)
        self._ear = Listener(world, self._places)
        self._prepare(*world.start.position[:2])
        self._heard: Heard | None = None
        self._listened_s = -math.inf
        self._coming: list[Shot] = []  # sounds on their way to the ear
        self._lasting: tuple[Cue, ...] = ()
        self._cues: tuple[Cue, ...] = ()

    def events(self, events: Sequence[Event], moment: Snapshot, hour: Conditions) -> None:
        """What happened in a step may begin to sound."""
        if events:
            self._begin(shots(self._world, moment, hour, events))

    def listen(self, moment: Snapshot, hour: Conditions, *, paused: bool) -> None:
        """What sounds on; nothing while the walk is paused."""
        if not paused:
            self._follow(moment, hour)
        if self._live is not None and self._heard is not None:
            self._live.volumes = _SILENCE if paused else self._volumes
            self._live.play(self._heard)

    def _follow(self, moment: Snapshot, hour: Conditions) -> None:
        if self._finding.done():
            self._finding.result()  # what went wrong beside the walk is told in it
        x, y, _ = moment.eye.position
        if (math.floor(x / CHUNK_M), math.floor(y / CHUNK_M)) != self._chunk:
            self._prepare(x, y)
        if self._heard is None or not 0.0 <= moment.time_s - self._listened_s < _LISTEN_S:
            self._listened_s = moment.time_s
            self._begin(self._ear.listen(moment, hour))
            assert self._ear.heard is not None
            self._heard = self._ear.heard
            self._lasting = cues_of(self._heard, moment)
        else:
            self._heard = turned(self._heard, moment)
        arrived = [shot for shot in self._coming if shot.time_s <= moment.time_s]
        self._coming = [shot for shot in self._coming if shot.time_s > moment.time_s]
        cues = (cue_of(shot, moment) for shot in arrived)
        self._cues = (*self._lasting, *(cue for cue in cues if cue is not None))

    @property
    def cues(self) -> tuple[Cue, ...]:
        """What sounds on, and what has begun to sound since the last frame."""
        return self._cues

    def change_settings(self, settings: Settings) -> None:
        """Other volumes."""
        self._volumes = _volumes_of(settings)

    def change_world(self, world: World) -> None:
        """Another city round the ear."""
        if world.recipe is not self._world.recipe:
            self._places = CityPlaces(world.recipe, waiting=False)
            self._prepare(self._chunk[0] * CHUNK_M, self._chunk[1] * CHUNK_M)
        self._world = world
        self._ear.change_world(world, self._places)

    def _prepare(self, x: float, y: float) -> None:
        self._chunk = math.floor(x / CHUNK_M), math.floor(y / CHUNK_M)
        self._finding = self._beside.submit(self._places.prepare, x, y)

    def _begin(self, begun: Sequence[Shot]) -> None:
        self._coming += begun
        if self._live is not None:
            self._live.shots(begun)

    def close(self) -> None:
        """Silence."""
        self._beside.shutdown(wait=False, cancel_futures=True)
        if self._live is not None:
            self._live.close()


def _volumes_of(settings: Settings) -> Volumes:
    s = settings
    return Volumes(s.volume, s.volume_machines, s.volume_weather, s.volume_steps, s.volume_places, s.volume_score)
