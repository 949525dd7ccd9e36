"""The forms that everything is put together from: boxes, tubes, turned bodies, lofts, prisms, height patches.

In: sizes in metres.  Out: polygons in a `ModelBuilder`, closed, counter-clockwise from outside.
Tubes carry their ring by parallel transport (Bishop 1975), so that they never twist at a bend.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from world.mesh.kits.model import DARK, Floats, Glow, ModelBuilder
from world.mesh.surface import Finish
from world.mesh.vertex import cross3, unit3

Rgb = Sequence[int]

_FACES = np.array(
    [[0, 2, 3, 1], [4, 5, 7, 6], [0, 1, 5, 4], [2, 6, 7, 3], [0, 4, 6, 2], [1, 3, 7, 5]]  # -z +z -y +y -x +x; corner = x + 2y + 4z
)


def hexahedra(builder: ModelBuilder, corners: ArrayLike, finish: Finish, tint: Rgb, *, glow: Glow = DARK, skip: str = "") -> None:
    """N six-faced bodies: `corners` (N, 8, 3), corner i at x = bit 0, y = bit 1, z = bit 2. `skip` names faces left out ("-z +y")."""
    corners = np.asarray(corners, dtype=np.float64).reshape(-1, 8, 3)
    kept = [i for i, name in enumerate(("-z", "+z", "-y", "+y", "-x", "+x")) if name not in skip.split()]
    builder.polygons(corners[:, _FACES[kept]].reshape(-1, 4, 3), finish, tint, glow=glow)


def box(
    builder: ModelBuilder,
    low: ArrayLike,
    high: ArrayLike,
    finish: Finish,
    tint: Rgb,
    *,
    glow: Glow = DARK,
    skip: str = "",
    taper: float = 0.0,
) -> None:
    """A box, or N of them, from `low` (3,) or (N, 3) to `high`; `taper` draws the top in by that many metres on each side."""
    low, high = np.broadcast_arrays(np.atleast_2d(np.asarray(low, float)), np.atleast_2d(np.asarray(high, float)))
    bits = np.array([[i & 1, i >> 1 & 1, i >> 2] for i in range(8)], dtype=np.float64)
    corners = low[:, None] + bits * (high - low)[:, None]
    if taper:
        corners[:, 4:, :2] += taper * (1.0 - 2.0 * bits[4:, :2])
    hexahedra(builder, corners, finish, tint, glow=glow, skip=skip)


def beam(
    builder: ModelBuilder, start: ArrayLike, end: ArrayLike, width: float, height: float, finish: Finish, tint: Rgb, *, glow: Glow = DARK
) -> None:
    """Rectangular bars between points `start` and `end` ((3,) or (N, 3)); `width` lies level, `height` stands (upright bars: along y)."""
    a, b = np.broadcast_arrays(np.atleast_2d(np.asarray(start, float)), np.atleast_2d(np.asarray(end, float)))
    along = unit3(b - a)
    side = cross3(along, [0.0, 0.0, 1.0])
    side = unit3(np.where(np.linalg.norm(side, axis=1, keepdims=True) > 1e-6, side, [[1.0, 0.0, 0.0]]))
    up = cross3(side, along)
    corners = np.empty((len(a), 8, 3))
    for i in range(8):
        x, y, z = (i & 1) - 0.5, i >> 1 & 1, (i >> 2) - 0.5
        corners[:, i] = (b if y else a) + side * (width * x) + up * (height * z)
    hexahedra(builder, corners, finish, tint, glow=glow)


def rods(
    builder: ModelBuilder,
    start: ArrayLike,
    end: ArrayLike,
    radius: float | ArrayLike,
    finish: Finish,
    tint: Rgb,
    *,
    glow: Glow = DARK,
    sides: int = 3,
) -> None:
    """Straight thin bars between points ((3,) or (N, 3)), without caps: six triangles each where a beam has twelve. `radius` one, or
    (2,): at start and end."""
    a, b = np.broadcast_arrays(np.atleast_2d(np.asarray(start, float)), np.atleast_2d(np.asarray(end, float)))
    along = unit3(b - a)
    guide = np.where(abs(along[:, 2:]) < 0.9, [[0.0, 0.0, 1.0]], [[1.0, 0.0, 0.0]])
    side = unit3(cross3(along, guide))
    other = cross3(side, along)
    ends = np.broadcast_to(np.asarray(radius, float), 2)
    angle = np.arange(sides + 1) % sides * (2.0 * math.pi / sides) + 0.5
    out = side[:, None] * np.cos(angle)[:, None] + other[:, None] * np.sin(angle)[:, None]
    low, high = a[:, None] + ends[0] * out, b[:, None] + ends[1] * out
    corners = np.stack([low[:, 1:], low[:, :-1], high[:, :-1], high[:, 1:]], axis=2).reshape(-1, 4, 3)
    normals = np.stack([out[:, 1:], out[:, :-1], out[:, :-1], out[:, 1:]], axis=2).reshape(-1, 4, 3)
    builder.polygons(corners, finish, tint, normals=normals, glow=glow)


def tube(
    builder: ModelBuilder,
    path: ArrayLike,
    radius: float | ArrayLike,
    finish: Finish,
    tint: Rgb,
    *,
    sides: int = 5,
    glow: Glow = DARK,
    caps: bool = True,
    closed: bool = False,
) -> None:
    """A round tube along `path` (P, 3); `radius` one or (P,). `closed` joins the end to the start."""
    given = np.asarray(path, dtype=np.float64)
    keep = np.concatenate([[True], np.linalg.norm(np.diff(given, axis=0), axis=1) > 1e-5])
    radii = np.broadcast_to(np.asarray(radius, dtype=np.float64), len(given))[keep]
    given = given[keep]
    if len(given) < 2:
        return
    points = np.concatenate([given, given[:1]]) if closed else given
    radii = np.concatenate([radii, radii[:1]]) if closed else radii
    step = unit3(np.diff(points, axis=0))
    before, after = np.concatenate([step[-1:] if closed else step[:1], step]), np.concatenate([step, step[:1] if closed else step[-1:]])
    tangent = unit3(before + after + 1e-9)
    side = cross3(tangent[0], [0.0, 0.0, 1.0] if abs(tangent[0, 2]) < 0.9 else [1.0, 0.0, 0.0])
    sides_at = np.empty_like(points)
    for i, t in enumerate(tangent):  # parallel transport: drop what leans along the new tangent
        side = side - t * float((side * t).sum())
        side = side / np.linalg.norm(side)
        sides_at[i] = side
    angle = np.arange(sides) * (2.0 * math.pi / sides)
    if closed:
        sides_at[-1] = sides_at[0]
    other = cross3(sides_at, tangent)
    outward = sides_at[:, None] * np.cos(angle)[:, None] + other[:, None] * np.sin(angle)[:, None]
    miter = 1.0 / np.sqrt(np.maximum(0.5 + 0.5 * (before * after).sum(1), 0.35))
    ring = points[:, None] + outward * (radii * miter)[:, None, None]
    run = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    turn = angle * radii[:, None]
    loop = [*range(sides), 0]
    grid, normal = ring[:, loop], outward[:, loop]
    around = np.concatenate([turn, radii[:, None] * 2 * math.pi], axis=1)
    uv = np.stack([np.broadcast_to(run[:, None], around.shape), around], axis=-1)
    builder.polygons(_cells(grid), finish, tint, uv=_cells(uv), normals=_cells(normal), glow=glow)
    if caps and not closed:
        _fan(builder, ring[0], finish, tint, glow)
        _fan(builder, ring[-1][::-1], finish, tint, glow)


def lathe(
    builder: ModelBuilder,
    profile: ArrayLike,
    centre: ArrayLike,
    finish: Finish,
    tint: Rgb,
    *,
    sides: int = 12,
    axis: str = "z",
    crease_deg: float = 50.0,
    glow: Glow = DARK,
) -> None:
    """A body turned round `axis`: `profile` (P, 2) of (radius, height), from bottom to top along the outside."""
    outline = np.asarray(profile, dtype=np.float64)
    angle = np.arange(sides + 1) % sides * (2.0 * math.pi / sides)
    ring = np.stack([np.cos(angle), np.sin(angle), np.zeros(sides + 1)], axis=-1)
    grid = outline[:, None, :1] * ring + outline[:, None, 1:] * np.array([0.0, 0.0, 1.0])
    grid = np.roll(grid, {"z": 0, "x": 1, "y": 2}[axis], axis=-1) + np.asarray(centre, dtype=np.float64)
    sheet(builder, grid.transpose(1, 0, 2), finish, tint, crease_deg=crease_deg, glow=glow)


def sheet(
    builder: ModelBuilder,
    grid: ArrayLike,
    finish: ArrayLike,
    tint: ArrayLike,
    *,
    crease_deg: float = 60.0,
    glow: Glow = DARK,
    two_sided: bool = False,
) -> None:
    """A grid of points (I, J, 3) as quads (i, j) (i+1, j) (i+1, j+1) (i, j+1), smooth; outside is where di × dj points."""
    builder.polygons(_cells(np.asarray(grid, dtype=np.float64)), finish, tint, crease_deg=crease_deg, glow=glow, two_sided=two_sided)


def prism(
    builder: ModelBuilder, outline: ArrayLike, low: float, high: float, finish: Finish, tint: Rgb, *, axis: str = "z", glow: Glow = DARK
) -> None:
    """A convex outline (P, 2), counter-clockwise seen from +axis, drawn from `low` to `high` along it. Axis x spans (y, z), y (z, x)."""
    flat = np.asarray(outline, dtype=np.float64)
    lower, upper = (np.roll(np.column_stack([flat, np.full(len(flat), h)]), {"z": 0, "x": 1, "y": 2}[axis], axis=1) for h in (low, high))
    lower_next, upper_next = np.roll(lower, -1, axis=0), np.roll(upper, -1, axis=0)
    builder.polygons(np.stack([lower, lower_next, upper_next, upper], axis=1), finish, tint, glow=glow)
    _fan(builder, upper, finish, tint, glow)
    _fan(builder, lower[::-1], finish, tint, glow)


def arc(centre: ArrayLike, radius: float, from_deg: float, to_deg: float, steps: int, plane: str = "yz") -> Floats:
    """Points (steps + 1, 3) on an arc in `plane` ("xy", "yz" or "xz"), the angle counted from its first axis to its second."""
    angle = np.radians(np.linspace(from_deg, to_deg, steps + 1))
    points = np.zeros((steps + 1, 3)) + np.asarray(centre, dtype=np.float64)
    points[:, "xyz".index(plane[0])] += radius * np.cos(angle)
    points[:, "xyz".index(plane[1])] += radius * np.sin(angle)
    return points


def catenary(a: ArrayLike, b: ArrayLike, sag: float, steps: int = 12) -> Floats:
    """Points (steps + 1, 3) of a cable from `a` to `b` hanging `sag` metres below its chord in the middle (the parabola: within
    1 % of the catenary while the sag stays under an eighth of the span)."""
    t = np.linspace(0.0, 1.0, steps + 1)[:, None]
    points: Floats = (1.0 - t) * np.asarray(a, float) + t * np.asarray(b, float)
    points[:, 2] -= 4.0 * sag * (t * (1.0 - t))[:, 0]
    return points


def vec(x: float, y: float, z: float) -> Floats:
    """A point or an offset."""
    return np.array([x, y, z], dtype=np.float64)


def _cells(grid: Floats) -> Floats:
    """(I, J, K) nodes as ((I-1)·(J-1), 4, K) quads."""
    quads = np.stack([grid[:-1, :-1], grid[1:, :-1], grid[1:, 1:], grid[:-1, 1:]], axis=2)
    return quads.reshape(-1, 4, grid.shape[-1])


def _fan(builder: ModelBuilder, rim: Floats, finish: Finish, tint: Rgb, glow: Glow) -> None:
    """A convex rim, counter-clockwise from outside, filled from its first point."""
    count = len(rim) - 2
    corners = np.stack([np.broadcast_to(rim[0], (count, 3)), rim[1:-1], rim[2:]], axis=1)
    builder.polygons(corners, finish, tint, glow=glow)
