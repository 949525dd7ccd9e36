"""An 18 % grey card in the unexposed scene reads ρE/π of `illuminance()`: what is drawn is what the patrols see by.

Beside a made-up wall, thick or thin, and below a sign of the real city.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from flatland import box
from grey_card import GREY, dry, luminance_of_card, staged
from lamp_yard import Yard, lamp

from world.light import LightField
from world.pipe import Pipe
from world.recipe import Recipe

NORMALS = [(0, 0, 1), (-1, 0, 0), (1, 0, 0), (0, 1, 0), (-0.6, 0.3, 0.7)]


_WALLS = {"thick": (38.0, 2.0, 0.0, -1), "thin": (39.875, 0.125, 0.0, -1), "askew": (39.0, 0.5, 25.0, -1), "flickers": (38.0, 2.0, 0.0, 1)}


@pytest.fixture(scope="module", params=_WALLS.values(), ids=_WALLS)
def yard(booted: Any, request: Any) -> Iterator[tuple[Any, Yard]]:
    """A lamp west of a wall."""
    middle, half, turn_deg, slot = request.param
    made = Yard([box(middle, 30.0, half, 12.0, 5.0, turn_deg=turn_deg)], lamp(30.0, 30.0, 2.5, slot=slot, group=5))
    stage = staged(booted, made, (30.0, 30.0, 1.6))
    yield stage, made
    stage.close()


@pytest.mark.parametrize("normal", NORMALS)
@pytest.mark.parametrize("at", [(31.5, 30.0, 1.2), (33.0, 31.0, 1.5), (40.5, 30.0, 1.5), (40.5, 31.0, 0.8)])
def test_reads_the_light_field(app: Any, yard: tuple[Any, Yard], at: tuple[float, float, float], normal: tuple[float, ...]) -> None:
    """Under the lamp, and half a metre behind the wall, however the card is turned."""
    stage, city = yard
    hour, place, n = dry(), np.array(at), np.array(normal) / np.linalg.norm(normal)
    lux = LightField(city.light).illuminance(place[None], n[None], hour.power, hour.sky_lux)[0]
    assert luminance_of_card(app, stage, place, n, hour) == pytest.approx(GREY * lux / math.pi, rel=0.15)


def test_behind_the_wall_it_is_dark(app: Any, yard: tuple[Any, Yard]) -> None:
    stage, _ = yard
    hour, west = replace(dry(), sky_lux=0.0), np.array([-1.0, 0.0, 0.0])
    behind = luminance_of_card(app, stage, np.array([41.0, 30.0, 1.5]), west, hour)
    clear = luminance_of_card(app, stage, np.array([19.0, 30.0, 1.5]), -west, hour)
    assert clear > 0.003
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
    stage = staged(booted, pipe, tuple(at))
    yield stage, pipe, at
    stage.close()


@pytest.mark.parametrize("normal", [(0, 0, 1), (1, 0, 0), (-1, 0, 0), (0, 1, 0), (0.5, -0.5, 0.7)])
def test_reads_the_light_field_under_a_sign(app: Any, under_a_sign: tuple[Any, Pipe, np.ndarray], normal: tuple[float, ...]) -> None:
    stage, pipe, at = under_a_sign
    hour, n = dry(), np.array(normal) / np.linalg.norm(normal)
    lux = LightField(pipe.light).illuminance(at[None], n[None], hour.power, hour.sky_lux)[0]
    assert lux > 0.3
    assert luminance_of_card(app, stage, at, n, hour) == pytest.approx(GREY * lux / math.pi, rel=0.15)


@pytest.mark.parametrize("normal", NORMALS)
def test_reads_the_sky_that_lightning_lights(app: Any, yard: tuple[Any, Yard], normal: tuple[float, ...]) -> None:
    stage, city = yard
    hour, place, n = replace(dry(), sky_lux=5.06, lightning_lux=5.0), np.array([33.0, 31.0, 1.5]), np.array(normal) / np.linalg.norm(normal)
    lux, dark = (LightField(city.light).illuminance(place[None], n[None], hour.power, sky)[0] for sky in (5.06, 0.06))
    assert lux > dark + 1.0
    assert luminance_of_card(app, stage, place, n, hour) == pytest.approx(GREY * lux / math.pi, rel=0.15)
