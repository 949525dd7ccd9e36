"""How wide the eye opens: dark places are drawn brighter than bright ones, within bounds.

In: the light field round the eye, where it looks, as far as walls let it.  Out: the factor from luminance (cd/m²) to the picture. In
pictures and films it hangs on place and view alone, never on the frames before, so that a film's frame rendered by itself is the frame
rendered in sequence. In a walk `Adaptation` eases towards it: a turn of the head, or light that streams in late, does not jump.
Source: the log-average of the scene (Reinhard et al., SIGGRAPH 2002), here over points in the air that is looked into, and the eye's
partial adaptation as a power of it.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from world.pose import Pose
from world.stage.lamp_reach import DIRECTIONS, reaches, turned
from world.stage.textures import FieldRings

_NARROWEST, _WIDEST = 0.5, 3.0
_COMMON_LUX = 0.45  # mean irradiance of a street whose exposure is 1
_ADAPTATION = 0.5
_FLOOR_LUX = 0.004
_DISTANCES_M = np.array([2.0, 5.0, 10.0, 18.0])
# Where in the view: right and up of the middle (tangents).
_LOOKS = np.array([(x, y) for y in (-0.3, 0.0, 0.3) for x in (-0.7, -0.35, 0.0, 0.35, 0.7)])
_BEFORE_WALLS = 0.85  # of the way to a wall is looked into
_BLUR = 4  # directions to either side over which that way is averaged: a corner comes into view in the course of a turn, not at once

_CLOSING_S, _OPENING_S = 0.5, 1.5  # time constants: eyes get used to light sooner than to the dark


class Adaptation:
    """An eye in time. It begins adapted to whatever it sees first."""

    def __init__(self) -> None:
        self._log: float | None = None

    def ease(self, target: float, dt_s: float) -> float:
        """The factor `dt_s` seconds later, on its way to `target`; whatever the frame rate, the way is the same."""
        wanted = math.log(target)
        if self._log is None:
            self._log = wanted
        constant = _CLOSING_S if wanted < self._log else _OPENING_S
        self._log += (wanted - self._log) * (1.0 - math.exp(-max(dt_s, 0.0) / constant))
        return math.exp(self._log)

    def forget(self) -> None:
        """The eye opens elsewhere: it is adapted to what it will see there."""
        self._log = None


def exposure_at(rings: FieldRings, pose: Pose, sky_lux: float) -> float:
    """The factor, from .5 in a blaze to 3 in the dark."""
    right, forward, up = (np.array(axis) for axis in pose.axes())
    ways = forward + _LOOKS[:, :1] * right + _LOOKS[:, 1:] * up
    far = np.minimum(_DISTANCES_M[:, None], _seen_m(rings, pose, ways))
    points = np.array(pose.position) + (far[..., None] * ways).reshape(-1, 3)
    points[:, 2] = np.maximum(points[:, 2], 0.3 if pose.position[2] > 0.0 else -3.0)
    lux = rings.mean_lux(points) + 0.5 * sky_lux
    common = float(np.exp(np.mean(np.log(lux + _FLOOR_LUX))))
    return min(_WIDEST, max(_NARROWEST, (_COMMON_LUX / common) ** _ADAPTATION))


def _seen_m(rings: FieldRings, pose: Pose, ways: NDArray[np.float64]) -> NDArray[np.float64]:
    """(N,): how far one sees along `ways` (N, 3), in their own lengths, before a wall."""
    clear = reaches(*rings.walls(), np.array([pose.position]))[0].astype(np.float64)
    ring = np.concatenate([clear[-_BLUR:], clear, clear[: _BLUR + 1]])
    even = np.convolve(ring, np.full(2 * _BLUR + 1, 1.0 / (2 * _BLUR + 1)), "valid")  # and the first once more
    level = np.hypot(ways[:, 0], ways[:, 1])
    found: NDArray[np.float64] = _BEFORE_WALLS * np.interp(turned(ways), np.arange(DIRECTIONS + 1), even) / np.maximum(level, 1e-6)
    return found
