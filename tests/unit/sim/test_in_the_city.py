"""The walker and the patrol in the real city, near its start and 30 km away."""

from __future__ import annotations

import numpy as np
import pytest

from world.pipe import Pipe
from world.plan.overpass import spans_in
from world.plan.records import Fate
from world.recipe import Recipe
from world.sim import Button, Command, Walker, World, state_digest, step
from world.sim.route import is_free
from world.sim.walker import step_walker
from world.space.build import ramp_run
from world.space.walk import deepest

B = Button


@pytest.fixture(scope="module")
def world() -> World:
    return World.of(Pipe(Recipe()))


def test_one_wakes_on_the_street_with_room_to_stand(world: World) -> None:
    walker = world.waking()
    x, y, z = walker.position
    assert abs(z) < 0.5 and deepest(world.window.near(x, y, 1.0), x, y, z, 1.8) is None


def test_the_fallen_slab_leads_up_to_the_deck(world: World) -> None:
    x0, y0, _ = world.start.position
    spans = spans_in(world.recipe, x0 - 150, y0 - 150, x0 + 150, y0 + 150)
    ramp = min((s for s in spans if s.fate in (Fate.RAMP_WEST, Fate.RAMP_EAST)), key=lambda s: abs(s.x0 - x0) + abs(s.y - y0))
    low, high, slope = ramp_run(ramp)
    at, ahead = (low, 1.0) if slope > 0 else (high, -1.0)
    x = at - 5.0 * ahead
    walker = Walker((x, ramp.y, world.window.ground(x, ramp.y)))
    rises = [0.0]
    for tick in range(60 * 22):
        before = walker.position[2]
        walker, _ = step_walker(world.window, walker, Command.looking(90.0 * ahead, 0, B.FORWARD), -0.02, tick, 1 / 60)
        rises.append(walker.position[2] - before)
    assert walker.position[2] == pytest.approx(ramp.height_m, abs=0.05)
    assert max(rises) <= 0.35


@pytest.mark.parametrize(("x", "y"), [(0.0, 0.0), (30_000.0, -30_000.0)])
def test_running_about_never_leaves_the_ground_nor_enters_a_wall(world: World, x: float, y: float) -> None:
    region = world.window.region(x, y)
    row, column = np.argwhere(region.free)[len(region.free) ** 2 // 4]
    sx, sy = float(region.origin[0] + column + 0.5), float(region.origin[1] + row + 0.5)
    walker = Walker((sx, sy, world.window.ground(sx, sy)))
    reached = []
    for tick in range(60 * 30):
        command = Command.looking(65.0 * (tick // 240), 0, B.FORWARD | B.RUN | (B.JUMP if tick % 300 > 200 else B.NONE))
        walker, _ = step_walker(world.window, walker, command, -0.02, tick, 1 / 60)
        px, py, pz = walker.position
        assert pz >= world.window.ground(px, py) - 1e-9
        if walker.climb is None and walker.grounded and not walker.crouched:
            found = deepest(world.window.near(px, py, 1.0), px, py, pz, 1.8)
            assert found is None or found[0] < 0.03
        reached.append((px - sx, py - sy))
    assert np.ptp(reached, axis=0).max() > 8.0


def test_the_patrol_keeps_to_free_ground_and_the_walk_repeats(world: World) -> None:
    def played() -> tuple[str, list[tuple[float, float]]]:
        state, places = world.first(), []
        for tick in range(60 * 15):
            state, _ = step(state, Command.looking(20.0 * (tick // 200), 0, B.FORWARD), world)
            places.append((float(state.patrol.position[0, 0]), float(state.patrol.position[0, 1])))
        return state_digest(state), places

    (first, places), (second, _) = played(), played()
    assert first == second
    region = world.window.region(*world.start.position[:2])
    assert sum(is_free(region, *place) for place in places) > 0.98 * len(places)
    assert np.ptp(places, axis=0).max() > 8.0
