"""The film's ear: a stereo sound track from the logged moments.

In: `Heard` of each frame and the `Shot`s between them.  Out: (n, 2) float32 samples at `RATE`.
How: loops run in the time of the city, so that a cut or a part rendered alone is in phase; each is a bright and a dull layer, mixed by
how much its way swallowed; gains and directions glide over 60 ms; each ear hears a sound a little earlier or later (Woodworth's
spherical head), louder or softer, and duller on the far side. The space round the ear answers all but beds and score; thunder ducks
these; a soft limit last.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter, oaconvolve

from world.sound.heard import Bus, Heard, Shot, Voice, Volumes, brightness_of
from world.sound.listener import DUCKED, duck_of, ducking
from world.sound.repertoire import dull, samples
from world.sound.samples import RATE, Samples
from world.sound.spaces import Space, answer

Signal = NDArray[np.float64]

_HEAD_S = 0.0875 / 343.0
_EAR_DB = 3.0  # louder at the near ear and softer at the far one
_SHADOW = 0.5  # share of the bright layer that the head keeps from the far ear
_CONTROL_HZ, _GLIDE_S, _BED_GLIDE_S = 240, 0.06, 0.35
_ANSWER_GAIN = 2.0  # of one ear's answer to what both ears heard
_KNEE, _CEILING = 0.7, 0.88  # -1.1 dB: what codecs overshoot stays below full scale


def mix(heard: Sequence[Heard], shots: Sequence[Shot], seconds: float, volumes: Volumes | None = None) -> Samples:
    """Stereo samples (round(seconds · RATE), 2) from `heard[0].time_s` on; the last moment goes on to the end."""
    volumes = volumes or Volumes()
    count = round(seconds * RATE)
    out, dry = np.zeros((count, 2)), np.zeros((count, 2))
    if heard:
        start = heard[0].time_s
        times = np.array([moment.time_s - start for moment in heard])
        for whose in dict.fromkeys(voice.whose for moment in heard for voice in moment.voices):
            _add_voice(dry, [{v.whose: v for v in moment.voices}.get(whose) for moment in heard], times, start, volumes)
        left = _ducked(shots, start, count)
        for one in shots:
            if samples(one.sound, one.variant).ndim == 2:
                _add_music(out, one, start, volumes.of(one.bus), left)
            else:
                _add_shot(dry, one, start, volumes.of(one.bus))
        _add_beds(out, heard, times, start, volumes.of(Bus.WEATHER), left)
        out += dry + _answered(dry, heard, times)
    return _limited(out).astype(np.float32)


def _add_voice(out: Signal, voices: Sequence[Voice | None], times: Signal, start: float, volumes: Volumes) -> None:
    present = np.array([voice is not None for voice in voices])
    known = [voice for voice in voices if voice is not None]
    first, last = _span(present, times, len(out))
    n = np.arange(first, last)

    def glide(values: Sequence[float], held: bool) -> Signal:
        """Values of the frames at which the voice is there, as samples; between them zero, or held."""
        track = np.zeros(len(times))
        track[present] = values
        if held:
            track = np.interp(times, times[present], track[present])
        return _glided(track, times, first, last)

    lateral = np.clip(glide([voice.lateral for voice in known], held=True), -1.0, 1.0)
    bright = glide([brightness_of(voice.cutoff_hz) for voice in known], held=True)
    position = start * RATE + n + 7919 * (known[0].identity % 1000)  # each machine at its own place in the loop
    for sound in sorted({voice.sound for voice in known}):
        layers = samples(sound), dull(sound)
        volume = volumes.of(known[0].bus)
        gain = volume * glide([voice.gain if voice.sound == sound else 0.0 for voice in known], held=False)
        for ear, side in ((0, -1.0), (1, 1.0)):
            at = position - _delay(lateral, side)
            share = bright * (1.0 - _SHADOW * np.maximum(0.0, -side * lateral))
            signal = share * _looped(layers[0], at) + (1.0 - share) * _looped(layers[1], at)
            out[first:last, ear] += signal * gain * _ear_gain(lateral, side)


def _add_shot(out: Signal, one: Shot, start: float, volume: float) -> None:
    pole = np.exp(-2.0 * np.pi * one.cutoff_hz / RATE)
    signal = lfilter([1.0 - pole], [1.0, -pole], samples(one.sound, one.variant).astype(np.float64))
    lateral = np.array(one.lateral)
    for ear, side in ((0, -1.0), (1, 1.0)):
        at = (one.time_s - start) * RATE + float(_delay(lateral, side))
        first = int(np.floor(at))
        share = at - first
        late = np.zeros(len(signal) + 1)
        late[:-1] += (1.0 - share) * signal
        late[1:] += share * signal
        low, high = max(0, first), min(len(out), first + len(late))
        if low < high:
            out[low:high, ear] += volume * one.gain * float(_ear_gain(lateral, side)) * late[low - first : high - first]


def _add_music(out: Signal, one: Shot, start: float, volume: float, left: Signal) -> None:
    """A sound that is already one for two ears."""
    signal = samples(one.sound, one.variant)
    first = round((one.time_s - start) * RATE)
    low, high = max(0, first), min(len(out), first + len(signal))
    if low < high:
        share = left[low:high, None] if one.bus in DUCKED else 1.0
        out[low:high] += volume * one.gain * share * signal[low - first : high - first]


def _add_beds(out: Signal, heard: Sequence[Heard], times: Signal, start: float, volume: float, left: Signal) -> None:
    count = len(out)
    n: Signal = start * RATE + np.arange(count, dtype=np.float64)
    for name in sorted({name for moment in heard for name, gain in moment.beds.items() if gain > 0.0}):
        gain = volume * left * _glided(np.array([moment.beds.get(name, 0.0) for moment in heard]), times, 0, count, _BED_GLIDE_S)
        bed = samples(name)
        for ear in (0, 1):
            signal: Signal = _looped(bed[:, ear], n) if bed.ndim == 2 else _looped(bed, n + 3011 * ear)
            out[:, ear] += gain * signal


def _ducked(shots: Sequence[Shot], start: float, count: int) -> Signal:
    """What thunder and capture leave of rain and score, as samples."""
    loud = [one for one in shots if duck_of(one)[0] < 1.0]
    if not loud:
        return np.ones(count)
    control = np.arange(0.0, count / RATE + 0.05, 0.02)
    return np.interp(np.arange(count) / RATE, control, [ducking(loud, start + at) for at in control])


def _answered(dry: Signal, heard: Sequence[Heard], times: Signal) -> Signal:
    """The answers of the spaces that the ear goes through."""
    out = np.zeros_like(dry)
    send = dry.mean(axis=1)
    if not send.any():
        return out
    for space in Space:
        shares = np.array([moment.spaces[space] for moment in heard])
        if not shares.any():
            continue
        into = send * _glided(shares, times, 0, len(send), _BED_GLIDE_S)
        for ear in (0, 1):
            out[:, ear] += _ANSWER_GAIN * oaconvolve(into, answer(space)[:, ear])[: len(dry)]
    return out


def _span(present: NDArray[np.bool_], times: Signal, count: int) -> tuple[int, int]:
    """The samples in which a voice may sound: from just before its first frame to just after its last."""
    where = np.flatnonzero(present)
    before, after = max(0, where[0] - 1), min(len(times) - 1, where[-1] + 1)
    last = count if where[-1] == len(times) - 1 else min(count, int((times[after] + _GLIDE_S) * RATE))
    return max(0, int((times[before] - _GLIDE_S) * RATE)), last


def _glided(values: Signal, times: Signal, first: int, last: int, glide_s: float = _GLIDE_S) -> Signal:
    """Values given at `times` as samples first .. last, without a step faster than the glide."""
    pad = 2 * glide_s
    control = np.arange(first / RATE - pad, last / RATE + pad, 1.0 / _CONTROL_HZ)
    track = np.interp(control, times, values)
    width = max(1, round(glide_s * _CONTROL_HZ))
    track = np.convolve(np.pad(track, width, mode="edge"), np.ones(width) / width, mode="same")[width:-width]
    return np.interp(np.arange(first, last) / RATE, control, track)


def _looped(loop: Samples, at: Signal) -> Signal:
    """The loop read at fractional samples."""
    low = np.floor(at)
    share = at - low
    index = low.astype(np.int64) % len(loop)
    return (1.0 - share) * loop[index] + share * loop[(index + 1) % len(loop)]


def _delay(lateral: Signal, side: float) -> Signal:
    """Samples by which an ear (side -1 left, 1 right) hears later than the middle of the head would."""
    angle = np.arcsin(lateral)
    return np.asarray(-0.5 * side * _HEAD_S * RATE * (angle + lateral))


def _ear_gain(lateral: Signal, side: float) -> Signal:
    return np.asarray(10.0 ** (side * lateral * _EAR_DB / 20.0))


def _limited(signal: Signal) -> Signal:
    """Untouched below the knee, never beyond the ceiling."""
    over = np.maximum(abs(signal) - _KNEE, 0.0) / (_CEILING - _KNEE)
    return np.where(over > 0.0, np.sign(signal) * (_KNEE + (_CEILING - _KNEE) * np.tanh(over)), signal)
