"""Where each robot is bound: round its beat, to what it noticed, after whom it sees, to the ways out.

In: the patrol, the rounds of its robots, the region round the hero, the tick.  Out: the patrol with routes over free floor.
How: a route is a list of corners, and only who has none needs a new one. From SUSPICIOUS up a robot goes to the place of interest and
scans; from SEARCHING up the two nearest to it try what they cannot see from where they are, farther out as time goes by, and the
others hold the ways out. Few routes are found in a tick: who has to wait takes its turn, so that no tick is long.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from world.fields import uniform
from world.sim.exact import TURN, sin_cos
from world.sim.kinds import EYE_M, Kind
from world.sim.rounds import point_on
from world.sim.route import Place, find_route, floor_at, holds, inside, is_free, is_open
from world.sim.state import TICK_HZ, Band, Patrol
from world.space.index import Region
from world.space.sight import clear

SCAN_TICKS = 3 * TICK_HZ
SEARCHERS_MAX = 2
SEARCH_M, SEARCH_GROWS_M_S, SEARCH_MAX_M = 3.0, 0.3, 25.0
HOLD_M = 14.0  # from the place of interest: who holds a way out
_ARRIVED_M = 0.5
_AHEAD_M = (5.0, 7.0, 9.0, 12.0, 16.0, 22.0)
_REPLAN_TICKS = 15
_ROUTES_A_TICK = 2
_TRIES = 6
_GOLDEN = 40503  # of a turn of 65536: holders one after the other, no two on a side


def bound(patrol: Patrol, loops: NDArray[np.float64], region: Region, stuck: NDArray[np.bool_], seed: int, tick: int) -> Patrol:
    """The patrol with corners reached taken off and new routes found; `stuck` robots go nowhere, sentries fly without routes."""
    routes, along, look_since = list(patrol.route), patrol.along_m.copy(), patrol.look_since.copy()
    x, y, z = patrol.position[:, 0], patrol.position[:, 1], patrol.position[:, 2]
    first = np.array([route[0] if route else (0.0, 0.0, 0.0) for route in routes]).reshape(len(routes), 3)
    has = np.array([bool(route) for route in routes], dtype=bool)
    for k in np.flatnonzero(has & (abs(first[:, 0] - x) + abs(first[:, 1] - y) < _ARRIVED_M)).tolist():
        routes[k] = routes[k][1:]
        has[k] = bool(routes[k])
    walks = ~stuck & (patrol.kind != Kind.SENTRY)
    calm = patrol.band < Band.SUSPICIOUS
    look_since[calm] = -1
    afresh = ~calm & ((patrol.goal_since == tick) | (patrol.sighted & ((tick + np.arange(len(routes))) % _REPLAN_TICKS == 0)))
    searching = _searchers(patrol, walks)
    waited = look_since >= 0
    done = waited & (tick - look_since >= SCAN_TICKS) & searching
    posts = ~calm & ~searching & (patrol.band >= Band.SEARCHING) & ~patrol.sighted & waited & (look_since <= patrol.goal_since + 1)
    arrived = ~calm & ~has & ~waited & ~afresh
    look_since[arrived & walks] = tick
    wants = walks & inside(region, patrol.position) & ((calm & ~has) | afresh | (~has & done) | (~has & posts))
    left = _ROUTES_A_TICK
    for k in _in_turn(np.flatnonzero(wants).tolist(), tick):
        here = (float(x[k]), float(y[k]), float(z[k]))
        goal: Place = (float(patrol.goal[k, 0]), float(patrol.goal[k, 1]), float(patrol.goal[k, 2]))
        if calm[k]:
            route, on, searched = _patrolling(loops[k], region, here, float(along[k]), left > 0)
            routes[k], along[k] = route, on
            left -= searched
        elif left > 0:
            left -= 1
            look_since[k] = -1
            if afresh[k]:
                routes[k] = find_route(region, here, goal)
            elif searching[k]:
                routes[k] = _around(region, here, goal, (tick - int(patrol.goal_since[k])) / TICK_HZ, seed, int(patrol.key[k]), tick)
            else:
                routes[k] = _post(region, here, goal, k)
                look_since[k] = -1 if routes[k] else tick
    for k in np.flatnonzero(stuck & has).tolist():
        routes[k] = ()
    return replace(patrol, route=tuple(routes), along_m=along, look_since=look_since)


def _in_turn(rows: list[int], tick: int) -> list[int]:
    """The rows, another one first each tick."""
    if not rows:
        return rows
    start = tick % len(rows)
    return rows[start:] + rows[:start]


def _searchers(patrol: Patrol, walks: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The two alarmed robots nearest to what alarmed them."""
    away = patrol.goal[:, :2] - patrol.position[:, :2]
    square = away[:, 0] * away[:, 0] + away[:, 1] * away[:, 1]
    alarmed = walks & (patrol.band >= Band.SEARCHING)
    chosen = np.zeros(len(patrol), dtype=bool)
    if alarmed.any():
        chosen[np.argsort(np.where(alarmed, square, np.inf), kind="stable")[:SEARCHERS_MAX]] = True
    return chosen & alarmed


def _patrolling(
    loop: NDArray[np.float64], region: Region, here: Place, along: float, may_search: bool
) -> tuple[tuple[Place, ...], float, int]:
    """The route to a free place ahead on the loop, how far round that is, and how many ways were looked for."""
    searched = 0
    for step in _AHEAD_M:
        target = point_on(loop, along + step)
        if not holds(region, *target):
            return ((*target, here[2]),), along + step, searched
        if not is_free(region, *target):
            continue
        place = (*target, float(floor_at(region, *target, 0.0) or 0.0))
        if is_free(region, here[0], here[1]) and is_open(region, here, place):
            return (place,), along + step, searched
        if not may_search:
            return (), along, searched
        searched += 1
        route = find_route(region, here, place)
        if route and math.dist(route[-1][:2], target) < 1.0:
            return route, along + step, searched
        may_search = searched < _ROUTES_A_TICK
    return (), along + _AHEAD_M[0], searched


def _around(region: Region, here: Place, centre: Place, seconds: float, seed: int, robot: int, tick: int) -> tuple[Place, ...]:
    """A route to a drawn place round the centre of the search: rather to one that cannot be seen from here."""
    radius = min(SEARCH_MAX_M, SEARCH_M + SEARCH_GROWS_M_S * seconds)
    places = []
    for attempt in range(_TRIES):
        sine, cosine = sin_cos(int(uniform(seed, "search/turn", robot, tick, attempt) * TURN))
        far = radius * math.sqrt(uniform(seed, "search/far", robot, tick, attempt))
        x, y = centre[0] + sine * far, centre[1] + cosine * far
        floor = floor_at(region, x, y, centre[2])
        if floor is not None:
            places.append((x, y, floor))
    if not places:
        return ()
    up = np.array([0.0, 0.0, float(EYE_M[Kind.GLIDER])])
    ends = np.array(places) + up
    seen = clear(region, np.repeat((np.array(here) + up)[None], len(ends), axis=0), ends)
    hidden = np.flatnonzero(~seen)
    return find_route(region, here, places[int(hidden[0]) if len(hidden) else 0])


def _post(region: Region, here: Place, centre: Place, number: int) -> tuple[Place, ...]:
    """A route to a place off the centre, on this robot's side of it, from which a way out is held."""
    for attempt in range(_TRIES):
        sine, cosine = sin_cos((number + attempt * 7) * _GOLDEN % TURN)
        x, y = centre[0] + sine * HOLD_M, centre[1] + cosine * HOLD_M
        if is_free(region, x, y):
            return find_route(region, here, (x, y, float(floor_at(region, x, y, centre[2]) or 0.0)))
    return ()
