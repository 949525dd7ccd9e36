"""Sound goes in and out by the door: a robot hears one round it, and little through the wall."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from fronts import fronts_of, window_on

from world.plan.rooms import Interior, Use
from world.space.chunk_space import CHUNK_M
from world.space.interior_solids import interior_ears
from world.space.sound_graph import Paths, SoundGraph
from world.space.window import SpaceWindow


def _graph(interior: Interior) -> SoundGraph:
    plain, ears = window_on(interior), interior_ears(interior)

    def source(cx: int, cy: int):  # type: ignore[no-untyped-def]
        own = (np.floor(ears[:, :2] / CHUNK_M) == (cx, cy)).all(axis=1)
        return replace(plain.chunk(cx, cy).space, ears=ears[own])

    return SoundGraph(SpaceWindow(source))


def _heard(interior: Interior, inside: tuple[float, float, float], outside: tuple[float, float, float]) -> Paths:
    (u, v, z), (p, q, r) = inside, outside
    source = np.array([*interior.world(u, v), z + 1.5])
    listener = np.array([[*interior.world(p, q), r + 1.5]])
    return _graph(interior).paths(source, listener)


@pytest.mark.parametrize("use", list(Use), ids=lambda use: use.value)
def test_steps_at_the_back_are_heard_before_the_door(use: Use) -> None:
    for _, interior in fronts_of(use, 4):
        outside = (interior.way[0][0], -4.0, 0.13)
        paths = _heard(interior, interior.way[-1], outside)
        assert paths.loss[0] < 14.0, f"{paths.loss[0]} dB in {interior.key}"
        straight = math.dist(interior.way[-1], outside)
        assert straight - 0.5 < paths.length[0] < 2.6 * straight + 8.0


def test_round_the_corner_of_the_door_it_comes_from_the_door() -> None:
    for _, interior in fronts_of(Use.SHELTER, 4):
        door = interior.door.box
        far = (door.x1 + 7.0, -1.5, 0.13)
        paths = _heard(interior, (interior.way[1][0], 3.5, 0.22), far)
        u = (door.x0 + door.x1) / 2
        assert math.dist(paths.far[0][:2], interior.world(u, -0.6)) < 3.0
        assert 2.0 < paths.loss[0] < 12.0
