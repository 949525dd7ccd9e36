"""The glowing faces of signs: words cut into their characters, cracked ones, tube borders, and all of it flat for a far eye.

In: a `SignSpec`, where the face looks.  Out: primitives in a `Sketch`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from world.fields import uniform
from world.mesh.kits.sign_spec import SignSpec, cells_of, dead_cells, face_size, pieces_of, rectangle_of
from world.mesh.kits.sketch import Sketch
from world.mesh.surface import Finish
from world.plan.records import SignKind

Rgb = tuple[int, int, int]
Vector = tuple[float, float, float]

HOUSING: Rgb = (38, 41, 44)
DEAD_GLASS: Rgb = (92, 98, 98)
_AMBER: Rgb = (255, 176, 66)
DEEP_M, TUBE_M = 0.18, 0.013
OUT, LEFT, RIGHT = (0.0, 1.0, 0.0), (-1.0, 0.0, 0.0), (1.0, 0.0, 0.0)


def across(spec: SignSpec) -> bool:
    """Whether it stands out from the wall and is read from both sides."""
    return spec.kind in (SignKind.BLADE, SignKind.TALL, SignKind.ROUND)


def luminance_of(spec: SignSpec) -> int:
    """Of its lit parts, in units of 4 cd/m²; 0 when it is dark."""
    return min(255, round(spec.luminance / 4.0)) if spec.lit else 0


def draw_far(sketch: Sketch, spec: SignSpec) -> None:
    """A dark box with its word on it, or bare tubes as ribbons."""
    w, h = face_size(spec)
    if spec.kind in (SignKind.TUBES, SignKind.ICON):
        _ribbons(sketch, spec)
        return
    deep = DEEP_M / 2
    if across(spec):
        sketch.box((-deep, -w / 2, -h / 2), (deep, w / 2, h / 2), Finish.METAL, HOUSING, "-x +x")
        faces: tuple[tuple[Vector, float], ...] = ((LEFT, deep), (RIGHT, deep))
    else:
        sketch.box((-w / 2, -2 * deep, -h / 2), (w / 2, 0.0, h / 2), Finish.METAL, HOUSING, "-y +y")
        faces = ((OUT, 0.0),)
    for normal, out in faces:
        panel(sketch, spec, normal, out, w, h, whole=True)


def _ribbons(sketch: Sketch, spec: SignSpec) -> None:
    """Bent tubes seen from the street only: one face a piece."""
    finish, tint, luminance = (Finish.TUBE, spec.colour, luminance_of(spec)) if spec.lit else (Finish.GLASS, DEAD_GLASS, 0)
    a, b, _ = pieces_of(spec)
    step = b - a
    long = np.hypot(step[:, 0], step[:, 1])
    a, b, step, long = (part[long > 1e-3] for part in (a, b, step, long))  # an eye is a point
    side = np.column_stack([-step[:, 1], step[:, 0]]) * (1.6 * TUBE_M / long)[:, None]
    flat = np.stack([a - side, b - side, b + side, a + side], axis=1).tolist()
    for (p, q), (r, s), (t, u), (v, w) in flat:
        sketch.quad(((-p, 0.0, q), (-r, 0.0, s), (-t, 0.0, u), (-v, 0.0, w)), finish, tint, luminance)


def panel(sketch: Sketch, spec: SignSpec, normal: Vector, out_m: float, w: float, h: float, *, whole: bool = False) -> None:
    """The word's face, `out_m` from the sign's middle; cut into its characters, of which the dead do not glow. `whole`: one face."""
    rectangle, dead = rectangle_of(spec), dead_cells(spec)
    if spec.kind is SignKind.ROUND:
        w, h = rectangle.width_em * spec.size_m, rectangle.height_em * spec.size_m
    cells = 1 if whole else cells_of(spec)
    if not spec.lit and not whole:
        _cracked(sketch, spec, normal, out_m, w, h)
        return
    right = _right_of(normal)
    upright = h > w
    for i in range(cells):
        low, high = ((cells - 1 - i) / cells, (cells - i) / cells) if upright else (i / cells, (i + 1) / cells)
        s0, s1, t0, t1 = (0.0, 1.0, low, high) if upright else (low, high, 0.0, 1.0)
        out = spec.lit and not (dead.all() if whole else dead[i])
        st = ((s0, t0), (s1, t0), (s1, t1), (s0, t1))
        _face(sketch, st, normal, right, out_m, w, h, spec, spec.colour if out else DEAD_GLASS, luminance_of(spec) if out else 0)


def _face(
    sketch: Sketch,
    st: Sequence[tuple[float, float]],
    normal: Vector,
    right: Vector,
    out_m: float,
    w: float,
    h: float,
    spec: SignSpec,
    tint: Rgb,
    luminance: int,
) -> None:
    """A piece of a word's face, by the share of its width and height (4 corners, counter-clockwise)."""
    r = rectangle_of(spec)
    corners = [((s - 0.5) * w * right[0] + out_m * normal[0], (s - 0.5) * w * right[1] + out_m * normal[1], (t - 0.5) * h) for s, t in st]
    uv = [(r.u0 + s * (r.u1 - r.u0), r.v0 + t * (r.v1 - r.v0)) for s, t in st]
    sketch.lettered(corners, uv, tint, luminance)


def _right_of(normal: Vector) -> Vector:
    """z × normal: so that words read from left to right for whoever stands before them."""
    return (-normal[1], normal[0], 0.0)


def _cracked(sketch: Sketch, spec: SignSpec, normal: Vector, out_m: float, w: float, h: float) -> None:
    """A dead face: a grid of shards, some fallen out, one corner of each slipped."""
    nx, ny = (2, 4) if h > w else (4, 2)
    right = _right_of(normal)
    s, t, gone = _crack(spec.seed, nx, ny)
    for a in range(nx):
        for b in range(ny):
            if gone[a][b] > 0.2:
                st = [(s[p][q], t[p][q]) for p, q in ((a, b), (a + 1, b), (a + 1, b + 1), (a, b + 1))]
                _face(sketch, st, normal, right, out_m - 0.02 * gone[a][b], w, h, spec, DEAD_GLASS, 0)


@cache
def _crack(seed: int, nx: int, ny: int) -> tuple[list[list[float]], list[list[float]], list[list[float]]]:
    """Where the lines of a jittered grid meet, as shares of width and height, and what fell out where it is below a fifth."""
    draw = np.asarray(uniform(seed, "crack", np.arange(3)[:, None, None], np.arange(nx + 1)[:, None], np.arange(ny + 1)))
    i, j = np.meshgrid(np.arange(nx + 1), np.arange(ny + 1), indexing="ij")
    s = (i + ((i > 0) & (i < nx)) * (draw[0] - 0.5) * 0.9) / nx
    t = (j + ((j > 0) & (j < ny)) * (draw[1] - 0.5) * 0.9) / ny
    return s.tolist(), t.tolist(), draw[2].tolist()


@cache
def draw(seed: int, lane: str, key: int = 0) -> float:
    """A sign's own number in [0, 1), remembered: there are 64 seeds."""
    return uniform(seed, lane, key)


def border(sketch: Sketch, spec: SignSpec, normal: Vector, out_m: float, w: float, h: float) -> None:
    """A rectangle of tube with cut corners, open at the lower right where its ends go in."""
    r = min(0.06, w / 4, h / 4)
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
    path = [(x * right[0] + out_m * normal[0], x * right[1] + out_m * normal[1], z) for x, z in flat]
    hue = spec.colour if draw(spec.seed, "border-hue") < 0.6 else _AMBER
    sketch.path(path, TUBE_M, Finish.TUBE, hue, luminance_of(spec))


def bordered(spec: SignSpec) -> bool:
    """Whether a tube runs round its face."""
    return spec.lit and draw(spec.seed, "bordered") < 0.6
