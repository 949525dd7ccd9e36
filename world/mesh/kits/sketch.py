"""Many things drawn at once from bars, boxes and faces, each thing in its own upright frame.

In: primitives in metres, the number of the frame they stand in.  Out: faces in a `SurfaceBuilder`, one call for each kind of primitive.
A `Model` is made once and placed often; what is never twice the same (signs) is sketched, at a tenth of the cost of a model.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from world.mesh.kits.model import NO_PANE
from world.mesh.surface import Finish, SurfaceBuilder
from world.mesh.vertex import cross3, dot3, unit3

Rgb = tuple[int, int, int]
Glow = tuple[int, int]
DARK: Glow = (0, 0)

_FACE_NAMES = ("-z", "+z", "-y", "+y", "-x", "+x")
_FACES = np.array([[0, 2, 3, 1], [4, 5, 7, 6], [0, 1, 5, 4], [2, 6, 7, 3], [0, 4, 6, 2], [1, 3, 7, 5]])  # corner = x + 2y + 4z
_BITS = np.array([[i & 1, i >> 1 & 1, i >> 2] for i in range(8)], dtype=np.float64)
_SIDES = 3
_ANGLE = np.arange(_SIDES + 1)[:, None] % _SIDES * (2.0 * np.pi / _SIDES) + 0.5
_COS, _SIN = np.cos(_ANGLE), np.sin(_ANGLE)
Floats = NDArray[np.float64]


class Sketch:
    """Gathers primitives; `frame`, `seed` and `group` hold for all that follow until they are set anew."""

    def __init__(self) -> None:
        self.frame, self.seed, self.group = 0, 0, 0
        self._boxes: list[tuple[float, ...]] = []  # paint, low, high, then one flag a face
        self._rods: list[NDArray[np.float64]] = []  # (N, 16): paint, start, end, radii
        self._quads: list[tuple[float, ...]] = []  # paint, four corners
        self._words: list[tuple[float, ...]] = []  # paint, four corners, four uv

    def box(self, low: Sequence[float], high: Sequence[float], finish: Finish, tint: Rgb, skip: str = "") -> None:
        """An upright box; `skip` names faces left out ("-x +z")."""
        self._boxes.append((*self._paint(finish, tint, 0), *low, *high, *[name not in skip for name in _FACE_NAMES]))

    def rods(
        self, start: ArrayLike, end: ArrayLike, radius: float | tuple[float, float], finish: Finish, tint: Rgb, luminance: int = 0
    ) -> None:
        """Straight three-sided bars between points ((3,) or (N, 3)), open at their ends; `radius` one, or at start and end."""
        a = np.asarray(start, dtype=np.float64)
        rows = np.empty((len(a) if a.ndim == 2 else 1, 16))
        rows[:, :8], rows[:, 8:11], rows[:, 11:14], rows[:, 14:] = self._paint(finish, tint, luminance), a, end, radius
        self._rods.append(rows)

    def path(self, points: ArrayLike, radius: float, finish: Finish, tint: Rgb, luminance: int = 0) -> None:
        """Rods along a polyline (P, 3)."""
        p = np.asarray(points, dtype=np.float64)
        self.rods(p[:-1], p[1:], radius, finish, tint, luminance)

    def quad(self, corners: Sequence[Sequence[float]], finish: Finish, tint: Rgb, luminance: int = 0) -> None:
        """A flat face of four corners, counter-clockwise from outside."""
        a, b, c, d = corners
        self._quads.append((*self._paint(finish, tint, luminance), *a, *b, *c, *d))

    def lettered(self, corners: Sequence[Sequence[float]], uv: Sequence[Sequence[float]], tint: Rgb, luminance: int) -> None:
        """A piece of a word: four corners, and their places in the atlas."""
        a, b, c, d = corners
        p, q, r, s = uv
        self._words.append((*self._paint(Finish.SIGN_PANEL, tint, luminance), *a, *b, *c, *d, *p, *q, *r, *s))

    def emit(self, builder: SurfaceBuilder, origins: NDArray[np.float64], headings: NDArray[np.float64]) -> None:
        """Makes all of it: `origins` (F, 3) metres, `headings` (F,) radians clockwise from north, by frame."""
        sin, cos = np.sin(headings), np.cos(headings)

        def there(local: NDArray[np.float64], frame: NDArray[np.int64]) -> NDArray[np.float64]:
            s, c, origin = sin[frame][:, None], cos[frame][:, None], origins[frame]
            x, y = local[..., 0], local[..., 1]
            return np.stack(
                [x * c + y * s + origin[:, 0, None], y * c - x * s + origin[:, 1, None], local[..., 2] + origin[:, 2, None]], axis=-1
            )

        if self._boxes:
            rows = np.array(self._boxes, dtype=np.float64)
            low, high = rows[:, None, 8:11], rows[:, None, 11:14]
            of, face = np.nonzero(rows[:, 14:])
            made = np.take_along_axis((low + _BITS * (high - low))[of], _FACES[face][..., None], axis=1)
            self._faces(builder, rows[of], there, made, None)
        for gathered in (self._quads, self._words):
            if gathered:
                rows = np.array(gathered, dtype=np.float64)
                uv = rows[:, 20:].reshape(-1, 4, 2) if rows.shape[1] > 20 else None
                self._faces(builder, rows, there, rows[:, 8:20].reshape(-1, 4, 3), uv)
        if self._rods:
            self._emit_rods(builder, there)

    @staticmethod
    def _faces(
        builder: SurfaceBuilder, rows: Floats, there: Any, corners: Floats, uv: Floats | None, normals: Floats | None = None
    ) -> None:
        """Faces (N, 4, 3) in their frames, painted by the first eight columns of their rows."""
        frame = rows[:, 0].astype(np.intp)
        paint = rows[:, 1:8].astype(np.uint8)
        tint, extra = np.full((len(rows), 4), 255, np.uint8), np.zeros((len(rows), 4), np.uint8)
        tint[:, :3], extra[:, :3] = paint[:, 1:4], paint[:, 4:7]
        extra[:, 3] = np.where(paint[:, 0] == Finish.GLASS, NO_PANE, 0)
        turned = None if normals is None else there(normals, frame) - there(np.zeros((len(rows), 1, 3)), frame)
        builder.quads(there(corners, frame), paint[:, 0], tint, uv, extra, turned)

    def _emit_rods(self, builder: SurfaceBuilder, there: Any) -> None:
        rows = np.concatenate(self._rods)
        along = rows[:, 11:14] - rows[:, 8:11]
        long = np.sqrt(dot3(along, along)) > 1e-5
        rows, along = rows[long], unit3(along[long])
        guide = np.where(abs(along[:, 2:]) < 0.9, [[0.0, 0.0, 1.0]], [[1.0, 0.0, 0.0]])
        side = unit3(cross3(along, guide))
        other = cross3(side, along)
        out = side[:, None] * _COS + other[:, None] * _SIN
        low, high = rows[:, None, 8:11] + rows[:, None, 14:15] * out, rows[:, None, 11:14] + rows[:, None, 15:] * out
        corners = np.stack([low[:, 1:], low[:, :-1], high[:, :-1], high[:, 1:]], axis=2).reshape(-1, 4, 3)
        normals = np.stack([out[:, 1:], out[:, :-1], out[:, :-1], out[:, 1:]], axis=2).reshape(-1, 4, 3)
        self._faces(builder, np.repeat(rows, _SIDES, axis=0), there, corners, None, normals)

    def _paint(self, finish: Finish, tint: Rgb, luminance: int) -> tuple[int, ...]:
        return (self.frame, finish, *tint, self.group if luminance else 0, luminance, self.seed)
