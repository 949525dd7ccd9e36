"""The hour for eyes that must not be flashed at.

In: an hour, the recipe it comes from.  Out: the same hour with light that changes slowly: each flicker group's power is its mean over the
last second, and lightning is not seen (its thunder is heard). What robots see is never calmed.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from world.conditions.hour import Conditions, flicker_power
from world.recipe import Recipe

_WINDOW_S, _SAMPLES = 1.2, 9


def calmed(hour: Conditions, recipe: Recipe) -> Conditions:
    """`hour`, safe to look at."""
    times = np.linspace(hour.time_s - _WINDOW_S, hour.time_s, _SAMPLES)
    power = np.mean([flicker_power(recipe.seed_of("neon"), max(0.0, float(t))) for t in times], axis=0)
    sky_lux = hour.sky_lux - hour.lightning_lux
    return replace(hour, power=power.astype(np.float32), sky_lux=sky_lux, lightning_lux=0.0, calm=True)
