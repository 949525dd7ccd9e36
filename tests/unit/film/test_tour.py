"""The auto-tour: clear of the city, at a walking pace, the same each time, and as long as asked."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest

from world.errors import Refusal
from world.film.clearance import distance_to_solids, map_clearance
from world.film.flight import flight_from_toml, flight_to_toml, load_flight
from world.film.path import FlightPath
from world.film.production import find_flight, flight_names
from world.film.tour import CLEAR_M, PACE_M_S, tour_flight
from world.plan import plan_chunk, start_pose
from world.pose import Pose
from world.recipe import Recipe, with_settings
from world.space.build import build_space
from world.space.chunk_space import Solids
from world.space.window import SpaceWindow


@lru_cache
def city(seed: int) -> tuple[Recipe, SpaceWindow]:
    recipe = with_settings(Recipe(), [], str(seed))
    return recipe, SpaceWindow(lambda cx, cy: build_space(recipe, plan_chunk(recipe, cx, cy)))


def inside_any(solids: Solids, points: np.ndarray, margin: float) -> np.ndarray:
    """Whether points (N, 3) lie inside a solid grown by `margin`, written out from the definition of the sheared box."""
    hit = np.zeros(len(points), bool)
    for k in range(len(solids)):
        d = points[:, :2] - solids.centre[k]
        ax, ay = solids.axis[k]
        u, v = d[:, 0] * ax + d[:, 1] * ay, d[:, 1] * ax - d[:, 0] * ay
        s = solids.slope[k, 0] * u + solids.slope[k, 1] * v
        near = (abs(u) <= solids.half[k, 0] + margin) & (abs(v) <= solids.half[k, 1] + margin)
        hit |= near & (points[:, 2] >= solids.bottom[k] + s - margin) & (points[:, 2] <= solids.top[k] + s + margin)
    return hit


@pytest.mark.parametrize("seed", [20770, 7, 31337])
def test_keeps_clear_of_everything_at_a_walking_pace(seed: int) -> None:
    recipe, window = city(seed)
    path = FlightPath(tour_flight(window, recipe, start_pose(recipe), 40.0))
    assert path.duration_s == 40.0
    times = np.arange(0.0, 40.0, 1 / 30)
    poses = [path.pose_at(t) for t in times]
    places = np.array([pose.position for pose in poses])
    for place in places[::150]:
        solids = window.region(float(place[0]), float(place[1])).solids
        close = np.linalg.norm(places[:, :2] - place[:2], axis=1) < 40.0
        assert not inside_any(solids, places[close], CLEAR_M / 3**0.5).any()  # its corners are CLEAR_M away
    above = places[:, 2] - [window.ground(float(x), float(y)) for x, y in places[:, :2]]
    assert above.min() > 1.3 and above.max() < 3.0
    speed = np.linalg.norm(np.diff(places, axis=0), axis=1) * 30
    assert speed.max() < 1.25 * PACE_M_S[1] and np.median(speed) > 1.0 and path.length_m > 40.0
    heading = np.unwrap([pose.heading_deg for pose in poses], period=360.0)
    assert np.abs(np.diff(heading)).max() * 30 < 60.0  # degrees a second
    assert np.ptp([pose.pitch_deg for pose in poses]) > 2.0


def test_same_seed_same_flight_and_another_seed_another() -> None:
    recipe, window = city(20770)
    first = tour_flight(window, recipe, start_pose(recipe), 12.0)
    fresh = SpaceWindow(lambda cx, cy: build_space(recipe, plan_chunk(recipe, cx, cy)))
    window.region(500.0, 500.0)  # what was looked at before must not matter
    assert tour_flight(fresh, recipe, start_pose(recipe), 12.0) == first
    assert flight_from_toml(flight_to_toml(first)) == first
    other, other_window = city(7)
    assert tour_flight(other_window, other, start_pose(other), 12.0).key[-1].pos != first.key[-1].pos


def test_starts_at_the_nearest_free_street_and_refuses_where_there_is_none() -> None:
    recipe, window = city(20770)
    room = map_clearance(window, 0.0, 0.0)
    places = room.middles(np.flatnonzero(room.clear.ravel() == 0.0))
    blocked = places[np.argmin(np.linalg.norm(places, axis=1))]
    flight = tour_flight(window, recipe, Pose((float(blocked[0]), float(blocked[1]), 1.65), 0.0), 5.0)
    assert 0.0 < np.linalg.norm(np.subtract(flight.key[0].pos[:2], blocked)) < 30.0
    with pytest.raises(Refusal, match="seconds = 0"):
        tour_flight(window, recipe, start_pose(recipe), 0.0)


def test_a_flooded_street_lifts_the_camera() -> None:
    recipe, window = city(20770)
    flooded = with_settings(recipe, ["water.level_m=0.6"])
    places = np.array([key.pos for key in tour_flight(window, flooded, start_pose(recipe), 8.0).key])
    assert places[:, 2].min() > 0.6 + 1.3


def test_distance_to_solids_agrees_with_their_definition() -> None:
    _, window = city(7)
    rng = np.random.default_rng(5)
    points = rng.uniform((0.0, 0.0, 0.0), (64.0, 64.0, 9.0), (400, 3))
    far = distance_to_solids(window, points)
    solids = window.region(32.0, 32.0).solids
    assert (far[inside_any(solids, points, 0.0)] == 0.0).all()
    assert not inside_any(solids, points[far > 1.0], 0.5).any()
    assert 0.1 < (far == 0.0).mean() < 0.95


def test_the_shipped_flights_are_clear_of_their_city() -> None:
    for name in flight_names():
        flight = load_flight(find_flight(name))
        path = FlightPath(flight)
        _, window = city(flight.seed or 20770)
        places = np.array([path.pose_at(t).position for t in np.arange(0.0, path.duration_s, 0.1)])
        assert distance_to_solids(window, places).min() >= CLEAR_M
        assert path.overshoot_m() < 1.0
    assert flight_names()
