"""The net of streets: avenues on a jittered lattice, streets between them, blocks in what is left.

In: a recipe.  Out: lines (axis, centre, width) and blocks (rectangles), each in closed form from its own index, so that any
part of the endless city can be asked for alone. Streets run north-south (axis 0: a line of constant x) and east-west (axis 1).
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from world.fields import uniform
from world.recipe import Recipe

_STREETS_MAX = 8  # streets between two avenues, at the most
_BLOCK_M = 58.0  # depth of a block that the split aims at


@dataclass(frozen=True)
class Line:
    """One street's centre line: `index` is unique along its axis; `half_m` is half the carriageway."""

    axis: int
    index: int
    at: float
    half_m: float
    avenue: bool


@dataclass(frozen=True)
class Block:
    """The land between four streets, inside the pavements: x0 < x1, y0 < y1. `open` blocks are plazas.

    `lines` are the streets west, east, south and north of it.
    """

    ix: int
    iy: int
    x0: float
    y0: float
    x1: float
    y1: float
    plaza: bool
    lines: tuple[Line, Line, Line, Line]


@lru_cache(maxsize=4096)
def _interval(recipe: Recipe, axis: int, i: int) -> tuple[Line, ...]:
    """The avenue `i` and the streets up to avenue `i + 1`, in rising order."""
    seed, roads = recipe.world.seed, recipe.roads

    def avenue_at(k: int) -> float:
        return roads.cell_m * (k + roads.jitter * (2.0 * uniform(seed, "avenue", axis, k) - 1.0))

    low, high = avenue_at(i), avenue_at(i + 1)
    count = max(0, min(_STREETS_MAX - 1, round((high - low) / (_BLOCK_M + roads.street_m + 2 * roads.pavement_m)) - 1))
    lines = [Line(axis, i * _STREETS_MAX, low, roads.avenue_m / 2, True)]
    for k in range(1, count + 1):
        wobble = 0.16 * (2.0 * uniform(seed, "street", axis, i, k) - 1.0)
        at = low + (high - low) * (k + wobble) / (count + 1)
        lines.append(Line(axis, i * _STREETS_MAX + k, at, roads.street_m / 2, False))
    return tuple(lines)


def lines_in(recipe: Recipe, axis: int, low: float, high: float) -> list[Line]:
    """All lines of an axis whose centre lies in [low, high), and the next one on either side, in rising order."""
    cell = recipe.roads.cell_m
    first, last = math.floor(low / cell) - 2, math.floor(high / cell) + 2
    lines = [line for i in range(first, last + 1) for line in _interval(recipe, axis, i)]
    start = max(k for k, line in enumerate(lines) if line.at < low)
    end = min(k for k, line in enumerate(lines) if line.at >= high)
    return lines[start : end + 1]


@lru_cache(maxsize=2048)
def _block(recipe: Recipe, west: Line, east: Line, south: Line, north: Line) -> Block:
    pavement = recipe.roads.pavement_m
    is_plaza = uniform(recipe.world.seed, "plaza", west.index, south.index) < recipe.roads.plaza_prob
    return Block(
        west.index,
        south.index,
        west.at + west.half_m + pavement,
        south.at + south.half_m + pavement,
        east.at - east.half_m - pavement,
        north.at - north.half_m - pavement,
        is_plaza,
        (west, east, south, north),
    )


def blocks_in(recipe: Recipe, x0: float, y0: float, x1: float, y1: float) -> list[Block]:
    """Every block that reaches into the rectangle (and perhaps some that only come near), west to east, south to north."""
    xs, ys = lines_in(recipe, 0, x0, x1), lines_in(recipe, 1, y0, y1)
    return [_block(recipe, *x, *y) for y in itertools.pairwise(ys) for x in itertools.pairwise(xs)]


def block_near(recipe: Recipe, x: float, y: float) -> Block:
    """The block whose land or surrounding half-streets hold the point."""
    xs, ys = lines_in(recipe, 0, x, x + 1e-6), lines_in(recipe, 1, y, y + 1e-6)
    west, east = next(p for p in itertools.pairwise(xs) if p[0].at <= x < p[1].at)
    south, north = next(p for p in itertools.pairwise(ys) if p[0].at <= y < p[1].at)
    return _block(recipe, west, east, south, north)


def block_loop(recipe: Recipe, x: float, y: float) -> NDArray[np.float64]:
    """Closed polyline (K, 2) along the carriageway's edge round the block at (x, y), clockwise from the south-west corner."""
    b = block_near(recipe, x, y)
    out = recipe.roads.pavement_m + 1.4
    return np.array([[b.x0 - out, b.y0 - out], [b.x0 - out, b.y1 + out], [b.x1 + out, b.y1 + out], [b.x1 + out, b.y0 - out]])
