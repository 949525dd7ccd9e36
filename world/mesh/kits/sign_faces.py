"""The glowing faces of signs: words cut into their characters, cracked ones, tube borders, and all of it flat for a far eye.

In: a `SignTable`, where the faces look.  Out: primitives in a `Sketch`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from world.fields import uniform
from world.mesh.kits.sign_spec import SEEDS, dead_cells, pieces_of
from world.mesh.kits.sign_table import SignTable, each
from world.mesh.kits.sketch import Coordinates, Floats, Sketch
from world.mesh.runs import counted
from world.mesh.surface import Finish

Rgb = tuple[int, int, int]
Vector = tuple[float, float, float]

HOUSING: Rgb = (38, 41, 44)
DEAD_GLASS: Rgb = (92, 98, 98)
_AMBER: Rgb = (255, 176, 66)
DEEP_M, TUBE_M = 0.18, 0.013
OUT, LEFT, RIGHT = (0.0, 1.0, 0.0), (-1.0, 0.0, 0.0), (1.0, 0.0, 0.0)


class Panels:
    """Gathers where the words of a chunk's signs are shown, and draws them all at once; `whole`: each as one face, for a far eye."""

    def __init__(self, signs: SignTable, *, whole: bool) -> None:
        self._signs, self._whole = signs, whole
        self._rows: list[NDArray[np.int64]] = []
        self._faces: list[tuple[Vector, float]] = []

    def add(self, n: SignTable, normal: Vector, out_m: float) -> None:
        """The words of some, on faces that look along `normal`, `out_m` from the signs' middles."""
        self._rows.append(n.frame)
        self._faces.append((normal, out_m))

    def draw(self, sketch: Sketch) -> None:
        """Words cut into characters, of which the dead do not glow, and cracked where all is dark."""
        if not self._rows:
            return
        counts = [len(rows) for rows in self._rows]
        n = self._signs.where(np.concatenate(self._rows))
        normal = np.repeat(np.array([normal for normal, _ in self._faces]), counts, axis=0)
        out = np.repeat([out_m for _, out_m in self._faces], counts)
        if self._whole:
            _words(sketch, n, np.ones(len(n), np.int64), n.lit, normal, out)
            return
        lit, dark = np.nonzero(n.lit)[0], np.nonzero(~n.lit)[0]
        if len(lit):
            shown = n.where(lit)
            alive = ~np.concatenate([dead_cells(spec) for spec in shown.spec])
            _words(sketch, shown, shown.cells, alive, normal[lit], out[lit])
        if len(dark):
            shown = n.where(dark)
            upright = shown.word_m[:, 1] > shown.word_m[:, 0]
            found = [_crack(seed, *((2, 4) if tall else (4, 2))) for seed, tall in zip(shown.seed.tolist(), upright, strict=True)]
            shards, of = each([st for st, _ in found])
            gone = np.concatenate([depth for _, depth in found])
            _draw_faces(sketch, shown, of, shards, normal[dark[of]], out[dark[of]] - 0.02 * gone, DEAD_GLASS, 0)


def draw_far_blades(sketch: Sketch, panels: Panels, n: SignTable) -> None:
    """What stands out from the wall: a dark box with its word on either side."""
    deep, w, h = DEEP_M / 2, n.w / 2, n.h / 2
    sketch.box(n.of, (-deep, -w, -h), (deep, w, h), Finish.METAL, HOUSING, "-x +x")
    for normal in (LEFT, RIGHT):
        panels.add(n, normal, deep)


def draw_far_boards(sketch: Sketch, panels: Panels, n: SignTable) -> None:
    """What lies along the wall: a dark box with its word in front."""
    w, h = n.w / 2, n.h / 2
    sketch.box(n.of, (-w, -DEEP_M, -h), (w, 0.0, h), Finish.METAL, HOUSING, "-y +y")
    panels.add(n, OUT, 0.0)


def draw_far_tubes(sketch: Sketch, panels: Panels, n: SignTable) -> None:
    """Bent tubes seen from the street only: one ribbon a piece."""
    pieces, of = tubes_of(n)[:2]
    a, b = pieces[:, :2], pieces[:, 2:4]
    step = b - a
    long = np.hypot(step[:, 0], step[:, 1])
    solid = long > 1e-3  # an eye is a point
    a, b, step, of = a[solid], b[solid], step[solid], of[solid]
    out = np.column_stack([-step[:, 1], step[:, 0]]) / long[solid][:, None]
    side = TUBE_M * out
    flat = np.stack([a - side, b - side, b + side, a + side], axis=1)
    corners = np.zeros((len(flat), 4, 3))
    corners[..., 0], corners[..., 2] = -flat[..., 0], flat[..., 1]
    lit = n.lit[of]
    tint = np.where(lit[:, None], n.colour[of], DEAD_GLASS)
    sides = np.column_stack([-out[:, 0], 0.0 * out[:, 0], out[:, 1]])
    sketch.ribbons(n.of.at(of), corners, sides, np.where(lit, Finish.TUBE, Finish.GLASS), tint, n.luminance[of])


def tubes_of(n: SignTable) -> tuple[Floats, NDArray[np.intp], list[NDArray[np.intp]]]:
    """The straight pieces of all tubes (P, 6) as `pieces_of`, but in metres, whose they are, and for each sign which tube each of its
    pieces belongs to."""
    found = [pieces_of(spec) for spec in n.spec]
    pieces, of = each([part for part, _ in found])
    return pieces * n.size[of][:, None], of, [line for _, line in found]


def _words(sketch: Sketch, n: SignTable, cells: NDArray[np.int64], alive: NDArray[np.bool_], normal: Floats, out_m: Floats) -> None:
    """Words in `cells` (N,) pieces each, along their longer side; `alive` has one entry a piece."""
    of, i = counted(cells)
    count = cells[of]
    upright = (n.word_m[:, 1] > n.word_m[:, 0])[of]
    k = np.where(upright, count - 1 - i, i)
    low, high = k / count, (k + 1) / count
    s0, s1 = np.where(upright, 0.0, low), np.where(upright, 1.0, high)
    t0, t1 = np.where(upright, low, 0.0), np.where(upright, high, 1.0)
    st = np.stack([s0, t0, s1, t0, s1, t1, s0, t1], axis=1).reshape(-1, 4, 2)
    tint, luminance = np.where(alive[:, None], n.colour[of], DEAD_GLASS), np.where(alive, n.luminance[of], 0)
    _draw_faces(sketch, n, of, st, normal[of], out_m[of], tint, luminance)


def _draw_faces(
    sketch: Sketch, n: SignTable, of: NDArray[np.intp], st: Floats, normal: Floats, out_m: Floats, tint: ArrayLike, luminance: ArrayLike
) -> None:
    """Pieces (P,) of words' faces, by the shares of their width and height (P, 4, 2), counter-clockwise."""
    across, up = (st[..., 0] - 0.5) * n.word_m[of, :1], (st[..., 1] - 0.5) * n.word_m[of, 1:]
    x, y, out = normal[:, :1], normal[:, 1:2], out_m[:, None]
    corners = np.empty((len(of), 4, 3))
    corners[..., 0], corners[..., 1], corners[..., 2] = across * -y + out * x, across * x + out * y, up  # as `_right_of`
    place = n.word[of][:, None]
    sketch.words(n.of.at(of), corners, place[..., :2] + st * place[..., 2:], tint, luminance)


def _right_of(normal: Vector) -> Vector:
    """z × normal: so that words read from left to right for whoever stands before them."""
    return (-normal[1], normal[0], 0.0)


def warm_cracks() -> Iterator[str]:
    """Breaks every face there is, a seed a step."""
    for seed in range(SEEDS):
        _crack(seed, 2, 4)
        _crack(seed, 4, 2)
        yield "crack"


@cache
def _crack(seed: int, nx: int, ny: int) -> tuple[Floats, Floats]:
    """A dead face as a jittered grid of shards, some fallen out: shares of width and height (P, 4, 2), how far each slipped (P,)."""
    draw = np.asarray(uniform(seed, "crack", np.arange(3)[:, None, None], np.arange(nx + 1)[:, None], np.arange(ny + 1)))
    i, j = np.meshgrid(np.arange(nx + 1), np.arange(ny + 1), indexing="ij")
    s = (i + ((i > 0) & (i < nx)) * (draw[0] - 0.5) * 0.9) / nx
    t = (j + ((j > 0) & (j < ny)) * (draw[1] - 0.5) * 0.9) / ny
    st, gone = np.stack([s, t], axis=-1), draw[2, :-1, :-1]
    shards = np.stack([st[:-1, :-1], st[1:, :-1], st[1:, 1:], st[:-1, 1:]], axis=2)
    return shards[gone > 0.2], gone[gone > 0.2]


def borders(sketch: Sketch, n: SignTable, normal: Vector, out_m: float, w: Floats, h: Floats) -> None:
    """Rectangles of tube with cut corners, open at the lower right where their ends go in."""
    r = np.minimum(0.06, np.minimum(w / 4, h / 4))
    flat = [
        (w - r - 0.08, -h),
        (-w + r, -h),
        (-w, -h + r),
        (-w, h - r),
        (-w + r, h),
        (w - r, h),
        (w, h - r),
        (w, -h + r),
        (w - 0.3 * r, -h),
    ]
    right = _right_of(normal)
    path: list[Coordinates] = [(x * right[0] + out_m * normal[0], x * right[1] + out_m * normal[1], z) for x, z in flat]
    hue = np.where((n.draw("border-hue") < 0.6)[:, None], n.colour, _AMBER)
    sketch.path(n.of, path, TUBE_M, Finish.TUBE, hue, n.luminance)


def bordered(n: SignTable) -> NDArray[np.bool_]:
    """Whether tubes run round their faces."""
    return n.lit & (n.draw("bordered") < 0.6)
