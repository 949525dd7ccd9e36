"""Any valid recipe is read, written and shared without loss; any invalid one is refused in one line that names its field."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from world.errors import Refusal
from world.recipe import DISTRICTS, Knob, Recipe, all_knobs, overridden, recipe_from_toml
from world.recipe.load import read_recipe
from world.recipe.model import SECTIONS
from world.recipe.shape import Disc, InDistrict, Local, Map, Polygon
from world.recipe.share import code_of
from world.recipe.write import differences_as_toml, toml_from_recipe

quick = settings(max_examples=60, deadline=None, derandomize=True, database=None)
LOCAL_KNOBS = [knob for knob in all_knobs() if knob.local]


def _value(knob: Knob) -> st.SearchStrategy[Any]:
    return st.integers(int(knob.low), int(knob.high)) if knob.integer else st.floats(knob.low, knob.high)


def _settings(knobs: list[Knob]) -> st.SearchStrategy[dict[Knob, Any]]:
    chosen = st.lists(st.sampled_from(knobs), max_size=6, unique=True)
    return chosen.flatmap(lambda some: st.fixed_dictionaries({knob: _value(knob) for knob in some}))


metres = st.floats(-2e4, 2e4)
maps = st.tuples(st.integers(1, 9), st.integers(1, 9), st.randoms(use_true_random=False)).map(lambda t: (t[0], t[2].randbytes(t[0] * t[1])))
shapes = st.one_of(
    st.builds(Disc, x=metres, y=metres, radius_m=st.floats(0, 2e4)),
    st.builds(Polygon, points=st.lists(st.tuples(metres, metres), min_size=3, max_size=7).map(tuple)),
    st.builds(InDistrict, district=st.sampled_from(DISTRICTS)),
    st.tuples(metres, metres, st.floats(1, 2e4), st.floats(1, 2e4), maps).map(
        lambda t: Map(x=t[0], y=t[1], width_m=t[2], height_m=t[3], columns=t[4][0], pixels=t[4][1])
    ),
)


def _block(shape: Any, feather: float, values: dict[Knob, Any]) -> Local:
    chosen = sorted((knob.section, knob.field, value) for knob, value in values.items())
    return Local(shape=shape, feather_m=0.0 if isinstance(shape, InDistrict) else feather, settings=tuple(chosen))


blocks = st.lists(st.builds(_block, shapes, st.floats(0, 2000), _settings(LOCAL_KNOBS)), max_size=3).map(tuple)


def _recipe(values: dict[Knob, Any], local: tuple[Local, ...]) -> Recipe:
    recipe = Recipe(local=local)
    for knob, value in values.items():
        recipe = recipe.with_value(knob.section, knob.field, value)
    return recipe


recipes = st.builds(_recipe, _settings(list(all_knobs())), blocks)


def _sorted(recipe: Recipe) -> Recipe:
    """Settings in a block are a table: TOML may give its sections in another order."""
    local = tuple(block.model_copy(update={"settings": tuple(sorted(block.settings))}) for block in recipe.local)
    return recipe.model_copy(update={"local": local})


@quick
@given(recipes)
def test_written_and_shared_recipes_read_back(recipe: Recipe) -> None:
    for text in (toml_from_recipe(recipe), differences_as_toml(recipe)):
        again = _sorted(recipe_from_toml(text))
        assert again == recipe and hash(again) == hash(recipe)
    assert _sorted(read_recipe(code_of(recipe, "1,2/3"))[0]) == recipe


@quick
@given(recipes, metres, metres, st.sampled_from(DISTRICTS))
def test_what_holds_anywhere_is_valid(recipe: Recipe, x: float, y: float, district: str) -> None:
    here = overridden(recipe, x, y, district)
    Recipe.model_validate({name: dict(getattr(here, name)) for name in SECTIONS})
    assert overridden(recipe, x, y, district) is here


def _wrong(knob: Knob) -> st.SearchStrategy[str]:
    below = st.floats(max_value=float(knob.low), exclude_max=True, allow_infinity=False, allow_nan=False)
    above = st.floats(min_value=float(knob.high), exclude_min=True, allow_infinity=False, allow_nan=False)
    odd = ["nan", "inf", "true", "'7'", "[1]", "{a = 1}", "1979-05-27"]
    return st.one_of(below.map(repr), above.map(repr), st.sampled_from(odd + ["0.5"] * knob.integer))


wrongs = st.sampled_from(all_knobs()).flatmap(lambda knob: st.tuples(st.just(knob), _wrong(knob)))


@quick
@given(wrongs)
def test_a_wrong_value_is_refused_by_its_name_and_line(wrong: tuple[Knob, str]) -> None:
    knob, value = wrong
    with pytest.raises(Refusal) as refused:
        recipe_from_toml(f"# a comment\n[{knob.section}]\n{knob.field} = {value}\n", "city.toml")
    text = str(refused.value)
    assert text.startswith(f"city.toml:3: {knob.name} = ") and knob.label in text and "\n" not in text


@quick
@given(st.text(max_size=300))
def test_any_text_is_a_recipe_or_refused_in_one_line(text: str) -> None:
    for read in (recipe_from_toml, lambda code: read_recipe("ash1-" + code)):
        try:
            assert isinstance(read(text), Recipe | tuple)
        except Refusal as refusal:
            assert "\n" not in str(refusal)
