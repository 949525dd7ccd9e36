"""The dead drones in the wires, as they are drawn.

In: the plans of the chunks that stand, the hour.  Out: bodies under the scene's root, of those in sight.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from panda3d.core import NodePath

from world.conditions import Conditions
from world.mesh.bodies.rig import Role
from world.plan import ChunkPlan
from world.posture.hung import hung_rigs, swaying
from world.stage.bodies import BodyPool, body_rows

_SEEN_M = 60.0


class Hung:
    """`show` once a frame."""

    def __init__(self, root: NodePath) -> None:
        self._pool = BodyPool(root, hung_rigs(), "hung")
        self._known: tuple[int, ...] = ()
        self._all = np.zeros((0, 4))  # where from (m), own share

    @property
    def drawn(self) -> int:
        """How many are in the scene."""
        return self._pool.drawn

    def show(self, plans: Iterable[ChunkPlan], hour: Conditions, origin: tuple[float, float], eye: Sequence[float]) -> None:
        """Places all within sight."""
        standing = {id(plan): plan for plan in plans}
        if tuple(standing) != self._known:
            self._known = tuple(standing)
            self._all = np.array([(*c.lowest, c.drone) for p in standing.values() for c in p.cables if c.drone]).reshape(-1, 4)
        near = self._all[np.hypot(*(self._all[:, :2] - eye[:2]).T) < _SEEN_M]
        own, none = near[:, 3], np.zeros(len(near))
        rig, parts = swaying(own, hour.time_s, float(np.hypot(*hour.wind_m_s)))
        rows = body_rows(parts, np.zeros((len(near), int(Role.ROLES), 4)), np.zeros((len(near), 3)), none, own, none)
        self._pool.show(rig, near[:, :3], 360.0 * (own * 31.0 % 1.0), rows, origin)
