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
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    from world.conditions import conditions_at
    from world.pipe import Pipe
    from world.place import text_of_pose
    from world.recipe.write import toml_from_recipe

    app = boot(arguments.size, window=False)
    from world.stage.stage import Stage

    pipe = Pipe(recipe)
    pose = pose_of(place, pipe)
    stage = Stage(app, pipe, size=arguments.size, quality=arguments.quality or "medium")
    stage.settle(pose)
    stage.show(pose, conditions_at(recipe, arguments.time or 0.0), None)
    app.graphicsEngine.renderFrame()
    notes = PngInfo()
    notes.add_text("Software", "Ashes of Neon")
    notes.add_text("Place", text_of_pose(pose))
    notes.add_text("Recipe", toml_from_recipe(recipe))
    with whole_file(out) as part:
        Image.fromarray(stage.picture()).save(part, format="PNG", pnginfo=notes)
    print(out)
    return 0
