"""An 18 % grey card to hold into the scene, and what it reads.

The card is RUBBER of a tint that makes it .18 (that finish has no pattern) under the city's own shader. Surfaces read the light field
a little in front of themselves, so that their own wall does not darken them, and so does the field.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np

from world.conditions import Conditions, conditions_at
from world.pose import Pose
from world.recipe import Recipe

GREY = 0.18
TINT = (221, 221, 221, 255)  # RUBBER's albedo is a quarter of its tint: .25 · .72
SIZE = (64, 36)
LUMA = np.array([0.2126, 0.7152, 0.0722])


def dry() -> Conditions:
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


def staged(app: Any, pipe: Any, at: tuple[float, float, float]) -> Any:
    from world.stage.stage import Stage

    stage = Stage(app, pipe, size=SIZE, quality="low")
    stage.chunks.radius_m, stage.skyline.radius_m = 10.0, 0.0
    stage.settle(Pose(at, 0.0))
    return stage
