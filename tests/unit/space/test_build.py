"""From plan to space: solids reach into every chunk that they overlap, the ground is one, the fallen slab meets deck and ground."""

from __future__ import annotations

import math

import numpy as np
import pytest

from world.plan import ChunkPlan, plan_chunk
from world.plan.chunk_plan import terrain_in
from world.plan.overpass import ramp_run, spans_in
from world.plan.records import Fate
from world.recipe import Recipe
from world.space import ChunkSpace
from world.space.build import build_space
from world.space.chunk_space import CHUNK_M, GROUND_NODES, GROUND_STEP_M, Solids
from world.space.thing_solids import solids_of_thing

LOW, HIGH = (-4, 3), (0, 7)
RECIPE = Recipe.model_validate({"water": {"canals": 0.5}, "ruin": {"craters": 8}})


@pytest.fixture(scope="module")
def plans() -> dict[tuple[int, int], ChunkPlan]:
    return {(cx, cy): plan_chunk(RECIPE, cx, cy) for cy in range(LOW[1], HIGH[1]) for cx in range(LOW[0], HIGH[0])}


@pytest.fixture(scope="module")
def spaces(plans: dict[tuple[int, int], ChunkPlan]) -> dict[tuple[int, int], ChunkSpace]:
    return {place: build_space(RECIPE, plan) for place, plan in plans.items()}


def _rows(solids: Solids) -> np.ndarray:
    """One row a solid: all that it is."""
    return np.concatenate(
        [solids.centre, solids.half, solids.axis, solids.bottom[:, None], solids.top[:, None], solids.slope, solids.flags[:, None]], axis=1
    )


def _overlapping(solids: Solids, cx: int, cy: int) -> np.ndarray:
    low, high = solids.bounds()
    corner = np.array([cx, cy]) * CHUNK_M
    return ((low[:, :2] < corner + CHUNK_M - 1e-9) & (high[:, :2] > corner + 1e-9)).all(axis=1)


def test_a_solid_is_in_every_chunk_that_it_overlaps(spaces: dict[tuple[int, int], ChunkSpace]) -> None:
    everything = Solids.join([space.solids for space in spaces.values()])
    for (cx, cy), space in spaces.items():
        there = {row.tobytes() for row in _rows(everything.take(_overlapping(everything, cx, cy)))}
        here = [row.tobytes() for row in _rows(space.solids.take(_overlapping(space.solids, cx, cy)))]
        assert set(here) == there
        assert np.isfinite(_rows(space.solids)).all() and (space.solids.half > 0).all() and (space.solids.top > space.solids.bottom).all()


def test_things_that_stand_are_solid_where_they_stand(
    plans: dict[tuple[int, int], ChunkPlan], spaces: dict[tuple[int, int], ChunkSpace]
) -> None:
    counted = 0
    for (cx, cy), space in spaces.items():
        rows = {row.tobytes() for row in _rows(space.solids)}
        for thing in plans[cx, cy].things:
            own = solids_of_thing(thing)
            inside = own.take(_overlapping(own, cx, cy))
            assert {row.tobytes() for row in _rows(inside)} <= rows, thing
            counted += len(inside)
    assert counted > 500


def test_ground_is_one_piece_over_the_borders(spaces: dict[tuple[int, int], ChunkSpace]) -> None:
    for (cx, cy), space in spaces.items():
        height = space.ground.height
        assert height.shape == (GROUND_NODES, GROUND_NODES) and np.isfinite(height).all() and abs(height).max() < 1.2
        if east := spaces.get((cx + 1, cy)):
            assert (height[:, -1] == east.ground.height[:, 0]).all()
        if north := spaces.get((cx, cy + 1)):
            assert (height[-1] == north.ground.height[0]).all()


def test_what_is_put_down_and_what_is_walked_on_are_one_ground(spaces: dict[tuple[int, int], ChunkSpace]) -> None:
    """The raster at its nodes is the terrain at points; on the rim of a kerb or a quay, a rounding may choose the other side."""
    steps = np.arange(GROUND_NODES) * GROUND_STEP_M
    for (cx, cy), space in list(spaces.items())[::3]:
        x0, y0 = cx * CHUNK_M, cy * CHUNK_M
        terrain = terrain_in(RECIPE, x0, y0, x0 + CHUNK_M, y0 + CHUNK_M)
        x, y = np.meshgrid(x0 + steps[::4], y0 + steps[::4])
        apart = np.abs(terrain.at(x.ravel(), y.ravel()).reshape(x.shape) - space.ground.height[::4, ::4])
        for px, py, ax, ay, hu, hv, _, _ in space.rooms.tolist():  # where rooms lie, their floor is
            dx, dy = x - px, y - py
            apart[(abs(dx * ax + dy * ay) < hu) & (abs(dy * ax - dx * ay) < hv)] = 0.0
        assert np.mean(apart > 1e-5) < 0.002, (cx, cy, apart.max())


def test_a_fallen_slab_lies_on_the_deck_and_on_the_ground() -> None:
    found = 0
    for span in spans_in(Recipe(), -900.0, -900.0, 900.0, 900.0):
        if span.fate not in (Fate.RAMP_START, Fate.RAMP_END):
            continue
        found += 1
        top, foot = ramp_run(span)
        run = math.dist(top, foot)
        assert top == (span.a if span.fate == Fate.RAMP_START else span.b)
        assert math.hypot(run, span.height_m) == pytest.approx(span.length_m)  # as long as what stood
        assert span.height_m / run < 0.62  # steeper nobody could walk
        (ux, uy), (dx, dy) = span.axis, np.subtract(foot, span.a)
        assert abs(ux * dy - uy * dx) < 1e-6  # it lies under its own place
    assert found >= 5


def test_emitters_shine(spaces: dict[tuple[int, int], ChunkSpace]) -> None:
    for (cx, cy), space in spaces.items():
        e = space.emitters
        assert np.isfinite(e.position).all() and (e.candela >= 0).all() and (e.reach_m > 0).all() and (e.group < 64).all()
        length = np.linalg.norm(e.normal, axis=1)
        assert ((abs(length - 1) < 1e-9) | (length == 0)).all()
        steady = e.slot < 0
        assert (e.reach_m[~steady] <= np.where(e.size_m > 2.0, 30.0, 14.0)[~steady]).all() and (e.group[steady] == 0).all()
        # Signs and lamps stand out a little from what owns them.
        corner = np.array([cx, cy]) * CHUNK_M
        assert (abs(e.position[:, :2] - corner - CHUNK_M / 2) < CHUNK_M / 2 + 16.0).all()


def test_a_board_that_flickers_takes_its_glow_with_it(spaces: dict[tuple[int, int], ChunkSpace]) -> None:
    """Each board that has a slot has two emitters in it, of its own group; they reach further than a sign's."""
    boards = 0
    for (cx, cy), space in spaces.items():
        e = space.emitters
        for board in plan_chunk(RECIPE, cx, cy).holograms:
            own = np.hypot(*(e.position[:, :2] - board.position[:2]).T) < 0.01
            assert own.sum() == 2 and (e.slot[own] == board.slot).all() and (e.group[own] == board.group).all()
            boards += 1
    assert boards > 0
