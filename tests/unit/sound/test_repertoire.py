"""Every sound of the repertoire: spectra, seams, levels, determinism; what alarm does to a hum; what a space answers."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from world.sim import Kind
from world.sound.machines import BASE_HZ, HUM_CODES
from world.sound.repertoire import LOOPS, SHOTS, answered_as, dull, samples
from world.sound.samples import LOOP_PEAK, LOOP_RMS, RATE, SHOT_PEAK, Samples
from world.sound.spaces import WET_RATE, Space, answer, wet, wet_loop

# Hz, measured in a study of such sounds, each within a quarter
STUDIED = {
    "hum/GLIDER/0": 199, "step/METAL/walk": 581, "step/ASPHALT/walk": 6498, "step/GLASS/walk": 7155, "rain": 7748, "sparks": 13_400,
}  # fmt: skip
# Hz, where such things lie
EXPECTED = {
    "hum/HEAVY/0": (80, 300), "hum/RUNNER/0": (110, 300), "hum/SENTRY/0": (120, 350), "wheels": (120, 500), "whir": (700, 2000),
    "limp": (200, 1200), "blind": (1200, 5000), "city": (20, 90), "neon": (200, 900), "fire": (200, 2200), "hologram": (250, 800),
    "cooler": (80, 350), "hiss": (2500, 5000), "arcade": (500, 1600), "radio": (1300, 2800), "drips": (700, 2800), "wind": (100, 500),
    "roof": (300, 1500), "indoors": (60, 400), "drizzle": (5000, 9500), "downpour": (4500, 8500),
    "splash": (3000, 7500), "servo": (700, 2500), "chirp/GLIDER": (1800, 3600), "chirp/HEAVY": (240, 900), "chirp/RUNNER": (1500, 3200),
    "chirp/SENTRY": (1200, 2200), "footfall": (150, 900), "sting": (40, 300), "breath": (1000, 2600), "gasp": (800, 3200),
    "heart": (30, 120), "landing": (50, 400), "step/CONCRETE/walk": (600, 2000), "step/WOOD/walk": (100, 700),
    "step/CARPET/walk": (60, 500), "bottle/ASPHALT": (500, 2500), "bottle/METAL": (250, 1600), "bottle/GLASS": (5000, 10_000),
    "strike/sensor": (3500, 9000), "rubble": (700, 3000), "announcement": (500, 1800), "chime": (500, 1200), "pad/0": (40, 300),
    "arc": (4500, 9500),
}  # fmt: skip


def centroid(sound: Samples) -> float:
    mono = sound.astype(np.float64).reshape(len(sound), -1)[:, 0]
    power = abs(np.fft.rfft(mono)) ** 2
    return float((power * np.fft.rfftfreq(len(mono), 1 / RATE)).sum() / power.sum())


def of(name: str) -> Samples:
    if name in LOOPS or name in SHOTS:
        return samples(name, 1)
    stem, _, variant = name.rpartition("/")
    return samples(stem, int(variant))


@pytest.mark.parametrize("name", STUDIED)
def test_spectra_are_those_of_the_study(name: str) -> None:
    assert centroid(of(name)) == pytest.approx(STUDIED[name], rel=0.25)


@pytest.mark.parametrize("name", EXPECTED)
def test_spectra_lie_where_such_things_sound(name: str) -> None:
    low, high = EXPECTED[name]
    assert low < centroid(of(name)) < high


@pytest.mark.parametrize("name", LOOPS)
def test_loops_have_no_seam_and_do_not_clip(name: str) -> None:
    """From the last sample to the first it goes no faster, and bends no harder, than it does inside; the same dulled."""
    for sound in (samples(name), dull(name)):
        whole = sound.astype(np.float64).reshape(len(sound), -1)
        for ear in whole.T:
            around = np.concatenate([ear[-3:], ear[:3]])
            assert abs(np.diff(around)).max() <= abs(np.diff(ear)).max() * 1.0001
            assert abs(np.diff(around, 2)).max() <= abs(np.diff(ear, 2)).max() * 1.0001
    bright = samples(name).astype(np.float64)
    assert abs(bright).max() <= LOOP_PEAK + 1e-6
    level = np.sqrt((bright**2).mean())
    assert level == pytest.approx(LOOP_RMS, rel=1e-3) or abs(bright).max() == pytest.approx(LOOP_PEAK, rel=1e-3)


@pytest.mark.parametrize("name", SHOTS)
def test_shots_are_equally_high_and_end_in_silence(name: str) -> None:
    kept = [samples(name, variant) for variant in range(SHOTS[name].variants)]
    for one in kept:
        assert one.dtype == np.float32 and abs(one).max() == pytest.approx(SHOT_PEAK, rel=1e-3)
        assert abs(one[-1]).max() < 1e-3 and np.isfinite(one).all()
    for one, other in pairwise(kept):
        count = min(len(one), len(other))
        assert abs(one[:count] - other[:count]).max() > 0.02, "variants differ"


@pytest.mark.parametrize("kind", Kind)
def test_alarm_is_coded_in_pitch_and_in_throbbing(kind: Kind) -> None:
    for code, (semitones, throb) in enumerate(HUM_CODES):
        bright = samples(f"hum/{kind.name}/{code}").astype(np.float64)
        spectrum = abs(np.fft.rfft(bright))
        frequency = np.fft.rfftfreq(len(bright), 1 / RATE)
        base = BASE_HZ[kind] * 2 ** (semitones / 12)
        window = (frequency > 0.8 * base) & (frequency < 1.25 * base)
        assert frequency[window][np.argmax(spectrum[window])] == pytest.approx(base, abs=3.0 if kind == Kind.SENTRY else 0.5)
        loudness = np.sqrt((bright[: len(bright) // 480 * 480].reshape(-1, 480) ** 2).mean(axis=1))
        beat = abs(np.fft.rfft(loudness - loudness.mean()))
        slow = np.fft.rfftfreq(len(loudness), 0.01)
        at = {hz: beat[np.argmin(abs(slow - hz))] for hz in (1, 2, 4)}
        assert all(at[throb] > 2 * at[hz] for hz in at if throb and hz != throb), (code, at)


@pytest.mark.parametrize("name", [name for name, sound in LOOPS.items() if sound.dull_hz])
def test_the_dull_twin_is_the_same_loop_without_its_top(name: str) -> None:
    bright, low = samples(name), dull(name)
    assert centroid(low) < 0.8 * centroid(bright)
    phase = abs(np.angle(np.fft.rfft(low) * np.conj(np.fft.rfft(bright))))
    loud = abs(np.fft.rfft(low)) > 0.02 * abs(np.fft.rfft(low)).max()
    assert phase[loud].max() < 0.02  # in phase, so that the crossfade has no hole


def test_rain_differs_between_the_ears_and_sinks_under_a_roof_and_behind_walls() -> None:
    street = samples("rain")
    assert abs(np.corrcoef(street[:, 0], street[:, 1])[0, 1]) < 0.1
    assert centroid(samples("indoors")) < 0.4 * centroid(samples("roof")) < 0.2 * centroid(street)


def test_the_same_samples_in_another_process() -> None:
    names = ["hum/HEAVY/2", "rain", "sparks", "step/WOOD/run", "announcement", "pad"]
    code = (
        "import hashlib; from world.sound.repertoire import samples\n"
        f"print(hashlib.sha256(b''.join(samples(n, 1).tobytes() for n in {names!r})).hexdigest())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.strip() == hashlib.sha256(b"".join(samples(name, 1).tobytes() for name in names)).hexdigest()


def test_gait_and_ground_are_heard() -> None:
    for surface in ("ASPHALT", "WOOD", "METAL"):
        rises = [_rise(samples(f"step/{surface}/{gait}", 0)) for gait in ("creep", "walk", "run")]
        assert rises[0] > 1.5 * rises[1], "a creeping foot is set down softly"
    every = [samples(f"step/{s}/walk", 0) for s in ("ASPHALT", "METAL", "GLASS", "RUBBLE", "WOOD", "CARPET", "MAT", "TILE")]
    centroids = sorted(centroid(one) for one in every)
    assert (np.diff(centroids) > 8).all()


def _rise(sound: Samples) -> float:
    """Samples until half the height is reached."""
    return float(np.argmax(abs(sound) > 0.4))


@pytest.mark.parametrize("space", Space)
def test_an_answer_dies_away_and_differs_between_the_ears(space: Space) -> None:
    response = answer(space)
    energy = (response**2).cumsum(axis=0)
    assert np.allclose(energy[-1], energy[-1, 0], rtol=1e-6)
    assert (energy[len(energy) // 2] > 0.9 * energy[-1]).all()
    assert abs(np.corrcoef(response.T)[0, 1]) < 0.7


def test_a_station_answers_longest_and_most_and_a_street_least() -> None:
    def decay(response: NDArray[np.float64]) -> float:
        energy = (response[:, 0] ** 2).cumsum()
        return float(np.argmax(energy > 0.95 * energy[-1]))

    assert decay(answer(Space.ROOM)) < decay(answer(Space.STREET)) < decay(answer(Space.DECK)) < decay(answer(Space.STATION))
    sends = [float((answer(space) ** 2).sum()) for space in (Space.STREET, Space.DECK, Space.ROOM, Space.STATION)]
    assert (np.diff(sends) > 0).all()
    tail = wet(samples("step/ASPHALT/walk"), Space.STATION)
    assert tail.shape == (round((0.34 + 2.0) * WET_RATE), 2)


def test_what_a_deck_answers_to_a_hum_is_a_loop_without_a_seam() -> None:
    hum = samples("hum/SENTRY/0")
    answered = wet_loop(hum, Space.DECK)
    assert answered.shape == (len(hum) * WET_RATE // RATE, 2)
    for ear in answered.astype(np.float64).T:
        assert abs(np.diff(np.concatenate([ear[-3:], ear[:3]]), 2)).max() <= abs(np.diff(ear, 2)).max()
    settled = wet(np.tile(hum, 3), Space.DECK)[2 * len(answered) - 100 : 2 * len(answered) + 4000]
    assert abs(settled[100:] - answered[:4000]).max() < 0.01 * abs(answered).max() + 1e-4


def test_a_gait_has_the_answers_of_its_ground() -> None:
    assert answered_as("step/WOOD/run") == "step/WOOD/walk" and answered_as("heart") == ""
