"""Closed polylines, and how far round them one is.

In: corners (m), metres round.  Out: lengths and points.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


def loop_length(loop: NDArray[np.float64]) -> float:
    """Length of a closed polyline (K, 2), metres."""
    way = np.roll(loop, -1, axis=0) - loop
    return math.fsum(np.sqrt(way[:, 0] * way[:, 0] + way[:, 1] * way[:, 1]).tolist())


def point_on(loop: NDArray[np.float64], along_m: float) -> tuple[float, float]:
    """The point `along_m` round a closed polyline; one without length is a post to stand at."""
    length = loop_length(loop)
    left = along_m % length if length else 0.0
    points = loop.tolist()
    for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[0]], strict=True):
        length = math.sqrt((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0))
        if left <= length:
            share = left / length if length else 0.0
            return x0 + (x1 - x0) * share, y0 + (y1 - y0) * share
        left -= length
    return points[0][0], points[0][1]


@dataclass(frozen=True)
class Rounds:
    """R polylines of K corners each, measured once."""

    corners: NDArray[np.float64]  # (R, K, 2)
    way: NDArray[np.float64]  # (R, K, 2) to the next corner
    length: NDArray[np.float64]  # (R, K) of that way
    upto: NDArray[np.float64]  # (R, K) from the first corner to the end of it

    @staticmethod
    def of(corners: NDArray[np.float64]) -> Rounds:
        """Those with the given corners."""
        way = np.roll(corners, -1, axis=1) - corners
        length = np.sqrt(way[:, :, 0] * way[:, :, 0] + way[:, :, 1] * way[:, :, 1])
        return Rounds(corners, way, length, np.cumsum(length, axis=1))

    def points(self, row: NDArray[np.intp], along_m: NDArray[np.float64]) -> NDArray[np.float64]:
        """The points (N, 2) `along_m` (N,) round those of the rows."""
        upto = self.upto[row]
        left = along_m % np.where(upto[:, -1] > 0.0, upto[:, -1], np.inf)  # a post has no length
        side = np.minimum((left[:, None] > upto).sum(axis=1), upto.shape[1] - 1)
        past = np.where(side > 0, self.upto[row, side - 1], 0.0)
        share = np.clip((left - past) / np.maximum(self.length[row, side], 1e-9), 0.0, 1.0)
        return np.asarray(self.corners[row, side] + self.way[row, side] * share[:, None])
