"""Vendors' stalls as the evening rush left them: canopy, lanterns, pots; standing or knocked over.

In: a shape's number.  Out: `Model`s that rest on z = 0, their counters towards +y.
"""

from __future__ import annotations

import numpy as np

from world.fields import uniform
from world.mesh.kits.forms import beam, box, catenary, lathe, rods, sheet, tube, vec
from world.mesh.kits.frame import Frame
from world.mesh.kits.lanterns import add_paper_lantern
from world.mesh.kits.model import Model, ModelBuilder
from world.mesh.surface import Finish

Rgb = tuple[int, int, int]

_WOOD, _DARK, _STEEL = (92, 68, 46), (30, 30, 32), (112, 114, 114)
_CLOTH: tuple[Rgb, ...] = ((128, 36, 30), (40, 58, 92), (44, 84, 66), (150, 120, 60))
_PAPER: tuple[Rgb, ...] = ((255, 176, 92), (140, 120, 92), (255, 84, 52), (120, 104, 84))


def stall_model(variant: int) -> Model:
    """A wooden stall: counter with a griddle and pots, shelf, canopy on four posts, a row of paper lanterns (lit in two of four)."""
    model = ModelBuilder()
    cloth, lit = _CLOTH[variant % 4], variant % 2 == 0
    _counter(model, variant)
    feet = np.array([[x, y, 0.0] for x in (-1.05, 1.05) for y in (-0.5, 0.75)])
    rods(model, feet, feet + vec(0.0, 0.0, 2.25), 0.035, Finish.BARK, _WOOD, sides=4)
    x = np.linspace(-1.25, 1.25, 6)
    sag = 0.07 * np.sin(np.arange(6) * np.pi / 5 * 3) ** 2
    rows = [(-0.75, 2.2, 0.0), (0.1, 2.5, 0.0), (1.02, 2.22, 0.0), (1.04, 1.95, 0.03)]
    grid = np.stack(
        [np.stack([x, np.full(6, y), z - sag * (k > 0) + hem * (np.arange(6) % 2)], -1) for k, (y, z, hem) in enumerate(rows)], 1
    )
    sheet(model, grid, Finish.BARK, cloth, crease_deg=40, two_sided=True)
    count = 4
    at = np.linspace(-0.9, 0.9, count)
    tube(model, catenary([-1.05, 0.82, 2.05], [1.05, 0.82, 2.05], 0.06, 6), 0.008, Finish.RUBBER, _DARK, sides=3)
    for k, lx in enumerate(at):
        if uniform(variant, "lantern", k) < 0.85:
            glow = (0, 60) if lit and uniform(variant, "lantern-lit", k) < 0.75 else (0, 0)
            add_paper_lantern(model, (lx, 0.82, 1.78 - 0.03 * (k % 2)), 0.14, 0.2, _PAPER[variant % 4], glow)
    noren = np.linspace(-0.95, 0.95, 5)
    for k in range(4):  # a split curtain, some panels torn off
        if uniform(variant, "noren", k) < 0.75:
            a, b = noren[k] + 0.01, noren[k + 1] - 0.01
            low = 1.62 + 0.1 * uniform(variant, "hem", k)
            quad = [[[b, 0.74, 1.98], [a, 0.74, 1.98], [a, 0.78, low], [b, 0.79, low + 0.03]]]
            model.polygons(quad, Finish.BARK, cloth, two_sided=True)
    return model.build().grounded(0.6, 0.35)


def _counter_body(model: ModelBuilder) -> None:
    box(model, [-1.0, -0.42, 0.08], [1.0, 0.42, 0.86], Finish.BARK, _WOOD)
    box(model, [-1.06, -0.48, 0.86], [1.06, 0.52, 0.92], Finish.BARK, (116, 88, 58))
    x = np.linspace(-0.99, 0.99, 9)[:-1]
    box(
        model,
        np.column_stack([x + 0.01, 0 * x + 0.42, 0 * x + 0.1]),
        np.column_stack([x + 0.235, 0 * x + 0.44, 0 * x + 0.84]),
        Finish.BARK,
        (84, 60, 40),
        skip="-y -z +z",
    )


def _counter(model: ModelBuilder, variant: int) -> None:
    _counter_body(model)
    box(model, [-0.85, -0.3, 0.92], [-0.15, 0.25, 1.0], Finish.METAL, _DARK, skip="-z")
    for k, (px, py, r, h) in enumerate(((0.1, -0.1, 0.17, 0.26), (0.48, -0.2, 0.14, 0.2), (0.78, 0.05, 0.11, 0.16))):
        if k == 0 or uniform(variant, "pot", k) < 0.7:
            profile = [[r * 0.85, 0.0], [r, 0.03], [r, h], [r * 0.94, h], [r * 0.9, h - 0.05], [0.0, h - 0.05]]
            lathe(model, profile, [px, py, 0.92], Finish.METAL, _STEEL if k != 1 else (52, 44, 40), sides=8)
    for k in range(3):
        bx = -0.6 + 0.3 * k + 0.1 * uniform(variant, "bowl", k)
        lathe(model, [[0.03, 0.0], [0.08, 0.06], [0.07, 0.05], [0.0, 0.02]], [bx, 0.4, 0.92], Finish.PAINT, (150, 146, 136), sides=7)


def stall_fallen_model(variant: int) -> Model:
    """A stall knocked over: counter on its face, posts splayed, canopy collapsed over it, lanterns and bowls about."""
    model = ModelBuilder()
    cloth = _CLOTH[(variant + 1) % 4]
    counter = ModelBuilder()
    _counter_body(counter)
    toppled = counter.build().moved(Frame((0.0, 0.0, 0.0), 6.0, 82.0))
    low, high = toppled.bounds()
    model.add(toppled.moved(Frame((0.0, -(float(low[1]) + float(high[1])) / 2 - 0.1, -float(low[2])))))
    k = np.arange(4)
    turn = 0.6 + 1.57 * k + uniform(variant, "post", k)
    foot = np.stack([0.9 * np.cos(turn), 0.6 * np.sin(turn), 0.05 + 0 * turn], -1)
    rods(
        model,
        foot,
        foot + np.stack([0.7 * np.cos(turn + 1), 0.7 * np.sin(turn + 1), 0.15 + 0.6 * uniform(variant, "rise", k)], -1),
        0.035,
        Finish.BARK,
        _WOOD,
        sides=4,
    )
    u, v = np.meshgrid(np.linspace(-1.15, 1.2, 8), np.linspace(-0.75, 1.15, 6), indexing="ij")
    over = np.exp(-((u / 1.0) ** 4) - ((v + 0.1) / 0.5) ** 4)
    fold = 0.16 * (uniform(variant, "fold", np.arange(8)[:, None], np.arange(6)) - 0.3)
    cloth_z = np.maximum(0.015, 0.9 * over + np.where(over > 0.05, abs(fold) * 0.6, abs(fold) * 0.35))
    sheet(model, np.stack([u + fold, v + 0.5 * fold, cloth_z], -1), Finish.BARK, cloth, crease_deg=50, two_sided=True)
    for n in range(3):
        lx, ly = 1.0 - 0.9 * n + 0.2 * uniform(variant, "roll", n), 1.0 + 0.3 * uniform(variant, "roll-y", n)
        rolled = ModelBuilder()
        add_paper_lantern(rolled, (0.0, 0.0, 0.0), 0.14, 0.2, _PAPER[(variant + n) % 4], (0, 0))
        model.add(rolled.build(), Frame((lx, ly, 0.14), 140.0 * n + 50.0 * variant, 90.0))
    for n in range(4):
        bx, by = 2.0 * uniform(variant, "bowl-x", n) - 1.0, 0.9 + 0.5 * uniform(variant, "bowl-y", n)
        lathe(model, [[0.03, 0.0], [0.08, 0.06], [0.07, 0.05], [0.0, 0.02]], [bx, by, 0.0], Finish.PAINT, (150, 146, 136), sides=6)
    beam(model, vec(-1.3, 0.9, 0.04), vec(-0.7, 1.3, 0.05), 0.2, 0.05, Finish.BARK, _WOOD)
    return model.build().grounded(0.5, 0.3)
