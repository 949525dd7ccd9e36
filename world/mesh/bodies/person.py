"""People: survivors in blankets, captives with their hands tied.

In: a variant.  Out: a `Rig` of 1.65 m, standing, arms down; how they sit, run and are led is `world.posture.others`' matter.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from world.mesh.bodies.fittings import Rgb, shell
from world.mesh.bodies.rig import Joint, Rig, RigBuilder
from world.mesh.kits.forms import lathe, tube, vec
from world.mesh.kits.model import Floats, ModelBuilder
from world.mesh.surface import Finish

VARIANTS = 3
LEG = ((0.0, 0.9), (0.02, 0.49), (-0.02, 0.085), (0.11, 0.02))  # (y, z) of hip, knee, heel, toes
HIP_X_M = 0.09
_SKIN: tuple[Rgb, ...] = ((196, 160, 140), (182, 146, 124), (204, 172, 154))  # pale: a week under ground
_COATS: tuple[Rgb, ...] = ((58, 62, 70), (86, 70, 58), (48, 58, 52))
_TROUSERS: tuple[Rgb, ...] = ((38, 42, 54), (52, 50, 48), (34, 36, 38))
_BLANKETS: tuple[Rgb, ...] = ((122, 104, 84), (92, 104, 112), (134, 122, 110))
_HAIR: tuple[Rgb, ...] = ((24, 20, 20), (42, 32, 26), (88, 84, 82))
_SHOE: Rgb = (28, 28, 30)


@lru_cache(maxsize=2 * VARIANTS)
def person_rig(variant: int, captive: bool) -> Rig:
    """Hips, torso, head, arms and legs; a survivor's blanket hangs from the shoulders."""
    skin, coat, trousers, hair = _SKIN[variant], _COATS[variant], _TROUSERS[variant], _HAIR[variant]
    joints = [Joint("hips", None, (0.0, 0.0, 0.9)), Joint("torso", "hips", (0.0, 0.0, 0.96)), Joint("head", "torso", (0.0, 0.0, 1.41))]
    for name, side in (("l", -1.0), ("r", 1.0)):
        joints += [
            Joint(f"upper_{name}", "torso", (side * 0.18, 0.0, 1.35)),
            Joint(f"fore_{name}", f"upper_{name}", (side * 0.215, -0.015, 1.09)),
        ]
        parent = "hips"
        for part, (y, z) in zip(("thigh", "shin", "foot"), LEG[:3], strict=True):
            joints.append(Joint(f"{part}_{name}", parent, (side * HIP_X_M, y, z)))
            parent = f"{part}_{name}"
    if not captive:
        joints.append(Joint("blanket", "torso", (0.0, 0.0, 1.38)))
    rig = RigBuilder(joints)
    rows = [(0.84, 0, 0, 0.12, 0.1), (0.9, 0, -0.005, 0.155, 0.115), (0.97, 0, 0, 0.145, 0.105), (1.0, 0, 0, 0.13, 0.095)]
    shell(rig["hips"], rows, Finish.BARK, trousers, power=2.3, sides=12, crease_deg=80)
    torso = rig["torso"]
    rows = [
        (0.93, 0, 0, 0.15, 0.115),
        (1.02, 0, 0, 0.145, 0.11),
        (1.2, 0, 0.01, 0.175, 0.12),
        (1.33, 0, 0, 0.185, 0.11),
        (1.39, 0, -0.01, 0.13, 0.085),
    ]
    shell(torso, [*rows, (1.42, 0, -0.01, 0.065, 0.06)], Finish.BARK, coat, power=2.3, sides=14, crease_deg=80)
    lathe(
        torso,
        [[0.0, 1.385], [0.075, 1.385], [0.082, 1.41], [0.07, 1.44], [0.0, 1.44]],
        [0, -0.01, 0],
        Finish.BARK,
        coat,
        sides=12,
        crease_deg=80,
    )
    _head(rig["head"], skin, hair, variant)
    for name, side in (("l", -1.0), ("r", 1.0)):
        _arm(rig[f"upper_{name}"], rig[f"fore_{name}"], side, skin, coat)
        _leg(rig, name, side, trousers)
    if captive:
        tie = rig["fore_r"]
        lathe(
            tie,
            [[0.0, -0.012], [0.034, -0.012], [0.034, 0.012], [0.0, 0.012]],
            [0.217, 0.01, 0.87],
            Finish.RUBBER,
            (210, 206, 190),
            sides=8,
        )
    else:
        _blanket(rig["blanket"], _BLANKETS[variant])
        if variant != 1:
            _hood(rig["head"], _BLANKETS[variant])
    made = rig.build(underside_m=0.0, eye=("head", (0.0, 0.1, 1.55)), circuit=("torso", (0.0, 0.0, 1.2)))
    extra = made.model.extra.copy()
    extra[(made.model.tint[:, :3] == skin).all(axis=1), 3] = 1  # the shader's skin
    return replace(made, model=replace(made.model, extra=extra))


def _head(model: ModelBuilder, skin: Rgb, hair: Rgb, variant: int) -> None:
    tube(model, [[0, -0.012, 1.38], [0, 0.0, 1.47]], 0.052, Finish.BARK, skin, sides=9)
    rows = [(1.44, 0, 0.035, 0.04, 0.05), (1.465, 0, 0.025, 0.06, 0.075), (1.52, 0, 0.012, 0.072, 0.09), (1.58, 0, 0.0, 0.076, 0.092)]
    shell(
        model,
        [*rows, (1.63, 0, -0.008, 0.062, 0.075), (1.655, 0, -0.01, 0.03, 0.035)],
        Finish.BARK,
        skin,
        power=2.2,
        sides=14,
        crease_deg=80,
    )
    tube(model, [[0, 0.098, 1.555], [0, 0.116, 1.522], [0, 0.1, 1.515]], [0.008, 0.014, 0.008], Finish.BARK, skin, sides=6)
    for side in (-1.0, 1.0):
        tube(
            model, [[side * 0.022, 0.095, 1.552], [side * 0.045, 0.086, 1.552]], 0.009, Finish.RUBBER, (60, 52, 50), sides=6
        )  # sunken eyes
    rows = [(1.5, 0, -0.045, 0.074, 0.058), (1.56, 0, -0.03, 0.082, 0.078), (1.605, 0, -0.008, 0.08, 0.094), (1.65, 0, -0.012, 0.06, 0.07)]
    low = 1.43 if variant == 0 else 1.48
    shell(
        model,
        [(low, 0, -0.055, 0.06, 0.035), *rows, (1.672, 0, -0.014, 0.02, 0.025)],
        Finish.BARK,
        hair,
        power=2.2,
        sides=14,
        crease_deg=80,
    )


def _arm(upper: ModelBuilder, fore: ModelBuilder, side: float, skin: Rgb, coat: Rgb) -> None:
    shoulder, elbow, wrist = vec(side * 0.18, 0.0, 1.35), vec(side * 0.215, -0.015, 1.09), vec(side * 0.215, 0.01, 0.86)
    tube(upper, [shoulder + vec(0, 0, 0.03), shoulder * 0.6 + elbow * 0.4, elbow], [0.05, 0.053, 0.044], Finish.BARK, coat, sides=9)
    tube(fore, [elbow + vec(0, 0, 0.02), elbow * 0.5 + wrist * 0.5, wrist], [0.043, 0.043, 0.036], Finish.BARK, coat, sides=9)
    rows = [
        (0.765, side * 0.213, 0.02, 0.012, 0.022),
        (0.8, side * 0.213, 0.02, 0.017, 0.034),
        (0.84, side * 0.215, 0.012, 0.018, 0.032),
        (0.875, side * 0.215, 0.01, 0.02, 0.024),
    ]
    shell(fore, rows, Finish.BARK, skin, power=2.4, sides=8, crease_deg=80)


def _leg(rig: RigBuilder, name: str, side: float, trousers: Rgb) -> None:
    hip, knee, heel = (vec(side * HIP_X_M, y, z) for y, z in LEG[:3])
    tube(rig[f"thigh_{name}"], [hip + vec(0, 0, 0.02), hip * 0.5 + knee * 0.5, knee], [0.085, 0.075, 0.06], Finish.BARK, trousers, sides=10)
    calf = knee * 0.65 + heel * 0.35 - vec(0, 0.012, 0)
    tube(
        rig[f"shin_{name}"], [knee + vec(0, 0, 0.03), calf, heel + vec(0, 0, 0.02)], [0.058, 0.058, 0.045], Finish.BARK, trousers, sides=10
    )
    rows = [
        (-0.075, 0.04, side * HIP_X_M, 0.036, 0.034),
        (0.02, 0.05, side * HIP_X_M, 0.046, 0.04),
        (0.1, 0.03, side * HIP_X_M, 0.028, 0.046),
    ]
    shell(rig[f"foot_{name}"], [*rows, (0.16, 0.022, side * HIP_X_M, 0.016, 0.03)], Finish.RUBBER, _SHOE, power=3.0, sides=10, axis="y")


def _blanket(model: ModelBuilder, tint: Rgb) -> None:
    """Round the shoulders and down to the ground when one sits, its edges all but meeting before the chest, its hem in folds."""
    half = np.array([(0.1, 0.1), (0.21, 0.15), (0.265, 0.2), (0.33, 0.34), (0.36, 0.38), (0.4, 0.41)])
    middle_y, height = np.array([-0.03, -0.02, 0.02, 0.12, 0.17, 0.18]), np.array([1.44, 1.4, 1.35, 1.24, 1.1, 0.97])
    _wrap(model, height, middle_y, half, 0.14, 1.0, tint, behind_m=0.25)  # one who sits bends forward, and the hem behind still lies


def _hood(model: ModelBuilder, tint: Rgb) -> None:
    """The blanket's corner over the head."""
    half = np.array([(0.008, 0.008), (0.085, 0.1), (0.112, 0.13), (0.116, 0.132), (0.12, 0.125), (0.13, 0.12)])
    middle_y, height = np.array([-0.03, -0.03, -0.025, -0.02, -0.03, -0.035]), np.array([1.722, 1.704, 1.64, 1.56, 1.47, 1.4])
    _wrap(model, height, middle_y, half, 0.62, 0.25, tint)


def _wrap(
    model: ModelBuilder, height: Floats, middle_y: Floats, half: Floats, open_rad: float, folds: float, tint: Rgb, behind_m: float = 0.0
) -> None:
    """Cloth round an upright axis, from the top down, left open by `open_rad` on either side of straight ahead; its hem hangs lower behind
    by `behind_m`."""
    turn = np.linspace(open_rad, 2 * np.pi - open_rad, 25)
    fold = folds * (np.sin(turn * 7.0) * 0.035 + np.sin(turn * 3.0 + 1.0) * 0.02)
    share = np.linspace(0.0, 1.0, len(height))
    out = 1.0 + 3.0 * fold[:, None] * share
    across, ahead = half[:, 0] * np.sin(turn)[:, None] * out, half[:, 1] * np.cos(turn)[:, None] * out
    lower = behind_m * (0.5 - 0.5 * np.cos(turn))[:, None]
    outer = np.stack([across, middle_y + ahead, height + (0.6 * fold[:, None] - lower) * share**2], axis=-1)
    inner = np.stack([across * 0.965, middle_y + 0.965 * ahead, outer[..., 2] - 0.012], axis=-1)
    _cloth(model, np.concatenate([outer, inner[:, ::-1]], axis=1), tint)


def _cloth(model: ModelBuilder, ring: Floats, tint: Rgb) -> None:
    """A thick cloth: rings (I, 2 n, 3) round its thickness (down its outer face, up its inner one) from one edge to the other; closed."""
    grid = np.concatenate([ring, ring[:, :1]], axis=1)
    quads = np.stack([grid[:-1, :-1], grid[1:, :-1], grid[1:, 1:], grid[:-1, 1:]], axis=2).reshape(-1, 4, 3)
    model.polygons(quads, Finish.BARK, tint, crease_deg=70.0)
    last = ring.shape[1] - 1
    for end, first in ((ring[0], True), (ring[-1], False)):
        edges = [(end[k], end[k + 1], end[last - 1 - k], end[last - k]) for k in range(last // 2)]
        faces = np.array(edges)
        model.polygons(faces if first else faces[:, ::-1], Finish.BARK, tint)
