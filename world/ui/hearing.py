"""What the person hears while walking, and what is shown of it to the eye.

In: the moment, what happened in it, the hour.  Out: sound where there is a device, and cues of all that can be heard, device or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from world.conditions import Conditions
from world.settings import Settings
from world.sim import Event, Snapshot, World
from world.sound import Heard, Shot, Volumes, hear, shots, thunder
from world.sound.live import LiveSound
from world.stage.boot import has_audio_device
from world.ui.cues import Cue, cue_of, cues_of

_SILENCE = Volumes(master=0.0)


class Hearing:
    """Follows the walk: `events` once a step, `listen` once a frame."""

    def __init__(self, app: Any, world: World, settings: Settings) -> None:
        self._world, self._volumes = world, _volumes_of(settings)
        self._live = LiveSound(app.sfxManagerList[0], self._volumes) if has_audio_device() else None
        self._heard: Heard | None = None
        self._coming: list[Shot] = []  # sounds on their way to the ear
        self._cues: tuple[Cue, ...] = ()

    def events(self, events: Sequence[Event], moment: Snapshot, hour: Conditions) -> None:
        """What happened in a step may begin to sound."""
        if events:
            self._begin(shots(self._world, moment, hour, events))

    def listen(self, moment: Snapshot, hour: Conditions, *, paused: bool) -> None:
        """What sounds on; nothing while the walk is paused."""
        if not paused:
            since_s = self._heard.time_s if self._heard is not None else moment.time_s
            self._heard = hear(self._world, moment, hour)
            self._begin(thunder(self._world.recipe, moment.eye, since_s, moment.time_s))
            arrived = [shot for shot in self._coming if shot.time_s <= moment.time_s]
            self._coming = [shot for shot in self._coming if shot.time_s > moment.time_s]
            cues = (cue_of(shot, moment) for shot in arrived)
            self._cues = (*cues_of(self._heard, moment), *(cue for cue in cues if cue is not None))
        if self._live is not None and self._heard is not None:
            self._live.volumes = _SILENCE if paused else self._volumes
            self._live.play(self._heard)

    @property
    def cues(self) -> tuple[Cue, ...]:
        """What sounds on, and what has begun to sound since the last frame."""
        return self._cues

    def change_settings(self, settings: Settings) -> None:
        """Other volumes."""
        self._volumes = _volumes_of(settings)

    def change_world(self, world: World) -> None:
        """Another city round the ear."""
        self._world = world

    def _begin(self, begun: Sequence[Shot]) -> None:
        self._coming += begun
        if self._live is not None:
            self._live.shots(begun)

    def close(self) -> None:
        """Silence."""
        if self._live is not None:
            self._live.close()


def _volumes_of(settings: Settings) -> Volumes:
    return Volumes(settings.volume, settings.volume_machines, settings.volume_weather, settings.volume_steps)
