"""One tick: the state before, what the person asks, the state after.

In: `State`, `Command`, `World`.  Out: the next `State` and its events.
"""

from __future__ import annotations

from dataclasses import replace

from world.sim.command import Command
from world.sim.patrol import step_patrol
from world.sim.state import DT_S, TICK_HZ, Event, EventKind, State
from world.sim.walker import step_walker
from world.sim.world import World

CALM_TICKS = 5 * TICK_HZ


def step(state: State, command: Command, world: World, dt: float = DT_S) -> tuple[State, list[Event]]:
    """The world a tick later. On CAPTURED the hero wakes at the start and the patrol goes about its rounds again."""
    tick = state.tick + 1
    world = world.at(*state.walker.position[:2])
    walker, events = step_walker(world.window, state.walker, command, world.hour(tick).water_level_m, tick, dt)
    patrol, happened = step_patrol(world, state.patrol, walker, events, tick, tick < state.calm_until, dt)
    events = events + happened
    if any(event.kind == EventKind.CAPTURED for event in happened):
        fresh = world.first()
        return replace(fresh, tick=tick, calm_until=tick + CALM_TICKS), events
    return State(tick, walker, patrol, state.calm_until), events
