"""Ready pieces that are set down: turned, shifted, perhaps scaled, however many at once.

In: `Piece`s, and where each stands.  Out: their vertices.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from world.mesh.vertex import joined

Point = tuple[float, float, float]


@dataclass(frozen=True)
class Piece:
    """`vertices` (V,) of `VERTEX`: all that placing does not change; `columns` (6, V): positions, and normals times 127.49, by component
    (the order that turns fastest); `indices` (3·T,); `metric`: whether its uv are metres, which grow with it."""

    vertices: NDArray[np.void]
    columns: NDArray[np.float32]
    indices: NDArray[np.uint32]
    metric: bool


class Placements:
    """Gathers where pieces stand; `vertices` makes them all together, in that order."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self._axes: list[tuple[Point, Point, Point]] = []
        self._rest: list[tuple[float, float, float, float]] = []  # origin, scale
        self._seeds: list[int] = []  # variant bytes

    def add(self, piece: Piece, axes: tuple[Point, Point, Point], origin: Point, scale: float, seed: int) -> None:
        """One piece, by its right, forward and up, and where its origin is."""
        self._pieces.append(piece)
        self._axes.append(axes)
        self._rest.append((*origin, scale))
        self._seeds.append(seed & 255)

    def vertices(self) -> NDArray[np.void]:
        """All of them, end to end."""
        counts = np.array([len(piece.vertices) for piece in self._pieces])
        made = joined([piece.vertices for piece in self._pieces])
        columns = np.concatenate([piece.columns for piece in self._pieces], axis=1)
        axes, rest = np.array(self._axes, dtype=np.float32), np.array(self._rest, dtype=np.float32)
        position, normal, uv = made["position"], made["normal"], made["uv"]
        scales = rest[:, 3]
        if (scales != 1.0).any():
            columns[:3] *= np.repeat(scales, counts)
            metric = np.repeat(np.where([piece.metric for piece in self._pieces], scales, 1.0), counts)
            for k in range(2):
                uv[:, k] *= metric
        x, y, z, p, q, r = columns
        for k in range(3):
            a, b, c, o = (np.repeat(column, counts) for column in (*axes[:, :, k].T, rest[:, k]))
            position[:, k] = x * a + y * b + z * c + o
            normal[:, k] = p * a + q * b + r * c + np.float32(128.0)  # cut off after the point, so that halves round
        made["extra"][:, 2] = np.repeat(np.array(self._seeds, dtype=np.uint8), counts)
        return made
