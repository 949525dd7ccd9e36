"""The gliders: the waiter with its tray and its tie, the nurse with her cross and her drip. Both float over a skirt with a fan in it.

In: nothing.  Out: two `Rig`s with the same parts, 1.55 m high, so that one posture serves both.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from world.mesh.bodies.fittings import Rgb, ball, bolts, bulb, disc, glow_ring, hose, lamp, plate, shell, strips
from world.mesh.bodies.rig import Joint, Rig, RigBuilder, Role
from world.mesh.kits.forms import beam, box, lathe, prism, tube, vec
from world.mesh.kits.frame import Point
from world.mesh.kits.model import Floats, ModelBuilder
from world.mesh.surface import Finish

UNDERSIDE_M = 0.4
EYE = (0.0, 0.165, 1.405)
SHOULDER_M = (0.25, 0.0, 1.13)
_NECK, _WAIST = (0.0, 0.01, 1.24), (0.0, 0.0, 0.84)
_DARK, _STEEL, _BLACK, _WHITE = (24, 25, 27), (112, 116, 120), (17, 18, 20), (196, 194, 186)
_CREAM, _TEAL = (206, 208, 202), (70, 128, 126)


@lru_cache(maxsize=1)
def waiter_rig() -> Rig:
    """Black waistcoat over a white front, a bow tie, a tray on its right hand and a cloth over its left arm."""
    rig = _chassis(_BLACK, (38, 39, 42), elbows=((-0.34, -0.05, 0.9), (0.35, -0.07, 0.91)), wrists=((-0.13, 0.25, 0.9), (0.35, 0.23, 0.99)))
    torso, head = rig["torso"], rig["head"]
    rows = [(0.84, 0, 0, 0.15, 0.11), (0.9, 0, 0, 0.165, 0.125), (1.04, 0, 0, 0.2, 0.14), (1.14, 0, -0.005, 0.225, 0.135)]
    shell(torso, [*rows, (1.2, 0, -0.005, 0.17, 0.11), (1.225, 0, 0.0, 0.08, 0.07)], Finish.PAINT, _BLACK, power=2.7, sides=16)
    _front(torso)
    for z in (0.93, 1.0, 1.07):  # two buttons of brass, the third is gone
        bolts(torso, [[0.0, 0.156 - 0.2 * abs(z - 1.04), z]] if z != 1.0 else np.zeros((0, 3)), 0.011, tint=(150, 120, 60))
    _tie(torso)
    strips(torso, [[-0.2, -0.1, 0.9], [0.2, -0.1, 0.9]], [[-0.2, -0.115, 1.16], [0.2, -0.115, 1.16]], 0.012, 0.02, _DARK)
    box(torso, [-0.11, -0.17, 0.93], [0.11, -0.11, 1.15], Finish.METAL, (62, 64, 66), taper=0.012)  # the pack that it runs on
    lamp(torso, [0.0, -0.172, 1.1], [0.05, 0.006, 0.011], Role.STATE, 60)
    hose(torso, [(0.07, -0.16, 0.96), (0.15, -0.17, 0.9), (0.1, -0.12, 0.82)], 0.014)
    hose(torso, [(-0.07, -0.16, 0.98), (-0.17, -0.19, 0.94), (-0.13, -0.12, 0.83)], 0.012)
    shell(
        head,
        [
            (1.265, 0, 0, 0.07, 0.07),
            (1.29, 0, 0.01, 0.12, 0.105),
            (1.38, 0, 0.015, 0.145, 0.125),
            (1.47, 0, 0.01, 0.135, 0.12),
            (1.53, 0, 0.0, 0.09, 0.085),
            (1.55, 0, 0, 0.04, 0.04),
        ],
        Finish.PAINT,
        _WHITE,
        power=3.2,
        sides=16,
    )
    _face(head, 0.142)
    strips(head, [[-0.1, 0.05, 1.53]], [[0.1, 0.05, 1.53]], 0.13, 0.016, _BLACK, Finish.PAINT)  # hair, as a stripe of black lacquer
    for side in (-1.0, 1.0):
        disc(head, [side * 0.148, 0.0, 1.39], 0.045, 0.03, Finish.METAL, _STEEL, axis="x", sides=10)
    fore = rig["fore_r"]
    centre = vec(0.35, 0.28, 1.045)
    lathe(
        fore,
        [[0.0, 0.0], [0.19, 0.0], [0.215, 0.02], [0.22, 0.032], [0.2, 0.016], [0.0, 0.012]],
        centre,
        Finish.METAL,
        (168, 170, 168),
        sides=18,
        crease_deg=30,
    )
    lathe(
        fore, [[0.0, 0.0], [0.032, 0.0], [0.036, 0.1], [0.0, 0.1]], centre + vec(-0.07, 0.05, 0.012), Finish.PAINT, (120, 150, 140), sides=9
    )
    plate(fore, centre + np.array([[0.02, -0.1, 0.018], [0.13, -0.02, 0.016], [0.05, 0.03, 0.02]]), 0.006, Finish.PAINT, (200, 200, 190))
    left = rig["fore_l"]
    cloth = np.array([[-0.28, 0.06, 0.935], [-0.19, 0.18, 0.945], [-0.17, 0.2, 0.76], [-0.22, 0.13, 0.7], [-0.27, 0.07, 0.74]])
    plate(left, cloth, 0.012, Finish.BARK, (178, 174, 164))
    return rig.build(underside_m=UNDERSIDE_M, eye=("head", EYE), circuit=("torso", (0.0, -0.16, 1.02)))


@lru_cache(maxsize=1)
def nurse_rig() -> Rig:
    """A white shell with a lit cross, arms folded, a cap, and a drip that still hangs from its hook."""
    rig = _chassis(_CREAM, _CREAM, elbows=((-0.31, 0.02, 0.89), (0.31, 0.02, 0.89)), wrists=((0.08, 0.24, 0.97), (-0.08, 0.265, 0.93)))
    base, torso, head = rig["base"], rig["torso"], rig["head"]
    shell(
        base,
        [(0.52, 0, 0, 0.34, 0.31), (0.58, 0, 0, 0.31, 0.28), (0.7, 0, 0, 0.22, 0.2), (0.8, 0, 0, 0.165, 0.15)],
        Finish.PAINT,
        _CREAM,
        power=2.2,
        sides=18,
    )
    disc(base, [0, 0, 0.62], 0.292, 0.02, Finish.PAINT, _TEAL, sides=18)
    rows = [(0.82, 0, 0, 0.14, 0.115), (0.9, 0, 0, 0.175, 0.14), (1.05, 0, 0.005, 0.205, 0.15), (1.14, 0, 0, 0.215, 0.14)]
    shell(torso, [*rows, (1.2, 0, 0, 0.15, 0.11), (1.228, 0, 0, 0.075, 0.07)], Finish.PAINT, _CREAM, power=2.3, sides=16)
    strips(torso, [[-0.185, 0.07, 0.9], [0.185, 0.07, 0.9]], [[-0.19, 0.08, 1.16], [0.19, 0.08, 1.16]], 0.02, 0.03, _TEAL, Finish.PAINT)
    for half in ((0.016, 0.006, 0.05), (0.05, 0.006, 0.016)):
        lamp(torso, [0.0, 0.155, 1.09], half, Role.TRIM, 70)
    box(torso, [-0.12, -0.2, 0.92], [0.12, -0.12, 1.15], Finish.PAINT, (186, 188, 182), taper=0.014)
    strips(torso, [[-0.1, -0.203, 1.0]], [[0.1, -0.203, 1.0]], 0.008, 0.012, _DARK)
    lamp(torso, [0.0, -0.202, 1.1], [0.05, 0.006, 0.011], Role.STATE, 60)
    pole = np.array([[0.1, -0.19, 0.95], [0.11, -0.22, 1.3], [0.11, -0.22, 1.66], [0.16, -0.2, 1.7], [0.2, -0.17, 1.66]])
    tube(torso, pole, 0.01, Finish.METAL, _STEEL, sides=5)
    shell(
        torso,
        [
            (1.46, 0.2, -0.17, 0.02, 0.01),
            (1.5, 0.2, -0.17, 0.045, 0.018),
            (1.62, 0.2, -0.17, 0.042, 0.015),
            (1.65, 0.2, -0.17, 0.012, 0.008),
        ],
        Finish.GLASS,
        (60, 72, 70),
        power=2.5,
        sides=8,
    )
    hose(torso, [(0.2, -0.17, 1.46), (0.25, -0.16, 1.25), (0.18, -0.19, 1.05), (0.1, -0.2, 1.0)], 0.005, (150, 150, 140), sides=4)
    shell(
        head,
        [
            (1.262, 0, 0, 0.06, 0.06),
            (1.285, 0, 0.01, 0.11, 0.1),
            (1.36, 0, 0.015, 0.15, 0.13),
            (1.45, 0, 0.01, 0.145, 0.128),
            (1.51, 0, 0, 0.105, 0.095),
            (1.54, 0, 0, 0.04, 0.04),
        ],
        Finish.PAINT,
        _CREAM,
        power=2.2,
        sides=16,
    )
    _face(head, 0.142)
    prism(head, [(-0.1, 0.05), (0.1, 0.05), (0.085, 0.13), (-0.085, 0.13)], 1.485, 1.56, Finish.PAINT, (220, 220, 214))  # the cap
    for half in ((0.006, 0.004, 0.02), (0.02, 0.004, 0.006)):
        lamp(head, [0.0, 0.138, 1.52], half, Role.TRIM, 50)
    bulb(head, [0.152, -0.01, 1.38], 0.016, Role.STATE, 60, axis="x")
    bulb(head, [-0.152, -0.01, 1.38], 0.016, Role.STATE, 60, axis="x")
    return rig.build(underside_m=UNDERSIDE_M, eye=("head", EYE), circuit=("torso", (0.0, -0.19, 1.0)))


def _chassis(skirt: Rgb, sleeves: Rgb, elbows: tuple[Point, Point], wrists: tuple[Point, Point]) -> RigBuilder:
    """Skirt, fan, waist and arms."""
    x, y, z = SHOULDER_M
    rig = RigBuilder(
        [
            Joint("base", None, (0.0, 0.0, UNDERSIDE_M)),
            Joint("fan", "base", (0.0, 0.0, 0.45)),
            Joint("torso", "base", _WAIST),
            Joint("head", "torso", _NECK),
            Joint("upper_l", "torso", (-x, y, z)),
            Joint("fore_l", "upper_l", elbows[0]),
            Joint("upper_r", "torso", (x, y, z)),
            Joint("fore_r", "upper_r", elbows[1]),
        ]
    )
    base = rig["base"]
    lathe(
        base,
        [[0.0, 0.5], [0.2, 0.5], [0.3, 0.42], [0.345, 0.4], [0.375, 0.43], [0.36, 0.53], [0.24, 0.6], [0.14, 0.66], [0.0, 0.66]],
        [0, 0, 0],
        Finish.PAINT,
        skirt,
        sides=20,
        crease_deg=40,
    )
    glow_ring(base, [0, 0, 0.475], 0.372, 0.008, Role.STATE, 70, sides=18)
    for turn in np.arange(6) * (np.pi / 3) + 0.26:  # louvres
        out = vec(float(np.cos(turn)), float(np.sin(turn)), 0.0)
        beam(base, out * 0.325 + vec(0, 0, 0.56), out * 0.27 + vec(0, 0, 0.59), 0.09, 0.012, Finish.RUBBER, _DARK)
    lathe(base, [[0.0, 0.64], [0.115, 0.64], [0.1, 0.7], [0.085, 0.8], [0.1, 0.86], [0.0, 0.86]], [0, 0, 0], Finish.RUBBER, _DARK, sides=12)
    for k in range(4):
        disc(base, [0, 0, 0.69 + 0.04 * k], 0.108, 0.014, Finish.METAL, (58, 60, 63), sides=12)
    fan = rig["fan"]
    lathe(fan, [[0.0, 0.42], [0.05, 0.425], [0.05, 0.46], [0.0, 0.46]], [0, 0, 0], Finish.METAL, _STEEL, sides=8)
    for turn in np.arange(5) * (2 * np.pi / 5):
        out, aside = vec(float(np.cos(turn)), float(np.sin(turn)), 0.0), vec(-float(np.sin(turn)), float(np.cos(turn)), 0.0)
        blade = np.array([out * 0.04 - aside * 0.02, out * 0.3 - aside * 0.05, out * 0.3 + aside * 0.05, out * 0.04 + aside * 0.03])
        plate(fan, blade + vec(0, 0, 0.44), 0.008, Finish.METAL, (70, 72, 74))
    lathe(rig["torso"], [[0.0, 1.21], [0.055, 1.21], [0.05, 1.28], [0.0, 1.28]], [0, 0, 0], Finish.RUBBER, _DARK, sides=10)
    for name, side, elbow, wrist in (("l", -1.0, elbows[0], wrists[0]), ("r", 1.0, elbows[1], wrists[1])):
        _arm(rig[f"upper_{name}"], rig[f"fore_{name}"], side, np.asarray(elbow, float), np.asarray(wrist, float), sleeves)
    return rig


def _arm(upper: ModelBuilder, fore: ModelBuilder, side: float, elbow: Floats, wrist: Floats, sleeve: Rgb) -> None:
    shoulder = np.array(SHOULDER_M) * [side, 1.0, 1.0]
    ball(upper, shoulder, 0.062, Finish.PAINT, sleeve)
    tube(upper, [shoulder, shoulder * 0.5 + elbow * 0.5, elbow], [0.042, 0.046, 0.036], Finish.PAINT, sleeve, sides=8)
    ball(fore, elbow, 0.042, Finish.METAL, (66, 68, 70), sides=7)
    along = (wrist - elbow) / np.linalg.norm(wrist - elbow)
    cuff = wrist - along * 0.05
    tube(fore, [elbow, elbow * 0.4 + cuff * 0.6, cuff], [0.034, 0.04, 0.033], Finish.PAINT, sleeve, sides=8)
    tube(fore, [cuff, wrist + along * 0.01], [0.026, 0.024], Finish.METAL, _STEEL, sides=7)
    across = np.cross(along, [0.0, 0.0, 1.0])
    across /= np.linalg.norm(across)
    for k in (-1.0, 0.0, 1.0):
        root = wrist + across * (0.018 * k)
        tip = wrist + along * 0.085 + across * (0.03 * k) + vec(0, 0, 0.012)
        tube(fore, [root, root * 0.45 + tip * 0.55 + vec(0, 0, 0.014), tip], [0.011, 0.01, 0.004], Finish.METAL, _DARK, sides=4)


def _face(head: ModelBuilder, at: float) -> None:
    """What smiled: a pane of black glass with two dead lenses; across it, bolted on since, the red bar."""
    pane = np.array([[-0.105, at, 1.315], [0.105, at, 1.315], [0.112, at - 0.004, 1.45], [-0.112, at - 0.004, 1.45]])
    plate(head, pane, 0.016, Finish.GLASS, (14, 15, 17))
    for side in (-1.0, 1.0):
        disc(head, [side * 0.05, at + 0.01, 1.355], 0.021, 0.012, Finish.METAL, (40, 42, 44), axis="y", sides=10)
    box(head, [-0.13, at - 0.03, 1.38], [0.13, at + 0.014, 1.43], Finish.METAL, (34, 35, 37))
    lamp(head, [0.0, at + 0.018, 1.405], [0.105, 0.007, 0.011], Role.EYE, 255)
    bolts(head, [[-0.12, at + 0.014, 1.405], [0.12, at + 0.014, 1.405]], 0.009)


def _front(torso: ModelBuilder) -> None:
    """A white shirt front, and lapels that leave a wedge of it open."""
    shirt = np.array([[0.0, 0.134, 0.98], [0.062, 0.118, 1.17], [0.04, 0.104, 1.2], [-0.04, 0.104, 1.2], [-0.062, 0.118, 1.17]])
    plate(torso, shirt + vec(0, 0.012, 0), 0.016, Finish.PAINT, _WHITE)
    for side in (-1.0, 1.0):
        lapel = np.array([[0.004, 0.138, 0.98], [0.058, 0.142, 1.06], [0.1, 0.12, 1.14], [0.068, 0.112, 1.185]]) * [side, 1.0, 1.0]
        plate(torso, lapel + vec(0, 0.02, 0), 0.014, Finish.PAINT, (30, 31, 34))


def _tie(torso: ModelBuilder) -> None:
    """A bow tie of dark red lacquer."""
    for side in (-1.0, 1.0):
        wing = np.array([[0.008, 0.15, 1.192], [0.095, 0.135, 1.238], [0.095, 0.135, 1.15]]) * [side, 1.0, 1.0]
        plate(torso, wing, 0.02, Finish.PAINT, (150, 28, 38))
    box(torso, [-0.014, 0.122, 1.178], [0.014, 0.156, 1.206], Finish.PAINT, (120, 20, 30))
