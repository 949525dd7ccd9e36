"""What people left when they ran: bicycles, umbrellas, a stroller, a shoe.

In: a variant.  Out: `Model`s that rest on z = 0; bicycles along +y.
"""

from __future__ import annotations

import math

import numpy as np

from world.fields import uniform
from world.mesh.kits.forms import beam, box, lathe, rods, sheet, tube, vec
from world.mesh.kits.frame import Frame
from world.mesh.kits.model import Floats, Model, ModelBuilder
from world.mesh.surface import Finish

_STEEL, _DARK = (112, 116, 118), (24, 25, 27)


def bicycle_model(variant: int) -> Model:
    """A town bicycle with a basket: leaning on its stand, or, one in three, thrown down with a buckled wheel."""
    model = ModelBuilder()
    paint = ((60, 76, 84), (120, 44, 36), (52, 70, 56), (130, 128, 120))[variant % 4]
    down = variant % 3 == 0
    rear, front = vec(0, -0.52, 0.33), vec(0, 0.54, 0.33)
    for k, hub in enumerate((rear, front)):
        turn = np.radians(np.arange(12) * 30.0)
        buckle = 0.06 * np.sin(2 * turn) if down and k else 0.0 * turn
        ring = hub + np.stack([buckle, 0.32 * np.cos(turn), 0.32 * np.sin(turn)], axis=-1)
        tube(model, ring, 0.018, Finish.RUBBER, _DARK, sides=3, closed=True)
        rods(model, np.broadcast_to(hub, (6, 3)), ring[::2], 0.004, Finish.METAL, _STEEL)
    seat, head, crank = vec(0, -0.2, 0.82), vec(0, 0.36, 0.86), vec(0, -0.06, 0.3)
    for path in ([head, crank, seat], [head - vec(0, 0, 0.14), vec(0, -0.16, 0.66)], [crank, rear, vec(0, -0.17, 0.7)]):
        tube(model, np.array(path), 0.018, Finish.PAINT, paint, sides=4)
    tube(model, [front, front + vec(0, -0.02, 0.1), head + vec(0, 0.02, 0.12)], 0.016, Finish.METAL, _STEEL, sides=4)
    tube(
        model,
        [[-0.27, 0.2, 0.99], [-0.22, 0.33, 1.01], [0, 0.38, 0.98], [0.22, 0.33, 1.01], [0.27, 0.2, 0.99]],
        0.014,
        Finish.METAL,
        _STEEL,
        sides=4,
    )
    tube(model, [seat, seat + vec(0, -0.02, 0.1)], 0.014, Finish.METAL, _STEEL, sides=4)
    box(model, [-0.08, -0.36, 0.9], [0.08, -0.1, 0.96], Finish.RUBBER, _DARK, taper=0.02)
    beam(model, [-0.14, -0.06, 0.3], [0.14, -0.06, 0.3], 0.03, 0.03, Finish.METAL, _STEEL)
    for z in (0.66, 0.86):
        w = 0.12 + (z - 0.66) * 0.2
        hoop = np.array([[-w, 0.46, z], [w, 0.46, z], [w, 0.74, z], [-w, 0.74, z]])
        rods(model, hoop, np.roll(hoop, -1, axis=0), 0.007, Finish.METAL, _STEEL)
    bars = np.array([[x, y] for x in (-1.0, 0.0, 1.0) for y in (0.46, 0.74)])
    low = np.column_stack([bars[:, 0] * 0.12, bars[:, 1], np.full(6, 0.66)])
    rods(model, low, low + np.column_stack([bars[:, 0] * 0.04, 0 * bars[:, 0], np.full(6, 0.2)]), 0.006, Finish.METAL, _STEEL)
    whole = model.build()
    whole = whole.moved(Frame((0.0, 0.0, 0.0), 0.0, 0.0, 84.0 if down else 9.0))
    return whole.moved(Frame((-0.45 if down else 0.0, 0.0, -float(whole.bounds()[0][2])))).grounded(0.3, 0.5)


def umbrella_model(variant: int) -> Model:
    """An open umbrella blown over, one or two ribs bent inside out; lies on its rim."""
    model = ModelBuilder()
    ribs = 8
    turn = np.arange(ribs + 1) % ribs * (2 * np.pi / ribs)
    bent = uniform(variant, "rib", np.arange(ribs + 1) % ribs) < 0.22
    reach = np.array([0.0, 0.3, 0.52])[None] * np.ones((ribs + 1, 1))
    height = np.where(bent[:, None], np.array([0.0, -0.02, 0.14]), np.array([0.0, -0.07, -0.2]))
    grid = np.stack([reach * np.cos(turn)[:, None], reach * np.sin(turn)[:, None], height + 0.72], axis=-1)
    tint = ((28, 32, 38), (120, 128, 122), (96, 36, 34), (40, 64, 60))[variant % 4]
    sheet(model, grid, Finish.BARK, tint, crease_deg=15, two_sided=True)
    for k in range(ribs):
        tube(model, grid[k] - vec(0, 0, 0.006), 0.004, Finish.METAL, _STEEL, sides=3)
    tube(model, [[0, 0, 0.0], [0, 0, 0.8]], 0.008, Finish.METAL, _STEEL, sides=4)
    crook = [[0.05 - 0.05 * math.cos(a), 0, -0.05 * math.sin(a)] for a in np.linspace(0, 3.1, 5)]
    tube(model, crook, 0.013, Finish.RUBBER, _DARK, sides=5)
    whole = model.build().moved(Frame((0.0, 0.0, 0.0), 0.0, 0.0, 112.0 + 8 * uniform(variant, "lie")))
    low, high = whole.bounds()
    return whole.moved(Frame((-(low[0] + high[0]) / 2, 0.0, -float(low[2])))).grounded(0.25, 0.5)


def stroller_model(variant: int) -> Model:
    """A child's pushchair, hood half up, standing or tipped."""
    model = ModelBuilder()
    cloth = ((70, 82, 96), (104, 66, 60), (64, 78, 66))[variant % 3]
    for x in (-0.22, 0.22):
        tube(model, [[x, 0.36, 0.1], [x, -0.1, 0.55], [x, -0.42, 1.0]], 0.013, Finish.METAL, _STEEL, sides=4)
        tube(model, [[x, -0.34, 0.1], [x, 0.18, 0.52]], 0.013, Finish.METAL, _STEEL, sides=4)
        for y in (-0.34, 0.36):
            lathe(
                model,
                [[0.0, -0.015], [0.09, -0.015], [0.1, 0.0], [0.09, 0.015], [0.0, 0.015]],
                [x, y, 0.1],
                Finish.RUBBER,
                _DARK,
                sides=8,
                axis="x",
            )
    tube(model, [[-0.22, -0.42, 1.0], [0.22, -0.42, 1.0]], 0.018, Finish.RUBBER, _DARK, sides=4)
    profile = np.array([(0.34, 0.3), (0.2, 0.38), (0.0, 0.36), (-0.16, 0.5), (-0.24, 0.8)])
    grid = np.stack([np.column_stack([np.full(5, x), profile[:, 0], profile[:, 1] + 0.06 * abs(x) * 4]) for x in (-0.2, 0.0, 0.2)])
    sheet(model, grid, Finish.BARK, cloth, two_sided=True)
    angle = np.radians(np.linspace(95, 15, 5))
    hood = np.stack(
        [
            np.column_stack([np.full(5, x), -0.22 + 0.36 * np.cos(angle), 0.6 + (0.36 - 0.1 * (abs(x) > 0.1)) * np.sin(angle)])
            for x in (-0.22, -0.1, 0.1, 0.22)
        ]
    )
    sheet(model, hood, Finish.BARK, cloth, two_sided=True, crease_deg=40)
    whole = model.build()
    if variant % 2:
        whole = whole.moved(Frame((0.0, 0.0, 0.0), 0.0, 0.0, 86.0))
        whole = whole.moved(Frame((-0.5, 0.0, -float(whole.bounds()[0][2]))))
    return whole.grounded(0.3, 0.45)


def suitcase_model(variant: int) -> Model:
    """A wheeled case: standing with its handle out, on its side, or burst open with clothes out of it."""
    model = ModelBuilder()
    shell = ((62, 72, 84), (118, 46, 42), (54, 74, 62), (112, 104, 90))[variant % 4]
    state = variant % 3
    body = ModelBuilder()
    box(body, [-0.22, -0.13, 0.04], [0.22, 0.13 if state < 2 else 0.0, 0.64], Finish.PAINT, shell, taper=0.015)
    for x in (-0.12, 0.0, 0.12):
        box(
            body,
            [x - 0.012, 0.13 if state < 2 else 0.0, 0.08],
            [x + 0.012, 0.14 if state < 2 else 0.01, 0.6],
            Finish.RUBBER,
            _DARK,
            skip="-y",
        )
    rods(body, [[-0.09, -0.1, 0.62], [0.09, -0.1, 0.62]], [[-0.09, -0.1, 0.98], [0.09, -0.1, 0.98]], 0.01, Finish.METAL, _STEEL)
    rods(body, [-0.11, -0.1, 0.99], [0.11, -0.1, 0.99], 0.016, Finish.RUBBER, _DARK)
    for x in (-0.17, 0.17):
        lathe(body, [[0.0, -0.02], [0.04, -0.02], [0.04, 0.02], [0.0, 0.02]], [x, -0.1, 0.04], Finish.RUBBER, _DARK, sides=6, axis="x")
    whole = body.build()
    if state:
        whole = whole.moved(Frame((0.0, 0.0, 0.0), 0.0, 90.0 if state == 2 else -90.0))
        low, high = whole.bounds()
        whole = whole.moved(Frame((0.0, -(float(low[1]) + float(high[1])) / 2, -float(low[2]))))
    model.add(whole)
    if state == 2:
        lid = [[[-0.22, 0.45, 0.02], [0.22, 0.45, 0.02], [0.2, 0.72, 0.4], [-0.24, 0.7, 0.38]]]
        model.polygons(lid, Finish.PAINT, shell, two_sided=True)
        for k in range(3):
            u, v = np.meshgrid(np.linspace(-0.2, 0.2, 4), np.linspace(-0.25, 0.25, 4), indexing="ij")
            fold = 0.07 * uniform(variant, "fold", k, np.arange(4)[:, None], np.arange(4)) + 0.012
            cloth = ((120, 112, 100), (92, 56, 62), (66, 78, 96))[k]
            sheet(model, np.stack([u + 0.25 * (k - 1), v + 0.25 * k, fold + 0.1 * (k == 0)], axis=-1), Finish.BARK, cloth, two_sided=True)
    return model.build().grounded(0.3, 0.45)


def toys_model(variant: int) -> Model:
    """A ball, blocks, a bear that lost an arm, a pull-along duck: strewn within half a metre."""
    model = ModelBuilder()
    hues = ((170, 54, 46), (186, 150, 58), (58, 96, 132), (74, 124, 86))
    for k in range(5):
        x, y, turn = (uniform(variant, lane, k) for lane in ("toy-x", "toy-y", "toy-turn"))
        one = ModelBuilder()
        box(one, [-0.035, -0.035, 0.0], [0.035, 0.035, 0.07], Finish.PAINT, hues[(k + variant) % 4], skip="-z")
        model.add(one.build(), Frame((0.9 * (x - 0.5), 0.9 * (y - 0.5), 0.0), 360.0 * turn))
    ball = [[0.11 * math.sin(t), 0.11 - 0.11 * math.cos(t)] for t in np.linspace(0.0, math.pi, 6)]
    lathe(model, ball, [0.3, -0.25 + 0.1 * (variant % 3), 0.0], Finish.PAINT, hues[variant % 4], sides=9, crease_deg=80)
    fur = ((112, 82, 54), (134, 124, 108))[variant % 2]
    bear = ModelBuilder()
    for r, stretch, at in (
        (0.1, 1.15, (0.0, 0.0, 0.1)),
        (0.075, 1.0, (0.0, 0.02, 0.28)),
        (0.03, 1.0, (-0.06, 0.02, 0.35)),
        (0.03, 1.0, (0.06, 0.02, 0.35)),
        (0.045, 1.3, (-0.08, 0.1, 0.05)),
        (0.045, 1.3, (0.08, 0.1, 0.05)),
        (0.035, 1.5, (0.12, 0.04, 0.16)),
    ):
        profile = [[r * math.sin(t), -r * stretch * math.cos(t)] for t in np.linspace(0.0, math.pi, 5)]
        lathe(bear, profile, at, Finish.BARK, fur, sides=6, crease_deg=90)
    lying = bear.build().moved(Frame((0.0, 0.0, 0.0), 70.0 * variant, 0.0 if variant % 2 else 84.0))
    model.add(lying.moved(Frame((-0.2, 0.1, -float(lying.bounds()[0][2])))))
    return model.build().grounded(0.15, 0.5)


def shoe_model(variant: int) -> Model:
    """One child's shoe, 17 cm, its lace undone."""
    model = ModelBuilder()
    y = np.array([-0.085, -0.07, -0.03, 0.01, 0.05, 0.078, 0.086])
    half = np.array([0.018, 0.028, 0.029, 0.028, 0.034, 0.024, 0.006])
    top = np.array([0.055, 0.062, 0.058, 0.05, 0.036, 0.028, 0.018])
    ring = np.radians(np.linspace(-90, 270, 9))
    grid = np.stack(
        [
            np.column_stack([h * np.sign(np.cos(ring)) * abs(np.cos(ring)) ** 0.7, np.full(9, at), t * (0.5 + 0.5 * np.sin(ring))])
            for at, h, t in zip(y, half, top, strict=True)
        ]
    )
    sheet(model, grid, Finish.BARK, ((170, 60, 52), (70, 96, 120), (168, 160, 150))[variant % 3], crease_deg=70)
    box(model, [-0.031, -0.087, 0.0], [0.031, 0.085, 0.012], Finish.RUBBER, (150, 148, 140))
    lathe(model, [[0.02, 0.0], [0.0, 0.002]], [0, -0.052, 0.061], Finish.RUBBER, (10, 10, 10), sides=8)
    tube(
        model,
        [[0.01, 0.02, 0.05], [0.04, 0.03, 0.02], [0.06, 0.08, 0.006], [0.03, 0.12, 0.005]],
        0.002,
        Finish.BARK,
        (180, 176, 166),
        sides=3,
    )
    return model.build()


def cardboard_bed_model(variant: int) -> Model:
    """Flattened boxes someone slept on, and a bottle."""
    model = ModelBuilder()
    for k, (x, y) in enumerate(((-0.3, 0.0), (0.32, 0.05), (0.02, -0.1))):
        u, v = np.meshgrid([-0.36, 0.0, 0.36], [-0.5, 0.0, 0.5], indexing="ij")
        z = 0.01 + 0.012 * k + 0.04 * uniform(variant, "warp", k, np.arange(3)[:, None], np.arange(3))
        sheet(model, np.stack([u + x, v + y, z], axis=-1), Finish.BARK, (116 - 8 * k, 88 - 6 * k, 58), two_sided=True)
    _bottle(model, vec(0.5, 0.4, 0.05))
    return model.build().grounded(0.2, 0.5)


def _bottle(model: ModelBuilder, at: Floats) -> None:
    lathe(
        model,
        [[0.0, -0.1], [0.034, -0.1], [0.034, 0.05], [0.013, 0.09], [0.013, 0.12], [0.0, 0.12]],
        at,
        Finish.GLASS,
        (96, 120, 110),
        sides=7,
        axis="x",
    )
