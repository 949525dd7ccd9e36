"""Chases by the hundred, in the real city: who breaks sight round two corners gets away, who stands in the open does not.

`python -m pytest -m long tests/long/test_chases.py` takes half an hour.
"""

from __future__ import annotations

from itertools import islice

import pytest
from chase import BROKEN_S, chases

from world.pipe import Pipe
from world.recipe import Recipe
from world.sim import Kind, World

_EACH, _PLACES = 200, 10
KINDS = (Kind.GLIDER, Kind.HEAVY, Kind.RUNNER)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name.lower())
def test_breaking_sight_along_a_cover_route_shakes_it_off(kind: Kind) -> None:
    world = World.of(Pipe(Recipe()))
    x, y, _ = world.start.position
    places = [(x + 130.0 * i, y + 130.0 * j) for i in range(-2, 3) for j in range(-1, 2)]
    all_of_them = (chase for place in places for chase in chases(world, kind, place, _EACH // _PLACES))
    broken = list(islice((chase for chase in all_of_them if chase.broken_s <= BROKEN_S), _EACH))
    assert len(broken) >= _EACH // 2
    assert sum(chase.escaped for chase in broken) >= 0.8 * len(broken), sum(chase.escaped for chase in broken) / len(broken)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_standing_in_the_open_none_of_a_runner_s_gets_away() -> None:
    world = World.of(Pipe(Recipe()))
    x, y, _ = world.start.position
    places = [(x + 130.0 * i, y + 130.0 * j) for i in range(-2, 3) for j in range(-1, 2)]
    caught = [chase.caught for place in places for chase in islice(chases(world, Kind.RUNNER, place, 20, hides=False), 20)]
    assert len(caught) >= _EACH and all(caught), caught.count(False)
