"""One tick: the state before, what the person asks, the state after.

In: `State`, `Command`, `World`.  Out: the next `State` and its events.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from world.sim.command import Command
from world.sim.hands import step_hands
from world.sim.havens import INSIDE_M, Haven
from world.sim.muster import mustered
from world.sim.others import step_others
from world.sim.patrol import step_patrol
from world.sim.state import DT_S, TICK_HZ, Band, Event, EventKind, Patrol, State, Walker
from world.sim.walker import step_walker
from world.sim.world import World
from world.space.chunk_space import CHUNK_M

CALM_TICKS = 5 * TICK_HZ
_LOOK_ABOUT_TICKS = 30  # between two looks for a shelter about oneself
_BOTTLE_LEFT_M = 40.0  # a bottle so far off is made up for in a shelter


def step(state: State, command: Command, world: World, dt: float = DT_S) -> tuple[State, list[Event]]:
    """The world a tick later. Whoever is taken wakes in the last shelter that he was in, in the world as it was."""
    tick = state.tick + 1
    state = mustered(state, world, tick)
    world = world.at(*state.walker.position[:2])
    walker, events = step_walker(world.window, state.walker, command, world.hour(tick).water_level_m, tick, dt)
    if state.hands.held_since >= 0:
        events = [event for event in events if event.kind is not EventKind.BREATH]
    hands, patrol, done = step_hands(world, state.hands, walker, command, state.patrol, tick, dt)
    events = events + done
    patrol, happened = step_patrol(world, patrol, walker, events, tick, tick < state.calm_until, dt)
    events = events + happened
    others, patrol, met, lost = step_others(world, state.others, walker, patrol, tick, tick < state.calm_until, dt)
    events = events + met
    after = replace(state, tick=tick, walker=walker, patrol=patrol, hands=hands, others=others, lost=(*state.lost, *lost))
    if tick % _LOOK_ABOUT_TICKS == 0:
        after, entered = _sheltered(after, world)
        events += entered
    if any(event.kind is EventKind.CAPTURED for event in happened):
        after = _woken(after, world)
    return after, events


def _woken(state: State, world: World) -> State:
    """The hero in the last shelter; robots go on where they are, and have lost him."""
    walker = world.waking() if state.shelter is None else Walker(state.shelter[0], heading_q=state.shelter[1])
    calm_until = state.tick + CALM_TICKS
    return replace(state, walker=walker, patrol=_calmed(state.patrol, state.tick), calm_until=calm_until)


def _calmed(patrol: Patrol, tick: int) -> Patrol:
    count = len(patrol)
    return replace(
        patrol,
        alert=np.zeros(count),
        band=np.full(count, int(Band.UNAWARE)),
        band_since=np.full(count, tick),
        sighted=np.zeros(count, dtype=bool),
        seen_for=np.zeros(count, np.int64),
        pending_due=np.full(count, -1),
        route=((),) * count,
    )


def _sheltered(state: State, world: World) -> tuple[State, list[Event]]:
    """Remembers the shelter that the hero has come into; there is water in it."""
    x, y, z = state.walker.position
    haven = _haven_at(world, x, y, z)
    if haven is None or haven == state.shelter:
        return state, []
    hands = state.hands
    if hands.bottle is not None and math.dist(hands.bottle, state.walker.position) > _BOTTLE_LEFT_M:
        hands = replace(hands, bottle=None, resting=True, taken_at=state.tick)
    return replace(state, shelter=haven, hands=hands), [Event(EventKind.SHELTER, state.tick, state.walker.position)]


def _haven_at(world: World, x: float, y: float, z: float) -> Haven | None:
    for haven in world.havens.of(math.floor(x / CHUNK_M), math.floor(y / CHUNK_M)):
        if math.dist(haven[0], (x, y, z)) < INSIDE_M:
            return haven
    return None
