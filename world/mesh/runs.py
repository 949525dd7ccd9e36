"""Runs of varying length, end to end in one array: the bays of walls, the letters of signs.

In: how long each run is.  Out: for every entry whose it is, and its number within its run.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def counted(count: NDArray[Any]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """(whose run (M,), number in it (M,)) of the entries of runs that are `count` (N,) long."""
    of = np.repeat(np.arange(len(count)), count)
    return of, np.arange(len(of)) - np.repeat(np.cumsum(count) - count, count)


def spread(
    low: NDArray[np.float64], high: NDArray[np.float64], count: NDArray[Any]
) -> tuple[NDArray[np.float64], NDArray[np.intp], NDArray[np.intp]]:
    """`count` (N,) even steps from `low` to `high`, as np.linspace takes them: (places, whose run, number in it)."""
    of, k = counted(count)
    at = k * ((high - low) / (count - 1))[of] + low[of]
    return np.where(k == count[of] - 1, high[of], at), of, k
