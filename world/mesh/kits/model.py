"""A small mesh in its own frame, gathered once and placed many times.

In: polygons with finish, tint and glow.  Out: `Model`, a frozen bag of arrays; `place` sets it down in a `SurfaceBuilder`. Normals are
kept as floats until then, so that turning a model loses nothing.
Smoothing: a corner's normal is the area-weighted mean of the faces that share its point and lie within a crease angle.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from world.mesh.kits.frame import Frame
from world.mesh.placement import Piece
from world.mesh.surface import Finish, SurfaceBuilder
from world.mesh.vertex import VERTEX, cross3, dot3, planar_uv, unit3

Floats = NDArray[np.float64]
Glow = tuple[int, int]  # flicker group, luminance in units of 4 cd/m²
DARK: Glow = (0, 0)
NO_PANE = 255  # the state of glass that is no window's: it has neither blinds nor a curtain
_EMPTY = 1e-14  # square of twice an area (m²) that is none
_PER_VERTEX = ("position", "normal", "finish", "tint", "uv", "extra")


@dataclass(frozen=True)
class Model:
    """`position`, `normal` (V, 3) float64; `finish` (V,), `tint` (V, 4), `extra` (V, 4) uint8; `uv` (V, 2); `indices` (3·T,)."""

    position: Floats
    normal: Floats
    finish: NDArray[np.uint8]
    tint: NDArray[np.uint8]
    uv: Floats
    extra: NDArray[np.uint8]
    indices: NDArray[np.uint32]

    @property
    def triangle_count(self) -> int:
        return len(self.indices) // 3

    def triangles(self) -> Floats:
        """Corners (T, 3, 3)."""
        corners: Floats = self.position[self.indices.reshape(-1, 3)]
        return corners

    def bounds(self) -> tuple[Floats, Floats]:
        """Lowest and highest corner."""
        return self.position.min(axis=0), self.position.max(axis=0)

    def grounded(self, reach_m: float = 0.5, floor: float = 0.35) -> Model:
        """With ambient occlusion where the model meets the ground at z = 0: faces that look down, and all within `reach_m`."""
        height = np.clip(self.position[:, 2] / reach_m, 0.0, 1.0)
        facing = np.clip(0.5 + 0.5 * self.normal[:, 2], 0.0, 1.0)
        openness = (floor + (1.0 - floor) * np.sqrt(height)) * (0.55 + 0.45 * np.sqrt(facing))
        tint = self.tint.copy()
        opaque = self.extra[:, 1] == 0
        tint[opaque, 3] = np.rint(tint[opaque, 3] * openness[opaque]).astype(np.uint8)
        return replace(self, tint=tint)

    def scaled(self, factor: float) -> Model:
        """Larger or smaller about the origin; patterns keep their scale, lettering its place in the atlas."""
        atlas = (self.finish == Finish.SIGN_PANEL)[:, None]
        return replace(self, position=self.position * factor, uv=np.where(atlas, self.uv, self.uv * factor))

    def moved(self, frame: Frame) -> Model:
        """Turned and shifted."""
        return replace(self, position=frame.at(self.position), normal=frame.turned(self.normal))

    @cached_property
    def piece(self) -> Piece:
        """Itself as it is placed."""
        vertices = np.zeros(len(self.position), VERTEX)
        vertices["normal"][:, 3] = self.finish
        vertices["tint"], vertices["uv"], vertices["extra"] = self.tint, self.uv, self.extra
        columns = np.concatenate([self.position.T, self.normal.T * 127.49]).astype(np.float32)
        return Piece(vertices, columns, self.indices, not (self.finish == Finish.SIGN_PANEL).any())


def place(builder: SurfaceBuilder, model: Model, frame: Frame, seed: int = 0, scale: float = 1.0) -> None:
    """Appends `model` in its frame, `scale` times as large; `seed` is the variant byte of all."""
    builder.place(model.piece, frame.rotation(), frame.origin, scale, seed)


class ModelBuilder:
    """Gathers polygons. Everything is counter-clockwise from outside; tints are (r, g, b) or (r, g, b, openness), 0..255."""

    def __init__(self) -> None:
        self._parts: list[Model] = []
        self._faces: dict[int, list[tuple[Any, ...]]] = {3: [], 4: []}

    def polygons(
        self,
        corners: ArrayLike,
        finish: ArrayLike,
        tint: ArrayLike,
        *,
        uv: ArrayLike | None = None,
        normals: ArrayLike | None = None,
        crease_deg: float = 0.0,
        glow: Glow = DARK,
        state: int = 0,
        two_sided: bool = False,
    ) -> None:
        """`corners` (N, 3 or 4, 3). `normals` (N, K, 3), or smoothed within `crease_deg` (0: flat). `finish` (), (N,); `tint` one,
        per face (N, 1, ·) or per corner (N, K, ·). Zero-area triangles are dropped. `state`: the byte that tells
        flames (1) from coals. `two_sided` adds the backs."""
        corners = np.asarray(corners, dtype=np.float64)
        n, sides = corners.shape[:2]
        if n == 0:
            return
        given, tints, finishes = np.asarray(finish), np.asarray(tint), np.empty((n, sides), np.uint8)
        finishes[:] = given[:, None] if given.ndim == 1 else given
        painted = np.full((n, sides, 4), 255, np.uint8)
        painted[..., : tints.shape[-1]] = tints
        extra = np.zeros((n, sides, 4), np.uint8)
        extra[..., 0], extra[..., 1], extra[..., 3] = glow[0], glow[1], np.where(finishes == Finish.GLASS, NO_PANE, state)
        uvs = None if uv is None else np.broadcast_to(np.asarray(uv, dtype=np.float64), (n, sides, 2))
        self._faces[sides].append(
            (corners, None if normals is None else np.asarray(normals, float), uvs, finishes, painted, extra, two_sided, crease_deg)
        )

    def add(self, model: Model, frame: Frame | None = None) -> None:
        """Another model, placed."""
        self._parts.append(model if frame is None else model.moved(frame))

    @property
    def empty(self) -> bool:
        """Whether nothing has been gathered yet."""
        return not self._parts and not any(self._faces.values())

    def build(self) -> Model:
        """Everything gathered so far; corners no triangle uses are gone."""
        parts = [*self._parts, *(self._gathered(sides) for sides in (3, 4) if self._faces[sides])]
        starts = np.cumsum([0, *(len(p.position) for p in parts)])
        indices = np.concatenate([p.indices + np.uint32(s) for p, s in zip(parts, starts, strict=False)])
        kept = np.zeros(starts[-1], dtype=bool)
        kept[indices] = True
        number = np.cumsum(kept) - 1
        gathered = {name: np.concatenate([getattr(p, name) for p in parts])[kept] for name in _PER_VERTEX}
        return Model(**gathered, indices=number[indices].astype(np.uint32))

    def _gathered(self, sides: int) -> Model:
        """All faces of three or of four corners, at once."""
        rows = self._faces[sides]
        corners = np.concatenate([row[0] for row in rows])
        flat = face_normals(corners)
        normals, uv = np.repeat(flat[:, None], sides, axis=1), metric_uv(corners, flat)
        counts = [len(row[0]) for row in rows]
        crease = np.repeat([row[7] if row[1] is None else 0.0 for row in rows], counts)
        smooth = np.nonzero(crease)[0]
        if len(smooth):
            normals[smooth] = smooth_normals(corners[smooth], crease[smooth], np.repeat(np.arange(len(rows)), counts)[smooth])
        start = 0
        for part, given_normals, given_uv, *_ in rows:
            here = slice(start, start + len(part))
            if given_normals is not None:
                normals[here] = given_normals
            if given_uv is not None:
                uv[here] = given_uv
            start += len(part)
        back = np.repeat([row[6] for row in rows], counts)
        a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
        index = np.arange(len(corners) * sides).reshape(-1, sides)
        twice = cross3(b - a, c - a)
        whole = dot3(twice, twice) > _EMPTY
        triangles = [index[whole][:, [0, 1, 2]]]
        behind = [index[whole & back][:, [2, 1, 0]]]
        if sides == 4:
            twice = cross3(c - a, corners[:, 3] - a)
            whole = dot3(twice, twice) > _EMPTY
            triangles.append(index[whole][:, [0, 2, 3]])
            behind.append(index[whole & back][:, [3, 2, 0]])
        count = len(corners) * sides
        tail = np.repeat(back, sides)  # the backs have corners of their own, for their normals
        renumbered = np.cumsum(tail) - 1 + count

        def both(values: NDArray[Any]) -> NDArray[Any]:
            rows_ = values.reshape(count, *values.shape[2:])
            return np.concatenate([rows_, rows_[tail]])

        points = normals.reshape(-1, 3)
        return Model(
            both(corners),
            np.concatenate([points, -points[tail]]),
            both(np.concatenate([row[3] for row in rows])),
            both(np.concatenate([row[4] for row in rows])),
            both(uv),
            both(np.concatenate([row[5] for row in rows])),
            np.concatenate([*(t.reshape(-1) for t in triangles), *(renumbered[t.reshape(-1)] for t in behind)]).astype(np.uint32),
        )


def face_normals(corners: Floats) -> Floats:
    """Unit normals (N, 3) of faces (N, K, 3), by their diagonals (so that a quad with one collapsed edge still has one)."""
    return unit3(_area_vectors(corners))


def smooth_normals(corners: Floats, crease_deg: Floats, part: NDArray[np.intp]) -> Floats:
    """Corner normals (N, K, 3): the mean over faces of the same `part` (N,) that share the point (to .1 mm) and turn by less than their
    `crease_deg` (N,)."""
    n, sides = corners.shape[:2]
    area = _area_vectors(corners)
    unit = unit3(area)
    # Corners by their points: runs of equal rows in sorted order.
    keys = np.column_stack([np.rint(corners.reshape(-1, 3) * 1e4).astype(np.int64), np.repeat(part, sides)])
    order = np.lexsort(keys.T)
    first = np.concatenate([[True], (keys[order[1:]] != keys[order[:-1]]).any(axis=1)])
    start = np.nonzero(first)[0]
    point = np.empty(n * sides, dtype=np.intp)
    point[order] = np.cumsum(first) - 1
    shared = np.diff(np.append(start, n * sides))[point]  # corners that share each corner's point
    mine = np.repeat(np.arange(n * sides), shared)
    offset = np.arange(len(mine)) - np.repeat(np.cumsum(shared) - shared, shared)
    theirs = order[start[point[mine]] + offset]
    close = dot3(unit[mine // sides], unit[theirs // sides]) > np.cos(np.radians(crease_deg))[mine // sides]
    summed = area[theirs[close] // sides]
    total = np.stack([np.bincount(mine[close], summed[:, axis], n * sides) for axis in range(3)], axis=1)
    length = np.sqrt(dot3(total, total))[:, None]
    mean: Floats = np.where(length > 1e-12, total / np.maximum(length, 1e-12), np.repeat(unit, sides, axis=0))
    return mean.reshape(n, sides, 3)


def metric_uv(corners: Floats, flat: Floats) -> Floats:
    """Metres along each face's first edge and across it; `flat` (N, 3) are the faces' normals."""
    along = corners[:, 1] - corners[:, 0]
    along = unit3(np.where(dot3(along, along)[:, None] > 1e-18, along, corners[:, 2] - corners[:, 0]))
    return planar_uv(corners, along, cross3(flat, along))


def _area_vectors(corners: Floats) -> Floats:
    if corners.shape[1] == 3:
        return cross3(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    return cross3(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])


__all__ = ["DARK", "Finish", "Glow", "Model", "ModelBuilder", "face_normals", "metric_uv", "place", "smooth_normals"]
