"""Weather, water and patrols are those of where one stands: for the picture and for the robots alike."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from flatland import land
from lamp_yard import Yard, lamp

from world.conditions import conditions_at
from world.light import LightField
from world.plan.climate import climate_at, conditions_here
from world.pose import Pose
from world.recipe import Recipe, recipe_from_toml
from world.sim import Walker, World, step
from world.sim.beats import FixedBeats
from world.sim.command import Command
from world.space.sound_graph import SoundGraph
from world.space.window import SpaceWindow

STORM = recipe_from_toml(
    '[weather]\nswell = 0\nlightning = 0\n[[local]]\nshape = "disc"\nx = 500\ny = 0\nradius_m = 100\nfeather_m = 160\n'
    "weather.rain_mm_h = 48\nwater.level_m = 0.4\npatrol.alertness = 3\n"
)


def test_without_local_blocks_the_recipe_is_itself_everywhere() -> None:
    assert climate_at(Recipe(), 400.0, -900.0) == Recipe()
    there, plain = conditions_here(Recipe(), 4.0, 400.0, -900.0), conditions_at(Recipe(), 4.0)
    assert replace(there, power=plain.power) == plain and (there.power == plain.power).all()


def test_it_rains_where_the_block_lies_and_the_rain_comes_on_by_and_by() -> None:
    rain = [conditions_here(STORM, 4.0, x, 0.0).rain_mm_h for x in np.arange(0.0, 500.0, 10.0)]
    assert rain[0] == 8.0 and rain[-1] == 48.0 and rain == sorted(rain) and len(set(rain)) > 10
    assert conditions_here(STORM, 4.0, 500.0, 0.0).water_level_m == 0.4


def test_the_step_goes_by_the_same_hour() -> None:
    window = SpaceWindow(land([]))
    loop = np.array([[480.0, -20.0], [520.0, -20.0], [520.0, 20.0], [480.0, 20.0]])
    light = LightField(Yard([], lamp(500.0, 3.0, 4.0, candela=900.0)).light)
    world = World(STORM, window, light, FixedBeats.on((loop,)), Pose((500.0, 0.0, 1.65), 0.0), SoundGraph(window))
    assert world.at(500.0, 0.0).hour(60).water_level_m == conditions_here(STORM, 1.0, 500.0, 0.0).water_level_m
    assert world.at(0.0, 0.0).hour(60).rain_mm_h == 8.0
    alerts = {}
    for alertness in (3.0, 1.0):
        local = STORM.local[0].model_copy(update={"settings": (("patrol", "alertness", alertness),)})
        here = replace(world, recipe=STORM.model_copy(update={"local": (local,)}))
        state = here.first()
        patrol = replace(state.patrol, position=np.array([[500.0, 6.0, 1.0]]), head=np.array([[0.0, -1.0]]), facing=np.array([[0.0, -1.0]]))
        state = replace(state, walker=Walker((500.0, 0.0, 0.0)), patrol=patrol)
        for _ in range(40):
            state, _ = step(state, Command.looking(0.0, 0.0), here)
        alerts[alertness] = state.patrol.alert[0]
    assert alerts[3.0] > alerts[1.0] > 0.0


@pytest.mark.parametrize("name", ["weather.rain_mm_h", "water.level_m", "patrol.pace"])
def test_districts_have_no_weather(name: str) -> None:
    from world.errors import Refusal
    from world.recipe.local import characters_from_toml

    with pytest.raises(Refusal, match="same in all districts"):
        characters_from_toml(f"[park]\n{name} = 2", "districts.toml")
