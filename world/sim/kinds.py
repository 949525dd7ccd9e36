"""The machines: what they are now, what they were before, what can be broken in them, and their numbers.

In: nothing.  Out: `Kind`, `Trade`, `Harm`, and a table of speeds, turns, heights and lamps by kind.
Source of the speeds: the design's table; a hero runs 4.5 m/s, so that a glider gains on one who runs, a heavy one falls behind, and a
runner cannot be outrun in the open.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

import numpy as np


class Kind(enum.IntEnum):
    """How a machine moves and senses."""

    GLIDER = 0  # hovers at hip height, quiet and even
    HEAVY = 1  # rolls on broad wheels, slow, with working lamps
    RUNNER = 2  # on two legs, faster than anyone
    SENTRY = 3  # hangs over a street and looks down by its own searching light; calls, but does not catch


class Trade(enum.IntEnum):
    """What it did a week ago, and still wears."""

    WAITER = 0  # GLIDER: tray, bow tie
    NURSE = 1  # GLIDER: white, a cross, folded arms
    CLEANER = 2  # HEAVY: brushes, tank, beacon
    COURIER = 3  # RUNNER: a box on its back
    PARCELS = 4  # SENTRY: four rotors, a hook, an empty crate


class Harm(enum.IntFlag):
    """What a strike broke."""

    NONE = 0
    JOINT = 1  # it cannot leave the spot, but looks, hears and calls
    SENSOR = 2  # it is blind and goes by ear
    CIRCUIT = 4  # it is down: twitching, spitting sparks


@dataclass(frozen=True)
class Lamp:
    """A lamp of a machine: height above the hull's underside and way ahead of it (m), candela, half angle of its cone (180: all
    round), linear colour."""

    up_m: float
    ahead_m: float
    candela: float
    half_angle_deg: float
    colour: tuple[float, float, float]


TRADES = {
    Kind.GLIDER: (Trade.WAITER, Trade.NURSE),
    Kind.HEAVY: (Trade.CLEANER,),
    Kind.RUNNER: (Trade.COURIER,),
    Kind.SENTRY: (Trade.PARCELS,),
}
# by Kind
SPEED_PATROL_M_S = np.array([1.2, 0.8, 1.5, 1.5])
SPEED_SEARCH_M_S = np.array([2.0, 1.2, 3.0, 3.0])
SPEED_PURSUIT_M_S = np.array([5.0, 2.5, 6.5, 5.5])
TURN_DEG_S = np.array([90.0, 60.0, 180.0, 90.0])
HOVER_M = np.array([0.4, 0.1, 0.1, 11.0])  # underside of the hull above the ground
EYE_M = np.array([1.0, 1.3, 1.4, 0.0])  # eyes above the underside
RED = (1.0, 0.012, 0.006)
LAMPS = (
    Lamp(1.0, 0.25, 3.0, 180.0, RED),
    Lamp(1.3, 0.45, 40.0, 28.0, (1.0, 0.62, 0.22)),
    Lamp(1.4, 0.2, 4.0, 180.0, RED),
    Lamp(-0.1, 0.0, 3000.0, 8.0, (0.86, 0.94, 1.0)),
)
