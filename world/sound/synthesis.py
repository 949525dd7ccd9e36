"""Every sound of the city, computed: one function a sound.

In: a variant (a small integer).  Out: float32 samples at `RATE` Hz, in [-1, 1]; loops have no seam, because all their frequencies are
whole multiples of 1/length and their noise is shaped as a spectrum; `rain` is stereo (n, 2), all else mono.
Source: additive and modal synthesis, spectrally shaped noise (J. O. Smith, *Spectral Audio Signal Processing*). Numbers are drawn
from hash lanes, so that every machine makes the same samples.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from world.fields import uniform
from world.space import Material

RATE = 48_000
HUM_LOOP_S, RAIN_LOOP_S, CITY_LOOP_S, NEON_LOOP_S = 4, 8, 12, 2
HUM_CODES = ((0, 0), (2, 1), (5, 2), (7, 4))  # semitones up and Hz of throbbing, by how alarmed it is
VARIANTS = 4
LOOP_RMS, SHOT_PEAK = 0.1, 0.8
THUNDER_S = 5.0

Samples = NDArray[np.float32]
Signal = NDArray[np.float64]


def _noise(lane: str, count: int, variant: int = 0) -> Signal:
    """White, in [-1, 1)."""
    return np.asarray(2.0 * uniform(variant, "sound/" + lane, np.arange(count)) - 1.0)


def _shaped(noise: Signal, gain: Callable[[Signal], Signal]) -> Signal:
    """Noise with a spectrum, periodic over its length: `gain` of frequencies in Hz."""
    frequency = np.fft.rfftfreq(len(noise), 1.0 / RATE)
    return np.fft.irfft(np.fft.rfft(noise) * gain(frequency), len(noise))


def _time(seconds: float) -> Signal:
    return np.arange(round(seconds * RATE)) / RATE


def _sine(frequency: Signal | float, t: Signal, phase: float = 0.0) -> Signal:
    return np.asarray(np.sin(2.0 * np.pi * (frequency * t + phase)))


def _loop(signal: Signal) -> Samples:
    loud: Signal = signal * (LOOP_RMS / np.sqrt((signal**2).mean()))
    return loud.astype(np.float32)


def _shot(signal: Signal) -> Samples:
    faded = signal.copy()
    tail = min(len(faded), RATE // 100)
    faded[-tail:] *= np.linspace(1.0, 0.0, tail)
    return (faded * (SHOT_PEAK / abs(faded).max())).astype(np.float32)


def _band(signal: Signal, low_hz: float, high_hz: float) -> Signal:
    return np.asarray(sosfilt(butter(2, [low_hz, high_hz], "bandpass", fs=RATE, output="sos"), signal))


@lru_cache(maxsize=8)
def hum(code: int) -> tuple[Samples, Samples]:
    """A glider's hum as (bright, dull) layers of one loop; `code` indexes `HUM_CODES`."""
    semitones, throb_hz = HUM_CODES[code]
    t = _time(HUM_LOOP_S)
    snap = 1.0 / HUM_LOOP_S
    base = round(62.0 * 2.0 ** (semitones / 12.0) / snap) * snap
    tone = sum(_sine(base * k, t, uniform(0, "sound/hum/phase", k)) / k**1.15 for k in range(1, 25))
    gear = 0.05 * _sine(round(base * 11.3 / snap) * snap, t + 0.0004 * _sine(3.0, t))
    air = _shaped(_noise("hum/air", len(t)), lambda f: np.where(f > 0, 1.0 / (1.0 + (f / 500.0) ** 4), 0.0))
    throb = 1.0 + 0.12 * _sine(3.0, t) + (0.55 * _sine(throb_hz, t) if throb_hz else 0.0)
    bright = _loop((tone + gear + 0.5 * air) * throb)
    dull = _shaped(bright.astype(np.float64), lambda f: 1.0 / (1.0 + (f / 170.0) ** 4))
    return bright, dull.astype(np.float32)


def servo(variant: int = 0) -> Samples:
    """A head that turns: a gliding saw with the ripple of its gears."""
    t = _time(0.55)
    glide = 400.0 * t + 0.5 * (900.0 - 400.0) / 0.55 * t * t + 0.02 * _sine(37.0 + 3 * variant, t)
    saw = sum(_sine(k, glide) / k for k in range(1, 14))
    ramp = np.clip(np.minimum(t, t[-1] - t) / 0.08, 0.0, 1.0)
    return _shot(saw * ramp)


def chirp(variant: int = 0) -> Samples:
    """A call to peers: two quick glides."""
    t = _time(0.34)
    part = np.where(t < 0.15, t / 0.15, (t - 0.19) / 0.15)
    envelope = np.sin(np.pi * np.clip(part, 0.0, 1.0)) ** 0.7
    phase = np.cumsum(1700.0 + 260.0 * variant + 1100.0 * np.clip(part, 0.0, 1.0)) / RATE
    return _shot(envelope * (_sine(1.0, phase) + 0.35 * _sine(2.0, phase)))


def step(material: Material, variant: int = 0) -> Samples:
    """A footfall."""
    t = _time(0.32)
    noise = _noise(f"step/{material.name}", len(t), variant)
    jitter = 0.9 + 0.2 * uniform(variant, "sound/step/pitch", int(material))
    thud = _sine(85.0 * jitter, t) * np.exp(-t / 0.035)
    heel = _band(noise, 300.0, 2500.0) * np.exp(-t / 0.018)
    wet = _band(np.roll(noise, 77), 1500.0, 11000.0) * np.exp(-((t - 0.035) ** 2) / 0.0006)
    if material == Material.METAL:
        modes = (172.0, 411.0, 802.0, 1377.0, 2210.0, 3490.0)
        ring = sum(_sine(f * jitter, t) * np.exp(-t / (0.16 / (1 + k))) / (1 + 0.5 * k) for k, f in enumerate(modes))
        return _shot(0.7 * ring + 1.2 * heel + 0.4 * thud)
    if material == Material.GLASS:
        return _shot(_partials("glass", t, 45, 3000.0, 14000.0, 0.03, variant) + 0.3 * heel)
    if material == Material.RUBBLE:
        return _shot(_partials("rubble", t, 30, 700.0, 5200.0, 0.009, variant) + heel + 0.6 * thud)
    if material == Material.TILE:
        return _shot(thud * 0.6 + heel + 0.5 * _sine(1900.0 * jitter, t) * np.exp(-t / 0.012) + 0.5 * wet)
    dry = {Material.ASPHALT: 1.3, Material.PAVING: 0.9}.get(material, 0.6)
    return _shot(thud + 1.6 * heel + dry * wet)


def splash(variant: int = 0) -> Samples:
    """A foot in a puddle: a slap, spray, and a few bubbles (falling sines, Minnaert 1933)."""
    t = _time(0.5)
    noise = _noise("splash", len(t), variant)
    slap = _band(noise, 200.0, 1800.0) * np.exp(-t / 0.03)
    spray = _band(np.roll(noise, 131), 1800.0, 9000.0) * np.exp(-((t - 0.07) ** 2) / 0.004)
    draw = uniform(variant, "sound/bubble", np.arange(9)[:, None], np.arange(3))
    bubbles = np.zeros_like(t)
    for at, pitch, size in draw:
        age = np.maximum(t - 0.05 - 0.3 * at, 0.0)
        bubbles += _sine(500.0 + 1300.0 * pitch, age + 1.5 * age * age) * np.exp(-age / (0.008 + 0.02 * size)) * (age > 0)
    return _shot(slap + 0.9 * spray + 0.12 * bubbles)


def _partials(lane: str, t: Signal, count: int, low_hz: float, high_hz: float, decay_s: float, variant: int) -> Signal:
    """Many small impacts, each a decaying partial."""
    draw = uniform(variant, "sound/" + lane, np.arange(count)[:, None], np.arange(4))
    total = np.zeros_like(t)
    for at, pitch, loud, life in draw:
        age = np.maximum(t - 0.14 * at * at, 0.0)
        total += (0.2 + loud) * _sine(low_hz + (high_hz - low_hz) * pitch, age) * np.exp(-age / (decay_s * (0.4 + life))) * (age > 0)
    return total


def _hiss(frequency: Signal) -> Signal:
    return np.where(frequency > 60, (np.maximum(frequency, 60.0) / 4000.0) ** 0.25 / (1 + (frequency / 13000.0) ** 4), 0.0)


@lru_cache(maxsize=1)
def rain() -> Samples:
    """Rain, (n, 2): a tilted hiss and 1,800 drops a second, each ear its own."""
    n = RAIN_LOOP_S * RATE
    ears = []
    for ear in (0, 1):
        hiss = _shaped(_noise("rain", n, ear), _hiss)
        drops = np.zeros(n)
        age = _time(0.01)
        for kind in range(12):
            where = (uniform(kind, "sound/drops", ear, np.arange(150 * RAIN_LOOP_S)) * n).astype(np.int64)
            loud = uniform(kind, "sound/drops/loud", ear, np.arange(150 * RAIN_LOOP_S)) ** 4
            ping = np.zeros(n)
            ping[: len(age)] = _sine(1800.0 + 650.0 * kind, age) * np.exp(-age / 0.0012)
            drops += np.fft.irfft(np.fft.rfft(np.bincount(where, loud, n)) * np.fft.rfft(ping), n)
        ears.append(_loop(hiss / hiss.std() + 0.9 * drops / drops.std()))
    return np.stack(ears, axis=1)


@lru_cache(maxsize=1)
def rain_on_roof() -> Samples:
    """The same rain heard from under a roof, (n, 2): its treble kept out."""
    ears = [_shaped(rain()[:, ear].astype(np.float64), lambda f: 1.0 / (1.0 + (f / 900.0) ** 2)) for ear in (0, 1)]
    return np.stack(ears, axis=1).astype(np.float32)


@lru_cache(maxsize=1)
def city() -> Samples:
    """The machines over everything, far off: a drone below 150 Hz that swells."""
    t = _time(CITY_LOOP_S)
    roar = _shaped(_noise("city", len(t)), lambda f: np.where(f > 18, 1.0 / (1.0 + (f / 70.0) ** 3), 0.0))
    tones = sum(_sine(f, t) * (1.0 + 0.6 * _sine(k / CITY_LOOP_S, t)) for k, f in ((1, 41.0), (2, 61.5), (3, 82.25)))
    return _loop(roar / roar.std() + 0.35 * tones)


@lru_cache(maxsize=1)
def neon() -> Samples:
    """A failing ballast: harmonics of 100 Hz, with dropouts."""
    t = _time(NEON_LOOP_S)
    buzz = sum(_sine(100.0 * k, t, uniform(0, "sound/neon", k)) / k**0.8 for k in range(1, 41))
    cut = _shaped(_noise("neon/cut", len(t)), lambda f: np.where((f > 0) & (f < 14), 1.0, 0.0))
    return _loop(buzz * np.clip(0.75 + 0.5 * cut / cut.std(), 0.05, 1.0))


def breath(variant: int = 0) -> Samples:
    """Out of breath: in, and out."""
    t = _time(1.1)
    air = _band(_noise("breath", len(t), variant), 420.0, 2600.0)
    swell = 0.6 * np.sin(np.pi * np.clip(t / 0.42, 0, 1)) ** 2 + np.sin(np.pi * np.clip((t - 0.5) / 0.6, 0, 1)) ** 2
    return _shot(air * swell)


def landing(variant: int = 0) -> Samples:
    """Both feet at once, and the knees."""
    t = _time(0.4)
    noise = _noise("landing", len(t), variant)
    return _shot(1.4 * _sine(62.0, t) * np.exp(-t / 0.06) + _band(noise, 150.0, 1400.0) * np.exp(-t / 0.05))


def clamber(variant: int = 0) -> Samples:
    """Cloth and palms on concrete."""
    t = _time(0.6)
    noise = _band(_noise("clamber", len(t), variant), 500.0, 4200.0)
    return _shot(noise * (np.exp(-((t - 0.12) ** 2) / 0.003) + 0.7 * np.exp(-((t - 0.38) ** 2) / 0.006)))


def sting(variant: int = 0) -> Samples:
    """Taken: a low cluster that closes like a door."""
    t = _time(2.6)
    pitches = (49.0, 52.0, 98.5, 147.0, 155.5)
    cluster = sum(_sine(f + variant, t * (1.0 - 0.02 * t)) * (1.0 + 0.3 * _sine(5.0 + k, t)) for k, f in enumerate(pitches))
    slam = _band(_noise("sting", len(t), variant), 60.0, 900.0) * np.exp(-t / 0.09)
    return _shot(cluster * np.minimum(t / 0.03, 1.0) * np.exp(-t / 0.8) + 3.0 * slam)


def thunder(variant: int = 0) -> Samples:
    """A crack, then the channel's length arriving bit by bit: brown noise that sinks from 200 to 60 Hz in a few rolls."""
    t = _time(THUNDER_S)
    brown = _shaped(_noise("thunder", len(t), variant), lambda f: np.where(f > 15, 1.0 / (1.0 + f / 40.0), 0.0))
    brown /= brown.std()
    low, high = (_shaped(brown, lambda f, at=at: 1.0 / (1.0 + (f / at) ** 4)) for at in (70.0, 260.0))
    sunk = np.clip(t / 2.2, 0.0, 1.0)
    rolls = np.exp(-t / 1.5)
    for k in range(1, 5):
        at, size = 0.35 * k + 0.9 * uniform(variant, "sound/thunder/roll", k), 0.35 + 0.6 * uniform(variant, "sound/thunder/size", k)
        rolls += size * np.exp(-((t - at) ** 2) / (0.02 + 0.05 * k))
    crack = _band(_noise("thunder/crack", len(t), variant), 300.0, 6000.0) * np.exp(-t / 0.06)
    fade = np.minimum(1.0, (THUNDER_S - t) / 1.0)
    return _shot(((1.0 - sunk) * high + sunk * low) * rolls * fade * np.minimum(t / 0.012, 1.0) + 0.9 * crack)


SHOTS: dict[str, Callable[[int], Samples]] = {
    "servo": servo, "chirp": chirp, "splash": splash, "landing": landing, "clamber": clamber, "breath": breath, "sting": sting,
    "thunder": thunder,
}  # fmt: skip
STEPS = tuple(f"step/{material.name}" for material in Material)


@lru_cache(maxsize=128)
def shot(sound: str, variant: int) -> Samples:
    """The sound of a name: a function of this module, with its material after a slash for steps."""
    name, _, material = sound.partition("/")
    return step(Material[material], variant) if name == "step" else SHOTS[name](variant)
