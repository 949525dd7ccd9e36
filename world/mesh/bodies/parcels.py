"""The sentry: a delivery drone on four ducted rotors, with a clamp that holds an empty crate and a light that searches.

In: nothing.  Out: a `Rig` 2.4 m across; z = 0 is its underside, which hangs over the street.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from world.mesh.bodies.fittings import bolts, bulb, disc, hose, lamp, plate, shell, strips
from world.mesh.bodies.rig import Joint, Rig, RigBuilder, Role
from world.mesh.kits.forms import beam, box, lathe, tube, vec
from world.mesh.kits.model import ModelBuilder
from world.mesh.surface import Finish

UNDERSIDE_M = 0.0
EYE = (0.0, 0.5, 0.06)
HUBS_M = ((-0.78, 0.7), (0.78, 0.7), (-0.78, -0.7), (0.78, -0.7))
GIMBAL_M = (0.0, 0.0, -0.1)
_ROTOR_M, _HUB_Z_M = 0.42, 0.2
_SHELL, _BLUE, _DARK, _STEEL, _BLACK = (150, 154, 154), (36, 62, 96), (34, 36, 38), (116, 120, 122), (16, 16, 17)


@lru_cache(maxsize=1)
def parcels_rig() -> Rig:
    """Frame, four rotors, fork and gimbal of the light, and the two jaws of the clamp."""
    rig = RigBuilder(
        [
            Joint("frame", None, (0.0, 0.0, 0.1)),
            *(Joint(f"rotor_{k}", "frame", (x, y, _HUB_Z_M)) for k, (x, y) in enumerate(HUBS_M)),
            Joint("fork", "frame", GIMBAL_M),
            Joint("gimbal", "fork", GIMBAL_M),
            Joint("jaw_l", "frame", (-0.2, -0.26, -0.04)),
            Joint("jaw_r", "frame", (0.2, -0.26, -0.04)),
        ]
    )
    _frame(rig["frame"])
    for k, (x, y) in enumerate(HUBS_M):
        _rotor(rig[f"rotor_{k}"], x, y)
    _gimbal(rig["fork"], rig["gimbal"])
    _jaw(rig["jaw_l"], -1.0)
    _jaw(rig["jaw_r"], 1.0)
    return rig.build(underside_m=UNDERSIDE_M, eye=("frame", EYE), circuit=("frame", (0.0, -0.42, 0.2)))


def _frame(model: ModelBuilder) -> None:
    rows = [
        (-0.5, 0.12, 0, 0.05, 0.12),
        (-0.42, 0.12, 0, 0.1, 0.2),
        (0.0, 0.12, 0, 0.13, 0.26),
        (0.34, 0.11, 0, 0.11, 0.22),
        (0.5, 0.08, 0, 0.05, 0.13),
    ]
    shell(model, rows, Finish.PAINT, _SHELL, power=3.4, sides=16, axis="y", crease_deg=34)
    for side in (-1.0, 1.0):
        band = np.array([[side * 0.255, -0.28, 0.07], [side * 0.264, 0.1, 0.07], [side * 0.264, 0.1, 0.16], [side * 0.255, -0.28, 0.16]])
        plate(model, band, 0.012, Finish.PAINT, _BLUE)
        strips(model, [[side * 0.12, -0.4, 0.232]], [[side * 0.13, 0.3, 0.238]], 0.01, 0.012, _BLACK)
        lamp(model, [side * 0.2, 0.44, 0.1], [0.02, 0.012, 0.012], Role.STATE, 140)
    for x, y in HUBS_M:
        root, tip = vec(np.sign(x) * 0.2, np.sign(y) * 0.24, 0.12), vec(x, y, _HUB_Z_M - 0.06)
        tube(model, [root, root * 0.5 + tip * 0.5 + vec(0, 0, 0.05), tip], [0.05, 0.036, 0.03], Finish.PAINT, _DARK, sides=7)
        hose(model, [root + vec(0, 0, 0.05), (root + tip) / 2 + vec(0, 0, 0.1), tip + vec(0, 0, 0.03)], 0.01)
        r = _ROTOR_M + 0.02
        duct = [[r, -0.06], [r + 0.028, -0.03], [r + 0.03, 0.04], [r + 0.012, 0.07], [r, 0.06], [r, -0.06]]
        lathe(model, duct, [x, y, _HUB_Z_M], Finish.PAINT, _SHELL, sides=20, crease_deg=45)
        for turn in (0.4, 2.5, 4.6):
            out = vec(float(np.cos(turn)), float(np.sin(turn)), 0.0)
            beam(model, tip, vec(x, y, _HUB_Z_M - 0.05) + out * (r + 0.01), 0.03, 0.014, Finish.METAL, _DARK)
        lathe(model, [[0.0, -0.09], [0.05, -0.08], [0.05, 0.0], [0.0, 0.0]], [x, y, _HUB_Z_M - 0.01], Finish.METAL, _DARK, sides=8)
        bulb(model, [x, y + np.sign(y) * (r + 0.03), _HUB_Z_M], 0.024, Role.STATE, 160)
    box(model, [-0.15, 0.44, 0.03], [0.15, 0.5, 0.09], Finish.METAL, _BLACK)
    lamp(model, [0.0, 0.505, 0.06], [0.125, 0.01, 0.014], Role.EYE, 255)
    box(model, [-0.12, -0.47, 0.14], [0.12, -0.34, 0.26], Finish.METAL, (72, 76, 78), taper=0.015)
    bolts(model, [[-0.09, -0.472, 0.17], [0.09, -0.472, 0.17], [0.0, -0.47, 0.23]], 0.012, tint=_DARK)
    hose(model, [(0.06, -0.45, 0.25), (0.1, -0.3, 0.33), (0.08, -0.12, 0.26)], 0.014)
    tube(model, [[-0.06, -0.3, 0.24], [-0.07, -0.36, 0.5]], [0.008, 0.004], Finish.METAL, _BLACK, sides=4)
    for x in (-0.32, 0.32):
        skid = [[x * 0.6, 0.3, 0.0], [x, 0.34, -0.2], [x, 0.1, -0.3], [x, -0.3, -0.3], [x, -0.42, -0.2], [x * 0.6, -0.36, 0.0]]
        tube(model, skid, 0.016, Finish.METAL, _STEEL, sides=5)
    disc(model, [0.0, 0.0, -0.02], 0.1, 0.08, Finish.METAL, _DARK, sides=12)


def _rotor(model: ModelBuilder, x: float, y: float) -> None:
    lathe(model, [[0.0, -0.02], [0.04, -0.02], [0.034, 0.03], [0.0, 0.05]], [x, y, _HUB_Z_M], Finish.METAL, _STEEL, sides=8)
    for turn in (0.0, 2.0944, 4.1888):
        out, aside = vec(float(np.cos(turn)), float(np.sin(turn)), 0.0), vec(-float(np.sin(turn)), float(np.cos(turn)), 0.0)
        blade = np.array([out * 0.03 - aside * 0.018, out * 0.4 - aside * 0.022, out * 0.41 + aside * 0.012, out * 0.05 + aside * 0.034])
        plate(model, blade + vec(x, y, _HUB_Z_M + 0.015), 0.008, Finish.RUBBER, (70, 72, 74))


def _gimbal(fork: ModelBuilder, model: ModelBuilder) -> None:
    """A searchlight in a fork; at rest it looks ahead (+y). The fork nods and the light turns in it, so that nothing flips when it looks
    straight down."""
    x, y, z = GIMBAL_M
    for side in (-1.0, 1.0):
        beam(fork, [side * 0.115, y, z + 0.08], [side * 0.115, y, z - 0.02], 0.03, 0.05, Finish.METAL, _DARK)
    profile = [[0.0, -0.14], [0.07, -0.13], [0.095, -0.04], [0.1, 0.09], [0.088, 0.1], [0.075, 0.07], [0.0, 0.065]]
    lathe(model, profile, [x, y, z], Finish.METAL, (58, 60, 62), sides=14, axis="y", crease_deg=35)
    bulb(model, [x, y + 0.075, z], 0.074, Role.WORK, 255, flat=0.25)
    for k in range(3):
        disc(model, [x, y - 0.1 + 0.03 * k, z], 0.098, 0.01, Finish.METAL, _DARK, axis="y", sides=14)


def _jaw(model: ModelBuilder, side: float) -> None:
    """Half of the clamp; the crate hangs in the left one's claws, torn on one side."""
    x = side * 0.2
    tube(model, [[x, -0.26, -0.02], [x * 1.5, -0.26, -0.16], [x * 1.2, -0.26, -0.42]], [0.03, 0.026, 0.014], Finish.METAL, _STEEL, sides=6)
    tube(model, [[x * 0.6, -0.2, -0.02], [x * 1.3, -0.21, -0.14]], 0.014, Finish.METAL, (150, 152, 152), sides=5)
    box(model, [x - 0.05, -0.32, -0.05], [x + 0.05, -0.2, 0.02], Finish.METAL, _DARK)
    if side < 0:
        low, high = vec(-0.24, -0.46, -0.56), vec(0.22, -0.12, -0.3)
        posts = np.array([[low[0], low[1]], [high[0], low[1]], [high[0], high[1]], [low[0], high[1]]])
        for k, z in enumerate((low[2], -0.44, high[2])):
            ends = np.column_stack([posts, np.full(4, z)])
            keep = [0, 1, 2, 3] if k != 1 else [0, 2, 3]
            beam(model, ends[keep], np.roll(ends, -1, axis=0)[keep], 0.03, 0.03, Finish.BARK, (120, 92, 58))
        beam(
            model,
            np.column_stack([posts, np.full(4, low[2])]),
            np.column_stack([posts, np.full(4, high[2])]),
            0.03,
            0.03,
            Finish.BARK,
            (104, 80, 50),
        )
        box(model, [low[0], low[1], low[2] - 0.012], [high[0], high[1], low[2]], Finish.BARK, (92, 70, 46))
