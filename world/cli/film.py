"""`ashes film`: hands what was asked to `world.film`.

In: parsed arguments.  Out: a film file, its path on stdout.
"""

from __future__ import annotations

import argparse

from world.cli.lens import grade_of
from world.film import render_film


def run(arguments: argparse.Namespace) -> int:
    """Films."""
    path = render_film(
        arguments.source,
        arguments.out,
        recipe=arguments.recipe,
        seed=arguments.seed,
        settings=arguments.set,
        seconds=arguments.seconds,
        size=arguments.size,
        fps=arguments.fps,
        start_s=arguments.time,
        quality=arguments.quality,
        flash_safe=arguments.flash_safe,
        grade=grade_of(arguments, motion_blur=arguments.shutter / 360.0),
        focus_m=arguments.focus or 0.0,
        samples=arguments.samples,
        force=arguments.force,
        progress=not arguments.quiet,
    )
    print(path)
    return 0
