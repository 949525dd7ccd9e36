"""A red sign over standing water has its image where geometry puts it, none where a wall is in the way, a smear on wet asphalt, and
nothing of it is left when the sign goes dark.

Read from the scene before fog, bloom and exposure. The eye stands 16 m south of the sign and looks north.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from lamp_yard import Yard, lamp

from world.conditions import Conditions, conditions_at
from world.pose import Pose
from world.recipe import Recipe

SIZE = (192, 108)
EYE = np.array([30.0, 14.0, 1.65])
SIGN = np.array([30.0, 30.0, 2.5])
GROUP = 7
FOV_DEG = 80.0
GROUND = SIZE[1] // 2 + 2  # the first row that shows nothing but ground
Array = np.ndarray[Any, np.dtype[Any]]


def _hour(water_m: float, power: float = 1.0) -> Conditions:
    groups = np.ones(64, np.float32)
    groups[GROUP] = power
    hour = conditions_at(Recipe(), 0.0)
    return replace(
        hour,
        rain_mm_h=0.0,
        wetness=1.0,
        fog_per_m=0.0,
        water_level_m=water_m,
        power=groups,
        sky_lux=0.0,
        wind_m_s=(0.0, 0.0),
        lightning_lux=0.0,
    )


def _node(corners: list[list[float]], finish: Any, tint: tuple[int, int, int, int], extra: tuple[int, int, int, int]) -> Any:
    from world.mesh.surface import SurfaceBuilder
    from world.stage.geometry import geom_node

    builder = SurfaceBuilder()
    builder.quads([corners], finish, tint, extra=extra)
    return geom_node(builder.build(), "made for the test")


def _upright(y: float, half: float, low: float, high: float) -> list[list[float]]:
    """A quad that faces south."""
    return [[30 - half, y, low], [30 + half, y, low], [30 + half, y, high], [30 - half, y, high]]


@pytest.fixture(scope="module")
def street(booted: Any) -> Iterator[tuple[Any, Any, Any]]:
    """An empty road with a red sign over it, and a wall of 2 m between, which is down until a test puts it up."""
    from world.mesh.ground import Zone
    from world.mesh.surface import Finish
    from world.stage.looks import set_look
    from world.stage.masks import MIRROR
    from world.stage.stage import Stage

    stage = Stage(booted, Yard([], lamp(30.0, 55.0, 2.0, candela=0.01)), size=SIZE, quality="high")
    stage.chunks.radius_m, stage.skyline.radius_m = 10.0, 0.0
    stage.settle(Pose(tuple(EYE), 0.0))
    road = [[10.0, 10.0, 0.0], [50.0, 10.0, 0.0], [50.0, 60.0, 0.0], [10.0, 60.0, 0.0]]
    ground = stage.root.attachNewNode(_node(road, Finish.CONCRETE, (255, 255, 255, 255), (0, 0, int(Zone.ROAD), 0)))
    set_look(ground, "USE_GROUND")
    ground.hide(MIRROR)
    sign = stage.root.attachNewNode(_node(_upright(SIGN[1], 0.5, 2.0, 3.0), Finish.LAMP, (255, 0, 0, 255), (GROUP, 250, 0, 0)))
    wall = stage.root.attachNewNode(_node(_upright(27.0, 6.0, 0.0, 2.0), Finish.RUBBER, (90, 90, 90, 255), (0, 0, 0, 0)))
    for path in (sign, wall):
        set_look(path)
    wall.hide()
    yield stage, sign, wall
    stage.close()


def _red(app: Any, stage: Any, hour: Conditions) -> Array:
    """(H, W): the scene's red, top row first."""
    stage.show(Pose(tuple(EYE), 0.0, fov_deg=FOV_DEG), hour, None)
    app.graphicsEngine.renderFrame()
    scene = stage.passes.scene
    assert app.graphicsEngine.extractTextureData(scene, app.win.getGsg())
    pixels = np.frombuffer(memoryview(scene.getRamImage()), np.float32).reshape(SIZE[1], SIZE[0], -1)
    red: Array = pixels[::-1, :, 2].astype(float)
    scene.clearRamImage()
    return red


def _of_sign(app: Any, stage: Any, water_m: float, power: float = 1.0) -> Array:
    """(H, W): the red that the sign alone gives."""
    return _red(app, stage, _hour(water_m, power)) - _red(app, stage, _hour(water_m, 0.0))


def _pixel(point: Array) -> tuple[int, int]:
    """(row, column) of a point in the view."""
    dx, dy, dz = point - EYE
    half_w = math.tan(math.radians(FOV_DEG / 2))
    half_h = half_w * SIZE[1] / SIZE[0]
    return round((1 - dz / dy / half_h) / 2 * SIZE[1] - 0.5), round((1 + dx / dy / half_w) / 2 * SIZE[0] - 0.5)


def _image(water_m: float) -> tuple[int, int]:
    """Where the sign's mirror image is: as far below the water as the sign is above it."""
    return _pixel(SIGN * (1, 1, -1) + (0, 0, 2 * water_m))


def _middle(red: Array) -> tuple[float, float]:
    rows, columns = np.indices(red.shape)
    return float((red * rows).sum() / red.sum()), float((red * columns).sum() / red.sum())


def test_it_has_its_image_where_geometry_puts_it(app: Any, street: tuple[Any, Any, Any]) -> None:
    stage, _, _ = street
    red = _of_sign(app, stage, 0.05)
    row, column = _image(0.05)
    sign_row, _ = _pixel(SIGN)
    assert red[sign_row, column] > 1.0
    assert 0.01 < red[row, column] < red[sign_row, column]
    below = red[GROUND:]
    at = _middle(np.where(below > 0.2 * below.max(), below, 0.0))
    assert at[0] + GROUND == pytest.approx(row, abs=1.5)
    assert at[1] == pytest.approx(column, abs=1.5)
    for aside in (-14, 14):
        assert red[row, column + aside] < 0.05 * red[row, column]


def test_a_wall_in_the_way_hides_the_image_but_not_the_sign(app: Any, street: tuple[Any, Any, Any]) -> None:
    stage, _, wall = street
    open_ = _of_sign(app, stage, 0.05)
    wall.show()
    try:
        hidden = _of_sign(app, stage, 0.05)
    finally:
        wall.hide()
    (row, column), (sign_row, _) = _image(0.05), _pixel(SIGN)
    assert hidden[sign_row, column] == pytest.approx(open_[sign_row, column], rel=0.01)
    assert hidden[row, column] < 0.05 * open_[row, column]


def test_on_wet_asphalt_it_is_a_smear_that_stands_upright(app: Any, street: tuple[Any, Any, Any]) -> None:
    stage, _, _ = street
    water, asphalt = (_of_sign(app, stage, level)[GROUND:] for level in (0.05, -0.07))

    def spread(red: Array) -> tuple[float, float]:
        """Height and width (px, two standard deviations) of what lies on the ground."""
        red = np.where(red > 0.03 * red.max(), red, 0.0)
        y, x = _middle(red)
        rows, columns = np.indices(red.shape)
        return 2 * math.sqrt((red * (rows - y) ** 2).sum() / red.sum()), 2 * math.sqrt((red * (columns - x) ** 2).sum() / red.sum())

    sharp, smeared = spread(water), spread(asphalt)
    assert asphalt.max() > 0.002
    assert smeared[0] > 1.3 * sharp[0]
    assert smeared[0] > 1.3 * smeared[1]
    assert _middle(np.where(asphalt > 0.03 * asphalt.max(), asphalt, 0.0))[1] == pytest.approx(_image(-0.07)[1], abs=2.0)


@pytest.mark.parametrize("water_m", [0.05, -0.07])
def test_all_of_it_goes_when_the_sign_goes_dark(app: Any, street: tuple[Any, Any, Any], water_m: float) -> None:
    """On the ground a dark sign is as good as none, but for the sky that it hides."""
    stage, sign, _ = street
    lit, dark = (_red(app, stage, _hour(water_m, power))[GROUND:] for power in (1.0, 0.0))
    sign.hide()
    try:
        none = _red(app, stage, _hour(water_m, 1.0))[GROUND:]
    finally:
        sign.show()
    assert (lit - none).max() > 0.002
    assert (dark - none).max() < 0.01 * (lit - none).max()


def test_at_half_power_all_of_it_is_half_as_bright(app: Any, street: tuple[Any, Any, Any]) -> None:
    stage, _, _ = street
    full, half = (_of_sign(app, stage, 0.05, power)[_image(0.05)] for power in (1.0, 0.5))
    assert half == pytest.approx(0.5 * full, rel=0.05)


def test_drops_and_wind_break_it_up_and_still_water_keeps_it(app: Any, street: tuple[Any, Any, Any]) -> None:
    """The image from one half of a second to the next: the same where neither rains nor blows; else not, and about as bright."""
    stage, _, _ = street
    row, column = _image(0.05)

    def images(**weather: Any) -> list[Array]:
        hours = [[replace(_hour(0.05, power), time_s=t, **weather) for power in (1.0, 0.0)] for t in (7.0, 7.6)]
        return [(_red(app, stage, lit) - _red(app, stage, dark))[row - 4 : row + 5, column - 8 : column + 9] for lit, dark in hours]

    still, rain, wind = images(), images(rain_mm_h=30.0), images(wind_m_s=(6.0, 2.0))
    assert still[0] == pytest.approx(still[1], abs=0.01 * still[0].max())
    for (first, second), least in ((rain, 0.03), (wind, 0.008)):  # of so small a picture wind moves less than a pixel
        assert np.abs(first - second).mean() > least * still[0].mean()
        assert first.mean() == pytest.approx(still[0].mean(), rel=0.35)
