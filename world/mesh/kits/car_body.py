"""A car's body as a loft: cross-sections along its length, with wheel arches, raked pillars and glass.

In: a `Body` (a few polylines over y: deck line, roof line, half width).  Out: labelled quads of the shell, and wheel places.
A section runs from the sill up to the roof's middle through seven points; outside the cabin the roof lies on the deck, so hood,
windscreen, roof, rear window and boot are one surface, and glass is only a label on some of its quads.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from world.mesh.kits.model import Floats

POINTS = 7  # of half a section: sill, flank, shoulder, belt, roof edge, pillar's inner edge, middle


class Part(enum.IntEnum):
    PAINT = 0
    SIDE_GLASS = 1
    SCREEN = 2  # windscreen and rear window
    FLOOR = 3
    BONNET = 4
    DOOR = 5
    DOOR_GLASS = 6


@dataclass(frozen=True)
class Body:
    """Metres; y forward from the middle. `deck`, `roof`, `half` are (y, value) knots, y falling from nose to tail; `roof` only over the
    cabin: cowl, header, rear header, rear shelf. `pillars`: y of the pillars between the cowl and the shelf, front to back."""

    name: str
    deck: tuple[tuple[float, float], ...]
    roof: tuple[tuple[float, float], ...]
    half: tuple[tuple[float, float], ...]
    pillars: tuple[float, ...]
    axles: tuple[float, float]
    wheel_m: float = 0.30
    sill_m: float = 0.21
    rear_glass: bool = True

    @property
    def nose(self) -> float:
        return self.deck[0][0]

    @property
    def tail(self) -> float:
        return self.deck[-1][0]

    @property
    def height_m(self) -> float:
        return max(z for _, z in self.roof) + 0.04

    def deck_at(self, y: Floats | float) -> Floats:
        """The line of hood, belt and boot (m)."""
        return _knots(self.deck, y)

    def roof_at(self, y: Floats | float) -> Floats:
        """The roof over the cabin, else the deck (m)."""
        deck, cowl, shelf = self.deck_at(y), self.roof[0][0], self.roof[-1][0]
        inside = (np.asarray(y) <= cowl) & (np.asarray(y) >= shelf)
        return np.where(inside, np.maximum(_knots(self.roof, y), deck), deck)

    def half_at(self, y: Floats | float) -> Floats:
        """Half the width at the shoulder (m)."""
        return _knots(self.half, y)


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
    ),
    Body(
        "hatchback",
        deck=((1.95, 0.5), (1.9, 0.7), (1.75, 0.8), (0.95, 0.95), (-1.75, 1.02), (-1.9, 0.9), (-1.95, 0.7)),
        roof=((0.95, 0.95), (0.25, 1.45), (-0.05, 1.5), (-1.1, 1.49), (-1.45, 1.42), (-1.8, 1.02)),
        half=((1.95, 0.62), (1.8, 0.76), (1.2, 0.83), (-1.4, 0.84), (-1.8, 0.8), (-1.95, 0.72)),
        pillars=(0.45, -0.35, -1.25),
        axles=(1.2, -1.22),
    ),
)


def stations(body: Body) -> Floats:
    """Where the sections are taken, from nose to tail (S,)."""
    arch = body.wheel_m * 1.18 * np.array([-0.97, -0.78, -0.3, 0.3, 0.78, 0.97])
    wheels = [axle + d for axle in body.axles for d in arch]
    posts = [p + d for p in body.pillars for d in (0.035, -0.035)]
    must = np.array([y for y, _ in body.roof] + posts + wheels + [body.nose, body.tail, body.pillars[0] + 0.12])
    wanted = np.array([y for y, _ in body.deck])
    lone = abs(wanted[:, None] - must).min(axis=1) > 0.045
    every = np.unique(np.rint(np.concatenate([must, wanted[lone]]) * 1000) / 1000)[::-1]
    keep = np.concatenate([[True], np.diff(every) < -0.02])
    keep[-1] = True
    return every[keep & (every <= body.nose) & (every >= body.tail)]


def sections(body: Body, y: Floats) -> Floats:
    """Right half sections (S, 7, 3), from the sill to the middle of the roof."""
    deck, rise, half = body.deck_at(y), body.roof_at(y) - body.deck_at(y), body.half_at(y)
    reach = body.wheel_m * 1.18
    bottom = np.full_like(y, body.sill_m)
    for axle in body.axles:
        over = np.clip(1.0 - ((y - axle) / reach) ** 2, 0.0, None)
        bottom = np.maximum(bottom, np.where(over > 0.06, body.wheel_m + reach * np.sqrt(over), 0.0))
    ends = (y > body.nose - 0.05) | (y < body.tail + 0.05)
    bottom = np.where(ends, np.maximum(bottom, 0.3), bottom)
    shoulder = deck - 0.09
    flank = np.maximum(np.minimum(bottom + 0.5 * (shoulder - bottom), 0.56), np.minimum(bottom + 0.03, shoulder - 0.01))
    x = np.stack([half * 0.95, half, half * 0.985, half * 0.93, half * 0.86 - 0.2 * rise, half * 0.74 - 0.2 * rise, 0.0 * half], axis=1)
    z = np.stack([bottom, flank, shoulder, deck, deck + 0.015 + 0.93 * rise, deck + 0.025 + 0.985 * rise, deck + 0.04 + rise], axis=1)
    return np.stack([x, np.broadcast_to(y[:, None], x.shape), z], axis=-1)


def shell(body: Body) -> tuple[Floats, NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Quads (N, 4, 3) of both sides with the end caps; per quad its `Part`, its side (+1 right, -1 left) and its window's number."""
    y = stations(body)
    half = sections(body, y)
    count, middle = len(y) - 1, 0.5 * (y[1:] + y[:-1])
    part = np.full((count, POINTS - 1), Part.PAINT)
    window = np.zeros((count, POINTS - 1), dtype=np.intp)
    cowl, header = body.roof[0][0], body.roof[1][0]
    shelf, rear_header = body.roof[-1][0], body.roof[-2][0]
    post = np.min([abs(middle - p) for p in body.pillars], axis=0) < 0.036
    side = (middle < body.pillars[0]) & (middle > body.pillars[-1]) & ~post
    front_quarter = (middle < cowl - 0.12) & (middle > body.pillars[0]) & ~post
    part[side | front_quarter, 3] = Part.SIDE_GLASS
    window[:, 3] = np.searchsorted(-np.array(body.pillars), -middle)
    screen = (middle < cowl) & (middle > header)
    part[screen, 5] = Part.SCREEN
    window[screen, 5] = 10
    if body.rear_glass:
        rear = (middle > shelf) & (middle < rear_header)
        part[rear, 5] = Part.SCREEN
        window[rear, 5] = 11
    part[middle > cowl, 4:] = Part.BONNET
    door = (middle < body.pillars[0] - 0.035 + 0.16) & (middle > body.pillars[1] + 0.035)
    part[door, :3] = Part.DOOR
    part[door & side, 3] = Part.DOOR_GLASS
    a, b, c, d = half[:-1, :-1], half[1:, :-1], half[1:, 1:], half[:-1, 1:]
    mirror = np.array([-1.0, 1.0, 1.0])
    right = np.stack([b, a, d, c], axis=2).reshape(-1, 4, 3)
    left = (np.stack([a, b, c, d], axis=2) * mirror).reshape(-1, 4, 3)
    caps = np.concatenate([_cap(half[0], 1.0), _cap(half[-1], -1.0)])
    width, level = 0.93 * float(body.half_at(0.0)), body.sill_m + 0.02
    floor = np.array(
        [[[x, end, level] for x, end in ((width, y[0] - 0.2), (width, y[-1] + 0.1), (-width, y[-1] + 0.1), (-width, y[0] - 0.2))]]
    )
    parts = np.concatenate([part.reshape(-1)] * 2 + [np.zeros(len(caps), int), np.full(len(floor), Part.FLOOR)])
    sides = np.concatenate([np.ones(part.size, int), -np.ones(part.size, int), np.zeros(len(caps) + len(floor), int)])
    windows = np.concatenate([window.reshape(-1), window.reshape(-1) + 20, np.zeros(len(caps) + len(floor), int)])
    return np.concatenate([right, left, caps, floor]), parts.astype(np.intp), sides.astype(np.intp), windows.astype(np.intp)


def seams(body: Body) -> Floats:
    """The gaps round the doors: strips (N, 4, 3) a hand's breadth of nothing wide, just proud of both flanks."""
    y = np.array([body.pillars[0] + 0.12, *body.pillars[1:]])
    half = sections(body, y)[:, :4] + [0.004, 0.0, 0.0]
    wide = np.array([0.0, 0.007, 0.0])
    right = np.stack([half[:, :-1] - wide, half[:, :-1] + wide, half[:, 1:] + wide, half[:, 1:] - wide], axis=2).reshape(-1, 4, 3)
    return np.concatenate([right, right[:, ::-1] * np.array([-1.0, 1.0, 1.0])])


def _cap(half: Floats, facing: float) -> Floats:
    """The end section closed by quads across the car."""
    other = half * np.array([-1.0, 1.0, 1.0])
    quads = np.stack([half[:-1], half[1:], other[1:], other[:-1]], axis=1)
    return quads[:, ::-1] if facing < 0 else quads


def _knots(knots: tuple[tuple[float, float], ...], y: Floats | float) -> Floats:
    at, value = np.array(knots).T
    found: Floats = np.interp(y, at[::-1], value[::-1])
    return found
