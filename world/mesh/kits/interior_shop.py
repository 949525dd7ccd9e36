"""What shops were full of: shelves of goods, fridges, tills, magazines, arcade machines; and one small broken machine.

In: a shape's number.  Out: `Model`s that rest on z = 0, their fronts along +y, as large as `world.things.indoors` says.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from world.fields import uniform
from world.mesh.kits.forms import beam, box, lathe, prism, tube, vec
from world.mesh.kits.frame import Frame
from world.mesh.kits.model import Model, ModelBuilder
from world.mesh.surface import Finish

_WHITE, _STEEL, _DARK, _BLACK = (168, 168, 162), (112, 116, 118), (44, 46, 50), (16, 17, 19)
GOODS = np.array(
    [
        (132, 66, 54),
        (150, 128, 78),
        (70, 96, 108),
        (84, 104, 76),
        (156, 150, 138),
        (112, 82, 96),
        (146, 100, 70),
        (84, 86, 98),
        (120, 116, 108),
    ]
)


def thrown(model: Model, pitch_deg: float, roll_deg: float = 0.0, turn_deg: float = 0.0) -> Model:
    """The model tipped over, its bounds centred on the origin, at rest on z = 0."""
    tint = model.tint.copy()
    tint[model.extra[:, 1] == 0, 3] = 255  # what lay on the ground does no longer
    tipped = replace(model, tint=tint).moved(Frame((0.0, 0.0, 0.0), turn_deg, pitch_deg, roll_deg))
    low, high = tipped.bounds()
    return tipped.moved(Frame((-(low[0] + high[0]) / 2, -(low[1] + high[1]) / 2, -float(low[2])))).grounded(0.3, 0.5)


def _goods(
    model: ModelBuilder,
    shape: int,
    lane: str,
    x: tuple[float, float],
    y: tuple[float, float],
    z: float,
    tall: float,
    full: float,
    skip: str,
) -> None:
    """What is left on a shelf between x0 and x1: groups of packets, each a block of one colour; those that stand outside are at y1."""
    (x0, x1), (y0, y1) = x, y
    count = max(2, round((x1 - x0) / 0.225))
    k = np.arange(count)
    k = k[uniform(shape, lane, k) < full]
    left = x0 + (x1 - x0) * k / count
    high = tall * (0.4 + 0.5 * uniform(shape, lane + "/tall", k))
    deep = (y1 - y0) * (0.6 + 0.4 * uniform(shape, lane + "/deep", k))
    tint = GOODS[(uniform(shape, lane + "/tint", k) * len(GOODS)).astype(int)]
    width = (x1 - x0) / count * (0.72 + 0.24 * uniform(shape, lane + "/wide", k))
    for i in range(len(k)):  # each has its own colour
        a, b = sorted((y1 - deep[i], y1))
        box(model, [left[i], a, z], [left[i] + width[i], b, z + high[i]], Finish.GOODS, tint[i], skip="-z " + skip)


def gondola_model(shape: int, left: float = 1.0) -> Model:
    """A double-sided shop shelf, half looted; `left` is the share of the rest that is still on it."""
    model = ModelBuilder()
    box(model, [-0.6, -0.42, 0.0], [0.6, 0.42, 0.14], Finish.PAINT, _WHITE, skip="-z")
    box(model, [-0.6, -0.03, 0.14], [0.6, 0.03, 1.4], Finish.METAL, _WHITE, skip="-z")
    for level, z in enumerate((0.5, 0.84, 1.16)):
        deep = 0.38 - 0.03 * level
        box(model, [-0.59, -deep, z], [0.59, deep, z + 0.025], Finish.METAL, _WHITE, skip="-x +x")
    for level, z in enumerate((0.14, 0.525, 0.865, 1.185)):
        deep = 0.4 - 0.03 * level
        for side in (-1.0, 1.0):
            full = left * (0.3 + 0.3 * uniform(shape, "left on", level))
            inner = "-y" if side > 0 else "+y"
            lane = f"goods {level} {side:.0f}"
            _goods(model, shape, lane, (-0.57, 0.57), (0.04 * side, deep * side), z, 0.26 if level < 3 else 0.2, full, inner)
    return model.build().grounded(0.4, 0.45)


def gondola_fallen_model(shape: int) -> Model:
    """The same on its face, what was on it underneath and about."""
    return thrown(gondola_model(shape, 0.2), -86.0)


def fridge_model(shape: int, lit: bool) -> Model:
    """A glass-fronted fridge: shelves of bottles in light, or in the dark."""
    model = ModelBuilder()
    for x in (-0.45, 0.39):
        box(model, [x, -0.35, 0.0], [x + 0.06, 0.3, 2.0], Finish.PAINT, _WHITE, skip="-z")
    box(model, [-0.39, -0.35, 1.84], [0.39, 0.3, 2.0], Finish.PAINT, (70, 110, 96) if shape % 2 else _WHITE)
    box(model, [-0.39, -0.35, 0.0], [0.39, 0.28, 0.22], Finish.METAL, _STEEL, skip="-z")
    glow = (0, 22) if lit else (0, 0)
    back = np.array([[0.39, -0.3, 0.22], [-0.39, -0.3, 0.22], [-0.39, -0.3, 1.84], [0.39, -0.3, 1.84]])
    model.polygons(back[None], Finish.LAMP if lit else Finish.PLASTER, (196, 226, 236) if lit else (70, 74, 76), glow=glow)
    for level, z in enumerate((0.22, 0.62, 1.02, 1.42)):
        if level:
            box(model, [-0.39, -0.28, z - 0.02], [0.39, 0.2, z], Finish.METAL, _STEEL, skip="-y")
        _goods(model, shape, f"drinks {level}", (-0.37, 0.37), (-0.05, 0.18), z, 0.34, 0.5, "-y -x +x")
    for x in (-0.39, 0.0):  # the doors' frames; one stands open
        ajar = 0.2 if x < 0 and shape % 3 == 0 else 0.0
        a, b = vec(x, 0.31, 0.24), vec(x + 0.39 - 0.1 * (ajar > 0), 0.31 + ajar, 0.24)
        up, along = vec(0, 0, 1.58), (b - a) * 0.1
        thin = vec(0, 0, 0.035)
        bars = [[b, a, a + thin, b + thin], [b + up - thin, a + up - thin, a + up, b + up]]
        bars += [[a + along, a, a + up, a + along + up], [b, b - along, b - along + up, b + up]]
        model.polygons(np.array(bars), Finish.METAL, _DARK, two_sided=ajar > 0)
    return model.build().grounded(0.3, 0.5)


def counter_model(shape: int, till: bool) -> Model:
    """A length of shop counter: a till, or a case of hot snacks and a tray for coins."""
    model = ModelBuilder()
    box(model, [-0.7, -0.3, 0.0], [0.7, 0.3, 0.9], Finish.PAINT, (146, 142, 130), skip="-z")
    box(model, [-0.7, -0.33, 0.9], [0.7, 0.33, 0.94], Finish.BARK, (128, 102, 74))
    box(model, [-0.68, 0.3, 0.25], [0.68, 0.315, 0.62], Finish.PAINT, ((52, 108, 92), (150, 66, 44), (56, 84, 128))[shape % 3])
    if till:
        box(model, [-0.2, -0.2, 0.94], [0.2, 0.15, 1.06], Finish.PAINT, _DARK, skip="-z")
        prism(model, [(-0.16, 1.06), (0.1, 1.06), (0.02, 1.2), (-0.16, 1.2)], -0.18, 0.18, Finish.PAINT, _DARK, axis="x")
        open_m = 0.16 if shape % 2 else 0.0
        box(model, [-0.18, -0.24 - open_m, 0.95], [0.18, -0.2, 1.04], Finish.METAL, _STEEL)
        tube(model, [[0.12, 0.12, 1.06], [0.12, 0.12, 1.3]], 0.015, Finish.METAL, _STEEL, sides=4)
        box(model, [0.04, 0.1, 1.28], [0.22, 0.14, 1.38], Finish.GLASS, _BLACK)
    else:
        for x in (-0.5, 0.12):
            beam(model, [x, 0.1, 0.94], [x, 0.1, 1.4], 0.03, 0.03, Finish.METAL, _STEEL)
        box(model, [-0.52, -0.2, 1.38], [0.14, 0.14, 1.42], Finish.METAL, _STEEL)
        box(model, [-0.5, -0.2, 1.14], [0.12, 0.1, 1.155], Finish.METAL, _STEEL)
        _goods(model, shape, "snacks", (-0.46, 0.08), (-0.18, 0.06), 1.155, 0.1, 0.5, "-y")
        box(model, [0.3, -0.1, 0.94], [0.52, 0.1, 0.955], Finish.PAINT, (40, 80, 120))
    return model.build().grounded(0.4, 0.45)


def wall_shelf_model(shape: int) -> Model:
    """Shelves against a wall, behind a counter or along an aisle."""
    model = ModelBuilder()
    box(model, [-0.6, -0.2, 0.0], [0.6, -0.16, 1.9], Finish.METAL, _WHITE, skip="-z -y")
    for x in (-0.6, 0.56):
        box(model, [x, -0.16, 0.0], [x + 0.04, 0.16, 1.9], Finish.METAL, _WHITE, skip="-z")
    for level, z in enumerate((0.1, 0.5, 0.9, 1.3, 1.65)):
        box(model, [-0.56, -0.16, z - 0.025], [0.56, 0.18, z], Finish.METAL, _WHITE, skip="-x +x -y")
        _goods(model, shape, f"wall goods {level}", (-0.54, 0.54), (-0.12, 0.15), z, 0.24, 0.5, "-y -x")
    return model.build().grounded(0.3, 0.5)


def magazine_rack_model(shape: int) -> Model:
    """A low rack of magazines in steps, their covers forward."""
    model = ModelBuilder()
    for x in (-0.6, 0.56):
        prism(model, [(-0.2, 0.0), (0.2, 0.0), (0.2, 0.4), (-0.12, 1.15), (-0.2, 1.15)], x, x + 0.04, Finish.METAL, _STEEL, axis="x")
    for step in range(3):
        y, z = 0.16 - 0.11 * step, 0.18 + 0.27 * step
        box(model, [-0.56, y - 0.1, z - 0.02], [0.56, y + 0.04, z], Finish.METAL, _STEEL)
        k = np.arange(5)
        for i in k[uniform(shape, "magazine", step, k) < 0.7]:
            x = -0.54 + 0.22 * float(i)
            tint = GOODS[int(uniform(shape, "cover", step, int(i)) * len(GOODS))]
            cover = [[x + 0.19, y + 0.03, z], [x, y + 0.03, z], [x, y - 0.06, z + 0.26], [x + 0.19, y - 0.06, z + 0.26]]
            model.polygons([cover], Finish.PAINT, tint, two_sided=True)
    return model.build().grounded(0.3, 0.45)


def cash_machine_model(shape: int) -> Model:
    """A cash machine or a copier against the wall, its screen dead, its panel forced."""
    model = ModelBuilder()
    tint = ((120, 126, 128), (66, 92, 128))[shape % 2]
    outline = [(-0.3, 0.0), (0.3, 0.0), (0.3, 0.86), (0.08, 0.98), (-0.02, 1.5), (-0.3, 1.5)]
    prism(model, outline, -0.3, 0.3, Finish.PAINT, tint, axis="x")
    model.polygons([[[0.2, 0.065, 1.06], [-0.2, 0.065, 1.06], [-0.2, 0.0, 1.4], [0.2, 0.0, 1.4]]], Finish.GLASS, _BLACK)
    box(model, [-0.18, 0.3, 0.3], [0.2, 0.34 + 0.1 * (shape % 2), 0.7], Finish.METAL, _DARK, skip="-y")
    return model.build().grounded(0.4, 0.45)


def basket_stack_model(shape: int) -> Model:
    """Shopping baskets in a stack, the upper ones askew."""
    model = ModelBuilder()
    tint = ((36, 104, 96), (150, 54, 40))[shape % 2]
    for k in range(5):
        z, turn = 0.06 * k, 6.0 * (uniform(shape, "basket", k) - 0.5) * k
        part = ModelBuilder()
        box(part, [-0.22, -0.15, 0.0], [0.22, 0.15, 0.05 if k < 4 else 0.2], Finish.PAINT, tint, taper=-0.012, skip="+z")
        if k == 4:
            box(part, [-0.2, -0.13, 0.02], [0.2, 0.13, 0.03], Finish.PAINT, tint)
        model.add(part.build(), Frame((0.0, 0.0, z), turn))
    tube(model, [[-0.2, 0.05, 0.46], [-0.16, 0.12, 0.52], [0.16, 0.12, 0.52], [0.2, 0.05, 0.46]], 0.008, Finish.RUBBER, _DARK, sides=3)
    return model.build().grounded(0.3, 0.45)


def spilt_model(shape: int, papers: bool) -> Model:
    """What fell from shelves and was walked over: packets and bottles, or newspapers and leaflets. Lies flat, within .6 m."""
    model = ModelBuilder()
    count = 6
    lane = "paper" if papers else "packet"
    for k in range(count):
        x, y = (1.1 * (uniform(shape, lane, k, axis) - 0.5) for axis in range(2))
        turn = 2.0 * math.pi * uniform(shape, lane, k, 2)
        c, s = math.cos(turn), math.sin(turn)
        size = uniform(shape, lane, k, 3)
        if papers:
            w, h = 0.1 + 0.05 * size, 0.14 + 0.06 * size
            z = 0.004 + 0.003 * k
            corners = [
                [x + p * w * c - q * h * s, y + p * w * s + q * h * c, z + 0.02 * (p > 0) * size]
                for p, q in ((-1, -1), (1, -1), (1, 1), (-1, 1))
            ]
            model.polygons([corners], Finish.PLASTER, (176 - 6 * k, 172 - 6 * k, 160 - 6 * k), two_sided=True)
        elif k % 4 == 3:
            lathe(
                model,
                [[0.0, -0.1], [0.03, -0.1], [0.03, 0.06], [0.012, 0.1], [0.0, 0.1]],
                [x, y, 0.03],
                Finish.GLASS,
                (70, 110, 96),
                sides=6,
                axis="x",
            )
        else:
            part = ModelBuilder()
            w, h, t = 0.06 + 0.05 * size, 0.09 + 0.05 * size, 0.03 + 0.03 * size
            box(part, [-w, -h, 0.0], [w, h, t], Finish.GOODS, GOODS[int(uniform(shape, lane, k, 4) * len(GOODS))], skip="-z")
            model.add(part.build(), Frame((x, y, 0.001), math.degrees(turn)))
    return model.build().grounded(0.15, 0.6)
