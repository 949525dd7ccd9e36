"""All signs of a chunk as one table, so that what they have in common is drawn once for all.

In: `SignSpec`s.  Out: `SignTable`: one row a sign.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from world.fields import uniform
from world.mesh.kits.sign_spec import SEEDS, SignSpec, cells_of, face_size, rectangle_of
from world.mesh.kits.sketch import Floats, Owners
from world.mesh.table import Table


class SignTable(Table):
    """One row a sign, which is also the number of its frame. `w`, `h` the glowing face's size (m); `back` from the wall to the sign's
    middle; `colour` (N, 3); `luminance` of lit parts, units of 4 cd/m², 0 when dark; `size` a character's height (m); `cells` how many
    characters can die one by one; `word` (N, 4) its place in the atlas: lower left u, v, width, height; `word_m` (N, 2) its size."""

    spec: NDArray[np.object_]
    kind: NDArray[np.int64]
    frame: NDArray[np.int64]
    group: NDArray[np.int64]
    seed: NDArray[np.int64]
    w: Floats
    h: Floats
    back: Floats
    colour: NDArray[np.int64]
    lit: NDArray[np.bool_]
    luminance: NDArray[np.int64]
    size: Floats
    cells: NDArray[np.int64]
    word: Floats
    word_m: Floats

    @cached_property
    def of(self) -> Owners:
        """Whose the signs' primitives are."""
        return Owners(self.frame, self.group, self.seed)

    def draw(self, lane: str, key: int = 0) -> Floats:
        """(N,) in [0, 1): each sign's own numbers."""
        return _lane(lane, key)[self.seed]


def table_of(specs: Sequence[SignSpec]) -> SignTable:
    """The table of a chunk's signs."""
    spec = np.empty(len(specs), dtype=object)
    spec[:] = specs
    rows = [(s.kind, s.group, s.seed, s.lit, min(255, round(s.luminance / 4.0)), cells_of(s), *s.colour) for s in specs]
    kind, group, seed, lit, luminance, cells, *colour = np.array(rows).T
    size, back, w, h = np.array([(s.size_m, s.back_m, *face_size(s)) for s in specs]).T
    places = [rectangle_of(s) for s in specs]
    return SignTable(
        {
            "spec": spec,
            "kind": kind,
            "frame": np.arange(len(specs)),
            "group": group,
            "seed": seed,
            "w": w,
            "h": h,
            "back": back,
            "colour": np.stack(colour, axis=1),
            "lit": lit.astype(bool),
            "luminance": luminance * lit,
            "size": size,
            "cells": cells,
            "word": np.array([(p.u0, p.v0, p.u1 - p.u0, p.v1 - p.v0) for p in places]),
            "word_m": np.array([(p.width_em, p.height_em) for p in places]) * size[:, None],
        }
    )


def each(parts: Sequence[Floats]) -> tuple[Floats, NDArray[np.intp]]:
    """(rows of all parts end to end, which part each is of)."""
    return np.concatenate(parts), np.repeat(np.arange(len(parts)), [len(part) for part in parts])


@cache
def _lane(lane: str, key: int) -> Floats:
    return np.array([uniform(seed, lane, key) for seed in range(SEEDS)])
