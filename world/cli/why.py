"""`ashes why`: what stands under the cross-hair, and what put it there.

In: parsed arguments.  Out: the explanation on stdout, as lines or as JSON.
"""

from __future__ import annotations

import argparse
import json

from world.cli.city import place_and_recipe, pose_of


def run(arguments: argparse.Namespace) -> int:
    """Looks, asks and prints."""
    place, recipe = place_and_recipe(arguments)
    from world.atlas.explain import explain
    from world.pipe import Pipe

    pipe = Pipe(recipe)
    explanation = explain(pipe, pose_of(place, pipe))
    if arguments.json:
        print(json.dumps(explanation.tree(), indent=2))
    else:
        print("\n".join(explanation.lines(decisions_only=not arguments.all)))
    return 0
