"""A chunk's surfaces, by who sees them.

In: recipe, plan.  Out: `ChunkMesh`. Walls exist twice, detailed for the near eye and flat for the far one and the mirror; signs, cars,
the overpass and lamps are seen by all; small things only from near by.
"""

from __future__ import annotations

from dataclasses import dataclass

from world.mesh.clutter import add_clutter, add_roof_things
from world.mesh.facade import Side, add_facades
from world.mesh.fittings import add_cable, add_hologram, add_sign
from world.mesh.ground import ground_surface
from world.mesh.kits.frame import Frame
from world.mesh.kits.things import add_thing
from world.mesh.overpass import add_span
from world.mesh.surface import Surface, SurfaceBuilder
from world.mesh.torn import add_cuts, add_roofs
from world.plan import ChunkPlan
from world.plan.facade import facade_of
from world.recipe import Recipe

_LARGE = frozenset(("car", "car_burnt", "car_overturned", "lamp_lit", "lamp", "pole", "vending_machine", "heap"))


@dataclass(frozen=True)
class ChunkMesh:
    """Positions are relative to the chunk's south-west corner. `near` and `far` are the same walls at two levels of detail,
    `near` with the small things; `common` belongs to both."""

    cx: int
    cy: int
    ground: Surface
    common: Surface
    near: Surface
    far: Surface
    holograms: Surface


def build_mesh(recipe: Recipe, plan: ChunkPlan) -> ChunkMesh:
    """All that chunk (cx, cy) owns."""
    corner = plan.corner
    common, near, far, holograms = SurfaceBuilder(), SurfaceBuilder(), SurfaceBuilder(), SurfaceBuilder()
    sides = [
        Side(building, mass, (index, side), facade_of(recipe, building, index, side))
        for building in plan.buildings
        for index, mass in enumerate(building.masses)
        for side in range(4)
    ]
    for builder in (near, far):
        add_facades(builder, recipe, sides, corner, far=builder is far)
        add_roofs(builder, plan.buildings, corner, far=builder is far)
    add_cuts(common, sides, corner)
    add_clutter(near, recipe, sides, corner)
    add_roof_things(near, recipe, plan.buildings, corner)
    for sign in plan.signs:
        add_sign(common if sign.lit else near, sign, corner)
    for span in plan.spans:
        add_span(common, span, corner)
    for thing in plan.things:
        x, y, z = thing.position
        frame = Frame((x - corner[0], y - corner[1], z), thing.heading_deg)
        add_thing(common if thing.kind in _LARGE else near, thing.kind, frame, thing.variant, thing.size_m)
    for cable in plan.cables:
        add_cable(near, cable, corner)
    for hologram in plan.holograms:
        add_hologram(holograms, hologram, corner)
    return ChunkMesh(
        plan.cx, plan.cy, ground_surface(recipe, plan), common.build(), near.build(), far.build(), holograms.build()
    )
