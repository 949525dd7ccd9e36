"""What fell: broken concrete with steel in it, heaps, bent bars, torn sheets, shards, paper.

In: a `Frame` and a seed.  Out: chunks as convex hulls of jittered boxes (eight shapes, made once, placed often), heaps as a low
height patch at the angle of repose with chunks upon it, and boxes for what is large enough to stop a step.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from scipy.spatial import ConvexHull

from world.fields import uniform
from world.mesh.kits.forms import box, sheet, tube, vec
from world.mesh.kits.frame import Block, Frame, solids_of
from world.mesh.kits.model import Floats, Model, ModelBuilder, place
from world.mesh.surface import Finish, SurfaceBuilder
from world.space import Flag, Material, Solids

SHAPES = 8
REPOSE_DEG = 35.0
_CONCRETE, _RUST, _SHEET, _PAPER = (136, 133, 126), (94, 56, 38), (100, 98, 92), (150, 144, 130)

HEAPS, _HEAP_M = 12, 1.4  # shapes of heaps, and the radius they are modelled at


@lru_cache(maxsize=2 * SHAPES)
def chunk_model(shape: int, bare: bool = False) -> Model:
    """A lump of unit size (longest side about 1 m) about its middle: slabs, wedges, blocks; every other with bars unless `bare`."""
    proportions = np.array(
        [
            [1.0, 0.75, 0.28],
            [1.0, 0.55, 0.5],
            [0.9, 0.8, 0.35],
            [1.0, 0.4, 0.3],
            [0.8, 0.8, 0.6],
            [1.0, 0.9, 0.2],
            [0.7, 0.6, 0.5],
            [1.0, 0.6, 0.4],
        ]
    )
    size = proportions[shape % SHAPES]
    points = np.array([[i & 1, i >> 1 & 1, i >> 2] for i in range(8)]) - 0.5
    points = np.concatenate([points, points * [0.9, 0.9, 1.0] + 0.12 * (points[:, ::-1])])
    jitter = uniform(shape, "chunk", np.arange(len(points))[:, None], np.arange(3)) - 0.5
    points = (points + 0.42 * jitter) * size
    hull = ConvexHull(points)
    corners = points[hull.simplices]
    outward = (np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]) * hull.equations[:, :3]).sum(1)
    corners[outward < 0] = corners[outward < 0][:, ::-1]
    model = ModelBuilder()
    model.polygons(corners[np.argsort(hull.simplices.min(axis=1), kind="stable")], Finish.RUBBLE, _CONCRETE)
    if shape % 2 == 0 and not bare:
        for k in range(3):
            start = vec(size[0] * 0.42, (k - 1) * size[1] * 0.28, (k % 2 - 0.5) * size[2] * 0.3)
            rebar(model, start, vec(1.0, 0.2 * (k - 1), 0.15), shape * 5 + k, 0.45)
    return model.build()


def chunk(builder: SurfaceBuilder, frame: Frame, size_m: float, seed: int) -> None:
    """One lump, its middle a third of its height above the frame's origin, turned by its seed."""
    place(builder, chunk_model(seed % SHAPES).scaled(size_m), _lying(frame, size_m, seed), seed=seed)


def chunks(builder: SurfaceBuilder, frames: Sequence[Frame], sizes_m: Sequence[float], seeds: Sequence[int]) -> None:
    """Many lumps."""
    for frame, size, seed in zip(frames, sizes_m, seeds, strict=True):
        chunk(builder, frame, size, seed)


def chunk_solids(frame: Frame, size_m: float, seed: int) -> Solids:
    """A box round the lump as it lies (its bounds, drawn in a tenth)."""
    lying = _lying(Frame((0.0, 0.0, 0.0)), size_m, seed)
    hull = chunk_model(seed % SHAPES).scaled(size_m)
    stone = hull.moved(lying).position[hull.finish == Finish.RUBBLE]
    low, high = stone.min(axis=0), stone.max(axis=0)
    middle, half = (low + high) / 2, (high - low) / 2 * 0.9
    tall = Flag.ALL if high[2] > 0.5 else Flag.MOVE
    level = Frame(frame.origin, frame.heading_deg)
    return solids_of(
        [Block((middle[0], middle[1]), (half[0], half[1]), -0.1, float(high[2]) * 0.92, material=Material.RUBBLE, flags=tall)], level
    )


def rebar(model: ModelBuilder, start: Floats, along: Floats, seed: int, length_m: float) -> Floats:
    """A bar that leaves `start` along `along`, bends and droops (one of sixteen shapes, made once); gives its tip."""
    length = length_m * (0.4 + 0.6 * uniform(seed, "bar-length"))
    heading = math.degrees(math.atan2(along[0], along[1]))
    pitch = math.degrees(math.atan2(along[2], math.hypot(along[0], along[1])))
    frame = Frame((float(start[0]), float(start[1]), float(start[2])), heading, pitch)
    model.add(_bar_model(seed % 16).scaled(length), frame)
    return frame.at(_bar_path(seed % 16)[-1] * length)


def _bar_path(shape: int) -> Floats:
    """Points of a bar 1 m long along +y."""
    bend = (np.asarray(uniform(shape, "bar-bend", np.arange(3))) - 0.5) * [1.4, 0.5, 1.2] - [0.0, 0.0, 0.35]
    t = np.array([0.0, 0.35, 0.7, 1.0])[:, None]
    path: Floats = np.array([0.0, 1.0, 0.0]) * t + bend * t * t * 0.6
    return path


@lru_cache(maxsize=16)
def _bar_model(shape: int) -> Model:
    model = ModelBuilder()
    tube(model, _bar_path(shape), 0.014, Finish.METAL, _RUST, sides=3)
    return model.build()


def heap(builder: SurfaceBuilder, frame: Frame, radius_m: float, height_m: float, seed: int) -> None:
    """A talus heap: a rough cone that ends level with the ground, chunks and bars upon it. The height is capped by the angle of repose;
    sizes are rounded to 30 cm and seeds to six, so that heaps are made once."""
    radius = max(0.6, round(radius_m / 0.3) * 0.3)
    shape = heap_model(radius, round(radius * height_m / radius_m, 2), seed % 6)
    place(builder, shape.scaled(radius_m / radius), frame, seed=seed)


@lru_cache(maxsize=512)
def heap_model(radius_m: float, height_m: float, seed: int) -> Model:
    """The heap's mesh."""
    model = ModelBuilder()
    radius, turn, rings = _heap_grid(radius_m, height_m, seed)
    outer = np.stack([radius * np.sin(turn), radius * np.cos(turn), rings], axis=-1)
    sheet(model, np.concatenate([outer, outer[:1]]), Finish.RUBBLE, _CONCRETE, crease_deg=14)
    count = int(6 + 6 * radius_m)
    for k in range(count):
        share, angle = math.sqrt(uniform(seed, "lump-share", k)), 2 * math.pi * uniform(seed, "lump-angle", k)
        at = share * radius_m * 0.95
        z = _heap_height(radius_m, height_m) * max(0.0, 1.0 - share) * 0.9
        size = 0.25 + 0.65 * uniform(seed, "lump-size", k) ** 2
        turned = Frame((at * math.sin(angle), at * math.cos(angle), z), 360 * uniform(seed, "lump-turn", k))
        model.add(chunk_model(k % SHAPES, k % 5 > 0).scaled(size), _lying(turned, size, seed + k))
    for k in range(count // 2):
        angle = 2 * math.pi * uniform(seed, "bar-angle", k)
        at = radius_m * 0.6 * uniform(seed, "bar-share", k)
        z = _heap_height(radius_m, height_m) * (1 - at / radius_m) * 0.85
        rebar(model, vec(at * math.sin(angle), at * math.cos(angle), z), vec(math.sin(angle), math.cos(angle), 1.2), seed * 7 + k, 1.4)
    return model.build().grounded(0.5, 0.4)


def heap_solids(frame: Frame, radius_m: float, height_m: float) -> Solids:
    """Three steps of rubble, low enough to be climbed, tall enough to hide behind."""
    top = _heap_height(radius_m, height_m)
    steps = [(0.8, 0.2), (0.55, 0.45), (0.3, 0.7)]
    blocks = [Block((0.0, 0.0), (radius_m * r * 0.8, radius_m * r * 0.8), -0.1, top * h, material=Material.RUBBLE) for r, h in steps]
    return solids_of(blocks, Frame(frame.origin, frame.heading_deg))


def torn_sheet(builder: SurfaceBuilder, frame: Frame, size_m: float, seed: int) -> None:
    """A twisted piece of corrugated metal, both sides, one corner on the ground."""
    model = ModelBuilder()
    u, v = np.meshgrid(np.linspace(-0.5, 0.5, 7), np.linspace(-0.35, 0.35, 4), indexing="ij")
    twist = (uniform(seed, "twist") - 0.5) * 2.2
    curl = 0.25 + 0.5 * uniform(seed, "curl")
    ripple = (uniform(seed, "ripple", np.arange(7)[:, None], np.arange(4)) - 0.5) * 0.1
    z = curl * u * u + twist * u * v + ripple + 0.03 * np.cos(u * 40)
    grid = np.stack([u, v, z - z.min()], axis=-1) * size_m
    sheet(model, grid, Finish.METAL, _SHEET, crease_deg=30, two_sided=True)
    place(builder, model.build(), frame, seed=seed)


def glass_shards(builder: SurfaceBuilder, frame: Frame, radius_m: float, seed: int, count: int = 24) -> None:
    """Flat splinters strewn under a broken front; they lie on the ground and glitter."""
    k = np.arange(count)
    angle, reach = 2 * np.pi * uniform(seed, "shard-angle", k), radius_m * np.sqrt(uniform(seed, "shard-reach", k))
    middle = np.stack([reach * np.sin(angle), reach * np.cos(angle), 0.006 + 0.01 * uniform(seed, "shard-z", k)], axis=-1)
    turn = 2 * np.pi * (uniform(seed, "shard-turn", k)[:, None] + np.array([0.0, 0.3, 0.62]))
    size = 0.03 + 0.13 * uniform(seed, "shard-size", k[:, None], np.arange(3)) ** 2
    lift = 0.02 * uniform(seed, "shard-lift", k[:, None], np.arange(3))
    corners = middle[:, None] + np.stack([size * np.cos(turn), size * np.sin(turn), lift], axis=-1)
    model = ModelBuilder()
    model.polygons(corners, Finish.GLASS, (120, 140, 136))
    place(builder, model.build(), frame, seed=seed)


def litter(builder: SurfaceBuilder, frame: Frame, radius_m: float, seed: int, count: int = 10) -> None:
    """Wet paper and flattened cardboard."""
    model = ModelBuilder()
    for k in range(count):
        angle, reach = 2 * math.pi * uniform(seed, "paper-angle", k), radius_m * math.sqrt(uniform(seed, "paper-reach", k))
        turn = 2 * math.pi * uniform(seed, "paper-turn", k)
        w, h = (0.3, 0.45) if k % 4 == 0 else (0.105, 0.148)
        u, v = np.meshgrid([-w, 0.0, w], [-h / 2, h / 2], indexing="ij")
        curl = 0.012 + 0.05 * uniform(seed, "paper-curl", k) * (abs(u) / w) ** 2
        grid = np.stack([u * math.cos(turn) - v * math.sin(turn), u * math.sin(turn) + v * math.cos(turn), curl], axis=-1)
        tint = (118, 88, 58) if k % 4 == 0 else _PAPER
        sheet(model, grid + vec(reach * math.sin(angle), reach * math.cos(angle), 0.0), Finish.BARK, tint, two_sided=True)
    if count >= 6:
        box(model, [-0.22, -0.16, 0.0], [0.2, 0.18, 0.24], Finish.BARK, (118, 88, 58), taper=0.02, skip="+z -z")
    place(builder, model.build(), frame, seed=seed)


def _lying(frame: Frame, size_m: float, seed: int) -> Frame:
    """The frame of a lump that has come to rest on z = 0 of `frame`, a little sunk."""
    pitch, roll = 34 * (uniform(seed, "pitch") - 0.5), 34 * (uniform(seed, "roll") - 0.5)
    x, y, z = frame.origin
    tilted = Frame((0.0, 0.0, 0.0), 360 * uniform(seed, "turn"), pitch, roll)
    hull = chunk_model(seed % SHAPES).scaled(size_m)
    lowest = float(hull.moved(tilted).position[hull.finish == Finish.RUBBLE][:, 2].min())
    return Frame((x, y, z - lowest * 0.8), frame.heading_deg + tilted.heading_deg, pitch, roll)


def _heap_height(radius_m: float, height_m: float) -> float:
    return min(height_m, radius_m * math.tan(math.radians(REPOSE_DEG)))


def _heap_grid(radius_m: float, height_m: float, seed: int) -> tuple[Floats, Floats, Floats]:
    """Radii, angles, heights (sectors, rings) of the rough cone, from the rim to the top."""
    sectors, rings = 14, 5
    share = np.linspace(1.0, 0.0, rings)
    wild = uniform(seed, "heap", np.arange(sectors)[:, None], np.arange(rings)) - 0.5
    top = _heap_height(radius_m, height_m)
    radius = radius_m * share * (1.0 + 0.3 * wild * (share > 0))
    height = top * (1.0 - share) ** 1.15 * (1.0 + 0.4 * wild * (share > 0) * (share < 1)) - 0.04 * (share == 1)
    height[:, -1] = top
    turn = np.broadcast_to(np.arange(sectors)[:, None] * (-2 * np.pi / sectors), radius.shape)
    return radius, turn, height
