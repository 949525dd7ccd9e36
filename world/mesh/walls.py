"""Boxes and rectangles on walls: the local coordinates in which facades are described.

In: facades, and rows of (wall, s, z, d).  Out: faces in a `SurfaceBuilder`, normals and metric uv given.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from world.mesh.surface import Finish, SurfaceBuilder, cross3
from world.plan.facade import Facade
from world.plan.records import Building, Mass, Wall

Array = NDArray[np.float64]
Index = NDArray[np.intp]


class Side(NamedTuple):
    """One side of one mass of a building: `part` = (mass index, side)."""

    building: Building
    mass: Mass
    part: tuple[int, int]
    facade: Facade

    @property
    def wall(self) -> Wall:
        return self.mass.sides[self.part[1]]


@dataclass(frozen=True)
class Cells:
    """The table: one row a cell. `w` its wall; `a, b, c, d` its opening (left, right, sill, head), `depth` of the reveal."""

    w: Index
    s0: Array
    s1: Array
    z0: Array
    z1: Array
    pane: NDArray[np.uint8]
    warmth: Array
    ground: NDArray[np.bool_]
    finish: NDArray[np.uint8]
    tint: NDArray[np.uint8]
    style: NDArray[np.uint8]
    a: Array
    b: Array
    c: Array
    d: Array
    depth: Array
    draw: Array  # uniform in [0, 1), the cell's own

    def where(self, which: NDArray[np.bool_]) -> Cells:
        return Cells(*(getattr(self, f.name)[which] for f in fields(self)))


class Walls:
    """Local coordinates of many facades at once: wall `w`, s to the right, z up, d outward; relative to the chunk's corner."""

    def __init__(self, facades: list[Facade], corner: tuple[float, float]) -> None:
        count = len(facades)
        self.origin, self.along, self.out = np.zeros((count, 3)), np.zeros((count, 3)), np.zeros((count, 3))
        self.origin[:, :2] = np.array([f.origin for f in facades]) - np.array(corner)
        self.along[:, :2] = [f.along for f in facades]
        self.out[:, :2] = [f.outward for f in facades]
        self.up = np.array([0.0, 0.0, 1.0])

    def at(self, w: Index, s: Array, z: Array, d: Array) -> Array:
        points: Array = self.origin[w] + s[:, None] * self.along[w] + d[:, None] * self.out[w]
        points[:, 2] += z
        return points

    def quad(self, w: Index, *corners: tuple[Array, Array, Array]) -> Array:
        """(N, 4, 3) from four (s, z, d) corners."""
        return np.stack([self.at(w, *c) for c in corners], axis=1)


class Faces:
    """Gathers boxes and rectangles on walls into one `SurfaceBuilder`, normals and metric uv given."""

    def __init__(self, builder: SurfaceBuilder, walls: Walls) -> None:
        self.builder, self.walls = builder, walls

    def rect(
        self,
        w: Index,
        s0: Any,
        s1: Any,
        z0: Any,
        z1: Any,
        d: Any,
        finish: Any,
        tint: Any,
        uv: Any = None,
        extra: Any = (0, 0, 0, 0),
        flip: bool = False,
    ) -> None:
        """Faces outward (inward if `flip`)."""
        s0, s1, z0, z1, d = _rows(w, s0, s1, z0, z1, d)
        corners = self.walls.quad(w, (s0, z0, d), (s1, z0, d), (s1, z1, d), (s0, z1, d))
        normal = self.walls.out[w]
        if uv is None:
            uv = _uv((s0, z0), (s1, z0), (s1, z1), (s0, z1))
        if flip:
            corners, normal, uv = corners[:, ::-1], -normal, uv[:, ::-1]
        self.builder.quads(corners, finish, tint, uv, extra, normal[:, None])

    def sides(self, w: Index, s0: Any, s1: Any, z0: Any, z1: Any, d0: Any, d1: Any, finish: Any, tint: Any, *, inward: bool) -> None:
        """The four sides of a box between depths: seen from inside (an opening, `d0` outer) or from outside (a bar, `d1` outer).
        `tint` may be (4 · N, 4, 4): left, right, sill, head."""
        s0, s1, z0, z1, d0, d1 = _rows(w, s0, s1, z0, z1, d0, d1)
        q = self.walls.quad
        left = q(w, (s0, z0, d0), (s0, z0, d1), (s0, z1, d1), (s0, z1, d0))
        right = q(w, (s1, z0, d1), (s1, z0, d0), (s1, z1, d0), (s1, z1, d1))
        low = q(w, (s0, z0, d0), (s1, z0, d0), (s1, z0, d1), (s0, z0, d1))
        high = q(w, (s0, z1, d1), (s1, z1, d1), (s1, z1, d0), (s0, z1, d0))
        along, up = self.walls.along[w], np.broadcast_to(self.walls.up, (len(w), 3))
        sign = 1.0 if inward else -1.0
        normals = np.concatenate([along * sign, -along * sign, up * sign, -up * sign])
        uv_side = _uv((d0, z0), (d1, z0), (d1, z1), (d0, z1))
        uv_flat = _uv((s0, d0), (s1, d0), (s1, d1), (s0, d1))
        corners, uv = np.concatenate([left, right, low, high]), np.concatenate([uv_side, uv_side, uv_flat, uv_flat])
        finish = np.tile(finish, 4) if np.ndim(finish) else finish
        tint = np.tile(tint, (4, 1)) if np.ndim(tint) == 2 else tint
        # From outer to inner depth the order above runs counter-clockwise as seen from inside the opening, and likewise for a
        # bar (whose depths rise) as seen from outside.
        self.builder.quads(corners, finish, tint, uv, (0, 0, 0, 0), normals[:, None])

    def bars(self, w: Index, s0: Any, s1: Any, z0: Any, z1: Any, d0: Any, d1: Any, finish: Any, tint: Any) -> None:
        """Boxes that stand out from depth `d0` to `d1`, open at the back."""
        self.sides(w, s0, s1, z0, z1, d0, d1, finish, tint, inward=False)
        self.rect(w, s0, s1, z0, z1, d1, finish, tint)


def _rows(w: Index, *values: Any) -> list[Array]:
    return [np.broadcast_to(np.asarray(v, dtype=np.float64), (len(w),)) for v in values]


def _uv(*corners: tuple[Array, Array]) -> Array:
    return np.stack([np.stack(c, axis=-1) for c in corners], axis=1)


def add_rods(builder: SurfaceBuilder, base: Array, tip: Array, radius: float, finish: Finish = Finish.METAL) -> None:
    """Straight three-sided rods from `base` (N, 3) to `tip` (N, 3)."""
    axis = tip - base
    axis /= np.maximum(np.linalg.norm(axis, axis=1, keepdims=True), 1e-9)
    guide = np.where(abs(axis[:, 2:]) < 0.9, (0.0, 0.0, 1.0), (1.0, 0.0, 0.0))
    side = cross3(axis, guide)
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    other = cross3(axis, side)
    ring = [radius * (np.cos(t) * side + np.sin(t) * other) for t in (0.0, 2.0944, 4.1888)]
    for p, q in ((0, 1), (1, 2), (2, 0)):
        builder.quads(np.stack([base + ring[p], base + ring[q], tip + ring[q], tip + ring[p]], axis=1), finish, (88, 70, 58, 255))
