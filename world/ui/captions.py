"""Captions for what can be heard: `servo hum, left, near, searching`.

In: the machines that can be heard, where from, and the head that hears them.  Out: a line each, loudest first.
Only audible sounds are given, from the way they reach the ear: a caption tells no more than a good ear does.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from world.sim import Band

_SECTORS = ("ahead", "ahead, right", "right", "behind, right", "behind", "behind, left", "left", "ahead, left")
_MOODS = {
    Band.UNAWARE: "",
    Band.OBSERVANT: "slowing",
    Band.SUSPICIOUS: "listening",
    Band.SEARCHING: "searching",
    Band.AGITATED: "hunting",
    Band.PURSUIT: "coming for you",
}
_NEAR_M, _CLOSE_M = 25.0, 9.0
_MOST = 3


def direction_of(direction: Sequence[float], heading_deg: float) -> str:
    """The side that a sound comes from, for a head facing `heading_deg`; `direction` points from the ear to the sound."""
    bearing = math.degrees(math.atan2(direction[0], direction[1])) - heading_deg
    return _SECTORS[round(bearing / 45.0) % 8]


def hum_caption(direction: Sequence[float], heading_deg: float, distance_m: float, band: int) -> str:
    """One machine's line; `distance_m` is along the way that its sound takes."""
    near = "close" if distance_m < _CLOSE_M else "near" if distance_m < _NEAR_M else "far"
    return ", ".join(part for part in ("servo hum", direction_of(direction, heading_deg), near, _MOODS[Band(band)]) if part)


def captions(heard: Sequence[tuple[float, str]]) -> list[str]:
    """The loudest lines of (level in dB, text), no text twice."""
    return list(dict.fromkeys(text for _, text in sorted(heard, key=lambda pair: -pair[0])))[:_MOST]
