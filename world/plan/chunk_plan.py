"""A chunk's plan: what it owns, and what reaches into it.

In: recipe, chunk coordinates.  Out: `ChunkPlan`. A thing is owned by the chunk that holds its midpoint (half-open), so each is
drawn once; `touching_*` are all that reach within `margin_m` of the chunk, for collision, occlusion and light.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import numpy as np

from world.plan.buildings import buildings_of
from world.plan.grid import Block, Line, blocks_in, lines_in
from world.plan.holograms import holograms_of
from world.plan.overpass import deck_things, spans_in
from world.plan.records import Building, Cable, Hologram, Sign, Span, Thing
from world.plan.relief import heights_at
from world.plan.signs import SLOT_APART_M, settle_flicker, signs_of
from world.plan.street import cables_of, things_of
from world.recipe import Recipe

CHUNK_M = 64.0


@dataclass(frozen=True)
class ChunkPlan:
    """Chunk (cx, cy). Streets and blocks are those that reach into it; the rest is owned, except `touching_*`."""

    cx: int
    cy: int
    lines_x: tuple[Line, ...]  # north-south streets whose carriageway or pavement reaches in, and one on either side
    lines_y: tuple[Line, ...]
    blocks: tuple[Block, ...]
    buildings: tuple[Building, ...]
    signs: tuple[Sign, ...]
    things: tuple[Thing, ...]
    cables: tuple[Cable, ...]
    spans: tuple[Span, ...]
    holograms: tuple[Hologram, ...]
    touching_buildings: tuple[Building, ...]
    touching_spans: tuple[Span, ...]
    touching_things: tuple[Thing, ...]

    @property
    def corner(self) -> tuple[float, float]:
        return self.cx * CHUNK_M, self.cy * CHUNK_M


_THING_REACH_M = 9.0  # a fallen pole, from its foot


def plan_chunk(recipe: Recipe, cx: int, cy: int) -> ChunkPlan:
    """The plan of one chunk: a pure function of its arguments."""
    x0, y0 = cx * CHUNK_M, cy * CHUNK_M
    x1, y1 = x0 + CHUNK_M, y0 + CHUNK_M
    blocks = blocks_in(recipe, x0 - SLOT_APART_M, y0 - SLOT_APART_M, x1 + SLOT_APART_M, y1 + SLOT_APART_M)

    def owned(x: float, y: float) -> bool:
        return math.floor(x / CHUNK_M) == cx and math.floor(y / CHUNK_M) == cy

    def near(x: float, y: float, reach: float) -> bool:
        return x0 - reach <= x < x1 + reach and y0 - reach <= y < y1 + reach

    def all_of(parts: Iterable[tuple[Any, ...]]) -> Iterable[Any]:
        return chain.from_iterable(parts)

    buildings = list(all_of(buildings_of(recipe, b) for b in blocks))
    above = spans_in(recipe, x0 - SLOT_APART_M, y0 - SLOT_APART_M, x1 + SLOT_APART_M, y1 + SLOT_APART_M)
    lines_x, lines_y = tuple(lines_in(recipe, 0, x0 - 20.0, x1 + 20.0)), tuple(lines_in(recipe, 1, y0 - 20.0, y1 + 20.0))
    lying = [t for t in all_of(things_of(recipe, b) for b in blocks) if near(t.position[0], t.position[1], _THING_REACH_M)]
    things = [*_put_down(recipe, lying, lines_x, lines_y), *all_of(deck_things(recipe, span) for span in above)]
    reach = SLOT_APART_M + 1.0
    signs = [s for s in all_of(signs_of(recipe, b) for b in blocks) if near(s.position[0], s.position[1], reach)]
    spans = spans_in(recipe, x0, y0, x1, y1)
    return ChunkPlan(
        cx,
        cy,
        lines_x,
        lines_y,
        tuple(blocks),
        buildings=tuple(b for b in buildings if owned(*b.centre)),
        signs=settle_flicker([s for s in signs if owned(s.position[0], s.position[1])], signs),
        things=tuple(t for t in things if owned(t.position[0], t.position[1])),
        cables=tuple(c for c in all_of(cables_of(recipe, b) for b in blocks) if owned((c.a[0] + c.b[0]) / 2, (c.a[1] + c.b[1]) / 2)),
        spans=tuple(s for s in spans if owned((s.x0 + s.x1) / 2, s.y)),
        holograms=tuple(h for h in all_of(holograms_of(recipe, b) for b in blocks) if owned(h.position[0], h.position[1])),
        touching_buildings=tuple(b for b in buildings if _reaches(b, x0, y0, x1, y1)),
        touching_spans=tuple(spans),
        touching_things=tuple(t for t in things if near(t.position[0], t.position[1], _THING_REACH_M)),
    )


def _put_down(recipe: Recipe, things: list[Thing], lines_x: tuple[Line, ...], lines_y: tuple[Line, ...]) -> list[Thing]:
    """The things, each standing on the ground where it is."""
    if not things:
        return []
    x, y = (np.array([t.position[axis] for t in things]) for axis in (0, 1))
    z = heights_at(recipe, lines_x, lines_y, x, y)
    return [replace(t, position=(t.position[0], t.position[1], round(float(h), 3))) for t, h in zip(things, z, strict=True)]


def _reaches(building: Building, x0: float, y0: float, x1: float, y1: float) -> bool:
    base = building.masses[0]
    return base.x0 < x1 and base.x1 > x0 and base.y0 < y1 and base.y1 > y0
