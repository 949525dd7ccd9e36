"""What was on the roads that night: cars, vans, buses, trucks, scooters, as they were left, burnt or thrown over; and drones that fell.

In: a strip of road.  Out: `Thing`s. Each place along each lane has its own draw; what a place's neighbour drew is never drawn again.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from world.fields import uniform
from world.plan.district import recipe_at
from world.plan.lattice import LATTICE
from world.plan.overpass import SPANS, ramp_run, spans_in, stair_run
from world.plan.quad import bounds
from world.plan.records import Fate, Point, Thing
from world.plan.ruin_field import DAMAGE, damage_at
from world.plan.strips import Strip, StripKind, strips_in
from world.plan.things_at import thing
from world.recipe import Recipe, remembered

TRAFFIC = LATTICE | SPANS | DAMAGE | {"ruin.cars"}

_CELL_M = 7.0
_LARGE_CELL_M = 28.0
_PARKED_SHARE = 0.62
_NARROW_M = 2.3  # half width below which no car passes
_LARGE = (("bus", 0.3), ("truck_cage", 0.25), ("van", 0.45))
_DRONE_CELL_M = 40.0
_BOAT_CELL_M = 26.0
_DRONE_CLEAR_M = 3.4  # of the middle of any car
_TAIL_M = (3.9, 11.5, 0.7)  # behind a truck's middle: from, to; to either side


@remembered(TRAFFIC, size=2048)
def traffic_of(recipe: Recipe, strip: Strip) -> tuple[Thing, ...]:
    """The vehicles on one strip, keyed by its key; boats in a canal."""
    if strip.kind == StripKind.CHANNEL:
        return _boats(recipe, strip)
    if strip.kind not in (StripKind.STREET, StripKind.AVENUE, StripKind.QUAY):
        return ()
    here = recipe_at(recipe, *strip.centre)
    (sx, sy), (ux, uy), length = _frame(strip)
    box = bounds(strip.corners)
    above = spans_in(recipe, *box)
    pylons = bool(above)
    ways_up = [(*ramp_run(s), s.half_m) for s in above if s.fate in (Fate.RAMP_START, Fate.RAMP_END)]
    ways_up += [(*stair_run(s), 0.7) for s in above if s.stair]
    seed, ruin, found = recipe.seed_of("ruin"), here.ruin, []

    def place(key: tuple[int, ...], kind: str, along: float, across: float, turn: float) -> None:
        x, y = sx + ux * along + uy * across, sy + uy * along - ux * across
        if not any(_under(*way, x, y) for way in ways_up):
            heading = math.degrees(math.atan2(ux, uy)) + (0.0 if across > 0 else 180.0) + turn
            found.append(thing(seed, key, kind, x, y, heading))

    taken: list[float] = []
    if strip.half_m > 3.0:
        for k in range(int(length / _LARGE_CELL_M)):
            key = (*strip.key, 1, k)
            if uniform(seed, "large", *key) < ruin.cars / 100.0 * _LARGE_CELL_M * 0.12:
                kind = _large_kind(uniform(seed, "large/kind", *key))
                along = _LARGE_CELL_M * (k + 0.5) + 8.0 * (uniform(seed, "large/along", *key) - 0.5)
                thrown = kind == "bus" and uniform(seed, "large/over", *key) < 0.6 * damage_at(here, sx + ux * along, sy + uy * along)
                side = 1.0 if uniform(seed, "large/side", *key) < 0.5 else -1.0
                across = side * max(1.6, strip.half_m * 0.45) if pylons or strip.half_m > 5.0 else side * (strip.half_m - 1.6)
                turn = (26.0 if strip.half_m > 5.0 else 8.0) * (uniform(seed, "large/turn", *key) - 0.5)
                place(key, "bus_overturned" if thrown else kind, along, across, turn)
                taken.append(along)
    for k in range(int(length / _CELL_M)):
        for lane in (-1, 1):
            key = (*strip.key, 0, k, lane + 1)
            if uniform(seed, "car", *key) >= ruin.cars / 100.0 * _CELL_M * 0.5:
                continue
            along = _CELL_M * (k + 0.5) + 0.8 * (uniform(seed, "car/along", *key) - 0.5)
            if any(abs(along - t) < 9.5 for t in taken):
                continue
            parked = uniform(seed, "car/parked", *key) < _PARKED_SHARE
            if strip.half_m < _NARROW_M:
                if parked and lane > 0:
                    place(key, "scooter", along, strip.half_m - 0.45, 20.0 * (uniform(seed, "car/skew", *key) - 0.5))
                continue
            across = lane * (strip.half_m - 1.15 if parked else max(1.75 if pylons else 0.9, strip.half_m * 0.42))
            turn = (8.0 if parked else 75.0 if strip.half_m > 3.4 else 20.0) * (uniform(seed, "car/skew", *key) - 0.5)
            state, damage = uniform(seed, "car/state", *key), damage_at(here, sx + ux * along, sy + uy * along)
            if state < 0.2 * damage:
                kind = "car_overturned"
            elif state < 0.3 * damage:
                kind = "wreck_embers"
            else:
                kind = "car_burnt" if state < 0.2 + 0.4 * damage else "car"
            place(key, kind, along, across, turn)
    for k in range(int(length / _DRONE_CELL_M) + 1):
        key = (*strip.key, 2, k)
        if uniform(seed, "drone", *key) < 0.12 + 0.2 * ruin.damage:
            along = min(length - 1.0, _DRONE_CELL_M * (k + uniform(seed, "drone/along", *key)))
            across = 1.6 * (uniform(seed, "drone/across", *key) - 0.5) * (strip.half_m - 0.8)
            x, y = sx + ux * along + uy * across, sy + uy * along - ux * across
            if all(math.dist((x, y), t.position[:2]) > _DRONE_CLEAR_M for t in found):
                place(key, "drone_crashed", along, across, 360.0 * uniform(seed, "drone/turn", *key))
    return tuple(found)


def tails_in(recipe: Recipe, x0: float, y0: float, x1: float, y1: float) -> NDArray[np.float64]:
    """(N, 4, 2): the ground behind trucks with cages, on which captives may stand in a row, near a rectangle. Counter-clockwise."""
    found, (near, far, half) = [], _TAIL_M
    for strip in strips_in(recipe, x0 - far, y0 - far, x1 + far, y1 + far):
        for truck in traffic_of(recipe, strip):
            if truck.kind == "truck_cage":
                heading, (x, y, _) = math.radians(truck.heading_deg), truck.position
                ax, ay = math.sin(heading), math.cos(heading)
                ends = ((far, half), (far, -half), (near, -half), (near, half))
                found.append([(x - ax * back + ay * right, y - ay * back - ax * right) for back, right in ends])
    return np.array(found, dtype=np.float64).reshape(-1, 4, 2)


def _boats(recipe: Recipe, strip: Strip) -> tuple[Thing, ...]:
    """Sunk to their gunwales, along either wall."""
    (sx, sy), (ux, uy), length = _frame(strip)
    seed, found = recipe.seed_of("ruin"), []
    for k in range(int(length / _BOAT_CELL_M)):
        key = (*strip.key, 3, k)
        along = _BOAT_CELL_M * (k + 0.25 + 0.5 * uniform(seed, "boat/along", *key))
        if uniform(seed, "boat", *key) < 0.3 and 6.0 < strip.start_m + along < strip.run_m - 6.0:
            across = (strip.half_m - 1.5) * (1.0 if uniform(seed, "boat/side", *key) < 0.5 else -1.0)
            heading = math.degrees(math.atan2(ux, uy)) + 24.0 * (uniform(seed, "boat/turn", *key) - 0.5)
            found.append(thing(seed, key, "boat", sx + ux * along + uy * across, sy + uy * along - ux * across, heading))
    return tuple(found)


def _large_kind(draw: float) -> str:
    for kind, weight in _LARGE:
        draw -= weight
        if draw < 0:
            return kind
    return _LARGE[-1][0]


def _frame(strip: Strip) -> tuple[Point, Point, float]:
    """(middle of the start, unit vector along, length)."""
    a, b, c, d = strip.corners
    sx, sy, ex, ey = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (c[0] + d[0]) / 2, (c[1] + d[1]) / 2
    length = math.sqrt((ex - sx) ** 2 + (ey - sy) ** 2)
    return (sx, sy), ((ex - sx) / length, (ey - sy) / length), length


def _under(top: Point, foot: Point, half_m: float, x: float, y: float) -> bool:
    """Whether a car at the point would stand in a fallen slab or a stair, or before its foot."""
    (tx, ty), (fx, fy) = top, foot
    run = math.sqrt((fx - tx) ** 2 + (fy - ty) ** 2)
    ux, uy = (fx - tx) / run, (fy - ty) / run
    along, across = (x - tx) * ux + (y - ty) * uy, (y - ty) * ux - (x - tx) * uy
    return -3.0 < along < run + 3.0 and abs(across) < half_m + 2.5
