"""The hour where somebody stands: weather and water as the recipe's local blocks have them there.

In: a recipe, seconds since the walk began, metres of the world.  Out: `Conditions`, and the recipe that they come from. Districts have
no weather of their own; so a recipe without local blocks is itself everywhere.
"""

from __future__ import annotations

from world.conditions import Conditions, conditions_at
from world.plan.district import recipe_at
from world.recipe import Recipe


def climate_at(recipe: Recipe, x: float, y: float) -> Recipe:
    """The recipe whose weather, water and patrol hold at (x, y)."""
    return recipe_at(recipe, x, y) if recipe.local else recipe


def conditions_here(recipe: Recipe, time_s: float, x: float, y: float) -> Conditions:
    """The hour at `time_s` (finite, >= 0) for whoever stands at (x, y)."""
    return conditions_at(climate_at(recipe, x, y), time_s)
