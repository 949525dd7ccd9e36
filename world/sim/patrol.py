"""The patrol: N robots that look, listen, grow sure, call each other, come to look, and catch.

In: the world, the hero, the sounds of this tick, the `Patrol`.  Out: the next `Patrol` and what happened.
How: eyes and ears (twenty looks a second, every sound) → alert → bands → movement. All in arrays over the robots; the numbers are
those of the modules `eyes`, `ears`, `alert` and `roam`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from world.fields import uniform
from world.sim.alert import EVIDENCE_CAP, PURSUIT_SIGHT_M, banded, decayed
from world.sim.ears import CHIRP_DB, alarm_by_sound, excess_db, level_db, sight_share
from world.sim.eyes import ACUITY, BODY_SHARES, CROUCHED, HUGGING, SIGHT_MAX_M, alarm_rate, cone_gain, visibility
from world.sim.kinds import TRADES, Kind
from world.sim.roam import HOVER_M, loop_length, point_on, roam
from world.sim.state import TICK_HZ, Band, Event, EventKind, Patrol, Vector, Walker
from world.sim.walker import CREEP_M_S, eye_position
from world.space.sight import visible_fraction

if TYPE_CHECKING:
    from world.sim.world import World

EYE_ABOVE_HULL_M = 1.0
CATCH_M, CATCH_TICKS = 1.2, 36
_LOOK_TICKS = 3
_REFRACTORY_TICKS, _STRONGER = 2 * TICK_HZ, 1.2
_CHIRP_GAIN, _CHIRP_DELAY, _CHIRP_COOLDOWN = 0.30, TICK_HZ, 10 * TICK_HZ
_CLEAR_OF_START_M = 30.0
_SIDES = np.array([[1.0, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, 0, 1]])
_LONG_AGO = -(10**6)


def muster(
    seed: int,
    loops: tuple[NDArray[np.float64], ...],
    ground: Callable[[float, float], float],
    start: Vector,
    free: Callable[[float, float], bool],
) -> Patrol:
    """Robots at drawn places of their loops that are free, not too near to where the hero wakes."""
    count = len(loops)
    along, position = np.zeros(count), np.zeros((count, 3))
    for k, loop in enumerate(loops):
        for attempt in range(24):
            along[k] = uniform(seed, "muster", k, attempt) * loop_length(loop)
            x, y = point_on(loop, float(along[k]))
            if (x - start[0]) ** 2 + (y - start[1]) ** 2 > _CLEAR_OF_START_M**2 and free(x, y):
                break
        position[k] = x, y, ground(x, y) + HOVER_M
    ahead = np.tile([0.0, 1.0], (count, 1))
    kind = np.zeros(count, np.int64)
    zero, none, past = np.zeros(count), np.zeros(count, np.int64), np.full(count, _LONG_AGO)
    return Patrol(
        position=position, facing=ahead, head=ahead, speed=zero, along_m=along, alert=zero, band=none, band_since=none, evidence_at=past,
        sighted=np.zeros(count, bool), seen_for=none, heard_x=zero, heard_at=past, pending_due=np.full(count, -1), pending_gain=zero,
        pending_place=position[:, :2], goal=position[:, :2], goal_since=past, look_since=np.full(count, -1), chirped_at=past,
        route=((),) * count, key=np.arange(count), kind=kind, trade=np.array([TRADES[Kind(k)][n % len(TRADES[Kind(k)])] for n, k in
        enumerate(kind.tolist())], dtype=np.int64), harm=none, harmed_at=past, travelled_m=zero, beam=np.tile([0.0, 1.0, 0.0], (count, 1)),
    )  # fmt: skip


def eyes_of(patrol: Patrol) -> NDArray[np.float64]:
    """Where robots see and hear from, (R, 3)."""
    eyes: NDArray[np.float64] = patrol.position + np.array([0.0, 0.0, EYE_ABOVE_HULL_M])
    return eyes


def step_patrol(
    world: World, patrol: Patrol, walker: Walker, sounds: list[Event], tick: int, calm: bool, dt: float
) -> tuple[Patrol, list[Event]]:
    """All robots a tick later; `calm` robots notice nothing."""
    if not len(patrol):
        return patrol, []
    x, y, _ = walker.position
    before = patrol.band
    if not calm:
        if tick % _LOOK_TICKS == 0:
            patrol = _looked(world, patrol, walker, tick, _LOOK_TICKS * dt)
        for sound in sounds:
            patrol = _listened(world, patrol, sound, tick)
        patrol = _understood(patrol, tick)
    alert = decayed(patrol.alert, patrol.band, patrol.evidence_at, tick, dt)
    band = banded(alert, patrol.band, patrol.band_since, tick)
    patrol = replace(patrol, alert=alert, band=band, band_since=np.where(band != before, tick, patrol.band_since))
    events = [_change(patrol, k, tick, up=bool(band[k] > before[k])) for k in np.flatnonzero(band != before).tolist()]
    patrol, calls = _called(world, patrol, before, tick)
    seed, pace = world.recipe.seed_of("patrol"), world.recipe.patrol.pace
    patrol = roam(patrol, world.loops, world.window.region(x, y), world.window.ground, (x, y), seed, pace, tick, dt)
    patrol, caught = _caught(patrol, walker, tick)
    return patrol, events + calls + caught


def hero_visibility(world: World, walker: Walker, tick: int) -> float:
    """How visible the hero is now, in [0, 1]: by the light that is drawn there."""
    x, y, z = walker.position
    torso = np.tile([x, y, z + 0.62 * walker.eye_m], (len(_SIDES), 1))
    hour = world.hour(tick)
    lux = world.light.illuminance(torso, _SIDES, hour.power, hour.sky_lux)
    speed = float(np.sqrt(walker.velocity[0] * walker.velocity[0] + walker.velocity[1] * walker.velocity[1]))
    posture = CROUCHED if walker.crouched else 1.0
    if walker.touching and speed <= CREEP_M_S:
        posture = min(posture, HUGGING)
    return float(visibility(sum(lux.tolist()) / len(_SIDES), speed, posture))


def body_points(walker: Walker) -> NDArray[np.float64]:
    """Head, torso and feet, (3, 3): leaning brings the head out alone."""
    x, y, z = walker.position
    return np.array([eye_position(walker, bob=0.0), (x, y, z + 0.62 * walker.eye_m), (x, y, z + 0.15)])


def _looked(world: World, patrol: Patrol, walker: Walker, tick: int, seconds: float) -> Patrol:
    """What the eyes add. Only robots near enough to see at all are looked at closely."""
    eyes, body = eyes_of(patrol), body_points(walker)
    away = body[1] - eyes
    distance = np.sqrt(away[:, 0] * away[:, 0] + away[:, 1] * away[:, 1] + away[:, 2] * away[:, 2])
    gain, contact = cone_gain(patrol.head, away, sight_share(world.hour(tick).rain_mm_h))
    near = np.flatnonzero((gain > 0.0) & (distance < SIGHT_MAX_M + 1.0))
    rate = np.zeros(len(patrol))
    if len(near):
        region = world.window.region(walker.position[0], walker.position[1])
        fraction = visible_fraction(region, eyes[near], body, BODY_SHARES)
        if fraction.any():
            seen = hero_visibility(world, walker, tick)
            acuity = ACUITY[patrol.band[near]] * world.recipe.patrol.alertness
            rate[near] = acuity * alarm_rate(seen, fraction, distance[near], gain[near], contact[near])
    sees = rate > 0.0
    cap = np.where(distance <= PURSUIT_SIGHT_M, 1.0, np.maximum(patrol.alert, EVIDENCE_CAP))
    alert = np.where(sees, np.minimum(patrol.alert + rate * seconds, np.maximum(cap, 0.0)), patrol.alert)
    here = np.array(walker.position[:2])
    noticed = sees & (alert >= 0.07)
    goal = np.where(noticed[:, None], here, patrol.goal)
    fresh = noticed & ~patrol.sighted
    return replace(
        patrol,
        alert=alert,
        sighted=sees,
        evidence_at=np.where(sees, tick, patrol.evidence_at),
        goal=goal,
        goal_since=np.where(fresh, tick, patrol.goal_since),
        pending_due=np.where(noticed, -1, patrol.pending_due),
    )


def _listened(world: World, patrol: Patrol, sound: Event, tick: int) -> Patrol:
    """Notices a sound of the hero's where it stands out of the rain; it takes effect after a moment's reaction."""
    if sound.level_db <= 0.0:
        return patrol
    paths = world.sounds.paths(np.array(sound.position) + np.array([0.0, 0.0, 0.5]), eyes_of(patrol))
    excess = excess_db(level_db(sound.level_db, paths.length, paths.loss), world.hour(tick).rain_mm_h)
    fresh = (tick - patrol.heard_at >= _REFRACTORY_TICKS) | (excess >= _STRONGER * patrol.heard_x)
    heard = (excess > 0.0) & fresh & ~patrol.sighted
    reaction = 0.5 + uniform(world.recipe.seed_of("patrol"), "reaction", np.arange(len(patrol)), tick)
    due = tick + np.rint(reaction * TICK_HZ).astype(np.int64)
    return _expecting(patrol, heard, due, alarm_by_sound(excess) * world.recipe.patrol.alertness, paths.far[:, :2], excess, tick)


def _expecting(
    patrol: Patrol, heard: NDArray[np.bool_], due: NDArray[np.int64], gain: NDArray[np.float64], place: NDArray[np.float64],
    excess: NDArray[np.float64], tick: int,
) -> Patrol:  # fmt: skip
    """Robots that `heard` something; a stronger sound takes the place of one not yet understood, but no later than that."""
    waiting = patrol.pending_due >= 0
    stronger = heard & (~waiting | (gain > patrol.pending_gain))
    return replace(
        patrol,
        heard_x=np.where(heard, excess, patrol.heard_x),
        heard_at=np.where(heard, tick, patrol.heard_at),
        pending_due=np.where(stronger, np.where(waiting, np.minimum(due, patrol.pending_due), due), patrol.pending_due),
        pending_gain=np.where(stronger, gain, patrol.pending_gain),
        pending_place=np.where(stronger[:, None], place, patrol.pending_place),
    )


def _understood(patrol: Patrol, tick: int) -> Patrol:
    """Sounds whose reaction time is over."""
    now = (patrol.pending_due >= 0) & (patrol.pending_due <= tick)
    raised = np.maximum(patrol.alert, np.minimum(patrol.alert + patrol.pending_gain, EVIDENCE_CAP))
    return replace(
        patrol,
        alert=np.where(now, raised, patrol.alert),
        evidence_at=np.where(now, tick, patrol.evidence_at),
        goal=np.where(now[:, None], patrol.pending_place, patrol.goal),
        goal_since=np.where(now, tick, patrol.goal_since),
        pending_due=np.where(now, -1, patrol.pending_due),
    )


def _called(world: World, patrol: Patrol, before: NDArray[np.int64], tick: int) -> tuple[Patrol, list[Event]]:
    """Robots that begin to search call their peers, who learn of the place a second later."""
    calls = (before < Band.SEARCHING) & (patrol.band >= Band.SEARCHING) & (tick - patrol.chirped_at >= _CHIRP_COOLDOWN)
    events = []
    for k in np.flatnonzero(calls).tolist():
        mouth = eyes_of(patrol)[k]
        paths = world.sounds.paths(mouth, eyes_of(patrol))
        excess = excess_db(level_db(CHIRP_DB, paths.length, paths.loss), world.hour(tick).rain_mm_h)
        heard = (excess > 0.0) & (np.arange(len(patrol)) != k) & ~patrol.sighted
        place = np.tile(patrol.goal[k], (len(patrol), 1))
        due, gain = np.full(len(patrol), tick + _CHIRP_DELAY), np.full(len(patrol), _CHIRP_GAIN)
        patrol = _expecting(patrol, heard, due, gain, place, excess, tick)
        events.append(Event(EventKind.CHIRP, tick, _vector(mouth), CHIRP_DB, robot=k, band=Band(int(patrol.band[k]))))
    return replace(patrol, chirped_at=np.where(calls, tick, patrol.chirped_at)), events


def _caught(patrol: Patrol, walker: Walker, tick: int) -> tuple[Patrol, list[Event]]:
    """Within reach of a pursuer that sees the hero, for .6 s: taken."""
    away = np.array(walker.position) - patrol.position
    reach = np.sqrt(away[:, 0] * away[:, 0] + away[:, 1] * away[:, 1]) <= CATCH_M
    holding = reach & (abs(away[:, 2]) < 1.5) & patrol.sighted & (patrol.band == Band.PURSUIT)
    seen_for = np.where(holding, patrol.seen_for + 1, 0)
    events = [
        Event(EventKind.CAPTURED, tick, _vector(patrol.position[k]), robot=k, band=Band.PURSUIT)
        for k in np.flatnonzero(seen_for >= CATCH_TICKS).tolist()[:1]
    ]
    return replace(patrol, seen_for=seen_for), events


def _change(patrol: Patrol, k: int, tick: int, up: bool) -> Event:
    kind = EventKind.ALERT if up else EventKind.CALM
    return Event(kind, tick, _vector(patrol.position[k]), robot=k, band=Band(int(patrol.band[k])))


def _vector(row: NDArray[np.float64]) -> Vector:
    return float(row[0]), float(row[1]), float(row[2])
