"""Counts flashes as WCAG 2.3.1 does, in pictures that were drawn.

In: frames, frames a second.  Out: the most general and the most red flashes that any second holds, wherever on the screen they are worst;
of a film as it is drawn, too.
How: a flash is a pair of opposing changes, of a tenth of the greatest relative luminance where the darker state is below .8, or for red
of 20 units of (R - G - B) · 320 to or from a saturated red; it counts where a quarter of any ninth of the screen (ten degrees of the
field of view at an arm's length) takes part. Source: W3C, WCAG 2.2, "general flash and red flash thresholds"; ITU-R BT.1702.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_STEP, _BRIGHT = 0.1, 0.8
_RED_STEP, _RED_SHARE = 20.0 / 320.0, 0.8
_AREA = 0.25
_HALVES = 6  # of the screen's sides, two of which make a window
_SMALL_PX, _KEPT_S, _OVERLAP_S = 96, 10.0, 2.0

Array = NDArray[np.float32]


SAFE = 3.0  # a second


@dataclass(frozen=True)
class Flashes:
    """The most flashes in any second; at most three are safe."""

    general: float
    red: float

    @property
    def safe(self) -> bool:
        return max(self.general, self.red) <= SAFE


class FlashWatch:
    """Counts in a film as it is drawn: `add` each frame, of any size; `found` is the worst so far. Frames are kept small, and some
    seconds of them at a time."""

    def __init__(self, fps: float) -> None:
        self._fps, self._kept, self._worst = fps, [], Flashes(0.0, 0.0)
        self._most = max(2, round(_KEPT_S * fps))

    def add(self, frame: NDArray[np.uint8]) -> None:
        """The next frame, (H, W, 3) sRGB."""
        if len(self._kept) == self._most:
            self._worst = self.found()
            self._kept = self._kept[-max(1, round(_OVERLAP_S * self._fps)) :]
        self._kept.append(_small(frame))

    def found(self) -> Flashes:
        """The most in any second of what was added."""
        if len(self._kept) < 2:
            return self._worst
        now = flashes_in(np.stack(self._kept), self._fps)
        return Flashes(max(now.general, self._worst.general), max(now.red, self._worst.red))


def _small(frame: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """About `_SMALL_PX` wide, each pixel the mean of its part."""
    part = max(1, min(frame.shape[1] // _SMALL_PX, frame.shape[0] // 12))
    height, width = frame.shape[0] // part, frame.shape[1] // part
    parts = frame[: height * part, : width * part].reshape(height, part, width, part, 3)
    return parts.mean(axis=(1, 3), dtype=np.float32).astype(np.uint8)


def flashes_in(frames: NDArray[np.uint8], fps: float) -> Flashes:
    """`frames` (T, H, W, 3) sRGB; at least 12 × 12 pixels."""
    linear = _linear(frames)
    luminance = linear @ np.array([0.2126, 0.7152, 0.0722], np.float32)
    total = linear.sum(axis=-1)
    saturated = (linear[..., 0] >= _RED_SHARE * total) & (total > 0.0)
    red = np.where(saturated, np.maximum(linear[..., 0] - linear[..., 1] - linear[..., 2], 0.0), 0.0).astype(np.float32)
    return Flashes(_most(_turns(luminance, _STEP, _BRIGHT), fps), _most(_turns(red, _RED_STEP, np.inf), fps))


def _linear(frames: NDArray[np.uint8]) -> Array:
    value = np.arange(256) / 255.0
    table = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4).astype(np.float32)
    linear: Array = table[frames]
    return linear


def _turns(signal: Array, step: float, bright: float) -> NDArray[np.int8]:
    """Of the signal's shape (T, ...): 1 where it has risen by a step since its last low, -1 where it has fallen so since its last high."""
    low, high = signal[0].copy(), signal[0].copy()
    found = np.zeros(signal.shape, np.int8)
    for n in range(1, len(signal)):
        now = signal[n]
        low, high = np.minimum(low, now), np.maximum(high, now)
        up, down = (now - low >= step) & (low < bright), (high - now >= step) & (now < bright)
        found[n] = up.astype(np.int8) - (down & ~up)
        low, high = np.where(up | down, now, low), np.where(up | down, now, high)
    return found


def _most(turns: NDArray[np.int8], fps: float) -> float:
    """Flashes in the worst second of the worst window: what its pixels have done on the whole turns when a quarter of them have."""
    whole = _turns(np.cumsum(_shares(turns), axis=0), _AREA, np.inf)
    worst = 0.0
    for window in whole.T:
        at = np.flatnonzero(window)
        at = at[np.diff(window[at], prepend=0) != 0]  # the same way again is no turn
        worst = max([worst, *(np.count_nonzero((at >= first) & (at < first + fps)) / 2.0 for first in at.tolist())])
    return worst


def _shares(turns: NDArray[np.int8]) -> Array:
    """(T, 25): what share of each window's pixels rises (falls: negative) in each frame; windows overlap by half."""
    count, height, width = turns.shape
    rows, columns = np.linspace(0, height, _HALVES + 1).astype(int), np.linspace(0, width, _HALVES + 1).astype(int)
    corners = [(j, i) for j in range(_HALVES - 1) for i in range(_HALVES - 1)]
    parts = [turns[:, rows[j] : rows[j + 2], columns[i] : columns[i + 2]].reshape(count, -1) for j, i in corners]
    return np.stack([part.mean(axis=1, dtype=np.float32) for part in parts], axis=1)
