"""How a thing stands on uneven ground: on the corners of its footprint, leaning with the plane that fits them best.

In: a `Terrain`, things at z = 0.  Out: the things that find a footing, each at its height and slope. The four corners are those of the
blocks by which it touches the ground. What is planted (a pole, a tree) stands upright at their mean height. Where
the ground is so twisted that a corner would float or sink by more than `GAP_M`, or so steep that it would slide, nothing is put.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from world.plan.records import Thing
from world.plan.relief import Terrain
from world.things import KINDS
from world.things.block import Flag

GAP_M = 0.045
RING = [0, 1, 3, 2]  # a footprint's corners in turn
Array = NDArray[np.float64]
Quad = Array  # (4, 2)
LEAN_MAX = 0.4
_SMALL_M = 0.3  # half the footprint of what has no block
_TOUCHES_M = 0.36  # a block with its underside lower than that is, or has a wheel, on the ground


def put_down(terrain: Terrain, things: Iterable[Thing]) -> tuple[Thing, ...]:
    """The things that stand firm, each on the ground where it is."""
    return tuple(stood for stood in footings(terrain, list(things)) if stood is not None)


def footings(terrain: Terrain, things: Sequence[Thing]) -> list[Thing | None]:
    """Of each thing: itself on the ground where it is, or None where it does not stand firm."""
    if not things:
        return []
    corners = footprints(things)
    z = terrain.at(corners[:, :, 0].ravel(), corners[:, :, 1].ravel()).reshape(-1, 4)
    planted = np.array([is_planted(thing) for thing in things])
    height, slope, firm = _leaning(np.array([thing.position[:2] for thing in things]), corners, z)
    height = np.where(planted, z.mean(axis=1), height).tolist()
    slopes = np.where(planted[:, None], 0.0, slope).tolist()
    stands = (firm | planted).tolist()
    return [_at_height(*parts) if on else None for *parts, on in zip(things, height, slopes, stands, strict=True)]


def _leaning(middles: Array, corners: Array, z: Array) -> tuple[Array, Array, NDArray[np.bool_]]:
    """(height in the middle, slope, whether it stands firm) of the planes that fit N footprints' corners best, at heights z (N, 4)."""
    a, b, c, d = z.T
    (ax, ay), (ux, uy), (vx, vy) = corners[:, 0].T, (corners[:, 1] - corners[:, 0]).T, (corners[:, 2] - corners[:, 0]).T
    rise_u, rise_v = (b - a + d - c) / 2.0, (c - a + d - b) / 2.0
    area = ux * vy - uy * vx
    slope_x, slope_y = (rise_u * vy - rise_v * uy) / area, (rise_v * ux - rise_u * vx) / area
    x, y = middles.T
    height = (a + b + c + d) / 4.0 + (x - ax - (ux + vx) / 2.0) * slope_x + (y - ay - (uy + vy) / 2.0) * slope_y
    firm = (abs(a - b - c + d) / 4.0 <= GAP_M) & (slope_x * slope_x + slope_y * slope_y <= LEAN_MAX * LEAN_MAX)
    return height, np.stack([slope_x, slope_y], axis=1), firm


def _at_height(thing: Thing, z: float, slope: list[float]) -> Thing:
    x, y, _ = thing.position
    lean = (round(slope[0], 4), round(slope[1], 4))
    return Thing(thing.key, thing.kind, (x, y, round(z, 3)), thing.heading_deg, thing.variant, thing.size_m, lean)


def footprint(thing: Thing) -> Array:
    """(4, 2) world x, y of the corners it stands on: left rear, right rear, left front, right front."""
    return footprints([thing])[0]


def footprints(things: Sequence[Thing]) -> Array:
    """The same of N things, (N, 4, 2)."""
    rows = []
    for thing in things:
        kind, heading = KINDS[thing.kind], math.radians(thing.heading_deg)
        scale = thing.size_m if kind.scaled else 1.0
        turn = (math.sin(heading) * scale, math.cos(heading) * scale)
        rows.append((*_feet(thing.kind, thing.variant % kind.shapes), *turn, *thing.position[:2]))
    x0, y0, x1, y1, sine, cosine, x, y = np.array(rows, dtype=np.float64).reshape(-1, 8).T[:, :, None]
    u, v = np.concatenate([x0, x1, x0, x1], axis=1), np.concatenate([y0, y0, y1, y1], axis=1)
    return np.stack([x + u * cosine + v * sine, y - u * sine + v * cosine], axis=-1)


@lru_cache(maxsize=2048)
def _feet(kind: str, shape: int) -> tuple[float, float, float, float]:
    """x0, y0, x1, y1 (m) of what a shape of a kind stands on, in its own frame."""
    feet = [b for b in KINDS[kind].blocks_of(shape) if b.bottom < _TOUCHES_M]
    return (
        min((b.centre[0] - b.half[0] for b in feet), default=-_SMALL_M),
        min((b.centre[1] - b.half[1] for b in feet), default=-_SMALL_M),
        max((b.centre[0] + b.half[0] for b in feet), default=_SMALL_M),
        max((b.centre[1] + b.half[1] for b in feet), default=_SMALL_M),
    )


class Quads:
    """Convex quads (Q, 4, 2), each a parallelogram, made ready to be asked which are near; one keeps `gap_m` (of all, or of each) off."""

    def __init__(self, quads: Array, gap_m: float | Array = 0.0) -> None:
        self.corners, self.gap_m = quads, np.broadcast_to(gap_m, len(quads))
        self._low, self._high = self.corners.min(axis=1), self.corners.max(axis=1)

    def near(self, at: Array, reach_m: Array) -> tuple[NDArray[np.intp], ...]:
        """(point, quad) of all pairs of points (N, 2) and quads whose bounds, and gaps, come within the point's reach (N,)."""
        reach = (reach_m[:, None] + self.gap_m)[..., None]
        close = (self._low < at[:, None] + reach) & (self._high > at[:, None] - reach)
        return np.nonzero(close.all(axis=2))


def blocking(things: Sequence[Thing], quads: Quads) -> list[bool]:
    """Of each thing, whether it is something that stops a body and stands in one of the quads, or too near it."""
    blocked = np.zeros(len(things), dtype=bool)
    if not len(quads.corners):
        return blocked.tolist()
    stops = [n for n, thing in enumerate(things) if _stops_body(thing.kind, thing.variant % KINDS[thing.kind].shapes)]
    bodies = [things[n] for n in stops]
    reach = np.array([KINDS[t.kind].footprint_m * (t.size_m if KINDS[t.kind].scaled else 1.0) + _SMALL_M for t in bodies])
    which, quad = quads.near(np.array([t.position[:2] for t in bodies]).reshape(-1, 2), reach)
    asked, row = np.unique(which, return_inverse=True)
    corners = footprints([bodies[n] for n in asked.tolist()])[:, RING]
    meets = reach_into_each(corners[row], quads.corners[quad]) > -quads.gap_m[quad]
    blocked[np.array(stops, dtype=np.intp)[which[meets]]] = True
    return blocked.tolist()


@lru_cache(maxsize=2048)
def _stops_body(kind: str, shape: int) -> bool:
    return any(block.flags & Flag.MOVE for block in KINDS[kind].blocks_of(shape))


def reach_into(a: Quad, b: Quad) -> float:
    """How far (m) two convex quads (4, 2), each a parallelogram, reach into each other; negative when apart."""
    return float(reach_into_each(a, b)[0])


def reach_into_each(a: Array, others: Array) -> Array:
    """The same of one quad, or N, and each of N others (N, 4, 2): (N,), by separating axes."""
    a, b = np.asarray(a), np.asarray(others).reshape(-1, 4, 2)
    deepest = np.full(len(b), np.inf)
    for sides in (a[..., 1:3, :] - a[..., 0:2, :], b[:, 1:3] - b[:, 0:2]):
        axes = np.stack([sides[..., 1], -sides[..., 0]], axis=-1) / np.sqrt((sides * sides).sum(axis=-1))[..., None]
        p = (axes[..., None, :] * a[..., None, :, :]).sum(axis=-1)  # ([N,] 2 axes, 4 corners)
        q = (axes[..., None, :] * b[:, None]).sum(axis=-1)
        shared = np.minimum(p.max(axis=-1), q.max(axis=-1)) - np.maximum(p.min(axis=-1), q.min(axis=-1))
        deepest = np.minimum(deepest, shared.min(axis=-1))
    return deepest


def is_planted(thing: Thing) -> bool:
    """Whether it stands upright on whatever slope: a post in the ground."""
    kind = KINDS[thing.kind]
    return kind.height_m > 2.0 and kind.footprint_m < 0.5
