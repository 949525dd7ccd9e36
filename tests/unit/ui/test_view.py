"""What a walk is seen through: the rate is held by drawing less, eyes adapt in time, what moves smears, and a leap does not."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from lamp_yard import Yard, lamp

from world.conditions import conditions_at
from world.pose import Pose
from world.recipe import Recipe
from world.settings import Settings

POSE = Pose((32.0, 20.0, 1.6), 0.0)
HOUR = replace(conditions_at(Recipe(), 2.0), rain_mm_h=0.0)


@pytest.fixture(scope="module")
def view(booted: Any) -> Iterator[Any]:
    from world.ui.view import View

    made = View(booted, Yard([], lamp(32.0, 30.0, 3.0)), POSE, HOUR, Settings(frame_rate=50.0), quality="auto", edited=True)
    made.stage.skyline.radius_m = 0.0
    yield made
    made.close()


@pytest.fixture
def frame(app: Any, view: Any, engine_log: Callable[[], list[str]]) -> Callable[..., np.ndarray]:
    """Draws a frame that took `dt_s`."""

    def frame(eye: Pose = POSE, dt_s: float = 0.01, hour: Any = HOUR) -> np.ndarray:
        assert view.draw(eye, hour, None, dt_s) is None
        app.graphicsEngine.renderFrame()
        return view.stage.picture()

    return frame


def test_slow_frames_are_drawn_with_less_and_fast_ones_with_all(view: Any, frame: Callable[..., np.ndarray]) -> None:
    from world.stage.warm import programs

    whole, reach_m = frame().astype(float), view.stage.chunks.radius_m
    assert view.stage.passes.render_share == 1.0 and view.level.startswith("auto 1/")
    for _ in range(40):
        view.draw(POSE, HOUR, None, 0.05)
    less = frame(dt_s=0.05).astype(float)
    assert view.stage.passes.render_share < 0.8 and view.stage.chunks.radius_m < reach_m
    assert not view.stage.passes.all["contact"].out.isActive()
    assert np.abs(less - whole).mean() < 2.0  # the same view
    for _ in range(4000):
        view.draw(POSE, HOUR, None, 0.004)
    assert np.abs(frame().astype(float) - whole).mean() < 0.2
    assert view.stage.passes.render_share == 1.0 and view.stage.chunks.radius_m == reach_m
    assert programs(view._app) <= view.programs


def test_settings_are_seen_in_the_next_frame(view: Any, frame: Callable[..., np.ndarray]) -> None:
    before = frame().astype(float)
    view.change_settings(Settings(vignette=0.0, grain=0.0))
    assert frame().astype(float)[:20, :20].mean() > 1.12 * before[:20, :20].mean() > 0.5
    view.change_settings(Settings())


def test_eyes_adapt_in_time_and_at_once_elsewhere(view: Any, frame: Callable[..., np.ndarray]) -> None:
    def exposure() -> float:
        held = view.stage.passes.cards["picture"].getShaderInput("u_exposure")  # its vector lives as long as this
        return float(held.getVector()[0])

    night, day = replace(HOUR, sky_lux=0.02, lightning_lux=0.0), replace(HOUR, sky_lux=30.0, lightning_lux=0.0)
    view.settle(POSE)
    frame(hour=night)
    wide = exposure()
    frame(hour=day, dt_s=0.1)
    first = exposure()
    assert 0.75 * wide < first < 0.99 * wide
    for _ in range(40):
        view.draw(POSE, day, None, 0.1)
    narrow = exposure()
    assert narrow < 0.75 * wide
    frame(hour=night, dt_s=5.0)  # a halt of the machine's is no time that passes
    assert exposure() < 0.5 * (wide + narrow)
    view.settle(POSE)
    frame(hour=night)
    assert math.isclose(exposure(), wide, rel_tol=1e-6)


def test_what_moves_smears_and_a_leap_does_not(view: Any, frame: Callable[..., np.ndarray]) -> None:
    view.change_settings(Settings(motion_blur=1.0))
    smears = view.stage.passes.all["motion"].out.isActive
    frame()
    frame()
    assert not smears()
    frame(replace(POSE, heading_deg=2.0))
    assert smears()
    frame(replace(POSE, position=(40.0, 20.0, 1.6)))
    assert not smears()
    view.settle(POSE)
    frame(replace(POSE, heading_deg=4.0))
    assert not smears()
    view.change_settings(Settings())
