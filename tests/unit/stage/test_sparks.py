"""An arc lights what is round it and throws sparks, which fall to the ground; where nothing may flash there is no light of it.

One flickering sign is hung into an empty yard. Pictures are read before exposure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
from grey_card import dry, luminance_of_card
from lamp_yard import Yard, lamp

from world.conditions import Conditions
from world.conditions.sparks import arc_candela
from world.mesh.sparks import arcs_of, sparks_of
from world.plan.records import Sign, SignKind
from world.pose import Pose

SIZE = (64, 36)
EYE = Pose((30.0, 24.0, 1.6), 0.0, fov_deg=80.0)
Array = np.ndarray[Any, np.dtype[Any]]


def _sign(number: int, slot: int = 0) -> Sign:
    return Sign((1, number), SignKind.FASCIA, (30.0, 30.3, 3.2), 180.0, 1.0, 0.6, 0, (255, 30, 30), True, 3, 1.0, slot)


def _sparking() -> Sign:
    return next(sign for sign in map(_sign, range(200)) if len(arcs_of([sign])))


@dataclass(frozen=True)
class _Plan:
    signs: tuple[Sign, ...]
    holograms: tuple[Any, ...] = ()
    cables: tuple[Any, ...] = ()


@pytest.fixture(scope="module")
def yard(booted: Any) -> Iterator[tuple[Any, Array]]:
    from world.stage.geometry import geom_node
    from world.stage.smoke import set_sparks
    from world.stage.stage import Stage

    stage = Stage(booted, Yard([], lamp(30.0, 55.0, 2.0, candela=0.01)), size=SIZE, quality="low")
    stage.chunks.radius_m, stage.skyline.radius_m = 10.0, 0.0
    stage.settle(EYE)
    sign = _sparking()
    path = stage.root.attachNewNode(geom_node(sparks_of([sign], (0.0, 0.0)), "sparks", 12.0))
    set_sparks(path)
    plans = [_Plan((sign,))]
    type(stage.chunks).plans, kept = property(lambda self: plans), type(stage.chunks).plans
    yield stage, arcs_of([sign])[0]
    type(stage.chunks).plans = kept
    stage.close()


def _strike_s(arc: Array) -> float:
    """When the first arc begins, to a millisecond."""
    times = np.arange(0.0, 400.0, 0.001)
    return float(next(t for t in times if arc_candela(arc[3:4], float(t))[0] > 10.0))


def _hour(time_s: float, calm: bool = False) -> Conditions:
    return replace(dry(), sky_lux=0.0, time_s=time_s, calm=calm, wind_m_s=(0.0, 0.0), lightning_lux=0.0)


def _scene(app: Any, stage: Any, hour: Conditions) -> Array:
    stage.show(EYE, hour, None)
    app.graphicsEngine.renderFrame()
    scene = stage.passes.scene
    assert app.graphicsEngine.extractTextureData(scene, app.win.getGsg())
    pixels: Array = np.frombuffer(memoryview(scene.getRamImage()), np.float32).reshape(SIZE[1], SIZE[0], -1)[::-1, :, 2].astype(float)
    scene.clearRamImage()
    return pixels


def test_signs_that_burn_steadily_do_not_spark() -> None:
    assert not len(arcs_of([_sign(k, slot=-1) for k in range(200)]))
    share = np.mean([len(arcs_of([_sign(k)])) for k in range(400)])
    assert 0.4 < share < 0.8


def test_an_arc_lights_what_is_near(app: Any, yard: tuple[Any, Array]) -> None:
    stage, arc = yard
    at, north = np.array([30.0, 27.5, 1.6]), np.array([0.0, 1.0, 0.0])
    strike = _strike_s(arc)
    before, now, calm = (
        luminance_of_card(app, stage, at, north, _hour(t, calm)) for t, calm in ((strike - 0.5, False), (strike, False), (strike, True))
    )
    assert now > 0.02
    assert before < 0.02 * now
    assert calm < 0.02 * now


def test_sparks_fall_to_the_ground_and_go_out(app: Any, yard: tuple[Any, Array]) -> None:
    stage, arc = yard
    strike = _strike_s(arc)
    rows = []
    for after in (0.1, 0.45, 0.8):
        lit = np.maximum(_scene(app, stage, _hour(strike + after)) - _scene(app, stage, _hour(strike - 0.5)), 0.0)
        lit[lit < 0.05] = 0.0
        assert lit.any()
        rows.append(float((lit.sum(axis=1) * np.arange(SIZE[1])).sum() / lit.sum()))
    assert rows[0] < rows[1] < rows[2]
    gone = _scene(app, stage, _hour(strike + 2.5)) - _scene(app, stage, _hour(strike - 0.5))
    assert abs(gone).max() < 0.05


def test_the_same_moment_is_the_same_picture(app: Any, yard: tuple[Any, Array]) -> None:
    stage, arc = yard
    strike = _strike_s(arc)
    alone = _scene(app, stage, _hour(strike + 0.3))
    for k in range(5):
        _scene(app, stage, _hour(strike + 0.05 * k))
    assert (_scene(app, stage, _hour(strike + 0.3)) == alone).all()
