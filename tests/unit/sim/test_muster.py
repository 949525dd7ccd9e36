"""Who is about where the hero is; what was broken stays broken; where one wakes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from lamplit import lamplit

from world.pipe import Pipe
from world.pose import Pose
from world.recipe import Recipe
from world.sim import Command, EventKind, Harm, State, Walker, World, state_digest, step
from world.sim.havens import INSIDE_M, Haven, Havens
from world.sim.muster import mustered
from world.sim.rounds import point_on

STILL = Command.looking(0)


@pytest.fixture(scope="module")
def world() -> World:
    return World.of(Pipe(Recipe().with_value("patrol", "robots", 30)))


def at(state: State, x: float, y: float) -> State:
    return replace(state, walker=Walker((x, y, 0.0)))


def test_far_off_a_robot_is_where_its_round_has_it(world: World) -> None:
    x, y, _ = world.start.position
    first = mustered(at(world.first(), x, y), world, 0)
    late = mustered(replace(at(first, x + 3000.0, y), home=None), world, 60)
    back = mustered(at(late, x, y), world, 60 * 300)
    assert first.patrol.key.tolist() == back.patrol.key.tolist()
    for k, key in enumerate(back.patrol.key.tolist()):
        beat = world.beats.of(key)
        there = point_on(beat.loop, beat.along_at(300.0, world.recipe.patrol.pace))
        assert np.hypot(*(back.patrol.position[k, :2] - there)) < 12.0  # or on the nearest free ground


def test_what_one_broke_is_met_again_as_it_was_left(world: World) -> None:
    x, y, _ = world.start.position
    state = mustered(at(world.first(), x, y), world, 0)
    harm = state.patrol.harm.copy()
    harm[3] = int(Harm.CIRCUIT)
    key, place = int(state.patrol.key[3]), state.patrol.position[3].copy()
    broken = replace(state, patrol=replace(state.patrol, harm=harm, harmed_at=np.where(harm != 0, 5, state.patrol.harmed_at)))
    away = mustered(at(broken, x + 3000.0, y + 500.0), world, 600)
    assert key not in away.patrol.key.tolist() and [fate.key for fate in away.fates] == [key]
    back = mustered(at(away, x, y), world, 9000)
    k = back.patrol.key.tolist().index(key)
    assert back.patrol.harm[k] == Harm.CIRCUIT and np.allclose(back.patrol.position[k], place) and back.patrol.harmed_at[k] == 5
    assert back.fates == ()


def test_a_chunk_s_patrol_does_not_depend_on_the_way_there(world: World) -> None:
    x, y, _ = world.start.position
    straight = mustered(replace(at(world.first(), x + 900.0, y), home=None, patrol=world.first().patrol.take([])), world, 100)
    detour = mustered(at(world.first(), x - 2000.0, y), world, 50)
    detour = mustered(at(detour, x + 900.0, y), world, 100)
    assert state_digest(replace(straight, fates=())) == state_digest(detour)


class OneHaven(Havens):
    def __init__(self, haven: Haven) -> None:
        self.haven = haven

    def of(self, cx: int, cy: int) -> tuple[Haven, ...]:
        return (self.haven,)


def test_who_is_caught_wakes_in_the_last_shelter_in_the_world_as_it_was() -> None:
    world = replace(lamplit(lux=20.0), havens=OneHaven(((10.0, -60.0, 0.0), 16384)))
    state = world.first()
    state = replace(state, walker=Walker((10.0 + 0.5 * INSIDE_M, -60.0, 0.0)))
    entered = []
    for _ in range(60):
        state, events = step(state, STILL, world)
        entered += [e for e in events if e.kind == EventKind.SHELTER]
    assert len(entered) == 1 and state.shelter == ((10.0, -60.0, 0.0), 16384)
    p = state.patrol
    position = p.position.copy()
    position[0, :2] = (0.8, -50.0)
    harm = np.array([int(Harm.JOINT)])
    hunting = replace(
        p, position=position, facing=np.array([[0.0, 1.0]]), head=np.array([[0.0, 1.0]]), alert=np.ones(1), band=np.array([5]),
        harm=harm, evidence_at=np.array([state.tick]),
    )  # fmt: skip
    state = replace(state, patrol=hunting, walker=Walker((0.8, -49.1, 0.0)))
    for _ in range(120):
        state, events = step(state, STILL, world)
        if any(e.kind == EventKind.CAPTURED for e in events):
            break
    else:
        pytest.fail("not caught")
    assert state.walker.position == (10.0, -60.0, 0.0) and state.walker.heading_q == 16384
    assert state.patrol.harm.tolist() == [Harm.JOINT] and state.patrol.alert[0] == 0.0
    assert np.allclose(state.patrol.position[0, :2], (0.8, -50.0), atol=0.3)


def test_the_first_pose_is_outside_of_anything_solid() -> None:
    world = World.of(Pipe(Recipe()), Pose((0.0, 0.0, 1.65), 90.0))
    x, y, _ = world.waking().position
    assert np.isfinite((x, y)).all()
