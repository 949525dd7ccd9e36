"""Lines of sight: which segments are free, and where a solid cuts them.

In: a `Region`, segments a → b (S, 3) in metres, what the solid must stop.  Out: free or not, or every cut.
How: in a sheared box's own frame (u, v, height over its sloping bottom) the box is straight and a segment stays a segment, so
that the slab test is exact (Kay and Kajiya 1986). The street itself blocks nothing: it is flat within .3 m.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from world.space.chunk_space import Flag
from world.space.index import Region

_EDGE_M = 1e-6


def cuts(
    region: Region, a: NDArray[np.float64], b: NDArray[np.float64], flag: Flag
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """(segment, solid, from, to) of all cuts by solids with `flag`; from and to are shares of the segment in [0, 1]."""
    segment, solid = region.along(a, b)
    keep = (region.solids.flags[solid] & flag) != 0
    segment, solid = segment[keep], solid[keep]
    s = region.solids
    axis, slope, half = s.axis[solid], s.slope[solid], s.half[solid]
    start, way = a[segment], (b - a)[segment]
    dx, dy = start[:, 0] - s.centre[solid, 0], start[:, 1] - s.centre[solid, 1]
    u, du = dx * axis[:, 0] + dy * axis[:, 1], way[:, 0] * axis[:, 0] + way[:, 1] * axis[:, 1]
    v, dv = dy * axis[:, 0] - dx * axis[:, 1], way[:, 1] * axis[:, 0] - way[:, 0] * axis[:, 1]
    w, dw = start[:, 2] - slope[:, 0] * u - slope[:, 1] * v, way[:, 2] - slope[:, 0] * du - slope[:, 1] * dv
    enter, leave = np.zeros(len(solid)), np.ones(len(solid))
    sides = ((u, du, -half[:, 0], half[:, 0]), (v, dv, -half[:, 1], half[:, 1]), (w, dw, s.bottom[solid], s.top[solid]))
    for at, along, low, high in sides:
        still = abs(along) < 1e-12
        safe = np.where(still, 1.0, along)
        t0, t1 = (low - at) / safe, (high - at) / safe
        inside = (at > low) & (at < high)
        enter = np.maximum(enter, np.where(still, np.where(inside, 0.0, 2.0), np.minimum(t0, t1)))
        leave = np.minimum(leave, np.where(still, np.where(inside, 1.0, -1.0), np.maximum(t0, t1)))
    length = np.sqrt(way[:, 0] * way[:, 0] + way[:, 1] * way[:, 1] + way[:, 2] * way[:, 2])
    hit = (leave - enter) * length > _EDGE_M
    return segment[hit], solid[hit], enter[hit], leave[hit]


def clear(region: Region, a: NDArray[np.float64], b: NDArray[np.float64], flag: Flag = Flag.SIGHT) -> NDArray[np.bool_]:
    """(S,): whether nothing with `flag` stands between a and b."""
    free = np.ones(len(a), dtype=bool)
    free[cuts(region, a, b, flag)[0]] = False
    return free


def visible_fraction(
    region: Region, eyes: NDArray[np.float64], body: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """(R,): the share of a body of P points `body` (P, 3), weighted, that each of `eyes` (R, 3) has a free line to."""
    count, points = len(eyes), len(body)
    free = clear(region, np.repeat(eyes, points, axis=0), np.tile(body, (count, 1)))
    shares = free.reshape(count, points) * weights
    total = np.zeros(count)
    for k in range(points):  # in this order on every machine
        total += shares[:, k]
    return total
