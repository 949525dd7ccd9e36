"""What a change of the recipe makes new.

In: the recipe before and after.  Out: the dearest `Rebuild` among the knobs that differ, or None.
"""

from __future__ import annotations

from world.recipe.knob import Knob, Rebuild, all_knobs
from world.recipe.model import Recipe


def rebuild_between(before: Recipe, after: Recipe) -> Rebuild | None:
    """`Rebuild` in its order from dearest to cheapest; None when nothing differs."""
    differing = {knob.rebuilds for knob in all_knobs() if _value(before, knob) != _value(after, knob)}
    return next((rebuild for rebuild in Rebuild if rebuild in differing), None)


def _value(recipe: Recipe, knob: Knob) -> object:
    return getattr(getattr(recipe, knob.section), knob.field)
