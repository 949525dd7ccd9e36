"""What polished and what is wet mirrors above the street: a red sign is seen in a car's roof, on a deck, on the steps of a stair where
geometry says, and goes with its power."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from flatland import box
from lamp_yard import Yard, lamp

from world.conditions import Conditions, conditions_at
from world.mesh.cards import REACH_M, cards_of, strongest
from world.plan.records import Sign, SignKind
from world.pose import Pose
from world.recipe import Recipe

SIZE = (64, 36)
GROUP = 9
ROOF = np.array([32.0, 30.0, 1.4])
AWAY_M, ABOVE_M = 6.0, 1.6


def _sign(x: float, y: float, z: float, *, key: int = 0, strength: float = 1.0, lit: bool = True, width: float = 2.4) -> Sign:
    """A red board that faces west."""
    return Sign((1, key), SignKind.FASCIA, (x, y, z), 270.0, width, 0.9, 3, (255, 0, 0), lit, GROUP, strength)


def _hour(power: float, wetness: float = 0.0) -> Conditions:
    powers = np.ones(64, np.float32)
    powers[GROUP] = power
    hour = conditions_at(Recipe(), 0.0)
    return replace(hour, rain_mm_h=0.0, wetness=wetness, fog_per_m=0.0, water_level_m=-5.0, sky_lux=0.0, power=powers)


@pytest.fixture(scope="module")
def yard(booted: Any) -> Iterator[Any]:
    """A roof of car paint; east of it a wall with a red sign, and what it sheds as a lamp."""
    from world.mesh.surface import Finish
    from world.stage.stage import Stage

    sign = _sign(ROOF[0] + AWAY_M, ROOF[1], ROOF[2] + ABOVE_M)
    made = Yard([box(40.0, 30.0, 1.8, 8.0, 6.0)], lamp(37.5, 30.0, 3.0), (sign,))
    stage = Stage(booted, made, size=SIZE, quality="low")
    stage.chunks.radius_m, stage.skyline.radius_m = 10.0, 0.0
    stage.settle(Pose(tuple(ROOF), 0.0))
    _level(stage, Finish.PAINT)
    yield stage
    stage.close()


def _level(stage: Any, finish: Any) -> Any:
    """Something level of a finish about `ROOF`."""
    from world.mesh.surface import SurfaceBuilder
    from world.stage.geometry import geom_node
    from world.stage.shaders import load_shader

    builder = SurfaceBuilder()
    x, y, z = ROOF
    builder.quads([[(x - 2, y - 4, z), (x + 2, y - 4, z), (x + 2, y + 4, z), (x - 2, y + 4, z)]], finish, (30, 30, 30, 255))
    path = stage.root.attachNewNode(geom_node(builder.build(), "roof"))
    path.setShader(load_shader("surface/city.vert", "surface/city.frag"))
    return path


def _seen(app: Any, stage: Any, hour: Conditions, aside_m: float = 0.0) -> np.ndarray:
    """Mean (r, g, b) of the roof about the point in which an eye west of it has the sign's middle mirrored, or `aside_m` north of that."""
    eye = ROOF + 0.5 * np.array([-AWAY_M, 0.0, ABOVE_M]) + [0.0, aside_m, 0.0]
    pitch = -math.degrees(math.atan2(ABOVE_M, AWAY_M))
    stage.show(Pose(tuple(eye), 90.0, pitch, fov_deg=8.0), hour, None)
    app.graphicsEngine.renderFrame()
    scene = stage.passes.scene
    assert app.graphicsEngine.extractTextureData(scene, app.win.getGsg())
    pixels = np.frombuffer(memoryview(scene.getRamImage()), np.float32).reshape(SIZE[1], SIZE[0], -1)
    mean = pixels[..., 2::-1].astype(float).mean(axis=(0, 1))
    scene.clearRamImage()
    return mean


def test_a_roof_mirrors_a_red_sign_where_geometry_says(app: Any, yard: Any) -> None:
    lit, dark = _seen(app, yard, _hour(1.0)), _seen(app, yard, _hour(0.0))
    gained = lit - dark
    assert gained[0] > 0.05
    assert gained[0] > 50 * max(gained[1], gained[2], 1e-4)
    assert np.isfinite(lit).all() and (dark >= 0.0).all()


def test_beside_it_there_is_none(app: Any, yard: Any) -> None:
    there = (_seen(app, yard, _hour(1.0)) - _seen(app, yard, _hour(0.0)))[0]
    beside = (_seen(app, yard, _hour(1.0), 3.4) - _seen(app, yard, _hour(0.0), 3.4))[0]
    assert beside < 0.03 * there


def test_half_the_power_is_half_the_image(app: Any, yard: Any) -> None:
    dark, half, full = (_seen(app, yard, _hour(power))[0] for power in (0.0, 0.5, 1.0))
    assert (half - dark) / (full - dark) == pytest.approx(0.5, abs=0.03)


@pytest.mark.parametrize("finish", ["DECK", "METAL", "CONCRETE"])
def test_decks_stairs_and_flat_roofs_mirror_it_when_they_are_wet(app: Any, yard: Any, finish: str) -> None:
    """A smear where geometry has the image, all of it gone with the sign, and none on what is dry."""
    from world.mesh.surface import Finish

    roof = yard.root.find("**/roof")
    stone = _level(yard, Finish[finish])
    roof.hide()
    try:
        wet = (_seen(app, yard, _hour(1.0, 1.0)) - _seen(app, yard, _hour(0.0, 1.0)))[0]
        half = (_seen(app, yard, _hour(0.5, 1.0)) - _seen(app, yard, _hour(0.0, 1.0)))[0]
        beside = (_seen(app, yard, _hour(1.0, 1.0), 3.8) - _seen(app, yard, _hour(0.0, 1.0), 3.8))[0]
        dry = (_seen(app, yard, _hour(1.0)) - _seen(app, yard, _hour(0.0)))[0]
    finally:
        stone.removeNode()
        roof.show()
    assert wet > 0.01
    assert half == pytest.approx(0.5 * wet, rel=0.05)
    assert beside < 0.35 * wet
    assert dry < 0.1 * wet


def test_dark_signs_are_no_cards() -> None:
    cards = cards_of([_sign(1.0, 2.0, 3.0), _sign(5.0, 2.0, 3.0, key=1, lit=False)], ())
    assert len(cards) == 1
    front = np.array([cards.along[0, 1], -cards.along[0, 0]])
    assert front == pytest.approx([-1.0, 0.0], abs=1e-9)  # west
    assert cards.colour[0, 0] > 0 and (cards.colour[0, 1:] == 0).all()


def test_the_chosen_change_without_a_jump() -> None:
    """Walking along a row of signs, what is shown of each changes by little from step to step."""
    cards = cards_of([_sign(6.0 * k, 8.0 * (k % 2), 3.0 + k % 3, key=k, width=2.0 + 0.4 * (k % 5)) for k in range(40)], ())
    before: dict[int, float] = {}
    steps = np.arange(0.0, 60.0, 0.05)
    for step in steps:
        chosen, share = strongest(cards, (60.0 + step, 4.0, 1.65), 8)
        assert len(chosen) == 8 and (share >= 0).all() and (share <= 1).all()
        now = dict(zip(chosen.tolist(), share.tolist(), strict=True))
        if before:
            assert max(abs(now.get(k, 0.0) - before.get(k, 0.0)) for k in now.keys() | before.keys()) < 0.06
        before = now
    far, _ = strongest(cards, (60.0, REACH_M + 20.0, 1.65), 8)
    assert len(far) == 0
