"""Lightning lights the hero for the robots as it does for the eye."""

from __future__ import annotations

from dataclasses import replace

from world.conditions.storm import strokes
from world.pipe import Pipe
from world.plan import plan_chunk
from world.recipe import Recipe, with_settings
from world.sim import Walker, World
from world.sim.exposure import hero_lux, hero_visibility
from world.sim.state import TICK_HZ


def test_lightning_gives_you_away() -> None:
    """In the dark one is hardly seen; while a stroke near by lasts, one is, unless there is a roof."""
    recipe = with_settings(Recipe(), ["weather.lightning=6", "neon.brightness=0", "patrol.robots=0"])
    stroke = min(strokes(recipe, 5.0, 1200.0), key=lambda s: s.distance_m)
    world = World.of(Pipe(recipe))
    tick = int(stroke.time_s * TICK_HZ)

    def seen(walker: Walker) -> tuple[float, float]:
        def seen(at: int) -> float:
            return hero_visibility(walker, hero_lux(world, walker, at))

        calm = seen(tick - 60)
        return calm, max(seen(tick + k) for k in range(0, 30, 3))

    calm, lit = seen(world.waking())
    assert calm < 0.1 and lit > 0.3
    roof = next(b for cx in range(-2, 2) for b in plan_chunk(recipe, cx, 0).buildings)
    indoors = seen(replace(world.waking(), position=(*roof.centre, 0.2)))
    assert indoors[1] == indoors[0]
