"""Writes a recipe as TOML that says what every knob is.

In: a `Recipe`.  Out: text that `recipe_from_toml` reads back to an equal recipe; painted maps are written into it.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence

from world.recipe.knob import all_knobs
from world.recipe.model import Recipe
from world.recipe.shape import Disc, InDistrict, Local, Map, Polygon

HEAD = ("A city of Ashes of Neon. What is left out keeps its default; `ashes --recipe FILE` walks it.",)


def toml_from_recipe(recipe: Recipe, head: Sequence[str] = HEAD) -> str:
    """TOML of all knobs, each with its unit, range and label as a comment, below the lines of `head`, and of all local blocks."""
    lines = [f"# {line}".rstrip() for line in head]
    section = ""
    for knob in all_knobs():
        if knob.section != section:
            section = knob.section
            lines += ["", f"[{section}]"]
        setting = f"{knob.field} = {getattr(getattr(recipe, section), knob.field)!r}"
        lines.append(f"{setting:<26}  # {knob.label} ({knob.range_text})")
    return "\n".join([*lines, *locals_as_toml(recipe), ""])


def differences_as_toml(recipe: Recipe) -> str:
    """The shortest TOML that reads back to an equal recipe: what differs from the defaults."""
    lines, section, plain = [], "", Recipe()
    for knob in all_knobs():
        value = getattr(getattr(recipe, knob.section), knob.field)
        if value == getattr(getattr(plain, knob.section), knob.field):
            continue
        if knob.section != section:
            section = knob.section
            lines.append(f"[{section}]")
        lines.append(f"{knob.field}={number_text(value)}")
    return "\n".join([*lines, *(line.replace(" = ", "=") for line in locals_as_toml(recipe) if line)])


def locals_as_toml(recipe: Recipe) -> list[str]:
    """The lines of the `[[local]]` blocks."""
    return [line for local in recipe.local for line in ("", "[[local]]", *_fields(local))]


def number_text(value: float) -> str:
    """A number that TOML reads back to the same float or integer, without a needless `.0`."""
    whole = isinstance(value, float) and value.is_integer() and abs(value) < 2**53
    return str(int(value)) if whole else repr(value)


def _fields(local: Local) -> list[str]:
    shape = local.shape
    if isinstance(shape, InDistrict):
        lines = ['shape = "district"', f'district = "{shape.district}"']
    elif isinstance(shape, Polygon):
        corners = ", ".join(f"[{number_text(x)}, {number_text(y)}]" for x, y in shape.points)
        lines = ['shape = "polygon"', f"points = [{corners}]"]
    else:
        lines = [f'shape = "{"disc" if isinstance(shape, Disc) else "map"}"']
        lines += [f"{name} = {number_text(value)}" for name, value in shape if name not in ("columns", "pixels")]
        lines += [f'png = "{_png(shape)}"'] if isinstance(shape, Map) else []
    if local.feather_m:
        lines.append(f"feather_m = {number_text(local.feather_m)}")
    return lines + [f"{section}.{field} = {number_text(value)}" for section, field, value in local.settings]


def _png(shape: Map) -> str:
    from PIL import Image

    file = io.BytesIO()
    Image.frombytes("L", (shape.columns, shape.rows), shape.pixels).save(file, format="PNG")
    return base64.b64encode(file.getvalue()).decode("ascii")
