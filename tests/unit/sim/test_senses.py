"""Eyes, ears and alert against the figures of the design."""

from __future__ import annotations

import numpy as np
import pytest

from world.recipe import Recipe
from world.sim.alert import THRESHOLD, banded, decayed
from world.sim.ears import HUM_DB, hum_floor_db, level_db, sight_share, step_floor_db
from world.sim.earshot import held_back, noticed_within_m
from world.sim.eyes import ACUITY, CROUCHED, alarm_rate, cone_gain, visibility
from world.sim.state import Band, EventKind

DRIZZLE, RAIN, DOWNPOUR = 6.0, 18.0, 45.0


@pytest.mark.parametrize(
    ("kind", "level", "radii"),
    [
        (EventKind.FOOTSTEP, 54.0, (17, 5.5, 1.8)),
        (EventKind.FOOTSTEP, 66.0, (49, 21, 7)),
        (EventKind.RUBBLE, 72.0, (49, 35, 14)),
        (EventKind.BOTTLE, 72.0, (110, 41, 14)),
    ],
    ids=["walk", "run", "rubble underfoot", "thrown"],
)
def test_hearing_radii_in_an_open_street(kind: EventKind, level: float, radii: tuple[float, ...]) -> None:
    assert [noticed_within_m(kind, level, rain) for rain in (DRIZZLE, RAIN, DOWNPOUR)] == pytest.approx(radii, rel=0.05)
    assert noticed_within_m(kind, level, RAIN, 15.0) < 0.5 * noticed_within_m(kind, level, RAIN)
    assert noticed_within_m(kind, 10.0, RAIN) == 0.0


@pytest.mark.parametrize(("rain", "carries"), [(DRIZZLE, 70), (RAIN, 46), (DOWNPOUR, 24)])
def test_the_hum_carries(rain: float, carries: float) -> None:
    d = np.arange(1.0, 100.0, 0.1)
    assert d[level_db(HUM_DB, d, 0.0) >= hum_floor_db(rain)][-1] == pytest.approx(carries, rel=0.06)


def test_who_turns_ears_up_is_told_what_fairness_holds_back() -> None:
    drizzle = Recipe().with_value("weather", "rain_mm_h", 6.0)
    keen = drizzle.with_value("patrol", "hearing_db", 12.0)
    assert held_back(drizzle) == "" and held_back(drizzle.with_value("patrol", "hearing_db", -12.0)) == ""
    assert "patrol.hearing_db = 12" in held_back(keen) and "49 m" in held_back(keen)
    assert held_back(keen.with_value("patrol", "hearing_db", 3.0).with_value("weather", "rain_mm_h", 60.0)) == ""  # the rain holds it back


def seconds_to(threshold: float, lux: float, speed: float, distance: float, posture: float = 1.0) -> float:
    """Time for a robot that faces the hero in plain view, in steps of 1/20 s."""
    head, away = np.array([[0.0, 1.0]]), np.array([[0.0, distance, 0.0]])
    gain, contact = cone_gain(head, away, 1.0)
    rate = float(alarm_rate(visibility(lux, speed, posture), 1.0, distance, gain, contact)[0])
    alert, band, t = 0.0, 0, 0.0
    while alert < threshold and t < 60:
        alert += rate * ACUITY[band] * 0.05
        band = int(banded(np.array([alert]), np.array([band]), np.array([0]), 0)[0])
        t += 0.05
    return t


@pytest.mark.parametrize(
    ("lux", "speed", "distance", "posture", "suspicious", "pursuit"),
    [
        (20.0, 1.6, 5.0, 1.0, 0.37, 1.3),
        (5.0, 1.6, 10.0, 1.0, 0.57, 2.0),
        (5.0, 0.8, 10.0, CROUCHED, 3.1, 10.9),
        (0.5, 1.6, 10.0, 1.0, 5.2, 18.0),
    ],
    ids=["neon", "street", "crouched", "dim"],
)
def test_times_to_be_noticed(lux: float, speed: float, distance: float, posture: float, suspicious: float, pursuit: float) -> None:
    assert seconds_to(0.26, lux, speed, distance, posture) == pytest.approx(suspicious, rel=0.1)
    assert seconds_to(1.0, lux, speed, distance, posture) == pytest.approx(pursuit, rel=0.1)


def test_crouching_still_in_the_dim_is_never_noticed() -> None:
    assert seconds_to(0.07, 0.5, 0.0, 10.0, CROUCHED) >= 60


def test_cones_first_that_holds_the_body_wins() -> None:
    head = np.tile([0.0, 1.0], (7, 1))
    degrees = np.radians([0, 29, 45, 80, 120, 180, 0])
    far = np.array([20.0, 20, 12, 6, 6, 1.2, 30])
    away = np.column_stack([np.sin(degrees) * far, np.cos(degrees) * far, np.zeros(7)])
    gain, contact = cone_gain(head, away, 1.0)
    assert gain.tolist() == [1.0, 1.0, 0.6, 0.25, 0.0, 6.0, 0.0]
    assert contact.tolist() == [False] * 5 + [True, False]
    assert cone_gain(head, away, 0.55)[0].tolist() == [0.0, 0.0, 0.0, 0.0, 0.0, 6.0, 0.0]
    assert cone_gain(head[:1], np.array([[0.0, 3.0, 9.0]]), 1.0)[0][0] == 0.0  # high above


def test_visibility_follows_light_speed_and_posture() -> None:
    assert visibility(0.05, 4.5) == 0.0
    assert visibility(20.0, 4.5) == pytest.approx(1.0)
    assert visibility(1.0, 0.0) == pytest.approx(0.6 * 0.5)
    assert visibility(20.0, 0.0, CROUCHED) == pytest.approx(0.36)
    assert visibility(0.0, 1.0) == 0.0


def test_bands_rise_at_once_and_fall_slowly() -> None:
    band = np.array([0])
    assert banded(np.array([1.0]), band, np.array([0]), 0)[0] == Band.PURSUIT
    assert banded(np.array([0.99]), band, np.array([0]), 0)[0] == Band.AGITATED
    searching = np.array([int(Band.SEARCHING)])
    below = np.array([THRESHOLD[3] - 0.02])
    assert banded(below, searching, np.array([0]), 10_000)[0] == Band.SEARCHING  # hysteresis
    assert banded(below - 0.03, searching, np.array([0]), 60)[0] == Band.SEARCHING  # dwell
    assert banded(below - 0.03, searching, np.array([0]), 120)[0] == Band.SUSPICIOUS


def test_alarm_holds_and_then_fades_band_by_band() -> None:
    alert, band, since, tick = np.array([0.78]), np.array([4]), np.array([0]), 0
    spent = dict.fromkeys(Band, 0)
    while band[0] > 0 and tick < 60 * 300:
        tick += 1
        alert = decayed(alert, band, np.array([0]), tick, 1 / 60)
        new = banded(alert, band, since, tick)
        since = np.where(new != band, tick, since)
        band = new
        spent[Band(int(band[0]))] += 1
    assert spent[Band.SEARCHING] / 60 == pytest.approx(25, rel=0.15)
    assert spent[Band.SUSPICIOUS] / 60 == pytest.approx(8, rel=0.3)
    assert alert[0] < 0.07


def test_floors_rise_with_the_rain() -> None:
    rains = np.linspace(0, 60, 61)
    assert (np.diff([step_floor_db(r) for r in rains]) >= 0).all()
    assert (np.diff([sight_share(r) for r in rains]) <= 0).all()
