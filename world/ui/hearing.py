"""What the person hears, and the captions of it.

In: the moment, what happened in it, the hour.  Out: captions of audible machines.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from world.conditions import Conditions
from world.settings import Settings
from world.sim import Event, Snapshot, World


class Hearing:
    """Follows the walk."""

    def __init__(self, app: Any, world: World, settings: Settings) -> None:
        self._world = world

    def listen(self, moment: Snapshot, hour: Conditions, *, paused: bool) -> None:
        """Once a frame."""

    def events(self, events: Sequence[Event]) -> None:
        """Once a step."""

    def captions(self) -> Sequence[str]:
        """What can be heard now."""
        return ()

    def change_settings(self, settings: Settings) -> None:
        """Volumes."""

    def change_world(self, world: World) -> None:
        """Another city."""
        self._world = world

    def close(self) -> None:
        """Silence."""
