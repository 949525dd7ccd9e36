"""From plan to space: solids reach into every chunk that they overlap, and the fallen slab meets deck and ground."""

from __future__ import annotations

import numpy as np
import pytest

from world.pipe import Pipe
from world.plan.records import Fate
from world.recipe import Recipe
from world.space import ChunkSpace
from world.space.build import ramp_run
from world.space.chunk_space import CHUNK_M, GROUND_NODES, Solids
from world.space.thing_solids import solids_of_thing

LOW, HIGH = (-3, -6), (3, 0)


@pytest.fixture(scope="module")
def pipe() -> Pipe:
    return Pipe(Recipe())


@pytest.fixture(scope="module")
def spaces(pipe: Pipe) -> dict[tuple[int, int], ChunkSpace]:
    return {(cx, cy): pipe.space(cx, cy) for cy in range(LOW[1], HIGH[1]) for cx in range(LOW[0], HIGH[0])}


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
        assert len(space.solids) == int(_overlapping(space.solids, cx, cy).sum())
        assert np.isfinite(_rows(space.solids)).all() and (space.solids.half > 0).all() and (space.solids.top > space.solids.bottom).all()


def test_things_that_stand_are_solid_where_they_stand(pipe: Pipe, spaces: dict[tuple[int, int], ChunkSpace]) -> None:
    counted = 0
    for (cx, cy), space in spaces.items():
        rows = {row.tobytes() for row in _rows(space.solids)}
        for thing in pipe.plan(cx, cy).things:
            own = solids_of_thing(thing)
            inside = own.take(_overlapping(own, cx, cy))
            assert {row.tobytes() for row in _rows(inside)} <= rows, thing
            counted += len(inside)
    assert counted > 500


def test_ground_is_one_piece_over_the_borders(spaces: dict[tuple[int, int], ChunkSpace]) -> None:
    for (cx, cy), space in spaces.items():
        height = space.ground.height
        assert height.shape == (GROUND_NODES, GROUND_NODES) and np.isfinite(height).all() and abs(height).max() < 0.6
        if east := spaces.get((cx + 1, cy)):
            assert (height[:, -1] == east.ground.height[:, 0]).all()
        if north := spaces.get((cx, cy + 1)):
            assert (height[-1] == north.ground.height[0]).all()


def test_a_fallen_slab_lies_on_the_deck_and_on_the_ground(pipe: Pipe) -> None:
    found = 0
    for cx in range(-8, 8):
        for cy in range(-8, 2):
            for span in pipe.plan(cx, cy).spans:
                if span.fate not in (Fate.RAMP_WEST, Fate.RAMP_EAST):
                    continue
                found += 1
                x0, x1, slope = ramp_run(span)
                at_deck, length = (span.x0, -1.0) if span.fate == Fate.RAMP_WEST else (span.x1, 1.0)
                assert at_deck in (x0, x1)
                assert np.hypot(x1 - x0, span.height_m) == pytest.approx(span.x1 - span.x0)  # as long as what stood
                assert (x1 - x0) * slope == pytest.approx(length * span.height_m)
                assert abs(slope) < 0.62  # steeper nobody could walk
    assert found >= 5


def test_emitters_shine(spaces: dict[tuple[int, int], ChunkSpace]) -> None:
    for (cx, cy), space in spaces.items():
        e = space.emitters
        assert np.isfinite(e.position).all() and (e.candela >= 0).all() and (e.reach_m > 0).all() and (e.group < 64).all()
        length = np.linalg.norm(e.normal, axis=1)
        assert ((abs(length - 1) < 1e-9) | (length == 0)).all()
        steady = e.slot < 0
        assert (e.reach_m[~steady] <= 14.0).all() and (e.group[steady] == 0).all()
        # Signs and lamps stand out a little from what owns them.
        corner = np.array([cx, cy]) * CHUNK_M
        assert (abs(e.position[:, :2] - corner - CHUNK_M / 2) < CHUNK_M / 2 + 16.0).all()
