"""How far a flying camera is from whatever it could fly into.

In: the world's solids and lights (`SpaceWindow`).  Out: a clearance map of the 192 m round a place, to plan on; and the distance
from any points to the nearest solid, to check with. Signs have no solids, so each light that hangs low counts as a ball.
Method: a raster of what stands in the camera's storey, and its Euclidean distance transform.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt

from world.space.chunk_space import CHUNK_M, Solids
from world.space.footprints import footprint_cells
from world.space.index import Region
from world.space.window import SpaceWindow

STEP_M = 0.5
CELLS = int(Region.SIDE * CHUNK_M / STEP_M)
STOREY_M = (0.7, 3.8)  # above the ground: what reaches into it is in the way of a camera at 1.4 to 3 m
_LIGHT_RADIUS_M = 0.6

Array = NDArray[np.float64]


@dataclass(frozen=True)
class ClearanceMap:
    """`clear` (CELLS, CELLS) [row = y]: metres from a cell's middle to the nearest obstacle's cell. `corner` is south-west."""

    corner: tuple[float, float]
    clear: Array

    def cell_of(self, x: float, y: float) -> tuple[int, int]:
        """(row, column) of a place inside the map."""
        return int((y - self.corner[1]) / STEP_M), int((x - self.corner[0]) / STEP_M)

    def at(self, xy: Array) -> Array:
        """Clearance at places (N, 2); 0 outside the map."""
        cell = np.floor((xy - self.corner) / STEP_M).astype(np.int64)
        inside = np.all((cell >= 0) & (cell < CELLS), axis=-1)
        safe = np.where(inside[..., None], cell, 0)
        return np.where(inside, self.clear[safe[..., 1], safe[..., 0]], 0.0)

    def middles(self, cells: NDArray[np.intp]) -> Array:
        """World places (N, 2) of flat cell indices."""
        return np.stack([cells % CELLS, cells // CELLS], axis=-1) * STEP_M + (0.5 * STEP_M + np.array(self.corner))


def map_clearance(window: SpaceWindow, x: float, y: float) -> ClearanceMap:
    """The clearance of the 3 × 3 chunks round (x, y)."""
    region = window.region(x, y)
    solids = Solids.join([region.solids, _low_lights(window, x, y)])
    ground = np.repeat(np.repeat(region.height, 2, axis=0), 2, axis=1)
    solid, row, column = footprint_cells(solids, region.origin, STEP_M, CELLS, 0.0)
    du = region.origin[0] + (column + 0.5) * STEP_M - solids.centre[solid, 0]
    dv = region.origin[1] + (row + 0.5) * STEP_M - solids.centre[solid, 1]
    ax, ay = solids.axis[solid, 0], solids.axis[solid, 1]
    rise = solids.slope[solid, 0] * (du * ax + dv * ay) + solids.slope[solid, 1] * (dv * ax - du * ay)
    floor = ground[row, column]
    blocks = (solids.top[solid] + rise > floor + STOREY_M[0]) & (solids.bottom[solid] + rise < floor + STOREY_M[1])
    free = np.ones((CELLS, CELLS), dtype=bool)
    free[row[blocks], column[blocks]] = False
    return ClearanceMap(region.origin, distance_transform_edt(free, sampling=STEP_M))


def distance_to_solids(window: SpaceWindow, points: Array) -> Array:
    """Metres from each point (N, 3) to the nearest solid or low light among the chunks round it (0 inside one, at most 64)."""
    out = np.full(len(points), CHUNK_M)
    chunk = np.floor(points[:, :2] / CHUNK_M)
    for key in np.unique(chunk, axis=0):
        here = np.flatnonzero(np.all(chunk == key, axis=1))
        x, y = (float(c) for c in (key + 0.5) * CHUNK_M)
        solids = Solids.join([window.region(x, y).solids, _low_lights(window, x, y)])
        for some in np.array_split(here, max(1, len(here) // 64)):
            out[some] = np.minimum(out[some], _distance(solids, points[some]).min(axis=1, initial=CHUNK_M))
    return out


def _distance(solids: Solids, points: Array) -> Array:
    """(N, M) metres from points to sheared boxes: exact for level ones, a lower bound by the cosine of the slope for others."""
    d = points[:, None, :2] - solids.centre
    u = d[..., 0] * solids.axis[:, 0] + d[..., 1] * solids.axis[:, 1]
    v = d[..., 1] * solids.axis[:, 0] - d[..., 0] * solids.axis[:, 1]
    qu, qv = np.clip(u, -solids.half[:, 0], solids.half[:, 0]), np.clip(v, -solids.half[:, 1], solids.half[:, 1])
    rise = solids.slope[:, 0] * qu + solids.slope[:, 1] * qv
    z = points[:, None, 2]
    steepness = np.sqrt(1.0 + (solids.slope**2).sum(axis=1))
    dz = np.maximum(np.maximum(solids.bottom + rise - z, z - solids.top - rise), 0.0) / steepness
    return np.sqrt((u - qu) ** 2 + (v - qv) ** 2 + dz**2)


def _low_lights(window: SpaceWindow, x: float, y: float) -> Solids:
    """Boxes in place of the lights that hang where a camera could meet the signs they belong to."""
    cx, cy = math.floor(x / CHUNK_M), math.floor(y / CHUNK_M)
    spaces = [window.chunk(cx + i, cy + j).space for j in (-1, 0, 1) for i in (-1, 0, 1)]
    position = np.concatenate([space.emitters.position for space in spaces])
    position = position[position[:, 2] < STOREY_M[1] + 1.0]
    n = len(position)
    half, axis = np.full((n, 2), _LIGHT_RADIUS_M), np.tile([1.0, 0.0], (n, 1))
    z, none = position[:, 2], np.zeros(n, np.uint8)
    return Solids(position[:, :2], half, axis, z - _LIGHT_RADIUS_M, z + _LIGHT_RADIUS_M, np.zeros((n, 2)), none, none)
