"""What stands on pavements by the fronts: machines, crates, bags, boards, pots.

In: a variant.  Out: `Model`s that rest on z = 0 with their backs to -y, the street before them at +y.
"""

from __future__ import annotations

import math

import numpy as np

from world.fields import uniform
from world.mesh.kits.forms import beam, box, lathe, sheet, tube, vec
from world.mesh.kits.frame import Frame
from world.mesh.kits.model import Glow, Model, ModelBuilder
from world.mesh.surface import Finish

_STEEL, _DARK, _CARD, _SOIL = (88, 92, 94), (30, 32, 34), (120, 90, 58), (44, 36, 30)


def vending_machine_model(lit: bool, variant: int) -> Model:
    """A drinks machine: glowing window with three rows of cans, buttons, slot, hatch; dark ones have a broken window."""
    model = ModelBuilder()
    shell = ((150, 154, 150), (118, 34, 30), (36, 60, 78), (92, 104, 90))[variant % 4]
    glow: Glow = (0, 42) if lit else (0, 0)  # as much as its colours can be told by
    box(model, [-0.5, -0.36, 0.06], [0.5, 0.3, 1.9], Finish.PAINT, shell)
    box(model, [-0.44, -0.3, 0.0], [0.44, 0.26, 0.07], Finish.METAL, _DARK, skip="+z")
    for low, high in (
        ([-0.5, 0.3, 0.78], [-0.44, 0.36, 1.9]),
        ([0.44, 0.3, 0.78], [0.5, 0.36, 1.9]),
        ([-0.44, 0.3, 1.78], [0.44, 0.36, 1.9]),
        ([-0.5, 0.3, 0.06], [0.5, 0.36, 0.78]),
    ):
        box(model, low, high, Finish.PAINT, shell, skip="-y")
    model.polygons(
        [[[0.44, 0.305, 0.8], [-0.44, 0.305, 0.8], [-0.44, 0.305, 1.78], [0.44, 0.305, 1.78]]],
        Finish.LAMP if lit else Finish.GLASS,
        [[(120, 152, 148), (120, 152, 148), (214, 236, 228), (214, 236, 228)]] if lit else (26, 30, 32),  # its tube is at the top
        glow=glow,
    )
    hues = ((186, 52, 40), (44, 96, 74), (196, 170, 92), (50, 72, 120), (150, 150, 146))
    for row in range(3):
        z = 0.86 + 0.31 * row
        box(model, [-0.44, 0.3, z - 0.03], [0.44, 0.34, z], Finish.METAL, _STEEL, skip="-y -x +x")
        for k in range(7):
            if uniform(variant, "sold-out", row, k) < (0.15 if lit else 0.5):
                continue
            x = -0.37 + 0.123 * k
            tint = hues[int(uniform(variant, "can", row, k) * len(hues))]
            body: Glow = (0, 18) if lit else (0, 0)
            box(
                model,
                [x - 0.032, 0.306, z],
                [x + 0.032, 0.345, z + 0.15],
                Finish.LAMP if lit else Finish.PAINT,
                tint,
                glow=body,
                skip="-y -z",
                taper=0.004,
            )
    box(model, [-0.3, 0.355, 0.2], [0.3, 0.372, 0.38], Finish.METAL, _DARK, skip="-y")
    box(model, [0.32, 0.355, 0.5], [0.42, 0.38, 0.72], Finish.METAL, _STEEL, skip="-y")
    return model.build().grounded(0.4, 0.4)


def vending_fallen_model(variant: int) -> Model:
    """The same machine thrown on its back (or its face), cans rolled out of it."""
    model = ModelBuilder()
    face_down = variant % 2 == 1
    machine = vending_machine_model(False, variant).moved(Frame((0.0, 0.0, 0.0), 0.0, -90.0 if face_down else 90.0, 2.0))
    low, high = machine.bounds()
    model.add(machine.moved(Frame((0.0, -(float(low[1]) + float(high[1])) / 2, -float(low[2])))))
    for k in range(6):
        x, y = 0.55 + 0.5 * uniform(variant, "roll-x", k), 1.6 * (uniform(variant, "roll-y", k) - 0.5)
        hue = ((186, 52, 40), (44, 96, 74), (196, 170, 92))[k % 3]
        can = ModelBuilder()
        lathe(can, [[0.0, -0.06], [0.033, -0.06], [0.033, 0.06], [0.0, 0.06]], [0, 0, 0.033], Finish.PAINT, hue, sides=6, axis="x")
        model.add(can.build(), Frame((x if k % 2 else -x, y, 0.0), 360 * uniform(variant, "turn", k)))
    return model.build().grounded(0.35, 0.4)


def crates_model(variant: int) -> Model:
    """Bottle crates and cartons, stacked and slipped."""
    model = ModelBuilder()
    places = [(-0.2, 0.0, 0.0, 4.0), (0.2, 0.05, 0.0, -8.0), (-0.17, 0.02, 0.27, 12.0), (0.02, -0.02, 0.53, 31.0)]
    for k, (x, y, z, turn) in enumerate(places[: 3 + variant % 2]):
        one = ModelBuilder()
        if (k + variant) % 3 == 0:
            box(one, [-0.2, -0.15, 0.0], [0.2, 0.15, 0.26], Finish.BARK, _CARD)
            flap = [[[-0.2, 0.15, 0.26], [0.2, 0.15, 0.26], [0.18, 0.3, 0.3], [-0.18, 0.3, 0.3]]]
            one.polygons(flap, Finish.BARK, _CARD, two_sided=True)
        else:
            tint = ((140, 110, 40), (52, 74, 66), (96, 48, 40))[(k + variant) % 3]
            for z0, z1 in ((0.0, 0.05), (0.1, 0.14), (0.21, 0.26)):
                for low, high in (
                    ([-0.2, -0.16, z0], [0.2, -0.14, z1]),
                    ([-0.2, 0.14, z0], [0.2, 0.16, z1]),
                    ([-0.2, -0.14, z0], [-0.18, 0.14, z1]),
                    ([0.18, -0.14, z0], [0.2, 0.14, z1]),
                ):
                    box(one, low, high, Finish.PAINT, tint, skip="-z" if z0 == 0 else "")
            box(one, [-0.18, -0.14, 0.01], [0.18, 0.14, 0.2], Finish.RUBBER, (14, 14, 15), skip="-z")
        model.add(one.build(), Frame((x, y, z), turn + 10 * uniform(variant, "slip", k)))
    return model.build().grounded(0.4, 0.4)


def bin_bags_model(variant: int) -> Model:
    """Full bags against the wall: soft, knotted, sagging."""
    model = ModelBuilder()
    for k, (x, y, size) in enumerate(((-0.25, 0.0, 0.3), (0.2, -0.04, 0.26), (0.02, 0.2, 0.22))[: 2 + variant % 2]):
        rings, sectors = 5, 9
        turn = np.arange(sectors + 1)[:, None] % sectors * (2 * np.pi / sectors)
        shape_r, shape_z = np.array([0.75, 1.05, 0.95, 0.5, 0.1]), np.array([0.0, 0.25, 0.75, 1.2, 1.45])
        wild = 1.0 + 0.22 * (uniform(variant * 3 + k, "bag", np.arange(sectors + 1)[:, None] % sectors, np.arange(rings)) - 0.5)
        grid = np.stack(
            [
                x + size * shape_r * wild * np.cos(turn),
                y + size * shape_r * wild * np.sin(turn),
                np.broadcast_to(size * shape_z, (sectors + 1, rings)),
            ],
            axis=-1,
        )
        sheet(model, grid, Finish.RUBBER, ((28, 29, 31), (60, 66, 62), (20, 21, 23))[(k + variant) % 3], crease_deg=60)
        lathe(model, [[0.03, 0.0], [0.07, 0.09], [0.0, 0.06]], [x, y, size * 1.4], Finish.RUBBER, (24, 25, 27), sides=5)
    return model.build().grounded(0.35, 0.3)


def menu_board_model(variant: int) -> Model:
    """A folding board before a restaurant: two leaves, chalk lines of text, a few dishes priced in another time."""
    model = ModelBuilder()
    lean = 0.17
    for side in (-1.0, 1.0):
        foot, head = side * (lean + 0.02), side * 0.02
        for x in (-0.26, 0.26):
            beam(model, [x, foot, 0.0], [x, head, 0.9], 0.04, 0.03, Finish.BARK, (70, 50, 36))
        for t in (0.1, 0.97):
            beam(
                model,
                [-0.26, foot + (head - foot) * t, 0.9 * t],
                [0.26, foot + (head - foot) * t, 0.9 * t],
                0.03,
                0.04,
                Finish.BARK,
                (70, 50, 36),
            )
        low, high = foot + (head - foot) * 0.1, foot + (head - foot) * 0.97
        quad = np.array([[side * 0.24, low, 0.09], [-side * 0.24, low, 0.09], [-side * 0.24, high, 0.87], [side * 0.24, high, 0.87]])
        model.polygons(quad[None], Finish.PAINT, (24, 30, 28), two_sided=True)
        for k in range(6):
            t0, width = 0.24 + 0.11 * k, 0.12 + 0.24 * uniform(variant, "line", k)
            y0, y1 = (foot + (head - foot) * t + side * 0.006 for t in (t0, t0 + 0.035))
            x0 = 0.2 * side
            x1 = x0 - side * width
            line = [[x0, y0, 0.9 * t0], [x1, y0, 0.9 * t0], [x1, y1, 0.9 * (t0 + 0.035)], [x0, y1, 0.9 * (t0 + 0.035)]]
            model.polygons([line], Finish.PAINT, (170, 168, 156))
    return model.build().grounded(0.4, 0.45)


def planter_model(variant: int) -> Model:
    """A concrete trough with a shrub, half of it dead sticks."""
    model = ModelBuilder()
    box(model, [-0.5, -0.22, 0.0], [0.5, 0.22, 0.42], Finish.CONCRETE, (128, 126, 120), skip="-z", taper=-0.02)
    box(model, [-0.46, -0.18, 0.4], [0.46, 0.18, 0.425], Finish.BARK, _SOIL, skip="-z -x +x -y +y")
    _leaves(model, variant, 0.36, 0.42, 26)
    return model.build().grounded(0.4, 0.4)


def potted_plant_model(variant: int) -> Model:
    """A clay pot, whole or tipped, with what still grows in it."""
    model = ModelBuilder()
    lathe(
        model,
        [[0.0, 0.0], [0.1, 0.0], [0.14, 0.2], [0.16, 0.2], [0.16, 0.24], [0.12, 0.24], [0.11, 0.2], [0.0, 0.2]],
        [0, 0, 0],
        Finish.BARK,
        (128, 72, 48),
        sides=8,
        crease_deg=30,
    )
    _leaves(model, variant, 0.2, 0.1, 12)
    return model.build().grounded(0.3, 0.4)


def cone_model(variant: int) -> Model:
    """A road cone; one in three lies."""
    model = ModelBuilder()
    box(model, [-0.18, -0.18, 0.0], [0.18, 0.18, 0.035], Finish.RUBBER, (40, 34, 30), taper=0.02)
    for r0, r1, z0, z1, tint in (
        (0.13, 0.095, 0.035, 0.24, (190, 76, 28)),
        (0.095, 0.068, 0.24, 0.4, (168, 166, 158)),
        (0.068, 0.03, 0.4, 0.66, (190, 76, 28)),
    ):
        lathe(model, [[r0, z0], [r1, z1]], [0, 0, 0], Finish.PAINT, tint, sides=9)
    lathe(model, [[0.03, 0.66], [0.0, 0.67]], [0, 0, 0], Finish.PAINT, (190, 76, 28), sides=9)
    whole = model.build()
    if variant % 3 == 0:
        whole = whole.moved(Frame((0.0, 0.0, 0.14), 0.0, -72.0))
        whole = whole.moved(Frame((0.0, 0.0, -float(whole.bounds()[0][2]))))
    return whole.grounded(0.3, 0.4)


def dumpster_model(variant: int) -> Model:
    """A steel skip with a lid ajar, or thrown open, and lifting pockets."""
    model = ModelBuilder()
    base = np.array([[-0.8, -0.45, 0.15], [0.8, -0.45, 0.15], [-0.8, 0.4, 0.15], [0.8, 0.4, 0.15]])
    top = np.array([[-0.9, -0.5, 1.15], [0.9, -0.5, 1.3], [-0.9, 0.55, 1.0], [0.9, 0.55, 1.0]])
    top[:, 2] = [1.25, 1.25, 1.05, 1.05]
    corners = np.concatenate([base, top])
    from_faces = np.array([[0, 2, 3, 1], [4, 5, 7, 6], [0, 1, 5, 4], [2, 6, 7, 3], [0, 4, 6, 2], [1, 3, 7, 5]])
    model.polygons(corners[from_faces], Finish.METAL, (48, 66, 58))
    back = variant % 2 == 1
    lid = np.array([[-0.92, -0.5, 1.28], [0.92, -0.5, 1.28], [0.92, 0.5, 1.42], [-0.92, 0.5, 1.42]])
    if back:
        lid[2:] = [[0.92, -0.62, 0.3], [-0.92, -0.62, 0.3]]
    model.polygons(lid[None], Finish.RUBBER, _DARK, two_sided=True)
    for x in (-0.97, 0.87):
        box(model, [x, -0.15, 0.85], [x + 0.1, 0.2, 1.0], Finish.METAL, _STEEL)
    for x in (-0.6, 0.6):
        for y in (-0.3, 0.28):
            lathe(model, [[0.0, -0.03], [0.08, -0.03], [0.08, 0.03], [0.0, 0.03]], [x, y, 0.08], Finish.RUBBER, _DARK, sides=7, axis="x")
    return model.build().grounded(0.4, 0.4)


def phone_booth_model(variant: int) -> Model:
    """A glazed booth, a pane or two gone, the receiver off its hook; one in four still has its light."""
    model, lit = ModelBuilder(), variant % 4 == 0
    shell = ((62, 96, 78), (118, 42, 34), (60, 76, 112), (128, 116, 70))[variant % 4]
    for x in (-0.43, 0.43):
        for y in (-0.43, 0.43):
            beam(model, [x, y, 0.0], [x, y, 2.1], 0.05, 0.05, Finish.METAL, _STEEL)
    box(model, [-0.48, -0.48, 2.08], [0.48, 0.48, 2.24], Finish.METAL, (60, 74, 66), taper=0.03)
    box(model, [-0.45, -0.45, 0.0], [0.45, 0.45, 0.06], Finish.METAL, _STEEL)
    for z in (0.35, 1.2):
        for a, b in (([-0.43, -0.43], [0.43, -0.43]), ([-0.43, -0.43], [-0.43, 0.43]), ([0.43, -0.43], [0.43, 0.43])):
            beam(model, [*a, z], [*b, z], 0.04, 0.04, Finish.METAL, _STEEL)
    for x in (-0.43, 0.43):
        if uniform(variant, "pane", int(x > 0)) < 0.35:
            continue
        model.polygons([[[x, -0.41, 0.35], [x, 0.41, 0.35], [x, 0.41, 1.18], [x, -0.41, 1.18]]], Finish.GLASS, (60, 70, 68), two_sided=True)
    box(model, [-0.2, -0.4, 1.0], [0.2, -0.2, 1.55], Finish.PAINT, shell)
    box(model, [-0.3, -0.42, 0.92], [0.3, -0.12, 0.96], Finish.METAL, _STEEL)
    tube(model, [[-0.14, -0.2, 1.2], [-0.2, -0.1, 0.75], [-0.17, -0.06, 0.5]], 0.012, Finish.RUBBER, _DARK, sides=3)
    beam(model, [-0.17, -0.06, 0.52], [-0.14, -0.02, 0.34], 0.05, 0.05, Finish.PAINT, shell)
    if lit:
        model.polygons(
            [[[-0.3, -0.3, 2.07], [-0.3, 0.3, 2.07], [0.3, 0.3, 2.07], [0.3, -0.3, 2.07]]], Finish.LAMP, (206, 232, 214), glow=(0, 120)
        )
    return model.build().grounded(0.5, 0.4)


def parking_meter_model(variant: int) -> Model:
    """A post with two heads, a slit of glass in each; every other has lost one."""
    model = ModelBuilder()
    tube(model, [[0, 0, 0.0], [0, 0, 1.05]], 0.035, Finish.METAL, _STEEL, sides=6)
    beam(model, [-0.14, 0, 1.06], [0.14, 0, 1.06], 0.05, 0.05, Finish.METAL, _STEEL)
    for x in (-0.14, 0.14)[: 2 - variant % 2]:
        lathe(
            model, [[0.0, -0.02], [0.07, 0.0], [0.085, 0.2], [0.06, 0.28], [0.0, 0.31]], [x, 0, 1.08], Finish.PAINT, (70, 76, 78), sides=8
        )
        box(model, [x - 0.035, 0.07, 1.22], [x + 0.035, 0.092, 1.3], Finish.GLASS, (40, 46, 44), skip="-y")
    return model.build().grounded(0.4, 0.45)


def manhole_model(variant: int) -> Model:
    """An iron cover in its ring, a raised pattern, level with the road (z = 0 to 12 mm)."""
    model = ModelBuilder()
    lathe(
        model,
        [[0.36, -0.02], [0.36, 0.008], [0.32, 0.008], [0.32, 0.003], [0.0, 0.003]],
        [0, 0, 0],
        Finish.METAL,
        (58, 56, 54),
        sides=18,
        crease_deg=30,
    )
    for k in range(8):
        a = k * math.pi / 4 + 0.2 * (variant % 5)
        inner, outer = vec(0.08 * math.cos(a), 0.08 * math.sin(a), 0.006), vec(0.28 * math.cos(a), 0.28 * math.sin(a), 0.006)
        beam(model, inner, outer, 0.045, 0.01, Finish.METAL, (72, 68, 64))
    return model.build()


def drain_grate_model(variant: int) -> Model:
    """A kerb drain: bars over a black pit, .6 × .4 m; every other has bars missing."""
    model = ModelBuilder()
    model.polygons([[[-0.3, -0.2, 0.002], [0.3, -0.2, 0.002], [0.3, 0.2, 0.002], [-0.3, 0.2, 0.002]]], Finish.RUBBER, (6, 6, 7))
    x = np.linspace(-0.27, 0.27, 10)[[0, 1, 2, 3, 6, 8, 9] if variant % 2 else slice(None)]
    a = np.column_stack([x, 0 * x - 0.18, 0 * x + 0.006])
    beam(model, a, a * [1.0, -1.0, 1.0], 0.024, 0.012, Finish.METAL, (66, 64, 62))
    for y in (-0.19, 0.19):
        beam(model, [-0.3, y, 0.006], [0.3, y, 0.006], 0.03, 0.014, Finish.METAL, (66, 64, 62))
    return model.build()


def _leaves(model: ModelBuilder, variant: int, z: float, reach: float, count: int) -> None:
    """Two-sided blades that fan out of the soil."""
    k = np.arange(count)
    angle, lean = 2 * np.pi * uniform(variant, "leaf-angle", k), 0.2 + 0.8 * uniform(variant, "leaf-lean", k)
    root = np.stack(
        [(uniform(variant, "leaf-x", k) - 0.5) * 2 * reach * 0.8, (uniform(variant, "leaf-y", k) - 0.5) * 0.2, np.full(count, z)], axis=-1
    )
    length = 0.18 + 0.3 * uniform(variant, "leaf-length", k)[:, None]
    out = np.stack([np.cos(angle) * lean, np.sin(angle) * lean, 1.1 - 0.5 * lean], axis=-1)
    side = np.stack([-np.sin(angle), np.cos(angle), 0 * angle], axis=-1) * 0.05
    tip, middle = root + out * length - [0, 0, 0.05], root + out * length * 0.55
    quads = np.stack([root, middle + side, tip, middle - side], axis=1)
    tint = np.where(uniform(variant, "leaf-dead", k)[:, None] < 0.4, [92, 74, 48], [40, 62, 40])
    model.polygons(quads, Finish.BARK, tint[:, None], two_sided=True)
