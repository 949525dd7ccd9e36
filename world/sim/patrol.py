"""The patrol: robots that look, listen, grow sure, call each other, come to look, and catch.

In: the world, the hero, the sounds of this tick, the `Patrol`.  Out: the next `Patrol` and what happened.
How: senses → alert → bands → errands → movement, all in arrays over the robots.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from world.sim.alert import banded, decayed
from world.sim.errands import bound
from world.sim.kinds import Harm, Kind
from world.sim.roam import roam, stuck
from world.sim.senses import LOOK_TICKS, called, found, listened, looked, understood, vector
from world.sim.state import TICK_HZ, Band, Event, EventKind, Patrol, Walker

if TYPE_CHECKING:
    from world.sim.world import World

CATCH_M, _CATCH_UP_M = 1.2, 1.5
_POISE_HZ = 5.0


def step_patrol(
    world: World, patrol: Patrol, walker: Walker, sounds: list[Event], tick: int, calm: bool, dt: float
) -> tuple[Patrol, list[Event]]:
    """All robots a tick later; `calm` robots notice nothing."""
    if not len(patrol):
        return patrol, []
    x, y, _ = walker.position
    before = patrol.band
    finds: list[Event] = []
    knobs = world.recipe.patrol
    if not calm and knobs.alertness > 0.0:
        if tick % LOOK_TICKS == 0:
            patrol = looked(world, patrol, walker, tick, LOOK_TICKS * dt)
        for sound in sounds:
            patrol = listened(world, patrol, sound, tick)
        patrol, finds = found(world, patrol, walker, tick)
        patrol = understood(patrol, tick)
    alert = decayed(patrol.alert, patrol.band, patrol.evidence_at, tick, dt, knobs.memory)
    alert = np.where((patrol.harm & int(Harm.CIRCUIT)) != 0, 0.0, alert)
    band = banded(alert, patrol.band, patrol.band_since, tick)
    patrol = replace(patrol, alert=alert, band=band, band_since=np.where(band != before, tick, patrol.band_since))
    patrol = replace(patrol, poise=patrol.poise + (alert - patrol.poise) * (_POISE_HZ * dt))
    changes = [_change(patrol, k, tick, up=bool(band[k] > before[k])) for k in np.flatnonzero(band != before).tolist()]
    patrol, calls = called(world, patrol, before, tick)
    region, rounds = world.window.region(x, y), world.beats.rounds(patrol.key)
    patrol = bound(patrol, rounds.corners, region, stuck(patrol), world.recipe.seed_of("patrol"), tick)
    patrol = roam(patrol, rounds, region, walker.position, knobs, tick, dt)
    patrol, caught = _caught(patrol, walker, tick, round(knobs.catch_s * TICK_HZ))
    return patrol, finds + changes + calls + caught


def _caught(patrol: Patrol, walker: Walker, tick: int, ticks: int) -> tuple[Patrol, list[Event]]:
    """Within reach of a pursuer that sees the hero, for long enough: taken."""
    away = np.array(walker.position) - patrol.position
    reach = np.sqrt(away[:, 0] * away[:, 0] + away[:, 1] * away[:, 1]) <= CATCH_M
    holding = reach & (abs(away[:, 2]) < _CATCH_UP_M) & patrol.sighted & (patrol.band == Band.PURSUIT) & (patrol.kind != Kind.SENTRY)
    seen_for = np.where(holding, patrol.seen_for + 1, 0)
    events = [
        Event(EventKind.CAPTURED, tick, vector(patrol.position[k]), robot=k, band=Band.PURSUIT)
        for k in np.flatnonzero(seen_for >= ticks).tolist()[:1]
    ]
    return replace(patrol, seen_for=seen_for), events


def _change(patrol: Patrol, k: int, tick: int, up: bool) -> Event:
    kind = EventKind.ALERT if up else EventKind.CALM
    return Event(kind, tick, vector(patrol.position[k]), robot=k, band=Band(int(patrol.band[k])))
