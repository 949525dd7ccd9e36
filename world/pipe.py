"""One city: recipe → plan → space → light and mesh, chunk by chunk, remembered.

In: a recipe.  Out: `Pipe`, safe to ask from several threads. Each result is a pure function of (recipe, cx, cy), so what
falls out of the memory is simply made again. A pipe that follows another (a knob was turned) hands out the other's very
objects where they would come out equal: who holds one sees by its identity that nothing has changed there.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

from world.light import ChunkLight, bake_light
from world.mesh.chunk_mesh import ChunkMesh, build_mesh, near_surface
from world.mesh.furniture import furniture
from world.mesh.surface import Surface
from world.plan import ChunkPlan, plan_chunk, start_pose
from world.pose import Pose
from world.recipe import Rebuild, Recipe, all_knobs, overridden
from world.recipe.change import rebuilds_everywhere, rebuilds_in_places
from world.space import ChunkSpace
from world.space.build import build_space

T = TypeVar("T")
_NEIGHBOURS = [(i, j) for j in (-1, 0, 1) for i in (-1, 0, 1) if i or j]
_LEFT_KEPT = 100  # chunks of the city before: more than stand round the eye


class _Memory(Generic[T]):
    """The results lately asked for; two threads may make the same chunk, to the same bytes."""

    def __init__(self, make: Callable[[int, int], T], size: int) -> None:
        self._make, self._size = make, size
        self._known: OrderedDict[tuple[int, int], T] = OrderedDict()
        self._lock = threading.RLock()

    def __call__(self, cx: int, cy: int) -> T:
        with self._lock:
            if (cx, cy) in self._known:
                self._known.move_to_end((cx, cy))
                return self._known[cx, cy]
        made = self._make(cx, cy)
        with self._lock:
            self._known.setdefault((cx, cy), made)
            while len(self._known) > self._size:
                self._known.popitem(last=False)
            return self._known.get((cx, cy), made)

    def latest(self, count: int) -> dict[tuple[int, int], T]:
        """The `count` results asked for last."""
        with self._lock:
            return dict(list(self._known.items())[-count:])


class Pipe:
    """One city. `plan`, `space`, `light`, `mesh` and `near` take chunk coordinates. `before` is the city that this one follows."""

    def __init__(self, recipe: Recipe, before: Pipe | None = None) -> None:
        self.recipe = recipe
        self._left = _Left(before, recipe) if before is not None else None
        self.plan: _Memory[ChunkPlan] = _Memory(self._plan, 300)
        self.space: _Memory[ChunkSpace] = _Memory(self._space, 200)
        self.light: _Memory[ChunkLight] = _Memory(self._light, 120)

    def mesh(self, cx: int, cy: int) -> ChunkMesh:
        """The chunk's shape from afar (not remembered: it goes to the graphics card once)."""
        return build_mesh(self.recipe, self.plan(cx, cy))

    def near(self, cx: int, cy: int) -> Surface:
        """The chunk's walls and small things from near by (not remembered)."""
        return near_surface(self.recipe, self.plan(cx, cy))

    def furniture(self, cx: int, cy: int) -> tuple[Surface, ...]:
        """What stands in each of the chunk's rooms (not remembered)."""
        plan = self.plan(cx, cy)
        return furniture(self.recipe, plan.buildings, plan.corner)

    def start(self) -> Pose:
        """Where one wakes."""
        return start_pose(self.recipe)

    def _plan(self, cx: int, cy: int) -> ChunkPlan:
        left = self._left
        old = left.plans.get((cx, cy)) if left else None
        if left is None or old is None:
            return plan_chunk(self.recipe, cx, cy)
        if left.plans_hold:
            return old
        made = plan_chunk(self.recipe, cx, cy)
        return old if left.serves(old, made) else made

    def _space(self, cx: int, cy: int) -> ChunkSpace:
        plan, left = self.plan(cx, cy), self._left
        old = left.spaces.get((cx, cy)) if left and left.plans.get((cx, cy)) is plan and left.shines_alike(plan) else None
        return old or build_space(self.recipe, plan)

    def _light(self, cx: int, cy: int) -> ChunkLight:
        middle, around = self.space(cx, cy), [self.space(cx + i, cy + j) for i, j in _NEIGHBOURS]
        left = self._left
        if left and middle is left.spaces.get((cx, cy)):
            old = left.lights.get((cx, cy))
            unmoved = all(space is left.spaces.get((space.cx, space.cy)) for space in around)
            if old is not None and unmoved:
                return old
        return bake_light(middle, around)


class _Left:
    """What the city before left, and whether it still serves."""

    def __init__(self, before: Pipe, recipe: Recipe) -> None:
        self._recipes = before.recipe, recipe
        self._everywhere = rebuilds_everywhere(*self._recipes)
        self._in_places = rebuilds_in_places(*self._recipes)
        self.plans_hold = not {Rebuild.ALL, Rebuild.PLAN} & (self._everywhere | self._in_places)
        self.plans, self.spaces = before.plan.latest(_LEFT_KEPT), before.space.latest(_LEFT_KEPT)
        self.lights = before.light.latest(_LEFT_KEPT)

    def serves(self, old: ChunkPlan, new: ChunkPlan) -> bool:
        """Whether all that follows from the old plan, light apart, would come out the same from the new one."""
        return Rebuild.ALL not in self._everywhere and old == new and self._alike(Rebuild.ALL, new)

    def shines_alike(self, plan: ChunkPlan) -> bool:
        """Whether what glows there is as bright as it was."""
        return Rebuild.LIGHT not in self._everywhere and self._alike(Rebuild.LIGHT, plan)

    def _alike(self, rebuilds: Rebuild, plan: ChunkPlan) -> bool:
        """Whether local blocks leave the knobs that rebuild so as they were, wherever the chunk's things ask for them."""
        if rebuilds not in self._in_places:
            return True
        knobs = [knob for knob in all_knobs() if knob.rebuilds is rebuilds]
        places = {(*thing.centre, thing.district) for thing in (*plan.blocks, *plan.touching_buildings)}
        return all(
            getattr(getattr(before, knob.section), knob.field) == getattr(getattr(after, knob.section), knob.field)
            for place in places
            for before, after in [[overridden(recipe, *place) for recipe in self._recipes]]
            for knob in knobs
        )
