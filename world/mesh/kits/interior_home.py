"""What people lived with and fled with; what stands in a station.

In: a shape's number.  Out: `Model`s that rest on z = 0, their fronts along +y, as large as `world.things.indoors` says.
"""

from __future__ import annotations

import math

import numpy as np

from world.fields import uniform
from world.mesh.kits.cars import flames_model
from world.mesh.kits.forms import beam, box, lathe, sheet, tube
from world.mesh.kits.frame import Frame
from world.mesh.kits.interior_shop import thrown
from world.mesh.kits.interior_table import flowers
from world.mesh.kits.model import Model, ModelBuilder
from world.mesh.surface import Finish

_WOODS = ((112, 82, 54), (74, 54, 40), (148, 122, 90))
_STEEL, _DARK, _WHITE, _BLACK = (118, 122, 124), (46, 46, 48), (186, 184, 176), (16, 17, 19)
_CLOTHS = ((120, 112, 104), (92, 104, 118), (124, 92, 84))


def low_table_model(shape: int, laid: bool) -> Model:
    """A low table, laid for four: bowls, rice, a pot, chopsticks."""
    model = ModelBuilder()
    wood = _WOODS[shape % 3]
    box(model, [-0.6, -0.42, 0.31], [0.6, 0.42, 0.36], Finish.BARK, wood)
    for x in (-0.54, 0.54):
        for y in (-0.36, 0.36):
            beam(model, [x, y, 0.0], [x, y, 0.31], 0.05, 0.05, Finish.BARK, wood)
    if laid:
        for k, (x, y) in enumerate(((-0.42, 0.0), (0.42, 0.0), (0.0, -0.28), (0.0, 0.28))):
            lathe(model, [[0.0, 0.0], [0.04, 0.0], [0.065, 0.05], [0.055, 0.05], [0.0, 0.02]], [x, y, 0.36], Finish.PAINT, _WHITE, sides=9)
            bx, by = x * 0.72 + y * 0.5, y * 0.72 - x * 0.4
            lathe(model, [[0.0, 0.0], [0.035, 0.0], [0.06, 0.045], [0.0, 0.03]], [bx, by, 0.36], Finish.PAINT, (60, 36, 32), sides=8)
            for d in (0.0, 0.015):
                beam(
                    model,
                    [x - 0.08, y - 0.09 + d, 0.364],
                    [x + 0.1, y - 0.09 + d * 2, 0.364],
                    0.006,
                    0.006,
                    Finish.BARK,
                    ((120, 40, 36), _WOODS[1])[k % 2],
                )
        lathe(
            model,
            [[0.0, 0.0], [0.13, 0.0], [0.15, 0.1], [0.14, 0.1], [0.1, 0.07], [0.0, 0.07]],
            [0.03, 0.0, 0.36],
            Finish.METAL,
            _DARK,
            sides=12,
        )
        flowers(model, (0.42, 0.32, 0.36), shape)
    return model.build().grounded(0.3, 0.5)


def low_table_fallen_model(shape: int) -> Model:
    """The table on its long edge."""
    return thrown(low_table_model(shape, False), -90.0 + 4.0 * shape)


def cushion_model(shape: int) -> Model:
    """A flat square cushion."""
    model = ModelBuilder()
    u, v = np.meshgrid(np.linspace(-0.26, 0.26, 4), np.linspace(-0.26, 0.26, 4), indexing="ij")
    z = 0.05 * np.clip(1.0 - (abs(u) / 0.3) ** 4, 0, 1) * np.clip(1.0 - (abs(v) / 0.3) ** 4, 0, 1)
    sheet(model, np.stack([u, v, z], axis=-1), Finish.BARK, ((96, 44, 52), (58, 72, 96), (104, 92, 60))[shape % 3], crease_deg=80)
    return model.build().grounded(0.1, 0.6)


def _cloth(
    model: ModelBuilder, low: tuple[float, float], high: tuple[float, float], z: float, tint: tuple[int, int, int], shape: int, tall: float
) -> None:
    """A rumpled cloth over a rectangle; its rim lies on the ground."""
    n = 7
    u, v = np.meshgrid(np.linspace(low[0], high[0], n), np.linspace(low[1], high[1], n), indexing="ij")
    k = np.arange(n)
    bump = uniform(shape, "cloth", k[:, None], k[None, :])
    rim = np.minimum(np.minimum(k, n - 1 - k)[:, None], np.minimum(k, n - 1 - k)[None, :]) == 0
    height = np.where(rim, 0.006, z + tall * bump)
    sheet(model, np.stack([u, v, height], axis=-1), Finish.BARK, tint, crease_deg=80)


_SNOW = 9  # the state of a LAMP that shows no picture; surface/city.frag.glsl has it too


def futon_model(shape: int) -> Model:
    """A mattress, a cover thrown back, a pillow."""
    model = ModelBuilder()
    box(model, [-0.5, -0.98, 0.0], [0.5, 0.98, 0.09], Finish.BARK, _WHITE, skip="-z", taper=0.02)
    part = ModelBuilder()
    _cloth(part, (-0.54, -0.95), (0.5, 0.3), 0.1, _CLOTHS[shape % 3], shape, 0.09)
    model.add(part.build())
    box(model, [-0.24, 0.56, 0.09], [0.22, 0.9, 0.17], Finish.BARK, (170, 166, 156), skip="-z", taper=0.05)
    return model.build().grounded(0.2, 0.55)


def television_model(shape: int, lit: bool) -> Model:
    """A screen on a low cabinet: dead, or showing snow."""
    model = ModelBuilder()
    box(model, [-0.55, -0.22, 0.0], [0.55, 0.22, 0.36], Finish.BARK, _WOODS[shape % 3], skip="-z")
    for x in (-0.27, 0.27):
        box(model, [x - 0.24, 0.22, 0.06], [x + 0.24, 0.23, 0.3], Finish.BARK, tuple(int(c * 0.8) for c in _WOODS[shape % 3]), skip="-y")
    box(model, [-0.44, -0.05, 0.4], [0.44, 0.02, 0.95], Finish.PAINT, _BLACK)
    beam(model, [0, -0.02, 0.36], [0, -0.02, 0.42], 0.2, 0.08, Finish.PAINT, _BLACK)
    screen = [[0.41, 0.023, 0.44], [-0.41, 0.023, 0.44], [-0.41, 0.023, 0.92], [0.41, 0.023, 0.92]]
    if lit:
        model.polygons([screen], Finish.LAMP, (170, 196, 230), glow=(11, 60), state=_SNOW)
    else:
        model.polygons([screen], Finish.GLASS, _BLACK)
    return model.build().grounded(0.3, 0.5)


def wardrobe_model(shape: int) -> Model:
    """Two doors, one ajar; clothes within."""
    model = ModelBuilder()
    wood = _WOODS[shape % 3]
    for x in (-0.6, 0.57):
        box(model, [x, -0.29, 0.0], [x + 0.03, 0.24, 1.85], Finish.BARK, wood, skip="-z")
    box(model, [-0.57, -0.29, 1.82], [0.57, 0.24, 1.85], Finish.BARK, wood)
    box(model, [-0.57, -0.29, 0.0], [0.57, -0.26, 1.82], Finish.BARK, wood, skip="-z")
    box(model, [-0.57, -0.26, 0.0], [0.57, 0.24, 0.08], Finish.BARK, wood, skip="-z")
    box(model, [0.0, 0.24, 0.06], [0.58, 0.27, 1.8], Finish.BARK, tuple(int(c * 1.12) for c in wood))
    for k in range(4):
        x = -0.48 + 0.12 * k
        box(
            model,
            [x, -0.2, 0.75],
            [x + 0.07, 0.16, 1.6],
            Finish.BARK,
            ((96, 60, 60), (60, 72, 92), (120, 112, 96), (52, 60, 50))[(k + shape) % 4],
            taper=0.03,
        )
    tube(model, [[-0.57, 0.0, 1.64], [0.0, 0.0, 1.64]], 0.014, Finish.METAL, _STEEL, sides=5)
    lathe(model, [[0.0, -0.02], [0.018, 0.0], [0.0, 0.02]], [0.06, 0.28, 0.9], Finish.METAL, _STEEL, sides=6)
    return model.build().grounded(0.4, 0.45)


def bookcase_model(shape: int) -> Model:
    """Shelves of books, gaps and leaners."""
    model = ModelBuilder()
    wood = _WOODS[(shape + 1) % 3]
    for x in (-0.42, 0.39):
        box(model, [x, -0.16, 0.0], [x + 0.03, 0.14, 1.8], Finish.BARK, wood, skip="-z")
    box(model, [-0.39, -0.16, 0.0], [0.39, -0.14, 1.8], Finish.BARK, wood, skip="-z")
    for level in range(6):
        z = 0.05 + 0.345 * level
        box(model, [-0.39, -0.14, z], [0.39, 0.14, z + 0.025], Finish.BARK, wood)
        if level == 5:
            break
        x, k = -0.37, 0
        while x < 0.3 and k < 9:
            width = 0.03 + 0.07 * uniform(shape, "book", level, k)
            if uniform(shape, "book there", level, k) < 0.6:
                tall = 0.2 + 0.09 * uniform(shape, "book tall", level, k)
                tint = ((110, 52, 44), (58, 76, 96), (120, 106, 76), (66, 84, 62), (150, 146, 132))[(k + 2 * level + shape) % 5]
                box(model, [x, -0.13, z + 0.025], [x + width, 0.08, z + 0.025 + tall], Finish.BARK, tint, skip="-z -y")
            x, k = x + width + 0.012, k + 1
    return model.build().grounded(0.3, 0.5)


def kitchen_unit_model(shape: int) -> Model:
    """A sink, a ring, a kettle, washing-up not done."""
    model = ModelBuilder()
    box(model, [-0.9, -0.3, 0.0], [0.9, 0.27, 0.82], Finish.PAINT, (158, 152, 138), skip="-z")
    box(model, [-0.9, -0.3, 0.82], [0.9, 0.3, 0.86], Finish.METAL, _STEEL)
    for k in range(3):
        box(model, [-0.88 + 0.6 * k, 0.27, 0.1], [-0.32 + 0.6 * k, 0.285, 0.78], Finish.PAINT, (140, 134, 120), skip="-y")
    box(model, [-0.72, -0.2, 0.861], [-0.2, 0.2, 0.866], Finish.RUBBER, _DARK)
    tube(
        model,
        [[-0.46, -0.24, 0.86], [-0.46, -0.24, 1.08], [-0.46, -0.06, 1.08], [-0.46, -0.05, 1.02]],
        0.013,
        Finish.METAL,
        _STEEL,
        sides=5,
    )
    lathe(model, [[0.0, 0.0], [0.16, 0.0], [0.16, 0.025], [0.0, 0.025]], [0.52, 0.0, 0.86], Finish.METAL, _BLACK, sides=10)
    lathe(
        model,
        [[0.0, 0.0], [0.1, 0.0], [0.12, 0.06], [0.08, 0.14], [0.02, 0.17], [0.0, 0.17]],
        [0.52, 0.0, 0.885],
        Finish.METAL,
        (150, 150, 146),
        sides=10,
    )
    tube(model, [[0.62, 0.0, 0.98], [0.7, 0.0, 1.06]], 0.014, Finish.METAL, (150, 150, 146), sides=5)
    for k in range(3):
        lathe(
            model,
            [[0.0, 0.0], [0.06, 0.0], [0.1, 0.02], [0.0, 0.012]],
            [0.08 + 0.02 * k, 0.02 * k, 0.86 + 0.018 * k],
            Finish.PAINT,
            _WHITE,
            sides=9,
        )
    if shape:
        box(model, [0.1, -0.3, 1.25], [0.9, -0.26, 1.28], Finish.BARK, _WOODS[2])
    return model.build().grounded(0.3, 0.5)


def home_fridge_model(shape: int) -> Model:
    """A fridge with notes on its door."""
    model = ModelBuilder()
    tint = (_WHITE, (120, 132, 130))[shape % 2]
    box(model, [-0.28, -0.3, 0.04], [0.28, 0.24, 1.5], Finish.PAINT, tint)
    box(model, [-0.275, 0.245, 0.06], [0.275, 0.3, 0.95], Finish.PAINT, tint)
    box(model, [-0.275, 0.245, 0.97], [0.275, 0.3, 1.48], Finish.PAINT, tint)
    for k in range(4):
        x, z = -0.15 + 0.11 * k, 1.1 + 0.2 * uniform(shape, "note", k)
        model.polygons(
            [[[x + 0.08, 0.303, z], [x, 0.303, z], [x, 0.303, z + 0.1], [x + 0.08, 0.303, z + 0.1]]],
            Finish.PLASTER,
            ((176, 160, 80), (150, 90, 90), (176, 172, 160), (90, 130, 150))[k],
        )
    for x in (-0.24, 0.24):
        for y in (-0.26, 0.2):
            box(model, [x - 0.03, y - 0.03, 0.0], [x + 0.03, y + 0.03, 0.04], Finish.RUBBER, _BLACK, skip="-z")
    return model.build().grounded(0.3, 0.5)


def shoe_cupboard_model(shape: int) -> Model:
    """By the door: a low cupboard with an umbrella stand's worth of things on it."""
    model = ModelBuilder()
    box(model, [-0.4, -0.17, 0.0], [0.4, 0.15, 0.9], Finish.BARK, _WOODS[shape % 3], skip="-z")
    for x in (-0.39, 0.01):
        box(model, [x, 0.15, 0.05], [x + 0.38, 0.165, 0.86], Finish.BARK, tuple(int(c * 1.1) for c in _WOODS[shape % 3]), skip="-y")
    flowers(model, (0.22, 0.0, 0.9), shape)
    box(model, [-0.3, -0.06, 0.9], [-0.12, 0.02, 1.1], Finish.BARK, _WOODS[1])
    model.polygons(
        [[[-0.13, 0.022, 0.92], [-0.29, 0.022, 0.92], [-0.29, 0.022, 1.08], [-0.13, 0.022, 1.08]]], Finish.PLASTER, (150, 140, 120)
    )
    return model.build().grounded(0.3, 0.5)


def mat_model(shape: int) -> Model:
    """A sleeping mat of foam, one end rolled."""
    model = ModelBuilder()
    tint = ((58, 84, 74), (60, 66, 96), (96, 86, 60))[shape % 3]
    box(model, [-0.3, -0.9, 0.0], [0.3, 0.75, 0.018], Finish.BARK, tint, skip="-z")
    lathe(model, [[0.0, -0.3], [0.07, -0.3], [0.07, 0.3], [0.0, 0.3]], [0, 0.82, 0.07], Finish.BARK, tint, sides=9, axis="x")
    return model.build().grounded(0.1, 0.6)


def blanket_model(shape: int) -> Model:
    """A blanket somebody threw off."""
    model = ModelBuilder()
    _cloth(model, (-0.42, -0.5), (0.4, 0.45), 0.05, _CLOTHS[shape % 3], shape + 7, 0.12)
    return model.build().grounded(0.15, 0.55)


def tin_fire_model(shape: int) -> Model:
    """A biscuit tin in which something small burns."""
    model = ModelBuilder()
    tin = [[0.0, 0.0], [0.115, 0.0], [0.12, 0.01], [0.115, 0.13], [0.122, 0.14], [0.11, 0.14], [0.105, 0.03], [0.0, 0.03]]
    lathe(model, tin, [0, 0, 0], Finish.METAL, ((96, 74, 52), (78, 84, 88))[shape % 2], sides=12, crease_deg=35)
    lathe(model, [[0.0, 0.04], [0.1, 0.045], [0.0, 0.085]], [0, 0, 0], Finish.EMBER, (255, 96, 20), sides=10, glow=(0, 50))
    model.add(flames_model(shape, 4).scaled(0.3), Frame((0.0, 0.0, 0.05)))
    for k, (x, y) in enumerate(((0.2, 0.08), (-0.16, 0.17))):  # what is to be burnt next
        beam(model, [x, y, 0.012], [x + 0.05, y - 0.22, 0.012 + 0.01 * k], 0.03, 0.018, Finish.BARK, _WOODS[k])
    return model.build()


def camp_lantern_model(shape: int) -> Model:
    """A battery lantern that still burns."""
    model = ModelBuilder()
    lathe(
        model,
        [[0.0, 0.0], [0.08, 0.0], [0.085, 0.05], [0.05, 0.07], [0.0, 0.07]],
        [0, 0, 0],
        Finish.PAINT,
        ((40, 74, 52), (120, 44, 36))[shape % 2],
        sides=10,
    )
    lathe(model, [[0.0, 0.07], [0.05, 0.07], [0.05, 0.19], [0.0, 0.19]], [0, 0, 0], Finish.LAMP, (255, 206, 140), sides=10, glow=(0, 220))
    lathe(
        model,
        [[0.0, 0.19], [0.07, 0.19], [0.05, 0.23], [0.0, 0.24]],
        [0, 0, 0],
        Finish.PAINT,
        ((40, 74, 52), (120, 44, 36))[shape % 2],
        sides=10,
    )
    tube(model, [[-0.07, 0, 0.2], [-0.06, 0, 0.28], [0.06, 0, 0.28], [0.07, 0, 0.2]], 0.005, Finish.METAL, _STEEL, sides=3)
    return model.build()


def radio_model(shape: int) -> Model:
    """A small radio with its aerial out."""
    model = ModelBuilder()
    box(model, [-0.14, -0.04, 0.0], [0.14, 0.04, 0.15], Finish.PAINT, ((120, 52, 40), _DARK)[shape % 2], skip="-z")
    lathe(model, [[0.05, 0.0], [0.05, 0.012], [0.0, 0.012]], [-0.06, 0.04, 0.075], Finish.METAL, _DARK, sides=9, axis="y")
    box(model, [0.02, 0.04, 0.09], [0.12, 0.046, 0.12], Finish.GLASS, _BLACK)
    tube(model, [[0.12, 0, 0.15], [0.3, -0.05, 0.5]], 0.004, Finish.METAL, _STEEL, sides=3)
    return model.build().grounded(0.1, 0.6)


def leaning(model: Model, shape: int) -> Model:
    """A tall thing on its face."""
    return thrown(model, -88.0 - 2.0 * math.sin(shape))
