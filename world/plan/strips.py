"""The roads: stretches between crossings, the crossings, canals with their quays.

In: a recipe, a superblock's indices.  Out: `Strip`s, quads that share their corners with the blocks' kerbs, so that blocks and strips tile
the plane without a gap.
"""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from world.plan.lattice import LATTICE, Way, superblock, superblocks_in
from world.plan.quad import Quad, bounds, middle, reaches, side_length
from world.plan.records import Point
from world.recipe import Recipe, remembered

_PIECE_M = 60.0  # roads are cut into pieces no longer than that, so that chunks can own them
_REACH_M = 40.0  # how far its roads may lie beyond a superblock's nodes


class StripKind(enum.IntEnum):
    STREET = 0
    AVENUE = 1
    CROSSING = 2
    QUAY = 3
    CHANNEL = 4  # the canal's water


@dataclass(frozen=True, slots=True)
class Strip:
    """A piece of road: `corners` are start left, start right, end right, end left of its direction. `start_m`, `run_m`: how far along its
    stretch it begins, and the whole stretch's length. `stops`: whether the stretch's start and end have a pedestrian crossing."""

    key: tuple[int, ...]
    kind: StripKind
    corners: Quad
    half_m: float
    start_m: float
    run_m: float
    stops: tuple[bool, bool]
    seams: tuple[bool, bool] = (False, False)  # start and end meet a road with vertices of its own

    def __hash__(self) -> int:
        return hash(self.key)

    @property
    def centre(self) -> Point:
        return middle(self.corners)


@remembered(LATTICE, size=512)
def strips_of(recipe: Recipe, i: int, j: int) -> tuple[Strip, ...]:
    """The roads that are superblock (i, j)'s to own: its streets, the avenues west and south of it, the crossing at its node."""
    sb, west, south = superblock(recipe, i, j), superblock(recipe, i - 1, j), superblock(recipe, i, j - 1)
    corner = superblock(recipe, i - 1, j - 1)
    nx, ny = len(sb.columns), len(sb.rows)
    found: list[Strip] = []
    for k in range(1, nx + 1):
        for m in range(ny + 1):
            a, b = sb.block(k - 1, m).kerb, sb.block(k, m).kerb
            ends = (m == 0, m == ny)
            found += _pieces((i, j, 0, k, m), StripKind.STREET, (a[1], b[0], b[3], a[2]), sb.street_half_m, (True, True), ends)
    for m in range(1, ny + 1):
        for k in range(nx + 1):
            a, b = sb.block(k, m).kerb, sb.block(k, m - 1).kerb  # eastwards: left is north
            ends = (k == 0, k == nx)
            found += _pieces((i, j, 1, k, m), StripKind.STREET, (a[0], b[3], b[2], a[1]), sb.street_half_m, (True, True), ends)
    for m in range(1, ny + 1):
        for k in range(1, nx + 1):
            quad = sb.block(k - 1, m - 1).kerb[2], sb.block(k, m - 1).kerb[3], sb.block(k, m).kerb[0], sb.block(k - 1, m).kerb[1]
            found += _crossing((i, j, 2, k, m), quad, sb.street_half_m)
    up = (west.kerb[1], sb.kerb[0], sb.kerb[3], west.kerb[2])
    if sb.avenues[0].way == Way.CANAL:
        found += _canal((i, j, 3), up, recipe.water.canal_m / 2)
    else:
        found += _pieces((i, j, 3), StripKind.AVENUE, up, sb.avenues[0].half_m, (True, True), (False, False))
    right = (sb.kerb[0], south.kerb[3], south.kerb[2], sb.kerb[1])
    found += _pieces((i, j, 4), StripKind.AVENUE, right, sb.avenues[2].half_m, (True, True), (False, False))
    canal = sb.avenues[0].way == Way.CANAL
    found += _crossing((i, j, 5), (corner.kerb[2], south.kerb[3], sb.kerb[0], west.kerb[1]), sb.avenues[2].half_m, seam=canal)
    return tuple(found)


def _pieces(
    key: tuple[int, ...], kind: StripKind, quad: Quad, half_m: float, stops: tuple[bool, bool], seams: tuple[bool, bool]
) -> list[Strip]:
    """A stretch of road from its start to its end, cut across."""
    a, b, c, d = quad
    run = math.dist(((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), ((c[0] + d[0]) / 2, (c[1] + d[1]) / 2))
    count = max(1, math.ceil(run / _PIECE_M))
    cuts = [(_mix(a, d, n / count), _mix(b, c, n / count)) for n in range(count + 1)]
    return [
        Strip(
            (*key, n),
            kind,
            (cuts[n][0], cuts[n][1], cuts[n + 1][1], cuts[n + 1][0]),
            half_m,
            run * n / count,
            run,
            stops,
            (seams[0] and n == 0, seams[1] and n == count - 1),
        )
        for n in range(count)
    ]


def _crossing(key: tuple[int, ...], quad: Quad, half_m: float, seam: bool = False) -> list[Strip]:
    return [Strip((*key, 0), StripKind.CROSSING, quad, half_m, 0.0, side_length(quad, 0), (False, False), (seam, seam))]


def _canal(key: tuple[int, ...], quad: Quad, channel_half_m: float) -> list[Strip]:
    """Quay, water, quay; the water keeps off the crossings, which bridge it."""
    a, b, c, d = quad
    wide = math.dist(a, b)
    share = channel_half_m / wide
    left, right = 0.5 - share, 0.5 + share
    p, q = (_mix(a, b, left), _mix(a, b, right)), (_mix(d, c, left), _mix(d, c, right))
    half = (wide / 2 - channel_half_m) / 2
    return [
        *_pieces((*key, 0), StripKind.QUAY, (a, p[0], q[0], d), half, (False, False), (True, True)),
        *_pieces((*key, 1), StripKind.CHANNEL, (p[0], p[1], q[1], q[0]), channel_half_m, (False, False), (True, True)),
        *_pieces((*key, 2), StripKind.QUAY, (p[1], b, c, q[1]), half, (False, False), (True, True)),
    ]


def _mix(a: Point, b: Point, t: float) -> Point:
    return round(a[0] + (b[0] - a[0]) * t, 3), round(a[1] + (b[1] - a[1]) * t, 3)


@remembered(LATTICE, size=512)
def _bounds_of(recipe: Recipe, i: int, j: int) -> NDArray[np.float64]:
    """(4, N): x0, y0, x1, y1 of `strips_of`."""
    return np.array([bounds(strip.corners) for strip in strips_of(recipe, i, j)]).T


def strips_in(recipe: Recipe, x0: float, y0: float, x1: float, y1: float) -> list[Strip]:
    """Every strip whose bounds meet the rectangle."""
    found = []
    for sb in superblocks_in(recipe, x0 - _REACH_M, y0 - _REACH_M, x1 + _REACH_M, y1 + _REACH_M):
        ax, ay, bx, by = _bounds_of(recipe, sb.i, sb.j)
        strips = strips_of(recipe, sb.i, sb.j)
        found += [strips[n] for n in np.nonzero((ax < x1) & (bx > x0) & (ay < y1) & (by > y0))[0].tolist()]
    return found


def channels_in(recipe: Recipe, x0: float, y0: float, x1: float, y1: float) -> list[Strip]:
    """Those of them that are the water of a canal, which most superblocks lack."""
    found = superblocks_in(recipe, x0 - _REACH_M, y0 - _REACH_M, x1 + _REACH_M, y1 + _REACH_M)
    strips = [strip for sb in found if sb.avenues[0].way == Way.CANAL for strip in strips_of(recipe, sb.i, sb.j)]
    return [strip for strip in strips if strip.kind == StripKind.CHANNEL and reaches(strip.corners, x0, y0, x1, y1)]
