"""The runner: a courier on two long legs, a parcel box on its back.

In: nothing.  Out: a `Rig` of 1.85 m height. The legs stand on their toes (digitigrade): the knee bends forward, the heel is off the ground;
`LEG` are their joints at rest, from which the posture works out how they bend.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from world.mesh.bodies.fittings import ball, bolts, bulb, disc, hose, lamp, plate, shell, strips
from world.mesh.bodies.rig import Joint, Rig, RigBuilder, Role
from world.mesh.kits.forms import beam, box, lathe, tube, vec
from world.mesh.kits.model import ModelBuilder
from world.mesh.surface import Finish

UNDERSIDE_M = 0.1
EYE = (0.0, 0.565, 1.5)
HIP_X_M = 0.17
LEG = ((0.0, 1.0), (0.27, 0.64), (-0.17, 0.31), (0.03, 0.045))  # (y, z) of hip, knee, heel, toes
_SHELL, _DARK, _STEEL, _ORANGE, _BLACK = (58, 64, 70), (26, 27, 29), (120, 124, 126), (176, 84, 26), (16, 16, 17)


@lru_cache(maxsize=1)
def courier_rig() -> Rig:
    """Hips that the legs hang from, the pelvis that turns between them, the torso with the box, the head, two thin arms held close; for
    each leg thigh, shank, heel and toes."""
    joints = [
        Joint("hips", None, (0.0, 0.0, LEG[0][1])),
        Joint("pelvis", "hips", (0.0, 0.0, LEG[0][1])),
        Joint("torso", "pelvis", (0.0, 0.0, 1.06)),
        Joint("head", "torso", (0.0, 0.3, 1.42)),
        Joint("arm_l", "torso", (-0.2, 0.2, 1.34)),
        Joint("arm_r", "torso", (0.2, 0.2, 1.34)),
        Joint("lid", "torso", (0.0, -0.46, 1.78)),
    ]
    for name, side in (("l", -1.0), ("r", 1.0)):
        parent = "hips"
        for part, (y, z) in zip(("thigh", "shank", "heel", "toes"), LEG, strict=True):
            joints.append(Joint(f"{part}_{name}", parent, (side * HIP_X_M, y, z)))
            parent = f"{part}_{name}"
    rig = RigBuilder(joints)
    pelvis = rig["pelvis"]
    shell(
        pelvis,
        [(0.93, 0, 0, 0.08, 0.07), (0.97, 0, 0, 0.12, 0.11), (1.05, 0, 0, 0.13, 0.12), (1.08, 0, 0, 0.08, 0.08)],
        Finish.METAL,
        _DARK,
        sides=12,
    )
    tube(pelvis, [[-0.17, 0, 1.0], [0.17, 0, 1.0]], 0.055, Finish.METAL, _STEEL, sides=8)
    _torso(rig["torso"])
    _lid(rig["lid"])
    _head(rig["head"])
    for name, side in (("l", -1.0), ("r", 1.0)):
        _arm(rig[f"arm_{name}"], side)
        _leg(rig, name, side)
    return rig.build(underside_m=UNDERSIDE_M, eye=("head", EYE), circuit=("torso", (0.0, -0.13, 1.2)))


def _torso(model: ModelBuilder) -> None:
    """A narrow chest that leans into the run, ribs, and the box with its reflecting bands."""
    rows = [
        (1.06, 0, 0.0, 0.09, 0.09),
        (1.12, 0, 0.03, 0.13, 0.11),
        (1.26, 0, 0.12, 0.18, 0.14),
        (1.37, 0, 0.18, 0.19, 0.14),
        (1.44, 0, 0.22, 0.12, 0.1),
    ]
    shell(model, [*rows, (1.46, 0, 0.23, 0.06, 0.06)], Finish.PAINT, _SHELL, power=3.0, sides=14)
    chest = np.array([[-0.1, 0.262, 1.22], [0.1, 0.262, 1.22], [0.13, 0.318, 1.34], [-0.13, 0.318, 1.34]])
    plate(model, chest, 0.02, Finish.PAINT, _ORANGE)
    strips(model, [[-0.12, 0.27, 1.215]], [[0.12, 0.27, 1.215]], 0.012, 0.02, _BLACK)
    lamp(model, [0.0, 0.305, 1.285], [0.045, 0.01, 0.01], Role.STATE, 80)
    for k in range(3):
        z = 1.1 + 0.035 * k
        disc(model, [0, 0.015 + 0.02 * k, z], 0.115 + 0.008 * k, 0.012, Finish.RUBBER, _DARK, sides=12)
    hose(model, [(0.1, -0.02, 1.1), (0.17, -0.06, 1.2), (0.13, 0.02, 1.34)], 0.015)
    hose(model, [(-0.1, -0.02, 1.1), (-0.17, -0.06, 1.2), (-0.13, 0.02, 1.34)], 0.015)
    hose(model, [(0.03, -0.06, 1.08), (0.05, -0.13, 1.18), (0.02, -0.1, 1.3)], 0.012, (96, 34, 24))
    box(model, [-0.07, -0.1, 1.14], [0.07, -0.02, 1.28], Finish.METAL, (70, 72, 74), taper=0.01)
    # The box: a frame, a soft box in the firm's orange gone grey, two reflecting bands.
    beam(model, [[-0.18, 0.1, 1.36], [0.18, 0.1, 1.36]], [[-0.2, -0.18, 1.32], [0.2, -0.18, 1.32]], 0.035, 0.05, Finish.METAL, _DARK)
    rows = [(1.28, 0, -0.32, 0.25, 0.18), (1.3, 0, -0.32, 0.275, 0.2), (1.76, 0, -0.32, 0.28, 0.205), (1.78, 0, -0.32, 0.27, 0.195)]
    shell(model, rows, Finish.PAINT, _ORANGE, power=7.0, sides=20, crease_deg=25)
    for z in (1.4, 1.62):
        shell(
            model,
            [(z, 0, -0.32, 0.281, 0.207), (z + 0.035, 0, -0.32, 0.282, 0.208)],
            Finish.METAL,
            (170, 172, 168),
            power=7.0,
            sides=20,
            crease_deg=25,
        )
    for side in (-1.0, 1.0):
        strips(model, [[side * 0.15, -0.531, 1.3]], [[side * 0.15, -0.534, 1.77]], 0.02, 0.012, _BLACK)
        lamp(model, [side * 0.22, -0.532, 1.335], [0.03, 0.006, 0.014], Role.STATE, 90)
        lamp(model, [side * 0.21, -0.112, 1.71], [0.04, 0.008, 0.016], Role.STATE, 110)  # above the head, as a cab's
    arrow = np.array(
        [[-0.08, -0.534, 1.5], [0.02, -0.534, 1.5], [0.08, -0.534, 1.55], [0.02, -0.534, 1.6], [-0.08, -0.534, 1.6], [-0.03, -0.534, 1.55]]
    )
    plate(model, arrow[[0, 1, 2, 5]], 0.006, Finish.PAINT, (200, 196, 186))
    plate(model, arrow[[5, 2, 3, 4]], 0.006, Finish.PAINT, (200, 196, 186))
    tube(model, [[-0.25, -0.3, 1.78], [-0.26, -0.34, 2.05], [-0.27, -0.4, 2.2]], [0.008, 0.006, 0.003], Finish.METAL, _BLACK, sides=4)


def _lid(model: ModelBuilder) -> None:
    rows = [(1.785, 0, -0.32, 0.285, 0.21), (1.81, 0, -0.32, 0.285, 0.21), (1.825, 0, -0.32, 0.25, 0.18)]
    shell(model, rows, Finish.PAINT, (64, 60, 56), power=7.0, sides=20, crease_deg=25)
    box(model, [-0.05, -0.14, 1.77], [0.05, -0.1, 1.81], Finish.METAL, _STEEL)


def _head(model: ModelBuilder) -> None:
    """A greyhound's wedge: a long brow, the red bar under it, two ears that are antennas."""
    tube(model, [[0, 0.24, 1.38], [0, 0.32, 1.45]], [0.06, 0.05], Finish.RUBBER, _DARK, sides=8)
    rows = [
        (0.26, 1.48, 0, 0.05, 0.05),
        (0.3, 1.49, 0, 0.09, 0.09),
        (0.4, 1.5, 0, 0.1, 0.105),
        (0.52, 1.5, 0, 0.075, 0.09),
        (0.6, 1.485, 0, 0.035, 0.05),
    ]
    shell(model, rows, Finish.PAINT, _SHELL, power=3.2, sides=12, axis="y", crease_deg=30)
    for side in (-1.0, 1.0):
        plate(
            model,
            np.array([[0.075, 0.5, 1.49], [0.1, 0.42, 1.49], [0.1, 0.42, 1.53], [0.07, 0.53, 1.52]]) * [side, 1, 1],
            0.02,
            Finish.METAL,
            _BLACK,
        )
        ear = np.array([[0.07, 0.34, 1.57], [0.09, 0.28, 1.57], [0.12, 0.16, 1.74], [0.1, 0.22, 1.68]]) * [side, 1, 1]
        plate(model, ear, 0.014, Finish.PAINT, _SHELL)
        bulb(model, [side * 0.104, 0.36, 1.5], 0.014, Role.STATE, 70, axis="x")
    box(model, [-0.095, 0.5, 1.475], [0.095, 0.56, 1.525], Finish.METAL, _BLACK)
    lamp(model, [0.0, 0.565, 1.5], [0.085, 0.009, 0.012], Role.EYE, 255)
    plate(model, np.array([[-0.09, 0.44, 1.545], [0.09, 0.44, 1.545], [0.07, 0.61, 1.53], [-0.07, 0.61, 1.53]]), 0.014, Finish.PAINT, _DARK)


def _arm(model: ModelBuilder, side: float) -> None:
    """Folded against the chest, as a mantis holds them."""
    shoulder, elbow, wrist = vec(side * 0.2, 0.2, 1.34), vec(side * 0.26, 0.08, 1.14), vec(side * 0.17, 0.36, 1.12)
    ball(model, shoulder, 0.05, Finish.METAL, _STEEL, sides=7)
    tube(model, [shoulder, elbow], [0.032, 0.026], Finish.PAINT, _SHELL, sides=6)
    ball(model, elbow, 0.034, Finish.METAL, _DARK, sides=6)
    tube(model, [elbow, wrist], [0.026, 0.02], Finish.METAL, _STEEL, sides=6)
    for k in (-1.0, 1.0):
        tube(
            model,
            [wrist, wrist + vec(0.02 * k, 0.07, 0.01), wrist + vec(0.012 * k, 0.13, -0.02)],
            [0.014, 0.012, 0.004],
            Finish.METAL,
            _DARK,
            sides=4,
        )


def _leg(rig: RigBuilder, name: str, side: float) -> None:
    hip, knee, heel, toes = (vec(side * HIP_X_M, y, z) for y, z in LEG)
    thigh, shank, foot, pads = (rig[f"{part}_{name}"] for part in ("thigh", "shank", "heel", "toes"))
    disc(thigh, hip + vec(side * 0.02, 0, 0), 0.1, 0.09, Finish.METAL, _DARK, axis="x", sides=12)
    bolts(thigh, [hip + vec(side * 0.07, 0, 0)], 0.035, axis="x")
    tube(thigh, [hip, hip * 0.55 + knee * 0.45 + vec(0, 0.02, 0.02), knee], [0.085, 0.078, 0.048], Finish.PAINT, _SHELL, sides=9)
    tube(thigh, [hip + vec(0, -0.09, -0.06), knee + vec(0, -0.07, 0.05)], 0.022, Finish.METAL, _STEEL, sides=6)
    disc(shank, knee, 0.062, 0.11, Finish.METAL, _STEEL, axis="x", sides=10)
    tube(shank, [knee, knee * 0.6 + heel * 0.4 + vec(0, 0, 0.015), heel], [0.05, 0.048, 0.03], Finish.PAINT, _SHELL, sides=8)
    tube(shank, [knee + vec(0, -0.02, -0.07), heel + vec(0, 0.08, 0.0)], 0.014, Finish.METAL, (150, 152, 152), sides=5)
    hose(
        shank,
        [knee + vec(side * 0.05, 0.02, -0.02), (knee + heel) / 2 + vec(side * 0.065, 0, -0.04), heel + vec(side * 0.035, 0.02, 0.03)],
        0.01,
    )
    disc(foot, heel, 0.042, 0.09, Finish.METAL, _DARK, axis="x", sides=9)
    tube(foot, [heel, heel * 0.3 + toes * 0.7, toes], [0.036, 0.03, 0.034], Finish.METAL, _STEEL, sides=7)
    plate(
        foot,
        np.array([heel + vec(0, -0.05, 0.02), heel + vec(0, -0.03, -0.06), toes + vec(0, -0.03, 0.03), toes + vec(0, -0.04, 0.07)]),
        0.05,
        Finish.PAINT,
        _SHELL,
    )
    lathe(pads, [[0.0, -0.045], [0.05, -0.045], [0.045, 0.0], [0.03, 0.03], [0.0, 0.03]], toes, Finish.RUBBER, (44, 44, 46), sides=9)
    for turn in (-0.5, 0.0, 0.5):
        out = vec(float(np.sin(turn)), float(np.cos(turn)), 0.0)
        root = toes + out * 0.02
        tip = root + out * 0.16
        tip[2] = 0.012
        tube(pads, [root, (root + tip) / 2 + vec(0, 0, 0.02), tip], [0.03, 0.024, 0.01], Finish.RUBBER, (44, 44, 46), sides=5)
