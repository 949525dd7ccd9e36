"""Things stand on the ground, and signs hang on walls and clear of each other."""

from __future__ import annotations

import numpy as np

from world.pipe import Pipe
from world.plan.facade import Pane, facade_of
from world.plan.records import SignKind
from world.recipe import Recipe
from world.space.chunk_space import GROUND_STEP_M


def test_things_stand_on_the_relief() -> None:
    pipe, gaps = Pipe(Recipe()), []
    for cx, cy in ((-1, -3), (0, -3), (-1, -4)):
        plan, height = pipe.plan(cx, cy), pipe.space(cx, cy).ground.height
        for thing in plan.things:
            if thing.position[2] < 4.0:  # not a lamp of the deck
                j, i = ((np.array(thing.position[1::-1]) - plan.corner[::-1]) / GROUND_STEP_M).astype(int)
                gaps.append(np.abs(height[j : j + 2, i : i + 2] - thing.position[2]).min())
    assert len(gaps) > 60 and max(gaps) < 0.03


def test_signs_have_a_wall_and_room() -> None:
    recipe = Recipe()
    pipe, fascias, others = Pipe(recipe), [], []
    for cx in range(-2, 2):
        for cy in range(-5, -1):
            plan = pipe.plan(cx, cy)
            by_key = {b.key: b for b in plan.touching_buildings}
            for sign in plan.signs:
                building = by_key.get((sign.key[0], sign.key[1], sign.key[2]))
                if building is None:
                    continue
                if sign.kind is SignKind.FASCIA:
                    fascias.append(sign)
                    continue
                others.append(sign)
                f = facade_of(recipe, building, 0, sign.key[3])
                along = np.dot(np.array(sign.position[:2]) - f.origin, f.along)
                floor, bay = np.searchsorted(f.floor_z, sign.position[2]) - 1, int(along / f.bay_m)
                assert f.panes[floor, min(bay, f.panes.shape[1] - 1)] != Pane.HOLE
    assert len(fascias) > 10 and len(others) > 100
    for fascia in fascias:
        for sign in others:
            if sign.key[:4] == fascia.key[:4] and abs(sign.position[2] - fascia.position[2]) < (sign.height_m + fascia.height_m) / 2:
                gap = np.hypot(sign.position[0] - fascia.position[0], sign.position[1] - fascia.position[1])
                assert gap > fascia.width_m / 2 - 0.01, (sign, fascia)
