"""Low walls: the parapets of canals, the railings of parks.

In: a plan's `Barrier`s.  Out: faces appended to a `SurfaceBuilder`.
"""

from __future__ import annotations

import numpy as np

from world.mesh.surface import Finish, SurfaceBuilder
from world.mesh.walls import Array, add_rods
from world.plan.records import Barrier, BarrierKind

_COPING_M, _OVER_M = 0.12, 0.05
_POST_GAP_M, _BAR_GAP_M = 2.0, 0.16
_CONCRETE = (120, 117, 111, 235)


def add_barriers(builder: SurfaceBuilder, barriers: tuple[Barrier, ...], corner: tuple[float, float]) -> None:
    """All barriers of a chunk, relative to its corner."""
    for barrier in barriers:
        a, b = (np.array([p[0] - corner[0], p[1] - corner[1], barrier.z]) for p in (barrier.a, barrier.b))
        if barrier.kind is BarrierKind.FENCE:
            _railing(builder, a, b, barrier.height_m)
        else:
            top = barrier.height_m - _COPING_M
            _beam(builder, a, b, barrier.half_m, -0.7, top, Finish.DECK, _CONCRETE)
            _beam(builder, a, b, barrier.half_m + _OVER_M, top, barrier.height_m, Finish.CONCRETE, _CONCRETE)


def _beam(
    builder: SurfaceBuilder, a: Array, b: Array, half: float, low: float, high: float, finish: Finish, tint: tuple[int, int, int, int]
) -> None:
    """A bar of rectangular section from a to b, with its ends."""
    along = (b - a) / np.linalg.norm(b - a)
    aside = np.array([-along[1], along[0], 0.0]) * half
    up0, up1 = np.array([0.0, 0.0, low]), np.array([0.0, 0.0, high])
    quads = [
        (a - aside + up0, b - aside + up0, b - aside + up1, a - aside + up1),
        (b + aside + up0, a + aside + up0, a + aside + up1, b + aside + up1),
        (a - aside + up1, b - aside + up1, b + aside + up1, a + aside + up1),
        (a + aside + up0, a - aside + up0, a - aside + up1, a + aside + up1),
        (b - aside + up0, b + aside + up0, b + aside + up1, b - aside + up1),
    ]
    builder.quads(np.array(quads), finish, tint)


def _railing(builder: SurfaceBuilder, a: Array, b: Array, height: float) -> None:
    """Posts, two rails, thin bars between."""
    length = float(np.linalg.norm(b - a))
    lift = np.array([0.0, 0.0, 1.0])
    add_rods(builder, np.array([a + lift * z for z in (0.12, height)]), np.array([b + lift * z for z in (0.12, height)]), 0.022)
    for gap, top, radius in ((_POST_GAP_M, height + 0.06, 0.034), (_BAR_GAP_M, height, 0.009)):
        at = a + (b - a) * np.linspace(0.0, 1.0, max(2, round(length / gap) + 1))[:, None]
        add_rods(builder, at - 0.2 * lift, at + top * lift, radius)
