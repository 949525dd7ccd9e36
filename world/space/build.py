"""Plan → space: what blocks, what bears, what shines.

In: recipe, a chunk's plan.  Out: its `ChunkSpace`.
"""

from __future__ import annotations

import math

import numpy as np

from world.plan import ChunkPlan
from world.plan.overpass import PARAPET_M
from world.plan.records import Fate, Span
from world.recipe import Recipe
from world.space.chunk_space import EMPTY_SOLIDS, ChunkSpace, Flag, Material, Solids
from world.space.emitters import build_emitters
from world.space.ground import build_ground
from world.space.thing_solids import solids_of_thing

DECK_M = 0.35
GIRDER_M = 1.15
SLAB_M = 0.45


def build_space(recipe: Recipe, plan: ChunkPlan) -> ChunkSpace:
    """The space of one chunk: a pure function of its arguments."""
    rows: list[tuple[float, ...]] = []
    for building in plan.touching_buildings:
        for m in building.masses:
            rows.append(_box(m.x0, m.y0, m.x1, m.y1, m.z0, m.z1, Material.CONCRETE, Flag.ALL))
    for span in plan.touching_spans:
        rows.extend(_span(span))
    parts = [_table(rows)] + [solids_of_thing(thing) for thing in plan.touching_things]
    solids = Solids.join(parts)
    low, high = solids.bounds()
    x0, y0 = plan.corner
    touching = (low[:, 0] < x0 + 64.0) & (high[:, 0] > x0) & (low[:, 1] < y0 + 64.0) & (high[:, 1] > y0)
    return ChunkSpace(plan.cx, plan.cy, build_ground(recipe, plan), solids.take(touching), build_emitters(recipe, plan))


def _box(
    x0: float, y0: float, x1: float, y1: float, z0: float, z1: float, material: int, flags: int, slope_x: float = 0.0
) -> tuple[float, ...]:
    return ((x0 + x1) / 2, (y0 + y1) / 2, (x1 - x0) / 2, (y1 - y0) / 2, 1.0, 0.0, z0, z1, slope_x, 0.0, material, flags)


def _span(span: Span) -> list[tuple[float, ...]]:
    y, half, top = span.y, span.half_m, span.height_m
    rows = []
    if span.fate == Fate.STANDS:
        under = top - DECK_M
        rows.append(_box(span.x0, y - half, span.x1, y + half, under, top, Material.ASPHALT, Flag.ALL))
        rows.append(_box(span.x0, y - half + 0.9, span.x1, y + half - 0.9, under - GIRDER_M, under, Material.CONCRETE, Flag.ALL))
        for side in (-1.0, 1.0):
            edge = y + side * (half - 0.125)
            rows.append(_box(span.x0, edge - 0.125, span.x1, edge + 0.125, under, top + PARAPET_M, Material.CONCRETE, Flag.ALL))
    elif span.fate in (Fate.RAMP_WEST, Fate.RAMP_EAST):
        x0, x1, slope = ramp_run(span)
        middle = top / 2 - 0.02
        rows.append(_box(x0, y - half + 0.3, x1, y + half - 0.3, middle - SLAB_M, middle, Material.CONCRETE, Flag.ALL, slope))
    if span.west_pylon:
        foot = top - DECK_M - GIRDER_M
        rows.append(_box(span.x0 - 0.7, y - 0.7, span.x0 + 0.7, y + 0.7, -0.5, foot, Material.CONCRETE, Flag.ALL))
        rows.append(_box(span.x0 - 0.8, y - half + 0.7, span.x0 + 0.8, y + half - 0.7, foot - 0.9, foot, Material.CONCRETE, Flag.ALL))
    return rows


def ramp_run(span: Span) -> tuple[float, float, float]:
    """(x from, x to, dz/dx) of a fallen slab: as long as its span, one end on the deck's edge, the other on the ground."""
    run = math.sqrt((span.x1 - span.x0) ** 2 - span.height_m**2)
    if span.fate == Fate.RAMP_WEST:
        return span.x0, span.x0 + run, -span.height_m / run
    return span.x1 - run, span.x1, span.height_m / run


def _table(rows: list[tuple[float, ...]]) -> Solids:
    if not rows:
        return EMPTY_SOLIDS
    t = np.array(rows, dtype=np.float64)
    return Solids(t[:, 0:2], t[:, 2:4], t[:, 4:6], t[:, 6], t[:, 7], t[:, 8:10], t[:, 10].astype(np.uint8), t[:, 11].astype(np.uint8))
