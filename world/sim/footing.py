"""What carries robots, and what stops them.

In: the region round the hero, places (R, 2), heights.  Out: whether one can be there, the floor's height, the way along a wall.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from world.space.decking import RISE_M
from world.space.index import Region

_SLIDES_M = 1e-4


def along_walls(
    region: Region, place: NDArray[np.float64], after: NDArray[np.float64], z: NDArray[np.float64], heeds: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """(places, who is stopped): whoever would brush a corner, shoved off its line or on its line's very edge, slides along it."""
    stopped = heeds & ~_open(region, after, z)
    if not stopped.any():
        return after, stopped
    after = after.copy()
    rows = np.flatnonzero(stopped)
    for axis in (0, 1):
        slid = place[rows].copy()
        slid[:, axis] = after[rows, axis]
        free = _open(region, slid, z[rows]) & (abs(slid - place[rows]).sum(axis=1) > _SLIDES_M)
        after[rows[free]] = slid[free]
        rows = rows[~free]
    after[rows] = place[rows]
    left = np.zeros(len(place), dtype=bool)
    left[rows] = True
    return after, left


def _cells(region: Region, place: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """(row, column, whether the place lies within the region)."""
    side = len(region.free)
    cell = np.floor(place - np.array(region.origin)).astype(np.int64)
    inside = ((cell >= 0) & (cell < side)).all(axis=1)
    cell = np.clip(cell, 0, side - 1)
    return cell[:, 1], cell[:, 0], inside


def free_at(region: Region, place: NDArray[np.float64]) -> NDArray[np.bool_]:
    row, column, inside = _cells(region, place)
    return np.asarray(region.free[row, column] & inside)


def _open(region: Region, place: NDArray[np.float64], z: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether there is a floor for robots at places: the street, or one above at about z; beyond the region there always is."""
    row, column, inside = _cells(region, place)
    return np.asarray(region.free[row, column] | (abs(region.deck[row, column] - z) < RISE_M) | ~inside)


def floors_at(region: Region, place: NDArray[np.float64], z: NDArray[np.float64], flies: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Heights of the floors (R,) under robots at height z: the street, or a deck where that is nearer; beyond the region as it was."""
    row, column, inside = _cells(region, place)
    street, deck = region.height[row, column], region.deck[row, column]
    floor = np.where(~flies & (abs(deck - z) < abs(street - z)), deck, street)
    return np.where(inside, floor, z)
