"""Neon on the fronts: where signs hang, what they are, whether they burn.

In: a block and its buildings.  Out: `Sign`s. Each front is divided into slots a sign wide, each slot into three bands of
height; whether a place carries a sign is a threshold on its own draw, so more signs keep every sign that hung.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from world.conditions import GROUP_COUNT
from world.fields import draw_u64, uniform
from world.plan.buildings import buildings_of
from world.plan.district import recipe_in
from world.plan.facade import Pane, facade_of
from world.plan.lattice import Block
from world.plan.palette import gas_at
from world.plan.quad import holds
from world.plan.records import Building, Colour, Point, Sign, SignKind, Vector, Wall
from world.plan.ruin_field import leaning_at, power_at
from world.recipe import Recipe

_SLOT_M = 2.7
# Two reaches of a flickering emitter and the diagonal of an 8 m cell of the slot table: no point sees two in one slot.
SLOT_APART_M = 40.0
_STREET_GAP_M = 4.5  # a wall further from the street faces a passage


class _Shape(NamedTuple):
    kind: SignKind
    weight: float
    width: tuple[float, float]
    height: tuple[float, float]


_LOW = (
    _Shape(SignKind.BLADE, 0.5, (0.7, 1.1), (0.9, 1.7)),
    _Shape(SignKind.ROUND, 0.12, (0.8, 1.1), (0.8, 1.1)),
    _Shape(SignKind.TUBES, 0.2, (1.7, 2.4), (0.6, 0.9)),
    _Shape(SignKind.ICON, 0.18, (1.0, 1.5), (1.0, 1.5)),
)
_MIDDLE = (
    _Shape(SignKind.BLADE, 0.46, (0.9, 1.4), (1.4, 2.4)),
    _Shape(SignKind.TALL, 0.34, (0.9, 1.3), (3.2, 4.8)),
    _Shape(SignKind.TUBES, 0.12, (2.0, 2.5), (0.8, 1.1)),
    _Shape(SignKind.ICON, 0.08, (1.4, 2.0), (1.4, 2.0)),
)
_HIGH = (
    _Shape(SignKind.TALL, 0.7, (1.2, 1.7), (4.5, 7.5)),
    _Shape(SignKind.BLADE, 0.3, (1.2, 1.7), (1.8, 3.0)),
)
# (lowest z of the sign's middle less half its height, shapes, share of the density)
_Band = tuple[float, tuple[_Shape, ...], float]
_BANDS: tuple[_Band, ...] = ((2.75, _LOW, 0.42), (5.6, _MIDDLE, 0.4), (11.5, _HIGH, 0.18))
_ALLEY_BANDS: tuple[_Band, ...] = ((2.6, _LOW, 0.3),)  # an alley has room for small ones only


@lru_cache(maxsize=320)
def signs_of(recipe: Recipe, block: Block) -> tuple[Sign, ...]:
    """All signs on the fronts of a block's buildings."""
    found: list[Sign] = []
    here = recipe_in(recipe, *block.centre, block.district)
    for building in buildings_of(recipe, block):
        for side in range(4):
            if building.masses[0].sides[side] == Wall.FRONT:
                found.extend(_on_front(recipe, here, building, side, _BANDS if _faces_street(building, side, block) else _ALLEY_BANDS))
    return tuple(found)


def settle_flicker(signs: list[Sign], around: list[Sign]) -> tuple[Sign, ...]:
    """`signs` with flicker slots given out. Each slot of the light field holds one flickering source within `SLOT_APART_M`:
    of those that compete (`around` holds all within that distance) the one with the highest draw keeps its flicker, and
    the others burn steadily, so that what is seen to flicker is also what flickers in the light."""
    rivals = [(s, s.key[-1] + s.key[-2] & 1, s.strength) for s in around if s.lit and s.group]
    settled = []
    for sign in signs:
        if sign.lit and sign.group:
            slot = sign.key[-1] + sign.key[-2] & 1
            mine = (sign.strength, sign.key)
            beaten = any(
                s == slot and (strength, other.key) > mine and _apart(other, sign) < SLOT_APART_M for other, s, strength in rivals
            )
            sign = replace(sign, group=0) if beaten else replace(sign, slot=slot)
        settled.append(sign)
    return tuple(settled)


def _apart(a: Sign, b: Sign) -> float:
    dx, dy = a.position[0] - b.position[0], a.position[1] - b.position[1]
    return (dx * dx + dy * dy) ** 0.5


def _faces_street(building: Building, side: int, block: Block) -> bool:
    """Whether a few metres in front of the wall the block ends."""
    (x, y), (ax, ay) = _mid(building, side), building.axis
    dx, dy = ((-ax, -ay), (ax, ay), (ay, -ax), (-ay, ax))[side]
    return not holds(block.land, x + _STREET_GAP_M * dx, y + _STREET_GAP_M * dy)


def _mid(building: Building, side: int) -> Point:
    m = building.masses[0]
    x, y = (m.x0 + m.x1) / 2, (m.y0 + m.y1) / 2
    return building.world(*((m.x0, y), (m.x1, y), (x, m.y0), (x, m.y1))[side])


def _on_front(recipe: Recipe, here: Recipe, building: Building, side: int, bands: tuple[_Band, ...]) -> list[Sign]:
    facade = facade_of(recipe, building, 0, side)
    seed, found = recipe.seed_of("neon"), []
    slots = int(facade.width_m / _SLOT_M)
    taken = (0.0, -1.0)  # along the wall, by the fascia
    body_top = building.masses[0].z1
    heading = math.degrees(math.atan2(*facade.outward)) % 360.0
    if building.shop and bands is _BANDS:
        key = (*building.key, side, 99, 0)
        width = min(facade.width_m - 1.0, 3.0 + 4.0 * uniform(seed, "sign/width", *key))
        along = facade.width_m * (0.3 + 0.4 * uniform(seed, "sign/along", *key))
        along = min(max(along, width / 2 + 0.4), facade.width_m - width / 2 - 0.4)
        taken = (along - width / 2, along + width / 2)  # with or without a fascia, so that a higher density takes nothing away
        if uniform(seed, "sign/fascia", *key) < min(0.9, here.neon.signs / 18.0):
            x, y = _point(facade.origin, facade.along, facade.outward, along, 0.28)
            found.append(_sign(recipe, here, key, SignKind.FASCIA, (x, y, building.ground_m - 0.5), heading, width, 0.75))
    for slot in range(slots):
        for band, (base, shapes, share) in enumerate(bands):
            key = (*building.key, side, slot, band)
            if uniform(seed, "sign", *key) >= here.neon.signs / 100.0 * _SLOT_M * share * 1.25:
                continue
            shape = _pick(shapes, uniform(seed, "sign/kind", *key))
            size = uniform(seed, "sign/size", *key)
            width = shape.width[0] + (shape.width[1] - shape.width[0]) * size
            height = shape.height[0] + (shape.height[1] - shape.height[0]) * size
            z = base + height / 2 + 0.7 * uniform(seed, "sign/lift", *key)
            if z + height / 2 > body_top - 0.3:
                continue
            arm = shape.kind in (SignKind.BLADE, SignKind.TALL, SignKind.ROUND)
            off = 0.35 + width / 2 if arm else 0.22
            along = facade.width_m * (slot + 0.5) / slots + 0.25 * (uniform(seed, "sign/along", *key) - 0.5)
            if band == 0 and taken[0] - width / 2 < along < taken[1] + width / 2:
                continue
            floor = int(np.searchsorted(facade.floor_z, z)) - 1
            if facade.panes[floor, min(int(along / facade.bay_m), facade.panes.shape[1] - 1)] == Pane.HOLE:
                continue  # nothing to hang on
            x, y = _point(facade.origin, facade.along, facade.outward, along, off)
            found.append(_sign(recipe, here, key, shape.kind, (x, y, z), heading, width, height))
    return found


def _point(
    origin: tuple[float, float], along: tuple[float, float], outward: tuple[float, float], s: float, off: float
) -> tuple[float, float]:
    return origin[0] + along[0] * s + outward[0] * off, origin[1] + along[1] * s + outward[1] * off


def _pick(shapes: tuple[_Shape, ...], draw: float) -> _Shape:
    for shape in shapes:
        draw -= shape.weight
        if draw < 0:
            return shape
    return shapes[-1]


def _sign(
    recipe: Recipe, here: Recipe, key: tuple[int, ...], kind: SignKind, position: Vector, heading: float, width: float, height: float
) -> Sign:
    seed, neon = recipe.seed_of("neon"), here.neon
    lit = uniform(seed, "sign/power", *key) < neon.powered * power_at(recipe, position[0], position[1])
    flickers = uniform(seed, "sign/flicker", *key) < neon.flicker
    group = 1 + (draw_u64(seed, "sign/group", *key)) % (GROUP_COUNT - 1) if flickers else 0
    return Sign(
        key=key,
        kind=kind,
        position=(round(position[0], 3), round(position[1], 3), round(position[2], 3)),
        heading_deg=heading,
        width_m=round(width, 3),
        height_m=round(height, 3),
        word=(draw_u64(seed, "sign/word", *key)) & 0xFFFF,
        colour=_colour(recipe, key, position),
        lit=lit,
        group=group,
        strength=0.7 + 0.6 * uniform(seed, "sign/strength", *key),
    )


def _colour(recipe: Recipe, key: tuple[int, ...], position: Vector) -> Colour:
    """A gas of the palette; a slow field leans whole stretches of street to neighbouring hues."""
    draw = uniform(recipe.seed_of("neon"), "sign/colour", *key)
    if uniform(recipe.seed_of("neon"), "sign/conform", *key) < 0.5:
        draw = (leaning_at(recipe, position[0], position[1]) + 0.12 * (draw - 0.5)) % 1.0
    return gas_at(draw).colour
