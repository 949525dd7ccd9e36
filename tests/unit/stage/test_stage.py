"""The stage: the same picture for the same city, another city on demand, water that floods, signs that switch off, a mirror."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from lamp_yard import Yard, lamp

from world.conditions import Conditions, conditions_at
from world.mesh.chunk_mesh import ChunkMesh
from world.mesh.ground import Zone
from world.mesh.surface import Finish, SurfaceBuilder
from world.pipe import Pipe
from world.pose import Pose
from world.recipe import Recipe, with_settings

SIZE = (320, 180)
RADIUS_M = 50.0  # a few chunks are enough
BARE = ["buildings.clutter=0", "ruin.rubble=0", "ruin.cars=0", "neon.flicker=0", "weather.rain_mm_h=0"]


def _pipe(seed: int = 20770) -> Pipe:
    return Pipe(with_settings(Recipe(), BARE, str(seed)))


def _hour(pipe: Pipe) -> Conditions:
    return replace(conditions_at(pipe.recipe, 3.0), power=np.ones(64, np.float32))


def _staged(app: Any, pipe: Any) -> Any:
    from world.stage.stage import Stage

    stage = Stage(app, pipe, size=SIZE, quality="low")
    stage.chunks.radius_m, stage.skyline.radius_m = RADIUS_M, 0.0
    return stage


def _picture(app: Any, stage: Any, pose: Pose, hour: Conditions) -> np.ndarray:
    stage.settle(pose)
    stage.show(pose, hour, None)
    app.graphicsEngine.renderFrame()
    picture: np.ndarray = stage.picture()
    return picture


def _on_screen(pose: Pose, point: tuple[float, float, float]) -> tuple[int, int]:
    """(row, column) of a point of the world, as `Pose` promises: its fov is horizontal at 16:9."""
    right, forward, up = (np.array(axis) for axis in pose.axes())
    way = np.array(point) - np.array(pose.position)
    depth, half = way @ forward, math.tan(math.radians(pose.fov_deg / 2))
    assert depth > 0
    x, y = way @ right / depth / half, way @ up / depth / (half * SIZE[1] / SIZE[0])
    assert abs(x) < 1 and abs(y) < 1, (x, y)
    return round((0.5 - 0.5 * y) * (SIZE[1] - 1)), round((0.5 + 0.5 * x) * (SIZE[0] - 1))


def _patch(picture: np.ndarray, at: tuple[int, int], reach: int = 4) -> np.ndarray:
    row, column = at
    return picture[max(0, row - reach) : row + reach + 1, max(0, column - reach) : column + reach + 1].astype(float)


@pytest.fixture(scope="module")
def city() -> Pipe:
    return _pipe()


@pytest.fixture(scope="module")
def stage(booted: Any, city: Pipe) -> Iterator[Any]:
    made = _staged(booted, city)
    yield made
    made.close()


def test_two_stages_show_the_same_and_a_rebuilt_one_the_other_city(
    app: Any, stage: Any, city: Pipe, engine_log: Callable[[], list[str]]
) -> None:
    pose = city.start()
    first = _picture(app, stage, pose, _hour(city))
    assert (first == _picture(app, stage, pose, _hour(city))).all()
    assert first.shape == (SIZE[1], SIZE[0], 3) and first.std() > 5
    other = _pipe(5)
    second = _staged(app, other)
    try:
        elsewhere = _picture(app, second, pose, _hour(city))
        assert abs(elsewhere.astype(float) - first).mean() > 3
        second.rebuild(city)
        assert (_picture(app, second, pose, _hour(city)) == first).all()
    finally:
        second.close()
    assert engine_log() == []


def test_water_floods_the_street_and_leaves_the_rest(app: Any, stage: Any, city: Pipe) -> None:
    pose = replace(city.start(), pitch_deg=-4.0)
    dry = _picture(app, stage, pose, replace(_hour(city), water_level_m=-0.6)).astype(float)
    flooded = _picture(app, stage, pose, replace(_hour(city), water_level_m=0.3)).astype(float)
    changed = abs(flooded - dry).mean(axis=2)
    assert changed[-60:].mean() > 2
    assert changed[-60:].mean() > 3 * changed[:60].mean()


def test_lightning_lights_the_street_and_leaves_no_hole_in_the_picture(app: Any, stage: Any, city: Pipe) -> None:
    pose = city.start()
    flood = replace(_hour(city), water_level_m=0.3)
    calm = _picture(app, stage, pose, flood).astype(float).max(axis=-1)
    opposite = pose.heading_deg + np.linspace(150.0, 210.0, 4000)
    way = np.stack([np.sin(np.radians(opposite)), np.cos(np.radians(opposite))]).astype(np.float32).astype(float)
    long_ = opposite[np.argsort((way * way).sum(axis=0))[-20:]] - pose.heading_deg  # rounded up to more than a unit
    for away_deg in (0.0, 90.0, *long_):
        hour = replace(flood, sky_lux=flood.sky_lux + 4.0, lightning_lux=4.0, lightning_from_deg=pose.heading_deg + away_deg)
        lit = _picture(app, stage, pose, hour).astype(float).max(axis=-1)
        assert lit.mean() > 1.3 * calm.mean()
        blocks = lit[:176].reshape(11, 16, 20, 16).max(axis=(1, 3))
        assert (blocks > 4.0).all()  # a pixel that is no number turns a square of them black


def test_a_sign_without_power_is_dark_where_it_hangs(app: Any, stage: Any, city: Pipe) -> None:
    x, y, _ = city.start().position
    chunk = math.floor(x / 64), math.floor(y / 64)
    signs = [s for s in city.plan(*chunk).signs if s.lit and s.kind == 0 and s.position[2] < 7]
    sign = max(signs, key=lambda s: s.width_m * s.height_m * s.strength)
    heading = math.radians(sign.heading_deg)
    aside = np.array([math.cos(heading), -math.sin(heading)])  # a blade's faces look along the front
    eye = np.array(sign.position[:2]) + 3.5 * aside + 0.3 * np.array([math.sin(heading), math.cos(heading)])
    pose = Pose((float(eye[0]), float(eye[1]), sign.position[2]), math.degrees(math.atan2(*(np.array(sign.position[:2]) - eye))))
    lit, off = _hour(city), np.ones(64, np.float32)
    off[sign.group] = 0.0
    on_picture = _picture(app, stage, pose, lit)
    dark_picture = _picture(app, stage, pose, replace(lit, power=off))
    at = _on_screen(pose, sign.position)
    assert _patch(on_picture, at, 12).max() > 170
    assert _patch(dark_picture, at, 12).mean() < 0.5 * _patch(on_picture, at, 12).mean()


def test_the_depth_beforehand_is_that_of_what_asks_for_it_alone(stage: Any) -> None:
    """Else what another program drew there would hide panes, signs and all that moves."""
    from panda3d.core import GeomNode

    from world.stage.masks import DEPTH

    shown = [path for path in stage.root.findAllMatches("**/+GeomNode") if not _hidden(path, DEPTH)]
    assert stage.root.isHidden(DEPTH)
    assert shown and all(isinstance(path.node(), GeomNode) and ("/common/" in str(path) or "/near/" in str(path)) for path in shown)


def _hidden(path: Any, camera: Any) -> bool:
    """Whether the nearest of a node and what it hangs on that says anything says that the camera shall not see it."""
    for at in path.getAncestors():
        shown, control = at.node().getDrawShowMask(), at.node().getDrawControlMask()
        if (control & camera).getWord():
            return not (shown & camera).getWord()
    return False


def test_what_one_sees_does_not_hang_on_where_one_was_before(app: Any, stage: Any, city: Pipe) -> None:
    from world.space.chunk_space import CHUNK_M

    here = city.start()
    aside = replace(here, position=(here.position[0] + 0.8 * CHUNK_M, here.position[1], here.position[2]))
    _picture(app, stage, aside, _hour(city))
    back = _picture(app, stage, here, _hour(city))
    kept = set(stage.chunks.standing)
    shown = {place for place, chunk in stage.chunks._standing.items() if not chunk.path.isStashed()}
    assert shown < kept, "some chunk of where one was is kept"
    eye, dripping = np.array(here.position[:2]), [place for place in shown if stage.chunks._standing[place].drips is not None]
    near = [np.linalg.norm(np.maximum(abs((np.array(place) + 0.5) * CHUNK_M - eye) - CHUNK_M / 2, 0.0)) < 24.0 for place in dripping]
    assert dripping and [not stage.chunks._standing[place].drips.isStashed() for place in dripping] == near
    fresh = _staged(app, city)
    try:
        np.testing.assert_array_equal(_picture(app, fresh, here, _hour(city)), back)
        assert set(fresh.chunks.standing) == shown
    finally:
        fresh.close()


def test_streaming_takes_in_one_piece_a_frame(app: Any, city: Pipe, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = _staged(app, city)
    written = []
    write = fresh.rings.write
    monkeypatch.setattr(fresh.rings, "write", lambda light, ground: (written.append(light), write(light, ground)))
    pose = city.start()
    try:
        before, steps = 0, []
        while True:
            missing = fresh.chunks.stream(*pose.position[:2])
            there = len(fresh.chunks.standing) + len(written) + len(fresh.root.findAllMatches("**/near"))
            steps.append(there - before)
            before = there
            if not missing:
                break
        assert set(steps) <= {0, 1}
        assert before >= 20 and len(written) == 16
    finally:
        fresh.close()


class _Pond(Yard):
    """A flat carriageway under water, and one glowing board above it, in group 9."""

    board = (32.0, 44.0, 3.0)

    def mesh(self, cx: int, cy: int) -> ChunkMesh:
        bare = super().mesh(cx, cy)
        ground = SurfaceBuilder()
        corners = [[(0, 0, 0), (64, 0, 0), (64, 64, 0), (0, 64, 0)]]
        ground.quads(corners, Finish.CONCRETE, (255, 255, 255, 255), [[(-20, -20)] * 4], (30, 30, Zone.LAND, 0))
        if (cx, cy) != (0, 0):
            return replace(bare, ground=ground.build())
        x, y, z = self.board
        board = SurfaceBuilder()
        face = [(x - 1, y, z - 1), (x + 1, y, z - 1), (x + 1, y, z + 1), (x - 1, y, z + 1)]
        board.quads([face], Finish.LAMP, (60, 255, 120, 255), None, (9, 255, 0, 0))
        return replace(bare, ground=ground.build(), common=board.build())


def test_water_mirrors_what_glows_above_it(app: Any) -> None:
    pond = _Pond([], lamp(32.0, 43.0, 3.0, candela=5.0))
    made = _staged(app, pond)
    level = 0.4
    pose = Pose((32.0, 30.0, 1.9), 0.0, -5.0)
    hour = replace(conditions_at(Recipe(), 2.0), rain_mm_h=0.0, wind_m_s=(0.0, 0.0), water_level_m=level, power=np.ones(64, np.float32))
    off = hour.power.copy()
    off[9] = 0.0
    try:
        lit = _picture(app, made, pose, hour)
        dark = _picture(app, made, pose, replace(hour, power=off))
        dry = _picture(app, made, pose, replace(hour, water_level_m=-3.0, wetness=0.0))
    finally:
        made.close()
    x, y, z = pond.board
    board, image = _on_screen(pose, (x, y, z)), _on_screen(pose, (x, y, 2 * level - z))
    assert _patch(lit, board).mean() > 100 > 40 > _patch(dark, board).mean()
    green = _patch(lit, image)[..., 1].mean()
    assert green > 40
    assert green > 4 * _patch(dark, image)[..., 1].mean()
    assert green > 4 * _patch(dry, image)[..., 1].mean()
    # The image is where geometry puts it, and as wide as the board.
    excess = lit[..., 1].astype(float) - dark[..., 1]
    column = excess[image[0]]
    middle = (column * np.arange(SIZE[0])).sum() / column.sum()
    assert abs(middle - image[1]) < 3
    rows = excess[SIZE[1] // 2 :, image[1]]
    peak = rows.argmax() + SIZE[1] // 2
    assert abs(peak - image[0]) < 16


def test_edges_are_smoothed_and_what_is_small_keeps_its_sides(app: Any, stage: Any, city: Pipe) -> None:
    from panda3d.core import Texture

    tones = np.zeros((SIZE[1], SIZE[0], 4), np.uint8)
    tones[20:25, 40:45] = 200  # a lit window, far off
    rows, columns = np.mgrid[60:160, 100:300]
    tones[60:160, 100:300][columns - 100 > 3 * (rows - 60)] = 200  # a sloping edge
    texture = Texture("tones")
    texture.setup2dTexture(*SIZE, Texture.T_unsigned_byte, Texture.F_rgba8)
    texture.setRamImage(np.ascontiguousarray(tones[::-1]).tobytes())
    card = stage.passes.cards["finish"]
    drawn = card.getShaderInput("u_tones").getTexture()
    stage.show(city.start(), _hour(city), None)
    card.setShaderInput("u_tones", texture)
    app.graphicsEngine.renderFrame()
    picture = stage.picture().astype(float).mean(axis=-1)
    card.setShaderInput("u_tones", drawn)
    sides = picture[[20, 24, 22, 22], [42, 42, 40, 44]]
    assert sides.min() > 0.75 * picture[22, 42]
    band = picture[70:150, 110:290]
    assert ((band > 50) & (band < 150)).sum() > 60  # steps became slopes
