"""Writes a recipe as TOML that says what every knob is.

In: a `Recipe`.  Out: text that `recipe_from_toml` reads back to an equal recipe.
"""

from __future__ import annotations

from world.recipe.knob import all_knobs
from world.recipe.model import Recipe


def toml_from_recipe(recipe: Recipe) -> str:
    """TOML of all knobs, each with its unit, range and label as a comment."""
    lines = ["# A city of Ashes of Neon. What is left out keeps its default; `ashes --recipe FILE` walks it."]
    section = ""
    for knob in all_knobs():
        if knob.section != section:
            section = knob.section
            lines += ["", f"[{section}]"]
        value = getattr(getattr(recipe, section), knob.field)
        unit = f" {knob.unit}" if knob.unit else ""
        setting = f"{knob.field} = {value!r}"
        lines.append(f"{setting:<26}  # {knob.label} ({knob.low:g} to {knob.high:g}{unit})")
    return "\n".join(lines) + "\n"
