"""The table of kinds: shapes taken in turn, cover by height, footprints that hold every block, lamps where the thing is."""

from __future__ import annotations

import math

import pytest

from world.things import KINDS, Block, Cover, Flag, Kind
from world.things.car_bodies import BODIES, CarState, car_blocks, interpolated

_LOW = Block((0.0, 0.0), (0.5, 0.2), 0.0, 0.9)
_TALL = Block((0.3, 0.0), (0.2, 0.2), 0.0, 2.0)
_BARS = Block((0.0, 0.0), (0.5, 0.5), 0.0, 2.2, flags=Flag.MOVE)


def test_shapes_are_taken_in_turn() -> None:
    kind = Kind(6, ((_LOW,), (_TALL,)), 1.0)
    assert [kind.blocks_of(v) for v in (0, 1, 2, 6, 7)] == [(_LOW,), (_TALL,), (_LOW,), (_LOW,), (_TALL,)]
    assert kind.footprint_m == pytest.approx(math.hypot(0.5, 0.2)) and kind.height_m == 2.0


def test_cover_is_what_stops_a_look() -> None:
    kind = Kind(4, ((_LOW,), (_TALL,), (_BARS,), ()), 1.0)
    assert [kind.cover(v) for v in range(4)] == [Cover.LOW, Cover.HIGH, Cover.NONE, Cover.NONE]
    assert KINDS["bus"].cover(0) is Cover.HIGH and KINDS["car"].cover(1) is Cover.LOW and KINDS["lamp"].cover(0) is Cover.NONE


def test_posts_and_trees_stand_plumb_and_cars_lean() -> None:
    assert all(KINDS[name].plumb for name in ("lamp", "pole", "road_sign", "tree_leaf", "traffic_light"))
    assert not any(KINDS[name].plumb for name in ("car", "bus", "bench", "shoe", "heap", "bus_shelter"))


@pytest.mark.parametrize("name", KINDS)
def test_blocks_and_lamps_are_of_the_thing(name: str) -> None:
    kind = KINDS[name]
    assert kind.shapes >= 1 and kind.reach_m > 0
    for shape in range(kind.shapes):
        for block in kind.blocks_of(shape):
            assert block.top > block.bottom and min(block.half) > 0
            assert max(abs(c) + h for c, h in zip(block.centre, block.half, strict=True)) <= kind.reach_m + 0.35
        for lamp in kind.lamps_of(shape):
            assert min(lamp.candela) >= 0 < max(lamp.candela) and lamp.size_m > 0
            assert math.hypot(*lamp.at[:2]) < kind.reach_m + 0.6


def test_a_body_stands_lower_on_its_roof_and_its_belt_is_where_its_knots_say() -> None:
    for body in BODIES:
        upright, over = car_blocks(body, CarState.PARKED), car_blocks(body, CarState.OVERTURNED)
        assert max(b.top for b in over) < max(b.top for b in upright) and min(b.bottom for b in over) == 0.0
        assert interpolated(body.deck, 99.0) == body.deck[0][1] and interpolated(body.deck, -99.0) == body.deck[-1][1]
        (y0, a), (y1, b) = body.deck[1:3]
        assert min(a, b) <= interpolated(body.deck, (y0 + y1) / 2) <= max(a, b)
