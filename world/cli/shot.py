"""`ashes shot`: one picture, without a window.

In: parsed arguments.  Out: a PNG file; the same arguments give the same bytes on one machine.
"""

from __future__ import annotations

import argparse
from dataclasses import replace

from world.cli.city import place_and_recipe, pose_of
from world.cli.lens import grade_of
from world.cli.output import check_output, whole_file
from world.stage.boot import boot, check_size


def run(arguments: argparse.Namespace) -> int:
    """Draws and keeps it; the picture knows its own place and recipe."""
    check_size(arguments.size)
    grade = grade_of(arguments)
    place, recipe = place_and_recipe(arguments)
    out = check_output(arguments.out, suffixes=(".png",), force=arguments.force)
    # Imported only now: what is refused is refused at once.
    from world.film.still import take_still
    from world.picture import save_picture
    from world.pipe import Pipe

    app = boot(arguments.size, window=False)
    pipe, time_s = Pipe(recipe), arguments.time or 0.0
    pose = pose_of(place, pipe)
    if arguments.fov:
        pose = replace(pose, fov_deg=arguments.fov)
    how = {"size": arguments.size, "quality": arguments.quality, "flash_safe": arguments.flash_safe}
    pixels = take_still(app, pipe, pose, time_s, grade=grade, focus_m=arguments.focus or 0.0, samples=arguments.samples, **how)
    with whole_file(out) as part:
        save_picture(part, pixels, pose, recipe, time_s)
    print(out)
    return 0
