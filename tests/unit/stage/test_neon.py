"""What neon looks like close by: a pale thread in coloured glass, dead stretches that no power wakes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from lamp_yard import Yard, lamp

from world.conditions import Conditions, conditions_at
from world.plan.records import Sign, SignKind
from world.pose import Pose
from world.recipe import Recipe

SIZE = (240, 135)
GROUP = 9
AT = np.array([32.0, 30.0, 3.0])


def _hour(power: float) -> Conditions:
    powers = np.ones(64, np.float32)
    powers[GROUP] = power
    hour = conditions_at(Recipe(), 0.0)
    return replace(hour, rain_mm_h=0.0, wetness=0.0, fog_per_m=0.0, water_level_m=-5.0, power=powers)


@pytest.fixture(scope="module")
def stage(booted: Any) -> Iterator[Any]:
    from world.stage.stage import Stage

    made = Stage(booted, Yard([], lamp(32.0, 33.0, 3.0)), size=SIZE, quality="low")
    made.chunks.radius_m, made.skyline.radius_m = 10.0, 0.0
    made.settle(Pose(tuple(AT), 0.0))
    yield made
    made.close()


def _pixels(app: Any, stage: Any, pose: Pose, power: float) -> np.ndarray:
    """(H, W, 3) of the scene, linear."""
    stage.show(pose, _hour(power), None)
    app.graphicsEngine.renderFrame()
    scene = stage.passes.scene
    assert app.graphicsEngine.extractTextureData(scene, app.win.getGsg())
    pixels = np.frombuffer(memoryview(scene.getRamImage()), np.float32).reshape(SIZE[1], SIZE[0], -1)[..., 2::-1].astype(float)
    scene.clearRamImage()
    return pixels


def _stand(stage: Any, surface: Any) -> Any:
    from world.stage.geometry import geom_node
    from world.stage.shaders import load_shader

    node = stage.root.attachNewNode(geom_node(surface, "neon"))
    node.setShader(load_shader("surface/city.vert", "surface/city.frag"))
    return node


def test_a_tube_is_whiter_in_its_middle_than_at_its_rim(app: Any, stage: Any) -> None:
    from world.mesh.surface import Finish, SurfaceBuilder

    turn = np.linspace(0.0, 2.0 * math.pi, 33)
    ring = np.stack([np.cos(turn), np.sin(turn), 0.0 * turn], axis=1)
    up = np.array([0.0, 0.0, 0.05])
    low, high = AT + 0.013 * ring - up, AT + 0.013 * ring + up
    corners = np.stack([low[:-1], low[1:], high[1:], high[:-1]], axis=1)
    normals = np.stack([ring[:-1], ring[1:], ring[1:], ring[:-1]], axis=1)
    uv = np.ones((32, 4, 2))
    builder = SurfaceBuilder()
    builder.quads(corners, Finish.TUBE, (255, 60, 90, 255), uv, (GROUP, 250, 0, 1), normals)
    tube = _stand(stage, builder.build())
    # The eye stands .2 m south of it.
    pixels = _pixels(app, stage, Pose((AT[0], AT[1] - 0.2, AT[2]), 0.0, 0.0, fov_deg=12.0), 1.0)
    tube.removeNode()
    row = pixels[SIZE[1] // 2]
    lit = np.nonzero(row.max(axis=1) > 0.3)[0]
    assert len(lit) > 20
    middle, rim = row[(lit[0] + lit[-1]) // 2], row[lit[0] + 2]
    assert middle.max() > 2.0 * rim.max()
    assert middle[1] / middle[0] > 2.0 * rim[1] / rim[0]  # the gas is red: green is what white has more of
    assert middle[1] / middle[0] > 0.3


def test_dead_stretches_of_a_word_stay_dark(app: Any, stage: Any) -> None:
    """Words in outlines of tubes on dark boards: some stretch of some is dead, most of most burns."""
    dead = [_share_dead(app, stage, seed) for seed in (4, 19, 34, 49)]
    # Electrodes and what is taken for glass come to .1 to .23 of words that burn whole.
    assert max(dead) > 0.4
    assert min(dead) < 0.25


def _share_dead(app: Any, stage: Any, seed: int) -> float:
    """Of a word's tubes, by pixels."""
    from world.mesh.kits.sign_spec import dead_cells, spec_of
    from world.mesh.kits.signs import add_signs
    from world.mesh.surface import SurfaceBuilder

    word = next(97 * seed + w for w in range(97) if not dead_cells(spec_of(_board(97 * seed + w))).any())
    builder = SurfaceBuilder()
    add_signs(builder, [_board(word)], (0.0, 0.0))
    sign = _stand(stage, builder.build())
    pose = Pose((AT[0], AT[1] + 1.6, AT[2]), 180.0, 0.0, fov_deg=70.0)  # before its face, which looks north
    on, off = _pixels(app, stage, pose, 1.0), _pixels(app, stage, pose, 0.0)
    sign.removeNode()
    gained = (on - off).max(axis=2)
    assert gained.min() > -0.02 and np.isfinite(on).all()
    face = gained[38:-38, 50:-50]
    glass = off[38:-38, 50:-50].mean(axis=2)
    paler = glass / np.median(glass, axis=0)  # by the lamp's light glass is paler than the board
    tubes = paler > 0.5 * (np.percentile(paler, 50) + np.percentile(paler, 99))
    strong = np.percentile(face[tubes], 90)
    assert strong > 0.5
    return float((face[tubes] < 0.15 * strong).mean())


def _board(word: int) -> Sign:
    return Sign((1, word), SignKind.FASCIA, tuple(AT), 0.0, 2.4, 0.9, word, (118, 235, 176), True, GROUP, 1.0)
