"""Over six by six chunks: what stands there is owned once, by one of them, and known to all that it reaches into."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import Any

import numpy as np
import pytest

from world.plan import ChunkPlan, plan_chunk
from world.plan.buildings import buildings_of
from world.plan.cables import cables_of
from world.plan.chunk_plan import CHUNK_M, things_on_block, things_on_road
from world.plan.holograms import holograms_of
from world.plan.lattice import blocks_in, superblocks_in
from world.plan.open_land import fences_of, landmark_of, parapets_of
from world.plan.overpass import deck_things, spans_in
from world.plan.quad import holds
from world.plan.signs import signs_of
from world.plan.strips import strips_in, strips_of
from world.recipe import Recipe

LOW, HIGH = (-5, 3), (1, 9)  # chunks, half open: the start lies among them
AREA = (LOW[0] * CHUNK_M, LOW[1] * CHUNK_M, HIGH[0] * CHUNK_M, HIGH[1] * CHUNK_M)
ROUND = (AREA[0] - 90, AREA[1] - 90, AREA[2] + 90, AREA[3] + 90)


RECIPE = Recipe.model_validate(
    {"water": {"canals": 0.5}, "roads": {"plaza_prob": 0.3, "cell_m": 220}, "world": {"seed": 20770, "landmark_m": 300}}
)


@pytest.fixture(scope="module")
def plans() -> list[ChunkPlan]:
    return [plan_chunk(RECIPE, cx, cy) for cy in range(LOW[1], HIGH[1]) for cx in range(LOW[0], HIGH[0])]


def _by(source: Any, *makers: Any) -> Any:
    """Everything that `makers` say of every block, strip or span in and round the area."""
    return lambda recipe: chain.from_iterable(make(recipe, part) for part in source(recipe, *ROUND) for make in makers)


def _joined(*parts: Any) -> Any:
    return lambda recipe: chain.from_iterable(part(recipe) for part in parts)


def _one(recipe: Recipe, block: Any) -> Iterable[Any]:
    tower = landmark_of(recipe, block)
    return [] if tower is None else [tower]


# Of each kind: what there is, where its midpoint is, what it is known by.
_KINDS: dict[str, tuple[Any, Any, Any]] = {
    "own_blocks": (lambda r: blocks_in(r, *ROUND), lambda b: b.centre, lambda b: b.key),
    "own_strips": (lambda r: strips_in(r, *ROUND), lambda s: s.centre, lambda s: s.key),
    "buildings": (_by(blocks_in, buildings_of), lambda b: b.centre, lambda b: b.key),
    "signs": (_by(blocks_in, signs_of), lambda s: s.position[:2], lambda s: s.key),
    "things": (
        _joined(_by(blocks_in, things_on_block), _by(strips_in, things_on_road), _by(spans_in, deck_things)),
        lambda t: t.position[:2],
        lambda t: (t.kind, t.key),
    ),
    "cables": (_by(blocks_in, cables_of), lambda c: ((c.a[0] + c.b[0]) / 2, (c.a[1] + c.b[1]) / 2), lambda c: (c.a, c.b)),
    "spans": (lambda r: spans_in(r, *ROUND), lambda s: s.middle, lambda s: (s.row, s.index)),
    "barriers": (
        _joined(_by(blocks_in, fences_of), _by(strips_in, parapets_of)),
        lambda b: ((b.a[0] + b.b[0]) / 2, (b.a[1] + b.b[1]) / 2),
        lambda b: (b.kind, b.key),
    ),
    "holograms": (_by(blocks_in, holograms_of), lambda h: h.position[:2], lambda h: h.key),
    "landmarks": (_by(blocks_in, _one), lambda m: m.position, lambda m: m.key),
}


@pytest.mark.parametrize("kind", _KINDS)
def test_everything_is_owned_once(kind: str, plans: list[ChunkPlan]) -> None:
    of, middle, identity = _KINDS[kind]
    every = [identity(item) for item in of(RECIPE)]
    assert len(every) == len(set(every))  # no two are known by one name
    owned = Counter(identity(item) for plan in plans for item in getattr(plan, kind))
    there = {identity(item) for item in of(RECIPE) if AREA[0] <= middle(item)[0] < AREA[2] and AREA[1] <= middle(item)[1] < AREA[3]}
    assert set(owned) == there and there
    assert set(owned.values()) == {1}
    for plan in plans:
        for item in getattr(plan, kind):
            assert tuple(math.floor(v / CHUNK_M) for v in middle(item)) == (plan.cx, plan.cy)


def test_a_chunk_knows_what_reaches_into_it(plans: list[ChunkPlan]) -> None:
    buildings = list(_KINDS["buildings"][0](RECIPE))
    spans, barriers = spans_in(RECIPE, *ROUND), list(_KINDS["barriers"][0](RECIPE))
    for plan in plans:
        low, high = np.array(plan.corner), np.array(plan.corner) + CHUNK_M

        def into(points: Any, grown: float = 0.0, low: Any = low, high: Any = high) -> bool:
            at = np.array(points)
            return bool((at.min(axis=0) - grown < high).all() and (at.max(axis=0) + grown > low).all())

        assert {b.key for b in buildings if into(b.corners(b.masses[0]))} == {b.key for b in plan.touching_buildings}
        assert {(s.row, s.index) for s in spans if into((s.a, s.b), s.half_m)} <= {(s.row, s.index) for s in plan.touching_spans}
        assert {b.key for b in barriers if into((b.a, b.b))} <= {b.key for b in plan.touching_barriers}


@pytest.mark.parametrize("seed", [20770, 7, 123_456_789])
def test_blocks_and_roads_tile_the_plane(seed: int) -> None:
    recipe = Recipe.model_validate({"world": {"seed": seed}, "water": {"canals": 0.5}})
    rng = np.random.default_rng(seed)
    for x, y in rng.uniform(-900.0, 900.0, (600, 2)).tolist():
        box = x - 0.01, y - 0.01, x + 0.01, y + 0.01
        covers = [b.key for b in blocks_in(recipe, *box) if holds(b.kerb, x, y)]
        covers += [s.key for s in strips_in(recipe, *box) if holds(s.corners, x, y)]
        assert len(covers) == 1, (x, y, covers)


def test_a_superblock_and_its_roads_are_as_large_as_their_parts() -> None:
    """Neither is counted twice, nor is anything left out."""

    def area(quad: Any) -> float:
        at = np.array(quad)
        return float(0.5 * np.abs(np.sum(at[:, 0] * np.roll(at[:, 1], -1) - at[:, 1] * np.roll(at[:, 0], -1))))

    for sb in superblocks_in(RECIPE, -300, -300, 300, 300):
        streets = [s for s in strips_of(RECIPE, sb.i, sb.j) if s.key[2] < 3]
        parts = sum(area(b.kerb) for b in sb.blocks) + sum(area(s.corners) for s in streets)
        assert parts == pytest.approx(area(sb.kerb), abs=0.5)


def test_two_flickers_never_share_a_slot_within_reach_of_one_place(plans: list[ChunkPlan]) -> None:
    signs, boards = ([s for plan in plans for s in of(plan) if s.slot >= 0] for of in (lambda p: p.signs, lambda p: p.holograms))
    assert len(signs) > 20 and all(sign.lit for sign in signs) and len(boards) > 3
    flickering = [(s, 14.0) for s in signs] + [(b, 30.0) for b in boards]
    for k, (source, reach) in enumerate(flickering):
        assert source.group > 0
        for other, reaches in flickering[:k]:
            apart = math.dist(other.position[:2], source.position[:2])
            assert other.slot != source.slot or apart >= reach + reaches + 8.0 * math.sqrt(2.0)
    assert all((s.slot < 0) == (not s.group) for plan in plans for s in (*plan.signs, *plan.holograms) if getattr(s, "lit", True))
