"""The live half: plays on OpenAL's null device, and falls silent with one warning where there is none."""

from __future__ import annotations

import os
import subprocess
import sys

_CODE = """
from panda3d.core import AudioManager, loadPrcFileData
loadPrcFileData("", "audio-library-name {library}")
loadPrcFileData("", "notify-level-audio fatal")
from world.sound import Bus, Heard, Shot, Voice, Volumes
from world.sound.live import LiveSound
live = LiveSound(AudioManager.createAudioManager(), Volumes(machines={machines}))
live.wait()
voice = Voice(("hum", 3), 40.0, 10.0, 0.6, 30.0, 0.0, 9000.0, 0.1, 20.0, 0, (1.0, 0.0, 0.0))
live.shots([Shot(0.2, "step/ASPHALT", 1, Bus.STEPS, 0.4, 0.2, 9000.0)])
for k in range(60):
    live.play(Heard(k / 60, (voice,) if k < 40 else (), 0.3, 0.0, 0.2))
    if k == 30:
        sounding = live.sounding()
print(live.audible, sorted(sounding), sorted(live.sounding()))
live.close()
"""


def run(library: str, machines: float = 1.0) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "ALSOFT_DRIVERS": "null"}
    code = _CODE.format(library=library, machines=machines)
    return subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=120, check=True)


def test_plays_what_is_heard_and_stops_what_is_not() -> None:
    out = run("p3openal_audio").stdout.strip()
    assert out == "True ['city', 'hum0b', 'hum0d', 'rain', 'step_ASPHALT1'] ['city', 'rain', 'step_ASPHALT1']"


def test_a_bus_can_be_turned_off() -> None:
    assert run("p3openal_audio", machines=0.0).stdout.strip().startswith("True ['city', 'rain',")


def test_without_a_device_it_is_silent_and_says_so_once() -> None:
    done = run("null")
    assert done.stdout.strip() == "False [] []"
    assert done.stderr.strip().splitlines().count("no audio device: the walk is silent") == 1
