"""Only walking: nobody is hunted, and nothing else of the city changes."""

from __future__ import annotations

from world.recipe import Rebuild, Recipe, overridden, recipe_from_toml
from world.recipe.change import rebuild_between
from world.recipe.peace import hunted_again, is_peaceful, peaceful

BLOCK = '[patrol]\nalertness = 2\n[[local]]\nshape = "disc"\nx = 0\ny = 0\nradius_m = 90\npatrol.alertness = 3\npatrol.pace = 2\n'


def test_only_alertness_changes_and_only_the_patrol_is_made_anew() -> None:
    calm = peaceful(Recipe())
    assert calm.patrol.alertness == 0.0
    assert calm.with_value("patrol", "alertness", Recipe().patrol.alertness) == Recipe()
    assert rebuild_between(Recipe(), calm) is Rebuild.SIM
    assert is_peaceful(calm) and not is_peaceful(Recipe())


def test_a_local_block_that_is_alert_is_calmed_too_and_keeps_the_rest() -> None:
    recipe = recipe_from_toml(BLOCK)
    assert overridden(recipe, 0.0, 0.0, "park").patrol.alertness == 3.0
    here = overridden(peaceful(recipe), 0.0, 0.0, "park")
    assert (here.patrol.alertness, here.patrol.pace) == (0.0, 2.0)
    assert is_peaceful(peaceful(recipe)) and not is_peaceful(recipe.with_value("patrol", "alertness", 0.0))


def test_one_is_hunted_again_as_before() -> None:
    recipe = recipe_from_toml(BLOCK)
    assert hunted_again(peaceful(recipe), recipe) == recipe
    other = peaceful(recipe).with_value("weather", "rain_mm_h", 30.0)
    assert hunted_again(other, recipe) == recipe.with_value("weather", "rain_mm_h", 30.0)
    assert hunted_again(peaceful(Recipe()), peaceful(Recipe())) == Recipe()
