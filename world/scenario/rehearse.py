"""Runs a scenario, tick by tick, with the walk's own step.

In: a `Scenario`, and settings that change its recipe.  Out: a `Record`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from world.pipe import Pipe
from world.pose import Pose
from world.recipe import Recipe, load_recipe, with_settings
from world.scenario.actor import Actor
from world.scenario.model import Robot, Scenario
from world.scenario.record import Record, Recorder
from world.scenario.yard import yard_world
from world.sim import TICK_HZ, Kind, State, World, step
from world.sim.beats import FixedBeats
from world.sim.exact import sin_cos, units_from_degrees
from world.sim.exposure import hero_lux, hero_visibility
from world.sim.lights import lights_of
from world.sim.rounds import loop_length
from world.sim.senses import LOOK_TICKS
from world.sim.walker import EYE_M

_LASTS_S, _AFTER_S = 600.0, 5.0  # a scenario that says nothing of its end: at most, and after its last act


def recipe_of(scenario: Scenario, settings: Sequence[str] = (), seed: str | None = None) -> Recipe:
    """The scenario's recipe, with its own settings and then those asked for."""
    return with_settings(load_recipe(scenario.recipe), [*scenario.set, *settings], seed)


def rehearse(scenario: Scenario, settings: Sequence[str] = (), seed: str | None = None) -> Record:
    """What happens, from beginning to end."""
    world, state = staged(scenario, recipe_of(scenario, settings, seed))
    actor, recorder = Actor(scenario.hero.act, scenario.hero.heading_deg), Recorder(state)
    lux = visibility = 0.0
    left = round((scenario.seconds if scenario.seconds is not None else _LASTS_S) * TICK_HZ)
    while left > 0:
        command = actor.command(state, world)
        state, events = step(state, command, world)
        if state.tick % LOOK_TICKS == 0:
            patrol, here = state.patrol, world.at(*state.walker.position[:2])
            lamps = lights_of(patrol.position, patrol.beam, patrol.kind, patrol.harm)
            lux = hero_lux(here, state.walker, state.tick, lamps)
            visibility = hero_visibility(state.walker, lux)
        recorder.take(state, events, lux, visibility)
        left -= 1
        if scenario.seconds is None and actor.done:
            left = min(left, round(_AFTER_S * TICK_HZ))
    return recorder.record(actor.stranded)


def staged(scenario: Scenario, recipe: Recipe) -> tuple[World, State]:
    """The world of a scenario and its first state."""
    tick = round(scenario.start_s * TICK_HZ)
    hero = scenario.hero
    loops = tuple(_round_of(robot) for robot in scenario.robot)
    kinds = tuple(Kind[robot.kind.upper()] for robot in scenario.robot)
    along = tuple(_along(loop, robot.at) for loop, robot in zip(loops, scenario.robot, strict=True))
    beats = FixedBeats.on(loops, kinds, along)
    if scenario.yard is not None:
        assert hero.at is not None  # read_table's caller saw to it
        world = yard_world(scenario.yard, recipe, beats, Pose((*hero.at, EYE_M), hero.heading_deg))
    else:
        pipe = Pipe(recipe)
        world = World.of(pipe)
        if hero.at is not None:
            ground = world.window.ground(*hero.at)
            world = World.of(pipe, Pose((*hero.at, ground + EYE_M), hero.heading_deg))
        if scenario.robot:
            world = replace(world, beats=beats)
    state = world.first(tick)
    return world, _posted(state, scenario.robot) if scenario.robot else state


def _round_of(robot: Robot) -> NDArray[np.float64]:
    """(4, 2): its corners; of two, there and back; of none, the place where it stands."""
    corners = list(robot.round) or [robot.at]
    if len(corners) == 2:
        corners = [corners[0], corners[1], corners[1], corners[0]]
    return np.array(corners + [corners[-1]] * (4 - len(corners)), dtype=np.float64)


def _along(loop: NDArray[np.float64], place: tuple[float, float]) -> float:
    """How far round `loop` the point nearest to `place` is."""
    best, passed, result = np.inf, 0.0, 0.0
    for a, b in zip(loop, np.roll(loop, -1, axis=0), strict=True):
        way = b - a
        length = float(np.sqrt(way @ way))
        share = float(np.clip((np.array(place) - a) @ way / (length * length), 0.0, 1.0)) if length else 0.0
        off = np.array(place) - (a + way * share)
        if off @ off < best - 1e-12:
            best, result = off @ off, passed + share * length
        passed += length
    return min(result, loop_length(loop))


def _posted(state: State, robots: Sequence[Robot]) -> State:
    """The state with every robot where its scenario has it."""
    p = state.patrol
    position, facing, alert = p.position.copy(), p.facing.copy(), p.alert.copy()
    for k, robot in enumerate(robots):
        position[k, :2] = robot.at
        alert[k] = robot.alert
        if robot.facing_deg is not None:
            facing[k] = sin_cos(units_from_degrees(robot.facing_deg))
    goal = np.tile(np.array(state.walker.position), (len(p), 1))
    since = np.full(len(p), state.tick)
    posted = replace(p, position=position, facing=facing, head=facing.copy(), alert=alert, goal=goal, evidence_at=since)
    return replace(state, patrol=posted)
