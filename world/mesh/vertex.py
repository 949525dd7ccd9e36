"""The vertex that every opaque and glowing surface is made of.

In: nothing.  Out: `VERTEX`, 32 bytes; `INDEX`; what joins and measures arrays of them.
  position  f4 × 3  metres from the chunk's south-west corner at z = 0 (Z up)
  normal    f4 × 3  unit, outward, before packing; u1 × 4 in the buffer: (n·.5+.5)·255 and the finish
  tint      u1 × 4  sRGB albedo tint, or the emitted colour; alpha: baked ambient occlusion, or for windows see below
  uv        f4 × 2  metres along the surface, so that patterns are to scale; for WINDOW finishes 0..1 across the pane;
                    for SIGN_PANEL the atlas coordinates
  extra     u1 × 4  (flicker group, luminance in units of 4 cd/m² for things that glow, variant seed, for panes their state)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

VERTEX = np.dtype([("position", "<f4", 3), ("normal", "u1", 4), ("tint", "u1", 4), ("uv", "<f4", 2), ("extra", "u1", 4)])
INDEX = np.dtype("<u4")


def joined(rows: Sequence[NDArray[np.void]]) -> NDArray[np.void]:
    """Contiguous structured arrays of one type, end to end, as bytes: np.concatenate compares the types of every pair, field by field,
    which takes longer than the copy."""
    return np.concatenate([part.view(np.uint8) for part in rows]).view(rows[0].dtype)


def write(field: NDArray[Any], values: NDArray[Any]) -> None:
    """`values` (..., K) into a vertex field, by components: a copy along so short an axis takes three times as long."""
    for k in range(values.shape[-1]):
        field[..., k] = values[..., k]


def cross3(a: ArrayLike, b: ArrayLike) -> NDArray[np.float64]:
    """Cross products (..., 3) by components: np.cross moves axes about and takes four times as long on small arrays."""
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    ax, ay, az, bx, by, bz = a[..., 0], a[..., 1], a[..., 2], b[..., 0], b[..., 1], b[..., 2]
    made = np.empty(np.broadcast_shapes(a.shape, b.shape))
    made[..., 0], made[..., 1], made[..., 2] = ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx
    return made


def dot3(a: NDArray[Any], b: NDArray[Any]) -> NDArray[Any]:
    """Inner products (...) of vectors (..., 3), by components: a sum along so short an axis takes several times as long. No zero is
    negative."""
    return 0.0 + a[..., 0] * b[..., 0] + a[..., 1] * b[..., 1] + a[..., 2] * b[..., 2]


def unit3(vectors: NDArray[np.float64], least: float = 1e-12) -> NDArray[np.float64]:
    """Vectors (..., 3) over their lengths, or over `least` if they are shorter."""
    length, unit = np.maximum(np.sqrt(dot3(vectors, vectors)), least), np.empty(vectors.shape)
    for k in range(3):
        np.divide(vectors[..., k], length, out=unit[..., k])
    return unit


def planar_uv(corners: NDArray[Any], along: NDArray[np.float64], across: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far (N, K, 2) the corners of faces (N, K, 3) lie from their first along two directions (N, 3)."""
    uv = np.empty((*corners.shape[:2], 2))
    x, y, z = (corners[..., k] - corners[:, :1, k] for k in range(3))
    for k, way in enumerate((along, across)):
        uv[..., k] = 0.0 + x * way[:, :1] + y * way[:, 1:2] + z * way[:, 2:]  # no zero is negative
    return uv
