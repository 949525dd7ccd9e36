"""The lamps that machines carry, as sources of light: the same for the picture and for their own eyes.

In: where the robots are, where their lamps point, their kinds and harm.  Out: `Lights`, and the lux that they throw on a point.
How: a point source of so many candela within a cone, E = I / d² (photometric distance law); the cone's edge is soft over a tenth of
its half angle. A robot whose circuit is broken sheds nothing but sparks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from world.sim.exact import sin_cos, units_from_degrees
from world.sim.kinds import LAMPS, Harm

_EDGE = 0.9  # of the half angle: full light up to there


@dataclass(frozen=True)
class Lights:
    """L lamps that burn."""

    robot: NDArray[np.int64]  # (L,) whose
    place: NDArray[np.float64]  # (L, 3) m
    way: NDArray[np.float64]  # (L, 3) unit: the axis of the cone
    full: NDArray[np.float64]  # (L,) cosine of the angle up to which it shines in full
    edge: NDArray[np.float64]  # (L,) cosine of the angle beyond which it does not; below -1: it shines all round
    candela: NDArray[np.float64]  # (L,)
    colour: NDArray[np.float64]  # (L, 3) linear

    def __len__(self) -> int:
        return len(self.robot)

    def lux(self, point: NDArray[np.float64]) -> NDArray[np.float64]:
        """(L,): what each throws on a small sphere at `point` (3,), with nothing in between."""
        away = point - self.place
        square = np.maximum(away[:, 0] * away[:, 0] + away[:, 1] * away[:, 1] + away[:, 2] * away[:, 2], 0.04)
        along = (away[:, 0] * self.way[:, 0] + away[:, 1] * self.way[:, 1] + away[:, 2] * self.way[:, 2]) / np.sqrt(square)
        share = np.clip((along - self.edge) / np.maximum(self.full - self.edge, 1e-9), 0.0, 1.0)
        return 0.25 * self.candela * share / square  # a sphere's mean irradiance is a quarter of the normal one


_UP, _AHEAD = np.array([lamp.up_m for lamp in LAMPS]), np.array([lamp.ahead_m for lamp in LAMPS])
_CANDELA, _COLOUR = np.array([lamp.candela for lamp in LAMPS]), np.array([lamp.colour for lamp in LAMPS])
_EVERYWHERE = -2.0


def _cosine(degrees: float) -> float:
    return _EVERYWHERE if degrees >= 180.0 else sin_cos(units_from_degrees(degrees))[1]


_FULL = np.array([_EVERYWHERE + 0.5 if lamp.half_angle_deg >= 180.0 else _cosine(lamp.half_angle_deg * _EDGE) for lamp in LAMPS])
_RIM = np.array([_cosine(lamp.half_angle_deg) for lamp in LAMPS])


def lights_of(position: NDArray[np.float64], beam: NDArray[np.float64], kind: NDArray[np.int64], harm: NDArray[np.int64]) -> Lights:
    """The lamps of R robots: undersides of hulls (R, 3), unit directions of their lamps (R, 3), `Kind`s, `Harm`s."""
    robot = np.flatnonzero((harm & int(Harm.CIRCUIT)) == 0)
    which, way = kind[robot], beam[robot]
    place = position[robot] + np.column_stack([way[:, :2] * _AHEAD[which][:, None], _UP[which]])
    return Lights(robot, place, way, _FULL[which], _RIM[which], _CANDELA[which], _COLOUR[which])
