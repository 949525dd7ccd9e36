"""Behind a truck with a cage the ground is free: that is where captives stand."""

from __future__ import annotations

import math

from world.plan import plan_chunk
from world.recipe import Recipe
from world.things import KINDS, Flag


def test_nothing_that_stops_a_body_stands_behind_a_cage() -> None:
    recipe = Recipe.model_validate({"ruin": {"cars": 18.0, "rubble": 3.0}})
    things = [thing for cx in range(-4, 0) for cy in range(-2, 2) for thing in plan_chunk(recipe, cx, cy).things]
    trucks = [thing for thing in things if thing.kind == "truck_cage"]
    assert len(trucks) > 3
    for truck in trucks:
        heading = math.radians(truck.heading_deg)
        ax, ay = math.sin(heading), math.cos(heading)
        for other in things:
            dx, dy = other.position[0] - truck.position[0], other.position[1] - truck.position[1]
            behind, aside = -(dx * ax + dy * ay), dx * ay - dy * ax
            stops = any(block.flags & Flag.MOVE for block in KINDS[other.kind].blocks_of(other.variant % KINDS[other.kind].shapes))
            assert not (stops and 4.0 < behind < 11.4 and abs(aside) < 0.7), (truck.key, other)
