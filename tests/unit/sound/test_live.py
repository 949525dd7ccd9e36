"""The live half: plays on OpenAL's null device, and falls silent with one warning where there is none."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

_CODE = """
from panda3d.core import AudioManager, loadPrcFileData
loadPrcFileData("", "audio-library-name {library}")
loadPrcFileData("", "notify-level-audio fatal")
from world.sound import Bus, Heard, Shot, Voice, Volumes
from world.sound.live import LiveSound
live = LiveSound(AudioManager.createAudioManager(), Volumes(machines={machines}))
live.wait()
if live.audible:
    live._store._files.pop("throw.2.bright")  # as if it were yet to be made
voice = Voice(("hum", 0), 40.0, 10.0, 0.6, 30.0, 0.0, 9000.0, 0.1, 20.0, 0, (1.0, 0.0, 0.0), "hum/GLIDER/0", 3)
live.shots([Shot(0.2, name, number, Bus.STEPS, 0.4, 0.2, 9000.0) for name, number in (("step/ASPHALT/run", 1), ("throw", 2))])
sounding = []
for k in range(300):
    live.play(Heard(k / 60, (voice,) if k < 40 else (), dict(rain=0.3, city=0.2), {spaces}))
    if k in (14, 30):
        sounding += [sorted(live.sounding())]
print(live.audible, *sounding, sorted(live.sounding()), sep="|")
live.close()
"""


@pytest.fixture(autouse=True)
def _null_device(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALSOFT_DRIVERS", "null")


def run(library: str, machines: float = 1.0, spaces: tuple[float, ...] = (0.0, 0.0, 1.0, 0.0)) -> subprocess.CompletedProcess[str]:
    code = _CODE.format(library=library, machines=machines, spaces=spaces)
    return subprocess.run([sys.executable, "-c", code], env=dict(os.environ), capture_output=True, text=True, timeout=250, check=True)


def test_plays_what_is_heard_and_stops_what_is_not() -> None:
    audible, early, late, after = run("p3openal_audio").stdout.strip().split("|")
    assert audible == "True"
    steps = ["step_ASPHALT_run.1.bright", "step_ASPHALT_walk.0.room"]
    assert eval(early) == ["city", "hum/GLIDER/0", "hum/GLIDER/0/room", "rain", *steps, "throw.0.bright"]
    assert "hum/GLIDER/0" in eval(late) and "hum/GLIDER/0" not in eval(after) and {"city", "rain"} <= set(eval(after))


def test_every_space_about_the_ear_answers_steps_and_hums() -> None:
    _, early, _, after = run("p3openal_audio", spaces=(0.4, 0.0, 0.0, 0.6)).stdout.strip().split("|")
    answers = {f"{sound}{space}" for space in ("street", "station") for sound in ("hum/GLIDER/0/", "step_ASPHALT_walk.0.")}
    assert {"hum/GLIDER/0", *answers} <= set(eval(early)) and "hum/GLIDER/0/room" not in eval(early)
    assert not [name for name in eval(after) if name.startswith("hum/")]


def test_a_bus_can_be_turned_off() -> None:
    assert "hum" not in run("p3openal_audio", machines=0.0).stdout


def test_without_a_device_it_is_silent_and_says_so_once() -> None:
    done = run("null")
    assert done.stdout.strip() == "False|[]|[]|[]"
    assert done.stderr.strip().splitlines().count("no audio device: the walk is silent") == 1
