"""What a change of the recipe makes new is the dearest of what differs."""

from __future__ import annotations

import pytest

from world.recipe import Rebuild, Recipe, all_knobs, with_settings
from world.recipe.change import rebuild_between


@pytest.mark.parametrize("knob", all_knobs(), ids=lambda knob: knob.name)
def test_one_knob_rebuilds_what_it_says(knob) -> None:
    other = with_settings(Recipe(), [f"{knob.name}={knob.low if knob.default != knob.low else knob.high}"])
    assert rebuild_between(Recipe(), other) is knob.rebuilds


def test_the_dearest_wins_and_nothing_is_nothing() -> None:
    both = with_settings(Recipe(), ["water.level_m=0.1", "world.seed=1"])
    assert rebuild_between(Recipe(), both) is Rebuild.PLAN
    assert rebuild_between(both, both) is None
