"""Parts put together: how each turns about its joint becomes where each is.

In: rigs, which rig each body has, angles and shifts by part.  Out: a matrix for each part of each body, in the body's own frame.
How: a part turns about its pivot in the frame of the part that carries it: A = A' R, b = A' (pivot + shift − R pivot) + b'. All parts of
all bodies that are equally deep in their trees are made at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from world.mesh.bodies.rig import PARTS_MAX, Rig

Floats = NDArray[np.float64]
PITCH, ROLL, YAW = 0, 1, 2  # about x (nose up), about y (top to the right), about z (to the left)


@dataclass(frozen=True)
class Pose:
    """N bodies' joints: `angles` (N, PARTS_MAX, 3) radians, `shifts` (N, PARTS_MAX, 3) m, at rest all zero."""

    angles: Floats
    shifts: Floats

    @staticmethod
    def rest(count: int) -> Pose:
        """Nothing turned."""
        return Pose(np.zeros((count, PARTS_MAX, 3)), np.zeros((count, PARTS_MAX, 3)))


class Skeletons:
    """The joints of several rigs as tables."""

    def __init__(self, rigs: Sequence[Rig]) -> None:
        count = len(rigs)
        self._parent = np.zeros((count, PARTS_MAX), np.int64)
        self._depth = np.full((count, PARTS_MAX), -1)
        self._pivot = np.zeros((count, PARTS_MAX, 3))
        for k, rig in enumerate(rigs):
            parts = len(rig.names)
            self._parent[k, :parts], self._depth[k, :parts], self._pivot[k, :parts] = rig.parent, rig.depth, rig.pivot
        self._levels: dict[bytes, list[tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.int64]]]] = {}

    def place(self, rig: NDArray[np.int64], pose: Pose) -> Floats:
        """(N, PARTS_MAX, 3, 4): where the parts of bodies with rigs `rig` (N,) are; unused ones are zero."""
        turn = rotations(pose.angles)
        pivot = self._pivot[rig]
        offset = pivot + pose.shifts - _applied(turn, pivot)
        made = np.zeros((len(rig), PARTS_MAX, 3, 4))
        for level, (body, part, parent) in enumerate(self._by_depth(rig)):
            own, at = turn[body, part], offset[body, part]
            if level:
                carrier = made[body, parent]
                own, at = carrier[:, :, :3] @ own, _applied(carrier[:, :, :3], at) + carrier[:, :, 3]
            made[body, part, :, :3], made[body, part, :, 3] = own, at
        return made

    def _by_depth(self, rig: NDArray[np.int64]) -> list[tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.int64]]]:
        """(body, part, carrying part) of each depth; the same bodies come again in the next frame."""
        key = rig.tobytes()
        if key not in self._levels:
            if len(self._levels) > 64:
                self._levels.clear()
            depth = self._depth[rig]
            rows = [np.nonzero(depth == level) for level in range(int(depth.max(initial=-1)) + 1)]
            self._levels[key] = [(body, part, self._parent[rig[body], part]) for body, part in rows]
        return self._levels[key]


def rotations(angles: Floats) -> Floats:
    """(..., 3, 3) of angles (..., 3): first roll, then pitch, then yaw."""
    sine, cosine = np.sin(angles), np.cos(angles)
    sp, sr, sy = sine[..., PITCH], sine[..., ROLL], sine[..., YAW]
    cp, cr, cy = cosine[..., PITCH], cosine[..., ROLL], cosine[..., YAW]
    made = np.empty((*angles.shape, 3))
    made[..., 0, 0], made[..., 0, 1], made[..., 0, 2] = cy * cr - sy * sp * sr, -sy * cp, cy * sr + sy * sp * cr
    made[..., 1, 0], made[..., 1, 1], made[..., 1, 2] = sy * cr + cy * sp * sr, cy * cp, sy * sr - cy * sp * cr
    made[..., 2, 0], made[..., 2, 1], made[..., 2, 2] = -cp * sr, sp, cp * cr
    return made


def turned_about(axis: Floats, angle: Floats) -> Floats:
    """(N, 3, 3) about unit axes (N, 3) by `angle` (N,) (Rodrigues)."""
    s, c = np.sin(angle), np.cos(angle)
    x, y, z = axis.T
    made = axis[:, :, None] * axis[:, None, :] * (1.0 - c)[:, None, None]
    made[:, 0, 0] += c
    made[:, 1, 1] += c
    made[:, 2, 2] += c
    for row, column, value in ((0, 1, -z), (0, 2, y), (1, 0, z), (1, 2, -x), (2, 0, -y), (2, 1, x)):
        made[:, row, column] += value * s
    return made


def _applied(matrix: Floats, point: Floats) -> Floats:
    result: Floats = (matrix @ point[..., None])[..., 0]
    return result
