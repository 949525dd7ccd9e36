"""A camera's axes as Panda3D takes them. In: unit vectors.  Out: a matrix."""

from __future__ import annotations

from panda3d.core import LMatrix4f, Vec3


def camera_matrix(eye: Vec3, right: Vec3, forward: Vec3, up: Vec3) -> LMatrix4f:
    """A camera's place from its axes (rows: x right, y forward, z up, as Z-up lenses look along +y)."""
    return LMatrix4f(right.x, right.y, right.z, 0, forward.x, forward.y, forward.z, 0, up.x, up.y, up.z, 0, eye.x, eye.y, eye.z, 1)
