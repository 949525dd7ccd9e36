"""How wide the eye opens: dark places are drawn brighter than bright ones, within bounds.

In: the light field round the eye, where it looks.  Out: the factor from luminance (cd/m²) to the picture. It hangs on place and view
alone, never on the frames before, so that a film's frame rendered by itself is the frame rendered in sequence; as the field is smooth, so
is a walk's exposure.
Source: the log-average of the scene (Reinhard et al., SIGGRAPH 2002), here over points in the air that is looked into, and the eye's
partial adaptation as a power of it.
"""

from __future__ import annotations

import numpy as np

from world.pose import Pose
from world.stage.textures import FieldRings

_NARROWEST, _WIDEST = 0.8, 2.3
_COMMON_LUX = 0.45  # mean irradiance of a street whose exposure is 1
_ADAPTATION = 0.42
_FLOOR_LUX = 0.004
_DISTANCES_M = np.array([2.0, 5.0, 10.0, 18.0])
# Where in the view: right and up of the middle (tangents).
_LOOKS = np.array([(x, y) for y in (-0.3, 0.0, 0.3) for x in (-0.7, -0.35, 0.0, 0.35, 0.7)])


def exposure_at(rings: FieldRings, pose: Pose, sky_lux: float) -> float:
    """The factor, from .8 in a blaze to 2.3 in the dark."""
    right, forward, up = (np.array(axis) for axis in pose.axes())
    ways = forward + _LOOKS[:, :1] * right + _LOOKS[:, 1:] * up
    points = np.array(pose.position) + (_DISTANCES_M[:, None, None] * ways).reshape(-1, 3)
    points[:, 2] = np.maximum(points[:, 2], 0.3 if pose.position[2] > 0.0 else -3.0)
    lux = rings.mean_lux(points) + 0.5 * sky_lux
    common = float(np.exp(np.mean(np.log(lux + _FLOOR_LUX))))
    return min(_WIDEST, max(_NARROWEST, (_COMMON_LUX / common) ** _ADAPTATION))
