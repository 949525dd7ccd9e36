"""The others: survivors, strays and captives; how they wait, take fright, run, and are taken.

In: the world, a state's `Others`, the hero, the `Patrol`, the tick.  Out: the next `Others`, the `Patrol` (that may hunt them), events.
How: six looks a second at what is near. They stay while it is quiet; an alarmed robot that sees one goes after it, and lays hold of it
as of the hero; who is taken is gone for good. Captives are where `captives` has them at any tick, whoever looks.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from world.sim.captives import captive_at
from world.sim.folk import Dweller
from world.sim.kinds import Harm, Kind
from world.sim.route import find_route, holds, is_free
from world.sim.senses import eyes_of, vector
from world.sim.state import LONG_AGO, TICK_HZ, Band, Event, EventKind, Mood, Others, Patrol, Soul, State, Walker
from world.space.chunk_space import CHUNK_M
from world.space.sight import clear

if TYPE_CHECKING:
    from world.sim.world import World

LOOK_TICKS = 10
NEAR_CHUNKS = 1  # those of the hero's chunk and its neighbours are in the state
_HEARS_M, _AFRAID_M, _HUNTED_M, _TAKEN_M = 14.0, 8.0, 10.0, 1.3
_STEPS_ON_M = {Soul.SURVIVOR: 2.2, Soul.STRAY: 4.0}  # the hero, too, can come too near
_RUNNING_M_S = 2.8
_CALMS_TICKS, _HELD_TICKS, _RUNS_TICKS, _WINDED_TICKS = 6 * TICK_HZ, 4 * TICK_HZ, 14 * TICK_HZ, 5 * TICK_HZ
_SPEED_M_S = {Soul.SURVIVOR: 3.2, Soul.STRAY: 5.0}
_STARTS_M_S2, _SLOWS_M_S2 = 6.0, 2.0
_BODY_M = 0.6
_A_STRIDE_M = 0.5  # more than that in a tick is nobody's walk: he was called up just now


def called_up(state: State, world: World, home: tuple[int, int]) -> Others:
    """Those about chunk `home`, as they are met: who was about already goes on."""
    old = state.others
    place = {key: n for n, key in enumerate(old.key.tolist())}
    reach = range(-NEAR_CHUNKS, NEAR_CHUNKS + 1)
    found = [dweller for j in reach for i in reach for dweller in world.folk.of(home[0] + i, home[1] + j)]
    found = sorted((one for one in found if one.key not in state.lost), key=lambda one: one.key)
    rows = [place.get(one.key) for one in found]
    fresh = Others(
        key=np.array([one.key for one in found], dtype=np.int64),
        soul=np.array([one.soul for one in found], dtype=np.int64),
        mood=np.array([Mood.LED if one.soul == Soul.CAPTIVE else Mood.HUDDLED for one in found], dtype=np.int64),
        since=np.full(len(found), LONG_AGO, dtype=np.int64),
        position=np.array([_stands(world, one) for one in found]).reshape(len(found), 3),
        facing=np.array([one.facing for one in found]).reshape(len(found), 2),
        speed=np.zeros(len(found)),
        travelled_m=np.full(len(found), -1.0),
    )
    fresh = _led(world, fresh, {one.key: one for one in found}, state.tick)
    kept = [(n, row) for n, row in enumerate(rows) if row is not None]
    if not kept:
        return fresh
    to, of = np.array(kept).T
    names = ("mood", "since", "position", "facing", "speed", "travelled_m")
    changed = {name: getattr(fresh, name).copy() for name in names}
    for name in names:
        changed[name][to] = getattr(old, name)[of]
    return replace(fresh, **changed)


def step_others(
    world: World, others: Others, walker: Walker, patrol: Patrol, tick: int, calm: bool, dt: float
) -> tuple[Others, Patrol, list[Event], tuple[int, ...]]:
    """Everybody a tick later, the patrol, what happened, and the keys of those who are gone for good; in a `calm` nobody is noticed."""
    if not len(others):
        return others, patrol, [], ()
    events: list[Event] = []
    if tick % LOOK_TICKS == 0 and not calm:
        others, patrol, events = _looked(world, others, walker, patrol, tick)
    stopping = (others.mood == Mood.WINDED) | (others.mood == Mood.TAKEN)
    runs = np.flatnonzero((others.mood == Mood.FLEEING) | (stopping & (others.speed > 0.0)))
    if len(runs) or (others.soul == Soul.CAPTIVE).any():  # most of the time nobody moves, and nobody need be looked up
        dwellers = _by_key(world, walker)
        others = _led(world, others, dwellers, tick)
        others = _ran(world, others, dwellers, walker, patrol, runs, tick, dt)
    gone = (others.mood == Mood.TAKEN) & (tick - others.since >= _HELD_TICKS)
    if not gone.any():
        return others, patrol, events, ()
    mood, since = np.where(gone, int(Mood.GONE), others.mood), np.where(gone, tick, others.since)
    return replace(others, mood=mood, since=since), patrol, events, tuple(others.key[gone].tolist())


def _by_key(world: World, walker: Walker) -> dict[int, Dweller]:
    cx, cy = math.floor(walker.position[0] / CHUNK_M), math.floor(walker.position[1] / CHUNK_M)
    reach = range(-NEAR_CHUNKS, NEAR_CHUNKS + 1)
    return {one.key: one for j in reach for i in reach for one in world.folk.of(cx + i, cy + j)}


def _stands(world: World, dweller: Dweller) -> tuple[float, float, float]:
    """Its place; out in the street on the ground there."""
    x, y, z = dweller.place
    return (x, y, z) if dweller.soul == Soul.SURVIVOR else (x, y, world.window.ground(x, y))


def _looked(world: World, others: Others, walker: Walker, patrol: Patrol, tick: int) -> tuple[Others, Patrol, list[Event]]:
    """What they notice, and what robots notice of them."""
    mood, since, going, events = others.mood.copy(), others.since.copy(), others.speed.copy(), []
    region = world.window.region(walker.position[0], walker.position[1])
    able = (patrol.kind != Kind.SENTRY) & ((patrol.harm & int(Harm.CIRCUIT)) == 0)
    eyes = eyes_of(patrol)
    goal, goal_since, evidence = patrol.goal.copy(), patrol.goal_since.copy(), patrol.evidence_at.copy()
    speed = math.sqrt(walker.velocity[0] ** 2 + walker.velocity[1] ** 2)
    for n in np.flatnonzero((others.soul != Soul.CAPTIVE) & (others.mood < Mood.TAKEN)).tolist():
        here, soul = others.position[n], Soul(int(others.soul[n]))
        distance = np.sqrt(((patrol.position - here) ** 2).sum(axis=1))
        close = np.flatnonzero(able & (distance < _HEARS_M))
        body = here + np.array([0.0, 0.0, _BODY_M])
        sees = np.zeros(len(patrol), dtype=bool)
        if len(close):
            sees[close] = clear(region, eyes[close], np.repeat(body[None], len(close), axis=0))
        band, steps = patrol.band, math.dist(walker.position, here.tolist())
        hero_near = steps < _STEPS_ON_M[soul] or (speed > _RUNNING_M_S and steps < 2.0 * _STEPS_ON_M[soul])
        hunted = sees & (band >= Band.SEARCHING) & ~patrol.sighted & (distance < _HUNTED_M)
        caught = sees & able & (band >= Band.SUSPICIOUS) & (distance < _TAKEN_M) & ((patrol.harm & int(Harm.SENSOR)) == 0)
        goal[hunted], evidence[hunted] = here, tick
        goal_since[hunted] = np.where(
            tick - goal_since[hunted] > TICK_HZ // 2, tick + 1, goal_since[hunted]
        )  # routes are found in the next
        afraid = bool((sees & (band >= Band.SUSPICIOUS) & (distance < _AFRAID_M)).any()) or (hero_near and soul == Soul.STRAY)
        wary = bool(len(close)) or hero_near
        if caught.any():
            mood[n], since[n] = Mood.TAKEN, tick
            events.append(Event(EventKind.TAKEN, tick, vector(here), robot=int(np.flatnonzero(caught)[0]), soul=int(soul)))
        elif mood[n] != Mood.FLEEING and afraid:
            mood[n], since[n] = Mood.FLEEING, tick
            events.append(Event(EventKind.FLED, tick, vector(here), soul=int(soul)))
        elif mood[n] == Mood.HUDDLED and wary:
            mood[n], since[n] = Mood.WARY, tick
        elif mood[n] == Mood.FLEEING and not afraid and tick - since[n] > _RUNS_TICKS:
            mood[n], since[n] = Mood.WINDED, tick
        elif (mood[n] == Mood.WARY and not wary and tick - since[n] > _CALMS_TICKS) or (
            mood[n] == Mood.WINDED and tick - since[n] > _WINDED_TICKS
        ):
            mood[n], since[n], going[n] = Mood.HUDDLED, tick, 0.0
    hunting = replace(patrol, goal=goal, goal_since=goal_since, evidence_at=evidence)
    return replace(others, mood=mood, since=since, speed=going), hunting, events


def _led(world: World, others: Others, dwellers: dict[int, Dweller], tick: int) -> Others:
    """Captives where their row has them at that tick."""
    rows = np.flatnonzero(others.soul == Soul.CAPTIVE)
    if not len(rows):
        return others
    position, facing = others.position.copy(), others.facing.copy()
    speed, travelled = others.speed.copy(), others.travelled_m.copy()
    for n in rows.tolist():
        one = dwellers.get(int(others.key[n]))
        if one is None:
            continue
        now = captive_at(one, tick / TICK_HZ)
        moved = now.gone_m - float(travelled[n])
        speed[n] = moved * TICK_HZ if 0.0 < moved < _A_STRIDE_M else 0.0
        if moved == 0.0 and others.speed[n] == 0.0:
            continue  # most of the night they stand
        (x, y, _), (ax, ay) = one.place, one.facing
        at = x + ax * now.ahead_m + ay * now.aside_m, y + ay * now.ahead_m - ax * now.aside_m
        ground = world.window.ground(*at) if now.up_m == 0.0 else one.place[2]
        position[n], facing[n] = (*at, ground + now.up_m), one.facing
        travelled[n] = now.gone_m
    return replace(others, position=position, facing=facing, speed=speed, travelled_m=travelled)


def _ran(
    world: World, others: Others, dwellers: dict[int, Dweller], walker: Walker, patrol: Patrol, runs: NDArray[np.int64], tick: int,
    dt: float,
) -> Others:  # fmt: skip
    """Those who flee, or slow down from it, a tick further: out of the house by its own way, then away from what they fear."""
    if not len(runs):
        return others
    position, facing = others.position.copy(), others.facing.copy()
    speed, travelled = others.speed.copy(), others.travelled_m.copy()
    region = world.window.region(walker.position[0], walker.position[1])
    for n in runs.tolist():
        if others.mood[n] == Mood.TAKEN:  # held where it is
            speed[n] = max(0.0, speed[n] - _STARTS_M_S2 * dt)
            continue
        here, one = vector(position[n]), dwellers.get(int(others.key[n]))
        fear = _fear(here, walker, patrol)
        inside = one is not None and bool(one.way) and not (holds(region, *here[:2]) and is_free(region, *here[:2]))
        if inside and one is not None:
            further = (place for place in one.way if math.dist(place[:2], here[:2]) > 0.4 and _nears(here, place, one.way))
            target = next(further, one.way[-1])
        else:
            away = here[0] - fear[0], here[1] - fear[1]
            length = max(math.sqrt(away[0] * away[0] + away[1] * away[1]), 1e-9)
            goal = here[0] + away[0] / length * 12.0, here[1] + away[1] / length * 12.0, here[2]
            route = find_route(region, here, goal) if (tick + n) % LOOK_TICKS == 0 or speed[n] == 0.0 else ()
            target = route[0] if route else (here[0] + facing[n, 0], here[1] + facing[n, 1], here[2])
        dx, dy = target[0] - here[0], target[1] - here[1]
        length = max(math.sqrt(dx * dx + dy * dy), 1e-9)
        most = _SPEED_M_S[Soul(int(others.soul[n]))] if others.mood[n] == Mood.FLEEING else 0.0
        pace = min(most, speed[n] + _STARTS_M_S2 * dt) if speed[n] < most else max(most, speed[n] - _SLOWS_M_S2 * dt)
        step = min(length, pace * dt)
        x, y = here[0] + dx / length * step, here[1] + dy / length * step
        if not inside and not is_free(region, x, y):
            speed[n] = 0.0
            continue
        z = here[2] + (target[2] - here[2]) * step / length if inside else world.window.ground(x, y)
        position[n], facing[n] = (x, y, z), (dx / length, dy / length)
        speed[n], travelled[n] = pace, travelled[n] + step
    return replace(others, position=position, facing=facing, speed=speed, travelled_m=travelled)


def _nears(here: tuple[float, float, float], place: tuple[float, float, float], way: tuple[tuple[float, float, float], ...]) -> bool:
    """Whether the place lies on: nearer to the way's end than where one is."""
    return math.dist(place[:2], way[-1][:2]) < math.dist(here[:2], way[-1][:2]) or place == way[-1]


def _fear(here: tuple[float, float, float], walker: Walker, patrol: Patrol) -> tuple[float, float]:
    """Where the nearest alarmed robot is, or the hero."""
    best, place = math.dist(here, walker.position), walker.position[:2]
    for k in np.flatnonzero(patrol.band >= Band.SUSPICIOUS).tolist():
        x, y, z = vector(patrol.position[k])
        if math.dist(here, (x, y, z)) < best:
            best, place = math.dist(here, (x, y, z)), (x, y)
    return place
