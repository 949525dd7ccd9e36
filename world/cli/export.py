"""`ashes export`: a place as a glTF file.

In: parsed arguments.  Out: a .glb file, its path on stdout; what is in it, and what was left out, on stderr.
"""

from __future__ import annotations

import argparse
import sys

from world.cli.city import place_and_recipe, pose_of
from world.cli.output import check_output, whole_file


def run(arguments: argparse.Namespace) -> int:
    """Builds and writes."""
    place, recipe = place_and_recipe(arguments)
    out = check_output(arguments.out, suffixes=(".glb",), force=arguments.force)
    from world.export import export_scene
    from world.pipe import Pipe

    pipe = Pipe(recipe)
    exported = export_scene(pipe, pose_of(place, pipe), arguments.radius, lights=arguments.lights)
    with whole_file(out) as part:
        part.write_bytes(exported.binary)
    print(out)
    print(
        f"{len(exported.binary) / 1e6:.1f} MB, {exported.triangles:,} triangles, {exported.materials} materials, "
        f"{exported.instances} things sharing {exported.shared_meshes} meshes, "
        f"the strongest {exported.lights} of {exported.lights_there} lights",
        file=sys.stderr,
    )
    return 0
