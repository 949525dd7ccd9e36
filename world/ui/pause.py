"""Esc: the walk stands still, the mouse is yours, and how you like to see it can be changed.

In: the settings now.  Out: changed settings, or one of resume, copy place, only walk, quit. They stand on four pages: hands and eyes,
keys, hearing (in the ear or in writing), the picture.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

from ursina import Entity, camera, color

from world.settings import Settings, limits_of
from world.ui.controls import HEIGHT, PushButton, Row
from world.ui.key_page import KeyPage
from world.ui.words import AMBER, DIM, Words

_PAGES = {
    "hands and eyes": (
        ("fov_deg", "mouse_sensitivity", "head_bob"),
        ("invert_y", "flash_safe", "throw_arc", "prompts"),
    ),
    "hearing": (
        ("volume", "volume_machines", "volume_weather", "volume_steps", "volume_places", "volume_score", "caption_size"),
        ("captions", "arcs", "headphones"),
    ),
    "picture": (
        ("fog_scatter", "bloom", "contact", "grain", "aberration", "vignette", "motion_blur", "depth_of_field", "frame_rate"),
        ("adapting", "smooth_edges", "quality"),
    ),
}
_NEXT_WALK = ("quality", "headphones")  # what the stage and the loudspeakers are built for
_KEYS = "keys"  # a page of its own kind
_TAB, _SWITCH = 0.17625, 0.3525  # from one to the next, in heights of the window


class PauseMenu:
    """`change(settings)` is called with each change; `actions` are the buttons: label → what to do."""

    def __init__(self, change: Callable[[Settings], None], actions: dict[str, Callable[[], None]]) -> None:
        self._change = change
        self._settings = Settings()
        self._opened_with: dict[str, Any] | None = None  # what the walk began with
        self.root = Entity(parent=camera.ui, z=-3)
        Entity(parent=self.root, model="quad", color=color.rgba(0, 0, 0, 0.72), scale=(20, 2), z=0.2)
        Words(0, 0.36, size=0.04, align="center", color=AMBER, parent=self.root).set("Ashes of Neon")
        self._place = Words(0, 0.315, size=0.018, align="center", color=DIM, parent=self.root)
        self.actions = {label: PushButton(self.root, label, 0, 0.25 - 0.045 * k, 0.34, do) for k, (label, do) in enumerate(actions.items())}
        tabs = 0.25 - 0.045 * len(actions) - 0.02
        self._tabs = {
            page: PushButton(self.root, page, _TAB * (k - len(_PAGES) / 2), tabs, _TAB - 0.01, lambda page=page: self.turn_to(page))
            for k, page in enumerate(_PAGES | {_KEYS: None})
        }
        top = tabs - 0.055
        self._pages: dict[str, Entity] = {}
        self._rows: dict[str, Row] = {}
        self._switches: dict[str, PushButton] = {}
        for page, (numbers, switches) in _PAGES.items():
            root = self._pages[page] = Entity(parent=self.root)
            for k, name in enumerate(numbers):
                self._rows[name] = Row(root, top - HEIGHT * k)
                self._rows[name].x = -0.33
            below = top - HEIGHT * len(numbers) - 0.02
            for k, name in enumerate(switches):
                x, y = _SWITCH * (k % 2 - 0.5), below - 0.045 * (k // 2)
                self._switches[name] = PushButton(root, "", x, y, _SWITCH - 0.01, lambda name=name: self._switch(name))
        self._pages[_KEYS] = Entity(parent=self.root)
        self.keys = KeyPage(self._pages[_KEYS], top, lambda changes: self._set("keys", changes))
        self.turn_to(next(iter(_PAGES)))
        self.root.enabled = False

    def turn_to(self, page: str) -> None:
        """Shows one page of the settings."""
        self.keys.show(self._settings.keys)
        for name, root in self._pages.items():
            root.enabled = name == page
            self._tabs[name].relabel(f"[ {name} ]" if name == page else name)

    def key(self, event: str) -> bool:
        """Whether the key was meant for the menu."""
        return self.open and self.keys.key(event)

    @property
    def open(self) -> bool:
        return bool(self.root.enabled)

    def show(self, settings: Settings | None, place: str = "") -> None:
        """Opens; None closes."""
        self.root.enabled = settings is not None
        if settings is not None:
            self._settings = settings
            self._opened_with = self._opened_with or {name: getattr(settings, name) for name in _NEXT_WALK}
            self._place.set(place)
            self.keys.show(settings.keys)
            for name, row in self._rows.items():
                low, high = limits_of(name) or (0.0, 1.0)
                title = str(Settings.model_fields[name].title)
                row.bind(title, low, high, getattr(settings, name), on_move=lambda value, name=name: self._set(name, value))
            self._label_switches()

    def _switch(self, name: str) -> None:
        """The other state of a switch, the next of a choice."""
        now, choices = getattr(self._settings, name), get_args(Settings.model_fields[name].annotation)
        self._set(name, choices[(choices.index(now) + 1) % len(choices)] if choices else not now)
        self._label_switches()

    def _set(self, name: str, value: Any) -> None:
        self._settings = self._settings.model_copy(update={name: value})
        self._change(self._settings)

    def _label_switches(self) -> None:
        for name, button in self._switches.items():
            value = getattr(self._settings, name)
            shown = value if isinstance(value, str) else "yes" if value else "no"
            later = " (next walk)" if name in _NEXT_WALK and value != (self._opened_with or {}).get(name, value) else ""
            button.relabel(f"{Settings.model_fields[name].title}: {shown}{later}")
