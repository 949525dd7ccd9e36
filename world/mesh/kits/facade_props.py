"""What hangs on facades and stands on roofs: air conditioners, pipes, tanks, aerials.

In: sizes in metres and a variant.  Out: `Model`s in a wall's frame: origin on the wall, +y out of it, z up; roof things stand on z = 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from world.fields import uniform
from world.mesh.kits.forms import beam, box, lathe, rods, tube, vec
from world.mesh.kits.frame import Frame
from world.mesh.kits.model import Model, ModelBuilder
from world.mesh.surface import Finish

COOLERS = 4  # shapes of air conditioners
PIPES, PIPE_STEP_M, SHORTEST_PIPE_M, LONGEST_PIPE_M = 3, 0.5, 4.0, 26.0  # shapes of a downpipe; what its height is a multiple of
_STEEL, _DARK, _SHELL = (88, 92, 94), (30, 32, 34), (148, 146, 138)


def warm_pipes() -> Iterator[str]:
    """Makes every air conditioner and every downpipe, one a step."""
    for variant in range(COOLERS):
        air_conditioner_model(variant)
        yield "air conditioner"
    for k in range(round(SHORTEST_PIPE_M / PIPE_STEP_M), round(LONGEST_PIPE_M / PIPE_STEP_M) + 1):
        for variant in range(PIPES):
            drain_pipe_model(PIPE_STEP_M * k, variant)
        yield "downpipe"


@lru_cache(maxsize=COOLERS)
def air_conditioner_model(variant: int) -> Model:
    """A condenser on brackets, its lower edge at z = 0: a fan behind a guard, louvres, a hose down the wall. One in four hangs by one
    bracket."""
    model = ModelBuilder()
    w, h, d = 0.82, 0.58, 0.3
    front = 0.08 + d
    box(model, [-w / 2, 0.08, 0.04], [w / 2, front, h], Finish.METAL, _SHELL)
    turn = np.arange(10) * (2 * np.pi / 10)
    rim = np.stack([-0.12 + 0.23 * np.cos(turn), np.full(10, front + 0.004), 0.04 + h / 2 - 0.23 * np.sin(turn)], axis=-1)
    model.polygons(np.stack([np.broadcast_to(rim[0], (8, 3)), rim[1:-1], rim[2:]], axis=1), Finish.METAL, _DARK)
    middle = vec(-0.12, front + 0.016, 0.04 + h / 2)
    spoke = np.array([[np.cos(a) * 0.22, 0.0, np.sin(a) * 0.22] for a in (0.0, np.pi / 3, 2 * np.pi / 3)])
    rods(model, middle - spoke, middle + spoke, 0.007, Finish.METAL, _STEEL)
    louvre = [[0.37, front + 0.004, 0.1], [0.17, front + 0.004, 0.1], [0.17, front + 0.004, h - 0.08], [0.37, front + 0.004, h - 0.08]]
    model.polygons([louvre], Finish.SHUTTER, _DARK)
    for x in (-0.3, 0.3):
        rods(model, [[x, 0.0, 0.02], [x, 0.02, -0.28]], [[x, 0.42, 0.02], [x, 0.36, 0.0]], 0.018, Finish.METAL, _STEEL)
    drop = -0.5 - 0.9 * uniform(variant, "hose")
    hose = np.array([[0.36, 0.2, 0.1], [0.47, 0.1, 0.0], [0.46, 0.04, drop]])
    rods(model, hose[:-1], hose[1:], 0.022, Finish.RUBBER, (96, 92, 84))
    whole = model.build()
    return whole.moved(Frame((0.0, 0.03, -0.1), 6.0, 0.0, 17.0)) if variant % 4 == 3 else whole


@lru_cache(maxsize=256)
def drain_pipe_model(height_m: float, variant: int) -> Model:
    """A downpipe from z = 0 to `height_m` with sockets; one in three has come away at the top."""
    model = ModelBuilder()
    away = 0.45 if variant % PIPES == 0 else 0.0
    path = np.array([[0.05, 0.22, 0.08], [0.0, 0.1, 0.25], [0.0, 0.1, height_m * 0.75], [away, 0.1 + away * 0.6, height_m]])
    rods(model, path[:-1], path[1:], 0.055, Finish.METAL, (96, 98, 96), sides=5)
    z = np.arange(0.9, height_m * 0.75, 2.6)
    foot = np.column_stack([0 * z, 0 * z + 0.1, z])
    rods(model, foot, foot + vec(0, 0, 0.1), 0.07, Finish.METAL, _STEEL, sides=5)
    rods(model, foot - [0, 0.1, 0], foot, 0.02, Finish.METAL, _STEEL)
    return model.build()


def water_tank_model(variant: int) -> Model:
    """A round tank on a stand with a ladder, about 3 m high."""
    model = ModelBuilder()
    lathe(
        model,
        [[0.0, 0.9], [0.9, 0.9], [0.92, 1.0], [0.92, 2.5], [0.8, 2.68], [0.0, 2.9]],
        [0, 0, 0],
        Finish.METAL,
        ((126, 130, 122), (112, 92, 74))[variant % 2],
        sides=14,
    )
    leg = np.array([[-0.6, -0.6, 0.0], [0.6, -0.6, 0.0], [0.6, 0.6, 0.0], [-0.6, 0.6, 0.0]])
    rods(model, leg, leg + vec(0, 0, 0.92), 0.06, Finish.METAL, _STEEL, sides=4)
    rods(model, leg + vec(0, 0, 0.04), np.roll(leg, -1, axis=0) + vec(0, 0, 0.85), 0.03, Finish.METAL, _STEEL)
    rail = np.array([[-0.18, 1.02, 0.0], [0.18, 1.02, 0.0]])
    rods(model, rail, rail + vec(0, 0, 2.9), 0.022, Finish.METAL, _STEEL)
    z = np.arange(0.3, 2.8, 0.32)
    rung = np.column_stack([0 * z - 0.18, 0 * z + 1.02, z])
    rods(model, rung, rung + vec(0.36, 0, 0), 0.013, Finish.METAL, _STEEL)
    tube(model, [[0.5, 0, 0.95], [0.5, 0.0, 0.3], [1.3, 0.2, 0.2], [1.3, 0.2, 0.06]], 0.05, Finish.METAL, (96, 98, 96), sides=6)
    return model.build()


def antenna_model(variant: int) -> Model:
    """A yagi aerial on a guyed mast, leaning as the storms left it."""
    model = ModelBuilder()
    lean = 0.5 * (uniform(variant, "lean") - 0.5)
    top = vec(lean, 0.0, 3.2)
    tube(model, np.array([vec(0, 0, 0), top]), 0.022, Finish.METAL, _STEEL, sides=5)
    for z, reach in ((0.98, 0.8), (0.78, 0.55)):
        c = top * z
        rods(model, c - vec(0, reach, 0), c + vec(0, reach, 0), 0.012, Finish.METAL, _STEEL)
        y, half = np.linspace(-reach, reach, 7), np.linspace(0.16, 0.42, 7)
        ends = [np.column_stack([c[0] + side * half, y, y * 0 + c[2]]) for side in (-1.0, 1.0)]
        rods(model, ends[0], ends[1], 0.007, Finish.METAL, _STEEL)
    foot = np.array([[1.1 * np.cos(a), 1.1 * np.sin(a), 0.0] for a in (0.0, 2.1, 4.2)])
    rods(model, top * 0.7, foot, 0.005, Finish.METAL, _STEEL)
    return model.build()


def roof_vent_model(variant: int) -> Model:
    """A mushroom vent or a louvred housing."""
    model = ModelBuilder()
    if variant % 2:
        lathe(
            model,
            [[0.18, 0.0], [0.18, 0.6], [0.36, 0.62], [0.34, 0.72], [0.0, 0.86]],
            [0, 0, 0],
            Finish.METAL,
            (112, 114, 110),
            sides=10,
            crease_deg=35,
        )
    else:
        box(model, [-0.6, -0.4, 0.0], [0.6, 0.4, 1.0], Finish.METAL, (104, 106, 102), taper=0.03)
        z = np.linspace(0.25, 0.85, 5)
        for y in (-0.41, 0.41):
            beam(
                model,
                np.column_stack([z * 0 - 0.45, z * 0 + y, z]),
                np.column_stack([z * 0 + 0.45, z * 0 + y, z]),
                0.05,
                0.05,
                Finish.METAL,
                _DARK,
            )
    return model.build().grounded(0.3, 0.5)
