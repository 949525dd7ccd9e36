"""Whatever the knobs say within their ranges, there is a city: finite, whole, with room to wake up in."""

from __future__ import annotations

import math
from dataclasses import fields
from typing import Any

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from world.pipe import Pipe
from world.recipe import Recipe
from world.recipe.knob import all_knobs
from world.space.walk import deepest
from world.space.window import SpaceWindow

BODY_M = 1.8


def _tree(values: dict[str, float]) -> dict[str, Any]:
    tree: dict[str, dict[str, float]] = {}
    for name, value in values.items():
        section, field = name.split(".")
        tree.setdefault(section, {})[field] = value
    return tree


def _value(low: float, high: float, integer: bool) -> st.SearchStrategy[Any]:
    inside = st.integers(int(low), int(high)) if integer else st.floats(low, high)
    return st.one_of(st.sampled_from([int(low), int(high)] if integer else [low, high]), inside)


recipes = st.fixed_dictionaries({k.name: _value(k.low, k.high, k.integer) for k in all_knobs()}).map(_tree).map(Recipe.model_validate)
ALL_LOW = Recipe.model_validate(_tree({k.name: k.low if not k.integer else int(k.low) for k in all_knobs()}))
ALL_HIGH = Recipe.model_validate(_tree({k.name: k.high if not k.integer else int(k.high) for k in all_knobs()}))


@settings(max_examples=7, deadline=None, derandomize=True, database=None)
@given(recipes, st.integers(-500, 500), st.integers(-500, 500))
@example(ALL_LOW, 0, 0)
@example(ALL_HIGH, 0, 0)
def test_any_recipe_builds_a_chunk(recipe: Recipe, cx: int, cy: int) -> None:
    pipe = Pipe(recipe)
    plan, space, mesh, near, light = (make(cx, cy) for make in (pipe.plan, pipe.space, pipe.mesh, pipe.near, pipe.light))
    for part in fields(light):
        values = getattr(light, part.name)
        assert not isinstance(values, np.ndarray) or np.isfinite(values).all()
    for building in plan.buildings:
        for mass in building.masses:
            assert mass.x0 < mass.x1 and mass.y0 < mass.y1 and mass.z0 < mass.z1
    assert np.isfinite(space.ground.height).all() and (space.solids.half > 0).all() and np.isfinite(space.emitters.candela).all()
    assert mesh.ground.triangle_count > 0
    for surface in (mesh.ground, mesh.common, mesh.far, mesh.holograms, near):
        position = surface.vertices["position"]
        assert np.isfinite(position).all() and np.isfinite(surface.vertices["uv"]).all()
        assert not len(position) or (abs(position[:, :2] - 32.0).max() < 160.0 and position[:, 2].max() < 600.0)
        assert not len(position) or surface.indices.max() < len(position)


@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(recipes)
@example(ALL_LOW)
@example(ALL_HIGH)
def test_one_wakes_where_there_is_room(recipe: Recipe) -> None:
    pipe = Pipe(recipe)
    x, y, z = pipe.start().position
    assert all(map(math.isfinite, (x, y, z)))
    window = SpaceWindow(pipe.space)
    ground = window.ground(x, y)
    assert ground < z < ground + 2.2
    assert deepest(window.near(x, y, 1.0), x, y, ground, BODY_M) is None
