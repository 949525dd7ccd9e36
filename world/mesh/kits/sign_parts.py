"""What boards that stand or lie about are made of: lettered faces, cracked ones, frames.

In: a `ModelBuilder`, places and sizes in metres.  Out: polygons. A face is spanned by `right` and z, seen against `normal`:
right = z × normal, so that words read from left to right for whoever stands before them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from world.fields import uniform
from world.mesh.kits.forms import beam
from world.mesh.kits.model import DARK, Floats, Glow, ModelBuilder
from world.mesh.lettering import Rectangle
from world.mesh.surface import Finish

Rgb = tuple[int, int, int]

STEEL: Rgb = (74, 78, 80)
HOUSING: Rgb = (38, 41, 44)
DEAD_GLASS: Rgb = (92, 98, 98)


def span(normal: Sequence[float]) -> tuple[Floats, Floats]:
    """(right, normal) of a standing face."""
    n = np.asarray(normal, dtype=np.float64)
    return np.cross([0.0, 0.0, 1.0], n), n


def panel(
    builder: ModelBuilder,
    centre: Floats,
    normal: Sequence[float],
    size: tuple[float, float],
    rectangle: Rectangle,
    colour: Rgb,
    glow: Glow,
    cells: int,
    dead: NDArray[np.bool_],
    seed: int,
) -> None:
    """A word's face of `size` (width, height), cut along its longer side into `cells`, of which `dead` (cells,) do not glow.
    A face wholly dead is cracked: a jittered grid of shards, some fallen out."""
    right, out = span(normal)
    width, height = size
    upright = height > width
    if dead.all():
        _cracked(builder, centre, right, out, size, rectangle, seed)
        return
    edges = np.linspace(0.0, 1.0, cells + 1)
    for i in range(cells):
        low, high = (edges[cells - 1 - i], edges[cells - i]) if upright else (edges[i], edges[i + 1])
        s, t = ((0.0, 1.0), (low, high)) if upright else ((low, high), (0.0, 1.0))
        st = np.array([[s[0], t[0]], [s[1], t[0]], [s[1], t[1]], [s[0], t[1]]])
        builder.polygons(
            _on(centre, right, out, size, st)[None],
            Finish.SIGN_PANEL,
            colour if not dead[i] else DEAD_GLASS,
            uv=_in_atlas(rectangle, st)[None],
            glow=DARK if dead[i] else glow,
        )


def rim(
    builder: ModelBuilder, centre: Floats, normal: Sequence[float], size: tuple[float, float], depth: float, bar: float, tint: Rgb = HOUSING
) -> None:
    """A frame of four bars round a face, `depth` deep and `bar` wide, outside the face's `size`."""
    right, out = span(normal)
    w, h = size[0] / 2 + bar / 2, size[1] / 2 + bar / 2
    up = np.array([0.0, 0.0, 1.0])
    for sign in (-1.0, 1.0):
        beam(
            builder,
            centre + sign * h * up - right * (w + bar / 2),
            centre + sign * h * up + right * (w + bar / 2),
            depth,
            bar,
            Finish.METAL,
            tint,
        )
        a, b = centre + sign * w * right - up * (h - bar / 2), centre + sign * w * right + up * (h - bar / 2)
        wide, deep = (depth, bar) if abs(out[0]) > 0.5 else (bar, depth)
        beam(builder, a, b, wide, deep, Finish.METAL, tint)


def _on(centre: Floats, right: Floats, out: Floats, size: tuple[float, float], st: Floats) -> Floats:
    offset: Floats = (st[:, :1] - 0.5) * size[0] * right + (st[:, 1:] - 0.5) * size[1] * np.array([0.0, 0.0, 1.0])
    return centre + offset


def _in_atlas(rectangle: Rectangle, st: Floats) -> Floats:
    low, high = np.array([rectangle.u0, rectangle.v0]), np.array([rectangle.u1, rectangle.v1])
    uv: Floats = low + st * (high - low)
    return uv


def _cracked(
    builder: ModelBuilder, centre: Floats, right: Floats, out: Floats, size: tuple[float, float], rectangle: Rectangle, seed: int
) -> None:
    nx, ny = (3, 6) if size[1] > size[0] else (6, 3)
    i, j = np.meshgrid(np.arange(nx + 1), np.arange(ny + 1), indexing="ij")
    inner_x, inner_y = (i > 0) & (i < nx), (j > 0) & (j < ny)
    s = (i + inner_x * (uniform(seed, "crack-x", i, j) - 0.5) * 0.9) / nx
    t = (j + inner_y * (uniform(seed, "crack-y", i, j) - 0.5) * 0.9) / ny
    st = np.stack([s, t], axis=-1)
    quads = np.stack([st[:-1, :-1], st[1:, :-1], st[1:, 1:], st[:-1, 1:]], axis=2).reshape(-1, 4, 2)
    shards = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
    shards = shards[uniform(seed, "fallen", np.arange(len(shards))) > 0.22]
    corners = _on(centre, right, out, size, shards.reshape(-1, 2)).reshape(-1, 3, 3)
    tilt = (uniform(seed, "tilt", np.arange(len(shards))[:, None], np.arange(3)) - 0.5) * 0.02
    corners = corners + out * (tilt[..., None] - 0.01)
    builder.polygons(corners, Finish.SIGN_PANEL, DEAD_GLASS, uv=_in_atlas(rectangle, shards.reshape(-1, 2)).reshape(-1, 3, 2))
