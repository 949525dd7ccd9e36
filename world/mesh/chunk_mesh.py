"""A chunk's surfaces, near and far.

In: recipe, plan.  Out: `ChunkMesh`: what each shader of the stage draws of the chunk.
"""

from __future__ import annotations

from dataclasses import dataclass

from world.mesh.facade import add_building
from world.mesh.fittings import add_cable, add_hologram, add_sign
from world.mesh.ground import ground_surface
from world.mesh.surface import Surface, SurfaceBuilder
from world.plan import ChunkPlan
from world.recipe import Recipe


@dataclass(frozen=True)
class ChunkMesh:
    """Positions are relative to the chunk's south-west corner. `near` and `far` are the same city at two levels of detail."""

    cx: int
    cy: int
    ground: Surface
    near: Surface
    far: Surface
    holograms: Surface


def build_mesh(recipe: Recipe, plan: ChunkPlan) -> ChunkMesh:
    """All that chunk (cx, cy) owns."""
    corner = plan.corner
    near, far, holograms = SurfaceBuilder(), SurfaceBuilder(), SurfaceBuilder()
    for building in plan.buildings:
        add_building(near, recipe, building, corner)
        add_building(far, recipe, building, corner, far=True)
    for sign in plan.signs:
        add_sign(near, sign, corner)
        if sign.lit:
            add_sign(far, sign, corner)
    for cable in plan.cables:
        add_cable(near, cable, corner)
    for hologram in plan.holograms:
        add_hologram(holograms, hologram, corner)
    return ChunkMesh(plan.cx, plan.cy, ground_surface(recipe, plan), near.build(), far.build(), holograms.build())
