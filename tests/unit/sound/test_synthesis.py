"""Spectra, seams and levels of the synthesised sounds."""

from __future__ import annotations

import numpy as np
import pytest

from world.sound.synthesis import (
    HUM_CODES,
    LOOP_RMS,
    RATE,
    SHOT_PEAK,
    SHOTS,
    STEPS,
    VARIANTS,
    Samples,
    city,
    hum,
    neon,
    rain,
    rain_on_roof,
    shot,
)


def centroid(samples: Samples) -> float:
    power = abs(np.fft.rfft(samples)) ** 2
    return float((power * np.fft.rfftfreq(len(samples), 1 / RATE)).sum() / power.sum())


def test_centroids_lie_where_such_things_sound() -> None:
    measured = {name: centroid(shot(name, 1)) for name in (*STEPS, *SHOTS)}
    ranges = {
        "step/ASPHALT": (2000, 6500), "step/METAL": (250, 900), "step/GLASS": (7000, 11000), "step/CONCRETE": (600, 2000),
        "splash": (3000, 7500), "servo": (700, 2500), "chirp": (1800, 3600), "sting": (40, 300), "breath": (1000, 2600),
        "landing": (50, 400),
    }  # fmt: skip
    for name, (low, high) in ranges.items():
        assert low < measured[name] < high, (name, measured[name])
    assert 60 < centroid(hum(0)[0]) < 260
    assert 5000 < centroid(rain()[:, 0]) < 9000
    assert centroid(city()) < 90


@pytest.mark.parametrize("loop", [hum(0)[0], hum(3)[0], hum(2)[1], rain()[:, 0], rain()[:, 1], rain_on_roof()[:, 0], city(), neon()])
def test_loops_have_no_seam(loop: Samples) -> None:
    """The step from the last sample to the first is no greater than the steps inside."""
    inside = abs(np.diff(loop))
    assert abs(float(loop[0] - loop[-1])) <= inside.max()
    bend = abs(np.diff(np.concatenate([loop[-2:], loop[:2]]), 2)).max()
    assert bend <= abs(np.diff(loop, 2)).max()


def test_loops_are_equally_loud_and_shots_equally_high() -> None:
    for loop in (hum(0)[0], hum(3)[0], rain()[:, 0], city(), neon()):
        assert np.sqrt((loop.astype(float) ** 2).mean()) == pytest.approx(LOOP_RMS, rel=1e-3)
    for name in (*STEPS, *SHOTS):
        for variant in range(VARIANTS):
            samples = shot(name, variant)
            assert abs(samples).max() == pytest.approx(SHOT_PEAK, rel=1e-3) and samples.dtype == np.float32
            assert abs(samples[-1]) < 1e-3  # no click at the end


def test_alarm_is_coded_in_pitch_and_in_throbbing() -> None:
    for code, (semitones, throb) in enumerate(HUM_CODES):
        bright = hum(code)[0].astype(float)
        spectrum = abs(np.fft.rfft(bright))
        frequency = np.fft.rfftfreq(len(bright), 1 / RATE)
        lowest = frequency[np.argmax(np.where(frequency < 110, spectrum, 0))]
        assert lowest == pytest.approx(62 * 2 ** (semitones / 12), abs=0.5)
        loudness = np.sqrt((bright[: len(bright) // 480 * 480].reshape(-1, 480) ** 2).mean(axis=1))
        beat = abs(np.fft.rfft(loudness - loudness.mean()))
        slow = np.fft.rfftfreq(len(loudness), 0.01)
        at = {hz: beat[np.argmin(abs(slow - hz))] for hz in (1, 2, 4)}
        assert all(at[throb] > 3 * at[hz] for hz in at if throb and hz != throb)


def test_the_dull_layer_is_the_bright_one_without_its_top() -> None:
    bright, dull = hum(0)
    assert centroid(dull) < 0.75 * centroid(bright)
    assert np.corrcoef(bright, dull)[0, 1] > 0.7  # in phase, so that the crossfade has no hole


def test_rain_differs_between_the_ears_and_is_duller_under_a_roof() -> None:
    assert abs(np.corrcoef(rain()[:, 0], rain()[:, 1])[0, 1]) < 0.1
    assert centroid(rain_on_roof()[:, 0]) < 0.3 * centroid(rain()[:, 0])


def test_variants_differ() -> None:
    assert abs(shot("step/ASPHALT", 0) - shot("step/ASPHALT", 1)).max() > 0.05
