"""Samples fill the pixel and the shutter's time evenly, and their mean is one of light."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from lamp_yard import Yard, lamp

from world.conditions import conditions_at
from world.film.samples import Mean, grade_of_sample, jitter_px, when
from world.mesh.chunk_mesh import ChunkMesh
from world.mesh.surface import Finish, SurfaceBuilder
from world.pose import Pose
from world.recipe import Recipe
from world.settings import Grade


def test_one_sample_is_the_picture_itself() -> None:
    assert jitter_px(0, 1) == (0.0, 0.0) and when(0, 1) == 0.0
    picture = np.arange(256, dtype=np.uint8).reshape(1, 256, 1).repeat(3, axis=2)
    mean = Mean()
    mean.add(picture)
    assert np.array_equal(mean.picture(), picture)


@pytest.mark.parametrize("samples", [4, 16, 64])
def test_they_lie_evenly(samples: int) -> None:
    at = np.array([jitter_px(k, samples) for k in range(samples)])
    assert np.abs(at).max() <= 0.5 and np.abs(at.mean(axis=0)).max() < 0.6 / samples**0.5 / 2
    side = round(samples**0.5)
    cells = {tuple(np.floor((p + 0.5) * side).astype(int)) for p in at}
    assert len(cells) > 0.6 * samples
    times = [when(k, samples) for k in range(samples)]
    assert times == sorted(times) and np.mean(times) == pytest.approx(0.0) and times[-1] < 0.5


def test_the_mean_of_black_and_white_is_half_the_light() -> None:
    mean = Mean()
    for value in (0, 255):
        mean.add(np.full((2, 2, 3), value, np.uint8))
    assert (mean.picture() == 188).all()


class _Board(Yard):
    """A board that glows dimly before the night."""

    def mesh(self, cx: int, cy: int) -> ChunkMesh:
        bare, builder = super().mesh(cx, cy), SurfaceBuilder()
        if (cx, cy) != (0, 0):
            return bare
        face = [(30, 33, 1), (34, 33, 1), (34, 33, 3), (30, 33, 3)]
        builder.quads([face], Finish.LAMP, (120, 120, 120, 255), None, (9, 60, 0, 0))
        return replace(bare, common=builder.build())


def test_edges_of_many_samples_neither_step_nor_crawl(app: Any) -> None:
    from world.stage.stage import Camera, Stage

    hour = replace(conditions_at(Recipe(), 2.0), rain_mm_h=0.0, power=np.ones(64, np.float32))
    stage = Stage(app, _Board([], lamp(32.0, 60.0, 3.0, candela=0.01)), size=(320, 180), quality="low")
    stage.chunks.radius_m, stage.skyline.radius_m = 40.0, 0.0
    start = Pose((32.0, 20.0, 1.6), 0.0, 0.0, 4.0)
    stage.settle(start)
    crawl = []
    try:
        for samples in (1, 16):
            stage.grade = grade_of_sample(Grade(grain=0.0, bloom=0.0, adapting=False), samples)
            frames = []
            for n in range(9):
                pose, mean = replace(start, heading_deg=0.02 * n), Mean()
                for k in range(samples):
                    stage.show(pose, hour, None, Camera(jitter_px=jitter_px(k, samples)))
                    app.graphicsEngine.renderFrame()
                    mean.add(stage.picture())
                frames.append(mean.picture().astype(float).mean(axis=-1))
            film = np.stack(frames)
            light = (film / 255.0) ** 2.2
            crawl.append(np.abs(light[2:] - 2 * light[1:-1] + light[:-2]).max())
    finally:
        stage.close()
    assert 90.0 < film.max() < 250.0
    assert crawl[1] < 0.5 * crawl[0]
