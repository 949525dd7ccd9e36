"""Where one sat down to eat and drink: tables, chairs, counters, what stands on them, curtains and lanterns over them.

In: a shape's number.  Out: `Model`s that rest on z = 0 (curtains, lanterns: hang from it), their fronts along +y, as large as
`world.things.indoors` says.
"""

from __future__ import annotations

import numpy as np

from world.fields import uniform
from world.mesh.kits.forms import beam, box, lathe, sheet, tube, vec
from world.mesh.kits.frame import Frame
from world.mesh.kits.interior_shop import thrown
from world.mesh.kits.lanterns import add_paper_lantern
from world.mesh.kits.model import Model, ModelBuilder
from world.mesh.surface import Finish

_WOODS = ((120, 88, 58), (84, 60, 42), (142, 112, 80))
_STEEL, _DARK, _WHITE, _BLACK = (118, 122, 124), (46, 46, 48), (186, 184, 176), (18, 18, 20)
_CLOTHS = ((40, 52, 92), (122, 40, 34), (46, 78, 58), (96, 84, 60))
_BOTTLES = ((44, 78, 52), (96, 58, 30), (120, 126, 120), (60, 70, 96))


def cafe_table_model(shape: int) -> Model:
    """A round table on one foot."""
    model = ModelBuilder()
    lathe(model, [[0.0, 0.0], [0.2, 0.0], [0.03, 0.05], [0.025, 0.71]], [0, 0, 0], Finish.METAL, _STEEL, sides=6)
    lathe(model, [[0.0, 0.71], [0.33, 0.71], [0.34, 0.74], [0.0, 0.74]], [0, 0, 0], Finish.BARK, _WOODS[shape % 3], sides=16, crease_deg=20)
    return model.build().grounded(0.3, 0.5)


def cafe_chair_model(shape: int) -> Model:
    """A bentwood chair."""
    model = ModelBuilder()
    wood = _WOODS[(shape + 1) % 3]
    for x in (-0.18, 0.18):
        beam(model, [x, 0.17, 0.0], [x * 0.9, 0.15, 0.44], 0.032, 0.032, Finish.BARK, wood)
        tube(model, [[x * 1.05, -0.21, 0.0], [x * 0.9, -0.17, 0.44], [x * 0.92, -0.21, 0.82]], 0.016, Finish.BARK, wood, sides=4)
    box(model, [-0.2, -0.19, 0.43], [0.2, 0.19, 0.465], Finish.BARK, wood)
    for z in (0.62, 0.78):
        tube(model, [[-0.16, -0.2, z], [0.0, -0.22, z + 0.01], [0.16, -0.2, z]], 0.018, Finish.BARK, wood, sides=4)
    return model.build().grounded(0.3, 0.5)


def counter_model(shape: int, noodles: bool) -> Model:
    """A length of bar, panelled; bowls and chopsticks left on the noodle bar."""
    model = ModelBuilder()
    wood = _WOODS[shape % 3]
    deep = 0.28 if noodles else 0.3
    box(model, [-0.6, -deep + 0.05, 0.0], [0.6, deep - 0.1, 0.97], Finish.BARK, wood, skip="-z")
    for k in range(6):
        x = -0.5 + 0.2 * k
        box(model, [x - 0.012, deep - 0.1, 0.06], [x + 0.012, deep - 0.085, 0.92], Finish.BARK, (60, 44, 32), skip="-y")
    box(model, [-0.6, -deep, 0.97], [0.6, deep, 1.02], Finish.BARK, tuple(int(c * 1.15) for c in wood))
    if noodles:
        box(model, [-0.6, -deep, 1.02], [0.6, -deep + 0.12, 1.2], Finish.BARK, (70, 52, 38), skip="-z")
        for k in range(2):
            if uniform(shape, "bowl", k) < 0.75:
                _bowl(model, -0.3 + 0.6 * k + 0.1 * shape % 0.2, 0.05, 1.02, (150, 52, 40) if k else (176, 172, 160))
        lathe(model, [[0.0, 0.0], [0.035, 0.0], [0.035, 0.12], [0.0, 0.12]], [0.02, -0.08, 1.02], Finish.BARK, (120, 84, 50), sides=7)
    else:
        tube(model, [[-0.6, deep + 0.0, 0.2], [0.6, deep + 0.0, 0.2]], 0.02, Finish.METAL, (150, 124, 70), sides=5)
    return model.build().grounded(0.4, 0.45)


def _bowl(model: ModelBuilder, x: float, y: float, z: float, tint: tuple[int, int, int]) -> None:
    profile = [[0.0, 0.0], [0.05, 0.0], [0.1, 0.07], [0.09, 0.07], [0.0, 0.025]]
    lathe(model, profile, [x, y, z], Finish.PAINT, tint, sides=8, crease_deg=30)


def cups_model(shape: int) -> Model:
    """A few cups and a plate, one fallen over."""
    model = ModelBuilder()
    lathe(model, [[0.06, 0.0], [0.1, 0.014], [0.0, 0.008]], [0.05, -0.03, 0.0], Finish.PAINT, _WHITE, sides=7)
    cup = [[0.0, 0.0], [0.026, 0.0], [0.04, 0.075], [0.03, 0.05], [0.0, 0.04]]
    lathe(model, cup, [0.05, -0.03, 0.012], Finish.PAINT, ((150, 60, 48), _WHITE, (60, 84, 96))[shape % 3], sides=6)
    part = ModelBuilder()
    lathe(part, cup, [0, 0, 0], Finish.PAINT, _WHITE, sides=6)
    model.add(part.build(), Frame((-0.12, 0.06, 0.036), 40.0 * shape, 0.0, 84.0))
    if shape == 2:
        lathe(
            model,
            [[0.0, 0.0], [0.05, 0.0], [0.06, 0.1], [0.03, 0.17], [0.0, 0.18]],
            [-0.06, -0.14, 0.0],
            Finish.PAINT,
            (70, 60, 52),
            sides=9,
        )
    return model.build().grounded(0.1, 0.6)


def pastry_case_model(shape: int) -> Model:
    """A curved glass case: trays, a few cakes, a card or two."""
    model = ModelBuilder()
    box(model, [-0.6, -0.32, 0.0], [0.6, 0.32, 0.72], Finish.BARK, _WOODS[shape % 3], skip="-z")
    for x in (-0.59, 0.59):
        beam(model, [x, 0.3, 0.72], [x, 0.14, 1.24], 0.025, 0.025, Finish.METAL, _STEEL)
        beam(model, [x, -0.3, 0.72], [x, -0.3, 1.24], 0.025, 0.025, Finish.METAL, _STEEL)
    box(model, [-0.6, -0.32, 1.22], [0.6, 0.16, 1.25], Finish.METAL, _STEEL)
    for level, z in enumerate((0.74, 0.98)):
        box(model, [-0.56, -0.26, z - 0.012], [0.56, 0.22 - 0.08 * level, z], Finish.METAL, _WHITE)
        for k in range(5):
            if uniform(shape, "cake", level, k) < 0.5:
                x, tint = -0.45 + 0.22 * k, ((150, 108, 70), (170, 150, 120), (90, 50, 38))[k % 3]
                lathe(model, [[0.0, 0.0], [0.07, 0.0], [0.07, 0.05], [0.0, 0.06]], [x, -0.02, z], Finish.BARK, tint, sides=7)
    return model.build().grounded(0.3, 0.5)


def espresso_machine_model(shape: int) -> Model:
    """A two-group machine with cups on top; stands on a counter."""
    model = ModelBuilder()
    shell = ((120, 40, 34), _STEEL)[shape % 2]
    box(model, [-0.36, -0.2, 0.05], [0.36, 0.12, 0.12], Finish.METAL, _STEEL)
    box(model, [-0.36, -0.2, 0.12], [0.36, -0.02, 0.42], Finish.PAINT, shell)
    box(model, [-0.38, -0.22, 0.34], [0.38, 0.1, 0.46], Finish.PAINT, shell, taper=0.02)
    for x in (-0.18, 0.18):
        lathe(model, [[0.0, -0.09], [0.04, -0.08], [0.045, 0.0], [0.0, 0.0]], [x, 0.03, 0.34], Finish.METAL, _STEEL, sides=8)
        tube(model, [[x, 0.03, 0.27], [x, 0.2, 0.25]], 0.014, Finish.RUBBER, _BLACK, sides=5)
    for x in (-0.34, 0.34):
        tube(model, [[x, 0.06, 0.34], [x, 0.12, 0.3], [x, 0.13, 0.16]], 0.008, Finish.METAL, _STEEL, sides=4)
        box(model, [x - 0.03, -0.16, 0.0], [x + 0.03, 0.1, 0.05], Finish.RUBBER, _BLACK, skip="-z")
    for k in range(5):
        lathe(model, [[0.0, 0.0], [0.03, 0.0], [0.04, 0.06], [0.0, 0.06]], [-0.24 + 0.12 * k, -0.08, 0.46], Finish.PAINT, _WHITE, sides=6)
    return model.build()


def bottle_shelf_model(shape: int, lit: bool) -> Model:
    """Shelves behind a bar; a light behind the bottles where it is lit."""
    model = ModelBuilder()
    wood = _WOODS[(shape + 1) % 3]
    box(model, [-0.6, -0.18, 0.0], [0.6, 0.18, 0.85], Finish.BARK, wood, skip="-z")
    back = [[0.58, -0.15, 0.9], [-0.58, -0.15, 0.9], [-0.58, -0.15, 1.94], [0.58, -0.15, 1.94]]
    model.polygons([back], Finish.LAMP if lit else Finish.BARK, (255, 176, 96) if lit else (60, 46, 36), glow=(0, 26) if lit else (0, 0))
    for x in (-0.6, 0.57):
        box(model, [x, -0.18, 0.85], [x + 0.03, 0.12, 2.0], Finish.BARK, wood, skip="-z")
    for level, z in enumerate((0.87, 1.25, 1.62, 1.97)):
        box(model, [-0.57, -0.16, z], [0.57, 0.12, z + 0.03], Finish.BARK, wood)
        if level == 3:
            break
        for k in range(5):
            if uniform(shape, "bottle", level, k) < 0.66:
                x, tall = -0.46 + 0.23 * k, 0.2 + 0.08 * uniform(shape, "bottle/tall", level, k)
                profile = [[0.034, 0.0], [0.034, 0.6 * tall], [0.012, 0.75 * tall], [0.01, tall]]
                lathe(model, profile, [x, -0.02, z + 0.03], Finish.GLASS, _BOTTLES[(k + level + shape) % 4], sides=4)
    return model.build().grounded(0.3, 0.5)


def noodle_range_model(shape: int) -> Model:
    """A steel range: two deep pots, a hood's flue behind."""
    model = ModelBuilder()
    box(model, [-0.6, -0.35, 0.0], [0.6, 0.35, 0.8], Finish.METAL, _STEEL, skip="-z")
    box(model, [-0.5, 0.35, 0.2], [-0.05, 0.365, 0.6], Finish.METAL, _DARK, skip="-y")
    box(model, [-0.6, -0.35, 0.8], [0.6, -0.3, 1.15], Finish.METAL, _STEEL)
    for k, (x, r, tall) in enumerate(((-0.28, 0.2, 0.34), (0.26, 0.22, 0.24))):
        profile = [[0.0, 0.0], [r, 0.0], [r, tall], [r - 0.02, tall], [r - 0.02, tall - 0.04], [0.0, tall - 0.05]]
        lathe(model, profile, [x, 0.0, 0.8], Finish.METAL, (150, 152, 150), sides=12, crease_deg=30)
        if (k + shape) % 2:
            tube(model, [[x, 0.05, 1.0], [x + 0.1, 0.2, 1.3]], 0.01, Finish.METAL, _STEEL, sides=4)
    return model.build().grounded(0.4, 0.45)


def stool_model(shape: int) -> Model:
    """A round seat on a post."""
    model = ModelBuilder()
    cushion = _CLOTHS[shape % 4]
    lathe(model, [[0.0, 0.0], [0.17, 0.0], [0.16, 0.02], [0.028, 0.05], [0.025, 0.58]], [0, 0, 0], Finish.METAL, _STEEL, sides=7)
    lathe(model, [[0.0, 0.57], [0.16, 0.58], [0.17, 0.62], [0.15, 0.66], [0.0, 0.66]], [0, 0, 0], Finish.RUBBER, cushion, sides=9)
    return model.build().grounded(0.3, 0.5)


def noren_model(shape: int) -> Model:
    """A split curtain that hangs from z = 0 over a door, about a metre wide; one panel may be torn off."""
    model = ModelBuilder()
    cloth = _CLOTHS[shape % 4]
    tube(model, [[-0.75, 0, 0.0], [0.75, 0, 0.0]], 0.014, Finish.BARK, (120, 88, 58), sides=5)
    for k in range(4):
        if k == shape % 4 and shape % 2:
            continue
        x0, x1 = -0.72 + 0.365 * k, -0.72 + 0.365 * k + 0.35
        u = np.linspace(0.0, 1.0, 4)
        v = np.linspace(0.0, 1.0, 3)
        x = x0 + (x1 - x0) * u[:, None] + 0.0 * v
        y = 0.03 * v * np.sin(5.0 * u[:, None] + k)
        z = -0.01 - (0.5 + 0.04 * uniform(shape, "noren", k)) * v + 0.0 * u[:, None]
        sheet(model, np.stack([x, y, np.broadcast_to(z, x.shape)], axis=-1), Finish.BARK, cloth, two_sided=True)
        mark = [[(x0 + x1) / 2 + a * 0.08, 0.045, -0.22 + b * 0.08] for a, b in ((-1, -1), (-1, 1), (1, 1), (1, -1))]
        model.polygons([mark], Finish.PLASTER, (170, 164, 150), two_sided=True)
    return model.build()


def paper_lantern_model(shape: int, lit: bool) -> Model:
    """A ribbed paper lantern, its middle at z = 0, on a cord."""
    model = ModelBuilder()
    paper = ((196, 66, 44), (206, 150, 96), (190, 60, 40))[shape % 3]
    add_paper_lantern(model, (0.0, 0.0, 0.0), 0.17, 0.24, paper, (0, 34) if lit else (0, 0))
    tube(model, [[0, 0, 0.26], [0, 0, 0.62]], 0.005, Finish.RUBBER, _BLACK, sides=3)
    return model.build()


def bottles_model(shape: int) -> Model:
    """Three or four bottles, one on its side; stands on a floor or a counter."""
    model = ModelBuilder()
    for k in range(3 + shape % 2):
        tall = 0.2 + 0.09 * uniform(shape, "tall", k)
        profile = [[0.0, 0.0], [0.034, 0.0], [0.034, 0.6 * tall], [0.012, 0.76 * tall], [0.012, tall], [0.0, tall]]
        x, y = 0.24 * (uniform(shape, "at", k) - 0.5), 0.2 * (uniform(shape, "at", k, 1) - 0.5)
        if k == 2:
            part = ModelBuilder()
            lathe(part, profile, [0, 0, 0], Finish.GLASS, _BOTTLES[k], sides=7)
            model.add(part.build(), Frame((x, y + 0.16, 0.034), 70.0 * shape, -90.0))
        else:
            lathe(model, profile, [x, y, 0.0], Finish.GLASS, _BOTTLES[(k + shape) % 4], sides=7)
    return model.build().grounded(0.1, 0.6)


def fallen(model: Model, shape: int) -> Model:
    """A light thing on its side."""
    return thrown(model, -92.0 if shape % 2 else 88.0, 0.0, 0.0)


def fallen_table_model(shape: int) -> Model:
    """A café table on its rim, foot in the air."""
    return thrown(cafe_table_model(shape), -104.0)


def flowers(model: ModelBuilder, at: tuple[float, float, float], shape: int) -> None:
    """A small vase with a dead stalk."""
    lathe(model, [[0.0, 0.0], [0.03, 0.0], [0.035, 0.08], [0.015, 0.12], [0.0, 0.12]], list(at), Finish.PAINT, (90, 104, 110), sides=7)
    x, y, z = at
    tube(
        model,
        [[x, y, z + 0.1], [x + 0.02, y + 0.01, z + 0.2], [x + 0.06 * (1 + shape % 2), y, z + 0.24]],
        0.004,
        Finish.BARK,
        (84, 76, 50),
        sides=3,
    )
    lathe(
        model, [[0.0, -0.02], [0.03, 0.0], [0.0, 0.02]], vec(x + 0.07 * (1 + shape % 2), y, z + 0.24), Finish.BARK, (110, 60, 60), sides=5
    )
