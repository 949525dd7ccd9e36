"""A walk in a real window, heard: what OpenAL plays while a key is held is recorded and looked at."""

from __future__ import annotations

import json
import os
import shutil
import signal
import struct
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from world.sound.store import cache_folder, make

pytestmark = pytest.mark.skipif(shutil.which("xdotool") is None, reason="xdotool is not installed")

RATE = 48_000
_CONF = "[general]\ndrivers = wave\nfrequency = 48000\nhrtf = true\ndefault-hrtf = Built-In 48000hz\n[wave]\nfile = {file}\n"
_RECIPE = "[weather]\nrain_mm_h = 6.0\n[buildings]\nclutter = 0\ncables = 0\nshops = 0\n[ruin]\ncars = 0\n[patrol]\nrobots = 0\n"


def _lines(log: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.read_text().splitlines(keepends=True) if line.endswith("\n")] if log.exists() else []


def _samples(file: Path) -> NDArray[np.float64]:
    data, at = file.read_bytes(), 12
    while data[at : at + 4] != b"data":
        at += 8 + struct.unpack("<I", data[at + 4 : at + 8])[0]
    body = data[at + 8 :]
    return np.frombuffer(body[: len(body) // 8 * 8], "<f4").reshape(-1, 2).astype(np.float64)


def _knocks(sound: NDArray[np.float64]) -> float:
    """RMS of the loudest twentieth of the 40 ms blocks between 120 and 1000 Hz, where heels are and drops are not."""
    heels = sosfilt(butter(2, [120.0, 1000.0], "bandpass", fs=RATE, output="sos"), sound.mean(axis=1))
    blocks = np.sqrt((heels[: len(heels) // 1920 * 1920].reshape(-1, 1920) ** 2).mean(axis=1))
    return float(np.percentile(blocks, 95))


def test_rain_and_steps_are_heard_without_a_gap(display: str, tmp_path: Path) -> None:
    make(cache_folder())
    (tmp_path / "mine.toml").write_text(_RECIPE)
    (tmp_path / "openal.conf").write_text(_CONF.format(file=tmp_path / "out.wav"))
    env = {**os.environ, "DISPLAY": display, "ALSOFT_CONF": str(tmp_path / "openal.conf"), "ASHES_CONFIG_DIR": str(tmp_path / "config")}
    env.pop("ALSOFT_DRIVERS", None)
    log = tmp_path / "walk.jsonl"
    words = ["walk", "--recipe", str(tmp_path / "mine.toml"), "--size", "320x180", "--quality", "low", "--log", str(log)]
    walk = subprocess.Popen([sys.executable, "-m", "world", *words], env=env, stderr=subprocess.PIPE, text=True, cwd=tmp_path)
    try:
        end = time.monotonic() + 240
        while not any(line["chunks"] > 0 for line in _lines(log)):
            assert walk.poll() is None and time.monotonic() < end
            time.sleep(0.2)
        search = ["xdotool", "search", "--name", "Ashes of Neon"]
        window = subprocess.run(search, env=env, capture_output=True, text=True, check=True).stdout.split()[0]
        subprocess.run(["xdotool", "windowfocus", window], env=env, check=True)
        time.sleep(6.0)
        stood = len(_samples(tmp_path / "out.wav"))
        subprocess.run(["xdotool", "keydown", "w"], env=env, check=True)
        time.sleep(6.0)
        subprocess.run(["xdotool", "keyup", "w"], env=env, check=True)
        walked = len(_samples(tmp_path / "out.wav"))
    finally:
        walk.send_signal(signal.SIGINT)
        _, said = walk.communicate(timeout=60)
    sound = _samples(tmp_path / "out.wav")
    still, walking = sound[stood - 3 * RATE : stood], sound[stood:walked]
    assert "no audio device" not in said
    blocks = np.sqrt((still.reshape(-1, RATE // 20, 2) ** 2).mean(axis=(1, 2)))
    assert blocks.min() > 0.003 and blocks.min() > 0.3 * np.median(blocks), "rain, without a gap"
    assert _knocks(walking) > 1.6 * _knocks(still), "steps stand out of it"
    assert abs(sound).max() < 1.0
