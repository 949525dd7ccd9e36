"""The hero's arms as he sees them: sleeves of a dark jacket, hands, the water bottle.

In: nothing.  Out: a `Rig` in the eye's frame (x right, y ahead, z up; the eye is the origin), at rest: both hands low, the right one with
the bottle.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from world.mesh.bodies.bottle import bottle
from world.mesh.bodies.fittings import Rgb, disc, shell
from world.mesh.bodies.rig import Joint, Rig, RigBuilder, Role
from world.mesh.kits.forms import tube, vec
from world.mesh.kits.model import Floats, Model, ModelBuilder
from world.mesh.surface import Finish

ELBOW_M, WRIST_M = (0.31, 0.08, -0.36), (0.205, 0.33, -0.225)  # of the right arm
SKIN: Rgb = (176, 132, 108)
_SLEEVE, _CUFF, _STRAP = (42, 46, 52), (34, 37, 42), (96, 42, 34)
_SIDES = (("l", -1.0), ("r", 1.0))


@lru_cache(maxsize=1)
def hands_rig() -> Rig:
    """Arm, hand, fingers and thumb on both sides; the bottle in the right hand."""
    joints = [Joint("eye", None, (0.0, 0.0, 0.0))]
    for name, side in _SIDES:
        flip = vec(side, 1.0, 1.0)
        wrist, knuckles, ball = (tuple(map(float, flip * p)) for p in (np.array(WRIST_M), _at(0.088, 0.0), _at(0.03, 0.0)))
        elbow = (side * ELBOW_M[0], ELBOW_M[1], ELBOW_M[2])
        joints += [
            Joint(f"arm_{name}", "eye", elbow),
            Joint(f"hand_{name}", f"arm_{name}", (wrist[0], wrist[1], wrist[2])),
            Joint(f"fingers_{name}", f"hand_{name}", (knuckles[0], knuckles[1], knuckles[2])),
            Joint(f"thumb_{name}", f"hand_{name}", (ball[0], ball[1], ball[2])),
        ]
    joints.append(Joint("bottle", "hand_r", _bottle_foot()))
    rig = RigBuilder(joints)
    for name, side in _SIDES:
        parts = ModelBuilder(), ModelBuilder(), ModelBuilder(), ModelBuilder()
        _arm(parts[0], watch=side < 0)
        _palm(parts[1])
        _fingers(parts[2])
        _thumb(parts[3])
        for part, built in zip(("arm", "hand", "fingers", "thumb"), parts, strict=True):
            model = built.build()
            if side < 0:
                model = replace(
                    model,
                    position=model.position * vec(-1, 1, 1),
                    normal=model.normal * vec(-1, 1, 1),
                    indices=model.indices.reshape(-1, 3)[:, ::-1].reshape(-1),
                )
            rig[f"{part}_{name}"].add(model)
    bottle(rig["bottle"], np.array(_bottle_foot()) - vec(0.0, 0.0, 0.085))
    made = rig.build(underside_m=0.0, eye=("eye", (0.0, 0.0, 0.0)), circuit=("eye", (0.0, 0.0, 0.0)))
    extra = made.model.extra.copy()
    extra[(made.model.tint[:, :3] == SKIN).all(axis=1), 3] = 1  # the shader's skin
    extra[:, 0] = int(Role.NONE)
    return replace(made, model=replace(made.model, extra=extra))


def _frame() -> tuple[Floats, Floats, Floats]:
    """Of the right hand: along the arm, towards the palm's face (left), towards the thumb (up)."""
    along = np.array(WRIST_M) - np.array(ELBOW_M)
    along = along / np.linalg.norm(along)
    face = np.cross([0.0, 0.0, 1.0], along)
    face = face / np.linalg.norm(face)
    return along, face, np.cross(along, face)


def _at(ahead: float, face: float, up: float = 0.0) -> Floats:
    """A point of the right hand, from the wrist."""
    along, left, thumb = _frame()
    return np.array(WRIST_M) + along * ahead + left * face + thumb * up


def _bottle_foot() -> tuple[float, float, float]:
    x, y, z = _at(0.085, 0.045, 0.0)
    return float(x), float(y), float(z)


def _arm(model: ModelBuilder, watch: bool) -> None:
    """A sleeve with folds, wider at the elbow, and its cuff."""
    elbow, wrist = np.array(ELBOW_M), np.array(WRIST_M)
    along, face, up = _frame()
    t = np.array([-0.3, 0.0, 0.18, 0.27, 0.36, 0.5, 0.6, 0.68, 0.8, 0.9])
    radius = np.array([0.066, 0.062, 0.058, 0.061, 0.053, 0.05, 0.052, 0.045, 0.043, 0.045])
    bow = 0.008 * np.sin(9.0 * t)
    path = elbow + t[:, None] * (wrist - elbow) + bow[:, None] * up
    tube(model, path, radius, Finish.BARK, _SLEEVE, sides=12)
    tube(model, np.array([path[-1] - along * 0.035, path[-1] + along * 0.006]), 0.047, Finish.BARK, _CUFF, sides=12)
    tube(model, np.array([path[-1], wrist + along * 0.012]), [0.03, 0.027], Finish.BARK, SKIN, sides=10)
    if watch:
        disc(model, path[-1] + up * 0.047 - along * 0.015, 0.018, 0.012, Finish.GLASS, (20, 22, 24), sides=10)
    strap = path[-1] - along * 0.06
    tube(model, np.array([strap, strap + along * 0.016]), 0.0475, Finish.RUBBER, _STRAP, sides=12)
    del face


def _palm(model: ModelBuilder) -> None:
    """The hand's back and ball, flat across the palm's face."""
    along, face, up = _frame()
    rows = np.array([(0.0, 0.016, 0.026), (0.02, 0.018, 0.034), (0.055, 0.017, 0.043), (0.085, 0.014, 0.042), (0.098, 0.01, 0.036)])
    flat = ModelBuilder()
    shell(flat, [(a, 0.0, 0.0, thick, wide) for a, thick, wide in rows], Finish.BARK, SKIN, power=2.5, sides=12, crease_deg=80)
    model.add(_carried(flat, along, face, up))


def _carried(built: ModelBuilder, along: Floats, face: Floats, up: Floats) -> Model:
    """What was made along z (x: the palm's face, y: towards the thumb) as the right hand has it."""
    made = built.build()
    axes = np.stack([face, up, along])
    return replace(made, position=made.position @ axes + np.array(WRIST_M), normal=made.normal @ axes)


def _fingers(model: ModelBuilder) -> None:
    """Four fingers, curled round something as thick as a bottle."""
    for k, (row, long) in enumerate(((0.03, 0.9), (0.01, 1.0), (-0.011, 0.95), (-0.03, 0.78))):
        bones = np.array([0.0, 0.042, 0.028, 0.022]) * long
        turn = np.cumsum([0.0, 0.35, 1.05, 0.85])
        ahead, left = 0.088 - 0.006 * (k == 3), 0.004
        points = [_at(ahead, left, row)]
        for bone, angle in zip(bones[1:], turn[1:], strict=True):
            ahead, left = ahead + bone * float(np.cos(angle)), left + bone * float(np.sin(angle))
            points.append(_at(ahead, left, row * (1.0 - 0.06 * len(points))))
        way = np.array(points)
        middle = (way[1:] + way[:-1]) / 2
        path = np.stack([way[0], middle[0], way[1], middle[1], way[2], middle[2], way[3]])
        tube(
            model,
            path,
            np.array([0.0115, 0.0105, 0.011, 0.0095, 0.01, 0.009, 0.006]) * (0.9 if k == 3 else 1.0),
            Finish.BARK,
            SKIN,
            sides=8,
        )


def _thumb(model: ModelBuilder) -> None:
    points = [_at(0.025, 0.008, 0.03), _at(0.05, 0.03, 0.045), _at(0.075, 0.055, 0.042), _at(0.088, 0.075, 0.03)]
    tube(model, np.array(points), [0.016, 0.0135, 0.0115, 0.007], Finish.BARK, SKIN, sides=8)
