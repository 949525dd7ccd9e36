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

from world.sim.beats import points_on
from world.sim.errands import SCAN_TICKS
from world.sim.exact import TURN, sines_cosines
from world.sim.kinds import HOVER_M, SPEED_PATROL_M_S, SPEED_PURSUIT_M_S, SPEED_SEARCH_M_S, TURN_DEG_S, Harm, Kind
from world.sim.route import inside, is_open
from world.sim.state import TICK_HZ, Band, Patrol
from world.space.decking import RISE_M
from world.space.index import Region

REACH_M = 0.9  # pursuers come no nearer
_WARY_M_S = 0.4  # at OBSERVANT: it slows, and looks
_LUNGE_M = 3.0  # so near it goes for him, not for where he was
_RUSHES_ON_TICKS, _BAFFLED_TICKS = TICK_HZ // 3, 3 * TICK_HZ  # out of its sight: it runs on, then stands and looks, then searches
_ACCELERATION_M_S2, _BRAKES = 3.5, 4.0
_HEAD_DEG_S = 200.0
_SWEEP_DEG, _WARY_DEG, _SCAN_DEG = 35.0, 8.0, 60.0
_SWEEP_TICKS = 4 * TICK_HZ
_CLOSE_M, _TOUCH_M, _ASIDE_M_S = 2.2, 0.95, 0.7
_RISES_HZ = 4.0
_SENTRY_ROUND_M = 3.0
_SLIDES_M = 1e-4

# by band, of a kind
_SPEEDS = np.stack(
    [SPEED_PATROL_M_S, np.full(4, _WARY_M_S), SPEED_PATROL_M_S, SPEED_SEARCH_M_S, SPEED_SEARCH_M_S, SPEED_PURSUIT_M_S], axis=1
)


def stuck(patrol: Patrol) -> NDArray[np.bool_]:
    """Those that cannot leave the spot."""
    return np.asarray((patrol.harm & int(Harm.JOINT | Harm.CIRCUIT)) != 0)


def roam(
    patrol: Patrol, loops: NDArray[np.float64], region: Region, hero: tuple[float, float, float], pace: float, tick: int, dt: float
) -> Patrol:
    """All robots a tick later."""
    place = patrol.position[:, :2]
    fixed, flies = stuck(patrol), patrol.kind == Kind.SENTRY
    under = patrol.position[:, 2] - HOVER_M[patrol.kind]
    has = np.array([bool(route) for route in patrol.route], dtype=bool)
    first = np.array([route[0] if route else (0.0, 0.0, 0.0) for route in patrol.route]).reshape(len(patrol), 3)
    calm = patrol.band < Band.SUSPICIOUS
    lost = patrol.band == Band.PURSUIT
    lost &= tick - patrol.sighted_at > _RUSHES_ON_TICKS
    speeds = _SPEEDS[patrol.kind, np.where(lost, int(Band.AGITATED), patrol.band)] * pace
    speeds = np.where(lost & (tick - patrol.sighted_at <= _BAFFLED_TICKS), 0.0, speeds)
    rounds = calm & ~has & ~fixed & (flies | ~inside(region, place))  # along the round itself
    along = patrol.along_m + np.where(rounds & (patrol.band == Band.UNAWARE), speeds * dt, 0.0)
    target = np.where(has[:, None], first[:, :2], place)
    to_hero = np.array(hero[:2]) - place
    for k in np.flatnonzero(patrol.sighted & (patrol.band == Band.PURSUIT) & (_length(to_hero) < _LUNGE_M) & ~flies).tolist():
        if is_open(region, (float(place[k, 0]), float(place[k, 1]), float(under[k])), hero):
            target[k] = hero[:2]
    target[rounds] = points_on(loops[rounds], along[rounds])
    hunting = flies & ~calm
    if hunting.any():
        target[hunting] = _circled(patrol, hunting, tick)
    way = target - place
    distance = _length(way)
    moving = (distance > 1e-6) & ~fixed
    heading = np.where(moving[:, None], way / np.maximum(distance, 1e-9)[:, None], patrol.facing)
    interest = _unit(patrol.goal[:, :2] - place, patrol.facing)
    alarmed = patrol.band >= Band.OBSERVANT
    turn = TURN_DEG_S[patrol.kind] * dt
    facing = _turned(patrol.facing, np.where((alarmed & ~moving)[:, None], interest, heading), np.where(fixed, 0.0, turn))
    ahead = np.maximum(0.12, facing[:, 0] * heading[:, 0] + facing[:, 1] * heading[:, 1])
    close = (_length(to_hero) < REACH_M) & patrol.sighted & ~flies
    wanted = np.where(moving & ~close, speeds * np.where(flies, 1.0, ahead), 0.0)
    gives_way, aside = _past_each_other(place, heading, moving & ~flies)
    wanted = wanted * gives_way
    change = _ACCELERATION_M_S2 * dt
    speed = np.where(fixed, 0.0, patrol.speed + np.clip(wanted - patrol.speed, -_BRAKES * change, change))
    step = np.minimum(speed * dt, distance)
    after = place + heading * np.where(moving, step, 0.0)[:, None]
    after = np.where(rounds[:, None] & ~flies[:, None], target, after)
    sideways = after + np.column_stack([heading[:, 1], -heading[:, 0]]) * (aside * _ASIDE_M_S * dt)[:, None]
    after = np.where((aside > 0.0)[:, None] & _free(region, sideways)[:, None], sideways, after)
    after, barred = _along_walls(region, place, after, under, _free(region, place) & ~flies & ~rounds)
    speed = np.where(barred, 0.0, speed)
    floor = _floor(region, after, under, flies)
    height = np.where(fixed & ((patrol.harm & int(Harm.CIRCUIT)) != 0) & ~flies, floor, floor + HOVER_M[patrol.kind])
    z = patrol.position[:, 2] + (height - patrol.position[:, 2]) * min(1.0, _RISES_HZ * dt)
    head = _turned(patrol.head, _gaze(patrol, facing, interest, tick), np.full(len(patrol), _HEAD_DEG_S * dt))
    moved = _length(after - place)
    position = np.column_stack([after, z])
    return replace(
        patrol,
        position=position,
        facing=facing,
        head=head,
        speed=speed,
        along_m=along,
        travelled_m=patrol.travelled_m + moved,
        route=tuple(() if stopped else route for stopped, route in zip(barred.tolist(), patrol.route, strict=True)),
        beam=_beams(patrol, position, head, hero, tick),
    )


def _along_walls(
    region: Region, place: NDArray[np.float64], after: NDArray[np.float64], z: NDArray[np.float64], heeds: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """(places, who is stopped): whoever would brush a corner, shoved off its line or on its line's very edge, slides along it."""
    stopped = heeds & ~_open(region, after, z)
    if not stopped.any():
        return after, stopped
    after = after.copy()
    rows = np.flatnonzero(stopped)
    for axis in (0, 1):
        slid = place[rows].copy()
        slid[:, axis] = after[rows, axis]
        free = _open(region, slid, z[rows]) & (abs(slid - place[rows]).sum(axis=1) > _SLIDES_M)
        after[rows[free]] = slid[free]
        rows = rows[~free]
    after[rows] = place[rows]
    left = np.zeros(len(place), dtype=bool)
    left[rows] = True
    return after, left


def _cells(region: Region, place: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """(row, column, whether the place lies within the region)."""
    side = len(region.free)
    cell = np.floor(place - np.array(region.origin)).astype(np.int64)
    inside = ((cell >= 0) & (cell < side)).all(axis=1)
    cell = np.clip(cell, 0, side - 1)
    return cell[:, 1], cell[:, 0], inside


def _free(region: Region, place: NDArray[np.float64]) -> NDArray[np.bool_]:
    row, column, inside = _cells(region, place)
    return np.asarray(region.free[row, column] & inside)


def _open(region: Region, place: NDArray[np.float64], z: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether there is a floor for robots at places: the street, or one above at about z; beyond the region there always is."""
    row, column, inside = _cells(region, place)
    return np.asarray(region.free[row, column] | (abs(region.deck[row, column] - z) < RISE_M) | ~inside)


def _floor(region: Region, place: NDArray[np.float64], z: NDArray[np.float64], flies: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Heights of the floors (R,) under robots at height z: the street, or a deck where that is nearer; beyond the region as it was."""
    row, column, inside = _cells(region, place)
    street, deck = region.height[row, column], region.deck[row, column]
    floor = np.where(~flies & (abs(deck - z) < abs(street - z)), deck, street)
    return np.where(inside, floor, z)


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
    gap = np.maximum(_length(way), 1e-6)
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


def _gaze(patrol: Patrol, facing: NDArray[np.float64], interest: NDArray[np.float64], tick: int) -> NDArray[np.float64]:
    """Where each head wants to look: sweeping on patrol, at what alarms it, sweeping wide where it arrived or where it is blind."""
    scanning = patrol.look_since >= 0
    blind = (patrol.harm & int(Harm.SENSOR)) != 0
    alarmed = patrol.band >= Band.OBSERVANT
    fresh = scanning & (tick - patrol.look_since < TICK_HZ // 3)
    ahead = np.where(((alarmed & ~scanning) | fresh | patrol.sighted)[:, None], interest, facing)
    wide = scanning | blind
    period = np.where(wide, SCAN_TICKS, _SWEEP_TICKS)
    degrees = np.where(patrol.sighted, 0.0, np.where(wide, _SCAN_DEG, np.where(alarmed, _WARY_DEG, _SWEEP_DEG)))
    phase, _ = sines_cosines((tick + 97 * (patrol.key % 1009)) % period * TURN // period)
    sine, cosine = sines_cosines(np.rint(degrees * phase * (TURN / 360.0)).astype(np.int64))
    x, y = ahead[:, 0], ahead[:, 1]
    return np.column_stack([x * cosine + y * sine, y * cosine - x * sine])


def _beams(
    patrol: Patrol, position: NDArray[np.float64], head: NDArray[np.float64], hero: tuple[float, float, float], tick: int
) -> NDArray[np.float64]:
    """Unit directions (R, 3) of the lamps: ahead of the head, a little down; a sentry's sweeps the street, and stays on whom it sees."""
    flat, down = 0.9848, -0.1736  # ten degrees
    beam = np.column_stack([head * flat, np.full(len(head), down)])
    rows = np.flatnonzero(patrol.kind == Kind.SENTRY)
    if len(rows):
        sees = patrol.sighted[rows, None]
        turn, swing = 7 * TICK_HZ, 11 * TICK_HZ
        shift = patrol.key[rows] % 1009 * 61
        a, _ = sines_cosines((tick + shift) % turn * TURN // turn)
        b, _ = sines_cosines((tick + 2 * shift) % swing * TURN // swing)
        sweep = np.column_stack([7.0 * a, 7.0 * b, np.full(len(rows), -HOVER_M[Kind.SENTRY])])
        held = np.array([hero[0], hero[1], hero[2] + 0.9]) - position[rows]
        wanted = np.where(sees, held, sweep)
        wanted = wanted / np.sqrt((wanted * wanted).sum(axis=1, keepdims=True))
        eased = patrol.beam[rows] + (wanted - patrol.beam[rows]) * 0.12
        beam[rows] = eased / np.sqrt(np.maximum((eased * eased).sum(axis=1, keepdims=True), 1e-12))
    return beam


def _length(way: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.sqrt(way[:, 0] * way[:, 0] + way[:, 1] * way[:, 1])


def _unit(way: NDArray[np.float64], otherwise: NDArray[np.float64]) -> NDArray[np.float64]:
    length = _length(way)
    return np.where((length > 1e-6)[:, None], way / np.maximum(length, 1e-9)[:, None], otherwise)


def _turned(old: NDArray[np.float64], to: NDArray[np.float64], most_deg: NDArray[np.float64]) -> NDArray[np.float64]:
    """Unit vectors `old` (R, 2) turned towards `to`, by `most_deg` (R,) at the most."""
    sine, cosine = sines_cosines(np.rint(most_deg * (TURN / 360.0)).astype(np.int64))
    dot = old[:, 0] * to[:, 0] + old[:, 1] * to[:, 1]
    side = np.where(old[:, 0] * to[:, 1] - old[:, 1] * to[:, 0] >= 0.0, sine, -sine)
    turned = np.column_stack([old[:, 0] * cosine - old[:, 1] * side, old[:, 1] * cosine + old[:, 0] * side])
    return _unit(np.where((dot >= cosine)[:, None], to, turned), old)
