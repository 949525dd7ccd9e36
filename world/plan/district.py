"""Which part of town a superblock belongs to, and the recipe that holds there.

In: a recipe, a superblock's indices, its avenues.  Out: a district's name; `recipe_at`, the recipe at a place.
How: an elevated road or a canal along a superblock makes it belt or waterfront; elsewhere two fields, how dense and how rich the
city is, part the plane into the other districts. A district's factors (assets/districts.toml), then the recipe's local blocks, change
the numbers that hold in it.
"""

from __future__ import annotations

from functools import lru_cache

from world.fields import NoiseField, uniform
from world.plan.records import Point
from world.recipe import Knobs, Recipe
from world.recipe.local import overridden

DENSITY = Knobs({"world.density_wave_m", "world.density_contrast"})  # read by `density_at` and `wealth_at`
_HIGHWAY, _CANAL = 2, 3  # values of lattice.Way, which imports this module


@lru_cache(maxsize=64)
def _field(seed: int, channel: str, wave_m: float) -> NoiseField:
    return NoiseField(seed, channel, wave_m, 2)


def density_at(recipe: Recipe, x: float, y: float) -> float:
    """How dense the city is: mean 0, a standard deviation of `density_contrast`."""
    field = _field(recipe.world.seed, "density", recipe.world.density_wave_m)
    return round(recipe.world.density_contrast * field.at(x, y), 4)


def wealth_at(recipe: Recipe, x: float, y: float) -> float:
    """How rich: mean 0, standard deviation 1, on its own wave."""
    return round(_field(recipe.world.seed, "wealth", 0.8 * recipe.world.density_wave_m).at(x, y), 4)


def district_of(recipe: Recipe, i: int, j: int, centre: Point, ways: tuple[int, ...]) -> str:
    """The district of superblock (i, j): `ways` are the roads west, east, south, north of it."""
    draw = uniform(recipe.world.seed, "district", i, j)
    if _CANAL in ways and draw < 0.85:
        return "waterfront"
    if _HIGHWAY in ways and draw < 0.55:
        return "belt"
    dense, rich = density_at(recipe, *centre), wealth_at(recipe, *centre)
    if uniform(recipe.world.seed, "park", i, j) < 0.07:
        return "park"
    if dense > 0.75:
        return "canyon"
    if dense > -0.35:
        return "shopping" if rich > -0.25 else "alleys"
    return "housing" if rich < 0.9 else "alleys"


def recipe_in(recipe: Recipe, x: float, y: float, district: str) -> Recipe:
    """The recipe at a place whose district is known."""
    return overridden(recipe, x, y, district)


def recipe_at(recipe: Recipe, x: float, y: float) -> Recipe:
    """The recipe at a place."""
    from world.plan.lattice import superblock_at

    return overridden(recipe, x, y, superblock_at(recipe, x, y).district)
