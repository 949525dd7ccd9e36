"""Vectors in the plane, many at a time.

In: float64 arrays (R, 2).  Out: lengths, unit vectors, turns; the same bits on every processor.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from world.sim.exact import TURN, sines_cosines


def lengths(way: NDArray[np.float64]) -> NDArray[np.float64]:
    """(R,)."""
    return np.sqrt(way[:, 0] * way[:, 0] + way[:, 1] * way[:, 1])


def units(way: NDArray[np.float64], otherwise: NDArray[np.float64]) -> NDArray[np.float64]:
    """Unit vectors, (R, 2); `otherwise` where there is no way at all."""
    length = lengths(way)
    return np.where((length > 1e-6)[:, None], way / np.maximum(length, 1e-9)[:, None], otherwise)


def turned(old: NDArray[np.float64], to: NDArray[np.float64], most_deg: NDArray[np.float64]) -> NDArray[np.float64]:
    """Unit vectors `old` (R, 2) turned towards `to`, by `most_deg` (R,) at the most."""
    sine, cosine = sines_cosines(np.rint(most_deg * (TURN / 360.0)).astype(np.int64))
    dot = old[:, 0] * to[:, 0] + old[:, 1] * to[:, 1]
    side = np.where(old[:, 0] * to[:, 1] - old[:, 1] * to[:, 0] >= 0.0, sine, -sine)
    turned = np.column_stack([old[:, 0] * cosine - old[:, 1] * side, old[:, 1] * cosine + old[:, 0] * side])
    return units(np.where((dot >= cosine)[:, None], to, turned), old)
