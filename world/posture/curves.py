"""The curves that movements are drawn with.

In: numbers or arrays.  Out: the same shape.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
TURN = 2.0 * np.pi


def eased(x: Floats, low: float, high: float) -> Floats:
    """0 up to `low`, 1 from `high` on, smooth in between."""
    t = np.clip((x - low) / (high - low), 0.0, 1.0)
    return t * t * (3.0 - 2.0 * t)


def own_share(key: NDArray[np.int64], lane: int = 0) -> Floats:
    """A number in [0, 1) of each body's own, by the golden ratio's multiples; lanes are unlike each other."""
    return np.mod((key % 100_003) * 0.6180339887498949 + lane * 0.7548776662466927, 1.0)
