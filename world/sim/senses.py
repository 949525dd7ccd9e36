"""What robots notice: the hero seen, sounds heard, calls of peers, the broken found.

In: the world, a `Patrol`, the hero, the sounds of a tick.  Out: the `Patrol`, more alert where there was cause, and events.
How: the numbers are those of `eyes` and `ears`; twenty looks a second, every sound. Only what is near enough is looked at closely, and
only who may hear a sound at all is asked for the way that it takes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from world.fields import uniform
from world.sim.alert import EVIDENCE_CAP, PURSUIT_SIGHT_M, THRESHOLD
from world.sim.ears import CHIRP_DB, alarm_by_sound, excess_db, level_db, sight_share, underfoot_db
from world.sim.exposure import body_points, hero_lux, hero_visibility
from world.sim.eyes import ACUITY, BODY_SHARES, SENTRY_CONE, SIGHT_MAX_M, alarm_rate, cone_gain, look_down_gain
from world.sim.kinds import EYE_M, Harm, Kind
from world.sim.lights import lights_of
from world.sim.route import inside
from world.sim.state import TICK_HZ, Band, Event, EventKind, Patrol, Vector, Walker
from world.space.chunk_space import CHUNK_M
from world.space.sight import clear, visible_fraction

if TYPE_CHECKING:
    from world.sim.world import World

LOOK_TICKS = 3
FIND_TICKS, FIND_M, FOUND_GAIN = 30, 18.0, 0.43
RELAY_M = 60.0  # as far as a sentry passes a call on
UNDERFOOT = frozenset({EventKind.FOOTSTEP, EventKind.LANDING, EventKind.RUBBLE})
_REFRACTORY_TICKS, _STRONGER = 2 * TICK_HZ, 1.2
_CHIRP_GAIN, _CHIRP_DELAY, _CHIRP_COOLDOWN = 0.30, TICK_HZ, 10 * TICK_HZ
_BODY_UP_M = 0.6  # of a wreck, to look at


def eyes_of(patrol: Patrol) -> NDArray[np.float64]:
    """Where robots see and hear from, (R, 3)."""
    return patrol.position + np.column_stack([np.zeros((len(patrol), 2)), EYE_M[patrol.kind]])


def looked(world: World, patrol: Patrol, walker: Walker, tick: int, seconds: float) -> Patrol:
    """What the eyes add in `seconds`."""
    eyes, body = eyes_of(patrol), body_points(walker)
    away = body[1] - eyes
    distance = np.sqrt(away[:, 0] * away[:, 0] + away[:, 1] * away[:, 1] + away[:, 2] * away[:, 2])
    share = sight_share(world.hour(tick).rain_mm_h)
    gain, contact = cone_gain(patrol.head, away, share)
    sentry = patrol.kind == Kind.SENTRY
    gain = np.where(sentry, look_down_gain(away, distance, share), gain)
    contact &= ~sentry
    gain = np.where((patrol.harm & int(Harm.SENSOR | Harm.CIRCUIT)) != 0, 0.0, gain)
    near = np.flatnonzero((gain > 0.0) & (distance < np.where(sentry, SENTRY_CONE[1], SIGHT_MAX_M) + 1.0))
    rate = np.zeros(len(patrol))
    if len(near):
        region = world.window.region(walker.position[0], walker.position[1])
        fraction = visible_fraction(region, eyes[near], body, BODY_SHARES)
        if fraction.any():
            lights = lights_of(patrol.position, patrol.beam, patrol.kind, patrol.harm)
            seen = hero_visibility(walker, hero_lux(world, walker, tick, lights))
            acuity = ACUITY[patrol.band[near]] * world.recipe.patrol.alertness
            rate[near] = acuity * alarm_rate(seen, fraction, distance[near], gain[near], contact[near])
    sees = rate > 0.0
    cap = np.where(distance <= PURSUIT_SIGHT_M, 1.0, np.maximum(patrol.alert, EVIDENCE_CAP))
    alert = np.where(sees, np.minimum(patrol.alert + rate * seconds, cap), patrol.alert)
    noticed = sees & (alert >= THRESHOLD[Band.OBSERVANT])
    fresh = noticed & ~patrol.sighted
    return replace(
        patrol,
        alert=alert,
        sighted=sees,
        sighted_at=np.where(sees, tick, patrol.sighted_at),
        evidence_at=np.where(sees, tick, patrol.evidence_at),
        goal=np.where(noticed[:, None], np.array(walker.position), patrol.goal),
        goal_since=np.where(fresh, tick, patrol.goal_since),
        pending_due=np.where(noticed, -1, patrol.pending_due),
    )


def listened(world: World, patrol: Patrol, sound: Event, tick: int) -> Patrol:
    """Notices a sound of the hero's where it stands out of the rain; it takes effect after a moment's reaction."""
    if sound.level_db <= 0.0:
        return patrol
    keen, hour = world.recipe.patrol.hearing_db, world.hour(tick)
    rain, thunder = hour.rain_mm_h, hour.thunder_db
    source = np.array(sound.position) + np.array([0.0, 0.0, 0.5])
    eyes = eyes_of(patrol)
    may = carried_db(sound.kind, sound.level_db + keen, _distance(eyes, source), 0.0, rain, thunder) > 0.0
    rows = np.flatnonzero(may & ((patrol.harm & int(Harm.CIRCUIT)) == 0) & _reached(eyes, source))
    if not len(rows):
        return patrol
    paths = world.sounds.paths(source, eyes[rows])
    excess, place = np.full(len(patrol), -np.inf), patrol.goal.copy()
    excess[rows] = carried_db(sound.kind, sound.level_db + keen, paths.length, paths.loss, rain, thunder)
    place[rows] = paths.far - np.array([0.0, 0.0, 1.0])
    fresh = (tick - patrol.heard_at >= _REFRACTORY_TICKS) | (excess >= _STRONGER * patrol.heard_x)
    heard = (excess > 0.0) & fresh & ~patrol.sighted
    reaction = 0.5 + uniform(world.recipe.seed_of("patrol"), "reaction", patrol.key, tick)
    due = tick + np.rint(reaction * TICK_HZ).astype(np.int64)
    return _expecting(patrol, heard, due, alarm_by_sound(excess) * world.recipe.patrol.alertness, place, excess, tick)


def carried_db(kind: EventKind, level_1m_db: float, length_m: Any, loss_db: Any, rain_mm_h: float, thunder_db: float = 0.0) -> Any:
    """By how much a sound of the hero's stands out at the end of a path."""
    if kind in UNDERFOOT:
        return underfoot_db(level_1m_db, length_m, loss_db, rain_mm_h, thunder_db)
    return excess_db(level_db(level_1m_db, length_m, loss_db), rain_mm_h, thunder_db)


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


def understood(patrol: Patrol, tick: int) -> Patrol:
    """Sounds and calls whose reaction time is over."""
    now = (patrol.pending_due >= 0) & (patrol.pending_due <= tick)
    if not now.any():
        return patrol
    raised = np.maximum(patrol.alert, np.minimum(patrol.alert + patrol.pending_gain, EVIDENCE_CAP))
    return replace(
        patrol,
        alert=np.where(now, raised, patrol.alert),
        evidence_at=np.where(now, tick, patrol.evidence_at),
        goal=np.where(now[:, None], patrol.pending_place, patrol.goal),
        goal_since=np.where(now, tick, patrol.goal_since),
        pending_due=np.where(now, -1, patrol.pending_due),
    )


def called(world: World, patrol: Patrol, before: NDArray[np.int64], tick: int) -> tuple[Patrol, list[Event]]:
    """Robots that begin to search, or that see whom they hunt, call their peers, who learn of the place a second later. Sentries that
    hear it pass it on."""
    begins = (before < Band.SEARCHING) & (patrol.band >= Band.SEARCHING)
    goes_on = patrol.sighted & (patrol.band == Band.PURSUIT)
    whole = (patrol.harm & int(Harm.CIRCUIT)) == 0
    calls = (begins | goes_on) & whole & (tick - patrol.chirped_at >= _CHIRP_COOLDOWN)
    events: list[Event] = []
    passed_on = np.zeros(len(patrol), dtype=bool)
    for k in np.flatnonzero(calls).tolist():
        if passed_on[k]:
            continue
        mouths = eyes_of(patrol)
        heard = _hearers(world, patrol, mouths[k], tick) & whole & ~patrol.sighted
        heard[k] = False
        patrol = _told(patrol, heard, k, tick + _CHIRP_DELAY, tick)
        events.append(_chirp(patrol, k, mouths[k], tick))
        relays = heard & (patrol.kind == Kind.SENTRY) & (tick - patrol.chirped_at >= _CHIRP_COOLDOWN)
        for n in np.flatnonzero(relays).tolist():
            further = whole & ~patrol.sighted & ~heard & (_distance(mouths, mouths[n]) <= RELAY_M)
            further[k] = further[n] = False
            patrol = _told(patrol, further, k, tick + 2 * _CHIRP_DELAY, tick)
            events.append(_chirp(patrol, n, mouths[n], tick))
            passed_on[n] = True
    if not events:
        return patrol, events
    return replace(patrol, chirped_at=np.where(calls | passed_on, tick, patrol.chirped_at)), events


def found(world: World, patrol: Patrol, walker: Walker, tick: int) -> tuple[Patrol, list[Event]]:
    """Robots that come upon one that was broken: it alarms them, once, and they look about there."""
    broken = np.flatnonzero(patrol.harm != 0)
    if not len(broken) or tick % FIND_TICKS:
        return patrol, []
    eyes, share = eyes_of(patrol), sight_share(world.hour(tick).rain_mm_h)
    events = []
    region = world.window.region(walker.position[0], walker.position[1])
    here = inside(region, patrol.position)
    for b in broken[here[broken]].tolist():
        body = patrol.position[b] + np.array([0.0, 0.0, _BODY_UP_M])
        away = body - eyes
        distance = _distance(eyes, body)
        gain, _ = cone_gain(patrol.head, away, share)
        gain = np.where(patrol.kind == Kind.SENTRY, look_down_gain(away, distance, share), gain)
        may = (gain > 0.0) & (distance <= FIND_M) & (patrol.harm == 0) & (patrol.known_wreck != patrol.key[b]) & ~patrol.sighted
        rows = np.flatnonzero(may & here)
        if not len(rows):
            continue
        sees = rows[clear(region, eyes[rows], np.repeat(body[None], len(rows), axis=0))]
        if not len(sees):
            continue
        new = np.zeros(len(patrol), dtype=bool)
        new[sees] = True
        alert = np.where(new, np.minimum(patrol.alert + FOUND_GAIN * world.recipe.patrol.alertness, EVIDENCE_CAP), patrol.alert)
        patrol = replace(
            patrol,
            alert=np.maximum(alert, patrol.alert),
            evidence_at=np.where(new, tick, patrol.evidence_at),
            goal=np.where(new[:, None], patrol.position[b], patrol.goal),
            goal_since=np.where(new, tick, patrol.goal_since),
            known_wreck=np.where(new, patrol.key[b], patrol.known_wreck),
        )
        events += [Event(EventKind.FOUND, tick, vector(patrol.position[k]), robot=k) for k in sees.tolist()]
    return patrol, events


def _told(patrol: Patrol, heard: NDArray[np.bool_], caller: int, due: int, tick: int) -> Patrol:
    count = len(patrol)
    place = np.tile(patrol.goal[caller], (count, 1))
    return _expecting(patrol, heard, np.full(count, due), np.full(count, _CHIRP_GAIN), place, np.where(heard, 1.0, -np.inf), tick)


def _hearers(world: World, patrol: Patrol, mouth: NDArray[np.float64], tick: int) -> NDArray[np.bool_]:
    hour = world.hour(tick)
    rain, thunder = hour.rain_mm_h, hour.thunder_db
    eyes = eyes_of(patrol)
    hears = np.zeros(len(patrol), dtype=bool)
    rows = np.flatnonzero((excess_db(level_db(CHIRP_DB, _distance(eyes, mouth), 0.0), rain, thunder) > 0.0) & _reached(eyes, mouth))
    if len(rows):
        paths = world.sounds.paths(mouth, eyes[rows])
        hears[rows] = excess_db(level_db(CHIRP_DB, paths.length, paths.loss), rain, thunder) > 0.0
    return hears


def _chirp(patrol: Patrol, k: int, mouth: NDArray[np.float64], tick: int) -> Event:
    return Event(EventKind.CHIRP, tick, vector(mouth), CHIRP_DB, robot=k, band=Band(int(patrol.band[k])))


def _reached(points: NDArray[np.float64], source: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether points lie within the region about the source, beyond which no way is known."""
    corner = (np.floor(source[:2] / CHUNK_M) - 1.0) * CHUNK_M
    away = points[:, :2] - corner
    return np.asarray(((away >= 0.0) & (away < 3.0 * CHUNK_M)).all(axis=1))


def _distance(points: NDArray[np.float64], to: NDArray[np.float64]) -> NDArray[np.float64]:
    away = points - to
    return np.sqrt(away[:, 0] * away[:, 0] + away[:, 1] * away[:, 1] + away[:, 2] * away[:, 2])


def vector(row: NDArray[np.float64]) -> Vector:
    """A point as plain numbers."""
    return float(row[0]), float(row[1]), float(row[2])
