"""The hero and a robot go into twenty of each kind of front, and out again."""

from __future__ import annotations

import math

import pytest
from fronts import fronts_of, window_on

from world.plan.rooms import Interior, Use
from world.sim import Button, Command, Walker
from world.sim.route import find_route
from world.sim.walker import step_walker
from world.space.walk import deepest
from world.space.window import SpaceWindow

COUNT = 20
FOR_ROBOTS = (Use.KONBINI, Use.CAFE, Use.RESTAURANT, Use.ARCADE, Use.SUBWAY)


def _way(interior: Interior) -> list[tuple[float, float, float]]:
    """From three metres before the door to the end of its way, in the world."""
    door, *rest = interior.way
    return [(*interior.world(u, v), z) for u, v, z in ((door[0], -3.0, 0.13), door, *rest)]


def _follow(window: SpaceWindow, walker: Walker, points: list[tuple[float, float, float]], tick: int) -> tuple[Walker, int]:
    """Walks from point to point, looking where it goes; fails where it is held up."""
    for x, y, z in points:
        until = tick + 60 * 12
        while math.dist(walker.position[:2], (x, y)) > 0.3:
            px, py, pz = walker.position
            heading = math.degrees(math.atan2(x - px, y - py))
            walker, _ = step_walker(window, walker, Command.looking(heading, 0, Button.FORWARD | Button.RUN), -0.02, tick, 1 / 60)
            assert abs(walker.position[2] - pz) <= 0.36, "a fall"
            tick += 1
            assert tick < until, f"held up at {walker.position} on the way to {(x, y, z)}"
        assert abs(walker.position[2] - z) < 0.35, f"at {walker.position}, not {(x, y, z)}"
        found = deepest(window.near(*walker.position[:2], 1.0), *walker.position, 1.8)
        assert found is None or found[0] < 0.03
    return walker, tick


@pytest.mark.parametrize("use", list(Use), ids=lambda use: use.value)
def test_the_hero_goes_in_to_the_back_and_out_again(use: Use) -> None:
    for _, interior in fronts_of(use, COUNT):
        window, way = window_on(interior), _way(interior)
        walker, tick = _follow(window, Walker(way[0]), way[1:], 0)
        lowest = min(z for _, _, z in way)
        assert walker.position[2] > lowest - 0.1
        _follow(window, walker, way[::-1][1:], tick)


@pytest.mark.parametrize("use", FOR_ROBOTS, ids=lambda use: use.value)
def test_a_robot_finds_its_way_in_and_out(use: Use) -> None:
    for _, interior in fronts_of(use, COUNT):
        way = _way(interior)
        inside = way[3] if use != Use.SUBWAY else way[2]
        outside = way[0]
        region = window_on(interior).region(*outside[:2])
        for start, goal in ((outside, inside), (inside, outside)):
            route = find_route(region, start, goal)
            assert route and math.dist(route[-1][:2], goal[:2]) < 1.3, interior.key


def test_nobody_hovers_over_the_stairs_to_the_platform() -> None:
    for _, interior in fronts_of(Use.SUBWAY, 6):
        stair = interior.stairs[0]
        x, y = interior.world((stair.u0 + stair.u1) / 2, (stair.v0 + stair.v1) / 2)
        region = window_on(interior).region(x, y)
        x0, y0 = region.origin
        assert not region.free[math.floor(y - y0), math.floor(x - x0)]
