"""A made-up world for tests: flat ground and the boxes one asks for, anywhere on the plane.

In: `box(...)`es.  Out: `land(boxes)`, a source of `ChunkSpace` for a `SpaceWindow`.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from world.space import ChunkSpace, Flag, Ground, Material, Solids
from world.space.chunk_space import CHUNK_M, GROUND_NODES, GROUND_STEP_M, NO_EMITTERS


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


def land(
    boxes: list[Solids] | None = None,
    height: Callable[[np.ndarray, np.ndarray], np.ndarray] | None = None,
    material: Material = Material.ASPHALT,
) -> Callable[[int, int], ChunkSpace]:
    """A world of `boxes` on ground of the given `height(x, y)` (flat at 0 by default)."""
    solids = Solids.join(boxes or [])
    low, high = solids.bounds()

    def source(cx: int, cy: int) -> ChunkSpace:
        corner = np.array([cx, cy]) * CHUNK_M
        touching = ((high[:, :2] >= corner) & (low[:, :2] <= corner + CHUNK_M)).all(axis=1)
        axis = np.arange(GROUND_NODES) * GROUND_STEP_M
        x, y = np.meshgrid(axis + corner[0], axis + corner[1])
        z = np.zeros_like(x) if height is None else height(x, y)
        cells = GROUND_NODES - 1
        ground = Ground(z.astype(np.float32), np.full((cells, cells), material, np.uint8), np.full((64, 64), 1e4, np.float32))
        return ChunkSpace(cx, cy, ground, solids.take(touching), NO_EMITTERS)

    return source
