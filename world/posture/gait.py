"""Legs that run: where the feet are by how far the body has come, and how a leg of three bones reaches them.

In: metres travelled, m/s, joints at rest.  Out: angles of thigh, shank, heel and toes about x.
How: a stride is a fixed way, so that feet on the ground stand still in the world; at speed a foot is down for a smaller share of it. The
heel is put where the toes and the roll of the foot ask for it, thigh and shank meet by the law of cosines, the knee forward.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from world.posture.curves import TURN, Floats, eased

STRIDE_M = 1.8
_DOWN_WALK, _DOWN_RUN = 0.62, 0.4  # share of the stride that a foot is on the ground
_LIFT_WALK_M, _LIFT_RUN_M = 0.13, 0.3
_STRAIGHT = 0.998


class Leg(NamedTuple):
    """(y, z) in metres of hip, knee, heel and toes at rest."""

    hip: tuple[float, float]
    knee: tuple[float, float]
    heel: tuple[float, float]
    toes: tuple[float, float]


class Bend(NamedTuple):
    """(..., N) radians about x, each against the part that carries it; the thigh against the level."""

    thigh: Floats
    shank: Floats
    heel: Floats
    toes: Floats


def running(speed: Floats) -> Floats:
    """0 at a walk .. 1 at a run."""
    return eased(speed, 1.4, 5.0)


def phase_of(travelled_m: Floats, stride_m: float = STRIDE_M) -> Floats:
    """In strides."""
    return travelled_m / stride_m


def foot_at(phase: Floats, speed: Floats, stride_m: float = STRIDE_M) -> tuple[Floats, Floats, Floats]:
    """(y, z, roll): metres ahead of the place of rest and above the ground; how far the foot has rolled over its toes (radians)."""
    run, moving = running(speed), eased(speed, 0.0, 0.5)
    down = _DOWN_WALK + (_DOWN_RUN - _DOWN_WALK) * run
    p = np.mod(phase, 1.0)
    reach = 0.5 * down * stride_m
    stance, q = np.clip(p / down, 0.0, 1.0), np.clip((p - down) / (1.0 - down), 0.0, 1.0)
    y = np.where(p < down, reach * (1.0 - 2.0 * stance), -reach * np.cos(np.pi * q))
    lift = _LIFT_WALK_M + (_LIFT_RUN_M - _LIFT_WALK_M) * run
    z = lift * np.sin(np.pi * q) ** 2 * (p >= down)
    roll = np.where(p < down, -0.25 + 0.85 * stance**2, 0.6 * np.cos(np.pi * q) ** 3 * (q < 0.5) - 0.25 * np.sin(0.5 * np.pi * q) ** 2)
    return y * moving, z * moving, roll * moving


def bend(leg: Leg, lowered_m: Floats, y: Floats, z: Floats, roll: Floats) -> Bend:
    """A leg whose hip is `lowered_m` below its rest and whose toes are at (y, z) from theirs."""
    hip, knee, heel, toes = (np.array(point) for point in leg)
    foot = heel - toes
    s, c = np.sin(-roll), np.cos(-roll)
    toe_y, toe_z = toes[0] + y, toes[1] + z
    heel_y, heel_z = toe_y + foot[0] * c - foot[1] * s, toe_z + foot[0] * s + foot[1] * c
    to_y, to_z = heel_y - hip[0], heel_z - (hip[1] - lowered_m)
    upper, lower = float(np.hypot(*(knee - hip))), float(np.hypot(*(heel - knee)))
    gap = np.clip(np.hypot(to_y, to_z), abs(upper - lower) + 1e-3, _STRAIGHT * (upper + lower))
    toward = np.arctan2(to_z, to_y)
    at_hip = np.arccos((upper**2 + gap**2 - lower**2) / (2.0 * upper * gap))
    thigh = toward + at_hip  # the knee lies ahead
    knee_y, knee_z = upper * np.cos(thigh), upper * np.sin(thigh)
    reached_y, reached_z = gap * np.cos(toward), gap * np.sin(toward)
    shank = np.arctan2(reached_z - knee_z, reached_y - knee_y)
    rest_thigh, rest_shank = _way(hip, knee), _way(knee, heel)
    turn_thigh, turn_shank, turn_foot = _wrapped(thigh - rest_thigh), _wrapped(shank - rest_shank), -roll
    in_the_air = -0.7 * np.clip(z / _LIFT_WALK_M, 0.0, 1.0)
    return Bend(turn_thigh, turn_shank - turn_thigh, turn_foot - turn_shank, in_the_air - turn_foot)


def _way(start: Floats, end: Floats) -> float:
    return float(np.arctan2(end[1] - start[1], end[0] - start[0]))


def _wrapped(angle: Floats) -> Floats:
    result: Floats = np.mod(angle + np.pi, TURN) - np.pi
    return result
