"""A NumPy twin of `noise.pnoise2(x, y)` (one octave): the same float32 operations, in the same order.

In: coordinates in [0, 256).  Out: float32 gradient noise, bit-equal to the C library (proven in the tests).
It stands in where `noise` cannot be installed (it has no wheel), and rasters whole grids at once.
Source: Ken Perlin, "Improving Noise", SIGGRAPH 2002: his permutation, quintic fade and twelve edge gradients.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

# Perlin's published permutation of 0..255, as bytes.
_PERMUTATION = bytes(
    [151, 160, 137, 91, 90, 15, 131, 13, 201, 95, 96, 53, 194, 233, 7, 225, 140, 36, 103, 30, 69, 142, 8, 99, 37, 240, 21, 10, 23,
     190, 6, 148, 247, 120, 234, 75, 0, 26, 197, 62, 94, 252, 219, 203, 117, 35, 11, 32, 57, 177, 33, 88, 237, 149, 56, 87, 174, 20,
     125, 136, 171, 168, 68, 175, 74, 165, 71, 134, 139, 48, 27, 166, 77, 146, 158, 231, 83, 111, 229, 122, 60, 211, 133, 230, 220,
     105, 92, 41, 55, 46, 245, 40, 244, 102, 143, 54, 65, 25, 63, 161, 1, 216, 80, 73, 209, 76, 132, 187, 208, 89, 18, 169, 200, 196,
     135, 130, 116, 188, 159, 86, 164, 100, 109, 198, 173, 186, 3, 64, 52, 217, 226, 250, 124, 123, 5, 202, 38, 147, 118, 126, 255,
     82, 85, 212, 207, 206, 59, 227, 47, 16, 58, 17, 182, 189, 28, 42, 223, 183, 170, 213, 119, 248, 152, 2, 44, 154, 163, 70, 221,
     153, 101, 155, 167, 43, 172, 9, 129, 22, 39, 253, 19, 98, 108, 110, 79, 113, 224, 232, 178, 185, 112, 104, 218, 246, 97, 228,
     251, 34, 242, 193, 238, 210, 144, 12, 191, 179, 162, 241, 81, 51, 145, 235, 249, 14, 239, 107, 49, 192, 214, 31, 181, 199, 106,
     157, 184, 84, 204, 176, 115, 121, 50, 45, 127, 4, 150, 254, 138, 236, 205, 93, 222, 114, 67, 29, 24, 72, 243, 141, 128, 195, 78,
     66, 215, 61, 156, 180]
)  # fmt: skip

_PERM = np.frombuffer(_PERMUTATION, dtype=np.uint8).astype(np.int32)
_PERM2 = np.concatenate([_PERM, _PERM])
# The x and y parts of the 16 gradients, by the place in the permutation that picks one; in two dimensions the z part falls away.
_GX = np.array([1, -1, 1, -1, 1, -1, 1, -1, 0, 0, 0, 0, 1, -1, 0, 0], dtype=np.float32)[_PERM2 & 15]
_GY = np.array([1, 1, -1, -1, 0, 0, 0, 0, 1, -1, 1, -1, 0, 0, -1, 1], dtype=np.float32)[_PERM2 & 15]


def perlin2(x: Array, y: Array) -> Array:
    """Noise at points: `x`, `y` float32 of one broadcast shape, in [0, 256). Range about +-.89, sigma .243."""
    i, fx, u = _split(np.asarray(x, dtype=np.float32))
    j, fy, v = _split(np.asarray(y, dtype=np.float32))
    return _blend(i, fx, u, j, fy, v)


def perlin2_grid(x: Array, y: Array) -> Array:
    """Noise on the grid of the 1-D axes `x` (W,) and `y` (H,): shape (H, W), the same bits as `perlin2`. Gradients are looked up once
    a lattice cell, and their parts along x and y are spread over its columns and rows."""
    (i, fx, u), (j, fy, v) = _split(np.asarray(x, dtype=np.float32)), _split(np.asarray(y, dtype=np.float32))
    (i, wide), (j, high) = _runs(i), _runs(j)
    column, row = np.repeat(np.arange(len(i)), wide), np.repeat(np.arange(len(j)), high)

    def corner(right: int, up: int) -> Array:
        p = _PERM2[_PERM2[(i + right) & 255] + ((j + up) & 255)[:, None]]
        east = _GX[p].take(column, axis=1) * (fx - np.float32(right))
        north = _GY[p].take(row, axis=0) * (fy - np.float32(up))[:, None]
        return north.take(column, axis=1) + east.take(row, axis=0)

    below, above = _lerp(u, corner(0, 0), corner(1, 0)), _lerp(u, corner(0, 1), corner(1, 1))
    return _lerp(v[:, None], below, above)


def _runs(i: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The lattice cells that an axis passes, in its order, and for how many of its points each holds."""
    first = np.flatnonzero(np.diff(i, prepend=-1))
    return i[first], np.diff(first, append=len(i))


def _split(x: Array) -> tuple[NDArray[np.int32], Array, Array]:
    cell: Array = np.floor(x)
    f: Array = x - cell
    six, fifteen, ten = np.float32(6), np.float32(15), np.float32(10)
    index: NDArray[np.int32] = cell.astype(np.int32) & np.int32(255)
    fade: Array = np.asarray(f * f * f * (f * (f * six - fifteen) + ten), dtype=np.float32)
    return index, f, fade


def _blend(i: NDArray[np.int32], fx: Array, u: Array, j: NDArray[np.int32], fy: Array, v: Array) -> Array:
    one = np.float32(1)
    i1, j1 = (i + 1) & 255, (j + 1) & 255
    a, b = _PERM2[i], _PERM2[i1]

    def corner(p: NDArray[np.int32], x: Array, y: Array) -> Array:
        return x * _GX[p] + y * _GY[p]

    low = _lerp(u, corner(_PERM2[a + j], fx, fy), corner(_PERM2[b + j], fx - one, fy))
    high = _lerp(u, corner(_PERM2[a + j1], fx, fy - one), corner(_PERM2[b + j1], fx - one, fy - one))
    return _lerp(v, low, high)


def _lerp(t: Array, a: Array, b: Array) -> Array:
    return a + t * (b - a)
