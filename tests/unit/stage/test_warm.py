"""No program is made during a walk: all stand ready before it, whatever comes into view and whatever is switched on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from world.conditions import conditions_at
from world.pipe import Pipe
from world.place import named_places
from world.pose import Pose
from world.recipe import load_recipe
from world.settings import Grade
from world.sim import World, snapshot

PLACES = ("hologram", "avenue", "apartment")


def test_every_permutation_stands_ready_and_none_is_made_later(app: Any, engine_log: Callable[[], list[str]]) -> None:
    from world.stage.permutations import PERMUTATIONS
    from world.stage.shaders import exchange, load_shader, loaded, make_shader
    from world.stage.stage import Camera, Stage
    from world.stage.warm import programs, warm

    exchange({permutation: make_shader(*permutation) for permutation in loaded()})  # whatever other tests have drawn
    pipe = Pipe(load_recipe("drizzle"))
    stage = Stage(app, pipe, size=(96, 54), quality="medium")
    stage.chunks.radius_m, stage.skyline.radius_m = 90.0, 300.0
    try:
        stage.show(pipe.start(), conditions_at(pipe.recipe, 0.0), None)
        ready = warm(app, stage)
        gsg = app.win.getGsg()
        assert all(load_shader(*p).isPrepared(gsg.getPreparedObjects()) for p in PERMUTATIONS)
        assert ready >= len(PERMUTATIONS)
        state = World.of(pipe).first()
        for name in PLACES:
            place = named_places()[name]
            pose = Pose((place.x, place.y, place.z or 1.65), place.heading_deg, place.pitch_deg)
            stage.settle(pose)
            robots = replace(snapshot(state, state, 1.0), position=np.array([[place.x + 3.0, place.y + 3.0, 0.3]] * len(state.patrol)))
            for grade in (Grade(), Grade(motion_blur=1.0), Grade(depth_of_field=1.0), Grade(bloom=0.0, contact=0.0)):
                stage.grade = grade
                hour = replace(conditions_at(pipe.recipe, 9.0), rain_mm_h=20.0)
                stage.show(pose, hour, robots, Camera(before=replace(pose, heading_deg=pose.heading_deg + 1.0)))
                app.graphicsEngine.renderFrame()
                stage.picture()
                assert programs(app) <= ready, (name, grade)  # what other tests have dropped may go meanwhile
    finally:
        stage.close()
