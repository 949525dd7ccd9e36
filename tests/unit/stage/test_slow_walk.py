"""A slow walk: nothing pops, nothing crawls more than a picture made of many samples would, and nothing flashes with the switch on.

For the first two time stands still and the eye moves by a few millimetres a frame, so that all that changes is what the way changes.
*Pop*: in one frame a sixteenth of the picture's width and height changes several times more than in any of the frames round it.
*Crawl*: how much a pixel's brightness goes to and fro (the mean of |second difference|), over that of the same way drawn with sixteen
samples a pixel. *Flash*: as `world.film.flashes` counts them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from world.pipe import Pipe
from world.plan.climate import conditions_here
from world.pose import Pose
from world.recipe import Recipe, with_settings

SIZE = (320, 180)
TILES = 16
START, HEADING = (-165.66, 104.0, 1.65), 359.3
STEP_M, CREEP_M = 0.02, 0.004
SMOOTH = 4  # samples a pixel, so that an edge that crosses one is no pop
POP = 3.0  # times the most of the three frames before and after it
LEAST = 6.0  # of 255, a tile's mean: less is not seen
CRAWL = 2.2
LUMA = np.array([0.2126, 0.7152, 0.0722])
Array = np.ndarray[Any, np.dtype[Any]]


@pytest.fixture(scope="module")
def street(booted: Any) -> Iterator[Any]:
    from world.settings import Grade
    from world.stage.stage import Stage

    stage = Stage(booted, Pipe(Recipe()), size=SIZE, quality="high", grade=Grade(grain=0.0))
    stage.settle(Pose(START, HEADING))
    yield stage
    stage.close()


def _frame(app: Any, stage: Any, metres: float, samples: int = 1) -> Array:
    """(H, W) luma of 255, `metres` on the way, dry and at a moment."""
    from world.film.samples import jitter_px
    from world.stage.stage import Camera

    x, y, z = START
    pose = Pose((x, y + metres, z), HEADING)
    hour = replace(conditions_here(Recipe(), 10.0, x, y), rain_mm_h=0.0)
    total = np.zeros(SIZE[::-1])
    for sample in range(samples):
        stage.show(pose, hour, None, Camera(jitter_px=jitter_px(sample, samples)))
        app.graphicsEngine.renderFrame()
        total += stage.picture() @ LUMA
    return total / samples


def _tiles(change: Array) -> Array:
    """(N, TILES, TILES) means."""
    n, height, width = change.shape
    h, w = height // TILES, width // TILES
    return change[:, : h * TILES, : w * TILES].reshape(n, TILES, h, TILES, w).mean(axis=(2, 4))


def pops(tiles: Array) -> Array:
    """(K, 3): frame, row and column of the tiles that change at once; `tiles` (N, TILES, TILES) is how much each changed."""
    around = np.stack([np.roll(tiles, shift, axis=0) for shift in (-3, -2, -1, 1, 2, 3)])
    found: Array = np.argwhere((tiles > LEAST) & (tiles > POP * around.max(axis=0)))
    return found


def test_the_measure_sees_a_pop() -> None:
    rng = np.random.default_rng(1)
    tiles = rng.uniform(0.8, 1.2, (40, TILES, TILES))
    assert not len(pops(tiles))
    tiles[20, 3, 4] = 9.0
    assert pops(tiles).tolist() == [[20, 3, 4]]


@pytest.mark.parametrize("metres", [0.5, pytest.param(8.0, marks=[pytest.mark.long, pytest.mark.timeout(1200)])])
def test_nothing_pops(app: Any, street: Any, metres: float) -> None:
    """Two centimetres a frame; everything that is asked for stands already. A long way may have a tile in a hundred frames: so small a
    picture's mirror is 240 pixels wide, and where a far window is one of them the whole streak below it comes and goes."""
    street.settle(Pose((START[0], START[1] + metres, START[2]), HEADING))
    frames = np.stack([_frame(app, street, way, SMOOTH) for way in np.arange(0.0, metres, STEP_M)])
    found = pops(_tiles(abs(np.diff(frames, axis=0))))
    print("tiles that pop:", len(found), "of", len(frames), "frames")
    assert len(found) <= len(frames) // 100, found.tolist()


def test_nothing_crawls(app: Any, street: Any) -> None:
    ways = np.arange(3.0, 3.0 + 6 * CREEP_M, CREEP_M)
    plain, fine = (np.stack([_frame(app, street, metres, samples) for metres in ways]) for samples in (1, 16))
    crawl = [float(abs(np.diff(frames, n=2, axis=0)).mean()) for frames in (plain, fine)]
    print("crawl", crawl)
    assert crawl[0] < CRAWL * crawl[1] + 0.05, crawl


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_nothing_flashes(app: Any, street: Any) -> None:
    """Ten seconds at a creep through a storm, as the clock goes, with the stroke that is nearest of two minutes in their midst."""
    from world.conditions import calmed
    from world.conditions.storm import strokes
    from world.film.flashes import flashes_in

    fps, seconds, creep_m_s = 30, 10, 0.8
    recipe = with_settings(Recipe(), ["weather.lightning=12", "weather.rain_mm_h=30"])
    begins_s = min(strokes(recipe, 6.0, 120.0), key=lambda stroke: stroke.distance_m).time_s - seconds / 2
    found = []
    for safe in (False, True):
        frames = []
        for n in range(fps * seconds):
            x, y, z = START
            hour = conditions_here(recipe, begins_s + n / fps, x, y)
            pose = Pose((x, y + creep_m_s * n / fps, z), HEADING)
            street.settle(pose)
            street.show(pose, calmed(hour, recipe) if safe else hour, None)
            app.graphicsEngine.renderFrame()
            frames.append(street.picture()[::2, ::2])
        found.append(flashes_in(np.stack(frames), fps))
    print("flashes a second, as it is and flash-safe:", found)
    assert found[0].general >= 1.0  # the stroke is seen, or this would prove nothing
    assert max(found[1].general, found[1].red) <= 1.0
