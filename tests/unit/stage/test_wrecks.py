"""A broken machine spits sparks: they bounce and go out, light the ground, lie in the water, and are seen from far off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from grey_card import dry
from lamp_yard import Yard, lamp
from march import moment

from world.pose import Pose
from world.posture.curves import own_share
from world.posture.twitch import PERIOD_S, SLOWER_S, burst
from world.sim.kinds import Harm, Trade

SIZE = (64, 36)
KEY = 7
OWN = own_share(np.array([KEY]))
PERIOD = float((PERIOD_S + SLOWER_S * OWN)[0])
FIRST = next(k * PERIOD for k in range(5, 60) if burst(OWN, np.array([k * PERIOD + 0.01]))[2][0] > 0)  # a burst that strikes
Array = np.ndarray[Any, np.dtype[Any]]


@pytest.fixture(scope="module")
def stage(booted: Any) -> Iterator[Any]:
    from world.stage.stage import Stage

    made = Stage(booted, Yard([], lamp(30.0, 60.0, 3.0, candela=0.01)), size=SIZE, quality="low")
    made.chunks.radius_m, made.skyline.radius_m = 10.0, 0.0
    made.settle(Pose((32.0, 30.0, 1.6), 0.0))
    yield made
    made.close()


def _scene(app: Any, stage: Any, since: float, *, far_m: float = 5.0, calm: bool = False) -> Array:
    broken = moment([{"trade": Trade.WAITER, "at": (32.0, 40.0), "key": KEY, "harm": Harm.CIRCUIT, "harmed_s": FIRST + since}])
    stage.show(Pose((32.0, 40.0 - far_m, 1.2), 0.0, fov_deg=60.0), replace(dry(), sky_lux=0.0, calm=calm, wind_m_s=(0.0, 0.0)), broken)
    app.graphicsEngine.renderFrame()
    scene = stage.passes.scene
    assert app.graphicsEngine.extractTextureData(scene, app.win.getGsg())
    pixels = np.frombuffer(memoryview(scene.getRamImage()), np.float32).reshape(SIZE[1], SIZE[0], -1)[::-1, :, 2::-1].astype(float)
    scene.clearRamImage()
    return pixels


def test_sparks_fly_and_go_out(app: Any, stage: Any) -> None:
    dark = _scene(app, stage, -0.05)
    spread = []
    for since in (0.1, 0.3, 0.6):
        lit = np.maximum(_scene(app, stage, since) - dark, 0.0)[..., 0]
        rows, columns = np.nonzero(lit > 0.2)
        assert len(rows) > 3
        spread.append(np.ptp(columns) + np.ptp(rows))
    assert spread[0] < spread[2]
    assert abs(_scene(app, stage, 1.9) - dark).max() < 0.1 if PERIOD > 2.0 else True


def test_the_flare_is_seen_from_as_far_as_one_sees(app: Any, stage: Any) -> None:
    for far_m in (12.0, 60.0, 130.0):
        dark, struck = (_scene(app, stage, since, far_m=far_m) for since in (-0.05, 0.02))
        assert (struck - dark).max() > 3.0, far_m
        assert 1 <= ((struck - dark).max(axis=2) > 1.0).sum() < 60


def test_where_nothing_may_flash_there_is_no_flare(app: Any, stage: Any) -> None:
    dark, struck = (_scene(app, stage, since, far_m=60.0, calm=True) for since in (-0.05, 0.02))
    assert abs(struck - dark).max() < 0.3


def test_an_arc_is_a_lamp_of_the_light_field(app: Any, stage: Any) -> None:
    _scene(app, stage, 0.01)
    assert stage._robots.arcs.shape == (1, 4) and stage._robots.arcs[0, 3] > 5.0
    lamps = np.frombuffer(memoryview(stage._lamps.inputs()["u_lamps"]).cast("B"), np.float32)
    assert lamps[3] == pytest.approx(stage._robots.arcs[0, 3])
    _scene(app, stage, 0.01, calm=True)
    assert stage._robots.arcs[0, 3] == 0.0


def test_nodes_of_sparks_are_pooled(app: Any, stage: Any) -> None:
    rows = [{"trade": Trade.COURIER, "at": (30.0 + n, 40.0), "harm": Harm.CIRCUIT, "harmed_s": 9.0} for n in range(3)]
    for count in (3, 1, 3, 0):
        stage.show(Pose((32.0, 30.0, 1.2), 0.0), dry(), moment(rows[:count]) if count else None)
        assert len([path for path in stage.root.findAllMatches("wreck") if not path.isHidden()]) == count
    assert len(stage.root.findAllMatches("wreck")) == 3
