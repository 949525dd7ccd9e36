"""The state of weather and power at one instant.

In: a recipe, seconds since the walk began.  Out: a frozen `Conditions`.
Power: group 0 is steady. Each other group is value noise in time at its own pace, pushed through a threshold: long
lit stretches, bursts of stutter, and at the worst of them a black-out of some seconds, as a failing ballast behaves. Gusts: three
sines without a common period. The rain swells and ebbs, water and wet with it at once; there is lightning (`world.conditions.storm`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from world.conditions.storm import lightning, swell, thunder_db
from world.fields import uniform
from world.recipe import Recipe

GROUP_COUNT = 64
RAIN_MAX_MM_H = 90.0
_RISE_M = 0.018  # of the water, each time the rain doubles
_MEAN_DIMMED = 0.6  # by the fast flicker of a tube that stutters


@dataclass(frozen=True)
class Conditions:
    """One instant. Units in the names; `power` is (GROUP_COUNT,) float32 in [0, 1.15]; `wind_m_s` blows along +x, +y."""

    time_s: float
    rain_mm_h: float
    wind_m_s: tuple[float, float]
    fog_per_m: float
    sky_lux: float  # of the sky, lightning included
    water_level_m: float
    wetness: float  # 0 dry .. 1 soaked
    power: NDArray[np.float32]
    lightning_lux: float = 0.0  # of `sky_lux`, what a stroke under way gives
    lightning_from_deg: float = 0.0
    thunder_db: float = 0.0  # by how much thunder raises every masking floor
    calm: bool = False  # for eyes that must not be flashed at (`world.conditions.calm`)


def conditions_at(recipe: Recipe, time_s: float) -> Conditions:
    """The hour at `time_s` (finite, >= 0)."""
    weather = recipe.weather
    first, second, third = (math.tau * uniform(recipe.seed_of("weather"), "gust", k) for k in range(3))
    gust = 1.0 + 0.25 * math.sin(time_s * 0.37 + first) + 0.18 * math.sin(time_s * 0.91 + second) + 0.1 * math.sin(time_s * 2.3 + third)
    towards = math.radians(weather.wind_from_deg + 180.0)
    speed = weather.wind_m_s * gust
    factor = swell(recipe, time_s)
    rain = min(RAIN_MAX_MM_H, weather.rain_mm_h * factor)
    lux, from_deg = lightning(recipe, time_s)
    return Conditions(
        time_s=time_s,
        rain_mm_h=rain,
        wind_m_s=(speed * math.sin(towards), speed * math.cos(towards)),
        fog_per_m=weather.fog_per_km / 1000.0,
        sky_lux=weather.sky_lux + lux,
        water_level_m=recipe.water.level_m + (_RISE_M * math.log2(factor) if rain > 0.0 else 0.0),
        wetness=min(1.0, 0.35 + rain / 8.0) if rain > 0 else 0.25,
        power=flicker_power(recipe.seed_of("neon"), time_s),
        lightning_lux=lux,
        lightning_from_deg=from_deg,
        thunder_db=thunder_db(recipe, time_s),
    )


def flicker_power(seed: int, time_s: float | NDArray[np.float64], *, fast: bool = True) -> NDArray[np.float32]:
    """Relative power of each flicker group at `time_s` (...): float32 (..., GROUP_COUNT), group 0 always 1. Without `fast`, what it is in
    the mean over its stutter and hum: it then changes within half a second at the soonest, and fails once in some seconds at most."""
    group, time = np.arange(GROUP_COUNT), np.asarray(time_s)[..., None]
    slow = _value_noise(seed, "flicker/slow", group, time * 0.23 + 100.0 * uniform(seed, "flicker/phase", group))
    stutter = np.clip((slow - 0.52) * 6.0, 0.0, 1.0)  # mostly 0: calm; towards 1 the tube fights for its arc
    dimmed, hum = np.full(GROUP_COUNT, _MEAN_DIMMED), np.full(GROUP_COUNT, 0.5)
    if fast:
        pace_hz = 5.0 + 9.0 * uniform(seed, "flicker/pace", group)
        dimmed = np.clip((_value_noise(seed, "flicker/fast", group, time * pace_hz) - 0.25) * 3.0, 0.0, 1.0)
        hum = _value_noise(seed, "flicker/hum", group, time * 1.7)
    power = 1.0 - stutter * dimmed * 0.96
    power = power * (1.0 - np.clip((slow - 0.92) * 25.0, 0.0, 1.0))  # the arc is lost for some seconds
    power = power * (0.93 + 0.12 * hum)
    power[..., 0] = 1.0
    return power.astype(np.float32)


def _value_noise(seed: int, lane: str, group: NDArray[np.int64], phase: NDArray[np.float64]) -> NDArray[np.float64]:
    cell = np.floor(phase).astype(np.int64)
    f = phase - cell
    f = f * f * (3.0 - 2.0 * f)
    low, high = uniform(seed, lane, group, cell), uniform(seed, lane, group, cell + 1)
    return low + (high - low) * f
