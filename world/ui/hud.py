"""What lies over the picture: messages, hints, prompts, help, debug lines, the breath that is left, and the dark when you are taken.

In: strings.  Out: text nodes; F2 hides all but messages and the dark.
"""

from __future__ import annotations

from collections.abc import Sequence

from ursina import Entity, camera, window

from world.ui.help_card import HelpCard
from world.ui.hints import PRESSING, URGENT, hint_words
from world.ui.keys import Bindings, bindings_of, names_of
from world.ui.strokes import Strokes
from world.ui.words import AMBER, DIM, RED, WHITE, Words, legible

_HINT_S = 8.0
_HINT_Y, _PROMPT_Y = -0.255, -0.175
_BREATH = (0.16, -0.2)  # width of the line, its height on the screen
_LITTLE_AIR = 0.3


class Hud:
    """All of it. `update(dt_s)` once a frame lets messages and hints run out."""

    def __init__(self, seen: Sequence[str], keys: Sequence[str] = ()) -> None:
        self.seen = set(seen)
        bindings = bindings_of(keys)
        self.keys = names_of(bindings)
        self._pressing = False  # what is being said
        self._lift = 0.0
        self._message = Words(0, 0.405, align="center", color=AMBER, wrap=1.4)
        self._hint = Words(0, _HINT_Y, align="center", color=WHITE, wrap=1.2)
        self._prompt = Words(0, _PROMPT_Y, align="center", color=WHITE)
        self._debug = Words(0, 0.46, size=0.017, color=DIM)
        self._help = HelpCard(bindings)
        self._breath = Strokes()
        self._dark = Entity(parent=camera.ui, model="quad", color=(0, 0, 0, 0), scale=(20, 2), z=-0.5, add_to_scene_entities=False)
        self._dark.enabled = False
        self._message_s = self._hint_s = 0.0
        self.shown = True
        self.resize()

    def resize(self) -> None:
        """Corners have moved, and letters may be too small to be read."""
        for words, size in ((self._message, 0.022), (self._hint, 0.024), (self._prompt, 0.021)):
            words.resize(legible(size, window.size[1]))
        self._debug.move(-window.aspect_ratio / 2 + 0.02, 0.46)

    def say(self, text: str, seconds: float = 6.0, *, alarm: bool = False) -> None:
        """A message over everything: a saved picture, a recipe's error."""
        self._message.set(text, RED if alarm else AMBER)
        self._message_s = seconds

    @property
    def message(self) -> str:
        return self._message.text

    @property
    def hint_text(self) -> str:
        """The hint that is shown; "" when none is."""
        return self._hint.text

    def hint(self, *names: str) -> None:
        """Shows the first of these hints that has never been shown; what is pressing takes the place of what is not, what is urgent of
        either."""
        for name in names:
            if name not in self.seen and (self._hint_s <= 0 or (name in PRESSING and not self._pressing) or name in URGENT):
                self.seen.add(name)
                self._hint.set(hint_words(name, self.keys))
                self._hint_s, self._pressing = _HINT_S, name in PRESSING
                return

    def hush(self) -> None:
        """Takes the hint away: what it was about is over."""
        self._hint.set("")
        self._hint_s, self._pressing = 0.0, False

    def rebind(self, keys: Sequence[str]) -> None:
        """Other keys to be named."""
        bindings: Bindings = bindings_of(keys)
        self.keys = names_of(bindings)
        self._help.rebind(bindings)

    def lift(self, by: float) -> None:
        """Hint, prompt and breath stand higher by so much: large captions are below them."""
        if by != self._lift:
            self._lift = by
            self._hint.move(0, _HINT_Y + by)
            self._prompt.move(0, _PROMPT_Y + by)

    def prompt(self, text: str) -> None:
        """What the hand can do now."""
        self._prompt.set(text)

    @property
    def prompt_text(self) -> str:
        return self._prompt.text

    def breath(self, air: float | None) -> None:
        """The share of air that is left while the breath is held; None while it is not."""
        self._breath.begin()
        if air is not None:
            width, y = _BREATH[0], _BREATH[1] + self._lift
            half, colour = 0.5 * width, (RED if air < _LITTLE_AIR else WHITE)[:3]
            self._breath.line([(-half, y), (half, y)], 0.0012, (*colour, 0.25))
            self._breath.line([(-half * air, y), (half * air, y)], 0.0028, (*colour, 0.9), glow=0.35)
        self._breath.end()

    def debug(self, text: str) -> None:
        """Lines at the top left; "" takes them away."""
        self._debug.set(text)

    def toggle_help(self) -> None:
        """F1."""
        self._help.toggle()

    def toggle(self) -> None:
        """F2."""
        self.shown = not self.shown
        for part in (self._hint, self._prompt, self._debug, self._breath):
            part.show(self.shown)

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
