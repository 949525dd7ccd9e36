"""What panels are made of: a button, and a row of label, slider and value.

In: labels, ranges, and what to call.  Out: entities on Ursina's Button and Slider, with texts of our own (`world.ui.words`).
Rows are made once and bound again and again: creating and destroying Ursina texts leaks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ursina import Button, Entity, Slider, color

from world.ui.words import DIM, Words

HEIGHT = 0.034
_SLIDER_X, _VALUE_X = 0.31, 0.6


class PushButton(Button):
    """A button at (x, y) of its parent's panel; `label` may be changed at any time."""

    def __init__(self, parent: Any, label: str, x: float, y: float, width: float, do: Callable[[], None]) -> None:
        super().__init__(parent=parent, position=(x, y), scale=(width, HEIGHT), color=color.rgba(0.12, 0.14, 0.15, 0.95), on_click=do)
        self._words = Words(x, y - 0.006, size=0.018, align="center", parent=parent)
        self._words.set(label)

    @property
    def label(self) -> str:
        """The text on it."""
        return self._words.text

    def relabel(self, label: str) -> None:
        """Another text."""
        self._words.set(label)


class Row(Entity):
    """`on_move(value)` is called while the slider is dragged, `on_drop(value)` when it is let go."""

    def __init__(self, parent: Any, y: float) -> None:
        super().__init__(parent=parent, y=y)
        self._label = Words(0, -0.006, size=0.018, parent=self)
        self._value = Words(_VALUE_X, -0.006, size=0.018, color=DIM, parent=self)
        self.slider = Slider(0, 1, 0, height=0.016, parent=self, x=_SLIDER_X, dynamic=True)
        self.slider.scale = (0.5, 1)
        self.slider.knob.scale_x = 2
        self.slider.knob.text_entity.enabled = False
        self.slider.on_value_changed = self._moved
        self.slider.knob.drop = self._dropped
        self._integer, self._unit = False, ""
        self._on_move: Callable[[float], None] | None = None
        self._on_drop: Callable[[float], None] | None = None
        self.enabled = False

    def bind(
        self,
        label: str,
        low: float,
        high: float,
        value: float,
        *,
        unit: str = "",
        integer: bool = False,
        on_move: Callable[[float], None] | None = None,
        on_drop: Callable[[float], None] | None = None,
    ) -> None:
        """Makes the row one for this number."""
        self._on_move = self._on_drop = None
        self._integer, self._unit = integer, unit
        self._label.set(label)
        self.slider.min, self.slider.max = low, high
        self.slider.value = value
        self._show(value)
        self._on_move, self._on_drop = on_move, on_drop
        self.enabled = True

    @property
    def number(self) -> float:
        """What the slider says, rounded to what it shows."""
        value = min(max(float(self.slider.value), self.slider.min), self.slider.max)
        span = self.slider.max - self.slider.min
        return float(round(value)) if self._integer else round(value, 3 if span <= 2 else 2 if span <= 20 else 1)

    def _moved(self) -> None:
        self._show(self.number)
        if self._on_move:
            self._on_move(self.number)

    def _dropped(self) -> None:
        self.slider.knob.z = -0.1
        self._show(self.number)
        if self._on_drop:
            self._on_drop(self.number)

    def _show(self, value: float) -> None:
        self._value.set(f"{value:g} {self._unit}".rstrip())
