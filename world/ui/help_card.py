"""F1: all keys, on one card.

In: nothing.  Out: a card over the picture, keys to the right of its seams, what they do beside them.
"""

from __future__ import annotations

from world.ui.strokes import Strokes
from world.ui.words import AMBER, WHITE, Words

KEYS = (
    (
        ("W A S D", "walk"),
        ("mouse", "look"),
        ("Shift", "run"),
        ("Alt", "creep"),
        ("C, Ctrl", "crouch"),
        ("Space", "jump, climb, vault"),
        ("Q, E", "lean"),
        ("V", "hold your breath"),
    ),
    (
        ("left mouse", "strike a sensor, a joint, a circuit"),
        ("right mouse", "hold to aim, let go to throw"),
        ("F", "pick up"),
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

    def __init__(self) -> None:
        low, high = _TOP - _STEP * (len(KEYS[0]) - 1) - _PAD, _TOP + _SIZE + 0.7 * _PAD
        corners = [(_LEFT - _PAD, low), (_RIGHT + _PAD, low), (_RIGHT + _PAD, high), (_LEFT - _PAD, high)]
        self._card = Strokes(z=-0.85)
        self._card.begin()
        self._card.fill(corners, _CARD)
        self._card.line(corners[:2], 0.0014, _EDGE)
        self._card.line(corners[2:], 0.0014, _EDGE)
        self._card.end()
        self._words = []
        for seam, rows in zip(_SEAMS, KEYS, strict=True):
            for k, (keys, does) in enumerate(rows):
                y = _TOP - _STEP * k
                for x, align, colour, text in ((seam - _GAP, "right", AMBER, keys), (seam + _GAP, "left", WHITE, does)):
                    words = Words(x, y, size=_SIZE, align=align, color=colour)
                    words.set(text)
                    self._words.append(words)
        self._shown = True
        self.toggle()

    def toggle(self) -> None:
        """Shows or hides the card."""
        self._shown = not self._shown
        for part in (self._card, *self._words):
            part.show(self._shown)
