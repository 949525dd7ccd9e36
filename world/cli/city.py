"""Which city and where in it, from the arguments that all commands share.

In: parsed arguments.  Out: a `Recipe`, a `Pipe`, a `Pose`.
"""

from __future__ import annotations

import argparse
import math
from typing import TYPE_CHECKING

from world.errors import Refusal
from world.place import REACH_M, Place, parse_place
from world.recipe import Recipe, with_settings
from world.recipe.load import read_recipe

if TYPE_CHECKING:
    from world.pipe import Pipe
    from world.pose import Pose

EYE_M = 1.65


def place_and_recipe(arguments: argparse.Namespace) -> tuple[Place | None, Recipe]:
    """The place asked for (else the recipe's own; None: the start) and the recipe: the named place's own unless another is asked for."""
    place = parse_place(arguments.at) if getattr(arguments, "at", None) else None
    recipe, about = read_recipe(arguments.recipe or (place.recipe if place else None) or "drizzle")
    if place is None and about.at:
        place = parse_place(about.at)
    return place, with_settings(recipe, arguments.set, arguments.seed)


def pose_of(place: Place | None, pipe: Pipe) -> Pose:
    """Where the eyes are: on the street at the place when it gives no height."""
    from world.pose import Pose
    from world.space.walk import STEP_M, support
    from world.space.window import SpaceWindow

    if place is None:
        return pipe.start()
    if not all(math.isfinite(v) and abs(v) <= REACH_M for v in (place.x, place.y)):
        raise Refusal(f"--at {place.text()}: outside the city")
    z = place.z
    if z is None:
        window = SpaceWindow(pipe.space)
        street = window.ground(place.x, place.y)
        z = EYE_M + support(window, window.near(place.x, place.y, 0.5), place.x, place.y, street + STEP_M).height
    return Pose((place.x, place.y, z), place.heading_deg, place.pitch_deg)
