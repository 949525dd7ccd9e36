"""A made-up city for tests of light: flat ground, the boxes and the one lamp that one asks for, nothing drawn.

In: boxes, a lamp.  Out: `Yard`, which answers as a `Pipe` does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from flatland import land

from world.light import ChunkLight, bake_light
from world.mesh.chunk_mesh import ChunkMesh
from world.mesh.surface import Surface, SurfaceBuilder
from world.plan.records import Cable, Hologram, Sign
from world.recipe import Recipe
from world.space import ChunkSpace, Emitters, Solids
from world.space.chunk_space import CHUNK_M

WARM = (1.0, 0.6, 0.3)


def lamp(
    x: float,
    y: float,
    z: float,
    candela: float = 100.0,
    normal: tuple[float, float, float] = (0.0, 0.0, 0.0),
    slot: int = -1,
    group: int = 0,
) -> Emitters:
    """One warm lamp of 0.4 m that shines all round, or into the half-space of `normal`."""
    return Emitters(
        position=np.array([[x, y, z]]),
        normal=np.array([normal]),
        two_sided=np.array([False]),
        size_m=np.array([0.4]),
        candela=candela * np.array([WARM]),
        reach_m=np.array([40.0 if slot < 0 else 14.0]),
        group=np.array([group], np.uint8),
        slot=np.array([slot], np.int8),
    )


@dataclass(frozen=True)
class Bare:
    """A plan of nothing, but for the signs that a test hangs up."""

    cx: int
    cy: int
    signs: tuple[Sign, ...] = ()
    holograms: tuple[Hologram, ...] = ()
    cables: tuple[Cable, ...] = ()


class Yard:
    """Answers `plan`'s followers as a `Pipe` does, for as long as a test lasts."""

    recipe = Recipe()

    def __init__(self, boxes: list[Solids], light: Emitters, signs: tuple[Sign, ...] = ()) -> None:
        self._signs = signs
        self._land, self._lamp = land(boxes), light
        self._baked: dict[tuple[int, int], ChunkLight] = {}

    def plan(self, cx: int, cy: int) -> Bare:
        owned = [s for s in self._signs if (int(s.position[0] // CHUNK_M), int(s.position[1] // CHUNK_M)) == (cx, cy)]
        return Bare(cx, cy, tuple(owned))

    def space(self, cx: int, cy: int) -> ChunkSpace:
        owned = (np.floor(self._lamp.position[:, :2] / CHUNK_M) == (cx, cy)).all(axis=1)
        return replace(self._land(cx, cy), emitters=self._lamp.take(owned))

    def light(self, cx: int, cy: int) -> ChunkLight:
        if (cx, cy) not in self._baked:
            around = [self.space(cx + i, cy + j) for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j]
            self._baked[cx, cy] = bake_light(self.space(cx, cy), around)
        return self._baked[cx, cy]

    def mesh(self, cx: int, cy: int) -> ChunkMesh:
        nothing = self.near(cx, cy)
        return ChunkMesh(cx, cy, nothing, nothing, nothing, nothing, nothing, nothing)

    def near(self, cx: int, cy: int) -> Surface:
        return SurfaceBuilder().build()

    def furniture(self, cx: int, cy: int) -> tuple[Surface, ...]:
        return ()
