"""Wherever a camera goes, the machines of that place are about, and nobody notices it."""

from __future__ import annotations

import numpy as np
import pytest

from world.film.patrol import PatrolRun
from world.pipe import Pipe
from world.pose import Pose
from world.recipe import Recipe
from world.sim import Band, World


@pytest.fixture(scope="module")
def world() -> World:
    return World.of(Pipe(Recipe().with_value("patrol", "robots", 60)))


def test_the_patrols_of_where_the_camera_is_are_about(world: World) -> None:
    here, far = world.start, Pose((2400.0, -1800.0, 1.65), 0.0)
    near, away = (PatrolRun(world, 600, lambda seconds, pose=pose: pose).at(0.0, pose) for pose in (here, far))
    assert len(near.key) > 20 and len(away.key) > 20 and not set(near.key.tolist()) & set(away.key.tolist())
    assert np.hypot(*(away.position[:, :2] - far.position[:2]).T).min() < 300.0


def test_a_moment_asked_for_alone_is_the_moment_in_sequence_and_nobody_is_alarmed(world: World) -> None:
    def path(seconds: float) -> Pose:
        x, y, z = world.start.position
        return Pose((x + 20.0 * seconds, y, z), 90.0)

    rolling = PatrolRun(world, 0, path)
    sequence = [rolling.at(t, path(t)) for t in (0.0, 1.0, 2.0, 3.5, 6.0)]
    alone = PatrolRun(world, 0, path).at(6.0, path(6.0))
    assert alone.key.tolist() == sequence[-1].key.tolist() and np.array_equal(alone.position, sequence[-1].position)
    assert np.array_equal(alone.others.position, sequence[-1].others.position)
    assert (alone.band == Band.UNAWARE).all()
