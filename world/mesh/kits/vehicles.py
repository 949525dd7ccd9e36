"""Large and small things on wheels, and a boat: the bus, the truck that took people away, scooters.

In: a shape's number.  Out: `Model`s along +y that rest on z = 0. A bus is lofted from one cross-section, as a car is.
"""

from __future__ import annotations

import numpy as np

from world.fields import uniform
from world.mesh.kits.car_parts import wheel
from world.mesh.kits.forms import beam, box, lathe, prism, rods, sheet, tube, vec
from world.mesh.kits.frame import Frame
from world.mesh.kits.model import Floats, Model, ModelBuilder
from world.mesh.kits.sign_parts import DEAD_GLASS, panel
from world.mesh.lettering import Direction, atlas, words_of
from world.mesh.surface import Finish

Rgb = tuple[int, int, int]

_BLACK, _STEEL, _DARK, _RUST, _PANE = (12, 12, 13), (104, 108, 110), (34, 36, 38), (96, 58, 36), (22, 27, 30)
_SEAT = (58, 44, 46)
_LIVERY: tuple[tuple[Rgb, Rgb], ...] = (((168, 164, 146), (48, 96, 74)), ((150, 154, 156), (34, 66, 104)), ((84, 54, 38), (58, 50, 46)))
_HALF, _LONG, _TALL = 1.23, 5.15, 3.0
_SECTION = np.array([(1.2, 0.34), (1.23, 0.9), (1.23, 1.22), (1.2, 2.42), (1.1, 2.84), (0.7, 2.97), (0.0, 3.0)])  # x, z from the sill up
_BELT, _WINDOW = 2, 3  # of the section: the panes lie between


def bus_model(variant: int) -> Model:
    """A city bus: two liveries, one crashed into something, one burnt out."""
    return _bus(variant, lying=False).build().grounded(0.8, 0.3)


def bus_overturned_model(variant: int) -> Model:
    """A bus on its side, wheels and floor to the east (+x)."""
    whole = _bus(variant + 4, lying=True).build().moved(Frame((0.0, 0.0, 0.0), 0.0, 0.0, -90.0))
    low, high = whole.bounds()
    return whole.moved(Frame((-(float(low[0]) + float(high[0])) / 2, 0.0, -float(low[2])))).grounded(0.8, 0.3)


def _bus(variant: int, *, lying: bool) -> ModelBuilder:
    model = ModelBuilder()
    burnt, crashed = variant % 4 == 2, variant % 4 == 3
    paint, stripe = _LIVERY[2 if burnt else variant % 2]
    finish = Finish.METAL if burnt else Finish.PAINT
    posts = np.linspace(_LONG - 1.15, -_LONG + 0.25, 8)
    y = np.concatenate([[_LONG, _LONG - 0.12], np.stack([posts + 0.05, posts - 0.05], 1).ravel(), [-_LONG]])
    half = np.stack(
        [
            np.broadcast_to(_SECTION[:, 0], (len(y), 7)),
            np.broadcast_to(y[:, None], (len(y), 7)),
            np.broadcast_to(_SECTION[:, 1], (len(y), 7)),
        ],
        -1,
    )
    half = half.copy()
    half[0, :, 1] -= np.linspace(0.0, 0.22, 7)  # the screen leans
    half[0, :, 0] *= 0.95
    if crashed:
        front = np.clip((half[..., 1] - _LONG + 1.6) / 1.6, 0.0, 1.0)[..., None]
        half += (
            front**2
            * np.array([0.06, -0.55, 0.0])
            * (0.5 + uniform(variant, "crash", np.arange(len(y))[:, None, None], np.arange(7)[None, :, None]))
        )
    strip = np.zeros((len(y) - 1, 6), dtype=int)
    strip[1, _BELT] = 1
    strip[3::2, _BELT] = 1  # between posts: panes
    for side in (-1.0, 1.0):
        a, b, c, d = (half[i : len(y) - 1 + i, j : 6 + j] * [side, 1.0, 1.0] for i, j in ((0, 0), (1, 0), (1, 1), (0, 1)))
        quads = (np.stack([b, a, d, c], 2) if side > 0 else np.stack([a, b, c, d], 2)).reshape(-1, 4, 3)
        label = strip.reshape(-1)
        number = np.repeat(np.arange(len(y) - 1), 6)
        gone = (label == 1) & (burnt | (uniform(variant, "pane", number, int(side)) < (0.6 if crashed or lying else 0.35)))
        row = np.tile(np.arange(6), len(y) - 1)
        tint = np.where((row == 1)[:, None], stripe, paint)[:, None] * np.where(quads[..., 2:] < 0.6, 0.6, 1.0)
        solid = label == 0
        model.polygons(quads[solid], finish, np.rint(tint[solid]).astype(int), crease_deg=35)
        model.polygons(quads[solid & (row == _BELT)][:, ::-1], Finish.RUBBER, _BLACK)
        model.polygons(quads[(label == 1) & ~gone], Finish.GLASS, _PANE)
    _bus_ends(model, half, paint, finish, glazed=not (burnt or crashed), variant=variant)
    _bus_inside(model, burnt)
    if lying:
        _bus_underside(model)
    for axle in (2.9, -2.5):
        for side in (-1.0, 1.0):
            wheel(model, vec(side * 1.08, axle, 0.46 * (0.7 if burnt else 1.0)), 0.46, side, bare=burnt, inner=lying)
            turn = np.linspace(0.0, np.pi, 6)
            ring = np.stack([np.full(6, side * 1.236), axle + 0.56 * np.cos(turn), 0.4 + 0.56 * np.sin(turn)], -1)
            ring = ring if side > 0 else ring[::-1]
            model.polygons(np.stack([np.broadcast_to(ring[0], (4, 3)), ring[1:-1], ring[2:]], 1), Finish.RUBBER, _BLACK)
    return model


def _bus_ends(model: ModelBuilder, half: Floats, paint: Rgb, finish: Finish, *, glazed: bool, variant: int) -> None:
    """Front with its screen and number blind, back with its window, lamps and bumpers."""
    mirrored = half * [-1.0, 1.0, 1.0]
    for end, way in ((0, 1.0), (-1, -1.0)):
        quads = np.stack([half[end, :-1], half[end, 1:], mirrored[end, 1:], mirrored[end, :-1]], 1)
        quads = quads[:, ::-1] if way > 0 else quads
        screen = np.arange(6) == _BELT
        model.polygons(quads[~screen], finish, paint)
        if glazed:
            model.polygons(quads[screen], Finish.GLASS, _PANE)
        at = float(half[end, 0, 1]) + way * 0.05
        box(model, [-1.22, at - 0.1, 0.36], [1.22, at + 0.1, 0.62], Finish.RUBBER, _DARK, skip="-z")
        for x in (-0.95, 0.95):
            lamp, tint = ((0.16, 0.08), (160, 164, 158)) if way > 0 else ((0.1, 0.16), (120, 18, 14))
            face = float(half[end, 1, 1]) + way * 0.03
            low, high = [x - lamp[0], face - 0.03, 0.82 - lamp[1]], [x + lamp[0], face + 0.03, 0.82 + lamp[1]]
            box(model, low, high, Finish.GLASS if way > 0 else Finish.PAINT, tint, skip="-y" if way > 0 else "+y")
    word = words_of("street") or tuple(range(4))
    rectangle = atlas().rectangles[word[variant % len(word)], Direction.HORIZONTAL]
    wide = min(1.5, 0.3 * rectangle.width_em)
    centre = vec(0.0, float(half[0, 4, 1]) + 0.04, 2.62)
    box(model, centre - vec(0.85, 0.12, 0.18), centre + vec(0.85, -0.005, 0.18), Finish.RUBBER, _BLACK, skip="-y")
    panel(model, centre, (0.0, 1.0, 0.0), (wide, 0.3), rectangle, DEAD_GLASS, (0, 0), 1, np.zeros(1, bool), variant)


def _bus_underside(model: ModelBuilder) -> None:
    """Chassis, axles, drive shaft, tanks, exhaust: what a bus on its side shows."""
    model.polygons([[[1.15, -5.1, 0.4], [-1.15, -5.1, 0.4], [-1.15, 4.9, 0.4], [1.15, 4.9, 0.4]]], Finish.METAL, (66, 58, 50))
    rail = np.array([[-0.45, -5.0, 0.36], [0.45, -5.0, 0.36]])
    beam(model, rail, rail + vec(0, 9.8, 0), 0.1, 0.18, Finish.METAL, (52, 44, 38))
    y = np.linspace(-4.6, 4.4, 8)
    rods(
        model,
        np.column_stack([0 * y - 1.1, y, 0 * y + 0.38]),
        np.column_stack([0 * y + 1.1, y, 0 * y + 0.38]),
        0.06,
        Finish.METAL,
        (74, 58, 46),
    )
    rods(
        model,
        [[-1.0, 2.9, 0.42], [-1.0, -2.5, 0.42], [0.0, -2.5, 0.36]],
        [[1.0, 2.9, 0.42], [1.0, -2.5, 0.42], [0.0, 1.2, 0.34]],
        0.09,
        Finish.METAL,
        _STEEL,
        sides=5,
    )
    box(model, [0.55, -1.2, 0.16], [1.05, 0.4, 0.42], Finish.METAL, _RUST, taper=0.02)
    box(model, [-0.35, -4.7, 0.12], [0.4, -3.5, 0.42], Finish.METAL, _DARK, taper=0.03)
    tube(model, [[0.3, -3.4, 0.24], [0.72, -2.9, 0.24], [0.75, -4.9, 0.22]], 0.06, Finish.METAL, _RUST, sides=5)


def _bus_inside(model: ModelBuilder, burnt: bool) -> None:
    """What empty frames show: a floor, rows of seats, the back of the roof, hand rails."""
    w, n = 1.12, 7
    model.polygons([[[-w, -5, 0.8], [w, -5, 0.8], [w, 4.9, 0.8], [-w, 4.9, 0.8]]], Finish.RUBBER, _BLACK, two_sided=True)
    model.polygons([[[-w, -5, 2.7], [-w, 4.9, 2.7], [w, 4.9, 2.7], [w, -5, 2.7]]], Finish.RUBBER, _BLACK)
    y = np.linspace(-4.4, 2.6, n)
    for x in (-0.62, 0.62):
        low = np.column_stack([np.full(n, x - 0.4), y, np.full(n, 0.82)])
        box(
            model,
            low,
            low + vec(0.8, 0.14, 0.85),
            Finish.METAL if burnt else Finish.BARK,
            _RUST if burnt else _SEAT,
            skip="-z -y -x +x",
            taper=0.03,
        )
    rods(model, [[-0.45, -4.6, 2.4], [0.45, -4.6, 2.4]], [[-0.45, 4.2, 2.4], [0.45, 4.2, 2.4]], 0.02, Finish.METAL, _STEEL)


def truck_cage_model(variant: int) -> Model:
    """A stake truck with a cage on its bed, the gate hanging open: where the taken were led. What they dropped lies on the bed."""
    model = ModelBuilder()
    paint = ((76, 82, 74), (92, 92, 88), (60, 68, 76), (88, 56, 40))[variant % 4]
    burnt = variant % 4 == 3
    finish = Finish.METAL if burnt else Finish.PAINT
    side = np.array([(3.72, 0.42), (3.78, 1.1), (3.7, 1.42), (3.4, 2.4), (3.15, 2.55), (1.9, 2.55), (1.86, 0.42)])  # (y, z) of the cab
    prism(model, side, -1.05, 1.05, finish, paint, axis="x")
    dark = (Finish.RUBBER, _BLACK) if burnt else (Finish.GLASS, _PANE)
    n = vec(0.0, 0.98, 0.3) * 0.012
    screen = np.array([[0.92, 3.68, 1.5], [-0.92, 3.68, 1.5], [-0.92, 3.44, 2.3], [0.92, 3.44, 2.3]]) + n
    model.polygons(screen[None], *dark)
    for x in (-1.056, 1.056):
        pane = np.array([[x, 2.3, 1.45], [x, 3.45, 1.45], [x, 3.2, 2.3], [x, 2.3, 2.3]])
        model.polygons((pane if x > 0 else pane[::-1])[None], *dark)
        lamp = np.sign(x) * 0.8
        box(model, [lamp - 0.14, 3.76, 0.78], [lamp + 0.14, 3.82, 0.98], Finish.GLASS, (150, 154, 148), skip="-y")
    box(model, [-1.06, 3.74, 0.4], [1.06, 3.9, 0.64], Finish.RUBBER, _DARK)
    beam(model, [[-0.4, 1.9, 0.62], [0.4, 1.9, 0.62]], [[-0.4, -3.6, 0.62], [0.4, -3.6, 0.62]], 0.1, 0.2, Finish.METAL, _DARK)
    box(model, [-1.1, -3.65, 0.84], [1.1, 1.75, 0.98], Finish.BARK, (74, 66, 56))
    for axle in (2.75, -2.2):
        for s in (-1.0, 1.0):
            wheel(model, vec(s * 0.92, axle, 0.43 * (0.7 if burnt else 1.0)), 0.43, s, bare=burnt)
    y = np.linspace(-3.6, 1.7, 12)
    across = np.linspace(-1.05, 1.05, 7)[1:-1]
    feet = [np.column_stack([np.full(12, s), y, np.full(12, 0.98)]) for s in (-1.06, 1.06)]
    feet.append(np.column_stack([across, np.full(5, 1.7), np.full(5, 0.98)]))
    foot = np.concatenate(feet)
    bow = (uniform(variant, "bar", np.arange(len(foot))) - 0.5)[:, None] * [0.1, 0.1, 0.0]
    rods(model, foot, foot + vec(0.0, 0.0, 1.75) + bow, 0.02, Finish.METAL, _STEEL)
    for z in (1.02, 1.9, 2.73):
        ring = np.array([[-1.06, -3.6, z], [1.06, -3.6, z], [1.06, 1.7, z], [-1.06, 1.7, z]])
        rods(model, ring if z > 2 else ring[1:], np.roll(ring, -1, 0) if z > 2 else ring[[2, 3, 0]], 0.03, Finish.METAL, _STEEL)
    model.polygons([[[-1.06, -3.6, 2.75], [1.06, -3.6, 2.75], [1.06, 1.7, 2.75], [-1.06, 1.7, 2.75]]], Finish.METAL, _DARK, two_sided=True)
    _gate(model, 15.0 + 70.0 * uniform(variant, "gate"))
    box(model, [-0.5, -2.2, 0.98], [-0.16, -1.74, 1.2], Finish.BARK, (96, 52, 44), taper=0.02, skip="-z")
    lathe(model, [[0.05, 0.0], [0.06, 0.09], [0.0, 0.1]], [0.4, -1.1, 0.98], Finish.BARK, (60, 84, 96), sides=6)
    return model.build().grounded(0.8, 0.3)


def _gate(model: ModelBuilder, angle_deg: float) -> None:
    leaf = ModelBuilder()
    x = np.linspace(0.05, 1.05, 4)
    foot = np.column_stack([x, 0 * x, 0 * x])
    rods(leaf, foot, foot + vec(0.0, 0.0, 1.7), 0.018, Finish.METAL, _STEEL)
    rods(
        leaf,
        [[0.0, 0.0, 0.02], [0.0, 0.0, 0.85], [0.0, 0.0, 1.7]],
        [[1.1, 0.0, 0.02], [1.1, 0.0, 0.85], [1.1, 0.0, 1.7]],
        0.024,
        Finish.METAL,
        _STEEL,
    )
    model.add(leaf.build(), Frame((-1.06, -3.62, 1.0), angle_deg))


def scooter_model(variant: int) -> Model:
    """A step-through scooter with a delivery box: on its stand, or thrown down."""
    model = ModelBuilder()
    paint = ((150, 146, 134), (120, 32, 28), (44, 70, 92), (62, 66, 68))[variant % 4]
    for y in (0.62, -0.58):
        for side in (-1.0, 1.0):
            wheel(model, vec(side * 0.02, y, 0.23), 0.23, side)
    ride = np.array(
        [
            (0.56, 0.62),
            (0.5, 0.9),
            (0.36, 0.5),
            (0.3, 0.3),
            (-0.2, 0.28),
            (-0.3, 0.62),
            (-0.85, 0.68),
            (-0.92, 0.55),
            (-0.55, 0.35),
            (-0.2, 0.22),
            (0.36, 0.22),
        ]
    )
    half = np.array([0.1, 0.12, 0.19, 0.2, 0.17, 0.15, 0.14, 0.06, 0.14, 0.16, 0.17])
    right, left = (np.column_stack([s * half, ride]) for s in (1.0, -1.0))
    loop = np.stack([np.concatenate([left, left[:1]]), np.concatenate([right, right[:1]])])
    sheet(model, loop, Finish.PAINT, paint, crease_deg=40)
    for points, flip in ((right, False), (left, True)):
        index = np.array([[0, 1, 2], [0, 2, 10], [2, 3, 10], [3, 9, 10], [3, 4, 9], [4, 8, 9], [4, 5, 8], [5, 6, 8], [6, 7, 8]])
        model.polygons(points[index if not flip else index[:, ::-1]], Finish.PAINT, paint)
    box(model, [-0.14, -0.72, 0.66], [0.14, -0.12, 0.76], Finish.RUBBER, _DARK, taper=0.03, skip="-z")
    tube(model, [[0.0, 0.62, 0.23], [0.0, 0.5, 0.7], [0.0, 0.4, 1.0]], 0.035, Finish.METAL, _STEEL, sides=5)
    tube(model, [[-0.34, 0.24, 1.02], [-0.12, 0.4, 1.0], [0.12, 0.4, 1.0], [0.34, 0.24, 1.02]], 0.02, Finish.RUBBER, _DARK, sides=4)
    lathe(
        model, [[0.0, -0.05], [0.09, -0.02], [0.08, 0.03], [0.0, 0.04]], [0.0, 0.48, 0.88], Finish.GLASS, (160, 162, 154), sides=7, axis="y"
    )
    box(model, [-0.21, -1.0, 0.78], [0.21, -0.56, 1.16], Finish.PAINT, ((110, 40, 32), (150, 146, 130))[variant % 2], taper=0.02)
    down = variant % 2 == 1
    whole = model.build().moved(Frame((0.0, 0.0, 0.0), 0.0, 0.0, 78.0 if down else 7.0))
    low, high = whole.bounds()
    return whole.moved(Frame((-(float(low[0]) + float(high[0])) / 2, 0.0, -float(low[2])))).grounded(0.4, 0.4)


def boat_model(variant: int) -> Model:
    """A canal boat that has settled on the bottom, heeled, a hole in one with planks sprung."""
    model = ModelBuilder()
    paint = ((52, 72, 84), (110, 104, 92), (86, 42, 34))[variant % 3]
    y = np.array([-2.2, -1.6, -0.4, 0.9, 1.8, 2.45])
    half, keel = np.array([0.68, 0.8, 0.85, 0.72, 0.4, 0.02]), np.array([0.1, 0.02, 0.0, 0.03, 0.14, 0.42])
    rim = np.array([0.68, 0.66, 0.66, 0.72, 0.82, 0.95])
    ring = np.stack(
        [
            np.stack([s * half * k, y, keel + (rim - keel) * h], -1)
            for s, k, h in ((1, 1, 1), (1, 0.86, 0.4), (1, 0.0, 0.0), (-1, 0.86, 0.4), (-1, 1, 1))
        ],
        1,
    )
    sheet(model, ring[::-1], Finish.PAINT, paint, crease_deg=30)
    inner = ring * [0.94, 0.97, 1.0] + vec(0.0, 0.0, 0.03)
    sheet(model, inner, Finish.BARK, (70, 58, 44), crease_deg=30)
    transom = ring[0]
    fan = np.array([[0, 1, 2], [0, 2, 3], [0, 3, 4]])
    model.polygons(transom[fan[:, ::-1]], Finish.PAINT, paint, two_sided=True)
    for at in (-1.3, 0.0, 1.1):
        wide = float(np.interp(at, y, half)) * 0.9
        box(model, [-wide, at - 0.13, 0.42], [wide, at + 0.13, 0.46], Finish.BARK, (96, 78, 56))
    tube(model, np.concatenate([ring[:, 0], ring[-2::-1, 4]]), 0.03, Finish.BARK, (88, 70, 50), sides=4)
    if variant % 3 == 2:
        rods(model, [[0.5, 0.2, 0.3], [0.55, 0.5, 0.35]], [[1.0, 0.1, 0.5], [0.95, 0.8, 0.55]], 0.03, Finish.BARK, (88, 70, 50))
    tube(model, [[0.3, -1.9, 0.5], [0.75, -2.3, 0.9], [0.9, -2.55, 0.85]], 0.025, Finish.BARK, (110, 92, 66), sides=4)
    whole = model.build().moved(Frame((0.0, 0.0, 0.0), 0.0, 2.0, 9.0 + 8.0 * uniform(variant, "heel")))
    return whole.moved(Frame((0.0, 0.0, -float(whole.bounds()[0][2])))).grounded(0.5, 0.35)
