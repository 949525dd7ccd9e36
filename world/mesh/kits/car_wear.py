"""What a week of ruin did to a car: dents, doors and bonnets open, rust, and how it came to lie.

In: points or quads of a body.  Out: the same, moved; per-corner tints.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from world.fields import uniform
from world.mesh.kits.frame import Frame
from world.mesh.kits.model import Floats, Model
from world.things.car_bodies import SUNK_M, Body, CarState, interpolated

Rgb = tuple[int, int, int]


def crumple(quads: Floats, body: Body, state: CarState, seed: int) -> Floats:
    """Dents in points (..., 3): those near hashed places on the body are pushed in; a roof that carries the car is pressed flat."""
    if state is CarState.PARKED:
        return quads
    points = quads.reshape(-1, 3).copy()
    for i in range(4):
        side = 1.0 if uniform(seed, "dent-side", i) < 0.5 else -1.0
        y = (uniform(seed, "dent-y", i) * 2 - 1) * body.nose
        at = np.array([side * interpolated(body.half, y), y, 0.35 + 0.7 * uniform(seed, "dent-z", i)])
        push = np.array([-side * 0.22, 0.0, -0.05])
        if i == 0:  # the crash: one corner of the nose
            at, push = np.array([side * 0.5, body.nose, 0.6]), np.array([-side * 0.08, -0.38, 0.08])
        near = np.clip(1.0 - np.linalg.norm(points - at, axis=1) / (0.75 if i == 0 else 0.55), 0.0, 1.0)
        points += push * (near * near * (3 - 2 * near))[:, None]
    cell = np.rint(points * 4).astype(np.int64)
    ripple = uniform(seed, "ripple", cell[:, 0:1], cell[:, 1:2], cell[:, 2:3], np.arange(3)) - 0.5
    front = np.clip((points[:, 1] - body.nose + 0.9) / 0.9, 0.0, 1.0)
    points += ripple * 0.05 * front[:, None]
    if state is CarState.OVERTURNED:
        points[:, 2] = [body.pressed(z) for z in points[:, 2]]
    return points.reshape(quads.shape)


def swing_door(quads: Floats, which: NDArray[np.bool_], body: Body, angle: float) -> Floats:
    """The chosen door turned out about its front edge."""
    turned = quads.copy()
    door = turned[which]
    side = np.sign(door[..., 0].mean())
    hinge = np.array([side * interpolated(body.half, body.pillars[0]) * 0.99, door[..., 1].max(), 0.0])
    c, s = np.cos(angle), np.sin(angle) * side
    p = door - hinge
    turned[which] = np.stack([p[..., 0] * c - p[..., 1] * s, p[..., 0] * s + p[..., 1] * c, p[..., 2]], axis=-1) + hinge
    return turned


def lift_bonnet(quads: Floats, which: NDArray[np.bool_], body: Body) -> Floats:
    """The bonnet turned up about its rear edge."""
    turned = quads.copy()
    hinge = np.array([0.0, body.roof[0][0], interpolated(body.deck, body.roof[0][0])])
    p = turned[which] - hinge
    c, s = np.cos(0.95), np.sin(0.95)
    turned[which] = np.stack([p[..., 0], p[..., 1] * c - p[..., 2] * s, p[..., 1] * s + p[..., 2] * c], axis=-1) + hinge
    return turned


def come_to_rest(model: Model, state: CarState, body: Body, seed: int) -> Model:
    """The car as it came to lie, its lowest point on z = 0 (a centimetre under: tyres and roofs give way)."""
    lean = (uniform(seed, "lean") - 0.5) * 2.0
    if state is CarState.OVERTURNED:
        model = model.moved(Frame((0.0, 0.0, 0.0), 0.0, 0.5 * lean, 180.0 + 0.5 * lean))
    elif state is CarState.ON_SIDE:
        model = model.moved(Frame((0.0, 0.0, 0.0), 0.0, 0.0, 90.0))
        low, high = model.bounds()
        model = model.moved(Frame((-(low[0] + high[0]) / 2, 0.0, 0.0)))
    return model.moved(Frame((0.0, 0.0, -float(model.bounds()[0][2]) - SUNK_M)))


def weathered(quads: Floats, paint: Rgb) -> NDArray[np.int64]:
    """Paint, a little darker low down where the street splashes (N, 4, 3)."""
    low = np.clip((quads[..., 2] - 0.2) / 0.6, 0.0, 1.0)[..., None]
    return np.rint(np.array(paint) * (0.55 + 0.45 * low)).astype(np.int64)


def rusted(quads: Floats, seed: int) -> NDArray[np.int64]:
    """Bare burnt steel: rust where it is low, ash where the fire stood (N, 4, 3)."""
    cell = np.rint(quads * 3).astype(np.int64)
    draw = uniform(seed, "rust", cell[..., 0], cell[..., 1], cell[..., 2])[..., None]
    rusty, ashen = np.array([104, 60, 36]), np.array([44, 42, 41])
    mixed: NDArray[np.int64] = np.rint(rusty * draw + ashen * (1 - draw)).astype(np.int64)
    return mixed
