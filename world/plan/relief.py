"""The street's relief: camber, kerbs, hollows.

In: recipe, the streets about, sample points.  Out: heights (m) of carriageway and of pavement and land. `space` rasters it,
`mesh` draws it, and whatever the plan puts down stands on it. Carriageways are cambered (their gutters are where puddles gather),
pavements stand a kerb higher, plazas and alleys sink towards their middle. Relief is three octaves of noise, .45 · relief in
standard deviation.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from world.fields import NoiseField
from world.plan.grid import Line
from world.recipe import Recipe

KERB_M = 0.13
_CROWN_M, _GUTTER_M = 0.05, -0.035
_SINK_M, _SINK_OVER_M = 0.15, 2.2
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Axis:
    """What the streets of one direction make of each sample: all (n,) arrays.

    `offset` is the signed distance (m) to the nearest centre line, `half` that street's half width, `inside` the depth (m)
    into the land between the pavements (negative on streets and pavements).
    """

    at: Array
    offset: Array
    half: Array
    inside: Array

    @property
    def road(self) -> NDArray[np.bool_]:
        return np.abs(self.offset) < self.half


def axis_of(lines: tuple[Line, ...], at: Array, pavement_m: float) -> Axis:
    """Street coordinates of the samples `at` (n,), from the sorted `lines`; a sample on a kerb counts as pavement."""
    centres = np.array([line.at for line in lines])
    halves = np.array([line.half_m for line in lines])
    clearance = np.abs(at[:, None] - centres[None, :]) - halves[None, :]
    which = clearance.argmin(axis=1)
    return Axis(at, at - centres[which], halves[which], clearance.min(axis=1) - pavement_m)


@lru_cache(maxsize=16)
def _relief(seed: int, wave_m: float) -> NoiseField:
    return NoiseField(seed, "relief", wave_m, 3)


def heights(recipe: Recipe, x: Axis, y: Axis) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(carriageway, pavement and land) heights (m) on the grid of two axes, each float32 (H, W)."""
    noise = _relief(recipe.world.seed, recipe.water.basin_m).grid(x.at, y.at)
    return _surface(recipe, noise, x, y, np.s_[None, :], np.s_[:, None])


def heights_at(recipe: Recipe, lines_x: tuple[Line, ...], lines_y: tuple[Line, ...], x: Array, y: Array) -> NDArray[np.float32]:
    """Height (m) of the ground at points (N,): what lies within the given streets and beside them."""
    pavement = recipe.roads.pavement_m
    ax, ay = axis_of(lines_x, x, pavement), axis_of(lines_y, y, pavement)
    noise = _relief(recipe.world.seed, recipe.water.basin_m).points(x, y).astype(np.float32)
    road, land = _surface(recipe, noise, ax, ay, np.s_[:], np.s_[:])
    return np.where(ax.road | ay.road, road, land)


def _surface(
    recipe: Recipe, noise: NDArray[np.float32], x: Axis, y: Axis, across: Any, along: Any
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The formula, for grids and for points alike: `across`, `along` spread the axes over the samples of `noise`."""
    relief = noise * np.float32(0.45 * recipe.water.relief_m)

    def camber(axis: Axis) -> Array:
        across = np.clip(axis.offset / axis.half, -1.0, 1.0)
        return _GUTTER_M + (_CROWN_M - _GUTTER_M) * (1.0 - across * across)

    road = np.maximum(camber(x)[across], camber(y)[along]).astype(np.float32) + relief
    depth = np.minimum(x.inside[across], y.inside[along])
    sink = np.clip(depth / _SINK_OVER_M, 0.0, 1.0)
    land = (KERB_M - _SINK_M * sink).astype(np.float32) + relief * (0.3 + 0.7 * sink).astype(np.float32)
    return road, land
