"""What a sign is and how large, before anything is meshed: kinds, faces, dead parts, and the light it gives.

In: a `SignSpec`.  Out: sizes in metres, cells that do not glow, `SignGlow`s for the light emitters.
Frame of a sign: origin on the wall (roof, pavement) below the sign's middle, +y out from the wall toward the street, z up.
"""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from world.fields import uniform
from world.mesh.kits.frame import Point
from world.mesh.kits.icons import icon, icon_names
from world.mesh.kits.model import Floats
from world.mesh.kits.sign_parts import Rgb
from world.mesh.lettering import Direction, Rectangle, atlas, stacks, strokes, words

OUT, SIDE = (0.0, 1.0, 0.0), (1.0, 0.0, 0.0)
GAP_M = 0.28  # from the wall to a projecting sign
DEEP_M = 0.18  # of a two-sided housing
RIM_M = 0.06
_LETTER_SHARE = 0.34  # of a panel's area that shines as brightly as its letters


class SignKind(enum.IntEnum):
    BLADE = 0  # projects from the facade, read along the street
    FASCIA = 1  # a box over a shop front
    ROOFTOP = 2  # on a lattice, against the sky
    ROUND = 3  # a projecting disc
    PAVEMENT = 4  # a light box on feet
    TUBES = 5  # bare lettering on wires before the wall (Latin)
    ICON = 6  # a tube drawing on a projecting ring
    BANNER = 7  # flat and upright on the wall, with a tube border


@dataclass(frozen=True)
class SignSpec:
    """`word` indexes `lettering.words()`; `colour` sRGB; `size_m` a character's height; `luminance` cd/m² of the lit parts
    (at most 1020); `lit` False: dark, cracked; `seed` chooses dead cells, tubes, cables."""

    kind: SignKind
    word: int
    colour: Rgb
    size_m: float
    group: int = 0
    luminance: float = 600.0
    lit: bool = True
    seed: int = 0


@dataclass(frozen=True)
class SignGlow:
    """One emitter of a sign, in the sign's frame: `area_m2` is what shines at the full luminance, `size_m` the radius of the
    disc of the whole face (to soften the near field)."""

    centre: Point
    normal: Point
    size_m: float
    two_sided: bool
    area_m2: float


def sign_size(spec: SignSpec) -> tuple[float, float, float]:
    """(width along the wall, depth out from it, height) in metres, brackets included."""
    w, h = face_size(spec)
    kind = spec.kind
    if kind in (SignKind.BLADE, SignKind.ROUND, SignKind.ICON):
        return (DEEP_M + 0.04, GAP_M + w + 2 * RIM_M, h + 2 * RIM_M)
    if kind is SignKind.FASCIA:
        return (w + 0.5 + 2 * RIM_M, 0.34, h + 2 * RIM_M)
    if kind is SignKind.ROOFTOP:
        return (w + 2 * RIM_M, 1.3, h * 1.5 + 2 * RIM_M)
    if kind is SignKind.PAVEMENT:
        return (w + 2 * RIM_M, 0.36, h + 0.16 + 2 * RIM_M)
    return (w + 2 * RIM_M, 0.22, h + 2 * RIM_M)


def sign_glows(spec: SignSpec) -> tuple[SignGlow, ...]:
    """The light a sign gives; none when it is dark."""
    if not spec.lit:
        return ()
    w, h = face_size(spec)
    dead = dead_cells(spec)
    area = w * h * _LETTER_SHARE * float(1.0 - dead.mean())
    middle = middle_of(spec)
    size = 0.5 * math.sqrt(w * w + h * h)
    if spec.kind in (SignKind.TUBES, SignKind.ICON):
        area = sum(float(np.linalg.norm(np.diff(line, axis=0), axis=1).sum()) for line in drawing_of(spec)) * 0.05
    across = spec.kind in (SignKind.BLADE, SignKind.ROUND, SignKind.ICON)
    both = across or spec.kind is SignKind.PAVEMENT
    return (SignGlow(middle, SIDE if across else OUT, size, both, area),)


def face_size(spec: SignSpec) -> tuple[float, float]:
    """(width, height) of the glowing face."""
    if spec.kind is SignKind.ICON:
        return (spec.size_m * 1.3, spec.size_m * 1.3)
    if spec.kind is SignKind.TUBES:
        points = np.concatenate(drawing_of(spec))
        return (float(np.ptp(points[:, 0])) + 0.2, float(np.ptp(points[:, 1])) + 0.2)
    rectangle = rectangle_of(spec)
    w, h = rectangle.width_em * spec.size_m, rectangle.height_em * spec.size_m
    if spec.kind is SignKind.ROUND:
        across = math.hypot(w, h) * 0.9
        return (across, across)
    return (w, h)


def rectangle_of(spec: SignSpec) -> Rectangle:
    level = spec.kind in (SignKind.FASCIA, SignKind.ROOFTOP) or not stacks(spec.word)
    return atlas().rectangles[spec.word, Direction.HORIZONTAL if level else Direction.VERTICAL]


def middle_of(spec: SignSpec) -> Point:
    _, depth, height = sign_size(spec)
    w, h = face_size(spec)
    if spec.kind in (SignKind.BLADE, SignKind.ROUND, SignKind.ICON):
        return (0.0, GAP_M + RIM_M + w / 2, height / 2)
    if spec.kind is SignKind.ROOFTOP:
        return (0.0, depth, height - RIM_M - h / 2)
    if spec.kind is SignKind.PAVEMENT:
        return (0.0, 0.0, height - RIM_M - h / 2)
    return (0.0, depth - 0.03, height / 2)


def cells_of(spec: SignSpec) -> int:
    return len(words()[spec.word].text) if stacks(spec.word) else 1


def dead_cells(spec: SignSpec) -> NDArray[np.bool_]:
    """Which characters of the word are dead; one sign in four has lost some, never all while it is lit."""
    n = cells_of(spec)
    if not spec.lit:
        return np.ones(n, bool)
    worn = uniform(spec.seed, "worn") < 0.25
    dead: NDArray[np.bool_] = worn & (uniform(spec.seed, "dead-cell", np.arange(n)) < 0.4)
    return dead if not dead.all() else np.zeros(n, bool)


@lru_cache(maxsize=256)
def drawing_of(spec: SignSpec) -> tuple[Floats, ...]:
    """The tube drawing of an icon or a Latin word, metres, about its middle."""
    if spec.kind is SignKind.ICON:
        name = words()[spec.word].icon or icon_names()[spec.seed % len(icon_names())]
        return tuple(line * spec.size_m for line in icon(name))
    font = ("futural", "scripts", "rowmans")[spec.seed % 3]
    lines = strokes(words()[spec.word].latin, font)
    every = np.concatenate(lines)
    middle = (every.max(axis=0) + every.min(axis=0)) / 2
    return tuple((line - middle) * spec.size_m for line in lines)
