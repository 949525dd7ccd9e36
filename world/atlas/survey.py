"""Everything that a stretch of city holds, gathered once.

In: a `Pipe`, a middle, a radius.  Out: `Survey`: the records of the plan that the square's chunks own, each there once.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from world.pipe import Pipe
from world.plan import ChunkPlan
from world.plan.interior import interior_of
from world.plan.lattice import Block, Superblock, superblocks_in
from world.plan.records import Thing
from world.plan.rooms import Interior
from world.plan.strips import Strip
from world.space.chunk_space import CHUNK_M


@dataclass(frozen=True)
class Survey:
    """The square of half side `radius_m` round `middle`. `interiors` are the fronts that can be entered; `heading_deg` says
    which way somebody in the middle looks, if anybody does."""

    pipe: Pipe
    middle: tuple[float, float]
    radius_m: float
    superblocks: tuple[Superblock, ...]
    chunks: tuple[ChunkPlan, ...]
    interiors: tuple[Interior, ...]
    heading_deg: float | None = None

    @cached_property
    def blocks(self) -> list[Block]:
        """Every block that reaches in."""
        return list({block.key: block for chunk in self.chunks for block in chunk.blocks}.values())

    @cached_property
    def strips(self) -> list[Strip]:
        """Every piece of road that reaches in."""
        return list({strip.key: strip for chunk in self.chunks for strip in chunk.strips}.values())

    @property
    def things(self) -> Iterator[Thing]:
        """Everything that stands or lies about."""
        return (thing for chunk in self.chunks for thing in chunk.things)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """x0, y0, x1, y1."""
        (x, y), r = self.middle, self.radius_m
        return x - r, y - r, x + r, y + r


def survey(pipe: Pipe, middle: tuple[float, float], radius_m: float, heading_deg: float | None = None) -> Survey:
    """Plans every chunk that touches the square."""
    x0, y0, x1, y1 = middle[0] - radius_m, middle[1] - radius_m, middle[0] + radius_m, middle[1] + radius_m
    chunks = tuple(
        pipe.plan(cx, cy)
        for cy in range(math.floor(y0 / CHUNK_M), math.floor(y1 / CHUNK_M) + 1)
        for cx in range(math.floor(x0 / CHUNK_M), math.floor(x1 / CHUNK_M) + 1)
    )
    found = (interior_of(pipe.recipe, building) for chunk in chunks for building in chunk.buildings)
    interiors = tuple(interior for interior in found if interior is not None)
    return Survey(pipe, middle, radius_m, tuple(superblocks_in(pipe.recipe, x0, y0, x1, y1)), chunks, interiors, heading_deg)
