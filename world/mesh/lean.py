"""The same surface with less in it, for an eye to which a hand's breadth is a pixel.

In: a `Surface`, a grain in metres.  Out: the surface without what is finer, and which triangle was which. Source: vertex clustering
(Rossignac and Borrel, "Multi-resolution 3D approximations", 1993): corners in one cell of a grid become one, and triangles that lose a
side are gone, as are those that are smaller than a cell. Corners of what is large stay where they are, so that walls, panels and what
hangs a little before them keep their order; what glows stays whole: a tube is thinner than any grain, and is what one sees of a sign.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from world.mesh.surface import INDEX, Finish, Surface
from world.mesh.vertex import cross3

_WHOLE = np.isin(np.arange(256), [Finish.TUBE, Finish.LAMP, Finish.SIGN_PANEL, Finish.EMBER])


def leaner(surface: Surface, grain_m: float) -> tuple[Surface, NDArray[np.intp]]:
    """`surface` with nothing finer than `grain_m` (m), and for each triangle left its place (T′,) among the given."""
    faces = surface.indices.reshape(-1, 3)
    position = surface.vertices["position"]
    a, b, c = (position[faces[:, k]] for k in range(3))
    twice_area = np.linalg.norm(cross3(b - a, c - a), axis=1)
    longest = np.sqrt(np.maximum(np.maximum(_squared(b - a), _squared(c - b)), _squared(a - c)))
    large = (twice_area >= grain_m * longest) | _WHOLE[surface.vertices["normal"][faces[:, 0], 3]]
    pinned = np.zeros(len(position), bool)
    pinned[faces[large]] = True
    cell = np.floor(position / grain_m).astype(np.int64)
    number = (cell[:, 0] * 2097152 + cell[:, 1]) * 2097152 + cell[:, 2]
    sides = number[faces]
    ends = np.sort(sides, axis=1)
    kept = np.flatnonzero(large | ((longest > grain_m) & (ends[:, 0] != ends[:, 1]) & (ends[:, 1] != ends[:, 2])))
    used, local = np.unique(faces[kept], return_inverse=True)
    vertices = surface.vertices[used]
    moved = ~pinned[used]
    vertices["position"][moved] = (cell[used][moved] + 0.5) * grain_m
    return Surface(vertices, local.astype(INDEX).ravel()), kept


def _squared(v: NDArray[np.float32]) -> NDArray[np.float32]:
    return (v * v).sum(axis=1)
