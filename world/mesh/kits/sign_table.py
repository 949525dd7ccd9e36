"""All signs of a chunk as one table, so that what they have in common is drawn once for all.

In: `SignSpec`s.  Out: `SignTable`: one row a sign.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache

import numpy as np
from numpy.typing import NDArray

from world.fields import uniform
from world.mesh.kits.sign_spec import SEEDS, SignSpec, face_size, rectangle_of
from world.mesh.kits.sketch import Floats, Owners


@dataclass(frozen=True)
class SignTable:
    """`specs` (N,); `of`: whose the primitives are; `w`, `h` (N,) the glowing face's size (m); `back` (N,) from the wall to the sign's
    middle; `colour` (N, 3); `luminance` (N,) of lit parts, units of 4 cd/m², 0 when dark; `size` (N,) a character's height (m); `word`
    (N, 4) its place in the atlas: lower left u, v, width, height; `word_m` (N, 2) its size."""

    specs: NDArray[np.object_]
    of: Owners
    w: Floats
    h: Floats
    back: Floats
    colour: NDArray[np.int64]
    lit: NDArray[np.bool_]
    luminance: NDArray[np.int64]
    size: Floats
    word: Floats
    word_m: Floats

    def __len__(self) -> int:
        return len(self.specs)

    def where(self, which: NDArray[np.bool_]) -> SignTable:
        """The chosen rows."""
        return SignTable(of=self.of.at(which), **{f.name: getattr(self, f.name)[which] for f in fields(self) if f.name != "of"})

    def draw(self, lane: str, key: int = 0) -> Floats:
        """(N,) in [0, 1): each sign's own numbers."""
        return _lane(lane, key)[self.of.seed]


def table_of(specs: Sequence[SignSpec]) -> SignTable:
    """One row a sign, whose frame is the row's number."""
    count = len(specs)
    kept = np.empty(count, dtype=object)
    kept[:] = specs
    r = [rectangle_of(spec) for spec in specs]
    size = np.array([spec.size_m for spec in specs])
    w, h = np.array([face_size(spec) for spec in specs]).T
    lit = np.array([spec.lit for spec in specs])
    return SignTable(
        specs=kept,
        of=Owners(np.arange(count), np.array([spec.group for spec in specs]), np.array([spec.seed for spec in specs])),
        w=w,
        h=h,
        back=np.array([spec.back_m for spec in specs]),
        colour=np.array([spec.colour for spec in specs]),
        lit=lit,
        luminance=np.where(lit, [min(255, round(spec.luminance / 4.0)) for spec in specs], 0),
        size=size,
        word=np.array([(x.u0, x.v0, x.u1 - x.u0, x.v1 - x.v0) for x in r]),
        word_m=np.array([(x.width_em, x.height_em) for x in r]) * size[:, None],
    )


def each(parts: Sequence[Floats]) -> tuple[Floats, NDArray[np.intp]]:
    """(rows of all parts end to end, which part each is of)."""
    return np.concatenate(parts), np.repeat(np.arange(len(parts)), [len(part) for part in parts])


@cache
def _lane(lane: str, key: int) -> Floats:
    return np.array([uniform(seed, lane, key) for seed in range(SEEDS)])
