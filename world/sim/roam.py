"""Where robots go: round their loops, to what they noticed, after whom they see.

In: the world, a `Patrol`, the tick.  Out: the `Patrol` moved on by one tick.
How: a robot always follows a route of corners over free ground. On patrol the next corner lies ahead on its loop; from SUSPICIOUS up
it goes to the place of interest, scans, and from SEARCHING up tries free places around it; two search, the others hold.
Beyond the region round the hero, where nobody can tell, robots follow their loops straight.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from world.fields import uniform
from world.sim.exact import TURN, sin_cos, units_from_degrees
from world.sim.route import Point, find_route, holds, is_free, is_open
from world.sim.state import TICK_HZ, Band, Patrol
from world.space.index import Region

HOVER_M = 0.4
SPEED_PATROL_M_S, SPEED_SEARCH_M_S, SPEED_PURSUIT_M_S = 1.2, 2.0, 5.0
REACH_M = 0.9  # pursuers come no nearer
SCAN_TICKS = 3 * TICK_HZ
_ACCELERATION_M_S2 = 3.5
_TURN_DEG_S, _HEAD_DEG_S = 90.0, 200.0
_ARRIVED_M = 0.5
_LOOP_AHEAD_M = (5.0, 7.0, 9.0, 12.0, 16.0, 22.0)
_SEARCHERS_MAX = 2
_SEARCH_M, _SEARCH_GROWS_M_S, _SEARCH_MAX_M = 3.0, 0.3, 25.0
_REPLAN_TICKS = 15
_PATROL_SWEEP_DEG, _SCAN_DEG = 35.0, 60.0


def loop_length(loop: NDArray[np.float64]) -> float:
    """Length of a closed polyline (K, 2), metres."""
    way = np.roll(loop, -1, axis=0) - loop
    return math.fsum(np.sqrt(way[:, 0] * way[:, 0] + way[:, 1] * way[:, 1]).tolist())


def point_on(loop: NDArray[np.float64], along_m: float) -> Point:
    """The point `along_m` round a closed polyline."""
    left = along_m % loop_length(loop)
    points = loop.tolist()
    for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[0]], strict=True):
        length = math.sqrt((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0))
        if left <= length:
            share = left / length if length else 0.0
            return x0 + (x1 - x0) * share, y0 + (y1 - y0) * share
        left -= length
    return points[0][0], points[0][1]


def roam(
    patrol: Patrol, loops: tuple[NDArray[np.float64], ...], region: Region, ground: Callable[[float, float], float],
    hero: Point, seed: int, pace: float, tick: int, dt: float,
) -> Patrol:  # fmt: skip
    """All robots a tick later."""
    patrol = _planned(patrol, loops, region, seed, tick)
    target = np.array([route[0] if route else (x, y) for route, (x, y, _) in zip(patrol.route, patrol.position.tolist(), strict=True)])
    way = target - patrol.position[:, :2]
    distance = np.sqrt(way[:, 0] * way[:, 0] + way[:, 1] * way[:, 1])
    moving = distance > 1e-6
    heading = np.where(moving[:, None], way / np.maximum(distance, 1e-9)[:, None], patrol.facing)
    look = patrol.goal - patrol.position[:, :2]
    interest = _unit(look, patrol.facing)
    alarmed = patrol.band >= Band.OBSERVANT
    facing = _turned(patrol.facing, np.where((alarmed & ~moving)[:, None], interest, heading), _TURN_DEG_S * dt)
    ahead = np.maximum(0.12, facing[:, 0] * heading[:, 0] + facing[:, 1] * heading[:, 1])
    to_hero = np.array(hero) - patrol.position[:, :2]
    close = (to_hero[:, 0] * to_hero[:, 0] + to_hero[:, 1] * to_hero[:, 1] < REACH_M * REACH_M) & patrol.sighted
    wanted = np.where(moving & ~close, np.array(_SPEEDS)[patrol.band] * pace * ahead, 0.0)
    change = _ACCELERATION_M_S2 * dt
    speed = patrol.speed + np.clip(wanted - patrol.speed, -4.0 * change, change)
    step = np.minimum(speed * dt, distance)
    place = patrol.position[:, :2] + heading * np.where(moving, step, 0.0)[:, None]
    height = np.array([ground(x, y) for x, y in place.tolist()]) + HOVER_M
    z = patrol.position[:, 2] + (height - patrol.position[:, 2]) * min(1.0, 4.0 * dt)
    head = _turned(patrol.head, _gaze(patrol, facing, interest, tick), _HEAD_DEG_S * dt)
    return replace(patrol, position=np.column_stack([place, z]), facing=facing, head=head, speed=speed)


_SPEEDS = (SPEED_PATROL_M_S, 0.4, SPEED_PATROL_M_S, SPEED_SEARCH_M_S, SPEED_SEARCH_M_S, SPEED_PURSUIT_M_S)  # by band


def _planned(patrol: Patrol, loops: tuple[NDArray[np.float64], ...], region: Region, seed: int, tick: int) -> Patrol:
    """The patrol with corners reached taken off and new routes found where there are none."""
    routes, along = list(patrol.route), patrol.along_m.copy()
    look_since = patrol.look_since.copy()
    searching = _searchers(patrol)
    positions, goals = patrol.position.tolist(), patrol.goal.tolist()
    for k, band in enumerate(patrol.band.tolist()):
        x, y, _ = positions[k]
        route = routes[k]
        if route and abs(route[0][0] - x) + abs(route[0][1] - y) < _ARRIVED_M:
            route = route[1:]
        if band < Band.SUSPICIOUS:
            look_since[k] = -1
            if not route:
                route, along[k] = _patrolling(loops[k], region, (x, y), float(along[k]))
        elif patrol.goal_since[k] == tick or (patrol.sighted[k] and (tick + k) % _REPLAN_TICKS == 0):
            look_since[k] = -1
            route = find_route(region, (x, y), (goals[k][0], goals[k][1]))
        elif not route and look_since[k] < 0:
            look_since[k] = tick
        elif not route and searching[k] and tick - look_since[k] >= SCAN_TICKS:
            look_since[k] = -1
            route = _around(region, (x, y), (goals[k][0], goals[k][1]), (tick - int(patrol.goal_since[k])) / TICK_HZ, seed, k, tick)
        routes[k] = route
    return replace(patrol, route=tuple(routes), along_m=along, look_since=look_since)


def _searchers(patrol: Patrol) -> list[bool]:
    """The two alarmed robots nearest to what alarmed them; the others hold where they are."""
    away = patrol.goal - patrol.position[:, :2]
    square = away[:, 0] * away[:, 0] + away[:, 1] * away[:, 1]
    order = np.argsort(np.where(patrol.band >= Band.SEARCHING, square, np.inf), kind="stable")
    chosen = set(order[:_SEARCHERS_MAX].tolist())
    return [k in chosen and band >= Band.SEARCHING for k, band in enumerate(patrol.band.tolist())]


def _patrolling(loop: NDArray[np.float64], region: Region, here: Point, along: float) -> tuple[tuple[Point, ...], float]:
    """The route to a free place ahead on the loop, and how far round that is."""
    if not holds(region, *here):
        ahead = along + _LOOP_AHEAD_M[0]
        return (point_on(loop, ahead),), ahead
    for step in _LOOP_AHEAD_M:
        target = point_on(loop, along + step)
        if is_free(region, *target):
            if is_free(region, *here) and is_open(region, here, target):
                return (target,), along + step
            route = find_route(region, here, target)
            if route:
                return route, along + step
    return (), along + _LOOP_AHEAD_M[0]


def _around(region: Region, here: Point, centre: Point, seconds: float, seed: int, robot: int, tick: int) -> tuple[Point, ...]:
    """A route to a drawn place round the centre of the search."""
    radius = min(_SEARCH_MAX_M, _SEARCH_M + _SEARCH_GROWS_M_S * seconds)
    for attempt in range(6):
        sine, cosine = sin_cos(int(uniform(seed, "search/turn", robot, tick, attempt) * TURN))
        far = radius * math.sqrt(uniform(seed, "search/far", robot, tick, attempt))
        place = (centre[0] + sine * far, centre[1] + cosine * far)
        if is_free(region, *place):
            route = find_route(region, here, place)
            if route:
                return route
    return ()


def _gaze(patrol: Patrol, facing: NDArray[np.float64], interest: NDArray[np.float64], tick: int) -> NDArray[np.float64]:
    """Where each head wants to look: sweeping on patrol, at what alarms it, sweeping wide where it arrived."""
    count = len(patrol)
    scanning = patrol.look_since >= 0
    alarmed = patrol.band >= Band.OBSERVANT
    ahead = np.where((alarmed & ~scanning)[:, None] | (scanning & (tick - patrol.look_since < TICK_HZ // 3))[:, None], interest, facing)
    ahead = np.where(patrol.sighted[:, None], interest, ahead)
    period = np.where(scanning, SCAN_TICKS, 4 * TICK_HZ)
    degrees = np.where(patrol.sighted, 0.0, np.where(scanning, _SCAN_DEG, np.where(alarmed, 8.0, _PATROL_SWEEP_DEG)))
    turned = np.empty((count, 2))
    for k in range(count):
        phase, _ = sin_cos(int((tick + 97 * k) % period[k] * TURN // period[k]))
        sine, cosine = sin_cos(units_from_degrees(float(degrees[k]) * phase))
        x, y = float(ahead[k, 0]), float(ahead[k, 1])
        turned[k] = x * cosine + y * sine, y * cosine - x * sine
    return turned


def _unit(way: NDArray[np.float64], otherwise: NDArray[np.float64]) -> NDArray[np.float64]:
    length = np.sqrt(way[:, 0] * way[:, 0] + way[:, 1] * way[:, 1])
    return np.where((length > 1e-6)[:, None], way / np.maximum(length, 1e-9)[:, None], otherwise)


def _turned(old: NDArray[np.float64], to: NDArray[np.float64], most_deg: float) -> NDArray[np.float64]:
    """Unit vectors `old` (R, 2) turned towards `to`, by `most_deg` at the most."""
    sine, cosine = sin_cos(units_from_degrees(most_deg))
    dot = old[:, 0] * to[:, 0] + old[:, 1] * to[:, 1]
    side = np.where(old[:, 0] * to[:, 1] - old[:, 1] * to[:, 0] >= 0.0, sine, -sine)
    turned = np.column_stack([old[:, 0] * cosine - old[:, 1] * side, old[:, 1] * cosine + old[:, 0] * side])
    new = np.where((dot >= cosine)[:, None], to, turned)
    return _unit(new, old)
