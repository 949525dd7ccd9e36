"""Parts of an elevated road: spans of deck on girders, pylons, the broken end, the fallen slab.

In: a `Frame` and sizes in metres.  Out: mesh.
Span: the frame's origin lies on the road's middle at the near joint, z = 0 on the asphalt there, +y along the road; `rise_m` over
its length. Pylon, slab: the origin on the ground.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from world.fields import uniform
from world.mesh.kits.forms import beam, box, hexahedra, prism, sheet, tube, vec
from world.mesh.kits.frame import Frame
from world.mesh.kits.model import Floats, Model, ModelBuilder, place
from world.mesh.kits.rubble import chunk_model, rebar
from world.mesh.surface import Finish, SurfaceBuilder

SLAB_M = 0.35  # thickness of the deck
GIRDER_M = 1.15  # height of the I-girders below it
DEPTH_M = SLAB_M + GIRDER_M  # from the asphalt to where a pylon's cap begins
PARAPET_M, PARAPET_WIDE_M = 0.95, 0.25
_FALL = 0.005  # cross fall from the middle to the parapets
_COLUMNS = 12
_STEEL, _CONCRETE, _ROAD, _DAMP = (88, 98, 94), (142, 140, 134), (60, 61, 63), (96, 95, 92)


@dataclass(frozen=True)
class Span:
    """One span of deck; `broken_near`, `broken_far`: its end hangs in the air, ragged by half of `bite_m` to either side of its joint."""

    length_m: float
    width_m: float
    rise_m: float = 0.0
    broken_near: bool = False
    broken_far: bool = False
    seed: int = 0
    bite_m: float = 1.0
    gap_side: int = 0  # the parapet left (-1) or right (1) is open
    gap_m: tuple[float, float] = (0.0, 0.0)  # from here to there: a stair's head


def deck_span(builder: SurfaceBuilder, frame: Frame, span: Span) -> None:
    """The deck with its girders, cross-beams, parapets with rails, joints, and torn steel where it is broken."""
    seed = span.seed
    if not (span.broken_near or span.broken_far):  # then nothing of it is drawn by lot, and a row of spans is one model
        span = replace(span, length_m=round(span.length_m, 4), seed=0)
    place(builder, _deck_model(span), frame, seed=seed)


@lru_cache(maxsize=32)
def _deck_model(span: Span) -> Model:
    model = ModelBuilder()
    across, near, far = _ends(span)
    half, count = span.width_m / 2, len(across)
    steps = max(2, round(span.length_m / 6.0))
    t = np.linspace(0.0, 1.0, steps + 1)
    y = near[None] + t[:, None] * (far - near)[None]  # (steps + 1, count)
    x = np.broadcast_to(across, y.shape)
    top = np.stack([x, y, _road(span, x, y)], axis=-1)
    ragged = (uniform(span.seed, "under", np.arange(count)) - 0.5) * 0.5
    lower_y = y + t[:, None] * (ragged if span.broken_far else 0.0) - (1 - t)[:, None] * (ragged if span.broken_near else 0.0)
    under = np.stack([x, lower_y, _road(span, x, lower_y) - SLAB_M], axis=-1)
    sheet(model, top.transpose(1, 0, 2), Finish.DECK, _ROAD)
    sheet(model, under, Finish.DECK, (*_DAMP, 150))
    for end, flip in ((0, False), (-1, True)):
        face = np.stack([under[end], top[end]], axis=0)
        sheet(model, (face if flip else face[::-1]).transpose(0, 1, 2), Finish.RUBBLE, _CONCRETE, crease_deg=10)
    for column, flip in ((0, True), (-1, False)):
        face = np.stack([under[:, column], top[:, column]], axis=1)
        sheet(model, face[:, ::-1] if flip else face, Finish.DECK, _CONCRETE)
    _girders(model, span)
    for side in (-1.0, 1.0):
        parts = ((0.0, span.gap_m[0]), (span.gap_m[1], span.length_m)) if side == span.gap_side else ((0.0, span.length_m),)
        for part in parts:
            _parapet(model, span, side * (half - PARAPET_WIDE_M / 2), side, part)
    for at, broken in ((near[count // 2], span.broken_near), (far[count // 2] - 0.24, span.broken_far)):
        if not broken:  # the comb of the expansion joint
            a, b = [-half + 0.3, at + 0.12, _rise(span, at)], [half - 0.3, at + 0.12, _rise(span, at)]
            beam(model, a, b, 0.24, 0.03, Finish.METAL, (46, 46, 46))
    for ends, broken, way in ((near, span.broken_near, -1.0), (far, span.broken_far, 1.0)):
        if broken:
            _torn_edge(model, span, across, ends, way)
    return model.build()


def pylon(builder: SurfaceBuilder, frame: Frame, height_m: float, width_m: float, seed: int = 0) -> None:
    """A hammerhead under a road along +y: footing, chamfered shaft, a cap that tapers outward, bearings up to `height_m`."""
    place(builder, _pylon_model(round(height_m, 3), round(width_m, 3)), frame, seed=seed)


@lru_cache(maxsize=64)
def _pylon_model(height_m: float, width_m: float) -> Model:
    model = ModelBuilder()
    shaft, cap, top = _shaft(width_m), width_m / 2 - 0.7, height_m - 0.15
    c = 0.22
    outline = [
        (-shaft + c, -0.8),
        (shaft - c, -0.8),
        (shaft, -0.8 + c),
        (shaft, 0.8 - c),
        (shaft - c, 0.8),
        (-shaft + c, 0.8),
        (-shaft, 0.8 - c),
        (-shaft, -0.8 + c),
    ]
    prism(model, outline, -0.2, top - 1.5, Finish.DECK, _CONCRETE)
    box(model, [-shaft - 0.25, -1.05, -0.2], [shaft + 0.25, 1.05, 0.2], Finish.CONCRETE, _DAMP, taper=0.06)
    side = [(top, -cap), (top, cap), (top - 0.7, cap), (top - 1.7, shaft + 0.25), (top - 1.7, -shaft - 0.25), (top - 0.7, -cap)]
    prism(model, side, -0.8, 0.8, Finish.DECK, _CONCRETE, axis="y")
    for x in _girder_x(Span(10.0, width_m)):
        box(model, [x - 0.3, -0.35, top], [x + 0.3, 0.35, height_m], Finish.METAL, _STEEL)
    pipe = [[shaft + 0.09, 0.5, 0.1], [shaft + 0.09, 0.5, top - 1.9], [shaft + 0.5, 0.5, top - 1.45], [shaft + 0.5, 0.5, top]]
    tube(model, pipe, 0.07, Finish.METAL, (92, 94, 92), sides=6)
    return model.build().grounded(2.0, 0.4)


def fallen_slab(builder: SurfaceBuilder, frame: Frame, length_m: float, width_m: float, height_m: float, seed: int = 0) -> None:
    """A piece of deck that came down at one end: a cracked ramp from the ground (y = 0) up to `height_m` (y = `length_m`)."""
    model = ModelBuilder()
    pieces = max(2, round(length_m / 3.5))
    joints = np.linspace(0.0, length_m, pieces + 1)
    joints[1:-1] += (uniform(seed, "joint", np.arange(pieces - 1)) - 0.5) * 1.2
    across = np.linspace(-width_m / 2, width_m / 2, 8)
    slope = height_m / length_m

    def edge(i: int) -> Floats:
        wild = 0.9 if i in (0, pieces) else 0.5
        line: Floats = joints[i] + (uniform(seed, "edge", i, np.arange(len(across))) - 0.5) * wild
        return line

    for i in range(pieces):
        y0, y1 = edge(i) + 0.03, edge(i + 1) - 0.03
        corners = np.empty((len(across) - 1, 8, 3))
        for k in range(8):
            column = slice(k & 1, len(across) - 1 + (k & 1))
            y = (y1 if k >> 1 & 1 else y0)[column]
            drop = 0.0 if k >> 2 else SLAB_M
            corners[:, k] = np.stack([across[column], y, y * slope - drop], axis=-1)
        hexahedra(model, corners, Finish.RUBBLE, _CONCRETE, skip="+z -x +x")
        hexahedra(model, corners, Finish.DECK, _ROAD, skip="-z -y +y -x +x")
        hexahedra(model, corners[:1], Finish.RUBBLE, _CONCRETE, skip="-z +z -y +y +x")
        hexahedra(model, corners[-1:], Finish.RUBBLE, _CONCRETE, skip="-z +z -y +y -x")
    for x in (-width_m * 0.3, width_m * 0.3):  # two girders came with it
        _i_beam(model, vec(x, 0.8, 0.8 * slope - SLAB_M), vec(x, length_m - 0.6, (length_m - 0.6) * slope - SLAB_M), 0.7)
    for k in range(14):
        x = (uniform(seed, "bar-x", k) - 0.5) * width_m * 0.96
        low = uniform(seed, "bar-end", k) < 0.4
        end = float(np.interp(x, across, edge(0 if low else pieces)))
        if low and k % 2:
            continue
        rebar(
            model,
            vec(x, end, end * slope - SLAB_M / 2),
            vec(0.2 * (x > 0) - 0.1, -1.0 if low else 1.0, 0.2 if low else 0.0),
            seed * 31 + k,
            0.9,
        )
    place(builder, model.build().grounded(0.6, 0.35), frame, seed=seed)


def _ends(span: Span) -> tuple[Floats, Floats, Floats]:
    """Column places across the deck and the y where each begins and ends."""
    across = np.linspace(-span.width_m / 2, span.width_m / 2, _COLUMNS + 1)
    columns = np.arange(_COLUMNS + 1)
    wave = np.clip(np.sin(columns * 0.9 + 6 * uniform(span.seed, "phase")), 0.0, 1.0)
    bite = span.bite_m * (0.5 * uniform(span.seed, "bite", columns) + 0.5 * wave - 0.5)
    near = np.where(span.broken_near, bite[::-1], 0.0)
    far = span.length_m - np.where(span.broken_far, bite, 0.0)
    return across, near, far


def _rise(span: Span, y: Floats | float) -> float:
    return float(span.rise_m * np.asarray(y) / span.length_m)


def _road(span: Span, x: Floats, y: Floats) -> Floats:
    height: Floats = span.rise_m * y / span.length_m - _FALL * abs(x)
    return height


def _girder_x(span: Span) -> Floats:
    return np.array([-0.36, -0.12, 0.12, 0.36]) * span.width_m


def _shaft(width_m: float) -> float:
    return max(0.7, width_m * 0.085)


def _i_beam(model: ModelBuilder, start: Floats, end: Floats, height: float) -> None:
    """Web and flanges hung below the lines from `start` to `end` ((3,) or (N, 3))."""
    for drop, wide, tall in ((0.02, 0.4, 0.04), (height / 2, 0.03, height - 0.06), (height - 0.02, 0.4, 0.04)):
        beam(model, start - vec(0, 0, drop), end - vec(0, 0, drop), wide, tall, Finish.METAL, (*_STEEL, 170))


def _girders(model: ModelBuilder, span: Span) -> None:
    x = _girder_x(span)
    short = np.asarray(uniform(span.seed, "girder", np.arange(len(x)))) * 1.2
    y0 = 0.05 + (0.3 + short if span.broken_near else 0.0 * x)
    y1 = span.length_m - 0.05 + (short - 1.3 if span.broken_far else 0.0 * x)
    fall = -SLAB_M - _FALL * abs(x)
    start, end = (np.column_stack([x, y, span.rise_m * y / span.length_m + fall]) for y in (y0, y1))
    _i_beam(model, start, end, GIRDER_M)
    count = max(2, round(span.length_m / 5.0))
    edge = 2.6 if span.broken_far or span.broken_near else 0.4
    y = np.linspace(edge if span.broken_near else 0.4, span.length_m - (edge if span.broken_far else 0.4), count)
    brace = np.column_stack([0 * y, y, span.rise_m * y / span.length_m - SLAB_M - 0.55])
    beam(model, brace + vec(float(x[0]), 0, 0), brace + vec(float(x[-1]), 0, 0), 0.14, 0.7, Finish.METAL, (*_STEEL, 150))


def _parapet(model: ModelBuilder, span: Span, x: float, side: float, part: tuple[float, float]) -> None:
    """A low wall with a foot toward the road, a rail on posts above it, along one part of a span's side."""
    _, near, far = _ends(span)
    y0 = float(near[0 if side < 0 else -1]) + 0.15 * span.broken_near if part[0] == 0.0 else part[0]
    y1 = float(far[0 if side < 0 else -1]) - 0.15 * span.broken_far if part[1] == span.length_m else part[1]
    out, mid = PARAPET_WIDE_M / 2, PARAPET_WIDE_M / 2 - 0.14
    profile = np.array([(-out, -0.3), (-out, 0.2), (-mid, 0.36), (-mid + 0.02, PARAPET_M - 0.24), (out, PARAPET_M - 0.24), (out, -0.36)])
    if side < 0:
        profile = (profile * [-1.0, 1.0])[::-1]
    loop = np.concatenate([profile, profile[:1]])
    ring = [np.column_stack([x + loop[:, 0], np.full(len(loop), y), _rise(span, y) + loop[:, 1]]) for y in (y0, y1)]
    sheet(model, np.stack(ring[::-1]), Finish.CONCRETE, _CONCRETE, crease_deg=20)
    for points, back in ((ring[0], True), (ring[1], False)):
        fan = np.stack([np.broadcast_to(points[5], (4, 3)), points[[0, 1, 2, 3]], points[[1, 2, 3, 4]]], axis=1)  # all is seen from there
        model.polygons(fan[:, ::-1] if back else fan, Finish.RUBBLE, _CONCRETE)
    posts = np.arange(y0 + 0.4, y1 - 0.2, 2.0)
    foot = np.column_stack([np.full_like(posts, x), posts, span.rise_m * posts / span.length_m + PARAPET_M - 0.26])
    beam(model, foot, foot + vec(0.0, 0.0, 0.2), 0.05, 0.05, Finish.METAL, _STEEL)
    droop = 0.35 if span.broken_far and part[1] == span.length_m else 0.0
    top = PARAPET_M - 0.05
    tube(
        model,
        [
            [x, y0, _rise(span, y0) + top],
            [x, y1 - 0.8, _rise(span, y1) + top],
            [x + 0.1 * droop, y1 + droop, _rise(span, y1) + top - droop],
        ],
        0.045,
        Finish.METAL,
        _STEEL,
        sides=5,
    )


def _torn_edge(model: ModelBuilder, span: Span, across: Floats, ends: Floats, way: float) -> None:
    """Rebar out of the slab and lumps that still hang on it."""
    for k in range(int(span.width_m * 2.2)):
        x = (uniform(span.seed, "bar-x", k) - 0.5) * span.width_m * 0.94
        y = float(np.interp(x, across, ends)) - way * 0.1
        base = vec(x, y, _rise(span, y) - SLAB_M * (0.3 + 0.4 * (k % 2)))
        tip = rebar(model, base, vec(0.3 * uniform(span.seed, "bar-lean", k) - 0.15, way, -0.05), span.seed * 17 + k, 1.3)
        if uniform(span.seed, "lump", k) < 0.22:
            size = 0.35 + 0.5 * uniform(span.seed, "lump-size", k)
            lump = chunk_model(k % 8, True)
            turn = Frame((float(tip[0]), float(tip[1]), float(tip[2]) - 0.3 * size), 360 * uniform(span.seed, "lump-turn", k), 25.0, 15.0)
            model.add(lump.scaled(size), turn)
