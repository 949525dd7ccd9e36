"""What boards show: the plan and the shader agree on what there is, and on which words; and each moves, is deep, tears and drops out.

Boards are drawn alone before the night; the scene before fog and exposure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from grey_card import dry
from lamp_yard import Yard, lamp
from scene import scene

from world.mesh.fittings import add_hologram
from world.mesh.lettering import advertised, lettering_backend
from world.mesh.surface import SurfaceBuilder
from world.plan.holograms import _COLOURS, CONTENTS
from world.plan.records import Hologram
from world.pose import Pose
from world.resources import shader_path

SIZE = (160, 90)
GROUP = 9
EYE = Pose((30.0, 18.0, 7.0), 0.0, fov_deg=80.0)
NIGHT = replace(dry(), sky_lux=0.0)
Array = np.ndarray[Any, np.dtype[Any]]


def test_every_content_that_is_planned_can_be_drawn() -> None:
    shader = shader_path("surface/hologram.frag.glsl").read_text("utf-8")
    named = re.search(r"const int (FACE = 0[^;]*);", shader)
    assert named is not None
    contents = dict(part.split(" = ") for part in named[1].split(", "))
    assert sorted(map(int, contents.values())) == list(range(CONTENTS))
    for name in list(contents)[:-1]:  # the last is what is left
        assert f"content == {name}" in shader


def test_boards_have_words_upright_and_level() -> None:
    declared = re.search(r"u_words\[(\d+)\]", shader_path("surface/hologram_adverts.inc.glsl").read_text("utf-8"))
    places = advertised()
    assert declared is not None and places.shape == (int(declared[1]), 4)
    size = places[:, 2:] - places[:, :2]
    assert (size > 0).all() and places.min() >= 0 and places.max() <= 1
    if lettering_backend() == "noto-cjk":
        assert (size[:16, 1] > size[:16, 0]).all() and (size[16:, 0] > size[16:, 1]).all()
    assert len(np.unique(places, axis=0)) == 32


@pytest.fixture(scope="module")
def stage(booted: Any) -> Iterator[Any]:
    from world.stage.stage import Stage

    made = Stage(booted, Yard([], lamp(30.0, 55.0, 2.0, candela=0.01)), size=SIZE, quality="high")
    made.chunks.radius_m, made.skyline.radius_m = 10.0, 0.0
    made.settle(EYE)
    yield made
    made.close()


@pytest.fixture(params=range(CONTENTS))
def see(app: Any, stage: Any, request: Any) -> Iterator[Callable[..., Array]]:
    """(H, W, 3) of a board of each content, 12 m north of the eye."""
    from world.stage.blending import set_veil
    from world.stage.geometry import geom_node
    from world.stage.shaders import load_shader

    builder = SurfaceBuilder()
    add_hologram(builder, Hologram((1,), (30.0, 30.0, 2.0), 180.0, 7.0, 10.0, _COLOURS[0], GROUP, request.param, 1), (0.0, 0.0))
    path = stage.root.attachNewNode(geom_node(builder.build(), "board"))
    path.setShader(load_shader("surface/city.vert", "surface/hologram.frag"))
    path.setTwoSided(True)
    set_veil(path)

    def drawn(time_s: float, power: float = 1.0, calm: bool = False, pose: Pose = EYE) -> Array:
        groups = np.ones(64, np.float32)
        groups[GROUP] = power
        return scene(app, stage, pose, replace(NIGHT, time_s=time_s, power=groups, calm=calm))

    yield drawn
    path.removeNode()


def test_it_is_grey_green_moves_and_is_the_same_at_the_same_moment(see: Callable[..., Array]) -> None:
    first, later = see(3.0, calm=True), see(5.5, calm=True)
    red, green, blue = first.sum(axis=(0, 1))
    assert green > blue > red > 0.2 * green
    assert np.abs(later - first).mean() > 0.02 * first.mean()
    assert np.array_equal(see(3.0, calm=True), first)


def test_its_power_is_its_light_and_bands_of_it_drop_out(see: Callable[..., Array]) -> None:
    full, weak = see(3.0, calm=True).sum(axis=(1, 2)), see(3.0, 0.35, calm=True).sum(axis=(1, 2))
    lit = full > 0.1 * full.max()
    left = weak[lit] / full[lit]
    assert weak.sum() < 0.7 * full.sum()
    assert left.min() < 0.25 < 0.5 < left.max()  # rows that are gone beside rows that are not


def test_rows_tear_in_bursts_but_never_for_eyes_that_must_be_spared(see: Callable[..., Array]) -> None:
    """At some moments some rows are elsewhere than where they are shown calm; at most moments none is."""
    moments = [np.abs(see(t) - see(t, calm=True)).sum(axis=2).max(axis=1) for t in 2.0 + 0.29 * np.arange(24)]
    torn = [rows.max() > 0.05 for rows in moments]
    assert 1 <= sum(torn) < 20  # a timetable's rows flap by themselves


def test_who_walks_past_sees_into_it(see: Callable[..., Array]) -> None:
    """Points of the board show something else from two metres aside; a flat picture would not."""
    still = see(3.0, calm=True)
    aside = see(3.0, calm=True, pose=replace(EYE, position=(32.0, 18.0, 7.0), heading_deg=float(np.degrees(np.arctan2(-2.0, 12.0)))))
    middle = np.s_[30:60, 65:95]
    assert np.abs(aside[middle] - still[middle]).mean() > 0.1 * still[middle].mean()
