"""The curve a camera follows: pose at any instant, from a few keys.

In: a `Flight`.  Out: `FlightPath.pose_at(t)`. Place: centripetal Catmull-Rom (Yuksel, Schaefer, Keyser 2011: no cusps, hardly an
overshoot) over an arc-length table; time becomes distance by PCHIP (Fritsch, Carlson 1980), so the camera never backs up.
Look: PCHIP over the targets when every key has one, else over sign-aligned quaternions, component by component, normalised:
the shortest way round, and nothing overshoots. Field of view, roll and the focus's nearness by PCHIP.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicHermiteSpline, PchipInterpolator
from scipy.spatial.transform import Rotation

from world.film.flight import Flight, Key
from world.pose import Pose

Array = NDArray[np.float64]
_SAMPLES = 48  # of the arc-length table, between two keys


class FlightPath:
    """`pose_at` holds the first and the last key's pose outside their times."""

    def __init__(self, flight: Flight) -> None:
        keys = flight.key
        times = np.array([key.time_s for key in keys])
        self.duration_s = flight.duration_s
        self._place, at_key = _arc_length_curve(np.array([key.pos for key in keys]))
        self.length_m = float(at_key[-1])
        self._distance = _distance_by_time(times, at_key, [key.ease == "stop" for key in keys])
        self._fov = _pchip(times, np.array([key.fov_deg for key in keys]))
        self._roll = _pchip(times, np.array([key.roll_deg for key in keys]))
        self._target: Callable[[float], Array] | None = None
        targets = [key.look_at for key in keys if key.look_at is not None]
        if len(targets) == len(keys):
            self._target = _pchip(times, np.array(targets))
        else:
            self._quat = _pchip(times, _sign_aligned(np.array([_quat_of(key) for key in keys])))
        self._nearness = None if any(key.focus_m <= 0.0 for key in keys) else _pchip(times, np.array([1.0 / key.focus_m for key in keys]))
        self._keys, self._at_key = np.array([key.pos for key in keys]), at_key

    def pose_at(self, time_s: float) -> Pose:
        """The pose `time_s` seconds into the flight."""
        t = min(max(time_s, 0.0), self.duration_s)
        place = self._place(float(self._distance(t)))
        fov, roll = float(self._fov(t)), float(self._roll(t))
        if self._target is not None:
            heading, pitch = heading_pitch(self._target(t) - place)
        else:
            heading, pitch, roll = _angles_of(self._quat(t))
        return Pose((float(place[0]), float(place[1]), float(place[2])), heading, pitch, roll, fov)

    def focus_at(self, time_s: float) -> float:
        """How far away what is sharp is (m): the keys' own focus, else what they look at, else 0, the middle of the view."""
        t = min(max(time_s, 0.0), self.duration_s)
        if self._nearness is not None:
            return 1.0 / float(self._nearness(t))
        if self._target is None:
            return 0.0
        return float(np.linalg.norm(self._target(t) - self._place(float(self._distance(t)))))

    def overshoot_m(self) -> float:
        """How far the curve strays from the straight lines between its keys."""
        worst = 0.0
        for k in range(len(self._keys) - 1):
            a, b = self._keys[k], self._keys[k + 1]
            along = (b - a) @ (b - a)
            for distance in np.linspace(self._at_key[k], self._at_key[k + 1], 16):
                p = self._place(distance)
                s = min(max(float((p - a) @ (b - a) / along), 0.0), 1.0) if along > 0 else 0.0
                worst = max(worst, float(np.linalg.norm(p - a - s * (b - a))))
        return worst


def heading_pitch(direction: Array) -> tuple[float, float]:
    """Degrees clockwise from north, degrees up, of a vector (3,) that is not zero."""
    x, y, z = (float(c) for c in direction)
    return math.degrees(math.atan2(x, y)), math.degrees(math.atan2(z, math.hypot(x, y)))


def catmull_rom(points: Array) -> tuple[CubicHermiteSpline, Array]:
    """The centripetal Catmull-Rom spline through points (K, D), no two neighbours equal, K >= 2; and its knots (K,)."""
    step = np.sqrt(np.linalg.norm(np.diff(points, axis=0), axis=1))
    knots = np.concatenate([[0.0], np.cumsum(step)])
    slope = np.diff(points, axis=0) / step[:, None]
    tangent = np.empty_like(points)
    across = (points[2:] - points[:-2]) / (step[:-1] + step[1:])[:, None]
    tangent[1:-1] = slope[:-1] + slope[1:] - across
    tangent[0] = 1.5 * slope[0] - 0.5 * tangent[1] if len(points) > 2 else slope[0]
    tangent[-1] = 1.5 * slope[-1] - 0.5 * tangent[-2] if len(points) > 2 else slope[-1]
    return CubicHermiteSpline(knots, points, tangent), knots


def _arc_length_curve(points: Array) -> tuple[Callable[[float], Array], Array]:
    """(distance (m) → place (3,), distance of every key (K,)). A key that repeats its neighbour's place has its distance."""
    moved = np.concatenate([[True], np.any(np.diff(points, axis=0) != 0.0, axis=1)])
    distinct, which = points[moved], np.cumsum(moved) - 1
    if len(distinct) == 1:
        return lambda distance: distinct[0], np.zeros(len(points))
    spline, knots = catmull_rom(distinct)
    fractions = np.arange(_SAMPLES) / _SAMPLES
    u = np.append((knots[:-1, None] + np.diff(knots)[:, None] * fractions).ravel(), knots[-1])
    length = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(spline(u), axis=0), axis=1))])
    u_of_length = PchipInterpolator(length, u)
    return lambda distance: spline(u_of_length(distance)), length[::_SAMPLES][which]


def _distance_by_time(times: Array, distance: Array, stop: list[bool]) -> Callable[[float], Array]:
    if len(times) == 1:
        return lambda t: distance[0]
    speed = PchipInterpolator(times, distance).derivative()(times)
    return CubicHermiteSpline(times, distance, np.where(stop, 0.0, speed))


def _pchip(times: Array, values: Array) -> Callable[[float], Array]:
    if len(times) == 1:
        return lambda t: values[0]
    return PchipInterpolator(times, values)


def _quat_of(key: Key) -> Array:
    """(x, y, z, w) of a key, however it looks."""
    if key.quat is not None:
        return Rotation.from_quat(key.quat).as_quat()
    heading, pitch = key.heading_deg, key.pitch_deg
    if key.look_at is not None:
        heading, pitch = heading_pitch(np.subtract(key.look_at, key.pos))
    assert heading is not None
    return Rotation.from_matrix(np.stack(Pose(key.pos, heading, pitch, key.roll_deg).axes(), axis=1)).as_quat()


def _sign_aligned(quats: Array) -> Array:
    """The same rotations (K, 4), each with the sign nearer to the one before it: the shortest way round."""
    flips = np.sign(np.sum(quats[1:] * quats[:-1], axis=1))
    return quats * np.concatenate([[1.0], np.cumprod(np.where(flips < 0, -1.0, 1.0))])[:, None]


def _angles_of(quat: Array) -> tuple[float, float, float]:
    """Heading, pitch, roll in degrees of a quaternion (x, y, z, w) of any length."""
    right, forward, _ = Rotation.from_quat(quat).as_matrix().T
    heading, pitch = heading_pitch(forward)
    level_right, _, level_up = Pose((0.0, 0.0, 0.0), heading, pitch).axes()
    roll = math.degrees(math.atan2(-float(right @ np.array(level_up)), float(right @ np.array(level_right))))
    return heading, pitch, roll
