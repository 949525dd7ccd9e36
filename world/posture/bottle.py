"""The bottle out of the hand: it tumbles while it flies, and lies on its side where it came to rest.

In: a `Snapshot`.  Out: `Flown`, or None while it is in the hand. How it lies is hashed from the tick of the throw.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from world.mesh.bodies.bottle import RADIUS_M
from world.mesh.bodies.rig import PARTS_MAX
from world.posture.bones import rotations
from world.posture.curves import TURN, Floats, own_share
from world.sim import TICK_HZ, Snapshot

_TUMBLES_HZ = 2.3
_CENTRE_M = 0.06  # of the simulation's bottle above what it lies on


@dataclass(frozen=True)
class Flown:
    """`parts` (PARTS_MAX, 3, 4) about `place` (m)."""

    parts: Floats
    place: tuple[float, float, float]


def flown(moment: Snapshot) -> Flown | None:
    """Where the bottle is and how it is turned."""
    if moment.bottle is None:
        return None
    hands = moment.hands
    heading = TURN * float(own_share(np.array([hands.thrown_at]), 1)[0])
    x, y, z = moment.bottle
    if hands.resting:
        angles, place = np.array([np.pi / 2, 0.0, heading]), (x, y, z - _CENTRE_M + RADIUS_M)
    else:
        angles, place = np.array([TURN * _TUMBLES_HZ * (moment.time_s - hands.thrown_at / TICK_HZ), 0.0, heading]), (x, y, z)
    parts = np.zeros((PARTS_MAX, 3, 4))
    parts[0, :, :3] = rotations(angles)
    return Flown(parts, place)
