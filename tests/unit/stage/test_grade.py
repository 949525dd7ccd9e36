"""Each part of the grade does to a rendered picture what its name says, and what is left out is not drawn."""

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
from world.pose import Pose
from world.recipe import Recipe
from world.settings import Grade

SIZE = (320, 180)
BARE = Grade(fog_scatter=0.0, bloom=0.0, contact=0.0, grain=0.0, aberration=0.0, vignette=0.0, adapting=False, smooth_edges=False)
POSE = Pose((32.0, 20.0, 1.6), 0.0, -3.0)
BOARD = (31.0, 33.0, 2.4)


class _Yard(Yard):
    """Concrete ground with a concrete crate on it, and a glowing board in front of the night."""

    def mesh(self, cx: int, cy: int) -> ChunkMesh:
        bare = super().mesh(cx, cy)
        ground, things = SurfaceBuilder(), SurfaceBuilder()
        corners = [[(0, 0, 0), (64, 0, 0), (64, 64, 0), (0, 64, 0)]]
        ground.quads(corners, Finish.CONCRETE, (255, 255, 255, 255), [[(-20, -20)] * 4], (30, 30, Zone.LAND, 0))
        if (cx, cy) != (0, 0):
            return replace(bare, ground=ground.build())
        x, y, z = BOARD
        face = [(x - 1, y, z - 0.7), (x + 1, y, z - 0.7), (x + 1, y, z + 0.7), (x - 1, y, z + 0.7)]
        things.quads([face], Finish.LAMP, (60, 255, 120, 255), None, (9, 255, 0, 0))
        front = [(33, 26, 0), (34, 26, 0), (34, 26, 1), (33, 26, 1)]
        top = [(33, 26, 1), (34, 26, 1), (34, 27, 1), (33, 27, 1)]
        things.quads([front, top], Finish.CONCRETE, (255, 255, 255, 255), None, (0, 0, 0, 0))
        return replace(bare, ground=ground.build(), common=things.build())


def _hour() -> Conditions:
    hour = conditions_at(Recipe(), 2.0)
    return replace(hour, rain_mm_h=0.0, wetness=0.0, wind_m_s=(0.0, 0.0), water_level_m=-3.0, power=np.ones(64, np.float32), sky_lux=0.1)


def _stage(booted: Any) -> Any:
    from world.stage.stage import Stage

    made = Stage(booted, _Yard([], lamp(32.0, 30.0, 3.0, candela=60.0)), size=SIZE, quality="medium")
    made.chunks.radius_m, made.skyline.radius_m = 40.0, 0.0
    made.settle(POSE)
    return made


@pytest.fixture(scope="module")
def stage(booted: Any) -> Iterator[Any]:
    made = _stage(booted)
    yield made
    made.close()


@pytest.fixture
def draw(app: Any, stage: Any, engine_log: Callable[[], list[str]]) -> Callable[..., np.ndarray]:
    """`draw(grade, pose=…, camera=…)` gives a picture as floats."""
    from world.stage.stage import STILL

    def draw(grade: Grade, pose: Pose = POSE, camera: Any = STILL, hour: Conditions | None = None) -> np.ndarray:
        stage.grade = grade
        stage.show(pose, hour or _hour(), None, camera)
        app.graphicsEngine.renderFrame()
        return stage.picture().astype(float)

    return draw


def _at(point: tuple[float, float, float], pose: Pose = POSE) -> tuple[int, int]:
    """(row, column) of a point of the world."""
    right, forward, up = (np.array(axis) for axis in pose.axes())
    way, half = np.array(point) - np.array(pose.position), math.tan(math.radians(pose.fov_deg / 2))
    x, y = way @ right / (way @ forward) / half, way @ up / (way @ forward) / (half * SIZE[1] / SIZE[0])
    return round((0.5 - 0.5 * y) * (SIZE[1] - 1)), round((0.5 + 0.5 * x) * (SIZE[0] - 1))


def test_fog_scatters_light_or_only_veils(draw: Callable[..., np.ndarray]) -> None:
    hour = replace(_hour(), fog_per_m=0.03)
    row, column = _at(BOARD)
    beside = np.s_[row - 10 : row + 10, column - 70 : column - 40]
    none, some, much = (draw(BARE.model_copy(update={"fog_scatter": share}), hour=hour)[beside].mean() for share in (0.0, 1.0, 2.0))
    assert none + 1.0 < some < much - 1.0


def test_bloom_spreads_what_is_bright(draw: Callable[..., np.ndarray]) -> None:
    row, column = _at(BOARD)
    halo = np.s_[row - 4 : row + 4, column + 22 : column + 34]
    none, some, much = (draw(BARE.model_copy(update={"bloom": share}))[halo].mean() for share in (0.0, 1.0, 2.0))
    assert none + 0.5 < some < much - 0.5


def test_contact_shades_the_ground_before_a_crate_and_spares_what_shines(draw: Callable[..., np.ndarray]) -> None:
    before, after = draw(BARE), draw(BARE.model_copy(update={"contact": 1.0}))
    row, column = _at((33.5, 25.95, 0.0))
    foot = np.s_[row - 1 : row + 3, column - 12 : column + 12]
    open_ground = np.s_[165:175, 40:120]
    assert after[foot].mean() < 0.85 * before[foot].mean()
    assert after[open_ground].mean() > 0.99 * before[open_ground].mean()
    board = np.s_[_at(BOARD)[0] - 3 : _at(BOARD)[0] + 3, _at(BOARD)[1] - 8 : _at(BOARD)[1] + 8]
    assert np.abs(after[board] - before[board]).max() <= 2.0
    assert (after > before + 3.0).mean() < 0.002  # it never lightens: no halo round the crate


def test_contact_is_too_dear_for_low_quality(app: Any) -> None:
    from world.stage.stage import Stage

    low = Stage(app, _Yard([], lamp(32.0, 30.0, 3.0)), size=(64, 36), quality="low")
    try:
        low.show(POSE, _hour(), None)
        assert not low.passes.all["contact"].out.isActive()
    finally:
        low.close()


def test_grain_is_noise_and_changes_with_the_frame(draw: Callable[..., np.ndarray]) -> None:
    spread = [(draw(BARE.model_copy(update={"grain": share})) - draw(BARE)).std() for share in (0.0, 1.0, 3.0)]
    assert spread[0] == 0.0 < 0.5 < spread[1] < 0.5 * spread[2]
    grainy = BARE.model_copy(update={"grain": 3.0})
    later = replace(_hour(), time_s=_hour().time_s + 1 / 60)
    assert np.abs(draw(grainy) - draw(grainy, hour=later)).mean() > 1.0


def test_fringes_part_the_colours_away_from_the_middle(draw: Callable[..., np.ndarray]) -> None:
    aside = replace(POSE, heading_deg=-34.0, pitch_deg=-14.0)  # the board stands near a corner
    sharp, fringed = draw(BARE, aside), draw(BARE.model_copy(update={"aberration": 3.0}), aside)
    changed = np.abs(sharp - fringed)
    row, column = _at(BOARD, aside)
    red, green, blue = changed[row - 20 : row + 20, column - 20 : column + 20].max(axis=(0, 1))
    assert red > 8.0 and red > 2.0 * max(green, blue)
    assert changed[80:100, 150:170].max() <= 1.0


def test_the_vignette_darkens_corners_alone(draw: Callable[..., np.ndarray]) -> None:
    plain, dark = draw(BARE), draw(BARE.model_copy(update={"vignette": 1.0}))
    assert dark[-20:, :30].mean() < 0.9 * plain[-20:, :30].mean()
    assert np.array_equal(plain[80:100, 150:170], dark[80:100, 150:170])


def test_eyes_that_do_not_adapt_leave_the_dark_dark(draw: Callable[..., np.ndarray]) -> None:
    dark = replace(_hour(), sky_lux=0.02)
    ground = np.s_[150:, :]
    assert draw(BARE.model_copy(update={"adapting": True}), hour=dark)[ground].mean() > 1.2 * draw(BARE, hour=dark)[ground].mean()


def test_edges_are_smoothed_or_left_as_stairs(draw: Callable[..., np.ndarray]) -> None:
    tilted = replace(POSE, roll_deg=7.0)
    row, column = _at(BOARD)
    patch = np.s_[row - 25 : row + 25, column - 30 : column + 30, 1]
    between = [
        ((picture[patch] > 90) & (picture[patch] < 170)).sum()
        for picture in (draw(BARE, tilted), draw(BARE.model_copy(update={"smooth_edges": True}), tilted))
    ]
    assert between[1] > between[0] + 8


def test_motion_blur_smears_along_the_turn_and_leaves_a_still_camera_alone(draw: Callable[..., np.ndarray]) -> None:
    from world.stage.stage import Camera

    open_ = BARE.model_copy(update={"motion_blur": 1.0})
    still = draw(BARE)
    assert np.array_equal(draw(open_), still)
    turning = Camera(before=replace(POSE, heading_deg=-3.0), after=replace(POSE, heading_deg=3.0))
    smeared = draw(open_, camera=turning)
    row, column = _at(BOARD)
    across, up = smeared[row, :, 1] > 60, smeared[:, column, 1] > 60
    assert across.sum() > (still[row, :, 1] > 60).sum() + 8
    assert up.sum() <= (still[:, column, 1] > 60).sum() + 1
    assert np.array_equal(draw(BARE, camera=turning), still)


def test_depth_of_field_blurs_what_is_out_of_focus_and_keeps_what_is_in_it(draw: Callable[..., np.ndarray]) -> None:
    from world.stage.stage import Camera

    close = replace(POSE, fov_deg=40.0, pitch_deg=3.0, heading_deg=-4.4)  # the board fills the middle
    wide_open = BARE.model_copy(update={"depth_of_field": 1.0})

    def covered(picture: np.ndarray) -> int:
        """Pixels of the upper half that the board's light reaches."""
        return int((picture[:110, :, 1] > 60).sum())

    sharp = draw(BARE, close)
    in_focus, near = draw(wide_open, close, Camera(focus_m=13.0)), draw(wide_open, close, Camera(focus_m=1.5))
    assert abs(covered(in_focus) - covered(sharp)) < 0.01 * covered(sharp)
    assert covered(near) > 1.25 * covered(sharp)
    middle = draw(wide_open, close)  # by itself it is the middle of the view that is sharp
    assert abs(covered(middle) - covered(sharp)) < 0.03 * covered(sharp)
    stopped_down = draw(BARE.model_copy(update={"depth_of_field": 0.05}), close, Camera(focus_m=1.5))
    assert covered(stopped_down) < 1.05 * covered(sharp)
    corner = _at((BOARD[0] - 1.0, BOARD[1], BOARD[2] + 0.7), close)
    assert near[corner[0] - 6, corner[1] - 6, 1] < 60 < near[corner[0] - 5, corner[1] + 12, 1]  # discs are round


def test_what_is_left_out_is_not_drawn(draw: Callable[..., np.ndarray], stage: Any) -> None:
    from world.stage.stage import Camera

    def drawn() -> set[str]:
        return {name for name, target in stage.passes.all.items() if target.out.isActive()}

    draw(BARE)
    assert drawn() == {"mirror", "mirror small", "mirror smear", "scene", "fog", "fog even", "picture", "finish"}
    draw(Grade(motion_blur=0.5, depth_of_field=0.5), camera=Camera(before=replace(POSE, heading_deg=1.0)))
    assert drawn() == set(stage.passes.all) - {"finish edges"}  # a picture this small is not enlarged
    draw(Grade(motion_blur=0.5))
    assert "develop" not in drawn()


def test_a_scene_drawn_smaller_is_enlarged_to_the_same_picture(
    app: Any, draw: Callable[..., np.ndarray], monkeypatch: pytest.MonkeyPatch, booted: Any
) -> None:
    whole = draw(Grade(grain=0.0))
    monkeypatch.setattr("world.stage.passes.LEAST_LINES", 1)
    stage = _stage(booted)
    try:
        stage.grade = Grade(grain=0.0)
        stage.show(POSE, _hour(), None)
        app.graphicsEngine.renderFrame()
        enlarged = stage.picture().astype(float)
        assert stage.passes.drawn < stage.passes.size == SIZE and "finish edges" in stage.passes.outputs
    finally:
        stage.close()
    assert 0.02 < np.abs(whole - enlarged).mean() < 3.0  # the glow is a little wider
    middles = [[np.average(np.arange(SIZE[1 - k]), weights=(p[..., 1] > 180).sum(axis=1 - k)) for k in (0, 1)] for p in (whole, enlarged)]
    assert middles[1] == pytest.approx(middles[0], abs=0.5)
    assert abs(whole - enlarged)[[0, -1]].mean() < 3.0 and abs(whole - enlarged)[:, [0, -1]].mean() < 3.0  # out to the rim


def test_a_part_of_the_target_shows_the_same_view_coarser(draw: Callable[..., np.ndarray], stage: Any) -> None:
    whole = draw(Grade(grain=0.0))
    stage.passes.set_share(0.6)
    try:
        coarse = draw(Grade(grain=0.0))
    finally:
        stage.passes.set_share(1.0)
    assert 0.02 < np.abs(whole - coarse).mean() < 1.5
    assert np.abs(whole - coarse)[-30:, -30:].mean() < 3.0  # nothing of what is not drawn bleeds in
    for axis in (0, 1):
        middles = [np.average(np.arange(SIZE[1 - axis]), weights=(p[..., 1] > 180).sum(axis=1 - axis)) for p in (whole, coarse)]
        assert abs(middles[0] - middles[1]) < 0.7
