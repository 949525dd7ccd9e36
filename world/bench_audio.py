"""What sound costs the main thread: `ashes bench`'s rows for it.

In: a recipe.  Out: `Row`s: name, values, unit. In a process of its own, on OpenAL's null device, since the benchmark's own app has no
sound.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import NamedTuple

from world.recipe import Recipe
from world.recipe.write import toml_from_recipe

VOICES, FRAMES, LISTENS_A_FRAME = 24, 600, 12 / 60
_PROBE_S = 600
_PROBE = """
import json, math, statistics, sys, time
from panda3d.core import AudioManager, loadPrcFileData
loadPrcFileData("", "audio-library-name p3openal_audio")
from world.pipe import Pipe
from world.recipe.load import recipe_from_toml
from world.sim import World, snapshot
from world.sound import CityPlaces, Heard, Listener, Voice
from world.sound.listener import turned
from world.sound.live import LiveSound
from world.sound.repertoire import LOOPS

def mean_ms(do, count):
    spent = []
    for n in range(count):
        before = time.thread_time()
        do(n)
        spent.append((time.thread_time() - before) * 1e3)
    return statistics.fmean(spent), sorted(spent)[int(0.95 * count)]

voices, frames = int(sys.argv[1]), int(sys.argv[2])
manager = AudioManager.createAudioManager()
live = LiveSound(manager)
live.wait()
names = [name for name in LOOPS if LOOPS[name].dull_hz]

def voice(k, n):
    a = math.radians(15.0 * k + 0.7 * n)  # they all move, and so do their gains
    gain = 0.3 + 0.1 * math.sin(0.05 * n + k)
    azimuth = math.degrees(a)
    cutoff = 6000.0 + 3000.0 * math.sin(0.03 * n)
    return Voice(("hum", k), 40.0, 9.0, gain, azimuth, 0.0, cutoff, 0.0, 9.0, 0, (math.sin(a), math.cos(a), 0.0), names[k % len(names)], k)

def frame(n):
    live.play(moments[n])
    manager.update()

beds = dict(rain=0.3, city=0.2, wind=0.1)
moments = [Heard(n / 60, tuple(voice(k, n) for k in range(voices)), beds, (0.5, 0.5, 0.0, 0.0)) for n in range(frames + 30)]
for n in range(30):
    frame(n)
play = mean_ms(lambda n: frame(n + 30), frames)
playing = len(live.sounding())
live.close()
recipe = recipe_from_toml(sys.stdin.read())
world = World.of(Pipe(recipe))
state = world.first()
now, hour = snapshot(state, state), world.hour(0)
ear = Listener(world, CityPlaces(recipe))
ear.listen(now, hour)
listen = mean_ms(lambda n: ear.listen(now, hour), 60)
turn = mean_ms(lambda n: turned(ear.heard, now), 60)
assert playing >= voices, f"{playing} of {voices} voices play"
print(json.dumps(dict(play=play, listen=listen, turn=turn, playing=playing, heard=len(ear.heard.voices))))
"""


class Row(NamedTuple):
    """A line of the table."""

    name: str
    values: tuple[float, ...]
    unit: str


def audio_rows(recipe: Recipe) -> list[Row]:
    """What playing and listening take of a frame; none where there is no OpenAL to try it on."""
    env = {**os.environ, "ALSOFT_DRIVERS": "null"}
    command = [sys.executable, "-c", _PROBE, str(VOICES), str(FRAMES)]
    text = toml_from_recipe(recipe)
    done = subprocess.run(command, input=text, env=env, capture_output=True, text=True, timeout=_PROBE_S, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        return [Row(f"sound: not measured ({last})", (), "")]
    found = json.loads(done.stdout.strip().splitlines()[-1])
    listening = found["listen"][0] * LISTENS_A_FRAME + found["turn"][0] * (1.0 - LISTENS_A_FRAME)
    return [
        Row(f"sound: {VOICES} voices, to the engine, mean / p95", tuple(found["play"]), "ms CPU a frame"),
        Row(f"sound: the ear at the start ({found['heard']} voices), mean", (listening,), "ms CPU a frame"),
    ]
