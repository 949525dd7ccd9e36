"""How robots move: along their routes, each at its kind's pace, past one another, eyes where they mean to look.

In: a `Patrol` with routes, the rounds, the region round the hero, the tick.  Out: the `Patrol` moved on by one tick.
How: all in arrays. Beyond the region round the hero, where nobody can tell, robots follow their rounds straight. Two that meet keep to
their right, and the one with the higher key waits, as walkers do (a two-body rule; no flocking).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from world.recipe.model import Patrol as Knobs
from world.sim.exact import TURN, sines_cosines
from world.sim.footing import along_walls, floors_at, free_at
from world.sim.gaze import beams, gaze
from world.sim.kinds import HOVER_M, SPEED_PATROL_M_S, SPEED_PURSUIT_M_S, SPEED_SEARCH_M_S, TURN_DEG_S, Harm, Kind
from world.sim.plane import lengths, turned, units
from world.sim.rounds import Rounds
from world.sim.route import inside, is_open
from world.sim.state import TICK_HZ, Band, Patrol
from world.space.index import Region

REACH_M = 0.9  # pursuers come no nearer
_WARY_M_S = 0.4  # at OBSERVANT: it slows, and looks
_LUNGE_M = 3.0  # so near it goes for him, not for where he was
_RUSHES_ON_TICKS, _BAFFLED_TICKS = TICK_HZ // 3, 3 * TICK_HZ  # out of its sight: it runs on, then stands and looks, then searches
_ACCELERATION_M_S2, _BRAKES = 3.5, 4.0
_HEAD_DEG_S = 200.0
_CLOSE_M, _TOUCH_M, _ASIDE_M_S = 2.2, 0.95, 0.7
_RISES_HZ = 4.0
_SENTRY_ROUND_M = 3.0

# by band, of a kind
_SPEEDS = np.stack(
    [SPEED_PATROL_M_S, np.full(4, _WARY_M_S), SPEED_PATROL_M_S, SPEED_SEARCH_M_S, SPEED_SEARCH_M_S, SPEED_PURSUIT_M_S], axis=1
)


def stuck(patrol: Patrol) -> NDArray[np.bool_]:
    """Those that cannot leave the spot."""
    return np.asarray((patrol.harm & int(Harm.JOINT | Harm.CIRCUIT)) != 0)


def roam(patrol: Patrol, loops: Rounds, region: Region, hero: tuple[float, float, float], knobs: Knobs, tick: int, dt: float) -> Patrol:
    """All robots a tick later."""
    place = patrol.position[:, :2]
    fixed, flies = stuck(patrol), patrol.kind == Kind.SENTRY
    under = patrol.position[:, 2] - HOVER_M[patrol.kind]
    has = np.array([bool(route) for route in patrol.route], dtype=bool)
    first = np.array([route[0] if route else (0.0, 0.0, 0.0) for route in patrol.route]).reshape(len(patrol), 3)
    calm = patrol.band < Band.SUSPICIOUS
    lost = patrol.band == Band.PURSUIT
    lost &= tick - patrol.sighted_at > _RUSHES_ON_TICKS
    speeds = _SPEEDS[patrol.kind, np.where(lost, int(Band.AGITATED), patrol.band)] * knobs.pace
    winds_up = (patrol.band == Band.PURSUIT) & (tick - patrol.band_since < knobs.windup_s * TICK_HZ)
    speeds = np.where(winds_up | (lost & (tick - patrol.sighted_at <= _BAFFLED_TICKS)), 0.0, speeds)
    rounds = calm & ~has & ~fixed & (flies | ~inside(region, place))  # along the round itself
    along = patrol.along_m + np.where(rounds & (patrol.band == Band.UNAWARE), speeds * dt, 0.0)
    target = np.where(has[:, None], first[:, :2], place)
    to_hero = np.array(hero[:2]) - place
    for k in np.flatnonzero(patrol.sighted & (patrol.band == Band.PURSUIT) & (lengths(to_hero) < _LUNGE_M) & ~flies).tolist():
        if is_open(region, (float(place[k, 0]), float(place[k, 1]), float(under[k])), hero):
            target[k] = hero[:2]
    along_round = np.flatnonzero(rounds)
    target[along_round] = loops.points(along_round, along[along_round])
    hunting = flies & ~calm
    if hunting.any():
        target[hunting] = _circled(patrol, hunting, tick)
    way = target - place
    distance = lengths(way)
    moving = (distance > 1e-6) & ~fixed
    heading = np.where(moving[:, None], way / np.maximum(distance, 1e-9)[:, None], patrol.facing)
    interest = units(patrol.goal[:, :2] - place, patrol.facing)
    alarmed = patrol.band >= Band.OBSERVANT
    turn = TURN_DEG_S[patrol.kind] * dt
    facing = turned(patrol.facing, np.where((alarmed & ~moving)[:, None], interest, heading), np.where(fixed, 0.0, turn))
    ahead = np.maximum(0.12, facing[:, 0] * heading[:, 0] + facing[:, 1] * heading[:, 1])
    wanted = np.where(moving, speeds * np.where(flies, 1.0, ahead), 0.0)
    brakes_at = np.sqrt(2.0 * _ACCELERATION_M_S2 * _BRAKES * np.maximum(lengths(to_hero) - REACH_M, 0.0))  # to stand before him, not in him
    wanted = np.where(patrol.sighted & ~flies, np.minimum(wanted, brakes_at), wanted)
    gives_way, aside = _past_each_other(place, heading, moving & ~flies)
    wanted = wanted * gives_way
    change = _ACCELERATION_M_S2 * dt
    speed = np.where(fixed, 0.0, patrol.speed + np.clip(wanted - patrol.speed, -_BRAKES * change, change))
    step = np.minimum(speed * dt, distance)
    after = place + heading * np.where(moving, step, 0.0)[:, None]
    after = np.where(rounds[:, None] & ~flies[:, None], target, after)
    sideways = after + np.column_stack([heading[:, 1], -heading[:, 0]]) * (aside * _ASIDE_M_S * dt)[:, None]
    after = np.where((aside > 0.0)[:, None] & free_at(region, sideways)[:, None], sideways, after)
    after, barred = along_walls(region, place, after, under, free_at(region, place) & ~flies & ~rounds)
    speed, routes = np.where(barred, 0.0, speed), list(patrol.route)
    for k in np.flatnonzero(barred).tolist():
        routes[k] = ()
    floor = floors_at(region, after, under, flies)
    height = np.where(fixed & ((patrol.harm & int(Harm.CIRCUIT)) != 0) & ~flies, floor, floor + HOVER_M[patrol.kind])
    z = patrol.position[:, 2] + (height - patrol.position[:, 2]) * min(1.0, _RISES_HZ * dt)
    head = turned(patrol.head, gaze(patrol, facing, interest, tick), np.full(len(patrol), _HEAD_DEG_S * dt))
    moved = lengths(after - place)
    position = np.column_stack([after, z])
    return replace(
        patrol,
        position=position,
        facing=facing,
        head=head,
        speed=speed,
        along_m=along,
        travelled_m=patrol.travelled_m + moved,
        route=tuple(routes),
        beam=beams(patrol, position, head, hero, tick),
    )


def _circled(patrol: Patrol, which: NDArray[np.bool_], tick: int) -> NDArray[np.float64]:
    """Where sentries that hunt fly: over what they look for, or round it."""
    rows = np.flatnonzero(which)
    sine, cosine = sines_cosines((tick * TURN // (12 * TICK_HZ) + rows * 9973) % TURN)
    radius = np.where(patrol.sighted[rows], 0.5, _SENTRY_ROUND_M)[:, None]
    return np.asarray(patrol.goal[rows, :2] + np.column_stack([sine, cosine]) * radius)


def _past_each_other(
    place: NDArray[np.float64], heading: NDArray[np.float64], moving: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(share of its speed that each keeps, how hard it keeps to its right)."""
    keeps, aside = np.ones(len(place)), np.zeros(len(place))
    if len(place) < 2:
        return keeps, aside
    pairs = cKDTree(place).query_pairs(_CLOSE_M, output_type="ndarray")
    if not len(pairs):
        return keeps, aside
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    a, b = np.concatenate([pairs[:, 0], pairs[:, 1]]), np.concatenate([pairs[:, 1], pairs[:, 0]])
    way = place[b] - place[a]
    gap = np.maximum(lengths(way), 1e-6)
    before = (way[:, 0] * heading[a, 0] + way[:, 1] * heading[a, 1]) / gap  # 1: b is right before a
    same = heading[a, 0] * heading[b, 0] + heading[a, 1] * heading[b, 1]
    meets = moving[a] & (before > 0.3)
    waits = meets & ((same > 0.3) | (a > b) | ~moving[b])
    share = np.clip((gap - _TOUCH_M) / (_CLOSE_M - _TOUCH_M), 0.0, 1.0)
    passes = meets & ((same <= 0.3) | ~moving[b])
    share = np.where(passes, np.maximum(share, 0.25), share)  # who goes round the other need not stand still
    np.minimum.at(keeps, a[waits], share[waits])
    np.maximum.at(aside, a[passes], before[passes])
    return keeps, aside
