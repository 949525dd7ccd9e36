"""Esc: the walk stands still, the mouse is yours, and how you like to see it can be changed.

In: the settings now.  Out: changed settings, or one of resume, copy place, quit.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ursina import Entity, camera, color

from world.settings import Settings, limits_of
from world.ui.controls import HEIGHT, PushButton, Row
from world.ui.words import AMBER, DIM, Words

_NUMBERS = ("fov_deg", "mouse_sensitivity", "head_bob", "volume", "volume_machines", "volume_weather", "volume_steps")
_SWITCHES = ("invert_y", "flash_safe", "captions")


class PauseMenu:
    """`change(settings)` is called with each change; `actions` are the buttons: label → what to do."""

    def __init__(self, change: Callable[[Settings], None], actions: dict[str, Callable[[], None]]) -> None:
        self._change = change
        self._settings = Settings()
        self.root = Entity(parent=camera.ui, z=-3)
        Entity(parent=self.root, model="quad", color=color.rgba(0, 0, 0, 0.72), scale=(20, 2), z=0.2)
        Words(0, 0.36, size=0.04, align="center", color=AMBER, parent=self.root).set("Ashes of Neon")
        self._place = Words(0, 0.315, size=0.018, align="center", color=DIM, parent=self.root)
        for k, (label, do) in enumerate(actions.items()):
            PushButton(self.root, label, 0, 0.25 - 0.045 * k, 0.3, do)
        top = 0.25 - 0.045 * len(actions) - 0.02
        self._rows = {name: Row(self.root, top - HEIGHT * k) for k, name in enumerate(_NUMBERS)}
        for row in self._rows.values():
            row.x = -0.33
        below = top - HEIGHT * len(_NUMBERS) - 0.02
        self._switches = {
            name: PushButton(self.root, "", -0.26 + 0.26 * k, below, 0.25, lambda name=name: self._switch(name))
            for k, name in enumerate(_SWITCHES)
        }
        self.root.enabled = False

    @property
    def open(self) -> bool:
        return bool(self.root.enabled)

    def show(self, settings: Settings | None, place: str = "") -> None:
        """Opens; None closes."""
        self.root.enabled = settings is not None
        if settings is not None:
            self._settings = settings
            self._place.set(place)
            for name, row in self._rows.items():
                low, high = limits_of(name) or (0.0, 1.0)
                title = str(Settings.model_fields[name].title)
                row.bind(title, low, high, getattr(settings, name), on_move=lambda value, name=name: self._set(name, value))
            self._label_switches()

    def _switch(self, name: str) -> None:
        self._set(name, not getattr(self._settings, name))
        self._label_switches()

    def _set(self, name: str, value: Any) -> None:
        self._settings = self._settings.model_copy(update={name: value})
        self._change(self._settings)

    def _label_switches(self) -> None:
        for name, button in self._switches.items():
            button.relabel(f"{Settings.model_fields[name].title}: {'yes' if getattr(self._settings, name) else 'no'}")
