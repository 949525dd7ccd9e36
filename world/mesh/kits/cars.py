"""Cars as a week of ruin left them: parked, crashed, burnt out, on their roof or side.

In: a body, a state, a shape.  Out: the mesh, and a lean one for the far eye and the mirror. Their boxes are `world.things`'.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from world.fields import uniform
from world.mesh.kits.car_body import Part, deck_at, far_shell, half_at, seams, shell
from world.mesh.kits.car_parts import fittings, flatbed, headlamps, inside, running_gear
from world.mesh.kits.car_wear import come_to_rest, crumple, lift_bonnet, rusted, swing_door, weathered
from world.mesh.kits.forms import box
from world.mesh.kits.frame import Frame
from world.mesh.kits.model import Model, ModelBuilder
from world.mesh.surface import Finish
from world.things.car_bodies import BODIES, Body, CarState, headlamps_on, roof_lamp_on

Rgb = tuple[int, int, int]

PAINTS: tuple[Rgb, ...] = (
    (148, 152, 150),
    (44, 48, 54),
    (84, 94, 100),
    (176, 172, 158),
    (42, 70, 92),
    (112, 34, 28),
    (82, 100, 82),
    (162, 128, 58),
)
_TAXI: tuple[Rgb, ...] = ((28, 46, 54), (170, 124, 32))
_VAN: tuple[Rgb, ...] = ((164, 166, 160), (46, 84, 74), (170, 140, 60), (120, 40, 32))
_BLACK, _SOOT, _PANE = (12, 12, 13), (26, 23, 21), (22, 27, 30)


def car_model(body: int, state: CarState, variant: int, *, embers: bool = False) -> Model:
    """The mesh, resting on z = 0. `embers`: it still glows within."""
    shape, seed = BODIES[body], _seed(body, state, variant)
    builder = _build(shape, state, seed, headlamps_on(body, state, variant), roof_lamp=roof_lamp_on(body, state, variant))
    if embers:
        _embers(builder, shape, seed)
    return come_to_rest(builder.build(), state, shape, seed).grounded(0.55, 0.3)


def far_car_model(body: int, state: CarState, variant: int) -> Model:
    """A hundred triangles of the same car."""
    shape, seed = BODIES[body], _seed(body, state, variant)
    builder = ModelBuilder()
    skin = far_shell(shape)
    quads = skin.quads.copy()
    if state is CarState.OVERTURNED:
        quads[..., 2] = np.vectorize(shape.pressed)(quads[..., 2])
    burnt = state is CarState.BURNT
    glass = np.isin(skin.part, (Part.SIDE_GLASS, Part.SCREEN))
    paint = _SOOT if burnt else _paint(shape, seed)
    tint = rusted(quads, seed) if burnt else weathered(quads, paint)
    builder.polygons(quads[~glass], Finish.METAL if burnt else Finish.PAINT, tint[~glass])
    builder.polygons(quads[glass], Finish.RUBBER if burnt else Finish.GLASS, _BLACK if burnt else _PANE)
    r = shape.wheel_m
    for axle in shape.axles:
        for side in (-1.0, 1.0):
            x = side * float(half_at(shape, axle))
            turn = np.arange(6) * np.pi / 3
            ring = np.stack([np.full(6, x), axle + r * np.cos(turn), r + r * np.sin(turn)], axis=-1)
            ring = ring if side > 0 else ring[::-1]
            builder.polygons([ring[[0, 1, 2, 3]], ring[[0, 3, 4, 5]]], Finish.RUBBER, _BLACK)
    if on := headlamps_on(body, state, variant):
        headlamps(builder, shape, on)
    if shape.bed is not None:
        y0, y1, wide, floor = shape.bed
        box(builder, [-wide, y0, 0.4], [wide, y1, floor + 0.3], Finish.PAINT, paint)
    return come_to_rest(builder.build(), state, shape, seed).grounded(0.55, 0.3)


def _seed(body: int, state: CarState, variant: int) -> int:
    return variant * 31 + body * 7 + int(state)


def _paint(body: Body, seed: int) -> Rgb:
    colours = _TAXI if body.name == "taxi" else _VAN if body.name == "delivery van" else PAINTS
    red, green, blue = colours[int(uniform(seed, "paint") * len(colours))]
    faded = 0.84 + 0.28 * uniform(seed, "faded")
    return int(red * faded), int(green * faded), int(blue * faded)


def _build(body: Body, state: CarState, seed: int, on: tuple[int, ...], *, roof_lamp: bool) -> ModelBuilder:
    builder = ModelBuilder()
    burnt, wrecked = state is CarState.BURNT, state is not CarState.PARKED
    paint = _paint(body, seed)
    skin = shell(body)
    parts, sides = skin.part, skin.side
    glass = np.isin(parts, (Part.SIDE_GLASS, Part.SCREEN, Part.DOOR_GLASS))
    broken = glass & (burnt | ((uniform(seed, "pane", skin.window) < 0.5) & wrecked))
    quads = crumple(skin.quads, body, state, seed)
    gaps = crumple(seams(body), body, state, seed)
    opened = np.zeros(len(quads), bool)
    if state in (CarState.CRASHED, CarState.BURNT) and uniform(seed, "door") < 0.4:
        door = np.isin(parts, (Part.DOOR, Part.DOOR_GLASS)) & (sides == (1 if uniform(seed, "which-door") < 0.5 else -1))
        quads = swing_door(quads, door, body, 0.9 + 0.4 * uniform(seed, "door-angle"))
        opened |= door
    if state in (CarState.CRASHED, CarState.BURNT) and uniform(seed, "bonnet") < 0.35 and body.nose - body.roof[0][0] > 0.6:
        lid = parts == Part.BONNET
        quads = lift_bonnet(quads, lid, body)
        opened |= lid
        box(builder, [-0.45, body.roof[0][0] + 0.15, 0.4], [0.45, body.nose - 0.25, 0.72], Finish.METAL, _SOOT, taper=0.08, skip="-z")
    solid = ~glass & (parts != Part.FLOOR)
    tint, finish = (rusted(quads, seed), Finish.METAL) if burnt else (weathered(quads, paint), Finish.PAINT)
    builder.polygons(quads[solid], finish, tint[solid], crease_deg=40)
    builder.polygons(quads[opened & ~glass][:, ::-1], Finish.RUBBER, _BLACK)
    builder.polygons(np.concatenate([quads[parts == Part.FLOOR], gaps]), Finish.RUBBER, _BLACK)
    builder.polygons(quads[glass & ~broken], Finish.GLASS, _PANE, crease_deg=20)
    builder.polygons(quads[opened & glass & ~broken][:, ::-1], Finish.GLASS, _PANE)
    if broken.any() or opened.any():
        above = quads[..., 2].mean(1) > deck_at(body, 0.0) + 0.12
        inside(builder, body, quads[solid & ~opened & above & (sides != 0)])
    running_gear(builder, body, state, seed)
    if state in (CarState.PARKED, CarState.CRASHED, CarState.BURNT):  # no light gets under it
        x, y = 0.8 * float(half_at(body, 0.0)), (body.nose - 0.2, body.tail + 0.15)
        builder.polygons([[[x, y[0], 0.02], [-x, y[0], 0.02], [-x, y[1], 0.02], [x, y[1], 0.02]]], Finish.RUBBER, (3, 3, 3))
    trim = ModelBuilder()
    fittings(trim, body, state, (70, 48, 36) if burnt else paint, seed, roof_lamp=roof_lamp)
    headlamps(trim, body, on)
    trimmed = trim.build()
    builder.add(replace(trimmed, position=crumple(trimmed.position, body, state, seed)))
    if body.bed is not None:
        flatbed(builder, body.bed, (88, 56, 40) if burnt else paint)
    return builder


def _embers(builder: ModelBuilder, body: Body, seed: int) -> None:
    """Coals on the floor of the cabin and tongues of fire over them and out of the bonnet."""
    cowl, shelf, wide = body.roof[0][0], body.roof[-1][0], float(half_at(body, 0.0)) * 0.8
    belt = float(deck_at(body, 0.0)) - 0.1
    coals = [[-wide, shelf + 0.1, 0.5], [wide, shelf + 0.1, 0.5], [wide, cowl - 0.1, belt], [-wide, cowl - 0.1, belt]]
    builder.polygons([coals], Finish.EMBER, (255, 90, 16), glow=(0, 60))
    builder.add(flames_model(seed, 5), Frame((0.0, 0.5 * (cowl + shelf), belt - 0.15)))
    if body.nose - cowl > 0.6:
        builder.add(flames_model(seed + 1, 3), Frame((0.2, cowl + 0.3, float(deck_at(body, cowl + 0.3)) - 0.05)))


def flames_model(seed: int, count: int) -> Model:
    """Tongues of fire, each two crossed blades of light, within half a metre of the origin."""
    builder = ModelBuilder()
    k = np.arange(count)
    x, y = (uniform(seed, "flame-x", k) - 0.5) * 0.6, (uniform(seed, "flame-y", k) - 0.5) * 0.8
    tall, turn = 0.25 + 0.45 * uniform(seed, "flame-tall", k) ** 2, np.pi * uniform(seed, "flame-turn", k)
    root = np.stack([x, y, 0.0 * x], axis=-1)
    sway = np.stack([0.08 * np.sin(turn * 3), 0.08 * np.cos(turn * 5), tall], axis=-1)
    uv = np.array([[0.5, 0.0], [1.0, 0.35], [0.5, 1.0], [0.0, 0.35]])
    for quarter in (0.0, np.pi / 2):
        side = np.stack([np.cos(turn + quarter), np.sin(turn + quarter), 0 * turn], axis=-1) * 0.07
        belly = root + 0.35 * np.stack([0 * x, 0 * x, tall], axis=-1) - 0.2 * sway * [1.0, 1.0, 0.0]
        blades = np.stack([root, belly + side, root + sway, belly - side], axis=1)
        builder.polygons(blades, Finish.EMBER, (255, 128, 24), uv=uv, glow=(0, 90), state=1, two_sided=True)
    return builder.build()
