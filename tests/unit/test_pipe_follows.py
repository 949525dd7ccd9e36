"""A pipe that follows another hands out its very objects where nothing would come out otherwise, and new ones where it would."""

from __future__ import annotations

import math

import city_bytes
import pytest

from world.pipe import Pipe
from world.recipe import Recipe, recipe_from_toml, with_settings

FAR = '[[local]]\nshape = "disc"\nx = {x}\ny = {y}\nradius_m = 20\n'


@pytest.fixture(scope="module")
def city() -> Pipe:
    return Pipe(Recipe())


@pytest.fixture(scope="module")
def chunk(city: Pipe) -> tuple[int, int]:
    x, y, _ = city.start().position
    city.light(math.floor(x / 64), math.floor(y / 64))
    return math.floor(x / 64), math.floor(y / 64)


def _beside(chunk: tuple[int, int], away_m: float) -> str:
    return FAR.format(x=chunk[0] * 64 + 32 + away_m, y=chunk[1] * 64 + 32)


def test_weather_and_patrols_leave_everything(city: Pipe, chunk: tuple[int, int]) -> None:
    after = Pipe(with_settings(Recipe(), ["weather.rain_mm_h=40", "patrol.robots=7"]), city)
    assert after.plan(*chunk) is city.plan(*chunk)
    assert after.space(*chunk) is city.space(*chunk)
    assert after.light(*chunk) is city.light(*chunk)


def test_brightness_leaves_plan_and_solids_and_bakes_light_anew(city: Pipe, chunk: tuple[int, int]) -> None:
    after = Pipe(with_settings(Recipe(), ["neon.brightness=2"]), city)
    assert after.plan(*chunk) is city.plan(*chunk)
    assert after.space(*chunk) is not city.space(*chunk)
    assert (after.space(*chunk).emitters.candela == 2 * city.space(*chunk).emitters.candela).all()
    assert (after.light(*chunk).level != city.light(*chunk).level).any()


@pytest.mark.parametrize("setting", ["ruin.cars = 20", "neon.windows = 1", "neon.signs = 0", "neon.brightness = 0"])
def test_a_block_far_away_leaves_what_is_here_and_a_near_one_does_not(city: Pipe, chunk: tuple[int, int], setting: str) -> None:
    far = Pipe(recipe_from_toml(_beside(chunk, 900.0) + setting), city)
    assert far.plan(*chunk) is city.plan(*chunk)
    assert far.light(*chunk) is city.light(*chunk)
    here = Pipe(recipe_from_toml(_beside(chunk, 0.0).replace("20", "150") + setting), city)
    assert here.space(*chunk) is not city.space(*chunk)


def test_what_follows_is_what_stands_alone(city: Pipe, chunk: tuple[int, int]) -> None:
    recipe = with_settings(Recipe(), ["ruin.rubble=1.05"])
    after, alone = Pipe(recipe, city), Pipe(recipe)
    around = [(chunk[0] + i, chunk[1] + j) for i, j in ((0, 0), (1, 0), (0, 1))]
    assert [city_bytes.digest(after, *place) for place in around] == [city_bytes.digest(alone, *place) for place in around]
    kept = [after.plan(*place) is city.plan(*place) for place in around]
    assert kept == [alone.plan(*place) == city.plan(*place) for place in around]


def test_a_knob_that_the_mesh_reads_makes_all_new(city: Pipe, chunk: tuple[int, int]) -> None:
    after = Pipe(with_settings(Recipe(), ["neon.windows=0.11"]), city)
    assert after.plan(*chunk) == city.plan(*chunk) and after.plan(*chunk) is not city.plan(*chunk)


def test_turned_back_it_is_the_city_that_was(city: Pipe, chunk: tuple[int, int]) -> None:
    back = Pipe(Recipe(), Pipe(with_settings(Recipe(), ["ruin.rubble=2"]), city))
    assert back.plan(*chunk) == city.plan(*chunk)
