"""What grew: street trees bare, burnt or with wet leaves, shrubs; benches and a playground beside them.

In: a shape's number.  Out: `Model`s that rest on z = 0. A tree is a short recursion: each limb forks into two
or three thinner ones, turned by the golden angle and bent towards the light (after Weber and Penn, "Creation and Rendering of
Realistic Trees", 1995).
"""

from __future__ import annotations

import math

import numpy as np

from world.fields import uniform
from world.mesh.kits.forms import beam, box, rods, sheet, tube, vec
from world.mesh.kits.frame import Frame
from world.mesh.kits.model import Floats, Model, ModelBuilder
from world.mesh.surface import Finish

Rgb = tuple[int, int, int]

_BARK, _CHAR, _STEEL, _WOOD, _DARK = (78, 66, 54), (20, 18, 17), (96, 100, 102), (104, 78, 52), (30, 32, 34)
_GOLDEN = math.radians(137.5)


def tree_model(variant: int, look: str, *, far: bool = False) -> Model:
    """A street tree some 6 m high in its grate; `look`: "bare", "burnt" (broken, black, embers' ash below) or "leaf"."""
    model = ModelBuilder()
    seed = variant * 7 + {"bare": 1, "burnt": 2, "leaf": 3}[look]
    tint = _CHAR if look == "burnt" else _BARK
    lean = (np.asarray(uniform(seed, "lean", np.arange(2))) - 0.5) * 0.5
    fork = vec(lean[0], lean[1], 2.2 + 0.8 * uniform(seed, "fork"))
    trunk = np.array([[0, 0, 0.0], [0, 0, 0.25], 0.5 * fork + vec(0.06, 0, 0), fork])
    tube(model, trunk, [0.24, 0.16, 0.13, 0.12], Finish.BARK, tint, sides=3 if far else 6, caps=False)
    tips = _limbs(model, fork, vec(lean[0] * 0.3, lean[1] * 0.3, 1.0), 1.5, 0.1, seed, 2 if far else 3, tint, look == "burnt")
    if look == "leaf":
        _foliage(model, np.array(tips), seed, 3 if far else 6, 0.5)
    if not far:
        _grate(model)
    return model.build().grounded(0.8, 0.4)


def _limbs(
    model: ModelBuilder, root: Floats, way: Floats, length: float, radius: float, seed: int, depth: int, tint: Rgb, broken: bool
) -> list[Floats]:
    """Forks from `root` along `way`; gives the outermost ends."""
    ends: list[Floats] = []
    starts, stops = [], []
    count = 3 if depth > 1 else 2 + (seed % 2)
    side = np.cross(way, [0.3, 0.9, 0.2])
    side = side / np.linalg.norm(side)
    other = np.cross(side, way)
    for k in range(count):
        turn = _GOLDEN * (seed + k) + 2 * math.pi * k / count
        spread = 0.5 + 0.4 * uniform(seed, "spread", k)
        along = way / np.linalg.norm(way) + spread * (math.cos(turn) * side + math.sin(turn) * other) + vec(0.0, 0.0, 0.12)
        along = along / np.linalg.norm(along)
        reach = length * (0.7 + 0.5 * uniform(seed, "reach", k))
        if broken and uniform(seed, "snapped", k) < 0.45:
            starts.append(root)
            stops.append(root + along * reach * 0.35)
            continue
        tip = root + along * reach
        starts.append(root)
        stops.append(tip)
        if depth > 1:
            ends += _limbs(model, tip, along, length * 0.62, radius * 0.55, seed * 3 + k + 1, depth - 1, tint, broken)
        else:
            ends.append(tip)
    rods(model, np.array(starts), np.array(stops), [radius, radius * 0.55], Finish.BARK, tint)
    return ends


def _foliage(model: ModelBuilder, tips: Floats, seed: int, blades: int, spread_m: float, grown: float = 1.0) -> None:
    """Sprays of wet leaves at the ends of the twigs: bent quads, dull green and rust, larger and fewer for a far eye."""
    n = len(tips)
    k = np.arange(n * blades)
    root = np.repeat(tips, blades, axis=0)
    turn, tip_up = 2 * np.pi * uniform(seed, "spray", k), uniform(seed, "droop", k) - 0.75
    size = (0.18 + 0.2 * uniform(seed, "leaf", k)) * (6 / blades + spread_m) ** 0.5 * grown
    out = np.stack([np.cos(turn), np.sin(turn), tip_up], axis=-1) * size[:, None]
    side = np.stack([-np.sin(turn), np.cos(turn), 0 * turn], axis=-1) * (0.42 * size)[:, None]
    shift = (np.asarray(uniform(seed, "shift", k[:, None], np.arange(3))) - 0.5) * spread_m
    root = root + shift
    sag = np.stack([0 * turn, 0 * turn, -0.3 * size], axis=-1)
    quads = np.stack([root, root + 0.55 * out - side, root + out + sag, root + 0.55 * out + side], axis=1)
    tint = (
        np.where((uniform(seed, "hue", k) < 0.25)[:, None], (112, 84, 44), (58, 88, 54)) * (0.7 + 0.5 * uniform(seed, "shade", k))[:, None]
    )
    model.polygons(quads, Finish.FOLIAGE, np.rint(tint).astype(int)[:, None], two_sided=True)


def _grate(model: ModelBuilder) -> None:
    """The iron frame round the trunk, .9 m square."""
    x = np.array([-0.45, 0.45])
    low = np.array([[-0.45, -0.45, 0.0], [-0.45, 0.39, 0.0], [-0.45, -0.45, 0.0], [0.39, -0.45, 0.0]])
    high = np.array([[0.45, -0.39, 0.03], [0.45, 0.45, 0.03], [-0.39, 0.45, 0.03], [0.45, 0.45, 0.03]])
    box(model, low, high, Finish.METAL, _DARK, skip="-z")
    inner = [[[x[0], x[0], 0.004], [x[1], x[0], 0.004], [x[1], x[1], 0.004], [x[0], x[1], 0.004]]]
    model.polygons(inner, Finish.BARK, (34, 28, 22))


def shrub_model(variant: int) -> Model:
    """A clipped hedge plant gone wild: sticks and wet leaves; every fourth is only sticks."""
    model = ModelBuilder()
    n = 12
    k = np.arange(n)
    turn, lean = 2 * np.pi * uniform(variant, "stick", k), 0.2 + 0.6 * uniform(variant, "stick-lean", k)
    foot = np.stack([0.16 * np.cos(turn), 0.13 * np.sin(turn), 0 * turn], axis=-1)
    tall = 0.55 + 0.4 * uniform(variant, "stick-tall", k)
    tips = foot + np.stack([lean * np.cos(turn) * 0.45, lean * np.sin(turn) * 0.4, tall * (1.0 - 0.35 * lean)], axis=-1)
    rods(model, foot, tips, [0.014, 0.005], Finish.BARK, _BARK)
    if variant % 4:
        _foliage(model, np.concatenate([tips, 0.55 * tips + 0.45 * foot]), variant + 50, 4, 0.22, 0.55)
    whole = model.build()
    low = float(whole.bounds()[0][2])
    return (whole.moved(Frame((0.0, 0.0, -low))) if low < 0 else whole).grounded(0.4, 0.35)


def bench_model(variant: int) -> Model:
    """A park bench of slats on iron ends; one with a slat gone, one tipped over backwards."""
    model = ModelBuilder()
    slats = [(y, 0.44, 0.0) for y in (-0.18, -0.04, 0.1, 0.22)] + [(-0.26 - 0.03 * k, 0.56 + 0.13 * k, 78.0) for k in range(3)]
    gone = (9, 2, 5)[variant % 3]
    for k, (y, z, tilt) in enumerate(slats):
        if k != gone:
            deep, tall = (0.1, 0.035) if tilt == 0.0 else (0.03, 0.1)
            box(model, [-0.82, y - deep / 2, z - tall / 2], [0.82, y + deep / 2, z + tall / 2], Finish.BARK, _WOOD)
    for x in (-0.66, 0.66):
        for path in ([[x, 0.22, 0.0], [x, 0.2, 0.42], [x, -0.22, 0.41]], [[x, -0.24, 0.0], [x, -0.24, 0.45], [x, -0.34, 0.9]]):
            p = np.array(path)
            beam(model, p[:-1], p[1:], 0.05, 0.03, Finish.METAL, _DARK)
    whole = model.build()
    if variant % 3 == 2:
        whole = whole.moved(Frame((0.0, 0.0, 0.0), 0.0, 104.0))
        low, high = whole.bounds()
        whole = whole.moved(Frame((0.0, -(float(low[1]) + float(high[1])) / 2, 0.0)))
    return whole.moved(Frame((0.0, 0.0, -float(whole.bounds()[0][2])))).grounded(0.4, 0.45)


def playground_model(variant: int) -> Model:
    """Swings with one seat hanging by a chain, a slide, a seesaw, a climbing dome."""
    model = ModelBuilder()
    (_swings, _slide, _seesaw, _dome)[variant % 4](model)
    return model.build().grounded(0.4, 0.45)


def _swings(model: ModelBuilder) -> None:
    feet = np.array([[x, y, 0.0] for x in (-1.5, 1.5) for y in (-0.75, 0.75)])
    rods(model, feet, feet * [1.0, 0.0, 0.0] + vec(0, 0, 2.2), 0.04, Finish.PAINT, (120, 52, 40), sides=5)
    rods(model, [-1.6, 0, 2.2], [1.6, 0, 2.2], 0.045, Finish.PAINT, (120, 52, 40), sides=5)
    for x, y, drop in ((-0.7, 0.25, 0.0), (0.7, 0.0, 1.0)):
        top = np.array([[x - 0.2, 0, 2.2], [x + 0.2, 0, 2.2]])
        low = np.array([[x - 0.2, y, 0.55], [x + 0.2 - 0.35 * drop, y, 0.55 - 0.3 * drop]])
        rods(model, top[: 2 if not drop else 1], low[: 2 if not drop else 1], 0.012, Finish.METAL, _STEEL)
        if drop:
            rods(model, top[1:], [x + 0.2, 0.02, 1.5], 0.012, Finish.METAL, _STEEL)
        beam(model, low[0], low[1] + vec(0.02, 0, 0), 0.18, 0.035, Finish.RUBBER, _DARK)


def _slide(model: ModelBuilder) -> None:
    y = np.array([0.6, 0.35, -1.2, -1.7])
    z = np.array([1.5, 1.42, 0.34, 0.26])
    rim = np.stack([np.stack([np.full(4, x), y, z + up], -1) for x, up in ((-0.27, 0.14), (-0.25, 0.0), (0.25, 0.0), (0.27, 0.14))])
    sheet(model, rim[::-1], Finish.METAL, (150, 154, 156), crease_deg=30, two_sided=True)
    box(model, [-0.3, 0.6, 1.46], [0.3, 1.2, 1.52], Finish.PAINT, (52, 84, 110))
    feet = np.array([[x, yy, 0.0] for x in (-0.28, 0.28) for yy in (0.62, 1.25)])
    rods(model, feet, feet + vec(0, 0, 2.1), 0.03, Finish.PAINT, (168, 130, 44), sides=4)
    rungs = np.arange(0.3, 1.4, 0.3)
    rods(
        model,
        np.column_stack([0 * rungs - 0.28, 0 * rungs + 1.25, rungs]),
        np.column_stack([0 * rungs + 0.28, 0 * rungs + 1.25, rungs]),
        0.02,
        Finish.METAL,
        _STEEL,
    )
    rods(model, [[-0.2, -1.5, 0], [0.2, -1.5, 0]], [[-0.2, -1.5, 0.28], [0.2, -1.5, 0.28]], 0.025, Finish.METAL, _STEEL)


def _seesaw(model: ModelBuilder) -> None:
    box(model, [-0.16, -0.16, 0.0], [0.16, 0.16, 0.5], Finish.METAL, _DARK, taper=0.08, skip="-z")
    beam(model, [0.0, -1.65, 0.1], [0.0, 1.65, 0.88], 0.22, 0.06, Finish.BARK, (112, 58, 46))
    for y, z in ((-1.25, 0.24), (1.25, 0.84)):
        tube(model, [[-0.18, y, z], [-0.18, y, z + 0.25], [0.18, y, z + 0.25], [0.18, y, z]], 0.018, Finish.METAL, _STEEL, sides=4)


def _dome(model: ModelBuilder) -> None:
    turns = np.arange(8) * math.pi / 4
    rings = [
        np.stack([1.05 * math.cos(a) * np.cos(turns + t), 1.05 * math.cos(a) * np.sin(turns + t), np.full(8, 1.85 * math.sin(a))], -1)
        for a, t in ((0.0, 0.0), (0.55, 0.4), (1.1, 0.0))
    ]
    for a, b in ((0, 1), (1, 2)):
        rods(model, rings[a], rings[b], 0.022, Finish.PAINT, (64, 96, 84))
        rods(model, rings[a], np.roll(rings[b], 1 if a == 0 else -1, 0), 0.022, Finish.PAINT, (64, 96, 84))
    for ring in rings[1:]:
        rods(model, ring, np.roll(ring, -1, 0), 0.022, Finish.PAINT, (150, 116, 46))
