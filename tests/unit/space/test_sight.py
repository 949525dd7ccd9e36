"""Segments against solids, by the cells and one by one."""

from __future__ import annotations

import numpy as np
import pytest
from flatland import box, land

from world.space import Flag, Material
from world.space.sight import clear, cuts, visible_fraction
from world.space.window import SpaceWindow

EAST, NORTH = np.array([10.0, 0.0, 0.0]), np.array([0.0, 10.0, 0.0])


@pytest.mark.parametrize("origin", [0.0, 30_000.0, -30_000.0])
def test_a_wall_hides_and_its_cut_is_as_thick_as_the_wall(origin: float) -> None:
    region = SpaceWindow(land([box(origin, origin + 5, 6, 0.5, 3.0)])).region(origin, origin)
    a = np.array([[origin, origin, 1.0], [origin, origin, 3.5], [origin - 8, origin, 1.0]])
    b = a + NORTH
    assert clear(region, a, b).tolist() == [False, True, True]
    _, _, enter, leave = cuts(region, a, b, Flag.SIGHT)
    assert (leave - enter)[0] * 10.0 == pytest.approx(1.0, abs=1e-9)


def test_a_sloping_slab_hides_what_is_behind_its_high_end_only() -> None:
    ramp = box(0, 10, 5, 3, 2.0, 1.6, turn_deg=90, slope=(0.4, 0.0))  # top from 0 at y = 5 to 4 at y = 15
    region = SpaceWindow(land([ramp])).region(0, 0)
    eyes = np.array([[-10.0, 6.0, 1.5], [-10.0, 10.0, 1.8], [-10.0, 14.0, 1.5]])
    assert clear(region, eyes, eyes + 2 * EAST).tolist() == [True, False, True]  # over it, into it, under it


def test_what_does_not_stop_sight_is_seen_through() -> None:
    fence = box(0, 5, 6, 0.1, 3.0, flags=Flag.MOVE, material=Material.METAL)
    region = SpaceWindow(land([fence])).region(0, 0)
    a = np.array([[0.0, 0, 1]])
    assert clear(region, a, a + NORTH, Flag.SIGHT).all()
    assert not clear(region, a, a + NORTH, Flag.MOVE).any()


def test_the_cells_miss_nothing() -> None:
    rng = np.random.default_rng(7)
    boxes = [box(*rng.uniform(-60, 60, 2), *rng.uniform(0.2, 6, 2), rng.uniform(1, 8), turn_deg=rng.uniform(0, 360)) for _ in range(80)]
    region = SpaceWindow(land(boxes)).region(0, 0)
    a = np.column_stack([rng.uniform(-60, 60, (300, 2)), rng.uniform(0.3, 6, 300)])
    b = np.column_stack([rng.uniform(-60, 60, (300, 2)), rng.uniform(0.3, 6, 300)])
    t = np.linspace(0, 1, 400)[:, None]
    s = region.solids
    for k, free in enumerate(clear(region, a, b).tolist()):
        p = a[k] + (b[k] - a[k]) * t
        d = p[:, None, :2] - s.centre[None]
        u = d[..., 0] * s.axis[:, 0] + d[..., 1] * s.axis[:, 1]
        v = d[..., 1] * s.axis[:, 0] - d[..., 0] * s.axis[:, 1]
        inside = (abs(u) < s.half[:, 0]) & (abs(v) < s.half[:, 1]) & (p[:, 2:] > s.bottom) & (p[:, 2:] < s.top)
        assert not (free and inside.any())


def test_behind_a_car_the_head_alone_shows() -> None:
    region = SpaceWindow(land([box(0, 5, 2.2, 0.9, 1.4)])).region(0, 0)
    body = np.array([[0, 7.5, 1.65], [0, 7.5, 1.0], [0, 7.5, 0.15]])
    fraction = visible_fraction(region, np.array([[0.0, 0, 1.4], [0.0, 12, 1.4]]), body, np.array([0.3, 0.5, 0.2]))
    assert fraction == pytest.approx([0.3, 1.0])
