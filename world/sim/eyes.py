"""What can be seen: how visible a body is, and how fast an eye becomes sure of it.

In: illuminance (lux), speed, posture, distance, the eye's cones.  Out: visibility in [0, 1] and the rate of alarm per second.
How: visibility goes with the logarithm of the light, as eyes do; the cones are tried from the narrowest out, and the first that
holds the body decides. The light is the very field that is drawn.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from world.sim.exact import exp, log10, sin_cos, units_from_degrees

DARK_LUX, BRIGHT_LUX = 0.05, 20.0
BODY_SHARES = np.array([0.3, 0.5, 0.2])  # head, torso, feet
CROUCHED, HUGGING = 0.6, 0.5  # what posture leaves of visibility
SIGHT_MAX_M = 25.0
ACUITY = np.array([1.0, 1.0, 1.0, 1.1, 1.3, 1.5])  # by band
_RUN_M_S = 4.5
_CONTACT_VISIBILITY = 0.35


def _cone(horizontal_deg: float, vertical_deg: float, range_m: float, gain: float) -> tuple[float, float, float, float]:
    """(cos of the half angle, sin of the half angle up and down, range, gain)."""
    return sin_cos(units_from_degrees(horizontal_deg))[1], sin_cos(units_from_degrees(vertical_deg))[0], range_m, gain


CONTACT = _cone(180.0, 90.0, 1.2, 6.0)  # as far as it can lay hold: a careful hand still reaches farther (1.3 m)
CONES = (CONTACT, _cone(30.0, 25.0, SIGHT_MAX_M, 1.0), _cone(60.0, 35.0, 18.0, 0.6), _cone(95.0, 45.0, 8.0, 0.25))
SENTRY_CONE = (sin_cos(units_from_degrees(45.0))[1], 40.0, 0.7)  # cos of the half angle round straight down, range, gain


def look_down_gain(away: NDArray[np.float64], distance: NDArray[np.float64], share: float) -> NDArray[np.float64]:
    """Gain of a sentry's cone, (R,), for a body `away` (R, 3) at `distance`; `share` of the range is left by the rain."""
    cosine, range_m, gain = SENTRY_CONE
    return np.where((-away[:, 2] >= cosine * distance) & (distance <= range_m * share), gain, 0.0)


def visibility(lux: Any, speed_m_s: Any, posture: Any = 1.0) -> Any:
    """V in [0, 1]: light, movement and posture."""
    low = log10(DARK_LUX)
    light = np.clip((log10(np.maximum(lux, 1e-6)) - low) / (log10(BRIGHT_LUX) - low), 0.0, 1.0)
    return light * (0.6 + 0.4 * np.minimum(np.asarray(speed_m_s) / _RUN_M_S, 1.0)) * posture


def cone_gain(head: NDArray[np.float64], away: NDArray[np.float64], share: float) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Gain of the cone that holds the body, (R,), and whether it is the contact cone. `head` (R, 2) unit, `away` (R, 3) from the eyes
    to the body; `share` of every range is left by the rain."""
    flat = np.sqrt(away[:, 0] * away[:, 0] + away[:, 1] * away[:, 1])
    distance = np.sqrt(flat * flat + away[:, 2] * away[:, 2])
    ahead = (head[:, 0] * away[:, 0] + head[:, 1] * away[:, 1]) / np.maximum(flat, 1e-9)
    rise = abs(away[:, 2]) / np.maximum(distance, 1e-9)
    gain = np.zeros(len(head))
    for cosine, sine, range_m, cone in reversed(CONES):
        reach = range_m if cone == CONTACT[3] else range_m * share
        gain = np.where((ahead >= cosine - 1e-12) & (rise <= sine) & (distance <= reach), cone, gain)
    return gain, gain == CONTACT[3]


def alarm_rate(seen: Any, fraction: Any, distance_m: Any, gain: Any, contact: Any) -> Any:
    """Growth of the alert per second: `seen` is V, `fraction` the share of the body in sight."""
    v = np.where(contact, np.maximum(seen, _CONTACT_VISIBILITY), seen)
    near = np.clip((40.0 * v - distance_m) / np.maximum(25.0 * v, 1e-9), 0.0, 1.0)
    return 1.05 * gain * v * fraction * exp(-0.015 * np.asarray(distance_m)) * near
