"""`ashes recipe`: the recipe as TOML, every knob with its range.

In: `--recipe`, `--seed`, `--set`.  Out: TOML on stdout that `--recipe` reads back.
"""

from __future__ import annotations

import argparse

from world.cli.city import place_and_recipe
from world.recipe.write import toml_from_recipe


def run(arguments: argparse.Namespace) -> int:
    """Prints it."""
    print(toml_from_recipe(place_and_recipe(arguments)[1]), end="")
    return 0
