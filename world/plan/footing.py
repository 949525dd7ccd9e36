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
    return _corners(np.array(rows, dtype=np.float64).reshape(-1, 8))


def footprints_at(kind: str, variant: int, heading_deg: float, at: Array) -> Array:
    """The same of things of a kind, at size 1, wherever they stand: `at` (N, 2)."""
    turn = math.radians(heading_deg)
    alike = (*_feet(kind, variant % KINDS[kind].shapes), math.sin(turn), math.cos(turn))
    return _corners(np.concatenate([np.broadcast_to(alike, (len(at), 6)), at], axis=1))


def _corners(rows: Array) -> Array:
    """(N, 4, 2) from N rows of x0, y0, x1, y1 in a thing's frame, its sine and cosine, and where it stands."""
    sine, cosine, x, y = rows.T[4:, :, None]
    u, v = rows[:, [0, 2, 0, 2]], rows[:, [1, 1, 3, 3]]
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
    """Convex quads (Q, 4, 2), each a parallelogram, that one keeps out of, or `gap_m` off (all, or each)."""

    def __init__(self, corners: Array, gap_m: float | Array = 0.0) -> None:
        gap = np.broadcast_to(gap_m, len(corners))
        self._corners, self._gap_m = corners, gap
        self._low, self._high = corners.min(axis=1) - gap[:, None], corners.max(axis=1) + gap[:, None]

    def meet(self, others: Array) -> NDArray[np.bool_]:
        """Whether each of N such quads (N, 4, 2) lies in one of them, or too near it."""
        close = (self._low < others.max(axis=1)[:, None]) & (self._high > others.min(axis=1)[:, None])
        other, own = np.nonzero(close.all(axis=2))
        meeting = reach_into_each(others[other], self._corners[own]) > -self._gap_m[own]
        return np.bincount(other[meeting], minlength=len(others)) > 0


def blocking(things: Sequence[Thing], quads: Quads) -> list[bool]:
    """Of each thing, whether it is something that stops a body and stands in one of the quads, or too near it."""
    stops = np.array([_stops_body(thing.kind, thing.variant % KINDS[thing.kind].shapes) for thing in things], dtype=bool)
    return (stops & quads.meet(footprints(things)[:, RING])).tolist()


@lru_cache(maxsize=2048)
def _stops_body(kind: str, shape: int) -> bool:
    return any(block.flags & Flag.MOVE for block in KINDS[kind].blocks_of(shape))


def reach_into(a: Quad, b: Quad) -> float:
    """How far (m) two convex quads (4, 2), each a parallelogram, reach into each other; negative when apart."""
    return float(reach_into_each(a[None], b[None])[0])


def reach_into_each(a: Array, b: Array) -> Array:
    """The same of N pairs, (N, 4, 2) each: (N,), by separating axes."""
    sides = np.concatenate([a[:, 1:3] - a[:, 0:2], b[:, 1:3] - b[:, 0:2]], axis=1)
    length = np.sqrt(sides[..., 0] * sides[..., 0] + sides[..., 1] * sides[..., 1])
    nx, ny = (sides[..., 1] / length)[..., None], (-sides[..., 0] / length)[..., None]  # (N, 4 axes, 1)
    p, q = (nx * quads[:, None, :, 0] + ny * quads[:, None, :, 1] for quads in (a, b))  # (N, 4 axes, 4 corners)
    shared = np.minimum(p.max(axis=2), q.max(axis=2)) - np.maximum(p.min(axis=2), q.min(axis=2))
    deepest: Array = shared.min(axis=1, initial=np.inf)
    return deepest


def is_planted(thing: Thing) -> bool:
    """Whether it stands upright on whatever slope: a post in the ground."""
    kind = KINDS[thing.kind]
    return kind.height_m > 2.0 and kind.footprint_m < 0.5
