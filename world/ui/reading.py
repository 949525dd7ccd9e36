"""F3: what the machines sense of you, and why: the plan from above, your light and noise, and how sure the nearest four are.

In: the world, the state, the moment, what `Senses` has noted.  Out: a column at the right of the screen. F3 turns from nothing to this to
the lines about the frame, and round again.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from ursina import window

from world.sim import Snapshot, State, World
from world.sim.alert import THRESHOLD
from world.ui.radar import SIDE, Radar
from world.ui.senses import DOWN, HISTORY_S, NEAREST, Senses, Sound, Watcher
from world.ui.signs import COLOURS, draw_sign
from world.ui.strokes import Strokes
from world.ui.words import DIM, WHITE, Words

Mode = Literal["off", "senses", "frame"]
_MODES: tuple[Mode, ...] = ("off", "senses", "frame")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_RIGHT, _WIDEST, _TOP = 0.07, 1.05, 0.455  # from the window's edge; half width that an ultra-wide window is used to
_SIZE, _LINE = 0.0165, 0.0235
_STRIP, _STRIP_STEP = 0.034, 0.076  # a curve's height, from one to the next
_CHECK_S = 0.2
_PAD, _PLATE = 0.012, (0.0, 0.012, 0.016, 0.68)
_GAP = 0.03


class Reading:
    """`note` is `senses.note`, each step; `draw` once a frame."""

    def __init__(self) -> None:
        self.senses, self.mode = Senses(), _MODES[0]
        self._radar, self._curves = Radar(), Strokes(z=-0.7)
        self._light, self._noise = Words(0, 0, size=_SIZE), Words(0, 0, size=_SIZE)
        self._names = [Words(0, 0, size=_SIZE) for _ in range(NEAREST)]
        self._doing = [Words(0, 0, size=_SIZE, align="right", color=DIM) for _ in range(NEAREST)]
        self._called: dict[int, str] = {}
        self._wait_s, self._near, self._sound = 0.0, list[Watcher](), None
        self._shown = True
        self.show(True)

    def turn(self) -> None:
        """F3."""
        self.mode = _MODES[(_MODES.index(self.mode) + 1) % len(_MODES)]
        self._wait_s = 0.0
        self.show(self._shown)

    def show(self, visible: bool) -> None:
        """Shows or hides what F3 shows."""
        self._shown = visible
        for part in (self._radar, self._curves, self._light, self._noise, *self._names, *self._doing):
            part.show(visible and self.mode == "senses")

    @property
    def lines(self) -> list[str]:
        """What is written, from the top down."""
        return [words.text for words in (self._light, self._noise, *self._names) if words.text] if self.mode == "senses" else []

    def draw(self, world: World, state: State, moment: Snapshot, dt_s: float) -> None:
        """This frame's column; its numbers and curves change five times a second."""
        if self.mode != "senses" or not self._shown:
            return
        right = min(window.aspect_ratio / 2, _WIDEST) - _RIGHT
        left = right - SIDE
        self._wait_s -= dt_s
        self._sound: Sound | None = self.senses.sound(world, state)
        self._near = self.senses.nearest(state)
        letters = [self._letter(one.key) for one in self._near]
        self._radar.draw((0.5 * (left + right), _TOP - 0.5 * SIDE), world, state, moment, self._near, letters, self._sound)
        if self._wait_s <= 0.0:
            self._wait_s = _CHECK_S
            self._write(world, state, moment, left, right, letters)
            self._draw_curves(state.tick, left, right)

    def _letter(self, key: int) -> str:
        """A machine keeps its letter."""
        if key not in self._called:
            self._called[key] = _LETTERS[len(self._called) % len(_LETTERS)]
        return self._called[key]

    def _write(self, world: World, state: State, moment: Snapshot, left: float, right: float, letters: list[str]) -> None:
        y = _TOP - SIDE - _GAP
        exposure, walker = self.senses.exposure(world, state, moment), state.walker
        posture = "hugging a wall" if walker.hugging else "crouched" if walker.crouched else "upright"
        self._light.move(left, y)
        self._light.set(f"light {exposure.lux:.2g} lx    visible {exposure.visibility:.0%}, {posture}", WHITE)
        rain = world.hour(state.tick).rain_mm_h
        self._noise.move(left, y - _LINE)
        self._noise.set(f"{_noise_of(self._sound)}    rain {rain:.0f} mm/h", WHITE)
        for k in range(NEAREST):
            y = self._strip_y(k) + _STRIP + 0.007
            if k >= len(self._near):
                self._names[k].set("")
                self._doing[k].set("")
                continue
            one = self._near[k]
            self._names[k].move(left + 0.034, y)
            self._names[k].set(f"{letters[k]}  {one.trade}, {one.distance_m:.0f} m", (*COLOURS[one.band], 1.0))
            self._doing[k].move(right, y)
            self._doing[k].set(one.doing if one.doing == DOWN else f"{one.band.name.lower()}: {one.doing}")

    def _strip_y(self, k: int) -> float:
        """The foot of a curve."""
        return _TOP - SIDE - _GAP - _LINE - 0.022 - _STRIP_STEP * (k + 1) + 0.022

    def _draw_curves(self, tick: int, left: float, right: float) -> None:
        strokes = self._curves
        strokes.begin()
        low, high = self._strip_y(max(0, len(self._near) - 1)) - _PAD, _TOP - SIDE - 0.003
        strokes.fill([(left - _PAD, low), (right + _PAD, low), (right + _PAD, high), (left - _PAD, high)], _PLATE)
        for k, one in enumerate(self._near):
            foot, colour = self._strip_y(k), COLOURS[one.band]
            strokes.fill([(left, foot), (right, foot), (right, foot + _STRIP), (left, foot + _STRIP)], (0.0, 0.0, 0.0, 0.5))
            for band, threshold in enumerate(THRESHOLD.tolist()):
                y = foot + _STRIP * threshold
                strokes.line([(left, y), (right, y)], 0.001, (*COLOURS[band], 0.45))  # type: ignore[index]
            curve = self.senses.curve(one.key, tick)
            if len(curve) > 1:
                points = np.column_stack([right + curve[:, 0] / HISTORY_S * (right - left), foot + _STRIP * np.minimum(curve[:, 1], 1.0)])
                strokes.line(points, 0.002, (*colour, 1.0), glow=0.25)
            middle = foot + _STRIP + 0.0125

            def path(along: np.ndarray, inwards: np.ndarray, middle: float = middle) -> np.ndarray:
                return np.column_stack([left + 0.0145 + along * 0.0135, middle + 0.0065 - inwards * 0.0095])

            draw_sign(strokes, one.band, path, 0.0016, 1.0)
        strokes.end()


def _noise_of(sound: Sound | None) -> str:
    return "no sound" if sound is None else f"{sound.what} {sound.level_db:.0f} dB, heard to {sound.radius_m:.0f} m"
