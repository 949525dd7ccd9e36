"""What a designer would say of the patrol, each played by its shipped scenario and, where it says more, by the same one changed."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pytest

from world.scenario import Record, Scenario, find_scenario, load_scenario, rehearse, scenario_names
from world.scenario.model import Act
from world.sim import Band, EventKind, Harm


def scenario(name: str) -> Scenario:
    return load_scenario(find_scenario(name))


@lru_cache(maxsize=32)
def played(name: str, *settings: str) -> Record:
    return rehearse(scenario(name), settings)


def without(name: str, *, acts: Any = None, boxes: bool = True) -> Record:
    """The scenario with other acts, or without its boxes."""
    whole = scenario(name)
    if acts is not None:
        hero = whole.hero.model_copy(update={"act": tuple(act for act in whole.hero.act if acts(act))})
        whole = whole.model_copy(update={"hero": hero})
    if not boxes:
        assert whole.yard is not None
        whole = whole.model_copy(update={"yard": whole.yard.model_copy(update={"box": ()})})
    return rehearse(whole)


def test_crouching_behind_a_car_he_never_sees_you() -> None:
    record = played("car")
    assert not record.sighted[60:].any() and record.peak() == Band.UNAWARE  # once he is down
    assert record.distance.min() < 9.0
    assert without("car", boxes=False).peak() == Band.PURSUIT  # no car: seen
    standing = scenario("car").model_copy(update={"hero": scenario("car").hero.model_copy(update={"act": (Act(wait_s=14.0),)})})
    assert rehearse(standing).peak() == Band.PURSUIT  # not crouching: seen over it


def test_running_past_in_drizzle_brings_him_in_a_downpour_the_same_run_does_not() -> None:
    drizzle, downpour = played("run-past"), played("run-past", "weather.rain_mm_h=45")
    assert drizzle.peak() >= Band.SEARCHING and not drizzle.sighted.any()
    assert np.linalg.norm(drizzle.place[-1, 0] - drizzle.place[0, 0]) > 3.0
    assert downpour.alert.max() == 0.0 and not downpour.stranded
    assert np.linalg.norm(downpour.place[-1, 0] - downpour.place[0, 0]) < 0.5


def test_a_bottle_in_the_alley_empties_the_avenue() -> None:
    record, quiet = played("bottle"), without("bottle", acts=lambda act: act.throw is None)
    assert not record.sighted.any() and not record.stranded and not record.happened(EventKind.CAPTURED)
    assert record.hero[-1, 1] < -28.0
    assert quiet.peak(1) == Band.PURSUIT  # without it the one on the avenue has him
    passing = record.hero[:, 1] < -6.0
    assert (record.place[passing][:, :, 1] > 0.0).mean() > 0.9  # both are north of where he leaves


def test_the_second_robot_finds_the_first_one_broken() -> None:
    record = played("wreck")
    (blow,) = (event for _, event in record.events if event.kind == EventKind.STRIKE)
    assert blow.harm == Harm.CIRCUIT
    (found,) = record.happened(EventKind.FOUND)
    assert record.first_s(Band.SEARCHING, 1) == pytest.approx(found, abs=0.05)
    wreck = record.place[-1, 0]
    assert np.sqrt(((record.place[:, 1] - wreck)[:, :2] ** 2).sum(axis=1)).min() < 2.0  # it comes to look
    assert not without("wreck", acts=lambda act: act.do is None).happened(EventKind.FOUND)


def test_a_wall_between_he_hears_you_round_the_corner_and_comes_to_the_corner() -> None:
    record = played("corner")
    assert record.peak() >= Band.SEARCHING and not record.sighted.any()
    corner = np.array([12.0, 0.0])  # the wall's end
    assert np.sqrt(((record.place[:, 0, :2] - corner) ** 2).sum(axis=1)).min() < 2.5
    assert record.place[:, 0, 0].max() > 11.0


def test_under_the_overpass_he_can_still_see() -> None:
    covered, open_air = played("overpass"), without("overpass", boxes=False)
    assert covered.first_s(Band.PURSUIT) < 3.0
    assert covered.first_s(Band.PURSUIT) == pytest.approx(open_air.first_s(Band.PURSUIT), rel=0.1)


def test_lightning_gives_you_away() -> None:
    record = played("lightning")
    struck = record.first_s(Band.OBSERVANT)
    assert 4.0 < struck < 7.0 and record.sighted[int(struck * 60) - 30 : int(struck * 60), 0].any()
    assert played("lightning", "weather.lightning=0").peak() == Band.UNAWARE


def test_thunder_covers_a_run_and_silence_does_not() -> None:
    """The stroke of the lightning scene, 640 m off, is heard two seconds later, for two seconds."""
    weather = ("weather.rain_mm_h=18", "weather.swell=0", "weather.sky_lux=0", "weather.lightning=6")
    base = scenario("run-past").model_copy(update={"set": weather})
    hero = base.hero.model_copy(update={"at": (-4.0, 0.0), "act": (Act(go=(4.0, 0.0), pace="run"), Act(wait_s=2.0))})

    def run(start_s: float) -> Record:
        return rehearse(base.model_copy(update={"start_s": start_s, "hero": hero, "seconds": 3.0}))

    assert run(372.1).alert.max() == 0.0
    assert run(378.0).peak() >= Band.OBSERVANT


def test_a_sign_that_dies_hides_you() -> None:
    dark, base = played("dying-sign"), scenario("dying-sign")
    assert not dark.sighted.any() and not dark.stranded
    lit = rehearse(base.model_copy(update={"hero": base.hero.model_copy(update={"act": (Act(wait_s=8.0), *base.hero.act[1:])})}))
    assert lit.peak() == Band.PURSUIT


def test_losing_them_takes_a_minute() -> None:
    record = played("losing-them")
    lost = float(np.flatnonzero(record.sighted[:, 0])[-1]) / 60.0
    calm = [(event.tick - record.start_tick) / 60.0 for _, event in record.events if event.kind == EventKind.CALM]
    assert record.first_s(Band.AGITATED) < 8.0 and not record.happened(EventKind.CAPTURED)
    assert 45.0 < calm[0] - lost < 80.0
    assert record.band[-1, 0] == Band.UNAWARE and calm[-1] - lost < 130.0


def test_a_sensor_strike_leaves_him_blind_but_hearing() -> None:
    record, spared = played("sensor-strike"), without("sensor-strike", acts=lambda act: act.do is None)
    (blow,) = (event for _, event in record.events if event.kind == EventKind.STRIKE)
    assert blow.harm == Harm.SENSOR
    struck = blow.tick - record.start_tick
    assert not record.sighted[struck:].any()
    assert spared.sighted[struck:].any()  # whoever strikes nothing is seen
    ran = record.hero[:, 1] > 10.5
    before, after = record.alert[~ran, 0][-1], record.alert[ran, 0]
    assert after.max() > before - 1e-9 and np.diff(after).max() > 0.0  # it hears him run off
    away = record.distance[:, 0]
    assert away[-1] < away[ran].max() - 5.0  # and comes after him


@pytest.mark.parametrize("name", scenario_names())
def test_every_shipped_scenario_reads_has_a_title_and_leads_where_it_says(name: str) -> None:
    assert scenario(name).title and not played(name).stranded
