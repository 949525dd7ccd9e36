"""What a dead city still says: neon, fires, holograms, coolers, burst pipes, games, a radio, chimes, loudspeakers, machines far off.

In: nothing, or a variant.  Out: loops and shots (`world.sound.samples`).
How: the announcements are sung speech without words: a pulse train on a pentatonic line, filtered by the formants of five vowels
(Peterson and Barney 1952), as a horn loudspeaker lets it through.
"""

from __future__ import annotations

import numpy as np

from world.conditions.sparks import STRIKES
from world.fields import uniform
from world.sound.samples import (
    RATE,
    Samples,
    Signal,
    band,
    hump,
    loop,
    low_pass,
    modes,
    noise,
    scattered,
    shaped,
    shot,
    sine,
    time_of,
    unit,
)

CITY_LOOP_S, NEON_LOOP_S = 12, 2
_VOWELS = ((730.0, 1090.0, 2440.0), (270.0, 2290.0, 3010.0), (300.0, 870.0, 2240.0), (530.0, 1840.0, 2480.0), (570.0, 840.0, 2410.0))
_SCALE = (0, 2, 5, 7, 9, 12)  # semitones: the yo scale
_SYLLABLE_S = 0.19
_CHIME_HZ = (784.0, 622.3, 466.2, 622.3, 698.5)


def city() -> Samples:
    """The machines over everything, far off: a drone below 150 Hz that swells."""
    t = time_of(CITY_LOOP_S)
    roar = shaped(noise("city", len(t)), lambda f: np.where(f > 18, 1.0 / (1.0 + (f / 70.0) ** 3), 0.0))
    tones = sum(sine(f, t) * (1.0 + 0.6 * sine(k / CITY_LOOP_S, t)) for k, f in ((1, 41.0), (2, 61.5), (3, 82.25)))
    return loop(roar / roar.std() + 0.35 * np.asarray(tones))


def neon() -> Samples:
    """A failing ballast: harmonics of 100 Hz, with dropouts."""
    t = time_of(NEON_LOOP_S)
    buzz = sum(sine(100.0 * k, t, uniform(0, "sound/neon", k)) / k**0.8 for k in range(1, 41))
    cut = shaped(noise("neon/cut", len(t)), lambda f: np.where((f > 0) & (f < 14), 1.0, 0.0))
    return loop(np.asarray(buzz) * np.clip(0.75 + 0.5 * cut / cut.std(), 0.05, 1.0))


def fire() -> Samples:
    """A brown roar below 300 Hz, crackles from 1 to 6 kHz, rain that hisses in it."""
    t = time_of(6.0)
    roar = shaped(noise("fire", len(t)), lambda f: (f > 20) / (1.0 + (f / 90.0) ** 2)) * (1.0 + 0.3 * sine(1 / 3, t) + 0.2 * sine(1.5, t))
    crackle = np.zeros_like(t)
    for k in range(8):
        age = time_of(0.006 + 0.002 * k)
        grain = noise("fire/grain", len(age), k) * np.exp(-age / 0.0015)
        loud = uniform(k, "sound/fire/loud", np.arange(26)) ** 3
        crackle += scattered(len(t), uniform(k, "sound/fire/when", np.arange(26)), loud, grain)
    hiss = shaped(noise("fire/hiss", len(t)), hump(5200.0, 0.5)) * np.maximum(0.0, sine(1 / 2, t)) ** 4
    return loop(unit(roar) + 0.55 * unit(shaped(crackle, hump(2600.0, 1.0))) + 0.12 * unit(hiss))


def hologram() -> Samples:
    """A projector: a breathing fifth, scanning lines, and the ghost of an advertisement talking under it."""
    t = time_of(8.0)
    chord = sum(sine(f, t + 0.0006 * sine(k / 8.0, t)) for k, f in ((1, 220.0), (2, 329.625), (3, 440.25)))
    scan = sine(1320.0, t) * np.maximum(0.0, sine(8.0, t)) ** 8
    line = [int(uniform(5, "sound/hologram", k) * len(_SCALE)) for k in range(20)]
    murmur = np.zeros_like(t)
    speech = _sung(line, 165.0, 5)
    murmur[: len(speech)] = speech
    return loop(unit(np.asarray(chord)) * (0.8 + 0.3 * sine(0.25, t)) + 0.12 * scan + 0.5 * unit(shaped(murmur, low_pass(1400.0))))


def cooler() -> Samples:
    """A refrigerated case or a vending machine: a compressor that shivers."""
    t = time_of(4.0)
    motor = sum(sine(50.0 * k, t, uniform(0, "sound/cooler", k)) / k for k in range(1, 13)) * (1.0 + 0.15 * sine(0.5, t))
    fan = shaped(noise("cooler", len(t)), hump(420.0, 0.8))
    return loop(unit(np.asarray(motor)) + 0.5 * unit(fan))


def hiss() -> Samples:
    """A burst pipe: water under pressure."""
    t = time_of(5.0)
    jet = shaped(noise("hiss", len(t)), hump(3400.0, 0.9)) * (1.0 + 0.15 * sine(0.6, t) + 0.1 * sine(3.2, t))
    gurgle = shaped(noise("hiss/gurgle", len(t)), hump(380.0, 0.5)) * np.maximum(0.0, sine(2.0, t)) ** 2
    return loop(unit(jet) + 0.5 * unit(gurgle))


def arcade() -> Samples:
    """A cabinet that still plays its waiting tune to nobody, a little slow."""
    t = time_of(6.4)
    melody = [int(uniform(3, "sound/arcade", k) * len(_SCALE)) for k in range(32)]
    total = np.zeros_like(t)
    for k, note in enumerate(melody):
        begins, age = int(0.2 * k * RATE), time_of(0.18)
        pitch = 523.25 * 2.0 ** (_SCALE[note] / 12.0) * (0.5 if k % 8 == 7 else 1.0)
        square = sum(sine(pitch * n, age) / n for n in (1, 3, 5, 7, 9))
        total[begins : begins + len(age)] += np.asarray(square) * np.exp(-age / 0.09) * (0.0 if k % 5 == 4 else 1.0)
    bass = sum(sine(130.75 * n, t) / n for n in (1, 3, 5)) * np.maximum(0.0, sine(2.5, t)) ** 2
    return loop(shaped(unit(total) + 0.4 * unit(np.asarray(bass)), hump(1100.0, 1.3)))


def radio() -> Samples:
    """Between two stations: a carrier that drifts, static, somebody far behind it."""
    t = time_of(8.0)
    static = shaped(noise("radio", len(t)), hump(1900.0, 0.7)) * (0.7 + 0.3 * sine(0.375, t))
    whistle = sine(1.0, 1150.0 * t + 40.0 * sine(0.125, t)) * np.maximum(0.0, sine(0.25, t)) ** 2
    line = [int(uniform(9, "sound/radio", k) * len(_SCALE)) for k in range(14)]
    talk = np.zeros_like(t)
    speech = _sung(line, 118.0, 9)
    talk[: len(speech)] = speech
    return loop(unit(static) + 0.3 * whistle + 0.4 * unit(shaped(talk, hump(1200.0, 0.8))))


def chime(variant: int = 0) -> Samples:
    """The door of a shop greets: five struck tones, the last one sagging with the power."""
    t = time_of(2.6)
    total = np.zeros_like(t)
    for k, pitch in enumerate(_CHIME_HZ):
        begins = int(0.27 * k * RATE)
        age = t[: len(t) - begins]
        bend = 1.0 - (0.05 + 0.02 * variant) * np.clip(age / 0.8, 0.0, 1.0) * (k == len(_CHIME_HZ) - 1)
        phase = np.cumsum(pitch * bend) / RATE
        total[begins:] += (sine(1.0, phase) + 0.3 * sine(2.0, phase) + 0.12 * sine(4.01, phase)) * np.exp(-age / 0.5)
    return shot(band(total, 350.0, 5000.0))


def arc(variant: int = 0) -> Samples:
    """A broken sign arcs: as many strikes as one sees, each weaker, of spitting noise with the mains in it."""
    t = time_of(0.75)
    total = np.zeros_like(t)
    for strike, (at, strong) in enumerate(STRIKES.tolist()):
        age = t[: len(t) - int(at * RATE)]
        spits = uniform(variant, f"sound/arc/{strike}", np.arange(len(age) // 96 + 1)) < 0.55  # every 2 ms
        spitting = noise(f"arc/{strike}", len(age), variant) * np.repeat(spits, 96)[: len(age)]
        total[-len(age) :] += strong * (spitting + 0.4 * np.sign(sine(100.0, age))) * np.exp(-age / 0.06)
    return shot(band(total, 500.0, 14_000.0))


def announcement(variant: int = 0) -> Samples:
    """A loudspeaker calls the next train, or asks for calm: a gong, then sung speech; some words are missing."""
    gong = modes(time_of(1.3), (523.25, 659.25, 1046.5), 0.8)
    count = 15 + 3 * variant
    line = [int(uniform(variant, "sound/announcement/note", k // 2) * 5) if k % 9 != 8 else -1 for k in range(count)]
    speech = _sung(line, (196.0, 208.0, 185.0, 220.0)[variant % 4], 20 + variant)
    whole = np.concatenate([gong / abs(gong).max(), np.zeros(RATE // 4), 0.9 * speech / abs(speech).max(), np.zeros(RATE // 3)])
    horn = band(whole, 420.0, 3200.0)
    driven = np.tanh(2.5 * horn / abs(horn).max())
    echo = driven.copy()
    for delay_s, share in ((0.19, 0.4), (0.43, 0.22), (0.71, 0.1)):  # off the fronts across the square
        k = int(delay_s * RATE)
        echo[k:] += share * driven[:-k]
    return shot(echo)


def _sung(line: list[int], base_hz: float, lane: int) -> Signal:
    """Syllables on the notes of a scale (-1: a gap)."""
    t = time_of(_SYLLABLE_S * len(line) + 0.1)
    frame = np.minimum((t / _SYLLABLE_S).astype(np.int64), len(line) - 1)
    notes = np.array([_SCALE[max(0, n)] for n in line], dtype=np.float64)
    sung = np.array([0.0 if n < 0 else 1.0 for n in line])
    smooth = np.ones(RATE // 25) / (RATE // 25)
    semitones = np.convolve(np.pad(notes[frame], len(smooth), mode="edge"), smooth, mode="same")[len(smooth) : -len(smooth)]
    pitch = base_hz * 2.0 ** ((semitones + 0.25 * sine(5.1, t)) / 12.0)
    phase = np.cumsum(pitch) / RATE
    part = (t / _SYLLABLE_S) % 1.0
    loud = np.minimum(part / 0.18, 1.0) * np.minimum((1.0 - part) / 0.22, 1.0) * sung[frame]
    vowels = np.array([_VOWELS[int(uniform(lane, "sound/vowel", k) * len(_VOWELS))] for k in range(len(line))])
    formants = np.stack([np.convolve(np.pad(v, len(smooth), mode="edge"), smooth, mode="same")[len(smooth) : -len(smooth)]
                         for v in vowels[frame].T])  # fmt: skip
    total = np.zeros_like(t)
    for k in range(1, 24):
        f = pitch * k
        gain = sum(amount / (1.0 + ((f - formant) / wide) ** 2)
                   for formant, wide, amount in zip(formants, (90.0, 120.0, 170.0), (1.0, 0.6, 0.25), strict=True))  # fmt: skip
        total += np.asarray(gain) * sine(float(k), phase)
    breath = band(noise(f"sung/{lane}", len(t)), 2200.0, 6500.0) * np.exp(-((part - 0.06) ** 2) / 0.003) * sung[frame]
    return (total + 0.25 * breath) * loud
