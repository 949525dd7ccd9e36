"""What a recipe accepts, and how it says what it does not."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from world.errors import Refusal
from world.recipe import Recipe, all_knobs, load_recipe, preset_names, recipe_from_toml, with_settings
from world.recipe.write import toml_from_recipe


def test_every_knob_has_a_default_inside_its_range_and_a_label() -> None:
    knobs = all_knobs()
    assert len({knob.name for knob in knobs}) == len(knobs) > 30
    for knob in knobs:
        assert knob.low <= knob.default <= knob.high, knob.name
        assert knob.low < knob.high, knob.name
        assert knob.label and knob.label == knob.label.strip(), knob.name
        assert len(knob.label) <= 36 or knob.field == "seed", f"{knob.name}: longer than a slider's label"
        assert getattr(getattr(Recipe(), knob.section), knob.field) == knob.default


@pytest.mark.parametrize("knob", all_knobs(), ids=lambda knob: knob.name)
def test_the_ends_of_a_range_are_in_and_beyond_them_is_out(knob) -> None:
    for value in (knob.low, knob.high):
        recipe = with_settings(Recipe(), [f"{knob.name}={value}"])
        assert getattr(getattr(recipe, knob.section), knob.field) == value
    step = 1 if knob.integer else max(abs(knob.high), 1.0) * 1e-6
    for value in (knob.low - step, knob.high + step):
        with pytest.raises(Refusal, match=knob.name) as refused:
            with_settings(Recipe(), [f"{knob.name}={value}"])
        assert knob.label in str(refused.value)


@pytest.mark.parametrize("bad", ["nan", "inf", "-inf", "true", "'5'", "[1]", "five"])
def test_what_is_no_finite_number_is_refused(bad: str) -> None:
    with pytest.raises(Refusal, match=r"--set water\.level_m="):
        with_settings(Recipe(), [f"water.level_m={bad}"])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[water]\nlevel_m = 9", "city.toml:2: water.level_m = 9.0: must be a number from -0.6 to 0.6 m"),
        ("# a\n\n[patrol]\nrobots = 1.5", "city.toml:4: patrol.robots = 1.5: must be a whole number from 0 to 128"),
        ("[water]\nlevl_m = 0.1", "city.toml:2: unknown field water.levl_m (did you mean water.level_m?)"),
        ("[watr]\nlevel_m = 0.1", "city.toml:1: unknown section [watr] (did you mean water?)"),
        ("water.level_m = nan", "city.toml:1: water.level_m = nan"),
        ("water = 3", "city.toml:1: [water] must be a table"),
        ("[water\n", "city.toml: not valid TOML"),
        ("[water]\nlevel_m = 0.1\nlevel_m = 0.2", "city.toml: not valid TOML"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(text: str, says: str) -> None:
    with pytest.raises(Refusal) as refused:
        recipe_from_toml(text, "city.toml")
    assert str(refused.value).startswith(says)
    assert "\n" not in str(refused.value)


def test_hostile_toml_is_refused_not_run() -> None:
    with pytest.raises(Refusal):
        recipe_from_toml("a = " + "[" * 100_000, "deep.toml")


def test_a_recipe_is_frozen() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Recipe().water.level_m = 0.2  # type: ignore[misc]


def test_pairs_are_applied_in_order_and_the_seed_last() -> None:
    recipe = with_settings(Recipe(), ["water.level_m=0.1", "water.level_m=0.2", "world.seed=3"], seed="4")
    assert (recipe.water.level_m, recipe.world.seed) == (0.2, 4)
    with pytest.raises(Refusal, match="--seed four"):
        with_settings(Recipe(), [], seed="four")
    with pytest.raises(Refusal, match=r"section\.field=value"):
        with_settings(Recipe(), ["water=3"])


def test_a_written_recipe_reads_back_as_itself() -> None:
    recipe = with_settings(Recipe(), ["water.level_m=-0.3", "ruin.rubble=2.75", "patrol.robots=64"], seed=str(2**63 - 1))
    assert recipe_from_toml(toml_from_recipe(recipe)) == recipe
    text = toml_from_recipe(recipe)
    assert all(f"{knob.field} = " in text and knob.label in text for knob in all_knobs())


def test_presets_load_and_files_are_found(tmp_path: Path) -> None:
    assert "drizzle" in preset_names()
    for name in preset_names():
        assert math.isfinite(load_recipe(name).water.level_m)
    mine = tmp_path / "mine.toml"
    mine.write_text("[world]\nseed = 12\n")
    assert load_recipe(str(mine)).world.seed == 12
    with pytest.raises(Refusal, match=r"did you mean drizzle\?"):
        load_recipe("drizle")
    mine.write_bytes(b"\xff\xfe")
    with pytest.raises(Refusal, match="cannot be read"):
        load_recipe(str(mine))
    mine.write_text("#" * 1_000_001)
    with pytest.raises(Refusal, match="larger than"):
        load_recipe(str(mine))
