"""The same surface with less in it, for an eye to which a hand's breadth is a pixel.

In: a `Surface`, a grain in metres.  Out: the surface without what is finer, and which triangle was which. Source: vertex clustering
(Rossignac and Borrel, "Multi-resolution 3D approximations", 1993): corners in one cell of a grid become one, and triangles that lose a
side are gone, as are those that are smaller than a cell. Corners of what is large stay where they are, so that walls, panels and what
hangs a little before them keep their order; what glows stays whole: a tube is thinner than any grain, and is what one sees of a sign.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from world.mesh.surface import INDEX, Finish, Surface
from world.mesh.vertex import cross3

_WHOLE = np.isin(np.arange(256), [Finish.TUBE, Finish.LAMP, Finish.SIGN_PANEL, Finish.EMBER])


def leaner(surface: Surface, grain_m: float) -> tuple[Surface, NDArray[np.intp]]:
    """`surface` with nothing finer than `grain_m` (m), and for each triangle left its place (T′,) among the given."""
    faces = surface.indices.reshape(-1, 3)
    position = np.ascontiguousarray(surface.vertices["position"])
    a, b, c = np.moveaxis(position.take(surface.indices, axis=0).reshape(-1, 3, 3), 1, 0)
    ab, ac = b - a, c - a
    twice_area = np.sqrt(_squared(cross3(ab, ac)))
    longest = np.sqrt(np.maximum(np.maximum(_squared(ab), _squared(c - b)), _squared(ac)))
    large = (twice_area >= grain_m * longest) | _WHOLE[surface.vertices["normal"][faces[:, 0], 3]]
    pinned = np.zeros(len(position), bool)
    pinned[faces[large]] = True
    fine = np.flatnonzero(~large & (longest > grain_m))
    cell = np.floor(position * np.float32(1.0 / grain_m))
    number = cell @ np.array([1.0, 4096.0, 4096.0**2])  # of the cell; a surface is not as wide as that
    i, j, k = number.take(faces.take(fine, axis=0)).T
    large[fine[(i != j) & (j != k) & (k != i)]] = True
    kept = np.flatnonzero(large)
    left = faces.take(kept, axis=0)
    used = np.zeros(len(position), bool)
    used[left] = True
    vertices = surface.vertices.take(np.flatnonzero(used))
    moved = np.flatnonzero(used & ~pinned)
    place = np.cumsum(used) - 1
    vertices["position"][place[moved]] = (cell[moved] + np.float32(0.5)) * np.float32(grain_m)
    return Surface(vertices, place[left].astype(INDEX).ravel()), kept


def _squared(v: NDArray[Any]) -> NDArray[Any]:
    return np.einsum("ij,ij->i", v, v)
