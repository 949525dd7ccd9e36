"""What is asked: the recipe, its sections, knobs and local blocks, and how it is read from TOML.

In: TOML text, preset names, share codes, `section.field=value` pairs.  Out: one frozen, validated `Recipe`.
"""

from world.recipe.excerpt import Knobs
from world.recipe.knob import Knob, Rebuild, all_knobs
from world.recipe.load import find_preset, load_recipe, preset_names, recipe_from_toml, with_settings
from world.recipe.local import overridden
from world.recipe.memory import remembered, remembered_each
from world.recipe.model import DISTRICTS, LocalRecipe, Recipe

__all__ = [
    "DISTRICTS",
    "Knob",
    "Knobs",
    "LocalRecipe",
    "Rebuild",
    "Recipe",
    "all_knobs",
    "find_preset",
    "load_recipe",
    "overridden",
    "preset_names",
    "recipe_from_toml",
    "remembered",
    "remembered_each",
    "with_settings",
]
