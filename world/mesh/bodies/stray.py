"""Strays: dogs and cats that nobody feeds.

In: a variant.  Out: `Rig`s, standing: trunk, neck with the head, tail, four legs of two bones.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from world.mesh.bodies.fittings import Rgb, lamp, plate, shell
from world.mesh.bodies.rig import Joint, Rig, RigBuilder, Role
from world.mesh.kits.forms import tube, vec
from world.mesh.kits.model import ModelBuilder
from world.mesh.surface import Finish

VARIANTS = 2
LEGS = (("fl", -1.0, True), ("fr", 1.0, True), ("hl", -1.0, False), ("hr", 1.0, False))  # name, side, in front


@dataclass(frozen=True)
class _Build:
    """Metres: half the trunk's length, height of the back, half its width; muzzle's length; the tail's way as (y, z) from its root."""

    half_m: float
    back_m: float
    wide_m: float
    muzzle_m: float
    head_m: float
    tail: tuple[tuple[float, float], ...]
    coat: Rgb
    pale: Rgb


_DOGS = (
    _Build(0.3, 0.52, 0.095, 0.11, 0.075, ((0.0, 0.0), (-0.12, 0.05), (-0.2, 0.15), (-0.19, 0.24)), (104, 80, 56), (168, 150, 126)),
    _Build(0.26, 0.44, 0.085, 0.09, 0.07, ((0.0, 0.0), (-0.1, -0.03), (-0.16, -0.12), (-0.17, -0.2)), (44, 42, 42), (120, 112, 104)),
)
_CATS = (
    _Build(
        0.17,
        0.27,
        0.055,
        0.03,
        0.048,
        ((0.0, 0.0), (-0.1, 0.03), (-0.17, 0.12), (-0.15, 0.22), (-0.19, 0.28)),
        (60, 58, 60),
        (150, 146, 140),
    ),
    _Build(0.17, 0.27, 0.055, 0.03, 0.048, ((0.0, 0.0), (-0.1, 0.0), (-0.2, -0.03), (-0.28, 0.02)), (150, 96, 52), (196, 184, 168)),
)


@lru_cache(maxsize=2 * VARIANTS)
def stray_rig(variant: int, cat: bool) -> Rig:
    """A dog or a cat."""
    b = (_CATS if cat else _DOGS)[variant]
    y, z, girth = b.half_m, b.back_m, 0.42 * b.back_m if not cat else 0.36 * b.back_m
    neck, rump = (0.0, y * 0.86, z * 0.92), (0.0, -y, z * 0.95)
    joints = [Joint("trunk", None, (0.0, -0.3 * y, z)), Joint("head", "trunk", neck), Joint("tail", "trunk", rump)]
    for name, side, front in LEGS:
        top, bent = (y * 0.72, z * 0.7), (y * 0.72 - 0.05 * z, z * 0.42)
        if not front:
            top, bent = (-y * 0.78, z * 0.75), (-y * 0.78 + 0.06 * z, z * 0.46)
        joints.append(Joint(f"upper_{name}", "trunk", (side * b.wide_m * 0.75, *top)))
        joints.append(Joint(f"lower_{name}", f"upper_{name}", (side * b.wide_m * 0.75, *bent)))
    rig = RigBuilder(joints)
    w, h, middle = b.wide_m, girth / 2, z - girth / 2
    rows = [
        (-y - 0.03, middle + 0.2 * h, 0, 0.4 * h, 0.4 * w),
        (-0.9 * y, middle + 0.1 * h, 0, 0.85 * h, 0.85 * w),
        (-0.3 * y, middle + 0.18 * h, 0, 0.8 * h, 0.8 * w),
        (0.3 * y, middle, 0, h, w),
        (0.8 * y, middle + 0.05 * h, 0, 1.05 * h, 0.95 * w),
        (y + 0.02, middle + 0.3 * h, 0, 0.6 * h, 0.6 * w),
    ]
    shell(rig["trunk"], rows, Finish.BARK, b.coat, power=2.2, sides=12, axis="y", crease_deg=80)
    _head(rig["head"], np.array(neck), b, cat)
    tail = np.array([(0.0, rump[1] + dy, rump[2] + dz) for dy, dz in b.tail])
    thick = 0.028 if not cat else 0.017
    tube(rig["tail"], tail, np.linspace(thick, 0.45 * thick, len(tail)), Finish.BARK, b.coat, sides=7)
    for joint_upper, joint_lower in zip(joints[3::2], joints[4::2], strict=True):
        _leg(rig[joint_upper.name], rig[joint_lower.name], np.array(joint_upper.pivot), np.array(joint_lower.pivot), b)
    ahead = (0.0, neck[1] + 1.6 * b.head_m, neck[2] + 1.3 * b.head_m)
    return rig.build(underside_m=0.0, eye=("head", ahead), circuit=("trunk", (0.0, 0.0, z)))


def _head(model: ModelBuilder, neck: np.ndarray[tuple[int, ...], np.dtype[np.float64]], b: _Build, cat: bool) -> None:
    r = b.head_m
    middle = neck + vec(0.0, 1.5 * r, 1.3 * r)
    tube(
        model,
        [neck - vec(0, 0.03, 0.02), neck + vec(0, 0.6 * r, 0.6 * r), middle - vec(0, 0.3 * r, 0.1 * r)],
        [1.0 * r, 0.85 * r, 0.75 * r],
        Finish.BARK,
        b.coat,
        sides=10,
    )
    y, z = float(middle[1]), float(middle[2])
    rows = [
        (y - 0.9 * r, z, 0, 0.5 * r, 0.5 * r),
        (y - 0.4 * r, z, 0, 0.92 * r, 0.95 * r),
        (y + 0.3 * r, z, 0, 0.9 * r, 0.9 * r),
        (y + 0.9 * r, z - 0.2 * r, 0, 0.5 * r, 0.55 * r),
    ]
    shell(model, rows, Finish.BARK, b.coat, power=2.2, sides=12, axis="y", crease_deg=80)
    m = b.muzzle_m
    rows = [
        (y + 0.6 * r, z - 0.3 * r, 0, 0.42 * r, 0.46 * r),
        (y + 0.7 * r + 0.8 * m, z - 0.38 * r, 0, 0.34 * r, 0.34 * r),
        (y + 0.7 * r + m, z - 0.36 * r, 0, 0.2 * r, 0.2 * r),
    ]
    shell(model, rows, Finish.BARK, b.pale, power=2.4, sides=10, axis="y", crease_deg=80)
    tube(model, [[0, y + 0.66 * r + m, z - 0.2 * r], [0, y + 0.76 * r + m, z - 0.28 * r]], 0.17 * r, Finish.RUBBER, (40, 36, 36), sides=7)
    tall = 0.75 * r if cat else 0.85 * r
    for side in (-1.0, 1.0):
        ear = np.array([[0.25 * r, -0.15 * r, 0.75 * r], [0.85 * r, -0.3 * r, 0.5 * r], [0.75 * r, -0.35 * r, 0.8 * r + tall]]) * [
            side,
            1,
            1,
        ]
        plate(model, ear + middle, 0.18 * r, Finish.BARK, b.coat)
        lamp(model, middle + vec(side * 0.42 * r, 0.84 * r, 0.12 * r), [0.1 * r, 0.05 * r, 0.08 * r], Role.TRIM, 6)  # eyes give light back


def _leg(upper: ModelBuilder, lower: ModelBuilder, top: object, bent: object, b: _Build) -> None:
    start, joint = np.asarray(top, float), np.asarray(bent, float)
    paw = np.array([joint[0], joint[1] + (0.02 if joint[1] > 0 else -0.02), 0.02])
    thick = 0.5 * b.wide_m
    tube(
        upper,
        [start + vec(0, 0, 0.02), start * 0.5 + joint * 0.5, joint],
        [1.15 * thick, 0.95 * thick, 0.62 * thick],
        Finish.BARK,
        b.coat,
        sides=8,
    )
    tube(
        lower,
        [joint + vec(0, 0, 0.01), paw + vec(0, 0, 0.02), paw + vec(0, 0.01, 0.0)],
        [0.6 * thick, 0.42 * thick, 0.45 * thick],
        Finish.BARK,
        b.coat,
        sides=8,
    )
    rows = [
        (paw[1] - 0.02, 0.017, paw[0], 0.016, 0.5 * thick),
        (paw[1] + 0.03, 0.016, paw[0], 0.015, 0.56 * thick),
        (paw[1] + 0.05, 0.012, paw[0], 0.008, 0.3 * thick),
    ]
    shell(lower, rows, Finish.BARK, b.pale, power=2.4, sides=8, axis="y", crease_deg=80)
