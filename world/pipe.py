"""One city: recipe → plan → space → light and mesh, chunk by chunk, remembered.

In: a recipe.  Out: `Pipe`, safe to ask from several threads. Each result is a pure function of (recipe, cx, cy), so what
falls out of the memory is simply made again.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

from world.light import ChunkLight, bake_light
from world.mesh.chunk_mesh import ChunkMesh, build_mesh, near_surface
from world.mesh.surface import Surface
from world.plan import ChunkPlan, plan_chunk, start_pose
from world.pose import Pose
from world.recipe import Recipe
from world.space import ChunkSpace
from world.space.build import build_space

T = TypeVar("T")
_NEIGHBOURS = [(i, j) for j in (-1, 0, 1) for i in (-1, 0, 1) if i or j]


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


class Pipe:
    """One city. `plan`, `space`, `light`, `mesh` and `near` take chunk coordinates."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self.plan: Callable[[int, int], ChunkPlan] = _Memory(lambda cx, cy: plan_chunk(recipe, cx, cy), 300)
        self.space: Callable[[int, int], ChunkSpace] = _Memory(lambda cx, cy: build_space(recipe, self.plan(cx, cy)), 200)
        self.light: Callable[[int, int], ChunkLight] = _Memory(self._bake, 120)

    def mesh(self, cx: int, cy: int) -> ChunkMesh:
        """The chunk's shape from afar (not remembered: it goes to the graphics card once)."""
        return build_mesh(self.recipe, self.plan(cx, cy))

    def near(self, cx: int, cy: int) -> Surface:
        """The chunk's walls and small things from near by (not remembered)."""
        return near_surface(self.recipe, self.plan(cx, cy))

    def start(self) -> Pose:
        """Where one wakes."""
        return start_pose(self.recipe)

    def _bake(self, cx: int, cy: int) -> ChunkLight:
        return bake_light(self.space(cx, cy), [self.space(cx + i, cy + j) for i, j in _NEIGHBOURS])
