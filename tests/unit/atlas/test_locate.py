"""What is located is there, is seen from where one is put, and one fits there."""

from __future__ import annotations

import math

import pytest

from world.atlas.locate import check_kind, locate
from world.atlas.sights import EYE_M, fronts, kinds, sights_of
from world.atlas.survey import survey
from world.errors import Refusal
from world.pipe import Pipe
from world.place import parse_place, text_of_pose
from world.plan.lattice import superblocks_in
from world.recipe import DISTRICTS, Recipe
from world.space.walk import STEP_M, deepest, support
from world.space.window import SpaceWindow

_QUICK = ("konbini", "apartment", "edge", "ramp", "hologram", "alley", "intersection", "crater", "shopping", "landmark", "sign", "wreck")


def _stands(city: Pipe, kind: str, count: int) -> None:
    start = city.start().position[:2]
    found = locate(city, kind, start, count)
    assert len(found) == count, kind
    assert [f.distance_m for f in found] == sorted(f.distance_m for f in found)
    window = SpaceWindow(city.space)
    for one in found:
        x, y, z = one.pose.position
        feet = z - EYE_M
        rows = window.near(x, y, 1.0)
        assert deepest(rows, x, y, feet, 1.75) is None, (kind, one)
        assert support(window, rows, x, y, feet + STEP_M).height == pytest.approx(feet, abs=0.02), (kind, one)
        again = parse_place(text_of_pose(one.pose))
        assert (again.x, again.y) == (x, y)
        assert one.what


@pytest.mark.parametrize("kind", _QUICK)
def test_one_can_stand_where_it_is_seen(city: Pipe, kind: str) -> None:
    _stands(city, kind, 2)


@pytest.mark.long
@pytest.mark.parametrize("kind", kinds())
def test_every_kind_is_to_be_found(city: Pipe, kind: str) -> None:
    _stands(city, kind, 1)


def test_it_lies_ahead(city: Pipe) -> None:
    (front,) = locate(city, "konbini", city.start().position[:2], 1)
    x, y, _ = front.pose.position
    ahead = math.radians(front.pose.heading_deg)
    doors = []
    for interior in survey(city, (x, y), 30.0).interiors:
        if interior.use.value == "konbini":
            box = interior.door.box
            doors.append(interior.world((box.x0 + box.x1) / 2, 0.0))
    turns = [abs((math.atan2(dx - x, dy - y) - ahead + math.pi) % (2 * math.pi) - math.pi) for dx, dy in doors]
    assert min(turns) < math.radians(2.0)


def test_inside_is_behind_the_door(city: Pipe) -> None:
    (outside,) = locate(city, "konbini", city.start().position[:2], 1)
    (inside,) = locate(city, "konbini", city.start().position[:2], 1, inside=True)
    gap = math.dist(outside.pose.position[:2], inside.pose.position[:2])
    assert inside.what.endswith("inside") and 3.0 < gap < 25.0


def test_superblocks_share_no_sight(city: Pipe) -> None:
    for kind in ("hologram", "alley", "overpass", "bridge", "wreck"):
        keys = [(kind, *s.key) for sb in superblocks_in(city.recipe, -300, -300, 300, 300) for s in sights_of(city.recipe, sb, kind)]
        assert len(keys) == len(set(keys)), kind


def test_what_there_is_not_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(Refusal, match=r"did you mean konbini\?"):
        check_kind("konbni")
    assert check_kind("bicycle") == "bicycle"
    assert set(DISTRICTS) - {"park"} < set(kinds()) and set(fronts()) < set(kinds())


def test_what_is_nowhere_is_not_found() -> None:
    bare = Recipe().with_value("overpass", "rows", 0.0)
    assert locate(Pipe(bare), "edge", (0.0, 0.0), 1) == []
