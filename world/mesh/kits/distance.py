"""A model for a far eye: few triangles, the same mass of colour.

In: a `Model`, the size of a cell.  Out: the model with all corners of a cell drawn to one.
Method: vertex clustering (Rossignac and Borrel, "Multi-resolution 3D approximations for rendering complex scenes", 1993). What is
thinner than a cell vanishes, so that poles and wires need a twin of their own.
"""

from __future__ import annotations

import numpy as np

from world.mesh.kits.model import Model, ModelBuilder
from world.mesh.surface import Finish


def coarse(model: Model, cell_m: float) -> Model:
    """`model` with its corners clustered in cells of `cell_m` metres; each face keeps its finish, tint and glow."""
    low, high = model.bounds()
    count = np.maximum(np.ceil((high - low) / cell_m), 1.0)
    cell = np.minimum(np.floor((model.position - low) / (high - low + 1e-9) * count), count - 1).astype(np.int64)
    _, which = np.unique(cell, axis=0, return_inverse=True)
    which = which.reshape(-1)
    members = np.bincount(which)[:, None]
    middle = np.stack([np.bincount(which, model.position[:, axis]) for axis in range(3)], axis=1) / members
    # Towards the outermost corner of each cell, so that the silhouette stays.
    away = ((model.position - (low + high) / 2) ** 2).sum(axis=1)
    order = np.lexsort((np.arange(len(away)), -away, which))
    outermost = order[np.searchsorted(which[order], np.arange(len(members)))]
    corner = 0.35 * middle + 0.65 * model.position[outermost]
    faces = which[model.indices].reshape(-1, 3)
    lettered = model.finish[model.indices.reshape(-1, 3)[:, 0]] == Finish.SIGN_PANEL
    proper = ~lettered & (faces[:, 0] != faces[:, 1]) & (faces[:, 1] != faces[:, 2]) & (faces[:, 0] != faces[:, 2])
    turned = np.take_along_axis(faces, (faces.argmin(axis=1)[:, None] + np.arange(3)) % 3, axis=1)
    area = np.linalg.norm(np.cross(*(np.diff(model.triangles(), axis=1).transpose(1, 0, 2))), axis=1)
    largest = np.lexsort((np.arange(len(area)), -area))
    largest = largest[proper[largest]]
    _, first = np.unique(turned[largest], axis=0, return_index=True)
    kept = np.sort(largest[first])
    builder = ModelBuilder()
    corners, source = corner[faces[kept]], model.indices.reshape(-1, 3)[kept, 0]
    for finish, glow in sorted({(int(f), int(g)) for f, g in zip(model.finish[source], model.extra[source, 1], strict=True)}):
        chosen = (model.finish[source] == finish) & (model.extra[source, 1] == glow)
        builder.polygons(corners[chosen], finish, model.tint[source[chosen]][:, None], crease_deg=35.0, glow=(0, glow))
    return builder.build()
