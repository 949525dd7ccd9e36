"""Rooms as they are drawn: within budget, without empty triangles, closed where they are walls."""

from __future__ import annotations

import numpy as np
import pytest
from fronts import fronts_of

from world.mesh.furniture import furniture
from world.mesh.interior import add_interiors
from world.mesh.interior_skin import painted
from world.mesh.pinned import hung_on
from world.mesh.surface import SurfaceBuilder
from world.plan.facade import Pane, facade_of
from world.plan.hollow import Face
from world.plan.interior import FRONT, interior_of
from world.plan.rooms import Look, Use
from world.recipe import Recipe

EVERY = Recipe.model_validate({"buildings": {"interiors": 1.0}})
ROOMS = 1500  # without what stands in them
TRIANGLES = 6500  # the fullest shop on the widest lot


@pytest.mark.parametrize("use", list(Use), ids=lambda use: use.value)
def test_an_interior_is_drawn_within_its_budget(use: Use, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = []
    for building, interior in fronts_of(use, 6):
        for room in ("interior", "furniture"):
            monkeypatch.setattr(f"world.mesh.{room}.interior_of", lambda recipe, b, interior=interior: interior)
        builder = SurfaceBuilder()
        corner = (building.origin[0] - 10.0, building.origin[1] - 10.0)
        add_interiors(builder, EVERY, (building,), corner)
        surfaces = (builder.build(), *furniture(EVERY, (building,), corner))
        for surface in surfaces:
            corners = surface.vertices["position"][surface.indices.reshape(-1, 3)].astype(np.float64)
            area = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1) / 2
            assert np.isfinite(corners).all() and area.min() > 1e-8
        assert len(surfaces) == 2 and surfaces[0].triangle_count < ROOMS
        counts.append(sum(surface.triangle_count for surface in surfaces))
    assert max(counts) <= TRIANGLES


def test_the_front_has_no_pane_where_one_looks_into_a_room() -> None:
    from world.plan import plan_chunk

    seen = 0
    for building in plan_chunk(EVERY, -2, -2).buildings:
        interior = interior_of(EVERY, building)
        panes = facade_of(EVERY, building, 0, FRONT).panes
        opened = {(int(f), int(b)) for f, b in zip(*np.nonzero(np.isin(panes, (Pane.OPEN_LIT, Pane.OPEN_DARK))), strict=True)}
        assert opened == (set(interior.bays) if interior else set())
        seen += len(opened)
    assert seen > 3


def test_rooms_of_a_look_are_painted_unlike_and_each_the_same_again() -> None:
    for look in (Look.CAFE, Look.DINER, Look.HOME, Look.HALL):
        ways = [painted(look, draw) for draw in np.linspace(0.0, 0.999, 12).tolist()]
        assert len({(wall.tint, bands) for wall, bands in ways}) >= 3
        assert all(0.0 <= low < high < 2.5 for _, bands in ways for low, high, _, _ in bands)
        assert painted(look, 0.7) == painted(look, 0.7)
    assert painted(Look.DOORWAY, 0.5) == painted(Look.DOORWAY, 0.9) and not painted(Look.DOORWAY, 0.5)[1]


def test_what_hangs_on_a_wall_hangs_before_it() -> None:
    """And within it, seen from the side that the room is on."""
    for axis, sign in ((0, 1), (0, -1), (1, 1), (1, -1)):
        wall = Face(axis, sign, 4.0, (0.0, 0.2), (9.0, 3.0), 0)
        hung = [sheet for quads, _, _ in hung_on([wall], [Look.CAFE], (3, 1)) for sheet in quads]
        assert len(hung) > 8
        for sheet in hung:
            normal = np.cross(sheet[1] - sheet[0], sheet[2] - sheet[0])
            assert normal[axis] * sign > 0.0 and 0.01 < (sheet[0, axis] - 4.0) * sign < 0.06
            assert sheet[:, 1 - axis].min() > -0.1 and sheet[:, 1 - axis].max() < 9.1 and 0.5 < sheet[:, 2].min() < sheet[:, 2].max() < 2.7
    assert not list(hung_on([Face(2, 1, 0.0, (0.0, 0.0), (9.0, 9.0), 0)], [Look.CAFE], (3, 1)))
