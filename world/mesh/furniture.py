"""What stands in rooms, as one sees it from close by.

In: buildings, the chunk's corner.  Out: a `Surface` for each that can be entered.
"""

from __future__ import annotations

from world.mesh.kits.frame import Frame
from world.mesh.kits.things import add_thing
from world.mesh.surface import Surface, SurfaceBuilder
from world.plan.interior import interior_of
from world.plan.records import Building
from world.recipe import Recipe


def furniture(recipe: Recipe, buildings: tuple[Building, ...], corner: tuple[float, float]) -> tuple[Surface, ...]:
    """What stands in the rooms of `buildings`: one surface for each that can be entered."""
    found = []
    for building in buildings:
        interior = interior_of(recipe, building)
        if interior is not None:
            builder = SurfaceBuilder()
            for thing in interior.things:
                x, y, z = thing.position
                add_thing(builder, thing.kind, Frame((x - corner[0], y - corner[1], z), thing.heading_deg), thing.variant)
            found.append(builder.build())
    return tuple(found)
