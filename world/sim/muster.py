"""Robots called up: who is about where the hero is, and what became of those who are not.

In: a state, the world, the tick.  Out: the state with the patrol of the chunk that the hero is in.
How: far off a robot is where its round has it at that tick, in closed form; from the moment it comes within reach it is in the state,
step by step, until its round and itself are out of reach again. What a hero broke stays broken, where it was left.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from world.sim.beats import Beat
from world.sim.kinds import HOVER_M, Kind
from world.sim.others import called_up
from world.sim.rounds import point_on
from world.sim.route import holds, is_free, nearest_free
from world.sim.state import LONG_AGO, TICK_HZ, Fate, Patrol, State
from world.space.chunk_space import CHUNK_M

if TYPE_CHECKING:
    from world.sim.world import World

_KEPT_M = 220.0  # a robot that near to the hero stays, wherever its round is


def mustered(state: State, world: World, tick: int) -> State:
    """The state with everyone who belongs there; the same one while the hero keeps to a chunk."""
    x, y, _ = state.walker.position
    home = math.floor(x / CHUNK_M), math.floor(y / CHUNK_M)
    if home == state.home:
        return state
    old = state.patrol
    beats = {beat.key: beat for beat in world.beats.near(*home)}
    place = {key: k for k, key in enumerate(old.key.tolist())}
    away = old.position[:, :2] - np.array([x, y])
    near = (away[:, 0] * away[:, 0] + away[:, 1] * away[:, 1] < _KEPT_M * _KEPT_M).tolist()
    stays = {key for key, k in place.items() if key in beats or near[k]}
    fates = {fate.key: fate for fate in state.fates}
    for key, k in place.items():
        if key not in stays and old.harm[k]:
            fates[key] = _fate(old, k)
    comes = [key for key in sorted(beats) if key not in place]
    parts = [old.take([k for key, k in place.items() if key in stays])]
    if comes:
        parts.append(_called(world, [beats[key] for key in comes], {key: fates.pop(key) for key in comes if key in fates}, tick, x, y))
    joined = Patrol.join(parts)
    order = np.argsort(joined.key, kind="stable").tolist()
    robots, left = joined.take(order), tuple(fates[key] for key in sorted(fates))
    return replace(state, patrol=robots, home=home, fates=left, others=called_up(state, world, home))


def nobody() -> Patrol:
    """No robots."""
    whole, real = np.zeros(0, np.int64), np.zeros(0)
    plane, room = np.zeros((0, 2)), np.zeros((0, 3))
    return Patrol(
        position=room, facing=plane, head=plane, speed=real, along_m=real, alert=real, band=whole, band_since=whole, evidence_at=whole,
        sighted=np.zeros(0, bool), sighted_at=whole, seen_for=whole, heard_x=real, heard_at=whole, pending_due=whole, pending_gain=real,
        pending_place=room,
        goal=room, goal_since=whole, look_since=whole, chirped_at=whole, route=(), key=whole, kind=whole, trade=whole, harm=whole,
        harmed_at=whole, travelled_m=real, beam=room, poise=real, known_wreck=whole,
    )  # fmt: skip


def _called(world: World, beats: list[Beat], fates: dict[int, Fate], tick: int, x: float, y: float) -> Patrol:
    """Robots on their rounds at `tick`, or as they were left."""
    count, pace = len(beats), world.recipe.patrol.pace
    region = world.window.region(x, y)
    along = np.array([beat.along_at(tick / TICK_HZ, pace) for beat in beats])
    position, facing = np.zeros((count, 3)), np.zeros((count, 2))
    harm, harmed_at = np.zeros(count, np.int64), np.full(count, LONG_AGO)
    for k, beat in enumerate(beats):
        fate = fates.get(beat.key)
        if fate is not None:
            position[k], facing[k], harm[k], harmed_at[k] = fate.position, fate.facing, fate.harm, fate.harmed_at
            continue
        place, ahead = point_on(beat.loop, float(along[k])), point_on(beat.loop, float(along[k]) + 0.5)
        if beat.kind != Kind.SENTRY and holds(region, *place) and not is_free(region, *place):
            place = nearest_free(region, place) or place
        ground = world.window.ground(*place) if holds(region, *place) else 0.0
        position[k] = *place, ground + HOVER_M[beat.kind]
        way = ahead[0] - place[0], ahead[1] - place[1]
        length = math.sqrt(way[0] * way[0] + way[1] * way[1])
        facing[k] = (way[0] / length, way[1] / length) if length > 1e-9 else (0.0, 1.0)
    zero, none, past = np.zeros(count), np.zeros(count, np.int64), np.full(count, LONG_AGO)
    return Patrol(
        position=position, facing=facing, head=facing, speed=zero, along_m=along, alert=zero, band=none, band_since=none, evidence_at=past,
        sighted=np.zeros(count, bool), sighted_at=past, seen_for=none, heard_x=zero, heard_at=past, pending_due=np.full(count, -1),
        pending_gain=zero, pending_place=position, goal=position, goal_since=past, look_since=np.full(count, -1), chirped_at=past,
        route=((),) * count, key=np.array([beat.key for beat in beats], dtype=np.int64),
        kind=np.array([beat.kind for beat in beats], dtype=np.int64), trade=np.array([beat.trade for beat in beats], dtype=np.int64),
        harm=harm, harmed_at=harmed_at, travelled_m=zero, beam=np.column_stack([facing, np.zeros(count)]),
        poise=zero, known_wreck=np.full(count, -1),
    )  # fmt: skip


def _fate(patrol: Patrol, k: int) -> Fate:
    x, y, z = patrol.position[k].tolist()
    ahead, aside = patrol.facing[k].tolist()
    return Fate(int(patrol.key[k]), int(patrol.harm[k]), int(patrol.harmed_at[k]), (x, y, z), (ahead, aside))
