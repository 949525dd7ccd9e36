"""Neon on the fronts: where signs hang, what they are, whether they burn.

In: a block and its buildings.  Out: `Sign`s. Each front is divided into slots a sign wide, each slot into three bands of
height; whether a place carries a sign is a threshold on its own draw, so more signs keep every sign that hung.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from world.conditions import GROUP_COUNT
from world.fields import Keyed, uniform
from world.plan.buildings import BUILDINGS, buildings_of
from world.plan.district import recipe_in
from world.plan.facade import FACADES, frame_of, torn_out
from world.plan.lattice import Block
from world.plan.palette import gas_at
from world.plan.quad import holds
from world.plan.records import Building, Hologram, Point, Sign, SignKind, Vector, Wall
from world.plan.ruin_field import leanings_at, powers_at
from world.recipe import Recipe, remembered

_SIGNS = BUILDINGS | FACADES | {"neon.signs", "neon.powered", "neon.flicker"}

_SLOT_M = 2.7
# Two reaches of a flickering emitter and the diagonal of an 8 m cell of the slot table: no point sees two in one slot.
SLOT_APART_M = 40.0
BOARD_APART_M = 56.0  # the same of a sign and a hologram, whose light reaches further
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


@remembered(_SIGNS, size=320)
def signs_of(recipe: Recipe, block: Block) -> tuple[Sign, ...]:
    """All signs on the fronts of a block's buildings."""
    here = recipe_in(recipe, *block.centre, block.district)
    fronts = [
        _front(recipe, building, side, _BANDS if _faces_street(building, side, block) else _ALLEY_BANDS)
        for building in buildings_of(recipe, block)
        for side in range(4)
        if building.masses[0].sides[side] == Wall.FRONT
    ]
    if not fronts:
        return ()
    found = [*_fascias(recipe, here, fronts), *_in_slots(recipe, here, block, fronts)]
    return _powered(recipe, here, block, sorted(found, key=lambda place: place.order)) if found else ()


def _keyed(block: Block, keys: NDArray[np.int64]) -> Keyed:
    """Draws by keys (N, 8), all of which begin with the block's."""
    return Keyed(*block.key, *keys[:, len(block.key) :].T)


def settle_flicker(signs: list[Sign], around: list[Sign], boards: list[Hologram]) -> tuple[Sign, ...]:
    """`signs` with flicker slots given out. Each slot of the light field holds one flickering source within `SLOT_APART_M`:
    of those that compete (`around` holds all within that distance) the one with the highest draw keeps its flicker, and
    the others burn steadily, so that what is seen to flicker is also what flickers in the light. Before `boards` all of their slot
    give way."""
    rivals = [(s, s.key[-1] + s.key[-2] & 1, s.strength) for s in around if s.lit and s.group]
    settled = []
    for sign in signs:
        if sign.lit and sign.group:
            slot = sign.key[-1] + sign.key[-2] & 1
            mine = (sign.strength, sign.key)
            beaten = any(b.slot == slot and _apart(b, sign) < BOARD_APART_M for b in boards) or any(
                s == slot and (strength, other.key) > mine and _apart(other, sign) < SLOT_APART_M for other, s, strength in rivals
            )
            sign = replace(sign, group=0) if beaten else replace(sign, slot=slot)
        settled.append(sign)
    return tuple(settled)


def _apart(a: Sign | Hologram, b: Sign) -> float:
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


class _Front(NamedTuple):
    """A front, seen from outside: `width_m` from `origin` `along` to the right. `taken`: the stretch that its fascia has to itself."""

    building: Building
    side: int
    bands: tuple[_Band, ...]
    origin: Point
    along: Point
    outward: Point
    width_m: float
    taken: tuple[float, float]

    @property
    def heading_deg(self) -> float:
        return math.degrees(math.atan2(*self.outward)) % 360.0

    @property
    def slots(self) -> int:
        return int(self.width_m / _SLOT_M)

    def point(self, s: float, off: float) -> Point:
        """`s` metres along, `off` metres out."""
        (ox, oy), (ax, ay), (nx, ny) = self.origin, self.along, self.outward
        return ox + ax * s + nx * off, oy + ay * s + ny * off


class _Place(NamedTuple):
    """Where a sign hangs, and what it is. `order`: its front's number, then from left to right and upwards, the fascia first."""

    order: tuple[int, int, int]
    key: tuple[int, ...]
    kind: SignKind
    position: Vector
    heading_deg: float
    width_m: float
    height_m: float


def _front(recipe: Recipe, building: Building, side: int, bands: tuple[_Band, ...]) -> _Front:
    frame = frame_of(building, building.masses[0], side)
    taken, width = (0.0, -1.0), frame[3]
    if building.shop and bands is _BANDS:
        seed, key = recipe.seed_of("neon"), (*building.key, side, 99, 0)
        half = min(width - 1.0, 3.0 + 4.0 * uniform(seed, "sign/width", *key)) / 2
        along = width * (0.3 + 0.4 * uniform(seed, "sign/along", *key))
        along = min(max(along, half + 0.4), width - half - 0.4)
        taken = (along - half, along + half)  # with or without a fascia, so that a higher density takes nothing away
    return _Front(building, side, bands, *frame, taken)


def _fascias(recipe: Recipe, here: Recipe, fronts: list[_Front]) -> list[_Place]:
    """The boxes over shop fronts."""
    found = []
    for number, front in enumerate(fronts):
        building, key = front.building, (*front.building.key, front.side, 99, 0)
        low, high = front.taken
        if low < high and uniform(recipe.seed_of("neon"), "sign/fascia", *key) < min(0.9, here.neon.signs / 18.0):
            position = (*front.point((low + high) / 2, 0.28), building.ground_m - 0.5)
            found.append(_Place((number, -1, 0), key, SignKind.FASCIA, position, front.heading_deg, high - low, 0.75))
    return found


def _in_slots(recipe: Recipe, here: Recipe, block: Block, fronts: list[_Front]) -> list[_Place]:
    """What hangs in the slots of the fronts."""
    seed, found, beside = recipe.seed_of("neon"), [], []
    bands = np.array([len(front.bands) for front in fronts], dtype=np.int64)
    counts = bands * np.array([front.slots for front in fronts], dtype=np.int64)
    number = np.repeat(np.arange(len(fronts)), counts)
    slot, band = np.divmod(np.arange(len(number)) - np.repeat(np.cumsum(counts) - counts, counts), bands[number])
    shares = np.array([[front.bands[min(k, len(front.bands) - 1)][2] for k in range(len(_BANDS))] for front in fronts])
    of_front = np.array([(*front.building.key, front.side) for front in fronts]).reshape(len(fronts), -1)
    keys = np.column_stack([of_front[number], slot, band])
    carries = _keyed(block, keys).uniform(seed, "sign") < here.neon.signs / 100.0 * _SLOT_M * shares[number, band] * 1.25
    keys, cells = keys[carries], zip(*(part[carries].tolist() for part in (number, slot, band)), strict=True)
    draws = _keyed(block, keys)
    lanes = [draws.uniform(seed, "sign/" + lane).tolist() for lane in ("kind", "size", "lift", "along")]
    for (n, slot, band), key, which, size, lift, aside in zip(cells, keys.tolist(), *lanes, strict=True):
        front, (base, shapes, _) = fronts[n], fronts[n].bands[band]
        shape = _pick(shapes, which)
        width = shape.width[0] + (shape.width[1] - shape.width[0]) * size
        height = shape.height[0] + (shape.height[1] - shape.height[0]) * size
        z = base + height / 2 + 0.7 * lift
        if z + height / 2 > front.building.masses[0].z1 - 0.3:
            continue
        along = front.width_m * (slot + 0.5) / front.slots + 0.25 * (aside - 0.5)
        if band == 0 and front.taken[0] - width / 2 < along < front.taken[1] + width / 2:
            continue
        off = 0.35 + width / 2 if shape.kind in (SignKind.BLADE, SignKind.TALL, SignKind.ROUND) else 0.22
        position = (*front.point(along, off), z)
        found.append(_Place((n, slot, band), tuple(key), shape.kind, position, front.heading_deg, width, height))
        beside.append((n, along, z))
    if not found:
        return []
    which, where, heights = np.array(beside).T
    torn = torn_out(recipe, [(front.building, front.side) for front in fronts], which.astype(np.int64), where, heights)
    return [place for place, gone in zip(found, torn.tolist(), strict=True) if not gone]  # where it is, there is nothing to hang on


def _pick(shapes: tuple[_Shape, ...], draw: float) -> _Shape:
    for shape in shapes:
        draw -= shape.weight
        if draw < 0:
            return shape
    return shapes[-1]


def _powered(recipe: Recipe, here: Recipe, block: Block, places: list[_Place]) -> tuple[Sign, ...]:
    """The signs at the places, each with its word, its gas, its power and its flicker."""
    seed, neon = recipe.seed_of("neon"), here.neon
    draws = _keyed(block, np.array([place.key for place in places]))
    x, y = np.array([place.position[:2] for place in places]).T
    lit = draws.uniform(seed, "sign/power") < neon.powered * powers_at(recipe, x, y)
    flickers = draws.uniform(seed, "sign/flicker") < neon.flicker
    group = np.where(flickers, 1 + (draws.hash_u64(seed, "sign/group") % np.uint64(GROUP_COUNT - 1)).astype(np.int64), 0)
    word = draws.hash_u64(seed, "sign/word") & np.uint64(0xFFFF)
    strength = 0.7 + 0.6 * draws.uniform(seed, "sign/strength")
    # A gas of the palette; a slow field leans whole stretches of street to neighbouring hues.
    gas = draws.uniform(seed, "sign/colour")
    gas = np.where(draws.uniform(seed, "sign/conform") < 0.5, (leanings_at(recipe, x, y) + 0.12 * (gas - 0.5)) % 1.0, gas)
    numbers = zip(word.tolist(), gas.tolist(), lit.tolist(), group.tolist(), strength.tolist(), strict=True)
    return tuple(
        Sign(
            key=place.key,
            kind=place.kind,
            position=(round(place.position[0], 3), round(place.position[1], 3), round(place.position[2], 3)),
            heading_deg=place.heading_deg,
            width_m=round(place.width_m, 3),
            height_m=round(place.height_m, 3),
            word=of_word,
            colour=gas_at(of_gas).colour,
            lit=is_lit,
            group=of_group,
            strength=of_strength,
        )
        for place, (of_word, of_gas, is_lit, of_group, of_strength) in zip(places, numbers, strict=True)
    )
