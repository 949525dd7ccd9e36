"""The courier drones that fell: what lies and hangs about of them. (Those that fly: `world.mesh.bodies.parcels`.)

In: nothing.  Out: a model about its middle; +y is forward. Pure red is machines' eyes' alone.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from world.mesh.kits.forms import beam, box, lathe, sheet, tube, vec
from world.mesh.kits.model import Floats, Model, ModelBuilder
from world.mesh.surface import Finish

RED = (255, 0, 0)
_SHELL, _DARK, _BLADE = (36, 39, 42), (14, 15, 16), (58, 62, 66)


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
