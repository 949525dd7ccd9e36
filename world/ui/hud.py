"""What lies over the picture: messages, hints, captions, help, debug lines, and the dark when you are taken.

In: strings.  Out: text nodes; F2 hides all but messages and the dark.
"""

from __future__ import annotations

from collections.abc import Sequence

from ursina import Entity, camera, window

from world.ui.words import AMBER, DIM, RED, WHITE, Words

HELP = """\
W A S D  walk        Shift  run        Space  jump, climb, vault
mouse  look          C or Ctrl  crouch      Alt  creep
Q E  lean            Tab  tweak the city      I  what is that, and why

Esc  pause, options      F1  help      F2  hide this      F3  debug
F11  fullscreen      F12  picture"""

HINTS = {
    "flashes": "Failing neon flickers. If flashing lights harm you: Esc, then “no flashing lights”.",
    "walk": "W A S D to walk, the mouse to look.  F1 for all keys.",
    "crouch": "Something patrols here. C to crouch: behind cover it cannot see you, and soft steps it cannot hear.",
    "noticed": "It has noticed something. Be still, or be elsewhere.",
    "tweak": "Tab opens the city's recipe: every slider changes the street.",
    "dark": "Shadow hides you. Robots see by the light that falls on you.",
}
_HINT_S = 8.0


class Hud:
    """All of it. `update(dt_s)` once a frame lets messages and hints run out."""

    def __init__(self, seen: Sequence[str]) -> None:
        self.seen = set(seen)
        self._message = Words(0, 0.42, align="center", color=AMBER, wrap=1.4)
        self._hint = Words(0, -0.34, align="center", size=0.024, color=WHITE, wrap=1.2)
        self._captions = Words(0, -0.42, align="center", size=0.022, color=DIM)
        self._debug = Words(0, 0.46, size=0.017, color=DIM)
        self._help = Words(0, 0.2, align="center", size=0.024)
        self._help.set(HELP)
        self._help.show(False)
        self._dark = Entity(parent=camera.ui, model="quad", color=(0, 0, 0, 0), scale=(20, 2), z=-0.5, add_to_scene_entities=False)
        self._dark.enabled = False
        self._message_s = self._hint_s = 0.0
        self._help_shown = self._debug_shown = False
        self.shown = True
        self.resize()

    def resize(self) -> None:
        """Corners have moved."""
        self._debug.move(-window.aspect_ratio / 2 + 0.02, 0.46)

    def say(self, text: str, seconds: float = 6.0, *, alarm: bool = False) -> None:
        """A message over everything: a saved picture, a recipe's error."""
        self._message.set(text, RED if alarm else AMBER)
        self._message_s = seconds

    @property
    def message(self) -> str:
        return self._message.text

    def hint(self, name: str) -> None:
        """Shows a hint the first time it matters, ever."""
        if name not in self.seen and self._hint_s <= 0:
            self.seen.add(name)
            self._hint.set(HINTS[name])
            self._hint_s = _HINT_S

    def captions(self, lines: Sequence[str]) -> None:
        """What can be heard now."""
        self._captions.set("   ".join(f"[{line}]" for line in lines))

    def debug(self, text: str) -> None:
        """F3's lines; formatting them is the caller's cost, so ask `debug_shown` first."""
        self._debug.set(text)

    @property
    def debug_shown(self) -> bool:
        return self._debug_shown

    def toggle_debug(self) -> None:
        self._debug_shown = not self._debug_shown
        self._arrange()

    def toggle_help(self) -> None:
        self._help_shown = not self._help_shown
        self._arrange()

    def toggle(self) -> None:
        """F2."""
        self.shown = not self.shown
        self._arrange()

    def darken(self, amount: float) -> None:
        """0 clear .. 1 black."""
        self._dark.enabled = amount > 0
        if amount > 0:
            self._dark.setColorScale(0, 0, 0, amount)
            self._dark.color = (0, 0, 0, amount)

    def update(self, dt_s: float) -> None:
        """Lets time pass."""
        if self._message_s > 0:
            self._message_s -= dt_s
            if self._message_s <= 0:
                self._message.set("")
        if self._hint_s > 0:
            self._hint_s -= dt_s
            if self._hint_s <= 0:
                self._hint.set("")

    def _arrange(self) -> None:
        self._hint.show(self.shown)
        self._captions.show(self.shown)
        self._debug.show(self.shown and self._debug_shown)
        self._help.show(self._help_shown)
        if not self._debug_shown:
            self._debug.set("")
