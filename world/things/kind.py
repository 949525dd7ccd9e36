"""What is known of a kind of thing before it is drawn or bumped into.

In: blocks and lamps a shape.  Out: `Kind`: how many shapes it has, what stops a body, how far it reaches, what cover it gives.
"""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass
from functools import cached_property

from world.things.block import Block, Flag

Vector = tuple[float, float, float]
Light = tuple[float, float, float]

LOW_COVER_M, HIGH_COVER_M = 0.75, 1.75  # hides who crouches; hides who stands


class Cover(enum.IntEnum):
    """What hides behind it."""

    NONE = 0
    LOW = 1
    HIGH = 2


@dataclass(frozen=True)
class Lamp:
    """A source of light in a thing's frame: `candela` linear RGB; `normal` (0, 0, 0) shines evenly all round."""

    at: Vector
    normal: Vector
    size_m: float
    candela: Light


@dataclass(frozen=True)
class Kind:
    """`shapes`: how many there are; a thing's is `variant % shapes`. `blocks` and `lamps` hold one tuple a shape, or fewer, taken in
    turn. `reach_m`: how far the drawn thing extends from its origin, at size 1. `scaled`: its `size_m` counts."""

    shapes: int
    blocks: tuple[tuple[Block, ...], ...]
    reach_m: float
    scaled: bool = False
    lamps: tuple[tuple[Lamp, ...], ...] = ((),)

    def blocks_of(self, variant: int) -> tuple[Block, ...]:
        """What stops a body, of one shape."""
        return self.blocks[variant % self.shapes % len(self.blocks)]

    def lamps_of(self, variant: int) -> tuple[Lamp, ...]:
        """What shines, of one shape."""
        return self.lamps[variant % self.shapes % len(self.lamps)]

    @cached_property
    def footprint_m(self) -> float:
        """Radius round the origin that holds every block; 0 if it stops nobody."""
        return max((_far_corner(b) for shape in self.blocks for b in shape), default=0.0)

    @cached_property
    def height_m(self) -> float:
        """Top of the highest block of any shape."""
        return max((b.top for shape in self.blocks for b in shape), default=0.0)

    @cached_property
    def plumb(self) -> bool:
        """Whether it stands upright whatever the ground does under it: posts and trees do, all else leans with the ground."""
        return self.height_m > 4.0 * self.footprint_m > 0.0

    def cover(self, variant: int) -> Cover:
        """By the highest block that stops a look."""
        tall = max((b.top for b in self.blocks_of(variant) if b.flags & Flag.SIGHT and b.bottom < LOW_COVER_M), default=0.0)
        return Cover.HIGH if tall >= HIGH_COVER_M else Cover.LOW if tall >= LOW_COVER_M else Cover.NONE


def _far_corner(block: Block) -> float:
    return math.hypot(abs(block.centre[0]) + block.half[0], abs(block.centre[1]) + block.half[1])
