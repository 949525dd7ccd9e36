"""How a thing stands on uneven ground: on the corners of its footprint, leaning with the plane that fits them best.

In: a `Terrain`, things at z = 0.  Out: the things that find a footing, each at its height and slope. The four corners are those of the
blocks by which it touches the ground. What is planted (a pole, a tree) stands upright at their mean height. Where
the ground is so twisted that a corner would float or sink by more than `GAP_M`, or so steep that it would slide, nothing is put.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from world.plan.records import Thing
from world.plan.relief import Terrain
from world.things import KINDS
from world.things.block import Flag

GAP_M = 0.045
RING = [0, 1, 3, 2]  # a footprint's corners in turn
Quad = NDArray[np.float64]  # (4, 2)
LEAN_MAX = 0.4
_SMALL_M = 0.3  # half the footprint of what has no block
_TOUCHES_M = 0.36  # a block with its underside lower than that is, or has a wheel, on the ground


def put_down(terrain: Terrain, things: Iterable[Thing]) -> tuple[Thing, ...]:
    """The things that stand firm, each on the ground where it is."""
    things = list(things)
    if not things:
        return ()
    corners = np.stack([footprint(t) for t in things])  # (N, 4, 2), world
    z = terrain.at(corners[:, :, 0].ravel(), corners[:, :, 1].ravel()).reshape(-1, 4)
    return tuple(stood for t, at, height in zip(things, corners, z, strict=True) if (stood := _stood(t, at, height)) is not None)


@lru_cache(maxsize=8192)
def footprint(thing: Thing) -> NDArray[np.float64]:
    """(4, 2) world x, y of the corners it stands on: left rear, right rear, left front, right front."""
    kind = KINDS[thing.kind]
    feet = [b for b in kind.blocks_of(thing.variant) if b.bottom < _TOUCHES_M]
    x0 = min((b.centre[0] - b.half[0] for b in feet), default=-_SMALL_M)
    x1 = max((b.centre[0] + b.half[0] for b in feet), default=_SMALL_M)
    y0 = min((b.centre[1] - b.half[1] for b in feet), default=-_SMALL_M)
    y1 = max((b.centre[1] + b.half[1] for b in feet), default=_SMALL_M)
    scale = thing.size_m if kind.scaled else 1.0
    heading = math.radians(thing.heading_deg)
    sine, cosine = math.sin(heading) * scale, math.cos(heading) * scale
    x, y = thing.position[:2]
    return np.array([(x + u * cosine + v * sine, y - u * sine + v * cosine) for v in (y0, y1) for u in (x0, x1)])


class Quads:
    """Convex quads (4, 2), made ready to be asked which are near."""

    def __init__(self, quads: Sequence[Quad]) -> None:
        self.corners = np.asarray(quads, dtype=np.float64).reshape(-1, 4, 2)
        self._low, self._high = self.corners.min(axis=1), self.corners.max(axis=1)

    def near(self, x: float, y: float, reach_m: float) -> NDArray[np.float64]:
        """Those whose bounds come within `reach_m` of a point, (N, 4, 2)."""
        (ax, ay), (bx, by) = self._low.T, self._high.T
        return self.corners[(ax < x + reach_m) & (bx > x - reach_m) & (ay < y + reach_m) & (by > y - reach_m)]


def blocks_way(thing: Thing, quads: Quads) -> bool:
    """Whether what stops a body stands in one of the quads."""
    kind = KINDS[thing.kind]
    near = quads.near(*thing.position[:2], kind.footprint_m * (thing.size_m if kind.scaled else 1.0) + _SMALL_M)
    if not len(near) or not any(block.flags & Flag.MOVE for block in kind.blocks_of(thing.variant)):
        return False
    return bool((reach_into_each(footprint(thing)[RING], near) > 0.0).any())


def reach_into(a: Quad, b: Quad) -> float:
    """How far (m) two convex quads (4, 2), each a parallelogram, reach into each other; negative when apart."""
    return float(reach_into_each(a, [b])[0])


def reach_into_each(a: Quad, others: Sequence[Quad] | NDArray[np.float64]) -> NDArray[np.float64]:
    """The same of one quad and each of N others, (N,), by separating axes."""
    b = np.asarray(others).reshape(-1, 4, 2)
    deepest = np.full(len(b), np.inf)
    for sides in (a[1:3] - a[0:2], b[:, 1:3] - b[:, 0:2]):
        axes = np.stack([sides[..., 1], -sides[..., 0]], axis=-1) / np.sqrt((sides * sides).sum(axis=-1))[..., None]
        p = (axes[..., None, :] * a).sum(axis=-1)  # ([N,] 2 axes, 4 corners)
        q = (axes[..., None, :] * b[:, None]).sum(axis=-1)
        shared = np.minimum(p.max(axis=-1), q.max(axis=-1)) - np.maximum(p.min(axis=-1), q.min(axis=-1))
        deepest = np.minimum(deepest, shared.min(axis=-1))
    return deepest


def is_planted(thing: Thing) -> bool:
    """Whether it stands upright on whatever slope: a post in the ground."""
    kind = KINDS[thing.kind]
    return kind.height_m > 2.0 and kind.footprint_m < 0.5


def _stood(thing: Thing, corners: NDArray[np.float64], z: NDArray[np.float64]) -> Thing | None:
    x, y = thing.position[:2]
    if is_planted(thing):
        return replace(thing, position=(x, y, round(float(z.mean()), 3)))
    (ax, ay), (bx, by), (cx, cy), _ = corners.tolist()
    a, b, c, d = z.tolist()
    if abs(a - b - c + d) / 4.0 > GAP_M:
        return None
    ux, uy, vx, vy = bx - ax, by - ay, cx - ax, cy - ay
    rise_u, rise_v = (b - a + d - c) / 2.0, (c - a + d - b) / 2.0
    area = ux * vy - uy * vx
    slope_x, slope_y = (rise_u * vy - rise_v * uy) / area, (rise_v * ux - rise_u * vx) / area
    if slope_x * slope_x + slope_y * slope_y > LEAN_MAX * LEAN_MAX:
        return None
    height = (a + b + c + d) / 4.0 + (x - ax - (ux + vx) / 2.0) * slope_x + (y - ay - (uy + vy) / 2.0) * slope_y
    return replace(thing, position=(x, y, round(height, 3)), slope=(round(slope_x, 4), round(slope_y, 4)))
