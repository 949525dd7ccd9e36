"""An 18 % grey card in the unexposed scene reads ρE/π of `illuminance()`: what is drawn is what the patrols see by.

The card is RUBBER of a tint that makes it .18 (that finish has no pattern) under the city's own shader. Surfaces read the light field
a little in front of themselves, so that their own wall does not darken them, and so does the field.
"""

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
from world.light import LightField
from world.pipe import Pipe
from world.pose import Pose
from world.recipe import Recipe

GREY = 0.18
TINT = (221, 221, 221, 255)  # RUBBER's albedo is a quarter of its tint: .25 · .72
SIZE = (64, 36)
LUMA = np.array([0.2126, 0.7152, 0.0722])
NORMALS = [(0, 0, 1), (-1, 0, 0), (1, 0, 0), (0, 1, 0), (-0.6, 0.3, 0.7)]


def _dry() -> Conditions:
    """No rain, no water, no film of wet that glints, and all power on."""
    hour = conditions_at(Recipe(), 0.0)
    return replace(hour, rain_mm_h=0.0, wetness=0.0, fog_per_m=0.0, water_level_m=-5.0, power=np.ones(64, np.float32))


def _card(at: np.ndarray, normal: np.ndarray) -> Any:
    from world.mesh.surface import Finish, SurfaceBuilder
    from world.stage.geometry import geom_node

    guide = (0.0, 0.0, 1.0) if abs(normal[2]) < 0.9 else (0.0, 1.0, 0.0)
    right = np.cross(guide, normal)
    right *= 0.15 / np.linalg.norm(right)
    up = np.cross(normal, right)
    builder = SurfaceBuilder()
    builder.quads([[at - right - up, at + right - up, at + right + up, at - right + up]], Finish.RUBBER, TINT)
    return geom_node(builder.build(), "grey card")


def luminance_of_card(app: Any, stage: Any, at: np.ndarray, normal: np.ndarray, hour: Conditions) -> float:
    """Luminance (cd/m²) of a card in the scene before fog, bloom and exposure, seen from .4 m in front of it."""
    from world.stage.shaders import load_shader

    origin = [256.0 * round(v / 256.0) for v in at[:2]]
    card = stage.root.attachNewNode(_card(at - np.array([*origin, 0.0]), normal))
    card.setShader(load_shader("surface/city.vert", "surface/city.frag"))
    eye = at + 0.4 * normal
    heading, pitch = math.degrees(math.atan2(-normal[0], -normal[1])), math.degrees(math.asin(-normal[2]))
    stage.show(Pose((eye[0], eye[1], eye[2]), heading, pitch), hour, None)
    app.graphicsEngine.renderFrame()
    scene = stage.passes.scene
    assert app.graphicsEngine.extractTextureData(scene, app.win.getGsg())
    pixels = np.frombuffer(memoryview(scene.getRamImage()), np.float32).reshape(SIZE[1], SIZE[0], -1)
    bgr = pixels[SIZE[1] // 2, SIZE[0] // 2, :3].astype(float)
    scene.clearRamImage()
    card.removeNode()
    return float(bgr[::-1] @ LUMA)


def _staged(app: Any, pipe: Any, at: tuple[float, float, float]) -> Any:
    from world.stage.stage import Stage

    stage = Stage(app, pipe, size=SIZE, quality="low")
    stage.chunks.radius_m, stage.skyline.radius_m = 10.0, 0.0
    stage.settle(Pose(at, 0.0))
    return stage


@pytest.fixture(scope="module")
def yard(booted: Any) -> Iterator[tuple[Any, Yard]]:
    """A lamp west of a wall 4 m thick."""
    made = Yard([box(38.0, 30.0, 2.0, 8.0, 5.0)], lamp(30.0, 30.0, 2.5))
    stage = _staged(booted, made, (30.0, 30.0, 1.6))
    yield stage, made
    stage.close()


@pytest.mark.parametrize("normal", NORMALS)
@pytest.mark.parametrize("at", [(31.5, 30.0, 1.2), (33.0, 31.0, 1.5), (40.5, 30.0, 1.5), (40.5, 31.0, 0.8)])
def test_reads_the_light_field(app: Any, yard: tuple[Any, Yard], at: tuple[float, float, float], normal: tuple[float, ...]) -> None:
    """Under the lamp, and half a metre behind the wall, however the card is turned."""
    stage, city = yard
    hour, place, n = _dry(), np.array(at), np.array(normal) / np.linalg.norm(normal)
    lux = LightField(city.light).illuminance(place[None], n[None], hour.power, hour.sky_lux)[0]
    assert luminance_of_card(app, stage, place, n, hour) == pytest.approx(GREY * lux / math.pi, rel=0.15)


def test_behind_the_wall_it_is_dark(app: Any, yard: tuple[Any, Yard]) -> None:
    stage, _ = yard
    hour, west = replace(_dry(), sky_lux=0.0), np.array([-1.0, 0.0, 0.0])
    behind = luminance_of_card(app, stage, np.array([41.0, 30.0, 1.5]), west, hour)
    clear = luminance_of_card(app, stage, np.array([19.0, 30.0, 1.5]), -west, hour)
    assert clear > 0.01
    assert behind < 0.1 * clear


@pytest.fixture(scope="module")
def under_a_sign(booted: Any) -> Iterator[tuple[Any, Pipe, np.ndarray]]:
    """The real city, on the pavement below its brightest low sign near the start."""
    pipe = Pipe(Recipe())
    signs = [s for s in pipe.plan(-1, -4).signs if s.lit and s.position[2] < 6 and s.position[1] % 64 < 44]
    best = max(signs, key=lambda s: s.strength * s.width_m * s.height_m * max(s.colour))
    out = np.array([math.sin(math.radians(best.heading_deg)), math.cos(math.radians(best.heading_deg)), 0.0])
    at = np.array(best.position) + 1.2 * out
    at[2] = 1.4
    stage = _staged(booted, pipe, tuple(at))
    yield stage, pipe, at
    stage.close()


@pytest.mark.parametrize("normal", [(0, 0, 1), (1, 0, 0), (-1, 0, 0), (0, 1, 0), (0.5, -0.5, 0.7)])
def test_reads_the_light_field_under_a_sign(app: Any, under_a_sign: tuple[Any, Pipe, np.ndarray], normal: tuple[float, ...]) -> None:
    stage, pipe, at = under_a_sign
    hour, n = _dry(), np.array(normal) / np.linalg.norm(normal)
    lux = LightField(pipe.light).illuminance(at[None], n[None], hour.power, hour.sky_lux)[0]
    assert lux > 0.3
    assert luminance_of_card(app, stage, at, n, hour) == pytest.approx(GREY * lux / math.pi, rel=0.15)
