"""What hangs on a car's body: wheels and axles, bumpers and lamps, the dark inside, a truck's bed.

In: a `Body`, its state and seed.  Out: polygons in a `ModelBuilder`, the car standing on its wheels.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from world.fields import uniform
from world.mesh.kits.car_body import ARCH_REACH, deck_at, half_at
from world.mesh.kits.forms import beam, box, lathe, rods, sheet, tube, vec
from world.mesh.kits.model import DARK, Floats, Glow, ModelBuilder
from world.mesh.surface import Finish
from world.things.car_bodies import Body, CarState, headlamp_m

Rgb = tuple[int, int, int]

_BLACK, _TYRE, _STEEL, _SOOT, _RUST = (12, 12, 13), (26, 26, 27), (112, 116, 118), (26, 23, 21), (86, 52, 34)


def inside(builder: ModelBuilder, body: Body, roof: Floats) -> None:
    """What broken panes show: the back of roof and pillars, a dark tub, seats."""
    builder.polygons(roof[:, ::-1], Finish.RUBBER, _BLACK)
    belt, cowl, shelf = float(deck_at(body, 0.0)) - 0.03, body.roof[0][0], body.roof[-1][0]
    half = float(half_at(body, 0.0)) * 0.9
    tub = ModelBuilder()
    box(tub, [-half, shelf + 0.02, 0.32], [half, cowl - 0.02, belt], Finish.RUBBER, _BLACK, skip="+z")
    inner = tub.build()
    builder.add(replace(inner, normal=-inner.normal, indices=inner.indices.reshape(-1, 3)[:, ::-1].reshape(-1)))
    seat = body.pillars[1] + 0.12
    for x in (-0.36, 0.36):
        box(builder, [x - 0.23, seat - 0.12, 0.4], [x + 0.23, seat + 0.06, belt + 0.3], Finish.BARK, (38, 36, 34), taper=0.06, skip="-z -y")


def wheel(builder: ModelBuilder, centre: Floats, radius: float, side: float, *, bare: bool = False, inner: bool = False) -> None:
    """A tyre on its rim, axle along x, its face to `side`; `bare`: the rubber is burnt away; `inner`: with its back."""
    if bare:
        radius *= 0.7
    outline = [[radius, -0.08], [radius, 0.07], [radius * 0.62, 0.088], [0.0, 0.04]]
    if inner:
        outline = [[0.0, -0.08], *outline]
    tints, finishes = ((_RUST, _STEEL), (Finish.METAL, Finish.METAL)) if bare else ((_TYRE, _STEEL), (Finish.RUBBER, Finish.METAL))
    for piece, tint, finish in ((outline[:-1], tints[0], finishes[0]), (outline[-2:], tints[1], finishes[1])):
        profile = [[a, -b] for a, b in piece[::-1]] if side < 0 else piece
        lathe(builder, profile, centre, finish, tint, sides=9, axis="x", crease_deg=35)


def running_gear(builder: ModelBuilder, body: Body, state: CarState, seed: int) -> None:
    """Wheels (one perhaps gone), the arches' dark insides, axles."""
    r = body.wheel_m
    track = float(half_at(body, body.axles[0])) - 0.09
    bare = state is CarState.BURNT
    lying = state in (CarState.OVERTURNED, CarState.ON_SIDE)
    for i, (side, axle) in enumerate((s, a) for a in body.axles for s in (-1.0, 1.0)):
        if state in (CarState.OVERTURNED, CarState.CRASHED) and i == int(uniform(seed, "wheel-gone") * 12):
            continue
        wheel(builder, vec(side * track, axle, r * (0.7 if bare else 1.0)), r, side, bare=bare, inner=lying)
    reach = r * ARCH_REACH
    for axle in body.axles:
        if not body.tail < axle < body.nose:
            continue
        turn = np.radians(np.linspace(0.0, 180.0, 5))
        ring = np.stack([0 * turn, axle + reach * np.cos(turn), r + reach * np.sin(turn)], axis=-1)
        for side in (-1.0, 1.0):
            outer = float(half_at(body, axle)) * 0.95 * side
            grid = np.stack([ring + vec(outer, 0, 0), ring + vec(outer - side * 0.34, 0, 0)], axis=0)
            sheet(builder, grid[::-1] if side > 0 else grid, Finish.RUBBER, (9, 9, 10))
    axles = np.array([[0.0, a, r * 0.9] for a in body.axles])
    rods(builder, axles - [track, 0, 0], axles + vec(track, 0, 0), 0.045, Finish.METAL, _SOOT)
    if lying:
        rods(builder, [0.0, body.axles[1], 0.3], [0.0, body.axles[0], 0.26], 0.05, Finish.METAL, _SOOT)
        rods(builder, [0.34, 0.8, 0.17], [0.42, body.tail + 0.02, 0.19], 0.04, Finish.METAL, (70, 58, 48))


def headlamps(builder: ModelBuilder, body: Body, on: tuple[int, ...]) -> None:
    """The two of them; those burn that are still on."""
    for side in (-1, 1):
        burns = side in on
        middle = [side * (float(half_at(body, body.nose)) - 0.14), body.nose - 0.01, headlamp_m(body)]
        finish, tint, glow = (Finish.LAMP, (255, 238, 212), (0, 255)) if burns else (Finish.GLASS, (150, 156, 150), DARK)
        _slab(builder, middle, [0.13, 0.06, 0.065], finish, tint, "-y", glow)


def fittings(builder: ModelBuilder, body: Body, state: CarState, paint: Rgb, seed: int, *, roof_lamp: bool = False) -> None:
    """Bumpers, tail lamps, grille, plates, mirrors, the taxi's roof lamp."""
    nose, tail = body.nose, body.bed[0] if body.bed else body.tail
    wn, wt = float(half_at(body, nose)), float(half_at(body, body.tail))
    for y, w, way in ((nose, wn, 1.0), (tail, wt, -1.0)):
        if way > 0 and state in (CarState.CRASHED, CarState.BURNT) and uniform(seed, "bumper") < 0.3:
            path = [[-w - 0.05, y - 0.1, 0.36], [w * 0.2, y + 0.1, 0.25], [w + 0.1, y + 0.22, 0.12]]
        else:
            path = [[-w - 0.06, y - way * 0.3, 0.4], [-w, y, 0.4], [w, y, 0.4], [w + 0.06, y - way * 0.3, 0.4]]
        tube(builder, path, 0.1, Finish.PAINT if paint[0] > 100 else Finish.RUBBER, (58, 60, 62), sides=4)
    lamp_z = headlamp_m(body)
    for x in (-1.0, 1.0):
        back = x * (wt - 0.1)
        _slab(builder, [back, tail + 0.01, lamp_z + 0.05], [0.09, 0.05, 0.09], Finish.PAINT, (126, 18, 14), "+y")
        mirror_y = body.roof[0][0] - 0.22
        half, high = float(half_at(body, mirror_y)), float(deck_at(body, mirror_y))
        _slab(builder, [x * (half + 0.03), mirror_y, high + 0.05], [0.11, 0.045, 0.06], Finish.PAINT, paint, "+x" if x < 0 else "-x")
    ends = ((nose + 0.052, 1.0, lamp_z - 0.02, wn * 0.5, 0.05, Finish.RUBBER, _BLACK),)
    plates = tuple(
        (y + way * 0.15, way, z, 0.165, 0.08, Finish.PAINT, (190, 192, 180)) for y, way, z in ((nose, 1.0, 0.4), (tail, -1.0, 0.45))
    )
    for y, way, z, half, tall, finish, tint in ends + plates:
        x = way * half
        face = [[x, y, z - tall], [-x, y, z - tall], [-x, y, z + tall], [x, y, z + tall]]
        builder.polygons([face], finish, tint)
    if body.name == "taxi" and state is not CarState.BURNT:
        top = body.height_m - (0.17 if state is CarState.OVERTURNED else 0.02)
        finish = Finish.LAMP if roof_lamp else Finish.GLASS
        high = top + (0.04 if state is CarState.OVERTURNED else 0.15)
        box(builder, [-0.24, -0.42, top], [0.24, -0.22, high], finish, (255, 190, 110), glow=(0, 60 if roof_lamp else 0), taper=0.02)


def flatbed(builder: ModelBuilder, bed: tuple[float, float, float, float], paint: Rgb) -> None:
    """A truck's bed: chassis rails, floor, drop sides, a head board."""
    y0, y1, wide, floor = bed
    beam(builder, [[-0.3, y1, 0.42], [0.3, y1, 0.42]], [[-0.3, y0, 0.42], [0.3, y0, 0.42]], 0.08, 0.12, Finish.METAL, _SOOT)
    box(builder, [-wide, y0, floor - 0.08], [wide, y1, floor + 0.02], Finish.METAL, (70, 68, 64))
    low = np.array([[-wide - 0.01, y0, floor], [wide - 0.03, y0, floor], [-wide, y0 - 0.03, floor]])
    high = np.array([[-wide + 0.03, y1, floor + 0.32], [wide + 0.01, y1, floor + 0.32], [wide, y0 + 0.01, floor + 0.32]])
    box(builder, low, high, Finish.PAINT, paint, skip="-z")
    x = np.array([[-wide + 0.02], [wide - 0.02]])
    foot = np.concatenate([x, np.full((2, 1), y1), np.full((2, 1), floor)], axis=1)
    rods(builder, foot, foot + vec(0, 0, 1.1), 0.03, Finish.METAL, _STEEL)
    z = np.array([[floor + 0.46], [floor + 0.76], [floor + 1.08]])
    rods(
        builder,
        np.concatenate([0 * z - wide, 0 * z + y1, z], 1),
        np.concatenate([0 * z + wide, 0 * z + y1, z], 1),
        0.024,
        Finish.METAL,
        _STEEL,
    )


def _slab(builder: ModelBuilder, centre: list[float], half: list[float], finish: Finish, tint: Rgb, skip: str, glow: Glow = DARK) -> None:
    """A small block without the face that sits on the body."""
    box(builder, np.subtract(centre, half), np.add(centre, half), finish, tint, skip=skip, glow=glow)
