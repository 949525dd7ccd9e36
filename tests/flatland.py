"""A made-up world for tests: flat ground and the boxes one asks for, anywhere on the plane.

In: `box(...)`es.  Out: `land(boxes)`, a source of `ChunkSpace` for a `SpaceWindow`, as scenarios have it.
"""

from __future__ import annotations

import math

import numpy as np

from world.scenario.yard import land
from world.space import Flag, Material, Solids

__all__ = ["box", "land"]


def box(
    x: float,
    y: float,
    half_u: float,
    half_v: float,
    top: float,
    bottom: float = 0.0,
    turn_deg: float = 0.0,
    slope: tuple[float, float] = (0.0, 0.0),
    material: Material = Material.CONCRETE,
    flags: Flag = Flag.ALL,
) -> Solids:
    """One sheared box, its u axis turned by `turn_deg` from east."""
    turn = math.radians(turn_deg)
    return Solids(
        np.array([[x, y]], float),
        np.array([[half_u, half_v]], float),
        np.array([[math.cos(turn), math.sin(turn)]]),
        np.array([bottom], float),
        np.array([top], float),
        np.array([slope], float),
        np.array([material], np.uint8),
        np.array([flags], np.uint8),
    )
