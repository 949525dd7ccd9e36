"""Surfaces, what they are made of, and a builder that gathers faces as arrays.

In: corners, normals, finishes; ready pieces and where they stand.  Out: `Surface`: an array of `VERTEX` and a uint32 index array.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from world.mesh.placement import Piece, Placements, Point
from world.mesh.vertex import INDEX, VERTEX, cross3, joined, planar_uv, unit3, write


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
    GOODS = 18  # packets side by side on a shelf, each with a label


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
        self._parts: list[NDArray[np.void] | Placements] = []
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
        """Ready vertices, an array of `VERTEX`, and indices into it."""
        self._parts.append(vertices)
        self._index(indices, len(vertices))

    def place(self, piece: Piece, axes: tuple[Point, Point, Point], origin: Point, scale: float = 1.0, seed: int = 0) -> None:
        """A ready piece by its right, forward and up, and where its origin is; `scale` times as large, `seed` its variant
        byte. Pieces placed one after the other are made together when all is built."""
        last = self._parts[-1] if self._parts else None
        if not isinstance(last, Placements):
            last = Placements()
            self._parts.append(last)
        last.add(piece, axes, origin, scale, seed)
        self._index(piece.indices, len(piece.vertices))

    def build(self) -> Surface:
        """Everything gathered so far."""
        if not self._parts:
            return Surface(np.zeros(0, VERTEX), np.zeros(0, INDEX))
        parts = [part.vertices() if isinstance(part, Placements) else part for part in self._parts]
        return Surface(joined(parts), np.concatenate(self._indices))

    def _index(self, indices: NDArray[np.uint32], count: int) -> None:
        self._indices.append(np.asarray(indices, dtype=INDEX) + INDEX.type(self._count))
        self._count += count

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
            normals = unit3(cross3(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]))[:, None, :]
        if uv is None:
            along = unit3(corners[:, 1] - corners[:, 0])
            uv = planar_uv(corners, along, cross3(np.asarray(normals)[:, 0, :], along))
        # What a face's corners have in common is written once a face and copied with it.
        normals, tint, extra = np.asarray(normals), np.asarray(tint), np.asarray(extra)
        face = np.empty(n, VERTEX)
        if normals.shape[1] == 1:
            write(face["normal"], _packed(normals[:, 0]))
        face["normal"][:, 3] = finish
        if tint.ndim < 3:
            write(face["tint"], tint)
        if extra.ndim < 3:
            write(face["extra"], extra)
        vertices = np.repeat(face, sides).reshape(n, sides)
        write(vertices["position"], corners)
        write(vertices["uv"], np.asarray(uv))
        if normals.shape[1] > 1:
            write(vertices["normal"], _packed(normals))
        if tint.ndim == 3:
            write(vertices["tint"], tint)
        if extra.ndim == 3:
            write(vertices["extra"], extra)
        starts = np.arange(n, dtype=np.uint32)[:, None] * np.uint32(sides)
        self.mesh(vertices.reshape(-1), (starts + np.array(order, dtype=np.uint32)).reshape(-1))


def _packed(normals: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    """Unit vectors as the buffer's bytes have them; what follows the point is cut off, so that halves round."""
    return normals * 127.49 + 128.0


__all__ = ["INDEX", "VERTEX", "Finish", "Surface", "SurfaceBuilder"]
