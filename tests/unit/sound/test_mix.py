"""The film's sound track, measured."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from lamplit import lamplit
from numpy.typing import NDArray

from world.sim import snapshot
from world.sound import RATE, Bus, Heard, Shot, Voice, Volumes, hear, mix
from world.sound.repertoire import BEDS, LOOPS, SHOTS
from world.sound.spaces import Space

Stereo = NDArray[np.float32]


def voice(azimuth: float = 0.0, gain: float = 0.5, cutoff: float = 18_000.0, band: int = 0, robot: int = 0) -> Voice:
    return Voice(("hum", robot), 50.0, 30.0, gain, azimuth, 0.0, cutoff, 0.0, 5.0, band, (0.0, 1.0, 0.0), "hum/GLIDER/0", robot)


def timeline(*voices: Voice, seconds: float = 1.0, rain: float = 0.0, start: float = 0.0) -> list[Heard]:
    return [Heard(start + k / 30, voices, {"rain": rain}) for k in range(round(seconds * 30))]


def rms(samples: Stereo) -> NDArray[np.float64]:
    return np.sqrt((samples.astype(float) ** 2).mean(axis=0))


def treble(samples: NDArray[np.float32]) -> float:
    power = abs(np.fft.rfft(samples.astype(float))) ** 2
    frequency = np.fft.rfftfreq(len(samples), 1 / RATE)
    return float(power[frequency > 400].sum() / power.sum())


def test_shape_and_silence() -> None:
    assert mix([], [], 0.5).shape == (24_000, 2)
    assert not mix(timeline(seconds=0.5), [], 0.5).any()
    assert mix(timeline(voice()), [], 1.0).dtype == np.float32


@pytest.mark.parametrize(("azimuth", "ear"), [(-90.0, 0), (90.0, 1)])
def test_a_sound_is_louder_and_brighter_at_the_near_ear(azimuth: float, ear: int) -> None:
    sound = mix(timeline(voice(azimuth)), [], 1.0)
    near, far = sound[:, ear], sound[:, 1 - ear]
    assert 20 * np.log10(rms(sound)[ear] / rms(sound)[1 - ear]) > 4.0
    assert treble(near) > treble(far)


def test_ahead_both_ears_are_alike() -> None:
    level = rms(mix(timeline(voice(0.0)), [], 1.0))
    assert 20 * np.log10(level[0] / level[1]) == pytest.approx(0.0, abs=0.3)


def test_the_far_ear_hears_later() -> None:
    """Woodworth: .66 ms from the side, 31 samples."""
    click = mix(timeline(seconds=0.5), [Shot(0.1, "step/METAL/walk", 0, Bus.STEPS, 0.5, 1.0, 18_000.0)], 0.5)
    arrives = [int(np.argmax(abs(click[:, ear]) > 0.05 * abs(click[:, ear]).max())) for ear in (0, 1)]
    assert 24 <= arrives[0] - arrives[1] <= 38
    assert arrives[1] / RATE == pytest.approx(0.1, abs=0.004)


def test_gain_is_level() -> None:
    loud, soft = (rms(mix(timeline(voice(gain=g)), [], 1.0)).sum() for g in (0.8, 0.4))
    assert 20 * np.log10(loud / soft) == pytest.approx(6.02, abs=0.05)


def test_a_swallowed_sound_is_duller() -> None:
    shares = [treble(mix(timeline(voice(cutoff=c)), [], 1.0)[:, 0]) for c in (18_000.0, 4_000.0, 800.0, 250.0)]
    assert (np.diff(shares) < 0).all()


def test_gains_and_directions_glide() -> None:
    """A voice that appears at full gain and jumps from left to right makes no click."""
    frames = [Heard(k / 30, (voice(-90.0 if k < 15 else 90.0),) if k > 5 else ()) for k in range(30)]
    jumping, steady = mix(frames, [], 1.0), mix(timeline(voice(-90.0)), [], 1.0)
    assert abs(np.diff(jumping, axis=0)).max() < 1.5 * abs(np.diff(steady, axis=0)).max()
    assert rms(jumping[: RATE // 10]).max() < 0.05 * rms(jumping).max()


def test_rain_and_limit() -> None:
    quiet, loud = (rms(mix(timeline(rain=g), [], 1.0)) for g in (0.3, 0.6))
    assert loud == pytest.approx(2 * quiet, rel=0.02)
    storm = mix(timeline(voice(gain=3.0), voice(gain=3.0, robot=1), rain=3.0), [], 1.0)
    assert abs(storm).max() <= 1.0


def test_a_part_rendered_alone_is_in_phase_with_the_whole() -> None:
    whole = mix(timeline(voice(), seconds=2.0), [], 2.0)
    part = mix(timeline(voice(), seconds=1.0, start=1.0), [], 1.0)
    late = slice(RATE // 2, RATE)  # the reverb of what came before has died away by then
    assert abs(whole[RATE:][late] - part[late]).max() < 0.02 * abs(whole).max()


def test_volumes() -> None:
    both = timeline(voice(), rain=0.5)
    assert not mix(both, [], 0.3, Volumes(master=0.0)).any()
    assert rms(mix(both, [], 1.0, Volumes(machines=0.0))) == pytest.approx(rms(mix(timeline(rain=0.5), [], 1.0)), rel=1e-6)


def test_the_ceiling_is_a_decibel_below_full_scale() -> None:
    storm = mix(timeline(*(voice(gain=3.0, robot=k) for k in range(8)), rain=3.0), [], 1.0)
    assert 20 * np.log10(abs(storm).max()) <= -1.0


@pytest.mark.parametrize("sound", LOOPS)
def test_every_loop_can_be_heard_in_a_film(sound: str) -> None:
    if sound in BEDS:
        loud = mix([Heard(0.0, (), {sound: 0.5})], [], 0.5)
    else:
        loud = mix(timeline(replace(voice(30.0), sound=sound, bus=Bus.PLACES)), [], 0.5)
    assert 0.005 < rms(loud).max() < 0.3


@pytest.mark.parametrize("sound", SHOTS)
def test_every_shot_can_be_heard_in_a_film(sound: str) -> None:
    one = Shot(0.1, sound, 3, Bus.SCORE, 0.5, 0.3, 9000.0)
    loud = mix(timeline(seconds=2.0), [one], 2.0)
    assert abs(loud).max() > 0.02 and abs(loud[: RATE // 20]).max() < 1e-6


def test_thunder_ducks_the_rain_and_the_music_and_not_the_machines() -> None:
    stroke = Shot(0.5, "thunder", 0, Bus.WEATHER, 1.5, 0.0, 8000.0)
    silent_stroke = Volumes(weather=0.0)
    late = slice(2 * RATE, 3 * RATE)

    def level(volumes: Volumes, *shots: Shot, **kinds: Any) -> float:
        return float(rms(mix(timeline(seconds=3.0, **kinds), shots, 3.0, volumes)[late]).max())

    music = Shot(0.0, "pad", 0, Bus.SCORE, 0.5, 0.0, 9000.0)
    free, under = level(silent_stroke, music), level(silent_stroke, music, stroke)
    assert 20 * np.log10(under / free) == pytest.approx(20 * np.log10(0.35), abs=0.5)
    hums = [float(rms(mix(timeline(voice(), seconds=3.0), s, 3.0, silent_stroke)[late]).max()) for s in ([], [stroke])]
    assert hums[1] == pytest.approx(hums[0], rel=0.01)


def test_each_space_answers_in_its_own_way() -> None:
    """Energy after the step itself is over, against all of it: a station sends back most and longest."""
    step = Shot(0.0, "step/TILE/walk", 0, Bus.STEPS, 0.5, 0.0, 18_000.0)

    def tail(space: int) -> float:
        spaces = tuple(float(k == space) for k in range(4))
        sound = mix([Heard(0.0, (), {}, spaces)], [step], 1.5).astype(float)
        return float((sound[RATE // 2 :] ** 2).sum() / (sound**2).sum())

    street, deck, room, station = (tail(space) for space in Space)
    assert station > 10 * deck > 10 * street and room < street


@pytest.mark.parametrize(
    ("rain_mm_h", "least_db", "most_db"), [(2.0, -42.0, -30.0), (6.0, -36.0, -26.0), (18.0, -31.0, -21.0), (45.0, -26.0, -17.0)]
)
def test_weather_leaves_room_for_what_is_to_be_heard(rain_mm_h: float, least_db: float, most_db: float) -> None:
    world = lamplit(robots=0, weather={"rain_mm_h": rain_mm_h})
    under = hear(world, snapshot(world.first(), world.first()), world.hour(0)).beds
    loud = mix([Heard(0.0, (), under)], [], 3.0)
    assert least_db < 20 * np.log10(rms(loud).mean()) < most_db and abs(loud).max() < 0.7
