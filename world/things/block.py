"""The one primitive of which everything that is in the way is made, in a thing's own frame.

In: nothing.  Out: `Block` (a sheared box), what it is made of, what it stops.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Material(enum.IntEnum):
    """What is under a foot or in the way of a sound."""

    ASPHALT = 0
    PAVING = 1
    CONCRETE = 2
    METAL = 3
    GLASS = 4
    RUBBLE = 5
    TILE = 6


class Flag(enum.IntFlag):
    """What a solid stops."""

    MOVE = 1
    SIGHT = 2
    LIGHT = 4
    SOUND = 8
    ALL = 15


SOLID = Flag.MOVE | Flag.SIGHT | Flag.SOUND  # too small to throw a shadow of its own in the light field


@dataclass(frozen=True)
class Block:
    """One sheared box in a thing's frame (x right, y forward, z up, metres): centre and half sizes along x and y, from `bottom` to
    `top` at the centre, rising by `slope` (dz/dx, dz/dy)."""

    centre: tuple[float, float]
    half: tuple[float, float]
    bottom: float
    top: float
    slope: tuple[float, float] = (0.0, 0.0)
    material: Material = Material.METAL
    flags: Flag = SOLID
