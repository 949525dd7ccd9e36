"""What comes out of the loudspeakers: a city's corner heard through OpenAL's file back end. Run in a process of its own.

`python recorded.py`: plays some scenes in real time and prints, as JSON, when each began, in seconds of the recording.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from typing import Any

from panda3d.core import AudioManager, loadPrcFileData

loadPrcFileData("", "audio-library-name p3openal_audio")
SCENE_S, STALL_S = 1.0, 0.35


def main() -> None:
    from flatland import box
    from lamplit import lamplit, posted

    from world.pose import Pose
    from world.sim import snapshot
    from world.sound import hear
    from world.sound.live import LiveSound

    wall = [box(-30, -54, 38, 0.5, 8)]  # ends at (8, -54), to the right
    scenes = {
        "far": (None, (0.0, -40.0), 0.0),
        "near": (None, (0.0, -50.0), 0.0),
        "right": (None, (10.0, -60.0), 0.0),
        "turned": (None, (10.0, -60.0), 180.0),
        "open": (None, (0.0, -48.0), 0.0),
        "hidden": (wall, (0.0, -48.0), 0.0),
        "stalled": (None, (0.0, -52.0), 0.0),
    }
    worlds: dict[bool, Any] = {walled: lamplit(wall if walled else None) for walled in (False, True)}
    began = time.perf_counter()
    manager = AudioManager.createAudioManager()
    live = LiveSound(manager)
    live.wait()
    marks, told = {}, {}
    clock = 0.0
    for name, (boxes, robot, heading) in scenes.items():
        world = worlds[boxes is not None]
        state = posted(world.first(), robot, (0.0, 1.0))
        moment = replace(snapshot(state, state), eye=Pose((0.0, -60.0, 1.65), heading))
        heard = replace(hear(world, moment, world.hour(0)), beds={})
        told[name] = {"azimuth_deg": heard.voices[0].azimuth_deg, "level_db": heard.voices[0].level_db}
        marks[name] = start = time.perf_counter() - began
        while (now := time.perf_counter() - began) < start + SCENE_S:
            live.play(replace(heard, time_s=clock + now))
            manager.update()
            time.sleep(1 / 60)
        if name == "stalled":
            marks["stall"] = time.perf_counter() - began
            time.sleep(STALL_S)
    live.close()
    json.dump({"marks": marks, "told": told}, sys.stdout)


if __name__ == "__main__":
    main()
