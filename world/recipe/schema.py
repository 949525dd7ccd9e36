"""The recipe as a JSON Schema, so that editors complete its fields, show their ranges, and underline what is wrong.

In: the knobs' descriptions.  Out: a schema (JSON Schema 2020-12) as plain data. For Taplo and Even Better TOML, put
`#:schema recipe.schema.json` on the first line of a recipe.
"""

from __future__ import annotations

from typing import Any

from world.recipe.about import LENGTHS
from world.recipe.knob import Knob, Section, all_knobs
from world.recipe.load_local import LOCALS_MAX
from world.recipe.model import DISTRICTS, SECTIONS
from world.recipe.shape import Disc, Local, Map, Polygon

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def recipe_schema() -> dict[str, Any]:
    """The schema of a recipe file."""
    sections = {name: _table({knob.field: _number(knob) for knob in all_knobs() if knob.section == name}) for name in SECTIONS}
    about = {name: {"type": "string", "maxLength": length} for name, length in LENGTHS.items()}
    overrides = {
        name: _table(fields)
        for name in SECTIONS
        if (fields := {knob.field: _number(knob) for knob in all_knobs() if knob.section == name and knob.local})
    }
    blocks = _blocks({name: {"$ref": f"#/$defs/{name}"} for name in overrides})
    local = {"type": "array", "maxItems": LOCALS_MAX, "items": {"oneOf": blocks}, "description": "settings that hold in a place"}
    whole = _table({"about": _table(about), **sections, "local": local})
    return {"$schema": _DIALECT, "title": "A city of Ashes of Neon", **whole, "$defs": overrides}


def _blocks(overrides: dict[str, Any]) -> list[dict[str, Any]]:
    """A `[[local]]` block of each shape."""
    feather = {"feather_m": _measure(Local, "feather_m")}
    point = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
    limits = {type(m).__name__: m for m in Polygon.model_fields["points"].metadata}
    points = {"type": "array", "items": point, "minItems": limits["MinLen"].min_length, "maxItems": limits["MaxLen"].max_length}
    picture = {"type": "string", "description": "a grey-scale PNG beside the recipe: white is all of the block"}
    shapes: dict[str, tuple[dict[str, Any], list[str]]] = {
        "disc": (_measures(Disc) | feather, list(Disc.model_fields)),
        "polygon": ({"points": points} | feather, ["points"]),
        "district": ({"district": {"enum": list(DISTRICTS)}}, ["district"]),
        "map": (_measures(Map) | feather | {"file": picture, "png": {"type": "string"}}, list(_measures(Map))),
    }
    return [
        _table({"shape": {"const": name}, **fields, **overrides}) | {"required": ["shape", *required]}
        for name, (fields, required) in shapes.items()
    ]


def _table(fields: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": fields}


def _number(knob: Knob) -> dict[str, Any]:
    kind = "integer" if knob.integer else "number"
    unit = f" in {knob.unit}" if knob.unit else ""
    words = f"{knob.label}{unit}; rebuilds: {knob.rebuilds.value}"
    return {"type": kind, "minimum": knob.low, "maximum": knob.high, "default": knob.default, "description": words}


def _measures(model: type[Section]) -> dict[str, Any]:
    return {name: _measure(model, name) for name, field in model.model_fields.items() if field.title}


def _measure(model: type[Section], name: str) -> dict[str, Any]:
    field = model.model_fields[name]
    limits = {type(m).__name__: m for m in field.metadata}
    return {"type": "number", "minimum": limits["Ge"].ge, "maximum": limits["Le"].le, "description": field.title}
