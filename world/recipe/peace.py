"""Only walking: the same city, whose machines never take notice.

In: a recipe.  Out: the recipe with `patrol.alertness` 0, in its local blocks, too.
"""

from __future__ import annotations

from typing import TypeVar

from world.recipe.model import Recipe
from world.recipe.shape import Local

AnyRecipe = TypeVar("AnyRecipe", bound=Recipe)
_KNOB = ("patrol", "alertness")


def peaceful(recipe: AnyRecipe) -> AnyRecipe:
    """The recipe in which nobody is hunted."""
    calm = recipe.with_value(*_KNOB, 0.0)
    if not any(setting[:2] == _KNOB for local in recipe.local for setting in local.settings):
        return calm
    return calm.model_copy(update={"local": tuple(_calmed(local) for local in recipe.local)})


def is_peaceful(recipe: Recipe) -> bool:
    """Whether nobody is hunted anywhere."""
    return recipe == peaceful(recipe)


def hunted_again(recipe: AnyRecipe, before: Recipe) -> AnyRecipe:
    """A peaceful recipe, as alert as `before` was (as the default is, where that was peaceful, too)."""
    alertness = before.patrol.alertness if not is_peaceful(before) else Recipe().patrol.alertness
    again = recipe.with_value(*_KNOB, alertness)
    return again.model_copy(update={"local": before.local}) if peaceful(before).local == recipe.local else again


def _calmed(local: Local) -> Local:
    """The block without a word of its own about alertness."""
    return local.model_copy(update={"settings": tuple(setting for setting in local.settings if setting[:2] != _KNOB)})
