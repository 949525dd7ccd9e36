"""The faces of rooms, gathered to be made into vertices all at once.

In: quads and triangles with what they are made of.  Out: faces in a `SurfaceBuilder`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from world.mesh.surface import Finish, SurfaceBuilder

Array = NDArray[np.float64]
_GLASS = (60, 72, 72, 255)


class RoomFaces:
    """Gathers quads (N, 4, 3) with their finish, tint, openness and glow, to be made into vertices all at once."""

    def __init__(self) -> None:
        self._metric: list[tuple[Array, NDArray[np.int64], NDArray[np.int64], int]] = []
        self._mapped: list[tuple[Array, NDArray[np.int64], NDArray[np.int64], Array]] = []
        self._shards: list[Array] = []

    def add(self, corners: Array, finish: int, tint: tuple[int, int, int, int], glow: int = 0) -> None:
        """Patterns run along each face's first edge, in metres."""
        n = len(corners)
        self._metric.append((corners, np.full(n, finish), np.broadcast_to(np.array(tint), (n, 4, 4)), glow))

    def add_mapped(self, corners: Array, finish: NDArray[np.int64], tint: NDArray[np.int64], uv: Array) -> None:
        """With uv (N, 4, 2) and a tint (N, 4, 4) of their own."""
        self._mapped.append((corners, finish, tint, uv))

    def add_shards(self, corners: Array) -> None:
        """Triangles (N, 3, 3) of glass, seen from both sides."""
        self._shards += [corners, corners[:, ::-1]]

    def emit(self, builder: SurfaceBuilder) -> None:
        """Everything gathered, as vertices."""
        if self._metric:
            corners, finish, tint = (np.concatenate([part[k] for part in self._metric]) for k in range(3))
            extra = np.zeros((len(corners), 4), dtype=np.uint8)
            extra[:, 1] = np.repeat([part[3] for part in self._metric], [len(part[0]) for part in self._metric])
            builder.quads(corners, finish, tint, None, extra)
        if self._shards:
            builder.triangles(np.concatenate(self._shards), Finish.GLASS, _GLASS, None, (0, 0, 0, 1))
        if self._mapped:
            builder.quads(*(np.concatenate([part[k] for part in self._mapped]) for k in range(4)))
