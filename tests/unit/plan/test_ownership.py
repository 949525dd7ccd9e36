"""Over six by six chunks: what stands there is owned once, by one of them, and known to all that it reaches into."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import Any

import pytest

from world.pipe import Pipe
from world.plan import ChunkPlan
from world.plan.buildings import buildings_of
from world.plan.chunk_plan import CHUNK_M
from world.plan.grid import blocks_in
from world.plan.holograms import holograms_of
from world.plan.overpass import deck_things, spans_in
from world.plan.signs import signs_of
from world.plan.street import cables_of, things_of
from world.recipe import Recipe

LOW, HIGH = (-3, -6), (3, 0)  # chunks, half open: the start lies among them
AREA = (LOW[0] * CHUNK_M, LOW[1] * CHUNK_M, HIGH[0] * CHUNK_M, HIGH[1] * CHUNK_M)


@pytest.fixture(scope="module")
def pipe() -> Pipe:
    return Pipe(Recipe())


@pytest.fixture(scope="module")
def plans(pipe: Pipe) -> list[ChunkPlan]:
    return [pipe.plan(cx, cy) for cy in range(LOW[1], HIGH[1]) for cx in range(LOW[0], HIGH[0])]


def _in_area(x: float, y: float) -> bool:
    return AREA[0] <= x < AREA[2] and AREA[1] <= y < AREA[3]


def _all(recipe: Recipe, of: Any) -> Iterable[Any]:
    """What every block in and round the area says, once a block."""
    x0, y0, x1, y1 = AREA
    return chain.from_iterable(of(recipe, block) for block in blocks_in(recipe, x0 - 80, y0 - 80, x1 + 80, y1 + 80))


# Of each kind: what blocks say, where its midpoint is, what it is known by.
_KINDS: dict[str, tuple[Any, Any, Any]] = {
    "buildings": (buildings_of, lambda b: b.centre, lambda b: b.key),
    "signs": (signs_of, lambda s: s.position[:2], lambda s: s.key),
    "things": (things_of, lambda t: t.position[:2], lambda t: (t.kind, t.key)),
    "cables": (cables_of, lambda c: ((c.a[0] + c.b[0]) / 2, (c.a[1] + c.b[1]) / 2), lambda c: (c.a, c.b)),
    "holograms": (holograms_of, lambda h: h.position[:2], lambda h: h.key),
}


@pytest.mark.parametrize("kind", _KINDS)
def test_everything_is_owned_once(kind: str, pipe: Pipe, plans: list[ChunkPlan]) -> None:
    of, middle, identity = _KINDS[kind]
    owned = Counter(identity(item) for plan in plans for item in getattr(plan, kind))
    there = {identity(item) for item in _all(pipe.recipe, of) if _in_area(*middle(item))}
    if kind == "things":
        lamps = chain.from_iterable(deck_things(pipe.recipe, span) for span in spans_in(pipe.recipe, *AREA))
        there |= {identity(lamp) for lamp in lamps if _in_area(*middle(lamp))}
    assert set(owned) == there and there
    assert set(owned.values()) == {1}
    for plan in plans:
        for item in getattr(plan, kind):
            assert tuple(math.floor(v / CHUNK_M) for v in middle(item)) == (plan.cx, plan.cy)


def test_every_span_is_owned_once(pipe: Pipe, plans: list[ChunkPlan]) -> None:
    owned = Counter((span.row, span.index) for plan in plans for span in plan.spans)
    there = {(s.row, s.index) for s in spans_in(pipe.recipe, *AREA) if _in_area((s.x0 + s.x1) / 2, s.y)}
    assert set(owned) == there and there
    assert set(owned.values()) == {1}


def test_a_chunk_knows_what_reaches_into_it(pipe: Pipe, plans: list[ChunkPlan]) -> None:
    buildings = list(_all(pipe.recipe, buildings_of))
    spans = spans_in(pipe.recipe, *AREA)
    for plan in plans:
        x0, y0 = plan.corner
        x1, y1 = x0 + CHUNK_M, y0 + CHUNK_M
        here = {b.key for b in buildings if any(m.x0 < x1 and m.x1 > x0 and m.y0 < y1 and m.y1 > y0 for m in b.masses)}
        assert here == {b.key for b in plan.touching_buildings}
        under = {(s.row, s.index) for s in spans if s.x0 < x1 and s.x1 > x0 and s.y - s.half_m < y1 and s.y + s.half_m > y0}
        assert under <= {(s.row, s.index) for s in plan.touching_spans}


def _changed(section: str, field: str, value: float) -> Recipe:
    return Recipe.model_validate({section: {field: value}})


@pytest.mark.parametrize("of", [signs_of, cables_of, things_of])
def test_density_is_a_threshold_so_more_keeps_what_was_there(of: Any) -> None:
    section, field, few, many = {
        signs_of: ("neon", "signs", 12.0, 18.0),
        cables_of: ("buildings", "cables", 3.0, 6.0),
        things_of: ("ruin", "cars", 6.0, 10.0),
    }[of]

    def found(value: float) -> set[Any]:
        items = _all(_changed(section, field, value), of)
        if of is cables_of:
            return set(items)
        if of is things_of:
            return {(t.key, t.kind, t.position, t.heading_deg) for t in items if t.kind.startswith("car")}
        return {(s.key, s.kind, s.position, s.colour) for s in items}

    fewer, more = found(few), found(many)
    assert fewer < more
    assert len(more) - len(fewer) > 0.2 * len(fewer)


def test_two_flickers_never_share_a_slot_within_reach_of_one_place(plans: list[ChunkPlan]) -> None:
    flickering = [s for plan in plans for s in plan.signs if s.slot >= 0]
    assert len(flickering) > 20
    for k, sign in enumerate(flickering):
        assert sign.lit and sign.group > 0
        for other in flickering[:k]:
            assert other.slot != sign.slot or math.dist(other.position[:2], sign.position[:2]) >= 39.9
    assert all(s.slot < 0 or s.group for plan in plans for s in plan.signs)
