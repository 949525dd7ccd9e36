"""Which cells of a square raster the footprints of solids lie over, and the sizes of those who pass between them.

In: `Solids`, a raster.  Out: (solid, row, column) of every overlap; coordinates in the frames of solids.
How: separating axes between a turned rectangle, grown by a margin, and a cell.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from world.space.chunk_space import Solids

SLOPE_MAX = 0.8390996311772799  # tan 40 degrees: what feet can stand on
ROBOT_RADIUS_M = 0.45
ROBOT_BAND_M = (0.35, 1.7)  # above the ground: what stands lower is floated over, what hangs higher passed under


def spread(first: NDArray[np.int64], count: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All members of N runs `first[k] .. first[k] + count[k] - 1`: (which run, member), each of length count.sum()."""
    run = np.repeat(np.arange(len(count)), count)
    starts = np.cumsum(count) - count
    return run, np.arange(len(run)) + np.repeat(first - starts, count)


def footprint_cells(
    solids: Solids, origin: tuple[float, float], step_m: float, cells: int, margin_m: float
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """(solid, row, column) of every cell of a square raster that the boxes' footprints, grown by `margin_m`, may overlap."""
    low, high = solids.bounds()
    i0 = np.clip(np.floor((low[:, :2] - margin_m - origin) / step_m).astype(np.int64), 0, cells)
    i1 = np.clip(np.floor((high[:, :2] + margin_m - origin) / step_m).astype(np.int64) + 1, 0, cells)
    columns, rows = np.maximum(i1 - i0, 0).T
    solid, k = spread(np.zeros(len(solids), np.int64), columns * rows)
    row, column = i0[solid, 1] + k // columns[solid], i0[solid, 0] + k % columns[solid]
    u, v = local_uv(solids, solid, origin[0] + (column + 0.5) * step_m, origin[1] + (row + 0.5) * step_m)
    reach = 0.5 * step_m * abs(solids.axis[solid]).sum(axis=1) + margin_m
    keep = (abs(u) <= solids.half[solid, 0] + reach) & (abs(v) <= solids.half[solid, 1] + reach)
    return solid[keep], row[keep], column[keep]


def local_uv(
    solids: Solids, which: NDArray[np.int64], x: NDArray[np.floating], y: NDArray[np.floating]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Coordinates (u, v) of points in the frames of `which` solids."""
    dx, dy = x - solids.centre[which, 0], y - solids.centre[which, 1]
    ax, ay = solids.axis[which, 0], solids.axis[which, 1]
    return dx * ax + dy * ay, dy * ax - dx * ay
