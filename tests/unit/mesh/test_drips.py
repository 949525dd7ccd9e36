"""Where it drips: on edges, over the open, always from the same spots."""

from __future__ import annotations

import math

import numpy as np
import pytest

from world.mesh.chunk_mesh import build_mesh, sides_of
from world.mesh.drips import drips_of
from world.mesh.smoke import Plume
from world.plan import ChunkPlan, plan_chunk
from world.plan.records import Fate, Style, Thing, Wall
from world.recipe import Recipe


def _bare(**parts: object) -> ChunkPlan:
    plan = plan_chunk(Recipe(), 0, 0)
    return ChunkPlan(
        **{name: () if isinstance(getattr(plan, name), tuple) else getattr(plan, name) for name in plan.__dataclass_fields__} | parts
    )


def test_a_stall_drips_from_its_front_hem() -> None:
    stall = Thing((1, 2), "stall", (20.0, 30.0, 0.1), 90.0, 3)  # its front looks east
    surface = drips_of(Recipe(), _bare(things=(stall,)), ())
    source = surface.vertices["position"]
    assert len(source) and source[:, 0] == pytest.approx(21.05, abs=0.02)
    assert source[:, 1].min() >= 28.7 and source[:, 1].max() <= 31.3
    assert source[:, 2] == pytest.approx(2.04, abs=0.02)


def test_every_drop_has_its_splash_at_the_same_spot() -> None:
    stall = Thing((1, 2), "stall", (20.0, 30.0, 0.1), 90.0, 3)
    vertices = drips_of(Recipe(), _bare(things=(stall,)), ()).vertices
    drop, splash = vertices[vertices["tint"][:, 0] == 0], vertices[vertices["tint"][:, 0] == 255]
    assert len(drop) == len(splash) > 0
    assert (drop["position"] == splash["position"]).all() and (drop["extra"] == splash["extra"]).all()
    assert (vertices["extra"][:, 0] == Plume.DRIP).all()


def test_decks_and_fronts_drip_over_the_street() -> None:
    recipe = Recipe()
    plans = [plan_chunk(recipe, cx, cy) for cx in range(-3, 3) for cy in range(-3, 3)]
    plan = next(p for p in plans if any(s.fate is Fate.STANDS for s in p.spans) and p.buildings)
    alone = drips_of(Recipe(), _bare(cx=plan.cx, cy=plan.cy, spans=plan.spans), ()).vertices["position"][::8]
    high = {round(s.height_m - 0.62, 3) for s in plan.spans if s.fate is Fate.STANDS}
    assert len(alone) and {round(float(z), 3) for z in alone[:, 2]} <= {round(float(np.float32(z)), 3) for z in high}
    metres = sum(2 * s.length_m for s in plan.spans if s.fate is Fate.STANDS)
    assert 0.3 * metres / 0.8 < len(alone) / 2 * 2 < 0.8 * metres / 0.8
    sides = sides_of(recipe, plan)
    fronts = drips_of(Recipe(), _bare(cx=plan.cx, cy=plan.cy), sides).vertices["position"]
    assert len(fronts) and fronts[:, 2].min() > 1.8
    for x, y, _ in fronts[:: max(1, len(fronts) // 40)]:
        at = x + plan.corner[0], y + plan.corner[1]
        assert not any(b.covers(np.array([at[0]]), np.array([at[1]]))[0] for b in plan.buildings)


def test_they_are_part_of_what_moves_in_a_chunk() -> None:
    recipe = Recipe()
    mesh = build_mesh(recipe, plan_chunk(recipe, -2, 1))
    again = build_mesh(recipe, plan_chunk(recipe, -2, 1))
    drips = mesh.smoke.vertices["extra"][:, 0] == Plume.DRIP
    assert drips.any() and math.isfinite(float(mesh.smoke.vertices["position"].sum()))
    assert mesh.smoke.vertices.tobytes() == again.smoke.vertices.tobytes()


def test_awnings_and_balconies_drip_before_their_fronts() -> None:
    """Under each awning's hem and each balcony's edge that there is, on some bays from several spots, drops gather."""
    recipe = Recipe()
    for kind, off_m in ((lambda s: s.building.shop, 1.05), (lambda s: s.building.style is Style.BALCONY, 1.0)):
        chunks = (plan_chunk(recipe, cx, cy) for cx in range(-3, 3) for cy in range(-3, 3))
        fronts = ([s for s in sides_of(recipe, plan) if s.wall == Wall.FRONT and kind(s)] for plan in chunks)
        sides = next(found for found in fronts if found)
        surface = drips_of(recipe, _bare(), sides)
        at = surface.vertices["position"].astype(np.float64) + np.array([*_bare().corner, 0.0])
        off = np.array([(at[:, :2] - s.facade.origin) @ s.facade.outward for s in sides])
        near = abs(off - off_m) < 0.01
        assert near.any(), off_m
        assert at[near.any(axis=0), 2].min() > 1.5 and at[near.any(axis=0), 2].max() < 16.1
