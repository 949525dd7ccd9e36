"""Where an eye is and how it looks.

In: metres and degrees of the world's frame.  Out: `Pose`, and its unit vectors.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

Vector = tuple[float, float, float]


@dataclass(frozen=True)
class Pose:
    """`heading_deg` clockwise from north (+y), `pitch_deg` up, `roll_deg` clockwise; `fov_deg` is horizontal at 16:9
    (the vertical angle is what stays when the aspect changes)."""

    position: Vector
    heading_deg: float
    pitch_deg: float = 0.0
    roll_deg: float = 0.0
    fov_deg: float = 80.0

    def axes(self) -> tuple[Vector, Vector, Vector]:
        """Unit vectors (right, forward, up) in the world's frame."""
        h, p, r = (math.radians(a) for a in (self.heading_deg, self.pitch_deg, self.roll_deg))
        sh, ch, sp, cp, sr, cr = math.sin(h), math.cos(h), math.sin(p), math.cos(p), math.sin(r), math.cos(r)
        level_right = (ch, -sh, 0.0)
        forward = (sh * cp, ch * cp, sp)
        level_up = (-sh * sp, -ch * sp, cp)
        right = tuple(cr * a - sr * b for a, b in zip(level_right, level_up, strict=True))
        up = tuple(sr * a + cr * b for a, b in zip(level_right, level_up, strict=True))
        return (right[0], right[1], right[2]), forward, (up[0], up[1], up[2])
