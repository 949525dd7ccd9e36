"""Where one can stand and walk to: on made-up land, against the walker's own feet, and over a piece of the city."""

from __future__ import annotations

import numpy as np
import pytest
from flatland import box, land
from walkability import survey

from world.pipe import Pipe
from world.recipe import Recipe
from world.space import Material
from world.space.chunk_space import CHUNK_M
from world.space.walk import deepest, support
from world.space.walkable import BODY_M, CELLS, STREET, WalkGraph, WalkSurface, walk_surface
from world.space.window import SpaceWindow


def _surface(*boxes: object) -> WalkSurface:
    return walk_surface(land(list(boxes))(0, 0))  # type: ignore[arg-type]


def _parts(*boxes: object) -> tuple[WalkGraph, int | None, int | None]:
    """The graph, and the parts of a place in the west and one in the east of the chunk (any height)."""
    graph = WalkGraph([_surface(*boxes)])
    spots = [graph.spot(x, 32.0, 0.0) for x in (10.0, 54.0)]
    return graph, *(None if s is None else int(graph.part[s]) for s in spots)  # type: ignore[return-value]


def test_flat_land_is_one_part_everywhere() -> None:
    graph, west, east = _parts()
    assert len(graph) == CELLS * CELLS and west == east == graph.main
    assert (graph.bearer == STREET).all() and (graph.material == Material.ASPHALT).all()


@pytest.mark.parametrize(("height", "passes"), [(0.3, True), (0.32, True), (0.5, False), (3.0, False)])
def test_a_step_is_taken_and_a_wall_is_not(height: float, passes: bool) -> None:
    _, west, east = _parts(box(32.0, 32.0, 1.0, 33.0, height))
    assert (west == east) is passes


@pytest.mark.parametrize(("gap", "passes"), [(0.5, False), (1.1, True)])
@pytest.mark.parametrize("turn_deg", [0.0, 17.0, 45.0])
def test_a_gap_must_be_as_wide_as_a_body(gap: float, passes: bool, turn_deg: float) -> None:
    turn = np.radians(turn_deg)
    along = np.array([-np.sin(turn), np.cos(turn)])
    walls = [box(*(np.array([32.0, 32.0]) + side * (gap / 2 + 40.0) * along), 0.3, 40.0, 3.0, turn_deg=turn_deg) for side in (-1, 1)]
    _, west, east = _parts(*walls)
    assert (west == east) is passes


@pytest.mark.parametrize(("clear", "passes"), [(1.6, False), (1.9, True)])
def test_a_ceiling_must_leave_room_for_the_head(clear: float, passes: bool) -> None:
    _, west, east = _parts(box(32.0, 32.0, 2.0, 33.0, 6.0, bottom=clear))
    assert (west == east) is passes


@pytest.mark.parametrize(("slope", "passes"), [(0.5, True), (0.8, True), (1.0, False)])
def test_a_slope_bears_up_to_forty_degrees(slope: float, passes: bool) -> None:
    run = 4.0 / slope
    wall = box(32.0, 32.0, 3.0, 33.0, 4.0)
    ramps = [box(32.0 + side * (3.0 + run / 2), 32.0, run / 2, 2.0, 2.0, bottom=1.7, slope=(-side * slope, 0.0)) for side in (-1, 1)]
    _, west, east = _parts(wall, *ramps)
    assert (west == east) is passes


def test_layers_lie_over_one_another() -> None:
    surface = _surface(box(32.0, 32.0, 8.0, 8.0, 7.5, bottom=7.1, material=Material.METAL))
    middle = np.flatnonzero(surface.cell == 128 * CELLS + 128)
    assert surface.height[middle].tolist() == [0.0, 7.5]
    assert surface.material[middle].tolist() == [Material.ASPHALT, Material.METAL]
    assert surface.bearer[middle].tolist() == [STREET, 0]


def test_parts_go_on_over_the_borders_of_chunks_and_a_way_leads_through() -> None:
    source = land([box(64.0, 40.0, 0.3, 39.0, 3.0)])
    graph = WalkGraph(walk_surface(source(cx, 0)) for cx in (0, 1))
    first, last = graph.spot(50.0, 30.0, 0.0), graph.spot(80.0, 30.0, 0.0)
    assert first is not None and last is not None and graph.part[first] == graph.part[last]
    way = graph.way(first, last)
    assert (np.abs(np.diff(way[:, :2], axis=0)).sum(axis=1) <= 0.2501).all() and way[:, 1].min() < 1.0
    assert graph.spot(-20.0, 30.0, 0.0) is None and len(graph.way(first, first)) == 1


def test_a_spot_is_where_the_walker_stands() -> None:
    """At spots drawn at random over a chunk of the city: feet are borne at that height, and the body fits."""
    pipe = Pipe(Recipe())
    x0, y0, _ = pipe.start().position
    cx, cy = int(x0 // CHUNK_M), int(y0 // CHUNK_M)
    window = SpaceWindow(pipe.space)
    graph = WalkGraph([walk_surface(pipe.space(cx, cy))])
    places = graph.places()
    inner = np.flatnonzero((np.abs(places[:, :2] - (np.array([cx, cy]) + 0.5) * CHUNK_M) < 31.0).all(axis=1))
    for k in np.random.default_rng(3).choice(inner, 400, replace=False):
        x, y, z = places[k]
        rows = window.near(x, y, 1.0)
        assert support(window, rows, x, y, z + 0.34).height == pytest.approx(z, abs=0.02)
        found = deepest(rows, x, y, float(z), BODY_M - 0.02)
        assert found is None or found[0] < 0.02


def test_a_piece_of_the_city_hangs_together() -> None:
    x, y, _ = Pipe(Recipe()).start().position
    report = survey(Recipe(), int(x // CHUNK_M) - 2, int(y // CHUNK_M) - 2, 4)
    assert report.street > 0.995 and report.deck > 0.995 and report.all > 0.995
    assert report.deck_m2 > 100.0 and report.fronts > 10 and not report.lost
