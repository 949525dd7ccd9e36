"""A chunk's plan: what it owns, and what reaches into it.

In: recipe, chunk coordinates.  Out: `ChunkPlan`. A thing is owned by the chunk that holds its midpoint (half-open), so each is
drawn once; `touching_*` are all that reach within a margin of the chunk, for collision, occlusion and light.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from world.plan.buildings import BUILDINGS, buildings_of
from world.plan.cables import cables_of
from world.plan.cover import with_cover
from world.plan.craters import CRATERS, Crater, craters_in, debris_of
from world.plan.footing import Quads, blocking, footings, put_down
from world.plan.holograms import holograms_of
from world.plan.interior import INTERIORS, keep_clear
from world.plan.lattice import LATTICE, Block, blocks_in
from world.plan.open_land import OPEN_LAND, fences_of, landmark_of, open_things, parapets_of
from world.plan.overpass import deck_things, spans_in
from world.plan.patrol import LOOPS
from world.plan.quad import Quad, bounds, holds, reaches
from world.plan.records import Barrier, Building, Cable, Hologram, Landmark, Sign, Span, Thing
from world.plan.relief import RELIEF, Terrain
from world.plan.signs import BOARD_APART_M, SLOT_APART_M, settle_flicker, signs_of
from world.plan.street import PAVEMENTS, things_of
from world.plan.strips import Strip, channels_in, strips_in
from world.plan.traffic import TRAFFIC, tails_in, traffic_of
from world.recipe import Recipe, remembered, remembered_each

_GROUND = LATTICE | CRATERS | RELIEF
_DOORS = BUILDINGS | INTERIORS

CHUNK_M = 64.0
_THING_REACH_M = 9.0  # a fallen pole, from its foot
_SIGN_OUT_M = 1.5  # a sign's middle, from its front


@dataclass(frozen=True)
class ChunkPlan:
    """Chunk (cx, cy). `blocks` and `strips` are those whose ground reaches into it, `own_*` those whose middle lies in it; the rest is
    owned, except `touching_*`."""

    cx: int
    cy: int
    blocks: tuple[Block, ...]
    strips: tuple[Strip, ...]
    craters: tuple[Crater, ...]
    own_blocks: tuple[Block, ...]
    own_strips: tuple[Strip, ...]
    buildings: tuple[Building, ...]
    signs: tuple[Sign, ...]
    things: tuple[Thing, ...]
    cables: tuple[Cable, ...]
    spans: tuple[Span, ...]
    barriers: tuple[Barrier, ...]
    holograms: tuple[Hologram, ...]
    landmarks: tuple[Landmark, ...]
    touching_buildings: tuple[Building, ...]
    touching_spans: tuple[Span, ...]
    touching_things: tuple[Thing, ...]
    touching_barriers: tuple[Barrier, ...]
    touching_landmarks: tuple[Landmark, ...]

    @property
    def corner(self) -> tuple[float, float]:
        return self.cx * CHUNK_M, self.cy * CHUNK_M


def plan_chunk(recipe: Recipe, cx: int, cy: int) -> ChunkPlan:
    """The plan of one chunk: a pure function of its arguments."""
    x0, y0 = cx * CHUNK_M, cy * CHUNK_M
    x1, y1 = x0 + CHUNK_M, y0 + CHUNK_M

    def within(quad: Quad, reach: float) -> bool:
        return reaches(quad, x0 - reach, y0 - reach, x1 + reach, y1 + reach)

    far = BOARD_APART_M + _SIGN_OUT_M
    around = blocks_in(recipe, x0 - far, y0 - far, x1 + far, y1 + far)
    blocks = [b for b in around if within(b.kerb, max(b.halves) + _THING_REACH_M)]  # what is theirs reaches the streets' middle
    strips = strips_in(recipe, x0 - _THING_REACH_M, y0 - _THING_REACH_M, x1 + _THING_REACH_M, y1 + _THING_REACH_M)

    def owned(x: float, y: float) -> bool:
        return math.floor(x / CHUNK_M) == cx and math.floor(y / CHUNK_M) == cy

    def near(at: tuple[float, ...], reach: float) -> bool:
        return x0 - reach <= at[0] < x1 + reach and y0 - reach <= at[1] < y1 + reach

    def all_of(parts: Iterable[Iterable[Any]]) -> Iterable[Any]:
        return chain.from_iterable(parts)

    buildings = list(all_of(buildings_of(recipe, b) for b in blocks if within(b.kerb, 0.0)))
    spans = spans_in(recipe, x0, y0, x1, y1)
    above = spans_in(recipe, x0 - 30.0, y0 - 30.0, x1 + 30.0, y1 + 30.0)
    things = [
        *all_of(things_on_block(recipe, b) for b in blocks),
        *all_of(things_on_roads(recipe, strips)),
        *all_of(deck_things(recipe, span) for span in above),
    ]
    things = [t for t in things if near(t.position, _THING_REACH_M)]
    boards = [h for b in around for h in holograms_of(recipe, b)]
    signs = [s for s in all_of(signs_of(recipe, b) for b in blocks) if owned(s.position[0], s.position[1])]
    barriers = [*all_of(fences_of(recipe, b) for b in blocks), *all_of(parapets_of(recipe, s) for s in strips)]
    barriers = [b for b in barriers if near(_middle(b), 7.0)]
    landmarks = [m for m in (landmark_of(recipe, b) for b in around) if m is not None]
    return ChunkPlan(
        cx,
        cy,
        tuple(b for b in blocks if within(b.kerb, 8.0)),
        tuple(s for s in strips if within(s.corners, 0.0)),
        tuple(craters_in(recipe, x0, y0, x1, y1)),
        own_blocks=tuple(b for b in blocks if owned(*b.centre)),
        own_strips=tuple(s for s in strips if owned(*s.centre)),
        buildings=tuple(b for b in buildings if owned(*b.centre)),
        signs=settle_flicker(signs, _rivals(recipe, signs, around), boards),
        things=tuple(t for t in things if owned(t.position[0], t.position[1])),
        cables=tuple(c for c in all_of(cables_of(recipe, b) for b in blocks) if owned((c.a[0] + c.b[0]) / 2, (c.a[1] + c.b[1]) / 2)),
        spans=tuple(s for s in spans if owned(*s.middle)),
        barriers=tuple(b for b in barriers if owned(*_middle(b))),
        holograms=tuple(h for h in boards if owned(h.position[0], h.position[1])),
        landmarks=tuple(m for m in landmarks if owned(*m.position)),
        touching_buildings=tuple(b for b in buildings if _reaches(b, x0, y0, x1, y1)),
        touching_spans=tuple(spans),
        touching_things=tuple(things),
        touching_barriers=tuple(barriers),
        touching_landmarks=tuple(m for m in landmarks if near(m.position, 20.0)),
    )


def _rivals(recipe: Recipe, signs: list[Sign], blocks: list[Block]) -> list[Sign]:
    """The signs of those blocks that come near enough to what flickers among `signs` to compete with it for a slot."""
    x, y, reach = [s.position[0] for s in signs if s.group], [s.position[1] for s in signs if s.group], SLOT_APART_M + _SIGN_OUT_M
    if not x:
        return []
    box = min(x) - reach, min(y) - reach, max(x) + reach, max(y) + reach
    return [sign for block in blocks if reaches(block.kerb, *box) for sign in signs_of(recipe, block)]


def terrain_in(recipe: Recipe, x0: float, y0: float, x1: float, y1: float) -> Terrain:
    """The ground of a rectangle: all blocks, canals and craters that shape it."""
    reach = 13.0
    box = x0 - reach, y0 - reach, x1 + reach, y1 + reach
    return Terrain(recipe, blocks_in(recipe, *box), channels_in(recipe, *box), craters_in(recipe, *box))


@remembered(_DOORS, size=320)
def _doors(recipe: Recipe, block: Block) -> NDArray[np.float64]:
    """The quads, (N, 4, 2), that are kept free before the doors of a block."""
    quads = [quad for building in buildings_of(recipe, block) for quad in keep_clear(recipe, building)]
    return np.array(quads, dtype=np.float64).reshape(-1, 4, 2)


@remembered(_GROUND | PAVEMENTS | OPEN_LAND | LOOPS | TRAFFIC | {"play.cover_gap_m"}, size=320)
def things_on_block(recipe: Recipe, block: Block) -> tuple[Thing, ...]:
    """A block's things, each on the ground, none before a door or where captives stand; and the cover that its detours lack."""
    doors = _doors(recipe, block)
    things = _clear_of(doors, (*things_of(recipe, block), *open_things(recipe, block)))
    reach = max((max(0.0, h) for h in block.halves), default=0.0)
    x0, y0, x1, y1 = bounds(block.kerb)
    terrain = terrain_in(recipe, x0 - reach, y0 - reach, x1 + reach, y1 + reach)
    covered = with_cover(recipe, block, put_down(terrain, things), terrain, doors)
    return tuple(_clear_of(tails_in(recipe, x0 - reach, y0 - reach, x1 + reach, y1 + reach), covered))


def things_on_road(recipe: Recipe, strip: Strip) -> tuple[Thing, ...]:
    """A strip's things, each on the ground; none stands in front of a door across a narrow pavement."""
    return things_on_roads(recipe, (strip,))[0]


@remembered_each(_GROUND | _DOORS | TRAFFIC, size=640)
def things_on_roads(recipe: Recipe, strips: Sequence[Strip]) -> list[tuple[Thing, ...]]:
    """The same of several strips: all are put down at once."""
    lying = [(n, thing) for n, strip in enumerate(strips) for thing in _on_road(recipe, strip)]
    if not lying:
        return [()] * len(strips)
    boxes = [bounds(strips[n].corners) for n in sorted({n for n, _ in lying})]
    near = dict.fromkeys(block for box in boxes for block in blocks_in(recipe, *box))
    free = np.concatenate([np.empty((0, 4, 2)), *(_doors(recipe, block) for block in near), *(tails_in(recipe, *box) for box in boxes)])
    blocked = blocking([thing for _, thing in lying], Quads(free))
    clear = [part for part, in_way in zip(lying, blocked, strict=True) if not in_way]
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    terrain = terrain_in(recipe, min(x0), min(y0), max(x1), max(y1))
    found: list[list[Thing]] = [[] for _ in strips]
    for (n, _), stood in zip(clear, footings(terrain, [thing for _, thing in clear]), strict=True):
        found[n] += [stood] if stood is not None else []
    return [tuple(things) for things in found]


def _on_road(recipe: Recipe, strip: Strip) -> list[Thing]:
    """A strip's vehicles, but for those that craters took, and what was thrown out of these."""
    craters = [c for c in craters_in(recipe, *bounds(strip.corners)) if holds(strip.corners, c.x, c.y)]
    things = [t for t in traffic_of(recipe, strip) if not any(_falls_in(t, c) for c in craters)]
    return things + [piece for crater in craters for piece in debris_of(recipe, crater)]


def _clear_of(doors: NDArray[np.float64], things: Sequence[Thing]) -> list[Thing]:
    return [thing for thing, blocked in zip(things, blocking(things, Quads(doors)), strict=True) if not blocked]


def _falls_in(thing: Thing, crater: Crater) -> bool:
    return math.hypot(thing.position[0] - crater.x, thing.position[1] - crater.y) < crater.radius_m + 1.5


def _middle(barrier: Barrier) -> tuple[float, float]:
    return (barrier.a[0] + barrier.b[0]) / 2, (barrier.a[1] + barrier.b[1]) / 2


def _reaches(building: Building, x0: float, y0: float, x1: float, y1: float) -> bool:
    corners = building.corners(building.masses[0])
    xs, ys = [p[0] for p in corners], [p[1] for p in corners]
    return min(xs) < x1 and max(xs) > x0 and min(ys) < y1 and max(ys) > y0
