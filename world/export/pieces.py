"""One chunk taken apart by what stands there.

In: recipe, plan.  Out: `Pieces`: named surfaces in the chunk's frame, and every placed thing in its own frame, so that things of
one shape can share a mesh. The shapes are those of `world.mesh`: each kind is asked for alone, by a plan that holds nothing else.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from world.export.shapes import joined
from world.mesh.chunk_mesh import build_mesh, near_surface
from world.mesh.kits.frame import Frame
from world.mesh.kits.things import add_thing
from world.mesh.landmark import add_landmark
from world.mesh.surface import Surface, SurfaceBuilder
from world.plan import ChunkPlan
from world.plan.interior import interior_of
from world.plan.records import Thing
from world.recipe import Recipe

_ALONE = {  # field of the plan: name in the file
    "signs": "signs",
    "cables": "cables",
    "spans": "overpass",
    "barriers": "barriers",
}


@dataclass(frozen=True)
class Shape:
    """A thing's mesh about its own foot; `digest` is equal for equal shapes."""

    kind: str
    surface: Surface
    digest: bytes


@dataclass(frozen=True)
class Pieces:
    """What chunk (cx, cy) owns. `named` surfaces lie relative to its south-west corner; `things` pairs records with shapes."""

    cx: int
    cy: int
    ground: Surface
    holograms: Surface
    named: dict[str, Surface]
    things: list[tuple[Thing, Shape]]


class Workshop:
    """Takes chunks apart; shapes that come again are made once."""

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self._shapes: dict[tuple[str, int, float], Shape] = {}

    def pieces(self, plan: ChunkPlan) -> Pieces:
        """The chunk in detail."""
        nothing: dict[str, Any] = dict.fromkeys(_ALONE, ())
        empty = replace(plan, things=(), holograms=(), **nothing)
        whole = build_mesh(self._recipe, replace(empty, holograms=plan.holograms))
        named = {"buildings": self._near_and_common(empty)}
        for field, name in _ALONE.items():
            if getattr(plan, field):
                only: dict[str, Any] = {field: getattr(plan, field)}
                bare = replace(empty, buildings=(), **only)
                named[name] = self._near_and_common(bare)
        if plan.landmarks:
            towers = SurfaceBuilder()
            for landmark in plan.landmarks:
                add_landmark(towers, landmark, plan.corner, self._recipe.world.seed)
            named["landmark"] = towers.build()
        rooms = (interior_of(self._recipe, building) for building in plan.buildings)
        things = [*plan.things, *(thing for room in rooms if room is not None for thing in room.things)]
        return Pieces(plan.cx, plan.cy, whole.ground, whole.holograms, named, [(t, self._shape(t)) for t in things])

    def _near_and_common(self, plan: ChunkPlan) -> Surface:
        return joined([build_mesh(self._recipe, plan).common, near_surface(self._recipe, plan)])

    def _shape(self, thing: Thing) -> Shape:
        key = (thing.kind, thing.variant, thing.size_m)
        if key not in self._shapes:
            builder = SurfaceBuilder()
            add_thing(builder, thing.kind, Frame((0.0, 0.0, 0.0)), thing.variant, thing.size_m)
            surface = builder.build()
            surface.vertices["extra"][:, 2] = 0  # the seed by which a shader varies equal shapes: no concern of a file
            content = surface.vertices.tobytes() + np.ascontiguousarray(surface.indices).tobytes()
            self._shapes[key] = Shape(thing.kind, surface, hashlib.blake2b(content, digest_size=16).digest())
        return self._shapes[key]
