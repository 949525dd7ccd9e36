"""Things stand on the ground and out of each other's way; signs hang on walls and clear of each other."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from world.plan import ChunkPlan, plan_chunk
from world.plan.chunk_plan import CHUNK_M, terrain_in
from world.plan.facade import Pane, facade_of
from world.plan.footing import footprint, is_planted, reach_into
from world.plan.records import Fate, SignKind
from world.recipe import Recipe
from world.things import KINDS

CHUNKS = [(cx, cy) for cy in range(4, 7) for cx in range(-4, 0)] + [(300, -412), (301, -412)]
# What fell lies on and against whatever was there before.
_FALLEN = {"chunk", "heap", "twisted_metal", "girder_fallen", "torn_sheet", "fallen_pole", "lamp_fallen"}
_DECK_M = 4.0


@pytest.fixture(scope="module")
def plans() -> list[ChunkPlan]:
    return [plan_chunk(Recipe(), cx, cy) for cx, cy in CHUNKS]


def test_everything_stands_on_its_corners(plans: list[ChunkPlan]) -> None:
    gaps: list[float] = []
    for plan in plans:
        x0, y0 = plan.corner
        terrain = terrain_in(Recipe(), x0 - 12.0, y0 - 12.0, x0 + CHUNK_M + 12.0, y0 + CHUNK_M + 12.0)
        for thing in plan.things:
            if thing.position[2] > _DECK_M:
                continue
            corners = footprint(thing)
            away = corners - thing.position[:2]
            stands = thing.position[2] + away @ np.array(thing.slope)
            ground = terrain.at(corners[:, 0], corners[:, 1])
            sunk = ground.max() - stands.min() if is_planted(thing) else abs(ground - stands).max()
            gaps.append(float(sunk))
            assert sunk < 0.05, (thing, ground, stands)
    assert len(gaps) > 500


def test_cars_stand_on_their_four_wheels(plans: list[ChunkPlan]) -> None:
    """The footprint of a car is that of its wheels' track and length, not of a point below its middle."""
    cars = [t for plan in plans for t in plan.things if t.kind == "car" and t.position[2] < _DECK_M]
    assert len(cars) > 15
    for car in cars:
        corners = footprint(car)
        assert 1.2 < math.dist(corners[0], corners[1]) < 2.2 and 3.0 < math.dist(corners[0], corners[2]) < 5.5
    assert any(car.slope != (0.0, 0.0) for car in cars)


def _boxes(thing: Any) -> list[tuple[NDArray[np.float64], float, float]]:
    """Corners, bottom and top of the blocks of a thing that stop a body."""
    kind = KINDS[thing.kind]
    scale = thing.size_m if kind.scaled else 1.0
    heading = math.radians(thing.heading_deg)
    u, v = np.array([math.cos(heading), -math.sin(heading)]), np.array([math.sin(heading), math.cos(heading)])
    found = []
    for b in kind.blocks_of(thing.variant):
        if b.flags & 1:
            middle = np.array(thing.position[:2]) + scale * (b.centre[0] * u + b.centre[1] * v)
            signs = ((-1, -1), (1, -1), (1, 1), (-1, 1))
            corners = np.array([middle + scale * (s * b.half[0] * u + t * b.half[1] * v) for s, t in signs])
            found.append((corners, thing.position[2] + scale * b.bottom, thing.position[2] + scale * b.top))
    return found


def test_nothing_stands_in_another_thing_a_wall_or_a_pylon(plans: list[ChunkPlan]) -> None:
    compared = 0
    for plan in plans:
        upright = [t for t in plan.touching_things if t.kind not in _FALLEN and t.position[2] < _DECK_M]
        boxes = [(t, *box) for t in upright for box in _boxes(t)]
        walls = [np.array(b.corners(b.masses[0])) for b in plan.touching_buildings]
        for span in plan.touching_spans:
            if span.start_pylon:
                u, v = np.array(span.axis), np.array([-span.axis[1], span.axis[0]])
                walls.append(np.array([span.a + 0.7 * (s * u + t * v) for s, t in ((-1, -1), (1, -1), (1, 1), (-1, 1))]))
        for k, (thing, corners, bottom, top) in enumerate(boxes):
            for wall in walls:
                assert reach_into(corners, wall) < 0.15, (thing, wall)
            for other, others, low, high in boxes[:k]:
                if (
                    other is not thing
                    and math.dist(other.position[:2], thing.position[:2]) < 9.0
                    and low < top - 0.1
                    and high > bottom + 0.1
                ):
                    compared += 1
                    assert reach_into(corners, others) < 0.15, (thing, other)
    assert compared > 200


def test_nothing_on_wheels_stands_in_a_fallen_slab() -> None:
    from world.plan.overpass import ramp_run, spans_in

    recipe, found = Recipe.model_validate({"overpass": {"rows": 1.0}}), 0
    for span in spans_in(recipe, -300.0, -300.0, 300.0, 300.0):
        if span.fate not in (Fate.RAMP_START, Fate.RAMP_END):
            continue
        found += 1
        (tx, ty), (fx, fy) = ramp_run(span)
        way = np.array([fx - tx, fy - ty]) / math.dist((tx, ty), (fx, fy))
        side = np.array([-way[1], way[0]]) * (span.half_m - 0.3)
        top, foot = np.array([tx, ty]), np.array([fx, fy])
        slab = np.array([top + side, foot + side, foot - side, top - side])
        chunk = math.floor(span.middle[0] / CHUNK_M), math.floor(span.middle[1] / CHUNK_M)
        for thing in plan_chunk(recipe, *chunk).touching_things:
            if thing.kind.startswith(("car", "van", "bus", "truck", "wreck")) and thing.position[2] < _DECK_M:
                assert all(reach_into(corners, slab) < 0.15 for corners, _, _ in _boxes(thing)), thing
    assert found >= 4


def test_signs_have_a_wall_and_room() -> None:
    recipe, fascias, others = Recipe(), [], []
    for cx in range(-4, 0):
        for cy in range(4, 7):
            plan = plan_chunk(recipe, cx, cy)
            by_key = {b.key: b for b in plan.touching_buildings}
            for sign in plan.signs:
                building = by_key.get(sign.key[:5])
                if building is None:
                    continue
                if sign.kind is SignKind.FASCIA:
                    fascias.append(sign)
                    continue
                others.append(sign)
                f = facade_of(recipe, building, 0, sign.key[5])
                along = np.dot(np.array(sign.position[:2]) - f.origin, f.along)
                floor, bay = np.searchsorted(f.floor_z, sign.position[2]) - 1, int(along / f.bay_m)
                assert f.panes[floor, min(bay, f.panes.shape[1] - 1)] != Pane.HOLE
    assert len(fascias) > 10 and len(others) > 100
    for fascia in fascias:
        for sign in others:
            if sign.key[:6] == fascia.key[:6] and abs(sign.position[2] - fascia.position[2]) < (sign.height_m + fascia.height_m) / 2:
                gap = np.hypot(sign.position[0] - fascia.position[0], sign.position[1] - fascia.position[1])
                assert gap > fascia.width_m / 2 - 0.01, (sign, fascia)
