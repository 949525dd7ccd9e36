"""`ashes walk`, and `ashes` alone.

In: parsed arguments.  Out: a walk in a window.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from world.cli.city import place_and_recipe, pose_of
from world.cli.output import check_output
from world.recipe import load_recipe, with_settings
from world.recipe.load import find_preset
from world.settings import load_settings
from world.sound.device import configure
from world.stage.boot import boot, check_size, has_audio_device
from world.stage.quality import fitting


def run(arguments: argparse.Namespace) -> int:
    """Walks until the person leaves."""
    size = arguments.size or (1280, 720)
    check_size(size)
    place, recipe = place_and_recipe(arguments)
    log = check_output(arguments.log, force=arguments.force) if arguments.log else None
    settings, notice = load_settings()
    if arguments.fullscreen:
        settings = settings.model_copy(update={"fullscreen": True})
    if arguments.captions:
        settings = settings.model_copy(update={"captions": arguments.captions})
    if arguments.flash_safe:
        settings = settings.model_copy(update={"flash_safe": True})
    if has_audio_device():
        configure(headphones=settings.headphones)
    app = boot(size, window=True, audio=True)
    # Only now: Ursina may be imported by nobody before `boot`.
    from world.ui.journal import Journal
    from world.ui.recipe_watch import RecipeWatch
    from world.ui.walk import Walk

    if not notice and not has_audio_device():
        notice = "no audio device: you walk in silence (captions show what you would hear)"
    name = arguments.recipe or (place.recipe if place else None)
    watch = None
    if name and Path(name).suffix == ".toml":
        path = find_preset(name)
        watch = RecipeWatch(path, lambda: with_settings(load_recipe(str(path)), arguments.set, arguments.seed))
    walk = Walk(
        app,
        recipe,
        lambda pipe: pose_of(place, pipe),
        settings,
        quality=arguments.quality or fitting(settings.quality, app.win.getGsg().getDriverRenderer()),
        frozen_s=arguments.time,
        watch=watch,
        edited=arguments.watch_shaders,
        only_walk=arguments.peaceful,
        journal=Journal(log, arguments.log_every),
        notice=notice,
    )
    walk.run()
    return 0
