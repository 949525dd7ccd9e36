"""Hands on the stage: before every wall, out of the mirror, lit as the eye's place is; an arc of dots as long as one aims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from grey_card import dry
from lamp_yard import Yard, lamp
from march import moment

from world.mesh.surface import Finish, SurfaceBuilder
from world.pose import Pose
from world.sim.kinds import Trade
from world.sim.state import Hands

SIZE = (128, 72)
EYE = Pose((30.0, 24.0, 1.6), 0.0)
Array = np.ndarray[Any, np.dtype[Any]]


def _staged(app: Any, candela: float) -> Any:
    from world.stage.geometry import geom_node
    from world.stage.shaders import load_shader
    from world.stage.stage import Stage

    stage = Stage(app, Yard([], lamp(29.0, 21.0, 2.4, candela=candela)), size=SIZE, quality="low")
    stage.chunks.radius_m, stage.skyline.radius_m = 10.0, 0.0
    stage.settle(EYE)
    wall = SurfaceBuilder()  # .2 m before the eye: nearer than the hands
    wall.quads([[(28, 24.2, 0), (32, 24.2, 0), (32, 24.2, 4), (28, 24.2, 4)]], Finish.RUBBER, (10, 10, 10, 255))
    path = stage.root.attachNewNode(geom_node(wall.build(), "wall"))
    path.setShader(load_shader("surface/city.vert", "surface/city.frag"))
    return stage, path


@pytest.fixture(scope="module")
def yard(booted: Any) -> Iterator[Any]:
    stage, wall = _staged(booted, 60.0)
    yield stage, wall
    stage.close()


def _scene(app: Any, stage: Any, camera: Any, pose: Pose = EYE) -> Array:
    now = replace(moment([{"trade": Trade.WAITER, "at": (900.0, 900.0)}], 10.0), hands=Hands())
    stage.show(pose, replace(dry(), sky_lux=0.0), now, camera)
    app.graphicsEngine.renderFrame()
    scene = stage.passes.scene
    assert app.graphicsEngine.extractTextureData(scene, app.win.getGsg())
    pixels = np.frombuffer(memoryview(scene.getRamImage()), np.float32).reshape(SIZE[1], SIZE[0], -1)[::-1, :, 2::-1].astype(float)
    scene.clearRamImage()
    return pixels


def test_no_wall_cuts_into_them_and_they_are_there_for_the_hero_alone(app: Any, yard: Any) -> None:
    from world.stage.stage import STILL, Camera

    stage, wall = yard
    wall.hide()
    open_ = _scene(app, stage, Camera(hands=True)) - _scene(app, stage, STILL)
    wall.show()
    close = _scene(app, stage, Camera(hands=True)) - _scene(app, stage, STILL)
    seen = abs(open_).max(axis=2) > 0.005
    assert seen[40:, 70:].mean() > 0.05 and not seen[:30, :60].any()
    assert ((abs(close).max(axis=2) > 0.005) & seen).sum() > 0.9 * seen.sum()


def test_the_fog_and_the_shade_know_how_far_they_are(app: Any, yard: Any) -> None:
    """Their depth is read back as arm's length, not as the near plane."""
    from world.stage.hands import HELD_DEPTH
    from world.stage.passes import FAR_M, NEAR_M
    from world.stage.stage import Camera

    stage, _ = yard
    _scene(app, stage, Camera(hands=True))
    depth = stage.passes.depth
    assert app.graphicsEngine.extractTextureData(depth, app.win.getGsg())
    raw = memoryview(depth.getRamImage())
    kind = np.uint16 if depth.getComponentWidth() == 2 else np.float32
    d = np.frombuffer(raw, kind).astype(float) / (65535.0 if kind is np.uint16 else 1.0)
    depth.clearRamImage()
    held = d[d < HELD_DEPTH] / HELD_DEPTH
    assert len(held) > 100
    along = NEAR_M * FAR_M / (FAR_M - held * (FAR_M - NEAR_M))
    assert 0.1 < np.median(along) < 0.7


def test_they_are_lit_by_what_lights_the_place(app: Any, booted: Any, yard: Any) -> None:
    from world.stage.stage import Camera

    stage, _ = yard
    lit = _scene(app, stage, Camera(hands=True))[40:, 70:].mean()
    dim, _ = _staged(booted, 6.0)
    try:
        assert _scene(app, dim, Camera(hands=True))[40:, 70:].mean() < 0.4 * lit
    finally:
        dim.close()


def test_an_arc_is_dots_that_end_where_the_bottle_does(app: Any, yard: Any) -> None:
    from world.stage.hands import DOTS, dots_along
    from world.stage.stage import STILL, Camera

    way = tuple((30.0, 25.0 + 0.4 * k, 1.6 + 0.2 * k - 0.02 * k * k) for k in range(20))
    dots = dots_along(np.array(way))
    assert 2 <= len(dots) <= DOTS and np.allclose(dots[-1], way[-1])
    gaps = np.linalg.norm(np.diff(dots, axis=0), axis=1)
    assert gaps.max() < 1.3 * gaps.min()
    stage, wall = yard
    wall.hide()
    bare = _scene(app, stage, STILL)
    drawn = (_scene(app, stage, Camera(arc=way)) - bare).max(axis=2) > 0.02
    wall.show()
    assert 8 < drawn.sum() < 300
    assert drawn[:, 56:72].sum() == drawn.sum()  # straight ahead
    assert not ((_scene(app, stage, STILL) - _scene(app, stage, Camera(arc=way[:1]))) != 0.0).any()


def test_they_are_where_they_are_in_the_picture_whatever_the_lens(app: Any, yard: Any) -> None:
    from world.stage.stage import STILL, Camera

    stage, wall = yard
    wall.hide()
    middles = []
    for fov_deg in (60.0, 80.0, 110.0):
        pose = replace(EYE, fov_deg=fov_deg)
        seen = abs(_scene(app, stage, Camera(hands=True), pose) - _scene(app, stage, STILL, pose)).max(axis=2) > 0.005
        rows, columns = np.nonzero(seen[36:])
        middles.append((rows.mean(), columns.mean(), len(rows)))
    wall.show()
    assert np.ptp(np.array(middles)[:, :2], axis=0).max() < 6.0
    assert np.array(middles)[:, 2].max() < 1.5 * np.array(middles)[:, 2].min()


def test_neither_the_water_nor_a_light_sees_them(app: Any, yard: Any) -> None:
    from world.stage.masks import MAIN, MIRROR, SHADOW
    from world.stage.stage import Camera

    stage, _ = yard
    _scene(app, stage, Camera(hands=True, arc=((30.0, 26.0, 1.0), (30.0, 28.0, 1.0))))
    for name in ("hands", "breath", "arc"):
        path = stage.root.find(name)
        assert not path.isEmpty() and path.isHidden(MIRROR) and path.isHidden(SHADOW), name
    assert not stage.root.find("hands").isHidden(MAIN) and not stage.root.find("arc").isHidden(MAIN)
