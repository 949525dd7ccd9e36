"""What a machine can see from where it is, as seen from above.

In: the region, an eye, where its head looks, its kind, the rain's share of sight.  Out: the outlines of its cones, cut by what stands in
the way, the widest first.
How: rays from the eye to where a torso would be, each as far as the widest cone at its bearing reaches, are cut by the very solids that
robots look past (`world.space.sight`); the angles and ranges are those of `world.sim.eyes`.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

from world.sim.eyes import CONES, SENTRY_CONE
from world.sim.kinds import Kind
from world.space.chunk_space import Flag
from world.space.index import Region
from world.space.sight import cuts

TORSO_M = 1.02  # above the ground: what is looked at
_STEP_DEG = 2.5
_CONTACT, _FOCUS, _NORMAL, _PERIPHERAL = CONES
_AHEAD = (_PERIPHERAL, _NORMAL, _FOCUS)  # the widest first


@cache
def _half_angle_deg(cosine: float) -> float:
    return math.degrees(math.acos(cosine))


@cache
def _bearings_deg() -> NDArray[np.float64]:
    """Of the rays, off the head's own: evenly, and along each cone's sides."""
    sides = np.array([_half_angle_deg(cone[0]) for cone in _AHEAD])
    return np.unique(np.concatenate([np.arange(-sides[0], sides[0], _STEP_DEG), -sides, sides]))


def outlines(
    region: Region, eye: NDArray[np.float64], ground_m: float, head: NDArray[np.float64], kind: int, share: float
) -> list[NDArray[np.float64]]:
    """Outlines (N, 2) in world metres: of a sentry the disc under it, of others the three cones, each from its eye out."""
    torso = ground_m + TORSO_M
    if kind == Kind.SENTRY:
        return [_disc(region, eye, torso, share)]
    bearing = math.degrees(math.atan2(head[0], head[1]))
    off = _bearings_deg()
    way = np.column_stack([np.sin(np.radians(bearing + off)), np.cos(np.radians(bearing + off))])
    reach = np.full(len(off), _PERIPHERAL[2] * share)
    for cosine, _, range_m, _ in (_NORMAL, _FOCUS):
        reach[abs(off) <= _half_angle_deg(cosine) + 1e-9] = range_m * share
    free = reach * _free(region, eye, np.column_stack([eye[:2] + way * reach[:, None], np.full(len(off), torso)]))
    found = []
    for cosine, _, range_m, _ in _AHEAD:
        within = abs(off) <= _half_angle_deg(cosine) + 1e-9
        rim = eye[:2] + way[within] * np.minimum(free[within], range_m * share)[:, None]
        found.append(np.concatenate([eye[None, :2], rim]))
    return found


def _disc(region: Region, eye: NDArray[np.float64], torso: float, share: float) -> NDArray[np.float64]:
    cosine, range_m, _ = SENTRY_CONE
    down = max(0.0, float(eye[2]) - torso)
    slant = min(down / cosine, range_m * share)
    radius = math.sqrt(max(0.0, slant * slant - down * down))
    turn = np.linspace(0.0, math.tau, 49)[:-1]
    rim = np.column_stack([eye[0] + radius * np.sin(turn), eye[1] + radius * np.cos(turn), np.full(len(turn), torso)])
    return eye[:2] + (rim[:, :2] - eye[:2]) * _free(region, eye, rim)[:, None]


def _free(region: Region, eye: NDArray[np.float64], ends: NDArray[np.float64]) -> NDArray[np.float64]:
    """(S,): the share of each ray from the eye that is free."""
    share = np.ones(len(ends))
    ray, _, enter, _ = cuts(region, np.repeat(eye[None], len(ends), axis=0), ends, Flag.SIGHT)
    np.minimum.at(share, ray, enter)
    return share
