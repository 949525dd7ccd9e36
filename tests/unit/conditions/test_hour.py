"""The hour: in closed form, in range, and alive."""

from __future__ import annotations

import math

import numpy as np
import pytest

from world.conditions import GROUP_COUNT, conditions_at, flicker_power
from world.recipe import Recipe, with_settings


def test_an_instant_is_the_same_whenever_it_is_asked() -> None:
    recipe = Recipe()
    late_first = [flicker_power(recipe.world.seed, t) for t in (100.0, 3.0, 50.0)]
    in_order = [flicker_power(recipe.world.seed, t) for t in (3.0, 50.0, 100.0)]
    assert np.array_equal(late_first[0], in_order[2])
    assert np.array_equal(late_first[1], in_order[0])
    assert conditions_at(recipe, 7.25).wind_m_s == conditions_at(recipe, 7.25).wind_m_s


def test_power_stays_in_range_and_group_zero_is_steady() -> None:
    power = np.array([flicker_power(20770, t) for t in np.arange(0, 60, 1 / 30)])
    assert power.shape[1] == GROUP_COUNT
    assert power.dtype == np.float32
    assert power.min() >= 0.0
    assert power.max() <= 1.15
    assert np.all(power[:, 0] == 1.0)


def test_failing_neon_fails_now_and_then() -> None:
    """Lit for long stretches, dark for short ones, and no two groups alike."""
    power = np.array([flicker_power(20770, t) for t in np.arange(0, 120, 1 / 30)])[:, 1:]
    dark = (power < 0.35).mean(axis=0)
    assert (dark > 0).mean() > 0.8
    assert dark.mean() < 0.3
    assert len(np.unique(power[500])) > GROUP_COUNT // 2


@pytest.mark.parametrize(("rain", "wetness"), [(0.0, 0.25), (5.2, 1.0), (60.0, 1.0)])
def test_rain_soaks(rain: float, wetness: float) -> None:
    recipe = with_settings(Recipe(), [f"weather.rain_mm_h={rain}"])
    assert conditions_at(recipe, 0.0).wetness == pytest.approx(wetness)


def test_wind_blows_away_from_where_it_comes() -> None:
    recipe = with_settings(Recipe(), ["weather.wind_from_deg=270", "weather.wind_m_s=10"])
    winds = [conditions_at(recipe, t).wind_m_s for t in range(200)]
    assert all(east > 0 and abs(north) < 1e-9 for east, north in winds)
    speeds = [math.hypot(*wind) for wind in winds]
    assert 8.5 < float(np.mean(speeds)) < 11.5
    assert max(speeds) > 1.3 * min(speeds)


def test_units_are_converted() -> None:
    hour = conditions_at(with_settings(Recipe(), ["weather.fog_per_km=12", "water.level_m=0.3"]), 0.0)
    assert hour.fog_per_m == pytest.approx(0.012)
    assert hour.water_level_m == 0.3
