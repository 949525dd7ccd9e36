"""`ashes bench`: what a frame and a chunk cost on this machine.

In: parsed arguments.  Out: a table on stdout; what is being measured, on stderr.
"""

from __future__ import annotations

import argparse
import sys

from world.cli.city import place_and_recipe


def run(arguments: argparse.Namespace) -> int:
    """Measures and prints."""
    from world.bench import measure, table

    _, recipe = place_and_recipe(arguments)
    print(table(measure(recipe, say=lambda line: print(f"… {line}", file=sys.stderr))))
    return 0
