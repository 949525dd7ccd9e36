"""The walker and the patrol in the real city, near its start and 30 km away."""

from __future__ import annotations

import math

import numpy as np
import pytest

from world.pipe import Pipe
from world.plan.overpass import ramp_run, spans_in, stair_run
from world.plan.records import Fate, Span
from world.recipe import Recipe
from world.sim import Button, Command, Trade, Walker, World, state_digest, step
from world.sim.route import is_free
from world.sim.walker import step_walker
from world.space.walk import deepest

B = Button


@pytest.fixture(scope="module")
def world() -> World:
    return World.of(Pipe(Recipe()))


def _spans(world: World) -> list[Span]:
    x, y, _ = world.start.position
    return sorted(spans_in(world.recipe, x - 400, y - 400, x + 400, y + 400), key=lambda s: math.dist(s.middle, (x, y)))


def test_one_wakes_on_the_street_with_room_to_stand(world: World) -> None:
    walker = world.waking()
    x, y, z = walker.position
    assert abs(z) < 0.5 and deepest(world.window.near(x, y, 1.0), x, y, z, 1.8) is None


def test_one_wakes_near_a_highway_and_looks_at_it(world: World) -> None:
    x, y, _ = world.start.position
    nearest = _spans(world)[0]
    bearing = math.degrees(math.atan2(nearest.middle[0] - x, nearest.middle[1] - y))
    assert math.dist(nearest.middle, (x, y)) < 120.0
    assert abs((bearing - world.start.heading_deg + 180.0) % 360.0 - 180.0) < 60.0
    assert any(s.fate in (Fate.RAMP_START, Fate.RAMP_END) for s in _spans(world))


def _climbed(world: World, head: tuple[float, float], foot: tuple[float, float], aside_m: float = 0.0) -> list[float]:
    """Heights of the walker, tick by tick, who goes from 3 m before the foot of a slope to beyond its head, `aside_m` off its middle."""
    run = math.dist(head, foot)
    ux, uy = (head[0] - foot[0]) / run, (head[1] - foot[1]) / run
    x, y = foot[0] - 3.0 * ux + aside_m * uy, foot[1] - 3.0 * uy - aside_m * ux
    walker = Walker((x, y, world.window.ground(x, y)))
    heading, heights = math.degrees(math.atan2(ux, uy)), []
    for tick in range(round(60 * (run + 3.6) / 1.6) + 30):
        walker, _ = step_walker(world.window, walker, Command.looking(heading, 0, B.FORWARD), -0.02, tick, 1 / 60)
        heights.append(walker.position[2])
    return heights


def test_the_fallen_slab_leads_up_to_the_deck(world: World) -> None:
    ramp = next(s for s in _spans(world) if s.fate in (Fate.RAMP_START, Fate.RAMP_END))
    heights = _climbed(world, *ramp_run(ramp), aside_m=2.0)  # past the pylon from which it broke
    assert heights[-1] == pytest.approx(ramp.height_m, abs=0.05)
    assert max(np.diff(heights)) <= 0.35


def test_a_stair_leads_up_to_the_deck_where_no_slab_fell(world: World) -> None:
    recipe = Recipe.model_validate({"overpass": {"broken": 0.0}})
    there = World.of(Pipe(recipe))
    stair = next(s for s in _spans(there) if s.stair)
    heights = _climbed(there, *stair_run(stair))
    assert heights[-1] == pytest.approx(stair.height_m, abs=0.05)
    assert max(np.diff(heights)) <= 0.35


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
        lowest = world.window.pit(px, py)
        assert pz >= (world.window.ground(px, py) if lowest is None else lowest) - 1e-9
        if walker.climb is None and walker.grounded and not walker.crouched:
            found = deepest(world.window.near(px, py, 1.0), px, py, pz, 1.8)
            assert found is None or found[0] < 0.03
        reached.append((px - sx, py - sy))
    assert np.ptp(reached, axis=0).max() > 8.0


@pytest.mark.parametrize("robots", [1, 10, 64])
def test_as_many_robots_as_asked_for_go_their_rounds(robots: int) -> None:
    """Over the city; one is always near where one wakes, and a denser patrol keeps every robot of a thinner one."""
    recipe = Recipe.model_validate({"patrol": {"robots": robots}})
    world = World.of(Pipe(recipe))
    x, y, _ = world.start.position
    home = math.floor(x / 64), math.floor(y / 64)
    near = world.beats.near(*home)
    assert min(math.dist(beat.loop.mean(axis=0), (x, y)) for beat in near) < 150.0
    counts = [len(world.beats.near(home[0] + 10 * i, home[1] + 10 * j)) for i in range(-2, 3) for j in range(-2, 3)]
    assert np.mean(counts) == pytest.approx(robots, rel=0.35, abs=0.6)
    fewer = World.of(Pipe(Recipe.model_validate({"patrol": {"robots": robots - 1}}))).beats.near(*home)
    assert {beat.key for beat in fewer} <= {beat.key for beat in near}
    assert [beat.key for beat in near] == sorted({beat.key for beat in near})


def test_all_kinds_go_about() -> None:
    beats = World.of(Pipe(Recipe.model_validate({"patrol": {"robots": 128}}))).beats.near(0, 0)
    shares = np.bincount([beat.kind for beat in beats], minlength=4) / len(beats)
    assert shares == pytest.approx([0.5, 0.2, 0.15, 0.15], abs=0.12)
    assert {beat.trade for beat in beats} == set(Trade)


def test_the_patrol_keeps_to_free_ground_and_the_walk_repeats(world: World) -> None:
    def played() -> tuple[str, list[tuple[float, float]]]:
        state, places = world.first(), []
        for tick in range(60 * 15):
            state, _ = step(state, Command.looking(20.0 * (tick // 200), 0, B.FORWARD), world)
            places.append((float(state.patrol.position[0, 0]), float(state.patrol.position[0, 1])))
        return state_digest(state), places

    (first, places), (second, _) = played(), played()
    assert first == second
    region = world.window.region(*places[0])
    assert sum(is_free(region, *place) for place in places) > 0.98 * len(places)
    assert np.ptp(places, axis=0).max() > 8.0
