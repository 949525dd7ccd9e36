"""What a sign says and how large, before it is drawn.

In: a planned `Sign`.  Out: `SignSpec`: its word, chosen among those that fill the planned face best, so that what is drawn has the size
that was planned (and lit); the size of its face; which of its characters are dead; its tubes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from world.fields import uniform
from world.mesh.kits.icons import icon, icon_names
from world.mesh.lettering import Direction, Rectangle, atlas, stacks, strokes, words
from world.plan.records import Sign, SignKind

Rgb = tuple[int, int, int]
Floats = NDArray[np.float64]

_LUMINANCE = {SignKind.TUBES: 1000.0, SignKind.ICON: 1000.0}
SEEDS = 64
_FONTS = ("futural", "scripts", "rowmans")


@dataclass(frozen=True)
class SignSpec:
    """`word` indexes `lettering.words()`; `colour` sRGB; `size_m` a character's height; `luminance` cd/m² of the lit parts (at most
    1020); `lit` False: dark, cracked; `seed` (0..63) chooses dead cells, tubes, cables; `back_m` from its wall to its middle."""

    kind: SignKind
    word: int
    colour: Rgb
    size_m: float
    group: int = 0
    luminance: float = 620.0
    lit: bool = True
    seed: int = 0
    back_m: float = 0.22


def spec_of(sign: Sign) -> SignSpec:
    """What a planned sign shows."""
    kind, choice, size = sign.kind, sign.word, sign.width_m
    word = choice % len(words())
    if kind in (SignKind.BLADE, SignKind.TALL):
        letters = max(1, round(sign.height_m / sign.width_m))
        fitting = _words_of_length(max(1, letters - 1), letters) or _words_of_length(1, 9)
        word = fitting[choice % len(fitting)]
        size = min(sign.width_m * 0.86, sign.height_m / max(1, len(words()[word].text)))
    elif kind in (SignKind.FASCIA, SignKind.ROOF):
        size = min(sign.height_m * 0.8, (sign.width_m - 0.6) / max(2, len(words()[word].text)))
    elif kind is SignKind.TUBES:
        word = _short_latin()[choice % len(_short_latin())]
        size = min(sign.height_m * 0.62, sign.width_m / (0.75 * max(2, len(words()[word].latin))))
    elif kind is SignKind.ROUND:
        fitting = _words_of_length(1, 2)
        word = fitting[choice % len(fitting)]
        rectangle = _rectangle(word, level=False)
        size = sign.width_m / (0.9 * float(np.hypot(rectangle.width_em, rectangle.height_em)) / 0.86)
    elif kind is SignKind.ICON:
        word = _drawn()[choice % len(_drawn())]
        size = sign.width_m / 1.3
    back = 0.35 + sign.width_m / 2 if kind in (SignKind.BLADE, SignKind.TALL, SignKind.ROUND) else 0.22
    return SignSpec(kind, word, sign.colour, size, sign.group, _LUMINANCE.get(kind, 620.0), sign.lit, choice // 97 % SEEDS, back)


def face_size(spec: SignSpec) -> tuple[float, float]:
    """(width, height) of the glowing face, metres."""
    if spec.kind is SignKind.ICON:
        return spec.size_m * 1.3, spec.size_m * 1.3
    if spec.kind is SignKind.TUBES:
        w, h = _extent(spec.word, _FONTS[spec.seed % 3])
        return w * spec.size_m + 0.2, h * spec.size_m + 0.2
    rectangle = rectangle_of(spec)
    w, h = rectangle.width_em * spec.size_m, rectangle.height_em * spec.size_m
    if spec.kind is SignKind.ROUND:
        across = float(np.hypot(w, h)) * 0.9 / 0.86
        return across, across
    return w, h


def rectangle_of(spec: SignSpec) -> Rectangle:
    """The word's place in the lettering atlas."""
    return _rectangle(spec.word, level=spec.kind in (SignKind.FASCIA, SignKind.ROOF))


def cells_of(spec: SignSpec) -> int:
    """How many characters of the face can die one by one."""
    return len(words()[spec.word].text) if stacks(spec.word) else 1


def dead_cells(spec: SignSpec) -> NDArray[np.bool_]:
    """Which characters of the word are dead; one sign in four has lost some, never all while it is lit."""
    return _dead(spec.seed, cells_of(spec), spec.lit)


def pieces_of(spec: SignSpec) -> tuple[Floats, NDArray[np.intp]]:
    """The tubes of an icon or a Latin word as straight pieces, in character heights: starts and ends about their middle, x to the
    reader's right, and how far either is from where its tube ends (N, 6); which tube each belongs to (N,)."""
    if spec.kind is SignKind.ICON:
        return _drawn_pieces(words()[spec.word].icon or icon_names()[spec.seed % len(icon_names())])
    return _written_pieces(spec.word, _FONTS[spec.seed % 3])


def warm_words() -> Iterator[str]:
    """Makes all tubes that signs are bent from, and the atlas, a word a step."""
    atlas()
    for word in _short_latin():
        for font in _FONTS:
            _extent(word, font)
            _written_pieces(word, font)
        yield words()[word].latin
    for name in icon_names():
        _drawn_pieces(name)
        yield name


@cache
def _drawn_pieces(name: str) -> tuple[Floats, NDArray[np.intp]]:
    return _pieces(icon(name))


@cache
def _written_pieces(word: int, font: str) -> tuple[Floats, NDArray[np.intp]]:
    return _pieces(_written(word, font))


def _pieces(lines: tuple[Floats, ...]) -> tuple[Floats, NDArray[np.intp]]:
    ends = []
    for line in lines:
        reached = np.concatenate([[0.0], np.cumsum(np.hypot(*(line[1:] - line[:-1]).T))])
        to_end = np.minimum(reached, reached[-1] - reached)
        ends.append(np.column_stack([line[:-1], line[1:], to_end[:-1], to_end[1:]]))
    return np.concatenate(ends), np.repeat(np.arange(len(lines)), [len(part) for part in ends])


@cache
def _dead(seed: int, cells: int, lit: bool) -> NDArray[np.bool_]:
    if not lit:
        return np.ones(cells, bool)
    worn = uniform(seed, "worn") < 0.25
    dead: NDArray[np.bool_] = worn & (uniform(seed, "dead-cell", np.arange(cells)) < 0.4)
    return dead if not dead.all() else np.zeros(cells, bool)


@cache
def _rectangle(word: int, level: bool) -> Rectangle:
    return atlas().rectangles[word, Direction.HORIZONTAL if level or not stacks(word) else Direction.VERTICAL]


@cache
def _written(word: int, font: str) -> tuple[Floats, ...]:
    lines = strokes(words()[word].latin, font)
    every = np.concatenate(lines)
    middle = (every.max(axis=0) + every.min(axis=0)) / 2
    return tuple(_thinned(line - middle) for line in lines)


def _thinned(line: Floats) -> Floats:
    """Without the points that bend a stroke by less than twelve degrees (a tube has no use for them)."""
    kept = [line[0]]
    for here, after in pairwise(line[1:]):
        a, b = here - kept[-1], after - here
        if abs(a[0] * b[1] - a[1] * b[0]) > 0.2 * float(np.hypot(*a) * np.hypot(*b)):
            kept.append(here)
    return np.array([*kept, line[-1]])


@cache
def _extent(word: int, font: str) -> tuple[float, float]:
    points = np.concatenate(_written(word, font))
    return float(np.ptp(points[:, 0])), float(np.ptp(points[:, 1]))


@cache
def _words_of_length(low: int, high: int) -> tuple[int, ...]:
    return tuple(k for k, word in enumerate(words()) if stacks(k) and low <= len(word.text) <= high)


@cache
def _short_latin() -> tuple[int, ...]:
    return tuple(k for k, word in enumerate(words()) if word.latin and len(word.latin) <= 8)


@cache
def _drawn() -> tuple[int, ...]:
    return tuple(k for k, word in enumerate(words()) if word.icon)
