"""The night above: black, but low over the burning quarter and before lightning."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from grey_card import LUMA, dry
from lamp_yard import Yard, lamp
from scene import scene, target

from world.pose import Pose

FIRE = (0.31, 0.95)  # where it burns: `Stage` hands it to the shaders
FIRE_DEG = math.degrees(math.atan2(*FIRE))
NIGHT = dry()


@pytest.fixture(scope="module")
def stage(booted: Any) -> Iterator[Any]:
    from world.stage.stage import Stage

    made = Stage(booted, Yard([], lamp(30.0, 55.0, 2.0, candela=0.01)), size=(64, 36), quality="low")
    made.chunks.radius_m, made.skyline.radius_m = 10.0, 0.0
    made.settle(Pose((32.0, 32.0, 1.65), 0.0))
    yield made
    made.close()


@pytest.fixture
def look(app: Any, stage: Any) -> Callable[..., np.ndarray]:
    """(r, g, b) of the sky, mean over a narrow view."""

    def seen(heading_deg: float, pitch_deg: float, hour: Any = NIGHT) -> np.ndarray:
        rgb: np.ndarray = scene(app, stage, Pose((32.0, 32.0, 1.65), heading_deg, pitch_deg, fov_deg=20.0), hour).mean(axis=(0, 1))
        return rgb

    return seen


def test_the_fires_far_off_glow_on_low_cloud(look: Callable[..., np.ndarray]) -> None:
    there, aside, above = look(FIRE_DEG, 7.0), look(FIRE_DEG + 180.0, 7.0), look(FIRE_DEG, 60.0)
    assert there @ LUMA > 1.5 * (aside @ LUMA) > 3.0 * (above @ LUMA)
    assert there[0] > 2.0 * there[2] and aside[0] < aside[2]  # ember orange against blue grey


def test_cloud_drifts_and_the_glow_breathes(look: Callable[..., np.ndarray]) -> None:
    assert look(FIRE_DEG, 7.0) @ LUMA != pytest.approx(look(FIRE_DEG, 7.0, replace(NIGHT, time_s=40.0)) @ LUMA, rel=1e-3)


def test_lightning_is_behind_the_cloud_where_it_struck(look: Callable[..., np.ndarray]) -> None:
    struck = replace(NIGHT, sky_lux=NIGHT.sky_lux + 4.0, lightning_lux=4.0, lightning_from_deg=200.0)
    there, away = (look(heading, 15.0, struck) @ LUMA for heading in (200.0, 20.0))
    assert there > 2.0 * away > 4.0 * (look(20.0, 15.0) @ LUMA)


def test_the_water_has_the_same_sky(app: Any, stage: Any) -> None:
    """Turned over: what the mirror's camera has where the view has ground is what stands above that place."""
    pose, flooded = Pose((32.0, 32.0, 1.65), FIRE_DEG, -12.0, fov_deg=20.0), replace(NIGHT, water_level_m=0.0)
    mirrored = target(app, stage, "mirror", pose, flooded).mean(axis=(0, 1))
    above = scene(app, stage, replace(pose, pitch_deg=12.0), flooded).mean(axis=(0, 1))
    assert mirrored == pytest.approx(above, rel=0.05)
