"""What comes out of OpenAL, recorded: levels, sides, dullness, and no gap when a frame takes long."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

HERE = Path(__file__).resolve().parent
_CONF = """[general]
drivers = wave
frequency = 48000
stereo-mode = headphones
hrtf = true
default-hrtf = Built-In 48000hz
[wave]
file = {file}
"""
RATE = 48_000

Stereo = NDArray[np.float64]


def read_wav(path: Path) -> Stereo:
    """Samples of OpenAL's own WAV files: float, with an extensible header, and no length when they were cut off."""
    data, at = path.read_bytes(), 12
    while at < len(data) - 8:
        name, size = struct.unpack("<4sI", data[at : at + 8])
        if name == b"fmt ":
            _, channels, rate = struct.unpack("<HHI", data[at + 8 : at + 16])
            assert (channels, rate, struct.unpack("<H", data[at + 22 : at + 24])[0]) == (2, RATE, 32)
        if name == b"data":
            body = data[at + 8 :]
            return np.frombuffer(body[: len(body) // 8 * 8], "<f4").reshape(-1, 2).astype(np.float64)
        at += 8 + size + size % 2
    raise AssertionError(f"{path}: no samples")


class Recording:
    """Scenes by name."""

    def __init__(self, samples: Stereo, report: dict[str, Any]) -> None:
        self.samples, self.marks, self.told = samples, report["marks"], report["told"]

    def scene(self, name: str) -> Stereo:
        """The settled part of a scene."""
        begins = int((self.marks[name] + 0.4) * RATE)
        return self.samples[begins : begins + RATE // 2]


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    folder = tmp_path_factory.mktemp("recording")
    (folder / "openal.conf").write_text(_CONF.format(file=folder / "out.wav"))
    paths = os.pathsep.join([str(HERE.parents[2]), str(HERE.parents[1])])
    env = {**os.environ, "ALSOFT_CONF": str(folder / "openal.conf"), "PYTHONPATH": paths}
    env.pop("ALSOFT_DRIVERS", None)
    script = str(HERE / "recorded.py")
    done = subprocess.run([sys.executable, script], env=env, capture_output=True, text=True, timeout=280, check=True)
    return Recording(read_wav(folder / "out.wav"), json.loads(done.stdout.strip().splitlines()[-1]))


def level(sound: Stereo) -> float:
    return 10 * float(np.log10((sound**2).mean()))


def side_db(sound: Stereo) -> float:
    """By how much the right ear hears more than the left."""
    return 10 * float(np.log10((sound[:, 1] ** 2).mean() / (sound[:, 0] ** 2).mean()))


def centroid(sound: Stereo) -> float:
    power = abs(np.fft.rfft(sound.mean(axis=1) * np.hanning(len(sound)))) ** 2
    return float((power * np.fft.rfftfreq(len(sound), 1 / RATE)).sum() / power.sum())


def test_six_decibels_more_where_the_way_is_half_as_long(recording: Recording) -> None:
    assert level(recording.scene("near")) - level(recording.scene("far")) == pytest.approx(6.2, abs=1.0)


def test_it_changes_sides_as_the_head_turns(recording: Recording) -> None:
    assert side_db(recording.scene("right")) > 1.5 and side_db(recording.scene("turned")) < -1.5
    assert abs(side_db(recording.scene("near"))) < 0.5


def test_round_a_corner_it_is_softer_duller_and_comes_from_the_last_portal(recording: Recording) -> None:
    """The machine stands straight ahead behind a wall; the wall ends to the right."""
    free, hidden = recording.scene("open"), recording.scene("hidden")
    assert level(hidden) < level(free) - 3.0
    assert centroid(hidden) < 0.95 * centroid(free)
    assert 35 < recording.told["hidden"]["azimuth_deg"] < 70
    assert side_db(hidden) > 0.9  # what the street answers comes from both sides
    assert level(free) - level(hidden) == pytest.approx(
        recording.told["open"]["level_db"] - recording.told["hidden"]["level_db"], abs=3.5
    )


def test_a_frame_of_a_third_of_a_second_leaves_no_gap(recording: Recording) -> None:
    begins = int((recording.marks["stall"] - 0.1) * RATE)
    around = recording.samples[begins : begins + int(0.5 * RATE)]
    blocks = np.sqrt((around[: len(around) // 960 * 960].reshape(-1, 960, 2) ** 2).mean(axis=(1, 2)))  # 20 ms: one turn of the hum
    assert blocks.min() > 0.4 * np.median(blocks)


def test_nothing_clicks_nor_clips(recording: Recording) -> None:
    """Scenes that change from one frame to the next glide: no sample jumps further than the loudest scene's do by themselves."""
    assert abs(recording.samples).max() < 1.0
    first = int(recording.marks["far"] * RATE)
    jumps = abs(np.diff(recording.samples[first : int(recording.marks["stall"] * RATE)], axis=0)).max()
    assert jumps < 2.5 * abs(np.diff(recording.scene("near"), axis=0)).max()
