"""Rounds keep to the streets, their detours lead from cover to cover, and where one hides nothing else stands."""

from __future__ import annotations

import math

import numpy as np
import pytest

from world.plan import plan_chunk
from world.plan.buildings import buildings_of
from world.plan.chunk_plan import CHUNK_M, things_on_block
from world.plan.cover import LOW_M, cover_height
from world.plan.footing import footprint, reach_into
from world.plan.hiding import Hide, covers_in, hiding_in
from world.plan.interior import keep_clear
from world.plan.lattice import blocks_in, superblock
from world.plan.overpass import spans_in
from world.plan.patrol import Loop, loops_in, loops_of
from world.plan.quad import holds
from world.plan.records import Fate
from world.plan.strips import strips_in
from world.recipe import Recipe


@pytest.fixture(scope="module")
def loops() -> list[Loop]:
    """Twenty rounds from two parts of town, drawn at random."""
    every = loops_in(Recipe(), -500.0, -500.0, 500.0, 500.0) + loops_in(Recipe(), 4000.0, 900.0, 4500.0, 1400.0)
    chosen = np.random.default_rng(8).choice(len(every), 20, replace=False)
    return [every[k] for k in chosen]


def test_rounds_keep_to_the_streets(loops: list[Loop]) -> None:
    for loop in loops:
        for (ax, ay), (bx, by) in zip(loop.points, (*loop.points[1:], loop.points[0]), strict=True):
            for t in np.linspace(0.0, 1.0, 25).tolist():
                x, y = ax + (bx - ax) * t, ay + (by - ay) * t
                assert any(holds(s.corners, x, y) for s in strips_in(Recipe(), x - 1, y - 1, x + 1, y + 1))


def test_rounds_are_about_as_long_as_asked_for() -> None:
    def mean(metres: float) -> float:
        recipe = Recipe.model_validate({"play": {"patrol_m": metres}})
        return float(np.mean([loop.length_m for loop in loops_in(recipe, -600.0, -600.0, 600.0, 600.0)]))

    assert mean(60.0) < mean(200.0) < mean(400.0) and abs(mean(250.0) - 250.0) < 80.0


def test_a_round_is_found_where_its_middle_lies() -> None:
    recipe = Recipe()
    one = loops_of(recipe, 3, -2)
    assert one and len({loop.points for loop in one}) == len(one)
    for loop in one:
        x, y = loop.middle
        assert loop in loops_in(recipe, x - 1.0, y - 1.0, x + 1.0, y + 1.0) and loop not in loops_in(recipe, x + 1.0, y, x + 50.0, y + 50.0)
        blocks = {block.key for block in superblock(recipe, 3, -2).blocks}
        assert all(block.key in blocks for block, _ in loop.detours)


def test_two_detours_of_each_round_lead_from_cover_to_cover(loops: list[Loop]) -> None:
    recipe = Recipe()
    for loop in loops:
        assert len({(block.key, side) for block, side in loop.detours}) == 2
        for block, side in loop.detours:
            front = block.sides[side]
            gap_m = recipe.play.cover_gap_m
            hides = [footprint(t) for t in things_on_block(recipe, block) if cover_height(t) >= LOW_M]
            hides += [np.array(quad) for building in buildings_of(recipe, block) for quad in keep_clear(recipe, building)]
            reached = 0.0
            stretches = []
            for corners in hides:
                away = corners - front.origin
                s, off = away @ front.along, away @ front.outward
                if off.min() < block.pavement_m + 1.0 and off.max() > -0.5 and s.max() > 0.0 and s.min() < front.length_m:
                    stretches.append((s.min(), s.max()))
            for start, end in [*sorted(stretches), (front.length_m, front.length_m)]:
                assert start - reached <= gap_m + 0.05, (block.key, side, reached, start)
                reached = max(reached, end)


def test_a_detour_is_off_the_round(loops: list[Loop]) -> None:
    for loop in loops:
        for block, side in loop.detours:
            middle = np.array(block.sides[side].point(block.sides[side].length_m / 2, 0.5))
            for a, b in zip(loop.points, (*loop.points[1:], loop.points[0]), strict=True):
                way = np.subtract(b, a)
                t = np.clip((middle - a) @ way / (way @ way), 0.0, 1.0)
                assert math.dist(middle, a + t * way) > 1.8


def test_behind_cover_there_is_room_and_it_points_at_what_hides() -> None:
    recipe, found, high = Recipe(), 0, 0
    for cx, cy in ((-2, 4), (3, -5)):
        plan = plan_chunk(recipe, cx, cy)
        for spot in covers_in(plan):
            found, high = found + 1, high + spot.high
            x, y = spot.position[:2]
            assert not any(holds(b.corners(b.masses[0]), x, y) for b in plan.touching_buildings)
            heading = math.radians(spot.heading_deg)
            ahead = np.array([x + 0.6 * math.sin(heading), y + 0.6 * math.cos(heading)])
            point = ahead + 0.01 * np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)])
            things = [footprint(t)[[0, 1, 3, 2]] for t in plan.things if cover_height(t) >= LOW_M]
            pylons = [s.a for s in spans_in(recipe, x - 40.0, y - 40.0, x + 40.0, y + 40.0) if s.start_pylon]
            assert any(reach_into(point, quad) > 0.0 for quad in things) or any(math.dist(ahead, p) < 1.1 for p in pylons)
    assert found > 25 and 0 < high < found


def test_there_is_somewhere_to_hide_in_every_way() -> None:
    recipe = Recipe.model_validate({"overpass": {"rows": 1.0, "broken": 0.15}})
    spans = spans_in(recipe, -500.0, -500.0, 500.0, 500.0)
    places = [next(s.middle for s in spans if s.stair), next(s.middle for s in spans if s.fate in (Fate.RAMP_START, Fate.RAMP_END))]
    places += [building.centre for block in blocks_in(recipe, 0.0, 0.0, 300.0, 300.0) for building in buildings_of(recipe, block)]
    found: set[Hide] = set()
    for x, y in places:
        found |= {place.hide for place in hiding_in(recipe, plan_chunk(recipe, math.floor(x / CHUNK_M), math.floor(y / CHUNK_M)))}
        if found == set(Hide):
            break
    assert found == set(Hide)


def test_more_gap_means_less_cover() -> None:
    def added(metres: float) -> int:
        recipe = Recipe.model_validate({"play": {"cover_gap_m": metres}})
        return sum(t.key[-1] == 30 for block in blocks_in(recipe, 0.0, 0.0, 120.0, 120.0) for t in things_on_block(recipe, block))

    assert added(4.0) > added(6.0) > added(15.0)
