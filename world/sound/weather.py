"""Rain as it falls on a street, on a deck overhead, on a house; wind; thunder; what drips.

In: nothing, or a variant.  Out: loops, those of rain and wind (n, 2) and different at each ear, and shots (`world.sound.samples`).
How: rain is a tilted hiss and single drops: the more falls, the more of them melt into the hiss.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from world.fields import uniform
from world.sound.samples import (
    RATE,
    Samples,
    Signal,
    band,
    hump,
    loop,
    low_pass,
    noise,
    scattered,
    shaped,
    shot,
    sine,
    time_of,
    unit,
)

RAIN_LOOP_S, THUNDER_S = 8, 5.0


def drizzle() -> Samples:
    """Little rain: single drops, a thin hiss."""
    return _both(lambda ear: 0.5 * unit(_hiss(ear)) + 1.1 * unit(_drops(ear, 70)))


@lru_cache(maxsize=1)
def rain() -> Samples:
    """Rain: a tilted hiss and 1,800 drops a second."""
    return _both(lambda ear: unit(_hiss(ear)) + 0.9 * unit(_drops(ear, 150)))


def downpour() -> Samples:
    """All that the sky holds: a roar with weight below, water running over stone."""
    return _both(lambda ear: unit(_hiss(ear + 4)) + 0.4 * unit(_drops(ear + 4, 150)) + 0.5 * unit(_running(ear)))


def rain_on_roof() -> Samples:
    """Under a deck or an awning: the street's rain without its near drops, and what drums on the slab above."""
    street = rain().astype(np.float64)

    def ear_of(ear: int) -> Signal:
        drum = unit(shaped(_drops(ear + 8, 40), hump(240.0, 0.8)))
        return unit(shaped(street[:, ear], low_pass(900.0, 2))) + 0.35 * drum

    return _both(ear_of)


def rain_indoors() -> Samples:
    """Behind walls: a low murmur, and a gutter."""
    street = rain().astype(np.float64)

    def ear_of(ear: int) -> Signal:
        gutter = shaped(noise("gutter", len(street), ear), hump(520.0, 0.35)) * (1.0 + 0.5 * sine(0.375, time_of(RAIN_LOOP_S)))
        return unit(shaped(street[:, ear], low_pass(260.0, 3))) + 0.25 * unit(gutter)

    return _both(ear_of)


def wind() -> Samples:
    """Air between houses: broad noise whose pitch wanders, a cable that sings."""
    n, t = 12 * RATE, time_of(12)

    def ear_of(ear: int) -> Signal:
        low = unit(shaped(noise("wind", n, ear), hump(150.0, 0.8)))
        high = unit(shaped(noise("wind/high", n, ear), hump(520.0, 0.4)))
        cable = unit(shaped(noise("wind/cable", n), hump(742.0, 0.012)))
        swell = 0.6 + 0.4 * sine(1 / 6.0, t, 0.1 * ear)
        gust = np.maximum(0.0, sine(1 / 4.0, t, 0.3) + 0.4 * sine(1 / 1.5, t)) / 1.4
        return low * swell + 0.5 * high * gust + 0.1 * cable * gust**2

    return _both(ear_of)


def drips() -> Samples:
    """Water from an edge into a puddle: irregular, each drop with the pitch of its bubble."""
    n = 8 * RATE
    total = np.zeros(n)
    for k in range(11):
        at = (k + 0.8 * uniform(k, "sound/drips/when", 0)) / 11.0
        pitch, loud = 650.0 + 1500.0 * uniform(k, "sound/drips/pitch", 0), 0.3 + 0.7 * uniform(k, "sound/drips/loud", 0)
        age = time_of(0.12)
        plop = sine(pitch, age + 1.8 * age * age) * np.exp(-age / 0.018) * np.minimum(age / 0.002, 1.0)
        tick = 0.5 * noise("drips/tick", len(age), k) * np.exp(-age / 0.0012)
        total += scattered(n, np.array([at]), np.array([loud]), plop + tick)
    return loop(total)


def thunder(variant: int = 0) -> Samples:
    """A crack, then the channel's length arriving bit by bit: brown noise that sinks from 200 to 60 Hz in a few rolls."""
    t = time_of(THUNDER_S)
    brown = shaped(noise("thunder", len(t), variant), lambda f: np.where(f > 15, 1.0 / (1.0 + f / 40.0), 0.0))
    brown /= brown.std()
    low, high = (shaped(brown, low_pass(corner)) for corner in (70.0, 260.0))
    sunk = np.clip(t / 2.2, 0.0, 1.0)
    rolls = np.exp(-t / 1.5)
    for k in range(1, 5):
        at, size = 0.35 * k + 0.9 * uniform(variant, "sound/thunder/roll", k), 0.35 + 0.6 * uniform(variant, "sound/thunder/size", k)
        rolls += size * np.exp(-((t - at) ** 2) / (0.02 + 0.05 * k))
    crack = band(noise("thunder/crack", len(t), variant), 300.0, 6000.0) * np.exp(-t / 0.06)
    fade = np.minimum(1.0, (THUNDER_S - t) / 1.0)
    return shot(((1.0 - sunk) * high + sunk * low) * rolls * fade * np.minimum(t / 0.012, 1.0) + 0.9 * crack)


def _both(ear_of: Callable[[int], Signal]) -> Samples:
    """One loop a side."""
    return np.stack([loop(ear_of(ear)) for ear in (0, 1)], axis=1)


def _hiss(lane: int) -> Signal:
    def tilt(f: Signal) -> Signal:
        return np.where(f > 60, (np.maximum(f, 60.0) / 4000.0) ** 0.25 / (1 + (f / 13000.0) ** 4), 0.0)

    return shaped(noise("rain", RAIN_LOOP_S * RATE, lane), tilt)


def _running(lane: int) -> Signal:
    return shaped(noise("running", RAIN_LOOP_S * RATE, lane), hump(900.0, 1.1))


def _drops(lane: int, a_second: int) -> Signal:
    """Twenty sizes of drop, no two a simple interval apart, together twelve times `a_second`."""
    count = a_second * RAIN_LOOP_S * 12 // 20
    age = time_of(0.01)
    total = np.zeros(RAIN_LOOP_S * RATE)
    for kind in range(20):
        where = uniform(kind, "sound/drops", lane, np.arange(count))
        loud = uniform(kind, "sound/drops/loud", lane, np.arange(count)) ** 4
        pitch = 2200.0 * 5.0 ** ((kind + 0.7 * uniform(kind, "sound/drops/pitch", lane)) / 20.0)
        total += scattered(len(total), where, loud, sine(pitch, age) * np.exp(-age / 0.0009))
    return total
