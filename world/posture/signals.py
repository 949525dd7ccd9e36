"""What a machine's lamps say: what it looks with, how alarmed it is, what it worked by.

In: machines as they are `Seen`.  Out: light by role, (R, ROLES, 4): linear colour times strength (of the lamp's own luminance), 0.
The state is coded twice, by colour and by how fast it beats, as the hum's pitch and beat are: cold and steady, amber, red. No lamp beats
faster than twice a second; where nothing may flash (`calm`) none beats at all.
"""

from __future__ import annotations

import numpy as np

from world.mesh.bodies.rig import Role
from world.posture.curves import TURN, Floats
from world.posture.manner import Seen
from world.posture.twitch import arc_glow
from world.sim.kinds import LAMPS, RED, Harm

_EYE = np.array([0.4, 0.5, 0.65, 0.8, 0.95, 1.0])  # by band
_COLD, _PALE, _AMBER, _ORANGE, _RED = (0.05, 0.3, 0.3), (0.5, 0.44, 0.2), (1.0, 0.4, 0.02), (1.0, 0.15, 0.008), RED
_STATE = np.array([_COLD, _PALE, _AMBER, _AMBER, _ORANGE, _RED]) * np.array([0.3, 0.5, 0.9, 1.2, 1.2, 1.3])[:, None]
_BEATS_HZ, _BEATEN = np.array([0.0, 0.0, 0.5, 1.0, 1.5, 2.0]), np.array([0.0, 0.0, 0.3, 0.5, 0.6, 0.7])
_WORK = np.array([lamp.colour for lamp in LAMPS]) * np.array([1.0, 1.0, 1.0, 2.0])[:, None]
_BEACON, _TRIM = np.array((1.0, 0.42, 0.03)), np.array((0.25, 0.9, 0.62))


def lamps_of(moment: Seen, own: Floats, calm: bool) -> Floats:
    """Of a moment's machines."""
    band, harm, kind, time_s = moment.band, moment.harm, moment.kind, moment.time_s
    made = np.zeros((len(band), int(Role.ROLES), 4))
    beat = np.ones(len(band)) if calm else 1.0 - _BEATEN[band] * (0.5 - 0.5 * np.cos(TURN * (_BEATS_HZ[band] * time_s + own)))
    made[:, Role.EYE, :3] = np.array(RED) * _EYE[band][:, None]
    made[:, Role.STATE, :3] = _STATE[band] * beat[:, None]
    made[:, Role.WORK, :3] = _WORK[kind]
    made[:, Role.BEACON, :3] = _BEACON
    dying = 1.0 if calm else np.where(np.sin(time_s * 7.3 + 40.0 * own) * np.sin(time_s * 2.1 + 17.0 * own) > 0.55, 0.35, 1.0)
    made[:, Role.TRIM, :3] = _TRIM * (0.6 * dying * np.ones(len(band)))[:, None]
    blind, down = (harm & int(Harm.SENSOR)) != 0, (harm & int(Harm.CIRCUIT)) != 0
    if blind.any():  # a rest of red, that comes and goes
        ember = 0.0 if calm else 0.12 * np.maximum(np.sin(time_s * 1.7 + 9.0 * own), 0.0) ** 4
        made[blind, Role.EYE] *= (0.02 + ember * np.ones(len(band)))[blind, None]
    if down.any():
        left = np.exp(-np.maximum(moment.harmed_s[down], 0.0) / 0.4)[:, None, None]
        glow = np.zeros(len(left)) if calm else arc_glow(own[down], moment.harmed_s[down])
        made[down] *= np.maximum(left, 0.35 * np.minimum(glow, 1.0)[:, None, None])
    return made
