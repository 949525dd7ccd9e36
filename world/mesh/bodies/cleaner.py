"""The heavy: a street cleaner, broad as a car is wide, with its brushes, its tank, its stripes and its beacon.

In: nothing.  Out: a `Rig` of 1.7 m height on four wheels.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from world.mesh.bodies.fittings import ball, bolts, bulb, disc, hose, lamp, plate, shell
from world.mesh.bodies.rig import Joint, Rig, RigBuilder, Role
from world.mesh.kits.forms import beam, box, lathe, rods, tube, vec
from world.mesh.kits.model import ModelBuilder
from world.mesh.surface import Finish

UNDERSIDE_M = 0.1
EYE = (0.0, 0.93, 1.405)
WHEEL_M = 0.3  # radius
BRUSH_M = (0.5, 1.08, 0.14)
_YELLOW, _BLACK, _GREY, _STEEL, _DARK = (172, 128, 26), (18, 18, 19), (86, 90, 92), (118, 120, 120), (32, 34, 36)


@lru_cache(maxsize=1)
def cleaner_rig() -> Rig:
    """Chassis, body, mast with the head, boom, brushes, wheels, beacon."""
    x, y, z = BRUSH_M
    rig = RigBuilder(
        [
            Joint("chassis", None, (0.0, 0.0, WHEEL_M)),
            Joint("body", "chassis", (0.0, -0.1, 0.55)),
            Joint("head", "body", (0.0, 0.68, 1.2)),
            Joint("boom", "body", (0.56, 0.42, 1.05)),
            Joint("nozzle", "boom", (0.62, 0.96, 1.22)),
            Joint("brush_l", "chassis", (-x, y, z)),
            Joint("brush_r", "chassis", (x, y, z)),
            Joint("wheels_f", "chassis", (0.0, 0.55, WHEEL_M)),
            Joint("wheels_b", "chassis", (0.0, -0.72, WHEEL_M)),
            Joint("beacon", "body", (-0.3, -0.86, 1.62)),
        ]
    )
    _chassis(rig["chassis"])
    _body(rig["body"])
    _head(rig["head"])
    _boom(rig["boom"], rig["nozzle"])
    for name, side in (("brush_l", -1.0), ("brush_r", 1.0)):
        _brush(rig[name], vec(side * x, y, z))
    for name, at in (("wheels_f", 0.55), ("wheels_b", -0.72)):
        for side in (-1.0, 1.0):
            _wheel(rig[name], side, at)
    beacon = rig["beacon"]
    lathe(beacon, [[0.0, 0.0], [0.03, 0.0], [0.03, 0.02], [0.0, 0.02]], [-0.3, -0.86, 1.585], Finish.METAL, _DARK, sides=8)
    lamp(beacon, [-0.3, -0.825, 1.645], [0.035, 0.014, 0.035], Role.BEACON, 255)
    plate(
        beacon,
        np.array([[-0.345, -0.86, 1.61], [-0.255, -0.86, 1.61], [-0.255, -0.86, 1.68], [-0.345, -0.86, 1.68]]),
        0.012,
        Finish.METAL,
        _STEEL,
    )
    return rig.build(underside_m=UNDERSIDE_M, eye=("head", EYE), circuit=("body", (0.28, -1.12, 0.86)))


def _chassis(model: ModelBuilder) -> None:
    box(model, [-0.46, -1.1, 0.22], [0.46, 0.95, 0.42], Finish.METAL, _DARK)
    for y in (0.55, -0.72):
        tube(model, [[-0.62, y, WHEEL_M], [0.62, y, WHEEL_M]], 0.05, Finish.METAL, (52, 54, 56), sides=6)
    box(model, [-0.68, 0.84, 0.3], [0.68, 1.0, 0.56], Finish.METAL, (44, 46, 48), taper=0.02)
    _hazard(model, -0.66, 0.66, 1.004, 0.33, 0.53)
    for side in (-1.0, 1.0):
        beam(model, [side * 0.4, 0.95, 0.38], [side * BRUSH_M[0], BRUSH_M[1], 0.3], 0.07, 0.05, Finish.METAL, (70, 72, 72))
        disc(model, [side * BRUSH_M[0], BRUSH_M[1], 0.29], 0.11, 0.1, Finish.METAL, (60, 62, 62), sides=10)
        bulb(model, [side * 0.56, 1.012, 0.62], 0.045, Role.WORK, 110)
        box(model, [side * 0.56 - 0.07, 0.92, 0.56], [side * 0.56 + 0.07, 1.0, 0.68], Finish.METAL, _BLACK)
    box(model, [-0.5, -1.2, 0.14], [0.5, -1.05, 0.3], Finish.RUBBER, _BLACK, taper=0.01)  # the squeegee
    hose(model, [(-0.4, -1.12, 0.3), (-0.5, -1.24, 0.42), (-0.42, -1.2, 0.62), (-0.3, -1.1, 0.72)], 0.035)


def _body(model: ModelBuilder) -> None:
    """The hopper, the water tank that lies on it, its ladder, pipes and plates."""
    rows = [
        (-1.12, 0.62, 0, 0.2, 0.5),
        (-1.06, 0.64, 0, 0.27, 0.6),
        (0.2, 0.66, 0, 0.28, 0.62),
        (0.72, 0.64, 0, 0.26, 0.56),
        (0.86, 0.6, 0, 0.17, 0.48),
    ]
    shell(model, rows, Finish.PAINT, _YELLOW, power=5.0, sides=16, axis="y", crease_deg=30)
    rows = [
        (-1.02, 1.12, 0, 0.1, 0.1),
        (-0.98, 1.12, 0, 0.26, 0.3),
        (-0.9, 1.12, 0, 0.31, 0.36),
        (0.18, 1.12, 0, 0.31, 0.36),
        (0.26, 1.12, 0, 0.26, 0.3),
        (0.3, 1.12, 0, 0.1, 0.1),
    ]
    shell(model, rows, Finish.PAINT, (168, 172, 168), power=2.4, sides=14, axis="y", crease_deg=34)
    for y in (-0.7, -0.1):  # straps
        rows = [(y - 0.035, 1.12, 0, 0.32, 0.37), (y + 0.035, 1.12, 0, 0.32, 0.37)]
        shell(model, rows, Finish.METAL, (70, 72, 74), power=2.4, sides=14, axis="y", crease_deg=20)
    disc(model, [0.0, -0.4, 1.44], 0.13, 0.06, Finish.METAL, _STEEL, sides=12)  # the filler
    tube(model, [[-0.07, -0.4, 1.46], [-0.05, -0.4, 1.52], [0.05, -0.4, 1.52], [0.07, -0.4, 1.46]], 0.012, Finish.METAL, _DARK, sides=4)
    for side in (-1.0, 1.0):
        _side_stripes(model, side)
        z = np.array([0.5, 0.64, 0.78])
        face = side * 0.632
        for row in z:  # louvres behind the stripes
            box(
                model,
                [min(face, face - side * 0.02), -0.98, row],
                [max(face, face - side * 0.02), -0.58, row + 0.06],
                Finish.RUBBER,
                _BLACK,
            )
        tube(
            model,
            [[side * 0.42, -0.95, 0.9], [side * 0.44, -0.5, 0.93], [side * 0.44, 0.2, 0.93], [side * 0.36, 0.5, 0.95]],
            0.03,
            Finish.RUBBER,
            _DARK,
            sides=6,
        )
    tube(
        model, [[0.46, -1.0, 0.8], [0.5, -1.06, 1.2], [0.5, -1.06, 1.58], [0.5, -1.1, 1.64]], 0.04, Finish.METAL, (70, 58, 48), sides=7
    )  # exhaust
    rods(model, [[-0.55, -1.14, 0.5], [-0.25, -1.14, 0.5]], [[-0.5, -1.1, 1.3], [-0.2, -1.1, 1.3]], 0.016, Finish.METAL, _STEEL, sides=4)
    rungs = np.linspace(0.1, 0.9, 5)[:, None]
    left, right = np.array([-0.55, -1.14, 0.5]), np.array([-0.25, -1.14, 0.5])
    rise = np.array([0.05, 0.04, 0.8])
    rods(model, left + rungs * rise, right + rungs * rise, 0.012, Finish.METAL, _STEEL, sides=4)
    box(model, [0.1, -1.17, 0.62], [0.46, -1.08, 1.0], Finish.METAL, (74, 78, 80), taper=0.012)  # the box with the circuits
    bolts(model, [[0.14, -1.172, 0.66], [0.42, -1.172, 0.66], [0.14, -1.172, 0.96], [0.42, -1.172, 0.96]], 0.014, tint=_DARK)
    hose(model, [(0.2, -1.14, 0.98), (0.16, -1.2, 1.14), (0.1, -1.06, 1.24)], 0.016, (30, 30, 32))
    hose(model, [(0.3, -1.14, 0.98), (0.34, -1.24, 1.1), (0.26, -1.04, 1.2)], 0.014, (92, 34, 26))
    lamp(model, [-0.44, -1.13, 0.62], [0.05, 0.008, 0.02], Role.STATE, 90)
    lamp(model, [0.52, -1.1, 0.56], [0.04, 0.008, 0.02], Role.STATE, 90)
    for side in (-1.0, 1.0):
        lamp(model, [side * 0.3, 0.866, 0.69], [0.09, 0.01, 0.018], Role.STATE, 110)
    for side in (-1.0, 1.0):
        lamp(model, [side * 0.636, 0.3, 0.86], [0.006, 0.1, 0.014], Role.STATE, 90)
    tube(model, [[-0.3, -0.86, 1.36], [-0.3, -0.86, 1.6]], 0.03, Finish.METAL, _DARK, sides=6)
    box(model, [-0.26, 0.52, 0.84], [0.26, 0.8, 1.1], Finish.METAL, (62, 64, 66), taper=0.05)  # the mast's foot
    tube(model, [[0, 0.68, 1.08], [0, 0.68, 1.24]], 0.09, Finish.RUBBER, _BLACK, sides=10)


def _head(model: ModelBuilder) -> None:
    """A welder's hood between two floodlights."""
    rows = [
        (1.2, 0, 0.68, 0.13, 0.12),
        (1.26, 0, 0.72, 0.2, 0.17),
        (1.4, 0, 0.74, 0.22, 0.19),
        (1.52, 0, 0.7, 0.19, 0.17),
        (1.57, 0, 0.66, 0.1, 0.1),
    ]
    shell(model, rows, Finish.PAINT, (150, 112, 24), power=4.0, sides=16)
    box(model, [-0.2, 0.88, 1.36], [0.2, 0.945, 1.45], Finish.METAL, _BLACK)
    lamp(model, [0.0, 0.95, 1.405], [0.165, 0.01, 0.017], Role.EYE, 255)
    plate(model, np.array([[-0.23, 0.86, 1.455], [0.23, 0.86, 1.455], [0.19, 1.02, 1.47], [-0.19, 1.02, 1.47]]), 0.016, Finish.METAL, _DARK)
    for k in range(4):
        box(model, [-0.1 + 0.06 * k, 0.9, 1.26], [-0.075 + 0.06 * k, 0.925, 1.33], Finish.RUBBER, _BLACK)
    for side in (-1.0, 1.0):
        beam(model, [side * 0.2, 0.72, 1.42], [side * 0.32, 0.74, 1.42], 0.05, 0.04, Finish.METAL, _DARK)
        lathe(
            model,
            [[0.0, -0.09], [0.05, -0.08], [0.085, 0.02], [0.085, 0.06], [0.07, 0.05], [0.0, 0.04]],
            [side * 0.35, 0.8, 1.42],
            Finish.METAL,
            _DARK,
            sides=10,
            axis="y",
        )
        bulb(model, [side * 0.35, 0.856, 1.42], 0.06, Role.WORK, 255, flat=0.3)
        hose(model, [(side * 0.34, 0.71, 1.42), (side * 0.3, 0.6, 1.34), (side * 0.12, 0.6, 1.22)], 0.012)
    tube(model, [[0.12, 0.6, 1.55], [0.13, 0.56, 1.8], [0.14, 0.5, 2.0]], [0.008, 0.006, 0.003], Finish.METAL, _DARK, sides=4)


def _boom(boom: ModelBuilder, nozzle: ModelBuilder) -> None:
    """A hydraulic arm that once held a lance: it ends in a grab now."""
    ball(boom, [0.56, 0.42, 1.05], 0.1, Finish.METAL, _GREY)
    shell(
        boom,
        [(0.42, 1.05, 0.57, 0.075, 0.06), (0.7, 1.15, 0.6, 0.085, 0.065), (0.98, 1.22, 0.62, 0.06, 0.05)],
        Finish.PAINT,
        _YELLOW,
        power=4,
        sides=8,
        axis="y",
        crease_deg=25,
    )
    tube(boom, [[0.57, 0.48, 0.93], [0.61, 0.74, 1.05]], 0.04, Finish.METAL, _DARK, sides=6)
    tube(boom, [[0.61, 0.7, 1.03], [0.62, 0.92, 1.15]], 0.022, Finish.METAL, (150, 152, 152), sides=6)
    hose(boom, [(0.5, 0.4, 1.12), (0.5, 0.64, 1.3), (0.55, 0.9, 1.32)], 0.016)
    ball(nozzle, [0.62, 0.96, 1.22], 0.07, Finish.METAL, _GREY)
    tube(nozzle, [[0.62, 0.96, 1.22], [0.62, 1.12, 1.0], [0.62, 1.2, 0.86]], [0.06, 0.055, 0.045], Finish.PAINT, _YELLOW, sides=7)
    disc(nozzle, [0.62, 1.21, 0.84], 0.07, 0.06, Finish.METAL, _DARK, sides=8)
    for turn in (0.4, 2.5, 4.6):
        out = vec(float(np.cos(turn)), float(np.sin(turn)), 0.0)
        root = vec(0.62, 1.21, 0.82) + out * 0.05
        tube(
            nozzle,
            [root, root + out * 0.09 - vec(0, 0, 0.09), root + out * 0.02 - vec(0, 0, 0.21)],
            [0.024, 0.022, 0.007],
            Finish.METAL,
            _STEEL,
            sides=4,
        )


def _brush(model: ModelBuilder, at: object) -> None:
    centre = np.asarray(at, float)
    lathe(model, [[0.0, 0.06], [0.16, 0.06], [0.13, 0.12], [0.0, 0.12]], centre, Finish.METAL, _DARK, sides=12)
    count = 12
    for k in range(count):
        turn, long = 2 * np.pi * k / count, 0.36 + 0.03 * (k % 3)
        out = vec(float(np.cos(turn)), float(np.sin(turn)), 0.0)
        aside = vec(-out[1], out[0], 0.0)
        root, tip = centre + out * 0.13 + vec(0, 0, 0.06), centre + out * long - aside * 0.05 - vec(0, 0, 0.13)
        beam(model, root, tip, 0.065, 0.012, Finish.BARK, (96, 92, 78) if k % 2 else (66, 70, 60))


def _wheel(model: ModelBuilder, side: float, y: float) -> None:
    r, at = WHEEL_M, [side * 0.6, y, WHEEL_M]
    lathe(
        model,
        [[0.0, -0.1], [r - 0.05, -0.1], [r, -0.07], [r, 0.07], [r - 0.05, 0.1], [0.0, 0.1]],
        at,
        Finish.RUBBER,
        (40, 40, 42),
        sides=14,
        axis="x",
    )
    out = side * 0.105
    lathe(
        model,
        [[0.0, -0.012], [0.17, -0.012], [0.15, 0.012], [0.0, 0.012]],
        [side * 0.6 + out, y, WHEEL_M],
        Finish.METAL,
        _STEEL,
        sides=9,
        axis="x",
    )
    for turn in np.arange(3) * (2 * np.pi / 3):
        bolts(
            model,
            [[side * 0.6 + out * 1.15, y + 0.09 * float(np.cos(turn)), WHEEL_M + 0.09 * float(np.sin(turn))]],
            0.016,
            axis="x",
            tint=_DARK,
        )
    for turn in np.arange(6) * (np.pi / 3):  # tread
        c, s = float(np.cos(turn)), float(np.sin(turn))
        beam(
            model,
            [side * 0.6 - 0.09, y + r * c, WHEEL_M + r * s],
            [side * 0.6 + 0.09, y + r * c, WHEEL_M + r * s],
            0.04,
            0.03,
            Finish.RUBBER,
            (30, 30, 31),
        )


def _hazard(model: ModelBuilder, low: float, high: float, y: float, bottom: float, top: float) -> None:
    """Slanting stripes, yellow on black, across the front."""
    count = 8
    step = (high - low) / count
    for k in range(count):
        x = low + k * step
        stripe = [[x, y, bottom], [x + 0.5 * step, y, bottom], [x + step, y, top], [x + 0.5 * step, y, top]]
        model.polygons(np.array([stripe])[:, ::-1], Finish.PAINT, _YELLOW)


def _side_stripes(model: ModelBuilder, side: float) -> None:
    x = side * 0.633
    for k in range(5):
        y = -0.46 + 0.2 * k
        stripe = np.array([[x, y, 0.45], [x, y + 0.1, 0.45], [x, y + 0.2, 0.6], [x, y + 0.1, 0.6]])
        model.polygons((stripe if side > 0 else stripe[::-1])[None], Finish.PAINT, _BLACK)
