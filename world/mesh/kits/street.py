"""Street furniture: shelters, signs and barriers, a scaffold, the mouth of the subway.

In: a shape's number.  Out: `Model`s that rest on z = 0; the street lies at +y, sections of rail and parapet run along x.
"""

from __future__ import annotations

import math

import numpy as np

from world.fields import uniform
from world.mesh.kits.forms import beam, box, lathe, prism, rods, sheet, tube, vec
from world.mesh.kits.frame import Frame
from world.mesh.kits.model import DARK, Glow, Model, ModelBuilder
from world.mesh.kits.rubble import rebar
from world.mesh.kits.sign_parts import DEAD_GLASS, panel
from world.mesh.lettering import Direction, Rectangle, atlas, words_of
from world.mesh.surface import Finish

_STEEL, _DARK, _CONCRETE, _PANE, _RUST = (100, 104, 106), (34, 36, 38), (136, 134, 128), (52, 62, 62), (98, 60, 40)
_TIMBER, _SHEET = (112, 88, 60), (118, 120, 116)


def _street_word(variant: int) -> Rectangle:
    choice = words_of("street")
    return atlas().rectangles[choice[variant % len(choice)], Direction.HORIZONTAL]


def road_sign_model(variant: int) -> Model:
    """A sign on a post: a blue disc, a stop triangle, a street's name board, a mirror; the post bent where it was struck."""
    model = ModelBuilder()
    lean = 0.3 * (uniform(variant, "lean") - 0.3)
    path = np.array([[0, 0, 0.0], [0, 0, 0.8], [lean, 0, 2.6]])
    tube(model, path, 0.032, Finish.METAL, _STEEL, sides=5)
    at = vec(lean * 0.88, 0.05, 2.25)
    kind = variant % 4
    if kind == 0:
        lathe(model, [[0.0, -0.01], [0.3, -0.01], [0.3, 0.012], [0.25, 0.013]], at, Finish.PAINT, (150, 152, 150), sides=12, axis="y")
        lathe(model, [[0.25, 0.013], [0.0, 0.015]], at, Finish.PAINT, (34, 66, 128), sides=12, axis="y")
    elif kind == 1:
        corner = np.radians([-90.0, 150.0, 30.0])
        for radius, y, tint in ((0.42, 0.0, (160, 158, 154)), (0.36, 0.008, (150, 26, 22))):
            prism(
                model,
                np.column_stack([radius * np.sin(corner) + at[2], radius * np.cos(corner) + at[0]]),
                at[1] + y - 0.008,
                at[1] + y + 0.008,
                Finish.PAINT,
                tint,
                axis="y",
            )
    elif kind == 2:
        rectangle = _street_word(variant)
        wide = min(0.9, 0.28 * rectangle.width_em)
        box(model, at - [wide / 2 + 0.06, 0.015, 0.17], at + vec(wide / 2 + 0.06, 0.012, 0.17), Finish.PAINT, (30, 62, 108))
        panel(model, at + vec(0, 0.018, 0), (0.0, 1.0, 0.0), (wide, 0.28), rectangle, DEAD_GLASS, DARK, 1, np.zeros(1, bool), variant)
    else:
        lathe(model, [[0.0, -0.1], [0.26, -0.05], [0.33, 0.0], [0.3, 0.01]], at, Finish.PAINT, (160, 96, 30), sides=12, axis="y")
        lathe(model, [[0.3, 0.005], [0.16, 0.035], [0.0, 0.045]], at, Finish.GLASS, (120, 126, 128), sides=12, axis="y")
    return model.build().grounded(0.8, 0.5)


def bus_shelter_model(variant: int) -> Model:
    """Roof on three posts, glazed back with a pane or two gone, a bench, a timetable, a light box."""
    model = ModelBuilder()
    x = np.array([-1.9, 0.0, 1.9])
    rods(
        model,
        np.column_stack([x, 0 * x - 0.72, 0 * x]),
        np.column_stack([x, 0 * x - 0.72, 0 * x + 2.35]),
        0.045,
        Finish.METAL,
        _STEEL,
        sides=5,
    )
    y = np.linspace(-0.95, 0.75, 5)
    roof = np.stack([np.column_stack([np.full(5, a), y, 2.36 + 0.14 * np.cos(y * 1.5)]) for a in np.linspace(-2.0, 2.0, 4)])
    if variant % 3 == 1:
        roof[-1, :, 2] -= 0.5
        roof[-2, :, 2] -= 0.1
    sheet(model, roof, Finish.METAL, (90, 96, 96), crease_deg=30, two_sided=True)
    for k in range(4):
        low, high = -1.85 + 0.93 * k, -0.97 + 0.93 * k
        if uniform(variant, "pane", k) < 0.6:
            quad = [[[low, -0.72, 0.3], [high, -0.72, 0.3], [high, -0.72, 2.05], [low, -0.72, 2.05]]]
            model.polygons(quad, Finish.GLASS, _PANE, two_sided=True)
        else:  # what is left in the frame
            shards = [
                [[low, -0.72, 0.3], [high, -0.72, 0.3], [low + 0.2, -0.72, 0.75]],
                [[high, -0.72, 2.05], [low + 0.3, -0.72, 2.05], [high, -0.72, 1.4]],
            ]
            model.polygons(shards, Finish.GLASS, _PANE, two_sided=True)
    for z in (0.27, 2.08):
        beam(model, [-1.9, -0.72, z], [1.9, -0.72, z], 0.05, 0.05, Finish.METAL, _STEEL)
    box(model, [-1.3, -0.58, 0.42], [1.3, -0.2, 0.46], Finish.BARK, _TIMBER)
    rods(model, [[-1.1, -0.4, 0], [1.1, -0.4, 0]], [[-1.1, -0.4, 0.42], [1.1, -0.4, 0.42]], 0.03, Finish.METAL, _DARK, sides=4)
    box(model, [1.86, -0.7, 0.35], [1.98, 0.35, 2.1], Finish.METAL, _DARK)
    glow: Glow = (0, 26) if variant % 3 == 0 else DARK
    poster = [[[1.985, -0.62, 0.5], [1.985, 0.27, 0.5], [1.985, 0.27, 1.95], [1.985, -0.62, 1.95]]]
    model.polygons(poster, Finish.LAMP if glow[1] else Finish.PAINT, (150, 190, 186) if glow[1] else (96, 92, 84), glow=glow)
    return model.build().grounded(0.6, 0.4)


def barricade_model(variant: int) -> Model:
    """A concrete barrier, a trestle with a lamp, sheet hoarding, a heap of furniture and pallets."""
    model = ModelBuilder()
    (_jersey, _trestle, _hoarding, _heaped)[variant % 4](model, variant)
    return model.build().grounded(0.5, 0.4)


def _jersey(model: ModelBuilder, variant: int) -> None:
    side = np.array([(-0.24, 0.0), (0.24, 0.0), (0.24, 0.08), (0.12, 0.32), (0.08, 0.84), (-0.08, 0.84), (-0.12, 0.32), (-0.24, 0.08)])
    prism(model, side, -0.95, 0.95, Finish.CONCRETE, _CONCRETE, axis="x")
    for k in range(4):
        x = -0.8 + 0.45 * k
        model.polygons(
            [[[x, 0.101, 0.48], [x - 0.2, 0.101, 0.48], [x - 0.05, 0.083, 0.76], [x + 0.15, 0.083, 0.76]]], Finish.PAINT, (168, 128, 36)
        )
    rebar(model, vec(0.9, 0.0, 0.6), vec(1.0, 0.2, 0.5), 3, 0.4)


def _trestle(model: ModelBuilder, variant: int) -> None:
    for x in (-0.8, 0.8):
        for y in (-0.28, 0.28):
            beam(model, [x, y, 0.0], [x, 0.0, 1.0], 0.05, 0.05, Finish.PAINT, (160, 156, 148))
    for z in (0.55, 0.92):
        edges = np.linspace(-0.95, 0.95, 8)
        low = np.column_stack([edges[:-1], np.full(7, -0.03), np.full(7, z - 0.09)])
        high = np.column_stack([edges[1:], np.full(7, 0.03), np.full(7, z + 0.09)])
        for stripe, tint in ((0, (166, 60, 34)), (1, (168, 166, 158))):
            box(model, low[stripe::2], high[stripe::2], Finish.PAINT, tint, skip="-x +x")
    lathe(model, [[0.0, 0.0], [0.07, 0.01], [0.07, 0.12], [0.0, 0.16]], [0.7, 0.0, 1.0], Finish.LAMP, (255, 150, 30), sides=6, glow=(3, 40))


def _hoarding(model: ModelBuilder, variant: int) -> None:
    x = np.linspace(-1.5, 1.5, 25)
    ripple = 0.03 * np.where(np.arange(25) % 2, 1.0, -1.0)
    torn = 0.25 * np.clip(uniform(variant, "tear", np.arange(25)) - 0.7, 0.0, 1.0)
    grid = np.stack([np.column_stack([x, ripple, np.zeros(25)]), np.column_stack([x, ripple + 0.04 * np.sin(x * 2), 2.0 - torn])], 1)
    sheet(model, grid[::-1], Finish.METAL, _SHEET, crease_deg=10, two_sided=True)
    foot = np.array([[a, -0.08, 0.0] for a in (-1.3, 0.0, 1.3)])
    rods(model, foot, foot + vec(0, 0, 1.9), 0.03, Finish.METAL, _DARK, sides=4)
    rods(model, foot + vec(0, 0, 1.2), foot + vec(0, -0.55, 0.0), 0.025, Finish.METAL, _DARK, sides=4)


def _heaped(model: ModelBuilder, variant: int) -> None:
    """Cupboards, table tops, pallets thrown across the street, each on what lies there already."""
    for k in range(8):
        size = (vec(0.9, 0.5, 0.4), vec(0.5, 0.5, 0.6), vec(1.1, 0.8, 0.08))[k % 3] * (0.7 + 0.4 * uniform(variant, "size", k))
        piece = ModelBuilder()
        box(piece, -size / 2, size / 2, Finish.BARK, (_TIMBER, (84, 70, 62), (96, 98, 100))[k % 3])
        pitch, roll = 40 * (uniform(variant, "pitch", k) - 0.5), 50 * (uniform(variant, "roll", k) - 0.5)
        lump = piece.build().moved(Frame((0.0, 0.0, 0.0), 180 * uniform(variant, "turn", k), pitch, roll))
        x = -0.75 + 0.5 * k if k < 4 else -0.5 + 0.33 * (k - 4)
        low = -float(lump.bounds()[0][2]) + (0.0 if k < 4 else 0.22)
        model.add(lump.moved(Frame((x, 0.1 * (k % 2) - 0.05, low))))


def scaffold_model(variant: int) -> Model:
    """A bay of scaffold, two decks of planks, braces, netting torn; one leans."""
    model = ModelBuilder()
    feet = np.array([[x, y, 0.0] for x in (-1.2, 1.2) for y in (-0.5, 0.5)])
    rods(model, feet, feet + vec(0, 0, 4.3), 0.028, Finish.METAL, _STEEL, sides=4)
    level = np.array([0.2, 2.0, 4.0])
    for a, b in ((0, 2), (1, 3), (0, 1), (2, 3)):
        rods(model, feet[a] + level[:, None] * [0, 0, 1], feet[b] + level[:, None] * [0, 0, 1], 0.024, Finish.METAL, _STEEL)
    rods(
        model,
        [feet[0] + vec(0, 0, 0.2), feet[2] + vec(0, 0, 2.0)],
        [feet[2] + vec(0, 0, 2.0), feet[0] + vec(0, 0, 4.0)],
        0.022,
        Finish.METAL,
        _RUST,
    )
    for z in (2.02, 4.02):
        for k in range(4):
            if uniform(variant, "plank", k, int(z)) < 0.8:
                y = -0.48 + 0.25 * k
                box(model, [-1.3, y, z], [1.3, y + 0.22, z + 0.04], Finish.BARK, _TIMBER)
    u, v = np.meshgrid(np.linspace(-1.2, 1.2, 7), np.linspace(2.1, 4.2, 5), indexing="ij")
    gone = uniform(variant, "net", np.arange(6)[:, None], np.arange(4)) < 0.25
    grid = np.stack([u, 0.53 + 0.06 * np.sin(u * 3 + v * 2), v], -1)
    quads = np.stack([grid[1:, :-1], grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:]], 2)[~gone]
    model.polygons(quads, Finish.BARK, (58, 74, 70), crease_deg=60, two_sided=True)
    whole = model.build()
    if variant % 3 == 2:
        whole = whole.moved(Frame((0.0, 0.0, 0.0), 0.0, 0.0, 7.0))
        whole = whole.moved(Frame((0.0, 0.0, -float(whole.bounds()[0][2]))))
    return whole.grounded(0.8, 0.45)


def railing_model(variant: int) -> Model:
    """Two metres of iron railing; bars bent apart, or one post leaning."""
    model = ModelBuilder()
    bent = variant % 3
    x = np.linspace(-0.9, 0.9, 13)
    push = np.where(abs(x - 0.2) < 0.3, 0.12 * np.sign(x - 0.2), 0.0) if bent == 1 else 0.0 * x
    foot, head = np.column_stack([x, 0 * x, 0 * x + 0.08]), np.column_stack([x, 0 * x, 0 * x + 0.98])
    middle = np.column_stack([x + push, abs(push) * 0.5, 0 * x + 0.5])
    if bent == 1:
        rods(model, np.concatenate([foot, middle]), np.concatenate([middle, head]), 0.009, Finish.METAL, _DARK)
    else:
        rods(model, foot, head, 0.009, Finish.METAL, _DARK)
    for px in (-1.0, 1.0):
        rods(model, [px, 0, 0.0], [px, 0.0, 1.05], 0.028, Finish.METAL, _DARK, sides=4)
    for z in (0.08, 1.0):
        beam(model, [-1.0, 0, z], [1.0, 0, z], 0.045, 0.03, Finish.METAL, _DARK)
    whole = model.build()
    if bent == 2:
        whole = whole.moved(Frame((0.0, 0.0, 0.0), 0.0, -14.0))
        whole = whole.moved(Frame((0.0, 0.0, -float(whole.bounds()[0][2]))))
    return whole.grounded(0.3, 0.5)


def parapet_model(variant: int) -> Model:
    """Two metres of concrete parapet with a coping; whole, bitten, or with its steel bare."""
    model = ModelBuilder()
    x = np.linspace(-1.0, 1.0, 7)
    bite = (0.0, 0.35, 0.7)[variant % 3]
    top = 0.9 - bite * uniform(variant, "bite", np.arange(7)) * (abs(x) < 0.8)
    corners = np.empty((6, 8, 3))
    for k in range(8):
        ends = slice(k & 1, 6 + (k & 1))
        y = 0.13 if k >> 1 & 1 else -0.13
        corners[:, k] = np.stack([x[ends], np.full(6, y), top[ends] if k >> 2 else np.zeros(6)], -1)
    from_faces = {"-x": [0, 4, 6, 2], "+x": [1, 3, 7, 5], "-y": [0, 1, 5, 4], "+y": [2, 6, 7, 3], "+z": [4, 5, 7, 6]}
    for name in ("-y", "+y", "+z"):
        model.polygons(corners[:, from_faces[name]], Finish.RUBBLE if name == "+z" and bite else Finish.CONCRETE, _CONCRETE)
    model.polygons([corners[0, from_faces["-x"]], corners[-1, from_faces["+x"]]], Finish.CONCRETE, _CONCRETE)
    coping = (x[:-1] + x[1:]) / 2
    whole = (top[:-1] > 0.88) & (top[1:] > 0.88)
    low = np.column_stack([x[:-1][whole], 0 * coping[whole] - 0.17, 0 * coping[whole] + 0.88])
    if len(low):
        box(
            model, low, np.column_stack([x[1:][whole], 0 * coping[whole] + 0.17, 0 * coping[whole] + 1.0]), Finish.CONCRETE, (150, 148, 142)
        )
    for k in range(4 if bite else 0):
        at = float(x[k + 1])
        rebar(
            model,
            vec(at, 0.06 * (-1) ** k, float(top[k + 1]) - 0.05),
            vec(0.3 * (uniform(variant, "way", k) - 0.5), 0.2, 1.0),
            variant * 9 + k,
            0.5,
        )
    return model.build().grounded(0.4, 0.45)


def subway_canopy_model(variant: int) -> Model:
    """The mouth of the subway: two low walls, a barrel roof of glass on hoops, the lit board over the stairs at +y."""
    model = ModelBuilder()
    for x in (-1.5, 1.5):
        box(model, [x - 0.12, -2.0, 0.0], [x + 0.12, 2.0, 1.0], Finish.TILE, (120, 124, 120))
        rods(model, [x, -2.0, 1.1], [x, 2.0, 1.1], 0.03, Finish.METAL, _STEEL, sides=5)
    box(model, [-1.38, -2.0, 0.0], [1.38, -1.8, 1.0], Finish.TILE, (120, 124, 120))
    turn = np.linspace(0.0, math.pi, 7)
    hoop = np.stack([1.62 * np.cos(turn), 0 * turn, 2.3 + 0.62 * np.sin(turn)], -1)
    for y in (-2.1, 0.0, 2.1):
        tube(model, hoop + vec(0, y, 0), 0.045, Finish.METAL, _STEEL, sides=4)
        rods(
            model, [[-1.5, y, 0.95], [1.5, y, 0.95]], [hoop[-1] + vec(0, y, 0), hoop[0] + vec(0, y, 0)], 0.05, Finish.METAL, _STEEL, sides=4
        )
    for bay, (a, b) in enumerate(((-2.1, 0.0), (0.0, 2.1))):
        for k in range(6):
            if uniform(variant, "glass", bay, k) < 0.7:
                quad = [hoop[k] + vec(0, a, 0.02), hoop[k] + vec(0, b, 0.02), hoop[k + 1] + vec(0, b, 0.02), hoop[k + 1] + vec(0, a, 0.02)]
                model.polygons([quad[::-1]], Finish.GLASS, _PANE, two_sided=True)
    rectangle = _street_word(variant)
    wide = min(2.4, 0.45 * rectangle.width_em)
    lit = variant % 2 == 0
    box(model, [-1.4, 2.1, 2.42], [1.4, 2.24, 2.92], Finish.PAINT, (26, 44, 74))
    panel(
        model,
        vec(0.0, 2.255, 2.67),
        (0.0, 1.0, 0.0),
        (wide, 0.45),
        rectangle,
        (200, 226, 240) if lit else DEAD_GLASS,
        (0, 60) if lit else DARK,
        1,
        np.zeros(1, bool),
        variant,
    )
    model.polygons([[[-1.38, -1.8, 0.004], [1.38, -1.8, 0.004], [1.38, 2.0, 0.004], [-1.38, 2.0, 0.004]]], Finish.RUBBER, (10, 10, 11))
    return model.build().grounded(0.6, 0.4)
