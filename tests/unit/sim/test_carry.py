"""A knob is turned under one's feet: nothing moves where nothing changed; nobody falls through, and nobody ends up in a wall."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from flatland import box, land
from lamp_yard import Yard, lamp

from world.light import LightField
from world.pose import Pose
from world.recipe import Recipe, with_settings
from world.sim import Command, State, Walker, World, step
from world.sim.beats import FixedBeats
from world.sim.carry import carried_over
from world.sim.muster import mustered
from world.space.chunk_space import Solids
from world.space.sound_graph import SoundGraph
from world.space.walk import deepest
from world.space.window import SpaceWindow

LOOP = np.array([[0.0, 0.0], [40.0, 0.0], [40.0, 40.0], [0.0, 40.0]])


def _world(boxes: list[Solids], recipe: Recipe | None = None, loop: np.ndarray = LOOP, rise_m: float = 0.0) -> World:
    source = land(boxes, lambda x, y: np.full_like(x, rise_m))
    known: dict = {}
    window = SpaceWindow(lambda cx, cy: known.setdefault((cx, cy), source(cx, cy)))
    light = LightField(Yard([], lamp(0, 0, 5)).light)
    return World(recipe or Recipe(), window, light, FixedBeats.on((loop,)), Pose((5.0, 5.0, 1.65), 0.0), SoundGraph(window))


def _state(world: World, walker: Walker) -> State:
    return mustered(replace(world.first(), walker=walker, home=None), world, 0)


def test_where_nothing_changed_nothing_moves() -> None:
    world = _world([box(20, 20, 3, 3, 5)])
    state = _state(world, Walker((7.25, 9.5, 0.0), velocity=(1.0, 0.5, 0.0), heading_q=77, stride_m=0.4))
    for _ in range(30):
        state, _ = step(state, Command.looking(10.0, 0.0), world)
    other = replace(world, recipe=with_settings(Recipe(), ["weather.rain_mm_h=40"]))
    assert carried_over(state, world, other) == state


def test_another_patrol_starts_afresh_and_the_same_one_goes_on() -> None:
    world = _world([])
    state = _state(world, Walker((7.0, 9.0, 0.0)))
    state = replace(state, patrol=replace(state.patrol, alert=np.array([0.7])))
    elsewhere = _world([], loop=LOOP + 5.0)
    assert carried_over(state, world, _world([box(80, 80, 2, 2, 3)])).patrol is state.patrol
    assert carried_over(state, world, elsewhere).patrol.alert[0] == 0.0
    quicker = _world([], with_settings(Recipe(), ["patrol.pace=2"]))
    assert carried_over(state, world, quicker).patrol.alert[0] == 0.0


def _fits(state: State, world: World) -> bool:
    x, y, z = state.walker.position
    worst = deepest(world.window.near(x, y, 2.0), x, y, z, 1.8)
    return (worst is None or worst[0] < 1e-6) and z >= world.window.ground(x, y) - 1e-9


def test_a_wall_where_one_stands_pushes_out() -> None:
    before = _world([])
    after = _world([box(10, 10, 1.5, 4, 6)])
    state = carried_over(_state(before, Walker((10.9, 10.0, 0.0))), before, after)
    assert _fits(state, after) and abs(state.walker.position[0] - 11.85) < 0.02


def test_a_labyrinth_where_one_stands_is_left_for_the_nearest_free_ground() -> None:
    before = _world([])
    after = _world([box(10.0 + 0.5 * k, 10.0, 0.2, 12.0, 4.0) for k in range(-12, 13)])
    state = carried_over(_state(before, Walker((10.1, 10.0, 0.0))), before, after)
    assert _fits(state, after)
    assert np.hypot(state.walker.position[0] - 10.1, state.walker.position[1] - 10.0) < 14.0


def test_a_deck_that_is_gone_lets_one_down_to_the_street_and_a_higher_street_lifts() -> None:
    before = _world([box(10, 10, 8, 8, 6.0, bottom=5.6)])
    state = _state(before, Walker((10.0, 10.0, 6.0)))
    down = carried_over(state, before, _world([]))
    assert down.walker.position == (10.0, 10.0, 0.0)
    assert carried_over(state, before, _world([box(10, 10, 8, 8, 6.0, bottom=5.6), box(40, 40, 1, 1, 1)])).walker.position[2] == 6.0
    up = carried_over(_state(before, Walker((30.0, 30.0, 0.0))), before, _world([], rise_m=0.25))
    assert up.walker.position == (30.0, 30.0, 0.25)


def test_one_who_stands_below_the_new_deck_stays_below() -> None:
    before, after = _world([]), _world([box(10, 10, 8, 8, 6.0, bottom=5.6)])
    assert carried_over(_state(before, Walker((10.0, 10.0, 0.0))), before, after).walker.position == (10.0, 10.0, 0.0)
