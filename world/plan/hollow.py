"""A body with rooms cut out of it: what is left of it, and every face that a room shows.

In: a box and the voids in it, in one upright frame.  Out: solid boxes that tile the rest, and the rooms' faces, nothing twice.
How: the edges of all boxes cut space into a small grid of cells; a cell is solid or belongs to the first void that holds its middle.
Cells that agree are merged greedily into boxes and rectangles, so that the solids one bumps into and the walls one sees are one grid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

SOLID, OUTSIDE = -1, -2


class Box(NamedTuple):
    """An upright box, metres: from (x0, y0, z0) to (x1, y1, z1)."""

    x0: float
    y0: float
    z0: float
    x1: float
    y1: float
    z1: float


class Face(NamedTuple):
    """A rectangle at `at` on `axis` (0 x, 1 y, 2 z); its normal points along the axis by `sign`, into void `void` (or OUTSIDE).
    `low` and `high` are its corners on the other two axes, in their order."""

    axis: int
    sign: int
    at: float
    low: tuple[float, float]
    high: tuple[float, float]
    void: int


@dataclass(frozen=True)
class Hollow:
    """`body` without `voids` (the first counts where they overlap). `cuts` are further x at which faces must end."""

    body: Box
    voids: tuple[Box, ...]
    cuts: tuple[float, ...] = ()

    @cached_property
    def _edges(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        def edges(axis: int, more: Sequence[float] = ()) -> NDArray[np.float64]:
            low, high = self.body[axis], self.body[axis + 3]
            wanted = np.array([low, high, *(void[k] for void in self.voids for k in (axis, axis + 3)), *more])
            return np.unique(np.round(np.clip(wanted, low, high), 4))

        return edges(0, self.cuts), edges(1), edges(2)

    @cached_property
    def _cells(self) -> NDArray[np.int16]:
        """[z, y, x]: the void of each cell, or SOLID."""
        x, y, z = ((e[:-1] + e[1:]) / 2 for e in self._edges)
        cells = np.full((len(z), len(y), len(x)), SOLID, dtype=np.int16)
        for k in range(len(self.voids) - 1, -1, -1):
            v = self.voids[k]
            within = [(m > low) & (m < high) for m, low, high in ((z, v.z0, v.z1), (y, v.y0, v.y1), (x, v.x0, v.x1))]
            cells[np.ix_(*within)] = k
        return cells

    def solids(self) -> list[Box]:
        """Boxes that together are the body without its voids; none overlap."""
        xs, ys, zs = (edges.tolist() for edges in self._edges)
        # A row of cells along x is the bits of one number: runs and their like rows are found by masks.
        left = [
            [int.from_bytes(row.tobytes(), "little") for row in layer]
            for layer in np.packbits(self._cells == SOLID, axis=2, bitorder="little")
        ]
        found = []
        for k, layer in enumerate(left):
            for j in range(len(layer)):
                while bits := layer[j]:
                    i = (bits & -bits).bit_length() - 1
                    beyond = (bits >> i) + 1
                    i1 = i + (beyond & -beyond).bit_length() - 1
                    run, j1, k1 = (1 << i1) - (1 << i), j + 1, k + 1
                    while j1 < len(layer) and layer[j1] & run == run:
                        j1 += 1
                    while k1 < len(left) and all(row & run == run for row in left[k1][j:j1]):
                        k1 += 1
                    for cut in left[k:k1]:
                        cut[j:j1] = [row & ~run for row in cut[j:j1]]
                    found.append(Box(xs[i], ys[j], zs[k], xs[i1], ys[j1], zs[k1]))
        return found

    def faces(self) -> list[Face]:
        """All faces between solid and void, seen from the void."""
        found = []
        for axis in range(3):
            cells = np.moveaxis(self._cells, 2 - axis, 0)  # [along the axis, then z before y before x]
            below, above = cells[:-1], cells[1:]
            owners = [np.where((behind == SOLID) & (before >= 0), before, SOLID) for behind, before in ((below, above), (above, below))]
            seen = [(owner != SOLID).any(axis=(1, 2)) for owner in owners]
            for plane in np.flatnonzero(seen[0] | seen[1]).tolist():
                for sign, owner, any_ in zip((1, -1), owners, seen, strict=True):
                    if any_[plane]:
                        found += self._rectangles(axis, sign, plane + 1, owner[plane])
        return found

    def front(self, x0: float, x1: float, z0: float, z1: float) -> list[Face]:
        """What is left of the body's face at y0 between x0 and x1, z0 and z1, seen from outside. x0 and x1 must be among `cuts`."""
        xs, _, zs = self._edges
        middle = (xs[:-1] + xs[1:]) / 2
        shown = ((zs[1:] > z0) & (zs[:-1] < z1))[:, None] & ((middle > x0) & (middle < x1))[None, :] & (self._cells[:, 0] == SOLID)
        whole = self._rectangles(1, -1, 0, np.where(shown, np.int16(0), np.int16(SOLID)))
        return [
            f._replace(low=(f.low[0], max(f.low[1], z0)), high=(f.high[0], min(f.high[1], z1)), void=OUTSIDE)
            for f in whole
            if min(f.high[1], z1) > max(f.low[1], z0)
        ]

    def _rectangles(self, axis: int, sign: int, plane: int, owner: NDArray[np.int16]) -> list[Face]:
        across, up = [e.tolist() for k, e in enumerate(self._edges) if k != axis]
        at = float(self._edges[axis][plane])
        rows = owner.tolist()  # a handful of cells: plain lists are quicker than arrays
        found = []
        for j, row in enumerate(rows):
            i = 0
            while i < len(row):
                void, i1, j1 = row[i], i + 1, j + 1
                if void != SOLID:
                    while i1 < len(row) and row[i1] == void:
                        i1 += 1
                    run = row[i:i1]
                    while j1 < len(rows) and rows[j1][i:i1] == run:
                        rows[j1][i:i1] = [SOLID] * (i1 - i)
                        j1 += 1
                    found.append(Face(axis, sign, at, (across[i], up[j]), (across[i1], up[j1]), void))
                i = i1
        return found
