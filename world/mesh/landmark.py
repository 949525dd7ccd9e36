"""Towers that one finds one's way by.

In: a plan's `Landmark`.  Out: faces appended to a `SurfaceBuilder`: a lattice mast on four legs, a slab with bands of light, or a drum
under a crown of tubes. All carry red obstruction lights (medium intensity, two thousand candela by ICAO Annex 14) on several levels.
"""

from __future__ import annotations

import itertools
import math

import numpy as np

from world.fields import uniform
from world.mesh.surface import Finish, SurfaceBuilder
from world.mesh.walls import Array, add_rods
from world.plan.records import Landmark

_STEEL, _PALE = (92, 96, 100, 255), (170, 168, 160, 255)
_LIGHT_RED, _LIGHT_GREEN, _LIGHT_WARM = (255, 40, 26, 255), (120, 255, 210, 255), (255, 196, 120, 255)
_BEACON, _BAND = (0, 255, 0, 0), (0, 60, 0, 0)  # group, luminance in units of 4 cd/m²
_LEVELS = 9
Tint = tuple[int, int, int, int]


def add_landmark(builder: SurfaceBuilder, landmark: Landmark, corner: tuple[float, float], seed: int) -> None:
    """The tower, relative to a chunk's corner."""
    foot = np.array([landmark.position[0] - corner[0], landmark.position[1] - corner[1], 0.0])
    turn = math.radians(landmark.heading_deg)
    frame = np.array([[math.cos(turn), -math.sin(turn), 0.0], [math.sin(turn), math.cos(turn), 0.0], [0.0, 0.0, 1.0]])
    (_mast, _slab, _drum)[landmark.kind](builder, foot, frame, landmark.height_m, uniform(seed, "landmark/shape", *landmark.key))


def _corners(half: float, z: float) -> Array:
    return np.array([(-half, -half, z), (half, -half, z), (half, half, z), (-half, half, z)])


def _mast(builder: SurfaceBuilder, foot: Array, frame: Array, height: float, draw: float) -> None:
    """Four legs that lean together, braced storey by storey; a lookout in the middle, an aerial on top."""
    z = height * 0.82 * np.linspace(0.0, 1.0, _LEVELS + 1)
    half = 8.0 * (1.0 - z / (height * 0.9)) ** 1.6 + 0.7
    rings = [_corners(h, level) @ frame + foot for h, level in zip(half, z, strict=True)]
    for k in range(_LEVELS):
        low, high = rings[k], rings[k + 1]
        tint_width = 0.34 - 0.02 * k
        add_rods(builder, low, high, tint_width)
        add_rods(builder, low, np.roll(high, -1, axis=0), 0.12)
        add_rods(builder, np.roll(low, -1, axis=0), high, 0.12)
        add_rods(builder, high, np.roll(high, -1, axis=0), 0.14)
    deck = height * (0.36 + 0.1 * draw)
    wide = float(np.interp(deck, z, half)) + 2.2
    _box(builder, foot, frame, wide, deck, deck + 4.2, Finish.PLASTER, _PALE)
    _ring(builder, foot, frame, wide + 0.05, deck + 1.2, deck + 2.6, _LIGHT_WARM, _BAND)
    up = np.array([0.0, 0.0, height])
    add_rods(builder, (foot + 0.8 * up)[None], (foot + up)[None], 0.3)
    for level in (0.42, 0.82, 1.0):
        _beacon(builder, foot, frame, 0.4 if level == 1.0 else float(np.interp(level * height, z, half)), level * height)


def _slab(builder: SurfaceBuilder, foot: Array, frame: Array, height: float, draw: float) -> None:
    """A dark slab in three set-backs, broken off askew, with bands of light that the power still reaches."""
    z, half = 0.0, 9.0
    for part, share in enumerate((0.45, 0.3, 0.25)):
        top = z + height * share * (0.9 if part == 2 else 1.0)
        _box(builder, foot, frame, half, z, top, Finish.CONCRETE, (70, 76, 82, 255))
        for band in range(3):
            at = z + (top - z) * (band + 0.5 + 0.3 * draw) / 3
            _ring(builder, foot, frame, half + 0.06, at, at + 0.7, _LIGHT_GREEN, _BAND)
        z, half = top, half * 0.74
    for x in (-0.5, 0.1, 0.4):
        base = (np.array([[x * half, 0.2 * half, z]]) @ frame) + foot
        add_rods(builder, base, base + np.array([1.5 * x, 0.4, height * 0.08]), 0.12)
    _beacon(builder, foot, frame, half, z)


def _drum(builder: SurfaceBuilder, foot: Array, frame: Array, height: float, draw: float) -> None:
    """A round shaft that carries a wheel of rooms, and rings of neon above."""
    angles = np.linspace(0.0, 2 * math.pi, 17)[:-1]
    circle = np.stack([np.cos(angles), np.sin(angles), np.zeros(16)], axis=1)
    up = np.array([0.0, 0.0, height])
    levels = ((4.2, 0.0), (3.2, 0.68), (9.0, 0.72), (9.5, 0.78), (8.2, 0.82), (2.4, 0.86), (1.0, 1.0))
    for (r0, s0), (r1, s1) in itertools.pairwise(levels):
        low, high = foot + circle * r0 + up * s0, foot + circle * r1 + up * s1
        quads = np.stack([low, np.roll(low, -1, axis=0), np.roll(high, -1, axis=0), high], axis=1)
        builder.quads(quads, Finish.PLASTER if r0 < 8.0 else Finish.METAL, _PALE if r0 < 8.0 else _STEEL)
    for k in range(3):
        at = height * (0.885 + 0.03 * k)
        ring = foot + circle * (2.9 - 0.4 * k) + np.array([0.0, 0.0, at])
        above = ring + np.array([0.0, 0.0, 0.8])
        quads = np.stack([ring, np.roll(ring, -1, axis=0), np.roll(above, -1, axis=0), above], axis=1)
        builder.quads(quads, Finish.LAMP, _LIGHT_GREEN if draw < 0.5 else _LIGHT_RED, extra=_BAND)
    _beacon(builder, foot, frame, 0.6, height)
    _beacon(builder, foot, frame, 9.2, 0.8 * height)


def _box(builder: SurfaceBuilder, foot: Array, frame: Array, half: float, low: float, high: float, finish: Finish, tint: Tint) -> None:
    a, b = _corners(half, low) @ frame + foot, _corners(half, high) @ frame + foot
    builder.quads(np.stack([a, np.roll(a, -1, axis=0), np.roll(b, -1, axis=0), b], axis=1), finish, tint)
    builder.quads(np.stack([b, a[::-1]]) if low > 1.0 else b[None], finish, tint)


def _ring(
    builder: SurfaceBuilder,
    foot: Array,
    frame: Array,
    half: float,
    low: float,
    high: float,
    tint: Tint,
    extra: Tint,
) -> None:
    """A band of light round a square."""
    a, b = _corners(half, low) @ frame + foot, _corners(half, high) @ frame + foot
    builder.quads(np.stack([a, np.roll(a, -1, axis=0), np.roll(b, -1, axis=0), b], axis=1), Finish.LAMP, tint, extra=extra)


def _beacon(builder: SurfaceBuilder, foot: Array, frame: Array, half: float, z: float) -> None:
    """Red lamps at the corners of a level, large enough to be one pixel from half a kilometre."""
    for middle in _corners(half, z) @ frame + foot:
        r = 0.45
        tip = np.array([(r, 0, 0), (0, r, 0), (-r, 0, 0), (0, -r, 0)])
        ring = middle + tip
        for apex, turn in ((np.array([0.0, 0.0, r]), 1), (np.array([0.0, 0.0, -r]), -1)):
            triangles = np.stack([ring, np.roll(ring, -1, axis=0), np.broadcast_to(middle + apex, (4, 3))], axis=1)
            builder.triangles(triangles[:, ::turn], Finish.LAMP, _LIGHT_RED, extra=_BEACON)
