"""The machines: the glider that patrols, and the drone.

In: nothing.  Out: two models that turn apart, body and head (`HEAD_AT` is the head's pivot in the body's frame); +y is forward.
The glider hovers: its origin is the point of the street below it, its skirt .35 m up. Pure red is its eyes' alone.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from world.mesh.kits.forms import beam, box, hexahedra, lathe, sheet, tube, vec
from world.mesh.kits.model import Floats, Model, ModelBuilder
from world.mesh.surface import Finish

HEAD_AT = (0.0, 0.55, 1.28)
EYE_AT = (0.0, 0.42, 0.06)  # of the red slit, in the head's frame
RED = (255, 0, 0)
_SHELL, _DARK, _BLADE = (36, 39, 42), (14, 15, 16), (58, 62, 66)


@lru_cache(maxsize=1)
def glider_body_model() -> Model:
    """A long keel between two raked fins, a hover skirt beneath, arms folded like a mantis; 2.6 m long, 1.5 wide, 1.6 high."""
    model = ModelBuilder()
    y = np.array([1.35, 1.15, 0.8, 0.3, -0.3, -0.8, -1.2, -1.4])
    half = np.array([0.04, 0.2, 0.36, 0.44, 0.42, 0.32, 0.16, 0.03])
    low = np.array([0.78, 0.62, 0.5, 0.45, 0.45, 0.52, 0.68, 0.84])
    high = np.array([0.84, 0.98, 1.12, 1.18, 1.14, 1.06, 0.98, 0.9])
    _hull(model, y, half, low, high, _SHELL)
    skirt = [[0.0, 0.4], [0.62, 0.4], [0.7, 0.36], [0.55, 0.55], [0.3, 0.6], [0.0, 0.6]]
    lathe(model, skirt, [0, -0.05, 0], Finish.METAL, _DARK, sides=14, crease_deg=35)
    lathe(model, [[0.5, 0.0], [0.0, 0.0]], [0, -0.05, 0.396], Finish.RUBBER, _DARK, sides=14)
    for side in (-1.0, 1.0):
        fin = np.array([[0.3, -0.2, 0.9], [0.42, -1.0, 0.85], [0.78, -1.55, 1.62], [0.62, -0.75, 1.3]]) * [side, 1.0, 1.0]
        _plate(model, fin, 0.05, _BLADE)
        vane = np.array([[0.36, 0.55, 0.72], [0.4, -0.5, 0.62], [0.75, -0.62, 0.34], [0.72, 0.28, 0.38]]) * [side, 1.0, 1.0]
        _plate(model, vane, 0.05, _SHELL)
        shoulder, elbow, wrist = vec(side * 0.36, 0.75, 0.86), vec(side * 0.62, 0.5, 0.6), vec(side * 0.5, 1.15, 0.5)
        tube(model, np.array([shoulder, elbow]), [0.07, 0.05], Finish.METAL, _BLADE, sides=6)
        tube(model, np.array([elbow, wrist]), [0.055, 0.035], Finish.METAL, _BLADE, sides=6)
        for k in (-1.0, 0.0, 1.0):
            tube(
                model,
                np.array([wrist, wrist + vec(side * -0.02 + 0.05 * k, 0.16, -0.02), wrist + vec(0.03 * k - side * 0.06, 0.27, -0.09)]),
                [0.02, 0.016, 0.004],
                Finish.METAL,
                _DARK,
                sides=4,
            )
        lathe(model, [[0.0, -0.06], [0.08, -0.05], [0.08, 0.05], [0.0, 0.06]], shoulder, Finish.METAL, _DARK, sides=8, axis="x")
    tube(model, [[0, 0.42, 1.05], [0, 0.5, 1.2], [0, 0.55, 1.27]], [0.12, 0.1, 0.09], Finish.RUBBER, _DARK, sides=8)
    ribs = np.linspace(-0.9, 0.1, 6)
    beam(
        model,
        np.column_stack([ribs * 0 - 0.13, ribs, 1.17 + 0.05 * ribs]),
        np.column_stack([ribs * 0 + 0.13, ribs, 1.17 + 0.05 * ribs]),
        0.05,
        0.06,
        Finish.METAL,
        _DARK,
    )
    tube(model, [[0, -1.2, 0.95], [0, -1.45, 1.35], [0, -1.6, 1.95]], [0.02, 0.012, 0.006], Finish.METAL, _DARK, sides=4)
    return model.build()


@lru_cache(maxsize=1)
def glider_head_model() -> Model:
    """A wedge with a brow over one red slit; pivot at its origin."""
    model = ModelBuilder()
    y = np.array([0.42, 0.36, 0.15, -0.15, -0.3])
    half = np.array([0.15, 0.22, 0.24, 0.17, 0.06])
    _hull(model, y, half, np.array([-0.03, -0.1, -0.12, -0.06, 0.02]), np.array([0.1, 0.16, 0.2, 0.2, 0.14]), _SHELL)
    box(model, [-0.15, 0.4, 0.035], [0.15, 0.432, 0.075], Finish.LAMP, RED, glow=(0, 255))
    brow = np.array([[-0.2, 0.36, 0.11], [0.2, 0.36, 0.11], [0.15, 0.5, 0.1], [-0.15, 0.5, 0.1]])
    _plate(model, brow, 0.04, _DARK)
    for side in (-1.0, 1.0):
        horn = np.array([[0.18, 0.1, 0.1], [0.22, -0.1, 0.12], [0.36, -0.5, 0.34], [0.25, -0.16, 0.22]]) * [side, 1.0, 1.0]
        _plate(model, horn, 0.03, _BLADE)
    return model.build()


@lru_cache(maxsize=2)
def drone_model(sentry: bool) -> Model:
    """A courier drone about its middle: four ducted rotors on arms, a parcel cradle; a sentry has a red eye below."""
    model = ModelBuilder()
    _hull(
        model,
        np.array([0.3, 0.2, -0.15, -0.28]),
        np.array([0.06, 0.15, 0.15, 0.06]),
        np.array([-0.02, -0.07, -0.07, 0.0]),
        np.array([0.05, 0.1, 0.1, 0.06]),
        _SHELL,
    )
    for x in (-1.0, 1.0):
        for y in (-1.0, 1.0):
            hub = vec(0.44 * x, 0.4 * y, 0.06)
            tube(model, np.array([[0.1 * x, 0.1 * y, 0.03], hub]), 0.025, Finish.METAL, _BLADE, sides=5)
            lathe(
                model,
                [[0.24, -0.04], [0.262, 0.0], [0.24, 0.04], [0.24, -0.04]],
                hub,
                Finish.METAL,
                _DARK,
                sides=10,
            )
            lathe(model, [[0.0, -0.03], [0.035, -0.03], [0.035, 0.03], [0.0, 0.05]], hub, Finish.METAL, _BLADE, sides=6)
            beam(model, hub - vec(0.23, 0.05 * x * y, 0), hub + vec(0.23, 0.05 * x * y, 0), 0.03, 0.006, Finish.METAL, _BLADE)
    for x in (-0.16, 0.16):
        tube(
            model, [[x, -0.2, -0.05], [x * 1.3, -0.2, -0.3], [x * 1.3, 0.22, -0.3], [x, 0.22, -0.05]], 0.012, Finish.METAL, _BLADE, sides=4
        )
    if sentry:
        lathe(model, [[0.0, -0.2], [0.07, -0.17], [0.085, -0.1], [0.06, -0.05], [0.0, -0.05]], [0, 0.1, 0], Finish.METAL, _DARK, sides=9)
        lathe(
            model,
            [[0.0, 0.0], [0.045, -0.006], [0.035, 0.022], [0.0, 0.03]],
            [0, 0.165, -0.13],
            Finish.LAMP,
            RED,
            sides=8,
            axis="y",
            glow=(0, 255),
        )
    else:
        box(model, [-0.17, -0.16, -0.29], [0.17, 0.18, -0.07], Finish.BARK, (120, 90, 58))
    return model.build()


def _hull(model: ModelBuilder, y: Floats, half: Floats, low: Floats, high: Floats, tint: tuple[int, int, int]) -> None:
    """A faceted body: eight points a section, sharp along its flanks, closed at both ends."""
    x = np.array([0.0, 0.55, 1.0, 0.6, 0.0, -0.6, -1.0, -0.55, 0.0])
    z = np.array([0.0, 0.06, 0.42, 0.9, 1.0, 0.9, 0.42, 0.06, 0.0])
    sections = np.stack([np.column_stack([h * x, np.full(9, at), a + (b - a) * z]) for at, h, a, b in zip(y, half, low, high, strict=True)])
    sheet(model, sections[::-1], Finish.PAINT, tint, crease_deg=32)
    for section, front in ((sections[0], True), (sections[-1], False)):
        fan = np.stack([np.broadcast_to(section[0], (6, 3)), section[1:7], section[2:8]], axis=1)
        model.polygons(fan[:, ::-1] if front else fan, Finish.PAINT, tint)


def _plate(model: ModelBuilder, outline: Floats, thickness: float, tint: tuple[int, int, int]) -> None:
    """A four-cornered blade with thickness, made outward whichever way its outline runs."""
    normal = np.cross(outline[1] - outline[0], outline[2] - outline[0])
    normal = normal / np.linalg.norm(normal) * thickness / 2
    a, b, c, d = outline
    corners = np.array([a - normal, b - normal, d - normal, c - normal, a + normal, b + normal, d + normal, c + normal])
    hexahedra(model, corners, Finish.METAL, tint)
