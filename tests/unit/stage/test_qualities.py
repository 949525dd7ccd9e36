"""Less quality is the same street with less in it: all that glows, and every wall, is where it is at high, as bright."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from world.conditions import conditions_at
from world.pipe import Pipe
from world.pose import Pose
from world.recipe import Recipe
from world.settings import Grade

SIZE = (320, 180)
BLOCK = 10
POSE = Pose((57.87, 77.84, 1.7), 358.9, 2.0)  # a shopping street
Array = np.ndarray[Any, np.dtype[Any]]


@pytest.fixture(scope="module")
def pictures(booted: Any) -> dict[str, Array]:
    """By quality: (rows, columns, block pixels, 3), sRGB in blocks of ten by ten."""
    from world.stage.quality import QUALITIES
    from world.stage.stage import Stage

    pipe, hour = Pipe(Recipe()), replace(conditions_at(Recipe(), 3.0), rain_mm_h=0.0, power=np.ones(64, np.float32))
    found = {}
    for quality in QUALITIES:
        stage = Stage(booted, pipe, size=SIZE, quality=quality, grade=Grade(grain=0.0, contact=0.0))
        stage.chunks.radius_m, stage.skyline.radius_m = 70.0, 0.0
        stage.settle(POSE)
        stage.show(POSE, hour, None)
        booted.graphicsEngine.renderFrame()
        blocks = stage.picture().astype(float).reshape(SIZE[1] // BLOCK, BLOCK, SIZE[0] // BLOCK, BLOCK, 3).swapaxes(1, 2)
        found[quality] = blocks.reshape(*blocks.shape[:2], BLOCK * BLOCK, 3)
        stage.close()
    return found


@pytest.mark.parametrize("quality", ["low", "medium", "ultra"])
def test_every_quality_shows_the_same_street(pictures: dict[str, Array], quality: str) -> None:
    best, other = pictures["high"].mean(axis=2), pictures[quality].mean(axis=2)
    assert best.max() > 150.0  # signs and shop fronts burn
    assert np.corrcoef(best.ravel(), other.ravel())[0, 1] > 0.95
    assert np.abs(best - other).mean() < 5.0
    glows = best.max(axis=2) > 60.0
    assert np.median(other[glows].max(axis=1) / best[glows].max(axis=1)) == pytest.approx(1.0, abs=0.12)


def test_chunks_reach_as_far_as_the_far_city_begins() -> None:
    """Else there would be nothing where a chunk's middle is too far off for the chunk, and a building of it too near for its hull."""
    from world.space.chunk_space import CHUNK_M
    from world.stage.frame_rate import LEVELS
    from world.stage.quality import AUTO_BASE, QUALITIES
    from world.stage.skyline import FROM_M

    reaches = [quality.radius_m for quality in QUALITIES.values()]
    reaches += [QUALITIES[AUTO_BASE].radius_m * level.radius_share for level in LEVELS]
    assert min(reaches) + CHUNK_M / 2 >= FROM_M + CHUNK_M * math.sqrt(0.5)
