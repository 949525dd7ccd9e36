"""The bottle: thrown, bouncing, lying where it came to rest.

In: the window, where it is, how it moves, the water level.  Out: where it is a tick later, and what it hit; the arc it would fly.
How: ballistics in small steps; a solid is hit where a small disc overlaps its sheared box, and pushes the bottle off the shortest way;
what is left of a bounce is a third along the normal and two thirds along the surface.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from world.sim.exact import sin_cos, units_from_degrees
from world.sim.state import Vector, Walker
from world.sim.walker import eye_position
from world.space import Material
from world.space.index import Row
from world.space.walk import overlap
from world.space.window import SpaceWindow

THROW_M_S, THROW_UP_DEG = 11.0, 10.0
REACH_M = 1.7  # from the feet: near enough to pick it up
BOTTLE_DB, _SPLASH_DB = 80.0, -8.0
_GRAVITY = 9.81
_RADIUS_M = 0.06
_STEPS = 3  # of a tick
_BOUNCE, _SLIDE = 0.33, 0.62
_REST_M_S = 0.9
_LEVELS = ((4.0, BOTTLE_DB), (2.0, 66.0), (0.0, 54.0))  # dB at 1 m by the speed (m/s) of the hit
_ARC_S, _ARC_STEP_S = 3.0, 1 / 30


class Flight(NamedTuple):
    """The bottle after a tick; `level_db` is 0 where it hit nothing."""

    position: Vector
    velocity: Vector
    resting: bool
    level_db: float = 0.0
    material: Material = Material.ASPHALT
    puddle: bool = False


def from_hand(walker: Walker) -> tuple[Vector, Vector]:
    """Where a throw begins (m), and how fast (m/s)."""
    x, y, z = eye_position(walker, bob=0.0)
    sine, cosine = sin_cos(walker.heading_q)
    up, flat = sin_cos(walker.pitch_q + units_from_degrees(THROW_UP_DEG))
    vx, vy, _ = walker.velocity
    start = x + 0.2 * cosine + 0.15 * sine, y - 0.2 * sine + 0.15 * cosine, z - 0.1
    return start, (vx + THROW_M_S * flat * sine, vy + THROW_M_S * flat * cosine, THROW_M_S * up)


def fly(window: SpaceWindow, position: Vector, velocity: Vector, water_level_m: float, dt: float) -> Flight:
    """The bottle `dt` seconds later."""
    rows = window.near(position[0], position[1], 1.0)
    loudest = Flight(position, velocity, False)
    for _ in range(_STEPS):
        h = dt / _STEPS
        vx, vy, vz = velocity[0], velocity[1], velocity[2] - _GRAVITY * h
        x, y, z = position[0] + vx * h, position[1] + vy * h, position[2] + vz * h
        position, velocity = (x, y, z), (vx, vy, vz)
        hit = _struck(window, rows, x, y, z)
        if hit is None:
            continue
        (nx, ny, nz), depth, material, street = hit
        position = x + nx * depth, y + ny * depth, z + nz * depth
        into = vx * nx + vy * ny + vz * nz
        if into >= 0.0:
            continue
        speed = -into
        along = (vx - into * nx) * _SLIDE, (vy - into * ny) * _SLIDE, (vz - into * nz) * _SLIDE
        velocity = along[0] - into * nx * _BOUNCE, along[1] - into * ny * _BOUNCE, along[2] - into * nz * _BOUNCE
        puddle = street and position[2] < water_level_m + _RADIUS_M
        level = next(level for least, level in _LEVELS if speed >= least) + (_SPLASH_DB if puddle else 0.0)
        if math.sqrt(velocity[0] ** 2 + velocity[1] ** 2 + velocity[2] ** 2) < _REST_M_S and nz > 0.7:
            return Flight(position, (0.0, 0.0, 0.0), True, max(loudest.level_db, level), material, puddle)
        if level > loudest.level_db:
            loudest = Flight(position, velocity, False, level, material, puddle)
    return Flight(position, velocity, False, loudest.level_db, loudest.material, loudest.puddle)


def arc(window: SpaceWindow, walker: Walker) -> list[Vector]:
    """The points (m) that a bottle thrown now would pass, up to what it hits."""
    position, velocity = from_hand(walker)
    points = [position]
    for _ in range(round(_ARC_S / _ARC_STEP_S)):
        flight = fly(window, position, velocity, -math.inf, _ARC_STEP_S)
        position, velocity = flight.position, flight.velocity
        points.append(position)
        if flight.level_db > 0.0:
            break
    return points


def _struck(window: SpaceWindow, rows: list[Row], x: float, y: float, z: float) -> tuple[Vector, float, Material, bool] | None:
    """(normal, depth in m, material, whether it is the street) of what the bottle is in."""
    for row in rows:
        found = overlap(row, x, y, z - _RADIUS_M, 2.0 * _RADIUS_M, 0.0, _RADIUS_M)
        if found is None:
            continue
        depth, nx, ny = found
        u, v = (x - row[0]) * row[2] + (y - row[1]) * row[3], (y - row[1]) * row[2] - (x - row[0]) * row[3]
        rise = row[8] * max(-row[4], min(row[4], u)) + row[9] * max(-row[5], min(row[5], v))
        over, under = row[7] + rise - (z - _RADIUS_M), z + _RADIUS_M - (row[6] + rise)
        if over <= min(depth, under):  # on top: the normal of the sloping top
            gx, gy = row[8] * row[2] - row[9] * row[3], row[8] * row[3] + row[9] * row[2]
            length = math.sqrt(1.0 + gx * gx + gy * gy)
            return (-gx / length, -gy / length, 1.0 / length), over / length, Material(row[10]), False
        if under <= depth:
            return (0.0, 0.0, -1.0), under, Material(row[10]), False
        return (nx, ny, 0.0), depth, Material(row[10]), False
    pit = window.pit(x, y)
    floor = window.ground(x, y) if pit is None else pit
    if z - _RADIUS_M < floor:
        material = window.ground_material(x, y) if pit is None else Material.CONCRETE
        return (0.0, 0.0, 1.0), floor - (z - _RADIUS_M), material, pit is None
    return None
