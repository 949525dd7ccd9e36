"""Where a thing stands and how it lies.

In: an origin, a heading and perhaps a lean.  Out: the axes that take its mesh there.
A thing's own frame: +x right, +y forward, +z up, metres; it rests on z = 0 unless its maker says otherwise.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float, float]


@dataclass(frozen=True)
class Frame:
    """`origin` in metres (chunk-relative for meshes); `heading_deg` clockwise from north (+y); `pitch_deg` raises the nose (+y),
    `roll_deg` lowers the right side (+x)."""

    origin: Point
    heading_deg: float = 0.0
    pitch_deg: float = 0.0
    roll_deg: float = 0.0

    @staticmethod
    def on(origin: Point, heading_deg: float, slope: tuple[float, float]) -> Frame:
        """Standing square on ground that rises by `slope` = (dz/dx, dz/dy): all four wheels touch."""
        gx, gy = slope
        if gx == 0.0 and gy == 0.0:
            return Frame(origin, heading_deg)
        heading = math.radians(heading_deg)
        sh, ch = math.sin(heading), math.cos(heading)
        along, across = gx * sh + gy * ch, gx * ch - gy * sh
        pitch = math.atan(along)
        # The ground's normal, seen from the pitched frame: its share to the right, and upward.
        roll = math.atan2(-across, along * math.sin(pitch) + math.cos(pitch))
        return Frame(origin, heading_deg, math.degrees(pitch), math.degrees(roll))

    def moved(self, dx: float, dy: float, dz: float = 0.0) -> Frame:
        """The same frame seen from another origin, or shifted (metres)."""
        x, y, z = self.origin
        return replace(self, origin=(x + dx, y + dy, z + dz))

    def rotation(self) -> tuple[Point, Point, Point]:
        """The thing's right, forward and up in the outer frame."""
        h, p, r = math.radians(self.heading_deg), math.radians(self.pitch_deg), math.radians(self.roll_deg)
        sh, ch, sp, cp, sr, cr = math.sin(h), math.cos(h), math.sin(p), math.cos(p), math.sin(r), math.cos(r)
        ux, uy = -sh * sp, -ch * sp  # up, before the roll
        return (
            (cr * ch - sr * ux, -cr * sh - sr * uy, -sr * cp),
            (sh * cp, ch * cp, sp),
            (sr * ch + cr * ux, -sr * sh + cr * uy, cr * cp),
        )

    def axes(self) -> NDArray[np.float64]:
        """(3, 3): rows are the thing's right, forward and up; `local @ axes + origin` places points."""
        return np.array(self.rotation())

    def turned(self, vectors: NDArray[np.float64]) -> NDArray[np.float64]:
        """Local directions (..., 3) in the outer frame."""
        axes = self.axes()
        there: NDArray[np.float64] = vectors[..., :1] * axes[0] + vectors[..., 1:2] * axes[1] + vectors[..., 2:] * axes[2]
        return there

    def at(self, points: object) -> NDArray[np.float64]:
        """Local points (..., 3) in the outer frame."""
        return self.turned(np.asarray(points, dtype=np.float64)) + np.asarray(self.origin)
