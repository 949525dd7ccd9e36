"""The arrays that describe one 64 m chunk to everything that senses it.

In: nothing.  Out: frozen dataclasses of arrays, each with its shape and unit.
One primitive carries all solids: the sheared box. Its footprint is a rectangle turned about Z; its bottom and top are
parallel planes that may slope along its own axes. Boxes, decks, ramps, fallen slabs, floors and car bodies are all that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from world.things import Flag, Material

__all__ = [
    "CHUNK_M",
    "COVER_STEP_M",
    "EMPTY_SOLIDS",
    "GROUND_NODES",
    "GROUND_STEP_M",
    "NO_COVER",
    "NO_EMITTERS",
    "ChunkSpace",
    "Emitters",
    "Flag",
    "Ground",
    "Material",
    "Solids",
]

CHUNK_M = 64.0
UPSTAIRS_M = 0.5  # rooms with a higher floor lie over the street's level
GROUND_STEP_M = 0.25
GROUND_NODES = 257  # nodes a side: the last row and column repeat the neighbour's first
COVER_STEP_M = 1.0


@dataclass(frozen=True)
class Solids:
    """N sheared boxes, world metres, float64. `axis` is the unit vector of the box's u in world xy; v is u turned left.

    A point p has u = (p - centre)·axis, v = (p - centre)·left(axis); it is inside when |u| <= half[0], |v| <= half[1] and
    bottom + s <= z <= top + s with s = slope[0]·u + slope[1]·v.
    """

    centre: NDArray[np.float64]  # (N, 2)
    half: NDArray[np.float64]  # (N, 2)
    axis: NDArray[np.float64]  # (N, 2)
    bottom: NDArray[np.float64]  # (N,)
    top: NDArray[np.float64]  # (N,)
    slope: NDArray[np.float64]  # (N, 2) dz/du, dz/dv
    material: NDArray[np.uint8]  # (N,) Material
    flags: NDArray[np.uint8]  # (N,) Flag

    def __len__(self) -> int:
        return len(self.top)

    def take(self, which: NDArray[np.bool_] | NDArray[np.intp]) -> Solids:
        """The solids chosen by a mask or by indices."""
        return Solids(*(getattr(self, f.name)[which] for f in fields(self)))

    @staticmethod
    def join(parts: list[Solids]) -> Solids:
        """All of `parts`, in order (an empty list gives no solids)."""
        return Solids(*(np.concatenate([getattr(p, f.name) for p in [EMPTY_SOLIDS, *parts]]) for f in fields(Solids)))

    def bounds(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Axis-aligned corners: two (N, 3) arrays."""
        reach_x = abs(self.axis[:, 0]) * self.half[:, 0] + abs(self.axis[:, 1]) * self.half[:, 1]
        reach_y = abs(self.axis[:, 1]) * self.half[:, 0] + abs(self.axis[:, 0]) * self.half[:, 1]
        rise = abs(self.slope[:, 0]) * self.half[:, 0] + abs(self.slope[:, 1]) * self.half[:, 1]
        low = np.stack([self.centre[:, 0] - reach_x, self.centre[:, 1] - reach_y, self.bottom - rise], axis=1)
        high = np.stack([self.centre[:, 0] + reach_x, self.centre[:, 1] + reach_y, self.top + rise], axis=1)
        return low, high


_NO_ROWS: list[Any] = [*[np.zeros((0, 2))] * 3, *[np.zeros(0)] * 2, np.zeros((0, 2)), *[np.zeros(0, np.uint8)] * 2]
EMPTY_SOLIDS = Solids(*_NO_ROWS)


@dataclass(frozen=True)
class Ground:
    """The street's surface: what feet stand on, what water fills, what the shader draws.

    `height` (257, 257) float32, metres, [row = y, column = x], bilinear between nodes `GROUND_STEP_M` apart;
    `material` (256, 256) uint8 by cell; `cover` (64, 64) float32: per 1 m cell the underside (m) of the lowest thing that keeps
    rain off the ground there, or `NO_COVER`.
    """

    height: NDArray[np.float32]
    material: NDArray[np.uint8]
    cover: NDArray[np.float32]


NO_COVER = np.float32(1e4)


@dataclass(frozen=True)
class Emitters:
    """M sources of light. Two-sided ones shine along +normal and -normal, others into the half-space of `normal`;
    a normal of (0, 0, 0) shines evenly all round. `candela` is the peak intensity, linear RGB; the irradiance at
    distance d is candela·shape / (d² + size²), windowed to 0 at `reach_m`. `group` indexes `Conditions.power`.
    `slot` is -1 for the steady field or the flicker slot of the light field that the emitter has to itself there.
    """

    position: NDArray[np.float64]  # (M, 3)
    normal: NDArray[np.float64]  # (M, 3)
    two_sided: NDArray[np.bool_]  # (M,)
    size_m: NDArray[np.float64]  # (M,)
    candela: NDArray[np.float64]  # (M, 3)
    reach_m: NDArray[np.float64]  # (M,)
    group: NDArray[np.uint8]  # (M,)
    slot: NDArray[np.int8]  # (M,)

    def __len__(self) -> int:
        return len(self.reach_m)

    def take(self, which: NDArray[np.bool_] | NDArray[np.intp] | slice) -> Emitters:
        """Those chosen by a mask, by indices or by a slice."""
        return Emitters(*(getattr(self, f.name)[which] for f in fields(self)))

    @staticmethod
    def join(parts: Iterable[Emitters]) -> Emitters:
        """All of `parts`, in order (none give none)."""
        every = [NO_EMITTERS, *parts]
        return Emitters(*(np.concatenate([getattr(p, f.name) for p in every]) for f in fields(Emitters)))


_NO, _NO_PLACES = np.zeros(0), np.zeros((0, 3))
NO_EMITTERS = Emitters(_NO_PLACES, _NO_PLACES, _NO.astype(bool), _NO, _NO_PLACES, _NO, _NO.astype(np.uint8), _NO.astype(np.int8))


@dataclass(frozen=True)
class ChunkSpace:
    """Chunk (cx, cy). `solids` are all that touch the chunk (owned by it or not); `emitters` only those it owns. `rooms` are the
    voids of buildings that touch it, doors and windows among them: centre x, y, axis x, y, half sizes along it and left of it, and
    from which to which height (m). `ears` are the
    points it owns at which sound passes doors and stairs."""

    cx: int
    cy: int
    ground: Ground
    solids: Solids
    emitters: Emitters
    rooms: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 8)))  # (R, 8)
    ears: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 3)))  # (K, 3)

    @property
    def pits(self) -> NDArray[np.float64]:
        """(P, 7): the rooms over which the street does not bear, as far as their floor (m). Where they lie over one another the
        lowest counts: it comes first."""
        low = self.rooms[self.rooms[:, 6] < UPSTAIRS_M, :7]
        return low[np.argsort(low[:, 6], kind="stable")]
