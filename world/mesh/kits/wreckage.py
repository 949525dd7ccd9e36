"""What came down, burns or leaks: girders, twisted metal, barrels with fire in them, drones, a burst main, a sign on the ground.

In: a shape's number.  Out: `Model`s that rest on z = 0; what is long lies along +y.
"""

from __future__ import annotations

import numpy as np

from world.fields import uniform
from world.mesh.kits.cars import flames_model
from world.mesh.kits.forms import beam, box, catenary, lathe, rods, sheet, tube, vec
from world.mesh.kits.frame import Frame
from world.mesh.kits.model import Floats, Model, ModelBuilder
from world.mesh.kits.poles import lamp_mast
from world.mesh.kits.robots import drone_model
from world.mesh.kits.rubble import rebar
from world.mesh.kits.sign_parts import panel, rim
from world.mesh.lettering import Direction, atlas, stacks, words
from world.mesh.surface import Finish

_STEEL, _RUST, _DARK, _SHEET, _WATER = (92, 98, 98), (98, 60, 40), (26, 27, 29), (108, 106, 100), (190, 204, 206)


def _settled(model: Model, *, centred: bool = False) -> Model:
    low, high = model.bounds()
    shift = -(low + high) / 2 if centred else np.zeros(3)
    return model.moved(Frame((float(shift[0]), float(shift[1]), -float(low[2]))))


def girder_fallen_model(variant: int) -> Model:
    """An I-girder of six metres, bent and twisted, its end torn, plates and bolts still on it."""
    model = ModelBuilder()
    t = np.linspace(0.0, 1.0, 9)
    bend, twist = 0.7 * (uniform(variant, "bend") - 0.5), 1.5 * (uniform(variant, "twist") - 0.5)
    spine = np.stack([bend * np.sin(np.pi * t), 6.0 * t - 3.0, 0.24 + 0.25 * t * t * uniform(variant, "lift")], -1)
    roll = 0.25 + twist * t
    right = np.stack([np.cos(roll), 0 * roll, -np.sin(roll)], -1)
    up = np.stack([np.sin(roll), 0 * roll, np.cos(roll)], -1)
    h, w, s = 0.22, 0.14, 0.012
    outline = [
        (-w, -h),
        (w, -h),
        (w, -h + s),
        (s, -h + s),
        (s, h - s),
        (w, h - s),
        (w, h),
        (-w, h),
        (-w, h - s),
        (-s, h - s),
        (-s, -h + s),
        (-w, -h + s),
    ]
    ring = np.stack([spine + a * right + b * up for a, b in outline], 1)
    ring = np.concatenate([ring, ring[:, :1]], 1)
    sheet(model, ring[::-1], Finish.METAL, (_RUST, (84, 74, 66), _STEEL)[variant % 3], crease_deg=20)
    for at in (2, 5):
        box(model, spine[at] - [0.16, 0.1, 0.0], spine[at] + vec(0.16, 0.1, 0.05), Finish.METAL, _STEEL)
    for k in range(3):
        rebar(model, spine[-1] + vec(0.0, -0.05, 0.1 * (k - 1)), vec(0.3 * (k - 1), 1.0, 0.2), variant * 5 + k, 0.8)
    return _settled(model.build()).grounded(0.4, 0.35)


def twisted_metal_model(variant: int) -> Model:
    """Sheets, angle bars and a stair rail wrung into one knot."""
    model = ModelBuilder()
    for k in range(3):
        u, v = np.meshgrid(np.linspace(-0.5, 0.5, 6), np.linspace(-0.3, 0.3, 3), indexing="ij")
        curl, wring = 1.2 * uniform(variant, "curl", k) + 0.3, 3.0 * (uniform(variant, "wring", k) - 0.5)
        z = curl * u * u + wring * u * v + 0.05 * np.cos(u * 30)
        lump = ModelBuilder()
        sheet(lump, np.stack([u, v, z], -1), Finish.METAL, (_SHEET, _RUST, _STEEL)[k], crease_deg=35, two_sided=True)
        turn = Frame(
            (0.35 * (k - 1), 0.25 * (uniform(variant, "y", k) - 0.5), 0.12 * k),
            360 * uniform(variant, "turn", k),
            40 * (k - 1),
            30 * uniform(variant, "roll", k),
        )
        model.add(_settled(lump.build().moved(turn)).moved(Frame((0.0, 0.0, 0.06 * k))))
    for k in range(6):
        a, b = uniform(variant, "bar-a", k), uniform(variant, "bar-b", k)
        start = vec(1.2 * (a - 0.5), 1.0 * (b - 0.5), 0.05 + 0.02)
        way = vec(np.cos(6.3 * b), np.sin(6.3 * b), 0.3 + 0.9 * a)
        middle = start + 0.35 * way / np.linalg.norm(way)
        tube(
            model, np.array([start, middle, middle + vec(way[1], -way[0], 0.25) * 0.3]), 0.02, Finish.METAL, (_RUST, _STEEL)[k % 2], sides=4
        )
    return _settled(model.build(), centred=True).grounded(0.35, 0.35)


def fire_barrel_model(variant: int) -> Model:
    """An oil drum with holes hacked in it, coals and flames in its mouth; the last is down to embers."""
    model = ModelBuilder()
    profile = [
        [0.0, 0.0],
        [0.29, 0.0],
        [0.3, 0.03],
        [0.29, 0.29],
        [0.305, 0.31],
        [0.29, 0.33],
        [0.29, 0.58],
        [0.305, 0.6],
        [0.29, 0.62],
        [0.3, 0.88],
        [0.27, 0.88],
        [0.27, 0.7],
    ]
    lathe(model, profile, [0, 0, 0], Finish.METAL, ((86, 56, 40), (70, 66, 60), (62, 74, 78))[variant % 3], sides=10, crease_deg=35)
    turn = np.arange(10) * 0.2 * np.pi
    coals = np.stack([0.27 * np.cos(turn), 0.27 * np.sin(turn), 0.72 + 0 * turn], -1)
    model.polygons(
        np.stack([np.broadcast_to(vec(0, 0, 0.78), (10, 3)), coals, np.roll(coals, -1, 0)], 1), Finish.EMBER, (255, 90, 16), glow=(0, 60)
    )
    for k in range(4):
        a = 2 * np.pi * (k + 0.5 * uniform(variant, "hole", k)) / 4
        z, r = 0.2 + 0.25 * (k % 2), 0.296
        side = vec(-np.sin(a), np.cos(a), 0) * 0.05
        c = vec(r * np.cos(a), r * np.sin(a), z)
        model.polygons(
            [[c - side, c + side * 0.8 + vec(0, 0, -0.02), c + side * 0.4 + vec(0, 0, 0.09), c - side * 0.7 + vec(0, 0, 0.07)]],
            Finish.EMBER,
            (255, 90, 16),
            glow=(0, 40),
        )
    if variant % 4 != 3:
        model.add(flames_model(variant, 6).scaled(0.75), Frame((0.0, 0.0, 0.72)))
    beam(model, vec(-0.1, -0.05, 0.7), vec(0.15, 0.2, 1.05), 0.05, 0.04, Finish.BARK, (40, 32, 26))
    beam(model, vec(0.1, -0.15, 0.7), vec(-0.2, 0.1, 1.0), 0.06, 0.03, Finish.BARK, (52, 40, 30))
    return model.build().grounded(0.35, 0.4)


def drone_crashed_model(variant: int) -> Model:
    """A courier drone on the ground: an arm snapped off, its parcel burst."""
    lying = Frame((0.0, 0.0, 0.0), 90.0 * variant, (168.0, 24.0, -31.0)[variant % 3], (14.0, 30.0, -20.0)[variant % 3])
    whole = drone_model(False).moved(lying)
    model = ModelBuilder()
    model.add(_settled(whole, centred=True))
    box(model, [0.5, -0.5, 0.0], [0.78, -0.24, 0.16], Finish.BARK, (120, 90, 58), taper=0.03, skip="-z")
    flap = [[[0.5, -0.24, 0.16], [0.78, -0.24, 0.16], [0.76, -0.08, 0.2], [0.52, -0.08, 0.22]]]
    model.polygons(flap, Finish.BARK, (120, 90, 58), two_sided=True)
    tube(model, [[-0.5, 0.3, 0.02], [-0.7, 0.45, 0.03], [-0.62, 0.6, 0.02]], 0.02, Finish.METAL, _DARK, sides=4)
    return model.build().grounded(0.25, 0.4)


def drone_hanging_model(variant: int) -> Model:
    """A dead lamp whose arm a drone flew into: it hangs there by its cradle and by torn cable."""
    model = ModelBuilder()
    end = lamp_mast(model, variant, bent=0.5 + 0.4 * uniform(variant, "bend"))
    hang = end + vec(0.0, -0.1, -0.55 - 0.5 * uniform(variant, "drop"))
    lean = Frame((float(hang[0]), float(hang[1]), float(hang[2])), 40.0 * variant, 50.0 + 20.0 * uniform(variant, "nose"), 25.0)
    model.add(drone_model(variant % 2 == 0).moved(lean) if variant % 3 else drone_model(False).moved(lean))
    for k in range(3):
        away = vec(0.12 * (k - 1), 0.1 * k - 0.1, 0.0)
        tube(model, catenary(end + away, hang + away * 2, 0.03, 3), 0.011, Finish.RUBBER, _DARK, sides=3)
    tube(model, [hang, hang + vec(0.1, 0.05, -0.7), hang + vec(0.02, 0.1, -1.5)], 0.01, Finish.RUBBER, _DARK, sides=3)
    whole = model.build()
    glow = whole.extra.copy()
    glow[:, 1] = 0  # it is dead: no eye shines
    return Model(
        whole.position,
        whole.normal,
        np.where(whole.finish == Finish.LAMP, Finish.GLASS, whole.finish).astype(np.uint8),
        whole.tint,
        whole.uv,
        glow,
        whole.indices,
    ).grounded(1.2, 0.45)


def pipe_burst_model(variant: int) -> Model:
    """A broken main standing out of torn paving, and the fan of water that it throws, frozen as glass."""
    model = ModelBuilder()
    k = np.arange(7)
    turn = k * 2 * np.pi / 7 + uniform(variant, "slab", k)
    for a, lift in zip(turn, uniform(variant, "lift", k), strict=True):
        c = vec(0.5 * np.cos(a), 0.5 * np.sin(a), 0.0)
        slab = ModelBuilder()
        box(slab, [-0.2, -0.18, 0.0], [0.2, 0.18, 0.09], Finish.RUBBLE, (128, 126, 120), skip="-z")
        model.add(
            slab.build()
            .moved(Frame((float(c[0]), float(c[1]), 0.0), float(np.degrees(a)), 0.0, 0.0))
            .moved(Frame((0.0, 0.0, 0.12 * float(lift))))
        )
    tube(model, [[0.0, 0.0, 0.0], [0.02, 0.0, 0.3], [0.1, 0.06, 0.48]], 0.11, Finish.METAL, (84, 78, 72), sides=8, caps=False)
    lathe(model, [[0.11, -0.03], [0.16, -0.03], [0.16, 0.03], [0.11, 0.03]], [0.0, 0.0, 0.2], Finish.METAL, _RUST, sides=8)
    jets = 10
    for j in range(jets):
        a = 2 * np.pi * (j + uniform(variant, "jet", j)) / jets
        reach, rise = 0.5 + 0.5 * uniform(variant, "jet-reach", j), 0.5 + 0.5 * uniform(variant, "jet-rise", j)
        t = np.linspace(0.0, 1.0, 6)
        path = np.stack(
            [0.1 + reach * t * np.cos(a), 0.06 + reach * t * np.sin(a), 0.48 + rise * 1.6 * t - (0.46 + rise * 1.6) * t * t], -1
        )
        rods(model, path[:-1], path[1:], 0.006, Finish.PAINT, _WATER)
    return _grounded_zero(model.build())


def _grounded_zero(model: Model) -> Model:
    return _settled(model).grounded(0.3, 0.4)


def sign_fallen_model(variant: int) -> Model:
    """A blade sign that tore off its wall and lies on its back, cracked, its bracket and cable beside it."""
    model = ModelBuilder()
    upright = [k for k, word in enumerate(words()) if stacks(k) and 3 <= len(word.text) <= 4]
    word = upright[(variant * 5) % len(upright)]
    rectangle = atlas().rectangles[word, Direction.VERTICAL]
    size = 2.3 / rectangle.height_em
    w, h = rectangle.width_em * size, 2.3
    centre: Floats = vec(0.0, 0.0, 0.0)
    rim(model, centre, (1.0, 0.0, 0.0), (w, h), 0.18, 0.06)
    panel(model, centre + vec(0.07, 0.0, 0.0), (1.0, 0.0, 0.0), (w, h), rectangle, (92, 98, 98), (0, 0), 1, np.ones(1, bool), variant)
    box(model, centre - [0.06, w / 2, h / 2], centre + vec(0.03, w / 2, h / 2), Finish.METAL, _DARK)
    flat = (
        model.build().moved(Frame((0.0, 0.0, 0.0), 0.0, 0.0, -90.0)).moved(Frame((0.0, 0.0, 0.0), 0.0, -90.0 + 180.0 * (variant % 2), 0.0))
    )
    low, high = flat.bounds()
    lying = ModelBuilder()
    level = flat if (high - low)[2] < 0.6 else flat.moved(Frame((0.0, 0.0, 0.0), 0.0, 90.0))
    lying.add(_settled(level.moved(Frame((0.0, 0.0, 0.0), 0.0, 0.0, 4.0)), centred=True))
    beam(lying, vec(0.5, -0.6, 0.03), vec(0.9, 0.1, 0.03), 0.05, 0.05, Finish.METAL, _STEEL)
    tube(lying, [[0.3, 0.8, 0.02], [0.6, 1.0, 0.02], [0.5, 1.3, 0.02], [0.8, 1.35, 0.02]], 0.012, Finish.RUBBER, _DARK, sides=3)
    rods(lying, [-0.5, -0.9, 0.02], [-0.75, -0.2, 0.02], 0.015, Finish.GLASS, (150, 150, 146))
    return lying.build().grounded(0.25, 0.45)
