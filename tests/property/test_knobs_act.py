"""Settings really act: each knob changes something, and it makes new what it says and no less.

How: the city near the start, built with a knob at either end of its range, or turned a little; digests of plan, space and meshes.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import replace
from functools import lru_cache
from typing import Any

import city_bytes
import numpy as np
import pytest

from world.conditions import conditions_at
from world.pipe import Pipe
from world.recipe import Knob, Rebuild, Recipe, all_knobs
from world.sim import Button, Command, World, step
from world.sim.alert import THRESHOLD
from world.sim.carry import retuned
from world.sim.state import LONG_AGO, TICK_HZ, Band, Patrol, State

WIDE = 5  # chunks either way in which a rare thing (a landmark, a canal) must show
BUILT = [knob for knob in all_knobs() if knob.rebuilds in (Rebuild.ALL, Rebuild.PLAN)]


def _digest(*parts: Any) -> str:
    total = hashlib.blake2b(digest_size=16)
    for part in parts:
        city_bytes._feed(total, part)
    return total.hexdigest()


@lru_cache(maxsize=1)
def _city() -> tuple[Pipe, tuple[int, int]]:
    pipe = Pipe(Recipe())
    x, y, _ = pipe.start().position
    return pipe, (math.floor(x / 64), math.floor(y / 64))


def _near() -> list[tuple[int, int]]:
    cx, cy = _city()[1]
    return [(cx, cy), (cx + 1, cy), (cx, cy + 1)]


@lru_cache(maxsize=8)
def _followers(place: tuple[int, int]) -> str:
    return _digest(*_made(_city()[0], place))


def _made(pipe: Pipe, place: tuple[int, int]) -> tuple[Any, ...]:
    return pipe.space(*place), pipe.mesh(*place), pipe.near(*place), tuple(pipe.furniture(*place))


def _turned(knob: Knob, share: float) -> Recipe:
    """The default recipe with a knob turned by a share of its value, or of its range where it is 0."""
    value = knob.default * (1.0 + share) or share * (knob.high - knob.low)
    return Recipe().with_value(knob.section, knob.field, min(max(value, knob.low), knob.high))


def _ends(knob: Knob) -> list[Recipe]:
    """The recipes of the knob's ends, the further one first; of a seed, just another one."""
    ends = [5.0] if knob.field == "seed" else sorted((knob.low, knob.high), key=lambda end: -abs(end - knob.default))
    return [Recipe().with_value(knob.section, knob.field, int(end) if knob.integer else end) for end in ends if end != knob.default]


def _acts_on_the_city(knob: Knob) -> bool:
    """Looks from the start outwards, at the plan first, which is cheap."""
    here, (cx, cy) = _city()
    steps = range(-WIDE, WIDE + 1)
    wide = sorted(((cx + i, cy + j) for i in steps for j in steps), key=lambda place: math.dist(place, (cx, cy)))
    for recipe in _ends(knob):
        there = Pipe(recipe)
        if any(there.plan(*place) != here.plan(*place) for place in wide[:4]):
            return True
        if any(_digest(*_made(there, place)) != _followers(place) for place in _near()):
            return True
        if any(there.plan(*place) != here.plan(*place) for place in wide[4:]):
            return True
    return False


@pytest.mark.parametrize("knob", BUILT, ids=lambda knob: knob.name)
def test_a_knob_of_the_city_acts(knob: Knob) -> None:
    assert _acts_on_the_city(knob)


@pytest.mark.parametrize("knob", [knob for knob in BUILT if knob.rebuilds is Rebuild.PLAN], ids=lambda knob: knob.name)
def test_where_the_plan_is_the_same_so_is_all_that_follows(knob: Knob) -> None:
    """Live tweaking leaves a chunk alone whose plan is equal: a knob that space or mesh read, too, must say `Rebuild.ALL`."""
    here, there = _city()[0], Pipe(_turned(knob, 0.05))
    for place in _near():
        if there.plan(*place) == here.plan(*place):
            assert _digest(*_made(there, place)) == _followers(place), place


@pytest.mark.parametrize("knob", [knob for knob in all_knobs() if knob.rebuilds is Rebuild.LIGHT], ids=lambda knob: knob.name)
def test_a_knob_of_light_acts_on_light_alone(knob: Knob) -> None:
    here, place = _city()
    there = Pipe(_turned(knob, 0.5))
    assert there.plan(*place) == here.plan(*place)
    assert _digest(there.mesh(*place), there.near(*place)) == _digest(here.mesh(*place), here.near(*place))
    ours, theirs = here.space(*place), there.space(*place)
    assert _digest(replace(theirs, emitters=ours.emitters)) == _digest(ours)
    assert _digest(theirs.emitters) != _digest(ours.emitters)


@pytest.mark.parametrize("knob", [knob for knob in all_knobs() if knob.rebuilds is Rebuild.UNIFORM], ids=lambda knob: knob.name)
def test_a_knob_of_the_hour_acts_on_the_hour(knob: Knob) -> None:
    assert all(_hours(recipe) != _hours(Recipe()) for recipe in _ends(knob))


@lru_cache(maxsize=64)
def _hours(recipe: Recipe) -> str:
    """A minute of them: lightning is rare."""
    return _digest(tuple(conditions_at(recipe, 0.1 * n) for n in range(660)))


@lru_cache(maxsize=64)
def _after_meetings(recipe: Recipe) -> str:
    """The patrol after it met a hero who runs, after it hunted one who stands, and after it lost him a while ago."""
    world = retuned(World.of(_city()[0]), recipe)
    state = world.first()
    run = Command.looking(180.0, 0.0, Button.FORWARD | Button.RUN)
    hunted = _all_before(state, 2.0, Band.PURSUIT, evidence_at=0)
    lost = _all_before(state, 60.0, Band.SEARCHING, evidence_at=-10 * TICK_HZ)
    cases = ((_all_before(state, 3.0, Band.UNAWARE, evidence_at=LONG_AGO), run, 300), (hunted, Command(), 180), (lost, Command(), 30))
    return _digest(tuple(_later(case, command, world, ticks) for case, command, ticks in cases))


def _all_before(state: State, metres: float, band: Band, evidence_at: int) -> State:
    """All robots in one place north of the hero, looking at him, alarmed so far."""
    patrol, (x, y, z) = state.patrol, state.walker.position
    count = len(patrol)
    patrol = replace(
        patrol,
        position=np.tile([x, y + metres, z + 0.4], (count, 1)),
        head=np.tile([0.0, -1.0], (count, 1)),
        goal=np.tile(state.walker.position, (count, 1)),
        alert=np.full(count, float(THRESHOLD[band])),
        band=np.full(count, int(band)),
        evidence_at=np.full(count, evidence_at),
    )
    return replace(state, patrol=patrol)


def _later(state: State, command: Command, world: World, ticks: int) -> Patrol:
    for _ in range(ticks):
        state, _ = step(state, command, world)
    return state.patrol


@pytest.mark.parametrize("knob", [knob for knob in all_knobs() if knob.rebuilds is Rebuild.SIM], ids=lambda knob: knob.name)
def test_a_knob_of_the_patrol_acts_on_the_patrol(knob: Knob) -> None:
    value = min(knob.default + 2, knob.high) if knob.integer else knob.high
    recipe = Recipe().with_value(knob.section, knob.field, 5 if knob.field == "seed" else value)
    assert _after_meetings(recipe) != _after_meetings(Recipe())
