"""How what hangs in the wires sways: a pendulum that the wind pushes, and a body that turns in its wires more slowly.

In: the drones' own shares, seconds, the wind's speed.  Out: their parts' matrices, closed-form in time.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from world.mesh.bodies.hung import HUNG, hung_rig
from world.mesh.bodies.rig import Rig
from world.posture.bones import PITCH, ROLL, YAW, Pose, Skeletons
from world.posture.curves import TURN, Floats

_PERIOD_S = 2.0  # of a pendulum of a metre
_TWIST_S = 11.0
_STILL, _OF_WIND = 0.012, 0.011  # radians; and for each m/s


@lru_cache(maxsize=1)
def hung_rigs() -> tuple[Rig, ...]:
    """One a shape."""
    return tuple(hung_rig(shape) for shape in range(HUNG))


@lru_cache(maxsize=1)
def _skeletons() -> Skeletons:
    return Skeletons(hung_rigs())


def swaying(own: Floats, time_s: float, wind_m_s: float) -> tuple[np.ndarray, Floats]:
    """(which rig (N,), parts (N, PARTS_MAX, 3, 4)) of drones with shares `own` (N,)."""
    rig = (own * 997.0).astype(np.int64) % HUNG
    pose, reach = Pose.rest(len(own)), _STILL + _OF_WIND * wind_m_s
    beat, slow = TURN * (time_s / _PERIOD_S + own), TURN * (time_s / _TWIST_S + own * 7.0)
    gust = 0.7 + 0.3 * np.sin(0.31 * time_s + TURN * own)
    pose.angles[:, 0, PITCH], pose.angles[:, 0, ROLL] = reach * gust * np.sin(beat), 0.6 * reach * gust * np.sin(beat * 0.93 + 1.3)
    pose.angles[:, 1, YAW] = 0.13 * np.sin(slow)
    pose.angles[:, 1, PITCH] = 0.5 * reach * np.sin(beat - 0.8)
    return rig, _skeletons().place(rig, pose)
