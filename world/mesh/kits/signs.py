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
from world.mesh.kits.sign_faces import (
    DEAD_GLASS,
    DEEP_M,
    HOUSING,
    LEFT,
    OUT,
    RIGHT,
    TUBE_M,
    Vector,
    border,
    bordered,
    draw,
    draw_far,
    luminance_of,
    panel,
)
from world.mesh.kits.sign_spec import SignSpec, face_size, pieces_of, spec_of
from world.mesh.kits.sketch import Sketch
from world.mesh.surface import Finish, SurfaceBuilder
from world.plan.records import Sign, SignKind

Rgb = tuple[int, int, int]
Floats = NDArray[np.float64]

STEEL: Rgb = (74, 78, 80)
_CABLE: Rgb = (16, 16, 17)
_RIM_M = 0.06
_WALL_M = 0.2  # from the wall to a face that lies along it


def add_signs(builder: SurfaceBuilder, signs: Sequence[Sign], corner: tuple[float, float], *, far: bool = False) -> None:
    """All of a chunk's signs, each with its face where the plan put it."""
    sketch = Sketch()
    for k, sign in enumerate(signs):
        spec = spec_of(sign)
        sketch.frame, sketch.seed, sketch.group = k, spec.seed, spec.group
        (draw_far if far else _DRAW[spec.kind])(sketch, spec)
    if signs:
        origins = np.array([sign.position for sign in signs]) - np.array([*corner, 0.0])
        sketch.emit(builder, origins, np.radians([sign.heading_deg for sign in signs]))


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
    if draw(spec.seed, "torn-cable") < 0.4:
        end = -0.3 - 0.5 * draw(spec.seed, "torn-length")
        sketch.path(
            [(-0.04, 0.1 * w, -top), (-0.05, 0.12 * w, -top + 0.4 * end), (-0.02, 0.05 * w, -top + end)], 0.009, Finish.RUBBER, _CABLE
        )


def _blade(sketch: Sketch, spec: SignSpec) -> None:
    w, h = face_size(spec)
    y, z, deep = w / 2 + _RIM_M, h / 2 + _RIM_M, DEEP_M / 2
    for low, high in (((-w / 2, h / 2), (w / 2, z)), ((-w / 2, -z), (w / 2, -h / 2))):
        sketch.box((-deep, low[0], low[1]), (deep, high[0], high[1]), Finish.METAL, HOUSING)
    for low_y, high_y in ((-y, -w / 2), (w / 2, y)):
        sketch.box((-deep, low_y, -z), (deep, high_y, z), Finish.METAL, HOUSING)
    for normal in (LEFT, RIGHT):
        panel(sketch, spec, normal, deep - 0.03, w, h)
        if bordered(spec):
            border(sketch, spec, normal, deep + 0.012, w / 2 - 0.03, h / 2 - 0.03)
    if not spec.lit:
        sketch.box((-0.03, -w / 2, -h / 2), (0.03, w / 2, h / 2), Finish.METAL, (20, 21, 22), "-y +y -z +z")
    _arms(sketch, spec, w, h)


def _fascia(sketch: Sketch, spec: SignSpec) -> None:
    w, h = face_size(spec)
    x, z = w / 2 + 0.25, h / 2 + _RIM_M
    sketch.box((-x, -_WALL_M, -z), (x, -0.03, z), Finish.METAL, HOUSING, "-y")
    for low, high in (((-x, h / 2), (x, z)), ((-x, -z), (x, -h / 2))):
        sketch.box((low[0], -0.03, low[1]), (high[0], 0.05, high[1]), Finish.METAL, STEEL, "-y")
    panel(sketch, spec, OUT, 0.0, w, h)
    for k, (sx, sz) in enumerate(((-1, -1), (1, -1), (1, 1), (-1, 1))):
        if spec.lit and draw(spec.seed, "edge", k) < 0.75:
            line = [(sx * (x - 0.08), 0.05, 0.0), (sx * (x - 0.08), 0.05, sz * (h / 2 - 0.02)), (0.02 * sx, 0.05, sz * (h / 2 - 0.02))]
            sketch.path(line, TUBE_M, Finish.TUBE, spec.colour, luminance_of(spec))
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
    deep = DEEP_M / 2
    _drum(sketch, w / 2, (LEFT, RIGHT), deep)
    inner = w / 2 - 0.06
    for x in (-1.0, 1.0):
        panel(sketch, spec, (x, 0.0, 0.0), deep + 0.002, w, h)
        _tube(sketch, spec, [(x * (deep + 0.02), inner * c, inner * s) for c, s in _RING[:-1]], spec.lit)
    _arms(sketch, spec, w, h)


def _tube(sketch: Sketch, spec: SignSpec, path: Sequence[Vector], alive: bool) -> None:
    finish, tint = (Finish.TUBE, spec.colour) if alive else (Finish.GLASS, DEAD_GLASS)
    sketch.path(path, TUBE_M, finish, tint, luminance_of(spec) if alive else 0)


@cache
def _tube_draws(seed: int, count: int) -> Floats:
    return np.asarray(uniform(seed, "dead-tube", np.arange(count)))


def _bent(sketch: Sketch, spec: SignSpec, dead_share: float) -> None:
    """A drawing in tubes, on glass posts from the wall side."""
    start, end, line = pieces_of(spec)
    dead = (_tube_draws(spec.seed, int(line[-1]) + 1) < dead_share)[line] | (not spec.lit)
    a, b = (np.column_stack([-p[:, 0], 0.0 * p[:, 0], p[:, 1]]) for p in (start, end))
    for gone, finish, tint, luminance in ((False, Finish.TUBE, spec.colour, luminance_of(spec)), (True, Finish.GLASS, DEAD_GLASS, 0)):
        which = dead == gone
        if which.any():
            sketch.rods(a[which], b[which], TUBE_M, finish, tint, luminance)
    posts = a[np.concatenate([[True], line[1:] != line[:-1]])]
    sketch.rods(posts - [0.0, 0.09, 0.0], posts, 0.008, Finish.GLASS, DEAD_GLASS)


def _icon(sketch: Sketch, spec: SignSpec) -> None:
    w, _ = face_size(spec)
    _drum(sketch, w / 2, (OUT,), 0.05)
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
    panel(sketch, spec, OUT, 0.0, w, h)
    if bordered(spec):
        border(sketch, spec, OUT, 0.03, w / 2, h / 2)


_DRAW: dict[SignKind, Callable[[Sketch, SignSpec], None]] = {
    SignKind.BLADE: _blade,
    SignKind.TALL: _blade,
    SignKind.FASCIA: _fascia,
    SignKind.ROOF: _rooftop,
    SignKind.ROUND: _round,
    SignKind.TUBES: _tubes,
    SignKind.ICON: _icon,
}
