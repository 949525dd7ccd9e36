"""The rain's arc, and lightning: the same whenever asked, as often as the recipe says, seen at once and heard later."""

from __future__ import annotations

import numpy as np
import pytest

from world.conditions import conditions_at, thunders
from world.conditions.storm import SPEED_OF_SOUND, lightning, strokes, swell
from world.recipe import Recipe, with_settings

STORM = with_settings(Recipe(), ["weather.lightning=6", "weather.swell=1"])


def test_the_walk_begins_in_the_recipe_s_own_rain() -> None:
    hour = conditions_at(STORM, 0.0)
    assert (hour.rain_mm_h, hour.water_level_m) == (STORM.weather.rain_mm_h, STORM.water.level_m)


def test_a_drizzle_becomes_a_downpour_and_the_water_rises_with_it() -> None:
    hours = [conditions_at(STORM, t) for t in range(0, 1200, 5)]
    rain, level, wet = (np.array([getattr(hour, name) for hour in hours]) for name in ("rain_mm_h", "water_level_m", "wetness"))
    assert rain.min() < 4.0 and rain.max() > 22.0
    assert np.corrcoef(np.log(rain), level)[0, 1] > 0.999 and 0.03 < np.ptp(level) < 0.12
    assert wet[rain.argmax()] == 1.0 > wet[rain.argmin()]
    assert abs(np.diff(rain)).max() < 0.06 * rain.max()  # nobody sees it happen


def test_without_swell_it_rains_evenly_and_where_it_is_dry_it_stays_dry() -> None:
    assert {swell(with_settings(Recipe(), ["weather.swell=0"]), t) for t in (0.0, 77.0, 500.0)} == {1.0}
    dry = with_settings(STORM, ["weather.rain_mm_h=0"])
    assert all(conditions_at(dry, t).water_level_m == dry.water.level_m and conditions_at(dry, t).rain_mm_h == 0.0 for t in (0.0, 150.0))


def test_strokes_fall_as_often_as_asked_and_the_same_in_any_span() -> None:
    whole = strokes(STORM, 0.0, 3600.0)
    assert 350 <= len(whole) <= 361
    parts = [stroke for t in range(0, 3600, 7) for stroke in strokes(STORM, float(t), min(t + 7.0, 3600.0))]
    assert tuple(parts) == whole
    assert strokes(with_settings(STORM, ["weather.lightning=0"]), 0.0, 3600.0) == ()


def test_a_stroke_is_seen_at_once_and_gone_within_a_second() -> None:
    stroke = min(strokes(STORM, 0.0, 900.0), key=lambda s: s.distance_m)
    assert lightning(STORM, stroke.time_s - 1e-6)[0] < 0.5 * stroke.peak_lux
    lux, heading = lightning(STORM, stroke.time_s + 1e-6)
    assert lux == pytest.approx(stroke.peak_lux, rel=0.01) and heading == stroke.heading_deg
    assert lightning(STORM, stroke.time_s + 0.9)[0] < 0.05
    hour = conditions_at(STORM, stroke.time_s + 1e-6)
    assert hour.sky_lux == STORM.weather.sky_lux + hour.lightning_lux > 1.0


def test_thunder_comes_with_the_speed_of_sound_and_once() -> None:
    heard = [stroke for t in range(900) for stroke in thunders(STORM, float(t), t + 1.0)]
    assert len({stroke.number for stroke in heard}) == len(heard) > 80
    for stroke in heard:
        assert stroke.thunder_s - stroke.time_s == pytest.approx(stroke.distance_m / SPEED_OF_SOUND)
    assert {stroke.number for stroke in strokes(STORM, 0.0, 850.0)} <= {stroke.number for stroke in heard}
