"""One flicker: when a sign of the real city fails, its tubes, its glow on what is near, its image in the water, its light in the fog and
its share of what a robot sees of the hero all go at that tick, and all come back with it.

Nothing is set by hand but the weather: both hours are the recipe's own, when the sign burns brightest and when it is out.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
from grey_card import luminance_of_card, staged
from scene import target

from world.conditions import Conditions, conditions_at
from world.light import LightField
from world.pipe import Pipe
from world.plan.records import Sign, SignKind
from world.pose import Pose
from world.recipe import Recipe
from world.sim import TICK_HZ, World
from world.sim.exposure import hero_lux
from world.sim.state import Walker

SECONDS = 300
WATER_M = 0.3
AWAY_M = 6.0
Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Before:
    """A sign, the ways from it, and the ticks at which it burns and does not."""

    stage: Any
    world: World
    sign: Sign
    out: Array
    burns: int
    fails: int

    def at(self, away_m: float, z: float) -> Array:
        return np.array([*(np.array(self.sign.position[:2]) + away_m * self.out[:2]), z])

    def hour(self, tick: int) -> Conditions:
        """As the step has it, on a windless flooded night without a sky."""
        still = {"rain_mm_h": 0.0, "wetness": 1.0, "wind_m_s": (0.0, 0.0), "sky_lux": 0.0, "lightning_lux": 0.0}
        return replace(self.world.hour(tick), water_level_m=WATER_M, fog_per_m=0.02, **still)


@pytest.fixture(scope="module")
def before(booted: Any) -> Iterator[Before]:
    """Of the flickering signs low over fronts near the start the one that gives its place most of its light; its own group's ticks."""
    recipe = Recipe()
    pipe = Pipe(recipe)
    field = LightField(pipe.light)
    hours = [conditions_at(recipe, float(t)) for t in range(SECONDS)]
    low = [
        s
        for c in [(-2, 0), (-3, 0), (-2, 1), (-1, -4), (0, 1), (0, 0)]
        for s in pipe.plan(*c).signs
        if s.lit and s.slot >= 0 and s.kind == SignKind.FASCIA and 2.0 < s.position[2] < 5.0
    ]

    def share(sign: Sign) -> float:
        turn, power = math.radians(sign.heading_deg), np.ones(64, np.float32)
        out = np.array([math.sin(turn), math.cos(turn), 0.0])
        at = np.array([[*(sign.position[:2] + 1.2 * out[:2]), 1.5]])
        lit = field.illuminance(at, out[None], power)[0]
        power[sign.group] = 0.0
        return float((lit - field.illuminance(at, out[None], power)[0]) / (lit + 0.3))

    sign = max(low, key=share)
    power = np.array([0.5 if hour.lightning_lux else hour.power[sign.group] for hour in hours])
    heading = math.radians(sign.heading_deg)
    out = np.array([math.sin(heading), math.cos(heading), 0.0])
    stage = staged(booted, pipe, tuple(np.array(sign.position) + out))
    ticks = int(power.argmax()) * TICK_HZ, int(power.argmin()) * TICK_HZ
    assert power.max() > 0.9 and power.min() < 0.1
    yield Before(stage, World.of(pipe), sign, out, *ticks)
    stage.close()


def _look(app: Any, before: Before, tick: int, at: Array, pass_: str = "scene") -> float:
    """How bright the middle of a view from `AWAY_M` before the sign towards a point is, in a pass."""
    eye = before.at(AWAY_M, 1.65)
    way = at - eye
    pitch = math.degrees(math.atan2(way[2], math.hypot(way[0], way[1])))
    pose = Pose(tuple(eye), (before.sign.heading_deg + 180.0) % 360.0, pitch, fov_deg=24.0)
    seen = target(app, before.stage, pass_, pose, before.hour(tick)).sum(axis=2)
    h, w = seen.shape
    return float(seen[h // 3 : -(h // 3), w // 3 : -(w // 3)].mean())


def _tubes(app: Any, before: Before, tick: int) -> float:
    return _look(app, before, tick, np.array(before.sign.position))


def _glow(app: Any, before: Before, tick: int) -> float:
    return luminance_of_card(app, before.stage, before.at(1.2, 1.5), before.out * -1.0 + [0.0, 0.0, 1e-6], before.hour(tick))


def _image(app: Any, before: Before, tick: int) -> float:
    return _look(app, before, tick, np.array(before.sign.position) * (1, 1, -1) + (0.0, 0.0, 2.0 * WATER_M))


def _fog(app: Any, before: Before, tick: int) -> float:
    return _look(app, before, tick, before.at(0.5, 1.5), "fog even")


def _seen_by_robots(app: Any, before: Before, tick: int) -> float:
    """Lux on a hero who stands before it, as the robots' eyes take it."""
    return hero_lux(before.world, Walker(tuple(before.at(1.2, 0.0))), tick) - before.world.hour(tick).sky_lux * 0.5


@pytest.mark.parametrize("share", [_tubes, _glow, _image, _fog, _seen_by_robots], ids=lambda f: f.__name__.strip("_"))
def test_it_goes_with_its_sign(app: Any, before: Before, share: Any) -> None:
    burns, fails, again = (share(app, before, tick) for tick in (before.burns, before.fails, before.burns))
    assert burns > 0.0
    assert fails < 0.65 * burns  # what is left is others'
    assert again == pytest.approx(burns, rel=1e-6)
