"""The shipped recipes: each is another place, says so, and wakes one where there is room."""

from __future__ import annotations

from itertools import combinations

import pytest

from world.pipe import Pipe
from world.place import parse_place
from world.recipe import load_recipe, preset_names
from world.recipe.change import differing_knobs
from world.recipe.load import read_recipe
from world.space.walk import STEP_M, deepest, support
from world.space.window import SpaceWindow

PLACED = [name for name in preset_names() if read_recipe(name)[1].at]


def test_any_two_presets_differ_in_many_ways() -> None:
    assert len(preset_names()) >= 8
    for a, b in combinations(preset_names(), 2):
        assert len(differing_knobs(load_recipe(a), load_recipe(b))) >= 8, (a, b)


def test_the_issues_cities_are_there() -> None:
    wanted = {"drizzle", "blackout", "flooded", "monsoon", "holograms", "early-ruin", "total-ruin", "megastructure"}
    assert wanted <= set(preset_names())
    assert load_recipe("drizzle") == load_recipe()


@pytest.mark.parametrize("name", PLACED)
def test_where_a_preset_begins_there_is_room_to_stand(name: str) -> None:
    recipe, about = read_recipe(name)
    place, window = parse_place(about.at), SpaceWindow(Pipe(recipe).space)
    rows = window.near(place.x, place.y, 2.0)
    feet = support(window, rows, place.x, place.y, window.ground(place.x, place.y) + STEP_M).height
    found = deepest(rows, place.x, place.y, feet, 1.8)
    assert found is None or found[0] < 0.01, f"choose another with `ashes locate … --recipe {name}`"


def test_the_last_lights_burn_round_its_start() -> None:
    recipe, about = read_recipe("last-lights")
    place = parse_place(about.at)
    assert recipe.neon.powered < 0.1
    assert recipe.local[0].sixteenths(place.x, place.y, "") == 16
