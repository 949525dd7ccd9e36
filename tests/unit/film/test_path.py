"""The camera's curve: it meets its keys, keeps its pace and its distance, and turns the shortest way."""

from __future__ import annotations

import numpy as np
import pytest

from world.film.flight import Flight, Key
from world.film.path import FlightPath


def flight(*keys: Key) -> Flight:
    return Flight(version=1, units="metres, seconds, degrees", axes="right-handed, X east, Y north, Z up", key=keys)


def places(path: FlightPath, count: int = 400) -> np.ndarray:
    return np.array([path.pose_at(t).position for t in np.linspace(0.0, path.duration_s, count)])


CORNER = [(0.0, 0.0, 2.0), (0.0, 20.0, 2.0), (0.0, 40.0, 2.0), (4.0, 44.0, 2.0), (24.0, 44.0, 2.0), (44.0, 44.0, 2.0)]


def test_meets_every_key() -> None:
    keys = [
        Key(time_s=3.0 * k, pos=p, heading_deg=10.0 * k, pitch_deg=-5.0, roll_deg=2.0 * k, fov_deg=60.0 + k) for k, p in enumerate(CORNER)
    ]
    path = FlightPath(flight(*keys))
    for key in keys:
        pose = path.pose_at(key.time_s)
        assert pose.position == pytest.approx(key.pos, abs=1e-6)
        assert (pose.heading_deg, pose.pitch_deg, pose.roll_deg) == pytest.approx((key.heading_deg, -5.0, key.roll_deg), abs=1e-6)
        assert pose.fov_deg == pytest.approx(key.fov_deg)


def test_a_street_corner_is_not_overshot() -> None:
    path = FlightPath(flight(*(Key(time_s=float(k), pos=p, heading_deg=0.0) for k, p in enumerate(CORNER))))
    assert 0.0 < path.overshoot_m() < 0.8


def test_pace_is_even_when_keys_are_even_in_time_and_distance() -> None:
    keys = [Key(time_s=k * 5.0, pos=(10.0 * k, 0.0, 2.0), heading_deg=90.0) for k in range(5)]
    path = FlightPath(flight(*keys))
    steps = np.linalg.norm(np.diff(places(path), axis=0), axis=1)
    assert steps.std() / steps.mean() < 0.01
    assert path.length_m == pytest.approx(40.0)


def test_never_backs_up_and_stands_still_where_it_should() -> None:
    keys = [
        Key(time_s=0.0, pos=(0.0, 0.0, 2.0), heading_deg=90.0),
        Key(time_s=4.0, pos=(10.0, 0.0, 2.0), heading_deg=90.0, ease="stop"),
        Key(time_s=6.0, pos=(10.0, 0.0, 2.0), heading_deg=0.0),
        Key(time_s=7.0, pos=(30.0, 0.0, 2.0), heading_deg=0.0),
    ]
    path = FlightPath(flight(*keys))
    x = places(path, 701)[:, 0]
    assert np.all(np.diff(x) >= -1e-9)
    assert np.ptp(x[401:600]) < 1e-9


def test_looks_at_its_target_all_the_way() -> None:
    keys = [Key(time_s=float(k), pos=p, look_at=(20.0, 20.0, 6.0)) for k, p in enumerate(CORNER)]
    path = FlightPath(flight(*keys))
    for t in np.linspace(0.0, path.duration_s, 50):
        pose = path.pose_at(t)
        towards = np.subtract((20.0, 20.0, 6.0), pose.position)
        assert np.dot(pose.axes()[1], towards / np.linalg.norm(towards)) == pytest.approx(1.0, abs=1e-9)


def test_turns_the_shortest_way_and_no_further() -> None:
    path = FlightPath(flight(*(Key(time_s=float(k), pos=(0, k, 2), heading_deg=h) for k, h in enumerate([350.0, 10.0, 30.0, 30.0]))))
    headings = np.unwrap([path.pose_at(t).heading_deg for t in np.linspace(0.0, 3.0, 100)], period=360.0)
    assert headings[-1] - headings[0] == pytest.approx(40.0, abs=1e-6)
    assert np.all(np.diff(headings) >= -1e-9)


def test_a_quaternion_and_its_angles_are_the_same_look() -> None:
    half = np.radians(-90.0) / 2  # heading is clockwise, a rotation about Z is not
    east = FlightPath(flight(Key(time_s=0.0, pos=(0, 0, 2), quat=(0.0, 0.0, float(np.sin(half)), float(np.cos(half)))))).pose_at(0.0)
    assert (east.heading_deg, east.pitch_deg, east.roll_deg) == pytest.approx((90.0, 0.0, 0.0), abs=1e-9)
    back = FlightPath(flight(Key(time_s=0.0, pos=(0, 0, 2), heading_deg=123.0, pitch_deg=31.0, roll_deg=-17.0))).pose_at(0.0)
    assert (back.heading_deg, back.pitch_deg, back.roll_deg) == pytest.approx((123.0, 31.0, -17.0), abs=1e-6)


def test_one_key_is_a_camera_on_a_tripod() -> None:
    path = FlightPath(flight(Key(time_s=0.0, pos=(1, 2, 3), heading_deg=45.0)))
    assert path.pose_at(0.0) == path.pose_at(99.0)
    assert path.length_m == 0.0 and path.duration_s == 0.0


def test_the_focus_is_what_is_looked_at_unless_keys_say_otherwise() -> None:
    def keys(**how: float) -> list[Key]:
        return [Key(time_s=4.0 * k, pos=(4.0 * k, 0.0, 2.0), look_at=(4.0 * k, 10.0 + 10.0 * k, 2.0), **how) for k in range(2)]

    path = FlightPath(flight(*keys()))
    found = [path.focus_at(t) for t in np.linspace(0.0, 4.0, 9)]
    assert (found[0], found[-1]) == pytest.approx((10.0, 20.0)) and found == sorted(found)
    assert FlightPath(flight(*keys(focus_m=3.0))).focus_at(2.0) == pytest.approx(3.0)
    assert FlightPath(flight(Key(time_s=0.0, pos=(0.0, 0.0, 2.0), heading_deg=0.0))).focus_at(0.0) == 0.0
