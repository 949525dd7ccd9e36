"""Cars as a week of ruin left them: parked, crashed, burnt out, on their roof or side.

In: a `Frame` (origin on the ground under the middle, +y the nose) and a seed, or a chosen body, state and variant.
Out: the mesh, and sheared boxes for it: hood lower than cabin, cabin narrower than flanks, so that it is cover as it is seen.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from world.fields import uniform
from world.mesh.kits.car_body import BODIES, Body, Part, seams, shell
from world.mesh.kits.car_parts import fittings, flatbed, inside, running_gear
from world.mesh.kits.car_wear import CarState, come_to_rest, crumple, lift_bonnet, rusted, swing_door, weathered
from world.mesh.kits.forms import box
from world.mesh.kits.frame import Block, Frame, solids_of
from world.mesh.kits.model import Model, ModelBuilder, place
from world.mesh.surface import Finish, SurfaceBuilder
from world.space import Flag, Material, Solids

Rgb = tuple[int, int, int]

PAINTS: tuple[Rgb, ...] = (
    (128, 130, 128),
    (24, 27, 30),
    (66, 74, 78),
    (154, 150, 138),
    (34, 52, 66),
    (84, 30, 26),
    (70, 84, 70),
    (142, 116, 60),
)
_TAXI: tuple[Rgb, ...] = ((22, 34, 40), (150, 112, 34))
_BLACK, _SOOT = (12, 12, 13), (26, 23, 21)
VARIANTS = 8

__all__ = ["BODIES", "PAINTS", "VARIANTS", "CarState", "car", "car_blocks", "car_choice", "car_model", "car_size", "car_solids"]


def car_choice(seed: int) -> tuple[int, CarState, int]:
    """(index into `BODIES`, state, variant) that a seed stands for."""
    pick = uniform(seed, "car-state")
    shares = (0.34, 0.68, 0.86, 0.94)
    state = CarState(sum(pick >= s for s in shares))
    return int(uniform(seed, "car-body") * len(BODIES)), state, int(uniform(seed, "car-variant") * VARIANTS)


def car(builder: SurfaceBuilder, frame: Frame, seed: int) -> None:
    """Appends the car a seed stands for; the frame's origin on the ground."""
    place(builder, car_model(*car_choice(seed)), frame, seed=seed)


def car_solids(frame: Frame, seed: int) -> Solids:
    """The same car as sheared boxes in the frame's coordinates (give it a world frame)."""
    body, state, variant = car_choice(seed)
    return solids_of(car_blocks(body, state, variant), frame)


def car_size(seed: int) -> tuple[float, float, float]:
    """(width, length, height) in metres as it lies."""
    low, high = car_model(*car_choice(seed)).bounds()
    width, length, height = (float(v) for v in high - low)
    return width, length, height


@lru_cache(maxsize=len(BODIES) * len(CarState) * VARIANTS)
def car_model(body: int, state: CarState, variant: int) -> Model:
    """The mesh, resting on z = 0."""
    shape, seed = BODIES[body], variant * 31 + body * 7 + int(state)
    model = _build(shape, state, seed)
    return come_to_rest(model, state, shape, seed).grounded(0.55, 0.3)


@lru_cache(maxsize=len(BODIES) * len(CarState) * VARIANTS)
def car_blocks(body: int, state: CarState, variant: int) -> tuple[Block, ...]:
    """The boxes of `car_model`, in its frame."""
    shape = BODIES[body]
    low, high = car_model(body, state, variant).bounds()
    through = Flag.MOVE if state in (CarState.BURNT, CarState.CRASHED) else Flag.ALL
    pieces = [replace(b, flags=through) if b.bottom > 0.7 else b for b in _blocks(shape)]
    if state is CarState.OVERTURNED:
        top = float(high[2])
        flipped = [replace(b, bottom=top - b.top, top=top - b.bottom, slope=(0.0, -b.slope[1]), flags=Flag.ALL) for b in pieces]
        return tuple(replace(b, bottom=0.0) if b.bottom < 0.3 else b for b in flipped)
    if state is CarState.ON_SIDE:
        middle = (float(low[0]) + float(high[0])) / 2
        shift = middle - shape.height_m / 2
        return tuple(
            Block(((b.bottom + b.top) / 2 + shift, b.centre[1]), ((b.top - b.bottom) / 2, b.half[1]), 0.0, b.half[0] * 2, flags=Flag.ALL)
            for b in pieces
        )
    return tuple(pieces)


def _blocks(body: Body) -> list[Block]:
    """Bonnet, waist, boot and glasshouse of a car on its wheels."""
    cowl, header, rear, shelf = body.roof[0][0], body.roof[1][0], body.roof[-2][0], body.roof[-1][0]
    half = max(w for _, w in body.half) - 0.02

    def run(front: float, back: float, width: float) -> Block:
        a, b = (float(body.deck_at(y)) + 0.03 for y in (front, back))
        slope = (a - b) / (front - back)
        return Block(
            ((0.0), (front + back) / 2), (width, (front - back) / 2), 0.12 + abs(slope) * (front - back) / 2, (a + b) / 2, (0.0, slope)
        )

    nose, tail = body.nose + 0.06, body.tail - 0.06
    parts = [run(cowl, shelf, half)]
    if nose - 0.25 > cowl + 0.05:
        parts.append(run(nose - 0.25, cowl, half))
    parts.append(Block((0.0, nose - 0.125), (half - 0.08, 0.125), 0.2, float(body.deck_at(body.nose - 0.1)), material=Material.METAL))
    if shelf - tail > 0.3:
        parts.append(run(shelf, tail, half - 0.04))
    else:
        parts.append(
            Block((0.0, (shelf + tail) / 2), (half - 0.05, (shelf - tail) / 2), 0.2, float(body.deck_at(shelf)), material=Material.METAL)
        )
    front, back = (cowl + header) / 2, (rear + shelf) / 2
    roof = max(z for _, z in body.roof)
    parts.append(
        Block(
            (0.0, (front + back) / 2),
            (half - 0.16, (front - back) / 2),
            float(body.deck_at(0.0)) - 0.1,
            roof + 0.03,
            material=Material.GLASS,
        )
    )
    if body.name == "truck":
        parts.append(Block((0.0, -0.62), (0.7, 1.07), 0.35, 0.98))
    return parts


def _build(body: Body, state: CarState, seed: int) -> Model:
    builder = ModelBuilder()
    burnt, wrecked = state is CarState.BURNT, state not in (CarState.PARKED,)
    colours = _TAXI if body.name == "taxi" else PAINTS
    paint = colours[int(uniform(seed, "paint") * len(colours))]
    quads, parts, sides, windows = shell(body)
    gone = np.zeros(len(quads), bool)
    glass = np.isin(parts, (Part.SIDE_GLASS, Part.SCREEN, Part.DOOR_GLASS))
    broken = glass & (burnt | ((uniform(seed, "pane", windows) < 0.5) & wrecked))
    gone |= broken
    quads = crumple(quads, body, state, seed)
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
        box(builder, [-0.45, body.roof[0][0] + 0.15, 0.4], [0.45, body.nose - 0.25, 0.72], Finish.METAL, _SOOT, taper=0.08)
    solid = ~glass & ~gone & (parts != Part.FLOOR)
    tint, finish = (rusted(quads, seed), Finish.METAL) if burnt else (weathered(quads, paint, seed), Finish.PAINT)
    builder.polygons(quads[solid], finish, tint[solid], crease_deg=40)
    builder.polygons(quads[opened & ~glass][:, ::-1], Finish.RUBBER, _BLACK, crease_deg=40)
    builder.polygons(np.concatenate([quads[parts == Part.FLOOR], gaps]), Finish.RUBBER, _BLACK)
    builder.polygons(quads[glass & ~gone], Finish.GLASS, (22, 27, 30), crease_deg=20)
    builder.polygons(quads[opened & glass & ~gone][:, ::-1], Finish.GLASS, (22, 27, 30))
    if broken.any() or opened.any():
        inside(builder, body, quads[solid & ~opened & (quads[..., 2].mean(1) > body.deck_at(0.0)) & (sides != 0)])
    running_gear(builder, body, state, seed)
    trim = ModelBuilder()
    fittings(trim, body, state, (70, 48, 36) if burnt else paint, seed)
    trimmed = trim.build()
    builder.add(replace(trimmed, position=crumple(trimmed.position, body, state, seed)))
    if body.name == "truck":
        flatbed(builder, paint if not burnt else (88, 56, 40))
    return builder.build()
