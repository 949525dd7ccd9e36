"""What light of windows is in the field: all lit panes' but those whose tube fails, which are seen to flicker by themselves."""

from __future__ import annotations

import numpy as np
import pytest

from world.mesh.surface import Finish
from world.pipe import Pipe
from world.plan.facade import Pane, facades_of, failing
from world.plan.records import Wall
from world.recipe import Recipe, with_settings
from world.space.emitters import _PANE_CD

CHUNK = (0, 0)


def test_failing_tubes_are_drawn_in_a_group_and_leave_no_light() -> None:
    recipe = with_settings(Recipe(), ["neon.windows=0.6", "neon.brightness=1", "ruin.fires=0"])
    pipe = Pipe(recipe)
    fronts = [
        facade
        for building in pipe.plan(*CHUNK).buildings
        for facade, wall in zip(facades_of(recipe, building), (w for m in building.masses for w in m.sides), strict=True)
        if wall == Wall.FRONT
    ]
    fails = [failing(f.panes, f.warmth) for f in fronts]
    lit = sum(int((f.panes == Pane.LIT).sum()) for f in fronts)
    assert 0.02 < sum(int(part.sum()) for part in fails) / lit < 0.15
    due = sum(float((_PANE_CD[f.panes] * ~part).sum()) for f, part in zip(fronts, fails, strict=True))
    emitters = pipe.space(*CHUNK).emitters
    windows = (emitters.size_m == 1.2) & (emitters.slot < 0)
    peak = emitters.candela[windows].max(axis=1).sum()
    assert peak == pytest.approx(due, rel=0.1)
    near = pipe.near(*CHUNK).vertices
    rooms = near[(near["normal"][:, 3] == Finish.WINDOW_LIT) & (near["extra"][:, 3] == Pane.LIT)]
    grouped = np.mean(rooms["extra"][:, 0] > 0)
    assert 0.02 < grouped < 0.15
