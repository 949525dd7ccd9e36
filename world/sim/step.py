"""One tick: the state before, what the person asks, the state after.

In: `State`, `Command`, `World`.  Out: the next `State` and its events; and `snapshot`, what may be drawn between two states.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from world.pose import Pose
from world.sim.command import Command
from world.sim.exact import TURN, degrees_from_units
from world.sim.patrol import step_patrol
from world.sim.state import DT_S, TICK_HZ, Event, EventKind, Snapshot, State, Vector
from world.sim.walker import eye_position, step_walker
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


def snapshot(
    before: State, after: State, alpha: float = 1.0, *, bob: float = 1.0, look: tuple[float, float] | None = None, fov_deg: float = 80.0
) -> Snapshot:
    """The moment `alpha` in [0, 1] of the way from `before` to `after`. `look` (heading, pitch in degrees) overrides the command's own,
    for mouse look at the rate of frames; `bob` scales the sway of the gait."""
    jumped = math.dist(before.walker.position, after.walker.position) > 2.0  # woken elsewhere: no flight in between
    if jumped or len(before.patrol) != len(after.patrol):
        before = after
    a, b = eye_position(before.walker, bob), eye_position(after.walker, bob)
    eye: Vector = (a[0] + (b[0] - a[0]) * alpha, a[1] + (b[1] - a[1]) * alpha, a[2] + (b[2] - a[2]) * alpha)
    if look is None:
        turn = (after.walker.heading_q - before.walker.heading_q + TURN // 2) % TURN - TURN // 2
        heading = degrees_from_units(before.walker.heading_q) + degrees_from_units(turn) * alpha
        tilt = after.walker.pitch_q - before.walker.pitch_q
        look = heading % 360.0, degrees_from_units(before.walker.pitch_q) + degrees_from_units(tilt) * alpha
    lean = before.walker.lean + (after.walker.lean - before.walker.lean) * alpha
    p, q = before.patrol, after.patrol
    return Snapshot(
        tick=after.tick,
        time_s=(after.tick - 1.0 + alpha) / TICK_HZ,
        eye=Pose(eye, look[0], look[1], lean * 5.0, fov_deg),
        position=p.position + (q.position - p.position) * alpha,
        heading_deg=_degrees(p.facing + (q.facing - p.facing) * alpha),
        head_deg=_degrees(p.head + (q.head - p.head) * alpha),
        band=q.band,
    )


def _degrees(direction: NDArray[np.float64]) -> NDArray[np.float64]:
    """Headings of vectors in the plane: degrees clockwise from north."""
    heading: NDArray[np.float64] = np.degrees(np.arctan2(direction[:, 0], direction[:, 1])) % 360.0
    return heading
