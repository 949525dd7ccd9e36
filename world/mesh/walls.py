"""Boxes and rectangles on walls: the local coordinates in which facades are described.

In: facades, and rows of (wall, s, z, d).  Out: faces in a `SurfaceBuilder`, normals and metric uv given.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from world.mesh.surface import Finish, SurfaceBuilder
from world.mesh.table import Table
from world.mesh.vertex import cross3, joined, unit3
from world.plan.facade import Facade
from world.plan.records import Building, Mass, Wall

Array = NDArray[np.float64]
Index = NDArray[np.intp]
Floats = NDArray[np.floating[Any]]


class Side(NamedTuple):
    """One side of one mass of a building: `part` = (mass index, side)."""

    building: Building
    mass: Mass
    part: tuple[int, int]
    facade: Facade

    @property
    def wall(self) -> Wall:
        return self.mass.sides[self.part[1]]


class Cells(Table):
    """One row a cell of a facade. `w` its wall; `a, b, c, d` its opening (left, right, sill, head), `depth` of the reveal."""

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


class Walls:
    """Local coordinates of many facades at once: wall `w`, s to the right, z up, d outward; relative to the chunk's corner."""

    def __init__(self, facades: list[Facade], corner: tuple[float, float]) -> None:
        count = len(facades)
        self.origin, self.along, self.out = np.zeros((count, 3)), np.zeros((count, 3)), np.zeros((count, 3))
        self.origin[:, :2] = np.array([f.origin for f in facades]) - np.array(corner)
        self.along[:, :2] = [f.along for f in facades]
        self.out[:, :2] = [f.outward for f in facades]
        self.up = np.array([0.0, 0.0, 1.0])
        self._flat = np.concatenate([self.origin[:, :2], self.along[:, :2], self.out[:, :2]], axis=1).astype(np.float32)

    def at(self, w: Index, s: Array, z: Array, d: Array) -> Array:
        points: Array = self.origin[w] + s[:, None] * self.along[w] + d[:, None] * self.out[w]
        points[:, 2] += z
        return points

    def corners(self, w: Index, s: Floats, z: Floats, d: Floats) -> NDArray[np.float32]:
        """(N, 4, 3) points of N faces, each on its wall `w`, from `s`, `z`, `d` (N, 4)."""
        ox, oy, ax, ay, nx, ny = self._flat[w].T[..., None]
        s, d = s.astype(np.float32, copy=False), d.astype(np.float32, copy=False)
        points = np.empty((len(w), 4, 3), np.float32)
        points[..., 0] = ox + s * ax + d * nx
        points[..., 1] = oy + s * ay + d * ny
        points[..., 2] = z
        return points


_RECT = np.dtype(
    [("w", "i8"), ("s", "f4", 2), ("z", "f4", 2), ("d", "f4"), ("finish", "u1"), ("tint", "u1", 4), ("extra", "u1", 4), ("pane", "?")]
)
_RING = np.dtype(
    [("w", "i8"), ("s", "f4", 2), ("z", "f4", 2), ("d", "f4", 2), ("finish", "u1"), ("tint", "u1", (4, 4, 4)), ("inward", "?")]
)
_UNIT_UV = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]], np.float32)
# Corners of a ring's four faces (left, right, sill, head), each as the choice of one of its two s, z, d. From outer to inner depth the
# order runs counter-clockwise as seen from inside an opening, and likewise for a bar (whose depths rise) as seen from outside.
_RING_S = np.array([[0, 0, 0, 0], [1, 1, 1, 1], [0, 1, 1, 0], [0, 1, 1, 0]])
_RING_Z = np.array([[0, 0, 1, 1], [0, 0, 1, 1], [0, 0, 0, 0], [1, 1, 1, 1]])
_RING_D = np.array([[0, 1, 1, 0], [1, 0, 0, 1], [0, 0, 1, 1], [1, 1, 0, 0]])


class Faces:
    """Gathers boxes and rectangles on walls as rows of a table; `emit` makes them all at once, normals and metric uv given."""

    def __init__(self, builder: SurfaceBuilder, walls: Walls) -> None:
        self.builder, self.walls = builder, walls
        self._rects: list[NDArray[np.void]] = []
        self._rings: list[NDArray[np.void]] = []

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
        extra: Any = (0, 0, 0, 0),
        *,
        pane: bool = False,
        flip: bool = False,
    ) -> None:
        """N rectangles that face outward (inward if `flip`); a `pane` carries uv from 0 to 1, not metres."""
        rows = np.empty(len(w), _RECT)
        rows["w"], rows["d"], rows["finish"], rows["tint"], rows["extra"], rows["pane"] = w, d, finish, tint, extra, pane
        rows["s"][:, int(flip)], rows["s"][:, 1 - int(flip)] = s0, s1
        rows["z"][:, 0], rows["z"][:, 1] = z0, z1
        self._rects.append(rows)

    def sides(self, w: Index, s0: Any, s1: Any, z0: Any, z1: Any, d0: Any, d1: Any, finish: Any, tint: Any, *, inward: bool) -> None:
        """The four sides of N boxes between depths: seen from inside (an opening, `d0` outer) or from outside (a bar, `d1` outer).
        `tint` (4,), (N, 4), or (N, 4, 4, 4) by side (left, right, sill, head) and corner."""
        rows = np.empty(len(w), _RING)
        rows["w"], rows["finish"], rows["inward"] = w, finish, inward
        for name, low, high in (("s", s0, s1), ("z", z0, z1), ("d", d0, d1)):
            rows[name][:, 0], rows[name][:, 1] = low, high
        tints = np.asarray(tint)
        rows["tint"] = tints[:, None, None] if tints.ndim == 2 else tints
        self._rings.append(rows)

    def bars(self, w: Index, s0: Any, s1: Any, z0: Any, z1: Any, d0: Any, d1: Any, finish: Any, tint: Any) -> None:
        """Boxes that stand out from depth `d0` to `d1`, open at the back."""
        self.sides(w, s0, s1, z0, z1, d0, d1, finish, tint, inward=False)
        self.rect(w, s0, s1, z0, z1, d1, finish, tint)

    def emit(self) -> None:
        """Makes everything gathered since the last time."""
        if self._rects:
            r = joined(self._rects)
            s, z = r["s"][:, [0, 1, 1, 0]], r["z"][:, [0, 0, 1, 1]]
            seen = np.where(r["s"][:, 0] <= r["s"][:, 1], 1.0, -1.0)  # -1: from inside, its left is at the greater s
            normal = self.walls.out[r["w"]] * seen[:, None]
            uv, pane = np.empty((len(r), 4, 2), np.float32), r["pane"][:, None]
            uv[..., 0], uv[..., 1] = np.where(pane, _UNIT_UV[:, 0], s), np.where(pane, _UNIT_UV[:, 1], z)
            self.builder.quads(self.walls.corners(r["w"], s, z, r["d"][:, None]), r["finish"], r["tint"], uv, r["extra"], normal[:, None])
        if self._rings:
            r = joined(self._rings)
            n, w = len(r), np.repeat(r["w"], 4)
            s, z, d = (r[name][:, index].reshape(-1, 4) for name, index in (("s", _RING_S), ("z", _RING_Z), ("d", _RING_D)))
            sign = np.where(r["inward"], 1.0, -1.0)[:, None]
            along = self.walls.along[r["w"]] * sign
            up = np.broadcast_to(self.walls.up, (n, 3)) * sign
            normals = np.stack([along, -along, up, -up], axis=1).reshape(-1, 1, 3)
            level = np.arange(len(s))[:, None] % 4 > 1  # sill and head
            uv = np.empty((len(s), 4, 2), np.float32)
            uv[..., 0], uv[..., 1] = np.where(level, s, d), np.where(level, d, z)
            corners = self.walls.corners(w, s, z, d)
            self.builder.quads(corners, np.repeat(r["finish"], 4), r["tint"].reshape(-1, 4, 4), uv, (0, 0, 0, 0), normals)
        self._rects, self._rings = [], []


def inner_tints(tint: tuple[int, int, int], outer: int, deep: int) -> NDArray[np.uint8]:
    """(4, 4, 4) for `Faces.sides` seen from inside: the openness falls from `outer` to `deep` away from the opening."""
    openness = np.where(_RING_D == 1, deep, outer)[..., None]
    return np.concatenate([np.broadcast_to(tint, (4, 4, 3)), openness], axis=-1).astype(np.uint8)


def add_rods(
    builder: SurfaceBuilder,
    base: Array,
    tip: Array,
    radius: float | Array,
    finish: Finish = Finish.METAL,
    tint: tuple[int, int, int, int] = (88, 70, 58, 255),
) -> None:
    """Straight three-sided rods from `base` (N, 3) to `tip` (N, 3); `radius` one, or (N, 1)."""
    axis = unit3(tip - base, 1e-9)
    guide = np.where(abs(axis[:, 2:]) < 0.9, (0.0, 0.0, 1.0), (1.0, 0.0, 0.0))
    side = unit3(cross3(axis, guide))
    other = cross3(axis, side)
    ring = np.stack([np.cos(t) * side + np.sin(t) * other for t in (0.0, 2.0944, 4.1888, 0.0)], axis=1)
    reach = ring * np.asarray(radius)[..., None] if np.ndim(radius) else ring * radius
    low, high = np.empty(ring.shape), np.empty(ring.shape)
    for k in range(3):
        low[..., k], high[..., k] = base[:, k, None] + reach[..., k], tip[:, k, None] + reach[..., k]
    quads = np.stack([low[:, :-1], low[:, 1:], high[:, 1:], high[:, :-1]], axis=2).reshape(-1, 4, 3)
    normals = np.stack([ring[:, :-1], ring[:, 1:], ring[:, 1:], ring[:, :-1]], axis=2).reshape(-1, 4, 3)
    builder.quads(quads, finish, tint, normals=normals)
