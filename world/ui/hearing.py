"""What the person hears while walking, and the captions of it.

In: the moment, what happened in it, the hour.  Out: sound where there is a device, and a caption for each machine that can be heard.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from world.conditions import Conditions
from world.settings import Settings
from world.sim import Event, Snapshot, World
from world.sound import Heard, Volumes, hear, shots, thunder
from world.sound.live import LiveSound
from world.stage.boot import has_audio_device
from world.ui.captions import captions, hum_caption

_SILENCE = Volumes(master=0.0)


class Hearing:
    """Follows the walk: `events` once a step, `listen` once a frame."""

    def __init__(self, app: Any, world: World, settings: Settings) -> None:
        self._world, self._volumes = world, _volumes_of(settings)
        self._live = LiveSound(app.sfxManagerList[0], self._volumes) if has_audio_device() else None
        self._heard: Heard | None = None
        self._heading = 0.0

    def events(self, events: Sequence[Event], moment: Snapshot, hour: Conditions) -> None:
        """What happened in a step may begin to sound."""
        if self._live is not None and events:
            self._live.shots(shots(self._world, moment, hour, events))

    def listen(self, moment: Snapshot, hour: Conditions, *, paused: bool) -> None:
        """What sounds on; nothing while the walk is paused."""
        if not paused:
            since_s = self._heard.time_s if self._heard is not None else moment.time_s
            self._heard, self._heading = hear(self._world, moment, hour), moment.eye.heading_deg
            if self._live is not None:
                self._live.shots(thunder(self._world.recipe, moment.eye, since_s, moment.time_s))
        if self._live is not None and self._heard is not None:
            self._live.volumes = _SILENCE if paused else self._volumes
            self._live.play(self._heard)

    def captions(self) -> list[str]:
        """The machines that can be heard now, loudest first."""
        hums = [voice for voice in (self._heard.voices if self._heard else ()) if voice.key[0] == "hum" and voice.above_db > 0]
        return captions([(v.level_db, hum_caption(v.direction, self._heading, v.distance_m, v.band)) for v in hums])

    def change_settings(self, settings: Settings) -> None:
        """Other volumes."""
        self._volumes = _volumes_of(settings)

    def change_world(self, world: World) -> None:
        """Another city round the ear."""
        self._world = world

    def close(self) -> None:
        """Silence."""
        if self._live is not None:
            self._live.close()


def _volumes_of(settings: Settings) -> Volumes:
    return Volumes(settings.volume, settings.volume_machines, settings.volume_weather, settings.volume_steps)
