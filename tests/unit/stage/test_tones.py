"""The tone curve keeps hue, never turns round, and fades to white only far beyond what a screen shows; dither hides the steps of 8 bits.

A made-up scene is put before the last passes in place of the drawn one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from grey_card import LUMA, dry
from lamp_yard import Yard, lamp

from world.pose import Pose
from world.settings import Grade

SIZE = (160, 90)
POSE = Pose((32.0, 32.0, 1.65), 0.0)
PLAIN = Grade(fog_scatter=0.0, bloom=0.0, contact=0.0, grain=0.0, aberration=0.0, vignette=0.0, adapting=False, smooth_edges=False)
NIGHT = replace(dry(), fog_per_m=0.0)
Array = np.ndarray[Any, np.dtype[Any]]


@pytest.fixture(scope="module")
def stage(booted: Any) -> Iterator[Any]:
    from world.stage.stage import Stage

    made = Stage(booted, Yard([], lamp(30.0, 55.0, 2.0)), size=SIZE, quality="high", grade=PLAIN)
    made.chunks.radius_m, made.skyline.radius_m = 10.0, 0.0
    made.settle(POSE)
    yield made
    made.close()


@pytest.fixture
def develop(app: Any, stage: Any) -> Iterator[Callable[[Array], Array]]:
    """(W, 3) linear light of columns → (W, 3), the mean of each column as it is shown, of 255."""
    from panda3d.core import SamplerState, Texture

    card = stage.passes.cards["picture"]
    drawn = card.getShaderInput("u_scene").getTexture()

    def developed(columns: Array) -> Array:
        light = np.ones((SIZE[1], SIZE[0], 4), np.float32)
        light[..., :3] = columns[:, ::-1] / 0.95  # the stage's exposure
        texture = Texture("made up")
        texture.setup2dTexture(*SIZE, Texture.T_float, Texture.F_rgba32)
        texture.setMinfilter(SamplerState.FT_nearest)
        texture.setMagfilter(SamplerState.FT_nearest)
        texture.setRamImage(light.tobytes())
        stage.show(POSE, NIGHT, None)
        card.setShaderInput("u_scene", texture)
        app.graphicsEngine.renderFrame()
        shown: Array = stage.picture().astype(float)
        return shown

    yield developed
    card.setShaderInput("u_scene", drawn)


def _linear(shown: Array) -> Array:
    value = shown / 255.0
    linear: Array = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    return linear


@pytest.mark.parametrize("hue", [(1.0, 0.1, 0.3), (0.2, 1.0, 0.5), (0.15, 0.3, 1.0), (1.0, 0.55, 0.1)])
def test_hue_stays_and_brightness_never_turns_round(develop: Callable[[Array], Array], hue: tuple[float, ...]) -> None:
    strength = np.geomspace(0.3, 60.0, SIZE[0])
    shown = develop(strength[:, None] * np.array(hue)).mean(axis=0)
    luma = _linear(shown) @ LUMA
    assert (np.diff(luma) > -2e-3).all() and luma[-1] > 1.5 * luma[0]
    bright = (strength > 0.5) & (strength < 1.5)  # past what a screen can show by half: no channel is cut off
    shares = _linear(shown[bright])
    assert shares / shares.max(axis=1, keepdims=True) == pytest.approx(np.broadcast_to(hue, shares.shape), abs=0.06)
    assert shown[strength < 2.0].max() < 250.0
    last = _linear(shown[-1])
    assert last.min() / last.max() > 0.5  # the core of a lamp is white


def test_black_is_black(develop: Callable[[Array], Array]) -> None:
    shown = develop(np.tile(np.linspace(0.0, 0.004, SIZE[0])[:, None], 3)).mean(axis=0)
    assert shown[0].max() < 0.6 and shown[-1].max() < 0.04 * 255


def test_steps_of_eight_bits_are_hidden_by_noise(develop: Callable[[Array], Array]) -> None:
    """A slope of three steps over the whole width: its mean rises all along, where without dither it would stand still."""
    level = (np.linspace(60.0, 63.0, SIZE[0]) / 255.0 + 0.055) / 1.055
    shown = develop(np.tile((level**2.4)[:, None], 3))[..., 1].mean(axis=0)
    blocks = shown.reshape(16, -1).mean(axis=1)
    assert (np.diff(blocks) > 0.0).mean() > 0.85
