"""Triangles sorted by class of finish look as they do unsorted, and each class' shader knows its finishes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from flatland import box
from grey_card import LUMA, SIZE, dry, staged
from lamp_yard import Yard, lamp

from world.mesh.surface import Finish, Surface, SurfaceBuilder
from world.plan.facade import Pane
from world.pose import Pose

EYE = Pose((30.0, 28.0, 1.5), 0.0)
DULL = {Finish.CONCRETE, Finish.TILE, Finish.PLASTER, Finish.RUBBLE, Finish.DECK, Finish.FOLIAGE, Finish.GOODS}  # mirror no street by class


def _wall(finish: Finish, state: int = 0) -> Surface:
    """A pane of a metre and a half, two metres before the eye."""
    builder = SurfaceBuilder()
    corners = [[29.0, 30.0, 0.8], [31.0, 30.0, 0.8], [31.0, 30.0, 2.2], [29.0, 30.0, 2.2]]
    uv = [[[0, 0], [1, 0], [1, 1], [0, 1]]]
    builder.quads([corners], finish, (180, 150, 120, 255), uv, (0, 20, 3, state))
    return builder.build()


@pytest.fixture(scope="module")
def yard(booted: Any) -> Iterator[Any]:
    stage = staged(booted, Yard([box(60.0, 60.0, 0.5, 0.5, 0.5)], lamp(30.0, 29.0, 2.5)), (30.0, 28.0, 1.5))
    yield stage
    stage.close()


def _drawn(app: Any, stage: Any, node: Any, shade: Any) -> np.ndarray:
    """(h, w) luminance of the scene with a node in it."""
    path = stage.root.attachNewNode(node)
    shade(path)
    stage.show(EYE, dry(), None)
    app.graphicsEngine.renderFrame()
    scene = stage.passes.scene
    assert app.graphicsEngine.extractTextureData(scene, app.win.getGsg())
    pixels = np.frombuffer(memoryview(scene.getRamImage()), np.float32).reshape(SIZE[1], SIZE[0], -1)[..., 2::-1] @ LUMA
    scene.clearRamImage()
    path.removeNode()
    return pixels


@pytest.mark.parametrize("finish", list(Finish))
def test_a_class_draws_what_the_whole_shader_draws(app: Any, yard: Any, finish: Finish) -> None:
    from panda3d.core import PandaNode

    from world.stage.geometry import city_node, geom_node
    from world.stage.shaders import load_shader
    from world.stage.standing import shade_by_class

    whole = load_shader("surface/city.vert", "surface/city.frag")
    for state in (0, int(Pane.FIRE)) if finish is Finish.WINDOW_LIT else (0,):
        surface = _wall(finish, state)
        one = _drawn(app, yard, geom_node(surface, "whole"), lambda path: path.setShader(whole))
        sorted_ = _drawn(app, yard, city_node(surface, "sorted"), shade_by_class)
        bare = _drawn(app, yard, PandaNode("nothing"), lambda path: None)
        assert np.abs(one - bare).max() > 1e-4, "nothing was drawn"
        far = np.abs(sorted_ - one)
        assert far.max() <= 2e-3 * one.max() or (finish in DULL and far.mean() < 0.12 * one.mean()), (far.max(), one.max())


def test_triangles_are_sorted_and_none_is_lost() -> None:
    from world.stage.finishes import by_class

    builder = SurfaceBuilder()
    for k, finish in enumerate([Finish.TUBE, Finish.TILE, Finish.WINDOW_LIT, Finish.TILE, Finish.WINDOW_LIT, Finish.BARK]):
        at = np.array([float(k), 0.0, 0.0])
        state = int(Pane.FIRE) if k == 4 else int(Pane.LIT)
        builder.quads([np.array([[0, 0, 0], [1, 0, 0], [1, 0, 1], [0, 0, 1]]) + at], finish, (9, 9, 9, 255), None, (0, 0, 0, state))
    surface = builder.build()
    parts = dict(by_class(surface))
    assert {name: len(those) for name, those in parts.items()} == {
        "USE_GLOW": 2, "USE_MASONRY": 4, "USE_PANES": 2, "USE_BLAZE": 2, "USE_PLAIN": 2
    }  # fmt: skip
    assert sorted(np.concatenate(list(parts.values()))) == list(range(surface.triangle_count))
    assert set(parts["USE_BLAZE"]) == {8, 9}


def test_shader_and_sorting_agree_on_the_classes() -> None:
    from world.mesh.bodies.bottle import bottle_rig
    from world.mesh.bodies.hands import hands_rig
    from world.posture.machines import rigs
    from world.posture.others import living_rigs
    from world.stage.finishes import CLASSES
    from world.stage.permutations import PERMUTATIONS
    from world.stage.shaders import source_of

    text = source_of("surface/city.frag")
    masks = dict(re.findall(r"defined\((USE_\w+)\)\nconst int DRAWN = ([^;]+);", text))
    drawn = {name: {Finish[finish] for finish in re.findall(r"<< (\w+)", mask)} for name, mask in masks.items()}
    bodies = drawn.pop("USE_BODY")
    assert drawn == CLASSES
    for rig in (*rigs(), *living_rigs(), hands_rig(), bottle_rig()):
        assert set(rig.model.finish.tolist()) <= bodies
    for name in CLASSES:
        assert ("surface/city.vert", "surface/city.frag", (name,)) in PERMUTATIONS
    assert set().union(*CLASSES.values()) == set(Finish)
