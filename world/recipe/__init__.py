"""What is asked: the recipe, its sections and knobs, and how it is read from TOML.

In: TOML text, preset names, `section.field=value` pairs.  Out: one frozen, validated `Recipe`.
"""

from world.recipe.knob import Knob, Rebuild, all_knobs
from world.recipe.load import find_preset, load_recipe, preset_names, recipe_from_toml, with_settings
from world.recipe.model import Recipe

__all__ = ["Knob", "Rebuild", "Recipe", "all_knobs", "find_preset", "load_recipe", "preset_names", "recipe_from_toml", "with_settings"]
