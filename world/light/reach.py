"""Which voxels each emitter lights, and how strongly.

In: emitters, the light field's voxels, the cells that light does not pass.  Out: `reached`: (emitter, voxel, share) for all that gets
more than a trace. How: all pairs are found row by row of voxels, in arrays: a row crosses the sphere in which the emitter counts for
something, and the half-space it shines into. What is left is marched, in steps shorter than the cells of what stands between.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from world.light.occupancy import BELOW, CELLS, SIDE, TOP
from world.space.chunk_space import Emitters
from world.space.footprints import spread

TRACE_LUX = 0.004  # less than that of mean irradiance is not carried
_STEP_M = 0.875  # shorter than a cell: no wall is stepped over
_STEPS = np.array([4, 8, 16, 32, 49])  # as many as a distance needs, which emitters' reach bounds
# How near to the emitter and to the voxel one looks, as a share of the way and in metres: out of the cells of sign and wall.
_FROM, _FROM_M, _SHORT_OF, _SHORT_OF_M = 0.06, 0.6, 0.04, 0.3
_OPEN_PER_STEP = 0.06  # what one solid step lets through
_LET_THROUGH = (_OPEN_PER_STEP ** np.arange(_STEPS[-1] + 1)).astype(np.float32)
_AT_ONCE = 64  # emitters: their pairs stay in a cache
_BEHIND = 0.15 / 0.85  # one-sided emitters shine so far back: the sine of the angle behind their plane

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Voxels:
    """The light field's voxels, [z, y, x]: the middles (m) of evenly spaced `x` and `y`, of any `z`; where there is air; and how far
    aside (m) of the middle it lies. Metres from the grid's corner, heights from the street."""

    x: Floats  # (W,)
    y: Floats  # (H,)
    z: Floats  # (L,)
    air: NDArray[np.bool_]  # (L, H, W)
    aside: Singles  # (2, L, H, W)

    def middles(self) -> Singles:
        """(3, L · H · W): x, y and z of each."""
        z, y, x = np.meshgrid(self.z, self.y, self.x, indexing="ij")
        return np.stack([x, y, z]).reshape(3, -1).astype(np.float32)

    def places(self) -> Singles:
        """(3, L · H · W): to where in each light is carried."""
        places = self.middles()
        places[:2] += self.aside.reshape(2, -1)
        return places


@dataclass(frozen=True)
class Reach:
    """P pairs of an emitter and a voxel that it lights, sorted by emitter."""

    emitter: Ints  # (P,)
    voxel: Ints  # (P,) flat [z, y, x]
    share: Singles  # (P,) mean irradiance (lux) per candela
    distance: Singles  # (P,) m


def reached(e: Emitters, place: Floats, v: Voxels, cells: NDArray[np.uint8]) -> Reach:
    """All pairs. `place` (M, 3) are the emitters' places from the grid's corner."""
    # In single precision: half the memory to walk through, and voxels are two metres wide.
    beams = _Beams(e, place.T.astype(np.float32), v.middles(), v.places(), cells.reshape(-1))
    found = [beams.lit(*_rows(e, place, v, first)) for first in range(0, max(len(e), 1), _AT_ONCE)]
    return Reach(*(np.concatenate([getattr(part, f.name) for part in found]) for f in fields(Reach)))


def _radius(e: Emitters) -> Floats:
    """Beyond it (m) no voxel gets a trace: the root u = (d / reach)² of peak / 4 · (1 − u)² = trace · (u · reach² + size²), or 0."""
    a = e.candela.max(axis=1, initial=0.0) / (4.0 * TRACE_LUX)
    b, c = 2.0 * a + e.reach_m**2, a - e.size_m**2
    u = np.where(c > 0.0, (b - np.sqrt(np.maximum(b * b - 4.0 * a * c, 0.0))) / np.maximum(2.0 * a, 1e-9), 0.0)
    radius: Floats = e.reach_m * np.sqrt(u)
    return radius


def _rows(every: Emitters, places: Floats, v: Voxels, start: int) -> tuple[Ints, Ints]:
    """(emitter, voxel) of all air that may be lit by the emitters from `start` on, as many as are taken at once."""
    e = every.take(slice(start, start + _AT_ONCE))
    place, radius = places[start : start + _AT_ONCE], _radius(e) + 0.01
    (j0, j1), (k0, k1) = (
        (np.searchsorted(axis, place[:, n] - radius), np.searchsorted(axis, place[:, n] + radius)) for n, axis in ((1, v.y), (2, v.z))
    )
    m, row = spread(np.zeros(len(e), np.int64), (j1 - j0) * (k1 - k0))
    k = row // (j1 - j0)[m]
    k, j = k + k0[m], row - k * (j1 - j0)[m] + j0[m]
    dy, dz, r = v.y[j] - place[m, 1], v.z[k] - place[m, 2], radius[m]
    square = r * r - dy * dy - dz * dz
    crossed = np.flatnonzero(square > 0.0)
    m, j, k = (part.take(crossed) for part in (m, j, k))
    dy, dz, r = (part.take(crossed) for part in (dy, dz, r))
    high = np.sqrt(square.take(crossed))
    low = -high
    # What one-sided emitters shine into, normal · d > -behind · radius, bounds dx.
    one_sided = (e.normal != 0.0).any(axis=1) & ~e.two_sided
    nx, ny, nz = np.where(one_sided, e.normal.T, 0.0)[:, m]
    rest = dy * ny + dz * nz + _BEHIND * r
    bound = -rest / np.where(nx == 0.0, 1e-9, nx)
    low = np.where(nx >= 0.0, np.maximum(low, bound), low)
    high = np.where(nx < 0.0, np.minimum(high, bound), high)
    step, from_x = v.x[1] - v.x[0], place[m, 0] - v.x[0]
    i0 = np.ceil(np.clip((from_x + low) / step, 0, len(v.x))).astype(np.int64)
    i1 = np.floor(np.clip((from_x + high) / step + 1.0, 0, len(v.x))).astype(np.int64)
    run, voxel = spread((k * len(v.y) + j) * len(v.x) + i0, np.maximum(i1 - i0, 0))
    air = np.flatnonzero(v.air.reshape(-1).take(voxel))
    return start + m.take(run.take(air)), voxel.take(air)


class _Beams:
    """What lies between emitters and voxels."""

    def __init__(self, e: Emitters, place: Singles, middles: Singles, places: Singles, cells: NDArray[np.uint8]) -> None:
        self._place, self._middles, self._places, self._cells = place, middles, places, cells
        self._peak, self._square_size, self._per_square_reach = (
            a.astype(np.float32) for a in (e.candela.max(axis=1, initial=0.0), e.size_m**2, 1.0 / e.reach_m**2)
        )
        self._normal = e.normal.T.astype(np.float32)
        # At a right angle to the normal, and how the cosine counts behind.
        self._aside = np.where(e.two_sided, 0.25, np.where((e.normal == 0.0).all(axis=1), 1.0, 0.15)).astype(np.float32)
        self._behind = np.where(e.two_sided, -1.0, 1.0).astype(np.float32)

    def lit(self, m: Ints, voxel: Ints) -> Reach:
        """Those of the pairs (emitter, voxel) that get light, and how much."""
        x, y, z = (to.take(voxel) - start.take(m) for to, start in zip(self._middles, self._place, strict=True))
        square = x * x + y * y + z * z
        window = np.maximum(1 - square * self._per_square_reach.take(m), 0)
        share = np.float32(0.25) * self._shape(m, x, y, z, square) * window * window / (square + self._square_size.take(m))
        bright = np.flatnonzero(share * self._peak.take(m) > TRACE_LUX)
        m, voxel, share = m.take(bright), voxel.take(bright), share.take(bright)
        places = [start.take(m) for start in self._place]
        way = [to.take(voxel) - start for to, start in zip(self._places, places, strict=True)]
        distance = np.sqrt(way[0] * way[0] + way[1] * way[1] + way[2] * way[2] + np.float32(1e-6))
        open_ = np.empty(len(m), np.float32)
        kind = np.searchsorted(_STEPS * _STEP_M, distance).clip(max=len(_STEPS) - 1)
        for k, steps in enumerate(_STEPS.tolist()):
            these = np.flatnonzero(kind == k)
            if len(these):
                open_[these] = self._open([p.take(these) for p in places], [w.take(these) for w in way], distance.take(these), steps)
        return Reach(m, voxel, share * open_, distance)

    def _open(self, place: list[Singles], way: list[Singles], distance: Singles, steps: int) -> Singles:
        """What walls let through from `place` along `way`."""
        first = np.minimum(np.float32(_FROM), np.float32(_FROM_M) / distance)
        step = (np.float32(1.0) - np.minimum(np.float32(_SHORT_OF), np.float32(_SHORT_OF_M) / distance) - first) / np.float32(steps)
        first += np.float32(0.5) * step
        x, y, z = (p + first * w for p, w in zip(place, way, strict=True))
        dx, dy, dz = (step * w for w in way)
        z += np.float32(BELOW)
        solid = np.zeros(len(distance), np.uint8)
        for _ in range(steps):
            # No clipping sideways: whatever reaches into the chunk stands within the grid's margin.
            column = y.astype(np.int32) * SIDE + x.astype(np.int32)
            solid += self._cells.take(column * CELLS + np.clip(z, 0, TOP).astype(np.int32))
            x += dx
            y += dy
            z += dz
        return _LET_THROUGH.take(solid)

    def _shape(self, m: Ints, x: Singles, y: Singles, z: Singles, square: Singles) -> Singles:
        """How much of its peak an emitter sends towards (x, y, z)."""
        nx, ny, nz = (part.take(m) for part in self._normal)
        cosine = (x * nx + y * ny + z * nz) / np.sqrt(square + np.float32(1e-6))
        aside = self._aside.take(m)
        return np.clip(aside + (1 - aside) * np.maximum(cosine, self._behind.take(m) * cosine), np.float32(0), np.float32(1))
