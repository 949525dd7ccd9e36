"""Sparks that fall from broken signs, bounce and die.

In: a chunk's signs.  Out: where they arc (`arcs_of`), and a `Surface` of streaks that shaders/surface/spark.vert.glsl throws,
closed-form in time. A vertex: `position` the arc, `uv` the corner (±1), `tint` which way the wall looks (red, green: 128 + 127·x, y),
`extra` (which strike, the spark's own number, the sign's, 0).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from world.fields import draw_u64
from world.mesh.smoke import CORNERS
from world.mesh.surface import Finish, Surface, SurfaceBuilder
from world.plan.records import Sign

_SHARE = 0.6  # of the signs that flicker
_STRIKES, _SPARKS = 3, 13
_OUT_M = 0.3


def arcs_of(signs: Sequence[Sign]) -> NDArray[np.float64]:
    """(N, 6): place (m, world), own number (a whole number of 255ths), the way the wall looks (x, y)."""
    rows = []
    for sign in signs:
        draw = draw_u64(7, "arc", *sign.key)
        if sign.slot < 0 or not sign.lit or (draw >> 8 & 0xFFFF) / 0x10000 > _SHARE:
            continue
        turn = math.radians(sign.heading_deg)
        out = math.sin(turn), math.cos(turn)
        x, y, z = sign.position
        rows.append((x + _OUT_M * out[0], y + _OUT_M * out[1], z - 0.45 * sign.height_m, (draw & 0xFF) / 255.0, *out))
    return np.array(rows, dtype=np.float64).reshape(-1, 6)


def sparks_of(signs: Sequence[Sign], corner: tuple[float, float]) -> Surface:
    """All sparks of a chunk, relative to its corner."""
    arcs = arcs_of(signs)
    count = _STRIKES * _SPARKS
    n = len(arcs) * count
    which, number = np.divmod(np.arange(n), count)
    extra = np.zeros((n, 4), np.uint8)
    extra[:, 0], extra[:, 1] = number // _SPARKS, number
    extra[:, 2] = np.rint(255.0 * arcs[which, 3])
    tint = np.full((n, 4), 255, np.uint8)
    tint[:, :2] = np.rint(128.0 + 127.0 * arcs[which, 4:])
    source = arcs[which, :3] - [*corner, 0.0]
    builder = SurfaceBuilder()
    normals = np.broadcast_to(np.array([0.0, 0.0, 1.0]), (n, 4, 3))
    uv = np.broadcast_to(CORNERS, (n, 4, 2))
    builder.quads(np.repeat(source[:, None], 4, axis=1), Finish.EMBER, tint, uv, extra, normals)
    return builder.build()
