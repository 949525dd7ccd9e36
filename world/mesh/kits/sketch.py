"""Many things drawn at once from bars, boxes and faces, each thing in its own upright frame.

In: primitives in metres, one of each thing a call, and whose they are.  Out: faces in a `SurfaceBuilder`, thing by thing, one call for
each kind of primitive. A `Model` is made once and placed often; what is never twice the same (signs) is sketched.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from world.mesh.kits.model import NO_PANE
from world.mesh.surface import Finish, SurfaceBuilder
from world.mesh.vertex import cross3, dot3, planar_uv, unit3

Floats = NDArray[np.float64]
Coordinates = tuple[Any, Any, Any]  # x, y, z: each one number, or one for each thing

_FACE_NAMES = ("-z", "+z", "-y", "+y", "-x", "+x")
_FACES = np.array([[0, 2, 3, 1], [4, 5, 7, 6], [0, 1, 5, 4], [2, 6, 7, 3], [0, 4, 6, 2], [1, 3, 7, 5]])  # corner = x + 2y + 4z
_BITS = np.array([[i & 1, i >> 1 & 1, i >> 2] for i in range(8)], dtype=np.float64)
_SIDES = 3
_ANGLE = np.arange(_SIDES + 1) % _SIDES * (2.0 * np.pi / _SIDES) + 0.5
_COS, _SIN = np.cos(_ANGLE), np.sin(_ANGLE)


class Owners(NamedTuple):
    """Whose primitives are: the number of a thing's frame, its flicker group and its variant byte, (N,) each."""

    frame: NDArray[np.int64]
    group: NDArray[np.int64]
    seed: NDArray[np.int64]

    def at(self, which: NDArray[Any]) -> Owners:
        """Those that an index or a mask chooses."""
        return Owners(self.frame[which], self.group[which], self.seed[which])


class Sketch:
    """Gathers primitives; a call draws one for each of its owners. Tints are (3,) or (N, 3); finishes and luminances () or (N,)."""

    def __init__(self) -> None:
        # Rows begin with eight columns of paint (`_rows`).
        self._boxes: list[Floats] = []  # low, high, one flag a face
        self._rods: list[Floats] = []  # start, end, radii, to the end of the glass
        self._quads: list[Floats] = []  # four corners
        self._ribbons: list[Floats] = []  # four corners, which way is out of the last two
        self._words: list[Floats] = []  # four corners, four uv

    def box(self, of: Owners, low: Coordinates, high: Coordinates, finish: Finish, tint: ArrayLike, skip: str = "") -> None:
        """Upright boxes; `skip` names faces left out ("-x +z")."""
        rows = _rows(of, finish, tint, 0, 20)
        for k, value in enumerate((*low, *high)):
            rows[:, 8 + k] = value
        rows[:, 14:] = [name not in skip for name in _FACE_NAMES]
        self._boxes.append(rows)

    def path(
        self,
        of: Owners,
        points: Sequence[Coordinates],
        radius: ArrayLike,
        finish: ArrayLike,
        tint: ArrayLike,
        luminance: ArrayLike = 0,
    ) -> None:
        """Straight three-sided bars along a polyline; `radius` as of `rods`. Of a tube its ends are where the line begins and ends."""
        line = np.empty((len(of.frame), len(points), 3))
        for k, point in enumerate(points):
            for axis, value in enumerate(point):
                line[:, k, axis] = value
        rows = np.repeat(_rows(of, finish, tint, luminance, 18), len(points) - 1, axis=0)
        rows[:, 8:11], rows[:, 11:14], rows[:, 14:16] = line[:, :-1].reshape(-1, 3), line[:, 1:].reshape(-1, 3), radius
        reached = np.zeros((len(line), len(points)))
        np.cumsum(np.sqrt(((line[:, 1:] - line[:, :-1]) ** 2).sum(axis=2)), axis=1, out=reached[:, 1:])
        to_end = np.minimum(reached, reached[:, -1:] - reached)
        rows[:, 16], rows[:, 17] = to_end[:, :-1].ravel(), to_end[:, 1:].ravel()
        self._rods.append(rows)

    def rods(
        self,
        of: Owners,
        start: Floats,
        end: Floats,
        radius: ArrayLike,
        finish: ArrayLike,
        tint: ArrayLike,
        luminance: ArrayLike = 0,
        to_end: ArrayLike = 1.0,
    ) -> None:
        """Straight three-sided bars between points (N, 3), open at their ends; `radius` one, or (2,) or (N, 2) at start and end; `to_end`
        likewise: of a tube, metres to where its glass ends."""
        rows = _rows(of, finish, tint, luminance, 18)
        rows[:, 8:11], rows[:, 11:14], rows[:, 14:16], rows[:, 16:] = start, end, radius, to_end
        self._rods.append(rows)

    def quads(self, of: Owners, corners: Floats, finish: ArrayLike, tint: ArrayLike, luminance: ArrayLike = 0) -> None:
        """Flat faces of four corners (N, 4, 3), counter-clockwise from outside."""
        rows = _rows(of, finish, tint, luminance, 20)
        rows[:, 8:] = corners.reshape(-1, 12)
        self._quads.append(rows)

    def ribbons(self, of: Owners, corners: Floats, sides: Floats, finish: ArrayLike, tint: ArrayLike, luminance: ArrayLike) -> None:
        """Flat tubes that look along +y: four corners (N, 4, 3), counter-clockwise, the first two on one edge; `sides` (N, 3): out of the
        other edge. Their normals lean to either side, as a round tube's do, and the shader widens them that way for a far eye."""
        rows = _rows(of, finish, tint, luminance, 23)
        rows[:, 8:20], rows[:, 20:] = corners.reshape(-1, 12), sides
        self._ribbons.append(rows)

    def words(self, of: Owners, corners: Floats, uv: Floats, tint: ArrayLike, luminance: ArrayLike) -> None:
        """Pieces of words: four corners (N, 4, 3), and their places in the atlas (N, 4, 2)."""
        rows = _rows(of, Finish.SIGN_PANEL, tint, luminance, 28)
        rows[:, 8:20], rows[:, 20:] = corners.reshape(-1, 12), uv.reshape(-1, 8)
        self._words.append(rows)

    def emit(self, builder: SurfaceBuilder, origins: Floats, headings: Floats) -> None:
        """Makes all of it: `origins` (F, 3) metres, `headings` (F,) radians clockwise from north, by frame."""
        turned = _Frames(origins, np.sin(headings), np.cos(headings))
        if self._boxes:
            rows = _thing_by_thing(self._boxes)
            low, high = rows[:, None, 8:11], rows[:, None, 11:14]
            of, face = np.nonzero(rows[:, 14:])
            corners = np.take_along_axis((low + _BITS * (high - low))[of], _FACES[face][..., None], axis=1)
            _emit_faces(builder, rows[of], turned, corners, None, None)
        if self._quads:
            rows = _thing_by_thing(self._quads)
            _emit_faces(builder, rows, turned, rows[:, 8:20].reshape(-1, 4, 3), None, None)
        if self._ribbons:
            rows = _thing_by_thing(self._ribbons)
            sides = 0.92 * rows[:, None, 20:] * np.array([-1.0, -1.0, 1.0, 1.0])[:, None] + [0.0, 0.4, 0.0]
            _emit_faces(builder, rows, turned, rows[:, 8:20].reshape(-1, 4, 3), np.ones((len(rows), 4, 2)), sides)
        if self._words:
            rows = _thing_by_thing(self._words)
            _emit_faces(builder, rows, turned, rows[:, 8:20].reshape(-1, 4, 3), rows[:, 20:].reshape(-1, 4, 2), None)
        if self._rods:
            _emit_rods(builder, _thing_by_thing(self._rods), turned)


class _Frames(NamedTuple):
    """Upright frames (F,)."""

    origin: Floats
    sin: Floats
    cos: Floats

    def turn(self, local: Floats, frame: NDArray[np.int64]) -> Floats:
        """Directions (N, K, 3) of the things that stand in frames (N,)."""
        s, c = self.sin[frame][:, None], self.cos[frame][:, None]
        there = np.empty(local.shape)
        there[..., 0] = local[..., 0] * c + local[..., 1] * s
        there[..., 1] = local[..., 1] * c - local[..., 0] * s
        there[..., 2] = local[..., 2]
        return there

    def place(self, local: Floats, frame: NDArray[np.int64]) -> Floats:
        """Points (N, K, 3), likewise."""
        there = self.turn(local, frame)
        for k in range(3):
            there[..., k] += self.origin[frame, k, None]
        return there


def _rows(of: Owners, finish: ArrayLike, tint: ArrayLike, luminance: ArrayLike, width: int) -> Floats:
    """A table of `width` columns, of which eight are paint: frame, finish, tint, flicker group of what glows, luminance, seed."""
    rows = np.empty((len(of.frame), width))
    rows[:, 0], rows[:, 1], rows[:, 2:5] = of.frame, finish, tint
    rows[:, 5], rows[:, 6], rows[:, 7] = np.where(luminance, of.group, 0), luminance, of.seed
    return rows


def _thing_by_thing(gathered: list[Floats]) -> Floats:
    """All rows, each thing's own together, in the order they were drawn in."""
    rows = np.concatenate(gathered)
    return rows[np.argsort(rows[:, 0], kind="stable")]


def _emit_faces(builder: SurfaceBuilder, rows: Floats, frames: _Frames, corners: Floats, uv: Floats | None, normals: Floats | None) -> None:
    """Faces (N, 4, 3) in their frames, painted by the first eight columns of their rows."""
    frame = rows[:, 0].astype(np.intp)
    paint = rows[:, 1:8].astype(np.uint8)
    tint, extra = np.full((len(rows), 4), 255, np.uint8), np.zeros((len(rows), 4), np.uint8)
    tint[:, :3], extra[:, :3] = paint[:, 1:4], paint[:, 4:7]
    extra[:, 3] = _KNOWN[paint[:, 0]]
    turned = None if normals is None else frames.turn(normals, frame)
    builder.quads(frames.place(corners, frame), paint[:, 0], tint, uv, extra, turned)


# Signs' words and tubes are neon, and know where their glass ends; a piece of glass is no building's pane.
_KNOWN = np.zeros(256, np.uint8)
_KNOWN[[Finish.GLASS, Finish.SIGN_PANEL, Finish.TUBE]] = NO_PANE, 1, 1


def _emit_rods(builder: SurfaceBuilder, rows: Floats, frames: _Frames) -> None:
    along = rows[:, 11:14] - rows[:, 8:11]
    long = np.sqrt(dot3(along, along)) > 1e-5
    rows, along = rows[long], unit3(along[long])
    guide = np.where(abs(along[:, 2:]) < 0.9, [[0.0, 0.0, 1.0]], [[1.0, 0.0, 0.0]])
    side = unit3(cross3(along, guide))
    other = cross3(side, along)
    out, low, high = (np.empty((len(rows), _SIDES + 1, 3)) for _ in range(3))
    for k in range(3):
        out[..., k] = side[:, k, None] * _COS + other[:, k, None] * _SIN
        low[..., k] = rows[:, 8 + k, None] + rows[:, 14:15] * out[..., k]
        high[..., k] = rows[:, 11 + k, None] + rows[:, 15:16] * out[..., k]
    corners = np.stack([low[:, 1:], low[:, :-1], high[:, :-1], high[:, 1:]], axis=2).reshape(-1, 4, 3)
    normals = np.stack([out[:, 1:], out[:, :-1], out[:, :-1], out[:, 1:]], axis=2).reshape(-1, 4, 3)
    rows = np.repeat(rows, _SIDES, axis=0)
    around = unit3(corners[:, 1] - corners[:, 0])
    uv = planar_uv(corners, around, cross3(normals[:, 0], around))
    tubes = rows[:, 1] == Finish.TUBE
    uv[tubes, :, 1] = rows[tubes][:, [16, 16, 17, 17]]
    _emit_faces(builder, rows, frames, corners, uv, normals)
