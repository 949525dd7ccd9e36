"""Places along the four sides of a block, one every so many metres, as arrays.

In: a block, a gap (m).  Out: `Along`: side and number of each place, side by side, from the left as seen from the street; draws keyed by
them. What is asked of hundreds of places is drawn for all at once.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from world.fields import Keyed
from world.plan.lattice import Block


class Along:
    """`side` (N,) is one of `sides`, `number` (N,) counts along each."""

    def __init__(self, block: Block, gap_m: float, sides: tuple[int, ...] = (0, 1, 2, 3)) -> None:
        counts = [int(block.sides[side].length_m / gap_m) for side in sides]
        self.block = block
        self.side = np.repeat(sides, counts)
        self.number = np.concatenate([np.arange(count) for count in counts])

    def keyed(self, *last: int) -> Keyed:
        """Draws of the places, by block, side, number and `last`."""
        return Keyed(*self.block.key, self.side, self.number, *last)

    def points(self, s: Any, off: Any) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """x, y (N,) of the points `s` metres along each place's side, `off` metres out."""
        return points_along(self.block, self.side, s, off)


def points_along(block: Block, side: NDArray[np.int64], s: Any, off: Any) -> tuple[Any, Any]:
    """x, y of points `s` metres along sides of a block, `off` metres out: all of one shape, or such that broadcast."""
    ox, oy, ax, ay, nx, ny = np.array([(*f.origin, *f.along, *f.outward) for f in block.sides])[side].T
    return ox + ax * s + nx * off, oy + ay * s + ny * off
