"""What every sound is made of: sines, shaped noise, decaying modes, grains; and how loud what comes out is.

In: lanes of draws, seconds, frequencies in Hz.  Out: float64 signals at `RATE`, and the float32 `Samples` that are kept.
Loops have no seam: their frequencies are whole multiples of 1/length, their noise is shaped as a spectrum, their grains wrap round.
Source: additive and modal synthesis, spectrally shaped noise (J. O. Smith, *Spectral Audio Signal Processing*). Numbers are drawn
from hash lanes, so that every machine makes the same samples.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from world.fields import uniform

RATE, LOW_RATE = 48_000, 24_000  # the lower one for what holds nothing above 10 kHz
VARIANTS = 4
LOOP_RMS, SHOT_PEAK = 0.1, 0.8
LOOP_PEAK = 0.9  # of loops whose grains stand out so far that they stay softer

Samples = NDArray[np.float32]
Signal = NDArray[np.float64]


def time_of(seconds: float) -> Signal:
    """The instants (s) of a sound that long."""
    return np.arange(round(seconds * RATE)) / RATE


def noise(lane: str, count: int, variant: int = 0) -> Signal:
    """White, in [-1, 1)."""
    return np.asarray(2.0 * uniform(variant, "sound/" + lane, np.arange(count)) - 1.0)


def shaped(signal: Signal, gain: Callable[[Signal], Signal]) -> Signal:
    """A signal with `gain` (of frequencies in Hz) laid on its spectrum: zero-phase, periodic over its length."""
    frequency = np.fft.rfftfreq(len(signal), 1.0 / RATE)
    return np.fft.irfft(np.fft.rfft(signal) * gain(np.asarray(frequency, dtype=np.float64)), len(signal))


def sine(frequency: Signal | float, t: Signal, phase: float = 0.0) -> Signal:
    """`phase` in turns."""
    return np.asarray(np.sin(2.0 * np.pi * (frequency * t + phase)))


def band(signal: Signal, low_hz: float, high_hz: float) -> Signal:
    """What of a sound that begins and ends lies between two frequencies."""
    return np.asarray(sosfilt(butter(2, [low_hz, high_hz], "bandpass", fs=RATE, output="sos"), signal))


def low_pass(corner_hz: float, order: int = 4) -> Callable[[Signal], Signal]:
    """A gain for `shaped` that falls off above a corner."""
    return lambda f: 1.0 / (1.0 + (f / corner_hz) ** order)


def hump(centre_hz: float, octaves: float) -> Callable[[Signal], Signal]:
    """A gain for `shaped`: a bell over log frequency."""
    return lambda f: np.exp(-0.5 * (np.log2(np.maximum(f, 1.0) / centre_hz) / octaves) ** 2) * (f > 0)


def modes(t: Signal, frequencies: Sequence[float], decay_s: float, fall: float = 0.5) -> Signal:
    """A body that was struck: each mode softer and sooner over than the one below."""
    total = np.zeros_like(t)
    for k, frequency in enumerate(frequencies):
        total += sine(frequency, t) * np.exp(-t * (1 + k) / decay_s) / (1.0 + fall * k)
    return total


def partials(
    lane: str, t: Signal, count: int, low_hz: float, high_hz: float, decay_s: float, variant: int, spread_s: float = 0.14
) -> Signal:
    """Many small impacts within `spread_s`, the most of them early, each a decaying partial."""
    draw = uniform(variant, "sound/" + lane, np.arange(count)[:, None], np.arange(4))
    total = np.zeros_like(t)
    for at, pitch, loud, life in draw:
        begins = min(len(t) - 1, int(spread_s * at * at * RATE))
        age = t[: len(t) - begins]
        total[begins:] += (0.2 + loud) * sine(low_hz + (high_hz - low_hz) * pitch, age) * np.exp(-age / (decay_s * (0.4 + life)))
    return total


def scattered(count: int, starts: Signal, loud: Signal, grain: Signal) -> Signal:
    """A grain set down at each of `starts` (shares of the loop), as loud as `loud` says; what sticks out wraps round."""
    hits = np.bincount((starts * count).astype(np.int64) % count, loud, count)
    padded = np.zeros(count)
    padded[: min(count, len(grain))] = grain[:count]
    return np.fft.irfft(np.fft.rfft(hits) * np.fft.rfft(padded), count)


def snapped(frequency: float, seconds: float) -> float:
    """The frequency nearest to one that comes out even in a loop."""
    return max(1, round(frequency * seconds)) / seconds


def unit(signal: Signal) -> Signal:
    """The signal at an RMS of 1."""
    return signal / max(float(np.sqrt((signal**2).mean())), 1e-12)


def loop(signal: Signal) -> Samples:
    """A loop (n,) or (n, 2) as it is kept: all equally loud, but for those of few grains, which would not fit."""
    scale = min(LOOP_RMS / float(np.sqrt((signal**2).mean())), LOOP_PEAK / float(abs(signal).max()))
    return (signal * scale).astype(np.float32)


def shot(signal: Signal) -> Samples:
    """A sound that begins and ends as it is kept: all equally high, with no click at the end."""
    faded = signal.copy()
    tail = min(len(faded), RATE // 100)
    ramp = np.linspace(1.0, 0.0, tail)
    faded[-tail:] *= ramp if faded.ndim == 1 else ramp[:, None]
    return (faded * (SHOT_PEAK / abs(faded).max())).astype(np.float32)


def dulled(samples: Samples, corner_hz: float) -> Samples:
    """The same loop or shot with its top taken off, in phase with it, so that the two can be crossfaded without a hole."""
    columns = samples.astype(np.float64).reshape(len(samples), -1)
    dull = np.stack([shaped(column, low_pass(corner_hz)) for column in columns.T], axis=1)
    return dull.reshape(samples.shape).astype(np.float32)
