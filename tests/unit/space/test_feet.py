"""Support, headroom and pushes, asked directly."""

from __future__ import annotations

import math

import numpy as np
import pytest
from flatland import box, land

from world.space import Material
from world.space.walk import deepest, headroom, push_out, support
from world.space.window import SpaceWindow


def test_layers_each_carry_who_stands_on_them() -> None:
    window = SpaceWindow(land([box(0, 0, 5, 5, 6.0, 5.4, material=Material.METAL)]))
    rows = window.near(0, 0, 1)
    below, above = support(window, rows, 0, 0, 0.35), support(window, rows, 0, 0, 6.35)
    assert (below.height, below.street) == (0.0, True)
    assert (above.height, above.material, above.street) == (6.0, Material.METAL, False)
    assert headroom(rows, 0, 0, 0.0) == pytest.approx(5.4)
    assert headroom(rows, 0, 0, 6.0) == math.inf


def test_what_is_too_steep_carries_nobody() -> None:
    window = SpaceWindow(land([box(0, 0, 2, 2, 2.0, 1.0, slope=(0.9, 0.0))]))
    assert support(window, window.near(0, 0, 1), 0, 0, 3.0).street


def test_ground_is_bilinear_between_its_nodes_and_whole_across_chunks() -> None:
    window = SpaceWindow(land(height=lambda x, y: 0.01 * x + 0.02 * y))
    for x, y in [(1.1, 2.3), (63.99, 12.0), (64.0, 12.0), (-0.01, -64.0), (-500.3, 700.7)]:
        assert window.ground(x, y) == pytest.approx(0.01 * x + 0.02 * y, abs=1e-5)


@pytest.mark.parametrize("turn", [0.0, 30.0, 77.0])
def test_pushed_out_of_a_corner_between_two_walls(turn: float) -> None:
    c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    place = lambda u, v: (u * c - v * s, u * s + v * c)  # noqa: E731
    walls = [box(*place(0, 3), 5, 0.5, 3, turn_deg=turn), box(*place(3, 0), 0.5, 5, 3, turn_deg=turn)]
    window = SpaceWindow(land(walls))
    x, y = place(2.4, 2.3)
    rows = window.near(x, y, 1)
    nx, ny, normals = push_out(rows, x, y, 0.0, 1.8)
    assert deepest(rows, nx, ny, 0.0, 1.8) is None or deepest(rows, nx, ny, 0.0, 1.8)[0] < 1e-6  # type: ignore[index]
    assert len(normals) == 2
    assert np.hypot(nx - x, ny - y) < 0.5


def test_where_a_robot_fits() -> None:
    region = SpaceWindow(land([box(10, 10, 2.2, 1, 1.4), box(20, 20, 2, 2, 6, 3), box(30, 30, 1, 1, 0.2)])).region(0, 0)

    def free(x: float, y: float) -> bool:
        return bool(region.free[int(y - region.origin[1]), int(x - region.origin[0])])

    assert not free(10.5, 10.5)  # a car
    assert free(20.5, 20.5)  # under a deck
    assert free(30.5, 30.5)  # over a kerb
    assert not free(12.2, 10.5) and free(13.2, 10.5)  # its own width
