"""The glowing faces of signs: words cut into their characters, cracked ones, tube borders, and all of it flat for a far eye.

In: a `SignTable`, where the faces look.  Out: primitives in a `Sketch`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from world.fields import uniform
from world.mesh.kits.sign_spec import SEEDS, cells_of, dead_cells, pieces_of
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


def draw_far_blades(sketch: Sketch, n: SignTable) -> None:
    """What stands out from the wall: a dark box with its word on either side."""
    deep, w, h = DEEP_M / 2, n.w / 2, n.h / 2
    sketch.box(n.of, (-deep, -w, -h), (deep, w, h), Finish.METAL, HOUSING, "-x +x")
    for normal in (LEFT, RIGHT):
        _words(sketch, n, np.ones(len(n), np.int64), n.lit, normal, deep)


def draw_far_boards(sketch: Sketch, n: SignTable) -> None:
    """What lies along the wall: a dark box with its word in front."""
    w, h = n.w / 2, n.h / 2
    sketch.box(n.of, (-w, -DEEP_M, -h), (w, 0.0, h), Finish.METAL, HOUSING, "-y +y")
    _words(sketch, n, np.ones(len(n), np.int64), n.lit, OUT, 0.0)


def draw_far_tubes(sketch: Sketch, n: SignTable) -> None:
    """Bent tubes seen from the street only: one ribbon a piece."""
    pieces, of, _ = tubes_of(n)
    a, b = pieces[:, :2], pieces[:, 2:]
    step = b - a
    long = np.hypot(step[:, 0], step[:, 1])
    solid = long > 1e-3  # an eye is a point
    a, b, step, of = a[solid], b[solid], step[solid], of[solid]
    side = np.column_stack([-step[:, 1], step[:, 0]]) * (1.6 * TUBE_M / long[solid])[:, None]
    flat = np.stack([a - side, b - side, b + side, a + side], axis=1)
    corners = np.zeros((len(flat), 4, 3))
    corners[..., 0], corners[..., 2] = -flat[..., 0], flat[..., 1]
    lit = n.lit[of]
    tint = np.where(lit[:, None], n.colour[of], DEAD_GLASS)
    sketch.quads(n.of.at(of), corners, np.where(lit, Finish.TUBE, Finish.GLASS), tint, n.luminance[of])


def tubes_of(n: SignTable) -> tuple[Floats, NDArray[np.intp], list[NDArray[np.intp]]]:
    """The straight pieces of all tubes, metres (P, 4), whose they are, and for each sign which tube each of its pieces belongs to."""
    found = [pieces_of(spec) for spec in n.specs]
    pieces, of = each([part for part, _ in found])
    return pieces * n.size[of][:, None], of, [line for _, line in found]


def panels(sketch: Sketch, n: SignTable, normal: Vector, out_m: float) -> None:
    """The words' faces, `out_m` from the signs' middles: cut into characters, of which the dead do not glow; cracked where all is dark."""
    lit, dark = n.where(n.lit), n.where(~n.lit)
    if len(lit):
        cells = np.array([cells_of(spec) for spec in lit.specs])
        _words(sketch, lit, cells, ~np.concatenate([dead_cells(spec) for spec in lit.specs]), normal, out_m)
    if len(dark):
        upright = dark.word_m[:, 1] > dark.word_m[:, 0]
        found = [_crack(int(seed), *((2, 4) if tall else (4, 2))) for seed, tall in zip(dark.of.seed, upright, strict=True)]
        shards, of = each([st for st, _ in found])
        gone = np.concatenate([depth for _, depth in found])
        _faces(sketch, dark, of, shards, normal, out_m - 0.02 * gone, DEAD_GLASS, 0)


def _words(
    sketch: Sketch, n: SignTable, cells: NDArray[np.int64], alive: NDArray[np.bool_], normal: Vector, out_m: float
) -> None:
    """Words in `cells` (N,) pieces each, along their longer side; `alive` has one entry a piece."""
    of, i = counted(cells)
    count = cells[of]
    upright = (n.word_m[:, 1] > n.word_m[:, 0])[of]
    k = np.where(upright, count - 1 - i, i)
    low, high = k / count, (k + 1) / count
    s0, s1 = np.where(upright, 0.0, low), np.where(upright, 1.0, high)
    t0, t1 = np.where(upright, low, 0.0), np.where(upright, high, 1.0)
    st = np.stack([s0, t0, s1, t0, s1, t1, s0, t1], axis=1).reshape(-1, 4, 2)
    _faces(sketch, n, of, st, normal, out_m, np.where(alive[:, None], n.colour[of], DEAD_GLASS), np.where(alive, n.luminance[of], 0))


def _faces(
    sketch: Sketch, n: SignTable, of: NDArray[np.intp], st: Floats, normal: Vector, out_m: ArrayLike, tint: ArrayLike, luminance: ArrayLike
) -> None:
    """Pieces of words' faces, by the shares of their width and height (P, 4, 2), counter-clockwise."""
    right, out = _right_of(normal), np.broadcast_to(np.asarray(out_m), len(of))[:, None]
    across, up = (st[..., 0] - 0.5) * n.word_m[of, :1], (st[..., 1] - 0.5) * n.word_m[of, 1:]
    corners = np.stack([across * right[0] + out * normal[0], across * right[1] + out * normal[1], up], axis=-1)
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
