"""Flames that lick out of burning windows, and the black smoke they turn into.

In: a chunk's sides.  Out: a `Surface` of upright squares for shaders/surface/smoke.vert.glsl (`Plume.FLAME`), one a window on fire:
`position` the middle of its upper edge, `tint` red its half width in centimetres; the rest as of `world.mesh.smoke`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from world.fields import Keyed
from world.mesh.smoke import CORNERS, Plume
from world.mesh.surface import Finish, Surface, SurfaceBuilder
from world.mesh.walls import Side
from world.plan.facade import Pane

_BEFORE_M = 0.12  # of the wall
_SILL_TO_TOP = 0.72  # of a storey, where a window's upper edge is
_OPEN = 0.36  # half an opening, as a share of its bay


def flames_of(sides: Sequence[Side], corner: tuple[float, float]) -> Surface:
    """Those of all windows on fire."""
    builder = SurfaceBuilder()
    for side in sides:
        f = side.facade
        floor, bay = np.nonzero(f.panes == Pane.FIRE)
        if not len(floor):
            continue
        keyed = Keyed(*side.building.key, *side.part, floor, bay)
        s = f.bay_m * (bay + 0.5)
        z = f.floor_z[floor] + _SILL_TO_TOP * (f.floor_z[floor + 1] - f.floor_z[floor])
        (ox, oy), (ax, ay), (nx, ny) = f.origin, f.along, f.outward
        source = np.column_stack([ox + ax * s + nx * _BEFORE_M - corner[0], oy + ay * s + ny * _BEFORE_M - corner[1], z])
        count = len(source)
        extra = np.zeros((count, 4), np.uint8)
        extra[:, 0], extra[:, 1], extra[:, 2] = Plume.FLAME, 0, np.rint(255 * keyed.uniform(9, "flame"))
        uv = np.broadcast_to(CORNERS, (count, 4, 2))
        normals = np.broadcast_to(np.array([0.0, 0.0, 1.0]), (count, 4, 3))
        half_cm = min(255, round(100 * _OPEN * f.bay_m))
        builder.quads(np.repeat(source[:, None], 4, axis=1), Finish.EMBER, (half_cm, 0, 0, 255), uv, extra, normals)
    return builder.build()
