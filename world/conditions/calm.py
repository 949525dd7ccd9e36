"""The hour for eyes that must not be flashed at.

In: an hour, the recipe it comes from.  Out: the same hour with light that changes slowly: each flicker group's power is without its
stutter, and the mean over the last second; lightning is not seen (its thunder is heard). What robots see is never calmed.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from world.conditions.hour import Conditions, flicker_power
from world.recipe import Recipe

_WINDOW_S, _SAMPLES = 1.2, 9


def calmed(hour: Conditions, recipe: Recipe) -> Conditions:
    """`hour`, safe to look at."""
    times = np.maximum(np.linspace(hour.time_s - _WINDOW_S, hour.time_s, _SAMPLES), 0.0)
    power = flicker_power(recipe.seed_of("neon"), times, fast=False).mean(axis=0)
    sky_lux = hour.sky_lux - hour.lightning_lux
    return replace(hour, power=power.astype(np.float32), sky_lux=sky_lux, lightning_lux=0.0, calm=True)
