"""An arc lights what is round it and throws sparks, which fall to the ground; where nothing may flash there is no light of it.

One flickering sign is hung into an empty yard. Pictures are read before exposure.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from grey_card import GREY, LUMA, dry, luminance_of_card
from lamp_yard import Yard, lamp

from world.conditions import Conditions
from world.conditions.sparks import arc_candela
from world.mesh.sparks import arcs_of, sparks_of
from world.mesh.surface import Surface
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


def _scene(app: Any, stage: Any, hour: Conditions, pose: Pose = EYE) -> Array:
    stage.show(pose, hour, None)
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


@pytest.mark.parametrize("after_s", [0.0, 0.03, 0.2])
def test_a_card_reads_of_an_arc_what_it_sheds(app: Any, yard: tuple[Any, Array], after_s: float) -> None:
    """ρE/π, E = I / d², of the intensity that the arc has at that moment."""
    stage, arc = yard
    at, time_s = np.array([30.0, 27.5, 1.6]), _strike_s(arc) + after_s
    away = arc[:3] - at
    north = away / np.linalg.norm(away)
    from world.stage.lamps import _ARC

    due = arc_candela(arc[3:4], time_s)[0] * float(np.array(_ARC) @ LUMA) / float(away @ away)
    dark = luminance_of_card(app, stage, at, north, _hour(_strike_s(arc) - 0.5))
    assert luminance_of_card(app, stage, at, north, _hour(time_s)) - dark == pytest.approx(GREY * due / math.pi, rel=0.15)


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


def test_a_spark_bounces(app: Any, yard: tuple[Any, Array]) -> None:
    """Drawn alone and from near the ground, one that lives long enough goes down, up and down again (rows are counted from the top)."""
    from world.stage.geometry import geom_node
    from world.stage.smoke import set_sparks

    stage, arc = yard
    strike, whole, low = _strike_s(arc), sparks_of([_sparking()], (0.0, 0.0)), replace(EYE, position=(30.0, 26.5, 0.6), fov_deg=60.0)
    all_of_them = stage.root.find("**/sparks")
    all_of_them.hide()
    bounced = 0
    for quad in range(13):
        path = stage.root.attachNewNode(geom_node(Surface(whole.vertices, whole.indices[6 * quad : 6 * quad + 6]), "one spark", 12.0))
        set_sparks(path)
        rows = []
        for after in np.arange(0.6, 1.4, 0.05):
            lit = _scene(app, stage, _hour(strike + after), low).max(axis=1)
            rows += [int(lit.argmax())] if lit.max() > 0.1 else []
        path.removeNode()
        bounced += any(before - up > 1 and after > up for before, up, after in combinations(rows, 3))
    all_of_them.show()
    assert bounced > 0


def test_sparks_lie_in_the_water(app: Any, yard: tuple[Any, Array]) -> None:
    """The mirror's picture has them as far below the water as they are above it."""
    stage, arc = yard
    strike, water_m = _strike_s(arc), 1.2

    def red(texture: Any, time_s: float) -> Array:
        stage.show(EYE, replace(_hour(time_s), water_level_m=water_m), None)
        app.graphicsEngine.renderFrame()
        assert app.graphicsEngine.extractTextureData(texture, app.win.getGsg())
        pixels = np.frombuffer(memoryview(texture.getRamImage()), np.float32).reshape(texture.getYSize(), texture.getXSize(), -1)
        lit = pixels[::-1, :, 2].astype(float)
        texture.clearRamImage()
        return lit

    heights = []
    for texture in (stage.passes.scene, stage.passes.mirror):
        lit = np.maximum(red(texture, strike + 0.3) - red(texture, strike - 0.5), 0.0).sum(axis=1)
        assert lit.sum() > 0.3
        middle = float((lit * (np.arange(len(lit)) + 0.5)).sum() / lit.sum())
        heights.append(1.0 - 2.0 * middle / len(lit))  # up from the horizon, of half the view
    half_h = math.tan(math.radians(EYE.fov_deg / 2)) * 9 / 16
    eye_m, away_m = EYE.position[2] - water_m, 29.5 - EYE.position[1]
    assert sum(heights) == pytest.approx(-2.0 * eye_m / away_m / half_h, abs=0.12)


def test_the_same_moment_is_the_same_picture(app: Any, yard: tuple[Any, Array]) -> None:
    stage, arc = yard
    strike = _strike_s(arc)
    alone = _scene(app, stage, _hour(strike + 0.3))
    for k in range(5):
        _scene(app, stage, _hour(strike + 0.05 * k))
    assert (_scene(app, stage, _hour(strike + 0.3)) == alone).all()
