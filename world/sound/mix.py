"""The film's ear: a stereo sound track from the logged moments.

In: `Heard` of each frame and the `Shot`s between them.  Out: (n, 2) float32 samples at `RATE`.
How: loops run in the time of the city, so that a cut or a part rendered alone is in phase; each is a bright and a dull layer, mixed by
how much its way swallowed; gains and directions glide over 60 ms; each ear hears a sound a little earlier or later (Woodworth's
spherical head), louder or softer, and duller on the far side. One short reverb for all, rain and city as beds, a soft limit last.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, lfilter, oaconvolve, sosfilt

from world.fields import uniform
from world.sound.audible import CODE_OF_BAND, Bus, Heard, Shot, Voice, Volumes, brightness_of
from world.sound.synthesis import RATE, Samples, city, hum, neon, rain, rain_on_roof, shot

Signal = NDArray[np.float64]

_HEAD_S = 0.0875 / 343.0
_EAR_DB = 3.0  # louder at the near ear and softer at the far one
_SHADOW = 0.5  # share of the bright layer that the head keeps from the far ear
_CONTROL_HZ, _GLIDE_S = 240, 0.06
_REVERB_S, _REVERB_SEND, _REVERB_HZ = 0.9, 0.12, (300.0, 5000.0)
_KNEE = 0.7


def mix(heard: Sequence[Heard], shots: Sequence[Shot], seconds: float, volumes: Volumes | None = None) -> Samples:
    """Stereo samples (round(seconds · RATE), 2) from `heard[0].time_s` on; the last moment goes on to the end."""
    volumes = volumes or Volumes()
    count = round(seconds * RATE)
    out, dry = np.zeros((count, 2)), np.zeros((count, 2))
    if heard:
        start = heard[0].time_s
        times = np.array([moment.time_s - start for moment in heard])
        for key in dict.fromkeys(voice.key for moment in heard for voice in moment.voices):
            _add_voice(dry, key, [{v.key: v for v in moment.voices}.get(key) for moment in heard], times, start, volumes.of(Bus.MACHINES))
        for one in shots:
            _add_shot(dry, one, start, volumes.of(one.bus))
        _add_beds(out, heard, times, start, volumes.of(Bus.WEATHER))
    out += dry + _reverb(dry)
    return _limited(out).astype(np.float32)


def _add_voice(out: Signal, key: tuple[str, int], voices: Sequence[Voice | None], times: Signal, start: float, volume: float) -> None:
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
    codes = [CODE_OF_BAND[voice.band] if key[0] == "hum" else 0 for voice in known]
    position = start * RATE + n + 7919 * (key[1] % 1000)  # each machine at its own place in the loop
    for code in sorted(set(codes)):
        layers = hum(code) if key[0] == "hum" else (neon(), neon())
        gain = volume * glide([voice.gain if c == code else 0.0 for voice, c in zip(known, codes, strict=True)], held=False)
        for ear, side in ((0, -1.0), (1, 1.0)):
            at = position - _delay(lateral, side)
            share = bright * (1.0 - _SHADOW * np.maximum(0.0, -side * lateral))
            signal = share * _looped(layers[0], at) + (1.0 - share) * _looped(layers[1], at)
            out[first:last, ear] += signal * gain * _ear_gain(lateral, side)


def _add_shot(out: Signal, one: Shot, start: float, volume: float) -> None:
    pole = np.exp(-2.0 * np.pi * one.cutoff_hz / RATE)
    signal = lfilter([1.0 - pole], [1.0, -pole], shot(one.sound, one.variant).astype(np.float64))
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


def _add_beds(out: Signal, heard: Sequence[Heard], times: Signal, start: float, volume: float) -> None:
    count = len(out)
    n = start * RATE + np.arange(count)
    rain_gain = _glided(np.array([moment.rain_gain for moment in heard]), times, 0, count)
    shelter = _glided(np.array([moment.shelter for moment in heard]), times, 0, count)
    city_gain = _glided(np.array([moment.city_gain for moment in heard]), times, 0, count)
    for ear in (0, 1):
        wet = (1.0 - shelter) * _looped(rain()[:, ear], n) + shelter * _looped(rain_on_roof()[:, ear], n)
        out[:, ear] += volume * (rain_gain * wet + city_gain * _looped(city(), n + 3011 * ear))


def _span(present: NDArray[np.bool_], times: Signal, count: int) -> tuple[int, int]:
    """The samples in which a voice may sound: from just before its first frame to just after its last."""
    where = np.flatnonzero(present)
    before, after = max(0, where[0] - 1), min(len(times) - 1, where[-1] + 1)
    last = count if where[-1] == len(times) - 1 else min(count, int((times[after] + _GLIDE_S) * RATE))
    return max(0, int((times[before] - _GLIDE_S) * RATE)), last


def _glided(values: Signal, times: Signal, first: int, last: int) -> Signal:
    """Values given at `times` as samples first .. last, without a step faster than the glide."""
    pad = 2 * _GLIDE_S
    control = np.arange(first / RATE - pad, last / RATE + pad, 1.0 / _CONTROL_HZ)
    track = np.interp(control, times, values)
    width = max(1, round(_GLIDE_S * _CONTROL_HZ))
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


def _reverb(dry: Signal) -> Signal:
    """The street's answer: decaying noise, a different one at each ear."""
    count = round(_REVERB_S * RATE)
    t = np.arange(count) / RATE
    send = dry.mean(axis=1)
    if not send.any():
        return np.zeros_like(dry)
    answers = []
    for ear in (0, 1):
        noise = (2.0 * uniform(ear, "sound/reverb", np.arange(count)) - 1.0) * np.exp(-t / 0.18) * np.minimum(t / 0.012, 1.0)
        answer = sosfilt(butter(2, _REVERB_HZ, "bandpass", fs=RATE, output="sos"), noise)  # a street answers no bass
        answers.append(oaconvolve(send, answer * (_REVERB_SEND / np.sqrt((answer**2).sum())))[: len(dry)] * 2.0)
    return np.stack(answers, axis=1)


def _limited(signal: Signal) -> Signal:
    """Untouched below the knee, never beyond 1."""
    over = np.maximum(abs(signal) - _KNEE, 0.0) / (1.0 - _KNEE)
    return np.where(over > 0.0, np.sign(signal) * (_KNEE + (1.0 - _KNEE) * np.tanh(over)), signal)
