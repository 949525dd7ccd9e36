"""Looking into triangle soups: welding, connected parts, which are closed, what they hold."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from world.mesh.kits.model import Model


def welded(model: Model) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Points (P, 3) joined to .1 mm and triangles (T, 3) over them, without the pairs that are two-sided sheets."""
    keys = np.rint(model.position * 1e4).astype(np.int64)
    points, index = np.unique(keys, axis=0, return_inverse=True)
    triangles = index.reshape(-1)[model.indices].reshape(-1, 3)
    faces = np.sort(triangles, axis=1)
    _, face, count = np.unique(faces, axis=0, return_inverse=True, return_counts=True)
    single = count[face.reshape(-1)] == 1
    proper = (faces[:, 0] != faces[:, 1]) & (faces[:, 1] != faces[:, 2])
    return points * 1e-4, triangles[single & proper]


def closed_volumes(model: Model) -> NDArray[np.float64]:
    """The signed volume (m³) of every connected part whose edges all meet their opposite."""
    points, triangles = welded(model)
    n = len(points)
    a, b = triangles[:, [0, 1, 2]].reshape(-1), triangles[:, [1, 2, 0]].reshape(-1)
    _, part = connected_components(coo_matrix((np.ones(len(a)), (a, b)), shape=(n, n)), directed=False)
    edges = coo_matrix((np.ones(len(a)), (a, b)), shape=(n, n)).tocsr()
    unmet = abs(edges - edges.T).tocoo()
    open_parts = np.unique(part[unmet.row[unmet.data > 0]])
    corners = points[triangles]
    volume = np.einsum("ij,ij->i", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])) / 6.0
    total = np.bincount(part[triangles[:, 0]], weights=volume, minlength=part.max() + 1)
    used = np.unique(part[triangles[:, 0]])
    found: NDArray[np.float64] = total[np.setdiff1d(used, open_parts)]
    return found


def assert_sound(model: Model, budget: int, name: str) -> None:
    """Finite, unit normals, no empty triangle, within its budget."""
    assert np.isfinite(model.position).all() and np.isfinite(model.uv).all(), name
    assert abs(np.linalg.norm(model.normal, axis=1) - 1.0).max() < 1e-6, name
    corners = model.triangles()
    area = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1) / 2
    assert area.min() > 1e-8, f"{name}: a triangle of {area.min()} m²"
    assert 0 < model.triangle_count <= budget, f"{name}: {model.triangle_count} triangles of {budget}"
