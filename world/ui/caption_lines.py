"""Captions on the screen: lines at the foot of the picture, each with the sign of its machine's state before it.

In: the lines of `world.ui.captions`.  Out: text, a shade under it that keeps it legible before bright neon, and the signs.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from world.ui.captions import LINES_MAX, Line
from world.ui.signs import draw_sign
from world.ui.strokes import Strokes
from world.ui.words import Words, legible

_SIZE, _FOOT, _STEP = 0.023, -0.424, 0.036
_SIGN, _GAP, _PAD = 0.017, 0.014, 0.012  # half a sign's length, from sign to text, round both
_INK, _SHADE = (0.93, 0.95, 0.94, 1.0), (0.0, 0.012, 0.016, 0.6)


def legible_share(size: float, height_px: float) -> float:
    """The size asked for (1: as designed), or as much more as letters need to be read in a window that is so many pixels high."""
    return legible(_SIZE * size, height_px) / _SIZE


def lift_of(size: float) -> float:
    """By how much a full page of captions of that size is higher than as designed."""
    return max(0.0, (LINES_MAX + 0.5) * _STEP * (size - 1.0))


class CaptionLines:
    """Call `draw` once a frame."""

    def __init__(self) -> None:
        self._plates, self._signs = Strokes(z=-0.7), Strokes(z=-0.9)
        self._words = [Words(0, 0, size=_SIZE, color=_INK) for _ in range(LINES_MAX)]
        self._drawn: list[Line] = []
        self._size = 1.0

    @property
    def texts(self) -> list[str]:
        """What is shown, from the top down."""
        return [words.text for words in self._words if words.text]

    def show(self, visible: bool) -> None:
        """Shows or hides all of it."""
        for part in (self._plates, self._signs, *self._words):
            part.show(visible)

    def draw(self, lines: Sequence[Line], size: float = 1.0) -> None:
        """The lines now, `size` times as large as designed; the last one stands lowest. What is there already costs nothing."""
        if list(lines) == self._drawn and size == self._size:
            return
        self._drawn, self._size = list(lines), size
        self._plates.begin()
        self._signs.begin()
        for k, words in enumerate(self._words):
            if k >= len(lines):
                words.set("")
                continue
            line = lines[k]
            y = _FOOT + _STEP * (0.5 * (size - 1.0) + size * (len(lines) - 1 - k))
            words.resize(_SIZE * size)
            words.set(f"[{line.text}]")
            words.path.setAlphaScale(line.shade)  # the letters' shadow, too
            half = 0.5 * size * (words.node.getWidth() * _SIZE + 2.0 * _SIGN + _GAP)
            words.move(-half + (2.0 * _SIGN + _GAP) * size, y)
            middle = y + 0.3 * _SIZE * size
            self._plate(half + _PAD * size, middle, line.shade)
            self._sign(line, -half + _SIGN * size, middle)
        self._plates.end()
        self._signs.end()

    def _plate(self, half: float, y: float, shade: float) -> None:
        low, high = y - 0.5 * _STEP * self._size + 0.001, y + 0.5 * _STEP * self._size - 0.001
        self._plates.fill([(-half, low), (half, low), (half, high), (-half, high)], (*_SHADE[:3], _SHADE[3] * shade))

    def _sign(self, line: Line, x: float, y: float) -> None:
        def path(along: NDArray[np.float64], inwards: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.column_stack([x + along * _SIGN * self._size, y + (0.008 - inwards * 0.0115) * self._size])

        draw_sign(self._signs, line.band, path, 0.0019 * self._size, line.shade)
