"""The benchmark draws every pass by itself and every part of the scene, and leaves the stage as it was."""

from __future__ import annotations

from typing import Any

import pytest
from lamp_yard import Yard, lamp

from world.conditions import conditions_at
from world.pose import Pose
from world.recipe import Recipe


@pytest.mark.parametrize("quality", ["medium", "high"])
def test_every_pass_and_part_has_a_row_and_the_picture_stays(app: Any, quality: str) -> None:
    from world.bench_passes import PASSES, PassBench
    from world.stage.stage import Stage

    stage = Stage(app, Yard([], lamp(30.0, 30.0, 2.5)), size=(64, 36), quality=quality)
    try:
        stage.chunks.radius_m, stage.skyline.radius_m = 10.0, 0.0
        pose = Pose((30.0, 24.0, 1.6), 0.0)
        stage.settle(pose)
        hour = conditions_at(Recipe(), 10.0)
        stage.show(pose, hour)
        app.graphicsEngine.renderFrame()
        before, drawn = stage.picture(), set(stage.passes.outputs)
        bench = PassBench(app, stage, pose, hour)
        passes, parts = bench.passes(rounds=1), bench.parts(rounds=1)
        assert set(passes) == {*PASSES, "frame"} - ({"contact"} if quality == "medium" else set())
        assert {"sky", "rain"} <= set(parts)
        assert set(stage.passes.outputs) == drawn
        stage.show(pose, hour)
        app.graphicsEngine.renderFrame()
        assert (stage.picture() == before).all()
    finally:
        stage.close()
