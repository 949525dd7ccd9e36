"""`ashes locate`: places of a kind, nearest first.

In: parsed arguments.  Out: a line each on stdout, `PLACE  what  how far and whither`; a note on stderr when the search gave up.
"""

from __future__ import annotations

import argparse
import sys

from world.cli.city import place_and_recipe
from world.errors import Refusal


def run(arguments: argparse.Namespace) -> int:
    """Searches and prints."""
    from world.atlas.locate import REACH_M, check_kind, locate
    from world.atlas.sights import fronts, kinds
    from world.pipe import Pipe
    from world.place import text_of_pose

    if arguments.kind == "help":
        print("\n".join(kinds()))
        return 0
    check_kind(arguments.kind)
    if arguments.inside and arguments.kind not in fronts():
        raise Refusal(f"--inside: only fronts have an inside: {', '.join(fronts())}")
    place, recipe = place_and_recipe(arguments)
    pipe = Pipe(recipe)
    near = (place.x, place.y) if place is not None else pipe.start().position[:2]
    found = locate(pipe, arguments.kind, near, arguments.count, inside=arguments.inside)
    for one in found:
        where = text_of_pose(one.pose)
        print(where if arguments.brief else f"{where:<34}  {one.what:<40}  {one.distance_m:4.0f} m {one.whither}")
    if not found:
        raise Refusal(f"locate {arguments.kind}: none to be seen within {REACH_M:g} m of {near[0]:.0f},{near[1]:.0f}")
    if len(found) < arguments.count:
        print(f"no more within {REACH_M:g} m", file=sys.stderr)
    return 0
