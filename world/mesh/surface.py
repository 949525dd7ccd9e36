"""The vertex that every opaque and glowing surface is made of, and a builder that gathers faces as arrays.

In: corners, normals, finishes.  Out: `Surface`: a structured vertex array of 32 bytes a vertex and a uint32 index array.
  position  f4 × 3  metres from the chunk's south-west corner at z = 0 (Z up)
  normal    f4 × 3  unit, outward, before packing; u1 × 4 in the buffer: (n·.5+.5)·255 and the finish
  tint      u1 × 4  sRGB albedo tint, or the emitted colour; alpha: baked ambient occlusion, or for windows see below
  uv        f4 × 2  metres along the surface, so that patterns are to scale; for WINDOW finishes 0..1 across the pane;
                    for SIGN_PANEL the atlas coordinates
  extra     u1 × 4  (flicker group, luminance in units of 4 cd/m² for things that glow, variant seed, for panes their state)
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

VERTEX = np.dtype([("position", "<f4", 3), ("normal", "u1", 4), ("tint", "u1", 4), ("uv", "<f4", 2), ("extra", "u1", 4)])
INDEX = np.dtype("<u4")


class Finish(enum.IntEnum):
    """What a surface is made of; the city shader branches on it."""

    CONCRETE = 0  # cast, board-marked, stained
    TILE = 1  # small glazed facade tiles
    PLASTER = 2  # painted render, cracked
    METAL = 3  # galvanised sheet, ribs, rust
    PAINT = 4  # car body, lacquered metal
    GLASS = 5  # dark pane, reflective (car windows, dead windows)
    WINDOW_LIT = 6  # pane with a lit room behind it (interior mapping); tint: lamp colour
    WINDOW_BROKEN = 7  # jagged glass round a black hole
    RUBBER = 8  # tyres, cables, seals: black, matt
    RUBBLE = 9  # broken concrete, dust
    SIGN_PANEL = 10  # glowing panel, texture from the lettering atlas
    TUBE = 11  # bare neon tube: glows
    LAMP = 12  # plain glowing surface: lamps, tail lights, robots' eyes
    SHUTTER = 13  # roller shutter, ribbed
    DECK = 14  # overpass concrete: formwork lines, drips
    BARK = 15  # wood, cardboard, cloth: matt brown things
    FOLIAGE = 16  # wet leaves: light comes through them
    EMBER = 17  # fire: coals (uv in metres), or a tongue of flame (uv from 0 at its root to 1 at its tip)


@dataclass(frozen=True)
class Surface:
    """Triangles of one shader. `vertices` (V,) of `VERTEX`, `indices` (3·T,) uint32."""

    vertices: NDArray[np.void]
    indices: NDArray[np.uint32]

    @property
    def triangle_count(self) -> int:
        return len(self.indices) // 3


class SurfaceBuilder:
    """Gathers quads and triangles; `build()` gives one `Surface`. All inputs broadcast over N faces."""

    def __init__(self) -> None:
        self._vertices: list[NDArray[np.void]] = []
        self._indices: list[NDArray[np.uint32]] = []
        self._count = 0

    def quads(
        self,
        corners: ArrayLike,
        finish: ArrayLike,
        tint: ArrayLike,
        uv: ArrayLike | None = None,
        extra: ArrayLike = (0, 0, 0, 0),
        normals: ArrayLike | None = None,
    ) -> None:
        """N quads: `corners` (N, 4, 3) counter-clockwise from outside; `finish` (), (N,); `tint` (4,), (N, 4) or (N, 4, 4) per
        corner, 0..255; `uv` (N, 4, 2) or None for metres along the first two edges; `normals` (N, 4, 3) or None for flat."""
        corners = np.asarray(corners).reshape(-1, 4, 3)
        self._polygons(corners, finish, tint, uv, extra, normals, [0, 1, 2, 0, 2, 3])

    def triangles(
        self,
        corners: ArrayLike,
        finish: ArrayLike,
        tint: ArrayLike,
        uv: ArrayLike | None = None,
        extra: ArrayLike = (0, 0, 0, 0),
        normals: ArrayLike | None = None,
    ) -> None:
        """N triangles, as `quads` with 3 corners."""
        corners = np.asarray(corners).reshape(-1, 3, 3)
        self._polygons(corners, finish, tint, uv, extra, normals, [0, 1, 2])

    def mesh(self, vertices: NDArray[np.void], indices: NDArray[np.uint32]) -> None:
        """A ready piece: a `VERTEX` array and indices into it."""
        self._vertices.append(vertices)
        self._indices.append(np.asarray(indices, dtype=INDEX) + INDEX.type(self._count))
        self._count += len(vertices)

    def build(self) -> Surface:
        """Everything gathered so far."""
        if not self._vertices:
            return Surface(np.zeros(0, VERTEX), np.zeros(0, INDEX))
        return Surface(joined(self._vertices), np.concatenate(self._indices))

    def _polygons(
        self,
        corners: NDArray[np.float64],
        finish: ArrayLike,
        tint: ArrayLike,
        uv: ArrayLike | None,
        extra: ArrayLike,
        normals: ArrayLike | None,
        order: list[int],
    ) -> None:
        n, sides = corners.shape[:2]
        if n == 0:
            return
        if normals is None:
            flat = cross3(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
            flat /= np.maximum(np.sqrt((flat * flat).sum(axis=1, keepdims=True)), 1e-12)
            normals = flat[:, None, :]
        if uv is None:
            along = corners[:, 1] - corners[:, 0]
            along = along / np.maximum(np.sqrt((along * along).sum(axis=1, keepdims=True)), 1e-12)
            across = cross3(np.broadcast_to(np.asarray(normals)[:, 0, :], (n, 3)), along)
            relative = corners - corners[:, :1]
            uv = np.stack([(relative * along[:, None]).sum(-1), (relative * across[:, None]).sum(-1)], axis=-1)
        # What a face's corners have in common is written once a face and copied with it.
        normals, tint, extra = np.asarray(normals), np.asarray(tint), np.asarray(extra)
        face = np.empty(n, VERTEX)
        if normals.shape[1] == 1:
            face["normal"][:, :3] = _packed(normals[:, 0])
        face["normal"][:, 3] = finish
        if tint.ndim < 3:
            face["tint"] = tint
        if extra.ndim < 3:
            face["extra"] = extra
        vertices = np.repeat(face, sides).reshape(n, sides)
        vertices["position"], vertices["uv"] = corners, uv
        if normals.shape[1] > 1:
            vertices["normal"][..., :3] = _packed(normals)
        if tint.ndim == 3:
            vertices["tint"] = tint
        if extra.ndim == 3:
            vertices["extra"] = extra
        starts = np.arange(n, dtype=np.uint32)[:, None] * np.uint32(sides)
        self.mesh(vertices.reshape(-1), (starts + np.array(order, dtype=np.uint32)).reshape(-1))


def joined(rows: Sequence[NDArray[np.void]]) -> NDArray[np.void]:
    """Contiguous structured arrays of one type, end to end, as bytes: np.concatenate compares the types of every pair, field by field,
    which takes longer than the copy."""
    return np.concatenate([part.view(np.uint8) for part in rows]).view(rows[0].dtype)


def cross3(a: ArrayLike, b: ArrayLike) -> NDArray[np.float64]:
    """Cross products (..., 3) by components: np.cross moves axes about and takes four times as long on small arrays."""
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    ax, ay, az, bx, by, bz = a[..., 0], a[..., 1], a[..., 2], b[..., 0], b[..., 1], b[..., 2]
    return np.stack([ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx], axis=-1)


def _packed(normals: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    """Unit vectors as the buffer's bytes have them; what follows the point is cut off, so that halves round."""
    return normals * 127.49 + 128.0
