"""People and strays as they are drawn.

In: a `Snapshot`.  Out: bodies under the scene's root, of those in sight.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from panda3d.core import NodePath

from world.posture.others import living, living_rigs
from world.stage.bodies import ROWS, BodyPool, body_rows

_SEEN_M = 110.0


class Others:
    """`show` once a frame."""

    def __init__(self, root: NodePath) -> None:
        self._pool = BodyPool(root, living_rigs(), "soul")

    @property
    def drawn(self) -> int:
        """How many are in the scene."""
        return self._pool.drawn

    def show(self, moment: Any, origin: tuple[float, float], eye: tuple[float, float, float]) -> None:
        """Places everyone within sight; `moment` None shows nobody."""
        if moment is None or not len(moment.others):
            self._pool.show(np.zeros(0, np.int64), np.zeros((0, 3)), np.zeros(0), np.zeros((0, ROWS, 4), np.float32), origin)
            return
        found = living(moment)
        near = np.flatnonzero(np.hypot(*(found.place[:, :2] - eye[:2]).T) < _SEEN_M)
        none = np.zeros(len(near))
        rows = body_rows(found.parts[near], found.lamps[near], np.zeros((len(near), 3)), none, found.own[near], none)
        self._pool.show(found.rig[near], found.place[near], found.heading_deg[near], rows, origin)
