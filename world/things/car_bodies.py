"""Cars as a few polylines: deck line, roof line, half width; and the boxes that follow from them.

In: nothing.  Out: `BODIES`, from which the mesh is lofted, and `car_blocks`: bonnet lower than cabin, cabin narrower than flanks, so
that a car is cover as it is seen. One table for the eye, the feet and the robots.
"""

from __future__ import annotations

import enum
from bisect import bisect_left
from dataclasses import dataclass, replace

from world.things.block import Block, Material

SUNK_M = 0.01  # tyres are a little flat under the load
_PRESSED_M, _ROOF_LEFT = 0.3, 0.45  # of a roof that carries the car: its upper 30 cm are pressed to 45 %

Knots = tuple[tuple[float, float], ...]


class CarState(enum.IntEnum):
    PARKED = 0  # whole but dusty; a tyre may be flat
    CRASHED = 1  # dents, broken panes, a wheel gone, a bonnet or a door open
    BURNT = 2  # no glass, no tyres, rust
    OVERTURNED = 3  # on its roof
    ON_SIDE = 4  # on its right flank, wheels showing


@dataclass(frozen=True)
class Body:
    """Metres; y forward from the middle. `deck`, `roof`, `half` are (y, value) knots, y falling from nose to tail; `roof` only over the
    cabin: cowl, header, rear header, rear shelf. `pillars`: y of the pillars between the cowl and the shelf, front to back.
    `panes`: how many of the gaps between pillars are glazed (a van's hold is not)."""

    name: str
    deck: Knots
    roof: Knots
    half: Knots
    pillars: tuple[float, ...]
    axles: tuple[float, float]
    wheel_m: float = 0.30
    sill_m: float = 0.21
    rear_glass: bool = True
    panes: int = 9
    bed: tuple[float, float, float, float] | None = None  # a truck's: y from, to, half width, floor height

    @property
    def nose(self) -> float:
        return self.deck[0][0]

    @property
    def tail(self) -> float:
        return self.deck[-1][0]

    @property
    def height_m(self) -> float:
        return max(z for _, z in self.roof) + 0.04

    @property
    def pressed_m(self) -> float:
        """Height of the roof after it has carried the car."""
        return self.height_m - _PRESSED_M * (1.0 - _ROOF_LEFT)

    def pressed(self, z: float) -> float:
        """Where the roof's pressing takes a height."""
        low = self.height_m - _PRESSED_M
        return z if z < low else low + (z - low) * _ROOF_LEFT


def interpolated(knots: Knots, y: float) -> float:
    """The value of falling (y, value) knots at y, constant beyond the ends."""
    rising = knots[::-1]
    i = bisect_left(rising, (y,))
    if i == 0:
        return rising[0][1]
    if i == len(rising):
        return rising[-1][1]
    (y0, a), (y1, b) = rising[i - 1], rising[i]
    return a + (b - a) * (y - y0) / (y1 - y0)


BODIES: tuple[Body, ...] = (
    Body(
        "kei van",
        deck=((1.68, 0.62), (1.62, 0.86), (1.5, 0.98), (-1.6, 1.02), (-1.68, 0.96)),
        roof=((1.5, 0.98), (0.92, 1.8), (0.6, 1.86), (-1.45, 1.86), (-1.64, 1.0)),
        half=((1.68, 0.6), (1.55, 0.71), (-1.6, 0.73), (-1.68, 0.69)),
        pillars=(0.78, -0.2, -1.3),
        axles=(1.12, -1.12),
        wheel_m=0.27,
    ),
    Body(
        "sedan",
        deck=((2.28, 0.5), (2.24, 0.68), (2.05, 0.77), (1.0, 0.92), (-1.35, 0.97), (-2.2, 0.95), (-2.28, 0.78)),
        roof=((1.0, 0.92), (0.3, 1.37), (0.0, 1.42), (-0.8, 1.41), (-1.0, 1.38), (-1.62, 0.97)),
        half=((2.28, 0.66), (2.15, 0.78), (1.5, 0.85), (-1.5, 0.86), (-2.15, 0.8), (-2.28, 0.72)),
        pillars=(0.45, -0.35, -1.05),
        axles=(1.38, -1.32),
    ),
    Body(
        "taxi",
        deck=((2.2, 0.52), (2.17, 0.72), (2.0, 0.84), (1.05, 0.96), (-1.35, 1.0), (-2.1, 0.99), (-2.2, 0.8)),
        roof=((1.05, 0.96), (0.42, 1.44), (0.1, 1.5), (-0.95, 1.5), (-1.15, 1.46), (-1.55, 1.0)),
        half=((2.2, 0.7), (2.08, 0.8), (1.5, 0.84), (-1.5, 0.84), (-2.1, 0.8), (-2.2, 0.74)),
        pillars=(0.55, -0.3, -1.12),
        axles=(1.35, -1.3),
    ),
    Body(
        "truck",
        deck=((1.7, 0.6), (1.66, 0.84), (1.55, 0.98), (0.55, 1.02), (0.48, 0.98)),
        roof=((1.55, 0.98), (1.12, 1.7), (0.95, 1.77), (0.62, 1.77), (0.5, 1.02)),
        half=((1.7, 0.6), (1.58, 0.7), (0.55, 0.72), (0.48, 0.7)),
        pillars=(1.0, 0.68),
        axles=(1.15, -0.95),
        wheel_m=0.27,
        bed=(-1.68, 0.42, 0.72, 0.64),
    ),
    Body(
        "hatchback",
        deck=((1.95, 0.5), (1.9, 0.7), (1.75, 0.8), (0.95, 0.95), (-1.75, 1.02), (-1.9, 0.9), (-1.95, 0.7)),
        roof=((0.95, 0.95), (0.25, 1.45), (-0.05, 1.5), (-1.1, 1.49), (-1.45, 1.42), (-1.8, 1.02)),
        half=((1.95, 0.62), (1.8, 0.76), (1.2, 0.83), (-1.4, 0.84), (-1.8, 0.8), (-1.95, 0.72)),
        pillars=(0.45, -0.35, -1.25),
        axles=(1.2, -1.22),
    ),
    Body(
        "delivery van",
        deck=((2.4, 0.55), (2.35, 0.82), (2.15, 1.0), (1.75, 1.12), (-2.3, 1.16), (-2.4, 1.1)),
        roof=((1.75, 1.12), (1.05, 2.0), (0.75, 2.1), (-2.15, 2.1), (-2.38, 1.14)),
        half=((2.4, 0.72), (2.25, 0.84), (1.7, 0.9), (-2.2, 0.91), (-2.4, 0.87)),
        pillars=(0.95, 0.05, -2.1),
        axles=(1.5, -1.45),
        wheel_m=0.33,
        rear_glass=False,
        panes=1,
    ),
)
PASSENGER = 5  # the first so many are private cars and a light truck

# What somebody left on, by body and shape: headlamps on the left and the right, a taxi's roof lamp.
_HEADLAMPS_ON: dict[tuple[int, int], tuple[int, ...]] = {(1, 6): (-1,), (2, 12): (-1, 1), (4, 14): (-1, 1), (PASSENGER, 2): (-1, 1)}
_ROOF_LAMP_ON = (2, 12)
_ON_ITS_WHEELS = (CarState.PARKED, CarState.CRASHED)


def headlamp_m(body: Body) -> float:
    """Height of the middle of the headlamps."""
    return min(interpolated(body.deck, body.nose - 0.05) - 0.1, 0.66)


def headlamps_on(body: int, state: CarState, shape: int) -> tuple[int, ...]:
    """The headlamps that still burn: -1 the left, 1 the right."""
    return _HEADLAMPS_ON.get((body, shape), ()) if state in _ON_ITS_WHEELS else ()


def roof_lamp_on(body: int, state: CarState, shape: int) -> bool:
    """Whether a taxi's roof lamp still burns."""
    return (body, shape) == _ROOF_LAMP_ON and state in _ON_ITS_WHEELS


def car_blocks(body: Body, state: CarState) -> tuple[Block, ...]:
    """The boxes of a body as it lies, in its frame."""
    pieces = _upright(body)
    if state is CarState.OVERTURNED:
        top = body.pressed_m
        flipped = [replace(b, bottom=top - body.pressed(b.top), top=top - body.pressed(b.bottom), slope=(0.0, -b.slope[1])) for b in pieces]
        return tuple(replace(b, bottom=0.0) if b.bottom < 0.3 else b for b in flipped)
    if state is CarState.ON_SIDE:
        middle = body.height_m / 2
        return tuple(
            Block(((b.bottom + b.top) / 2 - middle, b.centre[1]), ((b.top - b.bottom) / 2, b.half[1]), 0.0, b.half[0] * 2) for b in pieces
        )
    return tuple(pieces)


def _upright(body: Body) -> list[Block]:
    """Bonnet, waist, boot, glasshouse and bed of a body on its wheels."""
    cowl, header, rear, shelf = body.roof[0][0], body.roof[1][0], body.roof[-2][0], body.roof[-1][0]
    half = max(w for _, w in body.half) - 0.02

    def deck(y: float) -> float:
        return interpolated(body.deck, y)

    def run(front: float, back: float, width: float) -> Block:
        a, b = deck(front) + 0.03, deck(back) + 0.03
        slope = (a - b) / (front - back)
        low = 0.12 + abs(slope) * (front - back) / 2
        return Block((0.0, (front + back) / 2), (width, (front - back) / 2), low, (a + b) / 2, (0.0, slope))

    nose, tail = body.nose + 0.06, body.tail - 0.06
    parts = [run(cowl, shelf, half)]
    if nose - 0.25 > cowl + 0.05:
        parts.append(run(nose - 0.25, cowl, half))
    parts.append(Block((0.0, nose - 0.125), (half - 0.08, 0.125), 0.2, deck(body.nose - 0.1)))
    if shelf - tail > 0.3:
        parts.append(run(shelf, tail, half - 0.04))
    else:
        parts.append(Block((0.0, (shelf + tail) / 2), (half - 0.05, max((shelf - tail) / 2, 0.03)), 0.2, deck(shelf)))
    front, back = (cowl + header) / 2, (rear + shelf) / 2
    roof = max(z for _, z in body.roof)
    glass = Material.GLASS if body.panes > 1 else Material.METAL
    parts.append(Block((0.0, (front + back) / 2), (half - 0.16, (front - back) / 2), deck(0.0) - 0.1, roof + 0.03, material=glass))
    if body.bed is not None:
        y0, y1, wide, floor = body.bed
        parts.append(Block((0.0, (y0 + y1) / 2), (wide, (y1 - y0) / 2), 0.35, floor + 0.32))
    return parts
