"""What can be entered: by identity alone, by thresholds, and everything in it stands where it should."""

from __future__ import annotations

import math

import pytest
from fronts import fronts_of, lot

from world.plan import plan_chunk
from world.plan.interior import interior_of, keep_clear, wants_subway
from world.plan.records import Building
from world.plan.rooms import FLOOR_M, Glazing, Interior, Use
from world.recipe import Recipe
from world.things import KINDS

HUNG = ("noren", "paper_lantern", "paper_lantern_lit", "platform_sign", "platform_sign_lit")
ON_THINGS_M = 0.05


def _buildings(recipe: Recipe) -> list[Building]:
    return [b for cx in (-3, -2, -1) for cy in (-2, -1, 0) for b in plan_chunk(recipe, cx, cy).buildings]


def _with(share: float, **interiors: float) -> Recipe:
    return Recipe.model_validate({"buildings": {"interiors": share}, "interiors": interiors})


def test_more_fronts_keep_every_front_that_was_open() -> None:
    few, many = _with(0.2), _with(0.4)
    buildings = _buildings(few)
    assert buildings == _buildings(many)
    first = {b.key: interior_of(few, b) for b in buildings}
    second = {b.key: interior_of(many, b) for b in buildings}
    opened = [key for key, interior in first.items() if interior is not None]
    assert len(opened) > 8 and all(first[key] == second[key] for key in opened)
    assert sum(i is not None for i in second.values()) > len(opened)


def test_no_front_is_open_where_none_is_asked_for_but_stations() -> None:
    shut = Recipe.model_validate({"buildings": {"interiors": 0.0}})
    found = [interior_of(shut, b) for b in _buildings(shut)]
    assert all(i is None or i.use == Use.SUBWAY for i in found)


def test_an_overturned_thing_stays_where_it_stood() -> None:
    """Throwing over more keeps what lay there; the rest of the room is the same."""
    calm, wild = (fronts_of(Use.CAFE, 6, _with(0.5, overturned=o)) for o in (0.0, 0.6))
    for (_, before), (_, after) in zip(calm, wild, strict=True):
        assert before.rooms == after.rooms and before.way == after.way
        assert not any(t.kind.endswith("_fallen") for t in before.things)
    assert sum(t.kind.endswith("_fallen") for _, i in wild for t in i.things) > 10


def test_stations_are_as_far_apart_as_asked_for() -> None:
    recipe = Recipe()
    area = sum((b.masses[0].x1 - b.masses[0].x0) * (b.masses[0].y1 - b.masses[0].y0) for b in map(lot, range(4000)))
    asked = sum(wants_subway(recipe, b) for b in map(lot, range(4000)))
    assert asked == pytest.approx(4.2 * area / recipe.play.subway_m**2, rel=0.25)


@pytest.mark.parametrize("use", list(Use), ids=lambda use: use.value)
def test_everything_stands_on_something_within_the_walls(use: Use) -> None:
    for _, interior in fronts_of(use, 8):
        for thing in interior.things:
            x, y, z = thing.position
            (ox, oy), (ax, ay) = interior.origin, interior.axis
            u, v = (x - ox) * ax + (y - oy) * ay, (y - oy) * ax - (x - ox) * ay
            boxes = [r.box for r in interior.rooms]
            rooms = [b for b in boxes if b.x0 <= u <= b.x1 and b.y0 <= v <= b.y1 and b.z0 - 0.1 < z < b.z1]
            assert rooms or (thing.kind in HUNG and -0.5 < v < 0.0), f"{thing.kind} is in no room of {interior.key}"
            if thing.kind not in HUNG:
                floors = [b.z0 for b in rooms] + _tops(interior, x, y)
                assert min(abs(z - f) for f in floors) < ON_THINGS_M, f"{thing.kind} hangs in the air in {interior.key}"


def _tops(interior: Interior, x: float, y: float) -> list[float]:
    """Tops of the things that lie under (x, y)."""
    found = []
    for thing in interior.things:
        turn = math.radians(thing.heading_deg)
        dx, dy = x - thing.position[0], y - thing.position[1]
        right, forward = dx * math.cos(turn) - dy * math.sin(turn), dx * math.sin(turn) + dy * math.cos(turn)
        found += [
            thing.position[2] + b.top
            for b in KINDS[thing.kind].blocks_of(thing.variant)
            if abs(right - b.centre[0]) <= b.half[0] + 0.05 and abs(forward - b.centre[1]) <= b.half[1] + 0.05
        ]
        if thing.kind == "mat" and dx * dx + dy * dy < 1.0:
            found.append(thing.position[2] + 0.02)
    return found


@pytest.mark.parametrize("use", list(Use), ids=lambda use: use.value)
def test_there_is_one_way_in_from_the_pavement(use: Use) -> None:
    for _, interior in fronts_of(use, 8):
        assert sum(o.glazing == Glazing.DOOR for o in interior.openings) == 1
        door = interior.door.box
        assert door.z0 == FLOOR_M and door.x1 - door.x0 >= 0.95 and door.z1 - door.z0 > 1.9
        outside = interior.way[0]
        assert outside[1] < 0.0 and door.x0 < outside[0] < door.x1


def test_what_lies_before_a_door_is_kept_clear() -> None:
    recipe = Recipe()
    entered = [b for b in _buildings(recipe) if interior_of(recipe, b)]
    assert entered
    for building in entered:
        interior = interior_of(recipe, building)
        assert interior is not None
        (rim,) = keep_clear(recipe, building)
        u, v, _ = interior.way[0]
        x, y = interior.world(u, v)
        inside = [(bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0.0 for (ax, ay), (bx, by) in zip(rim, (*rim[1:], rim[0]), strict=True)]
        assert all(inside)
