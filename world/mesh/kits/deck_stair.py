"""The steel stair by which one gets up to an elevated road.

In: a `Frame` (origin on the deck's level, in the middle of the stair's head; +y down towards its foot), height, run, width, which side
the deck is on.  Out: mesh.
"""

from __future__ import annotations

import numpy as np

from world.mesh.kits.forms import beam, box
from world.mesh.kits.frame import Frame
from world.mesh.kits.model import ModelBuilder, place
from world.mesh.surface import Finish, SurfaceBuilder

_STEEL, _PAINT, _TREAD = (84, 92, 90), (120, 116, 84), (66, 70, 70)
_RISE_M = 0.19
_RAIL_M = 1.0


def deck_stair(builder: SurfaceBuilder, frame: Frame, height_m: float, run_m: float, width_m: float, landing_m: float, deck: int) -> None:
    """Landing at y = -landing_m .. 0, flight from y = 0 to y = run_m, `height_m` down; `deck` is -1 when the deck lies towards -x."""
    model = ModelBuilder()
    half, slope = width_m / 2, height_m / run_m
    count = round(height_m / _RISE_M)
    y = run_m * (np.arange(count) + 0.5) / count
    deep = 0.58 * run_m / count
    z = -slope * y
    low = np.column_stack([np.full(count, -half + 0.05), y - deep, z - 0.03])
    high = np.column_stack([np.full(count, half - 0.05), y + deep, z + 0.02])
    box(model, low, high, Finish.METAL, _TREAD, skip="-x +x -y")
    box(model, [-half, -landing_m, -0.12], [half, 0.0, 0.0], Finish.METAL, _TREAD)
    box(model, [min(0.0, deck * (half + 0.12)), -landing_m, -0.2], [max(0.0, deck * (half + 0.12)), 0.0, -0.121], Finish.METAL, _STEEL)
    for x in (-half + 0.03, half - 0.03):
        beam(model, [x, -0.05, -0.12], [x, run_m, -height_m - 0.1], 0.06, 0.3, Finish.METAL, _STEEL)
        at = np.arange(0.15, run_m, 1.5)
        foot = np.column_stack([np.full_like(at, x), at, -slope * at - 0.1])
        beam(model, foot, foot + np.array([0.0, 0.0, _RAIL_M + 0.1]), 0.045, 0.045, Finish.METAL, _PAINT)
        for up in (0.52, _RAIL_M):
            beam(model, [x, 0.0, up], [x, run_m, -height_m + up], 0.05, 0.05, Finish.METAL, _PAINT)
    out = -deck * (half - 0.03)
    for up in (0.52, _RAIL_M):
        beam(model, [out, -landing_m, up], [out, 0.0, up], 0.05, 0.05, Finish.METAL, _PAINT)
        beam(model, [-half, -landing_m + 0.03, up], [half, -landing_m + 0.03, up], 0.05, 0.05, Finish.METAL, _PAINT)
    beam(model, [out, -landing_m + 0.03, 0.0], [out, -landing_m + 0.03, _RAIL_M], 0.05, 0.05, Finish.METAL, _PAINT)
    for post in (-landing_m / 2, 0.52 * run_m):  # frames that carry it
        top = -0.12 if post < 0 else -slope * post - 0.24
        for x in (-half + 0.08, half - 0.08):
            beam(model, [x, post, -height_m - 0.3], [x, post, top], 0.14, 0.14, Finish.METAL, _STEEL)
        beam(model, [-half, post, top - 0.06], [half, post, top - 0.06], 0.12, 0.12, Finish.METAL, _STEEL)
        beam(model, [-half + 0.08, post, -height_m + 0.4], [half - 0.08, post, top - 0.3], 0.05, 0.05, Finish.METAL, _STEEL)
    place(builder, model.build(), frame)
