"""One picture of one moment.

In: a running app, a city, an eye, an hour.  Out: pixels, complete round the eye; the patrol is where a film that begins then has it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from world.conditions import calmed
from world.film.patrol import PatrolRun
from world.film.samples import Mean, grade_of_sample, jitter_px
from world.pipe import Pipe
from world.plan.climate import conditions_here
from world.pose import Pose
from world.settings import Grade
from world.sim import TICK_HZ, World


def take_still(
    app: Any,
    pipe: Pipe,
    pose: Pose,
    time_s: float,
    *,
    size: tuple[int, int],
    quality: str,
    flash_safe: bool = False,
    grade: Grade | None = None,
    focus_m: float = 0.0,
    samples: int = 1,
) -> NDArray[np.uint8]:
    """(height, width, 3) RGB, top row first. `focus_m`: what is sharp (0: what is in the middle of the view); `samples`: of how many
    pictures it is the mean."""
    from world.stage.stage import Camera, Stage

    patrol = PatrolRun(World.of(pipe), round(time_s * TICK_HZ), lambda seconds: pose)
    stage = Stage(app, pipe, size=size, quality=quality, grade=grade_of_sample(grade or Grade(), samples))
    try:
        hour = conditions_here(pipe.recipe, time_s, *pose.position[:2])
        stage.settle(pose)
        hour = calmed(hour, pipe.recipe) if flash_safe else hour
        mean = Mean()
        for sample in range(samples):
            stage.show(pose, hour, patrol.at(0.0, pose), Camera(focus_m=focus_m, jitter_px=jitter_px(sample, samples)))
            app.graphicsEngine.renderFrame()
            mean.add(stage.picture())
        return mean.picture()
    finally:
        stage.close()
