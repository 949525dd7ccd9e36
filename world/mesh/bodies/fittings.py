"""What bodies are put together from: lofted shells, lamps that no distance swallows, cables, bolts, stripes.

In: sizes in metres.  Out: polygons in a `ModelBuilder`. A lamp's normals point away from its middle, so that the shader can widen it for a
far eye (shaders/include/body.inc.glsl).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from world.mesh.bodies.rig import Role
from world.mesh.kits.forms import beam, lathe, sheet, tube
from world.mesh.kits.model import Floats, ModelBuilder
from world.mesh.surface import Finish
from world.mesh.vertex import unit3

Rgb = tuple[int, int, int]
_TURN = {"z": 0, "x": 1, "y": 2}
_CUBE = np.array([[i & 1, i >> 1 & 1, i >> 2] for i in range(8)], dtype=np.float64) * 2.0 - 1.0
_FACES = np.array([[0, 2, 3, 1], [4, 5, 7, 6], [0, 1, 5, 4], [2, 6, 7, 3], [0, 4, 6, 2], [1, 3, 7, 5]])


def shell(
    model: ModelBuilder,
    levels: ArrayLike,
    finish: Finish,
    tint: Rgb,
    *,
    power: float = 2.8,
    sides: int = 14,
    crease_deg: float = 38.0,
    axis: str = "z",
) -> None:
    """A body lofted through rounded rectangles (superellipses of `power`) from low to high along `axis`: rows of (height, middle a,
    middle b, half width a, half width b), where (a, b) follow the axis in cyclic order (z: x, y; y: z, x; x: y, z). Closed at both ends."""
    rows = np.asarray(levels, dtype=np.float64)
    angle = np.arange(sides + 1) % sides * (2.0 * math.pi / sides) + math.pi / sides
    cos, sin = np.cos(angle), np.sin(angle)
    round_ = (abs(cos) ** power + abs(sin) ** power) ** (-1.0 / power)
    grid = np.empty((sides + 1, len(rows), 3))
    grid[..., 0] = rows[:, 1] + rows[:, 3] * (cos * round_)[:, None]
    grid[..., 1] = rows[:, 2] + rows[:, 4] * (sin * round_)[:, None]
    grid[..., 2] = rows[:, 0]
    grid = np.roll(grid, _TURN[axis], axis=-1)
    sheet(model, grid, finish, tint, crease_deg=crease_deg)
    cap(model, grid[:-1, -1], finish, tint)
    cap(model, grid[:-1, 0][::-1], finish, tint)


def cap(model: ModelBuilder, rim: Floats, finish: Finish, tint: Rgb) -> None:
    """A convex rim, counter-clockwise from outside, filled from its first point."""
    count = len(rim) - 2
    model.polygons(np.stack([np.broadcast_to(rim[0], (count, 3)), rim[1:-1], rim[2:]], axis=1), finish, tint)


def lamp(model: ModelBuilder, centre: ArrayLike, half: ArrayLike, role: Role, luminance: int = 255, tint: Rgb = (255, 255, 255)) -> None:
    """A glowing block whose normals point away from its middle; `luminance` in units of 4 cd/m²."""
    size = np.asarray(half, dtype=np.float64)
    corners = np.asarray(centre, dtype=np.float64) + _CUBE * size
    normals = unit3(_CUBE)
    model.polygons(corners[_FACES], Finish.LAMP, tint, normals=normals[_FACES], glow=(int(role), luminance))


def bulb(
    model: ModelBuilder, centre: ArrayLike, radius: float, role: Role, luminance: int = 255, *, axis: str = "y", flat: float = 0.6
) -> None:
    """A round lamp that looks both ways along `axis`, `flat` of its radius deep."""
    r, d = radius, radius * flat
    profile = [[0.0, -d], [0.72 * r, -0.7 * d], [r, 0.0], [0.72 * r, 0.7 * d], [0.0, d]]
    lathe(model, profile, centre, Finish.LAMP, (255, 255, 255), sides=8, axis=axis, crease_deg=180.0, glow=(int(role), luminance))


def glow_ring(model: ModelBuilder, centre: ArrayLike, radius: float, thick: float, role: Role, luminance: int, *, sides: int = 16) -> None:
    """A glowing hoop that lies level."""
    angle = np.arange(sides) * (2.0 * math.pi / sides)
    path = np.asarray(centre, float) + radius * np.column_stack([np.cos(angle), np.sin(angle), 0.0 * angle])
    tube(model, path, thick, Finish.LAMP, (255, 255, 255), sides=4, closed=True, glow=(int(role), luminance))


def ball(model: ModelBuilder, centre: ArrayLike, radius: float, finish: Finish, tint: Rgb, *, sides: int = 8) -> None:
    """A joint."""
    angle = np.linspace(-math.pi / 2, math.pi / 2, 6)
    profile = radius * np.column_stack([np.cos(angle), np.sin(angle)])
    profile[0, 0] = profile[-1, 0] = 0.0
    lathe(model, profile, centre, finish, tint, sides=sides, crease_deg=70.0)


def disc(
    model: ModelBuilder, centre: ArrayLike, radius: float, thick: float, finish: Finish, tint: Rgb, *, axis: str = "z", sides: int = 12
) -> None:
    """A flat round with bevelled edges, closed, about its middle."""
    h, bevel = thick / 2, min(0.25 * thick, 0.25 * radius)
    profile = [[0.0, -h], [radius - bevel, -h], [radius, -h + bevel], [radius, h - bevel], [radius - bevel, h], [0.0, h]]
    lathe(model, profile, centre, finish, tint, sides=sides, axis=axis, crease_deg=30.0)


def hose(model: ModelBuilder, points: Sequence[ArrayLike], radius: float, tint: Rgb = (20, 20, 21), *, sides: int = 5) -> None:
    """A cable or a hose along a smooth way through `points` (Catmull and Rom 1974)."""
    way = np.asarray(points, dtype=np.float64)
    padded = np.concatenate([2 * way[:1] - way[1:2], way, 2 * way[-1:] - way[-2:-1]])
    t = np.linspace(0.0, 1.0, 4)[:-1, None]
    runs = []
    for a, b, c, d in zip(padded[:-3], padded[1:-2], padded[2:-1], padded[3:], strict=True):
        runs.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    tube(model, np.concatenate([*runs, way[-1:]]), radius, Finish.RUBBER, tint, sides=sides)


def bolts(model: ModelBuilder, centres: ArrayLike, radius: float, *, axis: str = "y", tint: Rgb = (84, 86, 88)) -> None:
    """Bolt heads, six-sided, half sunk in."""
    for centre in np.atleast_2d(np.asarray(centres, float)):
        lathe(
            model,
            [[0.0, -radius * 0.5], [radius, -radius * 0.5], [radius * 0.8, radius * 0.5], [0.0, radius * 0.5]],
            centre,
            Finish.METAL,
            tint,
            sides=6,
            axis=axis,
            crease_deg=20.0,
        )


def strips(
    model: ModelBuilder, start: ArrayLike, end: ArrayLike, width: float, thick: float, tint: Rgb, finish: Finish = Finish.RUBBER
) -> None:
    """Seams and edges: thin bars that stand a hair out of a shell."""
    beam(model, start, end, width, thick, finish, tint)


def plate(model: ModelBuilder, outline: ArrayLike, thick: float, finish: Finish, tint: Rgb) -> None:
    """A flat convex piece of any outline (P, 3) in one plane, `thick` through its middle, outward whichever way it runs."""
    rim = np.asarray(outline, dtype=np.float64)
    normal = unit3(np.cross(rim[1] - rim[0], rim[2] - rim[0]))
    upper, lower = rim + normal * (thick / 2), rim - normal * (thick / 2)
    upper_next, lower_next = np.roll(upper, -1, axis=0), np.roll(lower, -1, axis=0)
    model.polygons(np.stack([lower, lower_next, upper_next, upper], axis=1), finish, tint)
    cap(model, upper, finish, tint)
    cap(model, lower[::-1], finish, tint)
