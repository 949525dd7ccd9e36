"""`ashes shot`: one picture, without a window.

In: parsed arguments.  Out: a PNG file; the same arguments give the same bytes on one machine.
"""

from __future__ import annotations

import argparse

from world.cli.city import place_and_recipe, pose_of
from world.cli.output import check_output, whole_file
from world.stage.boot import boot, check_size


def run(arguments: argparse.Namespace) -> int:
    """Draws and keeps it; the picture knows its own place and recipe."""
    check_size(arguments.size)
    place, recipe = place_and_recipe(arguments)
    out = check_output(arguments.out, suffixes=(".png",), force=arguments.force)
    # Imported only now: what is refused is refused at once.
    from world.conditions import conditions_at
    from world.film.patrol import PatrolRun
    from world.picture import save_picture
    from world.pipe import Pipe
    from world.sim import TICK_HZ, World

    app = boot(arguments.size, window=False)
    from world.stage.stage import Stage

    pipe, time_s = Pipe(recipe), arguments.time or 0.0
    pose = pose_of(place, pipe)
    patrol = PatrolRun(World.of(pipe), round(time_s * TICK_HZ))  # as at the first frame of a film that begins then
    stage = Stage(app, pipe, size=arguments.size, quality=arguments.quality or "medium")
    stage.settle(pose)
    stage.show(pose, conditions_at(recipe, time_s), patrol.at(0.0, pose))
    app.graphicsEngine.renderFrame()
    with whole_file(out) as part:
        save_picture(part, stage.picture(), pose, recipe, time_s)
    stage.close()
    print(out)
    return 0
