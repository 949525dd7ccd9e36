"""A sparse music: a pad, a few notes, and a pulse when machines are alarmed; most of the time nothing.

In: a recipe, a span of time, how alarmed the most alarmed machine in earshot is.  Out: what begins to sound: closed-form in time
and seed, so that a film's sound and a walk's agree.
How: time is cut into phrases. Each draws whether it is silent, its chord among those of one mode (in, by its whole tones, neither
major nor minor), and up to three notes. Alarm asks for denser phrases and for the clusters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.signal import resample_poly

from world.fields import uniform
from world.recipe import Recipe
from world.sim import Band
from world.sound.samples import RATE, Samples, Signal, hump, noise, shaped, shot, sine, time_of, unit

_COARSER = 8  # a pad's partials end at 1.1 kHz: they are laid on each other at an eighth of the rate
PHRASE_S = 14.0
PAD_S, NOTE_S = 18.0, 6.0
_SILENT = 0.55  # of the phrases, while nothing is alarmed
_ROOT_HZ = 55.0
CHORDS = ((0, 7, 14), (0, 5, 12), (-4, 3, 10), (-2, 5, 15), (0, 1, 7), (0, 6, 13))  # semitones; the last two are for alarm
_CALM_CHORDS = 4
NOTES = (24, 26, 29, 31, 33, 36)  # semitones over the root
_PAD_GAIN, _NOTE_GAIN, _PULSE_GAIN = 0.24, 0.15, 0.22


@dataclass(frozen=True)
class Cue:
    """A sound of the score: `sound` and `variant` name it, `gain` is linear."""

    time_s: float
    sound: str
    variant: int
    gain: float


def score(recipe: Recipe, from_s: float, to_s: float, alarm: int) -> Iterator[Cue]:
    """What begins from `from_s` (included) to `to_s`; `alarm` is a `Band`."""
    if to_s <= from_s:
        return
    first, last = int(max(0.0, from_s - PHRASE_S) // PHRASE_S), int(max(0.0, to_s) // PHRASE_S)
    for phrase in range(first, last + 1):
        for cue in _phrase(recipe.world.seed, phrase, alarm):
            if from_s <= cue.time_s < to_s:
                yield cue


def _phrase(seed: int, phrase: int, alarm: int) -> Iterator[Cue]:
    begins = phrase * PHRASE_S
    tense = alarm >= Band.SEARCHING
    silent = _SILENT * (0.4 if alarm >= Band.SUSPICIOUS else 1.0)
    if uniform(seed, "score/silent", phrase) >= silent:
        pick = uniform(seed, "score/chord", phrase)
        chord = _CALM_CHORDS + int(pick * (len(CHORDS) - _CALM_CHORDS)) if tense else int(pick * _CALM_CHORDS)
        yield Cue(begins + 1.5 * uniform(seed, "score/late", phrase), "pad", chord, _PAD_GAIN * (1.25 if tense else 1.0))
        for k in range(int(uniform(seed, "score/notes", phrase) * 4.0)):
            at = begins + 2.0 + (PHRASE_S - 3.0) * uniform(seed, "score/when", phrase, k)
            note = int(uniform(seed, "score/note", phrase, k) * len(NOTES))
            yield Cue(at, "note", note, _NOTE_GAIN * (0.5 + 0.5 * uniform(seed, "score/touch", phrase, k)))
    if tense:
        every = 0.875 if alarm >= Band.PURSUIT else 1.75
        for k in range(int(PHRASE_S / every)):
            yield Cue(begins + every * k, "pulse", 0, _PULSE_GAIN * (1.0 if k % 2 == 0 else 0.7))


def pad(chord: int) -> Samples:
    """A chord that swells and goes, (n, 2): strings of air, each note doubled a little apart at either ear."""
    t = time_of(PAD_S)
    slow = t[::_COARSER]
    swell = np.sin(np.pi * np.clip(t / PAD_S, 0.0, 1.0)) ** 1.5
    ears = []
    for ear in (0, 1):
        total = np.zeros_like(slow)
        for k, semitones in enumerate(CHORDS[chord]):
            f = _ROOT_HZ * 2.0 ** (semitones / 12.0)
            for apart in (-0.11, 0.17):
                drift = slow + 0.0011 * sine(0.07 + 0.02 * k, slow, 0.25 * ear)
                turn = np.exp(2j * np.pi * (f + apart * (1 - 2 * ear)) * drift)
                harmonic = turn.copy()  # the next one is this one turned once more
                for n in range(1, 9):
                    total += (harmonic * np.exp(2j * np.pi * uniform(ear, "sound/pad", chord, k, n))).imag / n**1.6
                    harmonic *= turn
        air = unit(shaped(noise(f"pad/{chord}", len(t), ear), hump(_ROOT_HZ * 8, 0.3)))
        ears.append((unit(resample_poly(total, _COARSER, 1)) + 0.1 * air) * swell)
    return shot(np.stack(ears, axis=1))


def note(which: int) -> Samples:
    """One struck tone, far away, (n, 2): felt on glass."""
    t = time_of(NOTE_S)
    f = _ROOT_HZ * 2.0 ** (NOTES[which] / 12.0)

    def at_ear(ear: int) -> Signal:
        detune = 1.0 + 0.0007 * (1 - 2 * ear)
        body = sum(sine(f * n * detune * (1.0 + 0.0004 * n * n), t) * np.exp(-t * (0.7 + 0.5 * n)) / n**1.3 for n in range(1, 7))
        return np.asarray(body) * np.minimum(t / 0.012, 1.0)

    return shot(_far(np.stack([at_ear(0), at_ear(1)], axis=1)))


def pulse(_: int) -> Samples:
    """A low beat, (n, 2)."""
    t = time_of(0.9)
    beat = sine(1.0, np.cumsum(_ROOT_HZ * (1.0 + 0.6 * np.exp(-t / 0.03))) / RATE) * np.exp(-t / 0.22) * np.minimum(t / 0.004, 1.0)
    return shot(np.stack([beat, beat], axis=1))


def _far(signal: Signal) -> Signal:
    """A few late copies, another set at each ear."""
    out = signal.copy()
    for ear, delays in enumerate(((0.113, 0.251, 0.449), (0.137, 0.283, 0.491))):
        for k, delay_s in enumerate(delays):
            n = int(delay_s * RATE)
            out[n:, ear] += 0.45**(k + 1) * signal[:-n, 1 - ear]
    return out
