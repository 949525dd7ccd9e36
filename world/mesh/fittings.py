"""Hangs the planned cables and holograms into a chunk's mesh.

In: records of the plan, the chunk's corner.  Out: faces appended to a `SurfaceBuilder`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from world.mesh.surface import Finish, SurfaceBuilder
from world.mesh.walls import add_rods
from world.plan.records import Cable, Hologram

_PIECES = 9


def add_cables(builder: SurfaceBuilder, cables: Sequence[Cable], corner: tuple[float, float]) -> None:
    """Parabolas (a catenary this flat differs by millimetres), three-sided, in nine pieces each."""
    if not cables:
        return
    t = np.linspace(0.0, 1.0, _PIECES + 1)[:, None]
    a, b = (np.array([getattr(cable, end) for cable in cables])[:, None] - [*corner, 0.0] for end in ("a", "b"))
    line = a + (b - a) * t
    line[..., 2] -= np.array([cable.sag_m for cable in cables])[:, None] * 4.0 * (t * (1 - t))[:, 0]
    radius = np.repeat([cable.radius_m for cable in cables], _PIECES)
    add_rods(builder, line[:, :-1].reshape(-1, 3), line[:, 1:].reshape(-1, 3), radius[:, None], Finish.RUBBER, (70, 72, 76, 255))


def add_hologram(builder: SurfaceBuilder, hologram: Hologram, corner: tuple[float, float]) -> None:
    """The board's quad; uv 0..1; extra: flicker group, strength, content, aspect · 16. The hologram shader does the rest."""
    heading = math.radians(hologram.heading_deg)
    right = np.array([math.cos(heading), -math.sin(heading), 0.0])  # seen from behind, so the face reads to the left
    x, y, z = hologram.position
    foot = np.array([x - corner[0], y - corner[1], z])
    half = hologram.width_m / 2 * right
    top = np.array([0.0, 0.0, hologram.height_m])
    quad = [foot + half, foot - half, foot - half + top, foot + half + top]
    aspect = min(255, round(16 * hologram.width_m / hologram.height_m))
    uv = [[[0, 0], [1, 0], [1, 1], [0, 1]]]
    builder.quads([quad], Finish.LAMP, (*hologram.colour, 255), uv, (hologram.group, 200, hologram.content, aspect))
