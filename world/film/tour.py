"""A flight through the streets that nobody had to draw: at an eye's height, in no hurry, looking where it goes and at the signs.

In: the city's space, a recipe, a start, seconds.  Out: a `Flight` with a key each second, at least `CLEAR_M` from every solid.
Same (recipe, start, seconds), same flight. Height and pace are slow value noise along the way; the look is to a point ahead on
the way, drawn aside now and then to a sign that is in sight.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from world.errors import Refusal
from world.fields import uniform
from world.film.clearance import distance_to_solids
from world.film.flight import AXES, SECONDS_MAX, UNITS, VERSION, Flight, Key
from world.film.path import FlightPath, heading_pitch
from world.film.route import Route
from world.pose import Pose
from world.recipe import Recipe
from world.space.chunk_space import CHUNK_M
from world.space.window import SpaceWindow

Array = NDArray[np.float64]
CLEAR_M = 0.6
HEIGHT_M = (1.45, 2.7)
PACE_M_S = (1.6, 3.0)
_ROUTE_STEP_M = 0.5
_AHEAD_M = 9.0
_ROUNDINGS_M = (3.0, 2.0, 1.0, 0.5, 0.0)
_GLANCE_EVERY_S, _GLANCE_S = 7.0, 2.6  # one chance each so many seconds; from rest to full in so many
_GLANCE_DEG, _GLANCE_SHARE = (12.0, 62.0), 0.6
_GLANCE_FAR_M = (5.0, 28.0)


def tour_flight(window: SpaceWindow, recipe: Recipe, start: Pose, seconds: float, start_s: float = 0.0) -> Flight:
    """A tour of `seconds` (up to SECONDS_MAX) that begins near `start`; `Refusal` where there is no free street."""
    if not 0.1 <= seconds <= SECONDS_MAX:
        raise Refusal(f"seconds = {seconds:g}: must be from 0.1 to {SECONDS_MAX:g}")
    route = Route(window, start.position[:2], start.heading_deg, recipe.world.seed)
    line = route.points(PACE_M_S[1] * seconds + 2 * _AHEAD_M)
    for rounding_m in _ROUNDINGS_M:
        flight = _along(window, recipe, _rounded(line, rounding_m), seconds, start_s)
        path = FlightPath(flight)
        places = np.array([path.pose_at(t).position for t in np.arange(0.0, seconds, 0.1)])
        if distance_to_solids(window, places).min() >= CLEAR_M:
            return flight
    x, y = start.position[:2]
    raise Refusal(f"no tour of {seconds:g} s from {x:.1f},{y:.1f} is clear of obstacles: try another --seed")


def _rounded(line: Array, radius_m: float) -> Array:
    """The line (N, 2) with its corners rounded, its first point kept."""
    if radius_m == 0.0:
        return line
    smooth = gaussian_filter1d(line, radius_m / _ROUTE_STEP_M, axis=0, mode="nearest")
    fade = np.clip(np.arange(len(line)) * _ROUTE_STEP_M / (3.0 * radius_m), 0.0, 1.0)[:, None]
    return line + fade * (smooth - line)


def _along(window: SpaceWindow, recipe: Recipe, line: Array, seconds: float, start_s: float) -> Flight:
    seed = recipe.world.seed
    length = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    height = _between(HEIGHT_M, _slow_noise(seed, "tour/height", length / 16.0))
    ground = np.array([window.ground(float(x), float(y)) for x, y in line[::4]])
    floor = np.interp(length, length[::4], np.maximum(gaussian_filter1d(ground, 2.0, mode="nearest"), recipe.water.level_m))
    way = np.column_stack([line, floor + height])

    pace = _between(PACE_M_S, _slow_noise(seed, "tour/pace", length / 22.0)) * _calm_in_turns(line)
    pace *= 0.4 + 0.6 * np.minimum(length / 4.0, 1.0)  # it sets off slowly
    when = np.concatenate([[0.0], np.cumsum(np.diff(length) / np.maximum(0.5 * (pace[1:] + pace[:-1]), 0.4 * PACE_M_S[0]))])
    times = np.linspace(0.0, seconds, max(2, math.ceil(seconds) + 1))
    far = np.interp(times, when, length)
    places = _at(way, length, far)
    ahead = _at(way, length, far + _AHEAD_M) - places
    heading = np.degrees(np.unwrap(np.arctan2(ahead[:, 0], ahead[:, 1])))
    pitch = 1.0 + 5.0 * _slow_noise(seed, "tour/pitch", far / 19.0)
    aside, up = _glances(window, seed, times, places, heading)

    keys = [
        Key(
            time_s=round(float(t), 6),
            pos=(round(float(p[0]), 4), round(float(p[1]), 4), round(float(p[2]), 4)),
            heading_deg=round(math.remainder(float(h), 360.0), 3),
            pitch_deg=round(float(e), 3),
            ease="through" if k else "stop",
        )
        for k, (t, p, h, e) in enumerate(zip(times, places, heading + aside, pitch + up, strict=True))
    ]
    return Flight(version=VERSION, units=UNITS, axes=AXES, seed=seed, start_s=start_s, key=tuple(keys))


def _at(way: Array, length: Array, far: Array) -> Array:
    return np.stack([np.interp(far, length, way[:, c]) for c in range(way.shape[1])], axis=1)


def _between(limits: tuple[float, float], share: Array) -> Array:
    return limits[0] + (limits[1] - limits[0]) * share


def _slow_noise(seed: int, lane: str, phase: Array) -> Array:
    """Smooth value noise in [0, 1): a new value at each whole `phase`."""
    cell = np.floor(phase).astype(np.int64)
    f = phase - cell
    f = f * f * (3.0 - 2.0 * f)
    low, high = uniform(seed, lane, cell), uniform(seed, lane, cell + 1)
    return low + (high - low) * f


def _calm_in_turns(line: Array) -> Array:
    """Share of the pace (N,) that is kept: less where the way turns within the next metres."""
    step = np.gradient(line, axis=0)
    heading = np.unwrap(np.arctan2(step[:, 0], step[:, 1]))
    turning = gaussian_filter1d(np.abs(np.gradient(heading)) / _ROUTE_STEP_M, 6.0, mode="nearest")  # rad/m
    return 1.0 / (1.0 + 6.0 * turning)


def _glances(window: SpaceWindow, seed: int, times: Array, places: Array, heading: Array) -> tuple[Array, Array]:
    """Degrees (aside, up) at each key by which the look is drawn to signs."""
    aside, up = np.zeros(len(times)), np.zeros(len(times))
    for chance in range(math.floor(times[-1] / _GLANCE_EVERY_S) + 1):
        middle_s = (chance + 0.3 + 0.4 * uniform(seed, "tour/glance", chance)) * _GLANCE_EVERY_S
        k = int(np.argmin(np.abs(times - middle_s)))
        eye = places[k]
        found = _sign_in_sight(window, eye, float(heading[k]))
        if found is None:
            continue
        for j in np.flatnonzero(np.abs(times - middle_s) < _GLANCE_S):
            to_heading, to_pitch = heading_pitch(found - places[j])
            weight = _GLANCE_SHARE * 0.5 * (1.0 + math.cos(math.pi * (times[j] - middle_s) / _GLANCE_S))
            turn = math.remainder(to_heading - float(heading[j]), 360.0)
            aside[j] += weight * max(-_GLANCE_DEG[1], min(_GLANCE_DEG[1], turn))
            up[j] += weight * max(-5.0, min(22.0, to_pitch))
    return aside, up


def _sign_in_sight(window: SpaceWindow, eye: Array, heading_deg: float) -> Array | None:
    """The place of the strongest light ahead and aside that no solid hides."""
    cx, cy = math.floor(eye[0] / CHUNK_M), math.floor(eye[1] / CHUNK_M)
    lights = [window.chunk(cx + i, cy + j).space.emitters for j in (-1, 0, 1) for i in (-1, 0, 1)]
    place = np.concatenate([light.position for light in lights])
    normal = np.concatenate([light.normal for light in lights])
    power = np.concatenate([light.candela.sum(axis=1) for light in lights])
    two_sided = np.concatenate([light.two_sided for light in lights])
    to = place - eye
    far = np.linalg.norm(to, axis=1)
    turn = (np.degrees(np.arctan2(to[:, 0], to[:, 1])) - heading_deg + 180.0) % 360.0 - 180.0
    facing = -(normal * to).sum(axis=1) / np.maximum(far, 1e-9)
    facing = np.where(two_sided | ~normal.any(axis=1), np.abs(facing), facing)
    good = (np.abs(turn) > _GLANCE_DEG[0]) & (np.abs(turn) < _GLANCE_DEG[1]) & (facing > 0.25)
    good &= (far > _GLANCE_FAR_M[0]) & (far < _GLANCE_FAR_M[1]) & (to[:, 2] < 0.6 * far)
    score = np.where(good, power * np.maximum(facing, 0.0) / np.maximum(far, 1.0), 0.0)
    for k in np.argsort(-score, kind="stable")[:6]:
        # the last metre and a half belongs to the sign itself and the wall behind it
        along = np.linspace(0.0, 1.0 - 1.5 / float(far[k]), 40)[1:, None] if score[k] > 0 else np.zeros((0, 1))
        if len(along) and distance_to_solids(window, eye + along * to[k]).min() > 0.0:
            return place[k]
    return None
