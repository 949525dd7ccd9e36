"""Broken signs are heard when they are seen to arc."""

from __future__ import annotations

import numpy as np
import pytest
from lamplit import lamplit

from world.conditions.sparks import WRAP_S, arc_candela, arcs_between
from world.pose import Pose
from world.sound import CityPlaces
from world.sound.arcs import arcing
from world.sound.murmurs import Places, Sources, table

EAR = Pose((0.0, -60.0, 1.65), 0.0)


class Arcs(Places):
    """Signs that a test puts up: place and own number."""

    def __init__(self, *arcs: tuple[float, float, float, float]) -> None:
        self._sources = table((), np.array(arcs))

    def around(self, x: float, y: float) -> Sources:
        return self._sources


@pytest.mark.parametrize("from_s", [0.0, WRAP_S + 90.0])
def test_an_arc_begins_when_its_light_does(from_s: float) -> None:
    owns, lasts_s, every_s = (0.0, 60 / 255, 1.0), 120.0, 1 / 40
    times = from_s + np.arange(0.0, lasts_s, every_s)
    light = np.array([arc_candela(np.array(owns), time) for time in times.tolist()])
    for own, glow in zip(owns, light.T, strict=True):
        begun = [at for _, at in arcs_between(own, from_s, from_s + lasts_s) if at > from_s + 0.5]
        flares = times[1:][(np.diff(glow) > 3.0) & (times[1:] > from_s + 0.5)]
        first = flares[np.diff(flares, prepend=-np.inf) > 1.0]  # of the strikes of an arc
        assert 2 < len(begun) == len(first)
        assert abs(first - np.array(begun)).max() <= every_s + 1e-9


def test_a_sign_near_by_crackles_from_its_side_one_far_off_does_not() -> None:
    world = lamplit(robots=0)
    hour = world.hour(0)
    heard = arcing(world, EAR, hour, Arcs((8.0, -60.0, 3.0, 0.4), (0.0, -10.0, 3.0, 0.4)), 0.0, 300.0)
    times = [at for _, at in arcs_between(0.4, 0.0, 300.0)]
    assert [shot.time_s for shot in heard] == pytest.approx([at + heard[0].distance_m / 343.0 for at in times], abs=0.01)
    assert all(shot.lateral > 0.9 and shot.sound == "arc" and shot.above_db > 0.0 for shot in heard)
    parts = [shot for k in range(30) for shot in arcing(world, EAR, hour, Arcs((8.0, -60.0, 3.0, 0.4)), 10.0 * k, 10.0 * (k + 1))]
    assert parts == list(heard)
    downpour = lamplit(robots=0, weather={"rain_mm_h": 45.0})
    assert not arcing(downpour, EAR, downpour.hour(0), Arcs((20.0, -60.0, 3.0, 0.4)), 0.0, 300.0)


def test_a_city_has_signs_that_arc() -> None:
    world = lamplit(robots=0)
    arcs = CityPlaces(world.recipe).around(250.0, 160.0).arcs
    assert len(arcs) > 3 and ((arcs[:, 3] >= 0.0) & (arcs[:, 3] <= 1.0)).all()
