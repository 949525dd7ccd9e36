"""What hangs on a car's body: wheels and axles, bumpers and lamps, the dark inside, a truck's bed.

In: a `Body`, its state and seed.  Out: polygons in a `ModelBuilder`, the car standing on its wheels.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from world.fields import uniform
from world.mesh.kits.car_body import Body
from world.mesh.kits.car_wear import CarState
from world.mesh.kits.forms import beam, box, hexahedra, lathe, sheet, tube, vec
from world.mesh.kits.model import Floats, ModelBuilder
from world.mesh.surface import Finish

Rgb = tuple[int, int, int]

_BLACK, _TYRE, _STEEL, _SOOT = (12, 12, 13), (20, 20, 21), (96, 100, 102), (26, 23, 21)


def inside(builder: ModelBuilder, body: Body, roof: Floats) -> None:
    """What broken panes show: the back of roof and pillars, a dark tub, seats, a wheel."""
    builder.polygons(roof[:, ::-1], Finish.RUBBER, _BLACK)
    belt, cowl, shelf = float(body.deck_at(0.0)) - 0.03, body.roof[0][0], body.roof[-1][0]
    half = float(body.half_at(0.0)) * 0.9
    tub = ModelBuilder()
    box(tub, [-half, shelf + 0.02, 0.32], [half, cowl - 0.02, belt], Finish.RUBBER, _BLACK, skip="+z")
    inner = tub.build()
    builder.add(replace(inner, normal=-inner.normal, indices=inner.indices.reshape(-1, 3)[:, ::-1].reshape(-1)))
    seat = body.pillars[1] + 0.12
    for x in (-0.36, 0.36):
        box(builder, [x - 0.23, seat - 0.1, 0.4], [x + 0.23, seat + 0.06, belt + 0.22], Finish.BARK, (38, 36, 34), taper=0.04, skip="-z")
        box(
            builder,
            [x - 0.12, seat - 0.08, belt + 0.2],
            [x + 0.12, seat + 0.02, belt + 0.38],
            Finish.BARK,
            (38, 36, 34),
            taper=0.03,
            skip="-z",
        )


def running_gear(builder: ModelBuilder, body: Body, state: CarState, seed: int) -> None:
    """Wheels (some flat, one perhaps gone), the arches' dark insides, axles and exhaust."""
    r = body.wheel_m
    track = float(body.half_at(body.axles[0])) - 0.09
    for i, (side, axle) in enumerate((s, a) for a in body.axles for s in (-1.0, 1.0)):
        if state is not CarState.PARKED and uniform(seed, "wheel-gone", i) < 0.14:
            lathe(
                builder,
                [[0.0, -0.03], [0.12, -0.03], [0.12, 0.02], [0.0, 0.03]],
                [side * track * 0.95, axle, r],
                Finish.METAL,
                _STEEL,
                sides=8,
                axis="x",
            )
            continue
        bare = state is CarState.BURNT
        tyre = [[0.0, -0.08], [r, -0.075], [r, 0.065], [r * 0.66, 0.085]]
        rim = [[r * 0.66, 0.085], [r * 0.5, 0.03], [0.0, 0.06]]
        if bare:  # the rubber is gone: the car sits on its rims
            tyre, rim = (
                [[0.0, -0.08], [r * 0.68, -0.08], [r * 0.62, 0.0], [r * 0.68, 0.08]],
                [[r * 0.68, 0.08], [r * 0.5, 0.03], [0.0, 0.05]],
            )
        mirrored = ([[a, -b] for a, b in tyre[::-1]], [[a, -b] for a, b in rim[::-1]]) if side < 0 else (tyre, rim)
        centre = [side * track, axle, r]
        lathe(builder, mirrored[0], centre, Finish.METAL if bare else Finish.RUBBER, (86, 52, 34) if bare else _TYRE, sides=12, axis="x")
        lathe(builder, mirrored[1], centre, Finish.METAL, (86, 52, 34) if bare else _STEEL, sides=12, axis="x", crease_deg=30)
    reach = r * 1.18
    for axle in body.axles:
        if not body.tail < axle < body.nose:
            continue
        turn = np.radians(np.linspace(0.0, 180.0, 7))
        ring = np.stack([0 * turn, axle + reach * np.cos(turn), r + reach * np.sin(turn)], axis=-1)
        for side in (-1.0, 1.0):
            outer = float(body.half_at(axle)) * 0.95 * side
            grid = np.stack([ring + vec(outer, 0, 0), ring + vec(outer - side * 0.34, 0, 0)], axis=0)
            sheet(builder, grid[::-1] if side > 0 else grid, Finish.RUBBER, (9, 9, 10))
    beam(builder, [[-track, a, r] for a in body.axles], [[track, a, r] for a in body.axles], 0.07, 0.07, Finish.METAL, _SOOT)
    tube(builder, [[0.3, 0.4, 0.17], [0.34, -0.9, 0.17], [0.42, body.tail + 0.02, 0.19]], 0.03, Finish.METAL, (70, 58, 48), sides=4)


def fittings(builder: ModelBuilder, body: Body, state: CarState, paint: Rgb, seed: int) -> None:
    """Bumpers, lamps, grille, plates, mirrors, the taxi's roof lamp."""
    nose, tail = body.nose, body.tail if body.name != "truck" else -1.68
    wn, wt = float(body.half_at(nose)), float(body.half_at(body.tail))
    bumper, glow = (58, 60, 62), (0, 0)
    for y, w, way in ((nose, wn, 1.0), (tail, wt, -1.0)):
        if way > 0 and state in (CarState.CRASHED, CarState.BURNT) and uniform(seed, "bumper") < 0.3:
            path = [[-w - 0.05, y - 0.1, 0.36], [w * 0.2, y + 0.1, 0.25], [w + 0.1, y + 0.22, 0.1]]
        else:
            path = [
                [-w - 0.06, y - way * 0.3, 0.4],
                [-w, y - way * 0.02, 0.4],
                [0.0, y + way * 0.06, 0.4],
                [w, y - way * 0.02, 0.4],
                [w + 0.06, y - way * 0.3, 0.4],
            ]
        tube(builder, path, 0.1, Finish.PAINT if paint[0] > 100 else Finish.RUBBER, bumper, sides=5)
    lamp_z = min(float(body.deck_at(nose - 0.05)) - 0.1, 0.66)
    for x in (-1.0, 1.0):
        out = x * (wn - 0.14)
        hexahedra(builder, _slab([out, nose - 0.01, lamp_z], 0.13, 0.06, 0.065), Finish.GLASS, (150, 156, 150))
        back = x * (wt - 0.1)
        hexahedra(builder, _slab([back, tail + 0.01, lamp_z + 0.05], 0.09, 0.05, 0.09), Finish.PAINT, (96, 18, 14))
        mirror_y = body.roof[0][0] - 0.22
        half = float(body.half_at(mirror_y))
        hexahedra(
            builder, _slab([x * (half + 0.03), mirror_y, float(body.deck_at(mirror_y)) + 0.05], 0.11, 0.045, 0.06), Finish.PAINT, paint
        )
        handle = body.pillars[1] + 0.2
        beam(builder, [x * half * 0.99, handle, 0.76], [x * half * 0.99, handle - 0.16, 0.76], 0.04, 0.03, Finish.METAL, _STEEL)
    hexahedra(builder, _slab([0.0, nose - 0.015, lamp_z - 0.02], wn * 0.5, 0.04, 0.05), Finish.RUBBER, _BLACK)
    hexahedra(builder, _slab([0.0, nose + 0.15, 0.4], 0.165, 0.012, 0.08), Finish.PAINT, (150, 152, 140))
    hexahedra(builder, _slab([0.0, tail - 0.15, 0.45], 0.165, 0.012, 0.08), Finish.PAINT, (150, 152, 140))
    if body.name == "taxi" and state is not CarState.BURNT:
        top = body.height_m - (0.17 if state is CarState.OVERTURNED else 0.02)
        if state is CarState.PARKED:
            glow = (0, 60 if uniform(seed, "roof-lamp") < 0.35 else 0)
        box(
            builder,
            [-0.24, -0.42, top],
            [0.24, -0.22, top + 0.15],
            Finish.LAMP if glow[1] else Finish.GLASS,
            (255, 190, 110),
            glow=glow,
            taper=0.05,
        )


def flatbed(builder: ModelBuilder, paint: Rgb) -> None:
    """The truck's bed: chassis rails, floor, drop sides with posts, a head board."""
    beam(builder, [[-0.3, 0.6, 0.42], [0.3, 0.6, 0.42]], [[-0.3, -1.65, 0.42], [0.3, -1.65, 0.42]], 0.08, 0.12, Finish.METAL, _SOOT)
    box(builder, [-0.72, -1.68, 0.56], [0.72, 0.42, 0.66], Finish.METAL, (70, 68, 64))
    for low, high in (
        ([-0.73, -1.69, 0.64], [-0.69, 0.43, 0.96]),
        ([0.69, -1.69, 0.64], [0.73, 0.43, 0.96]),
        ([-0.7, -1.71, 0.64], [0.7, -1.67, 0.96]),
    ):
        box(builder, low, high, Finish.PAINT, paint)
    beam(builder, [[-0.7, 0.42, 0.64], [0.7, 0.42, 0.64]], [[-0.7, 0.42, 1.75], [0.7, 0.42, 1.75]], 0.05, 0.05, Finish.METAL, _STEEL)
    for z in (1.1, 1.4, 1.72):
        beam(builder, [-0.72, 0.42, z], [0.72, 0.42, z], 0.04, 0.04, Finish.METAL, _STEEL)


def _slab(centre: list[float], half_x: float, half_y: float, half_z: float) -> Floats:
    """A small block with its +-y faces drawn in a little (8, 3)."""
    signs = np.array([[2 * (i & 1) - 1, 2 * (i >> 1 & 1) - 1, 2 * (i >> 2) - 1] for i in range(8)], dtype=np.float64)
    corners: Floats = np.asarray(centre) + signs * [half_x, half_y, half_z]
    return corners
