"""What stands along the kerb: utility poles, lamps, signals, rails, bollards.

In: a `Frame` (origin on the ground; +y points to the street) and a variant.  Out: mesh. Crossarms and lamp arms reach along y.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from world.fields import uniform
from world.mesh.kits.forms import arc, beam, box, catenary, lathe, prism, tube, vec
from world.mesh.kits.model import Floats, Model, ModelBuilder
from world.mesh.surface import Finish

POLE_M = 9.0
WIRES: tuple[tuple[float, float], ...] = ((0.55, 8.1), (-0.55, 8.1), (0.0, 6.9))  # (y, z) where a pole holds its cables
LAMP_HEAD = (0.0, 1.5, 5.75)  # middle of a street lamp's glass; `world.space` puts the light there
_CONCRETE, _STEEL, _DARK, _CERAMIC = (132, 131, 126), (86, 90, 92), (34, 36, 38), (168, 164, 154)


def pole_model(variant: int) -> Model:
    """A concrete pole with two crossarms, insulators, a transformer, a bracket for low wires, footholds, torn ends of cable."""
    model = ModelBuilder()
    tube(model, [[0, 0, -0.3], [0, 0, POLE_M]], [0.17, 0.105], Finish.CONCRETE, _CONCRETE, sides=8)
    for z, reach in ((8.0, 0.75), (7.35, 0.6)):
        beam(model, [0.13, -reach, z], [0.13, reach, z], 0.08, 0.09, Finish.METAL, _STEEL)
        beam(model, [[0.13, -0.45, z], [0.13, 0.45, z]], [[0.06, 0.0, z - 0.4]] * 2, 0.03, 0.03, Finish.METAL, _STEEL)
    spool = [[0.0, -0.06], [0.05, -0.05], [0.03, 0.0], [0.05, 0.03], [0.0, 0.09]]
    for y in (-0.55, 0.55, -0.25):
        lathe(model, spool, [0.13, y, 8.08], Finish.PAINT, _CERAMIC, sides=6)
    beam(model, [0.0, -0.1, 6.85], [0.0, 0.1, 6.85], 0.3, 0.05, Finish.METAL, _STEEL)
    if variant % 3:
        can = [[0.0, -0.42], [0.25, -0.42], [0.27, -0.34], [0.27, 0.34], [0.22, 0.42], [0.0, 0.45]]
        lathe(model, can, [-0.42, 0.05, 6.3], Finish.METAL, (96, 100, 98), sides=9)
        beam(model, [-0.15, 0.0, 6.1], [-0.3, 0.0, 6.1], 0.2, 0.06, Finish.METAL, _STEEL)
        for y in (-0.08, 0.14):
            lathe(model, spool, [-0.42, y, 6.8], Finish.PAINT, _CERAMIC, sides=5)
            tube(model, catenary([-0.42, y, 6.88], [0.1, y * 2, 7.32], 0.12, 4), 0.012, Finish.RUBBER, _DARK, sides=3)
    if variant % 4 == 1:  # a cable torn off it hangs down
        end = 3.0 + 2.0 * uniform(variant, "torn")
        tube(model, [[0.13, 0.6, 8.0], [0.2, 0.75, 7.0], [0.17, 0.62, 5.6], [0.3, 0.7, end]], 0.014, Finish.RUBBER, _DARK, sides=3)
    box(model, [0.1, -0.14, 1.3], [0.22, 0.14, 1.75], Finish.METAL, (104, 106, 102))
    steps = np.arange(2.2, 5.9, 0.9)
    foot = np.column_stack([np.where(np.arange(len(steps)) % 2, 0.13, -0.13), np.zeros_like(steps), steps])
    beam(model, foot, foot + np.sign(foot[:, :1]) * [0.16, 0.0, 0.0], 0.025, 0.025, Finish.METAL, _STEEL)
    return model.build().grounded(1.5, 0.45)


def fallen_pole_model(variant: int) -> Model:
    """The same pole snapped at the foot, lying along +y with its stump, crossarms and wires in the street."""
    model = ModelBuilder()
    tube(model, [[0, 0, -0.2], [0.02, 0.0, 0.35], [0.06, 0.05, 0.55]], [0.18, 0.17, 0.09], Finish.CONCRETE, _CONCRETE, sides=8)
    tube(model, [[0, -0.1, 0.3], [0.0, 8.2, 0.22]], [0.165, 0.11], Finish.CONCRETE, _CONCRETE, sides=8)
    for y, reach in ((7.3, 0.75), (6.7, 0.6)):
        beam(model, [-reach, y, 0.38], [reach, y, 0.26], 0.08, 0.09, Finish.METAL, _STEEL)
    lathe(
        model, [[0.0, -0.42], [0.25, -0.42], [0.27, 0.34], [0.0, 0.45]], [-0.5, 5.6, 0.24], Finish.METAL, (96, 100, 98), sides=9, axis="y"
    )
    for k in range(3):
        x = (k - 1) * 0.5
        lift = 0.25 * uniform(variant, "coil", k)
        path = [[x, 7.3, 0.35], [x + 0.4, 7.9, 0.05], [x * 2.2, 8.6 + 0.3 * k, 0.03], [x * 1.2 - 0.4, 9.2, 0.03 + lift], [x * 2, 9.9, 0.02]]
        tube(model, path, 0.014, Finish.RUBBER, _DARK, sides=3)
    for k in range(4):
        a = 0.6 * k - 0.8
        tube(
            model,
            [[0.03 * k - 0.05, 0.02, 0.4], [0.05 * a, 0.1 * a, 0.62], [0.16 * a, 0.12, 0.7 - 0.05 * k]],
            0.008,
            Finish.METAL,
            (94, 56, 38),
            sides=3,
        )
    return model.build().grounded(0.5, 0.4)


def lamp_model(lit: bool, variant: int) -> Model:
    """A street lamp: tapered mast, arm over the street, a flat head; `LAMP_HEAD` is its glass."""
    model = ModelBuilder()
    tube(model, [[0, 0, -0.2], [0, 0, 0.9], [0, 0, 0.95], [0, 0, 4.6]], [0.1, 0.1, 0.065, 0.055], Finish.METAL, _STEEL, sides=7)
    neck = np.concatenate([[vec(0, 0, 4.55)], arc([0.0, 1.2, 4.6], 1.2, 180, 95, 6), [vec(0, 1.4, 5.82)]])
    tube(model, neck, 0.045, Finish.METAL, _STEEL, sides=6)
    tilt = 0.0 if lit or variant % 3 else -0.35  # some heads hang
    y, z = LAMP_HEAD[1], LAMP_HEAD[2]
    _head(model, y, z, tilt)
    glow = (0, 255) if lit else (0, 0)
    _glass(model, y, z, tilt, glow)
    box(model, [-0.06, -0.13, 1.1], [0.06, -0.06, 1.5], Finish.METAL, (70, 72, 74))
    return model.build().grounded(1.2, 0.45)


def traffic_light_model(glow: int = 0) -> Model:
    """A signal on a mast arm over the street, three lamps in a row, and one for walkers; `glow` > 0: the amber blinks."""
    model = ModelBuilder()
    tube(model, [[0, 0, -0.2], [0, 0, 5.6]], [0.1, 0.075], Finish.METAL, _STEEL, sides=7)
    tube(model, [[0, 0, 5.2], [0, 1.2, 5.42], [0, 3.4, 5.5]], [0.06, 0.05, 0.04], Finish.METAL, _STEEL, sides=6)
    box(model, [-0.12, 2.2, 5.2], [0.12, 3.4, 5.62], Finish.METAL, _DARK)
    for k, colour in enumerate(((30, 88, 74), (255, 176, 66), (70, 20, 18))):
        y = 2.42 + 0.38 * k
        on = (0, glow) if k == 1 and glow else (0, 0)
        lathe(
            model,
            [[0.15, 0.0], [0.15, 0.03], [0.1, 0.06], [0.0, 0.07]],
            [0.115, y, 5.41],
            Finish.LAMP if on[1] else Finish.GLASS,
            colour,
            sides=10,
            axis="x",
            glow=on,
        )
        visor = arc([0.12, y, 5.41], 0.165, 10, 170, 5, "yz")
        model.polygons(_strip(visor, visor + vec(0.22, 0, -0.02)), Finish.METAL, _DARK, two_sided=True)
    box(model, [-0.16, -0.18, 2.5], [0.16, 0.18, 3.3], Finish.METAL, _DARK)
    for z, colour in ((2.72, (24, 74, 60)), (3.08, (74, 22, 18))):
        box(model, [0.155, -0.13, z - 0.14], [0.175, 0.13, z + 0.14], Finish.GLASS, colour)
    return model.build().grounded(1.2, 0.45)


def guard_rail_model(length_m: float, variant: int = 0) -> Model:
    """A beam rail along +x on posts, one end bent where something struck it."""
    model = ModelBuilder()
    posts = np.arange(0.0, length_m + 0.01, max(1.0, length_m / round(length_m / 2.0)))
    beam(
        model,
        np.column_stack([posts, posts * 0, posts * 0 - 0.1]),
        np.column_stack([posts, posts * 0, posts * 0 + 0.72]),
        0.09,
        0.09,
        Finish.METAL,
        _STEEL,
    )
    x = np.linspace(-0.3, length_m + 0.3, 9)
    bend = np.where(x > length_m * 0.6, (x - length_m * 0.6) ** 2 * 0.12, 0.0) * (variant % 2)
    profile = np.array([(0.05, 0.46), (0.09, 0.52), (0.05, 0.58), (0.09, 0.64), (0.05, 0.70)])
    grid = np.stack([np.column_stack([x, p[0] + bend, np.full_like(x, p[1])]) for p in profile], axis=1)
    model.polygons(_strip_grid(grid)[:, ::-1], Finish.METAL, (128, 130, 128), crease_deg=20, two_sided=True)
    return model.build().grounded(0.5, 0.5)


def bollard_model() -> Model:
    """A steel post with a reflective band."""
    model = ModelBuilder()
    lathe(
        model,
        [[0.06, -0.05], [0.06, 0.6], [0.062, 0.6], [0.062, 0.7], [0.06, 0.7], [0.06, 0.78], [0.0, 0.84]],
        [0, 0, 0],
        Finish.METAL,
        (110, 96, 60),
        sides=8,
    )
    return model.build().grounded(0.4, 0.4)


def cable_model(a: ArrayLike, b: ArrayLike, sag_m: float, radius_m: float) -> Model:
    """A three-sided cable that hangs `sag_m` below its chord."""
    model = ModelBuilder()
    tube(model, catenary(a, b, sag_m, 12), radius_m, Finish.RUBBER, (30, 31, 33), sides=3, caps=False)
    return model.build()


def _head(model: ModelBuilder, y: float, z: float, tilt: float) -> None:
    outline = [(y - 0.32, z - 0.03), (y + 0.42, z - 0.03 + tilt), (y + 0.4, z + 0.03 + tilt), (y - 0.1, z + 0.1), (y - 0.32, z + 0.07)]
    prism(model, outline, -0.15, 0.15, Finish.METAL, (60, 63, 65), axis="x")


def _glass(model: ModelBuilder, y: float, z: float, tilt: float, glow: tuple[int, int]) -> None:
    quad = [
        [-0.11, y + 0.36, z - 0.036 + tilt * 0.92],
        [0.11, y + 0.36, z - 0.036 + tilt * 0.92],
        [0.11, y - 0.22, z - 0.036 + tilt * 0.13],
        [-0.11, y - 0.22, z - 0.036 + tilt * 0.13],
    ]
    model.polygons(
        np.array(quad)[None], Finish.LAMP if glow[1] else Finish.GLASS, (255, 206, 142) if glow[1] else (120, 122, 112), glow=glow
    )


def _strip(a: Floats, b: Floats) -> Floats:
    return np.stack([a[:-1], a[1:], b[1:], b[:-1]], axis=1)


def _strip_grid(grid: Floats) -> Floats:
    return np.stack([grid[:-1, :-1], grid[1:, :-1], grid[1:, 1:], grid[:-1, 1:]], axis=2).reshape(-1, 4, 3)
