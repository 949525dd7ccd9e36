"""The faces of rooms, gathered to be made into vertices all at once.

In: boxes, quads and triangles of sites (u, v, z), with what they are made of.  Out: faces in a `SurfaceBuilder`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from world.mesh.surface import Finish, SurfaceBuilder
from world.plan.hollow import Box, Face

Array = NDArray[np.float64]
Rgba = tuple[int, int, int, int]
_GLASS = (60, 72, 72, 255)
_CUBE = np.array(  # a unit cube's faces, counter-clockwise from outside
    [
        [[0, 0, 0], [0, 1, 0], [1, 1, 0], [1, 0, 0]],
        [[0, 0, 1], [1, 0, 1], [1, 1, 1], [0, 1, 1]],
        [[0, 0, 0], [1, 0, 0], [1, 0, 1], [0, 0, 1]],
        [[1, 0, 0], [1, 1, 0], [1, 1, 1], [1, 0, 1]],
        [[1, 1, 0], [0, 1, 0], [0, 1, 1], [1, 1, 1]],
        [[0, 1, 0], [0, 0, 0], [0, 0, 1], [0, 1, 1]],
    ],
    dtype=np.float64,
)


class RoomFaces:
    """Gathers what sites are made of; `begin` starts one, and what follows stands in its frame."""

    def __init__(self) -> None:
        self._frames: list[tuple[float, ...]] = []  # origin (x, y), axis (x, y)
        self._metric: list[tuple[Box | Face | Array, int, Rgba, int, int, int]] = []  # shape, finish, tint, glow, state, site
        self._mapped: list[tuple[Array, NDArray[np.int64], NDArray[np.int64], Array, NDArray[np.uint8], int]] = []
        self._shards: list[tuple[Array, int]] = []

    def begin(self, origin: tuple[float, float], axis: tuple[float, float]) -> None:
        """A site, by where its (0, 0) is in the chunk and where its u points."""
        self._frames.append((*origin, *axis))

    def add(self, shape: Box | Face | Array, finish: int, tint: Rgba, glow: int = 0, state: int = 0) -> None:
        """A closed box, a face, or quads (N, 4, 3); patterns run along each face's first edge, in metres."""
        self._metric.append((shape, finish, tint, glow, state, len(self._frames) - 1))

    def add_mapped(self, corners: Array, finish: NDArray[np.int64], tint: NDArray[np.int64], uv: Array, extra: NDArray[np.uint8]) -> None:
        """Quads with a finish (N,), a tint (N, 4, 4), uv (N, 4, 2) and the four bytes of `VERTEX.extra` (N, 4) of their own."""
        self._mapped.append((corners, finish, tint, uv, extra, len(self._frames) - 1))

    def add_shards(self, corners: Array) -> None:
        """Triangles (N, 3, 3) of glass, seen from both sides."""
        self._shards += [(corners, len(self._frames) - 1), (corners[:, ::-1], len(self._frames) - 1)]

    def emit(self, builder: SurfaceBuilder) -> None:
        """Everything gathered, as vertices."""
        if self._metric:
            shapes = [row[0] for row in self._metric]
            ends = np.array([shape for shape in shapes if isinstance(shape, Box)]).reshape(-1, 1, 1, 6)
            boxes = iter(ends[..., :3] + _CUBE * (ends[..., 3:] - ends[..., :3]))
            faces = iter(corners_of([shape for shape in shapes if isinstance(shape, Face)])[:, None])
            parts = [next(boxes) if isinstance(s, Box) else next(faces) if isinstance(s, Face) else s for s in shapes]
            count = [len(part) for part in parts]
            finish, tint, glow, state, site = (np.repeat([row[k] for row in self._metric], count, axis=0) for k in range(1, 6))
            extra = np.zeros((len(finish), 4), dtype=np.uint8)
            extra[:, 1], extra[:, 3] = glow, state
            builder.quads(self._placed(np.concatenate(parts), site), finish, tint, None, extra)
        if self._shards:
            site = np.repeat([at for _, at in self._shards], [len(part) for part, _ in self._shards])
            builder.triangles(
                self._placed(np.concatenate([part for part, _ in self._shards]), site), Finish.GLASS, _GLASS, None, (0, 0, 0, 1)
            )
        if self._mapped:
            site = np.repeat([row[5] for row in self._mapped], [len(row[0]) for row in self._mapped])
            corners, finish, tint, uv, extra = (np.concatenate([row[k] for row in self._mapped]) for k in range(5))
            builder.quads(self._placed(corners, site), finish, tint, uv, extra)

    def _placed(self, points: Array, site: NDArray[Any]) -> Array:
        """Points (N, K, 3) of sites (N,) in the chunk."""
        ox, oy, ax, ay = np.array(self._frames)[site].T[..., None]
        there = np.empty(points.shape)
        u, v = points[..., 0], points[..., 1]
        there[..., 0], there[..., 1], there[..., 2] = ox + u * ax - v * ay, oy + u * ay + v * ax, points[..., 2]
        return there


def corners_of(faces: Sequence[Face]) -> Array:
    """(N, 4, 3), each counter-clockwise as seen from the side its normal points to."""
    rows = np.array([(f.axis, f.sign, f.at, *f.low, *f.high) for f in faces], dtype=np.float64).reshape(-1, 7)
    axis, sign = rows[:, 0].astype(np.intp), rows[:, 1]
    p, q = rows[:, [3, 5, 5, 3]], rows[:, [4, 4, 6, 6]]
    turned = (axis != 1) != (sign > 0.0)  # y is crossed from x to z
    p[turned], q[turned] = p[turned, ::-1], q[turned, ::-1]
    corners, row = np.empty((len(rows), 4, 3)), np.arange(len(rows))
    corners[row, :, axis], corners[row, :, np.where(axis == 0, 1, 0)], corners[row, :, np.where(axis == 2, 1, 2)] = rows[:, 2:3], p, q
    return corners
