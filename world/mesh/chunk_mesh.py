"""A chunk's surfaces, by who sees them.

In: recipe, plan.  Out: `ChunkMesh`. Walls, signs, cars, poles and trees exist twice: detailed for the near eye, lean for the far one and
for the mirror; the overpass is seen by all; small things only from near by.
"""

from __future__ import annotations

from dataclasses import dataclass

from world.mesh.barriers import add_barriers
from world.mesh.clutter import add_clutter, add_roof_things
from world.mesh.drips import drips_of
from world.mesh.facade import add_facades
from world.mesh.fittings import add_cables, add_hologram
from world.mesh.flames import flames_of
from world.mesh.ground import ground_surface
from world.mesh.interior import add_interiors
from world.mesh.kits.frame import Frame
from world.mesh.kits.signs import add_signs
from world.mesh.kits.things import add_thing, seen_from_far
from world.mesh.overpass import add_span
from world.mesh.smoke import smoke_of_things
from world.mesh.sparks import sparks_of
from world.mesh.surface import Surface, SurfaceBuilder
from world.mesh.torn import add_cuts, add_roofs
from world.mesh.walls import Side
from world.plan import ChunkPlan
from world.plan.facade import facades_of
from world.plan.records import Thing
from world.recipe import Recipe
from world.things import KINDS


@dataclass(frozen=True)
class ChunkMesh:
    """Positions are relative to the chunk's south-west corner. `far` holds everything lean, for the far eye and always for the mirror;
    `common` is seen by all. `near_surface` gives what takes the place of `far` near by."""

    cx: int
    cy: int
    ground: Surface
    common: Surface
    far: Surface
    holograms: Surface
    smoke: Surface
    sparks: Surface


def build_mesh(recipe: Recipe, plan: ChunkPlan) -> ChunkMesh:
    """What chunk (cx, cy) owns and shows from afar."""
    corner = plan.corner
    common, far, holograms = SurfaceBuilder(), SurfaceBuilder(), SurfaceBuilder()
    sides = sides_of(recipe, plan)
    add_facades(far, recipe, sides, corner, far=True)
    add_roofs(far, plan.buildings, corner, far=True)
    add_cuts(far, sides, corner, far=True)
    add_signs(far, plan.signs, corner, far=True)
    for thing in plan.things:
        if seen_from_far(thing.kind):
            _place(far, thing, corner, far=True)
    for span in plan.spans:
        add_span(common, span, corner)
    for hologram in plan.holograms:
        add_hologram(holograms, hologram, corner)
    moving = SurfaceBuilder()
    for surface in (smoke_of_things(plan.things, corner), drips_of(recipe, plan, sides), flames_of(sides, corner)):
        moving.mesh(surface.vertices, surface.indices)
    ground, sparks = ground_surface(recipe, plan), sparks_of(plan.signs, corner)
    return ChunkMesh(plan.cx, plan.cy, ground, common.build(), far.build(), holograms.build(), moving.build(), sparks)


def near_surface(recipe: Recipe, plan: ChunkPlan) -> Surface:
    """The same chunk's walls in detail, and the small things that only a near eye sees."""
    corner, near = plan.corner, SurfaceBuilder()
    sides = sides_of(recipe, plan)
    add_facades(near, recipe, sides, corner)
    add_roofs(near, plan.buildings, corner, far=False)
    add_clutter(near, recipe, sides, corner)
    add_roof_things(near, recipe, plan.buildings, corner)
    add_interiors(near, recipe, plan.buildings, corner)
    add_cuts(near, sides, corner)
    add_signs(near, plan.signs, corner)
    for thing in plan.things:
        _place(near, thing, corner)
    add_barriers(near, plan.barriers, corner)
    add_cables(near, plan.cables, corner)
    return near.build()


def sides_of(recipe: Recipe, plan: ChunkPlan) -> list[Side]:
    """Every side of every mass that the chunk owns."""
    found = []
    for building in plan.buildings:
        facades = facades_of(recipe, building)  # four a mass
        for k, facade in enumerate(facades):
            found.append(Side(building, building.masses[k // 4], (k // 4, k % 4), facade))
    return found


def _place(builder: SurfaceBuilder, thing: Thing, corner: tuple[float, float], *, far: bool = False) -> None:
    x, y, z = thing.position
    slope = (0.0, 0.0) if KINDS[thing.kind].plumb else thing.slope
    frame = Frame.on((x - corner[0], y - corner[1], z), thing.heading_deg, slope)
    add_thing(builder, thing.kind, frame, thing.variant, thing.size_m, far=far)
