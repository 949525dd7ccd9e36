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
    differing = rebuilds_everywhere(before, after) | rebuilds_in_places(before, after)
    return next((rebuild for rebuild in Rebuild if rebuild in differing), None)


def rebuilds_everywhere(before: Recipe, after: Recipe) -> set[Rebuild]:
    """What the differing knobs rebuild; local blocks are left out."""
    return {knob.rebuilds for knob, _, _ in differing_knobs(before, after)}


def rebuilds_in_places(before: Recipe, after: Recipe) -> set[Rebuild]:
    """What the settings of local blocks that came, went, changed or changed places rebuild, where they hold."""
    if before.local == after.local:
        return set()
    shared = set(before.local) & set(after.local)
    in_order = [block for block in before.local if block in shared] == [block for block in after.local if block in shared]
    changed = [block for block in (*before.local, *after.local) if block not in shared or not in_order]
    return {knobs_by_name()[f"{section}.{field}"].rebuilds for block in changed for section, field, _ in block.settings}


def _value(recipe: Recipe, knob: Knob) -> float:
    value: float = getattr(getattr(recipe, knob.section), knob.field)
    return value
