"""The same moment in another city: what becomes of a walk when a knob is turned.

In: a state, the world it belongs to, the world that takes its place.  Out: the state in the new one. Where the ground and what
stands on it are the very same, nothing moves; else the hero stands on what bears him now, outside of what stands there now.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from world.recipe import Recipe
from world.sim.beats import CityBeats
from world.sim.folk import CityFolk
from world.sim.havens import CityHavens
from world.sim.muster import mustered, nobody
from world.sim.state import Others, State, Walker
from world.sim.walker import BODY_M
from world.sim.world import World
from world.space.chunk_space import CHUNK_M
from world.space.walk import STEP_M, deepest, push_out, support
from world.space.window import SpaceWindow

_REACH_M, _TOUCH_M = 3.0, 1e-6
_SEARCH_M, _SEARCH_STEP_M, _DIRECTIONS = 40.0, 0.5, 16


def retuned(world: World, recipe: Recipe) -> World:
    """The world of the same city at another hour, or with another patrol: space, light, sounds and start are kept."""
    start = world.start.position
    return replace(world, recipe=recipe, beats=CityBeats(recipe, start[:2]), havens=CityHavens(recipe), folk=CityFolk(recipe))


def carried_over(state: State, before: World, after: World) -> State:
    """The state as it goes on in the world `after`."""
    walker = state.walker
    if not _same_surroundings(before.window, after.window, walker.position):
        walker = _stood(walker, after)
    if _same_patrol(state, before, after):
        return replace(state, walker=walker)
    return mustered(replace(state, walker=walker, patrol=nobody(), home=None, fates=(), others=Others.none()), after, state.tick)


def _same_surroundings(before: SpaceWindow, after: SpaceWindow, position: tuple[float, float, float]) -> bool:
    cx, cy = math.floor(position[0] / CHUNK_M), math.floor(position[1] / CHUNK_M)
    around = [(cx + i, cy + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
    return before is after or all(before.chunk(*place).space is after.chunk(*place).space for place in around)


def _same_patrol(state: State, before: World, after: World) -> bool:
    """Whether the robots may go on where they are: the same ways round the same blocks, from the same draws."""
    if before.recipe.patrol != after.recipe.patrol or before.recipe.seed_of("patrol") != after.recipe.seed_of("patrol"):
        return False
    if state.home is None:
        return True
    was, now = before.beats.near(*state.home), after.beats.near(*state.home)
    return len(was) == len(now) and all(
        p.key == q.key and p.kind == q.kind and np.array_equal(p.loop, q.loop) for p, q in zip(was, now, strict=True)
    )


def _stood(walker: Walker, world: World) -> Walker:
    """The hero where he fits: as he stands, pushed out of what he is in, or on the nearest free ground."""
    window = world.window
    x, y, feet = walker.position
    rows = window.near(x, y, _REACH_M)
    under = support(window, rows, x, y, feet + STEP_M).height
    if abs(under - feet) <= STEP_M and _fits(window, x, y, under):
        return replace(walker, position=(x, y, under), climb=None)
    for near_x, near_y in _places_about(x, y):
        rows = window.near(near_x, near_y, _REACH_M)
        height = max(feet, window.ground(near_x, near_y))
        near_x, near_y, _ = push_out(rows, near_x, near_y, height, BODY_M)
        height = support(window, rows, near_x, near_y, height + STEP_M).height
        if _fits(window, near_x, near_y, height):
            return replace(walker, position=(near_x, near_y, height), velocity=(0.0, 0.0, 0.0), climb=None)
    return replace(world.waking(), heading_q=walker.heading_q, pitch_q=walker.pitch_q)


def _fits(window: SpaceWindow, x: float, y: float, feet: float) -> bool:
    worst = deepest(window.near(x, y, _REACH_M), x, y, feet, BODY_M)
    return worst is None or worst[0] < _TOUCH_M


def _places_about(x: float, y: float) -> list[tuple[float, float]]:
    """The place itself, then rings about it."""
    rings = [_SEARCH_STEP_M * k for k in range(1, round(_SEARCH_M / _SEARCH_STEP_M) + 1)]
    turns = [math.tau * k / _DIRECTIONS for k in range(_DIRECTIONS)]
    return [(x, y), *((x + ring * math.sin(turn), y + ring * math.cos(turn)) for ring in rings for turn in turns)]
