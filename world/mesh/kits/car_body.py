"""A car's shell as a loft: cross-sections along its length, with wheel arches, raked pillars and glass.

In: a `Body` of `world.things`.  Out: labelled quads of the shell.
A section runs from the sill up to the roof's middle through six points; outside the cabin the roof lies on the deck, so bonnet,
windscreen, roof, rear window and boot are one surface, and glass is only a label on some of its quads. The arches need more sections
than the rest, and only the flank below the shoulder has them.
"""

from __future__ import annotations

import enum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from world.mesh.kits.model import Floats
from world.things.car_bodies import Body, Knots

_ARCH = np.array([-0.98, -0.68, 0.0, 0.68, 0.98])
ARCH_REACH = 1.18  # of the wheel's radius


class Part(enum.IntEnum):
    PAINT = 0
    SIDE_GLASS = 1
    SCREEN = 2  # windscreen and rear window
    FLOOR = 3
    BONNET = 4
    DOOR = 5
    DOOR_GLASS = 6


class Shell(NamedTuple):
    """`quads` (N, 4, 3); per quad its `Part`, its side (+1 right, -1 left, 0 both) and its window's number."""

    quads: Floats
    part: NDArray[np.intp]
    side: NDArray[np.intp]
    window: NDArray[np.intp]


def deck_at(body: Body, y: Floats | float) -> Floats:
    """The line of bonnet, belt and boot (m)."""
    return _knots(body.deck, y)


def half_at(body: Body, y: Floats | float) -> Floats:
    """Half the width at the shoulder (m)."""
    return _knots(body.half, y)


def roof_at(body: Body, y: Floats | float) -> Floats:
    """The roof over the cabin, else the deck (m)."""
    deck = deck_at(body, y)
    inside = (np.asarray(y) <= body.roof[0][0]) & (np.asarray(y) >= body.roof[-1][0])
    return np.where(inside, np.maximum(_knots(body.roof, y), deck), deck)


def stations(body: Body, *, arches: bool) -> Floats:
    """Where the sections are taken, from nose to tail (S,)."""
    wheels = [axle + d for axle in body.axles for d in body.wheel_m * ARCH_REACH * _ARCH] if arches else []
    posts = [p + d for p in body.pillars for d in (0.035, -0.035)]
    must = np.array([y for y, _ in body.roof] + posts + wheels + [body.nose, body.tail, body.pillars[0] + 0.12])
    wanted = np.array([y for y, _ in body.deck])
    lone = abs(wanted[:, None] - must).min(axis=1) > 0.045
    every = np.unique(np.rint(np.concatenate([must, wanted[lone]]) * 1000) / 1000)[::-1]
    keep = np.concatenate([[True], np.diff(every) < -0.02])
    keep[-1] = True
    return every[keep & (every <= body.nose) & (every >= body.tail)]


def sections(body: Body, y: Floats) -> Floats:
    """Right half sections (S, 6, 3): sill, shoulder, belt, roof's edge, pillar's inner edge, middle of the roof."""
    deck, half = deck_at(body, y), half_at(body, y)
    rise, reach = roof_at(body, y) - deck, body.wheel_m * ARCH_REACH
    bottom = np.full_like(y, body.sill_m)
    for axle in body.axles:
        over = np.clip(1.0 - ((y - axle) / reach) ** 2, 0.0, None)
        bottom = np.maximum(bottom, np.where(over > 0.02, body.wheel_m + reach * np.sqrt(over), 0.0))
    ends = (y > body.nose - 0.05) | (y < body.tail + 0.05)
    shoulder = deck - 0.09
    bottom = np.minimum(np.where(ends, np.maximum(bottom, 0.3), bottom), shoulder - 0.02)
    x = np.stack([half * 0.955, half, half * 0.93, half * 0.86 - 0.2 * rise, half * 0.74 - 0.2 * rise, 0.0 * half], axis=1)
    z = np.stack([bottom, shoulder, deck, deck + 0.015 + 0.93 * rise, deck + 0.025 + 0.985 * rise, deck + 0.04 + rise], axis=1)
    return np.stack([x, np.broadcast_to(y[:, None], x.shape), z], axis=-1)


def shell(body: Body) -> Shell:
    """Both sides, the end caps and the floor."""
    low, high = stations(body, arches=True), stations(body, arches=False)
    flanks, upper = sections(body, low)[:, :2], sections(body, high)[:, 1:]
    parts = [_strips(body, flanks, low), _strips(body, upper, high, above=True)]
    ends = sections(body, high[[0, -1]])
    caps = np.concatenate([_cap(ends[0], 1.0), _cap(ends[1], -1.0)])
    width, level = 0.93 * float(half_at(body, 0.0)), body.sill_m + 0.02
    y0, y1 = body.nose - 0.2, body.tail + 0.1
    floor = np.array([[[width, y0, level], [width, y1, level], [-width, y1, level], [-width, y0, level]]])
    for quads, label in ((caps, Part.PAINT), (floor, Part.FLOOR)):
        none = np.zeros(len(quads), dtype=np.intp)
        parts.append(Shell(quads, none + label, none, none))
    return Shell(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _strips(body: Body, half: Floats, y: Floats, *, above: bool = False) -> Shell:
    """Strips between the points of half sections, and their mirror image; `above`: from the shoulder up, where glass is."""
    count, middle = len(y) - 1, 0.5 * (y[1:] + y[:-1])
    part = np.full((count, half.shape[1] - 1), Part.PAINT, dtype=np.intp)
    window = np.zeros(part.shape, dtype=np.intp)
    door = (middle < body.pillars[0] - 0.035 + 0.16) & (middle > body.pillars[1] + 0.035)
    part[door, 0] = Part.DOOR
    if above:
        cowl, header, shelf, rear_header = body.roof[0][0], body.roof[1][0], body.roof[-1][0], body.roof[-2][0]
        post = np.min([abs(middle - p) for p in body.pillars], axis=0) < 0.036
        window[:, 1] = np.searchsorted(-np.array(body.pillars), -middle)
        glazed = ((middle < body.pillars[0]) & (middle > body.pillars[-1])) | ((middle < cowl - 0.12) & (middle > body.pillars[0]))
        glazed &= ~post & (window[:, 1] <= body.panes)
        part[glazed, 1] = Part.SIDE_GLASS
        part[door & glazed & (middle < body.pillars[0]), 1] = Part.DOOR_GLASS
        screen = (middle < cowl) & (middle > header)
        part[screen, 3], window[screen, 3] = Part.SCREEN, 10
        rear = (middle > shelf) & (middle < rear_header) & body.rear_glass
        part[rear, 3], window[rear, 3] = Part.SCREEN, 11
        part[middle > cowl, 1:] = Part.BONNET
    a, b, c, d = half[:-1, :-1], half[1:, :-1], half[1:, 1:], half[:-1, 1:]
    right = np.stack([b, a, d, c], axis=2).reshape(-1, 4, 3)
    left = (np.stack([a, b, c, d], axis=2) * [-1.0, 1.0, 1.0]).reshape(-1, 4, 3)
    one = np.ones(part.size, dtype=np.intp)
    number = window.reshape(-1)
    across = np.where(number >= 10, number, number + 20)  # the screens are one pane from side to side
    return Shell(np.concatenate([right, left]), np.tile(part.reshape(-1), 2), np.concatenate([one, -one]), np.concatenate([number, across]))


def far_shell(body: Body) -> Shell:
    """The same body for a far eye: seven sections of four points."""
    cowl, header, rear, shelf = body.roof[0][0], body.roof[1][0], body.roof[-2][0], body.roof[-1][0]
    y = np.array([body.nose, body.nose - 0.16, cowl, header, rear, shelf, body.tail])
    y = y[np.concatenate([[True], np.diff(y) < -0.02])]
    half = sections(body, y)[:, [0, 1, 3, 5]]
    half[:, 0, 2] = 0.28
    middle = 0.5 * (y[1:] + y[:-1])
    part = np.full((len(y) - 1, 3), Part.PAINT, dtype=np.intp)
    part[(middle < cowl) & (middle > shelf), 1] = Part.SIDE_GLASS
    part[((middle < cowl) & (middle > header)) | ((middle < rear) & (middle > shelf) & body.rear_glass), 2] = Part.SCREEN
    a, b, c, d = half[:-1, :-1], half[1:, :-1], half[1:, 1:], half[:-1, 1:]
    right = np.stack([b, a, d, c], axis=2).reshape(-1, 4, 3)
    left = (np.stack([a, b, c, d], axis=2) * [-1.0, 1.0, 1.0]).reshape(-1, 4, 3)
    caps = np.concatenate([_cap(half[0], 1.0), _cap(half[-1], -1.0)])
    parts = np.concatenate([np.tile(part.reshape(-1), 2), np.zeros(len(caps), np.intp)])
    none = np.zeros(len(parts), dtype=np.intp)
    return Shell(np.concatenate([right, left, caps]), parts, none, none)


def seams(body: Body) -> Floats:
    """The gaps round the doors: strips (N, 4, 3) a finger wide, just proud of both flanks."""
    y = np.array([body.pillars[0] + 0.12, *body.pillars[1:]])
    half = sections(body, y)[:, :3] + [0.004, 0.0, 0.0]
    wide = np.array([0.0, 0.007, 0.0])
    right = np.stack([half[:, :-1] - wide, half[:, :-1] + wide, half[:, 1:] + wide, half[:, 1:] - wide], axis=2).reshape(-1, 4, 3)
    return np.concatenate([right, right[:, ::-1] * np.array([-1.0, 1.0, 1.0])])


def _cap(half: Floats, facing: float) -> Floats:
    """The end section closed by quads across the car."""
    other = half * np.array([-1.0, 1.0, 1.0])
    quads = np.stack([half[:-1], half[1:], other[1:], other[:-1]], axis=1)
    return quads[:, ::-1] if facing > 0 else quads


def _knots(knots: Knots, y: Floats | float) -> Floats:
    at, value = np.array(knots).T
    found: Floats = np.interp(y, at[::-1], value[::-1])
    return found
