"""What fell: broken concrete with steel in it, heaps, bent bars, torn sheets, shards, paper.

In: a shape's number.  Out: `Model`s at size 1 that rest on z = 0. Lumps are convex hulls of jittered boxes (eight shapes): the
sides that were cast against boards stay smooth, the broken ones show the stone in the concrete. A heap is a low height patch at the
angle of repose with lumps upon it.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from scipy.spatial import ConvexHull

from world.fields import uniform
from world.mesh.kits.forms import box, rods, sheet, tube, vec
from world.mesh.kits.frame import Frame
from world.mesh.kits.model import Floats, Model, ModelBuilder
from world.mesh.surface import Finish

SHAPES = 8
REPOSE_DEG = 35.0
HEAP_M, HEAP_TALL_M = 1.05, 0.72  # a heap of size 1: radius and height
CHUNK_M = 1.55  # longest side of a loose lump of size 1
_CONCRETE, _BROKEN, _RUST, _SHEET, _PAPER = (138, 136, 130), (126, 118, 106), (94, 56, 38), (100, 98, 92), (150, 144, 130)
_PROPORTIONS = np.array(
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


@lru_cache(maxsize=2 * SHAPES)
def chunk_model(shape: int, bare: bool = False) -> Model:
    """A lump of unit size (longest side about 1 m) about its middle: slabs, wedges, blocks; with bars unless `bare`."""
    size = _PROPORTIONS[shape % SHAPES]
    points = np.array([[i & 1, i >> 1 & 1, i >> 2] for i in range(8)]) - 0.5
    points = np.concatenate([points, points * [0.9, 0.9, 1.0] + 0.12 * (points[:, ::-1])])
    jitter = uniform(shape, "chunk", np.arange(len(points))[:, None], np.arange(3)) - 0.5
    points = (points + jitter * [0.42, 0.42, 0.12]) * size
    hull = ConvexHull(points)
    corners = points[hull.simplices]
    outward = (np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]) * hull.equations[:, :3]).sum(1)
    corners[outward < 0] = corners[outward < 0][:, ::-1]
    order = np.argsort(hull.simplices.min(axis=1), kind="stable")
    corners, cast = corners[order], abs(hull.equations[order, 2]) > 0.9
    model = ModelBuilder()
    model.polygons(corners[cast], Finish.CONCRETE, _CONCRETE, crease_deg=12)
    model.polygons(corners[~cast], Finish.RUBBLE, _BROKEN)
    if not bare:
        for k in range(3):
            start = vec(size[0] * 0.4, (k - 1) * size[1] * 0.28, (k % 2 - 0.5) * size[2] * 0.3)
            rebar(model, start, vec(1.0, 0.2 * (k - 1), 0.15), shape * 5 + k, 0.5)
    return model.build()


def lying_chunk_model(shape: int) -> Model:
    """A loose lump as it came to rest."""
    lump = chunk_model(shape).scaled(CHUNK_M)
    return lump.moved(_lying(lump, shape)).grounded(0.25, 0.4)


def rebar(model: ModelBuilder, start: Floats, along: Floats, seed: int, length_m: float) -> Floats:
    """A bar that leaves `start` along `along`, bends and droops (one of sixteen shapes, made once); gives its tip."""
    length = length_m * (0.4 + 0.6 * uniform(seed, "bar-length"))
    heading = math.degrees(math.atan2(along[0], along[1]))
    pitch = math.degrees(math.atan2(along[2], math.hypot(along[0], along[1])))
    frame = Frame((float(start[0]), float(start[1]), float(start[2])), heading, pitch)
    model.add(_bar_model(seed % 16).scaled(length), frame)
    return frame.at(_bar_path(seed % 16)[-1] * length)


@lru_cache(maxsize=16)
def _bar_path(shape: int) -> Floats:
    """Points of a bar 1 m long along +y."""
    bend = (np.asarray(uniform(shape, "bar-bend", np.arange(3))) - 0.5) * [1.4, 0.5, 1.2] - [0.0, 0.0, 0.35]
    t = np.array([0.0, 0.5, 1.0])[:, None]
    path: Floats = np.array([0.0, 1.0, 0.0]) * t + bend * t * t * 0.6
    return path


@lru_cache(maxsize=16)
def _bar_model(shape: int) -> Model:
    model = ModelBuilder()
    tube(model, _bar_path(shape), 0.014, Finish.METAL, _RUST, sides=3, caps=False)
    return model.build()


def heap_model(shape: int) -> Model:
    """A talus heap: a rough cone at no more than the angle of repose that ends level with the ground, lumps and bars upon it, a
    sheet of metal or a beam stuck in it."""
    model = ModelBuilder()
    height = min(HEAP_TALL_M, HEAP_M * math.tan(math.radians(REPOSE_DEG)))
    sectors, rings = 11, 4
    share = np.linspace(1.0, 0.0, rings)
    wild = uniform(shape, "heap", np.arange(sectors)[:, None], np.arange(rings)) - 0.5
    radius = HEAP_M * share * (1.0 + 0.35 * wild * (share > 0))
    z = height * (1.0 - share) ** 1.15 * (1.0 + 0.5 * wild * (share < 1) * (share > 0)) - 0.0 * radius
    z[:, -1] = height
    turn = np.broadcast_to(np.arange(sectors)[:, None] * (-2 * np.pi / sectors), radius.shape)
    outer = np.stack([radius * np.sin(turn), radius * np.cos(turn), z], axis=-1)
    sheet(model, np.concatenate([outer, outer[:1]]), Finish.RUBBLE, (118, 112, 102), crease_deg=14)
    for k in range(7):
        part, angle = math.sqrt(uniform(shape, "lump-share", k)), 2 * math.pi * uniform(shape, "lump-angle", k)
        at, size = part * HEAP_M * 0.9, 0.3 + 0.6 * uniform(shape, "lump-size", k) ** 2
        lump = chunk_model((k + shape) % SHAPES, k > 1).scaled(size)
        rest = _lying(lump, shape * 3 + k).moved(0.0, 0.0, height * max(0.0, 1.0 - part) * 0.9)
        model.add(lump.moved(rest), Frame((at * math.sin(angle), at * math.cos(angle), 0.0), 360 * uniform(shape, "lump-turn", k)))
    for k in range(4):
        angle = 2 * math.pi * uniform(shape, "bar-angle", k)
        at = HEAP_M * 0.5 * uniform(shape, "bar-share", k)
        start = vec(at * math.sin(angle), at * math.cos(angle), height * (1 - at / HEAP_M) * 0.85)
        rebar(model, start, vec(math.sin(angle), math.cos(angle), 1.2), shape * 7 + k, 1.1)
    if shape % 2:
        foot, way = vec(0.35, -0.2, 0.25), vec(-0.5, 0.35, 0.75)
        rods(model, foot, foot + way, 0.05, Finish.BARK, (96, 76, 54), sides=4)
    return model.build().grounded(0.5, 0.4)


def torn_sheet_model(shape: int) -> Model:
    """A twisted piece of corrugated metal, both sides, one corner on the ground."""
    model = ModelBuilder()
    u, v = np.meshgrid(np.linspace(-0.5, 0.5, 9), np.linspace(-0.35, 0.35, 4), indexing="ij")
    twist, curl = (uniform(shape, "twist") - 0.5) * 2.2, 0.25 + 0.5 * uniform(shape, "curl")
    ripple = (uniform(shape, "ripple", np.arange(9)[:, None], np.arange(4)) - 0.5) * 0.1
    ragged = 1.0 - 0.35 * uniform(shape, "tear", np.arange(4)) * (np.arange(9)[:, None] > 6)
    z = curl * u * u + twist * u * v + ripple + 0.03 * np.cos(u * 40)
    sheet(model, np.stack([u * ragged, v, z - z.min()], axis=-1) * 1.4, Finish.METAL, _SHEET, crease_deg=30, two_sided=True)
    return model.build().grounded(0.2, 0.4)


def glass_shards_model(shape: int) -> Model:
    """Splinters strewn within a metre under a broken front: most flat, some standing on an edge; they glitter."""
    k = np.arange(34)
    angle, reach = 2 * np.pi * uniform(shape, "shard-angle", k), np.sqrt(uniform(shape, "shard-reach", k))
    middle = np.stack([reach * np.sin(angle), reach * np.cos(angle), 0.004 + 0.01 * uniform(shape, "shard-z", k)], axis=-1)
    turn = 2 * np.pi * (uniform(shape, "shard-turn", k)[:, None] + np.array([0.0, 0.3, 0.62]))
    size = 0.03 + 0.13 * uniform(shape, "shard-size", k[:, None], np.arange(3)) ** 2
    lift = 0.07 * uniform(shape, "shard-lift", k[:, None], np.arange(3)) ** 2
    corners = middle[:, None] + np.stack([size * np.cos(turn), size * np.sin(turn), lift], axis=-1)
    model = ModelBuilder()
    model.polygons(corners, Finish.GLASS, (120, 140, 136))
    return model.build()


def litter_model(shape: int) -> Model:
    """Wet paper and flattened cardboard within a metre."""
    model = ModelBuilder()
    for k in range(9):
        angle, reach = 2 * math.pi * uniform(shape, "paper-angle", k), math.sqrt(uniform(shape, "paper-reach", k))
        turn = 2 * math.pi * uniform(shape, "paper-turn", k)
        w, h = (0.3, 0.45) if k % 4 == 0 else (0.105, 0.148)
        u, v = np.meshgrid([-w, 0.0, w], [-h / 2, h / 2], indexing="ij")
        curl = 0.012 + 0.05 * uniform(shape, "paper-curl", k) * (abs(u) / w) ** 2
        grid = np.stack([u * math.cos(turn) - v * math.sin(turn), u * math.sin(turn) + v * math.cos(turn), curl], axis=-1)
        tint = (118, 88, 58) if k % 4 == 0 else _PAPER
        sheet(model, grid + vec(reach * math.sin(angle), reach * math.cos(angle), 0.0), Finish.BARK, tint, two_sided=True)
    if shape % 2:
        box(model, [-0.22, -0.16, 0.0], [0.2, 0.18, 0.24], Finish.BARK, (118, 88, 58), taper=0.02, skip="+z -z")
    low = float(model.build().bounds()[0][2])
    return model.build().moved(Frame((0.0, 0.0, -low)))


def _lying(lump: Model, seed: int) -> Frame:
    """The frame in which a lump rests on z = 0."""
    pitch, roll = 30 * (uniform(seed, "pitch") - 0.5), 30 * (uniform(seed, "roll") - 0.5)
    tilted = Frame((0.0, 0.0, 0.0), 360 * uniform(seed, "turn"), pitch, roll)
    return tilted.moved(0.0, 0.0, -float(lump.moved(tilted).bounds()[0][2]))
