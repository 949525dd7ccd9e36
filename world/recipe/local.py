"""The recipe that holds at a place: the district's character first, then the recipe's own local blocks.

In: the city's recipe, metres of the world, the district there.  Out: a `LocalRecipe`; few distinct ones exist (feathers have
sixteen steps), and each is made once, so that they serve as keys of caches.
A district's character (`assets/districts.toml`) is a factor on a knob, or a number in its place; a local block's numbers are
blended in by their weight. Both stay within the knob's range.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, cast

from world.errors import Refusal, nearest
from world.recipe.excerpt import Excerpt, Values, excerpt
from world.recipe.knob import Knob, Rebuild, knobs_by_name
from world.recipe.model import DISTRICTS, SECTIONS, LocalRecipe, Recipe
from world.recipe.shape import STEPS
from world.resources import asset_path
from world.toml_file import parse_toml, read_toml_text

Character = tuple[tuple[Knob, float, bool], ...]  # knob, number, whether it is a factor


def overridden(recipe: Recipe, x: float, y: float, district: str) -> LocalRecipe:
    """What holds at (x, y) metres in a district of that name (one of `DISTRICTS`)."""
    if recipe.of_place:
        return cast(LocalRecipe, recipe)
    key = (district, *[local.sixteenths(x, y, district) for local in recipe.local]) if recipe.local else district
    known = recipe.here.get(key)
    if known is None:
        known = recipe.here[key] = blended(recipe, district, key[1:]) if recipe.local else _of_district(recipe, district)
    return known


@lru_cache(maxsize=1)
def characters() -> dict[str, Character]:
    """Each district's changes to the recipe, from `assets/districts.toml`."""
    path = asset_path("districts.toml")
    return characters_from_toml(read_toml_text(path, "list of districts"), str(path))


def characters_from_toml(text: str, source: str) -> dict[str, Character]:
    """A table per district of `section.field = factor` or `section.field = {set = value}`; `Refusal` names what is wrong."""
    tree = parse_toml(text, source)
    for name in tree:
        if name not in DISTRICTS:
            raise Refusal(f"{source}: unknown district [{name}]{nearest(name, DISTRICTS)}; known: {', '.join(DISTRICTS)}")
    return {name: _character(tree.get(name, {}), f"{source}: [{name}]") for name in DISTRICTS}


def _character(table: object, where: str) -> Character:
    found = []
    if not isinstance(table, dict):
        raise Refusal(f"{where} must be a table")
    for section, fields in table.items():
        if section not in SECTIONS or not isinstance(fields, dict):
            raise Refusal(f"{where} {section}: expected section.field = factor{nearest(section, SECTIONS)}")
        for field, given in fields.items():
            name = f"{section}.{field}"
            knob = knobs_by_name().get(name)
            if knob is None:
                raise Refusal(f"{where} unknown field {name}{nearest(name, knobs_by_name())}")
            if not knob.local:
                raise Refusal(f"{where} {name} is one for the whole city: it cannot differ by district")
            if knob.rebuilds in (Rebuild.SIM, Rebuild.UNIFORM):
                raise Refusal(f"{where} {name}: weather, water and patrols are the same in all districts")
            is_set = isinstance(given, dict) and set(given) == {"set"}
            number = given["set"] if is_set else given
            low, high = (knob.low, knob.high) if is_set else (0.0, 100.0)
            if isinstance(number, bool) or not isinstance(number, int | float) or not low <= number <= high:
                raise Refusal(f"{where} {name} = {given!r}: must be a factor from 0 to 100, or {{set = {knob.range_text}}}")
            found.append((knob, float(number), not is_set))
    return tuple(found)


@lru_cache(maxsize=1024)
def _of_district(recipe: Recipe, district: str) -> LocalRecipe:
    """The recipe with the district's character alone."""
    if district not in DISTRICTS:
        raise ValueError(f"no district {district!r}")
    values = _values(recipe)
    for knob, number, is_factor in characters()[district]:
        if knob.field in values.get(knob.section, ()):
            values[knob.section][knob.field] = _fitted(knob, values[knob.section][knob.field] * number if is_factor else number)
    return _made(recipe, values)


@lru_cache(maxsize=8192)
def blended(recipe: Recipe, district: str, sixteenths: tuple[int, ...] = ()) -> LocalRecipe:
    """The recipe with the district's character, then each local block's numbers mixed in by its weight, one after the other."""
    base = _of_district(recipe, district)
    if not any(sixteenths):
        return base
    values = _values(base)
    for local, weight in zip(recipe.local, sixteenths, strict=True):
        for section, field, override in local.settings if weight else ():
            before = values[section][field]  # sixteenths are exact: 16 gives the override to the last bit
            mixed = (before * (STEPS - weight) + override * weight) / STEPS
            values[section][field] = _fitted(knobs_by_name()[f"{section}.{field}"], mixed)
    return _made(recipe, values)


def _fitted(knob: Knob, value: float) -> float:
    value = min(max(value, knob.low), knob.high)
    return round(value) if knob.integer else float(value)


def _values(recipe: Recipe | Excerpt) -> Values:
    if isinstance(recipe, Excerpt):
        return {name: dict(fields) for name, fields in recipe.values.items()}
    return {name: dict(getattr(recipe, name)) for name in SECTIONS}


def _made(recipe: Recipe | Excerpt, values: Values) -> LocalRecipe:
    """As much as the recipe holds, without validating again: every number was fitted to its knob's range."""
    if isinstance(recipe, Excerpt):
        return cast(LocalRecipe, excerpt(values, of_place=True))
    sections: dict[str, Any] = {name: SECTIONS[name].model_construct(None, **fields) for name, fields in values.items()}
    return LocalRecipe.model_construct(None, **sections)
