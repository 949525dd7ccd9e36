"""What a change of the recipe makes new is the dearest of what differs."""

from __future__ import annotations

import pytest

from world.recipe import Rebuild, Recipe, all_knobs, recipe_from_toml, with_settings
from world.recipe.change import differing_knobs, rebuild_between


@pytest.mark.parametrize("knob", all_knobs(), ids=lambda knob: knob.name)
def test_one_knob_rebuilds_what_it_says(knob) -> None:
    other = with_settings(Recipe(), [f"{knob.name}={knob.low if knob.default != knob.low else knob.high}"])
    assert rebuild_between(Recipe(), other) is knob.rebuilds


def test_the_dearest_wins_and_nothing_is_nothing() -> None:
    both = with_settings(Recipe(), ["water.level_m=0.1", "ruin.cars=1"])
    assert rebuild_between(Recipe(), both) is Rebuild.PLAN
    assert rebuild_between(both, both) is None
    assert differing_knobs(both, both) == ()
    assert [(knob.name, before, after) for knob, before, after in differing_knobs(Recipe(), both)] == [
        ("ruin.cars", Recipe().ruin.cars, 1.0),
        ("water.level_m", 0.0, 0.1),
    ]


BLOCK = '[[local]]\nshape = "district"\ndistrict = "park"\n'


@pytest.mark.parametrize(
    ("before", "after", "rebuild"),
    [
        ("", BLOCK, None),
        ("", BLOCK + "weather.rain_mm_h = 3\n", Rebuild.UNIFORM),
        ("", BLOCK + "weather.rain_mm_h = 3\nneon.brightness = 2\n", Rebuild.LIGHT),
        (BLOCK + "neon.signs = 2\n", BLOCK + "neon.signs = 3\n", Rebuild.PLAN),
        (BLOCK + "neon.signs = 2\n" + BLOCK + "neon.windows = 1\n", BLOCK + "neon.signs = 2\n", Rebuild.ALL),
        (BLOCK + "neon.signs = 2\n" + BLOCK + "neon.lamps = 1\n", BLOCK + "neon.lamps = 1\n" + BLOCK + "neon.signs = 2\n", Rebuild.PLAN),
    ],
)
def test_a_local_block_rebuilds_what_its_settings_do(before: str, after: str, rebuild: Rebuild | None) -> None:
    assert rebuild_between(recipe_from_toml(before), recipe_from_toml(after)) is rebuild
    assert rebuild_between(recipe_from_toml(after), recipe_from_toml(before)) is rebuild
