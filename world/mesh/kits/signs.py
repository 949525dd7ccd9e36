"""Neon: the planned signs as they hang, lit, buzzing half-dead, or dark; in detail for the near eye, as glowing panels for the far one.

In: a chunk's `Sign`s.  Out: faces in a `SurfaceBuilder`.
Frame of a sign: origin in the middle of its glowing face, +y away from its wall, z up. A blade's faces look along x, to either side;
the others' look along +y.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from world.fields import uniform
from world.mesh.kits.sign_spec import SignSpec, cells_of, dead_cells, face_size, pieces_of, rectangle_of, spec_of
from world.mesh.kits.sketch import Sketch
from world.mesh.surface import Finish, SurfaceBuilder
from world.plan.records import Sign, SignKind

Rgb = tuple[int, int, int]
Floats = NDArray[np.float64]

STEEL: Rgb = (74, 78, 80)
HOUSING: Rgb = (38, 41, 44)
DEAD_GLASS: Rgb = (92, 98, 98)
_CABLE: Rgb = (16, 16, 17)
_AMBER: Rgb = (255, 176, 66)
_DEEP_M, _RIM_M, _TUBE_M = 0.18, 0.06, 0.013
_WALL_M = 0.2  # from the wall to a face that lies along it
_OUT, _LEFT, _RIGHT = (0.0, 1.0, 0.0), (-1.0, 0.0, 0.0), (1.0, 0.0, 0.0)
Vector = tuple[float, float, float]


def add_signs(builder: SurfaceBuilder, signs: Sequence[Sign], corner: tuple[float, float], *, far: bool = False) -> None:
    """All of a chunk's signs, each with its face where the plan put it."""
    sketch = Sketch()
    for k, sign in enumerate(signs):
        spec = spec_of(sign)
        sketch.frame, sketch.seed, sketch.group = k, spec.seed, spec.group
        (_far if far else _DRAW[spec.kind])(sketch, spec)
    if signs:
        origins = np.array([sign.position for sign in signs]) - np.array([*corner, 0.0])
        sketch.emit(builder, origins, np.radians([sign.heading_deg for sign in signs]))


def _across(spec: SignSpec) -> bool:
    """Whether it stands out from the wall and is read from both sides."""
    return spec.kind in (SignKind.BLADE, SignKind.TALL, SignKind.ROUND)


def _luminance(spec: SignSpec) -> int:
    return min(255, round(spec.luminance / 4.0)) if spec.lit else 0


def _far(sketch: Sketch, spec: SignSpec) -> None:
    """A dark box with its word on it, or bare tubes as ribbons."""
    w, h = face_size(spec)
    if spec.kind in (SignKind.TUBES, SignKind.ICON):
        _ribbons(sketch, spec)
        return
    deep = _DEEP_M / 2
    if _across(spec):
        sketch.box((-deep, -w / 2, -h / 2), (deep, w / 2, h / 2), Finish.METAL, HOUSING, "-x +x")
        faces: tuple[tuple[Vector, float], ...] = ((_LEFT, deep), (_RIGHT, deep))
    else:
        sketch.box((-w / 2, -2 * deep, -h / 2), (w / 2, 0.0, h / 2), Finish.METAL, HOUSING, "-y +y")
        faces = ((_OUT, 0.0),)
    for normal, out in faces:
        _panel(sketch, spec, normal, out, w, h, whole=True)


def _ribbons(sketch: Sketch, spec: SignSpec) -> None:
    """Bent tubes seen from the street only: one face a piece."""
    finish, tint, luminance = (Finish.TUBE, spec.colour, _luminance(spec)) if spec.lit else (Finish.GLASS, DEAD_GLASS, 0)
    a, b, _ = pieces_of(spec)
    step = b - a
    long = np.hypot(step[:, 0], step[:, 1])
    a, b, step, long = (part[long > 1e-3] for part in (a, b, step, long))  # an eye is a point
    side = np.column_stack([-step[:, 1], step[:, 0]]) * (1.6 * _TUBE_M / long)[:, None]
    flat = np.stack([a - side, b - side, b + side, a + side], axis=1).tolist()
    for (p, q), (r, s), (t, u), (v, w) in flat:
        sketch.quad(((-p, 0.0, q), (-r, 0.0, s), (-t, 0.0, u), (-v, 0.0, w)), finish, tint, luminance)


def _panel(sketch: Sketch, spec: SignSpec, normal: Vector, out_m: float, w: float, h: float, *, whole: bool = False) -> None:
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
        _face(sketch, st, normal, right, out_m, w, h, spec, spec.colour if out else DEAD_GLASS, _luminance(spec) if out else 0)


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
def _draw(seed: int, lane: str, key: int = 0) -> float:
    return uniform(seed, lane, key)


def _border(sketch: Sketch, spec: SignSpec, normal: Vector, out_m: float, w: float, h: float) -> None:
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
    hue = spec.colour if _draw(spec.seed, "border-hue") < 0.6 else _AMBER
    sketch.path(path, _TUBE_M, Finish.TUBE, hue, _luminance(spec))


def _bordered(spec: SignSpec) -> bool:
    return spec.lit and _draw(spec.seed, "bordered") < 0.6


def _arms(sketch: Sketch, spec: SignSpec, w: float, h: float) -> None:
    """Arms, wall plates, stay, transformer and feed cable of what stands out from a wall."""
    wall = -spec.back_m
    for z in (-0.32 * h, 0.32 * h):
        sketch.box((-0.025, wall, z - 0.025), (0.025, -w / 2 - 0.02, z + 0.025), Finish.METAL, STEEL, "-y +y")
        sketch.box((-0.09, wall, z - 0.11), (0.09, wall + 0.025, z + 0.11), Finish.METAL, STEEL, "-y")
    top = h / 2 + _RIM_M
    sketch.rods((0.0, wall + 0.02, top + 0.3 * w), (0.0, 0.2 * w, top), 0.012, Finish.METAL, STEEL)
    low = -0.1 * h
    sketch.box((-0.07, wall, low), (0.07, wall + 0.14, low + 0.24), Finish.METAL, (52, 54, 56), "-y")
    sketch.path([(0.03, wall + 0.08, low), (0.04, wall + 0.18, low - 0.2), (0.03, -w / 2, low - 0.1)], 0.011, Finish.RUBBER, _CABLE)
    if _draw(spec.seed, "torn-cable") < 0.4:
        end = -0.3 - 0.5 * _draw(spec.seed, "torn-length")
        sketch.path(
            [(-0.04, 0.1 * w, -top), (-0.05, 0.12 * w, -top + 0.4 * end), (-0.02, 0.05 * w, -top + end)], 0.009, Finish.RUBBER, _CABLE
        )


def _blade(sketch: Sketch, spec: SignSpec) -> None:
    w, h = face_size(spec)
    y, z, deep = w / 2 + _RIM_M, h / 2 + _RIM_M, _DEEP_M / 2
    for low, high in (((-w / 2, h / 2), (w / 2, z)), ((-w / 2, -z), (w / 2, -h / 2))):
        sketch.box((-deep, low[0], low[1]), (deep, high[0], high[1]), Finish.METAL, HOUSING)
    for low_y, high_y in ((-y, -w / 2), (w / 2, y)):
        sketch.box((-deep, low_y, -z), (deep, high_y, z), Finish.METAL, HOUSING)
    for normal in (_LEFT, _RIGHT):
        _panel(sketch, spec, normal, deep - 0.03, w, h)
        if _bordered(spec):
            _border(sketch, spec, normal, deep + 0.012, w / 2 - 0.03, h / 2 - 0.03)
    if not spec.lit:
        sketch.box((-0.03, -w / 2, -h / 2), (0.03, w / 2, h / 2), Finish.METAL, (20, 21, 22), "-y +y -z +z")
    _arms(sketch, spec, w, h)


def _fascia(sketch: Sketch, spec: SignSpec) -> None:
    w, h = face_size(spec)
    x, z = w / 2 + 0.25, h / 2 + _RIM_M
    sketch.box((-x, -_WALL_M, -z), (x, -0.03, z), Finish.METAL, HOUSING, "-y")
    for low, high in (((-x, h / 2), (x, z)), ((-x, -z), (x, -h / 2))):
        sketch.box((low[0], -0.03, low[1]), (high[0], 0.05, high[1]), Finish.METAL, STEEL, "-y")
    _panel(sketch, spec, _OUT, 0.0, w, h)
    for k, (sx, sz) in enumerate(((-1, -1), (1, -1), (1, 1), (-1, 1))):
        if spec.lit and _draw(spec.seed, "edge", k) < 0.75:
            line = [(sx * (x - 0.08), 0.05, 0.0), (sx * (x - 0.08), 0.05, sz * (h / 2 - 0.02)), (0.02 * sx, 0.05, sz * (h / 2 - 0.02))]
            sketch.path(line, _TUBE_M, Finish.TUBE, spec.colour, _luminance(spec))
    count = max(2, round(2 * x / 1.4))
    for at in (np.arange(count) + 0.5) / count * 2 * x - x:  # arms of small lamps that light the board from above, all dead
        sketch.path([(at, -0.1, z), (at, -0.02, z + 0.24), (at, 0.24, z + 0.2)], 0.013, Finish.METAL, STEEL)
        sketch.rods((at, 0.23, z + 0.22), (at, 0.27, z + 0.08), (0.03, 0.085), Finish.METAL, STEEL)


_DRUM = 12
_RING = [(math.cos(k * 2 * math.pi / _DRUM), math.sin(k * 2 * math.pi / _DRUM)) for k in range(_DRUM + 1)]


def _drum(sketch: Sketch, radius: float, normals: Sequence[Vector], deep: float) -> None:
    """A round housing: its rim and its dark faces."""
    across = normals[0][0] != 0.0

    def at(x: float, ring: tuple[float, float]) -> Vector:
        y, z = radius * ring[0], radius * ring[1]
        return (x, y, z) if across else (-y, x, z)

    for a, b in pairwise(_RING):
        sketch.quad((at(deep, b), at(-deep, b), at(-deep, a), at(deep, a)), Finish.PAINT, (24, 26, 28))
    for normal in normals:
        way = sum(normal)
        face = [at(way * (deep - 0.01), (way * y, z)) for y, z in _RING[:-1]]
        for k in range(1, _DRUM - 2, 2):
            sketch.quad((face[0], face[k], face[k + 1], face[k + 2]), Finish.PAINT, (24, 26, 28))


def _round(sketch: Sketch, spec: SignSpec) -> None:
    w, h = face_size(spec)
    deep = _DEEP_M / 2
    _drum(sketch, w / 2, (_LEFT, _RIGHT), deep)
    inner = w / 2 - 0.06
    for x in (-1.0, 1.0):
        _panel(sketch, spec, (x, 0.0, 0.0), deep + 0.002, w, h)
        _tube(sketch, spec, [(x * (deep + 0.02), inner * c, inner * s) for c, s in _RING[:-1]], spec.lit)
    _arms(sketch, spec, w, h)


def _tube(sketch: Sketch, spec: SignSpec, path: Sequence[Vector], alive: bool) -> None:
    finish, tint = (Finish.TUBE, spec.colour) if alive else (Finish.GLASS, DEAD_GLASS)
    sketch.path(path, _TUBE_M, finish, tint, _luminance(spec) if alive else 0)


@cache
def _tube_draws(seed: int, count: int) -> Floats:
    return np.asarray(uniform(seed, "dead-tube", np.arange(count)))


def _bent(sketch: Sketch, spec: SignSpec, dead_share: float) -> None:
    """A drawing in tubes, on glass posts from the wall side."""
    start, end, line = pieces_of(spec)
    dead = (_tube_draws(spec.seed, int(line[-1]) + 1) < dead_share)[line] | (not spec.lit)
    a, b = (np.column_stack([-p[:, 0], 0.0 * p[:, 0], p[:, 1]]) for p in (start, end))
    for gone, finish, tint, luminance in ((False, Finish.TUBE, spec.colour, _luminance(spec)), (True, Finish.GLASS, DEAD_GLASS, 0)):
        which = dead == gone
        if which.any():
            sketch.rods(a[which], b[which], _TUBE_M, finish, tint, luminance)
    posts = a[np.concatenate([[True], line[1:] != line[:-1]])]
    sketch.rods(posts - [0.0, 0.09, 0.0], posts, 0.008, Finish.GLASS, DEAD_GLASS)


def _icon(sketch: Sketch, spec: SignSpec) -> None:
    w, _ = face_size(spec)
    _drum(sketch, w / 2, (_OUT,), 0.05)
    _bent(sketch, spec, 0.15)
    for z in (-0.3 * w, 0.3 * w):
        sketch.box((-0.04, -_WALL_M, z - 0.03), (0.04, -0.05, z + 0.03), Finish.METAL, STEEL, "-y +y")


def _tubes(sketch: Sketch, spec: SignSpec) -> None:
    w, h = face_size(spec)
    _bent(sketch, spec, 0.12)
    x, z, y = w / 2, h / 2, -0.1
    frame = np.array([(-x, y, -z), (x, y, -z), (x, y, z), (-x, y, z), (-x, y, -z)])
    sketch.path(frame, 0.018, Finish.METAL, STEEL)
    at = np.linspace(-x, x, max(3, round(w / 0.45)))[1:-1]
    sketch.rods(np.column_stack([at, 0 * at + y, 0 * at - z]), np.column_stack([at, 0 * at + y, 0 * at + z]), 0.005, Finish.METAL, STEEL)
    for side in (-x + 0.05, x - 0.05):
        sketch.rods((side, -_WALL_M, 0.0), (side, y, 0.0), 0.018, Finish.METAL, STEEL)


def _rooftop(sketch: Sketch, spec: SignSpec) -> None:
    w, h = face_size(spec)
    foot, back = -h / 2 - 0.5 * h, -1.2
    x = np.linspace(-w / 2 + 0.1, w / 2 - 0.1, max(2, round(w / 1.8) + 1))

    def at(y: float, z: float) -> Floats:
        return np.column_stack([x, np.full(len(x), y), np.full(len(x), z)])

    sketch.rods(at(-0.12, foot), at(-0.12, h / 2), 0.05, Finish.METAL, STEEL)
    sketch.rods(at(back, foot), at(-0.12, 0.2 * h), 0.04, Finish.METAL, STEEL)
    sketch.rods(at(-0.12, foot)[:-1], at(-0.12, -h / 2)[1:], 0.025, Finish.METAL, STEEL)
    sketch.box((-w / 2, -0.08, -h / 2), (w / 2, -0.01, h / 2), Finish.METAL, (26, 28, 30))
    _panel(sketch, spec, _OUT, 0.0, w, h)
    if _bordered(spec):
        _border(sketch, spec, _OUT, 0.03, w / 2, h / 2)


_DRAW: dict[SignKind, Callable[[Sketch, SignSpec], None]] = {
    SignKind.BLADE: _blade,
    SignKind.TALL: _blade,
    SignKind.FASCIA: _fascia,
    SignKind.ROOF: _rooftop,
    SignKind.ROUND: _round,
    SignKind.TUBES: _tubes,
    SignKind.ICON: _icon,
}
