"""The elevated road: rows of spans above some east-west streets, some of them fallen.

In: a recipe.  Out: spans in closed form from (street, k). Joints are moved off the carriageways they would stand in.
"""

from __future__ import annotations

import math
from functools import lru_cache

from world.fields import draw_u64, uniform
from world.plan.grid import Line, lines_in
from world.plan.records import Fate, Span, Thing
from world.recipe import Recipe

HALF_WIDTH_M = 4.2
PARAPET_M = 0.95


def has_overpass(recipe: Recipe, line: Line) -> bool:
    """Whether an elevated road runs above this east-west street."""
    return line.axis == 1 and not line.avenue and uniform(recipe.world.seed, "overpass", line.index) < recipe.overpass.rows


@lru_cache(maxsize=4096)
def joint_at(recipe: Recipe, row: int, k: int) -> float:
    """x (m) of joint `k`, moved out of any carriageway that it would stand in."""
    span = recipe.overpass.span_m
    x = span * (k + uniform(recipe.world.seed, "joint", row))
    for line in lines_in(recipe, 0, x - 1e-6, x + 1e-6):
        keep = line.half_m + 1.1
        if abs(x - line.at) < keep:
            return line.at + (keep if x >= line.at else -keep)
    return x


@lru_cache(maxsize=4096)
def _fell(recipe: Recipe, row: int, k: int) -> bool:
    return uniform(recipe.world.seed, "span", row, k) < recipe.overpass.broken


@lru_cache(maxsize=4096)
def span_at(recipe: Recipe, line: Line, k: int) -> Span:
    """Span `k` of the row above `line`."""
    row = line.index
    west_fell, east_fell = _fell(recipe, row, k - 1), _fell(recipe, row, k + 1)
    fate = Fate.STANDS
    if _fell(recipe, row, k):
        turn = uniform(recipe.world.seed, "span/fate", row, k)
        if turn < 0.45 and not west_fell:
            fate = Fate.RAMP_WEST
        elif turn < 0.9 and not east_fell:
            fate = Fate.RAMP_EAST
        else:
            fate = Fate.GONE
    x0, x1 = joint_at(recipe, row, k), joint_at(recipe, row, k + 1)
    height = recipe.overpass.height_m
    if fate in (Fate.RAMP_WEST, Fate.RAMP_EAST) and (x1 - x0) < 1.9 * height:
        fate = Fate.GONE  # too short a slab to walk up
    stands = not _fell(recipe, row, k)
    return Span(
        row,
        k,
        x0,
        x1,
        line.at,
        HALF_WIDTH_M,
        height,
        fate,
        west_open=stands and west_fell,
        east_open=stands and east_fell,
        west_pylon=stands or not west_fell or fate == Fate.RAMP_WEST,
    )


def spans_in(recipe: Recipe, x0: float, y0: float, x1: float, y1: float) -> list[Span]:
    """Every span that reaches into the rectangle."""
    found = []
    for line in lines_in(recipe, 1, y0 - HALF_WIDTH_M, y1 + HALF_WIDTH_M):
        if not has_overpass(recipe, line) or not (y0 - HALF_WIDTH_M <= line.at < y1 + HALF_WIDTH_M):
            continue
        span_m = recipe.overpass.span_m
        for k in range(math.floor(x0 / span_m) - 3, math.floor(x1 / span_m) + 3):
            span = span_at(recipe, line, k)
            if span.x1 > x0 - 2.0 and span.x0 < x1 + 2.0:
                found.append(span)
    return found


def deck_things(recipe: Recipe, span: Span) -> tuple[Thing, ...]:
    """The lamp on a standing span's parapet, north and south in turn; now and then it still burns."""
    if span.fate != Fate.STANDS:
        return ()
    key = (span.row, span.index, 1 << 20)
    side = -1.0 if span.index % 2 else 1.0
    burns = uniform(recipe.world.seed, "deck lamp", *key) < 1.6 * recipe.neon.lamps
    position = (round((span.x0 + span.x1) / 2, 3), round(span.y + side * (span.half_m - 0.16), 3), span.height_m + PARAPET_M)
    heading = 180.0 if side > 0 else 0.0
    return (Thing(key, "lamp_lit" if burns else "lamp", position, heading, draw_u64(recipe.world.seed, "variant", *key) & 0x7FFFFFFF),)
