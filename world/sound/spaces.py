"""What the place around the ear answers: a street, the underside of a deck, a room, a station.

In: a `Space`; a dry sound.  Out: the answer as an impulse response (n, 2), another at each ear, or laid on the sound.
How: decaying noise, filtered as the walls' material does it, after first echoes at the distances of its walls. The energy of an
answer is what the place sends back of a sound of energy 1.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.signal import butter, oaconvolve, resample_poly, sosfilt

from world.fields import uniform
from world.sound.samples import LOW_RATE, RATE, Samples, Signal

WET_RATE = LOW_RATE


class Space(enum.IntEnum):
    """Where the ear is."""

    STREET = 0
    DECK = 1  # under something broad: an overpass, an awning
    ROOM = 2
    STATION = 3  # under the ground


@dataclass(frozen=True)
class _Answer:
    seconds: float
    decay_s: float
    send: float
    low_hz: float
    high_hz: float
    echoes: tuple[tuple[float, float], ...]  # s, share


_ANSWERS = {
    Space.STREET: _Answer(0.9, 0.18, 0.12, 300.0, 5000.0, ((0.071, 0.35), (0.118, 0.22))),
    Space.DECK: _Answer(1.0, 0.24, 0.26, 180.0, 4200.0, ((0.028, 0.6), (0.047, 0.4), (0.083, 0.3))),
    Space.ROOM: _Answer(0.5, 0.09, 0.3, 140.0, 5500.0, ((0.009, 0.6), (0.014, 0.5), (0.022, 0.4))),
    Space.STATION: _Answer(2.0, 0.55, 0.45, 90.0, 3600.0, ((0.021, 0.5), (0.052, 0.4), (0.094, 0.35))),
}


@lru_cache(maxsize=8)
def answer(space: Space) -> Signal:
    """The impulse response (n, 2) at `RATE`."""
    a = _ANSWERS[space]
    count = round(a.seconds * RATE)
    t = np.arange(count) / RATE
    pass_band = butter(2, [a.low_hz, a.high_hz], "bandpass", fs=RATE, output="sos")
    ears = []
    for ear in (0, 1):
        late = 2.0 * uniform(ear, "sound/answer", int(space), np.arange(count)) - 1.0
        late *= np.exp(-t / a.decay_s) * np.minimum(t / 0.012, 1.0)
        late /= np.sqrt((late**2).sum())
        for k, (at, share) in enumerate(a.echoes):
            late[int((at + 0.0011 * (ear * 2 - 1) * (k % 2 * 2 - 1)) * RATE)] += 0.5 * share
        filtered = sosfilt(pass_band, late)
        ears.append(filtered * (a.send / np.sqrt((filtered**2).sum())))
    return np.stack(ears, axis=1)


def wet(dry: Samples, space: Space) -> Samples:
    """What a place answers to a sound, (n, 2) at `WET_RATE`."""
    mono = dry.astype(np.float64).reshape(len(dry), -1).mean(axis=1)
    response = answer(space)
    both = np.stack([oaconvolve(mono, response[:, ear]) for ear in (0, 1)], axis=1)
    return resample_poly(both, WET_RATE, RATE, axis=0).astype(np.float32)


def wet_loop(dry: Samples, space: Space) -> Samples:
    """What a place answers to a loop that has long been sounding: a loop of the same length, (n, 2) at `WET_RATE`, without a seam."""
    count, keep = len(dry), len(dry) * WET_RATE // RATE
    spectrum = np.fft.rfft(dry.astype(np.float64))
    ears = []
    for ear in (0, 1):
        answered = spectrum * np.fft.rfft(answer(space)[:, ear], count)
        ears.append(np.fft.irfft(answered[: keep // 2 + 1], keep) * (WET_RATE / RATE))  # the upper half of the spectrum is left out
    return np.stack(ears, axis=1).astype(np.float32)
