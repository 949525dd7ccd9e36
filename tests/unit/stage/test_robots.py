"""Machines on the stage: one draw each, cheap to place, lamps that light what is before them and are seen from afar and in the water."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from grey_card import GREY, LUMA, dry, luminance_of_card
from lamp_yard import Yard, lamp
from march import moment
from scene import geoms_at

from world.mesh.chunk_mesh import ChunkMesh
from world.mesh.ground import Zone
from world.mesh.surface import Finish, SurfaceBuilder
from world.pose import Pose
from world.sim.kinds import Harm, Trade

SIZE = (64, 36)
Array = np.ndarray[Any, np.dtype[Any]]


class _Wet(Yard):
    """A flat carriageway."""

    def mesh(self, cx: int, cy: int) -> ChunkMesh:
        ground = SurfaceBuilder()
        corners = [[(0, 0, 0), (64, 0, 0), (64, 64, 0), (0, 64, 0)]]
        ground.quads(corners, Finish.CONCRETE, (255, 255, 255, 255), [[(-20, -20)] * 4], (30, 30, Zone.LAND, 0))
        return replace(super().mesh(cx, cy), ground=ground.build())


@pytest.fixture(scope="module")
def stage(booted: Any) -> Iterator[Any]:
    from world.stage.stage import Stage

    made = Stage(booted, _Wet([], lamp(30.0, 60.0, 3.0, candela=0.01)), size=SIZE, quality="medium")
    made.chunks.radius_m, made.skyline.radius_m = 40.0, 0.0
    made.settle(Pose((32.0, 30.0, 1.6), 0.0))
    yield made
    made.close()


def _scene(app: Any, stage: Any, pose: Pose, robots: Any, hour: Any = None) -> Array:
    stage.show(pose, hour or replace(dry(), sky_lux=0.0), robots)
    app.graphicsEngine.renderFrame()
    scene = stage.passes.scene
    assert app.graphicsEngine.extractTextureData(scene, app.win.getGsg())
    pixels = np.frombuffer(memoryview(scene.getRamImage()), np.float32).reshape(SIZE[1], SIZE[0], -1)[::-1, :, 2::-1].astype(float)
    scene.clearRamImage()
    return pixels


def _crowd(count: int) -> Any:
    rows = [
        {"trade": list(Trade)[n % 5], "at": (24.0 + n % 6 * 3, 36.0 + n // 6 * 3), "key": 10 * n + 1, "band": n % 6, "speed": 1.0}
        for n in range(count)
    ]
    return moment(rows)


def test_each_machine_is_one_node_and_one_draw_and_nodes_are_used_again(app: Any, stage: Any) -> None:
    pose = Pose((32.0, 26.0, 1.6), 0.0)
    for count in (7, 24, 3, 24):
        stage.show(pose, dry(), _crowd(count))
        shown = [path for path in stage.root.findAllMatches("robot") if not path.isHidden()]
        assert stage._robots.drawn == len(shown) == count
        for gap_m in (1.0, 23.9, 24.1, 130.0):
            assert [geoms_at(path, gap_m) for path in shown] == [1] * count
    assert len(stage.root.findAllMatches("robot")) <= 5 * 5
    stage.show(pose, dry(), None)
    assert stage._robots.drawn == 0


def test_placing_two_dozen_costs_little(app: Any, stage: Any) -> None:
    """Against a yardstick of the same machine: so many small NumPy calls."""
    crowd, eye = _crowd(24), (32.0, 26.0, 1.6)
    small = np.ones(24)

    def best(act: Any) -> float:
        took = []
        for _ in range(60):
            start = time.perf_counter()
            act()
            took.append(time.perf_counter() - start)
        return min(took)

    stage._robots.show(crowd, (0.0, 0.0), eye)
    yardstick = best(lambda: [np.add(small, small) for _ in range(1000)])
    assert best(lambda: stage._robots.show(crowd, (0.0, 0.0), eye)) < 6.0 * yardstick


def test_a_lamp_lights_the_ground_before_it_and_not_behind(app: Any, stage: Any) -> None:
    """A heavy's floodlight looks south, ten degrees down."""
    one = moment([{"trade": Trade.CLEANER, "at": (32.0, 36.0), "heading": 180.0}])
    up = np.array([0.0, 0.0, 1.0])
    show = stage.show
    hour = replace(dry(), sky_lux=0.0)
    try:
        stage.show = lambda pose, hour, robots: show(pose, hour, one)
        before = luminance_of_card(app, stage, np.array([32.0, 30.0, 0.05]), up, hour)
        behind = luminance_of_card(app, stage, np.array([32.0, 42.0, 0.05]), up, hour)
        beside = luminance_of_card(app, stage, np.array([40.0, 36.0, 0.05]), up, hour)
        stage.show = lambda pose, hour, robots: show(
            pose, hour, moment([{"trade": Trade.CLEANER, "at": (32.0, 36.0), "harm": Harm.CIRCUIT}])
        )
        broken = luminance_of_card(app, stage, np.array([32.0, 30.0, 0.05]), up, hour)
    finally:
        stage.show = show
    assert before > 0.005
    assert behind < 0.05 * before and beside < 0.05 * before and broken < 0.05 * before


@pytest.mark.parametrize("trade", [Trade.WAITER, Trade.CLEANER, Trade.COURIER, Trade.PARCELS], ids=lambda t: t.name.lower())
def test_a_card_reads_of_a_machine_s_lamp_what_its_own_eyes_have_of_it(app: Any, stage: Any, trade: Trade) -> None:
    """Before each kind's lamp, a way off along its beam: ρE/π of the very lamps by which robots see, cosine for a quarter (a sphere's)."""
    one = moment([{"trade": trade, "at": (32.0, 36.0), "heading": 180.0, "beam": (0.0, -0.5, -0.1)}])
    lights, show = one.lights, stage.show
    lamp_at, way = lights.place[0], np.array([0.0, -1.0, -0.2]) / np.linalg.norm([0.0, -1.0, -0.2])
    at = lamp_at + 3.5 * way
    due = 4.0 * lights.lux(at)[0] * float(lights.colour[0] @ LUMA)
    try:
        stage.show = lambda pose, hour, robots: show(pose, hour, one)
        read = luminance_of_card(app, stage, at, -way, replace(dry(), sky_lux=0.0))
    finally:
        stage.show = show
    assert due > 0.02
    assert read == pytest.approx(GREY * due / math.pi, rel=0.15)


def test_a_searching_light_is_seen_in_fog_and_only_within_its_cone(app: Any, stage: Any) -> None:
    sentry = moment([{"trade": Trade.PARCELS, "at": (32.0, 40.0), "beam": (0.0, 0.0, -1.0)}])
    pose = Pose((32.0, 26.0, 4.0), 0.0)

    def developed(fog: float) -> Array:
        stage.show(pose, replace(dry(), sky_lux=0.0, fog_per_m=fog), sentry)
        app.graphicsEngine.renderFrame()
        return stage.picture().astype(float).sum(axis=2)

    clear, misty = developed(0.0), developed(0.01)
    beam = misty - clear
    middle, left = beam[10:16, 31:33].mean(), beam[10:16, 8:16].mean()
    assert middle > 4.0
    assert left < 0.25 * middle


def test_a_machine_is_known_from_afar_by_its_lamps(app: Any, stage: Any) -> None:
    """At 28 m, in a picture of 64 pixels' width: the lamp is smaller than a pixel, and there; alarmed, it is red."""
    pose = Pose((32.0, 12.0, 1.6), 0.0)
    nothing = _scene(app, stage, pose, None)

    def left(**row: Any) -> Array:
        return _scene(app, stage, pose, moment([{"trade": Trade.WAITER, "at": (32.0, 40.0), **row}])) - nothing

    for x in np.linspace(0.0, 1.0, 5):  # wherever in its pixel
        sure = _scene(app, stage, pose, moment([{"trade": Trade.WAITER, "at": (32.0 + x, 40.0), "band": 5, "alert": 1.0}])) - nothing
        assert sure[..., 0].max() > 0.1
        assert sure[..., 0].max() > 4.0 * sure[..., 2].max()
    calm = left(band=0)
    assert calm.max() > 0.03 and calm[..., 0].max() < left(band=5, alert=1.0)[..., 0].max()


def test_a_lamp_lies_in_standing_water(app: Any, stage: Any) -> None:
    pose = Pose((32.0, 34.0, 1.6), 0.0, -12.0)
    row = {"trade": Trade.NURSE, "at": (32.0, 40.0), "band": 5, "alert": 1.0}
    flood = replace(dry(), sky_lux=0.0, water_level_m=0.05)
    lit = _scene(app, stage, pose, moment([row]), flood)
    dark = _scene(app, stage, pose, moment([row | {"harm": Harm.CIRCUIT, "harmed_s": 1.3}]), flood)
    low = slice(24, 36)
    red = (lit - dark)[low, 24:40, 0].sum()
    assert red > 0.2
    assert red > 4.0 * abs((lit - dark)[low, :12, 0].sum())


def test_the_same_moment_is_the_same_picture(app: Any, stage: Any) -> None:
    pose, crowd = Pose((32.0, 26.0, 1.6), 0.0), _crowd(9)
    alone = _scene(app, stage, pose, crowd)
    for count in (24, 2):
        _scene(app, stage, pose, _crowd(count))
    assert (_scene(app, stage, pose, crowd) == alone).all()
