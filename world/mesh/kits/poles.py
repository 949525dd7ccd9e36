"""What stands along the kerb: utility poles, lamps, signals, rails, bollards.

In: a variant.  Out: `Model`s, origin on the ground, +y to the street. Crossarms and lamp arms reach along y. What is seen from far
has a lean twin.
"""

from __future__ import annotations

import numpy as np

from world.fields import uniform
from world.mesh.kits.forms import arc, beam, box, catenary, lathe, prism, rods, tube, vec
from world.mesh.kits.frame import Frame
from world.mesh.kits.model import DARK, Floats, Model, ModelBuilder
from world.mesh.surface import Finish
from world.things.catalogue import LAMP_HEAD, POLE_LAMP

POLE_M = 9.0
WIRES: tuple[tuple[float, float], ...] = ((0.55, 8.1), (-0.55, 8.1), (0.0, 6.9))  # (y, z) where a pole holds its cables
_CONCRETE, _STEEL, _DARK, _CERAMIC = (132, 131, 126), (86, 90, 92), (34, 36, 38), (168, 164, 154)
_COLD = (214, 236, 240)


def pole_model(lit: bool, variant: int) -> Model:
    """A concrete pole with two crossarms, insulators, a transformer, a bracket for low wires, footholds, torn ends of cable, and a small
    lamp over the street; `POLE_LAMP` is its glass."""
    model = ModelBuilder()
    rods(model, [0, 0, 0.0], [0, 0, POLE_M], [0.17, 0.105], Finish.CONCRETE, _CONCRETE, sides=8)
    for z, reach in ((8.0, 0.75), (7.35, 0.6)):
        beam(model, [0.13, -reach, z], [0.13, reach, z], 0.08, 0.09, Finish.METAL, _STEEL)
        rods(model, [[0.13, -0.45, z], [0.13, 0.45, z]], [[0.06, 0.0, z - 0.4]] * 2, 0.018, Finish.METAL, _STEEL)
    y = np.array([-0.55, 0.55, -0.25])
    spool = np.column_stack([0 * y + 0.13, y, 0 * y + 8.03])
    rods(model, spool, spool + vec(0, 0, 0.14), [0.05, 0.03], Finish.PAINT, _CERAMIC, sides=5)
    beam(model, [0.0, -0.1, 6.85], [0.0, 0.1, 6.85], 0.3, 0.05, Finish.METAL, _STEEL)
    if variant % 3:
        can = [[0.0, -0.42], [0.26, -0.4], [0.27, 0.34], [0.0, 0.45]]
        lathe(model, can, [-0.42, 0.05, 6.3], Finish.METAL, (96, 100, 98), sides=8)
        beam(model, [-0.15, 0.0, 6.1], [-0.3, 0.0, 6.1], 0.2, 0.06, Finish.METAL, _STEEL)
        for y_ in (-0.08, 0.14):
            rods(model, [-0.42, y_, 6.7], [-0.42, y_, 6.9], [0.05, 0.03], Finish.PAINT, _CERAMIC, sides=5)
            tube(model, catenary([-0.42, y_, 6.88], [0.1, y_ * 2, 7.32], 0.12, 3), 0.012, Finish.RUBBER, _DARK, sides=3, caps=False)
    if variant % 4 == 1:  # a cable torn off it hangs down
        end = 3.0 + 2.0 * uniform(variant, "torn")
        tube(model, [[0.13, 0.6, 8.0], [0.2, 0.75, 7.0], [0.17, 0.62, 5.6], [0.3, 0.7, end]], 0.014, Finish.RUBBER, _DARK, sides=3)
    meter = 1.15 + 0.5 * uniform(variant, "meter")
    box(model, [0.1, -0.14, meter], [0.22, 0.14, meter + 0.45], Finish.METAL, (104, 106, 102))
    steps = np.arange(2.2, 5.9, 0.9)
    foot = np.column_stack([np.where(np.arange(len(steps)) % 2, 0.13, -0.13), np.zeros_like(steps), steps])
    rods(model, foot, foot + np.sign(foot[:, :1]) * [0.16, 0.0, 0.0], 0.014, Finish.METAL, _STEEL)
    _pole_lamp(model, lit)
    return model.build().grounded(1.5, 0.45)


def _pole_lamp(model: ModelBuilder, lit: bool) -> None:
    """A cold tube under a tin shade, on an arm."""
    y, z = POLE_LAMP[1], POLE_LAMP[2]
    rods(model, [0.0, 0.1, z - 0.35], [0.0, y - 0.2, z + 0.06], 0.022, Finish.METAL, _STEEL, sides=4)
    box(model, [-0.09, y - 0.34, z], [0.09, y + 0.34, z + 0.09], Finish.METAL, (110, 114, 112), taper=0.04)
    tube_ = [[-0.06, y + 0.3, z - 0.004], [0.06, y + 0.3, z - 0.004], [0.06, y - 0.3, z - 0.004], [-0.06, y - 0.3, z - 0.004]]
    model.polygons([tube_], Finish.LAMP if lit else Finish.GLASS, _COLD if lit else (120, 122, 112), glow=(0, 255) if lit else DARK)


def far_pole_model(lit: bool, variant: int) -> Model:
    """The same pole for a far eye."""
    model = ModelBuilder()
    if lit:
        _pole_lamp(model, lit)
    rods(model, [0, 0, 0.0], [0, 0, POLE_M], [0.17, 0.105], Finish.CONCRETE, _CONCRETE, sides=4)
    rods(model, [[0.13, -0.75, 8.0], [0.13, -0.6, 7.35]], [[0.13, 0.75, 8.0], [0.13, 0.6, 7.35]], 0.055, Finish.METAL, _STEEL)
    if variant % 3:
        rods(model, [-0.42, 0.05, 5.9], [-0.42, 0.05, 6.72], 0.27, Finish.METAL, (96, 100, 98), sides=5)
    return model.build().grounded(1.5, 0.45)


def fallen_pole_model(variant: int) -> Model:
    """The same pole snapped at the foot, lying along +y with its stump, crossarms and wires in the street."""
    model = ModelBuilder()
    tube(model, [[0, 0, 0.0], [0.02, 0.0, 0.35], [0.06, 0.05, 0.55]], [0.18, 0.17, 0.09], Finish.CONCRETE, _CONCRETE, sides=8)
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
    whole = model.build()
    return whole.moved(Frame((0.0, 0.0, -float(whole.bounds()[0][2])))).grounded(0.5, 0.4)


def lamp_model(lit: bool, variant: int) -> Model:
    """A street lamp: tapered mast, arm over the street, a flat head; `LAMP_HEAD` is its glass."""
    model = ModelBuilder()
    lamp_mast(model, variant)
    tilt = 0.0 if lit or variant % 3 else -0.35  # some heads hang
    _head(model, LAMP_HEAD[1], LAMP_HEAD[2], tilt)
    _glass(model, LAMP_HEAD[1], LAMP_HEAD[2], tilt, (0, 255) if lit else (0, 0))
    return model.build().grounded(1.2, 0.45)


def lamp_mast(model: ModelBuilder, variant: int, bent: float = 0.0) -> Floats:
    """Mast, arm and meter box; `bent` turns the arm down by so many radians. Gives the arm's end."""
    rods(model, [0, 0, 0.0], [0, 0, 0.95], 0.1, Finish.METAL, _STEEL, sides=6)
    rods(model, [0, 0, 0.93], [0, 0, 4.6], [0.068, 0.055], Finish.METAL, _STEEL, sides=6)
    neck = np.concatenate([[vec(0, 0, 4.55)], arc([0.0, 1.2, 4.6], 1.2, 180, 95, 5), [vec(0, 1.4, 5.82)]])
    share = np.linspace(0.0, 1.0, len(neck))[:, None]
    neck = neck + share**2 * bent * np.array([0.0, 0.1, -1.3])
    tube(model, neck, 0.045, Finish.METAL, _STEEL, sides=5)
    meter = 0.95 + 0.4 * uniform(variant, "meter")
    box(model, [-0.06, -0.13, meter], [0.06, -0.06, meter + 0.4], Finish.METAL, (70, 72, 74))
    end: Floats = neck[-1]
    return end


def far_lamp_model(lit: bool, variant: int) -> Model:
    """The same lamp for a far eye: mast, arm, the light."""
    model = ModelBuilder()
    rods(model, [[0, 0, 0.0], [0, 0, 4.6], [0, 0.35, 5.45]], [[0, 0, 4.6], [0, 0.35, 5.45], [0, 1.5, 5.82]], 0.06, Finish.METAL, _STEEL)
    tilt = 0.0 if lit or variant % 3 else -0.35
    _glass(model, LAMP_HEAD[1], LAMP_HEAD[2], tilt, (0, 255) if lit else (0, 0))
    rods(model, [0, 1.18, 5.8], [0, 1.9, 5.78 + tilt], 0.13, Finish.METAL, (60, 63, 65), sides=3)
    return model.build().grounded(1.2, 0.45)


def lamp_fallen_model(variant: int) -> Model:
    """A street lamp snapped at the knee, its mast across the pavement (along +y), glass and cable at its head."""
    model = ModelBuilder()
    rods(model, [0, 0, 0.0], [0.03, 0.05, 0.5], 0.1, Finish.METAL, _STEEL, sides=6)
    bow = 0.5 * (uniform(variant, "bow") - 0.5)
    tube(
        model,
        [[0.03, 0.05, 0.45], [0.06, 0.3, 0.35], [bow, 2.4, 0.14], [1.4 * bow, 4.5, 0.07]],
        [0.085, 0.075, 0.06, 0.055],
        Finish.METAL,
        _STEEL,
        sides=5,
    )
    tube(model, [[1.4 * bow, 4.45, 0.06], [1.4 * bow + 0.1, 5.0, 0.05], [1.4 * bow + 0.4, 5.6, 0.06]], 0.045, Finish.METAL, _STEEL, sides=5)
    head = ModelBuilder()
    _head(head, 0.0, 0.05, 0.0)
    _glass(head, 0.0, 0.05, 0.0, (0, 0))
    turned = head.build().moved(Frame((0.0, 0.0, 0.0), 25.0 + 60.0 * uniform(variant, "head"), 0.0, 150.0))
    model.add(turned.moved(Frame((1.4 * bow + 0.5, 5.8, -float(turned.bounds()[0][2])))))
    k = np.arange(8)
    spot = np.stack(
        [1.4 * bow + 0.5 + 0.7 * (uniform(variant, "x", k) - 0.5), 5.8 + 0.8 * (uniform(variant, "y", k) - 0.5), 0 * k + 0.006], -1
    )
    turn = 6.28 * uniform(variant, "turn", k)[:, None] + np.array([0.0, 2.2, 4.0])
    size = 0.03 + 0.05 * uniform(variant, "size", k)[:, None]
    model.polygons(spot[:, None] + np.stack([size * np.cos(turn), size * np.sin(turn), 0 * turn], -1), Finish.GLASS, (120, 136, 132))
    tube(model, [[0.0, 0.05, 0.42], [-0.1, 0.2, 0.1], [-0.2, 0.5, 0.015], [-0.05, 0.8, 0.015]], 0.012, Finish.RUBBER, _DARK, sides=3)
    return model.build().grounded(0.4, 0.4)


def traffic_light_model(variant: int) -> Model:
    """A signal on a mast arm over the street, three lamps in a row, and one for walkers: dead, blinking amber, or its arm hanging."""
    model = ModelBuilder()
    blinks, hangs = variant % 3 == 1, variant % 3 == 2
    rods(model, [0, 0, 0.0], [0, 0, 5.6], [0.1, 0.075], Finish.METAL, _STEEL, sides=6)
    arm = ModelBuilder()
    tube(arm, [[0, 0, 0.0], [0, 1.2, 0.22], [0, 3.4, 0.3]], [0.06, 0.05, 0.04], Finish.METAL, _STEEL, sides=5)
    box(arm, [-0.12, 2.2, 0.0], [0.12, 3.4, 0.42], Finish.METAL, _DARK)
    for k, colour in enumerate(((30, 88, 74), (255, 176, 66), (70, 20, 18))):
        y = 2.42 + 0.38 * k
        glow = (5, 60) if k == 1 and blinks else (0, 0)
        lens = [[0.15, 0.0], [0.15, 0.03], [0.0, 0.07]]
        lathe(arm, lens, [0.115, y, 0.21], Finish.LAMP if glow[1] else Finish.GLASS, colour, sides=8, axis="x", glow=glow)
        visor = arc([0.12, y, 0.21], 0.165, 10, 170, 4, "yz")
        arm.polygons(_strip(visor, visor + vec(0.22, 0, -0.02)), Finish.METAL, _DARK, two_sided=True)
    model.add(arm.build(), Frame((0.0, 0.0, 5.2), 0.0, -38.0 if hangs else 0.0, 20.0 if hangs else 0.0))
    box(model, [-0.16, -0.18, 2.5], [0.16, 0.18, 3.3], Finish.METAL, _DARK)
    for z, colour in ((2.72, (24, 74, 60)), (3.08, (74, 22, 18))):
        box(model, [0.155, -0.13, z - 0.14], [0.175, 0.13, z + 0.14], Finish.GLASS, colour, skip="-x")
    return model.build().grounded(1.2, 0.45)


def bollard_model(variant: int) -> Model:
    """A steel post with a reflective band; every other knocked askew."""
    model = ModelBuilder()
    profile = [[0.06, 0.0], [0.06, 0.6], [0.064, 0.62], [0.064, 0.7], [0.06, 0.72], [0.06, 0.78], [0.0, 0.84]]
    lathe(model, profile, [0, 0, 0], Finish.METAL, (128, 110, 62), sides=8)
    whole = model.build()
    if variant % 2:
        whole = whole.moved(Frame((0.0, 0.0, 0.0), 40.0, -16.0))
        whole = whole.moved(Frame((0.0, 0.0, -float(whole.bounds()[0][2]))))
    return whole.grounded(0.4, 0.4)


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
