"""Lamps end at walls: as far as a ray gets in every direction, and dark on the other side in the picture."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from flatland import box
from grey_card import dry, luminance_of_card, staged
from lamp_yard import Yard, lamp
from march import moment
from scene import scene

from world.light.bake import LAYERS
from world.pose import Pose
from world.sim.kinds import Trade
from world.stage.lamp_reach import DIRECTIONS, FAR_M, reaches, ways

Array = np.ndarray[Any, np.dtype[Any]]


def _walls() -> tuple[Array, Array]:
    return np.zeros((LAYERS, 256, 128, 2), np.uint8), np.zeros((LAYERS, 128, 256, 2), np.uint8)


def test_directions_are_even_and_start_past_east() -> None:
    found = ways()
    assert np.allclose(np.linalg.norm(found, axis=1), 1.0)
    first = (found / abs(found).sum(axis=1, keepdims=True))[: DIRECTIONS // 4]  # the shader's y / (|x| + |y|)
    assert np.allclose(first[:, 1], (np.arange(DIRECTIONS // 4) + 0.5) * 4.0 / DIRECTIONS)
    assert found[0, 0] > 0.99 and found[0, 1] > 0.0 and found[DIRECTIONS // 4, 1] > 0.99


def test_a_ray_ends_at_the_first_wall() -> None:
    along_x, along_y = _walls()
    along_x[:, :, 10] = 255, 128  # a wall at x = 22
    along_y[:, 17, :] = 255, 0  # and one at y = 35
    place = np.array([[16.0, 30.0, 1.4]])
    found, way = reaches(along_x, along_y, place)[0], ways()
    free = np.full(DIRECTIONS, np.inf)
    with np.errstate(divide="ignore"):
        free = np.minimum(np.where(way[:, 0] > 0, 6.0 / way[:, 0], np.inf), np.where(way[:, 1] > 0, 5.0 / way[:, 1], np.inf))
    assert np.allclose(found, np.minimum(free, FAR_M), atol=0.05)
    nothing = reaches(*_walls(), place)
    assert (nothing == FAR_M).all()
    far = reaches(along_x, along_y, place + np.array([256.0, -512.0, 0.0]))
    assert np.allclose(far, found)  # the rings' period


def test_what_hangs_on_a_wall_is_not_behind_it() -> None:
    along_x, along_y = _walls()
    along_x[:, :, 10] = 255, 128
    found = reaches(along_x, along_y, np.array([[22.3, 30.0, 2.0]]))[0]
    assert (found == FAR_M).all()


@pytest.mark.parametrize("walled", [False, True])
def test_no_lamp_shines_through_a_wall(app: Any, walled: bool) -> None:
    """A waiter's red eye, a card three metres behind a wall that faces it."""
    boxes = [box(32.0, 34.0, 12.0, 0.5, 6.0)] if walled else []
    stage = staged(app, Yard(boxes, lamp(30.0, 60.0, 3.0, candela=0.01)), (32.0, 30.0, 1.4))
    one = moment([{"trade": Trade.WAITER, "at": (32.0, 36.5), "heading": 180.0}])
    show = stage.show
    stage.show = lambda pose, hour, robots: show(pose, hour, one)
    try:
        lux = luminance_of_card(app, stage, np.array([32.0, 31.0, 1.4]), np.array([0.0, 1.0, 0.0]), replace(dry(), sky_lux=0.0))
    finally:
        stage.close()
    assert lux < 2e-4 if walled else lux > 1e-3


@pytest.mark.parametrize("quality", ["medium", "high"])
def test_lamps_light_what_has_lost_its_detail_and_end_at_walls_there_too(app: Any, quality: str) -> None:
    """A wall of the kind that is drawn plainly at medium: a waiter's eye lights it, but not from behind another wall."""
    from world.mesh.surface import Finish, SurfaceBuilder
    from world.stage.geometry import geom_node
    from world.stage.looks import set_look
    from world.stage.permutations import LEAN
    from world.stage.stage import Stage

    builder = SurfaceBuilder()
    builder.quads([[[29.0, 31.0, 0.2], [35.0, 31.0, 0.2], [35.0, 31.0, 3.0], [29.0, 31.0, 3.0]]], Finish.PLASTER, (180, 180, 180, 255))
    read = {}
    for walled in (False, True):
        boxes = [box(32.0, 34.0, 12.0, 0.5, 6.0)] if walled else []
        stage = Stage(app, Yard(boxes, lamp(30.0, 60.0, 3.0, candela=0.01)), size=(64, 36), quality=quality)
        try:
            stage.chunks.radius_m, stage.skyline.radius_m = 10.0, 0.0
            pose, hour = Pose((32.0, 27.0, 1.6), 0.0), replace(dry(), sky_lux=0.0)
            stage.settle(pose)
            path = stage.root.attachNewNode(geom_node(builder.build(), "wall"))
            path.setTwoSided(True)
            set_look(path, LEAN, "USE_MASONRY")
            for name, robots in (("dark", None), ("lit", moment([{"trade": Trade.WAITER, "at": (32.0, 27.5), "heading": 0.0}]))):
                if walled and robots is not None:
                    robots = moment([{"trade": Trade.WAITER, "at": (32.0, 36.5), "heading": 180.0}])
                read[name, walled] = scene(app, stage, pose, hour, robots)[8:12, 20:44].mean()
        finally:
            stage.close()
    assert read["lit", False] > 2.0 * read["dark", False] + 1e-5
    assert read["lit", True] < read["dark", True] + 0.02 * (read["lit", False] - read["dark", False])
