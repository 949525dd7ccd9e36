"""How badly each spot was hit, and how strong its colours lean: the fields that plan, light and mesh share.

In: a recipe.  Out: `damage_at(recipe, x, y)` in [0, 1]; `power_at`, how the power is spread;
`leaning_at`, the local lean of the neon's palette in [0, 1); and the same of many points at once, as arrays.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from world.fields import NoiseField
from world.recipe import Knobs, Recipe

DAMAGE = Knobs({"ruin.damage", "ruin.damage_wave_m"})  # read by `damage_at`
POWER = Knobs({"neon.seed"})  # by `power_at` and `leaning_at`

Array = NDArray[np.float64]


@lru_cache(maxsize=64)
def _damage(seed: int, wave_m: float) -> NoiseField:
    return NoiseField(seed, "damage", wave_m, 3)


@lru_cache(maxsize=64)
def _power(seed: int) -> NoiseField:
    return NoiseField(seed, "power", 190.0, 2)


@lru_cache(maxsize=64)
def _leaning(seed: int) -> NoiseField:
    return NoiseField(seed, "palette", 90.0, 2)


def damage_at(recipe: Recipe, x: float, y: float) -> float:
    """0 untouched .. 1 flattened."""
    value = recipe.ruin.damage * (1.0 + 0.75 * _damage(recipe.seed_of("ruin"), recipe.ruin.damage_wave_m).at(x, y))
    return min(1.0, max(0.0, round(value, 4)))


def damages_at(recipe: Recipe, x: Array, y: Array) -> Array:
    """`damage_at` points (N,)."""
    hit = _damage(recipe.seed_of("ruin"), recipe.ruin.damage_wave_m).points(x, y)
    return (recipe.ruin.damage * (1.0 + 0.75 * hit)).round(4).clip(0.0, 1.0)


def power_at(recipe: Recipe, x: float, y: float) -> float:
    """What a quarter has of the power that there is on average: factor .15 (dark) .. 1.4."""
    return round(min(1.4, max(0.15, 1.0 + 0.42 * _power(recipe.seed_of("neon")).at(x, y))), 3)


def powers_at(recipe: Recipe, x: Array, y: Array) -> Array:
    """`power_at` points (N,)."""
    return np.clip(1.0 + 0.42 * _power(recipe.seed_of("neon")).points(x, y), 0.15, 1.4).round(3)


def leaning_at(recipe: Recipe, x: float, y: float) -> float:
    """Which way the palette leans here: a slow field wrapped to [0, 1)."""
    return round(_leaning(recipe.seed_of("neon")).at(x, y) * 0.45, 4) % 1.0


def leanings_at(recipe: Recipe, x: Array, y: Array) -> Array:
    """`leaning_at` points (N,)."""
    return (_leaning(recipe.seed_of("neon")).points(x, y) * 0.45).round(4) % 1.0
