"""Every window on fire has its tongue of flame, at its upper edge, before the wall."""

from __future__ import annotations

import numpy as np

from world.mesh.chunk_mesh import build_mesh, sides_of
from world.mesh.flames import flames_of
from world.mesh.smoke import Plume
from world.plan import plan_chunk
from world.plan.facade import Pane
from world.recipe import Recipe


def test_a_tongue_for_every_window_on_fire() -> None:
    recipe = Recipe.model_validate({"ruin": {"fires": 40.0}})
    burning = 0
    for cx, cy in ((x, y) for x in range(-3, 3) for y in range(-3, 3)):
        plan = plan_chunk(recipe, cx, cy)
        sides = sides_of(recipe, plan)
        surface = flames_of(sides, plan.corner)
        count = sum(int((side.facade.panes == Pane.FIRE).sum()) for side in sides)
        assert len(surface.vertices) == 4 * count
        burning += count
        for side in sides:
            if not (side.facade.panes == Pane.FIRE).any():
                continue
            source = flames_of([side], plan.corner).vertices["position"][::4] + np.array([*plan.corner, 0.0])
            f = side.facade
            out = (source[:, :2] - np.array(f.origin)) @ np.array(f.outward)
            along = (source[:, :2] - np.array(f.origin)) @ np.array(f.along)
            assert np.abs(out - 0.12).max() < 1e-3
            assert along.min() > 0 and along.max() < f.width_m
            assert source[:, 2].min() > f.floor_z[0] and source[:, 2].max() < f.floor_z[-1]
    assert burning > 0
    mesh = build_mesh(recipe, plan_chunk(recipe, 0, 0))
    assert set(np.unique(mesh.smoke.vertices["extra"][:, 0])) <= {int(p) for p in Plume}
