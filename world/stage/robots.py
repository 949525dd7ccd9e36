"""The machines as they are drawn.

In: a `Snapshot`.  Out: bodies under the scene's root, sparks of broken ones; where those arc, for the light field of this frame.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from panda3d.core import NodePath

from world.posture.machines import bodies, rigs
from world.posture.twitch import ARC_CD
from world.stage.bodies import BodyPool, Floats, body_rows
from world.stage.wrecks import Wrecks

_SEEN_M, _SPARKS_SEEN_M = 140.0, 320.0
_EYE_CD, _RIM = 0.35, 0.16


class Robots:
    """The machines in sight. `show` once a frame; `arcs` (A, 4) then holds where and how brightly (cd) broken ones arc."""

    def __init__(self, root: NodePath) -> None:
        self._pool = BodyPool(root, rigs(), "robot")
        self._wrecks = Wrecks(root)
        self.arcs: Floats = np.zeros((0, 4))

    @property
    def drawn(self) -> int:
        """Machines in the scene."""
        return self._pool.drawn

    def show(self, moment: Any, origin: tuple[float, float], eye: tuple[float, float, float], calm: bool = False) -> None:
        """Places every machine within sight; `moment` None shows none."""
        if moment is None or not len(moment.key):
            self._pool.show(np.zeros(0, np.int64), np.zeros((0, 3)), np.zeros(0), np.zeros((0, 1, 4), np.float32), origin)
            self._wrecks.show(np.zeros((0, 3)), np.zeros(0), np.zeros(0), origin)
            self.arcs = np.zeros((0, 4))
            return
        gap = np.hypot(*(moment.position[:, :2] - eye[:2]).T)
        near = np.flatnonzero((gap < _SEEN_M) | ((moment.harm != 0) & (gap < _SPARKS_SEEN_M)))
        found, count = bodies(moment, calm, near), len(near)
        rows = body_rows(found.parts, found.lamps, found.eye, np.full(count, _EYE_CD), found.own, np.full(count, _RIM))
        self._pool.show(found.trade, found.place, found.heading_deg, rows, origin)
        broken = np.flatnonzero(found.spits)
        turn = np.radians(found.heading_deg[broken])
        x, y, z = found.wound[broken].T
        s, c = np.sin(turn), np.cos(turn)
        at = found.place[broken] + np.column_stack([x * c + y * s, y * c - x * s, z])
        self._wrecks.show(at, found.own[broken], moment.harmed_s[near][broken], origin)
        self.arcs = np.column_stack([at, ARC_CD * found.arc[broken]])
