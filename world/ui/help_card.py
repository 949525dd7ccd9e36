"""F1: all keys, on one card.

In: which key asks what.  Out: a card over the picture, keys to the right of its seams, what they do beside them.
"""

from __future__ import annotations

from world.sim import Button
from world.ui.keys import Bindings, name_of
from world.ui.strokes import Strokes
from world.ui.words import AMBER, Words

_WALK = (Button.FORWARD, Button.LEFT, Button.BACK, Button.RIGHT)
# by column: the buttons whose keys ask for it, or a key that is always the same; what it does
_ROWS: tuple[tuple[tuple[tuple[Button, ...] | str, str], ...], ...] = (
    (
        (_WALK, "walk"),
        ("mouse", "look"),
        ((Button.RUN,), "run"),
        ((Button.CREEP,), "creep"),
        ((Button.CROUCH,), "crouch"),
        ((Button.JUMP,), "jump, climb, vault"),
        ((Button.LEAN_LEFT, Button.LEAN_RIGHT), "lean"),
        ((Button.BREATH,), "hold your breath"),
    ),
    (
        ((Button.STRIKE,), "strike a sensor, a joint, a circuit"),
        ((Button.THROW,), "hold to aim, let go to throw"),
        ((Button.USE,), "pick up"),
        ("I", "what is that, and why"),
        ("Tab", "tweak the city"),
        ("Esc", "pause, options"),
        ("F1, F2, F3", "help, hide this, what they sense"),
        ("F11, F12", "fullscreen, picture"),
    ),
)
_SIZE, _TOP, _STEP = 0.023, 0.2, 0.042
_SEAMS = (-0.28, 0.16)
_LEFT, _RIGHT, _PAD, _GAP = -0.44, 0.6, 0.035, 0.012
_CARD, _EDGE = (0.0, 0.012, 0.016, 0.78), (0.34, 0.71, 0.91, 0.5)


class HelpCard:
    """Hidden until `toggle`."""

    def __init__(self, bindings: Bindings) -> None:
        low, high = _TOP - _STEP * (len(_ROWS[0]) - 1) - _PAD, _TOP + _SIZE + 0.7 * _PAD
        corners = [(_LEFT - _PAD, low), (_RIGHT + _PAD, low), (_RIGHT + _PAD, high), (_LEFT - _PAD, high)]
        self._card = Strokes(z=-0.85)
        self._card.begin()
        self._card.fill(corners, _CARD)
        self._card.line(corners[:2], 0.0014, _EDGE)
        self._card.line(corners[2:], 0.0014, _EDGE)
        self._card.end()
        self._keys: list[tuple[Words, tuple[Button, ...] | str]] = []
        self._words = []
        for seam, rows in zip(_SEAMS, _ROWS, strict=True):
            for k, (asks, does) in enumerate(rows):
                y = _TOP - _STEP * k
                keys, words = Words(seam - _GAP, y, size=_SIZE, align="right", color=AMBER), Words(seam + _GAP, y, size=_SIZE)
                words.set(does)
                self._keys.append((keys, asks))
                self._words += [keys, words]
        self.rebind(bindings)
        self._shown = True
        self.toggle()

    def rebind(self, bindings: Bindings) -> None:
        """Other keys on the card."""
        for words, asks in self._keys:
            words.set(asks if isinstance(asks, str) else _names(bindings, asks))

    def toggle(self) -> None:
        """Shows or hides the card."""
        self._shown = not self._shown
        for part in (self._card, *self._words):
            part.show(self._shown)


def _names(bindings: Bindings, buttons: tuple[Button, ...]) -> str:
    """The keys of one button (arrows aside, which do what W, A, S, D do), or the first of each of several."""
    if len(buttons) == 1:
        return ", ".join(dict.fromkeys(name_of(key) for key in bindings[buttons[0]])) or "no key"
    return (" " if len(buttons) > 2 else ", ").join(name_of(bindings[button][0]) if bindings[button] else "–" for button in buttons)
