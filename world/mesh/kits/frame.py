"""Where a thing stands, and the solids it is there.

In: an origin, a heading and perhaps a lean.  Out: matrices for the mesh, `Solids` for the senses: one placement for both.
A thing's own frame: +x right, +y forward, +z up, metres; it rests on z = 0 unless its maker says otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from world.space import Flag, Material, Solids

Point = tuple[float, float, float]


@dataclass(frozen=True)
class Frame:
    """`origin` in metres (chunk-relative for meshes, world for solids); `heading_deg` clockwise from north (+y);
    `pitch_deg` raises the nose (+y), `roll_deg` lowers the right side (+x)."""

    origin: Point
    heading_deg: float = 0.0
    pitch_deg: float = 0.0
    roll_deg: float = 0.0

    def moved(self, dx: float, dy: float, dz: float = 0.0) -> Frame:
        """The same frame seen from another origin, or shifted (metres)."""
        x, y, z = self.origin
        return replace(self, origin=(x + dx, y + dy, z + dz))

    def axes(self) -> NDArray[np.float64]:
        """(3, 3): rows are the thing's right, forward and up in the outer frame; `local @ axes + origin` places points."""
        h, p, r = (math.radians(a) for a in (self.heading_deg, self.pitch_deg, self.roll_deg))
        sh, ch, sp, cp, sr, cr = math.sin(h), math.cos(h), math.sin(p), math.cos(p), math.sin(r), math.cos(r)
        level_right = np.array([ch, -sh, 0.0])
        forward = np.array([sh * cp, ch * cp, sp])
        level_up = np.array([-sh * sp, -ch * sp, cp])
        return np.stack([cr * level_right - sr * level_up, forward, sr * level_right + cr * level_up])

    def at(self, points: object) -> NDArray[np.float64]:
        """Local points (..., 3) in the outer frame."""
        p, axes = np.asarray(points, dtype=np.float64), self.axes()
        there: NDArray[np.float64] = np.asarray(self.origin) + p[..., :1] * axes[0] + p[..., 1:2] * axes[1] + p[..., 2:] * axes[2]
        return there


@dataclass(frozen=True)
class Block:
    """One sheared box in a thing's frame: centre and half sizes along x and y, from `bottom` to `top`, rising by `slope`."""

    centre: tuple[float, float]
    half: tuple[float, float]
    bottom: float
    top: float
    slope: tuple[float, float] = (0.0, 0.0)
    material: Material = Material.METAL
    flags: Flag = Flag.ALL


def solids_of(blocks: Iterable[Block], frame: Frame) -> Solids:
    """The blocks placed by an upright frame (pitch and roll must be 0: a sheared box cannot lean), as `Solids`."""
    given = list(blocks)
    n = len(given)
    axes = frame.axes()
    centre = np.array([b.centre for b in given], dtype=np.float64).reshape(n, 2)
    xy = np.asarray(frame.origin[:2]) + centre[:, :1] * axes[0, :2] + centre[:, 1:] * axes[1, :2]
    z = frame.origin[2]
    return Solids(
        centre=xy,
        half=np.array([b.half for b in given], dtype=np.float64).reshape(n, 2),
        axis=np.tile(axes[0, :2], (n, 1)),
        bottom=np.array([b.bottom + z for b in given], dtype=np.float64),
        top=np.array([b.top + z for b in given], dtype=np.float64),
        slope=np.array([b.slope for b in given], dtype=np.float64).reshape(n, 2),
        material=np.array([b.material for b in given], dtype=np.uint8),
        flags=np.array([b.flags for b in given], dtype=np.uint8),
    )
