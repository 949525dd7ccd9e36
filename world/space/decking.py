"""What a robot may hover over above the street: decks, ramps of fallen slabs, stairs, upper floors.

In: a chunk's solids that stop a body, its ground.  Out: `decking`, (64, 64) heights of the highest such surface, or NaN.
How: of each square metre's tops, the highest that is not too steep, lies above what a robot floats over and leaves room for it; as
`world.space.walkable` finds spots for feet, but at a robot's scale and one layer above the street.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from world.space.chunk_space import CHUNK_M, Solids
from world.space.footprints import ROBOT_BAND_M, ROBOT_RADIUS_M, SLOPE_MAX, footprint_cells

HIGHEST_M = 16.0
RISE_M = 0.85  # from one square metre to the next, at the most
_SIDE = int(CHUNK_M)


def decking(solids: Solids, origin: tuple[float, float], ground: NDArray[np.float64]) -> NDArray[np.float64]:
    """`ground` (64, 64) is the street's height at the middles of the square metres [row = y]."""
    solid, row, column = footprint_cells(solids, origin, 1.0, _SIDE, ROBOT_RADIUS_M)
    dx = origin[0] + column + 0.5 - solids.centre[solid, 0]
    dy = origin[1] + row + 0.5 - solids.centre[solid, 1]
    ax, ay = solids.axis[solid, 0], solids.axis[solid, 1]
    u, v = dx * ax + dy * ay, dy * ax - dx * ay
    half = solids.half[solid]
    qu, qv = np.clip(u, -half[:, 0], half[:, 0]), np.clip(v, -half[:, 1], half[:, 1])
    lift = solids.slope[solid, 0] * qu + solids.slope[solid, 1] * qv
    top, bottom = solids.top[solid] + lift, solids.bottom[solid] + lift
    under = (u == qu) & (v == qv)
    near = (u - qu) ** 2 + (v - qv) ** 2 < ROBOT_RADIUS_M**2
    steep = ((solids.slope**2).sum(axis=1) > SLOPE_MAX**2)[solid]
    cell = row * _SIDE + column
    floor = ground.reshape(-1)
    bears = under & ~steep & (top > floor[cell] + ROBOT_BAND_M[0] * 0.5) & (top < HIGHEST_M)
    height = np.full(_SIDE * _SIDE, np.nan)
    order = np.flatnonzero(bears)
    order = order[np.argsort(-top[order], kind="stable")]
    left = np.ones(len(order), dtype=bool)
    while left.any():  # the highest first; where it has no room, the next lower one
        tried = order[left]
        _, first = np.unique(cell[tried], return_index=True)
        chosen = tried[np.sort(first)]
        at = np.full(_SIDE * _SIDE, np.nan)
        at[cell[chosen]] = top[chosen]
        z = at[cell]
        stops = near & (top > z + ROBOT_BAND_M[0]) & (bottom < z + ROBOT_BAND_M[1])
        blocked = np.zeros(_SIDE * _SIDE, dtype=bool)
        blocked[cell[stops]] = True
        fits = np.isfinite(at) & ~blocked
        height[fits] = at[fits]
        settled = np.zeros(_SIDE * _SIDE, dtype=bool)
        settled[cell[chosen[fits[cell[chosen]]]]] = True
        gone = np.zeros(len(solid), dtype=bool)
        gone[chosen] = True
        left &= ~settled[cell[order]] & ~gone[order]
    return height.reshape(_SIDE, _SIDE)
