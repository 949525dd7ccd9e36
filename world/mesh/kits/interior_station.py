"""What stands in a station: gates, ticket machines, seats, signs, a stopped train.

In: a shape's number.  Out: `Model`s that rest on z = 0 (signs hang from it), their fronts along +y, as large as
`world.things.indoors` says.
"""

from __future__ import annotations

import numpy as np

from world.mesh.kits.forms import beam, box, lathe, prism, sheet, tube, vec
from world.mesh.kits.model import Model, ModelBuilder
from world.mesh.surface import Finish

_STEEL, _DARK, _BLACK = (118, 122, 124), (46, 46, 48), (16, 17, 19)


def platform_bench_model(shape: int) -> Model:
    """Four moulded seats on a beam, one cracked away."""
    model = ModelBuilder()
    tint = ((40, 92, 110), (150, 96, 40))[shape % 2]
    beam(model, [-0.82, -0.02, 0.3], [0.82, -0.02, 0.3], 0.07, 0.07, Finish.METAL, _DARK)
    for x in (-0.55, 0.55):
        beam(model, [x, -0.02, 0.0], [x, -0.02, 0.3], 0.06, 0.06, Finish.METAL, _DARK)
        box(model, [x - 0.04, -0.2, 0.0], [x + 0.04, 0.2, 0.025], Finish.METAL, _DARK)
    for k in range(4):
        if k == 1 + shape % 2 and shape:
            continue
        x = -0.63 + 0.42 * k
        profile = np.array([(0.24, 0.42), (0.1, 0.385), (-0.08, 0.375), (-0.18, 0.44), (-0.235, 0.74)])
        grid = np.stack(
            [np.column_stack([np.full(5, x + d), profile[:, 0], profile[:, 1] + 0.02 * (abs(d) > 0.1)]) for d in (-0.19, -0.06, 0.06, 0.19)]
        )
        sheet(model, grid, Finish.PAINT, tint, two_sided=True)
    return model.build().grounded(0.3, 0.5)


def ticket_gate_model(shape: int) -> Model:
    """One barrier of a row of gates: its reader, its flap half shut."""
    model = ModelBuilder()
    outline = [(-0.9, 0.0), (0.9, 0.0), (0.9, 0.9), (0.8, 1.02), (-0.8, 1.02), (-0.9, 0.9)]
    prism(model, outline, -0.14, 0.14, Finish.METAL, (126, 130, 130), axis="x")
    box(model, [-0.1, 0.5, 1.02], [0.1, 0.78, 1.05], Finish.PAINT, (40, 70, 120), skip="-z")
    box(model, [-0.1, -0.5, 1.02], [0.1, -0.2, 1.03], Finish.GLASS, _BLACK, skip="-z")
    for side in (-1.0, 1.0):
        box(
            model,
            [side * 0.14, -0.7, 0.3] if side > 0 else [-0.15, -0.7, 0.3],
            [0.15, 0.7, 0.36] if side > 0 else [-0.14, 0.7, 0.36],
            Finish.PAINT,
            (176, 140, 40),
        )
    return model.build().grounded(0.4, 0.45)


def ticket_machine_model(shape: int, lit: bool) -> Model:
    """A ticket machine: screen, slots, a map panel over it."""
    model = ModelBuilder()
    outline = [(-0.25, 0.0), (0.25, 0.0), (0.25, 0.95), (0.16, 1.2), (0.1, 1.85), (-0.25, 1.85)]
    prism(model, outline, -0.4, 0.4, Finish.PAINT, ((130, 136, 134), (60, 100, 96))[shape % 2], axis="x")
    screen = [[0.3, 0.166, 1.22], [-0.14, 0.166, 1.22], [-0.14, 0.12, 1.55], [0.3, 0.12, 1.55]]
    model.polygons([screen], Finish.LAMP if lit else Finish.GLASS, (120, 210, 220) if lit else _BLACK, glow=(0, 70) if lit else (0, 0))
    panel = [[0.36, 0.125, 1.6], [-0.36, 0.125, 1.6], [-0.36, 0.107, 1.82], [0.36, 0.107, 1.82]]
    model.polygons(
        [panel], Finish.LAMP if lit else Finish.PLASTER, (230, 236, 220) if lit else (96, 96, 90), glow=(0, 45) if lit else (0, 0)
    )
    box(model, [-0.34, 0.13, 1.24], [-0.2, 0.17, 1.4], Finish.METAL, _DARK)
    box(model, [-0.3, 0.25, 0.4], [0.1, 0.262, 0.6], Finish.METAL, _BLACK, skip="-y")
    return model.build().grounded(0.4, 0.45)


def platform_sign_model(shape: int, lit: bool) -> Model:
    """A hanging board with the station's stripe; hangs from z = 0."""
    model = ModelBuilder()
    for x in (-0.6, 0.6):
        tube(model, [[x, 0, 0.62], [x, 0, 0.0]], 0.015, Finish.METAL, _STEEL, sides=4)
    box(model, [-0.8, -0.06, -0.42], [0.8, 0.06, 0.0], Finish.METAL, _DARK)
    for y, turn in ((0.063, 1.0), (-0.063, -1.0)):
        face = np.array([[0.76 * turn, y, -0.38], [-0.76 * turn, y, -0.38], [-0.76 * turn, y, -0.04], [0.76 * turn, y, -0.04]])
        model.polygons(
            face[None], Finish.LAMP if lit else Finish.PLASTER, (226, 232, 224) if lit else (110, 110, 104), glow=(0, 50) if lit else (0, 0)
        )
        out = vec(0, 0.004 * turn, 0)
        stripe = face * [1, 1, 0] + np.array([[0, 0, -0.3], [0, 0, -0.3], [0, 0, -0.24], [0, 0, -0.24]]) + out
        model.polygons(stripe[None], Finish.PAINT, ((40, 110, 80), (150, 60, 40))[shape % 2])
        for k in range(6):  # the name, as strokes
            x, low = (-0.45 + 0.15 * k) * turn, -0.08 - 0.02 * (k % 2)
            stroke = np.array(
                [[x + 0.05 * turn, y, -0.18], [x - 0.05 * turn, y, -0.18], [x - 0.05 * turn, y, low], [x + 0.05 * turn, y, low]]
            )
            model.polygons((stroke + out)[None], Finish.PAINT, _BLACK)
    return model.build()


def train_bay_model(shape: int) -> Model:
    """2.9 m of a stopped train's side and roof: windows or a pair of doors, a stripe, soot."""
    model = ModelBuilder()
    for low, high, tint in ((0.35, 1.35, (128, 134, 134)), (2.55, 3.1, (128, 134, 134)), (1.35, 1.47, (44, 110, 76))):
        box(model, [-1.45, -1.3, low], [1.45, 1.3, high], Finish.METAL, tint, skip="-x +x +z" if high < 3.0 else "-x +x")
    roof = np.array([(1.3, 3.1), (1.1, 3.4), (0.5, 3.55), (-0.5, 3.55), (-1.1, 3.4), (-1.3, 3.1)])
    prism(model, roof, -1.45, 1.45, Finish.METAL, (96, 98, 96), axis="x")
    doors = shape % 2 == 0
    posts = (-1.45, -0.75, 0.67, 1.37) if doors else (-1.45, -0.06, 1.37)
    for x in posts:
        for y in (-1.3, 1.22):
            box(model, [x, y, 1.47], [x + 0.08, y + 0.08, 2.55], Finish.METAL, (128, 134, 134), skip="-z +z")
    for y, sign in ((1.26, 1.0), (-1.26, -1.0)):
        pane = np.array([[1.4, y, 1.47], [-1.4, y, 1.47], [-1.4, y, 2.55], [1.4, y, 2.55]])
        model.polygons((pane if sign > 0 else pane[::-1])[None], Finish.GLASS, (30, 36, 38))
    if doors:
        for a, b in ((-0.67, -0.02), (0.02, 0.67)):
            box(model, [a, 1.3, 0.37], [b, 1.315, 2.5], Finish.METAL, (150, 154, 152), skip="-y")
            model.polygons(
                [[[b - 0.12, 1.318, 1.5], [a + 0.12, 1.318, 1.5], [a + 0.12, 1.318, 2.35], [b - 0.12, 1.318, 2.35]]],
                Finish.GLASS,
                (24, 30, 32),
            )
    for x in (-0.9, 0.9):
        lathe(
            model, [[0.0, -0.06], [0.4, -0.06], [0.42, 0.02], [0.0, 0.06]], [x, 0.72, 0.42], Finish.METAL, (60, 54, 50), sides=12, axis="y"
        )
    box(model, [-1.45, -1.0, 0.12], [1.45, 1.0, 0.35], Finish.RUBBER, _DARK, skip="-x +x")
    return model.build()
