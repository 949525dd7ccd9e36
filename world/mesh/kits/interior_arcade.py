"""Machines for play, and one small broken one: arcade cabinets, a claw machine, a shop's helper with its head burst.

In: a shape's number.  Out: `Model`s that rest on z = 0, their fronts along +y, as large as `world.things.indoors` says.
"""

from __future__ import annotations

import math

import numpy as np

from world.fields import uniform
from world.mesh.kits.forms import arc, beam, box, lathe, sheet, tube, vec
from world.mesh.kits.frame import Frame
from world.mesh.kits.interior_shop import GOODS, thrown
from world.mesh.kits.model import Model, ModelBuilder
from world.mesh.surface import Finish

_WHITE, _STEEL, _DARK, _BLACK = (168, 168, 162), (112, 116, 118), (44, 46, 50), (16, 17, 19)
_SCREENS = ((70, 220, 190), (255, 90, 170), (110, 150, 255), (255, 180, 70))


def robot_broken_model(shape: int) -> Model:
    """A knee-high shop helper on its side: its shell cracked open, one arm torn off, the head with its burst, arcing crown."""
    model = ModelBuilder()
    body = ModelBuilder()
    profile = [[0.0, -0.16], [0.11, -0.16], [0.135, -0.05], [0.125, 0.1], [0.07, 0.17], [0.0, 0.18]]
    lathe(body, profile, [0, 0, 0], Finish.PAINT, (176, 178, 172), sides=12, crease_deg=40)
    for side in (-1.0, 1.0):
        lathe(
            body,
            [[0.0, -0.025], [0.07, -0.02], [0.07, 0.02], [0.0, 0.025]],
            [side * 0.13, 0, -0.1],
            Finish.RUBBER,
            _DARK,
            sides=9,
            axis="x",
        )
    tube(body, [[0.12, 0.02, 0.06], [0.19, 0.1, 0.02], [0.2, 0.2, -0.05]], 0.022, Finish.PAINT, (150, 152, 148), sides=5)
    box(body, [-0.07, 0.1, -0.06], [0.07, 0.135, 0.06], Finish.GLASS, _BLACK)
    model.add(body.build(), Frame((-0.02, -0.06, 0.14), 35.0, 0.0, 84.0))
    head = ModelBuilder()
    rim = np.array([0.0, 0.35, 0.6, 0.85, 1.0])
    lathe(head, np.column_stack([0.1 * np.sin(rim * 2.2), -0.09 * np.cos(rim * 2.2)]), [0, 0, 0], Finish.PAINT, (184, 186, 180), sides=12)
    visor = arc([0, 0, -0.015], 0.098, 55, 125, 6, "xy")
    sheet(head, np.stack([visor + vec(0, 0.012, -0.03), visor + vec(0, 0.012, 0.025)], axis=1)[::-1], Finish.GLASS, _BLACK)
    lathe(head, [[0.081, 0.05], [0.0, 0.045]], [0, 0, 0], Finish.RUBBER, _BLACK, sides=12)  # where the crown is gone
    for k in range(6):
        a = 1.05 * k + 0.4 * shape
        out = vec(math.cos(a), math.sin(a), 0.0)
        tube(head, [out * 0.03 + vec(0, 0, 0.05), out * 0.05 + vec(0, 0, 0.1), out * (0.07 + 0.02 * (k % 3)) + vec(0, 0, 0.12)], 0.005,
             Finish.RUBBER, ((120, 40, 36), (40, 70, 110), (130, 110, 50))[k % 3], sides=3)  # fmt: skip
    for k in range(3):  # the arc
        a = 2.1 * k + shape
        zigzag = [[0.03 * math.cos(a + 0.9 * j), 0.03 * math.sin(a + 1.3 * j), 0.06 + 0.028 * j] for j in range(5)]
        tube(head, zigzag, 0.0035, Finish.TUBE, (190, 220, 255), sides=3, glow=(29 + 7 * shape + k, 255))
    model.add(head.build(), Frame((0.1, 0.13, 0.13), -20.0, 28.0, 24.0))
    tube(model, [[-0.04, 0.06, 0.2], [0.03, 0.12, 0.2], [0.08, 0.13, 0.1]], 0.012, Finish.RUBBER, _DARK, sides=4)
    tube(model, [[-0.22, 0.12, 0.022], [-0.16, 0.2, 0.022], [-0.06, 0.23, 0.022]], 0.02, Finish.PAINT, (150, 152, 148), sides=5)
    return thrown(model.build(), 0.0)


def arcade_cabinet_model(shape: int, lit: bool) -> Model:
    """An upright machine: raked screen, a shelf of sticks and buttons, a marquee."""
    model = ModelBuilder()
    side = ((40, 46, 92), (96, 34, 44), (34, 76, 74), (88, 72, 30))[shape % 4]
    outline = np.array(
        [
            (-0.4, 0.0),
            (0.3, 0.0),
            (0.3, 0.78),
            (0.4, 0.9),
            (0.36, 0.98),
            (0.08, 1.04),
            (-0.06, 1.46),
            (0.18, 1.54),
            (0.18, 1.72),
            (-0.4, 1.72),
        ]
    )
    boards = (
        [(-0.4, 0.0), (0.3, 0.0), (0.3, 0.78), (0.08, 1.04), (-0.4, 1.04)],
        [(0.3, 0.78), (0.4, 0.9), (0.36, 0.98), (0.08, 1.04)],
        [(-0.4, 1.04), (0.08, 1.04), (-0.06, 1.46), (-0.4, 1.46)],
        [(-0.4, 1.46), (-0.06, 1.46), (0.18, 1.54), (0.18, 1.72), (-0.4, 1.72)],
    )
    for x, sign in ((-0.34, -1.0), (0.34, 1.0)):  # the sides are not convex: a board each, in convex parts
        for board in boards:
            rim = np.array([[x, y, z] for y, z in (board if sign > 0 else board[::-1])])
            for k in range(1, len(board) - 1):
                model.polygons([[rim[0], rim[k], rim[k + 1]]], Finish.PAINT, side)
    inner = [(1, 2), (2, 3), (3, 4), (4, 5), (6, 7), (8, 9), (9, 0)]
    for a, b in inner:
        (y0, z0), (y1, z1) = outline[a], outline[b]
        model.polygons([[[0.34, y0, z0], [-0.34, y0, z0], [-0.34, y1, z1], [0.34, y1, z1]]], Finish.PAINT, _DARK)
    (y0, z0), (y1, z1) = outline[5], outline[6]
    glow = (0, 48) if lit else (0, 0)
    model.polygons([[[0.3, y0, z0], [-0.3, y0, z0], [-0.3, y1, z1], [0.3, y1, z1]]], Finish.RUBBER, _BLACK)
    tilt = vec(0.0, 0.014, 0.005)
    screen = (
        np.array([[0.24, y0 - 0.02, z0 + 0.05], [-0.24, y0 - 0.02, z0 + 0.05], [-0.24, y1 + 0.02, z1 - 0.05], [0.24, y1 + 0.02, z1 - 0.05]])
        + tilt
    )
    tint = _SCREENS[shape % 4]
    shades = np.array([tint, tint, tuple(int(c * 0.35) for c in tint), tuple(int(c * 0.5) for c in tint)]) if lit else _BLACK
    model.polygons(screen[None], Finish.LAMP if lit else Finish.GLASS, np.array(shades)[None] if lit else _BLACK, glow=glow)
    if lit:  # figures on the screen
        for k in range(5):
            u, v = uniform(shape, "sprite", k), uniform(shape, "sprite", k, 1)
            at = screen[0] * (1 - u) + screen[1] * u
            at = at * (1 - v * 0.8 - 0.1) + (screen[3] * (1 - u) + screen[2] * u) * (v * 0.8 + 0.1) + tilt * 0.3
            w = vec(0.03, 0, 0)
            h = (screen[3] - screen[0]) * 0.06
            model.polygons([[at + w, at - w, at - w + h, at + w + h]], Finish.LAMP, (240, 236, 220), glow=(0, 110))
    (y0, z0), (y1, z1) = outline[7], outline[8]
    marquee = [[0.3, y0, z0 + 0.01], [-0.3, y0, z0 + 0.01], [-0.3, y1, z1 - 0.01], [0.3, y1, z1 - 0.01]]
    model.polygons([marquee], Finish.LAMP if lit else Finish.PAINT, tint if lit else side, glow=(0, 30) if lit else (0, 0))
    for x in (-0.16, 0.1):
        beam(model, [x, 0.22, 1.0], [x, 0.21, 1.1], 0.02, 0.02, Finish.PAINT, (170, 40, 36))
        for k in range(2):
            u = x + 0.06 + 0.045 * k
            model.polygons(
                [[[u, 0.2, 1.018], [u + 0.03, 0.2, 1.018], [u + 0.03, 0.24, 1.01], [u, 0.24, 1.01]]], Finish.PAINT, (176, 150, 60)
            )
    model.polygons([[[0.1, 0.302, 0.35], [-0.1, 0.302, 0.35], [-0.1, 0.302, 0.6], [0.1, 0.302, 0.6]]], Finish.METAL, _STEEL)
    return model.build().grounded(0.3, 0.5)


def claw_machine_model(shape: int, lit: bool) -> Model:
    """A glass case of plush toys, a claw over them."""
    model = ModelBuilder()
    tint = ((150, 44, 100), (40, 96, 132))[shape % 2]
    box(model, [-0.45, -0.45, 0.0], [0.45, 0.45, 0.72], Finish.PAINT, tint, skip="-z")
    box(model, [-0.45, -0.45, 1.7], [0.45, 0.45, 1.95], Finish.PAINT, tint)
    for x in (-0.42, 0.42):
        for y in (-0.42, 0.42):
            beam(model, [x, y, 0.72], [x, y, 1.7], 0.05, 0.05, Finish.METAL, _WHITE)
    roof = [[-0.38, -0.38, 1.69], [-0.38, 0.38, 1.69], [0.38, 0.38, 1.69], [0.38, -0.38, 1.69]]
    model.polygons(
        [roof], Finish.LAMP if lit else Finish.PLASTER, (255, 210, 236) if lit else (80, 80, 80), glow=(0, 160) if lit else (0, 0)
    )
    front = [[0.36, 0.452, 1.75], [-0.36, 0.452, 1.75], [-0.36, 0.452, 1.9], [0.36, 0.452, 1.9]]
    model.polygons([front], Finish.LAMP if lit else Finish.PAINT, (255, 120, 200), glow=(0, 70) if lit else (0, 0))
    for k in range(14):
        x, y, r = (
            0.68 * (uniform(shape, "plush", k) - 0.5),
            0.68 * (uniform(shape, "plush", k, 1) - 0.5),
            0.075 + 0.03 * uniform(shape, "plush", k, 2),
        )
        ball = [[0.0, -r], [r * 0.8, -r * 0.5], [r, 0.1 * r], [r * 0.6, r * 0.8], [0.0, r]]
        lathe(model, ball, [x, y, 0.74 + r + 0.06 * (k % 3)], Finish.BARK, GOODS[k % len(GOODS)], sides=6)
    tube(model, [[0.05, 0.0, 1.68], [0.05, 0.0, 1.36]], 0.012, Finish.METAL, _STEEL, sides=4)
    for k in range(3):
        a = 2.1 * k
        tip = vec(math.cos(a), math.sin(a), 0.0)
        tube(
            model,
            [vec(0.05, 0, 1.36), vec(0.05, 0, 1.3) + tip * 0.09, vec(0.05, 0, 1.2) + tip * 0.06],
            0.009,
            Finish.METAL,
            _STEEL,
            sides=3,
        )
    box(model, [-0.3, 0.45, 0.2], [0.0, 0.46, 0.5], Finish.RUBBER, _BLACK, skip="-y")
    return model.build().grounded(0.4, 0.5)
