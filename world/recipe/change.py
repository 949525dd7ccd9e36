"""What a change of the recipe makes new.

In: the recipe before and after.  Out: the knobs that differ, and the dearest `Rebuild` among all that differs, or None.
"""

from __future__ import annotations

from world.recipe.knob import Knob, Rebuild, all_knobs, knobs_by_name
from world.recipe.model import Recipe


def differing_knobs(before: Recipe, after: Recipe) -> tuple[tuple[Knob, float, float], ...]:
    """(knob, value before, value after) of each knob that differs; local blocks are not among them."""
    pairs = ((knob, _value(before, knob), _value(after, knob)) for knob in all_knobs())
    return tuple((knob, a, b) for knob, a, b in pairs if a != b)


def rebuild_between(before: Recipe, after: Recipe) -> Rebuild | None:
    """`Rebuild` in its order from dearest to cheapest; None when nothing differs."""
    differing = {knob.rebuilds for knob, _, _ in differing_knobs(before, after)}
    if before.local != after.local:
        shared = set(before.local) & set(after.local)
        in_order = [b for b in before.local if b in shared] == [b for b in after.local if b in shared]
        changed = [block for block in (*before.local, *after.local) if block not in shared or not in_order]
        differing |= {knobs_by_name()[f"{section}.{field}"].rebuilds for block in changed for section, field, _ in block.settings}
    return next((rebuild for rebuild in Rebuild if rebuild in differing), None)


def _value(recipe: Recipe, knob: Knob) -> float:
    value: float = getattr(getattr(recipe, knob.section), knob.field)
    return value
