"""A machine throws the shadow of how it stands, not of how it was made: upright it shades what is behind its chest, lying it does not.

A lamp shines east at chest height; the machine stands 3 m before it, the grey card is held 3 m behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from grey_card import dry, luminance_of_card
from lamp_yard import Yard, lamp
from march import moment

from world.pose import Pose
from world.sim.kinds import Harm, Trade
from world.sim.state import Others

LAMP = np.array([30.0, 30.0, 1.15])
WEST = np.array([-1.0, 0.0, 0.0])


@pytest.fixture(scope="module")
def stage(booted: Any) -> Iterator[Any]:
    from world.stage.stage import Stage

    made = Stage(booted, Yard([], lamp(*LAMP, candela=150.0, normal=(1.0, 0.0, 0.0))), size=(64, 36), quality="high")
    made.chunks.radius_m, made.skyline.radius_m = 10.0, 0.0
    made.settle(Pose((33.0, 30.0, 1.6), 0.0))
    yield made
    made.close()


def _behind(app: Any, stage: Any, row: dict[str, Any]) -> float:
    """Luminance of a card behind where a nurse is (or is not)."""
    robots = moment([{"trade": Trade.NURSE, "heading": 90.0} | row])
    robots = replace(robots, lights=replace(robots.lights, candela=0.0 * robots.lights.candela))  # its own lamps apart
    show = stage.show
    stage.show = lambda pose, hour, _: show(pose, hour, robots)
    stage.chunks._changes.add((0, 0))
    try:
        return luminance_of_card(app, stage, LAMP + np.array([6.0, 0.0, 0.0]), WEST, replace(dry(), sky_lux=0.0))
    finally:
        stage.show = show


def test_the_shadow_is_of_the_posture(app: Any, stage: Any) -> None:
    away = _behind(app, stage, {"at": (300.0, 300.0)})
    upright = _behind(app, stage, {"at": (33.0, 30.0)})
    lying = _behind(app, stage, {"at": (33.0, 30.0), "harm": Harm.CIRCUIT, "harmed_s": 20.4})
    assert away > 0.02
    assert upright < 0.35 * away
    assert lying > 0.85 * away


def test_a_tile_is_drawn_again_for_whoever_goes_there(app: Any) -> None:
    from world.stage.shadows import _near

    nobody = moment([{"trade": Trade.NURSE, "at": (900.0, 900.0)}])
    one = np.ones(1, np.int64)
    place, facing = np.array([[33.0, 30.0, 0.0]]), np.array([[0.0, 1.0]])
    for speed in (0.0, 1.2):
        others = Others(one, 2 * one, 4 * one, one, place, facing, np.array([speed]), np.zeros(1))
        assert _near(replace(nobody, others=others), LAMP) == (speed > 0.0)
    assert not _near(nobody, LAMP) and not _near(None, LAMP)
    assert _near(moment([{"trade": Trade.NURSE, "at": (33.0, 30.0)}]), LAMP)
