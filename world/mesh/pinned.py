"""What hangs on the walls of rooms: framed prints in cafés, strips of paper with the dishes in diners, calendars at home, notices in halls.

In: faces of walls in a site's frame, what they are made of, the interior's key.  Out: quads (N, 4, 3) a little before the wall, with a
finish and a tint. Where something hangs is a draw on the wall's own place; some hang askew.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from world.fields import Keyed
from world.mesh.interior_faces import Array, Rgba
from world.mesh.surface import Finish
from world.plan.hollow import Face
from world.plan.rooms import Look

Hung = tuple[Array, Finish, Rgba]

# Of each look: width and height (least, most), height of the middle over the floor (m), metres a place, the share of places that have one.
_KINDS = {
    Look.CAFE: ((0.3, 0.62), (0.34, 0.8), 1.62, 0.95, 0.6),
    Look.DINER: ((0.13, 0.16), (0.5, 0.72), 1.72, 0.24, 0.62),
    Look.HOME: ((0.3, 0.46), (0.4, 0.62), 1.5, 1.9, 0.5),
    Look.HALL: ((0.21, 0.42), (0.3, 0.6), 1.5, 0.7, 0.35),
    Look.ARCADE: ((0.5, 0.7), (0.7, 1.0), 1.5, 1.1, 0.6),
}
_PAPER = ((196, 186, 160), (178, 176, 168), (204, 196, 150), (150, 138, 118))
_INK = ((132, 34, 28), (24, 58, 78), (34, 74, 58), (30, 28, 30), (150, 104, 30), (70, 50, 60))
_FRAME: Rgba = (34, 26, 20, 240)
_STRIP_M = 0.1  # half a width up to which paper is a strip, with little on it
_OFF_M = 0.014  # before the wall, and each sheet before the one below it
_HIGH_M = 2.1  # a wall that is lower carries nothing


def hung_on(faces: list[Face], looks: list[Look], key: tuple[int, ...]) -> Iterator[Hung]:
    """All that hangs; `looks` by void, for the rooms alone."""
    for face in faces:
        tall = face.axis < 2 and face.high[1] - face.low[1] > _HIGH_M
        if not tall or face.void >= len(looks) or looks[face.void] not in _KINDS:
            continue
        (w0, w1), (h0, h1), middle, step, share = _KINDS[looks[face.void]]
        count = int((face.high[0] - face.low[0]) / step)
        own = Keyed(*key, face.axis, round(100 * face.at), round(100 * face.low[0]), np.arange(count))
        lanes = [own.uniform(1, f"hung/{lane}").tolist() for lane in ("there", "size", "askew", "look")]
        for k, (there, size, askew, draw) in enumerate(zip(*lanes, strict=True)):
            if there < share:
                half = (w0 + (w1 - w0) * size) / 2, (h0 + (h1 - h0) * (size * 7.0 % 1.0)) / 2
                at = face.low[0] + (k + 0.5) * (face.high[0] - face.low[0]) / count, face.low[1] + middle + 0.12 * (draw - 0.5)
                turn = (askew - 0.5) * (0.05 if askew < 0.8 else 0.9)
                yield from _sheets(face, at, half, turn, draw, framed=looks[face.void] in (Look.CAFE, Look.ARCADE))


# What is printed on a sheet: boxes (x0, y0, x1, y1) of its half sides, and how many inks on from the sheet's own.
_PRINTS: tuple[tuple[tuple[float, float, float, float, int], ...], ...] = (
    ((-0.8, -0.25, 0.8, 0.85, 0), (-0.6, -0.55, 0.3, -0.45, 0)),  # a picture over a line
    ((-0.9, -0.9, 0.9, -0.1, 0), (-0.9, -0.1, 0.9, 0.9, 2), (0.1, -0.1, 0.55, 0.35, 4)),  # a sun going down
    ((-0.75, 0.6, 0.1, 0.78, 0), (-0.75, 0.25, 0.7, 0.32, 3), (-0.75, 0.05, 0.5, 0.12, 3), (-0.75, -0.15, 0.65, -0.08, 3),
     (0.2, -0.75, 0.7, -0.45, 0)),  # a notice, with its seal
    ((-0.45, -0.85, 0.45, 0.85, 0), (-0.2, -0.7, 0.2, 0.1, 4)),  # a bottle in front of a door
)  # fmt: skip


def _sheets(face: Face, at: tuple[float, float], half: tuple[float, float], turn: float, draw: float, *, framed: bool) -> Iterator[Hung]:
    """A frame (or none), the paper, and what is printed on it."""
    paper, own = _PAPER[int(draw * 97) % len(_PAPER)], int(draw * 389)
    (w, h), layer = half, 1
    if framed:
        yield _sheet(face, at, turn, (-w - 0.03, -h - 0.03, w + 0.03, h + 0.03), layer), Finish.PAINT, _FRAME
        layer += 1
    yield _sheet(face, at, turn, (-w, -h, w, h), layer), Finish.BARK, (*paper, 235)
    for k, (x0, y0, x1, y1, ink) in enumerate(_PRINTS[int(draw * 41) % len(_PRINTS) if w > _STRIP_M else 0]):
        box, off = (x0 * w, y0 * h, x1 * w, y1 * h), layer + 1.0 + 0.2 * k
        yield _sheet(face, at, turn, box, off), Finish.BARK, (*_INK[(own + ink) % len(_INK)], 235)


def _sheet(face: Face, at: tuple[float, float], turn: float, box: tuple[float, float, float, float], layer: float) -> Array:
    """(1, 4, 3): a rectangle about `at` (along, z), turned in the wall's plane, seen from the side that the face shows."""
    x0, y0, x1, y1 = box
    along, up = np.array([x0, x1, x1, x0]), np.array([y0, y0, y1, y1])
    c, s = math.cos(turn), math.sin(turn)
    quad = np.empty((1, 4, 3))
    quad[0, :, face.axis] = face.at + _OFF_M * layer * face.sign
    quad[0, :, 1 - face.axis], quad[0, :, 2] = at[0] + c * along - s * up, at[1] + s * along + c * up
    return quad[:, ::-1] if (face.axis != 1) != (face.sign > 0.0) else quad
