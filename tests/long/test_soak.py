"""An hour of walking through five cities among a hundred robots: nobody stuck, no number lost, no memory eaten.

`python -m pytest -m long tests/long/test_soak.py` takes about half an hour.
"""

from __future__ import annotations

import math
import resource

import numpy as np
import pytest

from world.fields import uniform
from world.pipe import Pipe
from world.recipe import load_recipe
from world.sim import TICK_HZ, Band, Button, Command, Harm, Kind, State, World, step
from world.sim.exact import TURN, units_from_degrees
from world.sim.route import find_route, is_free

MINUTES = 12
_PRESETS = ("drizzle", "monsoon", "flooded", "total-ruin", "megastructure")
_FAR_M, _ARRIVED_M, _GIVES_UP_TICKS = 45.0, 1.0, 20 * TICK_HZ
_WATCHED_S, _LEAST_M = 120, 2.0


def _wanted(state: State, world: World, number: int) -> list[tuple[float, float, float]]:
    """A way to somewhere in the streets round about."""
    x, y, z = state.walker.position
    region = world.window.region(x, y)
    for attempt in range(40):
        angle = math.tau * float(uniform(0, "soak/way", number, attempt))
        goal = x + _FAR_M * math.sin(angle), y + _FAR_M * math.cos(angle)
        if is_free(region, *goal):
            way = find_route(region, (x, y, z), (*goal, world.window.ground(*goal)))
            if way:
                return list(way)
    return []


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("preset", _PRESETS)
def test_an_hour_among_a_hundred_robots(preset: str) -> None:
    recipe = load_recipe(preset).with_value("patrol", "robots", 100)
    world = World.of(Pipe(recipe))
    state, way, number, since = world.first(), [], 0, 0
    places: dict[int, list[tuple[int, float, float]]] = {}
    early = 0
    for tick in range(MINUTES * 60 * TICK_HZ):
        x, y, _ = state.walker.position
        while way and math.dist(way[0][:2], (x, y)) < _ARRIVED_M:
            way, since = way[1:], tick
        if not way or tick - since > _GIVES_UP_TICKS:
            number, since = number + 1, tick
            way = _wanted(state, world, number)
        heading = units_from_degrees(math.degrees(math.atan2(way[0][0] - x, way[0][1] - y))) % TURN if way else number * 9001 % TURN
        buttons = Button.FORWARD | (Button.RUN if number % 3 == 0 else Button.CROUCH if number % 3 == 1 else Button.NONE)
        buttons |= Button.STRIKE if tick % 97 == 0 else Button.NONE
        buttons |= Button.THROW if tick % 700 < 40 else Button.NONE
        state, _ = step(state, Command(buttons, heading), world)
        if tick % TICK_HZ == 0:
            p = state.patrol
            numbers = (p.position, p.facing, p.head, p.alert, p.beam, state.others.position, np.array(state.walker.position))
            assert all(np.isfinite(numbers_of).all() for numbers_of in numbers)
            roams = (p.harm & int(Harm.JOINT | Harm.CIRCUIT) == 0) & (p.kind != Kind.SENTRY) & (p.band <= Band.OBSERVANT)
            for key, goes, place in zip(p.key.tolist(), roams.tolist(), p.position.tolist(), strict=True):
                trail = places.setdefault(key, [])
                if not goes or (trail and tick - trail[-1][0] > TICK_HZ):
                    trail.clear()
                trail.append((tick, place[0], place[1]))
                if len(trail) > _WATCHED_S:
                    xs, ys = np.array(trail)[-_WATCHED_S:, 1], np.array(trail)[-_WATCHED_S:, 2]
                    assert np.hypot(np.ptp(xs), np.ptp(ys)) > _LEAST_M, (key, place, tick)
                    trail.pop(0)
        if tick == MINUTES * 20 * TICK_HZ:
            early = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    late = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert late < 1.25 * early + 50_000, (early, late)  # kB
