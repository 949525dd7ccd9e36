"""A machine whose circuit was broken falls, and lies.

In: its parts as it stood, its kind, its own share, seconds since.  Out: the parts of the whole, tipped over.
How: it falls freely until what it tips over (a hoop of its own girth) rests on the ground, and tips as a falling pole does, faster and
faster, with one small bounce. Which way is its own. A heavy one stands where it stood.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from world.posture.bones import turned_about
from world.posture.curves import Floats
from world.sim.kinds import HOVER_M, Kind

_GRAVITY = 9.81
_LYING = {Kind.GLIDER: np.radians(86.0), Kind.RUNNER: np.radians(80.0)}
_GIRTH_M = {Kind.GLIDER: 0.3, Kind.RUNNER: 0.24}  # what lies under the axis when it lies
_HINGE_M = {Kind.GLIDER: float(HOVER_M[Kind.GLIDER]), Kind.RUNNER: 0.1}  # height in the model of what it tips about
_FALL_S, _BOUNCE_S, _BOUNCE = 0.85, 0.3, 0.07
_SPREAD = np.radians(70.0)


def tipped(parts: Floats, kind: NDArray[np.int64], own: Floats, harmed_s: Floats) -> Floats:
    """(N, P, 3, 4) in the bodies' frames."""
    made = parts.copy()
    for which in _LYING:
        rows = np.flatnonzero(kind == which)
        if not len(rows):
            continue
        share = tipping(harmed_s[rows])
        angle = _LYING[which] * share
        way = (2.0 * own[rows] - 1.0) * _SPREAD + np.pi * (np.mod(own[rows] * 7.0, 1.0) < 0.25)  # most fall on their faces
        axis = np.column_stack([-np.cos(way), -np.sin(way), np.zeros(len(rows))])
        turn = turned_about(axis, angle)
        hinge = np.array([0.0, 0.0, _HINGE_M[which]])
        hover = float(HOVER_M[which]) if which == Kind.GLIDER else _HINGE_M[which]
        rests = np.maximum(_GIRTH_M[which] * np.sin(angle), hover - 0.5 * _GRAVITY * np.maximum(harmed_s[rows], 0.0) ** 2)
        made[rows, :, :, :3] = turn[:, None] @ parts[rows][..., :3]
        made[rows, :, :, 3] = np.einsum("nij,npj->npi", turn, parts[rows][..., 3] - hinge)
        made[rows, :, 2, 3] += rests[:, None]
    return made


def tipping(harmed_s: Floats) -> Floats:
    """0 upright .. 1 lying."""
    fall = np.clip(harmed_s / _FALL_S, 0.0, 1.0) ** 2.4
    after = np.clip((harmed_s - _FALL_S) / _BOUNCE_S, 0.0, 1.0)
    return fall - _BOUNCE * np.sin(np.pi * after)
