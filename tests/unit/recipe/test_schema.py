"""The schema for editors says what the checks say. (A small reader of the few keywords it uses stands in for a validator.)"""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from world.recipe import DISTRICTS, all_knobs, preset_names
from world.recipe.load import find_preset
from world.recipe.schema import recipe_schema

SCHEMA = recipe_schema()
_KINDS: dict[str, Any] = {"object": dict, "array": list, "string": str, "number": (int, float), "integer": int}
_KNOWN = {"$schema", "title", "description", "default", "$defs", "$ref", "type", "properties", "additionalProperties", "required"}
_KNOWN |= {"items", "minItems", "maxItems", "oneOf", "const", "enum", "minimum", "maximum", "maxLength"}


def valid(value: Any, schema: dict[str, Any]) -> bool:
    assert set(schema) <= _KNOWN
    if "$ref" in schema:
        return valid(value, SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")])
    if "const" in schema or "enum" in schema:
        return value in schema.get("enum", [schema.get("const")])
    if "oneOf" in schema:
        return sum(valid(value, one) for one in schema["oneOf"]) == 1
    if not isinstance(value, _KINDS[schema["type"]]) or isinstance(value, bool):
        return False
    if isinstance(value, dict):
        fields = schema["properties"]
        return set(schema.get("required", ())) <= set(value) <= set(fields) and all(valid(v, fields[k]) for k, v in value.items())
    if isinstance(value, list):
        bounded = schema.get("minItems", 0) <= len(value) <= schema["maxItems"]
        return bounded and all(valid(part, schema["items"]) for part in value)
    if isinstance(value, str):
        return len(value) <= schema.get("maxLength", 10**6)
    return schema["minimum"] <= value <= schema["maximum"] if "minimum" in schema else True


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_is_valid(name: str) -> None:
    assert valid(tomllib.loads(find_preset(name).read_text("utf-8")), SCHEMA)


def test_every_knob_stands_in_it_with_its_range() -> None:
    for knob in all_knobs():
        field = SCHEMA["properties"][knob.section]["properties"][knob.field]
        assert (field["minimum"], field["maximum"], field["default"]) == (knob.low, knob.high, knob.default)
        assert knob.label in field["description"]
        assert (knob.field in SCHEMA["$defs"].get(knob.section, {}).get("properties", ())) is knob.local


@pytest.mark.parametrize("district", DISTRICTS)
def test_each_district_may_have_a_block(district: str) -> None:
    assert valid(tomllib.loads(f'[[local]]\nshape = "district"\ndistrict = "{district}"\nneon.signs = 3'), SCHEMA)


@pytest.mark.parametrize(
    "text",
    [
        "[neon]\nsigns = 99",
        "[nein]\nsigns = 9",
        "[patrol]\nrobots = 1.5",
        '[neon]\nsigns = "9"',
        '[[local]]\nshape = "disc"\nx = 1',
        '[[local]]\nshape = "district"\ndistrict = "park"\nworld.seed = 3',
        '[[local]]\nshape = "disk"\nx = 1\ny = 1\nradius_m = 4',
        "[about]\nname = 'x'",
    ],
)
def test_what_the_checks_refuse_is_underlined(text: str) -> None:
    assert not valid(tomllib.loads(text), SCHEMA)
